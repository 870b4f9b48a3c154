"""转送村里的U盘: a village's agent brings a stick; the township carries it over its own network and writes the answers
back, now or when the stick comes next. It opens nothing of it."""

from __future__ import annotations

import contextlib
import hashlib
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import msgspec

from db.files import read_bounded
from desk import clock, doors
from desk.counter.session import Session
from desk.counter.township.villages import Villages
from desk.errors import CancelledError, DeskError, RefusedError
from desk.sync.courier import is_stick
from desk.sync.outcome import Cancelled, Report, SyncProgress
from desk.sync.protocol.relayed import PICS, File, Line
from desk.sync.relay import notes as relay_notes
from desk.sync.relay import relaying, shelf
from desk.sync.relay.notes import Note
from desk.sync.relay.shelf import OnStick, Shelf
from desk.sync.trust import calling

_KEPT = "盘上的文件没有动。"


class VillageTold(msgspec.Struct, frozen=True):
    """What an exchange did for one village; `point` "" for what could not be told whose it is. `files` are those that
    were taken from the stick now, `given` those that were written onto it, `waiting` those that wait for the centre."""

    point: str
    name: str
    files: int = 0
    waiting: int = 0
    given: int = 0
    lines: tuple[Line, ...] = ()


class Relayed(msgspec.Struct, frozen=True):
    """What an exchange did, village by village; `refused` what was not taken, `trouble` why the centre was not
    reached."""

    villages: tuple[VillageTold, ...]
    refused: tuple[str, ...] = ()
    trouble: str = ""


class Waits(msgspec.Struct, frozen=True):
    """A village whose files wait for the centre (`up`), or whose answers wait for a stick (`down`); the last stick in
    `note`. `point` "" for requests to be unlocked: which village's they are, only the centre can read."""

    point: str
    name: str
    up: int
    down: int
    note: Note


class Relay:
    """The township's end of its villages' sticks."""

    def __init__(self, session: Session, folder: Path) -> None:
        self._session, self._folder = session, folder
        self._villages = Villages(session)

    def waits(self) -> tuple[Waits, ...]:
        """What lies here for the centre and for the villages."""
        lying = Shelf(self._folder)
        up, down = _counted(lying.waiting()), _counted(lying.answers())
        with self._session.store.read() as db:
            known = relay_notes.notes(db)
        names = self._names()
        return tuple(
            Waits(one, names.get(one, ""), up[one], down[one], known.get(one, Note())) for one in sorted({*up, *down})
        )

    def exchange(self, place: Path, report: Report, cancelled: Cancelled) -> Relayed:
        """Take a stick's files, carry what waits to the centre, write what came back for its desks onto it. Without a
        line all of it stays here for the next sync.

        Raises RefusedError, SurroundingsError, CancelledError; what was done until then stays.
        """
        who, stick = self._session.identity, is_stick(place)
        if who.practice or not who.enrolled or not self._villages.has_any:
            raise RefusedError("只有已入网的苏木乡镇终端可以转送村里的U盘。", _KEPT)
        with self._session.line:
            return self._exchange(stick, report, cancelled)

    def _exchange(self, stick: Path, report: Report, cancelled: Cancelled) -> Relayed:
        names, lying = self._names(), Shelf(self._folder)
        lying.sweep()

        def check() -> None:
            if cancelled():
                raise CancelledError("已停下。", "收下的文件都在本机。", "再插一次这个盘，从停下的地方接着。")

        found = shelf.look(stick, names, self._session.identity.centre_keys.seal, check)
        taken = self._take(lying, found, report, check)
        lines = list[Line]()
        trouble = self._carry(lying, lines.extend, report, cancelled)
        given = self._give(lying, found, stick, report, check)
        up, points = _counted(lying.waiting()), {one.node[:12] for one in lines}
        told = (
            VillageTold(
                one,
                names.get(one, ""),
                taken[one],
                up[one],
                given[one],
                tuple(line for line in lines if line.node[:12] == one),
            )
            for one in sorted({*taken, *given, *points})
        )
        return Relayed(tuple(told), found.refused, trouble)

    def _names(self) -> dict[str, str]:
        return {one.point: one.name for one in self._villages.all()}

    def _take(self, lying: Shelf, found: OnStick, report: Report, check: Callable[[], None]) -> Counter[str]:
        """Keep what lies on the stick; a part of a picture that was carried before need not go again."""
        store = self._session.store
        home = min(found.nodes, default="")[:12]  # of a request to be unlocked, whose name tells no village
        with store.read() as db:
            there = relay_notes.pictures_sent(db)
        taken = Counter[str]()
        for at, (file, path) in enumerate(found.files):
            check()
            report(SyncProgress("读取村里的U盘", at, len(found.files)))
            data = _bytes(path)
            if data and not (file.way == PICS and hashlib.sha256(data).hexdigest() in there):
                lying.keep(file, data)
                taken[file.node[:12] or home] += 1
        now = clock.stamp(store.tell())
        with store.write() as db:
            relay_notes.took(db, now, self._session.account.name, dict(taken))
            relay_notes.took_of(db, now, (file for file, _ in found.files))
        return taken

    def _carry(
        self, lying: Shelf, told: Callable[[tuple[Line, ...]], object], report: Report, cancelled: Cancelled
    ) -> str:
        """Why the centre was not reached; "" when it was."""
        if not lying.waiting():
            return ""
        who = self._session.identity
        try:
            with contextlib.closing(calling.link_to(self._session.store, who)) as link:
                calling.agree(self._session.store, who, link)
                relaying.carry(self._session.store, who, link, lying, report, cancelled, told)
        except CancelledError:
            raise
        except DeskError as error:
            return error.happened
        return ""

    def _give(
        self, lying: Shelf, found: OnStick, stick: Path, report: Report, check: Callable[[], None]
    ) -> Counter[str]:
        store, given = self._session.store, Counter[str]()
        answers = lying.answers_for(found)
        home = min(found.nodes, default="")[:12]
        for at, file in enumerate(answers):
            check()
            report(SyncProgress("把回信写到U盘", at, len(answers)))
            if lying.give(file, stick):
                given[file.node[:12] or home] += 1
        with store.write() as db:
            relay_notes.gave(db, clock.stamp(store.tell()), [*given])
        return given


def _counted(files: tuple[File, ...]) -> Counter[str]:
    """How many there are of each village; "" for requests to be unlocked."""
    return Counter(one.node[:12] for one in files)


def _bytes(path: Path) -> bytes:
    try:
        return read_bounded(path, doors.CARRIED.most)
    except OSError:
        return b""  # one bad place on the stick must not hide the other files
