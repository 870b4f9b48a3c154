"""Cases that arrive at the organ: with the entry that collected a case it gets its number, and the law's day 0 is
today."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import msgspec
import sqlalchemy as sa

from db.centre import rows
from db.centre.lists import case_rows
from desk import clock
from desk.centre.node.centre_node import Centre, Own
from desk.folds import case as cases
from desk.law import deadline
from desk.log import chain, events

WRONG = int(clock.WRONG.total_seconds())


class Came(msgspec.Struct, frozen=True):
    """New entries of a desk, the row of its node, how many seconds its clock is ahead, and how they came."""

    new: Sequence[chain.Kept]
    sender: rows.Row
    skew: int
    medium: str


def subjects_of(new: Sequence[chain.Kept]) -> list[str]:
    """The cases that entries tell of."""
    return list(dict.fromkeys(one.entry.subject for one in new if one.entry.kind.startswith("case.")))


class Arrivals(msgspec.Struct, frozen=True):
    """What came, folded, and what is said of those that arrived; nothing is written yet. `known`: all entries about
    these cases; `were`: how those stood in the list that did."""

    folded: dict[str, cases.Case | None]
    arrived: list[tuple[cases.Case, events.Arrived, str]]  # and the point that hears of it
    known: dict[str, list[chain.Entry]]
    were: dict[str, case_rows.Was]

    def write(self, centre: Centre, db: sa.Connection) -> None:
        """Write it. Nothing is asked for."""
        folded, counts = dict(self.folded), {subject: len(entries) for subject, entries in self.known.items()}
        own = [Own("", "case.arrived", case.intake_no, said, point) for case, said, point in self.arrived]
        made = centre.add(db, own, self.known) if own else []
        for (case, said, _), one in zip(self.arrived, made, strict=True):
            folded[case.intake_no] = cases.follow(case, one.entry, said)
            counts[case.intake_no] += 1
        centre.put_cases(db, [(case, counts[subject]) for subject, case in folded.items() if case], self.were)


def arrivals(centre: Centre, db: sa.Connection, came: Sequence[Came], known: dict[str, list[chain.Entry]]) -> Arrivals:
    """Give every newly collected case its number: with this the organ has it, and the law's day 0 is today. `known` are
    the entries about these cases but the new ones; no two that came tell of the same case."""
    were = case_rows.were(db, [subject for subject, entries in known.items() if entries])
    centre.publications.refresh(centre.node, db)
    whose: dict[str, Came] = {}
    for some in came:
        for one in some.new:
            if one.entry.subject in known:
                known[one.entry.subject].append(one.entry)
                whose[one.entry.subject] = some
    folded = {subject: cases.fold(entries) for subject, entries in known.items()}
    waiting = [
        case
        for subject, case in folded.items()
        if case and case.point[:12] == whose[subject].sender["point_code"] and arrives(case)
    ]
    numbers = centre.case_numbers(db, len(waiting)) if waiting else []
    arrived = []
    for case, number in zip(waiting, numbers, strict=True):
        of = whose[case.intake_no]
        arrived.append((case, _arrived(centre, case, number, of), of.sender["point_code"]))
    return Arrivals(folded, arrived, known, were)


def arrives(case: cases.Case) -> bool:
    """Whether a case comes to the organ now: for the first time, or with what it had asked for."""
    first = case.state in (cases.State.COLLECTED, cases.State.IN_TRANSIT) and not case.arrived_at
    return first or case.state is cases.State.SUPPLEMENTED


def _arrived(centre: Centre, case: cases.Case, number: str, came: Came) -> events.Arrived:
    skew, medium = came.skew, came.medium
    if abs(skew) < WRONG or case.arrived_at:
        return events.Arrived(number, centre.name, medium)
    really = corrected(case.collected_at, skew, came.sender["last_seen"], centre.tell())
    taken, day = case.collected.item, clock.day(really)
    item = centre.publications.on(taken.task_code, day) or centre.publications.item(taken.task_code, taken.version)
    promise = deadline.service_clock(item, day, centre.publications.holidays) if item else None
    version = item.version if item and item.version != taken.version else 0
    due = promise.on if promise else None
    return events.Arrived(number, centre.name, medium, really, skew, due, version=version)


def corrected(theirs: str, skew: int, heard: str, now: dt.datetime) -> str:
    """When a desk whose clock is `skew` seconds ahead really wrote `theirs`: not after now, and not before it was
    last heard, for all that it wrote until then had come."""
    try:
        moment = dt.datetime.fromisoformat(theirs) - dt.timedelta(seconds=skew)
        moment = min(moment, now)
        if heard:
            moment = max(moment, dt.datetime.fromisoformat(heard))
    except (ValueError, TypeError, OverflowError):
        moment = now
    return clock.stamp(moment)
