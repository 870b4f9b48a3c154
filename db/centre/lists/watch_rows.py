"""What the rules of supervision look for: a query each, of at most so many rows, on an index; what has its card already
is left out by the card's number (rule, what it is about, occasion), so that each look goes on where the last one ended.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from db.centre.lists.case_rows import begins
from db.centre.rows import Row
from db.centre.schema import case_row, entry, node, record

_case = case_row.c
_Words = sa.ColumnElement[str]
_Condition = sa.ColumnElement[bool]
# The promise as the organ is judged by it: from the day on which it had the papers.
_promise: _Words = sa.case((_case.office_due != "", _case.office_due), else_=_case.promised)
# The last day of a case: the law's where there is one, else that promise.
_last_day: _Words = sa.case((_case.due != "", _case.due), else_=_promise)
# The promise where it comes before the law's day.
_sooner = sa.and_(_promise != "", _case.due != "", _promise < _case.due)
_OPEN = (_case.ended_day == "", _case.next_due != "")
_UNDECIDED = ("arrived", "pre_check")
_UNSERVED = ("granted", "refused", "certifying", "returning", "at_point")
_card = record.alias()  # once: it is made of every column anew, and each look asks twenty times
_VILLAGE = ("collected", "in_transit")
_AT_POINT = ("returning", "at_point")  # the result left the organ


def _heard_of() -> _Words:
    """When the desk that took a case in was heard last, by the network or by stick."""
    return sa.func.coalesce(sa.select(node.c.last_seen).where(node.c.name == _case.point).scalar_subquery(), "")


def _ours() -> _Condition:
    """Cases that no centre below us handles: theirs are watched there, once."""
    return ~sa.exists().where(node.c.name == _case.point, node.c.via != "")


def _no_card(rule: str, about: _Words, occasion: _Words) -> _Condition:
    """By `about` and not by family: a table that has grown since it was analysed is then still asked by that index."""
    number = sa.literal(f"{rule}|").concat(about).concat("|").concat(occasion)
    return ~sa.exists().where(_card.c.about == about, _card.c.number == number)


def _cases(
    db: sa.Connection, rule: str, most: int, occasion: _Words, *where: _Condition, more: Sequence[_Words] = ()
) -> list[Row]:
    """Cases that the rule has found and that have no card of it; `occasion` and `more` as columns."""
    asked = sa.select(
        _case.intake_no.label("about"),
        _case.org,
        _case.point,
        _case.agent,
        _case.task_code,
        _case.item_name,
        _case.state,
        _case.promised,
        _case.collected_at,
        _case.arrived_at,
        occasion.label("occasion"),
        *more,
    )
    asked = asked.where(*where, _ours(), _no_card(rule, _case.intake_no, occasion)).limit(most)
    return [dict(row) for row in db.execute(asked).mappings()]


def deemed(db: sa.Connection, most: int, today: str) -> list[Row]:
    """No answer by the notice day."""
    late = (_case.notice_due != "", _case.notice_due < today)
    return _cases(db, "deemed", most, _case.notice_due, _case.ended_day == "", _case.state.in_(_UNDECIDED), *late)


def soon(db: sa.Connection, most: int, today: str, near: str) -> list[Row]:
    """Due from today to `near`, by the promise or by the law."""
    by_promise = sa.and_(_promise >= today, _promise <= near)
    occasion: _Words = sa.case((by_promise, _promise), else_=_last_day)
    return _cases(db, "soon", most, occasion, *_OPEN, occasion >= today, occasion <= near)


def over(db: sa.Connection, most: int, today: str) -> list[Row]:
    """Over the last day."""
    return _cases(db, "over", most, _last_day, *_OPEN, _last_day != "", _last_day < today)


def promise(db: sa.Connection, most: int, today: str) -> list[Row]:
    """Over the promise, not yet over the law's day."""
    late = (_sooner, _promise < today, _case.due >= today)
    return _cases(db, "promise", most, _promise, *_OPEN, *late, more=(_last_day.label("last_day"),))


