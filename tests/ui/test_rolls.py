"""A roll in the window: from an office's file in few keys, twice, undone, and as long as it may be."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from counter_steps import roll_of
from openpyxl import Workbook
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QPushButton

from desk.counter import rolls
from desk.counter.rolls import RollDraft
from desk.folds.case import State
from desk.store.snapshots import CaseQuery
from ui.dialogs.import_dialog import ImportDialog
from ui.pages.roll import RollPage
from ui.widgets.ask import Ask
from ui.window import MainWindow

Settle = Callable[[], None]
ALT = Qt.KeyboardModifier.AltModifier
_PRESSED = 150  # milliseconds that Qt shows a button pressed by its letter
NONE = Qt.KeyboardModifier.NoModifier


class Hand:
    """Presses keys in the window that is in front, and counts them: a key with Alt or Ctrl held is one."""

    def __init__(self, window: MainWindow, settle: Settle) -> None:
        self.presses, self._window, self._settle = 0, window, settle

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
        front = QApplication.activeModalWidget() or self._window
        front.activateWindow()  # as a window manager does when a dialog over it is gone
        assert QTest.qWaitForWindowActive(front)
        self.presses += 1
        QTest.keyClick(front.focusWidget() or front, key, held)
        QTest.qWait(_PRESSED if held else 0)
        self._settle()

    def choose_file(self, place: Path) -> None:
        """The path typed (or chosen) in the file dialog, and Enter: one step."""
        tries = QTimer(QApplication.instance())

        def look() -> None:
            for box in QApplication.topLevelWidgets():
                if isinstance(box, QFileDialog) and box.isVisible():
                    tries.stop()
                    line = box.findChild(QLineEdit, "fileNameEdit")
                    assert line is not None
                    line.setText(str(place))
                    QTest.keyClick(line, Qt.Key.Key_Return)

        tries.timeout.connect(look)
        tries.start(20)
        self.presses += 1


@pytest.fixture
def page(window: MainWindow, settle: Settle) -> RollPage:
    window.open("roll")
    settle()
    found = window.page("roll")
    assert isinstance(found, RollPage)
    return found


def shown(name: str) -> Ask:
    (found,) = [one for one in QApplication.topLevelWidgets() if one.objectName() == name and one.isVisible()]
    assert isinstance(found, Ask)
    return found


def filled(page: RollPage, draft: RollDraft, settle: Settle) -> None:
    page.item.setCurrentIndex(page.item.findData(draft.task_code))
    page.model.start(page.desk.item(draft.task_code), list(draft.lines), ())
    settle()


def office_file(place: Path, draft: RollDraft, window: MainWindow) -> None:
    """As a township sends it: a title, headings with units, a total."""
    item = window.desk.item(draft.task_code)
    book = Workbook()
    book.active.append(["2026 年草原补奖花名册"])
    book.active.append(
        ["序号", "姓　名", "身份证\n号码", "住址", *(f"{one.name}（{one.unit}）" for one in item.fields)]
    )
    for at, one in enumerate(draft.lines, 1):
        book.active.append([at, one.name, one.id_number, one.address, *(one.values[f.code] for f in item.fields)])
    book.active.append(["", "合计"])
    book.save(place)


def test_a_roll_of_60_from_an_office_file_in_at_most_6_keys(window: MainWindow, settle: Settle, tmp_path: Path) -> None:
    draft, place = roll_of(window.desk, 60), tmp_path / "花名册.xlsx"
    office_file(place, draft, window)
    window.activateWindow()
    settle()
    hand = Hand(window, settle)
    hand.press(Qt.Key.Key_2, ALT)  # 批量
    hand.choose_file(place)
    hand.press(Qt.Key.Key_X, ALT)  # 导入表格
    settle()
    assert isinstance(QApplication.activeModalWidget(), ImportDialog)
    hand.press(Qt.Key.Key_Return)  # 导入
    hand.press(Qt.Key.Key_G, ALT)  # 全部登记
    assert window.desk.count_cases(CaseQuery(task_code=draft.task_code)) == 60
    assert hand.presses <= 6
    (kept,) = window.desk.rolls.listed()
    assert [row.id_number for row in kept.taken.rows] == [one.id_number for one in draft.lines]


def test_a_roll_taken_twice_is_asked_about(page: RollPage, settle: Settle) -> None:
    desk = page.desk
    filled(page, roll_of(desk, 5), settle)
    page.take()
    settle()
    filled(page, roll_of(desk, 5), settle)
    page.take()
    settle()
    ask = shown("roll-asked")
    ask.submit()  # Enter alone does not do it: the reason is missing
    settle()
    assert desk.count_cases(CaseQuery()) == 5
    ask.reject()
    assert len(page.model.lines) == 5
    filled(page, roll_of(desk, 7), settle)
    page.take()
    settle()
    shown("roll-asked").submit()  # those that were are left out
    settle()
    assert desk.count_cases(CaseQuery()) == 7


def test_a_roll_is_undone_from_the_list_of_rolls_and_comes_back_to_be_mended(page: RollPage, settle: Settle) -> None:
    desk = page.desk
    filled(page, roll_of(desk, 3), settle)
    page.name.setText("草补")
    page.take()
    settle()
    page.past()
    settle()
    (box,) = [one for one in QApplication.topLevelWidgets() if one.objectName() == "rolls" and one.isVisible()]
    (button,) = [one for one in box.findChildren(QPushButton) if one.objectName().startswith("rolls-undo-")]
    button.click()
    settle()
    ask = shown("roll-undo")
    why = ask.editor("why")
    assert isinstance(why, QLineEdit)
    why.setText("取错了表")
    ask.submit()
    settle()
    assert [row.state for row in desk.cases(CaseQuery())] == [State.VOID] * 3
    assert (len(page.model.lines), page.name.text()) == (3, "草补")
    page.past()
    settle()
    (box,) = [one for one in QApplication.topLevelWidgets() if one.objectName() == "rolls" and one.isVisible()]
    assert not [one for one in box.findChildren(QPushButton) if one.objectName().startswith("rolls-undo-")]


def test_more_rows_than_the_day_has_numbers_are_told_and_the_rest_stays(
    page: RollPage, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    from desk.law import numbers

    monkeypatch.setattr(numbers, "DAILY", 4)
    filled(page, roll_of(page.desk, 6), settle)
    page.take()
    settle()
    shown("roll-asked").submit()
    settle()
    assert page.desk.count_cases(CaseQuery()) == 4
    assert [one.name for one in page.model.lines] == [one.name for one in roll_of(page.desk, 6).lines[4:]]
    assert len(page.desk.rolls.draft().lines) == 2


def test_5000_rows_never_hold_the_window_up(page: RollPage, settle: Settle, tmp_path: Path) -> None:
    desk, many = page.desk, roll_of(page.desk, 5000)
    place = tmp_path / "a.csv"
    place.write_text("姓名,身份证号\n" + "".join(f"{a.name},{a.id_number}\n" for a in many.lines), encoding="utf-8")
    page.item.setCurrentIndex(page.item.findData(many.task_code))
    beats = [time.perf_counter()]
    heart = QTimer()
    heart.timeout.connect(lambda: beats.append(time.perf_counter()))
    heart.start(5)
    page.from_sheet(place)
    settle()
    (box,) = [one for one in QApplication.topLevelWidgets() if isinstance(one, ImportDialog) and one.isVisible()]
    box.only.setChecked(True)
    box.only.setChecked(False)
    box.take()
    settle()
    assert len(page.model.lines) == 5000
    page.model.start(desk.item(many.task_code), list(many.lines), many.lines)  # against last year's 5,000
    page.only.setChecked(True)
    settle()
    page.only.setChecked(False)
    page.table.go(4999)
    settle()
    page.take()
    settle()
    beats.append(time.perf_counter())
    assert shown("roll-asked").isVisible()
    assert max(later - before for before, later in itertools.pairwise(beats)) < 2.0
    assert rolls.MOST > 5000
