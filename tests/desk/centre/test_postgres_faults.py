"""PostgreSQL killed and started again, a process killed in its transaction, a full disk: nothing acknowledged goes."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import postgres
import pytest
from conftest import CHEAP, PASSWORD, POINT, POINT_NAME, full_draft, serving, sync

from desk import opening
from desk.app import Desk
from desk.centre import guard, nodes, seat, site
from desk.centre.settings import Settings
from desk.sync import wire
from desk.views import Account, Outcome

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")
ROOT = Path(__file__).parents[3]
_WAITING = "SELECT client_port FROM pg_stat_activity WHERE wait_event = 'advisory' AND datname = current_database()"
LONG = 90.0  # seconds that nothing here should take
PASSING = {Outcome.DONE, Outcome.BUSY, Outcome.OFFLINE}  # what a desk may be told while things are broken


@pytest.fixture
def own_cluster() -> Iterator[postgres.Cluster]:
    """A server that this test may kill."""
    if postgres.programs() is None:
        pytest.skip("no PostgreSQL server is installed")
    with postgres.cluster() as made:
        yield made


def new_desk(folder: Path, address: str, centre: seat.Centre) -> Desk:
    code = nodes.enrol_code(centre, POINT, POINT_NAME)
    opening.create_desk(folder, address, code, Account("suhe", "苏和"), PASSWORD, cost=CHEAP)
    return opening.open_desk(folder, "suhe", PASSWORD)


class Pushing:
    """A desk that registers and syncs without end in a thread of its own."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.outcomes, self.acked = desk, list[Outcome](), 0
        self.faults: list[BaseException] = []
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            number = 0
            while not self._ending.is_set():
                number += 1
                self.desk.register(full_draft(self.desk, number))
                self.outcomes.append(sync(self.desk).outcome)
        except BaseException as error:  # noqa: BLE001 - told to the test
            self.faults.append(error)

    def until(self, holds: Callable[[], bool]) -> None:
        """Wait for it."""
        wait_for(lambda: bool(self.faults) or holds())
        assert self.faults == []

    def after(self, count: int, outcome: Outcome = Outcome.DONE) -> None:
        """Wait for `count` more of this outcome."""
        want = self.outcomes.count(outcome) + count
        self.until(lambda: self.outcomes.count(outcome) >= want)

    def end(self) -> None:
        self._ending.set()
        self._thread.join(LONG)
        assert self.faults == []
        assert set(self.outcomes) <= PASSING


def wait_for(holds: Callable[[], bool]) -> None:
    until = time.monotonic() + LONG
    tick = threading.Event()
    while not holds():
        assert time.monotonic() < until, "it did not happen"
        tick.wait(0.02)


def nothing_lost(desk: Desk, centre: seat.Centre) -> None:
    """Both have the whole log of the desk, the chains hold, every case is there once, and a rebuild is equal."""
    assert sync(desk).outcome is Outcome.DONE
    assert centre.verify()[desk.identity.node] == desk.store.verify(desk.identity.node)
    before = case_table(centre)
    assert len({row[0] for row in before}) == len({row[1] for row in before}) == len(before)
    centre.rebuild()
    assert case_table(centre) == before


def case_table(centre: seat.Centre) -> list[tuple[object, ...]]:
    from db.centre import case_rows

    with centre.database.read() as db:
        return case_rows.cases_table(db)


def test_postgres_killed_and_started_again_under_load(tmp_path: Path, own_cluster: postgres.Cluster) -> None:
    url = own_cluster.database()
    seat.create(tmp_path / "centre", "152523", "中心", url)
    centre = seat.Centre(tmp_path / "centre", url)
    guard.add_clerk(centre, "wulan", "乌兰", PASSWORD, "综合窗口")
    with serving(site.app(centre)) as address, httpx.Client(base_url=address, follow_redirects=True) as clerk:
        clerk.post("/login", data={"account": "wulan", "password": PASSWORD})
        pushing = Pushing(new_desk(tmp_path / "desk", address, centre))
        for _ in range(2):
            pushing.after(2)
            own_cluster.stop()
            pushing.after(1, Outcome.BUSY)
            away = clerk.get("/cases")
            assert (away.status_code, away.headers["retry-after"]) == (503, "5")
            assert "数据库暂时连不上" in away.text
            assert clerk.get("/readyz").json()["database"] is False
            assert clerk.get("/healthz").status_code == 200
            own_cluster.start()
            wait_for(lambda: clerk.get("/readyz").status_code == 200)
            assert clerk.get("/cases").status_code == 200
        pushing.after(2)
        pushing.end()
        nothing_lost(pushing.desk, centre)
        pushing.desk.close()
    centre.close()


