"""What the platform above takes over: rows of GB/T 39046-2020, a file a table, of what changed since the last batch.

A batch is a cut through the logs, up to where each node's stood when it was made; the batch before is another. A row
is what the entries up to a cut say, so the difference of two cuts is what changed, and nothing has to remember what was
handed over. Keys are stable: a row that comes twice takes its own place. Personal numbers stand in full, for the taker
is entitled to them: the files are ours alone to read, and the act is an entry of our chain before there is one.
"""

from __future__ import annotations

import datetime as dt
import getpass
import hashlib
import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, Any

import msgspec
import sqlalchemy as sa

from db.centre import rows
from db.centre.lists import change_rows
from db.errors import BusyError
from db.files import FolderLock, flush, flush_folder, write_whole
from desk import clock, doors
from desk.centre.node.centre_node import Centre, Own
from desk.centre.watch.handed_rows import KINDS, Facts, Found, changed, sample_rows
from desk.errors import UNREADABLE, RefusedError
from desk.folds import records as point_records
from desk.log import events
from desk.log.chain import Entry
from desk.standard.tables import STANDARD, TABLES, time

MANIFEST = "batch.json"
_MARK, _SERIAL = "handover.mark", "handover.serial"  # the last cut; day and number of the last batch
_SAMPLE = "sample"
_PAGE = 500  # entries looked at together


class Cut(msgspec.Struct, frozen=True):
    """Up to where each node's log counts. Another `epoch` began when the centre came back from a backup: what was cut
    before says nothing of the logs after it."""

    epoch: int = 0
    nodes: dict[str, int] = {}

    def has(self, node: str, seq: int) -> bool:
        """Whether an entry is on this side of it."""
        return seq <= self.nodes.get(node, 0)


class Written(msgspec.Struct, frozen=True):
    """One file of a batch: its rows by what is to be done with them, bytes and digest; `not_held`: columns that are
    null because we have nothing for them; `too_long`: how many values are longer than the standard has room for."""

    file: str
    table: int
    name: str
    rows: int
    inserted: int
    updated: int
    deleted: int
    size: int
    sha256: str
    not_held: tuple[str, ...]
    too_long: dict[str, int]


class Batch(msgspec.Struct, frozen=True):
    """A batch as `batch.json` tells it. `after` is where it begins, `mark` where it ends: the next one's beginning."""

    batch: str
    made: str
    centre: str
    division: str
    standard: str
    tables: tuple[Written, ...]
    after: Cut
    mark: Cut
    v: int = 1

    @property
    def rows(self) -> int:
        """All rows of it."""
        return sum(one.rows for one in self.tables)


def export(
    centre: Centre, target: Path, *, since: dt.date | None = None, after: Path | None = None, whole: bool = False
) -> tuple[Batch, Path]:
    """Write the next batch into a folder of its own in `target`, whole or not at all; it, and where it is.

    It begins where the last one ended; or on the day `since`, or where the batch ended whose `batch.json` is `after`,
    for a taker who lost something: these two leave the place of the next one as it was. `whole`: from the beginning.
    Raises RefusedError; OSError when there is no room.
    """
    target.mkdir(parents=True, exist_ok=True)
    try:
        lock = FolderLock(target)
    except BusyError as error:
        raise RefusedError("另一个导出正在写这个文件夹。", "没有导出。", "请等它完成，或换一个文件夹。") from error
    try:
        for stale in target.glob(f".{centre.code[:6]}-*.part"):
            shutil.rmtree(stale)  # of one that was killed
        begin = Cut() if whole else _begin(centre, since, after)
        batch, made, end = _opened(centre)
        part = target / f".{batch}.part"
        try:
            written = _write(centre, part, Batch(batch, made, centre.name, centre.code, STANDARD, (), begin, end))
            place = target / batch
            part.rename(place)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise
        flush_folder(target)
    finally:
        lock.release()
    if since is None and after is None:
        with centre.database.write() as db:
            rows.set_value(db, _MARK, msgspec.json.encode(end).decode())
    return written, place


def _begin(centre: Centre, since: dt.date | None, after: Path | None) -> Cut:
    """Where the batch begins."""
    with centre.database.read() as db:
        epoch = _epoch(db)
        if since is not None:
            day = clock.stamp(dt.datetime.combine(since, dt.time(), clock.BEIJING))
            known = change_rows.ends(db, centre.node)
            return Cut(epoch, {name: change_rows.last_before(db, name, have, day) for name, have in known.items()})
        if after is None:
            kept = rows.value(db, _MARK)
            mark = msgspec.json.decode(kept, type=Cut) if kept else Cut()
            return mark if mark.epoch == epoch else Cut()
    try:
        before = msgspec.json.decode(doors.read_file(after, doors.PUBLISHED, "没有导出。"), type=Batch)
    except (OSError, *UNREADABLE) as error:
        raise RefusedError(f"读不了批次清单 {after}。", "没有导出。", f"请指向以前某一批里的 {MANIFEST}。") from error
    if before.division != centre.code:
        raise RefusedError("这份批次清单是别的中心的。", "没有导出。")
    if before.mark.epoch != epoch:
        raise RefusedError("这一批以后，中心从备份恢复过。", "没有导出。", "请用 --whole 从头导出一次。")
    return before.mark


def _epoch(db: sa.Connection) -> int:
    return int(rows.value(db, "epoch") or 1)


