"""A file that an editor uploaded, kept until the same editor has looked at what it would change and says so."""

from __future__ import annotations

import base64
import hashlib
from typing import Annotated

import zstandard
from fastapi import File, UploadFile

from db.centre import rows
from desk import doors
from desk.centre.node.centre_node import Centre
from desk.centre.run import guard
from desk.errors import RefusedError

Sent = Annotated[UploadFile | None, File()]
_MOST = doors.UPLOAD.most  # bytes of an uploaded file
_KEPT = "没有发布，原来的还在用。"


def sent(sent: UploadFile | None, wanted: str = "请选中心的 JSON 文件。") -> bytes:
    """The bytes of an uploaded file. Raises RefusedError for none, telling what is `wanted`, or for one too large."""
    data = sent.file.read(_MOST + 1) if sent is not None and sent.filename else b""
    if not data:
        raise RefusedError("没有选文件。", _KEPT, wanted)
    if len(data) > _MOST:
        raise RefusedError(f"文件超过 {_MOST >> 20} MB。", _KEPT)
    return data


def keep(centre: Centre, visitor: guard.Visitor, sort: str, data: bytes) -> str:
    """Keep what was uploaded until this editor publishes it or uploads another; its mark goes with the form."""
    packed = base64.b64encode(zstandard.ZstdCompressor().compress(data)).decode()
    with centre.database.touch() as db:
        rows.set_value(db, f"draft.{sort}.{visitor.account}", packed)
    return hashlib.sha256(data).hexdigest()


def kept(centre: Centre, visitor: guard.Visitor, sort: str, mark: str) -> bytes:
    """What this editor uploaded and looked at. Raises RefusedError when it is another file by now."""
    with centre.database.read() as db:
        packed = rows.value(db, f"draft.{sort}.{visitor.account}")
    data = zstandard.ZstdDecompressor().decompress(base64.b64decode(packed), max_output_size=_MOST) if packed else b""
    if not data or hashlib.sha256(data).hexdigest() != mark:
        raise RefusedError("看过的文件已经不在了，或者后来又传过别的。", _KEPT, "请重新上传，看过变化再发布。")
    return data


def drop(centre: Centre, visitor: guard.Visitor, sort: str) -> None:
    """Forget what was uploaded: it is published, or taken in."""
    with centre.database.touch() as db:
        rows.set_value(db, f"draft.{sort}.{visitor.account}", "")
