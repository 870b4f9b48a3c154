"""The binding itself: void calls must not use up references to None (PySide6 6.12.0 under Python 3.11 does)."""

from __future__ import annotations

import sys

import PySide6
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox


def test_void_calls_keep_none_alive(qapp: QApplication) -> None:
    label = QLabel()
    before = sys.getrefcount(None)
    for _ in range(200):
        label.setText("x")
    assert sys.getrefcount(None) > before - 50


def test_below_6_12() -> None:
    assert tuple(int(part) for part in PySide6.__version__.split(".")[:2]) < (6, 12)


def test_standard_buttons_speak_chinese() -> None:
    from ui.app import application

    application([])
    box = QMessageBox()
    box.setStandardButtons(QMessageBox.StandardButton.Cancel)
    assert box.button(QMessageBox.StandardButton.Cancel).text() == "取消"
