"""What screens ask of the tables: people, cases, today. Snapshots out, masked where a screen needs no full number."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec
from sqlite_utils import Database

from db import rows
from desk import clock
from desk.folds import case as cases
from desk.folds.case_clocks import WAITING
from desk.folds.records import Notice
from desk.law import deadline, id_numbers, numbers
from desk.law.deadline import Warn
from desk.law.holidays import HolidayTable
from desk.log import events
from desk.store.entries import entries_about, fold_case
from desk.store.snapshots import CaseQuery, CaseRow, DraftRow, PaperView, PersonRow, Place, RefusedMove
from desk.store.snapshots import Draft as DraftView
from desk.words import search_keys

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
# While a case waits for its herder or for a special procedure, no promise is running out.
_WAITING = ", ".join(f"'{one.value}'" for one in WAITING)
_CASE = "SELECT case_row.* FROM case_row"
_FOUND = "SELECT case_row.* FROM case_search JOIN case_row ON number = case_search.rowid"
_BY_INDEX = "number IN (SELECT rowid FROM case_search WHERE keys MATCH ?)"
_COUNTED = (
    "SELECT person_row.*, (SELECT count(*) FROM case_row WHERE applicant_id = person_row.id OR applicant_id IN "
    "(SELECT id FROM person_row AS other WHERE other.merged_into = person_row.id)) AS cases"
)


def people(db: Database, text: str, limit: int, today: dt.date) -> tuple[PersonRow, ...]:
    """People found by name, pinyin, initials, tail of the number or telephone; all, newest first, for no text."""
    asked = search_keys.question(text)
    if asked:
        sql = f"{_COUNTED} FROM person_search JOIN person_row ON number = person_search.rowid WHERE keys MATCH ?"
        found = rows.rows(db, f"{sql} AND merged_into = '' ORDER BY cases DESC, name LIMIT ?", [asked, limit])
    elif text.strip():
        return ()
    else:
        found = rows.rows(
            db, f"{_COUNTED} FROM person_row WHERE merged_into = '' ORDER BY number DESC LIMIT ?", [limit]
        )
    return tuple(person_row(row, today) for row in found)


def people_of_any(db: Database, pieces: list[str], limit: int) -> list[dict[str, Any]]:
    """People in whose keys any of `pieces` (three letters each) occurs, those with most of them first."""
    if not pieces:
        return []
    asked = " OR ".join(f'"{piece}"' for piece in pieces if piece.isalnum())
    sql = f"{_COUNTED} FROM person_search JOIN person_row ON number = person_search.rowid WHERE keys MATCH ?"
    return rows.rows(db, f"{sql} AND merged_into = '' ORDER BY rank LIMIT ?", [asked, limit]) if asked else []


def people_with_phone(db: Database, phone: str) -> list[dict[str, Any]]:
    """People reached at this telephone."""
    return rows.rows(db, f"{_COUNTED} FROM person_row WHERE phone = ? AND merged_into = ''", [phone])


def counted_person(db: Database, person_id: str) -> dict[str, Any]:
    """A person's row with the number of their cases."""
    return rows.rows(db, f"{_COUNTED} FROM person_row WHERE id = ?", [person_id])[0]


def person_row(row: dict[str, Any], today: dt.date, *, alike: bool = False) -> PersonRow:
    """A person as a list shows them."""
    told = id_numbers.facts(row["id_type"], row["id_number"], today)
    birth = getattr(told, "birth", None)
    return PersonRow(
        id=row["id"],
        name=row["name"],
        id_masked=id_numbers.masked(row["id_number"]),
        phone_masked=id_numbers.masked_phone(row["phone"]),
        address=row["address"],
        birth=birth.isoformat() if birth else "",
        sex=getattr(told, "sex", ""),
        cases=row.get("cases", 0),
        alike=alike,
    )


def person(db: Database, person_id: str) -> events.Person:
    """All that is known of a person. LookupError for a stranger."""
    row = rows.person(db, person_id)
    if row is None:
        raise LookupError(person_id)
    return msgspec.json.decode(row["body"], type=events.Person)


def whereabouts(db: Database, seen: Seen, intake_no: str) -> tuple[Place, str]:
    """Where what this desk wrote of a case is, and since when: green only once the centre said so."""
    last = rows.last_own(db, seen.node, intake_no)
    if last <= seen.acked:
        return Place.AT_CENTRE, rows.ack_time(db, last, "centre") if last else ""
    left = rows.ack_time(db, last, "stick")
    return (Place.ON_THE_WAY, left) if left else (Place.HERE, "")


