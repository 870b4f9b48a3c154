"""A supervision card 亮牌: raised by a rule, explained by the office, answered by the supervisor, corrected, closed;
the office may appeal once (S8)."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from desk.log import Entry
from desk.oversight.events import CardRaised, Said
from desk.oversight.record import Family, Line, Step, steps

STATES = {
    "raised": "待说明",
    "explained": "待答复",
    "to_correct": "待整改",
    "corrected": "待复核",
    "appealed": "申诉中",
    "closed": "已销牌",
    "cancelled": "申诉成立，撤牌",
}
COLOURS = {"yellow": "黄牌", "red": "红牌"}
# step -> the states it may be made in; `verdict` decides where two ways go on.
MAY = {
    "card.explained": ("raised",),
    "card.answered": ("explained", "raised"),
    "card.corrected": ("to_correct",),
    "card.closed": ("corrected",),
    "card.appealed": ("to_correct", "explained", "closed"),
    "card.appeal_decided": ("appealed",),
}


class Card(msgspec.Struct, frozen=True):
    """A card as its entries tell it."""

    id: str
    state: str
    raised: CardRaised
    raised_at: str
    due: str
    closed_at: str = ""
    was_appealed: bool = False
    history: tuple[Step, ...] = ()


def fold(entries: Iterable[Entry]) -> Card | None:
    """The card that `entries` tell of; a step that does not fit the state is shown and moves nothing."""
    card: Card | None = None
    for entry, data, step in steps(entries):
        if card is None:
            if isinstance(data, CardRaised):
                card = Card(entry.subject, "raised", data, entry.time, data.due.isoformat(), history=(step,))
        elif isinstance(data, Said):
            card = _follow(card, entry, data, step)
    return card


def _follow(card: Card, entry: Entry, data: Said, step: Step) -> Card:
    card = msgspec.structs.replace(card, history=(*card.history, step))
    if card.state not in MAY.get(entry.kind, ()) or (entry.kind == "card.appealed" and card.was_appealed):
        return card
    state = {
        "card.explained": "explained",
        "card.answered": "to_correct" if data.verdict == "correct" else "closed",
        "card.corrected": "corrected",
        "card.closed": "closed" if data.verdict != "again" else "to_correct",
        "card.appealed": "appealed",
        "card.appeal_decided": "cancelled" if data.verdict == "upheld" else "to_correct",
    }[entry.kind]
    ended = state in ("closed", "cancelled")
    return msgspec.structs.replace(
        card,
        state=state,
        due=data.until.isoformat() if data.until else "" if ended else card.due,
        closed_at=entry.time if ended else "",
        was_appealed=card.was_appealed or entry.kind == "card.appealed",
    )


def line(card: msgspec.Struct) -> Line:
    """For lists. `kind` is the rule, `score` 2 for red and 1 for yellow."""
    assert isinstance(card, Card)  # noqa: S101 - the family's own fold made it
    told = card.raised
    return Line(
        card.state,
        card.raised_at[:10],
        told.title,
        told.rule,
        told.org,
        told.place,
        told.agent,
        told.about,
        told.task_code,
        card.due,
        card.closed_at[:10],
        "",
        2 if told.colour == "red" else 1,
    )


FAMILY = Family(fold, line, Card, STATES)
