"""批量名册: one item for the whole gacha, from last year's roll, a spreadsheet or the people in the book.

Every row is checked like a single case and becomes one, with its own number and receipt; all of them or none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

import msgspec

from db.desk import local_rows, person_rows, record_rows
from desk.counter import checks, intake
from desk.counter.amending import roll_undoing
from desk.counter.asking import doubles
from desk.counter.session import Session, new_id, required
from desk.errors import AskedError, CancelledError, Problem, RefusedError
from desk.folds.records import Roll
from desk.law import id_numbers
from desk.law.catalogue import rules
from desk.law.catalogue.item import Item, Need
from desk.log import events, point_events
from desk.store import lists
from desk.store.entries import Fact
from desk.store.snapshots import CaseRow, Draft, DraftMaterial
from desk.sync.outcome import SyncProgress

if TYPE_CHECKING:
    from sqlite_utils import Database

    from desk.counter.importing.preview import Choices, Line, Preview
    from desk.words.sheets.grid import Book
    from desk.words.sheets.headings import Target

MOST = 50_000  # rows that are prepared together, as many as are read of a sheet; a day has numbers for fewer
_DRAFT = "roll-draft"


class RollLine(msgspec.Struct, frozen=True):
    """One row being prepared; `values` by the item's field codes; `missing` says which papers are not here and why."""

    name: str = ""
    id_number: str = ""
    phone: str = ""
    address: str = ""
    values: dict[str, str] = {}
    missing: str = ""


class RollDraft(msgspec.Struct, frozen=True):
    """The roll page as it stands."""

    task_code: str = ""
    title: str = ""
    year: int = 0
    lines: tuple[RollLine, ...] = ()
    last: tuple[RollLine, ...] = ()  # last year's rows, to show what changed
    again: str = ""  # why households are taken in again that were within a week


class Before(msgspec.Struct, frozen=True):
    """What must be asked before a roll is taken in: its rows (from 0) whose household was taken in for the same item
    within a week, when last and how; how many numbers the day has left."""

    twice: tuple[int, ...]
    last: CaseRow | None
    room: int


