"""An entry at its bounds: what may be written, what is read, and what a hash covers."""

from __future__ import annotations

import hashlib

import msgspec
import pytest

from desk.errors import DeskError
from desk.log import chain, events
from desk.log.chain import GENESIS, MAX_ENTRY, MAX_RANK, BrokenLogError
from desk.log.keys import NodeKeys, PublicKeys, signed_by

NODE = "152523202202-01"


def entry(**facts: object) -> chain.Kept:
    plain = {
        "node": NODE, "seq": 1, "prev": GENESIS, "time": "2026-11-24T10:00:00+08:00", "author": "a",
        "kind": "case.voided", "subject": "s", "rank": 1, "data": events.Act(),
    }  # fmt: skip
    return chain.make(**(plain | facts))  # type: ignore[arg-type]


def test_it_carries_what_it_was_given() -> None:
    one = entry(seq=3, prev=b"\1" * 32, rank=7, author="苏和").entry
    told = (one.node, one.seq, one.prev, one.time, one.author, one.kind, one.subject, one.rank, one.v)
    assert told == (NODE, 3, "01" * 32, "2026-11-24T10:00:00+08:00", "苏和", "case.voided", "s", 7, 1)


def test_the_hash_is_over_the_mark_the_hash_before_and_the_bytes() -> None:
    one = entry(prev=b"\1" * 32)
    assert one.hash == hashlib.sha256(b"daiban entry 1\0" + b"\1" * 32 + one.encoded).digest()
    assert chain.read(one.encoded, b"\1" * 32) == one


def test_keys_come_out_sorted_whatever_was_given() -> None:
    one, two = (entry(data=data) for data in ({"b": 1, "a": {"d": 1, "c": 2}}, {"a": {"c": 2, "d": 1}, "b": 1}))
    assert one.encoded == two.encoded
    assert list(msgspec.json.decode(one.encoded)) == sorted(msgspec.json.decode(one.encoded))


def test_a_fact_is_what_it_says_and_not_where_it_stands() -> None:
    assert chain.fact(entry(seq=1).entry) == chain.fact(entry(seq=9, prev=b"\2" * 32, rank=5, node="other").entry)
    for change in ({"kind": "case.returned"}, {"subject": "t"}, {"author": "b"}, {"time": "x"}, {"data": {"a": 1}}):
        assert chain.fact(entry().entry) != chain.fact(entry(**change).entry)


def sized(length: int) -> chain.Kept:
    """An entry of so many bytes."""
    bare = len(entry(data={"x": ""}).encoded)
    return entry(data={"x": "y" * (length - bare)})


def test_the_longest_entry_is_written_and_read_and_a_longer_one_is_neither() -> None:
    longest = sized(MAX_ENTRY)
    assert len(longest.encoded) == MAX_ENTRY
    assert chain.read(longest.encoded, GENESIS).hash == longest.hash
    with pytest.raises(BrokenLogError) as caught:
        sized(MAX_ENTRY + 1)
    assert (caught.value.kept, caught.value.todo) != ("", "")
    with pytest.raises(BrokenLogError, match="长度"):
        chain.read(longest.encoded + b" ", GENESIS)


def test_the_highest_rank_leaves_room_for_an_answer() -> None:
    assert entry(rank=MAX_RANK * 3).entry.rank == MAX_RANK - 1
    assert chain.read(entry(rank=MAX_RANK * 3).encoded, GENESIS).entry.rank == MAX_RANK - 1
    assert entry(rank=MAX_RANK - 1).entry.rank == MAX_RANK - 1


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"seq": 0}, "序号不合规"),
        ({"rank": 0}, "序号不合规"),
        ({"rank": -1}, "序号不合规"),
        ({"rank": MAX_RANK}, "序号不合规"),
        ({"subject": "a\nb"}, "不可见"),
        ({"kind": "a\0b"}, "不可见"),
        ({"time": "2026\u202e"}, "不可见"),
        ({"prev": "00" * 31 + "01"}, "不衔接"),
        ({"seq": "1"}, "识读"),
        ({"node": None}, "识读"),
    ],
)
def test_what_another_program_wrote_is_looked_through(change: dict[str, object], word: str) -> None:
    whole = msgspec.json.decode(entry().encoded) | change
    with pytest.raises(BrokenLogError, match=word):
        chain.read(msgspec.json.encode(whole), GENESIS)


def test_a_run_begins_where_it_says() -> None:
    one = entry(seq=4, prev=b"\3" * 32)
    two = entry(seq=5, prev=one.hash)
    assert chain.read_run([one.encoded, two.encoded], NODE, 4, b"\3" * 32) == [one, two]
    assert chain.read_run([], NODE, 1, GENESIS) == []
    with pytest.raises(BrokenLogError, match="第 3 条"):
        chain.read_run([one.encoded], NODE, 3, b"\3" * 32)
    with pytest.raises(BrokenLogError, match="不衔接"):
        chain.read_run([one.encoded, two.encoded], NODE, 4, GENESIS)
    assert issubclass(BrokenLogError, DeskError)


class TestKeys:
    def test_a_signature_holds_for_its_key_and_message_alone(self) -> None:
        keys, other = NodeKeys.make(), NodeKeys.make()
        signature = keys.signature(b"message")
        assert signed_by(keys.public().sign, signature, b"message")
        assert not signed_by(keys.public().sign, signature, b"other")
        assert not signed_by(other.public().sign, signature, b"message")
        assert not signed_by(keys.public().sign, signature[:-1], b"message")
        assert not signed_by(b"short", signature, b"message")

    def test_each_node_has_keys_of_its_own(self) -> None:
        one, two = NodeKeys.make(), NodeKeys.make()
        assert len({one.sign, one.seal, two.sign, two.seal}) == 4
        assert {len(key) for key in (one.sign, one.seal, *(one.public().sign, one.public().seal))} == {32}
        assert one.public().sign != one.public().seal

    def test_a_fingerprint_is_sixteen_characters_over_both(self) -> None:
        """It stands in codes that were given out: it must not change."""
        assert PublicKeys(b"\1" * 32, b"\2" * 32).fingerprint() == "PXU44XBLX4437XPS"
        assert PublicKeys(b"\1" * 32, b"\3" * 32).fingerprint() != PublicKeys(b"\1" * 32, b"\2" * 32).fingerprint()
