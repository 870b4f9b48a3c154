"""Supervision 电子监察 (S8): live counters, cards by rule and colour, and a card's life from office to supervisor."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response

from db.centre.lists import case_rows, record_lists, watch_rows
from db.centre.lists.record_lists import Wanted
from desk import clock
from desk.centre.levels import passing
from desk.centre.node.centre_node import Centre
from desk.centre.node.roles import GENERAL, OFFICE, READ, SUPERVISE, Role
from desk.centre.run import guard
from desk.centre.watch import watching
from desk.centre.web import case_links, record_pages
from desk.centre.web.family_pages import FamilyPages, Found, Step, View
from desk.centre.web.frame import (
    PAGE,
    AbsentError,
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
    settings_of,
    signed_in,
)
from desk.centre.web.work import listed, soon
from desk.errors import RefusedError
from desk.folds.office import cards, complaints, findings
from desk.folds.office.roster.duties import NAMES
from desk.folds.whose import division
from desk.law import numbers
from desk.law.divisions import load as divisions
from desk.log.office_events import Said

router = APIRouter(include_in_schema=False)
Reader = Annotated[guard.Visitor, Depends(signed_in(READ))]
Poster = Annotated[guard.Visitor, Depends(posted(record_pages.ANSWER))]
Supervisor = Annotated[guard.Visitor, Depends(posted(SUPERVISE))]

_View = View[Found[cards.Card]]
_STATES = {"open": "未结", **cards.STATES, "all": "全部"}
_SCORES = {"yellow": 1, "red": 2}
_WHICH = {"open": "在办", "today": "今天到期", "over": "超期"}


def _figures(request: Request, visitor: guard.Visitor) -> dict[str, Any]:
    """The live counters, each of what this visitor sees."""
    centre, now = centre_of(request), centre_of(request).today().isoformat()
    seen: dict[str, Any] = {"sees": visitor.sees, "general": GENERAL}
    shared: dict[str, Any] = {"sees": visitor.sees, "today": now, "soon": now}
    with centre.database.read() as db:
        by_state = record_lists.by_state(db, Wanted("card", **seen))
        return {
            "open": case_rows.case_count(db, case_rows.Asked(ended="no", **shared)),
            "today": case_rows.case_count(db, case_rows.Asked(clock="yellow", **shared)),
            "over": case_rows.case_count(db, case_rows.Asked(clock="red", **shared)),
            "complaints": record_lists.count(db, Wanted("complaint", states=complaints.OPEN, **seen)),
            "complaints_late": record_lists.count(
                db, Wanted("complaint", states=complaints.OPEN[:2], late=now, **seen)
            ),
            "silent": watch_rows.silent_count(db, watching.silent_since(centre, settings_of(request).silent_days)),
            "cards": {
                colour: [(state, cards.STATES[state], by_state.get((state, score), 0)) for state in cards.OPEN]
                for colour, score in _SCORES.items()
            },
            "totals": {
                colour: sum(by_state.get((state, score), 0) for state in cards.OPEN)
                for colour, score in _SCORES.items()
            },
            "cards_late": record_lists.count(db, Wanted("card", states=cards.OPEN, late=now, **seen)),
            "watched_at": clock.minute(centre.now()),
        }


def asked_cards(
    state: Asked = "",
    colour: Asked = "",
    rule: Asked = "",
    org: Asked = "",
    place: Asked = "",
    late: Asked = "",
    since: Asked = "",
    until: Asked = "",
    section: Asked = "",
) -> dict[str, str]:
    """A dependency: what an address asks of the list of cards."""
    asked = {"state": state if state in _STATES else "open", "colour": colour, "rule": rule, "org": org}
    days = {"since": case_links.day(since), "until": case_links.day(until)}
    return {**asked, **days, "place": place, "late": late, "section": section}


Cards = Annotated[dict[str, str], Depends(asked_cards)]


def wanted_cards(centre: Centre, visitor: guard.Visitor, asked: dict[str, str]) -> Wanted:
    """The same for the database, of what this visitor sees."""
    state, rule, place = asked["state"], asked["rule"], asked["place"]
    return Wanted(
        "card",
        sees=visitor.sees,
        general=GENERAL,
        states=record_pages.states_of(state, cards.OPEN),
        kind=rule if rule in findings.BY_CODE else "",
        org=asked["org"],
        place=place if place.isdigit() else "",
        score=_SCORES.get(asked["colour"], 0),
        late=centre.today().isoformat() if asked["late"] else "",
        since=asked["since"],
        until=asked["until"],
        section=asked["section"],
    )


@router.get("/supervision")
def supervision(request: Request, visitor: Reader, asked: Cards, at: PageNumber = 1) -> Response:
    """Counters and the list of cards."""
    centre = centre_of(request)
    wanted = wanted_cards(centre, visitor, asked)
    with centre.database.read() as db:
        page_rows, count = record_pages.paged(db, wanted, at)
        orgs = [one for one in record_lists.values(db, "card", "org") if visitor.sees_org(one)]
        sections = record_lists.values(db, "card", "section")
        places = sorted({one[:9] for one in record_lists.values(db, "card", "place")})
    return page(
        request,
        "supervision.html",
        visitor=visitor,
        figures=_figures(request, visitor),
        rows=[card_line(centre, row) for row in page_rows],
        count=count,
        states=_STATES,
        rules=findings.RULES,
        orgs=orgs,
        sections=sections,
        places=[(one, record_pages.town_name(one)) for one in places],
        asked=asked,
        page=at,
        pages=pages(count),
        query=linked(asked),
        is_supervisor=visitor.may(SUPERVISE),
        may_acknowledge=visitor.may(OFFICE),
    )


def card_line(centre: Centre, row: dict[str, Any] | Any) -> dict[str, Any]:
    """A card as lists show it."""
    return {
        **row,
        "key": row["id"].partition(":")[2],
        "colour": "red" if row["score"] == 2 else "yellow",
        "colour_name": cards.COLOURS["red" if row["score"] == 2 else "yellow"],
        "state_name": cards.STATES[row["state"]],
        "rule_name": findings.BY_CODE[row["kind"]].name if row["kind"] in findings.BY_CODE else row["kind"],
        "about_shown": "" if ":" in row["about"] else numbers.grouped(row["about"]),
        "late": record_pages.late(row["due"], centre),
        "place_name": record_pages.town_name(row["place"]),
    }


@router.get("/supervision/live")
def live(request: Request, visitor: Reader) -> Response:
    """The counters alone, for a page that is open all day."""
    figures = _figures(request, visitor)
    return page(
        request, "supervision_live.html", visitor=visitor, figures=figures, is_supervisor=visitor.may(SUPERVISE)
    )


@router.get("/supervision/cases")
def case_list(request: Request, visitor: Reader, which: Asked = "", at: PageNumber = 1) -> Response:
    """The cases behind a counter."""
    centre = centre_of(request)
    which = which if which in _WHICH else "open"
    now = centre.today().isoformat()
    colour = {"open": "", "today": "yellow", "over": "red"}[which]
    wanted = case_rows.Asked(ended="no", clock=colour, sees=visitor.sees, today=now, soon=now, order="due")
    with centre.database.read() as db:
        page_rows = case_rows.case_page(db, wanted, (at - 1) * PAGE, PAGE)
        count = case_rows.case_count(db, wanted)
    return page(
        request,
        "supervision_cases.html",
        visitor=visitor,
        title=_WHICH[which],
        which=which,
        rows=[listed(row, centre.today(), soon(centre)) for row in page_rows],
        count=count,
        page=at,
        pages=pages(count),
    )


def _record_for(request: Request, visitor: guard.Visitor, key: str) -> Found[cards.Card]:
    found = record_pages.record(request, "card", key, cards.Card)
    record_pages.must_see(visitor, found.one.raised.org)
    if not _is_ours(centre_of(request), found.one) and not visitor.may(SUPERVISE):
        raise AbsentError("没有这一条，或它归下级中心，请核对编号。")
    return found


def _is_ours(centre: Centre, card: cards.Card) -> bool:
    return card.home in ("", centre.node)  # those of before do not name their home


def _shown(view: _View) -> dict[str, Any]:
    card = view.found.one
    return {
        "card": card,
        "rule": findings.BY_CODE.get(card.raised.rule),
        "own": card.raised.own,
        "post": NAMES.get(card.raised.own.post, "") if card.raised.own else "",  # type: ignore[call-overload]
        "is_points": card.raised.rule in findings.POINTS_OWN or card.raised.facts.endswith(findings.POINTS_TURN),
        "colour_name": cards.COLOURS[card.raised.colour],
        "state_name": cards.STATES[card.state],
        "late": record_pages.late(card.due, view.centre),
        "raised_at": clock.minute(card.raised_at),
        "place": record_pages.place_name(card.raised.place),
        **_about(card.raised.about),
        "may": PAGES.open_steps(view.visitor, view.found, _fits) if _is_ours(view.centre, card) else set(),
        "demands": [] if _is_ours(view.centre, card) or card.state == "cancelled" else list(_DEMANDS.values()),
        "waiting": card.waiting,
        "home": "" if _is_ours(view.centre, card) else _named(card.home),
        "verdicts": cards.VERDICTS,
        "days": cards.DAYS,
        "history": record_pages.history(card.history, cards.VERDICTS),
    }


def _named(centre: str) -> str:
    found = divisions().get(division(centre))
    return found.name if found else centre


def _fits(card: cards.Card, kind: str, visitor: guard.Visitor) -> bool:
    return cards.may(card, kind) and not cards.own_word(card, kind, visitor.account)


def _about(about: str) -> dict[str, str]:
    """What the card is about, and where that is shown."""
    if about.startswith("complaint:"):
        return {"about": "投诉建议", "where": f"/complaints/{about.partition(':')[2]}"}
    if about.startswith("disclosure:"):
        return {"about": "依申请公开", "where": f"/disclosures/{about.partition(':')[2]}"}
    if "-" in about:
        return {"about": about, "where": "/desks"}
    return {"about": numbers.grouped(about), "where": f"/cases/{about}"}


def _step(kind: str, roles: frozenset[Role]) -> Step[Found[cards.Card]]:
    """A step, with the day until which the next one is owed."""

    def said(view: _View) -> Said:
        choices = cards.VERDICTS.get(kind, {})
        after = cards.after(view.found.one, kind, view.word("verdict"))
        typed = view.typed["until"] if after == "to_correct" else ""
        last = record_pages.day(view.centre, typed, cards.DAYS.get(after, 0))
        text = record_pages.words(view.word("text"))
        return Said(view.visitor.name, view.visitor.org, text, view.word("verdict") if choices else "", last)

    return Step(kind, roles, said)


PAGES = FamilyPages(
    "/supervision/cards",
    "card.html",
    _record_for,
    _shown,
    {
        "explain": _step("card.explained", OFFICE),
        "acknowledge": Step("card.acknowledged", OFFICE, lambda view: view.said("")),
        "correct": _step("card.corrected", OFFICE),
        "appeal": _step("card.appealed", OFFICE),
        "answer": _step("card.answered", SUPERVISE),
        "close": _step("card.closed", SUPERVISE),
        "decide": _step("card.appeal_decided", SUPERVISE),
        "reply": Step(
            "card.replied", record_pages.ANSWER, lambda view: view.said(record_pages.words(view.word("text")))
        ),
    },
)
# step -> its kind, what the form is called, what is to be written: of a level above, on a card of a centre below.
_DEMANDS = {
    "urge": ("urge", "card.urged", "督办", "要求"),
    "ask": ("ask", "card.asked", "询问", "要说明什么"),
    "order": ("order", "card.ordered", "责令整改", "要改什么"),
}


@router.get("/supervision/cards/{key}")
def card_page(request: Request, visitor: Reader, key: str) -> Response:
    """One card."""
    return PAGES.drawn(request, visitor, key)


@router.post("/supervision/cards/{key}/{step}")
def take_step(
    request: Request,
    visitor: Poster,
    key: str,
    step: str,
    seen: Seen = 0,
    text: Typed = "",
    verdict: Typed = "",
    until: Typed = "",
) -> Response:
    """Explain, correct, appeal, reply; answer, close, decide. A level above: urge, ask, order correction."""
    if step in _DEMANDS:
        return _demand(request, visitor, key, step, seen, text, until)
    return PAGES.take_step(request, visitor, key, step, seen, text=text, verdict=verdict, until=until)


def _demand(
    request: Request, visitor: guard.Visitor, key: str, step: str, seen: int, text: str, until: str
) -> Response:
    def act(view: _View) -> None:
        if not visitor.may(SUPERVISE):
            raise ForbiddenError
        last = record_pages.day(view.centre, until, cards.DAYS["to_correct"])
        said = Said(visitor.name, view.centre.name, record_pages.words(text), "", last)
        passing.demand(view.centre, visitor.account, _DEMANDS[step][1], view.found.one.id, said, seen)

    return PAGES.took(request, visitor, key, act)


@router.post("/supervision/raise")
def raise_card(
    request: Request, visitor: Supervisor, number: Typed = "", colour: Typed = "", text: Typed = ""
) -> Response:
    """A supervisor's own card on a case."""
    centre = centre_of(request)
    with centre.database.read() as db:
        row = case_rows.one_case(db, number.replace(" ", "").strip()) if number.strip() else None
    if row is None or not visitor.sees_org(row["body"] or GENERAL):
        raise RefusedError("没有这个收件号的办件，或它不归您看。", "没有亮牌。", "请核对收件号。")
    subject = watching.raise_by_hand(centre, visitor.account, row, colour, text)
    return go(f"/supervision/cards/{subject.partition(':')[2]}")
