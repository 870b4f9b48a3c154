"""Entries of the centre's feed, read the same way whether they came by network or by courier."""

from __future__ import annotations

import msgspec

from desk import log
from desk.sync.batch import BatchError

_entry = msgspec.json.Decoder(log.Entry)


def foreign(encoded: bytes, node: str) -> log.Kept:
    """An entry of a feed: its place in the centre's chain is what it says itself; the batch's signature vouches."""
    try:
        prev = bytes.fromhex(_entry.decode(encoded).prev)
    except (msgspec.DecodeError, ValueError) as error:
        raise BatchError("中心回复里的记录无法识读。") from error
    kept = log.read(encoded, prev)
    if kept.entry.node != node:
        raise BatchError("中心回复里夹有别处的记录。")
    return kept
