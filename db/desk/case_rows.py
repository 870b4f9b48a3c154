"""The list of cases: found, sorted, paged and counted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlite_utils import Database

from db.desk.person_rows import INTO

# A village PC's clock may be wrong: "latest first" is the order in which cases came, not what the clock said.
_SORTS = {
    "collected_at": "number",
    "intake_no": "intake_no",
    "applicant_name": "applicant_sort",
    "item_name": "item_name",
    "state": "state",
    "due_on": "due_on",
    "case_no": "case_no",
}
_CASE = "SELECT case_row.* FROM case_row"
_BY_INDEX = "number IN (SELECT rowid FROM case_search WHERE keys MATCH ?)"
# Each holds, behind the column that it is ordered by and `number`, what lists are filtered by: rows that are passed
# over are not read. `case_open` and `case_by_task` hold whatever lists are sorted and filtered by.
_IN_ORDER = {
    "applicant_sort": "INDEXED BY case_by_applicant",
    "item_name": "INDEXED BY case_by_item",
    "state": "INDEXED BY case_by_state",
    "due_on": "INDEXED BY case_by_due",
    "case_no": "INDEXED BY case_by_number",
    "intake_no": "INDEXED BY sqlite_autoindex_case_row_1",
    "number": "NOT INDEXED",
}
# Rows that a filter leaves, which are sooner sorted than looked for along an order: where they have to be read, and
# where the filter's own index holds what they are sorted by.
_FEW, _MANY = 1500, 20_000
OWN, VILLAGES, ALL = "", "villages", "all"  # whose cases: this point's, its villages', both; else one village's code
_BOTH = (
    "number, intake_no, case_no, state, applicant_id, applicant_name, task_code, item_name, collected_at, due_on, "
    "due_provisional, open, node, seq, agent, applicant_sort, rating"
)


class Asked(NamedTuple):
    """Which cases are asked for; what is empty leaves the list as it is.

    `keys` is a question to the trigram index; `since` and `until` are days (YYYY-MM-DD), both included; of `due`
    (open cases alone, those in the states `due_but` left out) the first is included and the second is not. `windows`:
    the desks whose window has them.
    """

    keys: str = ""
    intake_no: str = ""
    is_open: bool = False  # open cases alone
    states: Sequence[str] = ()
    task_code: str = ""
    since: str = ""
    until: str = ""
    agent: str = ""
    person_id: str = ""
    due: tuple[str, str] = ("", "")
    due_but: Sequence[str] = ()
    whose: str = OWN
    windows: Sequence[str] = ()


def _where(asked: Asked) -> tuple[str, list[Any]]:
    parts: list[str] = []
    values: list[Any] = []
    if asked.keys:
        parts.append(_BY_INDEX)
        values.append(asked.keys)
    if asked.intake_no:
        parts.append("intake_no = ?")
        values.append(asked.intake_no)
    if asked.is_open or any(asked.due):
        parts.append("open")
    if asked.states:
        parts.append(f"state IN ({', '.join('?' * len(asked.states))})")
        values += asked.states
    for column, value, sign in (
        ("task_code", asked.task_code, "="),
        ("collected_at", asked.since, ">="),
        ("collected_at", asked.until and asked.until + "~", "<="),
        ("agent", asked.agent, "="),
    ):
        if value:
            parts.append(f"{column} {sign} ?")
            values.append(value)
    if asked.windows:
        parts.append(f"window IN ({', '.join('?' * len(asked.windows))})")
        values += asked.windows
    if asked.person_id:
        parts.append(f"applicant_id IN (SELECT ? UNION ALL SELECT id FROM person_row WHERE {INTO} = ?)")
        values += [asked.person_id, asked.person_id]
    if any(asked.due):
        marks = ", ".join("?" * len(asked.due_but))
        parts.append(f"state NOT IN ({marks}) AND due_on <> '' AND due_on >= ? AND due_on < ?")
        values += [*asked.due_but, *asked.due]
    return (f" WHERE {' AND '.join(parts)}" if parts else ""), values


def case_page(
    db: Database,
    asked: Asked,
    offset: int,
    limit: int,
    sort: str = "collected_at",
    *,
    descending: bool = True,
    after: str = "",
) -> list[dict[str, Any]]:
    """`limit` rows of the answer, in the order of the column `sort` (an unknown one: as they came): from `offset`, or
    those behind the case with the intake number `after`, which costs the same wherever that stands."""
    where, values = _where(asked)
    column = _SORTS.get(sort, "number")
    way, beyond = ("DESC", "<") if descending else ("ASC", ">")
    if asked.whose != OWN:
        rows, values = _of_villages(asked, where, values)
        column = "collected_at" if column == "number" else column  # two lists that came each in its own order
        last = case_numbered(db, after) or village_case(db, after) if after else None
        if last is not None:
            rows = f"SELECT * FROM ({rows}) WHERE ({column}, intake_no) {beyond} (?, ?)"
            values = [*values, last[column], last["intake_no"]]
        sql = f"SELECT * FROM ({rows}) ORDER BY {column} {way}, intake_no {way} LIMIT ? OFFSET ?"
        return list(db.query(sql, [*values, limit, offset]))
    last = case_numbered(db, after) if after else None
    table, order = "case_row", f"{column} {way}" if column == "number" else f"{column} {way}, number {way}"
    if column == "number" and asked.keys:  # the index gives its rows in their order and stops when it has enough
        table, column = "case_search JOIN case_row ON number = case_search.rowid", "case_search.rowid"
        order, where = f"{column} {way}", where.replace(_BY_INDEX, "keys MATCH ?")
    else:
        table = f"case_row {_way(db, asked, column)}"
    if last is not None:
        key = column if column in ("number", "case_search.rowid") else f"({column}, number)"
        behind = [last["number"]] if "(" not in key else [last[column], last["number"]]
        where += f"{' AND' if where else ' WHERE'} {key} {beyond} ({', '.join('?' * len(behind))})"
        values = [*values, *behind]
    numbers = f"SELECT number AS found FROM {table}{where} ORDER BY {order} LIMIT ? OFFSET ?"
    sql = f"{_CASE} JOIN ({numbers}) ON number = found ORDER BY {order.replace('case_search.rowid', 'number')}"
    return list(db.query(sql, [*values, limit, offset]))


def _way(db: Database, asked: Asked, column: str) -> str:
    """Which index leads to the first rows soonest. Without being told, SQLite takes any filter for a narrow one."""
    if asked.keys or asked.intake_no or asked.person_id:
        return ""
    if asked.is_open or any(asked.due):
        return "INDEXED BY case_open"
    equal = len(asked.states) + bool(asked.task_code) + bool(asked.agent)
    if column == "number" and equal == 1 and not (asked.since or asked.until or asked.windows):
        return ""  # the filter's own index has them in this order
    narrow = [
        (_FEW, "INDEXED BY case_by_state", f"state IN ({', '.join('?' * len(asked.states))})", list(asked.states)),
        (_MANY, "INDEXED BY case_by_task", "task_code = ?", [asked.task_code] if asked.task_code else []),
        (_FEW, "INDEXED BY case_agent", "agent = ?", [asked.agent] if asked.agent else []),
        (_FEW, "INDEXED BY case_collected", "collected_at BETWEEN ? AND ?",
         [asked.since, (asked.until or "9") + "~"] if asked.since or asked.until else []),
    ]  # fmt: skip
    for most, index, term, given in narrow:
        if given:
            probe = f"SELECT count(*) FROM (SELECT 1 FROM case_row {index} WHERE {term} LIMIT {most + 1})"
            if db.conn.execute(probe, given).fetchone()[0] <= most:
                return index
    return _IN_ORDER.get(column, "")


def _of_villages(asked: Asked, where: str, values: list[Any]) -> tuple[str, list[Any]]:
    """The rows of villages, or of both, that answer `asked`; `where` and `values` are those of this point's."""
    here = where.replace("case_search", "village_search")
    at = list(values)
    if asked.whose not in (VILLAGES, ALL):
        here = f"{here} AND point = ?" if here else " WHERE point = ?"
        at.append(asked.whose)
    rows = f"SELECT {_BOTH} FROM village_row{here}"
    if asked.whose != ALL:
        return rows, at
    return f"SELECT {_BOTH} FROM case_row{where} UNION ALL {rows}", [*values, *at]


