"""Characters that no font has: their pictures are cut out of a photograph of the identity card, once for all papers."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from desk.app.open_desk import Desk
from desk.log.files import FileRef
from ui import messages
from ui.changes import Changes
from ui.devices import pictures
from ui.dialogs.picture_dialog import PictureDialog
from ui.look.i18n import tr
from ui.operations import Operation


def cut(owner: QWidget, characters: tuple[str, ...]) -> None:
    """Ask for the picture of one character after another."""
    desk = _desk(owner)
    if desk is None or not characters:
        return
    char, rest = characters[0], characters[1:]
    taken: list[tuple[FileRef, ...]] = []
    words = tr(f"打开身份证照片，用鼠标只框出“{char}”（U+{ord(char):04X}）这一个字，点“裁剪”，再点“好了”。")
    dialog = PictureDialog(owner, desk, words, (), list)
    dialog.changed.connect(taken.append)

    def keep() -> None:
        ref = taken[-1][-1]
        desk.glyphs.keep(char, pictures.glyph(pictures.decoded(desk.pictures.read(ref.sha256), ref.name)))

    def kept(_none: Any) -> None:
        if rest:
            cut(owner, rest)
            return
        messages.toast(owner.window(), "字图已保存。关闭后重新打开这份文书，就印出字图。")

    def ended(_code: int) -> None:
        if taken and taken[-1]:
            work = Operation(owner, keep, Changes.WORDS)
            work.success(kept).failure(lambda error: messages.error(owner, error)).run()

    dialog.finished.connect(ended)
    dialog.open()


def _desk(widget: QWidget) -> Desk | None:
    """The desk of the page or window around `widget`."""
    around: Any = widget
    while around is not None:
        if isinstance(getattr(around, "desk", None), Desk):
            found: Desk = around.desk
            return found
        around = around.parentWidget()
    return None
