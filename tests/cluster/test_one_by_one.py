"""Hosts are replaced one after the other by a newer version while desks of both versions push: nobody sees an error.

The older one is the last program of this history whose schema was the one before, so each new step of the schema is
tried with a host that does not know it."""

from __future__ import annotations

import contextlib
import io
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import postgres
import pytest
from cluster import ground, people, pieces, sandbox
from cluster.compared import compare
from cluster.hosts import Service, asked, until

from db.centre import database

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="hosts are upgraded on Linux")
_WAS, _OPENS = database.KNOWN[-2], "db/centre/database.py"
_PAUSE = 0.5  # seconds between two cases of a desk
_BETWEEN = 5.0  # seconds of pushes between, in which HAProxy believes that a host is back


def _git(*words: str) -> bytes:
    done = subprocess.run(["git", *words], cwd=sandbox.ROOT, capture_output=True, check=False)
    return b"" if done.returncode else done.stdout


@pytest.fixture(scope="module")
def former(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The source of the last program whose schema was the one before ours."""
    said = f'HEAD = "{_WAS}"'.encode()
    commits = _git("rev-list", "HEAD", "--", _OPENS).decode().split()
    found = next((one for one in commits if said in _git("show", f"{one}:{_OPENS}")), "")
    if not found:
        pytest.skip(f"no program with schema {_WAS} is in the history that is here")
    folder = tmp_path_factory.mktemp("former")
    with tarfile.open(fileobj=io.BytesIO(_git("archive", found, "desk", "db", "resources"))) as packed:
        packed.extractall(folder, filter="data")
    return folder


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder that HAProxy reads too, whoever it runs as."""
    with tempfile.TemporaryDirectory(prefix="daiban-hosts-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def test_no_desk_sees_an_error_while_hosts_are_replaced_one_by_one(
    former: Path, place: Path, postgres_cluster: postgres.Cluster
) -> None:
    try:
        found = pieces.find(may_fetch=False)
    except pieces.LackingError as error:
        pytest.skip(f"a cluster's programs are not here (tests/cluster/pieces.py fetches them): {error}")
    service, journal = Service(place, ground.Loopback(), found), people.Journal()
    service.database = postgres_cluster.database()
    with contextlib.ExitStack() as ending:
        ending.callback(service.stop)
        for host in service.hosts.values():
            host.program = former
        service.make(4, asks_patroni=False, leaves=False)
        some, others = service.codes[:2], service.codes[2:]
        desks = [people.Desks(service, journal, some, _PAUSE, former), people.Desks(service, journal, others, _PAUSE)]
        clerk = people.Clerk(service, journal, 1.0)
        for one in (*desks, clerk):
            ending.callback(one.stop)
        log = service.front.folder / "haproxy.log"
        until(lambda: len(journal.good) > 8, 30, "no desk pushes")
        first, second = service.hosts.values()
        for host in (first, second, first):
            told = log.stat().st_size
            host.end("centre")
            host.program = sandbox.ROOT
            host.configure(service.database, asks_patroni=False)
            host.serve()
            until(lambda host=host: asked(host.readyz)[0] == 200, 60, f"{host.name} is not ready")
            time.sleep(_BETWEEN)
        assert "h1 is DOWN, reason: Layer7 wrong status, code: 503" in log.read_text("utf-8")[told:]  # it said so first
        clerk.stop()
        for one in desks:
            one.become_quiet()
        end = compare(service, journal)
    assert end.is_good(), end.words()
    assert all(one["quiet"] and not one["doubts"] for one in journal.ended), journal.ended
    seen = [*journal.others, *journal.wrong, *journal.seen]
    assert (set(journal.outcomes), seen) == ({"done"}, []), journal.outcomes
    assert journal.accepted
    assert len({node for node, _ in journal.acked}) == 4
