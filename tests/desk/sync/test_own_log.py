"""Two copies of one log are compared back to where they agree, and what is beyond is fetched."""

from __future__ import annotations

import base64
from collections.abc import Callable

import msgspec
import pytest

from desk.log import chain, events
from desk.log.chain import GENESIS, BrokenLogError, Kept
from desk.log.keys import NodeKeys
from desk.sync.own_log import Copy, OlderError
from desk.sync.protocol import letters
from desk.sync.protocol.batch import Header, Heartbeat, pack, pack_log
from desk.sync.protocol.envelope import BatchError
from desk.sync.protocol.proofs import past

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
    """The copy of the log above, told by its letters: batches of `most` entries that the node signed with `keys`, one
    at a time. What was asked is kept."""

    def __init__(self, kept: list[Kept], most: int = 3, keys: NodeKeys = KEYS, **facts: object) -> None:
        self.kept, self.most, self.keys, self.facts = kept, most, keys, facts
        self.asked: list[int] = []

    def __call__(self, kind: str, body: bytes) -> bytes:
        ask = msgspec.json.decode(body, type=letters.LogAsk)
        assert (kind, ask.node, ask.signed) == (letters.LOG, NODE, True)
        self.asked.append(ask.after)
        first = ask.after // self.most * self.most if self.most else 0  # a batch may begin before what was asked for
        some = self.kept[first : first + self.most]
        there = [self.kept[ask.after - 1].hash] if 0 < ask.after <= len(self.kept) else []
        told = past.Told(
            NODE, ask.after, past.before(ask.after, there), len(self.kept), first + len(some) < len(self.kept)
        )
        batches = [pack_log(some, self.keys, Heartbeat())] if len(self.kept) > ask.after and some else []
        return past.pack(msgspec.structs.replace(told, **self.facts), batches)


def beyond(there: There, here: list[Kept], after: int) -> tuple[int, list[Kept]]:
    def hash_of(seq: int) -> bytes | None:
        return here[seq - 1].hash if 0 < seq <= len(here) else None

    look: Callable[[int], bytes | None] = hash_of
    found = Copy(NODE, (KEYS.public().sign,), there).beyond(after, look)
    assert not found.strange
    return found.common, found.kept


COMMON = grown([], 6, "both")
THERE, HERE = grown(COMMON, 5, "there"), grown(COMMON, 2, "here")


@pytest.mark.parametrize(
    ("there", "here", "after", "agreed", "asked"),
    [
        (COMMON, COMMON, 6, 6, [6]),
        (COMMON, COMMON, 2, 6, [2, 3]),  # all that was fetched is here already
        (THERE, COMMON, 6, 6, [6, 9]),
        (THERE, HERE, 6, 6, [6, 9]),
        (THERE, HERE, 5, 6, [5, 6, 9]),
        (THERE, HERE, 8, 6, [8, 4, 6, 9]),  # what stands at 8 differs: back by half
        (THERE, COMMON[:2], 6, 2, [6, 3, 1, 3, 6, 9]),
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


@pytest.mark.parametrize("facts", [{"node": "152523202202-02"}, {"after": 2}])
def test_another_answer_than_was_asked_for(facts: dict[str, object]) -> None:
    with pytest.raises(BatchError):
        beyond(There(COMMON, **facts), [], 0)


def test_what_another_key_signed_is_left_where_it_is() -> None:
    found = Copy(NODE, (KEYS.public().sign,), There(COMMON, keys=NodeKeys.make())).beyond(0, lambda _seq: None)
    assert (found.common, found.kept, found.strange) == (0, [], 6)
    assert found.evidence


def test_keys_that_the_node_gave_itself_meanwhile_are_its_own() -> None:
    later, stranger = NodeKeys.make(), NodeKeys.make()

    def letter(signer: NodeKeys, new: NodeKeys) -> str:
        body = msgspec.json.encode(letters.new_keys(NODE, new))
        return base64.b64encode(letters.LETTERS.pack(letters.Head(letters.KEYS, NODE), body, signer)).decode()

    handed = There(COMMON, keys=later, handed=(letter(KEYS, later),))
    assert beyond(handed, [], 0) == (0, COMMON)
    stolen = There(COMMON, keys=stranger, handed=(letter(stranger, stranger), "no letter"))
    assert Copy(NODE, (KEYS.public().sign,), stolen).beyond(0, lambda _seq: None).strange == 6


def test_a_broken_run_and_a_program_of_before() -> None:
    broken = [COMMON[0], *grown(grown([], 1, "other"), 3, "x")[1:]]
    with pytest.raises(BrokenLogError):
        beyond(There(broken), [], 0)
    old = pack(Header("own", CENTRE, 1, 0, 0, of=NODE), [], KEYS)
    with pytest.raises(OlderError, match="中心的程序是旧的"):
        Copy(NODE, (KEYS.public().sign,), lambda _kind, _body: old).beyond(0, lambda _seq: None)


def test_an_answer_that_says_more_and_gives_none_ends() -> None:
    source = There(COMMON, most=0, more=True)
    assert beyond(source, COMMON, 6) == (6, [])
    assert source.asked == [6]
