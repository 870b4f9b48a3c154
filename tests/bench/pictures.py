"""What pictures cost the database and its backups, by where they lie: bytes of WAL by those of the pictures, time to
take one in, time and size of a whole backup. PostgreSQL of its own, SeaweedFS where it is installed.

`PYTHONPATH=.:tests python tests/bench/pictures.py [--count 500] [--size 120000]`
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import os
import sys
import tempfile
import time
from pathlib import Path

import msgspec
import postgres
import s3_server
import sqlalchemy as sa

from db.centre import part_rows, rows
from db.centre.pictures.places import DATABASE, FOLDER, S3
from desk.centre.exchange import picture_intake
from desk.centre.node import centre_node
from desk.centre.node.centre_node import Centre
from desk.centre.node.pictures.keeping import Where
from desk.centre.run import backup
from desk.centre.run.pictures import copying
from desk.sync.protocol import parts

NODE = "152523202202-01"
_PART = 64 << 10  # bytes of a desk's first part


def wal(centre: Centre) -> int:
    with centre.database.read() as db:
        return int(db.execute(sa.text("SELECT pg_current_wal_lsn() - '0/0'::pg_lsn")).scalar_one())


def taken(centre: Centre, data: bytes, piece: int) -> None:
    """As a desk sends it."""
    name, have = hashlib.sha256(data).hexdigest(), 0
    while have != -1:
        with centre.database.read() as db:
            before = part_rows.parts(db, name, NODE) if have else []
        came = picture_intake._Came(have, data[have : have + piece], before)
        have = picture_intake._kept(centre, parts.Head("part", NODE, name, have), came, {len(data)})


def one_place(kind: str, url: str, where: Where, folder: Path, asked: argparse.Namespace, piece: int) -> None:
    centre_node.create(folder, "152523", "中心", url)
    centre = Centre(folder, url, where=msgspec.structs.replace(where, to=kind))
    found = [os.urandom(asked.size) for _ in range(asked.count)]
    said = [{"sha256": hashlib.sha256(one).hexdigest(), "size": asked.size, "name": "x", "kind": "x"} for one in found]
    with centre.database.write() as db:
        rows.add_files(db, said)
    begun, before = time.perf_counter(), wal(centre)
    for one in found:
        taken(centre, one, piece)
    seconds, written = time.perf_counter() - begun, wal(centre) - before
    total = asked.size * asked.count
    begun = time.perf_counter()
    backup.backup(centre, url, folder / "whole.dbc", "a good password")
    copied = time.perf_counter() - begun
    line = f"| {kind or 'database'}, {'whole' if piece >= asked.size else f'parts of {piece >> 10} kB'}"
    line += f" | {written / total:.4f} | {seconds / asked.count * 1000:.1f} | {copied:.1f}"
    line += f" | {(folder / 'whole.dbc').stat().st_size / total:.3f} | "
    if kind == FOLDER:
        times = []
        for _ in range(2):
            begun = time.perf_counter()
            copying.copy(centre, folder)
            times.append(time.perf_counter() - begun)
        line += " then ".join(f"{one:.1f}" for one in times)
    sys.stdout.write(f"{line} |\n")
    sys.stdout.flush()
    centre.close()


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--count", type=int, default=500)
    options.add_argument("--size", type=int, default=120_000)
    asked = options.parse_args()
    with contextlib.ExitStack() as stack:
        place = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        cluster = stack.enter_context(postgres.cluster())
        keys = s3_server.KEY_ID, s3_server.SECRET
        where = Where(DATABASE, str(place / "pictures"), key_id=keys[0], secret=keys[1])
        kinds = [DATABASE, FOLDER]
        if s3_server.program() is not None:
            bucket = stack.enter_context(s3_server.serving(place / "s3")).bucket("daiban/bench")
            where, kinds = msgspec.structs.replace(where, bucket=bucket), [*kinds, S3]
        sys.stdout.write("| place | WAL by bytes | ms a picture | backup s | backup by bytes | pictures apart s |\n")
        for number, (kind, piece) in enumerate((kind, piece) for kind in kinds for piece in (asked.size, _PART)):
            apart = msgspec.structs.replace(
                where, folder=f"{where.folder}{number}", bucket=where.bucket and f"{where.bucket}{number}"
            )
            one_place(kind, cluster.database(), apart, place / f"centre{number}", asked, piece)


if __name__ == "__main__":
    main()
