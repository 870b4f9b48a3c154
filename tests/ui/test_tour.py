"""The tour where another program keeps the front, and what it leaves when a step does not come to its end."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from desk.app.demo import DemoFacts
from ui import tasks, tour
from ui.tour import Tour, TourError


class Stood(QWidget):
    """A window with a key and a button for the same; it stays behind where `behind`."""

    def __init__(self) -> None:
        super().__init__()
        self.behind = False
        self.pressed: list[str] = []
        button = QPushButton("登记", self)
        button.setObjectName("register-submit")
        button.clicked.connect(lambda: self.pressed.append("button"))
        QShortcut(QKeySequence("Ctrl+Return"), self, lambda: self.pressed.append("keys"))

    def activateWindow(self) -> None:  # noqa: N802 - Qt's name
        if not self.behind:
            super().activateWindow()


@pytest.fixture
def stood(qtbot: object) -> Stood:
    made = Stood()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def walked(qapp: QApplication, tmp_path: Path, stood: Stood, monkeypatch: pytest.MonkeyPatch) -> Tour:
    monkeypatch.setattr(tour, "_TO_FRONT", 50)
    made = Tour(qapp, tmp_path / "keep", DemoFacts(tmp_path, "", "", "", "", "", ""))
    made.window = stood  # type: ignore[assignment]
    return made


@pytest.mark.parametrize("behind", [False, True])
def test_a_case_is_registered_though_another_program_keeps_the_front(
    walked: Tour, stood: Stood, qtbot: object, *, behind: bool
) -> None:
    other = QWidget()
    qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    qtbot.waitUntil(other.isActiveWindow, timeout=5000)
    stood.behind = behind
    walked.press(stood, "register-submit")
    assert stood.pressed == ["button" if behind else "keys"]
    assert (QApplication.activeWindow() is stood) is not behind


def test_where_it_ended_is_kept_as_a_picture(walked: Tour, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tour, "_PATIENCE", 50)
    with pytest.raises(TourError, match=r"等不到：登记。当时的窗口：.*停在这里\.png"):
        walked.until(lambda: False, "登记")
    assert (walked.keep / "停在这里.png").read_bytes().startswith(b"\x89PNG")


def test_a_picture_waits_for_what_is_asked_for_once_a_page_is_laid_out(walked: Tour, stood: Stood) -> None:
    got: list[str] = []

    def ask() -> None:
        tasks.read(stood, lambda: time.sleep(0.3), lambda _none: got.append("there"))

    QTimer.singleShot(tour._ROUNDS * tour._ROUND // 2, stood, ask)
    walked.settle()
    assert got == ["there"]
