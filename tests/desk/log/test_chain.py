"""The log: bytes are hashed once, and any change shows."""

from __future__ import annotations

import pytest

from desk.log import chain, events

NODE = "152523202202-01"


def chain_of(count: int) -> list[chain.Kept]:
    made: list[chain.Kept] = []
    prev = chain.GENESIS
    for seq in range(1, count + 1):
        data = events.Act(reasons=f"第 {seq} 条 <b>&\"' 😀 𡉃")
        kept = chain.make(
            node=NODE, seq=seq, prev=prev, time="2026-11-24T10:00:00+08:00", author="a", kind="case.voided",
            subject="s", rank=seq, data=data,
        )  # fmt: skip
        made.append(kept)
        prev = kept.hash
    return made


def test_a_run_reads_back_with_the_same_hashes() -> None:
    made = chain_of(5)
    read = chain.read_run([one.encoded for one in made], NODE, 1, chain.GENESIS)
    assert [one.hash for one in read] == [one.hash for one in made]


def test_equal_facts_give_equal_bytes() -> None:
    assert [one.encoded for one in chain_of(3)] == [one.encoded for one in chain_of(3)]


@pytest.mark.parametrize("at", [0, 1, 2])
def test_a_changed_entry_breaks_the_chain_after_it(at: int) -> None:
    encoded = [one.encoded for one in chain_of(4)]
    encoded[at] = encoded[at].replace("第".encode(), "弟".encode())
    with pytest.raises(chain.BrokenLogError):
        chain.read_run(encoded, NODE, 1, chain.GENESIS)


@pytest.mark.parametrize("bad", [b"", b"{", b"[]", b'{"seq":"x"}', b"\xff" * 20, b"[" * 5000])
def test_what_is_no_entry_is_refused(bad: bytes) -> None:
    with pytest.raises(chain.BrokenLogError):
        chain.read(bad, chain.GENESIS)


def test_another_node_or_a_gap_is_refused() -> None:
    made = chain_of(3)
    with pytest.raises(chain.BrokenLogError):
        chain.read_run([made[0].encoded, made[2].encoded], NODE, 1, chain.GENESIS)
    with pytest.raises(chain.BrokenLogError):
        chain.read_run([made[0].encoded], "152523202202-02", 1, chain.GENESIS)


@pytest.mark.parametrize("name", ["roster:\x00", "roster:\u202e1", "\x1b"])
def test_what_could_not_be_read_again_is_not_written(name: str) -> None:
    """A centre's own entry that no desk takes stops everything behind it."""
    told = {"node": "152523-00", "seq": 1, "prev": chain.GENESIS, "time": "2026-11-24", "author": "a", "rank": 1}
    with pytest.raises(chain.BrokenLogError, match="看不见的字符"):
        chain.make(**told, kind="roster.sections", subject=name, data={})
