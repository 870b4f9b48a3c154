"""Files taken in through the window: looked at, answered, taken whole, undone; and what is pasted under a filter."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QTableView

from desk.counter.rolls import RollLine
from ui.dialogs import import_dialog
from ui.dialogs.import_dialog import ImportDialog
from ui.models.roll_table import RollTable
from ui.pages.people import PeoplePage
from ui.pages.roll import RollPage
from ui.window import MainWindow

FILES = Path(__file__).parent.parent / "desk" / "counter" / "office_files"
Settle = Callable[[], None]


def dialog() -> ImportDialog:
    (found,) = [one for one in QApplication.topLevelWidgets() if isinstance(one, ImportDialog) and one.isVisible()]
    return found


def answer(where: ImportDialog, name: str, at: int) -> None:
    box = where.findChild(QComboBox, name)
    assert box is not None
    box.setCurrentIndex(at)
    box.activated.emit(at)


def people_page(window: MainWindow, settle: Settle) -> PeoplePage:
    window.open("people")
    settle()
    page = window.page("people")
    assert isinstance(page, PeoplePage)
    return page


def roll_page(window: MainWindow, settle: Settle) -> RollPage:
    window.open("roll")
    settle()
    page = window.page("roll")
    assert isinstance(page, RollPage)
    code = next(row.item.task_code for row in window.desk.items() if row.item.roll and not row.refusal)
    page.item.setCurrentIndex(page.item.findData(code))
    return page


def test_a_roll_is_taken_in_once_its_question_is_answered(window: MainWindow, settle: Settle) -> None:
    page = roll_page(window, settle)
    page.from_sheet(FILES / "hidden_row.xlsx")
    settle()
    box = dialog()
    assert not box.go.isEnabled()
    assert box.findChild(QLabel, "import-told").text() == "请先回答上面的问题。"
    answer(box, "import-answer-hidden_rows", 2)
    settle()
    assert box.go.isEnabled()
    assert box.model.rowCount() == 3
    box.take()
    settle()
    assert [one.name for one in page.model.lines] == ["张三", "王五", "阿拉坦其其格"]
    assert page.model.lines[0].values
    page.undo()
    assert page.model.lines == []


def test_a_column_can_be_given_another_meaning(window: MainWindow, settle: Settle) -> None:
    page = roll_page(window, settle)
    page.from_sheet(FILES / "plain.xlsx")
    settle()
    box = dialog()
    column = box.findChild(QComboBox, "import-column-D")
    assert column.currentData() == "address"
    answer(box, "import-column-D", column.findData("missing"))
    settle()
    box.take()
    settle()
    assert (page.model.lines[0].address, page.model.lines[0].missing) == ("", "一组")


def test_only_rows_with_something_to_say_are_shown_when_asked(window: MainWindow, settle: Settle) -> None:
    roll_page(window, settle).from_sheet(FILES / "id_sci.csv")
    settle()
    box = dialog()
    assert box.model.rowCount() == 4
    box.only.setChecked(True)
    assert box.model.rowCount() == 1
    table = box.findChild(QTableView, "import-rows")
    words = table.model().index(0, table.model().columnCount() - 1).data()
    assert words.startswith("✕ B：号码被表格程序当成数字")
    box.reject()


def test_people_come_in_and_go_again(window: MainWindow, settle: Settle) -> None:
    page = people_page(window, settle)
    import_dialog.read(page, window.desk, FILES / "plain.xlsx", page.imports.of_roster)
    settle()
    box = dialog()
    assert "新增 4 人" in box.findChild(QLabel, "import-counts").text()
    box.take()
    settle()
    assert len(window.desk.people.search("")) == 4
    (done,) = window.desk.imports.listed()
    page.imports.undo(done)
    settle()
    assert window.desk.people.search("") == ()
    page.imports.past()
    settle()
    (past,) = [one for one in QApplication.topLevelWidgets() if one.objectName() == "imports" and one.isVisible()]
    assert "已撤销" in [one.text() for one in past.findChildren(QLabel)]
    past.close()


def test_what_differs_is_kept_unless_ticked(window: MainWindow, settle: Settle, tmp_path: Path) -> None:
    page = people_page(window, settle)
    place = tmp_path / "a.csv"
    for phone in ("13900000001", "13900000002"):
        place.write_text(f"姓名,身份证号,电话\n张三,152523196001100016,{phone}\n", encoding="utf-8")
        import_dialog.read(page, window.desk, place, page.imports.of_roster)
        settle()
        box = dialog()
        if phone.endswith("2"):
            assert [box.differences.index(0, at).data() for at in range(4)] == [
                "张三", "电话", "13900000001", "13900000002",
            ]  # fmt: skip
            box.differences.setData(box.differences.index(0, 3), Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
        box.take()
        settle()
    (found,) = window.desk.people.search("")
    assert window.desk.people.person(found.id).phone == "13900000002"


def test_a_ledger_stands_with_the_person_and_in_the_command_box(
    window: MainWindow, settle: Settle, tmp_path: Path
) -> None:
    page = people_page(window, settle)
    import_dialog.read(page, window.desk, FILES / "plain.xlsx", page.imports.of_roster)
    settle()
    dialog().take()
    settle()
    place = tmp_path / "台账.csv"
    place.write_text("日期,姓名,身份证号,事项\n2019,张三,152523196001100016,低保\n", encoding="gb18030")
    import_dialog.read(page, window.desk, place, page.imports.of_ledger)
    settle()
    dialog().take()
    settle()
    (found,) = window.desk.people.search("张三")
    page.load(found.id)
    settle()
    assert "补录" in [chip.accessibleName() for chip in page.findChildren(object) if hasattr(chip, "accessibleName")]
    (line,) = window.desk.people.past("zhangsan")
    assert (line.item, line.person_id) == ("低保", found.id)


def test_a_file_that_cannot_be_read_is_told(window: MainWindow, settle: Settle) -> None:
    page = people_page(window, settle)
    import_dialog.read(page, window.desk, FILES / "old.xls", page.imports.of_roster)
    settle()
    shown = [one for one in QApplication.topLevelWidgets() if one.isVisible() and one is not window]
    assert any("读不出来" in label.text() for one in shown for label in one.findChildren(QLabel))


@pytest.mark.parametrize("only", [False, True])
def test_what_is_pasted_goes_into_the_rows_that_are_seen(window: MainWindow, only: bool) -> None:
    table = RollTable(window)
    last = tuple(RollLine(name, number) for name, number in (("甲", "1"), ("乙", "2"), ("丙", "3")))
    table.start(None, [*last[:1], RollLine("乙", "2", "139"), RollLine("丁", "4")], last)
    table.show_only_changes(only=only)
    assert table.paste(0, 3, "一组\n二组") == (2, 0)
    places = [one.address for one in table.lines]
    assert places == (["", "一组", "二组"] if only else ["一组", "二组", ""])
    if only:
        assert table.rowCount() == 2


def test_what_has_no_room_is_told(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.models.roll_table.MOST", 999)
    table = RollTable(window)
    table.start(None, [], ())
    assert table.paste(0, 0, "\n".join("张三" for _ in range(1005))) == (999, 6)
    assert len(table.lines) == 999
