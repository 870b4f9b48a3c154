"""How far a node's log and the copy of it at the level above agree, and what stands there beyond: asked by letter.

Only what the node itself signed is its own. The level above hands its batches back and vouches for nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from desk.log import chain
from desk.sync.protocol import letters
from desk.sync.protocol.batch import BATCHES, unpack
from desk.sync.protocol.envelope import BatchError, StrangerError
from desk.sync.protocol.proofs import past

HashOf = Callable[[int], bytes | None]  # the chain hash of an entry of the node's, None where it has none


class OlderError(BatchError):
    """Whoever keeps the copy cannot show what the node signed: its program is of before."""


class Beyond(msgspec.Struct, frozen=True):
    """`common`: the last entry that both have; `kept`: what the copy has after it, signed by the node. `strange`: how
    far the copy reaches beyond that without a signature of the node's; `evidence` its first such batch."""

    common: int
    kept: list[chain.Kept]
    strange: int = 0
    evidence: bytes = b""


class Copy(msgspec.Struct, frozen=True):
    """The copy of `node`'s log that the level above keeps. `keys`: the public keys that the node signed with. `ask`: a
    letter's kind and body; the body of the answer. `proof`: that the asker holds the log."""

    node: str
    keys: Sequence[bytes]
    ask: Callable[[str, bytes], bytes]
    proof: tuple[str, ...] = ()

    def beyond(self, after: int, hash_of: HashOf) -> Beyond:
        """What the copy has that the node has not. `after`: up to there both should agree.

        Raises what `ask` raises, OlderError, BatchError, BrokenLogError.
        """
        while True:
            told, batches = self._asked(after)
            prev = hash_of(after) if after else chain.GENESIS
            if prev is not None and told.prev == prev.hex():
                return self._agreed(after, self._all(told, batches, prev), hash_of)
            if not after:
                raise BatchError("中心给的记录接不上。")
            after //= 2

    def _all(self, told: past.Told, batches: Sequence[bytes], prev: bytes) -> Beyond:
        """All that the copy has after `told.after`, where the hash is `prev`, as far as the node signed it."""
        kept: list[chain.Kept] = []
        seq = told.after
        while True:
            keys = past.grown(self.node, self.keys, told.handed)
            before = seq
            for signed in batches:
                try:
                    run = self._run(signed, keys, seq, prev)
                except StrangerError:
                    return Beyond(seq, kept, told.have, signed)
                kept += run
                seq, prev = (run[-1].entry.seq, run[-1].hash) if run else (seq, prev)
            if not told.more or seq == before:
                return Beyond(seq, kept)
            told, batches = self._asked(seq)

    def _run(self, signed: bytes, keys: Sequence[bytes], seq: int, prev: bytes) -> list[chain.Kept]:
        """The entries of a batch after `seq`, which follow the hash `prev`; it may begin before that."""
        if BATCHES.peek(signed)[0].node != self.node:
            raise BatchError("中心给的不是要的那本记录。")
        batch = unpack(signed, lambda name: keys if name == self.node else ())
        try:
            run = chain.read_run(batch.entries, self.node, batch.header.first, bytes.fromhex(batch.header.prev))
        except ValueError as error:
            raise BatchError("中心给的记录接不上。") from error
        rest = [one for one in run if one.entry.seq > seq]
        if batch.header.kind != "log" or (rest and (rest[0].entry.seq, rest[0].entry.prev) != (seq + 1, prev.hex())):
            raise BatchError("中心给的记录接不上。")
        return rest

    def _asked(self, after: int) -> tuple[past.Told, list[bytes]]:
        said = self.ask(letters.LOG, msgspec.json.encode(letters.LogAsk(self.node, after, signed=True, log=self.proof)))
        if said[:4] == BATCHES.marks:
            raise OlderError(
                "中心的程序是旧的，拿不出本机签过名的记录，没有取回。", "本机的记录都在。", "请等中心升级后再同步。"
            )
        told, batches = past.unpack(said)
        if (told.node, told.after) != (self.node, after):
            raise BatchError("中心给的不是要的那本记录。")
        return told, batches

    @staticmethod
    def _agreed(after: int, found: Beyond, hash_of: HashOf) -> Beyond:
        """What of `found` is not here yet."""
        for number, one in enumerate(found.kept):
            if hash_of(one.entry.seq) != one.hash:
                common, kept = one.entry.seq - 1, found.kept[number:]
                return Beyond(common, kept, found.strange, found.evidence)
        return Beyond(found.kept[-1].entry.seq if found.kept else after, [], found.strange, found.evidence)
