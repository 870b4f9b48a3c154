"""Many pieces of work, done here and in a second process beside, each taking the next piece when it is free.

What the other process does not bring, whatever became of it, is done here; so nothing is lost by it but time.
"""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from multiprocessing.connection import Connection
from typing import Generic, TypeVar

G = TypeVar("G")  # what every piece is made of
P = TypeVar("P")  # a piece
R = TypeVar("R")  # what became of it
Told = Callable[[P, int], None]  # how far a piece is
Do = Callable[[G, P, Told[P]], R]
_TICK = 0.2  # seconds between two words while only the other one is at work


def cores() -> int:
    """How many processes can work at once here."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def alone(do: Do[G, P, R], given: G, pieces: Sequence[P], told: Told[P]) -> Generator[tuple[P, R]]:
    """Each piece with what `do` made of it, in their order. `told` may raise to give it up."""
    return ((piece, do(given, piece, told)) for piece in pieces)


def together(
    do: Do[G, P, R], given: G, pieces: Sequence[P], told: Told[P], batch: Callable[[P], int]
) -> Generator[tuple[P, R]]:
    """The same by two processes, in any order: this one begins at the front, the other at the end, with as many pieces
    at a time as `batch` says of the last. `do` is a function that both can import; `given`, pieces and results are
    pickled. To be closed: the other process ends with it."""
    todo = deque(pieces)
    try:
        second = _Second(do, given, todo, batch)
    except (OSError, AssertionError):  # no room for another process, or this one may have none
        yield from alone(do, given, pieces, told)
        return
    with contextlib.closing(second):
        while todo or second.asked:
            if todo:
                piece = todo.popleft()
                yield piece, do(given, piece, told)
                yield from second.brought()
            else:
                told(second.asked[0], second.at)
                yield from second.brought(_TICK)


class _Second(Generic[G, P, R]):
    """The other process, as this one sees it."""

    def __init__(self, do: Do[G, P, R], given: G, todo: deque[P], batch: Callable[[P], int]) -> None:
        context = multiprocessing.get_context("spawn")  # a copy of this one could stand in the middle of anything
        self._first, self._todo, self._batch = (do, given), todo, batch
        self.asked: list[P] = []
        self.at = 0  # how far it said that it is with the piece it is at
        self._line, theirs = context.Pipe()
        self._process = context.Process(target=serve, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()

    def brought(self, wait: float = 0) -> Iterator[tuple[P, R]]:
        """What has come, after `wait` seconds at the most. What it was asked for and died over is to be done again."""
        done: list[tuple[P, R]] = []
        try:
            while not done and self._line.poll(wait):
                what = self._line.recv()
                if isinstance(what, int):
                    self.at = what
                elif what is None:
                    self._line.send(self._first)
                    self._ask()
                else:
                    done = list(zip(self.asked, what, strict=True))
                    self._ask()
        except (OSError, EOFError):
            self._todo.extend(self.asked)
            self.asked = []
        yield from done

    def _ask(self) -> None:
        self.asked, self.at = [], 0
        while self._todo and len(self.asked) < self._batch(self._todo[-1]):
            self.asked.append(self._todo.pop())
        if self.asked:
            self._line.send(self.asked)

    def close(self) -> None:
        """End it, in the middle of a piece too."""
        self._process.terminate()
        self._process.join()
        self._process.close()
        self._line.close()


def serve(line: Connection) -> None:
    """The other process: bring what is asked for until nobody asks. What goes wrong here is done again there."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the first one, which ends this
    with contextlib.suppress(Exception):
        line.send(None)
        do, given = line.recv()
        gc.freeze()
        while True:
            line.send([do(given, piece, lambda _, at: line.send(at)) for piece in line.recv()])
