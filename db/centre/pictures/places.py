"""What a place for pictures outside the database can do, and what lies there is called.

Names are 64 hexadecimal digits and nothing else, whoever says them: `path_of` is the one way from a name to where it
lies. What lies there is sealed (`db.centre.box`), bound to its row, and moves from place to place as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Protocol

import msgspec

from db.errors import StoreError

DATABASE, FOLDER, S3 = "", "folder", "s3"  # as rows have it
_FEW = 5000  # names that are looked at in one go
_PREFIXES = tuple(f"{one:02x}" for one in range(256))  # with which all names begin
MOST = (8 << 20) + 64  # bytes of what lies there, sealed
MARK = "daiban-pictures"  # says whose place it is
_NAME = re.compile(r"[0-9a-f]{64}", re.ASCII)


class PlaceError(StoreError):
    """A place cannot be used just now: not mounted, full, away, another centre's. The text is for a person."""

    def __init__(self, words: str, *, is_full: bool = False) -> None:
        self.words, self.is_full = words.rstrip("。"), is_full
        super().__init__(self.words)


class Found(msgspec.Struct, frozen=True):
    """Something that lies at a place: its name, its bytes as sealed, and since when by the place's clock (seconds)."""

    name: str
    size: int
    since: float


class Laid(msgspec.Struct, frozen=True):
    """Bytes that lie ready for the row that will name them. `sealed` is kept for the database to have where the place
    turns out not to be safe; `at` is when they were laid, by this machine's monotonic clock (seconds)."""

    place: str
    name: str
    size: int
    sealed: bytes
    at: float


class Place(Protocol):
    """A folder or a bucket. All raise PlaceError."""

    kind: str

    def put(self, name: str, sealed: bytes) -> None:
        """Keep, durable when it returns; what lay there under this name is replaced as a whole."""

    def get(self, name: str) -> bytes | None:
        """What lies there; None for nothing; no bytes at all for more than MOST, which is none of ours."""

    def size(self, name: str) -> int | None:
        """Its bytes as sealed; None for nothing."""

    def drop(self, name: str) -> None:
        """Let it go; nothing happens where there is nothing."""

    def listed(self, prefix: str) -> Iterator[Found]:
        """All whose names begin so (of `prefixes`)."""

    def tidy(self, before: float) -> int:
        """Let go what was begun before then (seconds) and never became whole; how many."""

    def room(self) -> int | None:
        """Bytes that are free; None where nobody can say."""

    def own(self, owner: str, *, is_new: bool) -> None:
        """Make sure that it is this centre's place. One without a mark becomes that where it `is_new`."""


def is_name(name: str) -> bool:
    """Whether something may be called that."""
    return _NAME.fullmatch(name) is not None


def path_of(name: str) -> str:
    """Where it lies below the place's root. Raises ValueError for anything but 64 hexadecimal digits."""
    if not is_name(name):
        raise ValueError("no name of a picture")
    return f"{name[:2]}/{name[2:4]}/{name}"


def prefixes(count: int) -> tuple[str, ...]:
    """With what names begin that are looked at together, where there are about so many of them."""
    return ("",) if count <= _FEW else _PREFIXES


def must_be_ours(kind: str, found: bytes | None, owner: str, *, is_new: bool) -> bool:
    """Whether the mark has to be written. Raises PlaceError for another centre's place, and for one that has lost its
    mark: a drive that is not mounted looks like an empty folder."""
    if found is None:
        if not is_new:
            raise PlaceError(f"{NAMES[kind]}里没有本中心的记号：可能没有挂载，或换了地方。")
        return True
    if found.decode(errors="replace").strip() != owner:
        raise PlaceError(f"{NAMES[kind]}是另一个中心的，没有用它。")
    return False


NAMES = {DATABASE: "数据库", FOLDER: "图片文件夹", S3: "S3 存储"}
