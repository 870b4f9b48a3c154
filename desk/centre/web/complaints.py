"""Complaints, suggestions and poor ratings on the office's side: handed on, answered in time, called back, closed, and
published where nobody is to be recognised (S7, S8, S9)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response

from db.centre.lists import record_lists
from db.centre.lists.record_lists import Wanted
from desk import clock
from desk.centre.levels import forwarding, passing
from desk.centre.node.centre_node import Centre
from desk.centre.node.roles import CHIEFS, GENERAL, OFFICE, READ, SUPERVISE, Role
from desk.centre.run import guard
from desk.centre.watch import asking
from desk.centre.web import case_links, record_pages
from desk.centre.web.family_pages import FamilyPages, Found, Step, View
from desk.centre.web.frame import (
    AbsentError,
    Asked,
    ForbiddenError,
    PageNumber,
    Seen,
    Typed,
    centre_of,
    linked,
    page,
    pages,
    posted,
    signed_in,
)
from desk.errors import RefusedError
from desk.folds.office import complaints, disclosure, published
from desk.folds.office.complaints import Complaint
from desk.folds.whose import division
from desk.law import id_numbers, numbers
from desk.log.office_events import Said

router = APIRouter(include_in_schema=False)
Reader = Annotated[guard.Visitor, Depends(signed_in(READ))]
Poster = Annotated[guard.Visitor, Depends(posted(record_pages.ANSWER))]
TAKE_DOWN = SUPERVISE | CHIEFS  # who writes down what somebody telephones, or says at the window
Listener = Annotated[guard.Visitor, Depends(signed_in(TAKE_DOWN))]
Taker = Annotated[guard.Visitor, Depends(posted(TAKE_DOWN))]

_View = View[Found[Complaint]]
_STATES = {"open": "未办结", **complaints.STATES, "all": "全部"}


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
    states = record_pages.states_of(state, complaints.OPEN)
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
        page_rows, count = record_pages.paged(db, wanted, at)
        orgs = [one for one in record_lists.values(db, "complaint", "org") if visitor.sees_org(one)]
        owed = Wanted("disclosure", sees=visitor.sees, general=GENERAL, states=disclosure.OPEN)
        asks = record_lists.count(db, owed)
    return page(
        request,
        "complaints.html",
        visitor=visitor,
        rows=[complaint_line(row, now) for row in page_rows],
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
    request: Request, visitor: guard.Visitor, typed: dict[str, str], message: str = "", status: int = 200
) -> Response:
    with centre_of(request).database.read() as db:
        orgs = [one for one in record_lists.departments(db) if _may_hand(visitor, one)]
    ways = [(one, complaints.CHANNELS[one]) for one in complaints.TAKEN_DOWN]
    facts = {
        "once": typed.get("once") or asking.form_mark(),
        "ways": ways,
        "sorts": asking.SORTS,
        "orgs": orgs,
        "days": asking.days_words(),
        "hand_days": complaints.DAYS,
    }
    return page(request, "complaint_new.html", status, visitor=visitor, typed=typed, message=message, **facts)


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
    once: Typed = "",
) -> Response:
    """Write down what somebody says; number and code are read out to them. What was typed stays when it is refused."""
    centre = centre_of(request)
    try:
        told = asking.Statement(sort, text, about, name, phone, _way(channel), once)
        then = [("complaint.assigned", _handed(request, visitor, org, until))] if org.strip() else []
        made = asking.complain(centre, told, visitor.account, visitor.name, then)
    except RefusedError as error:
        typed = {"channel": channel, "sort": sort, "text": text, "about": about, "name": name, "phone": phone}
        return _new_form(request, visitor, typed | {"org": org, "until": until, "once": once}, error.sentences(), 409)
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


def _record_for(request: Request, visitor: guard.Visitor, key: str) -> Found[Complaint]:
    found = record_pages.record(request, "complaint", key, Complaint)
    record_pages.must_see(visitor, found.one.org)
    if not _is_ours(centre_of(request), found.one) and not visitor.may(SUPERVISE):
        raise AbsentError("没有这一条，或它归下级中心，请核对编号。")
    return found


def _is_ours(centre: Centre, complaint: Complaint) -> bool:
    return complaint.home in ("", centre.node)  # those of before do not name their home


def _fits(view: _View) -> Callable[[Complaint, str, guard.Visitor], bool]:
    """Which steps there are here: what a level above answers is none of the centre's that the complaint is about."""
    is_ours = _is_ours(view.centre, view.found.one)
    is_below = forwarding.upstream(view.centre) is not None

    def fits(one: Complaint, kind: str, _visitor: guard.Visitor) -> bool:
        if is_ours is (kind == complaints.FROM_ABOVE) or (kind == complaints.SENT_UP and not is_below):
            return False
        return complaints.may(one, kind)

    return fits


