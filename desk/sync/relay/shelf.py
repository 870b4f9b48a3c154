"""What a township keeps of its villages' sticks: files on their way to the centre, answers on their way back.

They lie beside the database in the order of a stick, as they came: sealed to the centre or to a village's desk, so
nothing here opens them. They are in no backup; every stick brings again what the centre has not acknowledged.
"""

from __future__ import annotations

import contextlib
import functools
import re
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

import msgspec

from db.files import read_bounded, write_whole
from desk import doors
from desk.errors import SurroundingsError
from desk.sync.courier import FOLDER, called, files, put
from desk.sync.protocol import relayed
from desk.sync.protocol.relayed import DOWN, PICS, UNLOCK, UP, WAYS, File
from desk.sync.protocol.seal import MAGIC, is_sealed_to
from desk.sync.protocol.unlock import ANSWERED, ASKED
from desk.sync.protocol.unlock import MOST as MOST_OF_ASK

NAME = "relay"  # of the folder beside the database
MOST_FILES = 20_000
MOST_BYTES = 1 << 30
_MOST_ASKS = doors.UNLOCK.things  # to be unlocked, on one stick
_ASK_SECONDS = 14 * 24 * 3600  # that a request to be unlocked is asked again for its answer
_NUMBER = re.compile(r"[0-9]+", re.ASCII)
_FULL = "转送的文件太多，本机存不下了，请先同步。"


class OnStick(msgspec.Struct, frozen=True):
    """What a stick holds: `nodes` whose files lie there, files for the centre, and why others are not taken."""

    nodes: frozenset[str]
    files: tuple[tuple[File, Path], ...]
    refused: tuple[str, ...]


class Shelf:
    """The folder of a township's desk, for one exchange."""

    def __init__(self, folder: Path, most: int = MOST_BYTES) -> None:
        self._place, self._most = folder / NAME, most

    def keep(self, file: File, data: bytes) -> None:
        """Keep a file. Raises SurroundingsError; what was kept before stays."""
        path = self._path(file)
        self._room = files, left = self._room[0] - 1, self._room[1] - len(data)
        if files < 0 or left < 0:
            raise SurroundingsError(_FULL, "盘上的文件没有动。", "同步之后再插一次这个盘。")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, data)
        except OSError as error:
            raise SurroundingsError(
                f"本机磁盘写不进去（{error.strerror or error}）。", "盘上的文件没有动。", "请腾出空间再试。"
            ) from error

    @functools.cached_property
    def _room(self) -> tuple[int, int]:
        """How many files and bytes may still be kept; counted when the first one comes."""
        kept = (*self.waiting(), *self.answers())
        return MOST_FILES - len(kept), self._most - sum(one.size for one in kept)

    def sweep(self) -> None:
        """Take away what a power cut left half written. For whoever has the line, and nobody beside."""
        for path in (self._place / FOLDER).glob("*/.*.part"):
            with contextlib.suppress(OSError):
                path.unlink()

    def read(self, file: File) -> bytes:
        """A file that is kept; b"" where it is gone or cannot be read."""
        try:
            return self._path(file).read_bytes()
        except OSError:
            return b""

    def drop(self, file: File) -> None:
        """A file that is where it was to go. One that cannot be removed goes again: that changes nothing."""
        with contextlib.suppress(OSError):
            self._path(file).unlink(missing_ok=True)

    def waiting(self) -> tuple[File, ...]:
        """What waits for the centre, in the order in which it is to go."""
        if not self._place.is_dir():
            return ()
        return tuple(one for way in WAYS for one in sorted(self._in(way, ASKED), key=_order))

    def wants(self, file: File, now: float) -> bool:
        """Whether a file that the centre has seen is to be asked about again: a request to be unlocked, until its
        answer is here, for two people have to agree first. `now` in seconds of the machine's clock."""
        if file.way != UNLOCK or self._path(File(UNLOCK, file.name[:12] + ANSWERED, 0)).exists():
            return False
        with contextlib.suppress(OSError):
            return now - self._path(file).stat().st_mtime < _ASK_SECONDS
        return False

    def answers(self) -> tuple[File, ...]:
        """What waits for a stick."""
        return (*self._in(UNLOCK, ANSWERED), *sorted(self._in(DOWN), key=_order))

    def answers_for(self, stick: OnStick) -> tuple[File, ...]:
        """Those for the desks whose files lie on a stick; all of them, for one that brings nothing of any desk."""
        asked = {file.name[:12] for file, _ in stick.files if file.way == UNLOCK}
        is_bare = not stick.nodes and not asked
        return tuple(one for one in self.answers() if is_bare or one.node in stick.nodes or one.name[:12] in asked)

    def give(self, file: File, place: Path) -> bool:
        """Write an answer onto a stick, and let it go once it lies there whole; False where it is gone. Raises
        SurroundingsError."""
        data = self.read(file)
        if data:
            put(place / FOLDER / file.way / file.name, data)
        self.drop(file)
        return bool(data)

    def _in(self, way: str, ending: str = ".DBS") -> list[File]:
        wanted = ending if way == UNLOCK else ".DBS"
        try:
            found = [one for one in (self._place / FOLDER / way).iterdir() if one.suffix == wanted]
            return [File(way, one.name, one.stat().st_size) for one in found if relayed.is_name(way, one.name)]
        except OSError:
            return []

    def _path(self, file: File) -> Path:
        return self._place / FOLDER / file.way / file.name


def _order(file: File) -> tuple[str, list[int]]:
    """By desk, then by the numbers in the name: a log in its order, a picture's parts in theirs."""
    return file.node, [int(one) for one in _NUMBER.findall(file.name[15:])]


def look(place: Path, points: Collection[str], centre_seal: bytes, check: Callable[[], object]) -> OnStick:
    """What lies on a stick for the centre from desks of `points`. `check` may raise to stop. Raises SurroundingsError
    for a stick that cannot be read."""
    nodes, taken, refused = set[str](), list[tuple[File, Path]](), list[str]()
    for way, path, data in _lying(place, refused):
        check()
        file = File(way, path.name.upper(), min(len(data), relayed.LARGEST))
        words = _refusal(file, data, points, centre_seal)
        if words:
            refused.append(f"{called(path)}：{words}")
        else:
            nodes |= {file.node} - {""}
            taken.append((file, path))
    return OnStick(frozenset(nodes), tuple(taken), tuple(refused))


def _lying(place: Path, refused: list[str]) -> Iterator[tuple[str, Path, bytes]]:
    large: list[Path] = []
    for path in sorted((place / FOLDER / UNLOCK).glob(f"*{ASKED}"))[:_MOST_ASKS]:
        with contextlib.suppress(OSError):
            if not path.is_symlink():
                yield UNLOCK, path, read_bounded(path, MOST_OF_ASK)
    for way in (UP, PICS):
        for path, data in files(place, way, large):
            yield way, path, data
    refused += [f"{called(path)}：文件太大，没有收。" for path in large]


def _refusal(file: File, data: bytes, points: Collection[str], centre_seal: bytes) -> str:
    if not relayed.is_name(file.way, file.name):
        return "不是代办台写的文件，没有收。"
    if file.way == UNLOCK:
        return ""  # whose it is, only the centre can tell
    if file.node[:12] not in points:
        return "不是本苏木乡镇的村，没有收。"
    return "" if data[:4] == MAGIC and is_sealed_to(data, centre_seal) else "不是封给本旗中心的，没有收。"
