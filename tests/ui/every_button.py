"""Run by test_every_button.py in a process of its own, because CUPS keeps the first server that it was told.

Presses everything that any page and any dialog offers in any of its states, each from a state of its own; what an
earlier state of the same page offered as well is pressed again only with DAIBAN_EACH_STATE (in_each_state.py). What a
page or dialog offers is found, not listed: whatever was made and never pressed fails. What asked for a printer goes
into the file PRINTED; where that is there already, that alone is pressed, on a computer that has none.
"""

from __future__ import annotations

import ast
import logging
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import shiboken6
from all_dialogs import TABLE, Office, away, office, opened
from conftest import Served, SetClock
from office import drawn
from pressing import Attendant, Press, click, dialogs, fill, pattern, presses, toasts
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from room import Room
from states import STATES

import ui
from desk.app.open_desk import Desk
from ui.devices import print_queue, printers
from ui.widgets import basic
from ui.widgets.hold import hold_of
from ui.widgets.progress import Progress
from ui.window import MainWindow

FOLDER = Path(ui.__file__).parent
MAKERS = {"primary_button", "plain_button", "link_button", "icon_button"}
FILES = Path(__file__).parent.parent / "desk" / "counter" / "office_files"
PRINTED = Path(os.environ["DAIBAN_PRINTED"])
EACH_STATE = bool(os.environ.get("DAIBAN_EACH_STATE"))
ALT = Qt.KeyboardModifier.AltModifier


class Made(logging.Handler):
    """Buttons that were made, with the line that made them; and what went wrong that nobody expected."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.lines: set[tuple[str, int]] = set()
        self.names: set[str] = set()
        self.unexpected: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """A page or a dialog told of something unexpected."""
        self.unexpected.append(logging.Formatter().format(record))

    def made(self, name: str) -> None:
        """A button, by whoever asked for it."""
        frame = sys._getframe(2)
        while frame.f_code.co_filename == basic.__file__ and frame.f_back is not None:
            frame = frame.f_back
        if Path(frame.f_code.co_filename).is_relative_to(FOLDER):
            self.lines.add((frame.f_code.co_filename, frame.f_lineno))
            self.names.add(pattern(name))


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Iterator[Made]:
    kept = Made()
    for kind in (basic._Button, basic._IconButton):

        def begin(self: QWidget, *told: object, real: Callable[..., None] = kind.__init__) -> None:
            real(self, *told)
            kept.made(self.objectName())

        monkeypatch.setattr(kind, "__init__", begin)
    hook = sys.excepthook
    sys.excepthook = lambda kind, error, trace: (
        kept.unexpected.append(f"{kind.__name__}: {error}") or hook(kind, error, trace)
    )
    logging.getLogger("ui").addHandler(kept)
    yield kept
    logging.getLogger("ui").removeHandler(kept)
    sys.excepthook = hook


@pytest.fixture
def room(
    make_desk: Callable[..., Desk],
    served: Served,
    tell: SetClock,
    settle: Callable[[], None],
    tmp_path: Path,
    qtbot: object,
) -> Iterator[Room]:
    def begin() -> Office:
        window = MainWindow(make_desk())
        window.resize(1366, 728)
        window.show()
        settle()
        return office(window, settle, drawn("teal"))

    made = Room(begin, served, tell, tmp_path)
    yield made
    made.after.close()
    settle()
    made.office().window.close()


class Hand:
    """Presses one after the other and looks what came of it."""

    def __init__(self, room: Room, made: Made, folder: Path) -> None:
        self.room, self.made = room, made
        self.only = set(PRINTED.read_text("utf-8").splitlines()) if PRINTED.exists() else None
        self.asked_for_a_printer: list[str] = []
        self.printed: list[str] = []
        files = folder / "files"
        files.mkdir()
        (files / "picture.jpg").write_bytes(drawn("brown"))
        self.attendant = Attendant(files, {"*.jpg": files / "picture.jpg", "*.xlsx": FILES / "plain.xlsx"})
        self.pressed: set[str] = set()
        self._before: set[tuple[str, str, str]] = set()  # what earlier states offered: kind and name of the page, press
        self._root: QWidget | None = None
        self.wrong: list[str] = []

    def all_of(self, where: str, fresh: Callable[[], QWidget]) -> None:
        """Everything that `fresh` offers, now or once something of it was pressed."""
        if self.only is not None and not any(one.startswith(f"{where}: ") for one in self.only):
            return
        done: set[str] = set()
        asking: set[str] = set()
        known = self._before.copy() if self.only is None and not EACH_STATE else set()
        while True:
            root = self._root if self._root is not None else fresh()
            kind, called = type(root).__name__, pattern(root.objectName())
            found = [one for one in presses(root) if self.only is None or f"{where}: {one.name}" in self.only]
            found = [one for one in found if (kind, called, pattern(one.name)) not in known]
            left = [(one, False) for one in found if one.name not in done]
            left += [(one, True) for one in found if one.name in asking]
            if not left and self._root is None:
                self.end()
                return
            if not left:
                self._answers()
                continue
            press, accepts = left[0]
            asked = self._press(where, root, press, accepts=accepts)
            asking.discard(press.name)
            if asked and not accepts:
                asking.add(press.name)
            done.add(press.name)
            self._before.add((kind, called, pattern(press.name)))

    def filled(self, where: str, dialog: QDialog) -> None:
        """Its main button once more, with something in every line."""
        fill(dialog, "abc 123456")
        main = dialog.primary()
        if main is not None and main.isEnabled():
            self._press(where, dialog, Press(f"button {pattern(main.objectName())}", lambda: click(main)))
        self.end()

    def _press(self, where: str, root: QWidget, press: Press, *, accepts: bool = False) -> bool:
        """Whether one of Qt's own windows came, to be answered with Esc; with `accepts` with what it asks for."""
        asked, self.attendant.accepts = self.attendant.asked, accepts
        self.pressed.add(press.name)
        self.made.unexpected.clear()
        self.asked_for_a_printer.clear()
        try:
            press.do()
            self.room.held.close()
            self.room.settle()
            self._offered(root)
            if not self._rests(root):
                self._answers()
        except AssertionError as wrong:
            self.made.unexpected.append(str(wrong))
            self.end()
        self.wrong += [f"{where}: {press.name}: {one}" for one in self.made.unexpected]
        self.printed += [f"{where}: {press.name}"] if self.asked_for_a_printer else []
        return self.attendant.asked > asked

    def _rests(self, root: QWidget) -> bool:
        """Whether nothing came and nothing went: then the next is pressed here."""
        window, over = self.room.current(), dialogs()
        self._root = None
        if not shiboken6.isValid(root) or not root.isVisible() or not root.isEnabled() or window is None:
            return False
        if over != [one for one in over if one is root] or QApplication.activePopupWidget() or toasts(root.window()):
            return False
        if window.lock.locked or hold_of(root).held():
            return False
        self._root = root
        return True

    def _offered(self, root: QWidget) -> None:
        """What stands at the foot of the window after it, the first that was not pressed yet."""
        window = root.window() if shiboken6.isValid(root) else None
        for button in toasts(window) if window is not None else []:
            name = f"button {button.objectName()} {button.text()}"
            if name not in self.pressed:
                self.pressed |= {name, f"button {pattern(button.objectName())}"}
                click(button)
                self.room.settle()
                return

    def _answers(self) -> None:
        """Whatever opened is closed; then the window takes a key."""
        self.end()
        window = self.room.current()
        if window is None or not window.isVisible() or window.lock.locked:
            return
        window.activateWindow()
        self.room.settle()
        QTest.keyClick(window, Qt.Key.Key_1, ALT)
        self.room.settle()
        held = [key for key, page in window._pages.items() if page.held()]
        assert (window._shown, held) == ("today", []), f"stuck: {QApplication.activeWindow()}"

    def end(self) -> None:
        """Nothing is open but the window."""
        self._root = None
        self.room.held.close()
        self.room.after.close()
        popup = QApplication.activePopupWidget()
        while popup is not None:
            popup.close()
            popup = QApplication.activePopupWidget()
        window = self.room.current()
        for one in QApplication.topLevelWidgets():
            if isinstance(one, MainWindow) and one is not window and one.isVisible():
                one.close()
        while dialogs():
            away(self.room.whole())
        for one in list(print_queue.queue().jobs):
            print_queue.queue().drop(one)


