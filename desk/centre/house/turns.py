"""Who is answered next, of the centres of one service: a fair share for each, so that one that is flooded keeps nobody
else waiting.

Threads of one process share its one interpreter, so each request that is worked on makes all others slower. Of each
centre is known how long it was worked on lately; whoever had more gives way to whoever had less, and is not let in
either while such a one is worked on: who asks little is worked on nearly alone. What takes long waits for a disk or a
database and keeps the others' requests back no more; how many of those a centre may have is bounded by itself.

Used on one event loop; takes no locks.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable

MOST = 8  # requests of a centre that are worked on at once, those that take long with them
_TOGETHER = 1  # of them at once, but for what takes long, while other centres are asked too
_FRESH = 0.25  # seconds after which a request counts as one that waits for something
_ALONE = 5.0  # seconds without a question to any other centre, after which a centre has the process to itself
_WAITING = 200  # requests of a centre that wait
_PATIENCE = 20.0  # seconds that they wait
_HALF = 2.0  # seconds after which half of what a centre had is forgotten
_LITTLE = 0.2  # seconds that a centre may have had more than another before it gives way


class CrowdedError(Exception):
    """Too many ask this centre: the request was not begun."""


class Turn:
    """A request that is being worked on."""

    def __init__(self, centre: _Centre, since: float) -> None:
        self.centre, self.since = centre, since


class _Centre:
    def __init__(self) -> None:
        self.asked = float("-inf")
        self.waiting: deque[asyncio.Future[Turn]] = deque()
        self.running: set[Turn] = set()
        self._had, self._at = 0.0, 0.0

    def fresh(self, now: float) -> list[Turn]:
        """What is worked on, but for what takes long."""
        return [one for one in self.running if now - one.since < _FRESH]

    def lately(self, now: float) -> float:
        """Seconds that it was worked on lately."""
        return float(self._had * 0.5 ** ((now - self._at) / _HALF))

    def had(self, seconds: float, now: float) -> None:
        """It was worked on for so long."""
        self._had, self._at = self.lately(now) + seconds, now


class Turns:
    """The turns of all centres of one process, by their names. `tell` gives seconds."""

    def __init__(
        self, most: int = MOST, waiting: int = _WAITING, patience: float = _PATIENCE,
        tell: Callable[[], float] = time.monotonic,
    ) -> None:  # fmt: skip
        self._most, self._bound, self._patience, self._tell = most, waiting, patience, tell
        self._centres: dict[str, _Centre] = {}
        self._look: asyncio.TimerHandle | None = None

    async def take(self, name: str) -> Turn:
        """Wait for the turn of the centre `name`. Raises CrowdedError."""
        centre = self._centres.setdefault(name, _Centre())
        centre.asked = self._tell()
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
        now = self._tell()
        turn.centre.running.discard(turn)
        turn.centre.had(min(now - turn.since, _FRESH), now)
        self._go()

    def waiting(self) -> dict[str, int]:
        """How many requests wait, by centre."""
        return {name: len(one.waiting) for name, one in self._centres.items()}

    def _begin(self, centre: _Centre) -> Turn:
        turn = Turn(centre, self._tell())
        centre.running.add(turn)
        return turn

    def _may(self, centre: _Centre) -> bool:
        now = self._tell()
        others = [one for one in self._centres.values() if one is not centre]
        if len(centre.running) >= self._most:
            return False
        if any(now - one.asked < _ALONE for one in others) and len(centre.fresh(now)) >= _TOGETHER:
            return False
        mine = centre.lately(now)
        return not any(one.lately(now) + _LITTLE < mine for one in others if one.fresh(now))

    def _go(self) -> None:
        """Begin whatever may begin, first of whoever had least."""
        now = self._tell()
        waiting = sorted((one for one in self._centres.values() if one.waiting), key=lambda one: one.lately(now))
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
