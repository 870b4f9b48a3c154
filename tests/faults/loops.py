"""Every write of the program under every fault, step by step to its end: kill -9, disk full, flush refused, clocks.

`PYTHONPATH=.:tests python tests/faults/loops.py [--deed NAME] [--fault kill|full|flush|clock] [--every N]` prints one
line a deed: points tried, points survived. Survived: nothing acknowledged is lost, nothing is half, the program starts,
and the deed can be done again. A C compiler is needed; the shim counts what is done to files.
"""

from __future__ import annotations

import argparse
import ctypes
import datetime as dt
import functools
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).parent
FAULTS = {"kill": 1, "full": 2, "flush": 3, "clock": 0}
_YEARS = (1970, 2038, 2100)
_NEVER = 1 << 40
_SECONDS = 60  # for one try


def built(folder: Path) -> Path:
    """The shim as a library. Raises CalledProcessError, FileNotFoundError without a compiler."""
    made = folder / "shim.so"
    subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", made, HERE / "shim.c", "-ldl"], check=True)
    return made


def in_child(work: Callable[[Callable[[str], None]], None]) -> tuple[int, list[str]]:
    """Run in a process of its own: its status (minus the signal that ended it) and what it said until then."""
    out, into = os.pipe()
    child = os.fork()
    if not child:
        os.close(out)
        status = 0
        try:
            work(lambda words: os.write(into, (words + "\n").encode()) and None)
        except BaseException as error:  # noqa: BLE001 - told to the parent
            os.write(into, ("!" + json.dumps("".join(traceback.format_exception(error))[-3000:]) + "\n").encode())
            status = 3
        os._exit(status)
    os.close(into)
    timer = threading.Timer(_SECONDS, os.kill, (child, signal.SIGKILL))
    timer.start()
    with os.fdopen(out, "rb") as said:
        lines = said.read().decode().splitlines()
    _, ended = os.waitpid(child, 0)
    timer.cancel()
    return os.waitstatus_to_exitcode(ended), lines


