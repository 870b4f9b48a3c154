"""A careless hand: the mouse anywhere, the wheel, keys, the clipboard, half-typed words; what opens is used as well."""

from __future__ import annotations

import random
from collections.abc import Callable

from conftest import called
from pressing import dialogs
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QImage, QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QWidget,
)

from ui import actions, tasks
from ui.look import hands
from ui.window import MainWindow

KINDS = (
    QAbstractButton,
    QLineEdit,
    QPlainTextEdit,
    QComboBox,
    QAbstractSpinBox,
    QAbstractItemView,
    QHeaderView,
    QLabel,
)
_HELD = 100  # ms in one step after which something holds it up
NONE, CONTROL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
NUMBERS = ("152523195603020027", "152523197108150018", "152523198811230030", "15252319560302002X", "510522198001010016")
TYPED = ("alt", "5", "zzz9", "2026-11-30", "13900000001", "0479-0000000", '""', "a", "%", "-1", "a good password")
WORDS = ("阿拉坦其其格", "那顺乌力吉", "低保", "乌日尼勒图嘎查一组", "没带", "𡉃", "\ue863", "　全角　")
KEYS = (
    "Tab", "Shift+Tab", "Return", "Enter", "Space", "Esc", "Up", "Down", "Left", "Right", "PgUp", "PgDown", "Home",
    "End", "Backspace", "Delete", "F2", "F10", "Alt+Down", "Ctrl+A", "Ctrl+C", "Ctrl+V", "Ctrl+X", "Ctrl+Z",
    "Ctrl+Return", "Menu",
)  # fmt: skip


