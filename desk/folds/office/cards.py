"""A supervision card 亮牌: raised by a rule, explained by the office, answered by the supervisor, corrected, closed;
the office may appeal once (S8)."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from desk.folds import whose
from desk.folds.case import in_order
from desk.folds.office.findings import key
from desk.folds.office.office_record import Asked, Family, Line, Step, steps
from desk.folds.refusal import Refusal
from desk.folds.whose import is_centre
from desk.log.chain import Entry
from desk.log.office_events import CardRaised, Said

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
OPEN = tuple(state for state in STATES if state not in ("closed", "cancelled"))
# Working days until the next step is owed, by the state that a card came to.
DAYS = {"explained": 3, "to_correct": 5, "corrected": 3, "appealed": 5}
# The ways in which a step decides; the first is the milder one.
VERDICTS = {
    "card.answered": {"accepted": "说明成立，销牌", "correct": "要求整改"},
    "card.closed": {"done": "整改到位，销牌", "again": "整改不到位，退回再改"},
    "card.appeal_decided": {"upheld": "申诉成立，撤牌", "rejected": "申诉不成立，维持"},
}
BY_OFFICE = frozenset({"card.explained", "card.corrected", "card.appealed"})  # what the office says for itself
# step -> the states it may be made in; `verdict` decides where two ways go on.
MAY = {
    "card.explained": ("raised",),
    "card.acknowledged": ("raised",),
    "card.answered": ("explained", "raised"),
    "card.corrected": ("to_correct",),
    "card.closed": ("corrected",),
    "card.appealed": ("to_correct", "explained", "closed"),
    "card.appeal_decided": ("appealed",),
    "card.replied": OPEN,
}
FROM_ABOVE = ("card.urged", "card.asked", "card.ordered")  # what a level above says of a card of a centre below it


class Demand(msgspec.Struct, frozen=True):
    """What a level above wants of a card's centre: urged, asked, ordered to correct; until when; how it was answered,
    "" while it was not."""

    kind: str
    org: str
    text: str
    time: str
    until: str
    answer: str = ""


class Card(msgspec.Struct, frozen=True):
    """A card as its entries tell it. `home` is the centre that raised it, whose own it is."""

    id: str
    state: str
    raised: CardRaised
    raised_at: str
    due: str
    closed_at: str = ""
    was_appealed: bool = False
    before: str = ""  # the state that it was appealed in: there it goes on when the appeal fails
    history: tuple[Step, ...] = ()
    home: str = ""
    demands: tuple[Demand, ...] = ()

    @property
    def waiting(self) -> tuple[Demand, ...]:
        """What the level above wants and was not answered."""
        return tuple(one for one in self.demands if not one.answer)


def counting(entries: list[Entry]) -> list[Entry]:
    """Those of the entries about a card that count: of the centre that raised it, and what levels above it want. Any
    other centre's word about it is nobody's."""
    ordered, _ = in_order(entries)
    home = next((one.node for one in ordered if one.kind == "card.raised" and is_centre(one.node)), "")
    return [
        one
        for one in entries
        if one.node == home or (one.kind in FROM_ABOVE and is_centre(one.node) and whose.is_above(one.node, home))
    ]


def fold(entries: Iterable[Entry]) -> Card | None:
    """The card that `entries` tell of; a step that does not fit the state is shown and moves nothing."""
    card: Card | None = None
    for entry, data, step in steps(counting(list(entries))):
        if card is None:
            if isinstance(data, CardRaised):
                due, home = data.due.isoformat(), entry.node
                card = Card(entry.subject, "raised", data, entry.time, due, history=(step,), home=home)
        elif isinstance(data, Said):
            card = _follow(card, entry, data, step)
    return card


def _follow(card: Card, entry: Entry, data: Said, step: Step) -> Card:
    card = msgspec.structs.replace(card, history=(*card.history, step))
    if entry.node != card.home:
        return _demanded(card, entry, data)
    if not may(card, entry.kind):
        return card
    card = _answered(card, data) if entry.kind in ("card.replied", "card.corrected") else card
    if entry.kind == "card.replied":
        return card
    state = after(card, entry.kind, data.verdict)
    ended = state not in OPEN
    appealed = entry.kind == "card.appealed"
    return msgspec.structs.replace(
        card,
        state=state,
        due="" if ended else data.until.isoformat() if data.until else card.due,
        closed_at=(card.closed_at or entry.time) if ended else "",
        was_appealed=card.was_appealed or appealed,
        before=card.state if appealed else card.before,
    )


def _demanded(card: Card, entry: Entry, data: Said) -> Card:
    """A level above moves no card but by ordering its correction, until a day."""
    until = data.until.isoformat() if data.until else ""
    wanted = Demand(entry.kind, data.org, data.text, entry.time, until)
    card = msgspec.structs.replace(card, demands=(*card.demands, wanted))
    if entry.kind != "card.ordered" or card.state == "cancelled":
        return card
    return msgspec.structs.replace(card, state="to_correct", due=until or card.due, closed_at="")


def _answered(card: Card, data: Said) -> Card:
    demands = tuple(one if one.answer else msgspec.structs.replace(one, answer=data.text) for one in card.demands)
    return msgspec.structs.replace(card, demands=demands)


def may(card: Card, kind: str) -> bool:
    """Whether `card` may take a step of this kind at its own centre; an appeal once, an answer where one is wanted."""
    if kind == "card.replied":
        return bool(card.waiting)
    if kind == "card.acknowledged" and not card.raised.quiet:
        return False
    return card.state in MAY.get(kind, ()) and not (kind == "card.appealed" and card.was_appealed)


def after(card: Card, kind: str, verdict: str) -> str:
    """The state after a step that `may` be made."""
    return {
        "card.explained": "explained",
        "card.acknowledged": "closed",  # what becomes late is another card
        "card.answered": "to_correct" if verdict == "correct" else "closed",
        "card.corrected": "corrected",
        "card.closed": "closed" if verdict != "again" else "to_correct",
        "card.appealed": "appealed",
        "card.appeal_decided": "cancelled" if verdict == "upheld" else card.before or "to_correct",
    }[kind]


def own_word(card: Card, kind: str, account: str) -> bool:
    """Whether a step of this kind would judge what the same account said for the office."""
    return kind in VERDICTS and any(one.account == account and one.kind in BY_OFFICE for one in card.history)


def refusal(card: msgspec.Struct, asked: Asked) -> Refusal | None:
    """Why a card may not take a step; None when it may. Nobody judges what they said themselves."""
    assert isinstance(card, Card)  # noqa: S101 - the family's own fold made it
    if asked.node != card.home or asked.kind in FROM_ABOVE:
        return _not_from_above(card, asked)
    if not may(card, asked.kind):
        return Refusal(f"这张牌现在是“{STATES[card.state]}”，不能这样办。")
    if own_word(card, asked.kind, asked.author):
        return Refusal("您替部门说明过这张牌，不能再由您答复。", "请另一名监察员答复。")
    choices = VERDICTS.get(asked.kind, {})
    return Refusal("请选择处理意见。") if choices and asked.said.verdict not in choices else None


def _not_from_above(card: Card, asked: Asked) -> Refusal | None:
    if asked.kind not in FROM_ABOVE or not whose.is_above(asked.node, card.home):
        return Refusal("这张牌归亮牌的中心办理。", "上级可以督办、询问、责令整改。")
    if card.state == "cancelled":
        return Refusal("这张牌已经撤了。")
    if asked.said.until is None or asked.said.until < asked.today:
        return Refusal("请写明最迟哪一天答复，不能在今天以前。")
    return None if asked.said.text.strip() else Refusal("请写明要求。")


def line(card: msgspec.Struct) -> Line:
    """For lists. `kind` is the rule, `score` 2 for red and 1 for yellow, `number` what makes it unique."""
    assert isinstance(card, Card)  # noqa: S101 - the family's own fold made it
    raised = card.raised
    return Line(
        card.state,
        card.raised_at[:10],
        raised.title,
        raised.rule,
        raised.org,
        raised.place,
        raised.agent,
        raised.about,
        raised.task_code,
        min((one for one in (card.due, *(one.until for one in card.waiting)) if one), default=""),
        card.closed_at[:10],
        key(raised.rule, raised.about, raised.occasion),
        2 if raised.colour == "red" else 1,
        step=raised.own.step if raised.own else "",
        section=raised.own.section if raised.own else "",
    )


FAMILY = Family(fold, line, Card, STATES, refusal)
