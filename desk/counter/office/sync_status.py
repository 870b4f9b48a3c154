"""What waits to be sent, and how the last tries went. Apart from the sync itself, which loads the network."""

from __future__ import annotations

from db.desk import entry_rows, picture_rows, sync_rows
from desk import clock
from desk.counter.session import Session
from desk.log import events
from desk.store import lists, siblings
from desk.sync.outcome import DoubtLine, Outcome, SyncLine, SyncStatus, WaitingDesk, WaitingLine
from desk.sync.trust import doubts

_HISTORY = 50


def status(session: Session) -> SyncStatus:
    """What waits, since when, and how the last syncs went."""
    with session.store.read() as db:
        seen = session.seen(db)
        count, oldest = entry_rows.waiting(db, seen.node, seen.acked)
        size = entry_rows.waiting_bytes(db, seen.node, seen.acked)
        due = picture_rows.due_files(db)
        refused = lists.refused_moves(db)
        history = tuple(
            SyncLine(**row | {"outcome": Outcome(row["outcome"])}) for row in sync_rows.last_syncs(db, _HISTORY)
        )
        last_ok = sync_rows.last_success(db)
        waits, said = siblings.waits(db), siblings.admitted(db)
        doubted, unchecked = tuple(map(_doubt, doubts.all_of(db))), doubts.count_unchecked(db)
    who = session.identity
    return SyncStatus(
        enrolled=who.enrolled,
        centre_name=who.centre_name,
        address=who.address,
        waiting=count,
        waiting_since=oldest,
        last_ok=last_ok,
        history=history,
        waiting_bytes=size,
        pictures=len(due),
        pictures_bytes=sum(one["size"] for one in due),
        refused=refused,
        doubts=doubted,
        unchecked=unchecked,
        waits=tuple(
            WaitingDesk(node, *_since(told), node in said) for node, told in sorted(waits.items()) if node != who.node
        ),
        waits_since=_since(waits.get(who.node, ""))[0],
    )


def _doubt(one: doubts.Doubt) -> DoubtLine:
    settled = f"{clock.minute(one.settled)} 已核对：{one.why}" if one.settled else ""
    return DoubtLine(one.of, one.at, clock.minute(one.time), one.words, settled)


def _since(told: str) -> tuple[str, str]:
    since, _, machine = told.partition(" ")
    return clock.minute(since), machine


def waiting(session: Session) -> tuple[WaitingLine, ...]:
    """Each thing that `status` counts as waiting, the oldest first."""
    with session.store.read() as db:
        seen = session.seen(db)
        found = entry_rows.waiting_entries(db, seen.node, seen.acked)
    return tuple(
        WaitingLine(
            row["time"],
            events.name(row["kind"]),
            row["intake_no"],
            f"{row['applicant_name']}　{row['item_name']}" if row["intake_no"] else "",
        )
        for row in found
    )
