"""Pages for everybody: items and guides, where a case stands, whether a receipt is genuine, published results."""

from __future__ import annotations

import hmac
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse

from db.centre import case_rows, public_rows, records
from db.centre.rows import Row
from desk import case as cases
from desk import codes, deadline, numbers, receipt_code
from desk.case import State
from desk.catalogue import load, rules
from desk.catalogue.item import Catalogue, Item, Need
from desk.catalogue.rules import PROXY_NAMES
from desk.centre import clocks, nodes
from desk.centre.seat import Centre
from desk.centre.web.flow_svg import flow_chart
from desk.centre.web.frame import PAGE, AbsentError, Asked, PageNumber, centre_of, page, shown_time, today
from desk.oversight import published
from desk.printing.facts import OfficeFacts
from desk.printing.guide import Chosen, guide
from desk.search_keys import initials, readings

router = APIRouter(include_in_schema=False)
_FRESH = {"Cache-Control": "public, max-age=60"}
_WRONG = "没有查到。请核对号码；二维码要扫全，或号码与证件号码（电话）后四位对得上才显示。"
_NEEDS = {Need.REQUIRED: "必要", Need.OPTIONAL: "视情形", Need.MAY_FOLLOW: "可后补"}
_DONE = (State.GRANTED, State.REFUSED, State.CERTIFYING, State.RETURNING, State.AT_POINT, State.SERVED)
_CLOSED = (*_DONE, State.CONCLUDED, State.ARCHIVED, State.NOT_ACCEPTED)
_RESULTS = {State.REFUSED: "不予", State.NOT_ACCEPTED: "不予受理"}
_SMALL = 10  # rated cases below which a mean says little


def _shelf(centre: Centre) -> list[Item]:
    """The items that take cases today, by name."""
    with centre.database.read() as db:
        centre.shelf.refresh(centre, db)
    now = today(centre)
    found = [one for code, one in centre.shelf.items.items() if code not in centre.shelf.withdrawn]
    return sorted((one for one in found if not rules.in_force(one, now)), key=lambda one: one.item_name)


@router.get("/")
def home(request: Request) -> Response:
    """What one can do here."""
    centre = centre_of(request)
    items = _shelf(centre)
    topics: dict[str, int] = {}
    for one in items:
        topics[one.topic or "其他"] = topics.get(one.topic or "其他", 0) + 1
    return _fresh(page(request, "public/home.html", topics=sorted(topics.items()), count=len(items)))


def _fresh(answer: Response) -> Response:
    answer.headers.update(_FRESH)
    return answer


@router.get("/items")
def items(request: Request, text: Asked = "", topic: Asked = "", mode: Asked = "") -> Response:
    """Items by words, initials, theme and what an agent may do."""
    asked = text.strip()
    found = [one for one in _shelf(centre_of(request)) if (not topic or (one.topic or "其他") == topic)]
    found = [one for one in found if not mode or one.proxy_mode.value == mode]
    if asked:
        found = [one for one in found if _is_asked(one, asked)]
    modes = [(one.value, words) for one, words in PROXY_NAMES.items()]
    shown = [{"item": one, "mode": PROXY_NAMES[one.proxy_mode], "limit": _limit(one)} for one in found]
    return _fresh(page(request, "public/items.html", items=shown, text=asked, topic=topic, mode=mode, modes=modes))


def _is_asked(item: Item, asked: str) -> bool:
    """By any part of its name, office or theme, or by how its name sounds, whole or by initials."""
    if any(asked in one for one in (item.item_name, item.org_name, item.topic, item.task_code)):
        return True
    sound = asked.lower().replace(" ", "")
    return sound.isascii() and any(sound in one for one in (*initials(item.item_name), *readings(item.item_name)))


def _limit(item: Item) -> str:
    limit = item.promised_limit or item.statutory_limit
    return deadline.words(limit) if limit else "以公布为准"


def _item(request: Request, code: str) -> Item:
    found = next((one for one in _shelf(centre_of(request)) if one.task_code == code), None)
    if found is None:
        raise AbsentError("没有这个事项，或它现在不办理。")
    return found


