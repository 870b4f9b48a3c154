"""The log of a whole region, in one table or in partitions: twenty million entries made by SQL.

`PYTHONPATH=.:tests python tests/bench/region.py [--rows 20000000] [--parts 64]`: the same entries in one table with the
indexes of today, in partitions by hash of the subject, and in partitions by hash of the node, one after the other on a
PostgreSQL of the bench's own, each dropped before the next. Asked of each: the entries of a case, the end of a node's
log, a run of a node's log as it is fetched for a batch, and fifty new entries of as many cases written at once. Prints
bytes, milliseconds (p50 and p95) and their ratios to the one table.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections.abc import Callable

import postgres
import psycopg

_ROUNDS = 300
_NODES = 15_000
_COLUMNS = """node text NOT NULL, seq bigint NOT NULL, hash bytea NOT NULL, kind text NOT NULL, subject text NOT NULL,
 rank bigint NOT NULL, time text NOT NULL, encoded bytea NOT NULL, received_at text NOT NULL, audience text NOT NULL"""
# Eight entries a case, half of its desk and half of its centre; 120 bytes stand for what is sealed.
_ROWS = """INSERT INTO entry SELECT
 CASE WHEN n % 8 < 4 THEN 'N' || lpad((c % {nodes})::text, 14, '0') ELSE 'C' || (c % {nodes}) % 108 END,
 CASE WHEN n % 8 < 4 THEN c / {nodes} * 4 + n % 8 ELSE c * 4 + n % 4 END,
 sha256(n::text::bytea), (ARRAY['case.collected','case.arrived','case.accepted','case.granted'])[1 + n % 4],
 lpad((c % {nodes})::text, 14, '0') || lpad((c / {nodes})::text, 10, '0'), n % 8,
 '2026-11-24T09:30:00.000+08:00', decode(repeat(md5(n::text), 7) || md5(n::text), 'hex'), '2026-11-24T09:30:00+08:00',
 CASE WHEN n % 8 = 5 THEN '152523202202' ELSE '' END
 FROM (SELECT n, n / 8 AS c FROM generate_series({first}::bigint, {last}::bigint) AS n) AS made"""
_INDEXES = (
    "CREATE INDEX entry_subject ON entry (subject)",
    "CREATE INDEX entry_audience ON entry (audience, seq) WHERE audience <> ''",
)
KINDS = {"one table": "", "by subject": "subject", "by node": "node"}
_AT_ONCE = 1_000_000


def make(db: psycopg.Connection, by: str, rows: int, parts: int) -> float:
    """The table and its rows; seconds."""
    begin = time.monotonic()
    db.execute(f"CREATE TABLE entry ({_COLUMNS}){f' PARTITION BY HASH ({by})' if by else ''}")
    for at in range(parts if by else 0):
        db.execute(f"CREATE TABLE entry_{at} PARTITION OF entry FOR VALUES WITH (MODULUS {parts}, REMAINDER {at})")
    for first in range(0, rows, _AT_ONCE):
        db.execute(_ROWS.format(nodes=_NODES, first=first, last=min(first + _AT_ONCE, rows) - 1))
    if by == "subject":  # no unique one without the subject: the chain itself sees to it
        for at in range(parts):
            db.execute(f"CREATE UNIQUE INDEX ON entry_{at} (node, seq)")
    else:
        db.execute("ALTER TABLE entry ADD PRIMARY KEY (node, seq)")
    for one in _INDEXES:
        db.execute(one)
    db.execute("VACUUM ANALYZE entry")
    return time.monotonic() - begin


def timed(work: Callable[[int], object], chance: random.Random) -> tuple[float, float]:
    """p50 and p95 in milliseconds, after a round that is not counted."""
    found = []
    for at in range(_ROUNDS + 20):
        begin = time.perf_counter()
        work(chance.randrange(1 << 40))
        if at >= 20:
            found.append((time.perf_counter() - begin) * 1000)
    found.sort()
    return statistics.median(found), found[int(len(found) * 0.95)]


def questions(db: psycopg.Connection, rows: int) -> dict[str, Callable[[int], object]]:
    """What is asked, each of a number drawn."""
    cases = rows // 8

    def subject(at: int) -> str:
        return f"{at % cases % _NODES:014d}{at % cases // _NODES:010d}"

    def node(at: int) -> str:
        return f"N{at % _NODES:014d}"

    def write(at: int) -> None:
        with db.transaction(), db.cursor() as cursor:
            many = [
                (f"W{at}", one, b"h" * 32, subject(at + one * 7919), b"e" * 120, "2026-11-24T09:30:00.000+08:00")
                for one in range(50)
            ]
            cursor.executemany(
                "INSERT INTO entry SELECT %s, %s, %s, 'case.collected', %s, 1, x.t, x.e, x.t, ''"
                " FROM (SELECT %s::bytea AS e, %s AS t) AS x",
                many,
            )

    run = "SELECT encoded FROM entry WHERE node = %s AND seq > %s ORDER BY seq LIMIT 200"
    end = "SELECT seq, hash FROM entry WHERE node = %s ORDER BY seq DESC LIMIT 1"
    of_case = "SELECT node, seq, encoded FROM entry WHERE subject = %s"
    return {
        "a case": lambda at: db.execute(of_case, [subject(at)]).fetchall(),
        "end of a log": lambda at: db.execute(end, [node(at)]).fetchall(),
        "200 of a log": lambda at: db.execute(run, [f"C{at % 108}", at % (cases // 2)]).fetchall(),
        "50 written": write,
    }


def main() -> int:
    """All of it."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rows", type=int, default=20_000_000)
    options.add_argument("--parts", type=int, default=64)
    options.add_argument("--only", choices=[*KINDS], action="append")
    asked = options.parse_args()
    before: dict[str, float] = {}
    with postgres.cluster(flushes=False) as cluster:
        for name in asked.only or KINDS:
            with psycopg.connect(cluster.database(), autocommit=True) as db:
                seconds = make(db, KINDS[name], asked.rows, asked.parts)
                asks = "SELECT sum(pg_total_relation_size(c.oid)) FROM pg_class c WHERE relname ~ '^entry(_[0-9]+)?$'"
                size = db.execute(asks).fetchone()[0]
                print(f"{name}: {asked.rows:,} rows made in {seconds:.0f} s, {size / 2**30:.1f} GB", flush=True)
                for what, work in questions(db, asked.rows).items():
                    half, most = timed(work, random.Random(7))  # noqa: S311
                    ratio = f", {half / before[what]:.2f} of one table" if what in before else ""
                    before.setdefault(what, half)
                    print(f"  {what}: p50 {half:.2f} ms, p95 {most:.2f} ms{ratio}", flush=True)
                db.execute("DROP TABLE entry")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
