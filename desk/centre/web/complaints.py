"""Complaints, suggestions and poor ratings on the office's side: handed on, answered in time, called back, closed, and
published where nobody is to be recognised (S7, S8, S9)."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response

from db.centre.lists import record_lists
from db.centre.lists.record_lists import Wanted
from desk import clock
from desk.centre.run import guard
from desk.centre.run.roles import CHIEFS, GENERAL, OFFICE, READ, SUPERVISE, Role
from desk.centre.watch import asking
from desk.centre.web import case_links, record_pages
from desk.centre.web.frame import (
    PAGE,
    Asked,
    ForbiddenError,
    PageNumber,
    Seen,
    Typed,
    centre_of,
    go,
    linked,
    page,
    pages,
    posted,
    signed_in,
)
from desk.errors import RefusedError
from desk.folds.office import complaints, disclosure, published
from desk.folds.office.complaints import Complaint
from desk.law import id_numbers, numbers
from desk.log.office_events import Said

router = APIRouter(include_in_schema=False)
Reader = Annotated[guard.Visitor, Depends(signed_in(READ))]
Poster = Annotated[guard.Visitor, Depends(posted(record_pages.ANSWER))]
TAKE_DOWN = SUPERVISE | CHIEFS  # who writes down what somebody telephones, or says at the window
Listener = Annotated[guard.Visitor, Depends(signed_in(TAKE_DOWN))]
Taker = Annotated[guard.Visitor, Depends(posted(TAKE_DOWN))]

# The address of a step -> its kind and who may take it.
STEPS: dict[str, tuple[str, frozenset[Role]]] = {
    "assign": ("complaint.assigned", SUPERVISE),
    "answer": ("complaint.answered", OFFICE),
    "call-back": ("complaint.called_back", SUPERVISE),
    "close": ("complaint.closed", SUPERVISE),
    "publish": ("complaint.published", SUPERVISE),
}
_STATES = {"open": "未办结", **complaints.STATES, "all": "全部"}
_VERDICTS = {"complaint.called_back": complaints.CALLED}


def asked_complaints(
    state: Asked = "",
    sort: Asked = "",
    org: Asked = "",
    channel: Asked = "",
    late: Asked = "",
    since: Asked = "",
    until: Asked = "",
) -> dict[str, str]:
    """A dependency: what an address asks of the list."""
    asked = {"state": state if state in _STATES else "open", "sort": sort, "org": org, "channel": channel, "late": late}
    return {**asked, "since": case_links.day(since), "until": case_links.day(until)}


Listed = Annotated[dict[str, str], Depends(asked_complaints)]


def wanted_complaints(now: str, visitor: guard.Visitor, asked: dict[str, str]) -> Wanted:
    """The same for the database, of what this visitor sees on the day `now`."""
    state, sort, late = asked["state"], asked["sort"], asked["late"]
    states = complaints.OPEN if state == "open" else () if state == "all" else (state,)
    return Wanted(
        "complaint",
        sees=visitor.sees,
        general=GENERAL,
        states=complaints.OPEN[:2] if late else states,
        kind=sort if sort in complaints.SORTS else "",
        org=asked["org"],
        late=now if late else "",
        channel=asked["channel"] if asked["channel"] in complaints.CHANNELS else "",
        since=asked["since"],
        until=asked["until"],
    )


@router.get("/complaints")
def complaint_list(request: Request, visitor: Reader, asked: Listed, at: PageNumber = 1) -> Response:
    """The list."""
    centre = centre_of(request)
    now = centre.today().isoformat()
    wanted = wanted_complaints(now, visitor, asked)
    with centre.database.read() as db:
        found = record_lists.listed(db, wanted, (at - 1) * PAGE, PAGE)
        count = record_lists.count(db, wanted)
        orgs = [one for one in record_lists.values(db, "complaint", "org") if visitor.sees_org(one)]
        owed = Wanted("disclosure", sees=visitor.sees, general=GENERAL, states=disclosure.OPEN)
        asks = record_lists.count(db, owed)
    return page(
        request,
        "complaints.html",
        visitor=visitor,
        rows=[complaint_line(row, now) for row in found],
        count=count,
        states=_STATES,
        sorts=complaints.SORTS,
        channels=complaints.CHANNELS,
        may_take_down=visitor.may(TAKE_DOWN),
        orgs=orgs,
        asks=asks,
        may_disclose=visitor.may(frozenset({Role.CHIEF, Role.SUPERVISOR})),
        asked=asked,
        page=at,
        pages=pages(count),
        query=linked(asked),
    )


def complaint_line(row: dict[str, Any] | Any, now: str) -> dict[str, Any]:
    """A line of the list."""
    return {
        **row,
        "key": row["id"].partition(":")[2],
        "sort": complaints.SORTS.get(row["kind"], row["kind"]),
        "state_name": complaints.STATES[row["state"]],
        "way": complaints.CHANNELS.get(row["channel"], "—"),
        "late": row["state"] in complaints.OPEN[:2] and bool(row["due"]) and row["due"] < now,
    }


# -- by telephone, at the window, by letter ----------------------------------------------------------------------


@router.get("/complaints/new")
def new_page(request: Request, visitor: Listener) -> Response:
    """The form for whoever answers the telephone."""
    return _new_form(request, visitor, {})


def _new_form(
    request: Request, visitor: guard.Visitor, typed: dict[str, str], told: str = "", status: int = 200
) -> Response:
    with centre_of(request).database.read() as db:
        orgs = [one for one in record_lists.departments(db) if _may_hand(visitor, one)]
    ways = [(one, complaints.CHANNELS[one]) for one in complaints.TAKEN_DOWN]
    facts = {
        "ways": ways,
        "sorts": asking.SORTS,
        "orgs": orgs,
        "days": asking.ANSWER_DAYS,
        "hand_days": complaints.DAYS,
    }
    return page(request, "complaint_new.html", status, visitor=visitor, typed=typed, told=told, **facts)


def _may_hand(visitor: guard.Visitor, org: str) -> bool:
    """A supervisor hands on to any department; a chief keeps what is the own department's."""
    return visitor.may(SUPERVISE) or visitor.sees_org(org)


