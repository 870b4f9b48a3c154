"""Supervision 电子监察: live counters, cards, and a card's life from being raised to being closed or appealed."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Annotated, Any
from urllib.parse import urlencode

import msgspec
from fastapi import APIRouter, Depends, Request, Response

from db.centre import case_rows, records, watch_rows
from desk import deadline
from desk.centre import guard
from desk.centre.roles import ALL, OFFICE, READ, SUPERVISE
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
from desk.centre.web.work import soon
from desk.errors import RefusedError
from desk.oversight import cards
from desk.oversight.events import CardRaised, Said
from desk.oversight.rules import EXPLAIN_DAYS, RULES

router = APIRouter(include_in_schema=False)
Reader = Annotated[guard.Visitor, Depends(signed_in(READ))]
Poster = Annotated[guard.Visitor, Depends(posted(READ))]
Watcher = Annotated[guard.Visitor, Depends(posted(SUPERVISE))]

_OPEN = tuple(one for one in cards.STATES if one not in ("closed", "cancelled"))
# step -> who may make it; the days that the next step then has.
_WHO = {
    "explained": OFFICE,
    "answered": SUPERVISE,
    "corrected": OFFICE,
    "closed": SUPERVISE,
    "appealed": OFFICE,
    "appeal_decided": SUPERVISE,
}
_NEXT_DAYS = 5
_TITLES = {
    "explained": "说明情况",
    "answered": "答复说明",
    "corrected": "报告整改",
    "closed": "复核整改",
    "appealed": "申诉",
    "appeal_decided": "处理申诉",
}
_VERDICTS = {
    "answered": (("accept", "说明成立，销牌"), ("correct", "要求整改")),
    "closed": (("done", "整改到位，销牌"), ("again", "没有到位，继续整改")),
    "appeal_decided": (("upheld", "申诉成立，撤牌"), ("dismissed", "申诉不成立，整改")),
}


def _orgs(visitor: guard.Visitor) -> dict[str, Any]:
    return {} if ALL in visitor.sees else {"org": list(visitor.sees)}


@router.get("/supervision")
def supervision(
    request: Request,
    visitor: Reader,
    state: Asked = "",
    rule: Asked = "",
    colour: Asked = "",
    org: Asked = "",
    at: PageNumber = 1,
) -> Response:
    """Counters and cards."""
    centre = centre_of(request)
    wanted = _orgs(visitor)
    if org and visitor.sees_org(org):
        wanted["org"] = org
    if rule in RULES:
        wanted["kind"] = rule
    if colour in cards.COLOURS:
        wanted["score"] = 2 if colour == "red" else 1
    listed = wanted | {
        "state": [state] if state in cards.STATES else list(_OPEN) if state != "all" else list(cards.STATES)
    }
    now = today(centre)
    with centre.database.read() as db:
        live = watch_rows.live(db, now.isoformat(), soon(centre).isoformat())
        states = records.record_counts(db, "card", "state", **_orgs(visitor))
        by_score = records.record_counts(db, "card", "score", **_orgs(visitor), state=list(_OPEN))
        rules_ = records.record_counts(db, "card", "kind", **_orgs(visitor), state=list(_OPEN))
        found = records.record_page(db, "card", (at - 1) * PAGE, PAGE, **listed)
        count = records.record_count(db, "card", **listed)
        open_complaints = records.record_count(db, "complaint", **_orgs(visitor), state=["made", "assigned"])
    colours = {str(key): number for key, number in by_score.items()}
    asked = {"state": state, "rule": rule, "colour": colour, "org": org}
    return page(
        request,
        "supervision.html",
        visitor=visitor,
        live=live,
        all_seen=ALL in visitor.sees,
        states=[(key, words, states.get(key, 0)) for key, words in cards.STATES.items()],
        red=colours.get("2", 0),
        yellow=colours.get("1", 0),
        rules=[(key, one.name, rules_.get(key, 0)) for key, one in RULES.items() if rules_.get(key)],
        complaints=open_complaints,
        rows=[_listed(row, now) for row in found],
        count=count,
        asked=asked,
        at=at,
        pages=max(1, -(-count // PAGE)),
        query=lambda **changes: urlencode({k: v for k, v in {**asked, **changes}.items() if v}),
    )


def _listed(row: Any, now: dt.date) -> dict[str, Any]:
    return {
        **row,
        "key": row["id"].partition(":")[2],
        "colour": "red" if row["score"] == 2 else "yellow",
        "colour_name": cards.COLOURS["red" if row["score"] == 2 else "yellow"],
        "state_name": cards.STATES.get(row["state"], row["state"]),
        "late": bool(row["due"]) and row["due"] < now.isoformat(),
    }


def _card(centre: Centre, visitor: guard.Visitor, key: str) -> tuple[cards.Card, int]:
    with centre.database.read() as db:
        row = records.one_record(db, "card", f"card:{key}")
    if row is None or not (ALL in visitor.sees or visitor.sees_org(row["org"])):
        raise AbsentError("没有这张牌，或它不归您的部门。")
    return msgspec.json.decode(row["data"], type=cards.Card), int(row["entries"])


@router.get("/supervision/cards/{key}")
def card_page(request: Request, visitor: Reader, key: str) -> Response:
    """One card."""
    return _drawn(request, visitor, key)


def _drawn(request: Request, visitor: guard.Visitor, key: str, told: str = "", status: int = 200) -> Response:
    card, seen = _card(centre_of(request), visitor, key)
    may = [
        (step, _TITLES[step], _VERDICTS.get(step, ()))
        for step, roles in _WHO.items()
        if visitor.may(roles)
        and card.state in cards.MAY[f"card.{step}"]
        and not (step == "appealed" and card.was_appealed)
    ]
    rule = RULES.get(card.raised.rule)
    return page(
        request,
        "card.html",
        status,
        visitor=visitor,
        card=card,
        key=key,
        seen=seen,
        may=may,
        told=told,
        state_name=cards.STATES[card.state],
        colour_name=cards.COLOURS[card.raised.colour],
        basis=rule.basis if rule else "",
        is_case=card.raised.about.isdigit(),
        history=[{**msgspec.structs.asdict(one), "time": shown_time(one.time)} for one in reversed(card.history)],
    )


@router.post("/supervision/cards/{key}/{step}")
def card_step(
    request: Request, visitor: Poster, key: str, step: str, seen: Seen = 0, text: Typed = "", verdict: Typed = ""
) -> Response:
    """A step in a card's life."""
    centre = centre_of(request)
    card, _ = _card(centre, visitor, key)
    try:
        _must_fit(visitor, card, step, text, verdict)
        ends = (step, verdict) in (("answered", "accept"), ("closed", "done"), ("appeal_decided", "upheld"))
        until = None if ends else deadline.working_day_after(today(centre), _NEXT_DAYS, centre.shelf.holidays)
        told = Said(visitor.name, visitor.org, text.strip(), verdict, until)
        centre.say(visitor.account, f"card.{step}", f"card:{key}", told, seen)
    except RefusedError as error:
        return _drawn(request, visitor, key, error.sentences(), 409)
    return go(f"/supervision/cards/{key}")