class Hand:
    """One walk. `again` opens what it walks over once that was closed."""

    def __init__(self, again: Callable[[], QWidget], seed: int) -> None:
        self._again = again
        self.window = again()
        self.typed: set[str] = set()
        self.been: set[str] = set()  # pages and dialogs
        self._hand = random.Random(seed)  # noqa: S311 - a hand, no secret
        self._count = self._steps = self._seen = 0
        self.did = ""
        self._clock = QTimer(interval=_HELD)
        self._clock.timeout.connect(self._out_of_menu)
        self._clock.start()

    def ways(self) -> dict[Callable[[], None], int]:
        """What it does, and how often."""
        return {
            self._click: 40, self._key: 14, self._type: 14, self._wheel: 8, self._half: 3, self._clipboard: 4,
            self._leave: 4, self._drag: 3, self._size: 1,
        }  # fmt: skip

    def step(self) -> None:
        """One thing that a hand does."""
        self._steps += 1
        if not self.window.isVisible():
            self._until_gone()
            self.window = self._again()
        self.been.add(self._where())
        ways = self.ways()
        (way,) = self._hand.choices(list(ways), list(ways.values()))
        if (dialogs() or QApplication.activePopupWidget()) and self._hand.random() < 0.15:
            way = self._leave
        self.did = way.__name__
        way()
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # as between two events of a real loop

    def _where(self) -> str:
        return self.front().objectName() or type(self.front()).__name__

    def _out_of_menu(self) -> None:
        """Some of Qt's own menus hold up whoever opened them until something in them is taken, or they are closed."""
        held, self._seen = self._seen == self._steps, self._steps
        menu = QApplication.activePopupWidget()
        if held and isinstance(menu, QMenu):
            can = [one for one in menu.actions() if one.isEnabled() and not one.isSeparator() and one.menu() is None]
            if can and self._steps % 2:
                at = menu.actionGeometry(can[self._steps % len(can)]).center()
                QTest.mouseClick(menu, Qt.MouseButton.LeftButton, NONE, at)
            else:
                QTest.keyClick(menu, Qt.Key.Key_Escape)

    def _until_gone(self) -> None:
        for one in dialogs():
            one.close()
        tasks.wait_idle()

    def front(self) -> QWidget:
        """Where the hand is."""
        popup = QApplication.activePopupWidget()
        return popup or (dialogs() or [QApplication.activeWindow() or self.window])[-1]

    def _near(self) -> list[QWidget]:
        where = self.front()
        found = [one for one in where.findChildren(QWidget) if isinstance(one, KINDS) and one.isVisible()]
        return [one for one in found if one.window() is where.window() and not one.visibleRegion().isEmpty()]

    def _some(self, low: int, high: int) -> int:
        return self._hand.randint(low, max(low, high))

    # -- the mouse -----------------------------------------------------------------------------------------------

    def _point(self) -> tuple[QWidget, QPoint]:
        """Mostly on something; sometimes anywhere. On one of the controls, whether it is in sight or not."""
        where, near = self.front(), self._near()
        if isinstance(where, QMenu) and where.actions() and self._hand.random() < 0.8:
            return where, where.actionGeometry(self._hand.choice(where.actions())).center()
        if not near or self._hand.random() < 0.2:
            return where, QPoint(self._some(0, where.width() - 1), self._some(0, where.height() - 1))
        one = self._hand.choice(near)
        self.did += f" on {type(one).__name__} {one.objectName()}"
        if self._hand.random() < 0.3:
            hands.show(one)
        room = one.visibleRegion().boundingRect()
        at = QPoint(self._some(room.left(), room.right()), self._some(room.top(), room.bottom()))
        place = one.mapTo(where, at)
        return where, QPoint(min(max(place.x(), 0), where.width() - 1), min(max(place.y(), 0), where.height() - 1))

    def _click(self) -> None:
        where, at = self._point()
        button = Qt.MouseButton.RightButton if self._hand.random() < 0.04 else Qt.MouseButton.LeftButton
        press = QTest.mouseDClick if self._hand.random() < 0.08 else QTest.mouseClick
        if where.windowHandle() is not None:
            press(where.windowHandle(), button, NONE, at)

    def _drag(self) -> None:
        where, at = self._point()
        handle = where.windowHandle()
        if handle is not None:
            QTest.mousePress(handle, Qt.MouseButton.LeftButton, NONE, at)
            end = QPoint(self._some(0, where.width() - 1), self._some(0, where.height() - 1))
            QTest.mouseMove(handle, end)
            QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, NONE, end)

    def _wheel(self) -> None:
        where, at = self._point()
        if where.windowHandle() is not None:
            turn = QPoint(0, self._hand.choice((-360, -120, 120)))
            QTest.wheelEvent(where.windowHandle(), QPointF(at), turn)

    # -- keys ----------------------------------------------------------------------------------------------------

    def _focus(self) -> QWidget | None:
        return QApplication.activePopupWidget() or QApplication.focusWidget() or QApplication.activeWindow()

    def _key(self) -> None:
        keys = self._hand.choice(KEYS)
        self._press(QKeySequence(keys))

    def _press(self, keys: QKeySequence) -> None:
        focus = self._focus()
        self.did += f" {keys.toString()} in {type(focus).__name__} {focus.objectName() if focus else ''}"
        if focus is not None and not keys.isEmpty():
            QTest.keySequence(focus, keys)

    def _unique(self) -> str:
        """A text that nobody typed before."""
        self._count += 1
        made = f"QX{self._count}Z"
        self.typed.add(made)
        return made

    def _text(self) -> str:
        kinds = (self._unique, lambda: self._hand.choice(TYPED), lambda: self._hand.choice(NUMBERS))
        return self._hand.choice(kinds)()

    def _type(self) -> None:
        fields = [one for one in self._near() if isinstance(one, QLineEdit | QPlainTextEdit) and one.isEnabled()]
        if fields and self._hand.random() < 0.7:
            self._hand.choice(fields).setFocus()
        focus = self._focus()
        if focus is None:
            return
        self.did += f" in {type(focus).__name__} {focus.objectName()}"
        if self._hand.random() < 0.3:
            self._commit(focus, self._hand.choice(WORDS))
        else:
            QTest.keyClicks(focus, self._text())

    @staticmethod
    def _commit(focus: QWidget, text: str) -> None:
        typed = QInputMethodEvent()
        typed.setCommitString(text)
        QApplication.sendEvent(focus, typed)

    def _half(self) -> None:
        """Underlined, as an input method leaves it; whatever comes next finds it so."""
        focus = QApplication.focusWidget()
        if focus is not None and focus.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled):
            QApplication.sendEvent(focus, QInputMethodEvent(self._unique(), []))

    def _clipboard(self) -> None:
        board = QGuiApplication.clipboard()
        match self._hand.randrange(5):
            case 0:
                board.setText(self._unique())
            case 1:
                board.setText(
                    f"{self._unique()}\t{self._hand.choice(NUMBERS)}\t139\n{self._unique()}\t1\t2\t3\t4\t5\t6\t7\t8"
                )
            case 2:
                board.setImage(QImage(40, 30, QImage.Format.Format_RGB32))
            case 3:
                board.clear()
        self._press(QKeySequence("Ctrl+V"))

    # -- going about ---------------------------------------------------------------------------------------------

    def _leave(self) -> None:
        popup, open_ = QApplication.activePopupWidget(), dialogs()
        if popup is not None:
            popup.close()
        elif open_ and self._hand.random() < 0.5:
            open_[-1].close()
        elif open_:
            QTest.keyClick(open_[-1].focusWidget() or open_[-1], Qt.Key.Key_Escape)

    def _size(self) -> None:
        self.window.resize(self._some(480, 1500), self._some(320, 900))


