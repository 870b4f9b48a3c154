"""Requests for disclosure beside cases and supervision: which cases of points are to be handled as one, which requests
are late at which step."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from db.centre.rows import Row, among
from db.centre.schema import case_row, record

_RUNNING = ("registered", "assigned", "replied")
_card = record.alias()  # once: it is made of every column anew


def arrived(db: sa.Connection, codes: Sequence[str], most: int) -> list[str]:
    """Cases of items with these codes that came in, are not decided, and have no request yet."""
    known = sa.exists().where(record.c.family == "disclosure", record.c.about == case_row.c.intake_no)
    asked = sa.select(case_row.c.intake_no).where(
        among(db, case_row.c.task_code, codes),
        case_row.c.arrived_at != "",
        case_row.c.ended_day == "",
        case_row.c.decided_at == "",
        ~known,
    )
    return list(db.execute(asked.order_by(case_row.c.arrived_at).limit(most)).scalars())


def with_cases(db: sa.Connection, state: str, most: int) -> list[tuple[str, str]]:
    """Requests in this state that came with a case, and that case's number."""
    asked = sa.select(record.c.id, record.c.about).where(
        record.c.family == "disclosure", record.c.state == state, record.c.about != ""
    )
    return [(row[0], row[1]) for row in db.execute(asked.limit(most))]


def withdrawn(db: sa.Connection, states: Sequence[str], most: int) -> list[tuple[str, str]]:
    """The same of requests in one of these states whose case was withdrawn; parts of one are not its case's any more,
    which ended when it was parted."""
    asked = sa.select(record.c.id, record.c.about).where(
        record.c.family == "disclosure",
        record.c.state.in_(states),
        record.c.about == case_row.c.intake_no,
        case_row.c.state == "withdrawn",
        record.c.number.not_like("%-%-%"),
    )
    return [(row[0], row[1]) for row in db.execute(asked.limit(most))]


def _cards(db: sa.Connection, rule: str, most: int, occasion: sa.ColumnElement[str], *where: object) -> list[Row]:
    number = sa.literal(f"{rule}|").concat(record.c.id).concat("|").concat(occasion)
    has = sa.exists().where(_card.c.about == record.c.id, _card.c.number == number)
    asked = sa.select(
        record.c.id.label("about"),
        record.c.org,
        record.c.place.label("point"),
        record.c.agent,
        record.c.task_code,
        record.c.number,
        record.c.state,
        occasion.label("occasion"),
    ).where(record.c.family == "disclosure", *where, ~has)  # type: ignore[arg-type]
    return [dict(row) for row in db.execute(asked.limit(most)).mappings()]


def unregistered(db: sa.Connection, most: int, today: str) -> list[Row]:
    """Came before `today` and not registered."""
    return _cards(db, "disclosure_unregistered", most, record.c.day, record.c.state == "asked", record.c.day < today)


def soon(db: sa.Connection, most: int, today: str, near: str) -> list[Row]:
    """To be answered from `today` to `near`."""
    due = record.c.due
    return _cards(db, "disclosure_soon", most, due, record.c.state.in_(_RUNNING), due >= today, due <= near)


def over(db: sa.Connection, most: int, today: str) -> list[Row]:
    """Not answered by its last day."""
    due = record.c.due
    return _cards(db, "disclosure_over", most, due, record.c.state.in_(_RUNNING), due != "", due < today)


def unheard(db: sa.Connection, most: int, today: str) -> list[Row]:
    """The time of whoever was asked for an opinion, or to mend, is over, and nothing was written down."""
    due = record.c.due
    states = record.c.state.in_(("consulting", "mending"))
    return _cards(db, "disclosure_unheard", most, due, states, due != "", due < today)
