"""Twelve leagues that forward at once to one region, beside one that forwards alone.

`PYTHONPATH=.:tests python tests/bench/leagues.py [--leagues 12] [--desks 5] [--batches 40]`: each league is a centre on
SQLite that took so many batches of one case from each of its desks; the region is a service on PostgreSQL. A thirteenth
league forwards alone first, then all the others at once, each as `desk centre forward` does, in a process of its own.
Prints batches and entries a second and their ratio, how long the quickest and the slowest took, the share of the time
in which somebody held the turn, and the processor time of service and database. 1 where the region has not every entry
of every league and desk in its log.
"""

from __future__ import annotations

import argparse
import contextlib
import multiprocessing
import os
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import postgres
import psycopg
from bench.centre import Node, serving
from bench.cluster import turn_held
from bench.load import worked

from desk.centre.exchange import enrolment, taking
from desk.centre.levels import forwarding
from desk.centre.node import centre_node
from desk.sync.protocol import code_proof

_PATIENCE = 60.0  # seconds until all have begun, and until one that ended has told
ALONE = "152800"  # who goes first
LEAGUES = (
    "150100", "150200", "150300", "150400", "150500", "150600", "150700", "150800", "150900", "152200", "152500",
    "152900",
)  # fmt: skip


def league(folder: Path, code: str, desks: int, batches: int) -> None:
    """A league that took so many batches of each of its desks."""
    centre_node.create(folder, code, f"{code} 政务服务中心")
    centre, usual = centre_node.Centre(folder), code_proof.COST
    with contextlib.closing(centre):
        for at in range(desks):
            code_proof.COST = code_proof.Cost(1, 8 * 1024, 1)  # seen in this process alone
            node = Node(centre, f"{code}20{2000 + at:04d}")
            code_proof.COST = usual
            for _ in range(batches):
                taking.take_in(centre, node.batch(1))


def forwards(folder: Path, begins: Any, told: Any) -> None:
    """One league, in a process of its own, from the moment that all are ready."""
    centre = centre_node.Centre(folder)
    with contextlib.closing(centre):
        begins.wait(_PATIENCE)
        began = time.monotonic()
        sent = forwarding.forward(centre)
        assert (sent.left, sent.held) == (0, ()), sent
        told.put((time.monotonic() - began, sent.batches, sent.entries))


def together(folders: list[Path], server: str, pids: tuple[int, int]) -> float:
    """All of these at once; batches a second."""
    context = multiprocessing.get_context("spawn")
    begins, told = context.Barrier(len(folders) + 1), context.Queue()
    every = [context.Process(target=forwards, args=(one, begins, told), daemon=True) for one in folders]
    for one in every:
        one.start()
    begins.wait(_PATIENCE)
    before, began = [worked(pid) for pid in pids], time.monotonic()
    held = turn_held(server, lambda: any(one.is_alive() for one in every))
    seconds = [told.get(timeout=_PATIENCE) for _ in every]
    took = time.monotonic() - began
    spent = [worked(pid) - was for pid, was in zip(pids, before, strict=True)]
    batches, entries = sum(one[1] for one in seconds), sum(one[1] + one[2] for one in seconds)
    quickest, longest = min(one[0] for one in seconds), max(one[0] for one in seconds)
    print(
        f"{len(folders):2} leagues: {batches} batches, {entries} entries; {quickest:.1f} to {longest:.1f} s,"
        f" {batches / longest:.1f} batches/s; turn held {held:.2f};"
        f" processors: service {spent[0] / took:.2f}, database {spent[1] / took:.2f}"
    )
    return batches / longest


def arrived(url: str, folders: list[Path]) -> bool:
    """Whether every entry of every league lies in the region's log, by node, number and hash."""
    asked = "SELECT node, seq, hash FROM entry"
    with psycopg.connect(url) as db:
        there = {(node, seq): bytes(digest) for node, seq, digest in db.execute(asked)}
    lacking = count = 0
    for folder in folders:
        with contextlib.closing(centre_node.Centre(folder)) as centre, centre.database.read() as db:
            for node, seq, digest in db.exec_driver_sql(asked):
                count += 1
                lacking += there.get((node, seq)) != digest
    print(f"{count} entries of the leagues, {lacking} lacking at the region")
    return bool(count) and not lacking


def main() -> int:
    """All of it."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, default in (("--leagues", 12), ("--desks", 5), ("--batches", 40)):
        options.add_argument(name, type=int, default=default)
    asked = options.parse_args()
    with contextlib.ExitStack() as ending:
        place = Path(ending.enter_context(tempfile.TemporaryDirectory()))
        server = ending.enter_context(postgres.cluster())
        url = server.database()
        centre_node.create(place / "region", "150000", "内蒙古自治区政务服务中心", url)
        region = centre_node.Centre(place / "region", url)
        folders = [place / code for code in (ALONE, *LEAGUES[: asked.leagues])]
        for one in folders:
            league(one, one.name, asked.desks, asked.batches)
        codes = [enrolment.enrol_code(region, f"{one.name}000000", one.name) for one in folders]
        region.close()
        (place / "region.toml").write_text("enrols_per_minute = 1000\n", "utf-8")
        how = ("--config", str(place / "region.toml"))
        address, pid = ending.enter_context(serving(place / "region", url, *how, log=subprocess.DEVNULL))
        for folder, code in zip(folders, codes, strict=True):
            with contextlib.closing(centre_node.Centre(folder)) as centre:
                forwarding.join(centre, address, code)
        database = int((server.folder / "data" / "postmaster.pid").read_text("ascii").split()[0])
        pids, where = (pid, database), server._address("postgres")
        alone = together(folders[:1], where, pids)
        print(f"of one alone {together(folders[1:], where, pids) / alone:.2f}; load {os.getloadavg()[0]:.1f}")
        return int(not arrived(url, folders))


if __name__ == "__main__":
    raise SystemExit(main())
