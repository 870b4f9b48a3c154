"""Each page's main task by keyboard alone; command box, undo, first start, practice, pictures, the herder's rating."""

from __future__ import annotations

import datetime as dt
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import HERDER, PASSWORD, Served, SetClock, full_draft, item_code, sync
from openpyxl import load_workbook
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLabel, QPushButton, QWidget

from desk.app.open_desk import Desk
from desk.folds.case import State
from desk.log.events import Act, Person
from desk.log.events import Served as ServedResult
from desk.store.account import Account
from desk.store.snapshots import CaseQuery, DraftMaterial
from ui import actions, tasks
from ui.devices import pictures
from ui.devices.camera import CameraTray
from ui.devices.scans import taking
from ui.devices.scans.pages import LONGEST
from ui.dialogs.picture_dialog import PictureDialog
from ui.login import LoginPage
from ui.tour import type_text
from ui.widgets.signature import SignaturePad
from ui.window import MainWindow

CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
OTHER = Person("那顺乌力吉", "111", "152523197108150018", "13900000002", "二组")


def dialog(name: str) -> QDialog:
    found = [one for one in QApplication.topLevelWidgets() if one.objectName() == name and one.isVisible()]
    assert found, name
    return found[-1]


def close_papers() -> list[str]:
    found = [one for one in QApplication.topLevelWidgets() if one.objectName() == "paper" and one.isVisible()]
    titles = [one.windowTitle() for one in found]
    for one in found:
        one.close()
    return titles


def press(window: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget() or window, key, modifier)


def named(where: QWidget, name: str) -> QWidget:
    found = where.findChildren(QWidget, name)
    assert found, name
    return found[-1]


def go(button: QWidget) -> None:
    """As Tab and Space do."""
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)


@pytest.fixture
def granted(window: MainWindow, served: Served) -> str:
    desk = window.desk
    number = desk.register(full_draft(desk)).intake_no
    sync(desk)
    for kind in ("case.accepted", "case.granted", "case.returning"):
        _, seen = served.centre.case(number)
        served.centre.act("wulan", kind, number, Act("乌兰", "综合窗口"), seen)
    sync(desk)
    return number


@pytest.fixture(autouse=True)
def no_paper_stays() -> Iterator[None]:
    yield
    close_papers()
    for name in ("ask", "commands", "pictures", "rating"):
        for one in QApplication.topLevelWidgets():
            if one.objectName() == name:
                one.close()


# -- the registry and the window ------------------------------------------------------------------------------------


def test_every_page_has_its_key_and_every_main_button_tells_its_own(
    window: MainWindow, settle: Callable[[], None]
) -> None:
    window.activateWindow()
    for action in actions.pages(township=False):
        window.run(action.key)
        settle()
        assert window._shown == action.key
        assert action.shortcut in named(window, f"nav-{action.key}").toolTip()
        silent = [
            button.objectName()
            for button in window.page(action.key).findChildren(QAbstractButton)
            if button.isVisible() and button.property("primary") and not button.toolTip()
        ]
        assert silent == [], action.key


def test_no_two_keys_of_the_registry_are_the_same() -> None:
    keys = [one.shortcut for one in (*actions.PAGES, *actions.OTHERS)]
    assert len(keys) == len(set(keys))


def test_the_command_box_finds_a_page_an_item_a_person_and_a_case(
    window: MainWindow, settle: Callable[[], None]
) -> None:
    number = window.desk.register(full_draft(window.desk)).intake_no
    for typed, check in (
        ("tj", lambda: window._shown == "figures"),
        ("scglzdj", lambda: window._shown == "guides"),
        ("altqqg", lambda: window._shown == "people"),
        (number, lambda: window._shown == "case"),
    ):
        window.run("commands")
        box = dialog("commands")
        type_text(box.search, typed)
        settle()
        QTest.keyClick(box.search, Qt.Key.Key_Return)
        settle()
        assert check(), typed


@pytest.mark.parametrize(("typed", "page"), [("tj", "figures"), ("scglzdj", "guides"), ("altqqg", "people")])
def test_enter_before_the_command_box_has_looked_goes_to_what_it_finds(
    window: MainWindow, settle: Callable[[], None], typed: str, page: str
) -> None:
    window.desk.register(full_draft(window.desk))
    window.run("commands")
    box = dialog("commands")
    type_text(box.search, typed)
    QTest.keyClick(box.search, Qt.Key.Key_Return)
    settle()
    assert window._shown == page


