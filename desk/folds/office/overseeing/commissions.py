"""What editors ask departments to write 约稿, and the plan of what is to be reported when 报送计划."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from desk.folds.office.office_record import Asked, Family, Line, Step, steps
from desk.folds.refusal import Refusal
from desk.log.chain import Entry
from desk.log.office_events import Commissioned, Said

STATES = {"made": "待交稿", "answered": "已交稿", "closed": "已了结"}
SORTS = {"ask": "约稿", "plan": "报送计划"}
MAY = {"commission.answered": ("made",), "commission.closed": ("made", "answered")}


class Commission(msgspec.Struct, frozen=True):
    """A commission as its entries tell it; `answer` is the subject of the writing."""

    id: str
    state: str
    made: Commissioned
    made_at: str
    due: str
    answer: str = ""
    answered_at: str = ""
    history: tuple[Step, ...] = ()


def fold(entries: Iterable[Entry]) -> Commission | None:
    """The commission that `entries` tell of."""
    found: Commission | None = None
    for entry, data, step in steps(entries):
        if found is None:
            if isinstance(data, Commissioned):
                found = Commission(entry.subject, "made", data, entry.time, data.due.isoformat(), history=(step,))
            continue
        found = msgspec.structs.replace(found, history=(*found.history, step))
        if not isinstance(data, Said) or found.state not in MAY.get(entry.kind, ()):
            continue
        if entry.kind == "commission.answered":
            found = msgspec.structs.replace(
                found, state="answered", answer=data.verdict, answered_at=entry.time, due=""
            )
        else:
            found = msgspec.structs.replace(found, state="closed", due="")
    return found


def refusal(found: msgspec.Struct, asked: Asked) -> Refusal | None:
    """Why a commission may not take this step; None when it may."""
    assert isinstance(found, Commission)  # noqa: S101 - the family's own fold made it
    fits = found.state in MAY.get(asked.kind, ())
    return None if fits else Refusal(f"这一约稿现在是“{STATES[found.state]}”，不能这样办。")


def begins(_none: None, asked: Asked) -> Refusal | None:
    """Why one may not be made so."""
    made = asked.data
    if not isinstance(made, Commissioned) or made.sort not in SORTS:
        return Refusal("没有这一约稿。")
    if not (made.title.strip() and made.org.strip()):
        return Refusal("请写明题目和部门。")
    return None if made.due >= asked.today else Refusal("交稿的日期不能在今天以前。")


def line(found: msgspec.Struct) -> Line:
    """For lists."""
    assert isinstance(found, Commission)  # noqa: S101 - the family's own fold made it
    made = found.made
    return Line(
        found.state, found.made_at[:10], made.title, made.sort, made.org, about=found.answer, due=found.due,
        closed_day=found.answered_at[:10],
    )  # fmt: skip


FAMILY = Family(fold, line, Commission, STATES, refusal, begins)
