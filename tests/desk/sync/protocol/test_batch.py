"""A batch: every flipped byte, every short end, every bomb is refused, and nothing of it is used."""

from __future__ import annotations

import struct

import msgspec
import pytest
import zstandard

from desk.log import chain, events
from desk.log.keys import NodeKeys
from desk.sync.protocol import batch
from desk.sync.protocol.envelope import BatchError, NewerError, StrangerError
from desk.sync.protocol.seal import SealError, seal, unseal

NODE = "152523202202-01"
KEYS, CENTRE = NodeKeys.make(), NodeKeys.make()


def known(name: str) -> tuple[bytes, ...]:
    return (KEYS.public().sign,) if name == NODE else ()


def entries(count: int) -> list[chain.Kept]:
    made: list[chain.Kept] = []
    prev = chain.GENESIS
    for seq in range(1, count + 1):
        data = events.Act(reasons=str(seq))
        made.append(
            chain.make(node=NODE, seq=seq, prev=prev, time="t", author="a", kind="k", subject="s", rank=seq, data=data)
        )
        prev = made[-1].hash
    return made


def packed() -> bytes:
    return batch.pack_log(entries(3), KEYS, batch.Heartbeat(3))


def test_there_and_back() -> None:
    found = batch.unpack(unseal(seal(packed(), CENTRE.public().seal), CENTRE), known)
    assert found.entries == tuple(one.encoded for one in entries(3))
    assert (found.header.first, found.header.last, found.header.heartbeat.waiting) == (1, 3, 3)


@pytest.mark.parametrize(
    ("sizes", "count"),
    [([], 0), ([1], 1), ([batch.MAX_PACKED * 2, 1], 1), ([1 << 20] * 20, 7), ([1600] * 4000, 4000)],
)
def test_a_batch_takes_no_more_entries_than_it_certainly_holds(sizes: list[int], count: int) -> None:
    assert len(batch.fitting([bytes(size) for size in sizes])) == count


def test_every_flipped_byte_of_a_batch_is_refused() -> None:
    whole = packed()
    for at in range(len(whole)):
        bad = whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]
        with pytest.raises(BatchError):
            batch.unpack(bad, known)


def test_every_flipped_byte_of_a_sealed_batch_is_refused() -> None:
    whole = seal(packed(), CENTRE.public().seal)
    for at in range(len(whole)):
        with pytest.raises(SealError):
            unseal(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :], CENTRE)


def test_every_short_end_is_refused() -> None:
    whole = packed()
    for end in range(len(whole)):
        with pytest.raises(BatchError):
            batch.unpack(whole[:end], known)


def test_a_stranger_and_another_signer_are_refused() -> None:
    with pytest.raises(StrangerError):
        batch.unpack(packed(), lambda _name: ())
    with pytest.raises(BatchError):
        batch.unpack(packed(), lambda _name: (CENTRE.public().sign,))
    with pytest.raises(SealError):
        unseal(seal(b"x", KEYS.public().seal), CENTRE)


def signed(header: batch.Header, body: bytes) -> bytes:
    """A batch with any body, signed by the right key: what a broken or hostile desk could make."""
    head = msgspec.json.encode(header)
    whole = b"DBB1" + struct.pack(">I", len(head)) + head + struct.pack(">I", len(body)) + body
    return whole + KEYS.signature(b"daiban batch 1\0" + whole)


def frame(body: bytes, *, tells: bool = True) -> bytes:
    """One zstd frame; `tells` its unpacked size."""
    if tells:
        return zstandard.ZstdCompressor().compress(body)
    made = zstandard.ZstdCompressor().compressobj()
    return made.compress(body) + made.flush()


ENTRY = struct.pack(">I", 3) + b"abc"


def test_a_plain_body_is_read() -> None:
    header = batch.Header("log", NODE, 1, 1, 1)
    assert batch.unpack(signed(header, frame(ENTRY)), known).entries == (b"abc",)


@pytest.mark.parametrize(
    "body",
    [
        frame(ENTRY) + b"\0",
        frame(ENTRY) + frame(b""),
        frame(ENTRY)[:-1],
        frame(ENTRY, tells=False),
        b"\x28\xb5\x2f\xfd\x80\xa0" + struct.pack("<I", 7) + b"\x39\0\0" + ENTRY,  # sound, but for a window of 2^30
        zstandard.ZstdCompressor().compress(b"\0" * (batch.MAX_UNPACKED + 1)),  # a bomb
        zstandard.ZstdCompressor().compress(struct.pack(">I", 1 << 30)),  # claims a gigabyte
        zstandard.ZstdCompressor().compress(b"\0\0\0"),
        b"not zstd",
        b"",
    ],
)
def test_hostile_bodies_are_refused(body: bytes) -> None:
    with pytest.raises(BatchError):
        batch.unpack(signed(batch.Header("log", NODE, 1, 1, 1), body), known)


def test_a_future_version_is_refused() -> None:
    with pytest.raises(NewerError):
        batch.unpack(signed(batch.Header("log", NODE, 1, 0, 0, v=2), b""), known)
    with pytest.raises(BatchError):
        batch.unpack(signed(batch.Header("log", NODE, 1, 0, 0, v=0), b""), known)
