"""How fast a window has what another wrote, beside the push of it to a centre; and what one more window costs.

`PYTHONPATH=.:tests python tests/bench/hall.py [entries] [--windows 20]`. The centre and the window that gives are each
a process of its own. Ends with 1 where a new entry costs each window half as much again among many as among two.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent / "desk"), str(HERE.parent / "desk" / "sync"), str(HERE)]

from conftest import PASSWORD  # noqa: E402
from hall_steps import hall, introduced  # noqa: E402
from sync import appended, at_the_counter, desk_with, push, timed  # noqa: E402

from db.desk import entry_rows  # noqa: E402
from desk.app import demo  # noqa: E402
from desk.sync.hall import meeting  # noqa: E402
from desk.sync.protocol.near.parcel import Window  # noqa: E402

_AT_ONCE = 8  # a centre lets ten enrol in a minute from one address
_BURSTS = 20  # new entries, one after the other, whose cost is measured


def one_sibling(folder: Path, centre: demo.LocalCentre, count: int) -> None:
    """10,000 entries to a sibling, and to the centre."""
    giver, taker = (desk_with(folder, centre, name) for name in ("giver", "taker"))
    introduced(giver, taker)
    appended(giver, count // 4, at_the_counter)
    with giver.store.read() as db:
        left, _ = entry_rows.waiting(db, giver.identity.node, giver.store.acked(db))
    node = giver.identity.node
    giver.close()
    script = str(HERE.parent / "acceptance" / "hall_window.py")
    window = subprocess.Popen(
        [sys.executable, script, str(folder / "giver"), PASSWORD, "127.0.0.1", "0"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    _, port, _ = json.loads(window.stdout.readline())
    met = timed(lambda: meeting.meet(taker.store, f"127.0.0.1:{port}", node, None, Window, lambda *_: None))
    with taker.store.read() as db:
        assert entry_rows.head(db, node)[0] >= left
    window.communicate(json.dumps({"do": "stop"}) + "\n")
    giver = desk_with_again(folder / "giver")
    sent, _ = push(giver)
    print(f"to a sibling {left / met:,.0f} entries/s, to the centre {left / sent:,.0f}: {sent / met:.2f} of the push")
    for one in (giver, taker):
        one.close()


def desk_with_again(place: Path):
    from desk.app import opening

    return opening.open_desk(place, "suhe", PASSWORD)


def many(folder: Path, centre: demo.LocalCentre, most: int) -> float:
    """What a new entry costs each window that takes it, in milliseconds of processor; how much more among many."""
    costs, desks = {}, []
    for count in sorted({2, min(5, most), most}):
        while len(desks) < count:
            if len(desks) >= _AT_ONCE:
                time.sleep(60 / _AT_ONCE)
            desks.append(desk_with(folder, centre, f"w{len(desks)}"))
        introduced(*desks)
        with hall(*desks):
            wait_for(lambda: all(len(one.hall.status().windows) == one.hall.status().here for one in desks))
            time.sleep(2)
            begin = time.process_time()
            for at in range(_BURSTS):
                before = head(desks[0])
                appended(desks[0], 1, at_the_counter, count * 1000 + at)
                wait_for(lambda before=before: all(of(one, desks[0]) > before for one in desks[1:]))
            spent = time.process_time() - begin
            costs[count] = spent / _BURSTS / (count - 1) * 1000
            begin = time.process_time()
            time.sleep(20)
            idle = (time.process_time() - begin) / 20 / count * 100
        print(f"{count} windows: {costs[count]:.1f} ms a new entry and window; idle {idle:.2f} % of a core each")
    for one in desks:
        one.close()
    return costs[max(costs)] / costs[2]


def head(desk) -> int:
    return of(desk, desk)


def of(desk, whose) -> int:
    with desk.store.read() as db:
        return (entry_rows.head(db, whose.identity.node) or (0, b""))[0]


def wait_for(true) -> None:
    end = time.monotonic() + 120
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("entries", nargs="?", type=int, default=10_000)
    options.add_argument("--windows", type=int, default=20)
    asked = options.parse_args()
    most = asked.windows
    folder = Path(tempfile.mkdtemp(prefix="daiban-bench-"))
    with demo.LocalCentre(folder / "centre") as centre:
        one_sibling(folder, centre, asked.entries)
    with demo.LocalCentre(folder / "other") as centre:  # whose windows have no past to tell each other
        grows = many(folder, centre, most)
    shutil.rmtree(folder, ignore_errors=True)
    print(f"among {most} a new entry costs each window {grows:.2f} of what it costs among two")
    sys.exit(grows > 1.5)


if __name__ == "__main__":
    main()