def _shown(view: _View) -> dict[str, Any]:
    complaint, made, full = view.found.one, view.found.one.made, view.typed.get("phone", "")
    with view.centre.database.read() as db:
        orgs = record_lists.departments(db)
    return {
        "one": complaint,
        "sort": complaints.SORTS.get(made.sort, made.sort),
        "way": complaints.CHANNELS.get(made.channel, made.channel),
        "state_name": complaints.STATES[complaint.state],
        "late": complaint.state in complaints.OPEN[:2] and record_pages.late(complaint.due, view.centre),
        "made_at": clock.minute(complaint.made_at),
        "number": numbers.grouped(made.about),
        "place": record_pages.place_name(made.place),
        "is_office": view.visitor.may(record_pages.ANSWER),
        "phone": full or id_numbers.masked_phone(made.phone),
        "is_full": bool(full),
        "may": PAGES.open_steps(view.visitor, view.found, _fits(view)),
        "home": "" if _is_ours(view.centre, complaint) else record_pages.place_name(division(complaint.home)),
        "orgs": orgs,
        "days": complaints.DAYS,
        "called": complaints.CALLED,
        "content": complaints.CALLED.get(complaint.content, ""),
        "must_call": complaints.must_call(complaint),
        "history": record_pages.history(complaint.history, {"complaint.called_back": complaints.CALLED}),
    }


def _assigned(view: _View) -> Said:
    return _handed(view.request, view.visitor, view.word("org"), view.typed["until"], view.word("text"))


def _sent_up(view: _View) -> Said:
    """It is about this centre itself: a level above answers it. Raises RefusedError where there is none."""
    if forwarding.upstream(view.centre) is None:
        raise RefusedError("本中心没有接上级中心。", "没有改动。", "请先由系统管理员接到上级。")
    last = record_pages.owed(view.centre, complaints.DAYS)
    return Said(view.visitor.name, view.visitor.org, record_pages.words(view.word("text")), until=last)


def _answered(view: _View) -> Said:
    return view.said(record_pages.words(view.word("text")))


def _called_back(view: _View) -> Said:
    """Who does not agree with the answer gets another one, in as many days again."""
    verdict = view.word("verdict")
    again = record_pages.owed(view.centre, complaints.DAYS) if verdict == "no" else None
    return Said(view.visitor.name, view.visitor.org, view.word("text"), verdict, again)


def _published(view: _View) -> Said:
    """The words for all when nobody is recognised in them (S12). Raises RefusedError, saying what stands in them."""
    text, made = record_pages.words(view.word("text")), view.found.one.made
    case = view.centre.case(made.about) if made.about else None
    names = {made.name, case[0].collected.applicant.name if case else ""}
    wrong = [*published.personal(text), *(one for one in names if len(one) > 1 and one in text)]
    if wrong:
        raise RefusedError(
            f"公开的文字里有个人信息：{'、'.join(dict.fromkeys(wrong))}。", "没有公开。", "请去掉姓名和号码后再公开。"
        )
    return view.said(text)


PAGES = FamilyPages(
    "/complaints",
    "complaint.html",
    _record_for,
    _shown,
    {
        "assign": Step("complaint.assigned", SUPERVISE, _assigned),
        "answer": Step("complaint.answered", OFFICE, _answered),
        "send-up": Step(complaints.SENT_UP, SUPERVISE, _sent_up),
        "answer-above": Step(complaints.FROM_ABOVE, SUPERVISE, _answered),
        "call-back": Step("complaint.called_back", SUPERVISE, _called_back),
        "close": Step("complaint.closed", SUPERVISE, lambda view: view.said(view.word("text"))),
        "publish": Step("complaint.published", SUPERVISE, _published),
    },
)


@router.get("/complaints/{key}")
def complaint_page(request: Request, visitor: Reader, key: str) -> Response:
    """One of them."""
    return PAGES.drawn(request, visitor, key)


@router.post("/complaints/{key}/look")
def look(request: Request, visitor: Poster, key: str, reasons: Typed = "") -> Response:
    """The writer's telephone number, to call back."""
    found = _record_for(request, visitor, key).one
    record_pages.note_look(centre_of(request), visitor, f"seen:{found.id}", found.made.number, reasons, "电话号码")
    shown = {"phone": found.made.phone or "未留"}
    return PAGES.drawn(request, visitor, key, "已留痕：查看完整电话号码。", typed=shown)


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
    """Hand on, answer, send up, call back, close, publish; at a level above: answer what came up."""
    if step == "answer-above":
        return _answer_above(request, visitor, key, seen, text)
    return PAGES.take_step(request, visitor, key, step, seen, text=text, verdict=verdict, org=org, until=until)


def _answer_above(request: Request, visitor: guard.Visitor, key: str, seen: int, text: str) -> Response:
    def act(view: _View) -> None:
        if not visitor.may(SUPERVISE):
            raise ForbiddenError
        said = Said(visitor.name, view.centre.name, record_pages.words(text))
        passing.answer(view.centre, visitor.account, view.found.one.id, said, seen)

    return PAGES.took(request, visitor, key, act)
