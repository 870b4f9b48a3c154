"""The one door for background work: the window never waits for disk or network.

Changes go through a single worker in order; reads through a small pool. Results come back on the main thread, and
only while the one who asked still lives.
"""

from __future__ import annotations

import gc
import logging
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import shiboken6
from PySide6.QtCore import QCoreApplication, QEventLoop, QObject, Qt, QThread, QTimer, Signal

from desk import heaps

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

T = TypeVar("T")
_SWEEP = 500  # ms
_LIMITS = (700, 10, 10)  # new objects, sweeps of the young, of the middle: Python's own
_PATIENCE = 400  # ms before anything is said of waiting
_log = logging.getLogger("ui")


class Job:
    """Something under way. `cancel` asks it to stop; it stops where it can."""

    def __init__(self) -> None:
        self._cancelled = threading.Event()

    def cancel(self) -> None:
        """Ask for an end."""
        self._cancelled.set()

    def cancelled(self) -> bool:
        """Whether an end was asked for."""
        return self._cancelled.is_set()


class _Sweeper(QObject):
    """Collects Python's garbage on the main thread only.

    A cycle that holds a widget may be found by whichever thread allocates next, and Qt's things die on theirs alone.
    """

    def __init__(self) -> None:
        super().__init__()
        gc.disable()
        self._clock = QTimer(self)
        self._clock.timeout.connect(self._sweep)
        self._clock.start(_SWEEP)

    def _sweep(self) -> None:
        young, middle, old = gc.get_count()
        if old > _LIMITS[2] and middle > _LIMITS[1]:
            gc.collect(2)
        elif middle > _LIMITS[1]:
            gc.collect(1)
        elif young > _LIMITS[0]:
            gc.collect(0)


class _Task:
    """Work on its way to a worker and back. Whoever asked, what is done with the result, the result and what went wrong
    hold widgets, or frames that hold some: the worker lets go of this alone, the main thread of all that is in it."""

    def __init__(
        self,
        owner: QObject,
        work: Callable[[], Any],
        done: Callable[[Any], None] | None,
        failed: Callable[[Exception], None] | None,
    ) -> None:
        self.owner: Any = owner
        self.done, self.failed = done, failed
        self.made: Any = None
        self.error: BaseException | None = None
        self._work: Any = work

    def run(self) -> None:
        """On a worker."""
        try:
            self.made = self._work()
        except BaseException as error:  # noqa: BLE001 - told on the main thread
            self.error = error

    def emptied(self) -> tuple[Any, BaseException | None]:
        """The result and what went wrong; from now on this holds nothing. On the main thread."""
        made, error = self.made, self.error
        self.owner = self.done = self.failed = self.made = self.error = self._work = None
        return made, error


class _Door(QObject):
    """Carries closures from workers to the main thread."""

    _deliver = Signal(object)
    waiting = Signal(bool)  # whether someone has waited for a while

    def __init__(self) -> None:
        super().__init__()
        from concurrent.futures import ThreadPoolExecutor  # nothing is in the background before somebody comes in

        heaps.few()
        self._sweeper = _Sweeper()
        self.one = ThreadPoolExecutor(1, "writer")
        self.many = ThreadPoolExecutor(3, "reader")
        self.busy = 0
        self.unhandled: Callable[[QObject, Exception], None] = logged
        # Work that has ended before it is asked about tells so on the main thread: never within the call that asked.
        self._deliver.connect(self._run, Qt.ConnectionType.QueuedConnection)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE)
        self._patience.timeout.connect(lambda: self.waiting.emit(True))  # noqa: FBT003 - Qt's signal

    def _run(self, closure: Callable[[], None]) -> None:
        closure()

    def submit(
        self,
        pool: ThreadPoolExecutor,
        owner: QObject,
        work: Callable[[], T],
        done: Callable[[T], None] | None,
        failed: Callable[[Exception], None] | None,
    ) -> None:
        if QThread.currentThread() is not self.thread():
            raise RuntimeError("background work must be asked for on the main thread")
        self.busy += 1
        if not self._patience.isActive():
            self._patience.start()
        task = _Task(owner, work, done, failed)

        def told(ended: Future[None]) -> None:
            if not ended.cancelled():  # then the door is shut
                self._deliver.emit(lambda: self._ended(task))

        pool.submit(task.run).add_done_callback(told)

    def _ended(self, task: _Task) -> None:
        self.busy -= 1
        if not self.busy:
            self._patience.stop()
            self.waiting.emit(False)  # noqa: FBT003 - Qt's signal
        owner, done, failed = task.owner, task.done, task.failed
        made, error = task.emptied()
        if not shiboken6.isValid(owner):
            return
        if error is None:
            if done is not None:
                done(made)
        elif isinstance(error, Exception):
            (failed or (lambda one: self.unhandled(owner, one)))(error)

    def tell(self, owner: QObject, closure: Callable[[], None]) -> None:
        """Run `closure` on the main thread soon, if `owner` still lives. From any thread."""
        self._deliver.emit(lambda: closure() if shiboken6.isValid(owner) else None)


def logged(_owner: QObject, error: Exception) -> None:
    """Nobody is there to be told."""
    _log.error("background work failed: %s", type(error).__name__, exc_info=error)


_doors: list[_Door] = []


def door() -> _Door:
    """The door of this application; made on the main thread at the first call."""
    if not _doors:
        _doors.append(_Door())
    return _doors[0]


def run(
    owner: QObject,
    work: Callable[[], T],
    done: Callable[[T], None] | None = None,
    failed: Callable[[Exception], None] | None = None,
) -> None:
    """Change something, in the order of asking."""
    door().submit(door().one, owner, work, done, failed)


def read(
    owner: QObject,
    work: Callable[[], T],
    done: Callable[[T], None],
    failed: Callable[[Exception], None] | None = None,
) -> None:
    """Look something up."""
    door().submit(door().many, owner, work, done, failed)


def run_with_progress(
    owner: QObject,
    work: Callable[[Callable[[Any], None], Callable[[], bool]], T],
    done: Callable[[T], None],
    progress: Callable[[Any], None],
    failed: Callable[[Exception], None] | None = None,
) -> Job:
    """Long work that reports how far it is and may be cancelled. It does not hold up the writer."""
    job = Job()

    def report(fact: Any) -> None:
        door().tell(owner, lambda: progress(fact))

    door().submit(door().many, owner, lambda: work(report, job.cancelled), done, failed)
    return job


def wait_idle(milliseconds: int = 10_000) -> bool:
    """Let events run until nothing is under way; False when that took too long. For the tour and for closing."""
    loop, clock = QEventLoop(), QTimer()
    clock.setSingleShot(True)
    clock.start(milliseconds)
    every, asleep = QEventLoop.ProcessEventsFlag.AllEvents, QEventLoop.ProcessEventsFlag.WaitForMoreEvents
    while clock.isActive():
        loop.processEvents(every, 20)
        if not door().busy:
            QCoreApplication.sendPostedEvents()  # what was put off may ask for more
            if not door().busy:
                break
        else:
            loop.processEvents(every | asleep)  # whoever ends work, or the clock, wakes it
    return not door().busy


def shut() -> bool:
    """Let what is under way end and close the door; False when something would not end."""
    if not _doors:
        return True
    idle = wait_idle()
    _doors[0].one.shutdown(wait=idle, cancel_futures=not idle)
    _doors[0].many.shutdown(wait=idle, cancel_futures=not idle)
    _doors.clear()
    gc.enable()
    return idle
