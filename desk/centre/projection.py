"""What the centre's tables hold of an entry and of a case."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from db.centre import rows
from desk import case as cases
from desk import events, log


def entry_row(kept: log.Kept, now: str, audience: str) -> dict[str, Any]:
    """An entry as the centre keeps it; `audience` as in the schema."""
    entry = kept.entry
    return {
        "node": entry.node,
        "seq": entry.seq,
        "hash": kept.hash,
        "kind": entry.kind,
        "subject": entry.subject,
        "rank": entry.rank,
        "time": entry.time,
        "encoded": kept.encoded,
        "received_at": now,
        "audience": audience,
    }


def case_row(case: cases.Case, count: int) -> dict[str, Any]:
    """The line of a case in the list, which `count` entries tell of."""
    return {
        "intake_no": case.intake_no,
        "case_no": case.case_no,
        "state": case.state.value,
        "applicant_name": case.collected.applicant.name,
        "item_name": case.collected.item.item_name,
        "task_code": case.collected.item.task_code,
        "point": case.point,
        "collected_at": case.collected_at,
        "arrived_at": case.arrived_at,
        "accepted_at": case.accepted_at,
        "entries": count,
    }


def note_files(db: sa.Connection, entries: Iterable[log.Entry]) -> None:
    """Note the pictures that these entries name."""
    refs = [ref for one in entries for ref in events.files(events.decode(one.kind, one.data))]
    rows.add_files(
        db, ({"sha256": ref.sha256, "size": ref.size, "name": ref.name[:100], "kind": ref.kind} for ref in refs)
    )
