"""The window: login, every page, names for every control, no English on a Chinese screen, no standing still."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import CHEAP, HERDER, PASSWORD, SetClock, full_draft
from PySide6.QtCore import QAbstractItemModel, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QTableView, QWidget
from pytestqt.qtbot import QtBot

from desk.app.open_desk import Desk
from desk.errors import SurroundingsError
from desk.store.account import Account
from ui import messages
from ui.changes import Changes
from ui.devices.pdf_pages import page_sizes, render
from ui.dialogs.paper_print import print_to
from ui.login import LoginPage
from ui.look import theme
from ui.window import _PAGES, MainWindow

PAGES = [key for key in _PAGES if key != "case"]


def test_a_wrong_password_is_told_in_the_page(make_desk: Callable[..., Desk], tmp_path: Path, qtbot: object) -> None:
    make_desk().close()
    page = LoginPage(tmp_path / "desk", (Account("suhe", "苏和"),))
    qtbot.addWidget(page)
    box = page.findChild(QLineEdit, "login-password")
    QTest.keyClicks(box, "wrong")
    QTest.keyClick(box, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "不对" in page._field.problem(), timeout=5000)
    QTest.keyClicks(box, PASSWORD)
    with qtbot.waitSignal(page.opened, timeout=5000) as told:
        QTest.keyClick(box, Qt.Key.Key_Return)
    told.args[0].close()
    assert CHEAP.passes == 1


def test_every_control_of_a_page_has_a_name(window: MainWindow, settle: Callable[[], None]) -> None:
    window.desk.register(full_draft(window.desk))
    kinds = (QAbstractButton, QComboBox, QLineEdit, QTableView)
    for key in PAGES:
        window.open(key)
        settle()
        nameless = [
            f"{type(one).__name__} {one.objectName()}"
            for one in window.page(key).findChildren(QWidget)
            if isinstance(one, kinds)
            and one.isVisible()
            and one.focusPolicy() is not Qt.FocusPolicy.NoFocus
            and not one.accessibleName()
            and not one.objectName().startswith("qt_")
        ]
        assert nameless == [], key


@pytest.mark.parametrize(("mode", "scale"), [("light", 1.0), ("dark", 1.5)])
def test_every_page_fits_the_old_screen(
    window: MainWindow, settle: Callable[[], None], qapp: QApplication, mode: str, scale: float
) -> None:
    theme.apply(qapp, mode, scale)
    for key in PAGES:
        window.open(key)
        settle()
        assert window.width() == 1366, key
        assert window.page(key).minimumSizeHint().width() <= 1366, key
        english = [label.text() for label in window.findChildren(QLabel) if re.search(r"[A-Za-z]{6,}", label.text())]
        assert [text for text in english if "http" not in text and "/" not in text] == [], key


def test_the_list_finds_as_one_types_and_enter_opens(
    window: MainWindow, settle: Callable[[], None], qtbot: object
) -> None:
    number = window.desk.register(full_draft(window.desk)).intake_no
    window.open("cases")
    settle()
    page = window.page("cases")
    QAbstractItemModelTester(page.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert isinstance(page.model, QAbstractItemModel)
    with qtbot.waitSignal(page.model.settled, timeout=3000):
        QTest.keyClicks(page.search, "zzzz")
    assert page.model.rowCount() == 0
    page.search.selectAll()
    QTest.keyClicks(page.search, "altqqg")
    qtbot.waitUntil(lambda: page.model.rowCount() == 1, timeout=3000)
    QTest.keyClick(page.search, Qt.Key.Key_Return)
    assert page.table.hasFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    settle()
    assert window._shown == "case"
    assert window.page("case")._intake_no == number


def test_a_long_list_is_fetched_as_it_is_scrolled(window: MainWindow, settle: Callable[[], None]) -> None:
    for number in range(230):
        window.desk.register(full_draft(window.desk, number))
    window.open("cases")
    settle()
    model = window.page("cases").model
    assert model.rowCount() == 100
    while model.canFetchMore():
        model.fetchMore()
        settle()
    assert model.rowCount() == 230


def test_the_header_tells_how_many_wait_and_sync_sends_them(
    window: MainWindow, settle: Callable[[], None], qtbot: object
) -> None:
    window.desk.register(full_draft(window.desk))
    window.changed(Changes.ALL)
    settle()
    assert window.sync_words() == "待送 3 条"
    window.open("sync")
    page = window.page("sync")
    with qtbot.waitSignal(page.finished, timeout=10_000):
        QTest.keyClick(page._go, Qt.Key.Key_Space)
    settle()
    assert window.sync_words().startswith("已同步")
    assert "送出 3 条" in page.findChild(QLabel, "sync-told").text()


def test_off_line_the_page_says_what_to_do(window: MainWindow, settle: Callable[[], None], qtbot: object) -> None:
    window.desk.set_centre_address("http://127.0.0.1:9")
    window.open("sync")
    page = window.page("sync")
    with qtbot.waitSignal(page.finished, timeout=10_000):
        page.start()
    settle()
    told = page.findChild(QLabel, "sync-told").text()
    assert "连不上中心" in told
    assert "没有丢失" in told
    assert window.sync_words() == "待送 1 条"


def test_an_error_says_what_was_kept_and_shows_no_traceback(window: MainWindow, qtbot: object) -> None:
    window.error(SurroundingsError("磁盘满了。", "办件都在。", "请腾出空间。"))
    dialog = window.findChild(messages.ErrorDialog)
    said = "\n".join(label.text() for label in dialog.findChildren(QLabel) if label.text())
    assert said == "磁盘满了。\n办件都在。\n请腾出空间。"
    dialog.close()


def test_paper_is_shown_and_printed_from_the_same_bytes(desk: Desk, tell: SetClock, tmp_path: Path) -> None:
    number = desk.register(full_draft(desk)).intake_no
    paper = desk.papers.receipt(number)
    tell.at += dt.timedelta(minutes=2)  # drawn anew it would tell another minute
    assert desk.papers.receipt(number).pdf == paper.pdf
    assert [(image.width(), image.height()) for image in render(paper.pdf, 1.0)] == [(420, 596)]
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    print_to(printer, paper.pdf)
    (size,) = page_sizes((tmp_path / "out.pdf").read_bytes())
    assert [round(side) for side in size] == [420, 595]
    assert HERDER.id_number not in paper.filename


def test_a_closed_window_asks_nothing_more(window: MainWindow, settle: Callable[[], None]) -> None:
    window.open("cases")
    settle()
    box = window.page("cases").findChild(QLineEdit, "cases-search")
    QTest.keyClicks(box, "a")  # it asks a moment later, and by then the desk is closed
    window.close()
    assert [one.objectName() for one in window.findChildren(QTimer) if one.isActive()] == []


def test_what_stands_in_a_field_is_kept_when_its_window_is_closed(
    window: MainWindow, settle: Callable[[], None], make_desk: Callable[..., Desk], qtbot: QtBot
) -> None:
    window.open("settings")
    qtbot.waitUntil(window.page("settings")._inner.updatesEnabled, timeout=5000)
    settle()
    line = window.findChild(QLineEdit, "settings-roll-device")
    line.setFocus()
    QTest.keyClicks(line, "127.0.0.1:9100")
    window.close()
    settle()
    assert [one for one in QApplication.topLevelWidgets() if one.objectName() == "error"] == []
    assert make_desk().office_book.settings().roll_device == "127.0.0.1:9100"


def test_a_title_says_once_what_the_program_is() -> None:
    """Qt writes the display name of a program behind each title on X11 and Windows; our titles begin with it."""
    assert QGuiApplication.applicationDisplayName() == QGuiApplication.applicationName()
