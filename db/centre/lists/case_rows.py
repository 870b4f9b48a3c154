"""The list of cases: written with the entries that changed it, searched and filtered by what staff ask for."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa

from db.centre.database import box
from db.centre.lists import names
from db.centre.lists.turn_rows import Turns
from db.centre.rows import Row, among
from db.centre.schema import batch, case_name, case_row, dirty, entry
from db.centre.tables.putting import insert, put

ALL = "*"
NONE = "-"  # of a department or an agent: where none is named
_SORTED = 10_000  # cases of a list that are counted, and sorted by name
_LAST = "\U0010ffff"
_NUMBER_LEAST = 6  # digits that are looked for as the beginning of a number


class Was(NamedTuple):
    """What has to be known of a row that is replaced: the name, and the days that it is counted on."""

    name: names.Kept
    days: tuple[str, ...]


def were(db: sa.Connection, numbers: Sequence[str]) -> dict[str, Was]:
    """How those of these cases stand in the list that do, by intake number."""
    if not numbers:
        return {}
    column = case_row.c
    asked = sa.select(
        column.intake_no, column.applicant_index, column.applicant, column.arrived_at, column.ended_day
    ).where(among(db, column.intake_no, numbers))
    return {
        row.intake_no: Was(names.Kept(row.applicant_index, bytes(row.applicant)), (row.arrived_at, row.ended_day))
        for row in db.execute(asked)
    }


def put_cases(db: sa.Connection, rows: Sequence[Row], before: Mapping[str, Was]) -> None:
    """Replace the rows of these cases, which stood there as they were `before`; the months that they are and were
    counted in are to be counted again. Nothing is asked for."""
    days = [row[name] for row in rows for name in ("arrived_at", "ended_day")]
    days += [day for was in before.values() for day in was.days]
    names.put_marks(db, rows, {number: was.name for number, was in before.items()})
    insert(db, case_row, names.sealed(box(db), rows), key="intake_no")
    put(db, dirty, ("month",), [(month,) for month in sorted({day[:7] for day in days if day})], stays=True)


def clear_cases(db: sa.Connection) -> None:
    """Empty what can be rebuilt."""
    db.execute(sa.delete(case_row))
    db.execute(sa.delete(case_name))


def open_after(db: sa.Connection, after: str, limit: int) -> list[str]:
    """Intake numbers behind `after` of cases that are open or wait to be served, in order."""
    on_the_way = sa.or_(case_row.c.ended_day == "", sa.and_(case_row.c.decided_at != "", case_row.c.served_at == ""))
    asked = sa.select(case_row.c.intake_no).where(case_row.c.intake_no > after, on_the_way)
    return list(db.execute(asked.order_by(case_row.c.intake_no).limit(limit)).scalars())


def open_of_items(db: sa.Connection, codes: Iterable[str]) -> int:
    """How many cases of these items are open."""
    where = (case_row.c.ended_day == "", among(db, case_row.c.task_code, codes))
    return db.execute(sa.select(sa.func.count()).select_from(case_row).where(*where)).scalar_one()


def after(db: sa.Connection, number: str, limit: int) -> list[str]:
    """Intake numbers behind `number` of all cases, in order."""
    asked = sa.select(case_row.c.intake_no).where(case_row.c.intake_no > number)
    return list(db.execute(asked.order_by(case_row.c.intake_no).limit(limit)).scalars())


def cases_table(db: sa.Connection) -> list[tuple[Any, ...]]:
    """The rebuildable table, for comparing."""
    found = db.execute(sa.select(case_row).order_by(case_row.c.intake_no)).mappings()
    return [tuple(names.opened(db, row).values()) for row in found]


def begins(db: sa.Connection, column: sa.Column[Any], text: str) -> sa.ColumnElement[bool]:
    """`column` begins with `text`, by an index on either database."""
    if db.dialect.name == "postgresql":
        return column.like(escaped(text) + "%", escape="\\")
    return sa.and_(column >= text, column < text + _LAST)


def escaped(text: str) -> str:
    """`text` for LIKE with the escape character \\, its own signs taken literally."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def open_at_end(day: str) -> list[sa.ColumnElement[bool]]:
    """Cases that had arrived by the end of that day and were not done with."""
    column = case_row.c
    next_day = dt.date.fromisoformat(day) + dt.timedelta(days=1)
    is_open = sa.or_(column.ended_day == "", column.ended_day > day)
    return [column.arrived_at != "", column.arrived_at < next_day.isoformat(), is_open]


