"""Fixtures: a real encrypted desk, a real centre behind a real HTTP server, a clock that a test sets."""

from __future__ import annotations

import contextlib
import datetime as dt
import functools
import gc
import os
import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import argon2
import httpx
import made_once
import postgres
import pytest
import uvicorn
from drafts import CHEAP, HERDER, PASSWORD, POINT, POINT_NAME, called, full_draft, item_code, sync

from desk import clock
from desk.app import opening
from desk.app.open_desk import Desk
from desk.centre import site
from desk.centre.exchange import enrolment
from desk.centre.levels import forwarding
from desk.centre.listener import listening
from desk.centre.node import centre_node
from desk.centre.run import guard
from desk.centre.run.settings import Settings
from desk.counter.office import accounts
from desk.log.events import Act
from desk.store.account import Account
from desk.sync.protocol import code_proof

__all__ = ["CHEAP", "HERDER", "PASSWORD", "POINT", "POINT_NAME", "called", "full_draft", "item_code", "sync"]

sys.dont_write_bytecode = False  # what is compiled is kept, as by every program that a test starts
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # a window on screen only where somebody asks for it
# Logging in costs the tests little; a centre in a process of its own has the real price.
REAL_CODE_COST = code_proof.Cost()  # of a centre in a process of its own
code_proof.COST = code_proof.Cost(CHEAP.passes, CHEAP.memory, CHEAP.lanes)
guard._hasher = argon2.PasswordHasher(CHEAP.passes, CHEAP.memory, CHEAP.lanes)
httpx._transports.default.create_ssl_context = functools.lru_cache(
    httpx._config.create_ssl_context
)  # certificates read once
# As by default, but that one address knocks as often as the tests like, an administrator needs no telephone, and days
# pass within a session.
TRUSTING = Settings(
    require_second=False, idle_minutes=0, logins_per_minute=10_000, enrols_per_minute=10_000, forms_per_minute=10_000
)
LONG = (
    "each_page_fits", "test_a_days_work", "test_from_a_keystroke", "[mypy]", "TestNetwork", "centre_killed",
    "test_everything_is_pressed", "test_three_faults",
)  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long begins, half of it in each half of the tests: two processes share them so, and what is left at
    the end is short."""
    begin = [one for one in items if any(name in one.nodeid for name in LONG)]
    rest = [one for one in items if one not in begin]
    cut = max(0, (len(items) + 1) // 2 - len(begin[::2]))
    items[:] = [*begin[::2], *rest[:cut], *begin[1::2], *rest[cut:]]


def pytest_collection_finish() -> None:
    """The collector need not go through all modules again and again."""
    gc.collect()
    gc.freeze()


class SetClock:
    """A clock that stands until a test moves it."""

    def __init__(self) -> None:
        self.at = dt.datetime(2026, 11, 24, 9, 30, tzinfo=clock.BEIJING)

    def __call__(self) -> dt.datetime:
        self.at += dt.timedelta(milliseconds=1)
        return self.at


@pytest.fixture
def tell() -> SetClock:
    return SetClock()


class Served:
    """A centre and the address it answers at; `desk`: where a desk that it knows lies ready to be copied."""

    def __init__(self, centre: centre_node.Centre, address: str, desk: Path | None = None) -> None:
        self.centre, self.address, self.desk = centre, address, desk


@contextlib.contextmanager
def serving(application: object, *, waits: bool = True) -> Iterator[str]:
    """A real HTTP server on loopback for as long as the block lasts; its address. `waits` until it has ended, else it
    does so meanwhile."""
    listener = listening("127.0.0.1", 0)
    server = uvicorn.Server(
        uvicorn.Config(application, log_level="error", access_log=False, lifespan="off", proxy_headers=False)
    )
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        if waits:
            thread.join(10)
            listener.close()


@pytest.fixture(scope="session")
def postgres_cluster() -> Iterator[postgres.Cluster]:
    """A PostgreSQL server of our own, started when the first test asks for it."""
    if postgres.programs() is None:
        pytest.skip("no PostgreSQL server is installed")
    with postgres.cluster(flushes=False) as made:  # no machine stops here
        yield made


@pytest.fixture
def centre_url(request: pytest.FixtureRequest) -> str:
    """The centre's database; "" for SQLite beside its keys. Tests of the store run on both."""
    if getattr(request, "param", "") != "postgresql":
        return ""
    made: postgres.Cluster = request.getfixturevalue("postgres_cluster")
    return made.database()


both_databases = pytest.mark.parametrize("centre_url", ["sqlite", "postgresql"], indirect=True)


@contextlib.contextmanager
def opened(place: Path, url: str, tell: SetClock, desk: Path | None = None, *, waits: bool = True) -> Iterator[Served]:
    """The centre in a folder of `place`, which is served for as long as the block lasts."""
    centre = centre_node.Centre(place / made_once.CENTRE, url, tell=tell)
    with contextlib.closing(centre), serving(site.app(centre, TRUSTING), waits=waits) as address:
        yield Served(centre, address, desk)


