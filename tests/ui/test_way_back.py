"""The way back as a person goes it: from another computer, from data without vault, from a window that meets damage."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path

from conftest import PASSWORD, SetClock, full_draft
from pressing import dialogs
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QWidget

from desk.app.open_desk import Desk
from desk.counter.office.backup_notes import listed
from ui.app import Front
from ui.keeping.locked_data import LockedData
from ui.login import LoginPage
from ui.window import MainWindow
from ui.wizard import Wizard

CONTROL = Qt.KeyboardModifier.ControlModifier


def named(where: QWidget, name: str) -> QWidget:
    return where.findChild(QWidget, name)


def dialog(name: str) -> QDialog:
    return next(one for one in reversed(dialogs()) if one.objectName() == name)


def restore_here(page: QWidget, place: Path, settle: Callable[[], None]) -> None:
    """In the dialog: find the copies on a stick, type the password, Enter."""
    settle()
    ask = dialog("restore")
    ask.look_in(place)
    settle()
    ask.editor("password").setText(PASSWORD)
    QTest.keyClick(ask, Qt.Key.Key_Return, CONTROL)
    settle()
    dialog("restored").accept()
    settle()


def test_a_new_computer_goes_on_with_what_is_on_the_stick(
    desk: Desk, tmp_path: Path, qtbot: object, settle: Callable[[], None]
) -> None:
    number = desk.register(full_draft(desk)).intake_no
    (tmp_path / "stick").mkdir()
    desk.backups.make(str(tmp_path / "stick"))
    desk.close()
    front = Front(tmp_path / "fresh")
    assert isinstance(front.login, Wizard)
    front.login.show()
    named(front.login, "wizard-restore").click()
    restore_here(front.login, tmp_path / "stick", settle)
    assert isinstance(front.login, LoginPage)
    qtbot.addWidget(front.login)
    named(front.login, "login-password").setText(PASSWORD)
    with qtbot.waitSignal(front.login.opened, timeout=10_000) as told:
        front.login.log_in()
    assert told.args[0].case(number)
    front.window.close()


def test_data_without_a_vault_is_not_taken_for_a_new_computer(
    desk: Desk, tmp_path: Path, qtbot: object, settle: Callable[[], None]
) -> None:
    desk.register(full_draft(desk))
    (tmp_path / "stick").mkdir()
    desk.backups.make(str(tmp_path / "stick"))
    desk.close()
    for name in ("vault.json", "vault-copy.json"):
        (desk.folder / name).unlink()
    shutil.rmtree(desk.folder / "backups")
    front = Front(desk.folder)
    assert isinstance(front.login, LockedData)
    front.login.show()
    front.login.begin_anew()
    dialog("locked-anew-ask").reject()
    assert (desk.folder / "desk.db").exists()
    named(front.login, "locked-restore").click()
    restore_here(front.login, tmp_path / "stick", settle)
    assert isinstance(front.login, LoginPage)
    qtbot.addWidget(front.login)


def test_an_open_window_makes_a_backup_a_day(window: MainWindow, settle: Callable[[], None], tell: SetClock) -> None:
    for day, made in ((0, 1), (0, 1), (1, 2), (1, 3)):
        window.desk.register(full_draft(window.desk, made))
        tell.at += dt.timedelta(days=day)
        window.safe._daily()
        settle()
        assert len(listed(window.desk.folder / "backups")) == made


def test_after_a_week_the_window_asks_for_a_second_place_and_keeps_it(
    window: MainWindow, settle: Callable[[], None], tell: SetClock, tmp_path: Path
) -> None:
    for days in (0, 8):
        tell.at += dt.timedelta(days=days)
        window.desk.register(full_draft(window.desk, days))
        window.safe._daily()
        settle()
        asked = [one for one in window.findChildren(QPushButton) if one.text() == "选第二个地方" and one.isVisible()]
        assert len(asked) == bool(days)
    asked[0].click()
    (tmp_path / "stick").mkdir()
    dialog("second-place").editor("folder").setText(str(tmp_path / "stick"))
    QTest.keyClick(dialog("second-place"), Qt.Key.Key_Return, CONTROL)
    settle()
    assert list((tmp_path / "stick").rglob("vault.json"))
    assert window.desk.office_book.settings().backup_folder == str(tmp_path / "stick")


def test_a_cut_vault_is_told_on_the_login_page_and_its_copy_taken(desk: Desk, qtbot: object) -> None:
    whole = (desk.folder / "vault.json").read_bytes()
    desk.close()
    (desk.folder / "vault.json").write_bytes(whole[:40])
    front = Front(desk.folder)
    assert isinstance(front.login, LoginPage)
    qtbot.addWidget(front.login)
    assert any("账号文件坏了，已改用旁边的副本" in one.text() for one in front.login.findChildren(QLabel))
    assert (desk.folder / "vault.json").read_bytes() == whole
    assert (desk.folder / "vault-damaged-1.json").read_bytes() == whole[:40]


def test_closing_the_window_keeps_what_is_new(make_desk: Callable[..., Desk], settle: Callable[[], None]) -> None:
    desk = make_desk()
    desk.register(full_draft(desk))
    window = MainWindow(desk)
    window.show()
    settle()
    window.close()
    (made,) = listed(desk.folder / "backups")
    assert made.entries > 1


def test_a_window_that_meets_damage_leads_to_the_way_back(
    make_desk: Callable[..., Desk], qtbot: object, settle: Callable[[], None]
) -> None:
    desk = make_desk()
    desk.register(full_draft(desk))
    desk.backups.make()
    desk.close()
    front = Front(desk.folder)
    qtbot.addWidget(front.login)
    front.login.show()
    named(front.login, "login-password").setText(PASSWORD)
    front.login.log_in()
    settle()
    window, path = front.window, desk.folder / "desk.db"
    window.desk.store.rooms.writer_connection().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with path.open("r+b") as file:
        for number in range(2, path.stat().st_size // 4096):
            file.seek(number * 4096 + 99)
            file.write(b"dust")
    window.run("backup")
    settle()
    QTest.keyClick(dialog("damaged"), Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(front.login.isVisible, timeout=10_000)
    settle()
    ask = dialog("restore")
    ask.editor("password").setText(PASSWORD)
    QTest.keyClick(ask, Qt.Key.Key_Return, CONTROL)
    settle()
    dialog("restored").accept()
    assert next(desk.folder.glob("set-aside-*/desk.db"))
