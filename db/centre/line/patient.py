"""A connection to PostgreSQL that waits for one answer only so long."""

from __future__ import annotations

import time
from typing import Any

import psycopg
from psycopg.errors import _WaitTimeout

FRESH = 1.0  # seconds after its last answer for which a connection is taken for alive


class Patient(psycopg.Connection[Any]):
    """A connection that gives up on a server which does not answer."""

    patience: float | None = None
    _heard = float("-inf")

    def is_fresh(self) -> bool:
        """Whether the server answered a moment ago: it need not be asked whether it is there."""
        return time.monotonic() - self._heard < FRESH

    def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
        """As psycopg's; a connection whose server took too long is closed: nobody knows what will still come of it.
        Nothing is cancelled, for a cancelled commit may be one. Raises psycopg.OperationalError."""
        try:
            made = super().wait(gen, interval, self.patience if timeout is None else timeout)
            self._heard = time.monotonic()
        except _WaitTimeout as error:
            if timeout is not None:
                raise
            self.pgconn.finish()
            raise psycopg.OperationalError("no answer from the server") from error
        return made