def test_undo_takes_back_what_the_bar_offers(window: MainWindow, settle: Callable[[], None]) -> None:
    window.open("register")
    page = window.page("register")
    settle()
    type_text(page.person.applicant.name, "阿拉坦")
    page._clear_page()
    assert page.person.applicant.name.text() == ""
    window.run("undo")
    assert page.person.applicant.name.text() == "阿拉坦"


# -- pages ------------------------------------------------------------------------------------------------------------


def test_today_leads_to_what_is_to_be_done(window: MainWindow, settle: Callable[[], None], granted: str) -> None:
    window.open("today")
    settle()
    assert named(window, "today-results").text() == "1"
    go(named(window, f"need-{granted}"))
    settle()
    assert window._shown == "case"


def test_register_to_receipt_in_25_keys_and_typed_text(
    window: MainWindow, settle: Callable[[], None], qtbot: object, tell: SetClock
) -> None:
    """A known person, a frequent item; every key that is no text is counted, and nothing but keys is used."""
    window.desk.register(full_draft(window.desk))
    tell.at += dt.timedelta(8)  # within a week it would be asked about
    window.activateWindow()
    keys = 0

    def key(code: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        nonlocal keys
        keys += 1
        press(window, code, modifier)
        settle()

    window.run("register")  # Ctrl+N
    keys += 1
    settle()
    page = window.page("register")
    QTest.keyClicks(QApplication.focusWidget(), "zdshbz")
    key(Qt.Key.Key_Return)
    QTest.keyClicks(QApplication.focusWidget(), "altqqg")
    settle()
    key(Qt.Key.Key_Return)
    assert page.person.applicant.name.text() == HERDER.name
    while QApplication.focusWidget().objectName() != "field-members":
        key(Qt.Key.Key_Tab)
    QTest.keyClicks(QApplication.focusWidget(), "3")
    while QApplication.focusWidget().objectName() != "register-all-materials":
        key(Qt.Key.Key_Tab)
    key(Qt.Key.Key_Space)
    with qtbot.waitSignal(page.registered, timeout=5000):
        key(Qt.Key.Key_Return, CONTROL)
    settle()
    assert keys <= 25, keys
    assert "回执" in page.receipt.view.paper.title
    assert window.desk.count_cases(CaseQuery()) == 2


def test_the_person_stays_for_the_next_case(window: MainWindow, settle: Callable[[], None], qtbot: object) -> None:
    window.open("register")
    settle()
    page = window.page("register")
    go(page.keep_person)
    page.show_draft(full_draft(window.desk))
    with qtbot.waitSignal(page.registered, timeout=5000):
        page.submit()
    settle()
    assert page.person.applicant.name.text() == HERDER.name
    assert page.item.task_code() == ""


def test_what_is_missing_is_told_on_paper_before_anyone_drives_home(
    window: MainWindow, settle: Callable[[], None]
) -> None:
    window.open("register", task_code=item_code(window.desk))
    settle()
    go(window.page("register").notice)
    settle()
    assert close_papers() == ["一次性告知单"]
    assert window.desk.count_cases(CaseQuery()) == 0


def test_an_item_that_needs_the_person_books_a_visit(window: MainWindow, settle: Callable[[], None]) -> None:
    window.open("register", task_code=item_code(window.desk, "婚姻登记"))
    settle()
    page = window.page("register")
    assert page.visit.isVisible()
    go(page.visit)
    ask = dialog("visit")
    type_text(ask.editor("name"), "那顺")
    QTest.keyClick(ask, Qt.Key.Key_Return, CONTROL)
    settle()
    assert close_papers() == ["到场预约单"]
    window.open("today")
    settle()
    assert "那顺" in "".join(one.text() for one in window.page("today").findChildren(QLabel))


def test_a_roll_is_typed_like_a_spreadsheet_and_taken_in(
    window: MainWindow, settle: Callable[[], None], qtbot: object
) -> None:
    window.open("roll")
    settle()
    page = window.page("roll")
    code = next(row.item.task_code for row in window.desk.items() if row.item.roll and not row.refusal)
    page.item.setCurrentIndex(page.item.findData(code))
    rows = "\n".join(f"{one.name}\t{one.id_number}\t{one.phone}\t{one.address}" for one in (HERDER, OTHER))
    QApplication.clipboard().setText(rows)
    page.table.setFocus()
    page.table.setCurrentIndex(page.model.index(0, 0))
    QTest.keyClick(page.table, Qt.Key.Key_V, CONTROL)
    QApplication.clipboard().clear()
    assert [line.name for line in page.model.lines] == [HERDER.name, OTHER.name]
    for column, (_, key) in enumerate(page.model.columns()):
        if key.startswith("values."):
            field = next(one for one in window.desk.item(code).fields if f"values.{one.code}" == key)
            for line in range(2):
                page.model.setData(page.model.index(line, column), field.choices[0] if field.choices else "12")
    page.model.setData(page.model.index(1, 1), "152523197108150019")
    page.take()
    settle()
    assert "第 2 行" in named(page, "roll-told").text()
    page.model.setData(page.model.index(1, 1), OTHER.id_number)
    with qtbot.waitSignal(page.taken, timeout=5000):
        page.take()
    settle()
    assert window.desk.count_cases(CaseQuery(task_code=code)) == 2
    page.from_last()
    settle()
    page.model.setData(page.model.index(0, 2), "13900000077")
    shown = [page.model.data(page.model.index(row, page.model.columnCount() - 1)) for row in range(2)]
    assert shown == ["变动：电话", ""]
    page.only.click()
    assert page.model.rowCount() == 1
    page.sign_sheet()
    settle()
    assert "签字册" in close_papers()[0]
    page.past()
    settle()
    (past,) = [one for one in QApplication.topLevelWidgets() if one.objectName() == "rolls" and one.isVisible()]
    papers = ("rolls-receipts-", "rolls-notice-", "rolls-sign-")
    buttons = [one for one in past.findChildren(QPushButton) if one.objectName().startswith(papers)]
    titles: list[str] = []
    for button in buttons:
        button.click()
        settle()
        settle()
        titles += close_papers()
    assert len(titles) == len(buttons) == 3, titles
    past.close()


def test_the_list_goes_to_a_sheet_and_to_paper(window: MainWindow, settle: Callable[[], None], tmp_path: Path) -> None:
    window.desk.register(full_draft(window.desk))
    window.open("cases")
    settle()
    page = window.page("cases")
    page.export_to(tmp_path / "x.xlsx")
    settle()
    assert load_workbook(tmp_path / "x.xlsx").active["C2"].value == HERDER.name
    go(named(page, "cases-ledger"))
    settle()
    assert close_papers() == ["代办登记台账"]


def test_filters_narrow_the_list(window: MainWindow, settle: Callable[[], None]) -> None:
    window.desk.register(full_draft(window.desk))
    window.open("cases", query=CaseQuery(warning="red"))
    settle()
    assert window.page("cases").model.rowCount() == 0
    window.open("cases", query=CaseQuery(states=("collected",)))
    settle()
    assert window.page("cases").model.rowCount() == 1


def test_a_result_is_handed_over_signed_and_rated_in_private(
    window: MainWindow, settle: Callable[[], None], granted: str
) -> None:
    window.open("case", intake_no=granted)
    settle()
    go(named(window.page("case"), "case-at_point"))
    settle()
    go(named(window.page("case"), "case-served"))
    ask = dialog("case-serve")
    pad = ask.findChild(SignaturePad)
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=pad.rect().center())
    QTest.mouseMove(pad, pad.rect().center() * 0.5)
    QTest.keyClick(ask, Qt.Key.Key_Return, CONTROL)
    settle()
    assert close_papers() == ["送达回证"]
    case = window.desk.case(granted).case
    assert case.state is State.SERVED
    assert window.desk.pictures.read(case.served.signature.sha256).startswith(b"\x89PNG")
    go(named(window.page("case"), "case-rate"))
    page = dialog("rating")
    shown = "".join(one.text() for one in page.findChildren(QLabel))
    assert HERDER.name not in shown
    assert not [one for one in page.findChildren(QPushButton) if one.hasFocus() or one.isChecked()]
    QTest.keyClick(page, Qt.Key.Key_Return)
    QTest.keyClick(page, Qt.Key.Key_4)
    QTest.keyClick(page, Qt.Key.Key_2)
    settle()
    assert window.desk.case(granted).case.rated is None  # a touch is not yet an answer
    go(named(page, "rating-confirm"))
    settle()
    assert window.desk.case(granted).case.rated.score == 2
    said = "".join(one.text() for one in window.page("case").findChildren(QLabel))
    assert "不满意" not in said


