"""生僻字: find a character by its parts, by radical and strokes, or by code point, and put it into the field."""

from __future__ import annotations

from typing import NamedTuple

import shiboken6
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit, QPlainTextEdit, QWidget

from desk.words import han
from ui import tasks
from ui.devices import half_typed
from ui.look import theme
from ui.look.i18n import tr
from ui.look.theme import Role, unit
from ui.widgets.basic import label, plain_button, primary_button, row
from ui.widgets.dialog import Dialog
from ui.widgets.field import SearchBox
from ui.widgets.line_list import Line, LineList

_EXAMPLES = "部件：⿰氵其 或 氵其；部首加其余笔画：氵8；总笔画：12画；码点：U+20BB7"
_LARGE = 46  # points of the character that is shown


class _Cell(NamedTuple):
    """A cell that was written in, and before which of its letters: its line is gone once another window is in front."""

    table: QAbstractItemView
    place: QPersistentModelIndex
    at: int

    def insert(self, char: str) -> None:
        """One character more."""
        text = str(self.place.data(Qt.ItemDataRole.EditRole) or "")
        model = self.table.model()
        model.setData(model.index(self.place.row(), self.place.column()), text[: self.at] + char + text[self.at :])

    def is_there(self) -> bool:
        """Whether it still can be written in."""
        return shiboken6.isValid(self.table) and self.place.isValid()


def _cell(field: QWidget | None) -> _Cell | None:
    found = half_typed.cell_of(field) if isinstance(field, QLineEdit) else None
    if not isinstance(field, QLineEdit) or found is None:
        return None
    return _Cell(found[0], QPersistentModelIndex(found[0].currentIndex()), field.cursorPosition())


class HanDialog(Dialog):
    """Enter puts the chosen character where the cursor stood, or into the clipboard."""

    def __init__(self, parent: QWidget) -> None:
        target = QApplication.focusWidget()
        self._cell = _cell(target)
        super().__init__(parent, "生僻字", "han", wide=120)
        self._target = target if isinstance(target, QLineEdit | QPlainTextEdit) else None
        self.search = SearchBox("部件、部首加笔画，或码点", "han-search")
        self.list = LineList("han-list", "找到的字")
        self.list.setMinimumHeight(unit() * 60)
        self.shown = label("", "title")
        self.shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
        large = theme.font()
        large.setPointSizeF(_LARGE)
        self.shown.setFont(large)
        self.shown.setMinimumSize(unit() * 26, unit() * 26)
        self.told = label("", "small", Role.MUTED, wrap=True)
        take = primary_button("填入(&T)" if self._target else "复制(&T)", "han-take", "check")
        close = plain_button("关闭(&C)", "han-close", "x")
        take.clicked.connect(self.take)
        close.clicked.connect(self.reject)
        self.search.asked.connect(self._ask)
        self.list.moved.connect(self._show)
        self.list.led_by(self.search, self.take)
        self.list.activated.connect(lambda _index: self.take())
        self.head("生僻字")
        self.body.addWidget(self.search)
        self.body.addWidget(label(_EXAMPLES, "small", Role.MUTED, wrap=True))
        self.body.addWidget(row(self.list, self.shown))
        self.body.addWidget(self.told)
        self.foot(None, close, take)
        self.search.setFocus()

    def _ask(self, text: str) -> None:
        tasks.read(self, lambda: han.find(text), lambda found: self._show_characters(text, found))

    def _show_characters(self, text: str, characters: tuple[han.Character, ...]) -> None:
        if text != self.search.text().strip():
            return
        self.list.put([Line(_words(one), one) for one in characters])
        self._show(self.list.key())
        none = "没有找到。可以少写一个部件，或换成部首加笔画。" if text else ""
        many = f"找到很多，只列前 {han.MOST} 个；再加一个部件。" if len(characters) == han.MOST else ""
        self.told.setText(many if characters else none)

    def _show(self, chosen: han.Character | None) -> None:
        self.shown.setText(chosen.char if chosen else "")
        self.shown.setAccessibleName(chosen.char if chosen else "")

    def take(self) -> None:
        """Put the character in."""
        chosen = self.list.key()
        if chosen is None:
            return
        cell, target = self._cell, self._target
        if self._is_gone():
            QApplication.clipboard().setText(chosen.char)
            self.told.setText("原来的格子不在了。字已复制，请到要填的地方粘贴（Ctrl+V）。")
            return
        self.accept()
        if cell is not None:
            cell.insert(chosen.char)
            cell.table.setFocus()
            return
        match target:
            case QLineEdit():
                target.insert(chosen.char)
            case QPlainTextEdit():
                target.insertPlainText(chosen.char)
            case _:
                QApplication.clipboard().setText(chosen.char)
        if target is not None:
            target.setFocus()

    def _is_gone(self) -> bool:
        """Whether what was written in is not there any more: a page may be laid anew meanwhile."""
        if self._cell is not None:
            return not self._cell.is_there()
        return self._target is not None and not shiboken6.isValid(self._target)


def _words(one: han.Character) -> str:
    strokes = tr(f"{one.strokes} 画") if one.strokes else ""
    return "　".join(part for part in (one.char, f"U+{ord(one.char):04X}", strokes, one.made_of) if part)