class AtTheCounter(Hand):
    """In the main window, where pages and shortcuts are. `unlock` lets its agent in again."""

    def __init__(self, again: Callable[[], MainWindow], unlock: Callable[[MainWindow], None], seed: int) -> None:
        super().__init__(again, seed)
        self._unlock = unlock

    def ways(self) -> dict[Callable[[], None], int]:
        """Also pages, shortcuts, and a case now and then."""
        return super().ways() | {self._shortcut: 6, self._page: 4, self._register: 6}

    def step(self) -> None:
        """One thing; a desk that is locked is unlocked some time."""
        if self.window.isVisible() and self.window.lock.locked and self._hand.random() < 0.2:
            self._unlock(self.window)
        super().step()

    def _where(self) -> str:
        return self.window._shown if self.front() is self.window else super()._where()

    def _shortcut(self) -> None:
        self._press(QKeySequence(self._hand.choice([*actions.PAGES, *actions.OTHERS]).shortcut))

    def _page(self) -> None:
        if not dialogs() and not self.window.lock.locked:
            self.window.open(self._hand.choice([action.key for action in actions.PAGES]))

    def _register(self) -> None:
        """As somebody who means it: an item, a person, all papers, and the key that registers; now and then one of
        these is left out, and something careless is done between."""
        if dialogs() or self.window.lock.locked:
            return
        self.window.open("register")
        page = self.window.page("register")
        tasks.wait_idle()
        self._count += 1
        who = called(f"阿拉坦{chr(0x4E00 + self._count)}")  # a new person mostly: of the others it is asked
        number = who.id_number if self._hand.random() < 0.8 else self._hand.choice(NUMBERS[:3])
        known = self._hand.choice((who.name, who.name, number, "阿拉坦其其格", "altqqg"))
        for text in (self._hand.choice(("zdshbz", "cj", "低保", "")), known):
            self._find(page.finder.search, text)
        fields = {"applicant-name": who.name, "applicant-id-number": number,
                  "applicant-phone": "13900000001", "applicant-address": self._unique(), "field-members": "3",
                  "register-note": self._unique()}  # fmt: skip
        for key, text in fields.items():
            self._into(page, key, text)
            if self._hand.random() < 0.08:
                self._hand.choice((self._click, self._key, self._wheel, self._half, self._type))()
        box = page.findChild(QAbstractButton, "register-all-materials")
        if box is not None and box.isVisible() and not box.isChecked() and self._hand.random() < 0.9:
            box.click()
        if self.window.isVisible():
            QTest.keyClick(self.window.focusWidget() or self.window, Qt.Key.Key_Return, CONTROL)

    def _find(self, line: QLineEdit, text: str) -> None:
        """What is looked for, taken with Enter while the answer may be on its way still."""
        if not line.isVisible():
            return
        self._into(line, line.objectName(), text)
        if self._hand.random() < 0.5:
            tasks.wait_idle()
        if self.window.isVisible():
            QTest.keyClick(line, Qt.Key.Key_Return)
        tasks.wait_idle()

    def _into(self, page: QWidget, key: str, text: str) -> None:
        line = page if page.objectName() == key else page.findChild(QWidget, key)
        if line is None or not line.isVisible() or not line.isEnabled() or self._hand.random() < 0.05:
            return
        line.setFocus()
        QTest.keyClick(line, Qt.Key.Key_A, CONTROL)
        if text.isascii():
            QTest.keyClicks(line, text)
        else:
            self._commit(line, text)
