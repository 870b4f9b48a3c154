"""Letters: what a desk and its centre say to each other beside the logs. The same bytes over HTTP or on a stick.

A desk asks, the centre answers with a letter of the same `kind`, sealed to the asker; each may be repeated, for an
answer can be lost on the way.

| kind | asked with | answered with |
| --- | --- | --- |
| enrol | wire.EnrolRequest, signed with the new key | wire.EnrolAnswer |
| again | NewKeys: this desk goes on under another name (old backup, cloned disk) | wire.EnrolAnswer |
| keys | NewKeys: the same name, other keys | Done |
| log | LogAsk: our own log, as the centre has it | a signed batch of kind "own" |
| lost | a signed feed batch of the centre's own | Agreed |
| files | a list of pictures, by hash | wire.FileStateAnswer |
| forward | a signed batch that a centre took from a node below it | wire.BatchAnswer |
| siblings | kin.Ask: the logs of the other desks of the asker's point | kin.Told and signed batches |
| returned | a signed batch of a sibling's, which the centre lost | wire.BatchAnswer |
| villages | village_logs.Ask: cases and envelopes of a township's villages | village_logs.Told and entries |
| unlock | helping.Ask: a township for a village's agent who forgot the password | helping.Told |
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
SIBLINGS, RETURNED, VILLAGES, UNLOCK = "siblings", "returned", "villages", "unlock"
TOLD = "told"  # of the centre, unasked: why it did not take a batch
_NEW = b"daiban new keys 1\0"


class Head(msgspec.Struct, frozen=True):
    """`node` the writer; `re` the letter's own name, which the answer repeats; `problem`: why nothing came of it."""

    kind: str
    node: str
    re: str = ""
    problem: str = ""
    v: int = 1


class NewKeys(msgspec.Struct, frozen=True):
    """Base64 public keys, and the proof that the writer holds the new signing key: over its own name and both."""

    sign_key: str
    seal_key: str
    proof: str
    machine: str = ""


class LogAsk(msgspec.Struct, frozen=True):
    """The log of `node` after `after`."""

    node: str
    after: Annotated[int, msgspec.Meta(ge=0, le=1 << 62)]


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

    def __init__(self, kind: str, problem: wire.ProblemAnswer) -> None:
        super().__init__(problem.text, "本机的记录都在，没有丢失。")
        self.kind, self.problem = kind, problem


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


def sealed(kind: str, node: str, body: bytes, keys: NodeKeys, centre: PublicKeys) -> tuple[str, bytes]:
    """A letter sealed to the centre, and its name: the same words have the same one, so that a stick can hold it."""
    re = hashlib.sha256(kind.encode() + b"\0" + node.encode() + b"\0" + body).hexdigest()[:16]
    return re, seal(LETTERS.pack(Head(kind, node, re), body, keys), centre.seal)


def answered(data: bytes, openers: Sequence[NodeKeys], centre_node: str, centre: PublicKeys) -> tuple[Head, bytes]:
    """An answer of the centre. Raises SealError, BatchError; ProblemError when it says no."""
    signed = unseal_any(data, openers)
    head, body = LETTERS.unpack(signed, lambda name: (centre.sign,) if name == centre_node else ())
    if head.problem:
        raise ProblemError(head.kind, read(body, wire.ProblemAnswer))
    return head, body


def read(body: bytes, kind: type[_T], name: str = "信件内容") -> _T:
    """The body of a letter, or what else `name` says. Raises BatchError."""
    try:
        return msgspec.json.decode(body, type=kind)
    except UNREADABLE as error:
        raise BatchError(f"{name}无法识读，不予接收。") from error
