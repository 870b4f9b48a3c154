"""Letters: what a desk and its centre say to each other beside the logs. The same bytes over HTTP or on a stick.

A desk asks, the centre answers with a letter of the same `kind`, sealed to the asker; each may be repeated, for an
answer can be lost on the way.

| kind | asked with | answered with |
| --- | --- | --- |
| enrol | wire.EnrolRequest, signed with the new key | wire.EnrolAnswer |
| again | NewKeys: this desk goes on under another name (old backup, cloned disk) | wire.EnrolAnswer |
| keys | NewKeys: the same name, other keys | Done |
| log | LogAsk: our own log, as the centre has it | past.Told and signed batches; of before, one of kind "own" |
| lost | a signed feed batch of the centre's own | Agreed |
| files | a list of pictures, by hash | wire.FileStateAnswer |
| forward | a signed batch that a centre took from a node below it | wire.BatchAnswer |
| siblings | kin.Ask: the logs of the other desks of the asker's point | kin.Told and signed batches |
| returned | a signed batch of a sibling's, which the centre lost | wire.BatchAnswer |
| admit | Admit: a desk of the asker's point may read the point's past | Done |
| villages | village_logs.Ask: cases and envelopes of a township's villages | village_logs.Told and entries |
| roster | nothing: who the desks of the asker's point are | a signed roster |
| hall | hall.Parcel: between two desks of a point | hall.Parcel |
| pieces | pieces.Ask: kept papers and pictures, between two desks of a point | pieces.Told and bytes |
| unlock | helping.Ask: a township for a village's agent who forgot the password | helping.Told |
| release | release_parts.Ask: a part of an update file that was offered | its bytes |
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Annotated, TypeVar

import msgspec

from desk.errors import UNREADABLE
from desk.log.keys import NodeKeys, PublicKeys, signed_by
from desk.sync.protocol import wire
from desk.sync.protocol.batch import MAX_PACKED
from desk.sync.protocol.envelope import BatchError, Envelope
from desk.sync.protocol.seal import must_be_usable, seal, unseal_any

ENROL, AGAIN, KEYS, LOG, LOST, FORWARD, FILES = "enrol", "again", "keys", "log", "lost", "forward", "files"
SIBLINGS, RETURNED, VILLAGES, ADMIT, UNLOCK = "siblings", "returned", "villages", "admit", "unlock"
RELEASE, ROSTER, HALL, PIECES = "release", "roster", "hall", "pieces"
TOLD = "told"  # of the centre, unasked: why it did not take a batch
_NEW = b"daiban new keys 1\0"
_SAME = b"daiban same desk 2\0"


class Head(msgspec.Struct, frozen=True):
    """`node` the writer; `re` the letter's own name, which the answer repeats; `problem`: why nothing came of it. `to`
    the reader and `epoch` the centre's, as the writer knows it: absent before version 2."""

    kind: str
    node: str
    re: str = ""
    problem: str = ""
    to: str | msgspec.UnsetType = msgspec.UNSET
    epoch: int | msgspec.UnsetType = msgspec.UNSET
    v: int = 1


class NewKeys(msgspec.Struct, frozen=True):
    """Base64 public keys, and the proof that the writer holds the new signing key: over its own name and both. `log` of
    `again`: the proof that it holds the log too (`held` beside); absent before version 2."""

    sign_key: str
    seal_key: str
    proof: str
    machine: str = ""
    log: Annotated[tuple[str, ...], msgspec.Meta(max_length=100)] = ()


class LogAsk(msgspec.Struct, frozen=True):
    """The log of `node` after `after`; `signed`: in the batches that it signed itself (`past` beside). `log`: the proof
    that the asker holds it (`held` beside), which who speaks version 2 has to show of its own."""

    node: str
    after: Annotated[int, msgspec.Meta(ge=0, le=1 << 62)]
    signed: bool = False
    log: Annotated[tuple[str, ...], msgspec.Meta(max_length=100)] = ()


class Admit(msgspec.Struct, frozen=True):
    """A desk of the asker's point that waits: it may read the point's past."""

    node: str


