"""Which rules of supervision a banner uses and how: a yellow card of a `quiet` rule is acknowledged without an essay, a
rule that is `off` raises none. Red ones are neither: what is late is explained."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from desk.folds.office.findings import BY_CODE, BY_HAND, RULES
from desk.folds.office.office_record import Asked, Family, Line, Step, steps
from desk.folds.refusal import Refusal
from desk.log.chain import Entry
from desk.log.office_events import RulebookWritten

SUBJECT = "rulebook:supervision"
# Nothing is late yet: what is done in time needs no word. A banner may say otherwise.
USUAL = frozenset({"soon", "disclosure_soon"})
YELLOW = tuple(one for one in RULES if one.colour == "yellow" and one.code != BY_HAND)


class Rulebook(msgspec.Struct, frozen=True):
    """The rulebook as its last entry has it."""

    id: str
    state: str
    written: RulebookWritten
    written_at: str
    history: tuple[Step, ...] = ()


def fold(entries: Iterable[Entry]) -> Rulebook | None:
    """The rulebook that `entries` tell of: the last one stands."""
    found: Rulebook | None = None
    for entry, data, step in steps(entries):
        if isinstance(data, RulebookWritten):
            history = (*found.history, step) if found else (step,)
            found = Rulebook(entry.subject, "stands", data, entry.time, history)
    return found


def _refusal(_found: msgspec.Struct | None, asked: Asked) -> Refusal | None:
    data = asked.data
    if not isinstance(data, RulebookWritten):
        return Refusal("没有这一步。")
    known = {one.code for one in YELLOW}
    wrong = [code for code in (*data.quiet, *data.off) if code not in known]
    if wrong:
        names = "、".join(BY_CODE[one].name if one in BY_CODE else one for one in wrong)
        return Refusal(f"只有黄牌的规则可以调整：{names}。")
    return None if data.text.strip() else Refusal("请写明为什么这样定。")


def line(found: msgspec.Struct) -> Line:
    """For lists."""
    assert isinstance(found, Rulebook)  # noqa: S101 - the family's own fold made it
    return Line(found.state, found.written_at[:10], "监察规则")


FAMILY = Family(fold, line, Rulebook, {"stands": "现行"}, _refusal, _refusal)