@dataclasses.dataclass(frozen=True)
class Behind:
    """The cases that stand behind a figure: those that arrived, or with `on` "ended" were done, from the day `since` to
    the day `until`; the others narrow them. `uncounted`: states in which a case never ended for the office."""

    since: str = ""
    until: str = ""
    on: str = "arrived"
    late: str = ""  # yes, no
    promise: str = ""  # kept: yes, no
    supplemented: str = ""  # yes, no
    rated: str = ""  # yes
    poor: int = 0  # rated, but not higher than this
    outcome: str = ""  # granted, refused, not_accepted
    agent: str = ""
    open_after: str = ""  # a day at whose end they had arrived and were not done
    not_accepted: str = ""  # the state of that name
    uncounted: tuple[str, ...] = ()

    def where(self) -> list[sa.ColumnElement[bool]]:
        """As conditions."""
        column = case_row.c
        parts: list[sa.ColumnElement[bool]] = []
        day = column.ended_day if self.on == "ended" else column.arrived_at
        if self.since:
            parts.append(day >= self.since)
        if self.until:
            next_day = dt.date.fromisoformat(self.until) + dt.timedelta(days=1)
            parts += [day < next_day.isoformat(), day != ""]
        if self.on == "ended":
            parts += [column.ended_day != "", column.arrived_at != "", column.state.not_in(self.uncounted)]
        if self.open_after:
            parts += open_at_end(self.open_after)
        if self.late:
            parts.append(column.on_time == ("no" if self.late == "yes" else "yes"))
        if self.promise:
            parts.append(column.in_promise == self.promise)
        if self.supplemented:
            parts.append(column.supplements > 0 if self.supplemented == "yes" else column.supplements == 0)
        if self.rated or self.poor:
            parts.append(column.score > 0)
        if self.poor:
            parts.append(column.score <= self.poor)
        if self.outcome:
            parts.append(self._outcome())
        if self.agent:
            parts.append(column.agent == ("" if self.agent == NONE else self.agent))
        return parts

    def _outcome(self) -> sa.ColumnElement[bool]:
        if self.outcome == "not_accepted":
            return case_row.c.state == self.not_accepted
        return case_row.c.decision == self.outcome


class Asked:
    """What a list of cases is narrowed to. `sees`: codes of bodies and, where there are none, names of departments, or
    ALL; `states`: any of them; `clock`: red, yellow
    or ""; `today` and `soon` are the days that these mean; `named`: codes of the items that `text` is a word for;
    `order`: one of ORDERS, with - before it the other way round."""

    def __init__(
        self,
        *,
        text: str = "",
        states: Iterable[str] = (),
        sees: Sequence[str] = (ALL,),
        org: str = "",
        task_code: str = "",
        place: str = "",
        holder: str = "",
        clock: str = "",
        today: str = "",
        soon: str = "",
        ended: str = "",
        order: str = "arrived",
        behind: Behind | None = None,
        body: str = "",
        named: Iterable[str] = (),
        turns: Turns | None = None,
    ) -> None:
        self.text, self.states, self.sees, self.org, self.task_code = text, tuple(states), tuple(sees), org, task_code
        self.place, self.holder, self.clock, self.today, self.soon = place, holder, clock, today, soon
        self.ended, self.order, self.behind = ended, order, behind
        self.body, self.named, self.turns = body, tuple(named), turns

    def where(self, db: sa.Connection) -> list[sa.ColumnElement[bool]]:
        """As conditions."""
        column = case_row.c
        parts: list[sa.ColumnElement[bool]] = []
        if ALL not in self.sees:
            parts.append(column.body.in_(self.sees))
        told = (("org", self.org), ("body", self.body), ("task_code", self.task_code), ("holder", self.holder))
        for name, wanted in told:
            if wanted:
                parts.append(column[name] == ("" if wanted == NONE else wanted))
        if self.behind:
            parts += self.behind.where()
        if self.turns:
            parts.append(self.turns.where())
        if self.states:
            parts.append(column.state.in_(self.states))
        if self.place:
            parts.append(begins(db, column.point, self.place))
        if self.clock:
            parts += [column.ended_day == "", column.next_due != ""]
            red = column.next_due < self.today
            parts.append(
                red if self.clock == "red" else sa.and_(column.next_due >= self.today, column.next_due <= self.soon)
            )
        if self.ended:
            parts.append(column.ended_day == "" if self.ended == "no" else column.ended_day != "")
        if self.text:
            matches = _matches(db, self.text)
            parts.append(sa.or_(matches, column.task_code.in_(self.named)) if self.named else matches)
        return parts