def _must_fit(visitor: guard.Visitor, card: cards.Card, step: str, text: str, verdict: str) -> None:
    if step not in _WHO or card.state not in cards.MAY[f"card.{step}"]:
        raise RefusedError("这张牌现在不能这样办。", "没有改动。", "请看清最新记录再办。")
    if not visitor.may(_WHO[step]):
        raise RefusedError("这一步不归您的岗位。", "没有改动。")
    if step == "appealed" and card.was_appealed:
        raise RefusedError("已经申诉过一次。", "没有改动。")
    if not text.strip():
        raise RefusedError("请写明情况。", "没有改动。")
    if step in _VERDICTS and verdict not in dict(_VERDICTS[step]):
        raise RefusedError("请选处理意见。", "没有改动。")


@router.post("/supervision/raise")
def raise_card(
    request: Request, visitor: Watcher, number: Typed = "", colour: Typed = "", text: Typed = ""
) -> Response:
    """A card by a supervisor's own hand, on a case."""
    centre = centre_of(request)
    with centre.database.read() as db:
        row = case_rows.one_case(db, number.replace(" ", ""))
    if row is None or colour not in cards.COLOURS or not text.strip():
        raise RefusedError("请填对收件号，选牌色，写明发现了什么。", "没有亮牌。")
    due = deadline.working_day_after(today(centre), EXPLAIN_DAYS[colour], centre.shelf.holidays)
    told = CardRaised(
        "hand", colour, row["intake_no"], row["org"], row["point"][:12], row["agent"], RULES["hand"].name,
        text.strip(), due, row["task_code"],
    )  # fmt: skip
    key = secrets.token_hex(16)
    centre.say(visitor.account, "card.raised", f"card:{key}", told)
    return go(f"/supervision/cards/{key}")
