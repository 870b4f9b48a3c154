"""How fast a desk's log reaches its centre, beside a bare compressed POST and PouchDB, in one run.

`PYTHONPATH=.:tests python tests/bench/sync.py [records] [--long]`. PouchDB takes part where node is there and
POUCH_MODULES names a folder with pouchdb 9, express and express-pouchdb. Each side's server is a process of its own.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import msgspec
import zstandard
from conftest import CHEAP, PASSWORD, POINT, POINT_NAME, full_draft

from db import rows
from desk import demo, events, log, opening
from desk.events import Person
from desk.store import Fact, Store
from desk.sync import client
from desk.sync.link import Link
from desk.views import Account

HERE = Path(__file__).parent
_BARE = """
import sqlite3, sys, msgspec, uvicorn, zstandard
db = sqlite3.connect(sys.argv[1], check_same_thread=False)
db.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE r (id INTEGER PRIMARY KEY, body BLOB)")
async def app(scope, receive, send):
    body, more = b"", True
    while more:
        got = await receive()
        body, more = body + got.get("body", b""), got.get("more_body", False)
    plain = zstandard.ZstdDecompressor().decompress(body, max_output_size=1 << 28)
    found = msgspec.json.decode(plain, type=list[msgspec.Raw])
    with db:
        db.executemany("INSERT INTO r (body) VALUES (?)", [(bytes(one),) for one in found])
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"{}"})
import socket
listener = socket.create_server(("127.0.0.1", 0))
listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
print(listener.getsockname()[1], flush=True)
uvicorn.Server(uvicorn.Config(app, log_level="error", access_log=False, lifespan="off")).run(sockets=[listener])
"""


class Counted(Link):
    """A link that counts what it carries."""

    bytes = trips = 0

    def _exchange(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> tuple[int, str, bytes]:
        Counted.trips += 1
        found = super()._exchange(method, path, body, headers)
        sent = len(path) + len(body or b"") + sum(len(key) + len(value) + 4 for key, value in headers.items())
        Counted.bytes += sent + len(found[1]) + len(found[2])
        return found


def quiet(_far: object) -> None:
    """No report."""


def bare(folder: Path, records: list[bytes]) -> tuple[float, int]:
    """Seconds and bytes of a POST for each 4,000 records, compressed, into one table."""
    server = subprocess.Popen([sys.executable, "-c", _BARE, str(folder / "bare.db")], stdout=subprocess.PIPE, text=True)
    address = f"http://127.0.0.1:{server.stdout.readline().strip()}/"
    sent = 0
    with httpx.Client(trust_env=False, timeout=60) as http:
        http.post(address, content=zstandard.compress(b"[]"))
        begin = time.perf_counter()
        for at in range(0, len(records), 4000):
            body = zstandard.ZstdCompressor(level=3).compress(b"[" + b",".join(records[at : at + 4000]) + b"]")
            sent += len(body)
            http.post(address, content=body).raise_for_status()
        seconds = time.perf_counter() - begin
    server.terminate()
    server.wait()
    assert sqlite3.connect(folder / "bare.db").execute("SELECT count(*) FROM r").fetchone()[0] == len(records)
    return seconds, sent


def pouch(folder: Path, records: list[bytes]) -> tuple[float, int] | None:
    """Seconds and bytes of PouchDB's push, None where it cannot run."""
    if not shutil.which("node") or "POUCH_MODULES" not in os.environ:
        return None
    (folder / "pouch-there").mkdir()
    (folder / "pouch-here").mkdir()
    (folder / "records.json").write_bytes(b"[" + b",".join(records) + b"]")
    script = str(HERE / "pouch" / "push.mjs")
    server = subprocess.Popen(
        ["node", script, "server", str(folder / "pouch-there")], stdout=subprocess.PIPE, text=True, cwd=folder
    )
    address = f"http://127.0.0.1:{server.stdout.readline().strip()}"
    asked = ["node", script, "client", str(folder / "pouch-here"), address, str(folder / "records.json")]
    done = subprocess.run(asked, stdout=subprocess.PIPE, text=True, check=True, cwd=folder)
    server.terminate()
    server.wait()
    found = json.loads(done.stdout.splitlines()[-1])
    assert found["written"] == len(records), found
    return found["seconds"], found["bytes"]


def desk_with(folder: Path, centre: demo.LocalCentre, name: str) -> object:
    """An enrolled desk."""
    code = centre.run("enrol-code", POINT, POINT_NAME).split()[0]
    opening.create_desk(folder / name, centre.address, code, Account("suhe", "苏和"), PASSWORD, cost=CHEAP)
    return opening.open_desk(folder / name, "suhe", PASSWORD)


