"""Run by test_killed: one side of a session that dies at its n-th write, before or after the commit.

`python killed.py desk FOLDER PASSWORD N` syncs once; `python killed.py centre FOLDER PORT N` serves.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import uvicorn

from db.centre.database import Database
from db.opening import Rooms
from desk.app import opening
from desk.centre import site
from desk.centre.node import centre_node

_left = [int(sys.argv[4])]


def _step() -> None:
    _left[0] -= 1
    if _left[0] == 0:
        os.kill(os.getpid(), signal.SIGKILL)


def _deadly(real):
    @contextlib.contextmanager
    def write(self: object, *turned: object) -> Iterator[object]:
        with real(self, *turned) as db:
            yield db
            _step()  # all is written, nothing is committed
        _step()  # committed, nobody was told

    return write


def main() -> None:
    folder = Path(sys.argv[2])
    if sys.argv[1] == "desk":
        desk = opening.open_desk(folder, "suhe", sys.argv[3])
        Rooms.write = _deadly(Rooms.write)
        print(desk.sync(lambda _far: None, lambda: False).outcome.value)  # noqa: T201 - what the parent reads
        desk.close()
    else:
        centre = centre_node.Centre(folder)
        Database._alone = _deadly(Database._alone)  # what one writes alone, and what goes together
        config = uvicorn.Config(site.app(centre), port=int(sys.argv[3]), log_level="critical", access_log=False)
        uvicorn.Server(config).run()


if __name__ == "__main__":
    main()
