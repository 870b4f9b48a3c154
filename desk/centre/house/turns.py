"""Who is answered next, of the centres of one service: a fair share for each, so that one that is flooded keeps nobody
else waiting.

Start-time fair queueing: each request begins at its centre's tag, which grows by what the centre's requests take; the
lowest tag goes first. Threads of one process share its one interpreter, so a request is not let in either while one
with a lower tag is being worked on: whoever asks little is worked on nearly alone. What takes long waits for a disk or
a database and keeps the others' requests back no more; how many of those a centre may have is bounded by itself.

Used on one event loop; takes no locks.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable

MOST = 8  # requests of a centre that are worked on at once, those that take long with them
_TOGETHER = 2  # of them at once while other centres are asked too
_FRESH = 0.25  # seconds after which a request counts as one that waits for something
_ALONE = 5.0  # seconds without a question to any other centre, after which a centre has the process to itself
_WAITING = 200  # requests of a centre that wait
_PATIENCE = 20.0  # seconds that they wait
_USUAL = 0.02  # seconds of a request of a centre that nothing is known of yet


class CrowdedError(Exception):
    """Too many ask this centre: the request was not begun."""


class Turn:
    """A request that is being worked on."""

    def __init__(self, centre: _Centre, tag: float, since: float) -> None:
        self.centre, self.tag, self.since = centre, tag, since


class _Centre:
    def __init__(self) -> None:
        self.tag, self.asked, self.usual = 0.0, float("-inf"), _USUAL
        self.waiting: deque[asyncio.Future[Turn]] = deque()
        self.running: set[Turn] = set()

    def fresh(self, now: float) -> list[Turn]:
        """What is worked on, but for what takes long."""
        return [one for one in self.running if now - one.since < _FRESH]


class Turns:
    """The turns of all centres of one process, by their names. `tell` gives seconds."""

    def __init__(
        self, most: int = MOST, waiting: int = _WAITING, patience: float = _PATIENCE,
        tell: Callable[[], float] = time.monotonic,
    ) -> None:  # fmt: skip
        self._most, self._bound, self._patience, self._tell = most, waiting, patience, tell
        self._centres: dict[str, _Centre] = {}
        self._now = 0.0  # the tag of whatever began last
        self._look: asyncio.TimerHandle | None = None

    async def take(self, name: str) -> Turn:
        """Wait for the turn of the centre `name`. Raises CrowdedError."""
        centre = self._centres.setdefault(name, _Centre())
        centre.asked = self._tell()
        if not (centre.running or centre.waiting):  # what it did not use before is no credit
            centre.tag = max(centre.tag, self._now)
        if not centre.waiting and self._may(centre):
            return self._begin(centre)
        if len(centre.waiting) >= self._bound:
            raise CrowdedError
        place: asyncio.Future[Turn] = asyncio.get_running_loop().create_future()
        centre.waiting.append(place)
        self._soon()
        try:
            await asyncio.wait([place], timeout=self._patience)
        except asyncio.CancelledError:
            if place.done():
                self.give(place.result())
            else:
                centre.waiting.remove(place)
            raise
        if not place.done():
            centre.waiting.remove(place)
            raise CrowdedError
        return place.result()

    def give(self, turn: Turn) -> None:
        """The request is done."""
        centre, took = turn.centre, min(self._tell() - turn.since, _FRESH)
        centre.running.discard(turn)
        centre.tag += took - centre.usual
        centre.usual += (took - centre.usual) / 8
        self._go()

    def waiting(self) -> dict[str, int]:
        """How many requests wait, by centre."""
        return {name: len(one.waiting) for name, one in self._centres.items()}

    def _begin(self, centre: _Centre) -> Turn:
        turn = Turn(centre, centre.tag, self._tell())
        self._now = max(self._now, centre.tag)
        centre.tag += centre.usual
        centre.running.add(turn)
        return turn

    def _may(self, centre: _Centre) -> bool:
        now = self._tell()
        others = [one for one in self._centres.values() if one is not centre]
        if len(centre.running) >= self._most:
            return False
        if any(now - one.asked < _ALONE for one in others) and len(centre.fresh(now)) >= _TOGETHER:
            return False
        return not any(turn.tag < centre.tag for one in others for turn in one.fresh(now))

    def _go(self) -> None:
        """Begin whatever may begin, the lowest tag first."""
        waiting = sorted((one for one in self._centres.values() if one.waiting), key=lambda one: one.tag)
        for centre in waiting:
            while centre.waiting and self._may(centre):
                centre.waiting.popleft().set_result(self._begin(centre))
        self._soon()

    def _soon(self) -> None:
        """Look again when what is worked on has become something that takes long."""
        if self._look is None and any(one.waiting for one in self._centres.values()):
            self._look = asyncio.get_running_loop().call_later(_FRESH, self._again)

    def _again(self) -> None:
        self._look = None
        self._go()
