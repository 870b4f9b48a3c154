"""How fast a desk's log reaches its centre, beside a bare compressed POST, PouchDB and Anki's own server, in one run.

`PYTHONPATH=.:tests python tests/bench/sync.py [records] [--long]`. PouchDB takes part where node is there and
POUCH_MODULES names a folder with pouchdb 9, express and express-pouchdb; Anki where ANKI_MODULES names one that `anki`
was installed into (`pip install --target`). Each side's server is a process of its own.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import random
import shutil
import socket
import sqlite3
import statistics
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

from db.desk import entry_rows
from desk.app import demo, opening
from desk.log import chain, events, point_events
from desk.log.events import Person
from desk.store.account import Account
from desk.store.entries import Fact
from desk.store.store import Store
from desk.sync import client
from desk.sync.link import Link
from desk.sync.trust import calling

HERE = Path(__file__).parent
_TIMES = 40  # a sync with nothing new
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


def ankis(folder: Path, records: list[bytes]) -> tuple[float, float] | None:
    """Seconds of Anki's push of the records as notes, each with its card, and of a sync with nothing new; None where it
    cannot run."""
    if "ANKI_MODULES" not in os.environ:
        return None
    for name in ("anki-there", "anki-here"):
        (folder / name).mkdir()
    (folder / "notes.json").write_bytes(b"[" + b",".join(records) + b"]")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command, env = [sys.executable, str(HERE / "anki" / "peer.py")], {"PYTHONPATH": os.environ["ANKI_MODULES"]}
    server = subprocess.Popen([*command, "server", str(folder / "anki-there"), str(port)], env=os.environ | env)
    while server.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            break
        time.sleep(0.05)
    told = [*command, "client", str(folder / "anki-here"), f"http://127.0.0.1:{port}/", str(folder / "notes.json")]
    done = subprocess.run(told, stdout=subprocess.PIPE, text=True, check=True, env=os.environ | env)
    server.terminate()
    server.wait()
    found = json.loads(done.stdout.splitlines()[-1])
    assert found["written"] == len(records), found
    return found["seconds"], found["idle"]


def desk_with(folder: Path, centre: demo.LocalCentre, name: str) -> object:
    """An enrolled desk."""
    code = centre.run("enrol-code", POINT, POINT_NAME).split()[0]
    opening.create_desk(folder / name, centre.address, code, Account("suhe", "苏和"), PASSWORD, cost=CHEAP)
    return opening.open_desk(folder / name, "suhe", PASSWORD)


def appended(desk: object, count: int, kind: Callable[[object, int], list[Fact]], start: int = 0) -> None:
    """The facts of `count` matters in the log; the desk's own tables are not what is measured."""
    if not hasattr(desk, "bench_collected"):
        first = desk.register(full_draft(desk, 1)).intake_no
        desk.bench_collected = desk.case(first).case.collected
    real, Store.project = Store.project, lambda *_asked: None
    for at in range(start, start + count, 20_000):
        facts = [fact for one in range(at, min(at + 20_000, start + count)) for fact in kind(desk, one)]
        with desk.store.write() as db:
            desk.store.append(db, desk.identity.node, "suhe", facts)
    Store.project = real


def a_case(desk: object, one: int) -> list[Fact]:
    """A case alone."""
    return [Fact("case.collected", number_of(desk, one), varied(desk, one))]


def a_paper(desk: object, one: int) -> list[Fact]:
    """A paper as long as a case, about nothing that the centre works on."""
    typed = {name: json.dumps(value) for name, value in msgspec.to_builtins(varied(desk, one)).items()}
    filled = point_events.FormFilled("note", "外出务工登记", f"{one:06d}", typed, "苏和")
    return [Fact("form.filled", f"form:{random.Random(one).getrandbits(64):x}", filled)]  # noqa: S311


