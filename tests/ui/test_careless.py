"""A careless hand: hundreds of random clicks and keys everywhere, and nothing unexpected happens.

`python tests/ui/random_hand.py` lets the same hand walk for twenty thousand steps.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import random_hand
from careless_hand import AtTheCounter, Hand
from conftest import full_draft, sync
from office import drawn
from on_screen import OnScreen
from pressing import Attendant, dialogs
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from room import unlock

from desk.app.open_desk import Desk
from ui import tasks
from ui.app import Front
from ui.devices import half_typed
from ui.window import MainWindow

STEPS = int(os.environ.get(random_hand.STEPS, "250"))
SEEDS = [int(os.environ[random_hand.SEED])] if random_hand.SEED in os.environ else [3, 4]
FILES = Path(__file__).parent.parent / "desk" / "counter" / "office_files"
PATIENCE = 60_000  # ms for work to end on a computer that others use as well
LOOKS = 20  # steps between two looks at whether the window still answers


class Unexpected(logging.Handler):
    """What the window called unexpected, with what the hand did."""

    def __init__(self, did: Callable[[], str]) -> None:
        super().__init__(logging.ERROR)
        self.found: list[str] = []
        self._did = did

    def emit(self, record: logging.LogRecord) -> None:
        """Told by a page or a worker."""
        self.found.append(f"{self._did()}: {logging.Formatter().format(record)}")

    def raised(self, _kind: type[BaseException], error: BaseException, _trace: object) -> None:
        """Raised where nobody caught it."""
        logging.getLogger("ui").error("raised", exc_info=error)


@pytest.fixture
def again(
    make_desk: Callable[..., Desk], qtbot: QtBot, settle: Callable[[], None]
) -> Iterator[Callable[[], MainWindow]]:
    made: list[MainWindow] = []

    def open_() -> MainWindow:
        for one in made:
            one.deleteLater()
        made.clear()
        made.append(MainWindow(make_desk()))
        made[-1].show()
        made[-1].activateWindow()
        settle()
        return made[-1]

    yield open_
    for one in dialogs():
        one.close()
    settle()
    made[-1].close()


def left() -> None:
    """Everything over the window is closed as a person would; what would be lost is not wanted."""
    for _ in range(60):
        popup, open_ = QApplication.activePopupWidget(), dialogs()
        if popup is not None:
            popup.close()
        elif not open_:
            return
        else:
            throw = open_[-1].findChild(QPushButton, "question-go")
            if throw is not None:
                throw.click()
            else:
                QTest.keyClick(open_[-1].focusWidget() or open_[-1], Qt.Key.Key_Escape)
        tasks.wait_idle()


def stuck(hand: AtTheCounter) -> str:
    """Whether a key still takes the window to its first page; "" where it does."""
    if not tasks.wait_idle(PATIENCE):
        return "work does not end"
    left()
    window = hand.window
    if dialogs():
        return f"{dialogs()[-1].objectName()} cannot be left"
    if not window.isVisible() or window.lock.locked:
        return ""
    window.activateWindow()
    tasks.wait_idle()
    QTest.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    tasks.wait_idle()
    held = [key for key, page in window._pages.items() if page.held()]
    return "" if (window._shown, held) == ("today", []) else f"on {window._shown}, held {held}"


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_unexpected_happens(
    again: Callable[[], MainWindow],
    settle: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    qapp: QApplication,
    seed: int,
) -> None:
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    monkeypatch.setattr(Path, "home", lambda: here)
    half_typed.watch(qapp)
    screen = OnScreen(monkeypatch)
    hand = AtTheCounter(again, lambda window: left() or unlock(window, settle), seed)
    screen.typed = hand.typed
    unexpected = Unexpected(lambda: hand.did)
    monkeypatch.setattr(sys, "excepthook", unexpected.raised)
    logging.getLogger("ui").addHandler(unexpected)
    (tmp_path / "picture.jpg").write_bytes(drawn("teal"))
    attendant = Attendant(tmp_path, {"*.jpg": tmp_path / "picture.jpg", "*.xlsx": FILES / "duplicate_ids.xlsx"})
    hand.window.desk.register(full_draft(hand.window.desk))
    sync(hand.window.desk)
    for step in range(STEPS):
        attendant.accepts = step % 3 == 0
        hand.step()
        if step % 5 == 0:
            assert tasks.wait_idle(PATIENCE), hand.did
        if step % LOOKS == 0:
            assert stuck(hand) == "", (step, hand.did)
        assert screen.wrong == [], (step, hand.did)
        assert unexpected.found == [], step
        if step % 1000 == 999:
            print(step + 1, "steps", len(qapp.allWidgets()), "widgets", flush=True)  # noqa: T201 - a long walk shows that it goes on
    left()
    settle()
    logging.getLogger("ui").removeHandler(unexpected)
    print(  # noqa: T201 - whoever let it walk asks what came of it
        f"{STEPS} steps, {screen.cases} cases, {screen.entries} entries written, {attendant.asked} of Qt's windows, "
        f"{len(hand.been)} pages and dialogs: {' '.join(sorted(hand.been))}"
    )
    assert screen.cases >= STEPS // 1000, "nothing was compared"
    assert list(here.glob("daiban-*")) == [], "nothing is written where nobody asked"


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_nothing_unexpected_happens_at_the_first_start(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, qapp: QApplication, settle: Callable[[], None]
) -> None:
    """Whatever it types and presses there: the steps go on and back, and a desk is opened or it is told why not."""
    half_typed.watch(qapp)
    fronts: list[Front] = []

    def again() -> QWidget:
        for one in fronts:
            one.login.deleteLater()
            if one.window is not None:
                one.window.close()
        fronts.append(Front(tmp_path / f"new-{len(fronts)}"))
        fronts[-1].login.show()
        fronts[-1].login.activateWindow()
        settle()
        return fronts[-1].login

    hand = Hand(again, 6)
    unexpected = Unexpected(lambda: hand.did)
    monkeypatch.setattr(sys, "excepthook", unexpected.raised)
    logging.getLogger("ui").addHandler(unexpected)
    attendant = Attendant(tmp_path, {})  # a long walk comes to where a backup lies, and is asked for its folder
    for step in range(min(STEPS, 1000)):
        hand.step()
        if step % LOOKS == 0:
            assert tasks.wait_idle(PATIENCE), hand.did
        assert unexpected.found == [], step
    left()
    settle()
    logging.getLogger("ui").removeHandler(unexpected)
    print(f"first start: {len(fronts)} times, {attendant.asked} of Qt's windows")  # noqa: T201 - of a long walk
    assert hand.been >= {"wizard"}
    fronts[-1].login.close()
