"""What a batch says of its sender, besides its entries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import msgspec

from desk.centre.node.centre_node import Centre
from desk.log import chain
from desk.sync.protocol.batch import Header, Heartbeat
from desk.sync.protocol.envelope import BatchError

NETWORK = "network"
_DIGITS = 15  # of the number of an entry


def end(new: Sequence[chain.Kept]) -> dict[str, Any]:
    """What our copy of a node's log ends with, where it has grown."""
    return {"have": new[-1].entry.seq, "head": new[-1].hash} if new else {}


def previous(header: Header) -> bytes:
    """The hash before its first entry. Raises BatchError."""
    try:
        prev = bytes.fromhex(header.prev)
    except ValueError as error:
        raise BatchError("批次头无法识读，不予接收。") from error
    if header.first == 1 and prev != chain.GENESIS:
        raise BatchError("批次头不符，不予接收。")
    return prev


def seen(said: str) -> tuple[int, str]:
    """The entry of our log that a node says it saw last, and its hash; 0 for none."""
    seq, _, digest = said.partition(".")
    return (int(seq), digest) if seq.isascii() and seq.isdigit() and len(seq) <= _DIGITS else (0, "")


def left(beat: Heartbeat, taken: int) -> str:
    """The heartbeat as it is kept: what waited, without what came with it."""
    waiting = max(0, beat.waiting - taken)
    return msgspec.json.encode(
        msgspec.structs.replace(beat, waiting=waiting, oldest=beat.oldest if waiting else "")
    ).decode()


def skew(centre: Centre, heartbeat: Heartbeat, known: int, medium: str) -> int:
    """How many seconds the sender's clock is ahead of ours; `known` is what we held until now.

    A stick's time on the road makes a clock look slow, never fast: by courier the clock is at least as far ahead as it
    looks, and where that proves nothing against what is known, that stays.
    """
    try:
        theirs = dt.datetime.fromisoformat(heartbeat.clock)
        seen = round((theirs - centre.tell()).total_seconds())
    except (ValueError, TypeError, OverflowError):
        return known
    return seen if medium == NETWORK else known if known >= seen else max(seen, 0)
