"""Whose signature counts, as it was looked up last: enough for what is checked before the turn, for whoever has the
turn looks once more, and asks for the signature again where the key is another by now."""

from __future__ import annotations

from db.centre import rows
from desk.centre.exchange import enrolment
from desk.centre.node.centre_node import Centre
from desk.sync.protocol import wire
from desk.sync.protocol.batch import Batch, unpack
from desk.sync.protocol.envelope import StrangerError

_MOST = 4096  # that are remembered


class Speaker:
    """Whoever signed something: the keys that count, and the version that it is known to speak."""

    def __init__(self, centre: Centre) -> None:
        self._centre, self.speaks = centre, 1
        self.keys: tuple[bytes, ...] = ()

    def opened(self, signed: bytes) -> Batch:
        """A batch of a node of ours. Raises BatchError, StrangerError, NewerError."""
        try:
            return unpack(signed, self._remembered)
        except StrangerError:
            return unpack(signed, self._looked_up)

    def _remembered(self, node: str) -> tuple[bytes, ...]:
        self.keys, self.speaks = self._centre.speakers.get(node, ()), wire.BOUND
        return self.keys

    def _looked_up(self, node: str) -> tuple[bytes, ...]:
        found = enrolment.known(self._centre, node)
        self.speaks = int(found["speaks"]) if found else 1
        self.keys = enrolment.keys_now(found)
        known = self._centre.speakers
        # Whoever speaks less may speak the highest version tomorrow, and from then on nothing else.
        if self.keys and self.speaks >= wire.BOUND:
            if len(known) >= _MOST:
                known.clear()
            known[node] = self.keys
        return self.keys


def must_count(signed: bytes, keys: tuple[bytes, ...], sender: rows.Row) -> None:
    """Raise StrangerError where `sender` signs with other keys now than those by which this was opened, and did not
    sign it with them."""
    now = enrolment.keys_now(sender)
    if keys != now:
        unpack(signed, lambda _node: now)