def pictures(db: Database, case: cases.Case | None) -> dict[str, str]:
    """As `CaseView.pictures`."""
    return rows.files_there(db, [ref.sha256 for one in case.materials for ref in one.files]) if case else {}


def notices(db: Database, today: dt.date) -> tuple[Notice, ...]:
    """Notices of the centre that are still to be shown, the latest first."""
    month = (today - dt.timedelta(days=31)).isoformat()
    found = [msgspec.json.decode(one, type=Notice) for one in rows.records(db, "notice", limit=50)]
    return tuple(one for one in found if (one.until >= today.isoformat() if one.until else one.day >= month))


def _where(query: CaseQuery, seen: Seen) -> tuple[str, list[Any]]:
    parts: list[str] = []
    values: list[Any] = []
    asked = search_keys.question(query.text)
    if query.text.strip() and not asked:
        parts.append("0")
    whole = _scanned("".join(query.text.split()))
    if numbers.is_intake_no(whole):
        asked = search_keys.question(whole)  # the index also knows what a case was called before
    if asked:
        parts.append(_BY_INDEX)
        values.append(asked)
    if query.states:
        parts.append(f"state IN ({', '.join('?' * len(query.states))})")
        values += query.states
    for column, value, sign in (
        ("task_code", query.task_code, "="),
        ("collected_at", query.since, ">="),
        ("collected_at", query.until and query.until + "~", "<="),
        ("agent", query.agent, "="),
    ):
        if value:
            parts.append(f"{column} {sign} ?")
            values.append(value)
    if query.person_id:
        parts.append("applicant_id IN (SELECT ? UNION ALL SELECT id FROM person_row WHERE merged_into = ?)")
        values += [query.person_id, query.person_id]
    if query.warning:
        low, high = _due_between(query.warning, seen)
        parts.append(f"open AND state NOT IN ({_WAITING}) AND due_on <> '' AND due_on >= ? AND due_on < ?")
        values += [low, high]
    return (f" WHERE {' AND '.join(parts)}" if parts else ""), values


def _scanned(text: str) -> str:
    """The intake number in what a scanner reads off a receipt; anything else as it is."""
    parts = text.split(".")
    return parts[1] if len(parts) == 3 and parts[0].upper() == "DBR1" else text


def _due_between(warning: str, seen: Seen) -> tuple[str, str]:
    """The due dates that carry `warning` today: from, and up to but without."""
    today = seen.today.isoformat()
    after = (deadline.working_day_after(seen.today, 1, seen.holidays) + dt.timedelta(1)).isoformat()
    return {"red": ("0", today), "yellow": (today, after)}.get(warning, ("0", after))


def case_page(db: Database, query: CaseQuery, offset: int, limit: int, seen: Seen) -> tuple[CaseRow, ...]:
    """`limit` rows of the answer to `query` from `offset`."""
    where, values = _where(query, seen)
    sort = _SORTS.get(query.sort, "number")
    way = "DESC" if query.descending else "ASC"
    order = f"{sort} {way}" if sort == "number" else f"{sort} {way}, number {way}"
    sql = f"{_CASE}{where} ORDER BY {order} LIMIT ? OFFSET ?"
    if sort == "number" and _BY_INDEX in where:  # the index gives its rows in their order and stops when it has enough
        sql = f"{_FOUND}{where.replace(_BY_INDEX, 'keys MATCH ?')} ORDER BY case_search.rowid {way} LIMIT ? OFFSET ?"
    return tuple(case_row(row, seen) for row in rows.rows(db, sql, [*values, limit, offset]))


def case_count(db: Database, query: CaseQuery, seen: Seen) -> int:
    """How many rows `query` has."""
    where, values = _where(query, seen)
    return int(rows.rows(db, f"SELECT count(*) AS n FROM case_row{where}", values)[0]["n"])


class Seen(msgspec.Struct, frozen=True):
    """What a row's marks depend on besides the row: our node, how far the centre has us, the day, the table."""

    node: str
    acked: int
    today: dt.date
    holidays: HolidayTable


