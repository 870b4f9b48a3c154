"""Two copies of one log are compared back to where they agree, and what is beyond is fetched."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest

from desk.log import chain, events
from desk.log.chain import GENESIS, BrokenLogError, Kept
from desk.log.keys import NodeKeys
from desk.sync.own_log import Copy
from desk.sync.protocol import letters
from desk.sync.protocol.batch import Header, pack
from desk.sync.protocol.envelope import BatchError

NODE, CENTRE = "152523202202-01", "152523000000-00"
KEYS = NodeKeys.make()


def grown(kept: list[Kept], count: int, word: str) -> list[Kept]:
    made = list(kept)
    for _ in range(count):
        prev, seq = (made[-1].hash, made[-1].entry.seq + 1) if made else (GENESIS, 1)
        data = events.Act(word)
        made.append(
            chain.make(node=NODE, seq=seq, prev=prev, time="t", author="a", kind="k", subject="s", rank=1, data=data)
        )
    return made


class There:
    """The centre's copy, told by its letters: `most` entries at a time. What was asked is kept."""

    def __init__(self, kept: list[Kept], most: int = 3, keys: NodeKeys = KEYS, **facts: object) -> None:
        self.kept, self.most, self.keys, self.facts = kept, most, keys, facts
        self.asked: list[int] = []

    def __call__(self, kind: str, body: bytes) -> bytes:
        ask = msgspec.json.decode(body, type=letters.LogAsk)
        assert (kind, ask.node) == (letters.LOG, NODE)
        self.asked.append(ask.after)
        some = self.kept[ask.after : ask.after + self.most]
        prev = self.kept[ask.after - 1].hash if ask.after else GENESIS
        plain = {
            "kind": "own", "node": CENTRE, "first": ask.after + 1, "last": ask.after + len(some), "count": len(some),
            "prev": prev.hex(), "more": ask.after + len(some) < len(self.kept), "of": NODE,
        }  # fmt: skip
        return pack(Header(**(plain | self.facts)), [one.encoded for one in some], self.keys)  # type: ignore[arg-type]


def beyond(there: There, here: list[Kept], after: int) -> tuple[int, list[Kept]]:
    def hash_of(seq: int) -> bytes | None:
        return here[seq - 1].hash if 0 < seq <= len(here) else None

    look: Callable[[int], bytes | None] = hash_of
    return Copy(NODE, CENTRE, KEYS.public().sign, there).beyond(after, look)


COMMON = grown([], 6, "both")
THERE, HERE = grown(COMMON, 5, "there"), grown(COMMON, 2, "here")


@pytest.mark.parametrize(
    ("there", "here", "after", "agreed", "asked"),
    [
        (COMMON, COMMON, 6, 6, [6]),
        (COMMON, COMMON, 2, 6, [2, 5]),  # all that was fetched is here already
        (THERE, COMMON, 6, 6, [6, 9]),
        (THERE, HERE, 6, 6, [6, 9]),
        (THERE, HERE, 5, 6, [5, 8]),
        (THERE, HERE, 8, 6, [8, 4, 7, 10]),  # what stands at 8 differs: back by half
        (THERE, COMMON[:2], 6, 2, [6, 3, 1, 4, 7, 10]),
        (THERE, [], 0, 0, [0, 3, 6, 9]),
        (THERE, [], 1, 0, [1, 0, 3, 6, 9]),
        (COMMON, HERE, 6, 6, [6]),
        ([], HERE, 0, 0, [0]),
    ],
)
def test_from_where_both_agree_the_rest_is_told(
    there: list[Kept], here: list[Kept], after: int, agreed: int, asked: list[int]
) -> None:
    source = There(there)
    assert beyond(source, here, after) == (agreed, there[agreed:])
    assert source.asked == asked


def test_a_copy_that_begins_otherwise_is_not_believed() -> None:
    with pytest.raises(BatchError, match="接不上"):
        beyond(There(COMMON, prev="11" * 32), HERE, 4)


@pytest.mark.parametrize("facts", [{"kind": "feed"}, {"of": "152523202202-02"}, {"first": 2}, {"node": NODE}])
def test_another_answer_than_was_asked_for(facts: dict[str, object]) -> None:
    with pytest.raises(BatchError):
        beyond(There(COMMON, **facts), [], 0)


def test_another_signer_and_a_broken_run() -> None:
    with pytest.raises(BatchError):
        beyond(There(COMMON, keys=NodeKeys.make()), [], 0)
    broken = [COMMON[0], *grown(grown([], 1, "other"), 3, "x")[1:]]
    with pytest.raises(BrokenLogError):
        beyond(There(broken), [], 0)


def test_an_answer_that_says_more_and_gives_none_ends() -> None:
    source = There(COMMON, most=0, more=True)
    assert beyond(source, COMMON, 6) == (6, [])
    assert source.asked == [6]
