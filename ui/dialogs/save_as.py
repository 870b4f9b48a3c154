"""Where a file goes: asked without holding up the window, and with the ending that belongs to it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from ui.look.i18n import tr


def save_as(owner: QWidget, title: str, place: Path, chosen: Callable[[Path], None], also: str = "") -> None:
    """Ask for a place, beginning with `place`; `chosen` hears it with the ending of `place`, or with `also` where that
    kind was chosen or typed."""
    kinds = {f"{one[1:].upper()} (*{one})": one for one in (place.suffix, also) if one}
    dialog = _asked(owner, title, place.parent, ";;".join(kinds))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(place.suffix)
    dialog.selectFile(place.name)
    dialog.filterSelected.connect(lambda kind: _as_kind(dialog, kinds[kind], tuple(kinds.values())))

    def found(name: str) -> None:
        ending = Path(name).suffix.lower()
        if ending not in kinds.values():
            ending = kinds.get(dialog.selectedNameFilter(), place.suffix)
        with_ending(owner, title, Path(name), ending, chosen)

    dialog.fileSelected.connect(found)
    dialog.open()


def _as_kind(dialog: QFileDialog, ending: str, endings: tuple[str, ...]) -> None:
    """Another kind was chosen: the name that stands there gets its ending."""
    dialog.setDefaultSuffix(ending)
    named = dialog.selectedFiles()
    if named and Path(named[0]).suffix.lower() in endings:
        dialog.selectFile(Path(named[0]).with_suffix(ending).name)


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
