"""The tables that screens read: each row is a pure function of the entries about its subject."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
from sqlite_utils import Database

from db.desk import case_rows, entry_rows, person_rows, projection_rows, record_rows, village_rows
from db.desk.projection_rows import Found
from desk.folds import case as cases
from desk.folds import case_clocks, records, whose
from desk.folds.hall import clashes
from desk.log import chain, events
from desk.store import published
from desk.store.entries import entries_about, village_entries
from desk.words import search_keys

_AT_ONCE = 200  # subjects of which the entries are read together
_LAW = ("item", "regime", "holidays")


class Projection:
    """Works rows out anew, within one transaction in which nothing is written to the log meanwhile: what many of them
    need is read once."""

    def __init__(self, db: Database, told: Mapping[str, list[chain.Entry]] | None = None) -> None:
        """`told`: the entries about subjects of which the log has no others, where the caller has them at hand."""
        self._db, self._shelf = db, published.Shelf(db)
        self._told = told or {}
        self._entries: dict[str, list[bytes]] = {}
        self._new: set[str] = set()  # people of whom the book has nothing yet
        self._made: dict[str, dict[str, Found]] = {}  # rows that are still to be written, by table and key

    def work_out(self, named: Iterable[tuple[str, str]]) -> None:
        """The rows of these subjects, each named with a kind of entry about it, or its family (case, person ...)."""
        left = iter(dict.fromkeys((kind.split(".")[0], subject) for kind, subject in named))
        while some := list(itertools.islice(left, _AT_ONCE)):
            people = [subject for kind, subject in some if kind == "person"]
            self._new = set(people) if people and not person_rows.any_known(self._db, people) else set()
            lacking = [subject for _, subject in some if subject not in self._told]
            self._entries = entry_rows.entries_about_all(self._db, lacking)
            for kind, subject in some:
                self._project(kind, subject)
            self._write()
        self._entries = {}

    def _put(self, table: str, row: dict[str, Any], keys: str) -> None:
        """Have a row written: many at once, and before anything is read that it could change."""
        self._made.setdefault(table, {})[row[projection_rows.KEYS[table]]] = Found(row, keys)

    def _write(self) -> None:
        for table, rows in self._made.items():
            projection_rows.put_projections(self._db, table, list(rows.values()))
        self._made = {}

    def village(self, intake_no: str) -> None:
        """The row of a village's case, which stands apart from those of this point."""
        entries = village_entries(self._db, intake_no)
        case = cases.fold(entries)
        if case is None:
            projection_rows.drop_projection(self._db, "village", intake_no)
            return
        row = self._case_row(case, entries) | {"point": village_rows.point_of(self._db, intake_no)}
        projection_rows.put_projections(self._db, "village", [Found(row, _case_keys(case))])

    def _about(self, subject: str) -> list[chain.Entry]:
        if (told := self._told.get(subject)) is not None:
            return told
        kept = self._entries.get(subject)
        return entries_about(self._db, subject) if kept is None else [chain.decoded(one) for one in kept]

    def _project(self, kind: str, subject: str) -> None:
        match kind:
            case "entry":  # a refusal: work out again whatever it is about
                kinds = {one.kind.split(".")[0] for one in self._about(subject)}
                for other in sorted(kinds - {"entry"}):
                    self._project(other, subject)
            case "case":
                self._case(subject)
            case "person":
                self._person(subject)
            case "past":
                self._past(subject)
            case _ if kind in records.FOLDS:
                self._record(kind, subject)

    def _record(self, kind: str, subject: str) -> None:
        made = records.FOLDS[kind](self._about(subject))
        if made is not None:
            body = msgspec.json.encode(made, order="sorted")
            row = {"kind": kind, "id": subject, "state": made.state, "day": made.day, "body": body}
            record_rows.put_record(self._db, row)
        if kind in _LAW:
            self._shelf = published.Shelf(self._db)
        if kind == "holidays":
            self._waited()

    def _waited(self) -> None:
        """A new holiday table moves the promise of cases that had to wait, confirms those that were provisional, and
        touches no others."""
        self._write()
        waited = entry_rows.subjects_of(self._db, case_clocks.WAITS)
        for intake_no in dict.fromkeys((*waited, *case_rows.provisional(self._db))):
            self._case(intake_no)
        for intake_no in case_rows.provisional(self._db, village=True):
            self.village(intake_no)

    def _case(self, intake_no: str) -> None:
        entries = self._about(intake_no)
        case = cases.fold(entries)
        if case is None:
            self._write()
            projection_rows.drop_projection(self._db, "case", intake_no)
            return
        row = self._case_row(case, entries) | _at_windows(case, entries)
        self._put("case", row, _case_keys(case))

    def _case_row(self, case: cases.Case, entries: Sequence[chain.Entry]) -> dict[str, Any]:
        first = next(one for one in entries if one.kind == "case.collected" and one.node == case.point)
        collected, came = case.collected, case.collected.proxy
        due_on, due_provisional = self._promised(case)
        return {
            "intake_no": case.intake_no,
            "case_no": case.case_no,
            "state": case.state.value,
            "applicant_id": collected.applicant_id or (came.person_id if came else ""),
            "applicant_name": collected.applicant.name,
            "task_code": collected.item.task_code,
            "item_name": collected.item.item_name,
            "collected_at": case.collected_at,
            "due_on": due_on,
            "due_provisional": int(due_provisional),
            "open": int(case.state not in cases.ENDED),
            "agent": collected.agent_name,
            "applicant_sort": search_keys.sort_key(collected.applicant.name),
            "roll": collected.roll,
            "bundle": case.bundle,
            "follow_on": _follow_on(case),
            "ended_at": case.ended_at,
            "rating": case.rated.score if case.rated else 0,
            "conflicts": len(case.conflicts),
            "node": first.node,
            "seq": first.seq,
        }

    def _promised(self, case: cases.Case) -> tuple[str, bool]:
        """The promised day (ISO) and whether it is provisional: the law is asked only where the case had to wait or a
        table that comes later may confirm the day, for else the receipt's day stands."""
        is_open_to_law = case.collected.promised_provisional or case_clocks.waits(case)
        due = case_clocks.promised(case, self._shelf.law(case)) if is_open_to_law else None
        if due is not None:
            return due.on.isoformat(), due.provisional
        return case.promised.isoformat() if case.promised else "", case.collected.promised_provisional

    def _person(self, person_id: str) -> None:
        entries = self._about(person_id)
        person = records.person(entries)
        is_new = person_id in self._new
        self._new.discard(person_id)
        before = None if is_new else person_rows.person(self._db, person_id)
        if person is None and before is None and not any(one.kind == "person.recorded" for one in entries):
            return
        into = records.merged_into(entries) if person else person_rows.GONE  # the row keeps its place, for a rebuild
        person = person or events.Person("")
        row = {
            "id": person_id,
            "name": person.name,
            "id_type": person.id_type,
            "id_number": person.id_number,
            "phone": person.phone,
            "address": person.address,
            "body": msgspec.json.encode(person, order="sorted"),
            "merged_into": into,
            "household": person.household,
        }
        merged = () if into or is_new else person_rows.merged(self._db, person_id)
        self._put("person", row, "" if into else _person_keys(person, merged))
        touched = {into, before["merged_into"] if before else ""} - {""}
        if touched:
            self._new.clear()  # one of them may have records under it now
            self._write()
        for other in touched:
            _refresh_keys(self._db, other)

    def _past(self, past_id: str) -> None:
        entries = self._about(past_id)
        past = records.past(entries)
        if past is None and not any(one.kind == "past.recorded" for one in entries):
            return
        body = msgspec.json.encode(past, order="sorted") if past else b""
        row = {
            "id": past_id,
            "id_number": past.id_number if past else "",
            "day": past.day if past else "",
            "body": body,
        }
        keys = search_keys.keys([past.name], [past.id_number, past.phone, past.number], [past.item]) if past else ""
        self._put("past", row, keys)