@router.get("/items/{code}")
def item_page(request: Request, code: str) -> Response:
    """A guide 服务指南."""
    item = _item(request, code)
    limits = {
        "statutory": deadline.words(item.statutory_limit) if item.statutory_limit else "",
        "promised": deadline.words(item.promised_limit) if item.promised_limit else "",
    }
    facts: dict[str, Any] = {
        "item": item,
        "mode": PROXY_NAMES[item.proxy_mode],
        "limits": limits,
        "needs": _NEEDS,
        "kind": codes.ITEM_TYPES.get(item.item_type, ""),
    }
    return _fresh(page(request, "public/item.html", **facts))


@router.get("/items/{code}/flow.svg")
def flow(request: Request, code: str) -> Response:
    """The flow chart of an item."""
    return Response(flow_chart(_item(request, code).steps), media_type="image/svg+xml", headers=_FRESH)


@router.get("/items/{code}/guide.pdf")
def guide_pdf(request: Request, code: str) -> Response:
    """The guide as it is printed at the counter."""
    centre, item = centre_of(request), _item(request, code)
    regime = clocks.regime_of(item.regime)
    if regime is None:
        raise AbsentError("这个事项的指南还不能打印。")
    kept = load.seed()
    catalogue = Catalogue(kept.version, centre.name, kept.issued_on, kept.regimes, (item,))
    office = OfficeFacts(centre.name, "", "", centre.name, item.enquiry_phone, item.supervision_phone or "12345")
    return Response(guide(Chosen(item, regime), catalogue, office), media_type="application/pdf", headers=_FRESH)


# -- one's own case ----------------------------------------------------------------------------------------------


@router.get("/check")
def check_page(request: Request, code: Annotated[str, Query(max_length=300)] = "") -> Response:
    """Anyone may hold a receipt under our lamp: genuine or not, and how far its case is; no name, no number."""
    verdict, state = None, ""
    if code.strip():
        centre = centre_of(request)
        verdict = receipt_code.judge(code, lambda node: nodes.all_keys(centre, node))
        found = centre.case(verdict.intake_no) if verdict.genuine else None
        state = cases.STATE_NAMES[found[0].state] if found else ""
    return page(request, "public/check.html", code=code.strip(), verdict=verdict, state=state)


@router.get("/query")
def query_page(
    request: Request, number: Annotated[str, Query(max_length=300)] = "", last: Annotated[str, Query(max_length=8)] = ""
) -> Response:
    """Where a case stands: by the code of its receipt, or by its number and four last digits. State and days only."""
    if not number.strip():
        return page(request, "public/query.html", number="", told="", found=None)
    wait = request.app.state.limits["looks"].wait(request.client.host if request.client else "")
    if wait:
        told = "查得太快了，请过一分钟再查。"
        answer = page(request, "public/query.html", 429, number="", told=told, found=None)
        answer.headers["Retry-After"] = str(int(wait) + 1)
        return answer
    found = _looked_up(centre_of(request), number.strip(), last.strip())
    told = "" if found else _WRONG
    return page(request, "public/query.html", 200 if found else 404, number=number.strip(), told=told, found=found)


def _looked_up(centre: Centre, number: str, last: str) -> dict[str, Any] | None:
    verdict = receipt_code.judge(number, lambda node: nodes.all_keys(centre, node))
    if verdict.genuine:
        return _standing(centre, verdict.intake_no)
    bare = number.replace(" ", "")
    with centre.database.read() as db:
        row = case_rows.one_case(db, bare) if bare.isalnum() else None
    case = centre.case(row["intake_no"]) if row else None
    person = case[0].collected.applicant if case else None
    endings = [one[-4:].upper() for one in ((person.id_number, person.phone) if person else ("", "")) if len(one) >= 4]
    right = [hmac.compare_digest(one.encode(), last.upper().encode()) for one in endings]
    return _standing(centre, str(row["intake_no"])) if row and any(right) else None


