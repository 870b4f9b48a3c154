"""Taking files in: a roll of people into the book, a ledger of former years beside the cases; whole, undone whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import msgspec
from sqlite_utils import Database

from db.desk import person_rows, record_rows
from desk.counter.importing import roster, targets
from desk.counter.importing.preview import Choices, Line, Preview, preview
from desk.counter.session import Session, new_id
from desk.errors import CancelledError, RefusedError
from desk.folds.records import Import
from desk.law import id_numbers
from desk.log import events, import_events
from desk.store import lists
from desk.store.entries import Fact, entries_about
from desk.sync.outcome import SyncProgress
from desk.words.sheets import opening
from desk.words.sheets.grid import Book, Watch

MOST = 20_000  # people or lines of one file; their subjects stand in one entry
_PIECE = 100
Report = Callable[[SyncProgress], None]
Chosen = frozenset[tuple[int, str]]  # (row, key) of differences that the file decides


class Imports:
    """The imports of this point."""

    def __init__(self, session: Session) -> None:
        self._session = session

    # -- looking ----------------------------------------------------------------------------------------------------

    @staticmethod
    def open(path: Path, report: Report, cancelled: Callable[[], bool]) -> Book:
        """The file, read. Raises RefusedError in words, CancelledError."""
        return opening.read(path, Watch(lambda done, total: report(SyncProgress("读文件", done, total)), cancelled))

    def look_at_roster(self, book: Book, choices: Choices) -> Preview:
        """A roll of people as it would be taken in."""
        return preview(book, targets.PEOPLE, choices, self._session.today(), MOST)

    def look_at_ledger(self, book: Book, choices: Choices) -> Preview:
        """A ledger of former years as it would be taken in."""
        return preview(book, targets.LEDGER, choices, self._session.today(), MOST)

    def plan(self, found: Preview) -> roster.Plan:
        """What taking a roll of people in would do to the book."""
        with self._session.store.read() as db:
            return roster.plan(found.good, _known(db, found.good))

    def listed(self) -> tuple[Import, ...]:
        """Imports, latest first."""
        with self._session.store.read() as db:
            return tuple(msgspec.json.decode(one, type=Import) for one in record_rows.records(db, "sheet"))

    # -- taking in --------------------------------------------------------------------------------------------------

    def take_roster(self, found: Preview, chosen: Chosen, report: Report, cancelled: Callable[[], bool]) -> Import:
        """Take the good rows into the book in one transaction. Raises RefusedError, CancelledError."""
        _must_be_ready(found)
        source = new_id()
        with self._session.store.write() as db:
            known = _known(db, found.good)
            plan = roster.plan(found.good, known)
            people = list(_people(found.good, plan, known, chosen))
            facts = [
                Fact("person.recorded", subject, events.PersonRecorded(person, source)) for subject, person in people
            ]
            changed = len(facts) - len(plan.new)
            same = len(found.good) - len(facts)
            made = import_events.ImportMade(
                "roster",
                found.file,
                tuple(subject for subject, _ in people),
                len(plan.new),
                changed,
                same,
                self._session.account.name,
            )
            return self._append(db, source, facts, made, report, cancelled)

    def take_ledger(self, found: Preview, report: Report, cancelled: Callable[[], bool]) -> Import:
        """Take the good rows in as closed cases of former years, in one transaction. They get no number of ours, no
        clock, and go to the centre as what they are. Raises RefusedError, CancelledError."""
        _must_be_ready(found)
        source, officer = new_id(), self._session.account.name
        facts = [
            Fact("past.recorded", new_id(), import_events.PastCase(source=source, officer=officer, **line.values))
            for line in found.good
        ]
        subjects = tuple(fact.subject for fact in facts)
        made = import_events.ImportMade("ledger", found.file, subjects, len(facts), 0, 0, officer)
        with self._session.store.write() as db:
            return self._append(db, source, facts, made, report, cancelled)

    def _append(
        self,
        db: Database,
        source: str,
        facts: Sequence[Fact],
        made: import_events.ImportMade,
        report: Report,
        cancelled: Callable[[], bool],
    ) -> Import:
        for at in range(0, len(facts), _PIECE):
            if cancelled():
                raise CancelledError("导入已停下。", "一行也没有导入。", "需要时再导入一次。")
            self._session.append(db, *facts[at : at + _PIECE])
            report(SyncProgress("导入", at, len(facts)))
        self._session.append(db, Fact("sheet.taken", source, made))
        return _one(db, source)

    # -- undoing ----------------------------------------------------------------------------------------------------

    def undo(self, source: str) -> Import:
        """All that the import brought has no effect any more; people who had cases since stay. Raises RefusedError."""
        officer = self._session.account.name
        with self._session.store.write() as db:
            done = _one(db, source)
            if done.state == "undone":
                raise RefusedError("这次导入已经撤销过了。", "没有改动。")
            family = "person" if done.made.what == "roster" else "past"
            subjects = [one for one in done.made.subjects if family == "past" or not _needed(db, one, source)]
            gone = import_events.SourceUndone(source, officer)
            for at in range(0, len(subjects), _PIECE):
                piece = subjects[at : at + _PIECE]
                self._session.append(db, *(Fact(f"{family}.import_undone", one, gone) for one in piece))
            left = len(done.made.subjects) - len(subjects)
            undone = import_events.ImportUndone(officer, len(subjects), left)
            self._session.append(db, Fact("sheet.undone", source, undone))
            return _one(db, source)


def _must_be_ready(found: Preview) -> None:
    if found.refusal:
        raise RefusedError(found.refusal, "什么也没有导入。")
    if found.unanswered:
        raise RefusedError("还有问题没有回答。", "什么也没有导入。", "请先在上面选好再导入。")
    if not found.good:
        raise RefusedError("没有一行可以导入。", "什么也没有导入。", "请按提示改好表格再来。")


def _known(db: Database, lines: Sequence[Line]) -> dict[str, tuple[str, events.Person]]:
    """Who of these people is in the book, and the heads of their households; the record that stands for them."""
    numbers = {line.values.get(key, "") for line in lines for key in ("id_number", "head_id")} - {""}
    known = {}
    for number in sorted(numbers):
        row = person_rows.person_with_number(db, id_numbers.RESIDENT, number)
        if row is not None and not row["merged_into"]:
            known[number] = (row["id"], msgspec.json.decode(row["body"], type=events.Person))
        elif row is not None:
            stands = lists.person(db, row["merged_into"])
            known[number] = (row["merged_into"], stands)
    return known


def _people(
    lines: Sequence[Line], plan: roster.Plan, known: roster.Known, chosen: Chosen
) -> Iterator[tuple[str, events.Person]]:
    """(subject, record) of everybody who is new or changed."""
    subjects = {number: subject for number, (subject, _) in known.items()}
    subjects |= {one.person.id_number: new_id() for one in plan.new}
    head_of = roster.heads(lines)
    for line in lines:
        number = line.values["id_number"]
        head = subjects.get(head_of.get(line.row, ""), "")
        if number not in known:
            yield (subjects[number], msgspec.structs.replace(roster.said_by(line, number), household=head))
            continue
        subject, before = known[number]
        after = roster.merged(line, before, head, frozenset(key for row, key in chosen if row == line.row))
        if after != before:
            yield subject, after


def _needed(db: Database, person_id: str, source: str) -> bool:
    """Whether a person whom the import brought must stay: they have had cases since, or were merged."""
    own = [events.decode(one.kind, one.data) for one in entries_about(db, person_id)]
    others = any(isinstance(one, events.PersonRecorded) and one.source != source for one in own)
    if others:
        return False  # they were there before: only what the import said of them goes
    row = person_rows.counted(db, person_id)
    return bool(row["cases"] or row["merged_into"] or person_rows.merged(db, person_id))


def _one(db: Database, source: str) -> Import:
    body = record_rows.record(db, source)
    if body is None:
        raise RefusedError("没有这次导入的记录。", "没有改动。")
    return msgspec.json.decode(body, type=Import)
