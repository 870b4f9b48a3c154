"""A centre on PostgreSQL: entries taken in, the work list and the supervision page over two million cases.

`PYTHONPATH=.:tests python tests/bench/centre.py [cases]`. The server is `desk centre serve` in processes of its own on
a PostgreSQL cluster of the bench's own. The two million rows of the list are written by SQL, not through the log, and
2 % of them have a supervision card, 0.1 % a complaint; the peer is the same question asked of the same table by psycopg
alone.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import msgspec
import postgres
import psycopg

from db.centre import records as store
from db.centre import rows
from db.centre.database import Database
from db.centre.lists import names, tallies
from desk import clock
from desk.centre.exchange import enrolment
from desk.centre.node import centre_node
from desk.centre.node.projection import record_row
from desk.centre.node.roles import Role
from desk.centre.run import guard
from desk.centre.web import finding
from desk.law.catalogue import load
from desk.log import chain, events
from desk.log.keys import NodeKeys
from desk.log.office_events import CardRaised, ComplaintMade, Said
from desk.sync.protocol import wire
from desk.sync.protocol.batch import Heartbeat, pack_log
from desk.sync.protocol.heads import Head
from desk.sync.protocol.seal import seal

PASSWORD = "a good password"
POINT = "1525232022"
ROUNDS = 40
# 1,000 days of cases; the last 40 are open, one in a hundred of these promised for 20 days and the others for 45.
_ROWS = """
INSERT INTO case_row (intake_no, case_no, state, applicant, item_name, task_code, point, collected_at, arrived_at,
  accepted_at, entries, org, agent, holder, id_index, phone_index, promised, due, next_due, ended_day,
  on_time, in_promise, decision, decided_at, ended_at, served_at, supplements, score, rated_at)
SELECT '9' || lpad(n::text, 23, '0'), '1525232026' || lpad(n::text, 11, '0'),
  CASE WHEN NOT open THEN 'archived' WHEN n %% 3 = 0 THEN 'arrived' ELSE 'in_review' END,
  convert_to((ARRAY['阿','巴','策','达','额','那','乌','苏','其','王'])[1 + n %% 10] ||
  (ARRAY['拉坦','特尔','仁','来','尔敦','顺','力吉','日娜'])[1 + (n / 10) %% 8] || n %% 97, 'UTF8'),
  '事项' || n %% 34, 'T' || n %% 34, '15252320' || 2000 + n %% 70 || '-01', d::text, d::text, d::text, 4,
  '部门' || n %% 30, '代办员' || n %% 70, '', md5(n::text), md5('p' || n), due, due,
  CASE WHEN open THEN due ELSE '' END, CASE WHEN open THEN '' ELSE done END,
  CASE WHEN open THEN '' WHEN n %% 40 = 3 THEN 'no' ELSE 'yes' END,
  CASE WHEN open THEN '' WHEN n %% 20 = 3 THEN 'no' ELSE 'yes' END,
  CASE WHEN open THEN '' WHEN n %% 25 = 0 THEN 'refused' ELSE 'granted' END,
  CASE WHEN open THEN '' ELSE done END, CASE WHEN open THEN '' ELSE done END, CASE WHEN open THEN '' ELSE done END,
  (n %% 9 = 0)::int, CASE WHEN open OR n %% 4 > 0 THEN 0 ELSE 5 - (n %% 31 = 0)::int END, ''
FROM (SELECT n, d, n %% 1000 < 40 AS open, to_char(d + interval '12 day', 'YYYY-MM-DD') AS done,
    to_char(d + CASE WHEN n / 1000 %% 100 = 0 THEN 20 ELSE 45 END * interval '1 day', 'YYYY-MM-DD') AS due
  FROM (SELECT n, current_date - (n %% 1000) * interval '1 day' AS d FROM generate_series(1, %s) AS n) AS days) AS made
