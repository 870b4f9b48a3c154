"""Supervision 电子监察 (S8): live counters, cards by rule and colour, and a card's life from office to supervisor."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from msgspec import structs

from db.centre.lists import case_rows, record_lists, watch_rows
from db.centre.lists.record_lists import Wanted
from desk import clock
from desk.centre.node.centre_node import Centre
from desk.centre.run import guard
from desk.centre.run.roles import GENERAL, OFFICE, READ, SUPERVISE, Role
from desk.centre.watch import watching
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
    settings_of,
    signed_in,
)
from desk.centre.web.work import listed, soon
from desk.errors import RefusedError
from desk.folds.office import cards, complaints, findings
from desk.law import numbers
from desk.log.office_events import Said

router = APIRouter(include_in_schema=False)
Reader = Annotated[guard.Visitor, Depends(signed_in(READ))]
Poster = Annotated[guard.Visitor, Depends(posted(record_pages.ANSWER))]
Supervisor = Annotated[guard.Visitor, Depends(posted(SUPERVISE))]

# The address of a step -> its kind and who may take it.
STEPS: dict[str, tuple[str, frozenset[Role]]] = {
    "explain": ("card.explained", OFFICE),
    "correct": ("card.corrected", OFFICE),
    "appeal": ("card.appealed", OFFICE),
    "answer": ("card.answered", SUPERVISE),
    "close": ("card.closed", SUPERVISE),
    "decide": ("card.appeal_decided", SUPERVISE),
}
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
) -> dict[str, str]:
    """A dependency: what an address asks of the list of cards."""
    asked = {"state": state if state in _STATES else "open", "colour": colour, "rule": rule, "org": org}
    return {**asked, "place": place, "late": late, "since": case_links.day(since), "until": case_links.day(until)}


Cards = Annotated[dict[str, str], Depends(asked_cards)]


def wanted_cards(centre: Centre, visitor: guard.Visitor, asked: dict[str, str]) -> Wanted:
    """The same for the database, of what this visitor sees."""
    state, rule, place = asked["state"], asked["rule"], asked["place"]
    return Wanted(
        "card",
        sees=visitor.sees,
        general=GENERAL,
        states=cards.OPEN if state == "open" else () if state == "all" else (state,),
        kind=rule if rule in findings.BY_CODE else "",
        org=asked["org"],
        place=place if place.isdigit() else "",
        score=_SCORES.get(asked["colour"], 0),
        late=centre.today().isoformat() if asked["late"] else "",
        since=asked["since"],
        until=asked["until"],
    )


@router.get("/supervision")
def supervision(request: Request, visitor: Reader, asked: Cards, at: PageNumber = 1) -> Response:
    """Counters and the list of cards."""
    centre = centre_of(request)
    wanted = wanted_cards(centre, visitor, asked)
    with centre.database.read() as db:
        found = record_lists.listed(db, wanted, (at - 1) * PAGE, PAGE)
        count = record_lists.count(db, wanted)
        orgs = [one for one in record_lists.values(db, "card", "org") if visitor.sees_org(one)]
        places = sorted({one[:9] for one in record_lists.values(db, "card", "place")})
    return page(
        request,
        "supervision.html",
        visitor=visitor,
        figures=_figures(request, visitor),
        rows=[card_line(centre, row) for row in found],
        count=count,
        states=_STATES,
        rules=findings.RULES,
        orgs=orgs,
        places=[(one, record_pages.town_name(one)) for one in places],
        asked=asked,
        page=at,
        pages=pages(count),
        query=linked(asked),
        is_supervisor=visitor.may(SUPERVISE),
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
        "about_shown": "" if row["about"].startswith("complaint:") else numbers.grouped(row["about"]),
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


@router.get("/supervision/rules")
def rule_list(request: Request, visitor: Reader) -> Response:
    """Each rule: its colour, its basis, and what it looks at."""
    days = settings_of(request).silent_days
    shown = [structs.replace(one, looks_at=one.looks_at.format(silent_days=days)) for one in findings.RULES]
    return page(request, "supervision_rules.html", visitor=visitor, rules=shown, colours=cards.COLOURS)


@router.get("/supervision/cases")
def case_list(request: Request, visitor: Reader, which: Asked = "", at: PageNumber = 1) -> Response:
    """The cases behind a counter."""
    centre = centre_of(request)
    which = which if which in _WHICH else "open"
    now = centre.today().isoformat()
    colour = {"open": "", "today": "yellow", "over": "red"}[which]
    wanted = case_rows.Asked(ended="no", clock=colour, sees=visitor.sees, today=now, soon=now, order="due")
    with centre.database.read() as db:
        found = case_rows.case_page(db, wanted, (at - 1) * PAGE, PAGE)
        count = case_rows.case_count(db, wanted)
    return page(
        request,
        "supervision_cases.html",
        visitor=visitor,
        title=_WHICH[which],
        which=which,
        rows=[listed(row, centre.today(), soon(centre)) for row in found],
        count=count,
        page=at,
        pages=pages(count),
    )


@router.get("/supervision/cards/{key}")
def card_page(request: Request, visitor: Reader, key: str) -> Response:
    """One card."""
    return _drawn(request, visitor, key)


def _drawn(request: Request, visitor: guard.Visitor, key: str, told: str = "", status: int = 200) -> Response:
    centre = centre_of(request)
    card, seen = record_pages.one(request, "card", key, cards.Card)
    record_pages.must_see(visitor, card.raised.org)
    rule = findings.BY_CODE.get(card.raised.rule)
    return page(
        request,
        "card.html",
        status,
        visitor=visitor,
        card=card,
        key=card.id.partition(":")[2],
        seen=seen,
        told=told,
        rule=rule,
        colour_name=cards.COLOURS[card.raised.colour],
        state_name=cards.STATES[card.state],
        late=record_pages.late(card.due, centre),
        raised_at=clock.minute(card.raised_at),
        place=record_pages.place_name(card.raised.place),
        **_about(card.raised.about),
        may={
            name
            for name, (kind, roles) in STEPS.items()
            if visitor.may(roles) and cards.may(card, kind) and not _own_word(card, name, visitor)
        },
        verdicts=cards.VERDICTS,
        days=cards.DAYS,
        history=record_pages.history(card.history, cards.VERDICTS),
    )


def _about(about: str) -> dict[str, str]:
    """What the card is about, and where that is shown."""
    if about.startswith("complaint:"):
        return {"about": "投诉建议", "where": f"/complaints/{about.partition(':')[2]}"}
    if "-" in about:
        return {"about": about, "where": "/desks"}
    return {"about": numbers.grouped(about), "where": f"/cases/{about}"}


def _own_word(card: cards.Card, step: str, visitor: guard.Visitor) -> bool:
    """Nobody judges what they said for the office themselves."""
    said = any(line.account == visitor.account for line in card.history if line.kind in _OFFICE_KINDS)
    return said and STEPS[step][1] is SUPERVISE


_OFFICE_KINDS = frozenset(kind for kind, roles in STEPS.values() if roles is OFFICE)


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
    """A step. What is refused leaves the card as it is and is told above it."""
    card, _ = record_pages.one(request, "card", key, cards.Card)
    record_pages.must_see(visitor, card.raised.org)
    if step in STEPS and not visitor.may(STEPS[step][1]):
        raise ForbiddenError
    try:
        kind, data = _said(request, visitor, card, step, text, verdict, until)
        centre_of(request).say(visitor.account, kind, card.id, data, seen)
    except RefusedError as error:
        return _drawn(request, visitor, key, error.sentences(), 409)
    return go(f"/supervision/cards/{key}")


def _said(
    request: Request, visitor: guard.Visitor, card: cards.Card, step: str, text: str, verdict: str, until: str
) -> tuple[str, Said]:
    kind = STEPS.get(step, ("", STEPS))[0]
    if not cards.may(card, kind):
        raise RefusedError(f"这张牌现在是“{cards.STATES[card.state]}”，不能这样办。", "没有改动。")
    if _own_word(card, step, visitor):
        raise RefusedError("您替部门说明过这张牌，不能再由您答复。", "没有改动。", "请另一名监察员答复。")
    choices = cards.VERDICTS.get(kind, {})
    if choices and verdict not in choices:
        raise RefusedError("请选择处理意见。", "没有改动。")
    after = cards.after(card, kind, verdict)
    days = cards.DAYS.get(after, 0)
    last = record_pages.day(centre_of(request), until if after == "to_correct" else "", days)
    return kind, Said(visitor.name, visitor.org, record_pages.words(text), verdict if choices else "", last)


@router.post("/supervision/raise")
def raise_card(
    request: Request, visitor: Supervisor, number: Typed = "", colour: Typed = "", text: Typed = ""
) -> Response:
    """A supervisor's own card on a case."""
    centre = centre_of(request)
    with centre.database.read() as db:
        row = case_rows.one_case(db, number.replace(" ", "").strip()) if number.strip() else None
    if row is None or not visitor.sees_org(row["org"] or GENERAL):
        raise RefusedError("没有这个收件号的办件，或它不归您看。", "没有亮牌。", "请核对收件号。")
    subject = watching.raise_by_hand(centre, visitor.account, row, colour, text)
    return go(f"/supervision/cards/{subject.partition(':')[2]}")
