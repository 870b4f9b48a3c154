"""How desktops know the window: by the name of its entry in the menu; Windows by the icon that the package brings."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QApplication

from ui import app

FILES = Path(__file__).parent.parent.parent / "installer" / "package" / "files"


@pytest.fixture
def named(qapp: QApplication) -> Iterator[QApplication]:
    before = qapp.desktopFileName(), qapp.windowIcon()
    yield qapp
    qapp.setDesktopFileName(before[0])
    qapp.setWindowIcon(before[1])


def test_the_window_says_the_name_of_its_entry(named: QApplication) -> None:
    app._known_to_the_system(named)
    assert (FILES / f"{named.desktopFileName()}.desktop").is_file()


@pytest.mark.parametrize("system", ["win32", "linux"])
def test_windows_is_given_the_icon(
    named: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, system: str
) -> None:
    named.setWindowIcon(QIcon())
    drawn = QPixmap(32, 32)
    drawn.fill()
    drawn.save(str(tmp_path / "daiban.ico"), "ICO")
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    monkeypatch.setattr(sys, "platform", system)
    app._known_to_the_system(named)
    assert named.windowIcon().isNull() is (system != "win32")
