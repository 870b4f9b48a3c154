"""Whether the centre's database works, tried by a write as everybody writes: with the turn, to the disk, to a standby
where the server waits for one. Whoever asks is answered soon, however long the database takes."""

from __future__ import annotations

import logging
import threading
import time

import msgspec
from sqlalchemy.exc import SQLAlchemyError

from db.centre.database import is_current
from db.centre.hosts import host_rows
from db.centre.hosts.ends import WentBackError
from desk.centre.node.centre_node import Centre
from desk.centre.run.hosts.adding import host_name

_SOON = 3.0  # seconds after which whoever asks is answered
_STUCK = 10.0  # seconds after which a try that goes on counts as failed: till then the last one stands
_log = logging.getLogger("desk.centre")


class Said(msgspec.Struct, frozen=True):
    """What the last try showed: the database answers, its schema is ours, its disk has room, it takes what we write,
    and has all of the log that this host knows."""

    database: bool = False
    schema: bool = False
    room: bool = True
    writes: bool = False
    log: bool = True


class Probe:
    """Tries the database, one try at a time."""

    def __init__(self, centre: Centre, soon: float = _SOON, stuck: float = _STUCK) -> None:
        self._centre, self._soon, self._stuck = centre, soon, stuck
        self._turn = threading.Lock()
        self._since = 0.0
        self._done = threading.Event()
        self._done.set()
        self._said = Said()

    def said(self) -> Said:
        """How it is now; of a try that hangs: how it was, and after ten seconds that nothing works."""
        with self._turn:
            if self._done.is_set():
                self._since = time.monotonic()
                self._done.clear()
                threading.Thread(target=self._try, daemon=True).start()
        if not self._done.wait(self._soon) and time.monotonic() - self._since >= self._stuck:
            return msgspec.structs.replace(self._said, database=False, writes=False)
        return self._said

    def _try(self) -> None:
        database, schema, room, writes, log = True, False, True, False, True
        try:
            with self._centre.database.read() as db:
                schema = is_current(db)
            room = self._centre.database.has_room()
        except Exception as error:  # noqa: BLE001 - whatever it is, it does not work
            _log.warning("the database is away", extra={"code": type(error).__name__})
            database = False
        try:
            if database and room:
                with self._centre.database.write() as db:
                    host_rows.see(db, host_name(), self._centre.now())
                writes = True
        except WentBackError:
            log = False
        except SQLAlchemyError as error:
            _log.warning("the database takes no write", extra={"code": type(error).__name__})
        finally:
            self._said = Said(database, schema, room, writes, log)
            self._done.set()