def test_a_reason_is_wanted_and_what_was_typed_stays(window: MainWindow, settle: Callable[[], None]) -> None:
    number = window.desk.register(full_draft(window.desk)).intake_no
    window.open("case", intake_no=number)
    settle()
    go(named(window.page("case"), "case-voided"))
    ask = dialog("case-reason")
    QTest.keyClick(ask, Qt.Key.Key_Return, CONTROL)
    settle()
    assert "原因" in named(ask, "case-reason-told").text()
    type_text(ask.editor("why"), "重复登记")
    QTest.keyClick(ask.editor("why"), Qt.Key.Key_Return, CONTROL)
    settle()
    assert window.desk.case(number).case.state is State.VOID


def test_a_material_is_brought_later(window: MainWindow, settle: Callable[[], None]) -> None:
    draft = full_draft(window.desk)
    ticks = (*draft.materials[:-1], DraftMaterial(draft.materials[-1].code, missing="下次"))
    number = window.desk.register(full_draft(window.desk, 1, materials=ticks)).intake_no
    window.open("case", intake_no=number)
    settle()
    go(named(window.page("case"), "case-supplement"))
    QTest.keyClick(dialog("case-brought"), Qt.Key.Key_Return, CONTROL)
    settle()
    assert not [one for one in window.desk.case(number).case.materials if one.missing]


