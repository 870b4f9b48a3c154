"""Run by test_input_methods.py on a desktop of its own: the program's own line, grid and question.

Each line on standard input names a field, which then has the focus, or asks for `texts`; each is answered by a line.
"""

from __future__ import annotations

import json
import sys

from PySide6.QtCore import QEvent, QObject, QSocketNotifier
from PySide6.QtGui import QInputMethodEvent, QShortcut
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from ui.app import application
from ui.devices import input_method
from ui.models.roll_table import RollTable
from ui.widgets.ask import Ask
from ui.widgets.field import line_edit
from ui.widgets.roll_grid import RollGrid


class Fields(QWidget):
    """The three places where the program takes text."""

    def __init__(self) -> None:
        super().__init__()
        self.line, self.secret = line_edit(), line_edit()
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.table = RollTable(self)
        self.table.start(None, [], ())
        self.grid = RollGrid(self.table)
        self.ask: Ask | None = None
        self.half, self.read = "", ""
        self.line.installEventFilter(self)
        QShortcut("F9", self, lambda: setattr(self, "read", self.line.text()))
        box = QVBoxLayout(self)
        for one in (self.line, self.secret, self.grid):
            box.addWidget(one)

    def focus(self, name: str) -> None:
        match name:
            case "line":
                self.line.setFocus()
            case "secret":
                self.secret.setFocus()
            case "cell":
                self.grid.setFocus()
                self.grid.go(0)
                self.grid.edit(self.grid.currentIndex())
            case "dialog":
                self.ask = Ask(self, "问")
                self.ask.text("name", "姓名")
                self.ask.go(lambda _values: None, lambda _none: None)
                self.ask.activateWindow()

    def texts(self) -> dict[str, str]:
        """What stands in each; a cell counts when the table has it."""
        asked = str(self.ask.values()["name"]) if self.ask is not None else ""
        cell = str(self.table.index(0, 0).data() or "")
        return {"line": self.line.text(), "secret": self.secret.text(), "cell": cell, "dialog": asked}

    def told(self) -> None:
        word = sys.stdin.readline().strip()
        if word:
            sys.stdout.write(json.dumps(self.answer(word)) + "\n")
            sys.stdout.flush()
        else:
            QApplication.quit()

    def answer(self, word: str) -> object:
        field = QApplication.focusWidget()
        match word:
            case "texts":
                return self.texts()
            case "focus":
                return type(field).__name__ if QApplication.focusWindow() is not None else ""
            case "cell text":
                return field.text() if isinstance(field, QLineEdit) else ""
            case "half":
                return self.half
            case "read":
                return self.read
            case "way":
                return input_method.choose().value
            case "empty":
                self.line.clear()
            case _:
                self.focus(word)
        return word

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if isinstance(event, QInputMethodEvent):
            self.half = event.preeditString()
        return False


def main() -> int:
    app = application([])
    fields = Fields()
    fields.resize(700, 500)
    fields.show()
    fields.activateWindow()
    listening = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
    listening.activated.connect(fields.told)
    return app.exec()


if __name__ == "__main__":
    raise SystemExit(main())
