"""A folder is picked, or typed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QLineEdit

from ui.look.i18n import tr


def pick_folder(line: QLineEdit) -> bool:
    """Ask for a folder, beginning with the one in `line`; whether one was picked."""
    place = QFileDialog.getExistingDirectory(line.window(), tr("选文件夹"), line.text() or str(Path.home()))
    if place:
        line.setText(place)
    return bool(place)
