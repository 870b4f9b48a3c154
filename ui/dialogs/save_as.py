"""Where a file goes: asked without holding up the window, and with the ending that belongs to it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from ui.look.i18n import tr


def save_as(owner: QWidget, title: str, place: Path, chosen: Callable[[Path], None]) -> None:
    """Ask for a place, beginning with `place`; `chosen` hears it with the ending of `place`."""
    ending = place.suffix
    dialog = _asked(owner, title, place.parent, f"{ending[1:].upper()} (*{ending})")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(ending)
    dialog.selectFile(place.name)
    dialog.fileSelected.connect(lambda found: with_ending(owner, title, Path(found), ending, chosen))
    dialog.open()


def folder_for(owner: QWidget, title: str, chosen: Callable[[Path], None]) -> None:
    """Ask for a folder, beginning with the person's own."""
    dialog = _asked(owner, title, Path.home())
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.fileSelected.connect(lambda found: chosen(Path(found)))
    dialog.open()


def _asked(owner: QWidget, title: str, begin: Path, kinds: str = "") -> QFileDialog:
    dialog = QFileDialog(owner, tr(title), str(begin), kinds)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setLabelText(QFileDialog.DialogLabel.LookIn, tr("查找范围："))  # Qt's own dialog leaves these two in English
    dialog.setLabelText(QFileDialog.DialogLabel.FileType, tr("文件类型："))
    return dialog


def with_ending(owner: QWidget, title: str, place: Path, ending: str, chosen: Callable[[Path], None]) -> None:
    """Tell `chosen` a place that a person typed, its ending put on where it is not there.

    Where that is another file that exists, its name is asked about again: only then is it overwritten.
    """
    whole = place if place.suffix.lower() == ending else place.with_name(place.name + ending)
    if whole != place and whole.exists():
        save_as(owner, title, whole, chosen)
    else:
        chosen(whole)
