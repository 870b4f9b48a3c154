"""What a service does for a centre beside answering: watch, count figures anew, work days out again, back up, sweep
pictures, and send on to the level above. One process of a service does it."""

from __future__ import annotations

import contextlib
import functools
import logging
import threading

from db.centre.database import AWAY
from db.centre.pictures.places import DATABASE, PlaceError
from desk.centre.levels import forwarding
from desk.centre.node import redating
from desk.centre.node.centre_node import Centre
from desk.centre.run import timed_backup
from desk.centre.run.hosts import leases
from desk.centre.run.pictures import sweeping
from desk.centre.run.settings import Settings
from desk.centre.watch import figuring, watching
from desk.errors import DeskError
from desk.sync import pace

_log = logging.getLogger("desk.centre")
_REFUSED_WAIT = 600.0  # seconds until the level above is asked again about a node that it refused


def look_for_pictures(centre: Centre) -> None:
    """The place for new pictures is made ours before the first one comes. One that is away keeps nobody from serving:
    desks keep their pictures until it is back."""
    if centre.pictures.where.to == DATABASE:
        return
    try:
        centre.pictures.place(centre.pictures.where.to)
    except PlaceError as error:
        _log.error("no pictures are taken: %s", error.words)


def works(
    centre: Centre, url: str, settings: Settings, turn: threading.Lock | None = None
) -> contextlib.AbstractContextManager[None]:
    """All of it, for as long as the block lasts. `turn` as in `timed_backup.run`."""
    look = functools.partial(watching.run, silent_days=settings.silent_days)
    copy = functools.partial(timed_backup.run, url=url, settings=settings, turn=turn)
    sweep = functools.partial(sweeping.run, settings=settings)
    send = functools.partial(_forwarding, every=settings.forward_seconds)
    return watching.beside(centre, look, figuring.run, redating.run, copy, sweep, send)


def _forwarding(centre: Centre, stop: threading.Event, every: int) -> None:
    """Send on what comes, as soon as there is a level above, while no other host does it; trouble is tried again later,
    with more patience."""
    trouble = 0
    lease = leases.Lease(centre, leases.FORWARDING)
    while True:
        try:
            if forwarding.upstream(centre) is not None:
                with lease.held() as is_ours:
                    if is_ours:
                        forwarding.forward(centre, _REFUSED_WAIT)
            trouble = 0
        except DeskError as error:
            trouble += 1
            _log.warning("forwarding: %s", error.happened)
        except AWAY as error:
            trouble += 1
            _log.warning("forwarding: %s", type(error).__name__)
        except Exception:  # noqa: BLE001 - the service goes on, and so does this
            trouble += 1
            _log.exception("forwarding")
        if stop.wait(pace.after(trouble) if trouble else every):
            return
