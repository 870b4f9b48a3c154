"""What can be pressed in a window, and pressing it as a hand does: with the mouse where it is seen, with its own keys.

Nothing is chosen here: whatever is enabled and to be seen is found.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHeaderView,
    QLineEdit,
    QMenu,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QTableView,
    QWidget,
)

from ui.dialogs.lock import height
from ui.look import hands
from ui.messages import Toast

SYSTEM = (QFileDialog, QPrintDialog, QMessageBox)  # Qt's own windows: they ask for files and printers
LEFT = Qt.MouseButton.LeftButton
_ATTENDED = "attended"  # a property of a window that was answered before
_VARIES = re.compile(r"[0-9a-f]{8,}|\d+")
_MATERIAL = re.compile(r"^material-.+?(?=-(?:not-here|pictures|why|until|originals|copies|given-back)$|$)")


class Press(NamedTuple):
    """Something that can be pressed: what it is called whenever it comes again, and how."""

    name: str
    do: Callable[[], None]


def pattern(name: str) -> str:
    """A name without what is another one each time: digests, numbers, the codes of materials."""
    return _VARIES.sub("*", _MATERIAL.sub("material-*", name))


def presses(root: QWidget) -> list[Press]:
    """All that can be pressed in `root` now; what the window is about comes last, since it changes most."""
    found: dict[str, Press] = {}
    for one in (root, *root.findChildren(QWidget)):
        if one is root or (one.window() is root.window() and one.isVisibleTo(root)):
            for press in _of(one):
                found.setdefault(press.name, press)
    for press in _keys(root):
        found.setdefault(press.name, press)
    return sorted(found.values(), key=lambda one: one.name.startswith(("button", "key")) + _primary(root, one.name))


def _primary(root: QWidget, name: str) -> int:
    kind, _, called = name.partition(" ")
    button = root.findChild(QPushButton, called) if kind == "button" else None
    return int(button is not None and bool(button.property("primary")))


def _called(one: QWidget) -> str:
    words = one.objectName() if not one.objectName().startswith("qt_") else ""
    return pattern(words or getattr(one, "text", str)() or one.accessibleName() or type(one).__name__)


def _of(one: QWidget) -> Iterator[Press]:
    if not one.isEnabled():
        return
    name = _called(one)
    match one:
        case QPushButton() if one.menu() is not None:
            for action in one.menu().actions():
                if action.isEnabled() and not action.isSeparator():
                    yield Press(f"menu {name} {action.text()}", lambda action=action: _from_menu(one, action))
        case QAbstractButton() if isinstance(one.parent(), QLineEdit):
            if one.parent().text():  # it fades away, and is there for a moment still
                yield Press(f"button clear {_called(one.parent())}", lambda: click(one))
        case QAbstractButton():
            yield Press(f"button {name}", lambda: click(one))
        case QComboBox() if one.count() > 1:
            yield Press(f"choice {name}", lambda: _choose(one))
        case QAbstractSpinBox():
            yield Press(f"step {name}", lambda: _keyed(one, Qt.Key.Key_Up))
        case QHeaderView() if one.sectionsClickable() and one.count() and isinstance(one.parent(), QTableView):
            yield Press(f"head {_called(one.parent())} {one.orientation().name}", lambda: _sort(one))
        case QAbstractItemView() if _rows(one) and not isinstance(one, QHeaderView):
            yield Press(f"line {name}", lambda: _line(one))
            yield Press(f"take {name}", lambda: _take(one))


def _keys(root: QWidget) -> Iterator[Press]:
    """The keys that a window, a page or a dialog has itself; in a dialog also those that every dialog knows."""
    shortcuts = [one.key() for one in root.findChildren(QShortcut) if one.isEnabled()]
    actions = [one for one in root.actions() if isinstance(one, QAction) and one.isEnabled()]
    for keys in (*shortcuts, *(one.shortcut() for one in actions)):
        if not keys.isEmpty():
            yield Press(f"key {keys.toString()}", lambda keys=keys: _typed(root, keys))
    if isinstance(root, QDialog):
        for text in ("Esc", "Return", "Ctrl+Return"):
            yield Press(f"key {text}", lambda text=text: _typed(root, QKeySequence(text)))


# -- how a hand does it --------------------------------------------------------------------------------------------


def click(one: QWidget, double: bool = False) -> None:
    """The left button of the mouse, where the widget is seen. Raises AssertionError where nothing of it is."""
    hands.show(one)
    QApplication.processEvents()
    seen = one.visibleRegion().boundingRect()
    assert not seen.isEmpty(), f"{_called(one)} is out of reach"
    at = QPoint(seen.left() + 12, seen.center().y()) if isinstance(one, QCheckBox) else seen.center()
    click_at(one, at, double=double)


def click_at(one: QWidget, at: QPoint, *, double: bool = False) -> None:
    """The left button at a point of `one`, through its window: what lies over it there takes it."""
    window = one.window()
    place = one.mapTo(window, at)
    press = QTest.mouseDClick if double else QTest.mouseClick
    press(window.windowHandle(), LEFT, Qt.KeyboardModifier.NoModifier, place)


def _typed(root: QWidget, keys: QKeySequence) -> None:
    QTest.keySequence(root.window().focusWidget() or root.window(), keys)


def _keyed(one: QWidget, key: Qt.Key) -> None:
    one.setFocus()
    QTest.keyClick(one, key)


def _choose(one: QComboBox) -> None:
    _keyed(one, Qt.Key.Key_Up if one.currentIndex() == one.count() - 1 else Qt.Key.Key_Down)


def _from_menu(button: QPushButton, action: QAction) -> None:
    """The button opens its menu, the mouse takes the line."""
    menu = button.menu()
    clock = QTimer(interval=5)
    clock.timeout.connect(lambda: menu.isVisible() and clock.stop() is None and _menu_line(menu, action))
    clock.start()
    click(button)
    _until(lambda: not clock.isActive(), "the menu opens")


def _menu_line(menu: QMenu, action: QAction) -> None:
    QTest.mouseClick(menu, LEFT, Qt.KeyboardModifier.NoModifier, menu.actionGeometry(action).center())


def _rows(one: QAbstractItemView) -> bool:
    model = one.model()
    return model is not None and model.rowCount() > 0


def _line(one: QAbstractItemView) -> None:
    hands.show(one)
    index = one.model().index(0, 0)
    one.scrollTo(index)
    click_at(one.viewport(), one.visualRect(index).center())


def _take(one: QAbstractItemView) -> None:
    one.setFocus()
    index = one.model().index(0, 0)
    one.setCurrentIndex(index)
    QTest.keyClick(one, Qt.Key.Key_Return)
    if one.isVisible():
        click_at(one.viewport(), one.visualRect(index).center(), double=True)


def _sort(head: QHeaderView) -> None:
    shown = [at for at in range(head.count()) if not head.isSectionHidden(at)]
    place = head.sectionViewportPosition(shown[0]) + 8
    wide = head.orientation() is Qt.Orientation.Horizontal
    click_at(head.viewport(), QPoint(place, 8) if wide else QPoint(8, place))


def _until(true: Callable[[], object], what: str) -> None:
    end = time.monotonic() + 10
    while not true():
        assert time.monotonic() < end, what
        QApplication.processEvents()


# -- what opens ----------------------------------------------------------------------------------------------------


class Attendant:
    """Answers Qt's own windows, also while one of them holds up the hand that opened it. `asked` counts them."""

    def __init__(self, folder: Path, to_open: dict[str, Path]) -> None:
        """Files are saved in `folder`; `to_open` is what to choose, by the ending that a window asks for."""
        self._folder, self._to_open = folder, to_open
        self.accepts = False
        self.asked = 0
        self._clock = QTimer(interval=10)
        self._clock.timeout.connect(self.attend)
        self._clock.start()

    def attend(self) -> None:
        """One of them, the one in front."""
        if QApplication.activeModalWidget() is None:  # all of them are modal; looked for a hundred times a second
            return
        for one in reversed([one for one in dialogs() if isinstance(one, SYSTEM)]):
            self.asked += not one.property(_ATTENDED)
            one.setProperty(_ATTENDED, True)
            if not self.accepts or not self._accepted(one):
                QTest.keyClick(one, Qt.Key.Key_Escape)
            return

    def _accepted(self, one: QDialog) -> bool:
        kinds = QDialogButtonBox.ButtonRole
        if isinstance(one, QFileDialog):
            one.findChild(QLineEdit, "fileNameEdit").setText(str(self._place(one)))
        if isinstance(one, QPrintDialog):
            line = one.findChild(QLineEdit, "filename")
            if line is not None and line.isVisible():
                line.setText(str(self._folder / "printed.pdf"))
        box = one.findChild(QDialogButtonBox)
        wanted = [button for button in box.buttons() if box.buttonRole(button) in (kinds.AcceptRole, kinds.YesRole)]
        if not wanted or not wanted[0].isEnabled():
            return False
        wanted[0].click()
        return True

    def _place(self, one: QFileDialog) -> Path:
        if one.fileMode() is QFileDialog.FileMode.Directory:
            return self._folder
        if one.acceptMode() is QFileDialog.AcceptMode.AcceptSave:
            return self._folder / f"saved-{self.asked}"
        filters = " ".join(one.nameFilters())
        return next((place for ending, place in self._to_open.items() if ending in filters), self._folder / "none")


def dialogs() -> list[QDialog]:
    """Dialogs in sight, whatever was opened over another after it: Qt lists windows in no order."""
    found = [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]
    return sorted(found, key=height)


def toasts(window: QWidget) -> list[QPushButton]:
    """What is offered at the foot of a window."""
    found = [one for one in window.findChildren(Toast) if one.isVisible()]
    return [button for one in found for button in one.findChildren(QPushButton)]


def fill(dialog: QWidget, text: str) -> None:
    """Something in every line."""
    for one in dialog.findChildren(QWidget):
        if not one.isVisible() or not one.isEnabled() or one.objectName().startswith("qt_"):
            continue
        if (isinstance(one, QLineEdit) and not one.isReadOnly() and not one.text()) or (
            isinstance(one, QPlainTextEdit) and not one.isReadOnly() and not one.toPlainText()
        ):
            one.setFocus()
            QTest.keyClicks(one, text)
