"""Run by people.py: real desks, a thread each, that take cases in and sync without a pause worth the name.

python -m cluster.desks_at_work PLACE PAUSE    made in folders of PLACE; seconds between two cases of a desk

The first line of its input is JSON: the centre's address, and points, each with its code; its first line of output says
that they are made. Then a line of JSON for each sync: how it ended, which entries of its own the centre acknowledged by
now and which of others came, each by node, number and hash. The word "quiet" on its input: no more cases, all sync
until nothing is new, then it ends.
"""

from __future__ import annotations

import json
import random
import sys
import threading
import time
from pathlib import Path

from drafts import CHEAP, PASSWORD, called, full_draft, sync

from db.desk import entry_rows
from desk.app import opening
from desk.app.open_desk import Desk
from desk.errors import DeskError
from desk.store.account import Account
from desk.sync.outcome import Outcome, SyncResult

_DIGITS = str.maketrans("0123456789", "春夏秋冬东南西北山川")
_LAST = 4  # syncs in a row that bring nothing until a desk is quiet
_PATIENCE = 240.0  # seconds for becoming quiet
_turn = threading.Lock()


def say(**told: object) -> None:
    """One line."""
    with _turn:
        print(json.dumps(told), flush=True)


class Watched:
    """A desk, and what was told of it."""

    def __init__(self, folder: Path) -> None:
        self.name = folder.name
        self.desk: Desk = opening.open_desk(folder, "suhe", PASSWORD)
        self._acked: dict[str, int] = {}
        self._arrival = 0

    def register(self, number: int) -> None:
        """One more case of somebody new."""
        person = called(f"阿{self.name}{number}".translate(_DIGITS).replace("desk-", "拉"))
        try:
            self.desk.register(full_draft(self.desk, number, person))
        except DeskError as error:
            say(desk=self.name, wrong=error.sentences())

    def sync(self) -> SyncResult:
        """Sync, and tell what came of it."""
        began = time.time()
        done = sync(self.desk)
        with self.desk.store.read() as db:
            node, acked = self.desk.identity.node, self.desk.store.acked(db)
            before = self._acked.get(node, 0)
            own = entry_rows.hashes_of(db, node, before + 1, acked)
            sql = "SELECT arrival, node, seq, hash, kind, subject, time FROM entry WHERE arrival > ? ORDER BY arrival"
            came = list(db.conn.execute(sql, (self._arrival,)))
        self._acked[node] = max(acked, before)
        self._arrival = came[-1][0] if came else self._arrival
        say(
            desk=self.name, at=time.time(), began=began, outcome=done.outcome.value, words=done.happened[-300:],
            acked=[(node, seq, digest.hex()) for seq, digest in own.items()],
            heard=[(one, seq, digest.hex(), *rest) for _, one, seq, digest, *rest in came if one != node],
        )  # fmt: skip
        return done


def work(one: Watched, pause: float, quiet: threading.Event) -> None:
    """Take in and sync, until all is quiet."""
    number = 0
    try:
        while not quiet.is_set():
            number += 1
            one.register(number)
            one.sync()
            time.sleep(pause * random.uniform(0.5, 1.5))  # noqa: S311
        until, good = time.monotonic() + _PATIENCE, 0
        while good < _LAST and time.monotonic() < until:
            done = one.sync()
            good = good + 1 if done.outcome is Outcome.DONE and not done.sent + done.received else 0
            time.sleep(0.5)
        status = one.desk.sync_status()
        say(desk=one.name, quiet=good >= _LAST, waiting=status.waiting, doubts=[each.words for each in status.doubts])
        one.desk.close()
    except Exception as error:  # noqa: BLE001 - told, whatever it is
        say(desk=one.name, wrong=f"{type(error).__name__}: {error}"[:500])


def main() -> None:
    """All desks of the place."""
    place, pause = Path(sys.argv[1]), float(sys.argv[2])
    quiet = threading.Event()
    centre, points = json.loads(sys.stdin.readline())
    every = []
    for point, code in points:
        folder = place / f"desk-{point[-2:]}"
        opening.create_desk(folder, centre, code, Account("suhe", "苏和"), PASSWORD, point=point, cost=CHEAP)
        every.append(Watched(folder))
    say(made=len(every))
    threads = [threading.Thread(target=work, args=(one, pause, quiet), daemon=True) for one in every]
    for one in threads:
        one.start()
    if sys.stdin.readline():  # else who started us is gone
        quiet.set()
        for one in threads:
            one.join()


if __name__ == "__main__":
    main()