class Agreed(msgspec.Struct, frozen=True):
    """Of an offered feed batch: how many entries the centre already had, and how many it took back."""

    known: int
    taken: int
    epoch: int
    have: int  # how far it has the asker's own log


class Done(msgspec.Struct, frozen=True):
    """It is so now."""

    time: str


class ProblemError(BatchError):
    """The centre answered a letter of this kind with no."""

    def __init__(self, kind: str, problem: wire.ProblemAnswer, to: str = "") -> None:
        super().__init__(problem.text, "本机的记录都在，没有丢失。")
        self.kind, self.problem, self.to = kind, problem, to


LETTERS = Envelope(b"DBL1", b"daiban letter 1\0", Head, MAX_PACKED, "信件")
_T = TypeVar("_T")


def new_keys(node: str, keys: NodeKeys, machine: str = "") -> NewKeys:
    """What a desk says of the keys it will have."""
    public = keys.public()
    proof = keys.signature(_NEW + node.encode() + b"\n" + public.sign + public.seal)
    return NewKeys(wire.to_text(public.sign), wire.to_text(public.seal), wire.signature_text(proof), machine)


def proved(node: str, new: NewKeys) -> tuple[bytes, bytes]:
    """The two public keys, once their holder proved to have them. Raises BatchError, SealError."""
    try:
        sign, seal_key = wire.from_text(new.sign_key), wire.from_text(new.seal_key)
        proof = wire.signature_bytes(new.proof)
    except ValueError as error:
        raise BatchError("新密钥无法识读，不予接收。") from error
    must_be_usable(seal_key)
    if not signed_by(sign, proof, _NEW + node.encode() + b"\n" + sign + seal_key):
        raise BatchError("新密钥没有持有人的签名，不予接收。")
    return sign, seal_key


def same(keys: NodeKeys, node: str, new: PublicKeys) -> bytes:
    """64 bytes: `node`, which signs with `keys` now, is who will have these new ones."""
    return keys.signature(_SAME + node.encode() + b"\n" + new.sign + new.seal)


def is_same(sign_key: bytes, proof: bytes, node: str, sign: bytes, seal_key: bytes) -> bool:
    """Whether the holder of `sign_key`, called `node`, said that these keys will be its own."""
    return signed_by(sign_key, proof, _SAME + node.encode("utf-8", "replace") + b"\n" + sign + seal_key)


def sealed(
    kind: str, node: str, body: bytes, keys: NodeKeys, centre: PublicKeys, to: str = "", epoch: int = 0
) -> tuple[str, bytes]:
    """A letter sealed to the centre, which is called `to`, and its name: the same words have the same one, so that a
    stick can hold it."""
    re = hashlib.sha256(kind.encode() + b"\0" + node.encode() + b"\0" + body).hexdigest()[:16]
    return re, seal(
        LETTERS.pack(Head(kind, node, re, to=to or msgspec.UNSET, epoch=epoch if to else msgspec.UNSET), body, keys),
        centre.seal,
    )


def answered(
    data: bytes, openers: Sequence[NodeKeys], centre_node: str, centre: PublicKeys, re: str = ""
) -> tuple[Head, bytes]:
    """An answer of the centre, to the letter `re` where the asker has one in hand. Raises SealError, BatchError;
    ProblemError when it says no."""
    signed = unseal_any(data, openers)
    head, body = LETTERS.unpack(signed, lambda name: (centre.sign,) if name == centre_node else ())
    if re and head.re != re:
        raise BatchError("中心答的不是这封信，不予接收。")
    if head.problem:
        raise ProblemError(head.kind, read(body, wire.ProblemAnswer), head.to or "")
    return head, body


def read(body: bytes, kind: type[_T], name: str = "信件内容") -> _T:
    """The body of a letter, or what else `name` says. Raises BatchError."""
    try:
        return msgspec.json.decode(body, type=kind)
    except UNREADABLE as error:
        raise BatchError(f"{name}无法识读，不予接收。") from error