def over(room: Room, name: str) -> QDialog:
    """A dialog of the table; the one that shows work under way ends with what was pressed."""
    dialog = opened(room.office(), name)
    if isinstance(dialog, Progress):
        room.held.callback(dialog.reject)
    return dialog


def lines() -> set[tuple[str, int]]:
    """Where the window's code makes a button."""
    found = set()
    for path in FOLDER.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MAKERS:
                found.add((str(path), node.lineno))
    return found


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_everything_is_pressed(room: Room, made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    QGuiApplication.clipboard().setText("阿拉坦\t152523195603020027")
    hand = Hand(room, made, tmp_path)
    for asked in ("printer_for", "name_for"):
        real = getattr(printers, asked)
        told = lambda width, asked=asked, real=real: hand.asked_for_a_printer.append(asked) or real(width)  # noqa: E731
        monkeypatch.setattr(printers, asked, told)
    for name, show in STATES.items():
        hand.all_of(name, lambda show=show: show(room))
    for name in TABLE:
        hand.all_of(name, lambda name=name: over(room, name))
        if hand.only is None:
            hand.filled(name, over(room, name))
    assert not hand.wrong, "\n".join(hand.wrong)
    if hand.only is not None:
        assert set(hand.printed) == hand.only, "asked for a printer with one, and not without"
        return
    PRINTED.write_text("\n".join(hand.printed), "utf-8")
    menus = {" ".join(one.split(" ")[1:2]) for one in hand.pressed if one.startswith("menu ")}
    never = {name for name in made.names - menus if f"button {name}" not in hand.pressed}
    assert never == set(), "made and never pressed"
    assert lines() - made.lines == set(), "never made"