def _matches(db: sa.Connection, text: str) -> sa.ColumnElement[bool]:
    """Numbers by how they begin or, whole, by the blind index of an identity or telephone number; names by any part; on
    the embedded database, whose offices are small, also by any part of the name of an item."""
    bare = text.replace(" ", "").replace("-", "")
    column = case_row.c
    if bare[:_NUMBER_LEAST].isdigit() and len(bare) >= _NUMBER_LEAST:
        mark = box(db).index(bare)
        return sa.or_(
            begins(db, column.intake_no, bare),
            begins(db, column.case_no, bare),
            column.id_index == mark,
            column.phone_index == mark,
        )
    if db.dialect.name == "postgresql":
        return names.bears(db, text)
    like = f"%{escaped(text)}%"
    texts = (column.item_name, column.case_no, column.intake_no)
    return sa.or_(names.bears(db, text), *(searched.like(like, escape="\\") for searched in texts))


# How a list is sorted -> the way it goes by itself.
ORDERS = {"arrived": "descending", "due": "ascending", "ended": "descending", "town": "ascending", "body": "ascending"}
ORDERS["name"] = "ascending"


def direction(order: str) -> tuple[str, str]:
    """The name of an order and which way it goes (ascending, descending); as lists arrive for one that is none."""
    name = order.removeprefix("-")
    if name not in ORDERS:
        return "arrived", ORDERS["arrived"]
    is_turned = order.startswith("-")
    return name, {"ascending": "descending", "descending": "ascending"}[ORDERS[name]] if is_turned else ORDERS[name]


def case_page(db: sa.Connection, asked: Asked, offset: int, limit: int) -> list[Row]:
    """Cases in the order that was asked for."""
    column = case_row.c
    by = {
        "arrived": (column.arrived_at,),
        "due": (column.next_due,),
        "ended": (column.ended_day,),
        "town": (column.point, column.arrived_at),
        "body": (column.body, column.arrived_at),
    }
    name, way = direction(asked.order)
    if name == "name":
        return _by_name(db, asked, offset, limit, is_down=way == "descending")
    sorted_by = [one.desc() if way == "descending" else one for one in by[name]]
    found = sa.select(case_row).where(*asked.where(db)).order_by(*sorted_by, column.intake_no)
    return [names.opened(db, row) for row in db.execute(found.offset(offset).limit(limit)).mappings()]


def _by_name(db: sa.Connection, asked: Asked, offset: int, limit: int, *, is_down: bool) -> list[Row]:
    """In the order of names, which only the key tells: of the cases that arrived last, as many as are counted."""
    column = case_row.c
    latest = sa.select(column.intake_no, column.applicant).where(*asked.where(db)).order_by(column.arrived_at.desc())
    found = [names.opened(db, row) for row in db.execute(latest.limit(_SORTED)).mappings()]
    found.sort(key=lambda row: (row["applicant_name"], row["intake_no"]), reverse=is_down)
    numbers = [row["intake_no"] for row in found[offset : offset + limit]]
    rows = db.execute(sa.select(case_row).where(among(db, column.intake_no, numbers))).mappings()
    by_number = {row["intake_no"]: names.opened(db, row) for row in rows}
    return [by_number[number] for number in numbers]