class Rolls:
    """The rolls of this point."""

    def __init__(self, session: Session) -> None:
        self._session = session

    # -- where rows come from -------------------------------------------------------------------------------------

    def items(self) -> tuple[Item, ...]:
        """Items in force today that are usually done by roll, then the others."""
        today = self._session.not_before_issue(self._session.day())
        found = [item for item in self._session.catalogue.items if not rules.in_force(item, today)]
        return tuple(sorted(found, key=lambda item: not item.roll))

    def listed(self) -> tuple[Roll, ...]:
        """Rolls that were taken in, latest first."""
        with self._session.store.read() as db:
            return tuple(msgspec.json.decode(one, type=Roll) for one in record_rows.records(db, "roll"))

    def last(self, task_code: str) -> tuple[RollLine, ...]:
        """The rows of the latest roll of this item."""
        rolls = (one for one in self.listed() if one.state == "taken")
        latest = next((one for one in rolls if one.taken.task_code == task_code), None)
        return lines_of(latest) if latest is not None else ()

    def people(self) -> tuple[RollLine, ...]:
        """Everyone in the book, by name. Raises RefusedError that says how many where they are too many."""
        with self._session.store.read() as db:
            count = person_rows.count(db)
            if count > MOST:
                raise RefusedError(
                    f"办事人有 {count} 位，一本名册最多 {MOST} 户。", "名册没有改动。", "请用“导入”取一个组的表格。"
                )
            found = [lists.person(db, one) for one in person_rows.ids_by_name(db, MOST)]
        return tuple(RollLine(one.name, one.id_number, one.phone, one.address) for one in found)

    def columns(self, task_code: str) -> tuple[Target, ...]:
        """What the columns of a spreadsheet may mean. Raises RefusedError when there is no such item."""
        from desk.counter.importing import targets  # the importer is loaded for whoever brings a file

        return targets.of_item(self._session.item(task_code))

    def look_at(self, book: Book, task_code: str, choices: Choices) -> Preview:
        """A spreadsheet as it would come into the roll of this item."""
        from desk.counter.importing.preview import preview

        return preview(book, self.columns(task_code), choices, self._session.today(), MOST)

    @staticmethod
    def lines_of(found: Preview) -> tuple[RollLine, ...]:
        """The rows of a spreadsheet, those with something wrong too: they are mended in the roll. Raises RefusedError
        where nothing of it can be taken or a question is open."""
        if found.refusal or not found.lines:
            raise RefusedError(found.refusal or "表里没有人。", "名册没有改动。")
        if found.unanswered:
            raise RefusedError("还有问题没有回答。", "名册没有改动。", "请先在上面选好再导入。")
        return tuple(_line_of(line) for line in found.lines)

    # -- the draft ------------------------------------------------------------------------------------------------

    def keep(self, draft: RollDraft) -> None:
        """Keep the page as it stands."""
        with self._session.store.write() as db:
            local_rows.set_local(db, _DRAFT, msgspec.json.encode(draft))

    def draft(self) -> RollDraft:
        """What was kept."""
        with self._session.store.read() as db:
            kept = local_rows.local(db, _DRAFT)
        return msgspec.json.decode(kept, type=RollDraft) if kept else RollDraft()

    # -- checking and taking in -----------------------------------------------------------------------------------

    def check(self, draft: RollDraft) -> dict[int, tuple[Problem, ...]]:
        """What is wrong, by row (from 0); a number that stands twice is wrong in its second row."""
        item = self._session.find(draft.task_code)
        today = self._session.not_before_issue(self._session.day())
        problems: dict[int, tuple[Problem, ...]] = {}
        known: dict[str, int] = {}
        for at, line in enumerate(draft.lines):
            found = (*intake.closed(self._session, item), *checks.check(_draft_of(line, item), item, today))
            wrong = [one for one in found if one.blocking]
            number = id_numbers.tidy(line.id_number)
            if number and known.setdefault(number, at) != at:
                wrong.append(Problem("applicant.id_number", f"与第 {known[number] + 1} 行的证件号码相同。"))
            if wrong:
                problems[at] = tuple(wrong)
        return problems

    def before(self, draft: RollDraft) -> Before:
        """What is to be asked about a roll without faults."""
        item = self._session.find(draft.task_code)
        with self._session.store.read() as db:
            found = doubles.in_roll(self._session, db, (_draft_of(line, item) for line in draft.lines))
            room = intake.numbers_left(db, self._session)
        return Before(tuple(found), max(found.values(), key=lambda one: one.collected_at, default=None), room)

    def undo(self, subject: str, why: str) -> Roll:
        """Void a whole roll of which nothing was sent yet (`roll_undoing.undo`). Raises RefusedError."""
        return roll_undoing.undo(self._session, subject, why)

    def take(
        self,
        draft: RollDraft,
        report: Callable[[SyncProgress], None],
        cancelled: Callable[[], bool],
        rest: tuple[RollLine, ...] = (),
    ) -> Roll:
        """Take the whole roll in, in one transaction; `rest` stays on the page for another day. Raises RefusedError
        with the rows that are wrong, AskedError where households were taken in within a week and no reason stands."""
        session = self._session
        item = session.item(draft.task_code)
        title = required(draft.title, "名册名称")
        if not draft.lines or len(draft.lines) > MOST:
            raise RefusedError(
                f"名册应有 1 到 {MOST} 行，现在是 {len(draft.lines)} 行。", "没有登记，名册都在。", "请分成几本登记。"
            )
        wrong = self.check(draft)
        if wrong:
            first = min(wrong)
            raise RefusedError(
                f"还有 {len(wrong)} 行要改，没有登记。",
                "名册都在，没有丢失。",
                f"先看第 {first + 1} 行：{wrong[first][0].text}",
            )
        subject, taken = new_id(), []
        with session.store.write() as db:
            _nothing_to_ask(session, db, draft, item)
            left = intake.numbers_left(db, session)
            if left < len(draft.lines):
                raise RefusedError(
                    f"名册有 {len(draft.lines)} 户，今天的收件号只剩 {left} 个，没有登记。",
                    "名册都在，没有丢失。",
                    "请明天登记，或换用本点的另一台电脑。",
                )
            for at, line in enumerate(draft.lines):
                if cancelled():
                    raise CancelledError("批量登记已停下。", "一户也没有登记，名册还在。", "需要时再点“全部登记”。")
                number = intake.take(db, session, _draft_of(line, item, draft.again), item, subject)
                taken.append(
                    point_events.RollRow(line.name, line.id_number, line.phone, line.address, dict(line.values), number)
                )
                if at % 10 == 0:
                    report(SyncProgress("登记", at, len(draft.lines)))
            roll = point_events.RollTaken(
                title, draft.year, item.task_code, item.item_name, tuple(taken), session.account.name
            )
            session.append(db, Fact("roll.taken", subject, roll))
            if rest:
                left_over = msgspec.structs.replace(draft, lines=rest, again="")
                local_rows.set_local(db, _DRAFT, msgspec.json.encode(left_over))
            else:
                local_rows.drop_local(db, _DRAFT)
        return Roll(subject, "taken", session.today().isoformat(), roll)


