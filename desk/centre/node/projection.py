"""What the centre's tables hold of an entry, of a case and of a record."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import msgspec
import sqlalchemy as sa

from db.centre import rows
from db.centre.box import Box
from desk.centre.node.filing import Filed
from desk.folds import case as cases
from desk.folds import case_clocks
from desk.folds.case import State
from desk.folds.come_in import Listed
from desk.folds.office import families
from desk.log import chain, events

_HASH = re.compile("[0-9a-f]{64}")
_SIZE = 1 << 63  # beyond what a database counts to


def entry_row(kept: chain.Kept, now: str, audience: str) -> rows.EntryRow:
    """An entry as the centre keeps it; `audience` as in the schema."""
    one = kept.entry
    return one.node, one.seq, kept.hash, one.kind, one.subject, one.rank, one.time, now, audience, kept.encoded


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
