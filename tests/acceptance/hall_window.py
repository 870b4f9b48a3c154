"""Run by test_one_hall: a window of the hall, a process of its own with an address of its own.

`python hall_window.py FOLDER PASSWORD HOST PORT` answers lines of JSON on its standard input, a line each.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "tests" / "desk"), str(ROOT / "tests" / "desk" / "sync")]
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from conftest import called, full_draft, sync  # noqa: E402
from hall_steps import keep_port  # noqa: E402

from desk.app import opening  # noqa: E402
from desk.app.open_desk import Desk  # noqa: E402
from desk.store.snapshots import CaseQuery  # noqa: E402


def done(desk: Desk, host: str, asked: dict[str, str]) -> object:
    match asked["do"]:
        case "register":
            return desk.register(full_draft(desk, person=called(asked["name"]))).intake_no
        case "act":
            desk.handling.act(asked["number"], asked["kind"], "不办了")
            return True
        case "wait":
            end = time.monotonic() + 60
            while not _is_seen(desk, asked["number"], asked["state"]) and time.monotonic() < end:
                time.sleep(0.01)
            return _is_seen(desk, asked["number"], asked["state"])
        case "cases":
            rows = desk.cases(CaseQuery(), 0, 10_000)
            return sorted([row.intake_no, desk.case(row.intake_no).case.state.value] for row in rows)
        case "address":
            desk.hall.type_address(asked["place"])
            return True
        case "centre":
            desk.set_centre_address(asked["address"])
            return True
        case "sync":
            return sync(desk).outcome.value
        case "waiting":
            return desk.sync_status().waiting
        case "here":
            return desk.hall.status().here
        case "cost":
            return time.process_time()
    raise AssertionError(asked)


def _is_seen(desk: Desk, number: str, state: str) -> bool:
    with desk.store.read() as db:
        from desk.store.entries import fold_case

        found = fold_case(db, number)
    return found is not None and state in ("", found.state.value)


def main() -> None:
    folder, password, host, port = sys.argv[1:5]
    desk = opening.open_desk(Path(folder), "suhe", password)
    keep_port(desk, int(port))
    desk.hall.hall.start(host, finds=False)
    print(json.dumps([desk.identity.node, desk.hall.hall.port]), flush=True)  # noqa: T201 - what the parent reads
    for line in sys.stdin:
        asked = json.loads(line)
        if asked["do"] == "stop":
            break
        print(json.dumps(done(desk, host, asked)), flush=True)  # noqa: T201
    desk.close()


if __name__ == "__main__":
    main()
