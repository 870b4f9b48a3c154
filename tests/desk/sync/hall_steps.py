"""Steps of tests about one hall: desks of a point that know of each other, each window at a port of its own."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator

from conftest import sync

from desk.app.open_desk import Desk
from desk.sync.hall import places
from desk.sync.outcome import Outcome

PATIENCE = 20.0


def introduced(*desks: Desk) -> None:
    """Each desk has heard of the others from the centre, and may read the point's past."""
    for _ in range(2):
        for desk in desks:
            assert sync(desk).outcome is Outcome.DONE
        assert sync(desks[0]).outcome is Outcome.DONE
        for desk in desks[1:]:
            if desk.sync_status().waits_since:
                desks[0].let_read(desk.identity.node)
        assert sync(desks[0]).outcome is Outcome.DONE
    for desk in desks:
        assert sync(desk).outcome is Outcome.DONE


def keep_port(desk: Desk, port: int = 0) -> None:
    with desk.store.write() as db:
        kept = places.kept(db)
        places.keep(db, places.Kept(True, port, kept.typed, kept.worked))


@contextlib.contextmanager
def hall(*desks: Desk, host: str = "127.0.0.1") -> Iterator[None]:
    """All of these desks meet while the block lasts; each knows the addresses of the ones before."""
    known: list[str] = []
    for desk in desks:
        keep_port(desk)
        desk.hall.hall.start(host, finds=False)
        for place in known:
            desk.hall.type_address(place)
        known.append(f"{host}:{desk.hall.hall.port}")
    try:
        yield
    finally:
        for desk in desks:
            desk.hall.stop()


def until(true: Callable[[], object], what: str = "") -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, what or "it never came about"
        time.sleep(0.02)