def _nothing_to_ask(session: Session, db: Database, draft: RollDraft, item: Item) -> None:
    """Raise AskedError: the same roll, or a part of it, was taken in within a week, and nobody said why again."""
    twice = {} if draft.again.strip() else doubles.in_roll(session, db, (_draft_of(one, item) for one in draft.lines))
    if twice:
        raise AskedError(
            f"有 {len(twice)} 户 7 日内登记过同一事项，没有登记。",
            "名册都在，没有丢失。",
            "请去掉这些户，或写明为什么再登记。",
            tuple(twice.values()),
        )


def lines_of(roll: Roll) -> tuple[RollLine, ...]:
    """The rows of a roll that was taken in, as rows of one that is prepared."""
    rows = roll.taken.rows
    return tuple(RollLine(one.name, one.id_number, one.phone, one.address, dict(one.values)) for one in rows)


def by_number(lines: Iterable[RollLine]) -> dict[str, RollLine]:
    """Rows by identity number, the first where one stands twice."""
    found: dict[str, RollLine] = {}
    for one in lines:
        found.setdefault(id_numbers.tidy(one.id_number), one)
    return found


def changed(line: RollLine, last: Mapping[str, RollLine]) -> str:
    """How a row differs from last year's, which are given by number: "" not at all, "新增", or what changed."""
    before = last.get(id_numbers.tidy(line.id_number))
    if before is None:
        return "新增"
    columns = (
        ("姓名", before.name, line.name),
        ("电话", before.phone, line.phone),
        ("住址", before.address, line.address),
        ("内容", before.values, line.values),
    )
    changes = [column for column, was, now in columns if was != now]
    return "变动：" + "、".join(changes) if changes else ""


def _draft_of(line: RollLine, item: Item | None, again: str = "") -> Draft:
    missing = line.missing.strip()
    ticks = tuple(
        DraftMaterial(material.code, not missing, material.originals, material.copies, missing)
        for material in (rules.checklist(item, "") if item else ())
        if material.need is not Need.OPTIONAL
    )
    person = events.Person(line.name, "111", line.id_number, line.phone, line.address)
    return Draft(
        "", applicant=person, task_code=item.task_code if item else "", fields=line.values, materials=ticks, again=again
    )


def _line_of(line: Line) -> RollLine:
    said = line.values
    return RollLine(
        said.get("name", ""),
        said.get("id_number", ""),
        said.get("phone", ""),
        said.get("address", ""),
        {key.removeprefix("values."): value for key, value in said.items() if key.startswith("values.")},
        said.get("missing", ""),
    )
