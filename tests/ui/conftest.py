"""The window's fixtures: a real desk behind real pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import print_server
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desk.app.open_desk import Desk
from ui import tasks
from ui.devices import print_queue, printers
from ui.look import chosen_look, i18n, theme
from ui.window import MainWindow


@pytest.fixture
def queue(tmp_path_factory: pytest.TempPathFactory) -> Iterator[print_server.Queue]:
    """A printer of our own."""
    if not print_server.can_be_started():
        pytest.skip("no CUPS here")
    with print_server.started(tmp_path_factory.mktemp("c")) as made:
        yield made


@pytest.fixture(autouse=True)
def plain_look(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(chosen_look, "_file", lambda: tmp_path / "look.json")
    _nobody_is_left(qapp)  # tests in other folders end without this
    theme.apply(qapp)
    yield
    tasks.wait_idle()
    _nobody_is_left(qapp)
    if QGuiApplication.mouseButtons() is not Qt.MouseButton.NoButton:  # pressed on what closed before it was let go
        somewhere = QWindow()
        somewhere.create()
        QTest.mouseRelease(somewhere, Qt.MouseButton.LeftButton)
    print_queue.queue().jobs.clear()
    printers.choose({}, "")
    theme.apply(qapp)
    i18n.use(qapp, "zh")


def _nobody_is_left(app: QApplication) -> None:
    """No test sees another's windows, nor its papers; nor what is asked as they are closed."""
    for _ in range(2):
        for left in app.topLevelWidgets():
            left.close()
            left.deleteLater()
        app.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def window(qtbot: object, desk: Desk) -> Iterator[MainWindow]:
    made = MainWindow(desk)
    made.resize(1366, 728)
    made.show()
    tasks.wait_idle()
    yield made
    tasks.wait_idle()
    made.safe.goes_back = True  # what a test leaves needs no backup
    made.close()
    made.deleteLater()


@pytest.fixture
def settle(qapp: QApplication) -> Callable[[], None]:
    def wait() -> None:
        assert tasks.wait_idle()
        for _ in range(3):
            qapp.processEvents()
        assert tasks.wait_idle()  # what a view puts off may have asked for more

    return wait