def make_centre(folder: Path, url: str) -> dt.datetime:
    """The centre that `served` has copies of."""
    tell = SetClock()
    centre_node.create(folder / made_once.CENTRE, "152523", "苏尼特左旗政务服务中心", url)
    with contextlib.closing(centre_node.Centre(folder / made_once.CENTRE, url, tell=tell)) as centre:
        guard.add_clerk(centre, "wulan", "乌兰", PASSWORD, "综合窗口")
    return tell.at


def make_with_desk(folder: Path, url: str) -> dt.datetime:
    """The same and its first desk."""
    tell = SetClock()
    tell.at = make_centre(folder, url)
    with opened(folder, url, tell) as served:
        enrol_desk(folder / made_once.DESK, served, POINT, tell)
    return tell.at


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> made_once.MadeOnce:
    return made_once.MadeOnce(
        lambda: tmp_path_factory.mktemp("made"), lambda: request.getfixturevalue("postgres_cluster")
    )


@pytest.fixture
def maker(request: pytest.FixtureRequest) -> made_once.Make:
    """What made the centre that `served` is a copy of: it knows the desk already where the test has one."""
    return make_with_desk if "desk" in request.fixturenames else make_centre


@pytest.fixture
def served(
    tmp_path: Path, tell: SetClock, centre_url: str, templates: made_once.MadeOnce, maker: made_once.Make
) -> Iterator[Served]:
    template = templates.copy(maker, tmp_path, centre_url)
    tell.at = max(tell.at, template.at)
    desk = template.folder / made_once.DESK
    with opened(tmp_path, centre_url, tell, desk if desk.is_dir() else None, waits=False) as made:
        yield made


@pytest.fixture
def empty_database(request: pytest.FixtureRequest, centre_url: str) -> str:
    """An empty database of the same kind; "" for SQLite."""
    if not centre_url:
        return ""
    made: postgres.Cluster = request.getfixturevalue("postgres_cluster")
    return made.database()


@contextlib.contextmanager
def level(folder: Path, code: str, name: str, tell: SetClock) -> Iterator[Served]:
    """Another centre than `served`, on SQLite, for as long as the block lasts."""
    centre_node.create(folder, code, name)
    centre = centre_node.Centre(folder, tell=tell)
    with serving(site.app(centre)) as address:
        yield Served(centre, address)
    centre.close()


@pytest.fixture
def above(tmp_path: Path, tell: SetClock, served: Served) -> Iterator[tuple[Served, Served]]:
    """The league above `served` and the region above that."""
    with (
        level(tmp_path / "league", "152500", "锡林郭勒盟政务服务中心", tell) as league,
        level(tmp_path / "region", "150000", "自治区政务服务中心", tell) as region,
    ):
        forwarding.join(
            served.centre, league.address, enrolment.enrol_code(league.centre, "152523000000", "苏尼特左旗")
        )
        forwarding.join(
            league.centre, region.address, enrolment.enrol_code(region.centre, "152500000000", "锡林郭勒盟")
        )
        yield league, region


def enrol_desk(folder: Path, served: Served, point: str, tell: SetClock) -> None:
    code = enrolment.enrol_code(served.centre, point, POINT_NAME)
    opening.create_desk(folder, served.address, code, Account("suhe", "苏和"), PASSWORD, cost=CHEAP, tell=tell)


@pytest.fixture
def make_desk(tmp_path: Path, served: Served, tell: SetClock) -> Iterator[Callable[..., Desk]]:
    opened: list[Desk] = []
    ready = served.desk

    def make(name: str = made_once.DESK, point: str = POINT) -> Desk:
        nonlocal ready
        folder = tmp_path / name
        is_new = not accounts.accounts(folder)
        copied = ready if is_new and (name, point) == (made_once.DESK, POINT) else None
        if copied:
            shutil.copytree(copied, folder)
            ready = None
        elif is_new:
            enrol_desk(folder, served, point, tell)
        opened.append(opening.open_desk(folder, "suhe", PASSWORD, tell))
        if copied:
            opened[-1].set_centre_address(served.address)
        return opened[-1]

    yield make
    for desk in opened:
        with contextlib.suppress(Exception):
            desk.close()


@pytest.fixture
def desk(make_desk: Callable[..., Desk]) -> Desk:
    return make_desk()


@contextlib.contextmanager
def slow_disk(desk: Desk) -> Iterator[None]:
    """Nobody can write while the block runs."""
    held, ended = threading.Event(), threading.Event()

    def hold() -> None:
        with desk.store.rooms.turn():
            held.set()
            ended.wait(20)

    holder = threading.Thread(target=hold)
    holder.start()
    held.wait(20)
    yield
    ended.set()
    holder.join()


def move(served: Served, number: str, *kinds: str) -> None:
    """A clerk's moves at the centre."""
    for kind in kinds:
        _, seen = served.centre.case(number)
        served.centre.act("wulan", kind, number, Act("乌兰", "综合窗口", "依法"), seen)


@pytest.fixture
def granted(desk: Desk, served: Served) -> str:
    number = desk.register(full_draft(desk)).intake_no
    sync(desk)
    move(served, number, "case.accepted", "case.granted", "case.returning")
    sync(desk)
    return number
