"""Pictures and scans: kept in the encrypted database under their hash; entries name them, sync carries them later."""

from __future__ import annotations

import hashlib

from db.desk import picture_rows
from desk import clock
from desk.counter.session import Session
from desk.errors import RefusedError
from desk.log.events import FileRef

MOST = 8 << 20  # bytes of one picture as kept
_KINDS = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG": "image/png", b"%PDF": "application/pdf"}


class Pictures:
    """The drawer of pictures."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def keep(self, data: bytes, name: str) -> FileRef:
        """Keep a picture; durable when it returns. Raises RefusedError for what is no picture or is too large."""
        kind = next((kind for start, kind in _KINDS.items() if data.startswith(start)), "")
        if not kind:
            raise RefusedError("这个文件不是图片（JPG、PNG）或 PDF。", "没有加入。", "请换一个文件。")
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
        return made

    def read(self, sha256: str) -> bytes:
        """The bytes of a picture. Raises RefusedError when they are not on this machine or do not fit their hash."""
        with self._session.store.read() as db:
            picture = picture_rows.file(db, sha256)
        if picture is None:
            raise RefusedError("这张图片不在本机。", "办件没有改动。", "可能是在另一台终端上拍的。")
        data = bytes(picture["bytes"])
        if hashlib.sha256(data).hexdigest() != sha256:
            raise RefusedError("这张图片已损坏。", "原样保留，没有删除。", "请从备份恢复，或重新拍摄。")
        return data
