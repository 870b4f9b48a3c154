"""What belongs to paper in the window: Mongolian texts and labels, rare characters, a receipt's code, signed copies."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import full_draft
from openpyxl import Workbook, load_workbook
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QLabel, QPushButton, QScrollArea, QWidget

from desk.log.files import FileRef
from desk.store.snapshots import CaseQuery
from desk.words.guide_texts import GuideTexts
from desk.words.label_list import LABELS
from ui.devices import print_queue
from ui.dialogs.mongolian_dialog import LabelsDialog, TextsDialog
from ui.dialogs.picture_dialog import PictureDialog
from ui.look import theme
from ui.widgets.column_edit import ColumnEdit
from ui.window import MainWindow

WORDS = "ᠮᠣᠩᠭᠣᠯ ᠪᠢᠴᠢᠭ"
RARE = "\U00032500"
Settle = Callable[[], None]


def dialog(name: str) -> QDialog:
    found = [one for one in QApplication.topLevelWidgets() if one.objectName() == name and one.isVisible()]
    assert len(found) == 1, [one.objectName() for one in QApplication.topLevelWidgets()]
    assert isinstance(found[0], QDialog)
    return found[0]


def child(parent: QWidget, kind: type, name: str) -> QWidget:
    found = parent.findChild(kind, name)
    assert found is not None, name
    return found


def drawn(label: QWidget) -> bytes:
    assert isinstance(label, QLabel)
    image = label.pixmap().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    return bytes(image.constBits())


def wait(qtbot: object, true: Callable[[], object], settle: Settle) -> None:
    def reached() -> bool:
        settle()
        return bool(true())

    qtbot.waitUntil(reached, timeout=8000)  # type: ignore[attr-defined]


def test_a_text_typed_stands_in_columns_beside_it_and_prints(window: MainWindow, settle: Settle, qtbot: object) -> None:
    window.open("guides")
    settle()
    page = window.page("guides")
    code = page.list.code()
    child(page, QPushButton, "guides-mongolian").click()
    settle()
    box = dialog("mongolian")
    assert isinstance(box, TextsDialog)
    wait(qtbot, lambda: not box.view.pixmap().isNull(), settle)
    empty = drawn(box.view)
    box.editors["name"].setPlainText(WORDS)
    child(box, QPushButton, "mongolian-sign-0").click()
    wait(qtbot, lambda: drawn(box.view) != empty, settle)
    assert "\u202f" in box.editors["name"].toPlainText()
    box.save()
    settle()
    assert "审定人" in child(box, QLabel, "mongolian-told").text()  # nobody reviewed it yet, nothing is kept
    assert window.desk.mongolian.texts(code) == GuideTexts()
    box.reviewer.setText("那木吉拉")
    box.save()
    settle()
    kept = window.desk.mongolian.texts(code)
    assert (kept.reviewer, kept.reviewed_on) == ("那木吉拉", "2026-11-24")
    assert WORDS.split(" ", maxsplit=1)[0] in kept.name
    assert window.desk.papers.guide(code, "mn").pdf != window.desk.papers.guide(code, "zh").pdf


def test_the_banners_words_are_typed_imported_proofed_and_printed(
    window: MainWindow, settle: Settle, qtbot: object, tmp_path: Path
) -> None:
    window.open("settings")
    wait(qtbot, lambda: window.findChild(QPushButton, "settings-labels") is not None, settle)
    child(window, QPushButton, "settings-labels").click()
    settle()
    box = dialog("labels")
    assert isinstance(box, LabelsDialog)
    wait(qtbot, lambda: box.list.count() > 100, settle)
    box.search.setText("申请人")
    QTest.keyClick(box.search, Qt.Key.Key_End)
    box._fill()
    assert box.list.key() == "申请人"
    box.words.setPlainText("abc")
    box.reviewer.setText("那木吉拉")
    box.save()
    settle()
    assert "没有蒙古文字母" in box._told.text()
    box.words.setPlainText(WORDS)
    box.save()
    settle()
    assert window.desk.mongolian.printed() == {"申请人": WORDS}
    told = child(box, QLabel, "labels-count").text()
    assert told == f"已审定 1 个，共 {len(LABELS)} 个"
    box.export_to(tmp_path / "a.xlsx")
    settle()
    book = load_workbook(tmp_path / "a.xlsx")
    assert [cell.value for cell in book.worksheets[0][1]] == ["汉文", "蒙古文", "审定人", "审定日期"]
    assert ("申请人", WORDS) in [(line[0].value, line[1].value) for line in book.worksheets[0].iter_rows()]
    sheet = Workbook()
    for line in (
        ("汉文", "蒙古文", "审定人", "审定日期"),
        ("证件号码", WORDS, "乌兰", "2026-11-01"),
        ("不存在", WORDS, "乌兰", ""),
        ("备注", WORDS, "", ""),
        ("材料", "abc", "乌兰", ""),
        ("地点", "", "", ""),
    ):
        sheet.active.append(line)  # type: ignore[union-attr]
    sheet.save(tmp_path / "b.xlsx")
    box.import_table(tmp_path / "b.xlsx")
    settle()
    assert "收进 1 个词，3 行没有收" in box._told.text()
    assert set(window.desk.mongolian.printed()) == {"申请人", "证件号码"}
    (tmp_path / "c.xlsx").write_bytes(b"PK\x03\x04 broken")
    box.import_table(tmp_path / "c.xlsx")
    settle()
    assert "读不出来" in box._told.text()
    child(box, QPushButton, "labels-proof").click()
    settle()
    assert dialog("paper").windowTitle() == "蒙古文用词清样"
    dialog("paper").close()
    box.accept()
    order = child(window, QComboBox, "settings-mn-order")
    order.setCurrentIndex(order.findData("above"))
    name = child(window, ColumnEdit, "settings-name-mn")
    name.setPlainText(WORDS)
    name.editingFinished.emit()
    settle()
    kept = window.desk.office_book.settings()
    assert (kept.mongolian_order, kept.point_name_mn) == ("above", WORDS)
    number = window.desk.register(full_draft(window.desk)).intake_no
    above = window.desk.papers.deadline_sheet(number, window.desk.case(number).clocks[0]).pdf
    order.setCurrentIndex(order.findData(""))
    settle()
    assert window.desk.papers.deadline_sheet(number, window.desk.case(number).clocks[0]).pdf != above


def test_a_rare_character_goes_into_the_field_that_asked(window: MainWindow, settle: Settle, qtbot: object) -> None:
    window.open("register")
    settle()
    field = window.page("register").person.applicant.name
    window.activateWindow()
    field.setFocus()
    field.setText("阿")
    window.run("han")
    box = dialog("han")
    box._target = box._target or field  # the off-screen window may not have the focus
    box.search.setText("⿰土厂")
    box.search.asked.emit("⿰土厂")
    wait(qtbot, lambda: box.list.count() > 0, settle)
    assert box.list.choose(next(line.key for line in box.list._lines.lines if line.key.char == "𡉃"))
    assert box.shown.text() == "𡉃"
    QTest.keyClick(box.search, Qt.Key.Key_Return)
    assert field.text() == "阿𡉃"


def test_a_rare_name_is_found_kept_and_exported(window: MainWindow, settle: Settle, tmp_path: Path) -> None:
    draft = full_draft(window.desk)
    import msgspec

    name = "阿𡉃𰻝𫝆"
    draft = msgspec.structs.replace(draft, applicant=msgspec.structs.replace(draft.applicant, name=name))
    number = window.desk.register(draft).intake_no
    for asked in ("𡉃", "𰻝𫝆", name):
        assert [row.intake_no for row in window.desk.cases(CaseQuery(text=asked))] == [number]
        assert [row.name for row in window.desk.people.search(asked, 5)] == [name]
    window.desk.cases_to(tmp_path / "a.xlsx", CaseQuery(), lambda _far: None, lambda: False)
    values = [cell.value for line in load_workbook(tmp_path / "a.xlsx").worksheets[0].iter_rows() for cell in line]
    assert name in values


def test_a_receipt_is_checked_by_its_code(window: MainWindow, settle: Settle) -> None:
    from desk.log import receipt_code

    number = window.desk.register(full_draft(window.desk)).intake_no
    window.run("check")
    box = dialog("check")
    box.code.setText(receipt_code.make(window.desk.identity.keys, number))
    QTest.keyClick(box.code, Qt.Key.Key_Return)
    settle()
    assert box.told.text().startswith("✓")
    box.code.setText("DBR1.x.y")
    QTest.keyClick(box.code, Qt.Key.Key_Return)
    settle()
    assert box.told.text().startswith("✕")
    box.read_picture(Path(__file__))
    settle()
    assert "打不开" in box.told.text()


def photo(colour: str = "black") -> QImage:
    made = QImage(600, 400, QImage.Format.Format_RGB32)
    made.fill(QColor("white"))
    for x in range(200, 400):
        for y in range(100, 300):
            made.setPixelColor(x, y, QColor(colour))
    return made


def test_the_signed_copy_is_kept_beside_the_paper(window: MainWindow, settle: Settle) -> None:
    number = window.desk.register(full_draft(window.desk)).intake_no
    sha = window.desk.papers.case_paper(number, "entrusted").sha256
    window.open("case", intake_no=number)
    settle()
    child(window.page("case"), QPushButton, f"paper-signed-{sha[:8]}").click()
    settle()
    box = dialog("pictures")
    assert isinstance(box, PictureDialog)
    box.add_image(photo(), "签字件")
    settle()
    box.accept()
    settle()
    (paper,) = [one for one in window.desk.case(number).papers if one.sha256 == sha]
    assert len(paper.signed) == 1
    assert isinstance(paper.signed[0], FileRef)
    assert window.desk.pictures.read(paper.signed[0].sha256).startswith(b"\xff\xd8\xff")
    assert window.desk.case(number).case.history[-1].kind == "paper.signed"
    assert child(window.page("case"), QPushButton, f"paper-scans-{sha[:8]}").isVisible()
    assert window.desk.case(number).case.state.value == "collected"


def test_a_character_that_no_font_has_is_told_and_cut_out_of_the_card(window: MainWindow, settle: Settle) -> None:
    import msgspec

    draft = full_draft(window.desk)
    person = msgspec.structs.replace(draft.applicant, name=f"阿{RARE}")
    number = window.desk.register(msgspec.structs.replace(draft, applicant=person)).intake_no
    first = window.desk.papers.receipt(number)
    assert first.missing == (RARE,)
    window.open("case", intake_no=number)
    settle()
    window.page("case")._acts.paper(lambda: window.desk.papers.receipt(number))
    settle()
    paper = dialog("paper")
    assert "U+32500" in paper.view._told.text()
    child(paper, QPushButton, "paper-glyphs").click()
    settle()
    box = dialog("pictures")
    assert isinstance(box, PictureDialog)
    box.add_image(photo(), "身份证")
    settle()
    box.view._band.setGeometry(QRect(box.view.rect().center(), box.view.rect().center()).adjusted(-40, -40, 40, 40))
    box.view._band.show()
    box.crop()
    settle()
    box.accept()
    settle()
    assert window.desk.glyphs.pictures()[RARE].startswith(b"\x89PNG")
    second = window.desk.papers.receipt(number)
    assert second.missing == ()
    assert second.pdf != first.pdf
    assert window.desk.papers.receipt(number).pdf == second.pdf
    paper.close()


def test_a_booklet_can_be_stopped(window: MainWindow) -> None:
    from desk.errors import CancelledError

    codes = tuple(row.item.task_code for row in window.desk.items())
    far: list[int] = []
    with pytest.raises(CancelledError):
        window.desk.papers.booklet(codes, "zh", lambda one: far.append(one.done), lambda: len(far) >= 3)
    assert far == [0, 1, 2]


def test_nothing_is_printed_unseen_while_a_character_has_no_glyph(window: MainWindow, settle: Settle) -> None:
    import msgspec

    from desk.counter.office.office_settings import Settings

    before = dict(print_queue.queue().jobs)
    window.desk.office_book.keep(Settings(print_at_once=True, roll_device="127.0.0.1:9", receipt_paper="80mm"))
    window.open("register")
    settle()
    page = window.page("register")
    draft = full_draft(window.desk)
    person = msgspec.structs.replace(draft.applicant, name=f"阿{RARE}")
    page.show_draft(msgspec.structs.replace(draft, applicant=person))
    page.submit()
    settle()
    settle()
    view = page.receipt.view
    assert view._told.isVisible()
    assert "U+32500" in view._told.text()
    assert print_queue.queue().jobs == before


def test_of_a_long_paper_only_pages_in_sight_are_drawn_and_printing_it_can_be_stopped(
    window: MainWindow, settle: Settle, qtbot: object, tmp_path: Path
) -> None:
    from PySide6.QtPrintSupport import QPrinter

    from desk.errors import CancelledError
    from ui.dialogs.paper_print import print_to
    from ui.dialogs.paper_view import PaperDialog

    codes = tuple(row.item.task_code for row in window.desk.items())
    paper = window.desk.papers.booklet(codes, "zh", lambda _far: None, lambda: False)
    box = PaperDialog(window, paper)
    box.open()
    wait(qtbot, lambda: len(box.view._labels) > 60, settle)
    wait(qtbot, lambda: box.view._drawn and all(box.view._drawn.values()), settle)
    assert 1 <= len(box.view._drawn) < 6
    bar = box.view._area.verticalScrollBar()
    bar.setValue(bar.maximum())
    last = len(box.view._labels) - 1
    wait(qtbot, lambda: box.view._drawn.get(last), settle)
    assert 0 not in box.view._drawn
    assert len(box.view._drawn) < 6
    box.close()
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    far: list[int] = []
    with pytest.raises(CancelledError):
        print_to(printer, paper.pdf, lambda one: far.append(one.done), lambda: len(far) == 2)
    assert far == [0, 1]


def test_a_shorter_paper_is_shown_while_a_long_one_is_scrolled(
    window: MainWindow, settle: Settle, caplog: pytest.LogCaptureFixture
) -> None:
    """The former one's pages are there until the new ones are counted: nobody asks the new paper for them."""
    from ui.dialogs.paper_view import PaperDialog

    codes = tuple(row.item.task_code for row in window.desk.items())[:3]
    long = window.desk.papers.booklet(codes, "zh", lambda _far: None, lambda: False)
    short = window.desk.papers.test_page("58mm")
    box = PaperDialog(window, long)
    box.open()
    settle()
    bar = box.view._area.verticalScrollBar()
    box.view.show_paper(short)
    bar.setValue(bar.maximum())
    settle()
    assert len(box.view._labels) == 1
    assert box.view._drawn == {0: True}
    assert caplog.records == []
    box.close()


def test_nothing_of_a_case_is_cut_off_in_the_largest_type(
    window: MainWindow, settle: Settle, qapp: QApplication
) -> None:
    number = window.desk.register(full_draft(window.desk)).intake_no
    window.desk.papers.receipt(number)
    theme.apply(qapp, "light", 1.5)
    window.open("case", intake_no=number)
    settle()
    area = child(window, QScrollArea, "case-scroll")
    assert area.widget().minimumSizeHint().width() <= area.viewport().width()