def cases_of(db: Database, people: Sequence[str], task_codes: Sequence[str]) -> list[dict[str, Any]]:
    """Cases of these items of these people, and of the records that were merged into theirs, the latest first."""
    whose, which = ", ".join("?" * len(people)), ", ".join("?" * len(task_codes))
    records = f"SELECT id FROM person_row WHERE id IN ({whose}) OR {INTO} IN ({whose})"
    sql = f"{_CASE} WHERE applicant_id IN ({records}) AND task_code IN ({which}) ORDER BY number DESC"
    return list(db.query(sql, [*people, *people, *task_codes]))


def case_count(db: Database, asked: Asked, most: int = 0) -> int:
    """How many cases answer; with `most` it is counted that far and one further, no more."""
    where, values = _where(asked)
    table = "case_row INDEXED BY case_open" if asked.is_open or any(asked.due) else "case_row"
    rows = f"SELECT 1 FROM {table if not asked.keys else 'case_row'}{where}"
    if asked.keys and where == f" WHERE {_BY_INDEX}":
        rows = "SELECT 1 FROM case_search WHERE keys MATCH ?"
    if asked.whose != OWN:
        rows, values = _of_villages(asked, where, values)
    limit = f" LIMIT {most + 1}" if most else ""
    (count,) = db.conn.execute(f"SELECT count(*) AS n FROM ({rows}{limit})", values).fetchone()
    return int(count)