def test_several_guides_make_a_booklet(window: MainWindow, settle: Callable[[], None]) -> None:
    window.open("guides")
    settle()
    page = window.page("guides")
    for row in range(2):
        page.list.tick(row)
    type_text(page.search, "zdsh")
    settle()
    go(named(page, "guides-booklet"))
    settle()
    assert close_papers() == ["服务指南汇编"]
    assert len(page.list.chosen) == 2


def test_two_records_are_compared_merged_and_parted(window: MainWindow, settle: Callable[[], None]) -> None:
    desk = window.desk
    for at, name in enumerate(("额尔敦其其格", "额尔登其其格")):
        number = (HERDER, OTHER)[at].id_number
        desk.register(full_draft(desk, at, Person(name, "111", number)))
    first, second = (one.id for one in desk.people.search("额尔敦其其格"))
    window.open("people", person_id=first)
    settle()
    page = window.page("people")
    go(named(page, f"people-merge-{second[:8]}"))
    ask = dialog("merge")
    assert "额尔登其其格" in "".join(one.text() for one in ask.findChildren(QLabel))
    QTest.keyClick(ask, Qt.Key.Key_Return, CONTROL)
    settle()
    assert [one.id for one in desk.people.view(first).merged] == [second]
    window.run("undo")
    settle()
    assert desk.people.view(first).merged == ()


def test_a_full_number_is_shown_after_a_reason(window: MainWindow, settle: Callable[[], None]) -> None:
    window.desk.register(full_draft(window.desk))
    window.open("people")
    settle()
    page = window.page("people")
    assert HERDER.id_number not in "".join(one.text() for one in page.findChildren(QLabel)).replace(" ", "")
    go(named(page, "people-reveal"))
    ask = dialog("reveal")
    type_text(ask.editor("why"), "核对证件")
    QTest.keyClick(ask, Qt.Key.Key_Return, CONTROL)
    settle()
    assert named(page, "people-number").text().replace(" ", "") == HERDER.id_number
    assert window.desk.people.view(window.desk.people.search("altqqg")[0].id).seen
    assert HERDER.id_number not in window.windowTitle()
    assert HERDER.id_number not in QApplication.clipboard().text()


def test_a_question_that_finds_nobody_says_so_kindly(
    window: MainWindow, settle: Callable[[], None], qtbot: object
) -> None:
    window.desk.register(full_draft(window.desk))
    window.open("people")
    settle()
    page = window.page("people")
    QTest.keyClicks(page.search, "zzz9")
    qtbot.waitUntil(lambda: page.list.count() == 0, timeout=3000)
    settle()
    assert any("没有找到" in one.text() for one in page.findChildren(QLabel))
    page.search.selectAll()
    QTest.keyClicks(page.search, "alt")
    qtbot.waitUntil(lambda: page.list.count() == 1, timeout=3000)
    settle()
    assert named(page, "people-number").text().startswith("152523")


