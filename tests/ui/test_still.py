"""The window never stands still for the disk: whatever it shows, the database is asked on another thread.

Counted, not timed: a slow machine is not a fault of the window. How long a page takes is for tests/bench/watchdog.py.
"""

from __future__ import annotations

import contextlib
import threading
from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from conftest import full_draft

from db.opening import Rooms
from ui.window import _PAGES, MainWindow

Counted = Counter[str]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Counted:
    """How often the database was read and written, by the name of the thread: the real rooms, with a count."""
    count: Counted = Counter()

    def counting(name: str) -> Callable[..., object]:
        real = getattr(Rooms, name)

        @contextlib.contextmanager
        def ask(self: Rooms, **how: bool) -> Iterator[object]:
            who = "main" if threading.current_thread() is threading.main_thread() else "other"
            count[f"{who} {name}"] += 1
            with real(self, **how) as db:
                yield db

        return ask

    for name in ("read", "write"):
        monkeypatch.setattr(Rooms, name, counting(name))
    return count


def test_a_page_asks_the_database_on_other_threads_alone(
    window: MainWindow, settle: Callable[[], None], asked: Counted
) -> None:
    window.desk.register(full_draft(window.desk))
    settle()
    for key in (key for key in _PAGES if key != "case"):
        asked.clear()
        for one in (key, "today", key):  # made, left, and shown again
            window.open(one)
            settle()
        assert {who: times for who, times in asked.items() if who.startswith("main")} == {}, key
        assert asked["other read"] > 0, key


def test_a_case_does_too(window: MainWindow, settle: Callable[[], None], asked: Counted) -> None:
    number = window.desk.register(full_draft(window.desk)).intake_no
    settle()
    asked.clear()
    window.open("case", intake_no=number)
    settle()
    assert {who: times for who, times in asked.items() if who.startswith("main")} == {}
    assert asked["other read"] > 0