def case_numbered(db: Database, number: str) -> dict[str, Any] | None:
    """The case with this intake number or case number."""
    sql = f"{_CASE} WHERE intake_no = ? OR (case_no = ? AND case_no <> '')"
    return next(db.query(sql, [number, number]), None)


def any_renumbered(db: Database) -> bool:
    """Whether any case here was ever called by another intake number than it has."""
    told = (f"SELECT 1 FROM {table} WHERE kind = 'case.renumbered'" for table in ("entry", "village_entry"))
    return bool(db.conn.execute(" UNION ALL ".join(told) + " LIMIT 1").fetchone())


def village_case(db: Database, number: str) -> dict[str, Any] | None:
    """The case of a village with this intake number or case number."""
    sql = "SELECT * FROM village_row WHERE intake_no = ? OR (case_no = ? AND case_no <> '')"
    return next(db.query(sql, [number, number]), None)


def to_follow(db: Database, until: str, limit: int) -> list[dict[str, Any]]:
    """Open cases whose papers were to follow on `until` or before, those of that day first."""
    sql = f"{_CASE} WHERE follow_on <> '' AND follow_on <= ? ORDER BY follow_on DESC, number DESC LIMIT ?"
    return list(db.query(sql, [until, limit]))


def provisional(db: Database, *, village: bool = False) -> list[str]:
    """The intake numbers of cases whose promise is provisional: this point's, or its villages'."""
    table = "village_row" if village else "case_row"
    asked = f"SELECT intake_no FROM {table} WHERE due_provisional = 1 ORDER BY number"
    return [row[0] for row in db.conn.execute(asked)]


def cases_in(db: Database, states: Sequence[str]) -> list[dict[str, Any]]:
    """The cases in any of `states`, as they came."""
    marks = ", ".join("?" * len(states))
    return list(db.query(f"SELECT * FROM case_row WHERE state IN ({marks}) ORDER BY number", list(states)))