def test_papers_are_put_in_an_envelope_handed_over_and_driven(window: MainWindow, settle: Callable[[], None]) -> None:
    window.desk.register(full_draft(window.desk))
    window.open("trips")
    settle()
    page = window.page("trips")
    (pile,) = [one for one in page.findChildren(QAbstractButton) if one.objectName().startswith("trips-seal-")]
    go(pile)
    QTest.keyClick(dialog("seal"), Qt.Key.Key_Return, CONTROL)
    settle()
    assert close_papers() == ["移交清单"]
    (bundle,) = window.desk.trips.bundles()
    go(named(page, f"bundle-hand-{bundle.id[:8]}"))
    ask = dialog("hand")
    type_text(ask.editor("carrier"), "巴特尔")
    QTest.keyClick(ask, Qt.Key.Key_Return, CONTROL)
    settle()
    go(named(page, "trips-drive"))
    ask = dialog("drive")
    ask.editor("km").setValue(180)
    QTest.keyClick(ask, Qt.Key.Key_Return, CONTROL)
    settle()
    assert "少跑 1 趟、180 公里" in named(page, "trips-sums").text()
    go(named(page, f"bundle-take-{bundle.id[:8]}"))
    ask = dialog("take")
    type_text(ask.editor("receiver"), "乌兰")
    go(ask.editor(bundle.sealed.cases[0].intake_no))
    QTest.keyClick(ask, Qt.Key.Key_Return, CONTROL)
    settle()
    assert window.desk.trips.bundles()[0].taken.differences
    go(named(page, "trips-ledger"))
    settle()
    assert "送件登记" in close_papers()[0]


def test_figures_are_drawn_printed_and_exported(
    window: MainWindow, settle: Callable[[], None], tmp_path: Path, granted: str
) -> None:
    window.desk.handling.serve(granted, ServedResult(recipient="本人"))
    window.open("figures")
    settle()
    page = window.page("figures")
    assert "收件 1 件，了结 1 件" in named(page, "figures-sums").text()
    assert "2026-11 1" in page.charts["months"].accessibleName()
    go(named(page, "figures-print"))
    settle()
    assert close_papers() == ["代办统计"]
    page.export_to(tmp_path / "f.xlsx")
    settle()
    assert load_workbook(tmp_path / "f.xlsx").sheetnames == ["按月", "按事项", "按状态", "用时", "评价"]


def test_settings_are_kept_agents_added_and_a_backup_made(window: MainWindow, settle: Callable[[], None]) -> None:
    window.open("settings")
    settle()
    page = window.page("settings")
    type_text(named(page, "settings-km"), "105")
    go(named(page, "settings-drive-5"))
    go(named(page, "settings-office-save"))
    settle()
    assert window.desk.office_book.settings().kilometres_to_centre == 105
    assert window.desk.office_book.settings().drive_days == (5,)
    go(named(page, "settings-agent-add"))
    ask = dialog("agent")
    for key, words in (("name", "巴特尔"), ("account", "bater"), ("password", "12345678"), ("again", "12345679")):
        type_text(ask.editor(key), words)
    QTest.keyClick(ask, Qt.Key.Key_Return, CONTROL)
    settle()
    assert "不一样" in named(ask, "agent-told").text()
    ask.editor("again").setText("12345678")
    QTest.keyClick(ask, Qt.Key.Key_Return, CONTROL)
    settle()
    assert [one.name for one in window.desk.agents.listed()] == ["苏和", "巴特尔"]
    go(named(page, "settings-backup-now"))
    settle()
    assert "共 1 份" in named(page, "settings-backup-latest").text()
    go(named(page, "settings-handover"))
    settle()
    assert close_papers() == ["代办员交接清单"]


def test_practice_opens_beside_and_leaves_nothing_behind(window: MainWindow, settle: Callable[[], None]) -> None:
    window.open("practice")
    settle()
    settle()
    trial = window.practice_window()
    assert trial is not None
    settle()
    assert "练习" in trial.windowTitle()
    assert trial.sync_words() == "练习，不同步"
    trial.desk.register(full_draft(trial.desk, 5, Person("练习人", "111", "152523198003020019")))
    trial.close()
    assert window.practice_window() is None
    assert window.desk.count_cases(CaseQuery()) == 0


