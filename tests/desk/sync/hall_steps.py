"""Steps of tests about one hall: desks of a point that know of each other, each window at a port of its own."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from conftest import CHEAP, PASSWORD, POINT, POINT_NAME, TRUSTING, SetClock, serving, sync

from desk.app import opening
from desk.app.open_desk import Desk
from desk.centre import site
from desk.centre.exchange import enrolment
from desk.centre.exchange.trust import admitting
from desk.centre.node import centre_node
from desk.store.account import Account
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


def windows_of_one_hall(folder: Path, count: int, point: str = POINT, villages: Sequence[str] = ()) -> SetClock:
    """A centre in `centre` and desks in `window0`, `window1` ... that know of each other, one in a folder of its code
    for each of `villages`, all closed; the clock as it is then. The centre's address is gone with it."""
    tell = SetClock()
    centre_node.create(folder / "centre", "152523", "中心")
    centre = centre_node.Centre(folder / "centre", tell=tell)
    with serving(site.app(centre, TRUSTING)) as address:
        names = [(f"window{at}", point) for at in range(count)] + [(one, one) for one in villages]
        for name, where in names:
            code = enrolment.enrol_code(centre, where, POINT_NAME)
            opening.create_desk(folder / name, address, code, Account("suhe", "苏和"), PASSWORD, cost=CHEAP, tell=tell)
        let_in(centre)
        for where in (address, "http://127.0.0.1:1"):
            for at in range(count):
                desk = opening.open_desk(folder / f"window{at}", "suhe", PASSWORD, tell)
                assert sync(desk).outcome is Outcome.DONE
                desk.set_centre_address(where)
                desk.close()
    centre.close()
    return tell


def let_in(centre: centre_node.Centre) -> None:
    """Two people look at each desk that waits for the past of its point."""
    with centre.database.read() as db:
        waiting = [row["name"] for row in admitting.all_waiting(db)]
    for name in waiting:
        assert [admitting.by_people(centre, account, name) for account in ("one", "two")] == [False, True]


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
        known.append(places.joined(host, desk.hall.hall.port))
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
