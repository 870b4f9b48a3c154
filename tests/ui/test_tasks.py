"""Work in the background: how its end is told."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

from PySide6.QtCore import QObject

from ui import tasks


class Quick(ThreadPoolExecutor):
    """A worker that is done before whoever asked has turned round."""

    def submit(self, work: Callable[..., object], /, *told: object, **more: object) -> Future[object]:  # type: ignore[override]
        ended = super().submit(work, *told, **more)
        ended.exception(5)
        return ended


def test_the_end_is_never_told_within_the_call_that_asked(settle: Callable[[], None]) -> None:
    owner, told = QObject(), []
    with Quick(1) as pool:
        tasks.door().submit(pool, owner, lambda: 1, told.append, None)
    assert told == []
    settle()
    assert told == [1]