def case_row(row: dict[str, Any], seen: Seen) -> CaseRow:
    """One row as the list shows it."""
    warn = Warn.NONE
    if row["due_on"] and row["open"] and row["state"] not in WAITING:
        warn = deadline.warning(dt.date.fromisoformat(row["due_on"]), seen.today, seen.holidays)
    return CaseRow(
        intake_no=row["intake_no"],
        case_no=row["case_no"],
        state=row["state"],
        state_name=cases.STATE_NAMES[cases.State(row["state"])],
        applicant_name=row["applicant_name"],
        item_name=row["item_name"],
        collected_at=row["collected_at"],
        due_on=row["due_on"],
        due_provisional=bool(row["due_provisional"]),
        warning=warn,
        at_centre=row["node"] != seen.node or row["seq"] <= seen.acked,
        agent=row["agent"],
        rated=row["rating"] > 0,
    )


def one_case(db: Database, intake_no: str, seen: Seen) -> CaseRow:
    """The row of one case, by intake number or case number. LookupError when there is none."""
    found = rows.rows(db, f"{_CASE} WHERE intake_no = ? OR (case_no = ? AND case_no <> '')", [intake_no, intake_no])
    if not found:
        raise LookupError(intake_no)
    return case_row(found[0], seen)


def drafts(db: Database) -> tuple[DraftRow, ...]:
    """Drafts, newest first."""
    found = rows.rows(db, "SELECT * FROM draft ORDER BY saved DESC", [])
    return tuple(_draft(row) for row in found)


def _draft(row: dict[str, Any]) -> DraftRow:
    draft = msgspec.json.decode(row["body"], type=DraftView)
    return DraftRow(draft, row["saved"], draft.applicant.name.strip() or "（未填姓名）")


def recent_items(db: Database, limit: int) -> tuple[str, ...]:
    """Codes of the items most used among the last 500 cases."""
    sql = (
        "SELECT task_code, count(*) AS n FROM (SELECT task_code FROM case_row ORDER BY number DESC LIMIT 500) "
        "GROUP BY task_code ORDER BY n DESC, task_code LIMIT ?"
    )
    return tuple(row["task_code"] for row in rows.rows(db, sql, [limit]))


def near_due(db: Database, seen: Seen) -> tuple[int, int]:
    """How many open cases are yellow, and how many red."""
    red, yellow = (case_count(db, CaseQuery(warning=one), seen) for one in ("red", "yellow"))
    return yellow, red


def refused_moves(db: Database) -> tuple[RefusedMove, ...]:
    """What was written down but took no effect, in the latest cases that have any."""
    found = rows.rows(db, "SELECT intake_no FROM case_row WHERE conflicts > 0 ORDER BY number DESC LIMIT 50", [])
    folded = [case for row in found if (case := fold_case(db, row["intake_no"]))]
    return tuple(
        RefusedMove(case.intake_no, case.collected.applicant.name, line.name, line.refused)
        for case in folded
        for line in case.conflicts
    )


def agents(db: Database) -> tuple[str, ...]:
    """Names of the agents who ever took a case in."""
    return tuple(row["agent"] for row in rows.rows(db, "SELECT DISTINCT agent FROM case_row ORDER BY agent", []))


def count_states(db: Database) -> dict[str, int]:
    """How many cases stand in each state."""
    return {
        row["state"]: row["n"] for row in rows.rows(db, "SELECT state, count(*) AS n FROM case_row GROUP BY state", [])
    }


def collected_on(db: Database, day: dt.date) -> int:
    """How many cases were taken in on `day`."""
    start = clock.stamp(dt.datetime.combine(day, dt.time(), clock.BEIJING))[:10]
    sql = "SELECT count(*) AS n FROM case_row WHERE collected_at >= ? AND collected_at < ?"
    return int(rows.rows(db, sql, [start, start + "~"])[0]["n"])


def papers(db: Database, subject: str) -> tuple[PaperView, ...]:
    """The kept documents of a case, oldest first, each with its signed scans."""
    found = rows.rows(db, "SELECT * FROM paper WHERE subject = ? ORDER BY made_at", [subject])
    told = (events.decode(one.kind, one.data) for one in entries_about(db, subject) if one.kind == "paper.signed")
    signed = [one for one in told if isinstance(one, events.PaperSigned)]
    return tuple(
        PaperView(
            row["sha256"],
            row["paper"],
            row["title"],
            row["made_at"],
            tuple(ref for one in signed if one.sha256 == row["sha256"] for ref in one.files),
        )
        for row in found
    )
