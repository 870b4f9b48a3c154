"""Run by test_one_hall: a window of the hall, a process of its own with an address of its own.

`python hall_window.py FOLDER PASSWORD HOST PORT` answers lines of JSON on its standard input, a line each.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

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
    "address": lambda desk, asked: desk.hall.type_address(asked["place"]),
    "centre": lambda desk, asked: desk.set_centre_address(asked["address"]),
    "sync": lambda desk, _asked: sync(desk).outcome.value,
    "courier": lambda desk, asked: desk.courier(Path(asked["stick"]), lambda _far: None, lambda: False).entries,
    "lying": lambda desk, _asked: sum(one.up for one in desk.relay.waits()),
    "waiting": lambda desk, _asked: desk.sync_status().waiting,
}


def _is_seen(desk: Desk, number: str, state: str) -> bool:
    with desk.store.read() as db:
        from desk.store.entries import fold_case

        found = fold_case(db, number)
    return found is not None and state in ("", found.state.value)


def main() -> None:
    folder, password, host, port = sys.argv[1:5]
    desk = opening.open_desk(Path(folder), "suhe", password)
    with desk.store.write() as db:
        kept = places.kept(db)
        places.keep(db, places.Kept(True, int(port), kept.typed, kept.worked))
    desk.hall.hall.start(host, finds=False)
    print(json.dumps([desk.identity.node, desk.hall.hall.port]), flush=True)  # noqa: T201 - what the parent reads
    for line in sys.stdin:
        asked = json.loads(line)
        if asked["do"] == "stop":
            break
        print(json.dumps(DONE[asked["do"]](desk, asked)), flush=True)  # noqa: T201
    desk.close()


if __name__ == "__main__":
    main()
