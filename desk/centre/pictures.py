"""Pictures at the centre: named by entries, taken in parts, whole only when their hash fits."""

from __future__ import annotations

import hashlib

import msgspec
import sqlalchemy as sa

from db.centre import rows
from desk.centre import nodes
from desk.centre.seat import Centre, RefusedBatchError
from desk.files import MOST
from desk.sync import parts, wire
from desk.sync.envelope import BatchError
from desk.sync.seal import unseal

_hashes = msgspec.json.Decoder(list[str])


def _opened(centre: Centre, sealed: bytes) -> tuple[parts.Head, bytes]:
    head, body = parts.PARTS.unpack(unseal(sealed, centre.keys), lambda name: nodes.sign_keys(centre, name))
    if nodes.is_revoked(centre, head.node):
        raise RefusedBatchError(wire.problem("revoked", time=centre.now()))
    return head, body


def state(centre: Centre, sealed: bytes) -> wire.FileStateAnswer:
    """Which of the asked pictures are here. Raises SealError, BatchError, RefusedBatchError."""
    head, body = _opened(centre, sealed)
    try:
        hashes = _hashes.decode(body)
    except msgspec.DecodeError as error:
        raise BatchError("问图片的包无法识读。") from error
    if head.kind != "state" or len(hashes) > parts.MAX_ASKED:
        raise BatchError("问图片的包不符，不予接收。")
    return told(centre, hashes)


def told(centre: Centre, hashes: list[str]) -> wire.FileStateAnswer:
    """What we say of these pictures."""
    with centre.database.read() as db:
        epoch = int(rows.value(db, "epoch") or 1)
        return wire.FileStateAnswer(rows.file_state(db, hashes), centre.now(), tuple(rows.wanted(db, hashes)), epoch)


def take(centre: Centre, sealed: bytes) -> wire.FileAnswer:
    """Keep a part; the picture is whole when its last byte came and its hash fits, else it begins anew.

    Of a part that begins before our end, as one from a stick may, what goes beyond it is kept. One that begins later
    changes nothing: the answer says where to go on.
    """
    head, body = _opened(centre, sealed)
    if head.kind != "part":
        raise BatchError("图片数据包的种类不符，不予接收。")
    with centre.database.write() as db:
        known = rows.one_file(db, head.sha256)
        if known is None or known["size"] > MOST:
            raise BatchError("没有记录提到这张图片，或图片太大，不予接收。")
        have = rows.file_state(db, [head.sha256])[head.sha256]
        end = head.at + len(body)
        if have != -1 and 0 <= head.at <= have < end <= known["size"]:
            rows.add_part(db, head.sha256, have, body[have - head.at :])
            have = end
        if have == known["size"]:
            have = _whole(db, head.sha256, centre.now())
    return wire.FileAnswer(head.sha256, have, centre.now())


def _whole(db: sa.Connection, sha256: str, now: str) -> int:
    data = rows.parts(db, sha256)
    rows.drop_parts(db, sha256)
    if hashlib.sha256(data).hexdigest() != sha256:
        return 0
    rows.finish_file(db, sha256, data, now)
    return -1