def road(db: sa.Connection, most: int, since: str) -> list[Row]:
    """Came on `since` or later, when the promise was over already: nobody at the organ could have kept it."""
    arrived: _Words = sa.func.substr(_case.arrived_at, 1, 10)
    late = (_case.arrived_at >= since, _case.promised != "", arrived > _case.promised)
    return _cases(db, "road", most, _case.promised, *late)


def step(db: sa.Connection, most: int, today: str) -> list[Row]:
    """A step over its limit, the case not."""
    occasion = _case.step.concat(" ").concat(_case.step_due)
    late = (_case.step_due != "", _case.step_due < today, sa.or_(_last_day == "", _last_day >= today))
    more = (_case.step, _case.step_due, _last_day.label("last_day"))
    return _cases(db, "step", most, occasion, *_OPEN, *late, more=more)


def supplement(db: sa.Connection, most: int, since: str) -> list[Row]:
    """Asked for a supplement more than once; open, or ended on `since` or later."""
    occasion: _Words = sa.cast(_case.supplements, sa.Text)
    lately = sa.or_(_case.ended_day == "", _case.ended_day >= since)
    return _cases(db, "supplement", most, occasion, _case.supplements >= 2, lately)


def unmended(db: sa.Connection, most: int, today: str) -> list[Row]:
    """Waiting for a supplement past the day that was written, and its desk was heard since: what was brought to a
    point that is off line came in time."""
    late = (_case.suspended_until != "", _case.suspended_until < today, _heard_of() > _case.suspended_until + "~")
    return _cases(db, "unmended", most, _case.suspended_until, _case.state == "supplement_asked", *late)


def no_reasons(db: sa.Connection, most: int, since: str) -> list[Row]:
    """Refused without reasons on `since` or later."""
    return _cases(db, "no_reasons", most, _case.ended_day, _case.ended_day >= since, _case.flags == "no_reasons")


def suspended(db: sa.Connection, most: int, today: str, before: str) -> list[Row]:
    """Suspended past the day that was written, or since before `before`."""
    latest = sa.select(sa.func.max(entry.c.time)).where(
        entry.c.subject == _case.intake_no, entry.c.kind == "case.suspended"
    )
    began: _Words = sa.func.substr(sa.func.coalesce(latest.scalar_subquery(), _case.accepted_at), 1, 10)
    past = sa.and_(_case.suspended_until != "", _case.suspended_until < today)
    more = (_case.suspended_until.label("until"), began.label("began"))
    return _cases(db, "suspended", most, began, _case.state == "suspended", sa.or_(past, began < before), more=more)


def stuck(db: sa.Connection, most: int, before: str) -> list[Row]:
    """Taken in before `before` and not on its way, though the desk was heard on that day or later."""
    heard = sa.select(node.c.last_seen).where(node.c.name == _case.point).scalar_subquery()
    occasion: _Words = sa.func.substr(_case.collected_at, 1, 10)
    late = (_case.state.in_(_VILLAGE), _case.arrived_at == "", _case.collected_at < before, heard >= before)
    return _cases(db, "stuck", most, occasion, *late, more=(sa.func.substr(heard, 1, 10).label("heard"),))


def unbundled(db: sa.Connection, most: int, before: str) -> list[Row]:
    """Arrived before `before` with papers that are in no envelope, though the desk was heard on that day or later."""
    heard = sa.select(node.c.last_seen).where(node.c.name == _case.point).scalar_subquery()
    occasion: _Words = sa.func.substr(_case.arrived_at, 1, 10)
    late = (_case.arrived_at != "", _case.arrived_at < before, heard >= before)
    found = (_case.ended_day == "", _case.flags == "unbundled")
    return _cases(db, "unbundled", most, occasion, *found, *late, more=(sa.func.substr(heard, 1, 10).label("heard"),))


def unserved(db: sa.Connection, most: int, today: str) -> list[Row]:
    """Decided, and not served by its last day; where the result had left the organ, only if its desk was heard
    since."""
    occasion: _Words = sa.func.substr(_case.decided_at, 1, 10)
    known = sa.or_(_case.state.notin_(_AT_POINT), _heard_of() > _case.deliver_due + "~")
    late = (_case.deliver_due != "", _case.deliver_due < today, _case.served_at == "", known)
    more = (_case.deliver_due,)
    return _cases(db, "unserved", most, occasion, _case.state.in_(_UNSERVED), *late, more=more)


