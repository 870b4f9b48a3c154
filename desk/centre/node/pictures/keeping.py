"""Where a centre's pictures lie, and how they come there and back.

A picture's bytes are laid first, durably, and its row names them after (`Laid`, `db.centre.pictures.picture_rows`):
whatever is cut off between leaves bytes that a sweep takes, never a row without them. Reading looks at the hash.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import secrets
import threading
import time
from collections.abc import Iterable
from pathlib import Path

import msgspec

from db.centre import rows
from db.centre.database import Database
from db.centre.part_rows import Part
from db.centre.pictures import picture_rows
from db.centre.pictures.bucket import Bucket
from db.centre.pictures.folder import Folder
from db.centre.pictures.picture_rows import Lying, place_of_file, place_of_part
from db.centre.pictures.places import DATABASE, FOLDER, NAMES, S3, Laid, Place, PlaceError
from db.centre.rows import Row
from db.errors import WrongKeyError
from desk.errors import SurroundingsError

_log = logging.getLogger("desk.centre")
_TRIES = 3  # looks for one that is being moved


class Where(msgspec.Struct, frozen=True):
    """What the settings say of pictures: where new ones go (DATABASE, FOLDER or S3), and where the places are; ""
    where there is none."""

    to: str = DATABASE
    folder: str = ""
    bucket: str = ""
    region: str = ""
    in_host: bool = False
    key_id: str = ""
    secret: str = ""


IN_DATABASE = Where()


class Looked(msgspec.Struct, frozen=True):
    """What lies of a picture at a place: sealed as it lies, opened where it fits its name, else what is wrong."""

    sealed: bytes | None = None
    data: bytes | None = None
    why: str = ""


class LostPictureError(SurroundingsError):
    """A picture that should be whole is not: missing, damaged, or its place is away."""


class PlaceAwayError(SurroundingsError):
    """The place for new pictures takes none just now."""

    def __init__(self, error: PlaceError) -> None:
        super().__init__(f"图片现在存不下：{error.words}。", "没有改动。", "请过一会儿再试。")
        self.is_full = error.is_full


class Pictures:
    """The pictures of one centre. Thread-safe."""

    def __init__(self, database: Database, where: Where, owner: str) -> None:
        """`owner`: by which its places are known as this centre's."""
        self.where = where
        self._database, self.owner = database, owner
        self._open: dict[str, Place] = {}
        self._turn = threading.Lock()

    def place(self, kind: str, *, anew: bool = False) -> Place:
        """A place outside the database, made sure to be ours; `anew`, one without a mark becomes that though rows name
        what should lie there. Raises PlaceError."""
        with self._turn:
            if kind not in self._open:
                made = self._made(kind)
                with self._database.read() as db:
                    is_new = anew or not picture_rows.is_named(db, kind)
                made.own(self.owner, is_new=is_new)
                self._open[kind] = made
            return self._open[kind]

    def _made(self, kind: str) -> Place:
        if kind == FOLDER and self.where.folder:
            return Folder(Path(self.where.folder))
        if kind == S3 and self.where.bucket:
            to = self.where
            return Bucket(to.bucket, to.region, to.key_id, to.secret, in_host=to.in_host)
        raise PlaceError(f"配置里没有{NAMES.get(kind, kind)}在哪里。")

    def kinds(self) -> tuple[str, ...]:
        """The places outside the database that the settings name."""
        said = ((FOLDER, self.where.folder), (S3, self.where.bucket))
        return tuple(kind for kind, place in said if place)

    # -- laying ------------------------------------------------------------------------------------------------

    def lay(self, data: bytes, to: str | None = None) -> Laid:
        """A picture's bytes, durable where new ones go (or at `to`), for `rows.finish_file`. Raises
        PlaceAwayError."""
        sha256 = hashlib.sha256(data).hexdigest()
        return self._laid(sha256, data, place_of_file(sha256), self.where.to if to is None else to)

    def lay_part(self, sha256: str, node: str, at: int, data: bytes) -> Laid:
        """A part of one, under a name that nothing else has, for `part_rows.add_part`. Raises
        PlaceAwayError."""
        return self._laid(secrets.token_hex(32), data, place_of_part(sha256, node, at), self.where.to)

    def _laid(self, name: str, data: bytes, bound: bytes, to: str) -> Laid:
        sealed, now = self._database.box.seal(data, bound), time.monotonic()
        if to != DATABASE:
            try:
                self.place(to).put(name, sealed)
            except PlaceError as error:
                _log.error("a picture was not kept: %s", error.words)
                raise PlaceAwayError(error) from error
        return Laid(to, name, len(data), sealed, now)

    def let_go(self, parts: Iterable[Part]) -> None:
        """Parts that no row names any more, and none will again. What stays there for trouble is for the sweep."""
        for one in parts:
            if one.place != DATABASE:
                with contextlib.suppress(PlaceError):
                    self.place(one.place).drop(one.name)

    # -- reading -----------------------------------------------------------------------------------------------

    def joined(self, sha256: str, node: str, parts: Iterable[Part]) -> bytes | None:
        """What came of a picture from `node`; None where a part is missing or damaged. Raises PlaceAwayError."""
        found = []
        for one in parts:
            try:
                sealed = one.sealed if one.place == DATABASE else self.place(one.place).get(one.name)
                found.append(self._database.box.open(sealed or b"", place_of_part(sha256, node, one.at)))
            except PlaceError as error:
                raise PlaceAwayError(error) from error
            except WrongKeyError:
                return None
        return b"".join(found)

    def row(self, sha256: str) -> Row | None:
        """A picture with its bytes; None where it is not known or not here whole. Raises LostPictureError."""
        with self._database.read() as db:
            found = rows.one_file(db, sha256)
        if found is None or not found["done_at"]:
            return None
        return {**found, "bytes": self.read(sha256)}

    def read(self, sha256: str) -> bytes:
        """The bytes of a whole picture. Raises LostPictureError."""
        trouble = ""
        tried: set[str] = set()
        for _ in range(_TRIES):
            with self._database.read() as db:
                lying = picture_rows.where_is(db, sha256)
            if lying is None or lying.place in tried:  # it was not moved meanwhile
                break
            tried.add(lying.place)
            found = self.looked(lying)
            if found.data is not None:
                return found.data
            trouble = found.why
        for kind in self.kinds():  # a database that came back from a backup does not know where it was moved since
            data = None if kind in tried else self.looked(Lying(sha256, 0, kind, None)).data
            if data is not None:
                return data
        _log.error("a picture is lost", extra={"code": sha256[:16]})
        raise LostPictureError(
            f"这张图片的内容取不出来：{trouble or '中心没有它'}。",
            "办件和记录没有受影响。",
            "请告诉系统管理员：用 desk centre pictures check 查，用 desk centre pictures fetch 从图片备份取回。",
        )

    def looked(self, lying: Lying) -> Looked:
        """A picture from where it lies, or what is wrong with it there."""
        sha256, kind = lying.sha256, lying.place
        try:
            kept = lying.sealed if kind == DATABASE else self.place(kind).get(sha256)
        except PlaceError as error:
            return Looked(why=error.words)
        data, why = self.opened(sha256, kept, kind)
        return Looked(kept, data, why)

    def opened(self, sha256: str, kept: bytes | None, kind: str) -> tuple[bytes | None, str]:
        """What was sealed, where it opens and fits its name; else what is wrong with it."""
        if kept is None:
            return None, f"{NAMES[kind]}里没有"
        try:
            data = self._database.box.open(kept, place_of_file(sha256))
        except WrongKeyError:
            return None, f"{NAMES[kind]}里的坏了"
        return (data, "") if hashlib.sha256(data).hexdigest() == sha256 else (None, f"{NAMES[kind]}里的坏了")

    def trouble(self, sha256: str) -> str:
        """Why a whole picture cannot be shown, for a page; "" where it can."""
        try:
            self.read(sha256)
        except LostPictureError as error:
            return error.sentences()
        return ""
