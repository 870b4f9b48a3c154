"""Run by test_one_hall: windows of the hall, each a process of its own with an address of its own.

`python hall_window.py FOLDER PASSWORD HOST PORT` answers lines of JSON on its standard input, a line each.
`python hall_window.py PASSWORD [SOCKET FOLDER HOST]...` begins many, each at a socket that it was handed, and ends:
what they read of the program is read once.
"""

from __future__ import annotations

import functools
import json
import os
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TextIO

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from drafts import called, full_draft, sync  # noqa: E402

from desk.app import opening  # noqa: E402
from desk.app.open_desk import Desk  # noqa: E402
from desk.store.snapshots import CaseQuery  # noqa: E402
from desk.sync.hall import places  # noqa: E402

Asked = dict[str, Any]


def register(desk: Desk, asked: Asked) -> object:
    rounds = desk.hall.hall.rounds
    return [[desk.register(full_draft(desk, person=called(one))).intake_no for one in asked["names"]], rounds]


def act(desk: Desk, asked: Asked) -> object:
    for number in asked["numbers"]:
        desk.handling.act(number, asked["kind"], "不办了")
    return True


def wait(desk: Desk, asked: Asked) -> object:
    end = time.monotonic() + 60
    lacking = asked["numbers"]
    while lacking and time.monotonic() < end:
        lacking = [one for one in lacking if not _is_seen(desk, one, asked["state"])]
        time.sleep(0.005 if lacking else 0)
    return not lacking


def cases(desk: Desk, _asked: Asked) -> object:
    rows = desk.cases(CaseQuery(), 0, 10_000)
    return sorted([row.intake_no, desk.case(row.intake_no).case.state.value] for row in rows)


def relay(desk: Desk, asked: Asked) -> object:
    told = desk.relay.exchange(Path(asked["stick"]), lambda _far: None, lambda: False)
    return [sum(one.files for one in told.villages), sum(one.given for one in told.villages), told.refused]


DONE: dict[str, Callable[[Desk, Asked], object]] = {
    "register": register,
    "act": act,
    "wait": wait,
    "cases": cases,
    "relay": relay,
    "rounds": lambda desk, _asked: desk.hall.hall.rounds,
    "numbered": lambda desk, _asked: all(row.case_no for row in desk.cases(CaseQuery(), 0, 10_000)),
    "address": lambda desk, asked: desk.hall.type_address(asked["place"]),
    "centre": lambda desk, asked: desk.set_centre_address(asked["address"]),
    "sync": lambda desk, _asked: sync(desk).outcome.value,
    "courier": lambda desk, asked: desk.courier(Path(asked["stick"]), lambda _far: None, lambda: False).entries,
    "lying": lambda desk, _asked: sum(one.up for one in desk.relay.waits()),
    "answers": lambda desk, asked: sum(one.down for one in desk.relay.waits() if one.point == asked["point"]),
    "waiting": lambda desk, _asked: desk.sync_status().waiting,
}


def _is_seen(desk: Desk, number: str, state: str) -> bool:
    with desk.store.read() as db:
        from desk.store.entries import fold_case

        found = fold_case(db, number)
    return found is not None and state in ("", found.state.value)


def one(folder: str, password: str, host: str, port: int, lines: TextIO, out: TextIO) -> None:
    """A window, until it is told to stop or nobody is there any more."""
    # it asks from its own address too, as a machine does: who asked is then who can be asked back
    socket.create_connection = functools.partial(socket.create_connection, source_address=(host, 0))
    desk = opening.open_desk(Path(folder), "suhe", password)
    with desk.store.write() as db:
        kept = places.kept(db)
        places.keep(db, places.Kept(True, port, kept.typed, kept.worked))
    desk.hall.hall.start(host, finds=False)
    print(json.dumps([desk.identity.node, desk.hall.hall.port, os.getpid()]), file=out, flush=True)
    for line in lines:
        asked = json.loads(line)
        if asked["do"] == "stop":
            break
        print(json.dumps(DONE[asked["do"]](desk, asked)), file=out, flush=True)
    desk.close()


def many(password: str, told: list[str]) -> None:
    for number, folder, host in zip(told[::3], told[1::3], told[2::3], strict=True):
        if os.fork():
            continue
        for other in {*told[::3]} - {number}:  # else nobody hears that one of the others ended
            os.close(int(other))
        with socket.socket(fileno=int(number)) as line:
            one(folder, password, host, 0, line.makefile("r"), line.makefile("w"))
        os._exit(0)


if __name__ == "__main__":
    if sys.argv[4].isdigit():
        one(*sys.argv[1:4], int(sys.argv[4]), sys.stdin, sys.stdout)
    else:
        many(sys.argv[1], sys.argv[2:])
