"""办事人: who was here, under which names; two records of one person made one; and who looked at a full number."""

from __future__ import annotations

import difflib
from typing import Any

import msgspec
from sqlite_utils import Database

from db.desk import past_rows, person_rows
from desk.counter import checks
from desk.counter.session import Session, required
from desk.errors import RefusedError
from desk.log import events
from desk.store import lists
from desk.store.entries import Fact, entries_about
from desk.store.snapshots import PastLine, PersonRow, PersonView, SeenLine
from desk.words import guide_texts, search_keys

_ALIKE = 0.74  # share of the pinyin that must agree; 额尔敦其其格 and 额尔登其其格 have 0.92
_ENOUGH = 3
_CANDIDATES = 300


class People:
    """The book of people."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def search(self, text: str, limit: int = 20) -> tuple[PersonRow, ...]:
        """By name, pinyin, initials, tail of a number; where few answer, those whose names sound alike as well."""
        today = self._session.day()
        with self._session.store.read() as db:
            people = lists.people(db, text, limit, today)
            if len(people) >= _ENOUGH or len(search_keys.fold(text)) < _ENOUGH or text.strip().isdigit():
                return people
            known = {one.id for one in people}
            alike = [row for row in _alike(db, text) if row["id"] not in known][: limit - len(people)]
            return people + tuple(lists.person_row(row, today, alike=True) for row in alike)

    def person(self, person_id: str) -> events.Person:
        """A person in full, to fill a form. Raises LookupError."""
        with self._session.store.read() as db:
            return lists.person(db, person_id)

    def view(self, person_id: str) -> PersonView:
        """One person as the page shows them: masked, with other names, merged records, and who looked."""
        today = self._session.day()
        with self._session.store.read() as db:
            row = person_rows.person(db, person_id)
            if row is None:
                raise LookupError(person_id)
            person = msgspec.json.decode(row["body"], type=events.Person)
            merged = tuple(lists.person_row(one, today) for one in person_rows.merged(db, person_id))
            doubles = tuple(
                lists.person_row(double, today)
                for double in _alike(db, person.name, same_phone=person.phone)
                if double["id"] != person_id
            )
            seen = _seen(db, person_id)
            shown = lists.person_row(person_rows.counted(db, person_id), today)
            near = person_rows.household(db, person.household or person_id)
            household = tuple(lists.person_row(member, today) for member in near)
            numbers = [one["id_number"] for one in (row, *person_rows.merged(db, person_id))]
            past = tuple(lists.past_line(body, db) for body in past_rows.past_of(db, numbers))
        return PersonView(
            shown,
            person.aliases,
            merged,
            doubles[:5],
            seen,
            household,
            person.relation,
            person.group,
            past,
            person.name_mn,
        )

    def past(self, text: str, limit: int = 20) -> tuple[PastLine, ...]:
        """Lines of ledgers of former years found by name, pinyin, item or the tail of a number, latest first."""
        asked = search_keys.question(text)
        if not asked:
            return ()
        with self._session.store.read() as db:
            return tuple(lists.past_line(body, db) for body in past_rows.past_found(db, asked, limit))

    def write_in_mongolian(self, person_id: str, name: str) -> str:
        """How this person writes the own name in Mongolian, "" for not any more; what stood there before. Papers that
        are made from now on have it beside the Chinese one."""
        tidy = " ".join(name.split())
        if tidy and not guide_texts.is_mongolian(tidy):
            raise RefusedError("蒙古文姓名里只能有蒙古文字母。", "没有改动。", "请用蒙古文输入法重新录入。")
        with self._session.store.write() as db:
            person = lists.person(db, person_id)
            self._record(db, person_id, msgspec.structs.replace(person, name_mn=tidy))
        return person.name_mn

    def add_alias(self, person_id: str, alias: str) -> None:
        """Another way in which papers write this person's name."""
        name = checks.tidy_name(required(alias, "别名"))
        with self._session.store.write() as db:
            person = lists.person(db, person_id)
            if name == person.name or name in person.aliases:
                raise RefusedError(f"“{name}”已经记着了。", "没有改动。")
            self._record(db, person_id, msgspec.structs.replace(person, aliases=(*person.aliases, name)))

    def drop_alias(self, person_id: str, alias: str) -> None:
        """Take another name away again."""
        with self._session.store.write() as db:
            person = lists.person(db, person_id)
            left = tuple(one for one in person.aliases if one != alias)
            self._record(db, person_id, msgspec.structs.replace(person, aliases=left))

    def merge(self, kept: str, gone: str, reasons: str = "") -> None:
        """Make `gone` stand under `kept` from now on. Nothing is deleted; `unmerge` undoes it."""
        if kept == gone:
            raise RefusedError("这是同一条记录。", "没有合并。")
        with self._session.store.write() as db:
            one, other = person_rows.person(db, kept), person_rows.person(db, gone)
            if one is None or other is None or one["merged_into"] or other["merged_into"]:
                raise RefusedError("其中一条已经并入别人名下。", "没有合并。", "请刷新后再看。")
            told = events.PersonMerged(kept, self._session.account.name, reasons.strip())
            for person_id in (gone, *(row["id"] for row in person_rows.merged(db, gone))):
                self._append(db, "person.merged", person_id, told)

    def unmerge(self, gone: str) -> None:
        """They were two after all."""
        with self._session.store.write() as db:
            row = person_rows.person(db, gone)
            if row is None or not row["merged_into"]:
                raise RefusedError("这条记录没有并入别人名下。", "没有改动。")
            self._append(db, "person.unmerged", gone, events.PersonUnmerged(self._session.account.name))

    def _record(self, db: Database, person_id: str, person: events.Person) -> None:
        self._append(db, "person.recorded", person_id, events.PersonRecorded(person))

    def _append(self, db: Database, kind: str, subject: str, data: events.Data) -> None:
        self._session.append(db, Fact(kind, subject, data))


def _alike(db: Database, name: str, same_phone: str = "") -> list[dict[str, Any]]:
    """People whose name sounds nearly like `name`, or who have the same telephone; the likest first."""
    sound = search_keys.sort_key(name)
    pieces = {sound[at : at + 3] for at in range(len(sound) - 2)}
    likely: dict[str, tuple[float, dict[str, Any]]] = {}
    for row in person_rows.found_by_any(db, sorted(pieces), _CANDIDATES):
        person = msgspec.json.decode(row["body"], type=events.Person)
        share = max(_likeness(sound, search_keys.sort_key(one)) for one in (person.name, *person.aliases))
        if share >= _ALIKE:
            likely[row["id"]] = (share, row)
    if same_phone:
        for row in person_rows.with_phone(db, same_phone):
            likely.setdefault(row["id"], (0.0, row))
    return [row for _, row in sorted(likely.values(), key=lambda pair: (-pair[0], pair[1]["number"]))]


def _likeness(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, one, other, autojunk=False).ratio()


def _seen(db: Database, person_id: str) -> tuple[SeenLine, ...]:
    looks = [
        SeenLine(entry.time, data.officer, data.reasons, data.what)
        for entry in entries_about(db, person_id)
        if isinstance(data := events.decode(entry.kind, entry.data), events.PersonSeen)
    ]
    return tuple(sorted(looks, key=lambda one: one.time, reverse=True))