def open_numbers(db: Database, limit: int) -> list[str]:
    """Intake numbers of cases that have not ended, as they came."""
    sql = "SELECT intake_no FROM case_row WHERE open ORDER BY number LIMIT ?"
    return [row["intake_no"] for row in db.query(sql, [limit])]


def has_open(db: Database, person_id: str) -> bool:
    """Whether a case of this person, or of a record merged into theirs, has not ended."""
    sql = (
        "SELECT 1 FROM case_row WHERE open AND applicant_id IN "
        f"(SELECT ? UNION ALL SELECT id FROM person_row WHERE {INTO} = ?) LIMIT 1"
    )
    return db.conn.execute(sql, (person_id, person_id)).fetchone() is not None


def loose_numbers(db: Database, limit: int) -> list[str]:
    """Intake numbers of open cases that are in no envelope and on no roll, as they came."""
    sql = "SELECT intake_no FROM case_row WHERE open AND bundle = '' AND roll = '' ORDER BY number LIMIT ?"
    return [row["intake_no"] for row in db.query(sql, [limit])]


def refused_numbers(db: Database, limit: int) -> list[str]:
    """Intake numbers of cases in which something written took no effect, the latest first."""
    sql = "SELECT intake_no FROM case_row WHERE conflicts > 0 ORDER BY number DESC LIMIT ?"
    return [row["intake_no"] for row in db.query(sql, [limit])]


def open_at(db: Database, window: str) -> list[str]:
    """Intake numbers of open cases that this desk's window has, as they came."""
    sql = "SELECT intake_no FROM case_row WHERE open AND window = ? ORDER BY number"
    return [row["intake_no"] for row in db.query(sql, [window])]


def new_at(db: Database, windows: Sequence[str]) -> list[dict[str, Any]]:
    """Open cases that were passed to one of these windows, where nobody did anything with them; the latest first."""
    marks = ", ".join("?" * len(windows))
    sql = f"SELECT * FROM case_row WHERE open AND passed_at <> '' AND window IN ({marks}) ORDER BY passed_at DESC"
    return list(db.query(sql, list(windows)))


def apart(db: Database, limit: int) -> list[str]:
    """Intake numbers of cases of which two windows wrote what cannot both be true, the latest first."""
    sql = "SELECT intake_no FROM case_row WHERE apart > 0 ORDER BY number DESC LIMIT ?"
    return [row["intake_no"] for row in db.query(sql, [limit])]


def last_intake_no(db: Database, start: str, node: str) -> str:
    """The highest intake number that begins with `start` and that `node` gave itself; "" when there is none. Others
    give some of a log that ran apart anew, from the end of a day's numbers on: these are not where it goes on."""
    (number,) = db.conn.execute(
        "SELECT max(intake_no) FROM case_row WHERE intake_no >= ? AND intake_no < ? AND node = ?",
        (start, start + ":", node),
    ).fetchone()
    return number or ""


def has_intake_no(db: Database, number: str) -> bool:
    """Whether a case has this intake number."""
    return db.conn.execute("SELECT 1 FROM case_row WHERE intake_no = ?", (number,)).fetchone() is not None


def recent_items(db: Database, limit: int) -> list[str]:
    """Codes of the items most used among the last 500 cases."""
    sql = (
        "SELECT task_code, count(*) AS n FROM (SELECT task_code FROM case_row ORDER BY number DESC LIMIT 500) "
        "GROUP BY task_code ORDER BY n DESC, task_code LIMIT ?"
    )
    return [row["task_code"] for row in db.query(sql, [limit])]


def agents(db: Database) -> list[str]:
    """Names of the agents who ever took a case in."""
    return [row["agent"] for row in db.query("SELECT DISTINCT agent FROM case_row ORDER BY agent")]
