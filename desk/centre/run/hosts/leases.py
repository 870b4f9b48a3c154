"""What is done by one host at a time, as forwarding to the level above: whoever took it on says so in the database and
goes on saying it; when nothing is heard of it for a while, another one takes it on."""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from collections.abc import Iterator

from sqlalchemy.exc import SQLAlchemyError

from db.centre.hosts import host_rows
from db.errors import BusyError
from db.files import FolderLock
from desk.centre.node.centre_node import Centre
from desk.centre.run.hosts.adding import host_name

FORWARDING = "forwarding"
_SECONDS = 90.0
_LOOK = 0.2  # seconds between two looks whether it is free
_log = logging.getLogger("desk.centre")


class Lease:
    """A work that this process would do. Of the processes of one host a lock in the centre's folder lets one through:
    when it is killed the next one goes on at once, with its name, and waits for no time to run out."""

    def __init__(self, centre: Centre, work: str, seconds: float = _SECONDS) -> None:
        self._centre, self._work, self._seconds = centre, work, seconds
        self._me = ""

    @contextlib.contextmanager
    def held(self, patience: float = 0.0) -> Iterator[bool]:
        """Whether the work is ours, which it stays while the block runs; another's is waited for `patience` seconds.
        Raises DBAPIError, OSError."""
        until = time.monotonic() + patience
        while (lock := self._locked()) is None:
            if time.monotonic() >= until:
                yield False
                return
            time.sleep(_LOOK)
        done = threading.Event()
        goes_on = threading.Thread(target=self._go_on, args=[done], daemon=True)
        goes_on.start()
        try:
            yield True
        finally:
            done.set()
            goes_on.join()
            self._give_back()
            lock.release()

    def _locked(self) -> FolderLock | None:
        try:
            lock = FolderLock(self._centre.folder, self._work)
        except BusyError:
            return None
        is_ours = False
        try:
            self._me = f"{host_name()}:{lock.name()}"
            is_ours = self._take()
        finally:
            if not is_ours:
                lock.release()
        return lock if is_ours else None

    def _take(self) -> bool:
        with self._centre.database.touch() as db:
            return host_rows.take_lease(db, self._work, self._me, self._seconds)

    def _go_on(self, done: threading.Event) -> None:
        while not done.wait(self._seconds / 3):
            try:
                self._take()
            except SQLAlchemyError as error:
                _log.warning("lease: %s", type(error).__name__)

    def _give_back(self) -> None:
        """The next one need not wait until nothing is heard of us."""
        with contextlib.suppress(SQLAlchemyError), self._centre.database.touch() as db:
            host_rows.give_back(db, self._work, self._me)
