"""Complaints, poor ratings and requests for disclosure, for the staff who answer them."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Depends, Request, Response

from db.centre import records
from desk import deadline
from desk.centre import guard
from desk.centre.roles import ALL, CHIEFS, OFFICE, READ, SUPERVISE
from desk.centre.seat import Centre
from desk.centre.web.frame import (
    PAGE,
    AbsentError,
    Asked,
    PageNumber,
    Seen,
    Typed,
    centre_of,
    go,
    page,
    posted,
    shown_time,
    signed_in,
    today,
)
from desk.errors import RefusedError
from desk.oversight import complaints, disclosure
from desk.oversight.events import Said
from desk.oversight.published import personal

router = APIRouter(include_in_schema=False)
Reader = Annotated[guard.Visitor, Depends(signed_in(READ))]
Poster = Annotated[guard.Visitor, Depends(posted(READ))]
Answerer = Annotated[guard.Visitor, Depends(signed_in(CHIEFS | SUPERVISE))]
AnswererPost = Annotated[guard.Visitor, Depends(posted(CHIEFS | SUPERVISE))]
_WHO = {
    "assigned": SUPERVISE,
    "answered": OFFICE | SUPERVISE,
    "called_back": SUPERVISE,
    "closed": SUPERVISE,
    "published": SUPERVISE,
}
_TITLES = {"assigned": "转办", "answered": "答复", "called_back": "回访", "closed": "办结", "published": "公开答复"}
_DAYS = 10  # working days that an office has once it was handed the matter
_LONGER = 20  # working days by which an answer may be put off once (政府信息公开条例§33)


@router.get("/complaints")
def complaint_list(request: Request, visitor: Reader, state: Asked = "", at: PageNumber = 1) -> Response:
    """What is to be answered, and what was."""
    centre = centre_of(request)
    wanted: dict[str, Any] = {} if ALL in visitor.sees else {"org": list(visitor.sees)}
    listed = wanted | ({"state": state} if state in complaints.STATES else {})
    with centre.database.read() as db:
        found = records.record_page(db, "complaint", (at - 1) * PAGE, PAGE, **listed)
        counts = records.record_counts(db, "complaint", "state", **wanted)
        asked = records.record_page(db, "disclosure", 0, PAGE) if visitor.may(CHIEFS | SUPERVISE) else []
    now = today(centre).isoformat()
    rows = [
        {
            **row,
            "key": row["id"].partition(":")[2],
            "state_name": complaints.STATES[row["state"]],
            "late": bool(row["due"]) and row["due"] < now,
        }
        for row in found
    ]
    requests = [
        {
            **row,
            "key": row["id"].partition(":")[2],
            "state_name": disclosure.STATES[row["state"]],
            "late": bool(row["due"]) and row["due"] < now,
        }
        for row in asked
    ]
    return page(
        request,
        "complaints.html",
        visitor=visitor,
        rows=rows,
        requests=requests,
        states=[(key, words, counts.get(key, 0)) for key, words in complaints.STATES.items()],
        state=state,
        at=at,
        more=len(found) == PAGE,
    )


def _found(centre: Centre, visitor: guard.Visitor, key: str) -> tuple[complaints.Complaint, int]:
    with centre.database.read() as db:
        row = records.one_record(db, "complaint", f"complaint:{key}")
    if row is None or not visitor.sees_org(row["org"]):
        raise AbsentError("没有这件投诉，或它不归您的部门。")
    return msgspec.json.decode(row["data"], type=complaints.Complaint), int(row["entries"])


@router.get("/complaints/{key}")
def complaint_page(request: Request, visitor: Reader, key: str) -> Response:
    """One complaint."""
    return _drawn(request, visitor, key)


def _drawn(request: Request, visitor: guard.Visitor, key: str, told: str = "", status: int = 200) -> Response:
    centre = centre_of(request)
    found, seen = _found(centre, visitor, key)
    steps = [
        (step, _TITLES[step])
        for step, roles in _WHO.items()
        if visitor.may(roles) and found.state in complaints.MAY[f"complaint.{step}"]
    ]
    with centre.database.read() as db:
        centre.shelf.refresh(centre, db)
    orgs = sorted({one.org_name for one in centre.shelf.items.values() if one.org_name})
    return page(
        request,
        "complaint.html",
        status,
        visitor=visitor,
        found=found,
        key=key,
        seen=seen,
        may=dict(steps),
        told=told,
        orgs=orgs,
        sort=complaints.SORTS.get(found.made.sort, ""),
        state_name=complaints.STATES[found.state],
        history=[{**msgspec.structs.asdict(one), "time": shown_time(one.time)} for one in reversed(found.history)],
    )


@router.post("/complaints/{key}/{step}")
def complaint_step(
    request: Request,
    visitor: Poster,
    key: str,
    step: str,
    seen: Seen = 0,
    text: Typed = "",
    org: Typed = "",
    verdict: Typed = "",
) -> Response:
    """Hand over, answer, call back, close, publish."""
    centre = centre_of(request)
    found, _ = _found(centre, visitor, key)
    try:
        _must_fit(visitor, found, step, text, org, verdict)
        again = step == "called_back" and verdict == "no"
        days = _DAYS if step == "assigned" or again else 0
        until = deadline.working_day_after(today(centre), days, centre.shelf.holidays) if days else None
        told = Said(visitor.name, org.strip() if step == "assigned" else visitor.org, text.strip(), verdict, until)
        centre.say(visitor.account, f"complaint.{step}", f"complaint:{key}", told, seen)
    except RefusedError as error:
        return _drawn(request, visitor, key, error.sentences(), 409)
    return go("/complaints") if step == "assigned" and not visitor.sees_org(org.strip()) else go(f"/complaints/{key}")


def _must_fit(
    visitor: guard.Visitor, found: complaints.Complaint, step: str, text: str, org: str, verdict: str
) -> None:
    if step not in _WHO or found.state not in complaints.MAY[f"complaint.{step}"]:
        raise RefusedError("现在不能这样办。", "没有改动。", "请看清最新记录再办。")
    if not visitor.may(_WHO[step]):
        raise RefusedError("这一步不归您的岗位。", "没有改动。")
    if step == "assigned" and not org.strip():
        raise RefusedError("请选转给哪个部门。", "没有改动。")
    if step in ("answered", "published") and not text.strip():
        raise RefusedError("请写明内容。", "没有改动。")
    if step == "called_back" and verdict not in ("yes", "no", "none"):
        raise RefusedError("请选回访结果。", "没有改动。")
    if step == "published" and (numbers := personal(text)):
        raise RefusedError(f"公开的文字里有号码：{'、'.join(numbers[:3])}。", "没有公开。", "请删去个人信息。")
    if step == "published" and found.made.name and found.made.name in text:
        raise RefusedError("公开的文字里有提出人的姓名。", "没有公开。", "请删去个人信息。")


# -- disclosure --------------------------------------------------------------------------------------------------


def _request(centre: Centre, key: str) -> tuple[disclosure.Disclosure, int]:
    with centre.database.read() as db:
        row = records.one_record(db, "disclosure", f"disclosure:{key}")
    if row is None:
        raise AbsentError("没有这件申请。")
    return msgspec.json.decode(row["data"], type=disclosure.Disclosure), int(row["entries"])


@router.get("/disclosures/{key}")
def disclosure_page(request: Request, visitor: Answerer, key: str) -> Response:
    """One request for disclosure."""
    found, seen = _request(centre_of(request), key)
    return page(
        request,
        "disclosure.html",
        visitor=visitor,
        found=found,
        key=key,
        seen=seen,
        answers=disclosure.ANSWERS,
        state_name=disclosure.STATES[found.state],
        history=[{**msgspec.structs.asdict(one), "time": shown_time(one.time)} for one in reversed(found.history)],
    )


@router.post("/disclosures/{key}/{step}")
def disclosure_step(
    request: Request, visitor: AnswererPost, key: str, step: str, seen: Seen = 0, text: Typed = "", verdict: Typed = ""
) -> Response:
    """Answer it, or put the answer off once."""
    centre = centre_of(request)
    found, _ = _request(centre, key)
    if found.state != "asked" or step not in ("answered", "extended") or not text.strip():
        raise RefusedError("请写明内容；已答复的不能再办。", "没有改动。")
    if step == "answered" and verdict not in disclosure.ANSWERS:
        raise RefusedError("请选答复的种类。", "没有改动。")
    if step == "extended" and found.extended:
        raise RefusedError("已经延长过一次。", "没有改动。")
    until = None
    if step == "extended":
        until = deadline.working_day_after(dt.date.fromisoformat(found.due), _LONGER, centre.shelf.holidays)
    told = Said(visitor.name, visitor.org, text.strip(), verdict, until)
    centre.say(visitor.account, f"disclosure.{step}", f"disclosure:{key}", told, seen)
    return go(f"/disclosures/{key}")
