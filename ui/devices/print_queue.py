"""What waits for a printer. A printer that is off holds up nothing: no other printer, not the window, not its end.

Each job runs in a thread of its own that nobody waits for, one after another at each printer.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

import msgspec
from PySide6.QtCore import QEventLoop, QObject, QTimer, Signal

from desk.counter.office.unprinted import Unprinted
from desk.errors import DeskError, SurroundingsError

LIMIT = 60.0  # seconds that one paper may take before it is said that the printer does not answer
Work = Callable[[], None]


class State(StrEnum):
    """How far a paper is."""

    WAITING = "排队"
    PRINTING = "正在打印"
    FAILED = "没有印出"


@dataclass(frozen=True)
class Job:
    """A paper on its way to the printer `where`. `work` gives what is to be done for a printer, on the main thread."""

    number: int
    title: str
    where: str
    work: Callable[[str], Work]
    failed: Callable[[Exception], object]
    state: State = State.WAITING
    told: str = ""
    turn: int = 0  # how often it was tried: what an older try says does not count
    paper: Unprinted | None = None  # by which it is found again after the end of the program
    desk: str = ""  # whose paper it is


class PrintQueue(QObject):
    """`changed` whenever a job came, went or is another than before."""

    changed = Signal()
    _ended = Signal(int, int, object)

    def __init__(self) -> None:
        super().__init__()
        self.jobs: dict[int, Job] = {}
        self.offered: set[str] = set()  # desks whose papers of before were put back
        self._last = 0
        self._threads: list[threading.Thread] = []
        self._ended.connect(self._over)

    def add(
        self,
        title: str,
        where: str,
        work: Callable[[str], Work],
        failed: Callable[[Exception], object],
        *,
        paper: Unprinted | None = None,
        desk: str = "",
    ) -> None:
        """Print when the printer is free; `failed` hears of every try that fails, on the main thread. What is a
        `paper` of a `desk` can be kept over the end of the program."""
        self._last += 1
        self.jobs[self._last] = Job(self._last, title, where, work, failed, paper=paper, desk=desk)
        self._go_on(where)

    def put_back(self, paper: Unprinted, desk: str, work: Callable[[str], Work], told: str) -> None:
        """A paper of before, to be tried again when somebody says so."""
        self._last += 1
        job = Job(self._last, paper.title, paper.where, work, _unheard, State.FAILED, told, paper=paper, desk=desk)
        self.jobs[self._last] = job
        self.changed.emit()

    def papers_of(self, desk: str) -> tuple[Unprinted, ...]:
        """What of this desk is not printed yet, each with the printer that it waits for now."""
        here = [job for job in self.jobs.values() if job.desk == desk]
        return tuple(msgspec.structs.replace(job.paper, where=job.where) for job in here if job.paper is not None)

    def again(self, number: int, where: str = "") -> None:
        """Another try, at another printer if one is named."""
        job = self.jobs.get(number)
        if job is not None and job.state is State.FAILED:
            self.jobs[number] = replace(job, state=State.WAITING, where=where or job.where, told="")
            self._go_on(where or job.where)

    def drop(self, number: int) -> None:
        """No longer wanted."""
        job = self.jobs.pop(number, None)
        if job is not None:
            self._go_on(job.where)

    def trouble(self) -> int:
        """How many papers did not come out."""
        return sum(job.state is State.FAILED for job in self.jobs.values())

    def finish(self, seconds: float) -> bool:
        """Let what is being printed end, events running meanwhile; False when it takes longer than `seconds`."""
        loop, until = QEventLoop(), time.monotonic() + seconds
        while self._threads and time.monotonic() < until:
            loop.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
            self._threads = [one for one in self._threads if one.is_alive()]
            time.sleep(0.005)
        loop.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        return not self._threads

    def _go_on(self, where: str) -> None:
        here = [job for job in self.jobs.values() if job.where == where]
        waiting = [job for job in here if job.state is State.WAITING]
        if waiting and not any(job.state is State.PRINTING for job in here):
            self._start(waiting[0])
        self.changed.emit()

    def _start(self, job: Job) -> None:
        job = self.jobs[job.number] = replace(job, state=State.PRINTING, turn=job.turn + 1)
        number, turn, work = job.number, job.turn, job.work(job.where)

        def run() -> None:
            error: Exception | None = None
            try:
                work()
            except Exception as one:  # noqa: BLE001 - told on the main thread, whatever it is
                error = one
            with contextlib.suppress(RuntimeError):  # the program ended meanwhile
                self._ended.emit(number, turn, error)

        thread = threading.Thread(target=run, name="printing", daemon=True)
        self._threads.append(thread)
        thread.start()
        QTimer.singleShot(round(LIMIT * 1000), self, lambda: self._over(number, turn, _silent(job.where)))

    def _over(self, number: int, turn: int, error: Exception | None) -> None:
        job = self.jobs.get(number)
        if job is None or job.turn != turn or job.state is not State.PRINTING:
            return
        if error is None:
            del self.jobs[number]
        else:
            words = error.sentences() if isinstance(error, DeskError) else "打印出了意外的问题。"
            self.jobs[number] = replace(job, state=State.FAILED, told=words)
            job.failed(error)
        self._go_on(job.where)


def _unheard(_error: Exception) -> None:
    """Whoever wanted it is gone; the queue says what went wrong."""


def _silent(where: str) -> Exception:
    return SurroundingsError(
        f"打印机（{where}）没有回应。", "这份纸在本机，没有丢失。", "请看打印机是否开着、接好、有纸，再试一次。"
    )


_made: list[PrintQueue] = []


def queue() -> PrintQueue:
    """The queue of this program; made on the main thread at the first call."""
    if not _made:
        _made.append(PrintQueue())
    return _made[0]