@router.post("/complaints/new")
def take_down(
    request: Request,
    visitor: Taker,
    channel: Typed = "",
    sort: Typed = "",
    text: Typed = "",
    about: Typed = "",
    name: Typed = "",
    phone: Typed = "",
    org: Typed = "",
    until: Typed = "",
) -> Response:
    """Write down what somebody says; number and code are read out to them. What was typed stays when it is refused."""
    centre = centre_of(request)
    try:
        told = asking.Told(sort, text, about, name, phone, _way(channel))
        then = [("complaint.assigned", _handed(request, visitor, org, until))] if org.strip() else []
        made = asking.complain(centre, told, visitor.account, visitor.name, then)
    except RefusedError as error:
        typed = {"channel": channel, "sort": sort, "text": text, "about": about, "name": name, "phone": phone}
        return _new_form(request, visitor, typed | {"org": org, "until": until}, error.sentences(), 409)
    where = f"/complaints/{made.number}" if visitor.sees_org(org.strip() or made.org or GENERAL) else ""
    return page(request, "complaint_taken.html", visitor=visitor, made=made, org=org.strip(), where=where)


def _way(channel: str) -> str:
    if channel not in complaints.TAKEN_DOWN:
        raise RefusedError("请选来电、来访还是来信。", "没有登记。")
    return channel


def _handed(request: Request, visitor: guard.Visitor, org: str, until: str, text: str = "") -> Said:
    org = record_pages.department(org)
    if not _may_hand(visitor, org):
        raise RefusedError("只能转给您自己的部门。", "没有登记。", "不归您部门的，承办部门空着，由监察员转办。")
    return Said(visitor.name, org, text.strip(), until=record_pages.day(centre_of(request), until, complaints.DAYS))


# -- one of them -------------------------------------------------------------------------------------------------


@router.get("/complaints/{key}")
def complaint_page(request: Request, visitor: Reader, key: str) -> Response:
    """One of them."""
    return _drawn(request, visitor, key)


def _found(request: Request, visitor: guard.Visitor, key: str) -> tuple[Complaint, int]:
    found, seen = record_pages.one(request, "complaint", key, Complaint)
    record_pages.must_see(visitor, found.org)
    return found, seen