def case_count(db: sa.Connection, asked: Asked, most: int = _SORTED) -> int:
    """How many cases that list has; counting ends at `most`."""
    some = sa.select(sa.literal(1)).select_from(case_row).where(*asked.where(db)).limit(most).subquery()
    return int(db.execute(sa.select(sa.func.count()).select_from(some)).scalar_one())


def overview(db: sa.Connection, asked: Asked) -> list[Row]:
    """What is open, in one walk of an index: `state`, `task_code`, `item_name`, `count`, `red`, `yellow`."""
    column = case_row.c
    late = sa.and_(column.next_due != "", column.next_due < asked.today)
    near = sa.and_(column.next_due >= asked.today, column.next_due <= asked.soon)
    grouped = (
        sa.select(
            column.state,
            column.task_code,
            column.item_name,
            sa.func.count().label("count"),
            sa.func.sum(sa.case((late, 1), else_=0)).label("red"),
            sa.func.sum(sa.case((near, 1), else_=0)).label("yellow"),
        )
        .where(*asked.where(db))
        .group_by(column.state, column.task_code, column.item_name)
    )
    return [dict(row) for row in db.execute(grouped).mappings()]


def choices(db: sa.Connection, sees: Sequence[str]) -> list[Row]:
    """What a list of open cases can be narrowed to: `body`, `town` (9 digits), `task_code`, `item_name`, each
    combination once."""
    column = case_row.c
    town = sa.func.substr(column.point, 1, 9).label("town")
    found = sa.select(column.body, town, column.task_code, column.item_name).distinct()
    return [dict(row) for row in db.execute(found.where(*Asked(sees=sees, ended="no").where(db))).mappings()]


def result_counts(db: sa.Connection, asked: Asked, states: Sequence[str]) -> list[tuple[str, int]]:
    """How many cases of that list stand in each of these states, which come after the decision."""
    column = case_row.c
    found = sa.select(column.state, sa.func.count()).where(*asked.where(db), column.state.in_(states))
    return [(row[0], row[1]) for row in db.execute(found.group_by(column.state))]


def one_case(db: sa.Connection, number: str) -> Row | None:
    """A case's row by intake number or case number."""
    found = sa.select(case_row).where(sa.or_(case_row.c.intake_no == number, case_row.c.case_no == number)).limit(1)
    row = db.execute(found).mappings().first()
    return names.opened(db, row) if row else None


def is_news(db: sa.Connection, name: str, seq: int, number: int, sees: Sequence[str]) -> bool:
    """Whether a case of these departments was told of by entries of the node `name` (our own) after `seq`, or by
    batches that came after `number`: as much work as there are such entries."""
    own = sa.select(entry.c.subject).where(entry.c.node == name, entry.c.seq > seq)
    sent = sa.and_(entry.c.node == batch.c.node, entry.c.seq >= batch.c.first, entry.c.seq <= batch.c.last)
    came = sa.select(entry.c.subject).select_from(batch).join(entry, sent).where(batch.c.number > number)
    told = sa.union_all(own, came).subquery()
    asked = sa.select(sa.literal(1)).select_from(told).join(case_row, case_row.c.intake_no == told.c.subject)
    if ALL not in sees:
        asked = asked.where(case_row.c.body.in_(sees))
    return db.execute(asked.limit(1)).first() is not None


def has_case_no(db: sa.Connection, case_no: str, other_than: str) -> bool:
    """Whether another case than `other_than` has this number."""
    asked = sa.select(case_row.c.intake_no).where(case_row.c.case_no == case_no, case_row.c.intake_no != other_than)
    return db.execute(asked.limit(1)).first() is not None
