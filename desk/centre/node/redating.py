"""The days of open cases, worked out again when the table or the items that they come from are others, and all cases
when bodies are: in the background, a piece at a time, so that nobody waits."""

from __future__ import annotations

import logging
import threading
import time

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from db.centre import rows
from db.centre.lists import case_rows
from desk.centre.node.centre_node import Centre
from desk.errors import DeskError

EVERY = 10.0  # seconds between two looks whether there is something to do
PIECE = 500  # cases of one transaction
_AT = "reckon.after"  # the intake number behind which the next piece begins; "" when nothing is to be done
_WHOLE = "reckon.whole"  # "1" while closed cases are worked out too
_FIRST = "0"
_BREATH = 0.05  # seconds that others have to write between two pieces
_log = logging.getLogger("desk.centre")


def begin(db: sa.Connection) -> None:
    """From the first open case on, in the transaction that changes what the days come from."""
    rows.set_value(db, _AT, _FIRST)


def begin_whole(db: sa.Connection) -> None:
    """From the first case of all on, as `begin`: bodies are others, and with them before whom cases lie."""
    begin(db)
    rows.set_value(db, _WHOLE, "1")


def waits(db: sa.Connection) -> bool:
    """Whether some cases still stand with their former days."""
    return bool(rows.value(db, _AT))


def piece(centre: Centre) -> bool:
    """Work the next piece out; whether there may be more."""
    with centre.database.read() as db:
        if not waits(db):
            return False
    with centre.database.write() as db:
        after = rows.value(db, _AT)
        if not after:
            return False
        is_whole = bool(rows.value(db, _WHOLE))
        numbers = (case_rows.after if is_whole else case_rows.open_after)(db, after, PIECE)
        centre.project(db, centre.about(db, numbers))
        goes_on = len(numbers) == PIECE
        rows.set_value(db, _AT, numbers[-1] if goes_on else "")
        if is_whole and not goes_on:
            rows.set_value(db, _WHOLE, "")
    return goes_on


def some(centre: Centre, seconds: float = 0.5) -> bool:
    """As many pieces as go into `seconds`, for someone who waits; whether some are left for the background."""
    until = time.monotonic() + seconds
    goes_on = True
    while goes_on and time.monotonic() < until:
        goes_on = piece(centre)
    return goes_on


def run(centre: Centre, stop: threading.Event) -> None:
    """Until `stop` is set; trouble is tried again."""
    while not stop.wait(EVERY):
        try:
            while piece(centre) and not stop.wait(_BREATH):
                pass
        except (DeskError, SQLAlchemyError) as error:
            _log.warning("reckoning: %s", type(error).__name__)