def _at_windows(case: cases.Case, entries: Sequence[chain.Entry]) -> dict[str, Any]:
    """Which window of this point has the case, since when it lies there new, and what is still to be held against one
    another of what two windows wrote."""
    new = whose.lies_new(case.history, case.point)
    apart = sum(not one.settled for one in clashes.between(case, entries))
    return {"window": case.window, "passed_at": new.time if new else "", "apart": apart}


def _case_keys(case: cases.Case) -> str:
    collected, came = case.collected, case.collected.proxy
    people = [collected.applicant, *([came.person] if came else [])]
    return search_keys.keys(
        [name for one in people for name in (one.name, *one.aliases, one.name_mn)],
        [*(number for one in people for number in (one.id_number, one.phone)), case.intake_no, case.case_no, case.was],
        [collected.item.item_name],
    )


def _follow_on(case: cases.Case) -> str:
    """The first day on which a paper that was not here is to follow (ISO); "" once nobody waits for one."""
    days = [one.until.isoformat() for one in case.materials if one.missing and one.until]
    return min(days, default="") if not (case.decided_at or case.ended_at) else ""


def _person_keys(person: events.Person, merged: Iterable[dict[str, Any]]) -> str:
    """What a person is found by: own names, and those of the records merged into this one."""
    known = [person, *(msgspec.json.decode(one["body"], type=events.Person) for one in merged)]
    return search_keys.keys(
        [name for one in known for name in (one.name, *one.aliases, one.name_mn)],
        [number for one in known for number in (one.id_number, one.phone)],
    )


def _refresh_keys(db: Database, person_id: str) -> None:
    row = person_rows.person(db, person_id)
    if row is not None and not row["merged_into"]:
        number = row.pop("number")
        person = msgspec.json.decode(row["body"], type=events.Person)
        projection_rows.put_keys(db, "person", number, _person_keys(person, person_rows.merged(db, person_id)))
