"""What is made ready for the turn, and gives way to it.

Threads of one process share its one interpreter: what is opened and checked before the turn would slow down whoever has
it, and with him everybody on every host who waits for it. So the two take turns: while somebody of this process has the
turn, only what has begun already is finished, and whoever is to have it next waits a moment for what is nearly ready,
for all of it goes in one transaction. On a line to a far database a turn mostly waits, and nothing gives way.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections import deque
from collections.abc import Iterator

_AT_ONCE = 2  # that are made ready together: each may need a connection
_WAIT = 0.05  # seconds that the turn waits for what is being made ready
_FAR = 0.0015  # seconds for a question and its answer beyond which a database is far
_KNOWN, _LATELY = 8, 50  # how many such are looked at, at least and at most
_LEFT = 0.25  # seconds for which the turn is left to others at most
_GIVE_WAY = 0.25  # seconds that this waits for a turn which somebody else has


class Gathering:
    """Who is making something ready, and whether the turn is taken."""

    def __init__(self) -> None:
        self.few = threading.BoundedSemaphore(_AT_ONCE)  # that are made ready at once
        self._lock = threading.Lock()
        self._is_free, self._is_all_there = threading.Condition(self._lock), threading.Condition(self._lock)
        self._coming, self._turns, self._others_until = 0, 0, 0.0
        self._trips: deque[float] = deque(maxlen=_LATELY)

    @contextlib.contextmanager
    def coming(self) -> Iterator[None]:
        """Something is made ready in this block: the turn waits a moment for it."""
        with self._lock:
            self._coming += 1
        try:
            yield
        finally:
            with self._lock:
                self._coming -= 1
                if not self._coming:
                    self._is_all_there.notify_all()

    def give_way(self) -> None:
        """Wait a while for a turn that somebody of this process has."""
        with self._lock:
            self._is_free.wait_for(lambda: not self._turns or self._is_far, _GIVE_WAY)

    def wait(self, *, several: bool) -> None:
        """Wait a moment for what is coming. Where `several` wait already, the turn is left to others first for as long
        as it was had here: other hosts want it, and whoever writes alone, and more comes together meanwhile."""
        if several:
            time.sleep(max(0.0, min(self._others_until - time.monotonic(), _LEFT)))
        with self._lock:
            self._is_all_there.wait_for(lambda: not self._coming, _FAR if self._is_far else _WAIT)

    def leave(self, seconds: float) -> None:
        """The turn is over, which was had for so long."""
        self._others_until = time.monotonic() + seconds

    @contextlib.contextmanager
    def trip(self) -> Iterator[None]:
        """One question to the database and its answer: how far it is. The shortest of the last ones counts, for any may
        have waited for something else."""
        began = time.monotonic()
        yield
        self._trips.append(time.monotonic() - began)

    @property
    def _is_far(self) -> bool:
        return len(self._trips) >= _KNOWN and min(self._trips) > _FAR

    @contextlib.contextmanager
    def turn(self) -> Iterator[None]:
        """Somebody of this process has the turn."""
        with self._lock:
            self._turns += 1
        try:
            yield
        finally:
            with self._lock:
                self._turns -= 1
                self._is_free.notify_all()