# -- pictures ---------------------------------------------------------------------------------------------------------


def photo(wide: int = 3000, high: int = 2000) -> QImage:
    image = QImage(wide, high, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    for line in range(40):
        painter.drawText(60, 40 + line * 48, "姓名 阿拉坦其其格 152523195603020027 苏尼特左旗" * 3)
    painter.fillRect(QRect(0, 0, 200, 200), QColor("red"))
    painter.end()
    return image


def test_a_photograph_is_made_small_enough_for_a_bad_link(desk: Desk, tmp_path: Path) -> None:
    photo().save(str(tmp_path / "a.png"))
    (ref,) = taking.from_file(desk.pictures, tmp_path / "a.png", print)
    assert ref.size <= taking.MOST
    small = pictures.decoded(desk.pictures.read(ref.sha256), "a")
    assert max(small.width(), small.height()) == LONGEST
    ref = taking.turned(desk.pictures, ref, 1)
    turned = pictures.decoded(desk.pictures.read(ref.sha256), "a")
    assert (turned.width(), turned.height()) == (small.height(), small.width())


@pytest.mark.parametrize("content", [b"", b"GIF89a", b"\x89PNG\r\n\x1a\nbroken", b"\xff\xd8\xff\xe0 half", b"words"])
def test_what_is_no_picture_is_refused_in_words(desk: Desk, tmp_path: Path, content: bytes) -> None:
    from desk.errors import RefusedError

    (tmp_path / "x.jpg").write_bytes(content)
    os.utime(tmp_path / "x.jpg", (1e9, 1e9))
    with pytest.raises(RefusedError, match=r"图片|空文件"):
        list(taking.from_file(desk.pictures, tmp_path / "x.jpg", print))


def test_pictures_are_pasted_turned_cropped_removed_and_survive_in_the_draft_and_the_case(
    window: MainWindow, settle: Callable[[], None], qtbot: object, tmp_path: Path
) -> None:
    window.open("register")
    settle()
    page = window.page("register")
    page.show_draft(full_draft(window.desk))
    line = page.materials._lines[0]
    go(line._look)
    box = dialog("pictures")
    assert isinstance(box, PictureDialog)
    QApplication.clipboard().setImage(photo(900, 600))
    box.paste()
    photo(800, 500).save(str(tmp_path / "b.jpg"))
    box.add_files([tmp_path / "b.jpg"])
    settle()
    assert len(line.files) == 2
    before = line.files[1].sha256
    box.turn()
    settle()
    assert line.files[1].sha256 != before
    settle()
    box.remove()
    settle()
    assert len(line.files) == 1
    box.close()
    assert page.draft().materials[0].files == line.files
    with qtbot.waitSignal(page.registered, timeout=5000) as told:
        page.submit()
    settle()
    (ref,) = window.desk.case(told.args[0]).case.materials[0].files
    assert window.desk.pictures.read(ref.sha256).startswith(b"\xff\xd8\xff")


def test_what_the_document_camera_saves_waits_in_a_tray(tmp_path: Path, qtbot: object, window: MainWindow) -> None:
    photo(300, 200).save(str(tmp_path / "old.jpg"))
    qtbot.wait(50)
    tray = CameraTray(window)
    tray.watch(str(tmp_path))
    with qtbot.waitSignal(tray.arrived, timeout=5000):
        photo(300, 200).save(str(tmp_path / "new.jpg"))
    assert [one.name for one in tray.take()] == ["new.jpg"]
    assert tray.take() == []


def test_a_drop_on_a_material_is_a_picture(window: MainWindow, settle: Callable[[], None], tmp_path: Path) -> None:
    window.open("register")
    settle()
    page = window.page("register")
    page.show_draft(full_draft(window.desk))
    photo(300, 200).save(str(tmp_path / "c.jpg"))
    line = page.materials._lines[1]
    line.dropped = [tmp_path / "c.jpg"]
    line.pictures.emit(line)
    settle()
    assert len(line.files) == 1
    assert line.here.isChecked()
    dialog("pictures").close()


def test_an_old_day_and_a_dead_battery_do_not_stop_the_pages(window: MainWindow, tell: object) -> None:
    tell.at = dt.datetime(1999, 12, 31, 23, 59, tzinfo=tell.at.tzinfo)
    for key in ("today", "figures", "trips", "cases"):
        window.open(key)
        assert tasks.wait_idle()


def test_a_damaged_database_is_set_aside_and_a_backup_takes_its_place(
    make_desk: Callable[..., Desk], tmp_path: Path, qtbot: object, settle: Callable[[], None]
) -> None:
    desk = make_desk()
    number = desk.register(full_draft(desk)).intake_no
    desk.backups.make()
    folder = desk.folder
    desk.close()
    (folder / "desk.db").write_bytes(b"power cut" * 5000)
    page = LoginPage(folder, (Account("suhe", "苏和"),))
    qtbot.addWidget(page)
    page.show()
    named(page, "login-password").setText(PASSWORD)
    page.log_in()
    settle()
    dialog("error").close()
    assert "数据库坏了" in "".join(one.text() for one in page.findChildren(QLabel))
    button = named(page, "login-restore")
    assert button.isVisible()
    go(button)
    settle()
    QTest.keyClick(dialog("restore"), Qt.Key.Key_Return, CONTROL)
    settle()
    assert "没有发现找不回" in "".join(one.text() for one in dialog("restored").findChildren(QLabel))
    dialog("restored").close()
    assert next(folder.glob("set-aside-*/desk.db")).read_bytes().startswith(b"power cut")
    named(page, "login-password").setText(PASSWORD)
    with qtbot.waitSignal(page.opened, timeout=10_000) as told:
        page.log_in()
    assert told.args[0].case(number).row.applicant_name == HERDER.name
    told.args[0].close()


def test_waiting_is_shown_only_when_it_takes_a_while(window: MainWindow, qtbot: object) -> None:
    chip = named(window, "header-busy")
    tasks.read(window, lambda: time.sleep(0.01), lambda _none: None)
    assert tasks.wait_idle()
    assert not chip.isVisible()
    tasks.read(window, lambda: time.sleep(1.0), lambda _none: None)
    qtbot.waitUntil(chip.isVisible, timeout=3000)
    qtbot.waitUntil(lambda: not chip.isVisible(), timeout=5000)


def test_a_complaint_is_typed_numbered_and_printed(window: MainWindow, settle: Callable[[], None]) -> None:
    window.open("cases")
    settle()
    page = window.page("cases")
    page.fill_form("complaint")
    ask = dialog("form")
    QTest.keyClick(ask, Qt.Key.Key_Return, CONTROL)
    settle()
    assert "内容" in named(ask, "form-told").text()
    type_text(ask.editor("what"), "窗口没人")
    QTest.keyClick(ask.editor("what"), Qt.Key.Key_Return, CONTROL)
    settle()
    assert close_papers() == ["投诉登记单"]
    page.results()
    settle()
    assert "公示" in close_papers()[0]


def test_other_papers_of_a_case_are_in_its_menu(window: MainWindow, settle: Callable[[], None], granted: str) -> None:
    window.open("case", intake_no=granted)
    settle()
    menu = named(window.page("case"), "case-more-papers").menu()
    titles = [one.text() for one in menu.actions()]
    assert titles == ["代办委托书", "受理通知书", "决定书（办结通知书）", "政务服务评价单"]
    menu.actions()[1].trigger()
    settle()
    assert close_papers() == ["受理通知书"]


def test_a_stick_takes_what_waits_and_brings_the_answers(
    window: MainWindow, settle: Callable[[], None], served: object, tmp_path: Path
) -> None:
    from desk.centre.exchange import courier

    number = window.desk.register(full_draft(window.desk)).intake_no
    window.open("sync")
    settle()
    page = window.page("sync")
    assert named(page, "sync-stick").isVisible()
    page.exchange(tmp_path)
    settle()
    assert "写出 3 条到U盘" in named(page, "sync-told").text()
    assert all(line.good for line in courier.exchange(served.centre, tmp_path))
    page.exchange(tmp_path)
    settle()
    assert "收到中心的 1 条" in named(page, "sync-told").text()
    assert window.desk.case(number).row.at_centre
    assert "没有，全部已到中心" in named(page, "sync-waiting").text()