"""
_MONTHS = "INSERT INTO dirty SELECT DISTINCT left(day, 7) FROM case_row, unnest(ARRAY[arrived_at, ended_day]) AS day \
WHERE day <> '' ON CONFLICT DO NOTHING"
SUPERVISION = (
    "/supervision",
    "/supervision/cases?which=over",
    "/supervision?state=closed",
    "/complaints",
    "/supervision/appraisal",
    "/supervision/appraisal?by=sumu",
    "/supervision/appraisal?by=agent",
    "/supervision/analysis",
)
PUBLIC = ("/", "/items", "/query", "/published", "/published?at=20", "/ratings", "/answers", "/open/results.json")


@contextlib.contextmanager
def served(folder: Path, url: str, *more: str) -> Iterator[str]:
    """`desk centre serve`; its address."""
    with serving(folder, url, *more) as (address, _):
        yield address


@contextlib.contextmanager
def serving(folder: Path, url: str, *more: str, log: int | None = None) -> Iterator[tuple[str, int]]:
    """The same; its address and process. `log`: where its lines go."""
    command = [sys.executable, "-m", "desk", "centre", "--data", str(folder), "serve", "--port", "0", *more]
    env = os.environ | ({"DAIBAN_CENTRE_DB": url} if url else {})
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True, env=env)
    try:
        yield server.stdout.readline().split()[-1], server.pid
    finally:
        server.terminate()
        server.wait(20)


class Node:
    """A desk that only sends: keys and a log."""

    def __init__(self, centre: centre_node.Centre, point: str) -> None:
        self.keys, self.centre_keys = NodeKeys.make(), centre.keys.public()
        code = enrolment.enrol_code(centre, point, "代办点").split("-")[0]
        public = self.keys.public()
        asked = wire.EnrolRequest(code, wire.to_text(public.sign), wire.to_text(public.seal))
        self.name = enrolment.take_in(centre, asked).node
        self.seq, self.head = 0, chain.GENESIS

    def batch(self, count: int, to: str = "", seen: str = "", heads: Callable[[], tuple[Head, ...]] = tuple) -> bytes:
        """The next `count` cases, sealed; by version 2 for the reader `to`, with what was seen of its log and `heads`
        as they are then."""
        made = []
        item = load.seed().items[0]
        for _ in range(count):
            self.seq += 1
            number = f"{self.name.replace('-', '')}{self.seq:010d}"
            person = events.Person(f"牧民{self.seq}", "111", f"15252319560302{self.seq % 10000:04d}", "13900000001")
            ref = events.ItemRef(item.task_code, item.item_name, item.version, "v", item.org_name, item.regime)
            told = events.Collected(ref, f"{self.seq:032x}", person, (), "苏和", self.name[:12])
            kept = chain.make(
                node=self.name, seq=self.seq, prev=self.head, time=clock.stamp(clock.now()), author="suhe",
                kind="case.collected", subject=number, rank=1, data=told,
            )  # fmt: skip
            self.head = kept.hash
            made.append(kept)
        beat = Heartbeat(count, "", 1000, "0.1.0", clock.stamp(clock.now()))
        return seal(pack_log(made, self.keys, beat, seen, to, heads()), self.centre_keys.seal)


def timed(work: Callable[[], object], rounds: int = ROUNDS) -> tuple[float, float]:
    """p50 and p95 of `work`, in milliseconds."""
    found = []
    for _ in range(rounds):
        begin = time.perf_counter()
        work()
        found.append((time.perf_counter() - begin) * 1000)
    found.sort()
    return statistics.median(found), found[int(len(found) * 0.95)]


def post(address: str, body: bytes, http: httpx.Client) -> None:
    """Push one batch; it has to be taken."""
    answer = http.post(address + wire.BATCHES, content=body, headers={wire.NONCE_HEADER: "0" * 32})
    assert answer.status_code == 200, answer.text


def taking(centre: centre_node.Centre, address: str) -> None:
    """One desk with much, 200 desks with little."""
    one = Node(centre, f"{POINT}99")
    batches = [one.batch(2500) for _ in range(4)]
    with httpx.Client(trust_env=False, timeout=120) as http:
        begin = time.perf_counter()
        for body in batches:
            post(address, body, http)
        seconds = time.perf_counter() - begin
    print(
        f"one desk, 10,000 cases in 4 batches: {10_000 / seconds:,.0f} entries/s (each answered by one of the centre)"
    )
    many = [Node(centre, f"{POINT[:8]}{2000 + at:04d}") for at in range(200)]
    waiting = [node.batch(5) for node in many for _ in range(3)]
    lanes = threading.local()

    def send(body: bytes) -> None:
        if not hasattr(lanes, "http"):
            lanes.http = httpx.Client(trust_env=False, timeout=120)
        post(address, body, lanes.http)

    per_desk = [waiting[at * 3 : at * 3 + 3] for at in range(200)]
    with ThreadPoolExecutor(32) as pool:
        begin = time.perf_counter()
        list(pool.map(lambda bodies: [send(one) for one in bodies], per_desk))
        seconds = time.perf_counter() - begin
    print(
        f"200 desks, 3 batches of 5 each, 32 at once: {600 / seconds:,.0f} batches/s, {3000 / seconds:,.0f} entries/s"
    )


def records(centre: centre_node.Centre, cases: int) -> None:
    """Cards and complaints of so many cases, as the fold of their entries; one card in a hundred is open."""
    begin, made, today = time.perf_counter(), [], centre.today()
    for at in range(cases // 50):
        day = today - dt.timedelta(days=at % 1000)
        where, org, agent = f"15252320{2000 + at % 70}", f"部门{at % 30}", f"代办员{at % 70}"
        about = f"9{at * 50:023d}"
        seen = (f"事项{at % 34} 超期", "超过期限 1 天", day, "T1")
        told = CardRaised("over", ("yellow", "red")[at % 2], about, org, where, agent, *seen)
        said = [("card.raised", told)]
        if at % 100:
            said.append(("card.answered", Said("其木格", "监察", "说明成立", "accepted")))
        made.append(row_of(centre, f"card:{at:032x}", day, said))
        if not at % 20:
            number = f"TS{at:08d}"
            asked = ComplaintMade(number, "1234", "complaint", "等了很久。", about, org, where, agent, due=day)
            told_back = Said("其木格", org, "已经办好。")
            steps = [(f"complaint.{one}", told_back) for one in ("assigned", "answered", "closed", "published")]
            made.append(row_of(centre, f"complaint:{at:032x}", day, [("complaint.made", asked), *steps]))
    with centre.database.write() as db:
        for at in range(0, len(made), 1000):
            store.put_records(db, made[at : at + 1000])
    print(f"{len(made):,} cards and complaints written in {time.perf_counter() - begin:.0f} s")


def row_of(
    centre: centre_node.Centre, subject: str, day: dt.date, said: Sequence[tuple[str, msgspec.Struct]]
) -> rows.Row:
    """What the table of records holds when this was said on that day."""
    time_of = f"{day}T10:00:00.000+08:00"
    entries = [
        chain.make(
            node=centre.node, seq=rank, prev=chain.GENESIS, time=time_of, author="all", kind=kind, subject=subject,
            rank=rank, data=data,
        ).entry
        for rank, (kind, data) in enumerate(said, 1)
    ]  # fmt: skip
    found = record_row(subject, entries, len(entries))
    assert found is not None
    return found


def marks(centre: centre_node.Centre, db: psycopg.Connection) -> None:
    """What the cases written by SQL are found by: the marks of each of their names, of which there are few."""
    db.execute("CREATE TEMPORARY TABLE named (name BYTEA, mark TEXT)")
    found = [bytes(row[0]) for row in db.execute("SELECT DISTINCT applicant FROM case_row").fetchall()]
    plain = {one: one.decode() for one in found if not one.startswith(b"\0s")}
    with db.cursor() as cursor, cursor.copy("COPY named FROM STDIN") as copy:
        for kept, name in plain.items():
            for mark in names.marks(centre.database.box, name):
                copy.write_row((kept, mark))
    db.execute("INSERT INTO case_name SELECT mark, intake_no FROM case_row JOIN named ON name = applicant")


def lists(centre: centre_node.Centre, address: str, url: str, cases: int) -> None:
    """The work list and the supervision page by HTTP, beside the bare question."""
    with psycopg.connect(url, autocommit=True) as db:
        begin = time.perf_counter()
        db.execute(_ROWS, [cases])
        db.execute(_MONTHS)
        marks(centre, db)
        records(centre, cases)
        db.execute("ANALYZE")
        print(f"{cases:,} rows of cases written by SQL in {time.perf_counter() - begin:.0f} s")
        bare = timed(
            lambda: db.execute(
                "SELECT * FROM case_row WHERE ended_day = '' AND state = 'arrived' AND org = '部门7' "
                "ORDER BY next_due, intake_no LIMIT 50"
            ).fetchall()
        )
        counted(centre)
        print(f"bare psycopg, one department's open cases by due day: p50 {bare[0]:.1f} p95 {bare[1]:.1f} ms")
    with httpx.Client(base_url=address, trust_env=False, timeout=120, follow_redirects=True) as http:
        for who, title in (("one", "a department's clerk"), ("all", "who sees everything")):
            http.post("/login", data={"account": who, "password": PASSWORD}).raise_for_status()
            paths = ["/cases", "/cases?tab=review", "/cases?tab=all", "/cases?clock=red&tab=all"]
            paths += [f"/cases?find={finding.sealed(centre, who, one)}" for one in ("阿拉坦7", "15252320260000001")]
            paths += ["/cases?tab=all&page=40"]
            asked(http, title, [*paths, *SUPERVISION] if who == "all" else paths, bare[1])
    with httpx.Client(base_url=address, trust_env=False, timeout=120) as http:
        asked(http, "everybody", PUBLIC, bare[1])


def counted(centre: centre_node.Centre) -> None:
    """Wait until every month was counted, by the service."""
    begin = time.perf_counter()
    while True:
        with centre.database.read() as db:
            left = len(tallies.waiting(db))
        if not left:
            break
        time.sleep(1)
    print(f"every month of them counted by the service in {time.perf_counter() - begin:.0f} s")


def asked(http: httpx.Client, title: str, paths: Sequence[str], bare: float) -> None:
    """How long each of these pages takes."""
    for path in paths:
        found = timed(lambda path=path: http.get(path).raise_for_status())
        print(
            f"{title}: {path[:60]}: p50 {found[0]:.1f} p95 {found[1]:.1f} ms ({found[1] / bare:.1f} x bare)", flush=True
        )


def main() -> None:
    """Run all of it."""
    cases = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000_000
    with postgres.cluster() as cluster, tempfile.TemporaryDirectory() as place:
        folder, url = Path(place) / "centre", cluster.database()
        centre_node.create(folder, "152523", "苏尼特左旗政务服务中心", url)
        centre = centre_node.Centre(folder, url)
        assert isinstance(centre.database, Database)
        guard.add_clerk(centre, "one", "乌兰", PASSWORD, "部门7")
        guard.add_clerk(centre, "all", "其木格", PASSWORD, "综合窗口", frozenset({Role.CHIEF, Role.SUPERVISOR}))
        more = ("--workers", "2") if "--workers" in sys.argv else ()
        with served(folder, url, *more) as address:
            taking(centre, address)
            lists(centre, address, url, cases)
        centre.close()


if __name__ == "__main__":
    main()