class Loops:
    """All tries of one run, over copies of one base."""

    def __init__(self, folder: Path, library: Path) -> None:
        import deeds

        self.deeds, self.folder = deeds, folder
        self.shim = ctypes.CDLL(str(library))
        self.shim.fault_steps.restype = ctypes.c_long
        self.shim.fault_arm.argtypes = ctypes.c_int, ctypes.c_long
        self.shim.fault_clock.argtypes = ctypes.POINTER(ctypes.c_long), ctypes.c_int
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        self._child(lambda _say: deeds.prepare(self.world(folder / "base")))

    def world(self, folder: Path):
        folder.mkdir(parents=True, exist_ok=True)
        return self.deeds.World(folder, self.address)

    def _child(self, work: Callable[[Callable[[str], None]], None]) -> list[str]:
        status, said = in_child(work)
        if status:
            raise RuntimeError("\n".join(json.loads(one[1:]) if one[:1] == "!" else one for one in said) or str(status))
        return said

    @contextmanager
    def served(self, name: str, folder: Path) -> Iterator[None]:
        """The centre of a try, where the deed needs one, in a process that no fault reaches."""
        if name not in self.deeds.SERVED:
            yield
            return
        child = os.fork()
        if not child:
            self._serve(folder)
        try:
            yield
        finally:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)

    def _serve(self, folder: Path) -> None:
        import uvicorn

        from desk.centre import site
        from desk.centre.node import centre_node

        app = site.app(centre_node.Centre(folder / "centre"))
        config = uvicorn.Config(app, log_level="critical", access_log=False, lifespan="off")
        uvicorn.Server(config).run(sockets=[self.listener])
        os._exit(0)

    def points(self, name: str, fault: str, every: int) -> Iterator[tuple[str, str]]:
        """Each point: what it was, and what is wrong ("" where it was survived)."""
        before = self.folder / f"before-{name}"
        self.deeds.copy(self.folder / "base", before)
        if name in self.deeds.BEFORE:
            self._child(lambda _say: self.deeds.BEFORE[name](self.world(before)))
        if fault == "clock":
            for year in (*_YEARS, 0):
                yield f"year {year or 'jumping'}", self.one(name, before, functools.partial(self._clock, year))
            return
        step = 1
        while True:
            steps: list[int] = []
            wrong = self.one(name, before, lambda at=step: self.shim.fault_arm(FAULTS[fault], at), steps)
            if steps and steps[0] < step:  # it went through before the fault
                return
            yield f"step {step}", wrong
            step += every

    def _clock(self, year: int) -> None:
        """The clock of this process, SQLite's with it, stands in that year; 0: it jumps at each look."""
        now = dt.datetime.now(dt.UTC)
        away = [int((now.replace(year=one, day=1) - now).total_seconds()) for one in ((year,) if year else _YEARS)]
        jumps = away if year else [*away, 0]
        self.shim.fault_clock((ctypes.c_long * len(jumps))(*jumps), len(jumps))

    def one(
        self,
        name: str,
        before: Path,
        arm: Callable[[], None],
        steps: list[int] | None = None,
    ) -> str:
        """One try: what is wrong after it, "" for nothing. `steps` hears how many steps a process that lived took."""
        place = self.folder / "try"
        self.deeds.copy(before, place)
        act = self.deeds.DEEDS[name]
        with self.served(name, place):
            status, said = in_child(lambda say: self._meet(act, self.world(place), say, arm))
            words = [one for one in said if one[:1] not in "!#?"]
            if steps is not None:
                steps += [int(one[1:]) for one in said if one[:1] == "#"]
            if status not in (0, 3, -signal.SIGKILL):
                return f"ended with {status}"
            if status == 3:
                return "\n".join(json.loads(one[1:]) for one in said if one[:1] == "!")
            status, said = in_child(lambda _say: self.deeds.holds(self.world(place), name, words))
            if not status:  # once more, without any fault
                status, said = in_child(lambda say: act(self.world(place), say))
                if not status and not said:
                    return "could not be done again"
        return "" if not status else "\n".join(json.loads(one[1:]) for one in said if one[:1] == "!") or str(status)

    def _meet(self, act, world, say: Callable[[str], None], arm: Callable[[], None]) -> None:
        from desk.errors import DeskError

        arm()
        try:
            act(world, say)
        except DeskError as error:  # told to a person, in words: that is what is asked for
            self.shim.fault_arm(0, _NEVER)
            say("?" + error.happened)
            return
        met = self.shim.fault_steps()
        self.shim.fault_arm(0, _NEVER)
        say(f"#{met}")


def main() -> int:
    """The table; 1 where a point was not survived."""
    options = argparse.ArgumentParser()
    options.add_argument("--deed", action="append", default=[])
    options.add_argument("--fault", action="append", default=[], choices=list(FAULTS))
    options.add_argument("--every", type=int, default=1)
    asked = options.parse_args()
    memory = Path("/dev/shm")  # noqa: S108 - a disk is slow, and only the order of steps is asked
    folder = Path(tempfile.mkdtemp(prefix="faults-", dir=memory if memory.is_dir() else None))
    if "DAIBAN_SHIM" not in os.environ:  # the folder is made again, under the shim
        library = built(folder)
        os.environ |= {"DAIBAN_SHIM": str(library), "LD_PRELOAD": str(library)}
        os.execv(sys.executable, [sys.executable, *sys.argv])  # noqa: S606 - itself, under the shim
    return _table(Loops(folder, Path(os.environ["DAIBAN_SHIM"])), asked)


def _table(loops: Loops, asked: argparse.Namespace) -> int:
    wrong = 0
    names = asked.deed or list(loops.deeds.DEEDS)
    print("| deed | " + " | ".join(asked.fault or FAULTS) + " |")
    for name in names:
        cells = []
        for fault in asked.fault or FAULTS:
            begun, tried, lived = time.monotonic(), 0, 0
            for point, said in loops.points(name, fault, asked.every):
                tried, lived = tried + 1, lived + (not said)
                if said:
                    print(f"{name} {fault} {point}: {said}", file=sys.stderr)
            wrong += tried - lived
            cells.append(f"{lived} of {tried}")
            print(f"{name} {fault}: {tried} in {time.monotonic() - begun:.0f} s", file=sys.stderr)
        print(f"| {name} | " + " | ".join(cells) + " |", flush=True)
    shutil.rmtree(loops.folder, ignore_errors=True)
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
