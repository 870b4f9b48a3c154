"""Pictures at the centre: named by entries, taken in parts, whole only when their hash fits."""

from __future__ import annotations

import hashlib

import msgspec

from db.centre import part_rows, rows
from db.centre.part_rows import Part
from desk.centre.exchange import enrolment
from desk.centre.exchange.trust import addressing
from desk.centre.node.centre_node import Centre, RefusedBatchError
from desk.counter.pictures import MOST
from desk.errors import UNREADABLE
from desk.sync.protocol import parts, wire
from desk.sync.protocol.envelope import BatchError
from desk.sync.protocol.seal import unseal

_hashes = msgspec.json.Decoder(list[str])


def _opened(centre: Centre, sealed: bytes) -> tuple[parts.Head, bytes]:
    head, body = parts.PARTS.unpack(unseal(sealed, centre.keys), lambda name: enrolment.sign_keys(centre, name))
    if enrolment.is_revoked(centre, head.node):
        raise RefusedBatchError(wire.problem("revoked", time=centre.now()))
    addressing.must_be_for_us(centre, head.node, head.to or "", late=True)
    return head, body


def state(centre: Centre, sealed: bytes) -> wire.FileStateAnswer:
    """Which of the asked pictures are here. Raises SealError, BatchError, RefusedBatchError."""
    head, body = _opened(centre, sealed)
    try:
        hashes = _hashes.decode(body)
    except UNREADABLE as error:
        raise BatchError("问图片的包无法识读。") from error
    if head.kind != "state" or len(hashes) > parts.MAX_ASKED:
        raise BatchError("问图片的包不符，不予接收。")
    return states(centre, head.node, hashes)


def states(centre: Centre, node: str, hashes: list[str]) -> wire.FileStateAnswer:
    """What we say of these pictures to `node`: how far each came from there."""
    with centre.database.read() as db:
        epoch = int(rows.value(db, "epoch") or 1)
        have = part_rows.file_state(db, hashes, node)
        return wire.FileStateAnswer(have, centre.now(), tuple(part_rows.wanted(db, hashes)), epoch)


def take(centre: Centre, sealed: bytes) -> wire.FileAnswer:
    """Keep a part. Where what its sender sent has a size that an entry named, the hash is checked: when it fits, the
    picture is whole; when it does not at the largest size named, that sender begins anew.

    Of a part that begins before our end, as one from a stick may, what goes beyond it is kept. One that begins later
    changes nothing: the answer says where to go on. Raises SealError, BatchError, RefusedBatchError.
    """
    head, body = _opened(centre, sealed)
    if head.kind != "part":
        raise BatchError("图片数据包的种类不符，不予接收。")
    with centre.database.read() as db:
        have = part_rows.file_state(db, [head.sha256], head.node).get(head.sha256)
        sizes = {size for size in part_rows.sizes(db, head.sha256) if size <= MOST}
        before = part_rows.parts(db, head.sha256, head.node) if have and have != -1 else []
    if have is None or (have != -1 and not sizes):
        raise BatchError("没有记录提到这张图片，或图片太大，不予接收。")
    end = head.at + len(body)
    if have != -1 and 0 <= head.at <= have < end <= max(sizes):
        have = _kept(centre, head, _Came(have, body[have - head.at :], before), sizes)
    return wire.FileAnswer(head.sha256, have, centre.now())


class _Came(msgspec.Struct, frozen=True):
    """What is new of a picture from one sender: from where on, and the parts that came before."""

    have: int
    new: bytes
    before: list[Part]


def _kept(centre: Centre, head: parts.Head, came: _Came, sizes: set[int]) -> int:
    """How far it came. The bytes are laid before the turn is asked for; where somebody was faster, they are for
    nobody."""
    end = came.have + len(came.new)
    if end in sizes:
        before = centre.pictures.joined(head.sha256, head.node, came.before)
        if before is not None and hashlib.sha256(before + came.new).hexdigest() == head.sha256:
            return _finished(centre, head, before + came.new)
        if before is None or end >= max(sizes):
            return _begun_anew(centre, head)
    laid = centre.pictures.lay_part(head.sha256, head.node, came.have, came.new)
    with centre.database.write() as db:
        have = part_rows.file_state(db, [head.sha256], head.node)[head.sha256]
        if have == came.have:
            part_rows.add_part(db, head.sha256, head.node, have, laid)
            return end
    centre.pictures.let_go([Part(came.have, laid.place, laid.name, b"")])
    return have


def _finished(centre: Centre, head: parts.Head, data: bytes) -> int:
    laid = centre.pictures.lay(data)
    with centre.database.write() as db:
        done = part_rows.parts(db, head.sha256)
        rows.finish_file(db, laid, centre.now())
    centre.pictures.let_go(done)
    return -1


def _begun_anew(centre: Centre, head: parts.Head) -> int:
    with centre.database.write() as db:
        done = part_rows.parts(db, head.sha256, head.node)
        part_rows.drop_parts(db, head.sha256, head.node)
    centre.pictures.let_go(done)
    return 0
