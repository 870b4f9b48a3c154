"""PostgreSQL killed and started again, a process killed in its transaction, a full disk: nothing acknowledged goes."""

from __future__ import annotations

import contextlib
import os
import shutil
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
from conftest import CHEAP, PASSWORD, POINT, POINT_NAME, REAL_CODE_COST, full_draft, serving, sync

from desk.app import opening
from desk.app.open_desk import Desk
from desk.centre import site
from desk.centre.exchange import enrolment
from desk.centre.node import centre_node
from desk.centre.run import guard
from desk.centre.run.settings import Settings
from desk.store.account import Account
from desk.sync.outcome import Outcome
from desk.sync.protocol import code_proof, wire

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


def new_desk(folder: Path, address: str, centre: centre_node.Centre, *, here: bool = True) -> Desk:
    """`here`: the centre answers in this process, where a code costs little."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(code_proof, "COST", code_proof.COST if here else REAL_CODE_COST)
        code = enrolment.enrol_code(centre, POINT, POINT_NAME)
    opening.create_desk(folder, address, code, Account("suhe", "苏和"), PASSWORD, cost=CHEAP)
    return opening.open_desk(folder, "suhe", PASSWORD)


class Pushing:
    """A desk that registers and syncs without end in a thread of its own."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.outcomes, self.words = desk, list[Outcome](), set[str]()
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
                told = sync(self.desk)
                self.words.add(told.happened)
                self.outcomes.append(told.outcome)
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


def nothing_lost(desk: Desk, centre: centre_node.Centre) -> None:
    """Both have the whole log of the desk, the chains hold, every case is there once, and a rebuild is equal."""
    assert sync(desk).outcome is Outcome.DONE
    assert centre.verify()[desk.identity.node] == desk.store.verify(desk.identity.node)
    before = case_table(centre)
    assert len({row[0] for row in before}) == len({row[1] for row in before}) == len(before)
    centre.rebuild()
    assert case_table(centre) == before


def case_table(centre: centre_node.Centre) -> list[tuple[object, ...]]:
    from db.centre.lists import case_rows

    with centre.database.read() as db:
        return case_rows.cases_table(db)


def test_postgres_killed_and_started_again_under_load(tmp_path: Path, own_cluster: postgres.Cluster) -> None:
    url = own_cluster.database()
    centre_node.create(tmp_path / "centre", "152523", "中心", url)
    centre = centre_node.Centre(tmp_path / "centre", url)
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
    centre_node.create(tmp_path / "centre", "152523", "中心", url)
    centre = centre_node.Centre(tmp_path / "centre", url)
    with service(tmp_path / "centre", url, 2) as (process, address):
        pushing = Pushing(new_desk(tmp_path / "desk", address, centre, here=False))
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


@contextlib.contextmanager
def mounted(place: Path, megabytes: int) -> Iterator[Path]:
    """A file system of this size at `place`, for as long as the block lasts."""
    place.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=755", "tmpfs", str(place)]
    if shutil.which("mount") is None or subprocess.run(words, capture_output=True, check=False).returncode:
        pytest.skip("mounting a small file system is not allowed here")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 12 MB."""
    with mounted(tmp_path / "disk", 12) as place:
        yield place


def filled(folder: Path) -> Path:
    """Take all the room that is left; the file that takes it."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as out, contextlib.suppress(OSError):
        while True:
            out.write(b"\0" * 4096)
    return filler


def test_a_full_disk_is_told_and_passes(tmp_path: Path, small_disk: Path) -> None:
    centre_node.create(small_disk / "centre", "152523", "中心")
    centre = centre_node.Centre(small_disk / "centre")
    guard.add_clerk(centre, "wulan", "乌兰", PASSWORD, "综合窗口")
    with serving(site.app(centre, Settings(disk_free_mb=1))) as address:
        desk = new_desk(tmp_path / "desk", address, centre)
        desk.register(full_draft(desk))
        assert sync(desk).outcome is Outcome.DONE
        filler = filled(small_disk)
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


def taken(desk: Desk, centre: centre_node.Centre) -> None:
    """What the desk was told to be at the centre is there, and nothing by half."""
    with desk.store.read() as db:
        acked = desk.store.acked(db)
    assert centre.verify()[desk.identity.node] >= acked > 0


def test_the_disk_of_the_tables_fills_up_under_load(tmp_path: Path, own_cluster: postgres.Cluster) -> None:
    with mounted(own_cluster.folder / "tables", 64) as disk:
        url = own_cluster.database(disk)
        centre_node.create(tmp_path / "centre", "152523", "中心", url)
        centre = centre_node.Centre(tmp_path / "centre", url)
        guard.add_clerk(centre, "wulan", "乌兰", PASSWORD, "综合窗口")
        with serving(site.app(centre)) as address, httpx.Client(base_url=address, follow_redirects=True) as clerk:
            clerk.post("/login", data={"account": "wulan", "password": PASSWORD})
            pushing = Pushing(new_desk(tmp_path / "desk", address, centre))
            pushing.after(2)
            filler = filled(disk)
            pushing.after(3, Outcome.BUSY)
            assert wire.PROBLEMS["full"][1] in pushing.words
            ready = clerk.get("/readyz")
            assert (ready.status_code, ready.json()["database"], ready.json()["disk"]) == (503, True, False)
            assert clerk.get("/cases").status_code == 200  # reading goes on
            taken(pushing.desk, centre)
            filler.unlink()
            pushing.after(2)
            assert clerk.get("/readyz").status_code == 200
            pushing.end()
            nothing_lost(pushing.desk, centre)
            pushing.desk.close()
        centre.close()
        own_cluster.stop()


def test_the_disk_of_the_write_ahead_log_fills_up_under_load(tmp_path: Path) -> None:
    """PostgreSQL then stops itself and, with no room to recover in, does not come back before it is started."""
    if postgres.programs() is None:
        pytest.skip("no PostgreSQL server is installed")
    with contextlib.ExitStack() as opened:
        disk = opened.enter_context(mounted(opened.enter_context(postgres.place()) / "disk", 64))
        postgres.own(disk)
        made = opened.enter_context(postgres.cluster("--wal-segsize=1", f"--waldir={disk / 'wal'}"))
        url = made.database()
        centre_node.create(tmp_path / "centre", "152523", "中心", url)
        centre = centre_node.Centre(tmp_path / "centre", url)
        opened.callback(centre.close)
        address = opened.enter_context(serving(site.app(centre)))
        pushing = Pushing(new_desk(tmp_path / "desk", address, centre))
        pushing.after(2)
        filler = filled(disk)
        pushing.after(3, Outcome.BUSY)
        wait_for(lambda: not made.runs())
        ready = httpx.get(address + "/readyz")
        assert (ready.status_code, ready.json()["database"]) == (503, False)
        filler.unlink()
        made.start()
        pushing.after(2)
        assert httpx.get(address + "/readyz").status_code == 200
        pushing.end()
        nothing_lost(pushing.desk, centre)
        pushing.desk.close()
