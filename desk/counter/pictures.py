"""Pictures and scans: kept in the encrypted database under their hash; entries name them, sync carries them later.

A picture is made of an original, the file as it was given: which, and how it was turned and cropped, is written down
here, so that each change begins at the original and can be taken back.
"""

from __future__ import annotations

import contextlib
import hashlib
from pathlib import Path

import msgspec

from db.desk import picture_rows
from desk import clock
from desk.counter.session import Session
from desk.errors import RefusedError
from desk.log.files import FileRef
from desk.store.originals import Originals

MOST = 8 << 20  # bytes of one picture as kept
Part = tuple[int, int, int, int]  # left, top, width, height
OFD = "application/ofd"  # GB/T 33190; kept beside pictures of its pages, for its seal is in the file alone
_KINDS = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG": "image/png", b"%PDF": "application/pdf", b"PK\3\4": OFD}


class Made(msgspec.Struct, frozen=True):
    """How a picture was made: a `page` of the file `original` (SHA-256) called `name`; of it the `part`, in pixels of
    the upright page ((0, 0, 0, 0) is all of it), turned by `turns` quarters to the right."""

    original: str
    name: str
    page: int = 0
    part: Part = (0, 0, 0, 0)
    turns: int = 0


class Pictures:
    """The drawer of pictures, and beside it the one of their originals."""

    def __init__(self, session: Session, folder: Path) -> None:
        self._session = session
        self._originals = Originals(session.store, folder)

    def keep(self, data: bytes, name: str, of: Made | None = None) -> FileRef:
        """Keep a picture, and of what it was made; durable when it returns. Raises RefusedError for what is no picture
        or is too large."""
        kind = next((kind for start, kind in _KINDS.items() if data.startswith(start)), "")
        if not kind or (kind == OFD and not name.lower().endswith(".ofd")):
            raise RefusedError("这个文件不是图片（JPG、PNG）、PDF 或 OFD。", "没有加入。", "请换一个文件。")
        if len(data) > MOST:
            raise RefusedError(f"文件有 {len(data) >> 20} MB，超过 {MOST >> 20} MB。", "没有加入。", "请重新拍小一些。")
        made = FileRef(hashlib.sha256(data).hexdigest(), name[:100], len(data), kind)
        row = {
            "sha256": made.sha256,
            "kind": kind,
            "name": made.name,
            "size": made.size,
            "kept_at": clock.stamp(self._session.store.tell()),
            "bytes": data,
        }
        with self._session.store.write() as db:
            picture_rows.put_file(db, row)
            if of is not None:
                picture_rows.put_made(db, made.sha256, msgspec.json.encode(of))
        return made

    def keep_original(self, data: bytes) -> str:
        """Keep a file as it was given; its SHA-256. A disk that has no room for it keeps no picture back."""
        sha256 = hashlib.sha256(data).hexdigest()
        with contextlib.suppress(OSError):
            self._originals.keep(sha256, data)
        return sha256

    def _elsewhere(self, sha256: str) -> RefusedError:
        """Why it is not here; where another window named it, it is asked for."""
        with self._session.store.read() as db:
            found = picture_rows.near(db, sha256)
        if found is None:
            return RefusedError("这张图片不在本机。", "办件没有改动。", "可能是在另一台终端上拍的。")
        if not found["asked"]:
            with self._session.store.write() as db:
                picture_rows.ask_near(db, sha256)
        return RefusedError(
            "这张图片在另一个窗口拍的，还没有到本机，已去取。",
            "办件没有改动。",
            "打开了“大厅”互通时几秒就到，过一会儿再看；那个窗口关着时，等它开机。",
        )

    def original(self, ref: FileRef) -> tuple[Made, bytes]:
        """How a picture was made and the file it was made of. Without that file, as on another machine, the picture is
        its own original. Raises RefusedError as `read`."""
        with self._session.store.read() as db:
            body = picture_rows.made(db, ref.sha256)
            made = None if body is None else msgspec.json.decode(body, type=Made)
            kept = picture_rows.file(db, made.original) if made else None
        data = self._originals.read(made.original) if made else None
        if data is None and kept is not None:
            data = bytes(kept["bytes"])
        if made is None or data is None:
            return Made(ref.sha256, ref.name), self.read(ref.sha256)
        return made, data

    def read(self, sha256: str) -> bytes:
        """The bytes of a picture. Raises RefusedError when they are not on this machine or do not fit their hash."""
        with self._session.store.read() as db:
            picture = picture_rows.file(db, sha256)
        if picture is None:
            raise self._elsewhere(sha256)
        data = bytes(picture["bytes"])
        if hashlib.sha256(data).hexdigest() != sha256:
            raise RefusedError("这张图片已损坏。", "原样保留，没有删除。", "请从备份恢复，或重新拍摄。")
        return data
