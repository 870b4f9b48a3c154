"""The parts of the demonstration while it is made: a clock that stands at the day that is lived, the centre behind a
real HTTP server on loopback, the desks."""

from __future__ import annotations

import contextlib
import datetime as dt
import threading
from collections.abc import Iterator
from pathlib import Path

import uvicorn

from db import vault
from desk import clock
from desk.app import demo, opening
from desk.app.open_desk import Desk
from desk.centre import site
from desk.centre.exchange import enrolment
from desk.centre.listener import listening
from desk.centre.node import centre_node
from desk.centre.node.centre_node import Centre
from desk.centre.node.roles import Role
from desk.centre.run import guard
from desk.store.account import Account

NEIGHBOUR, NEIGHBOUR_NAME = "152523202201", "巴彦洪格尔嘎查便民代办点"
NEIGHBOUR_AGENT = Account("tuya", "图娅")
_LIGHT = vault.Cost(1, 8 * 1024, 1)  # its password stands on the login page: it guards nothing
_OFFICE = frozenset({Role.CLERK, Role.CHIEF})
_WATCH = frozenset({Role.SUPERVISOR, Role.REVIEWER, Role.EDITOR})


class StageClock:
    """Stands at the moment that is lived, a little later at each look."""

    def __init__(self) -> None:
        self.at = dt.datetime(2026, 1, 1, tzinfo=clock.BEIJING)

    def __call__(self) -> dt.datetime:
        self.at += dt.timedelta(milliseconds=20)
        return self.at

    def stand(self, day: dt.date, time: str) -> None:
        """Go to `time` (09:30) of a day; never back."""
        hour, _, minute = time.partition(":")
        wanted = dt.datetime.combine(day, dt.time(int(hour), int(minute)), clock.BEIJING)
        self.at = max(self.at, wanted)


def centre_in(folder: Path, tell: clock.Clock) -> Centre:
    """A new centre with its staff."""
    centre_node.create(folder, demo.CODE, demo.CENTRE_NAME)
    centre = Centre(folder, tell=tell)
    guard.add_clerk(centre, demo.CLERK, demo.CLERK_NAME, demo.PASSWORD, demo.CLERK_ORG, _OFFICE)
    guard.add_clerk(centre, demo.WATCHER, demo.WATCHER_NAME, demo.PASSWORD, demo.WATCHER_ORG, _WATCH)
    return centre


@contextlib.contextmanager
def served(centre: Centre) -> Iterator[str]:
    """Its address on loopback for as long as the block lasts."""
    listener = listening("127.0.0.1", 0)
    how = uvicorn.Config(
        site.app(centre), log_config=None, access_log=False, lifespan="off", proxy_headers=False, server_header=False
    )
    server = uvicorn.Server(how)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)
        listener.close()


def desk_at(folder: Path, centre: Centre, address: str, point: tuple[str, str], agent: Account) -> Desk:
    """A new desk at the point (code, name), enrolled and open."""
    code = enrolment.enrol_code(centre, *point)
    tell = centre.tell
    opening.create_desk(
        folder,
        address,
        code,
        agent,
        demo.PASSWORD,
        phone=demo.PHONE,
        demonstration=True,
        cost=_LIGHT,
        tell=tell,
    )
    return opening.open_desk(folder, agent.account, demo.PASSWORD, tell, _LIGHT)


def with_second_agent(desk: Desk) -> Desk:
    """The same desk in the hands of a second agent, who took an own password as everybody does."""
    desk.agents.add(demo.SECOND.account, demo.SECOND.name, demo.PASSWORD)
    second = desk.for_agent(demo.SECOND)
    second.agents.take_own(demo.PASSWORD)
    return second
