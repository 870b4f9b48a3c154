"""Who is in the rooms of a database: everybody may be, or one alone."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator

from db.errors import BusyError


class Gate:
    """Threads come and go; whoever is in may go in again. One who wants to be alone waits for the others to leave."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._inside: dict[int, int] = {}
        self._alone: int | None = None

    @contextlib.contextmanager
    def through(self) -> Iterator[None]:
        """In, once nobody is alone there."""
        me = threading.get_ident()
        with self._changed:
            if me not in self._inside:
                self._changed.wait_for(lambda: self._alone in (None, me))
            self._inside[me] = self._inside.get(me, 0) + 1
        try:
            yield
        finally:
            self._leave(me)

    def _leave(self, me: int) -> None:
        with self._changed:
            self._inside[me] -= 1
            if not self._inside[me]:
                del self._inside[me]
                self._changed.notify_all()

    @contextlib.contextmanager
    def alone(self, seconds: float) -> Iterator[None]:
        """In, with nobody else, who wait meanwhile. Raises BusyError where others stay longer than `seconds`."""
        me = threading.get_ident()
        with self._changed:
            if self._alone is not None:
                raise BusyError("gate")
            self._alone = me
            if not self._changed.wait_for(lambda: not self._inside.keys() - {me}, seconds):
                self._end()
                raise BusyError("gate")
        try:
            yield
        finally:
            with self._changed:
                self._end()

    def _end(self) -> None:
        self._alone = None
        self._changed.notify_all()
