"""Starting the window: the application, its look and language, the login page, then the main window."""

from __future__ import annotations

import contextlib
import logging
import os
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs
from PySide6.QtCore import (
    QLibraryInfo,
    QLocale,
    QMessageLogContext,
    QSocketNotifier,
    QTimer,
    QtMsgType,
    QTranslator,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QApplication, QWidget

from desk.errors import DeskError
from desk.release import programs
from ui import actions, tasks
from ui.devices import half_typed, input_method
from ui.login import Entry, LoginPage
from ui.look import chosen_look, hands, i18n, theme

if TYPE_CHECKING:
    from ui.pages.demonstration import Demonstration
    from ui.window import MainWindow

_FAULT = 70  # exit status of an update that broke down
_UNSEEN = 69  # and of a program that finds no display
_NO_SCREEN = "连不上屏幕，窗口打不开。数据没有改动。请在这台电脑的桌面上打开代办台；远程登录的，先接好屏幕再打开。"
_QUIET = 300  # ms that the login page stands before what opens the desk is loaded
_STANDS = 1000  # ms after which a window that was shown has begun well


def _came(window: MainWindow) -> None:
    """An update that comes this far is the program from now on; what was done about it is said."""
    told = programs.came_to_window()
    if told:
        window.toast(told)


def _load_ahead() -> None:
    """In the background while a password is typed: what opens the desk. Nothing of Qt: its types are not for other
    threads to make."""
    from desk.app import opening  # noqa: F401 - loaded for later


def _load_window() -> None:
    """While a password is looked at, which takes as long as Argon2id is told to: what is shown next, on this thread as
    Qt's types want it."""
    import ui.pages.today
    import ui.window  # noqa: F401 - loaded for later


class Front:
    """The login page first (on a new machine the few steps of setting up), the main window once someone is in."""

    def __init__(self, folder: Path, shown_password: str = "", entry: Entry | None = None) -> None:
        self.window: object = None
        self._folder, self._shown_password, self._entry = folder, shown_password, entry
        self.login: QWidget = self._first()

    def _first(self) -> QWidget:
        """What stands before the desk: the login page, the first start, or data that nobody can open."""
        from desk.counter.office import standing

        found = standing.look(self._folder)
        if found.state is standing.State.DESK:
            login = LoginPage(self._folder, found.accounts, self._shown_password, self._entry)
            login.tell(found.told or programs.still_told())
            login.opened.connect(self._enter)
            login.tried.connect(lambda: QTimer.singleShot(0, login, _load_window))
            QTimer.singleShot(_QUIET, login, lambda: tasks.read(login, _load_ahead, lambda _none: None))
            return login
        if found.state is standing.State.LOCKED:
            from ui.keeping.locked_data import LockedData

            locked = LockedData(self._folder)
            locked.restored.connect(self._again)
            locked.begun_anew.connect(self._again)
            return locked
        from ui.wizard import Wizard

        wizard = Wizard(self._folder)
        wizard.opened.connect(self._enter)
        wizard.restored.connect(self._again)
        return wizard

    def _again(self) -> None:
        """Another thing lies in the folder by now."""
        before, self.login = self.login, self._first()
        self.login.show()
        before.hide()
        before.deleteLater()

    def _parted(self, window: MainWindow) -> None:
        """The window is closed; where its database is damaged, the login page stands there again with the way back."""
        if window.safe.goes_back and isinstance(self.login, LoginPage):
            self.login.begin()
            self.login.show()
            self.login.restore()

    def _enter(self, desk: object) -> None:
        from desk.app.open_desk import Desk
        from ui.window import MainWindow

        if isinstance(desk, Desk):
            window = MainWindow(desk, lambda: self._parted(window))
            self.window = window
            window.show()
            window.activateWindow()
            self.login.hide()
            QTimer.singleShot(_STANDS, window, lambda: _came(window))


def application(argv: Sequence[str]) -> QApplication:
    """The QApplication with our look and Qt's own words in Chinese."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = _typing_application(argv)
    app.setApplicationName("daiban-desk")
    _known_to_the_system(app)
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    words = QTranslator(app)  # owned by the application: a collected translator is silently taken out
    if words.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(words)
    chosen = chosen_look.load()
    i18n.use(app, chosen.language)
    theme.apply(app, chosen.mode, theme.SCALES.get(chosen.size, 1.0))
    half_typed.watch(app)
    if app.findChild(hands.RareKey) is None:
        hands.RareKey(app, actions.shortcut("han")).asked.connect(_rare)
    app.styleHints().colorSchemeChanged.connect(lambda _scheme: _follow_system(app))
    return app


def _rare(field: QWidget) -> None:
    from ui.dialogs.han_dialog import HanDialog

    if not isinstance(field.window(), HanDialog):
        HanDialog(field.window()).open()


def _known_to_the_system(app: QApplication) -> None:
    """Its name in the menu, by which a desktop finds its icon; Windows wants the icon itself, or shows Python's."""
    app.setDesktopFileName("daiban-desk")
    icon = Path(sys.prefix) / "daiban.ico"
    if sys.platform == "win32" and icon.is_file():
        from PySide6.QtGui import QIcon

        app.setWindowIcon(QIcon(str(icon)))


def _typing_application(argv: Sequence[str]) -> QApplication:
    chosen = input_method.choose()
    before = qInstallMessageHandler(_say_no_screen)
    with input_method.prepared(chosen):
        app = QApplication(["代办台", *argv])
    qInstallMessageHandler(before)
    input_method.serve(app, chosen)
    return app


def _follow_system(app: QApplication) -> None:
    """The system went dark or light: follow it when that was chosen."""
    chosen = chosen_look.load()
    if chosen.mode == "system":
        theme.apply(app, chosen.mode, theme.SCALES.get(chosen.size, 1.0))


def _keep_log() -> None:
    """What went wrong is written down, a megabyte at most, for whoever helps; tracebacks hold no case data."""
    from logging.handlers import RotatingFileHandler

    place = Path(platformdirs.user_log_path("daiban-desk", appauthor=False))
    with contextlib.suppress(OSError):
        place.mkdir(parents=True, exist_ok=True)
        kept = RotatingFileHandler(place / "window.log", maxBytes=512 << 10, backupCount=1, encoding="utf-8")
        kept.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
        logging.getLogger().addHandler(kept)


def _watch_unexpected() -> None:
    """What nobody caught is logged and said; the window goes on."""

    def said(_kind: type[BaseException], error: BaseException, _trace: object) -> None:
        if programs.is_tried():  # an update that breaks down before its window stands is left at once
            logging.getLogger("ui").error("a fault of the update", exc_info=error)
            logging.shutdown()
            os._exit(_FAULT)
        if isinstance(error, Exception):
            from ui import messages

            messages.error(QApplication.activeWindow(), error)

    sys.excepthook = said
    threading.excepthook = lambda args: said(args.exc_type, args.exc_value or RuntimeError(), None)


def end_at_interrupt(app: QApplication) -> None:
    """Ctrl+C in the terminal closes the windows as a person would; Python's handlers run only when Qt is told."""
    import signal
    import socket

    near, far = socket.socketpair()
    for one in (near, far):
        one.settimeout(0)
    signal.signal(signal.SIGINT, lambda _number, _frame: None)
    signal.set_wakeup_fd(far.fileno(), warn_on_full_buffer=False)
    heard = QSocketNotifier(near.fileno(), QSocketNotifier.Type.Read, app)
    heard.activated.connect(lambda: app.quit() if near.recv(64) else heard.setEnabled(False))

    def let_go() -> None:  # a bound method would not keep its socket
        near.close()
        far.close()

    heard.destroyed.connect(let_go)


def without_screen() -> None:
    """Where no display is, Qt draws in memory; and what that cannot do is of no interest to anybody."""
    if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        qInstallMessageHandler(_say_what_matters)


def _say_what_matters(_kind: QtMsgType, _place: QMessageLogContext, words: str) -> None:
    if not words.startswith("This plugin does not support "):
        sys.stderr.write(words + "\n")


def _say_no_screen(kind: QtMsgType, place: QMessageLogContext, words: str) -> None:
    """While the application is made: Qt ends a program that finds no display without a word for people."""
    if kind == QtMsgType.QtFatalMsg:
        sys.stderr.write(f"{_NO_SCREEN}\n")
        sys.stderr.flush()
        os._exit(_UNSEEN)
    _say_what_matters(kind, place, words)


def run_window(argv: Sequence[str]) -> int:
    """`desk` and `desk window`: 0 when the window was closed as usual."""
    from desk.options import Options

    parser = Options(prog="desk window", description="打开代办台")
    parser.add_argument("--data", type=Path, default=None, help="数据文件夹")
    parser.add_argument("--demo", action="store_true", help="演示：自带一个小办公室和本机中心")
    asked = parser.parse_args(argv)
    without_screen()
    _keep_log()
    app = application([])
    _watch_unexpected()
    end_at_interrupt(app)
    with contextlib.ExitStack() as stack:
        try:
            front = _demonstration(asked.data, stack) if asked.demo else Front(asked.data or _default())
        except DeskError as error:
            print(error.sentences(), file=sys.stderr)  # noqa: T201 - whoever started it from a terminal
            if app.platformName() != "offscreen":  # from a menu nobody sees the terminal
                from ui import messages

                messages.ErrorDialog(None, error).exec()
            return 1
        front.login.show()
        status = app.exec()
    return end(status)


def _default() -> Path:
    from desk.counter.office.accounts import default_folder

    return default_folder()


def end(status: int) -> int:
    """Close the door behind the last window; does not return where something does not end by itself."""
    from ui.devices import print_queue

    if not (tasks.shut() and print_queue.queue().finish(0)):
        logging.shutdown()
        os._exit(status)  # the interpreter would wait for it, or break down; what is kept is on disk by now
    return status


def _demonstration(place: Path | None, stack: contextlib.ExitStack) -> Demonstration:
    from ui.pages.demonstration import Demonstration

    made = Demonstration(place, Front)
    stack.callback(made.close)
    return made
