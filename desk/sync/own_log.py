"""How far a node's log and the copy of it at the level above agree, and what stands there beyond: asked by letter."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from desk.log import chain
from desk.sync.protocol import letters
from desk.sync.protocol.batch import Batch, unpack
from desk.sync.protocol.envelope import BatchError

HashOf = Callable[[int], bytes | None]  # the chain hash of an entry of the node's, None where it has none


class Copy(msgspec.Struct, frozen=True):
    """The copy of `node`'s log that the centre `centre` keeps and signs with the key `sign_key`. `ask`: a letter's kind
    and body; the body of the answer."""

    node: str
    centre: str
    sign_key: bytes
    ask: Callable[[str, bytes], bytes]

    def beyond(self, after: int, hash_of: HashOf) -> tuple[int, list[chain.Kept]]:
        """The last entry that both have, and what the copy has after it. `after`: up to there both should agree.

        Raises what `ask` raises, BatchError, BrokenLogError.
        """
        while True:
            batch = self._asked(after)
            prev = hash_of(after) if after else chain.GENESIS
            if prev is not None and batch.header.prev == prev.hex():
                return self._agreed(after, self._all(batch, after, prev), hash_of)
            if not after:
                raise BatchError("中心给的记录接不上。")
            after //= 2

    def _all(self, batch: Batch, seq: int, prev: bytes) -> list[chain.Kept]:
        kept: list[chain.Kept] = []
        while True:
            run = chain.read_run(batch.entries, self.node, seq + 1, prev)
            kept += run
            if not batch.header.more or not run:
                return kept
            seq, prev = run[-1].entry.seq, run[-1].hash
            batch = self._asked(seq)

    def _asked(self, after: int) -> Batch:
        signed = self.ask(letters.LOG, msgspec.json.encode(letters.LogAsk(self.node, after)))
        batch = unpack(signed, lambda name: (self.sign_key,) if name == self.centre else ())
        if batch.header.kind != "own" or batch.header.of != self.node or batch.header.first != after + 1:
            raise BatchError("中心给的不是要的那本记录。")
        return batch

    @staticmethod
    def _agreed(after: int, kept: list[chain.Kept], hash_of: HashOf) -> tuple[int, list[chain.Kept]]:
        for number, one in enumerate(kept):
            if hash_of(one.entry.seq) != one.hash:
                return one.entry.seq - 1, kept[number:]
        return (kept[-1].entry.seq if kept else after), []