def appended(desk: object, count: int, kind: str = "case.collected", start: int = 0) -> None:
    """`count` cases in the log; the desk's own tables are not what is measured."""
    if not start:
        number = desk.register(full_draft(desk, 1)).intake_no
        desk.bench_collected = desk.case(number).case.collected
    real, Store.project = Store.project, lambda *_asked: None
    for at in range(start, start + count, 20_000):
        facts = [
            Fact(kind, f"{start_of(desk)}{one // 999 % 10**6:06d}{one % 999 + 1:03d}0", varied(desk, one))
            for one in range(at, min(at + 20_000, start + count))
        ]
        with desk.store.write() as db:
            desk.store.append(db, desk.identity.node, "suhe", facts)
    Store.project = real


def start_of(desk: object) -> str:
    """What the intake numbers of this desk begin with."""
    return desk.identity.node.replace("-", "")


def varied(desk: object, number: int) -> events.Collected:
    """A case of another herder each time: names, numbers and notes that do not compress away."""
    pick = random.Random(number)  # noqa: S311 - made-up people
    name = "".join(pick.choice("阿拉坦其格乌日娜苏和巴特尔萨仁高娃图雅哈斯宝音") for _ in range(4))
    id_number = (
        f"152523{pick.randrange(1940, 2005)}{pick.randrange(1, 13):02d}{pick.randrange(1, 29):02d}{number % 10**4:04d}"
    )
    person = Person(name, "111", id_number, f"13{pick.randrange(10**9):09d}", f"{name[:2]}嘎查{pick.randrange(9)}组")
    collected = desk.bench_collected
    return msgspec.structs.replace(
        collected, applicant=person, applicant_id=f"{pick.getrandbits(128):032x}", note=f"{pick.getrandbits(64):x}"
    )


def timed(work: Callable[[], object]) -> float:
    """Seconds."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def push(desk: object) -> tuple[float, int]:
    """Seconds and bytes of sending all that waits: read, signed, sealed, carried, verified, folded, committed."""
    who = desk.identity
    Counted.bytes = Counted.trips = 0
    link = Counted(who.address, who.centre_keys.sign)
    run = client._Run(desk.store, who, link, desk.folder, quiet, lambda: False)
    seconds = timed(run._up)
    link.close()
    return seconds, Counted.bytes


def nothing_new(desk: object) -> tuple[float, int, int]:
    """Seconds, bytes and round trips of a sync with nothing new."""
    client.Link = Counted
    sync = lambda: desk.sync(quiet, lambda: False)  # noqa: E731
    sync()
    Counted.bytes = Counted.trips = 0
    seconds = min(timed(sync) for _ in range(5))
    return seconds, Counted.bytes // 5, Counted.trips // 5


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    folder = Path(tempfile.mkdtemp(prefix="daiban-bench-"))
    with demo.LocalCentre(folder / "centre") as centre:
        desk = desk_with(folder, centre, "one")
        appended(desk, count)
        with desk.store.read() as db:
            encoded = rows.entries_after(db, desk.identity.node, 0, count + 10)
        records = [bytes(msgspec.json.decode(one, type=log.Entry).data) for one in encoded][:count]
        seconds, sent = push(desk)
        ours = (count + 3) / seconds
        print(f"{count:,} cases of {sum(map(len, records)) // count:,} bytes")
        print(f"ours, signed, sealed, verified, each case numbered: {ours:,.0f} entries/s, {sent / 1e6:.2f} MB")
        other = desk_with(folder, centre, "two")
        other.bench_collected = desk.bench_collected
        appended(other, count, "form.filled", 1)
        seconds, plain = push(other)
        print(f"ours, entries that begin no case: {count / seconds:,.0f} entries/s, {plain / 1e6:.2f} MB")
        seconds, loose = bare(folder, records)
        share = ours * seconds / count
        print(
            f"bare zstd POST with SQLite insert: {count / seconds:,.0f}/s, {loose / 1e6:.2f} MB; ours {share:.2f} of it"
        )
        if found := pouch(folder, records):
            faster, fewer = ours * found[0] / count, sent / found[1]
            rate = f"{count / found[0]:,.0f}/s, {found[1] / 1e6:.2f} MB"
            print(f"PouchDB: {rate}; ours {faster:.1f} x as fast, {fewer:.3f} of its bytes")
        for more in (0, 90_000, 900_000) if "--long" in sys.argv else (0,):
            appended(other, more, "form.filled", 200_000)
            push(other)
            there = count + more
            idle, size, trips = nothing_new(other)
            appended(other, 100, "form.filled", 2_000_000)
            new = timed(lambda: other.sync(quiet, lambda: False))
            idle_words = f"nothing new {idle * 1000:.1f} ms, {trips} round trip, {size} bytes"
            print(f"{there:,} entries there: {idle_words}; 100 new {new * 1000:.0f} ms")
        desk.close()
        other.close()
    shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
