"""A desk that asks to be unlocked 解锁, for a password was forgotten. One of the staff asks, another confirms, and only
then the two of them may have what opens it, for two days; each time that is an entry before it is shown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import msgspec

from desk import clock
from desk.folds.office.office_record import Asked, Family, Line, Step, steps
from desk.folds.refusal import Refusal
from desk.log.chain import Entry
from desk.log.office_events import Said, UnlockMade

STATES = {"made": "待核实", "asked": "待另一人确认", "confirmed": "已同意", "shown": "已答复", "refused": "没有同意"}
GOOD = ("confirmed", "shown")  # in which the answer may be had
DAYS = 2  # that a confirmation is good for, its own day counted
# What may come after what.
_AFTER = {
    "unlock.asked": ("made",),
    "unlock.confirmed": ("asked",),
    "unlock.refused": ("made", "asked", "confirmed"),
    "unlock.shown": GOOD,
}
_STATE = {kind: kind.partition(".")[2] for kind in _AFTER}


class Unlock(msgspec.Struct, frozen=True):
    """A request as its entries tell it. `asker`, `confirmer`: accounts."""

    id: str
    state: str
    made: UnlockMade
    made_at: str
    asker: str = ""
    confirmer: str = ""
    confirmed_on: dt.date | None = None
    closed_at: str = ""
    history: tuple[Step, ...] = ()


def fold(entries: Iterable[Entry]) -> Unlock | None:
    """The request that `entries` tell of."""
    found: Unlock | None = None
    for entry, data, step in steps(entries):
        if found is None:
            if isinstance(data, UnlockMade):
                found = Unlock(entry.subject, "made", data, entry.time, history=(step,))
            continue
        found = msgspec.structs.replace(found, history=(*found.history, step))
        if not isinstance(data, Said) or found.state not in _AFTER.get(entry.kind, ()):
            continue
        found = msgspec.structs.replace(found, state=_STATE[entry.kind])
        match entry.kind:
            case "unlock.asked":
                found = msgspec.structs.replace(found, asker=entry.author)
            case "unlock.confirmed":
                found = msgspec.structs.replace(found, confirmer=entry.author, confirmed_on=clock.day(entry.time))
            case _:
                found = msgspec.structs.replace(found, closed_at=entry.time)
    return found


def refusal(record: msgspec.Struct, asked: Asked) -> Refusal | None:
    """Why a request may not take this step; None when it may. Nobody confirms what they asked for themselves, and
    nobody but these two has the answer; by stick, where only the desk can open it, the courier may carry it, and the
    township that passed the request on, which these two knew, may read it out."""
    assert isinstance(record, Unlock)  # noqa: S101 - the family's own fold made it
    if record.state not in _AFTER.get(asked.kind, ()):
        return Refusal(f"现在是“{STATES[record.state]}”，不能这样办。")
    if asked.kind == "unlock.confirmed" and asked.author == record.asker:
        return Refusal("提出的人自己不能确认。", "请另一位有权的同事登录后确认。")
    if asked.kind == "unlock.shown":
        return _not_shown(record, asked)
    return None if asked.said.text.strip() else Refusal("请写明情况。")


def _not_shown(record: Unlock, asked: Asked) -> Refusal | None:
    by_another = not asked.author and bool(record.made.reply or record.made.helper)
    if asked.author not in (record.asker, record.confirmer) and not by_another:
        return Refusal("答复只给提出和确认的两个人看。")
    if not is_good(record, asked.today):
        return Refusal("同意后已过两天，不再有效。", "请重新提出、确认。")
    return None


def is_good(record: Unlock, today: dt.date) -> bool:
    """Whether the answer may still be had on `today`."""
    day = record.confirmed_on
    return record.state in GOOD and day is not None and 0 <= (today - day).days < DAYS


def line(record: msgspec.Struct) -> Line:
    """For lists."""
    assert isinstance(record, Unlock)  # noqa: S101 - the family's own fold made it
    made = record.made
    return Line(
        record.state,
        record.made_at[:10],
        f"{made.point_name} {made.name}".strip(),
        place=made.node[:12],
        about=made.node,
        closed_day=record.closed_at[:10],
        channel=made.channel,
    )


FAMILY = Family(fold, line, Unlock, STATES, refusal)
