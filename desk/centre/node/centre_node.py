"""A centre: its keys, its own log, its clerks' moves, and the list of cases.

Who may speak to it is in `nodes`, what it takes in `taking`, what it tells in `telling`. A centre is a node like any
other: whatever a clerk does is an entry of its own chain. The list of cases is the fold of all entries, rewritten in
the transaction that added them.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec
import sqlalchemy as sa

from db.centre import copies, records, rows
from db.centre.database import Database, owner
from db.centre.hosts import prints
from db.centre.hosts.ends import Ends
from db.centre.line.engine import USUAL, Line
from db.centre.lists import case_rows, change_rows
from db.files import private
from desk import clock
from desk.centre.node import verifying
from desk.centre.node.document_numbers import given_number
from desk.centre.node.filing import Filed, filed
from desk.centre.node.hosts import host_keys
from desk.centre.node.hosts.host_keys import BOX_FILE, DB_FILE, KEYS_FILE
from desk.centre.node.judging import Judge
from desk.centre.node.pictures.keeping import IN_DATABASE, Pictures, Where
from desk.centre.node.projection import Alike, case_row, entry_row, note_files, record_row
from desk.centre.node.publications import Publications
from desk.errors import RefusedError
from desk.folds import case as cases
from desk.folds import organs
from desk.folds.office import families
from desk.law import numbers
from desk.log import chain, events
from desk.log.duty.duty_events import INTERNAL
from desk.sync.protocol import wire

AUTHORITY = "authority.pem"
MOVED = "moved"  # when and where to a database was moved
_PIECE = 1000  # subjects that are folded together
_log = logging.getLogger("desk.centre")


class RefusedBatchError(Exception):
    """A batch that is not taken: the problem to answer with. Nothing was written."""

    def __init__(self, problem: wire.ProblemAnswer) -> None:
        super().__init__(problem.code)
        self.problem = problem


class Own(msgspec.Struct, frozen=True):
    """Something the centre appends: who did it, what, about what, and which point should hear of it."""

    author: str
    kind: str
    subject: str
    data: events.Data | msgspec.Raw
    audience: str
    time: str = ""  # of a fact that was said before and got lost
    rank: int = 0


def create(folder: Path, code: str, name: str, url: str = "") -> None:
    """Make a centre in `folder` for the division `code` (6 digits), in a database that is empty. Raises RefusedError
    when one is there, in the folder or in the database; nothing is written then."""
    node = f"{code}000000-00"
    if not numbers.is_node(node):
        raise RefusedError("旗县代码应为 6 位数字。", "没有建中心。", "请查民政部门的区划代码。")
    where = url or f"sqlite:///{folder / DB_FILE}"
    with host_keys.in_words():
        if (folder / KEYS_FILE).exists():
            raise RefusedError("这个文件夹里已经有一个中心。", "原有数据没有改动。")
        if found := owner(where):
            raise _taken(f"这个数据库已经是另一个中心（{found}）的。")
        if not copies.is_empty(where):
            raise _taken("这个数据库不是空的。")
    host_keys.make(folder)
    try:
        keys, box = host_keys.keys_of(folder), host_keys.box_of(folder)
        database = Database(where, box)
        try:
            with database.write() as db:
                if rows.value(db, "node"):  # somebody was faster
                    raise _taken("这个数据库刚刚建成了另一个中心。")
                prints.put(db, host_keys.fingerprint(keys), box)
                rows.set_value(db, "node", node)
                rows.set_value(db, "name", name)
        finally:
            database.close()
    except BaseException:
        host_keys.unmake(folder)
        raise


def _taken(happened: str) -> RefusedError:
    return RefusedError(happened, "没有建中心，原有数据没有改动。", "请给新的中心另用一个空数据库。")


class Centre:
    """An open centre. Thread-safe: one writer at a time, snapshots for readers."""

    def __init__(
        self,
        folder: Path,
        url: str = "",
        tell: clock.Clock = clock.now,
        line: Line = USUAL,
        where: Where = IN_DATABASE,
    ) -> None:
        """Open the centre in `folder`, with its pictures `where` they lie. Raises RefusedError when there is none, or
        the database is not its own, or its secrets are not whole; nothing is written then."""
        self.keys = host_keys.keys_of(folder)
        box = host_keys.box_of(folder)
        for name in (KEYS_FILE, BOX_FILE, AUTHORITY):
            if (folder / name).is_file():
                private(folder / name)
        ends = Ends(folder / host_keys.END_FILE)
        self.database = host_keys.opened(url or f"sqlite:///{folder / DB_FILE}", self.keys, box, line, ends)
        self.pictures = Pictures(self.database, where, host_keys.fingerprint(self.keys))
        self.folder, self._authority = folder, folder / AUTHORITY
        self.tell = tell
        self.speakers: dict[str, tuple[bytes, ...]] = {}  # keys of nodes that spoke the highest version; a hint alone
        self.publications = Publications(self.today)
        with self.database.read() as db:
            self.node, self.name = rows.value(db, "node"), rows.value(db, "name")
            moved = rows.value(db, MOVED)
        if moved:
            self.database.close()
            when, _, there = moved.partition(" ")
            todo = "请把配置的 database（或 DAIBAN_CENTRE_DB）改成新的地址；要搬回来，用 desk centre move。"
            raise RefusedError(f"这个数据库已于 {clock.minute(when)} 搬到 {there}，没有打开。", "", todo)

    def close(self) -> None:
        """Close the database."""
        self.database.close()

    def authority(self) -> str:
        """PEM of our own certificate authority; "" when we have none."""
        return self._authority.read_text() if self._authority.is_file() else ""

    @property
    def code(self) -> str:
        """The division that this centre serves, 12 digits."""
        return self.node[:12]

    def now(self) -> str:
        """The centre's time."""
        return clock.stamp(self.tell())

    def today(self) -> dt.date:
        """The centre's day, in Beijing's zone."""
        return self.tell().astimezone(clock.BEIJING).date()

    def case_numbers(self, db: sa.Connection, count: int) -> list[str]:
        """The next `count` case numbers 办件编号 of today."""
        day = f"{self.today():%Y%m%d}"
        first = rows.next_numbers(db, day, count)
        serials = [f"{serial:06d}" for serial in range(first, first + count)]
        return numbers.checked(f"{self.node[:6]}{day}", serials)

    # -- our own log -------------------------------------------------------------------------------------------

    def append(self, db: sa.Connection, own: Sequence[Own], ranks: dict[str, int]) -> list[chain.Kept]:
        """Append to our own log; `ranks` holds the highest known of each subject and is brought up to date."""
        seq, head = rows.own_end(db)
        prev = head or chain.GENESIS
        made: list[chain.Kept] = []
        now = self.now()
        for number, fact in enumerate(own, seq + 1):
            kept = chain.make(
                node=self.node,
                seq=number,
                prev=prev,
                time=fact.time or now,
                author=fact.author,
                kind=fact.kind,
                subject=fact.subject,
                rank=fact.rank or ranks.get(fact.subject, 0) + 1,
                data=fact.data,
            )
            ranks[fact.subject] = kept.entry.rank
            prev = kept.hash
            made.append(kept)
        rows.add_entries(db, [entry_row(kept, now, fact.audience) for kept, fact in zip(made, own, strict=True)])
        rows.set_own_end(db, seq + len(made), prev)
        if any(fact.audience == "*" for fact in own):
            self.publications.stale()
        else:
            self.publications.grown(head, prev)
        return made

    def add(
        self, db: sa.Connection, own: Sequence[Own], known: dict[str, list[chain.Entry]] | None = None
    ) -> list[chain.Kept]:
        """Append, each after all that is known of its subject; `known` where the caller has looked that up already."""
        if known is None:
            known = self.about(db, list(dict.fromkeys(one.subject for one in own)))
        return self.append(db, own, ranks(known))

    def act(
        self, author: str, kind: str, intake_no: str, data: events.Data, seen: int, papers: Sequence[bytes] = ()
    ) -> None:
        """A clerk's move. `seen` is how many entries of the case the clerk had before the eyes; `papers` the bytes of
        the files that `data` names, in its order, kept with the move or not at all.

        Raises RefusedError when someone else moved it meanwhile, or the state or the law (`desk.folds.case_acts`) does
        not allow it, whoever asks: nothing is written.
        """
        laid = [self.pictures.lay(one) for one in papers]
        with self.database.write() as db:
            entries = self.about(db, [intake_no])[intake_no]
            case = cases.fold(entries)
            if case is None:
                raise RefusedError("没有这件办件。")
            must_have_seen(entries, seen)
            self.judge().must_allow_move(db, author, case, kind, data)
            data = given_number(db, self._organ(case, data), self.tell(), kind, data)
            own = Own(author, kind, intake_no, data, "" if kind in INTERNAL else case.collected.point_code)
            made = self.add(db, [own], {intake_no: entries})
            note_files(db, [data])
            for one in laid:
                rows.finish_file(db, one, self.now())
            self.project(db, {intake_no: [*entries, made[0].entry]})

    def _organ(self, case: cases.Case, data: events.Data) -> organs.Organ:
        said = str(getattr(data, "org", ""))
        return organs.of_case(case, said, self.publications.bodies, self.today())

    def judge(self) -> Judge:
        """Who may do what, by the law as it is published here and the day."""
        return Judge(self.publications, self.node, self.today())

    def say(self, author: str, kind: str, subject: str, data: events.Data, seen: int | None = None) -> None:
        """Append to a record of the office (`desk.folds.office`). `seen` as in `act`; None looks at nothing.

        Raises RefusedError when someone else went on with it meanwhile, or its family does not allow the step.
        """
        with self.database.write() as db:
            self.say_in(db, [Own(author, kind, subject, data, "")], seen)

    def say_in(self, db: sa.Connection, own: Sequence[Own], seen: int | None = None) -> None:
        """As `say`, for several, in a transaction of the caller's."""
        entries = self.about(db, list(dict.fromkeys(fact.subject for fact in own)))
        for fact in own:
            known = self.telling(fact.subject, entries[fact.subject])
            if not isinstance(fact.data, msgspec.Raw):
                self.judge().must_allow_step(db, fact.author, fact.subject, fact.kind, fact.data, known)
            if seen is not None:
                must_have_seen(known, seen)
        for made in self.add(db, own, entries):
            entries[made.entry.subject].append(made.entry)
        self.project_records(db, entries)

    def project(self, db: sa.Connection, found: dict[str, list[chain.Entry]]) -> None:
        """Bring the list of cases up to date for these subjects."""
        folded = ((cases.fold(entries), len(entries)) for entries in found.values())
        self.put_cases(db, [(case, count) for case, count in folded if case])

    def put_cases(
        self,
        db: sa.Connection,
        folded: Sequence[tuple[cases.Case, int]],
        were: Mapping[str, case_rows.Was] | None = None,
    ) -> None:
        """Write the rows of cases that are folded already; with each, how many entries tell of it. `were`: how those
        stood there that did, where the caller has looked that up."""
        if not folded:
            return
        self.publications.refresh(self.node, db)
        if were is None:
            were = case_rows.were(db, [case.intake_no for case, _ in folded])
        alike = self.publications.kept("alike", lambda: Alike(self.publications.law))
        made = (case_row(case, count, alike.listed(case), self.lies(case), self.database.box) for case, count in folded)
        case_rows.put_cases(db, list(made), were)

    def lies(self, case: cases.Case) -> Filed:
        """Before whom `case` lies by the bodies that are published."""
        ref = case.collected.item
        item = self.publications.item(ref.task_code, ref.version)
        return filed(self.publications.bodies, item, case)

    def project_records(self, db: sa.Connection, found: dict[str, list[chain.Entry]]) -> None:
        """Bring the office's records up to date for these subjects."""
        telling = {key: self.telling(key, entries) for key, entries in found.items() if families.family_of(key)}
        made = (record_row(key, entries, len(entries)) for key, entries in telling.items())
        records.put_records(db, [row for row in made if row])

    def telling(self, subject: str, entries: list[chain.Entry]) -> list[chain.Entry]:
        """Those of the entries about a record that count: of a record that goes upward those that its family says, of
        all others our own alone, for whatever another centre writes of them is none of its business."""
        family = families.family_of(subject)
        if family in families.UPWARD:
            return families.counting(family, entries, self.node)
        return [one for one in entries if one.node == self.node]

    def about(
        self, db: sa.Connection, subjects: Sequence[str], but: tuple[str, int] = ("", 0)
    ) -> dict[str, list[chain.Entry]]:
        """All entries about these subjects, but those of a node from a seq on that the caller holds."""
        return {key: [chain.decoded(one) for one in value] for key, value in rows.about(db, subjects, but).items()}

    # -- reading -----------------------------------------------------------------------------------------------

    def case(self, intake_no: str) -> tuple[cases.Case, int] | None:
        """A case as all entries tell it, and how many there are; `publications` holds what is published by then."""
        with self.database.read() as db:
            self.publications.refresh(self.node, db)
            entries = self.about(db, [intake_no])[intake_no]
        case = cases.fold(entries)
        return (case, len(entries)) if case else None

    def rebuild(self) -> int:
        """Make the list of cases again from the logs; how many there are."""
        with self.database.write() as db:
            case_rows.clear_cases(db)
            count = 0
            for found in self._pieces(db, "case."):
                self.project(db, found)
                note_files(db, (events.decode(one.kind, one.data) for entries in found.values() for one in entries))
                count += len(found)
            records.clear_records(db)
            for family in families.FAMILIES:
                teller = "" if family in families.UPWARD else self.node
                for found in self._pieces(db, f"{family}.", f"{family}:", teller):
                    self.project_records(db, found)
        return count

    def _pieces(
        self, db: sa.Connection, kinds: str, family: str = "", teller: str = ""
    ) -> Iterator[dict[str, list[chain.Entry]]]:
        """The subjects that entries of such kinds are about, with all their entries: so many together as fit in memory
        however many there are."""
        after = ""
        while subjects := change_rows.subjects_after(db, kinds, after, _PIECE, family, teller):
            yield self.about(db, subjects)
            after = subjects[-1]

    def verify(self) -> dict[str, int]:
        """Check every chain; entries that hold, by node. Raises BrokenLogError at the first that does not."""
        return verifying.verify(self.database, self.node)


def ranks(known: dict[str, list[chain.Entry]]) -> dict[str, int]:
    """The highest rank of each subject, 0 where nothing is known of it."""
    return {subject: max((one.rank for one in entries), default=0) for subject, entries in known.items()}


def must_have_seen(entries: Sequence[chain.Entry], seen: int) -> None:
    """Raise RefusedError: somebody else went on with it meanwhile."""
    must_still_be(len(entries), seen)


def must_still_be(count: int, seen: int) -> None:
    """The same for how many entries there are."""
    if count != seen:
        raise RefusedError("这一件刚刚被别人办理过，页面上的内容已经过时。", "没有改动。", "请看清最新记录再办。")