@contextlib.contextmanager
def service(folder: Path, url: str, count: int) -> Iterator[tuple[subprocess.Popen[str], str]]:
    command = [sys.executable, "-m", "desk", "centre", "--data", str(folder), "serve", "--port", "0"]
    env = os.environ | {"DAIBAN_CENTRE_DB": url}
    with subprocess.Popen(
        [*command, "--workers", str(count)], cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            address = process.stdout.readline().split()[-1]

            def ready() -> bool:
                with contextlib.suppress(httpx.TransportError):
                    return httpx.get(address + "/readyz", trust_env=False).status_code == 200
                return False

            wait_for(ready)
            wait_for(lambda: len(workers(process)) == count)
            yield process, address
        finally:
            process.terminate()
            process.wait(60)


def workers(process: subprocess.Popen[str]) -> list[int]:
    found = []
    for one in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text("ascii").split():
        with contextlib.suppress(OSError):
            if b"spawn_main" in Path(f"/proc/{one}/cmdline").read_bytes():
                found.append(int(one))
    return found


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="children are read from /proc")
def test_a_worker_killed_in_its_transaction(tmp_path: Path, postgres_cluster: postgres.Cluster) -> None:
    """The chain's advisory lock is held from here, so that whoever takes a batch stands in its transaction."""
    import psycopg

    from db.centre.database import _CHAIN

    url = postgres_cluster.database()
    seat.create(tmp_path / "centre", "152523", "中心", url)
    centre = seat.Centre(tmp_path / "centre", url)
    with service(tmp_path / "centre", url, 2) as (process, address):
        pushing = Pushing(new_desk(tmp_path / "desk", address, centre))
        with psycopg.connect(url, autocommit=True) as held:
            for _ in range(3):
                pushing.after(1)
                held.execute("SELECT pg_advisory_lock(%s)", [_CHAIN])
                wait_for(lambda: held.execute(_WAITING).fetchone() is not None)
                (port,) = held.execute(_WAITING).fetchone()
                mine = next(one for one in workers(process) if port in ports_of(one))
                os.kill(mine, signal.SIGKILL)
                wait_for(lambda killed=mine: killed not in workers(process))
                held.execute("SELECT pg_advisory_unlock(%s)", [_CHAIN])
                pushing.after(1)
                wait_for(lambda: len(workers(process)) == 2)
        pushing.end()
        nothing_lost(pushing.desk, centre)
        pushing.desk.close()
        process.terminate()
        assert process.wait(60) == 0
    centre.close()


def ports_of(pid: int) -> set[int]:
    """Local TCP ports of a process."""
    inodes = set()
    for one in Path(f"/proc/{pid}/fd").iterdir():
        with contextlib.suppress(OSError):
            inodes.add(str(one.readlink()).removeprefix("socket:[").rstrip("]"))
    lines = Path(f"/proc/{pid}/net/tcp").read_text("ascii").splitlines()[1:]
    return {int(row[1].rpartition(":")[2], 16) for row in map(str.split, lines) if row[9] in inodes}


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 12 MB."""
    place = tmp_path / "disk"
    place.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", str(place)], capture_output=True, check=False
    )
    if done.returncode:
        pytest.skip("mounting a small file system is not allowed here")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_full_disk_is_told_and_passes(tmp_path: Path, small_disk: Path) -> None:
    seat.create(small_disk / "centre", "152523", "中心")
    centre = seat.Centre(small_disk / "centre")
    guard.add_clerk(centre, "wulan", "乌兰", PASSWORD, "综合窗口")
    with serving(site.app(centre, Settings(disk_free_mb=1))) as address:
        desk = new_desk(tmp_path / "desk", address, centre)
        desk.register(full_draft(desk))
        assert sync(desk).outcome is Outcome.DONE
        filler = small_disk / "filler"
        with filler.open("wb", buffering=0) as out, contextlib.suppress(OSError):
            while True:
                out.write(b"\0" * 4096)
        told, number = None, 1
        while told is None or told.outcome is Outcome.DONE:  # what the log already has room for is still taken
            number += 1
            desk.register(full_draft(desk, number))
            told = sync(desk)
            assert number < 200
        assert (told.outcome, told.happened) == (Outcome.BUSY, wire.PROBLEMS["full"][1])
        assert httpx.get(address + "/readyz").json()["disk"] is False
        assert httpx.get(address + "/login").status_code == 200
        entered = httpx.post(address + "/login", data={"account": "wulan", "password": PASSWORD})
        assert (entered.status_code, "磁盘满了" in entered.text) == (507, True)
        filler.unlink()
        assert sync(desk).outcome is Outcome.DONE
        assert httpx.get(address + "/readyz").status_code == 200
        nothing_lost(desk, centre)
        desk.close()
    centre.close()