def _standing(centre: Centre, intake_no: str) -> dict[str, Any] | None:
    found = centre.case(intake_no)
    if found is None:
        return None
    case = found[0]
    item = centre.shelf.item(case.collected.item.task_code, case.collected.item.version)
    known = clocks.of(case, item, centre.shelf.holidays)
    moves = [line for line in case.history if line.kind in cases.MOVES or line.kind == "case.collected"]
    return {
        "number": numbers.grouped(intake_no),
        "case_no": case.case_no,
        "item": case.collected.item.item_name,
        "state": cases.STATE_NAMES[case.state],
        "missing": case.supplement.missing if case.supplement and case.state is State.SUPPLEMENT_ASKED else (),
        "promised": known.promised,
        "due": known.due,
        "steps": [{"name": line.name, "time": shown_time(line.time)} for line in moves if not line.refused],
    }


# -- what is published -------------------------------------------------------------------------------------------


def _published(row: Row, batch: str) -> published.Result:
    state = State(row["state"])
    return published.Result(
        row["case_no"],
        row["item_name"],
        published.surname(row["applicant_name"]),
        row["org"],
        _RESULTS.get(state, "不予" if row["refused"] else "办结"),
        row["ended_day"],
        batch,
    )


def _results(centre: Centre, month: str, task: str, at: int) -> list[published.Result]:
    with centre.database.read() as db:
        found = public_rows.results(db, month, task, [one.value for one in _CLOSED], (at - 1) * PAGE, PAGE)
    batch = today(centre).strftime("%Y%m%d")
    return [_published(row, batch) for row in found]


@router.get("/published")
def results(request: Request, month: Asked = "", task: Asked = "", at: PageNumber = 1) -> Response:
    """Results without personal data."""
    centre = centre_of(request)
    month = month if len(month) == 7 and month[4] == "-" else today(centre).strftime("%Y-%m")
    found = _results(centre, month, task, at)
    chosen = [(one.task_code, one.item_name) for one in _shelf(centre)]
    facts: dict[str, Any] = {
        "rows": found,
        "month": month,
        "task": task,
        "items": chosen,
        "at": at,
        "more": len(found) == PAGE,
    }
    return _fresh(page(request, "public/published.html", removed=published.REMOVED, **facts))


@router.get("/open/results.json")
def results_json(request: Request, month: Asked = "", task: Asked = "", at: PageNumber = 1) -> Response:
    """The same for machines, with the names of GB/T 39046-2020 and a batch mark in each row."""
    centre = centre_of(request)
    month = month if len(month) == 7 and month[4] == "-" else today(centre).strftime("%Y-%m")
    rows = [{name: getattr(one, name) for name in one.__struct_fields__} for one in _results(centre, month, task, at)]
    return JSONResponse({"month": month, "page": at, "results": rows}, headers=_FRESH)


@router.get("/open/items.json")
def items_json(request: Request) -> Response:
    """The catalogue for machines."""
    centre = centre_of(request)
    batch = today(centre).strftime("%Y%m%d")
    rows = [
        {
            "task_code": one.task_code,
            "task_name": one.item_name,
            "task_type": one.item_type,
            "dept_name": one.org_name,
            "task_version": one.version,
            "project_type": one.case_type,
            "cd_batch": batch,
        }
        for one in _shelf(centre)
    ]
    return JSONResponse({"items": rows}, headers=_FRESH)


@router.get("/ratings")
def ratings(request: Request) -> Response:
    """Ratings by office, with how many answered; a small number says that it is one."""
    with centre_of(request).database.read() as db:
        found = public_rows.ratings(db)
        answers = records.record_data(db, "complaint", 20, score=1)
    lines = [
        {
            **row,
            "mean": f"{row['score'] / row['rated']:.2f}" if row["rated"] else "—",
            "rate": f"{100 * row['rated'] / row['served']:.0f}%" if row["served"] else "—",
            "small": row["rated"] < _SMALL,
        }
        for row in found
    ]
    return _fresh(page(request, "public/ratings.html", lines=lines, answers=len(answers)))