def _opened(centre: Centre) -> tuple[str, str, Cut]:
    """The number and the time of a new batch, and its cut: nobody writes to the log meanwhile. That all numbers are
    looked at is told in our chain first (个人信息保护法§51, §55)."""
    with centre.database.write() as db:
        day = f"{centre.today():%Y%m%d}"
        last, _, serial = rows.value(db, _SERIAL).partition(".")
        number = int(serial) + 1 if last == day else 1
        rows.set_value(db, _SERIAL, f"{day}.{number}")
        batch, made = f"{centre.code[:6]}-{day}-{number:04d}", centre.now()
        seen = events.PersonSeen(_who(), f"向上级平台移交数据（批次 {batch}）", "移交的全部证件号码、电话和住址")
        centre.add(db, [Own("", "person.seen", f"seen:export:{batch}", seen, "")])
        return batch, made, Cut(_epoch(db), change_rows.ends(db, centre.node))


def _who() -> str:
    """The account on the server of whoever runs it."""
    try:
        return f"服务器账号 {getpass.getuser()}"
    except (OSError, KeyError, ImportError):
        return "服务器上"


# -- the files -----------------------------------------------------------------------------------------------------


class _File:
    """A file that grows row by row, hashed and counted on its way."""

    def __init__(self, folder: Path, name: str) -> None:
        self.table = TABLES[name]
        self.name = f"{name}.ndjson"
        self._digest, self._size, self._too_long = hashlib.sha256(), 0, dict[str, int]()
        self._counts = {"I": 0, "U": 0, "D": 0}
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        self.out: IO[bytes] = os.fdopen(os.open(folder / self.name, flags, 0o600), "wb")

    def add(self, row: dict[str, Any]) -> None:
        line = msgspec.json.encode(row) + b"\n"
        self.out.write(line)
        self._digest.update(line)
        self._size += len(line)
        self._counts[row["cd_operation"]] += 1
        for name in self.table.too_long(row):
            self._too_long[name] = self._too_long.get(name, 0) + 1

    def done(self) -> Written:
        self.out.flush()
        flush(self.out.fileno())
        counts, table = self._counts, self.table
        return Written(
            self.name,
            table.number,
            table.words,
            sum(counts.values()),
            counts["I"],
            counts["U"],
            counts["D"],
            self._size,
            self._digest.hexdigest(),
            tuple(one.name for one in table.columns if not one.held),
            self._too_long,
        )


class _Files:
    """All files of a batch, in a folder that nobody else may enter."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700)
        self._files = {name: _File(folder, name) for name in TABLES}

    def __enter__(self) -> _Files:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for one in self._files.values():
            one.out.close()

    def add(self, table: str, row: dict[str, Any]) -> None:
        self._files[table].add(row)

    def done(self) -> tuple[Written, ...]:
        return tuple(one.done() for one in self._files.values())


def _write(centre: Centre, part: Path, batch: Batch) -> Batch:
    """The files of the batch in `part`, and what is in them."""
    with _Files(part) as files:
        for found in _changes(centre, batch.after, batch.mark):
            marks = {"cd_batch": batch.batch, "cd_operation": found.operation, "cd_time": time(batch.made)}
            files.add(found.table, {"cd_key": found.key, **marks, **found.row})
        told = msgspec.structs.replace(batch, tables=files.done())
    write_whole(part / MANIFEST, msgspec.json.format(msgspec.json.encode(told), indent=1))
    return told


def _changes(centre: Centre, begin: Cut, end: Cut) -> Iterator[Found]:
    """Every row that is another at `end` than it was at `begin`. A subject is looked at once, with the first of its
    entries in between, so that no more is in memory than a page."""
    with centre.database.read() as db:
        told = centre.about(db, [_SAMPLE])[_SAMPLE]
        stood, stands = (_has_sample([one for one in told if cut.has(one.node, one.seq)]) for cut in (begin, end))
        names = change_rows.point_names(db)
        facts = Facts(centre, names, is_first=not begin.nodes, stood=stood, stands=stands)
    for node in sorted(end.nodes):
        at, until = begin.nodes.get(node, 0), end.nodes[node]
        while at < until:
            with centre.database.read() as db:
                page = change_rows.page(db, node, at, until, KINDS, _PAGE)
                found = list(_of_page(db, facts, node, page, begin, end))
            yield from found
            if len(page) < _PAGE:
                break
            at = page[-1][0]
    yield from sample_rows(facts)


def _has_sample(entries: Sequence[Entry]) -> bool:
    said = point_records.sample(entries)
    return said is None or said.state == "stands"


def _of_page(
    db: sa.Connection, facts: Facts, node: str, page: list[tuple[int, str]], begin: Cut, end: Cut
) -> Iterator[Found]:
    first: dict[str, int] = {}
    for seq, subject in page:
        first.setdefault(subject, seq)
    mine = []
    for subject, places in change_rows.places(db, first, KINDS).items():
        between = [one for one in places if end.has(*one) and not begin.has(*one)]
        if min(between) == (node, first[subject]):
            mine.append(subject)
    facts.look_up(db, mine)
    for subject, entries in facts.centre.about(db, mine).items():
        then = [one for one in entries if begin.has(one.node, one.seq)]
        now = [one for one in entries if end.has(one.node, one.seq)]
        yield from changed(facts, subject, then, now)
