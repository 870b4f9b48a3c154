"""Which entries of a desk have no effect, and why."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from db.centre import rows
from desk import clock
from desk.centre.node.centre_node import Centre, Own
from desk.centre.node.projection import note_files
from desk.folds import amendments
from desk.folds import case as cases
from desk.log import centre_events, chain, events


def refuse(centre: Centre, db: sa.Connection, new: Sequence[chain.Kept], sender: rows.Row) -> None:
    """Say which of these entries have no effect, and why. They stay in the log and block nothing."""
    said = said_of(new)
    point = sender["point_code"]
    note_files(db, said, point)
    late = _late(centre, db, new, said)
    refused = [
        (one.entry, why)
        for one, data in zip(new, said, strict=True)
        if (why := wrong(one.entry, data, point) or late.get(one.entry.seq, ""))
    ]
    if refused:
        ranks = {one.subject: one.rank for one, _ in refused}
        own = [
            Own(
                "",
                "entry.refused",
                one.subject,
                centre_events.EntryRefused(one.node, one.seq, why),
                sender["point_code"],
            )
            for one, why in refused
        ]
        centre.append(db, own, ranks)


def _late(
    centre: Centre, db: sa.Connection, new: Sequence[chain.Kept], said: Sequence[events.Data | None]
) -> dict[int, str]:
    """By seq, why corrections come after what we did of the case: we decided by what stood there then, whatever their
    writers knew."""
    told = [(one.entry, data) for one, data in zip(new, said, strict=True) if isinstance(data, events.Corrected)]
    if not told:
        return {}
    subjects = list(dict.fromkeys(entry.subject for entry, _ in told))
    before = centre.about(db, subjects, (new[0].entry.node, new[0].entry.seq))
    stood = {subject: cases.fold(entries) for subject, entries in before.items()}
    return {
        entry.seq: amendments.too_late(data, cases.stage(case))
        for entry, data in told
        if (case := stood.get(entry.subject)) is not None
        and chain.fact(entry) not in map(chain.fact, before[entry.subject])  # one that came before in another log
    }


def said_of(new: Sequence[chain.Kept]) -> list[events.Data | None]:
    """What entries say; None for what is none of ours."""
    return [events.decode(one.entry.kind, one.entry.data) for one in new]


def wrong(entry: chain.Entry, data: events.Data | None, point_code: str) -> str:
    """Why an entry of a desk, which says `data`, has no effect; "" for a good one and for a kind that is newer than
    this program."""
    if entry.kind.partition(".")[0] in events.CENTRE_ONLY:
        return "这种记录只能由中心作出"
    if data is None and entry.kind in events.KINDS:
        return "内容不合格式，中心读不懂"
    if not clock.is_moment(entry.time):
        return "时间不合格式，中心读不懂"
    if entry.kind == "case.collected" and not entry.subject.startswith(point_code):
        return "收件号不是这个代办点的"
    return ""