def at_the_counter(desk: object, one: int) -> list[Fact]:
    """What one herder's case leaves in the log: the person, the case, and the two papers that are printed."""
    collected, number = varied(desk, one), number_of(desk, one)
    paper = f"{random.Random(-one).getrandbits(256):064x}"  # noqa: S311
    return [
        Fact("person.recorded", collected.applicant_id, events.PersonRecorded(collected.applicant)),
        Fact("case.collected", number, collected),
        *(Fact("paper.made", number, events.PaperMade(name, name, paper, "苏和")) for name in ("receipt", "guide")),
    ]


def number_of(desk: object, one: int) -> str:
    """An intake number."""
    return f"{start_of(desk)}{one // 999 % 10**6:06d}{one % 999 + 1:03d}0"


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


def alone() -> None:
    """What the bench itself made by now is not looked through as garbage while something is timed: the peers' clients
    are processes of their own."""
    gc.collect()
    gc.freeze()


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
    run = client._Run(desk.store, who, link, desk.folder, quiet, lambda: False, quiet)
    alone()
    seconds = timed(run._up)
    link.close()
    return seconds, Counted.bytes


def nothing_new(desk: object) -> tuple[float, int, int]:
    """Seconds, bytes and round trips of a sync with nothing new."""
    calling.Link = Counted
    sync = lambda: desk.sync(quiet, lambda: False)  # noqa: E731
    sync()
    alone()
    Counted.bytes = Counted.trips = 0
    seconds = statistics.median(timed(sync) for _ in range(_TIMES))
    return seconds, Counted.bytes // _TIMES, Counted.trips // _TIMES


KINDS = (
    ("case", a_case, "cases, each numbered and listed"),
    ("counter", at_the_counter, "all that a counter writes"),
    ("paper", a_paper, "papers"),
)


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    folder = Path(tempfile.mkdtemp(prefix="daiban-bench-"))
    with demo.LocalCentre(folder / "centre") as centre:
        desk, records, ours = desk_with(folder, centre, "case"), [], {}
        for name, kind, words in KINDS:
            other = desk if name == "case" else desk_with(folder, centre, name)
            appended(other, count // 4 if name == "counter" else count, kind)
            with other.store.read() as db:
                left, _ = entry_rows.waiting(db, other.identity.node, 0)
                encoded = entry_rows.entries_after(db, other.identity.node, 0, left)
            if name == "case":
                records = [bytes(msgspec.json.decode(one, type=chain.Entry).data) for one in encoded][-count:]
                print(f"{count:,} records of {sum(map(len, records)) // count:,} bytes")
            seconds, sent = push(other)
            ours[words] = left / seconds, sent
            print(f"ours, {words}: {left / seconds:,.0f} entries/s, {sent / 1e6:.2f} MB")
        seconds, loose = bare(folder, records)
        print(f"bare zstd POST with SQLite insert: {count / seconds:,.0f}/s, {loose / 1e6:.2f} MB")
        found = pouch(folder, records)
        if found:
            print(f"PouchDB: {count / found[0]:,.0f}/s, {found[1] / 1e6:.2f} MB")
        notes = ankis(folder, records)
        if notes:
            print(f"Anki: {count / notes[0]:,.0f} notes/s; nothing new {notes[1] * 1000:.1f} ms")
        for words, (rate, sent) in ours.items():
            beside = f"; {rate * found[0] / count:.1f} x PouchDB, {sent / found[1]:.3f} of its bytes" if found else ""
            beside += f"; {rate * notes[0] / count:.2f} x Anki" if notes else ""
            print(f"{words}: {rate * seconds / count:.2f} of the bare POST{beside}")
        growing, there = desk_with(folder, centre, "growing"), 0
        for size in (1_000, 100_000, 1_000_000) if "--long" in sys.argv else (1_000, 10_000):
            appended(growing, size - there, a_paper, there)
            push(growing)
            idle, carried, trips = nothing_new(growing)
            appended(growing, 100, a_paper, 2_000_000 + size)
            alone()
            new = timed(lambda: growing.sync(quiet, lambda: False))
            there = size + 100
            idle_words = f"nothing new {idle * 1000:.1f} ms, {trips} round trip, {carried} bytes"
            print(f"{size:,} entries there: {idle_words}; 100 new {new * 1000:.0f} ms")
        growing.close()
        desk.close()
        other.close()
    shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
