"""Run by test_killed: one side of a session that dies at its n-th write, before or after the commit.

A line `desk FOLDER PASSWORD N` on standard input, with tabs between, syncs once; `centre FOLDER PORT N` serves. Each is
a process of its own, a fork of this one, so that all is imported once; its number is told at once, and at its end its
status and what it said.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path

import uvicorn

from db.centre.database import Database
from db.opening import Rooms
from desk.app import opening
from desk.centre import site
from desk.centre.node import centre_node

_left = [0]


def _step() -> None:
    _left[0] -= 1
    if _left[0] == 0:
        os.kill(os.getpid(), signal.SIGKILL)


def _deadly(real):
    @contextlib.contextmanager
    def write(self: object, *turned: object, **how: object) -> Iterator[object]:
        with real(self, *turned, **how) as db:
            yield db
            _step()  # all is written, nothing is committed
        _step()  # committed, nobody was told

    return write


def one(who: str, folder: Path, word: str) -> str:
    """What it says at its end."""
    if who == "desk":
        desk = opening.open_desk(folder, "suhe", word)
        Rooms.write = _deadly(Rooms.write)
        outcome = desk.sync(lambda _far: None, lambda: False).outcome
        desk.close()
        return outcome.value
    centre = centre_node.Centre(folder)
    Database._alone = _deadly(Database._alone)  # what one writes alone, and what goes together
    config = uvicorn.Config(site.app(centre), port=int(word), log_level="critical", access_log=False)
    uvicorn.Server(config).run()
    return ""


def forked(who: str, folder: str, word: str, step: str) -> None:
    out, into = os.pipe()
    child = os.fork()
    if not child:
        status = 1
        try:
            _left[0] = int(step)
            os.write(into, one(who, Path(folder), word).encode())
            status = 0
        except BaseException:  # noqa: BLE001 - told, and its status tells it too
            traceback.print_exc()
        finally:
            os._exit(status)
    os.close(into)
    print(child, flush=True)  # noqa: T201 - what the parent reads, here and below
    with os.fdopen(out) as said:
        words = said.read()
    print(json.dumps([os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), words]), flush=True)  # noqa: T201


if __name__ == "__main__":
    for line in sys.stdin:
        forked(*line.rstrip("\n").split("\t"))
