"""What the centre's tables hold of an entry, of a case and of a record.

After days without a line ten thousand cases come at once, of a few items: what the list says of their days and of
whose turn they are is reckoned once for all that came in alike.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

import msgspec
import sqlalchemy as sa

from db.centre import rows
from db.centre.box import Box
from desk import clock
from desk.centre.node.filing import Filed
from desk.folds import case as cases
from desk.folds import case_clocks
from desk.folds.case import State
from desk.folds.office import families
from desk.folds.office.roster import turns
from desk.log import chain, events

_HASH = re.compile("[0-9a-f]{64}")
_SIZE = 1 << 63  # beyond what a database counts to
_MOST = 4096  # kinds of cases that are remembered
_CAME_IN = ["case.collected", "case.arrived"]


def entry_row(kept: chain.Kept, now: str, audience: str) -> rows.EntryRow:
    """An entry as the centre keeps it; `audience` as in the schema."""
    one = kept.entry
    return one.node, one.seq, kept.hash, one.kind, one.subject, one.rank, one.time, now, audience, kept.encoded


class Listed(NamedTuple):
    """What a list says of a case: its days (`case_clocks.Clocks`, by name), the post whose turn it is ("" for none),
    the account that has it."""

    days: Mapping[str, str]
    duty: str
    account: str


class _Kind(NamedTuple):
    """All that this hangs on in a case to which nothing happened but that it was taken in and came."""

    task_code: str
    version: int
    regime: str
    arrived: dt.date
    promised: dt.date | None


def listed(case: cases.Case, law: case_clocks.Law) -> Listed:
    """What a list says of `case` by `law`."""
    turn = turns.turn(case, law.item)
    days = msgspec.structs.asdict(case_clocks.of(case, law))
    return Listed(days, turn.duty.value if turn.duty else "", turn.account)


class Alike:
    """What lists say of cases, by the law that stands; where it changes, another is made."""

    def __init__(self, law: Callable[[cases.Case], case_clocks.Law]) -> None:
        """`law`: that of a case."""
        self._law = law
        self._known: dict[_Kind, Listed] = {}

    def listed(self, case: cases.Case) -> Listed:
        """As `listed`, by the law of `case`."""
        kind = _kind(case)
        if kind is None:
            return listed(case, self._law(case))
        known = self._known.get(kind)
        if known is None:
            if len(self._known) == _MOST:
                self._known.clear()
            known = self._known[kind] = listed(case, self._law(case))
        return known


def _kind(case: cases.Case) -> _Kind | None:
    """None for a case to which something else happened, or whose time cannot be read."""
    if case.state is not State.ARRIVED or [one.kind for one in case.history] != _CAME_IN:
        return None
    item = case.collected.item
    try:
        arrived = clock.day(case.arrived_at)
    except ValueError:
        return None
    return _Kind(item.task_code, item.version, item.regime, arrived, case.promised)


def case_row(case: cases.Case, count: int, listed: Listed, lies: Filed, box: Box) -> dict[str, Any]:
    """The line of a case in the list, which `count` entries tell of; `lies` says before whom."""
    collected, person = case.collected, case.collected.applicant
    first: dict[str, cases.HistoryLine] = {}  # of each kind that counts
    holder = ""
    for line in case.history:
        if line.account and cases.is_centre(line.node):
            holder = line.account
        if not line.refused:
            first.setdefault(line.kind, line)
    rated, served, came = first.get("case.rated"), first.get("case.served"), first.get("case.arrived")
    decision = _decision(case)
    return {
        "intake_no": case.intake_no,
        "case_no": case.case_no,
        "state": case.state.value,
        "applicant_name": person.name,
        "item_name": collected.item.item_name,
        "task_code": collected.item.task_code,
        "point": case.point,
        "collected_at": case.collected_at,
        "arrived_at": came.time if came else "",
        "accepted_at": case.accepted_at,
        "entries": count,
        "org": lies.org,
        "body": lies.body,
        "turn": listed.duty,
        "turn_of": listed.account,
        "agent": collected.agent_name,
        "holder": holder,
        "id_index": box.index(person.id_number),
        "phone_index": box.index(person.phone),
        **listed.days,
        "decision": decision,
        "decided_at": case.decided_at,
        "ended_at": case.ended_at,
        "served_at": served.time if served else "",
        "supplements": case_clocks.supplements(case),
        "score": case.rated.score if case.rated else 0,
        "rated_at": rated.time if rated else "",
        "flags": _flags(case, decision, is_open=not listed.days["ended_day"]),
    }


def _decision(case: cases.Case) -> str:
    """granted or refused, as it stands; "" for none, and for one that was taken back."""
    words = {"case.granted": "granted", "case.refused": "refused", "case.taken_back": ""}
    told = [words[line.kind] for line in case.history if line.kind in words and not line.refused]
    return told[-1] if told else ""


def _flags(case: cases.Case, decision: str, *, is_open: bool) -> str:
    """What the rules of supervision look at beside states and days: a decision without reasons, papers that are in no
    envelope."""
    if is_open:
        has_papers = any(one.copies or (one.originals and not one.returned) for one in case.materials)
        return "unbundled" if has_papers and not case.bundle else ""
    reasons = case.decision.reasons if case.decision else ""
    if case.state is State.NOT_ACCEPTED:
        reasons = next((line.note for line in reversed(case.history) if line.kind == "case.not_accepted"), "")
    is_no = case.state is State.NOT_ACCEPTED or decision == "refused"
    return "no_reasons" if is_no and not reasons.strip() else ""


def record_row(subject: str, entries: Iterable[chain.Entry], count: int) -> dict[str, Any] | None:
    """The row of a record; None before it began."""
    folded = families.fold(subject, entries)
    if folded is None:
        return None
    line, made = folded
    return {
        "id": subject,
        "family": families.family_of(subject),
        **msgspec.structs.asdict(line),
        "entries": count,
        "data": msgspec.json.encode(made),
    }


def note_files(db: sa.Connection, said: Iterable[events.Data | None], point: str = "") -> None:
    """Note the pictures that entries of a desk at `point` name which say this."""
    rows.add_files(db, file_rows(said, point))


def file_rows(said: Iterable[events.Data | None], point: str) -> list[rows.Row]:
    """Rows of those pictures; under a name that is no hash, or so large, none will come."""
    refs = [ref for one in said for ref in events.files(one) if _HASH.fullmatch(ref.sha256) and 0 <= ref.size < _SIZE]
    return [
        {"sha256": ref.sha256, "size": ref.size, "name": ref.name[:100], "kind": ref.kind, "point": point}
        for ref in refs
    ]
