"""What background work holds dies on the main thread: a widget that a worker let go last would be destroyed there, and
the program with it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from ui import tasks

MAIN = threading.main_thread().name


class Held:
    """Remembers on which thread each of its kind died; `goes` lets its work begin."""

    died: list[str] = []

    def __init__(self) -> None:
        self.goes = threading.Event()

    def __del__(self) -> None:
        Held.died.append(threading.current_thread().name)

    def work(self) -> int:
        """As work that reads with it."""
        return int(self.goes.wait(10))

    def break_down(self) -> None:
        """As work that fails: the traceback holds it."""
        self.goes.wait(10)
        raise OSError


class Slow(Future):  # type: ignore[type-arg]
    """Its worker, when it has told that it is done, lets everybody else go first before it lets go of the work."""

    def __init__(self, seen: threading.Event) -> None:
        super().__init__()
        self._seen = seen

    def add_done_callback(self, fn: Callable[[Future], object]) -> None:  # type: ignore[type-arg]
        super().add_done_callback(fn)
        super().add_done_callback(lambda _ended: self._seen.wait(10))


@pytest.mark.parametrize("ask", [tasks.run, tasks.read], ids=["run", "read"])
@pytest.mark.parametrize("way", ["work", "break_down"])
def test_nothing_that_work_holds_dies_on_a_worker(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, ask: Callable[..., None], way: str
) -> None:
    Held.died.clear()
    seen = threading.Event()
    monkeypatch.setattr("concurrent.futures.thread._base.Future", lambda: Slow(seen))
    owner, held = QObject(qapp), Held()
    goes = held.goes
    ask(owner, getattr(held, way), lambda _made: None, lambda _error: None)
    del held
    goes.set()
    assert tasks.wait_idle()
    seen.set()
    pool: ThreadPoolExecutor
    for pool in (tasks.door().one, tasks.door().many):
        for _ in range(4):
            pool.submit(int).result(10)  # the worker has let go of what it did before
    assert tasks.wait_idle()
    assert Held.died == [MAIN]
    owner.deleteLater()
