"""A careless hand: hundreds of random clicks and keys on every page and question, and nothing unexpected happens."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import full_draft, sync
from PySide6.QtCore import Qt, QTimer
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from desk.errors import DeskError
from ui import actions, messages, tasks
from ui.window import MainWindow

STEPS = 250
TYPED = ("alt", "5", "zzz9", "2026-11-30", "152523195603020027", "13900000001", '""', "a")
KEYS = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Return, Qt.Key.Key_A)
KINDS = (QAbstractButton, QLineEdit, QComboBox, QAbstractItemView, QPlainTextEdit)
SYSTEM = (QFileDialog, QPrintDialog)  # what asks of the system its files and its printers


def touch(widget: QWidget, hand: random.Random) -> None:
    match widget:
        case QPushButton() if widget.menu() is not None:
            offered = widget.menu().actions()
            if offered:
                hand.choice(offered).trigger()
        case QAbstractButton():
            widget.click()
        case QLineEdit() | QPlainTextEdit():
            widget.setFocus()
            QTest.keyClicks(widget, hand.choice(TYPED))
            if hand.random() < 0.4:
                QTest.keyClick(widget, Qt.Key.Key_Return)
        case QComboBox():
            widget.setCurrentIndex(hand.randrange(max(1, widget.count())))
        case _:
            widget.setFocus()
            QTest.keyClick(widget, hand.choice(KEYS))


def open_dialogs() -> list[QDialog]:
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]


def away_with_system() -> None:
    """Esc, as a person would."""
    for one in open_dialogs():
        if isinstance(one, SYSTEM):
            QTest.keyClick(one, Qt.Key.Key_Escape)


@pytest.mark.parametrize("seed", [3, 4])
def test_nothing_unexpected_happens(
    window: MainWindow, settle: Callable[[], None], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, seed: int
) -> None:
    bugs: list[Exception] = []
    told = lambda _parent, what: None if isinstance(what, DeskError) else bugs.append(what)  # noqa: E731
    monkeypatch.setattr(messages, "error", told)
    monkeypatch.chdir(tmp_path)
    away = QTimer(interval=10)  # Esc comes also where a question holds up the hand that opened it
    away.timeout.connect(away_with_system)
    away.start()
    window.desk.register(full_draft(window.desk))
    sync(window.desk)
    hand = random.Random(seed)  # noqa: S311 - a hand, no secret
    for step in range(STEPS):
        dialogs = open_dialogs()
        if dialogs and hand.random() < 0.2:
            dialogs[-1].close()
            continue
        where: QWidget = dialogs[-1] if dialogs else window
        if where is window and hand.random() < 0.15:
            window.open(hand.choice([action.key for action in actions.PAGES]))
        near = [one for one in where.findChildren(QWidget) if isinstance(one, KINDS) and one.isVisible()]
        near = [one for one in near if one.isEnabled()]
        if near:
            touch(hand.choice(near), hand)
        QApplication.processEvents()
        away_with_system()
        if step % 5 == 0:
            assert tasks.wait_idle()
    for one in open_dialogs():
        one.close()
    settle()
    assert bugs == []
    assert list(tmp_path.glob("*/daiban-*")) == [], "nothing is written where nobody asked"
