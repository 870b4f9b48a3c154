"""The line to the centre as people see it: where a case is, notices, syncing by itself, other keys, enrolling anew."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from conftest import CHEAP, PASSWORD, POINT, POINT_NAME, Served, SetClock, full_draft, sync
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QWidget

from desk.app import opening
from desk.centre.exchange import courier, enrolment
from desk.centre.node import publishing
from desk.log.centre_events import NoticePublished
from desk.store.account import Account
from desk.store.snapshots import CaseQuery
from desk.sync import pace
from desk.sync.outcome import Outcome
from ui import tasks
from ui.changes import Changes
from ui.pages.settings.centre import CentreCard
from ui.window import MainWindow


def words(where: QWidget) -> str:
    """All that is to be read there."""
    return "\n".join(one.text() for one in where.findChildren(QLabel) if one.isVisible())


def named(where: QWidget, name: str) -> QWidget:
    found = where.findChildren(QWidget, name)
    assert found, name
    return found[-1]


@pytest.fixture(autouse=True)
def no_dialog_stays() -> Iterator[None]:
    yield
    for one in QApplication.topLevelWidgets():
        if isinstance(one, QDialog):
            one.close()


def dialog(window: MainWindow, name: str) -> QDialog:
    """The question `name` that this window asks; other tests' windows may still stand about."""
    return next(one for one in window.findChildren(QDialog, name) if one.isVisible())


def test_a_case_tells_where_it_is_and_since_when(
    window: MainWindow, served: Served, settle: Callable[[], None], tmp_path: Path
) -> None:
    number = window.desk.register(full_draft(window.desk)).intake_no
    stick = tmp_path / "stick"
    stick.mkdir()

    def shown() -> str:
        window.open("today")
        window.open("case", intake_no=number)
        settle()
        return named(window.page("case"), "case-place").text()

    assert "在本机" in shown()
    window.desk.courier(stick, lambda _far: None, lambda: False)
    assert "在U盘上" in shown()
    courier.exchange(served.centre, stick)
    window.desk.courier(stick, lambda _far: None, lambda: False)
    assert "已到中心" in shown()
    assert "2026-11-24" in shown()


def test_each_picture_tells_where_it_is(window: MainWindow, served: Served, settle: Callable[[], None]) -> None:
    refs = tuple(window.desk.pictures.keep(b"\xff\xd8\xff" + bytes([at]) * 3000, f"户口簿{at}.jpg") for at in (1, 2))
    draft = full_draft(window.desk)
    first, *rest = draft.materials
    first = msgspec.structs.replace(first, files=refs)
    number = window.desk.register(msgspec.structs.replace(draft, materials=(first, *rest))).intake_no

    def shown() -> str:
        window.open("today")
        window.open("case", intake_no=number)
        settle()
        page = window.page("case")
        assert all(f"户口簿{at}.jpg　" in words(page) for at in (1, 2))
        return named(page, "case-pictures-there").text()

    assert shown() == "图片 0/2 张已到中心，其余待送"
    assert sync(window.desk).outcome is Outcome.DONE
    assert shown() == "图片 2 张已到中心"


def test_a_notice_stands_on_the_first_page(window: MainWindow, served: Served, settle: Callable[[], None]) -> None:
    publishing.notice(served.centre, "wulan", NoticePublished("停电通知", "周五上午停电。", "乌兰"))
    sync(window.desk)
    window.open("today")
    window.changed(Changes.ALL)
    settle()
    told = words(window.page("today"))
    assert "停电通知" in told
    assert "周五上午停电。" in told


def test_it_syncs_by_itself_with_patience(window: MainWindow, served: Served, settle: Callable[[], None]) -> None:
    window.desk.register(full_draft(window.desk))
    assert window.automatic.timer.isActive()
    window.automatic.go()
    settle()
    assert window.desk.sync_status().waiting == 0
    assert window.automatic.timer.interval() == round(pace.QUIET * 1000)
    window.desk.set_centre_address("http://127.0.0.1:9")
    waits = []
    for _ in range(4):
        window.automatic.go()
        settle()
        waits.append(window.automatic.timer.interval() / 1000)
    assert window.automatic.trouble == 4
    assert waits[0] <= pace.FIRST < waits[3] <= pace.FIRST * 8
    window.desk.set_centre_address(served.address)
    page = window.page("sync")
    window.open("sync", now=True)  # a person does not wait
    settle()
    assert page is window.page("sync")
    assert window.desk.sync_status().history[0].outcome.value == "done"


def test_other_keys_and_a_second_enrolment_in_the_settings(
    window: MainWindow, served: Served, settle: Callable[[], None]
) -> None:
    before = window.desk.identity.keys
    window.open("settings")
    settle()
    page = window.page("settings")
    named(page, "settings-keys").click()
    settle()
    assert sync(window.desk).happened.startswith("密钥已更换。")
    assert window.desk.identity.keys != before
    named(page, "settings-enrol").click()
    settle()
    asked = dialog(window, "enrol")
    fields = [one for one in asked.findChildren(QLineEdit) if one.isVisible()]
    fields[0].setText(served.address)
    fields[1].setText(enrolment.enrol_code(served.centre, POINT, POINT_NAME))
    asked.ok.click()
    settle()
    assert window.desk.identity.node == f"{POINT}-02"


def test_enrolling_by_stick_in_the_window(
    qtbot: object, served: Served, settle: Callable[[], None], tmp_path: Path, tell: SetClock
) -> None:
    opening.create_alone(tmp_path / "far", POINT, POINT_NAME, Account("suhe", "苏和"), PASSWORD, cost=CHEAP, tell=tell)
    window = MainWindow(opening.open_desk(tmp_path / "far", "suhe", PASSWORD, tell))
    window.show()
    window.desk.register(full_draft(window.desk))
    stick = tmp_path / "stick"
    stick.mkdir()
    courier.card(served.centre, stick, served.address)
    window.open("settings")
    settle()
    page = window.page("settings")
    assert named(page, "settings-enrol-stick").isVisible()
    page.findChild(CentreCard).enrol_by_stick(stick)
    asked = dialog(window, "enrol-stick")
    asked.findChildren(QLineEdit)[0].setText(enrolment.enrol_code(served.centre, POINT, POINT_NAME))
    asked.ok.click()
    settle()
    window.open("sync")
    settle()
    for _ in range(3):
        window.page("sync").exchange(stick)
        settle()
        courier.exchange(served.centre, stick)
    assert window.desk.identity.enrolled
    assert window.desk.sync_status().waiting == 0
    window.close()
    window.deleteLater()


def test_a_desk_out_of_an_old_backup_tells_its_people(
    window: MainWindow, served: Served, settle: Callable[[], None], tmp_path: Path, tell: SetClock
) -> None:
    desk = window.desk
    desk.register(full_draft(desk, 1))
    sync(desk)
    with desk.store.rooms.turn():
        desk.store.rooms.writer_connection().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copytree(desk.folder, tmp_path / "old", ignore=shutil.ignore_patterns("*.lock"))
    desk.register(full_draft(desk, 2))
    sync(desk)
    other = MainWindow(opening.open_desk(tmp_path / "old", "suhe", PASSWORD, tell))
    other.show()
    number = other.desk.register(full_draft(other.desk, 3)).intake_no
    other.open("sync", now=True)
    settle()
    told = words(other.page("sync"))
    assert "新的终端编号" in told
    assert "换发回执" in told
    assert len(other.desk.cases(CaseQuery(text=number))) == 2
    tasks.wait_idle()
    other.close()
    other.deleteLater()