def poor(db: sa.Connection, most: int, since: str) -> list[Row]:
    """Poor ratings (1 and 2) of cases that ended on `since` or later, which nobody follows yet."""
    followed = sa.exists().where(
        record.c.about == _case.intake_no, record.c.family == "complaint", record.c.kind == "rating"
    )
    asked = sa.select(_case.intake_no.label("about"), _case.org, _case.point, _case.agent, _case.score)
    asked = asked.where(_case.ended_day >= since, _case.score.between(1, 2), _ours(), ~followed).limit(most)
    return [dict(row) for row in db.execute(asked).mappings()]


def unanswered(db: sa.Connection, rule: str, most: int, today: str) -> list[Row]:
    """Complaints over their limit: of poor ratings for the rule `rating`, all others for `complaint`."""
    column = record.c
    kind = column.kind == "rating" if rule == "rating" else column.kind != "rating"
    asked = sa.select(
        column.id.label("about"),
        column.org,
        column.place.label("point"),
        column.agent,
        column.task_code,
        column.number,
        column.state,
        column.due.label("occasion"),
    ).where(
        column.family == "complaint", column.state.in_(("made", "assigned")), column.due != "", column.due < today, kind
    )
    return [dict(row) for row in db.execute(asked.where(_no_card(rule, column.id, column.due)).limit(most)).mappings()]


def _heard() -> _Words:
    return sa.case((node.c.last_seen != "", node.c.last_seen), else_=node.c.enrolled_at)


def is_silent(before: str) -> list[_Condition]:
    """What a silent desk is, wherever one is counted or shown: it speaks to us itself, is let in, goes under no newer
    name, and was not heard since `before` (a time); one that was never heard, since it was enrolled."""
    newer = node.alias()
    gone = sa.exists().where(newer.c.formerly != "", newer.c.formerly == node.c.name)
    return [node.c.revoked_at == "", node.c.via == "", _heard() < before, ~gone]


def silent(db: sa.Connection, most: int, before: str) -> list[Row]:
    """Desks not heard since `before` (a time)."""
    occasion: _Words = sa.func.substr(_heard(), 1, 10)
    asked = sa.select(
        node.c.name.label("about"), node.c.point_code.label("point"), node.c.point_name, occasion.label("occasion")
    )
    asked = asked.where(*is_silent(before), _no_card("silent", node.c.name, occasion)).limit(most)
    return [dict(row) for row in db.execute(asked).mappings()]


def silent_count(db: sa.Connection, before: str) -> int:
    """How many desks were not heard since `before`."""
    return int(db.execute(sa.select(sa.func.count()).select_from(node).where(*is_silent(before))).scalar_one())


def gaps(db: sa.Connection, most: int, since: str) -> list[tuple[str, list[int]]]:
    """The first 20 digits (desk and day) of intake numbers that came on `since` or later and have holes, with the
    serials that are missing below the highest."""
    start, serial = sa.func.substr(_case.intake_no, 1, 20), sa.func.substr(_case.intake_no, 21, 3)
    fewer = sa.func.count() < sa.cast(sa.func.max(serial), sa.Integer)
    asked = sa.select(start).where(_case.arrived_at >= since, _ours()).group_by(start).having(fewer).limit(most)
    holed: list[tuple[str, list[int]]] = []
    for head in db.execute(asked).scalars().all():
        holes = _holes(db, head)
        if holes:
            holed.append((head, holes))
    return holed


def _holes(db: sa.Connection, head: str) -> list[int]:
    """Asked of all cases, whenever they came."""
    numbers: list[Any] = list(db.execute(sa.select(_case.intake_no).where(begins(db, _case.intake_no, head))).scalars())
    known = {int(one[20:23]) for one in numbers if one[20:23].isdigit()}
    return [one for one in range(1, max(known, default=0)) if one not in known]
