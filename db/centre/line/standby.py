"""A standby that public lists and figures may be read from: what is everybody's and some moments old. One that is away,
another centre's, or too far behind is left alone for a while, and the database itself is read."""

from __future__ import annotations

import logging
import threading
import time

import sqlalchemy as sa

from db.centre.hosts.ends import End, look
from db.centre.hosts.prints import KEY
from db.centre.line.engine import Line, make
from db.centre.schema import meta

BEHIND = 30.0  # seconds that a standby may be behind what this host acknowledged
_AGAIN = 30.0  # seconds for which one that is no good is left alone
_log = logging.getLogger("desk.centre")


class Standby:
    """The standby at `url`, of the centre whose key has this fingerprint."""

    def __init__(self, url: str, line: Line, key: str, behind: float = BEHIND) -> None:
        self.engine = make(url, line)
        self._key, self._behind = key, behind
        self._turn = threading.Lock()
        self._left_until = 0.0
        self._marks: list[tuple[float, End]] = []  # what was acknowledged when, the oldest first

    def connection(self, box: object, known: End | None) -> sa.Connection | None:
        """A connection to read from, in a snapshot that has all that was acknowledged some time ago; None for none. The
        database itself ends at `known`, as far as this host knows."""
        now = time.monotonic()
        wanted = self._wanted(now, known)
        if now < self._left_until:
            return None
        try:
            db = self.engine.connect().execution_options(daiban_box=box, isolation_level="REPEATABLE READ")
            try:
                end = look(db)
                is_ours = db.execute(sa.select(meta.c.value).where(meta.c.key == KEY)).scalar() == self._key
                if is_ours and (wanted is None or end[:2] >= wanted[:2]):
                    return db
            except BaseException:
                db.close()
                raise
            db.close()
            why = "behind" if is_ours else "another centre's"
        except sa.exc.SQLAlchemyError as error:
            why = type(error).__name__
        self._left_until = now + _AGAIN
        _log.warning("the standby is not read: %s", why)
        return None

    def _wanted(self, now: float, known: End | None) -> End | None:
        """What was acknowledged as long ago as a standby may be behind; None for nothing known of so long ago."""
        with self._turn:
            marks = self._marks
            if known is not None and (not marks or now - marks[-1][0] > self._behind / 10):
                marks.append((now, known))
            while len(marks) > 1 and now - marks[1][0] >= self._behind:
                del marks[0]
            return marks[0][1] if marks and now - marks[0][0] >= self._behind else None