def _drawn(
    request: Request, visitor: guard.Visitor, key: str, told: str = "", status: int = 200, phone: str = ""
) -> Response:
    centre = centre_of(request)
    found, seen = _found(request, visitor, key)
    with centre.database.read() as db:
        orgs = record_lists.departments(db)
    return page(
        request,
        "complaint.html",
        status,
        visitor=visitor,
        one=found,
        key=found.id.partition(":")[2],
        seen=seen,
        told=told,
        sort=complaints.SORTS.get(found.made.sort, found.made.sort),
        way=complaints.CHANNELS.get(found.made.channel, found.made.channel),
        state_name=complaints.STATES[found.state],
        late=found.state in complaints.OPEN[:2] and record_pages.late(found.due, centre),
        made_at=clock.minute(found.made_at),
        number=numbers.grouped(found.made.about),
        place=record_pages.place_name(found.made.place),
        is_office=visitor.may(record_pages.ANSWER),
        phone=phone or id_numbers.masked_phone(found.made.phone),
        is_full=bool(phone),
        may={name for name, (kind, roles) in STEPS.items() if visitor.may(roles) and _in_state(found, kind)},
        orgs=orgs,
        days=complaints.DAYS,
        called=complaints.CALLED,
        content=complaints.CALLED.get(found.content, ""),
        must_call=_must_call(found),
        history=record_pages.history(found.history, _VERDICTS),
    )


def _in_state(found: Complaint, kind: str) -> bool:
    return found.state in complaints.MAY[kind]


def _must_call(found: Complaint) -> bool:
    return found.made.sort in complaints.MUST_CALL and found.content not in ("yes", "none")


@router.post("/complaints/{key}/look")
def look(request: Request, visitor: Poster, key: str, reasons: Typed = "") -> Response:
    """The writer's telephone number, to call back."""
    found, _ = _found(request, visitor, key)
    record_pages.note_look(centre_of(request), visitor, f"seen:{found.id}", found.made.number, reasons, "电话号码")
    return _drawn(request, visitor, key, "已留痕：查看完整电话号码。", phone=found.made.phone or "未留")


@router.post("/complaints/{key}/{step}")
def take_step(
    request: Request,
    visitor: Poster,
    key: str,
    step: str,
    seen: Seen = 0,
    text: Typed = "",
    verdict: Typed = "",
    org: Typed = "",
    until: Typed = "",
) -> Response:
    """A step. What is refused leaves it as it is and is told above it."""
    found, _ = _found(request, visitor, key)
    if step in STEPS and not visitor.may(STEPS[step][1]):
        raise ForbiddenError
    try:
        data = _said(request, visitor, found, step, text, verdict, org, until)
        centre_of(request).say(visitor.account, STEPS[step][0], found.id, data, seen)
    except RefusedError as error:
        return _drawn(request, visitor, key, error.sentences(), 409)
    return go(f"/complaints/{key}" if step != "assign" or visitor.sees_org(org.strip()) else "/complaints")


def _said(
    request: Request,
    visitor: guard.Visitor,
    found: Complaint,
    step: str,
    text: str,
    verdict: str,
    org: str,
    until: str,
) -> Said:
    centre = centre_of(request)
    if step not in STEPS or not _in_state(found, STEPS[step][0]):
        raise RefusedError(f"现在是“{complaints.STATES[found.state]}”，不能这样办。", "没有改动。")
    match step:
        case "assign":
            return _handed(request, visitor, org, until, text)
        case "call-back":
            if verdict not in complaints.CALLED:
                raise RefusedError("请选择回访结果。", "没有改动。")
            again = record_pages.owed(centre, complaints.DAYS) if verdict == "no" else None
            return Said(visitor.name, visitor.org, text.strip(), verdict, again)
        case "close":
            if _must_call(found):
                raise RefusedError("还没有回访，或来访人不认可答复。", "没有改动。", "请先回访。")
            return Said(visitor.name, visitor.org, text.strip())
        case "publish":
            return Said(visitor.name, visitor.org, _fit_for_all(request, found, record_pages.words(text)))
        case _:
            return Said(visitor.name, visitor.org, record_pages.words(text))


def _fit_for_all(request: Request, found: Complaint, text: str) -> str:
    """`text` when nobody is recognised in it (S12). Raises RefusedError, saying what stands in it."""
    case = centre_of(request).case(found.made.about) if found.made.about else None
    names = {found.made.name, case[0].collected.applicant.name if case else ""}
    wrong = [*published.personal(text), *(one for one in names if len(one) > 1 and one in text)]
    if wrong:
        raise RefusedError(
            f"公开的文字里有个人信息：{'、'.join(dict.fromkeys(wrong))}。", "没有公开。", "请去掉姓名和号码后再公开。"
        )
    return text
