"""What the rules of supervision look for, each by an index of open cases; and the cards that are there."""

from __future__ import annotations

import sqlalchemy as sa

from db.centre.rows import Row
from db.centre.schema import case_row, node

_MOST = 2000  # of one rule at a time
_COLUMNS = ("intake_no", "case_no", "item_name", "task_code", "org", "point", "agent", "state", "entries")


def _found(db: sa.Connection, *where: sa.ColumnElement[bool], more: tuple[str, ...] = ()) -> list[Row]:
    columns = [case_row.c[name] for name in (*_COLUMNS, *more)]
    asked = sa.select(*columns).where(*where).order_by(case_row.c.next_due, case_row.c.intake_no).limit(_MOST)
    return [dict(row) for row in db.execute(asked).mappings()]


def _open() -> sa.ColumnElement[bool]:
    return case_row.c.ended_day == ""


def deemed(db: sa.Connection, today: str) -> list[Row]:
    """Nobody answered within the notice's days."""
    column = case_row.c
    late = sa.and_(column.notice_due != "", column.notice_due < today, column.next_due <= today)
    return _found(db, _open(), column.next_due != "", late, more=("notice_due",))


def due_on(db: sa.Connection, day: str) -> list[Row]:
    """The first clock that runs ends on `day`."""
    return _found(db, _open(), case_row.c.next_due == day, more=("next_due",))


def over(db: sa.Connection, today: str) -> list[Row]:
    """The decision is overdue."""
    column = case_row.c
    late = sa.and_(column.next_due != "", column.next_due < today, column.due != "", column.due < today)
    return _found(db, _open(), late, more=("due",))


def step_over(db: sa.Connection, today: str) -> list[Row]:
    """The step is overdue though the case is not."""
    column = case_row.c
    step = sa.and_(column.next_due != "", column.next_due < today, column.step_due != "", column.step_due < today)
    return _found(db, _open(), step, sa.or_(column.due == "", column.due >= today), more=("step", "step_due"))


def twice(db: sa.Connection) -> list[Row]:
    """Asked for a supplement more than once."""
    return _found(db, _open(), case_row.c.supplements > 1, more=("supplements",))


def no_reasons(db: sa.Connection, since: str) -> list[Row]:
    """Refused in the last days without a word why."""
    return _found(db, case_row.c.ended_day >= since, case_row.c.flags == "no_reasons")


def suspended(db: sa.Connection, today: str) -> list[Row]:
    """A special procedure past its day."""
    column = case_row.c
    return _found(
        db, _open(), column.state == "suspended", column.suspended_until != "", column.suspended_until < today,
        more=("suspended_until",),
    )  # fmt: skip


def not_sent(db: sa.Connection, before: str) -> list[Row]:
    """Taken in at a point before this time and still there, though its desk was heard since."""
    column = case_row.c
    heard = sa.and_(node.c.name == column.point, node.c.last_seen > column.collected_at)
    return _found(
        db, column.state == "collected", column.arrived_at == "", column.collected_at < before,
        sa.exists(sa.select(node.c.name).where(heard)),
    )  # fmt: skip


def not_served(db: sa.Connection, before: str) -> list[Row]:
    """Decided on or before this day and not yet with the herder."""
    column = case_row.c
    waiting = column.state.in_(["granted", "refused", "certifying", "returning", "at_point"])
    return _found(db, waiting, column.ended_day != "", column.ended_day <= before, more=("ended_day",))


def poor(db: sa.Connection, since: str) -> list[Row]:
    """Rated poorly since this time."""
    return _found(db, case_row.c.score.between(1, 2), case_row.c.rated_at >= since, more=("score", "rated_at"))


def silent(db: sa.Connection, before: str) -> list[Row]:
    """Desks that were not heard since `before`."""
    heard = sa.case((node.c.last_seen == "", node.c.enrolled_at), else_=node.c.last_seen)
    asked = sa.select(node).where(node.c.revoked_at == "", node.c.via == "", heard < before)
    return [dict(row) for row in db.execute(asked.limit(_MOST)).mappings()]


def intake_numbers(db: sa.Connection, since: str) -> list[str]:
    """Numbers of the cases that came since this time."""
    asked = sa.select(case_row.c.intake_no).where(case_row.c.arrived_at >= since).limit(20 * _MOST)
    return list(db.execute(asked).scalars())


def live(db: sa.Connection, today: str, soon: str) -> Row:
    """The counters of the supervision page: open, over, yellow, waiting for delivery."""
    column = case_row.c
    running = column.next_due != ""
    late = sa.and_(running, column.next_due < today)
    near = sa.and_(column.next_due >= today, column.next_due <= soon)
    asked = sa.select(
        sa.func.count().label("open"),
        sa.func.coalesce(sa.func.sum(sa.case((late, 1), else_=0)), 0).label("over"),
        sa.func.coalesce(sa.func.sum(sa.case((near, 1), else_=0)), 0).label("near"),
    ).where(column.ended_day == "")
    return dict(db.execute(asked).mappings().one())
