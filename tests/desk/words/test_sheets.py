"""Files of cells read by what they are: hidden and merged in XLSX and XLS, dates, odd writers, cut and large ones."""

from __future__ import annotations

import datetime as dt
import zipfile
from pathlib import Path

import old_xls
import pytest
from openpyxl import Workbook

from desk.errors import CancelledError, RefusedError
from desk.words.sheets import opening, text_reader
from desk.words.sheets.grid import MOST_ROWS, Book, Watch

ROWS = [["姓名", "身份证号", "住址"], ["张三", "152523196001100016", "一组"], ["李四", 152523196102110029.0, ""]]


def texts(book: Book) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in book.sheets[0].rows]


def read(path: Path) -> Book:
    return opening.read(path, Watch())


@pytest.mark.parametrize("name", ["old.xls", "wps.et", "renamed.xlsx", "renamed.csv"])
def test_xls_is_known_by_what_is_in_it(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(old_xls.workbook(ROWS, hidden=[2], merged=[(1, 2, 2, 2)]))
    book = read(tmp_path / name)
    assert texts(book)[:2] == [["姓名", "身份证号", "住址"], ["张三", "152523196001100016", "一组"]]
    last = book.sheets[0].rows[2]
    assert last.hidden
    assert last.cells[1].numeric
    assert book.sheets[0].merged == ((2, 2, 3, 2),)


def test_xlsx_tells_hidden_filtered_merged_and_days(tmp_path: Path) -> None:
    made = Workbook()
    sheet = made.active
    for row in (["姓名", "日期"], ["张三", dt.date(2024, 5, 1)], ["李四", "x"]):
        sheet.append(row)
    sheet.row_dimensions[3].hidden = True
    sheet.auto_filter.ref = "A1:B3"
    sheet.merge_cells("A5:B5")
    made.create_sheet("藏").sheet_state = "veryHidden"
    made.save(tmp_path / "a.xlsx")
    book = read(tmp_path / "a.xlsx")
    assert texts(book) == [["姓名", "日期"], ["张三", "2024-05-01"], ["李四", "x"]]
    assert [row.hidden for row in book.sheets[0].rows] == [False, False, True]
    assert book.sheets[0].filtered
    assert book.sheets[0].merged == ((5, 0, 5, 1),)
    assert [(one.name, one.hidden) for one in book.sheets] == [("Sheet", False), ("藏", True)]


def packed(path: Path, parts: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in parts.items():
            made.writestr(name, text)
    return path


def test_cells_without_a_place_and_parts_without_a_list_are_read(tmp_path: Path) -> None:
    name = "<c t='inlineStr'><is><r><t>姓</t></r><r><t>名</t></r><rPh><t>xing</t></rPh></is></c>"
    rows = f"<row>{name}<c><v>1.50</v></c></row>"
    sheet = (
        f"<x:worksheet xmlns:x='a'><sheetData>{rows}<row r='9'><c r='B9' t='str'><v>_x000D_完</v></c></row></sheetData>"
    )
    book = read(packed(tmp_path / "a.xlsx", {"xl/worksheets/sheet1.xml": sheet + "</x:worksheet>"}))
    assert texts(book) == [["姓名", "1.5"], ["", "完"]]
    assert [row.number for row in book.sheets[0].rows] == [1, 9]


def test_a_file_cut_within_its_rows_is_refused_and_says_where(tmp_path: Path) -> None:
    rows = "".join(f"<row r='{at}'><c r='A{at}'><v>{at}</v></c></row>" for at in range(1, 8))
    place = packed(tmp_path / "a.xlsx", {"xl/worksheets/sheet1.xml": f"<worksheet><sheetData>{rows}<row r='8'><c "})
    with pytest.raises(RefusedError, match="第 7 行"):
        read(place)


def test_entities_are_not_unfolded(tmp_path: Path) -> None:
    text = "<!DOCTYPE a [<!ENTITY b 'c'>]><worksheet><sheetData/></worksheet>"
    with pytest.raises(RefusedError, match="不该有的内容"):
        read(packed(tmp_path / "a.xlsx", {"xl/worksheets/sheet1.xml": text}))


def test_too_many_rows_are_refused_with_their_number(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("姓名\n" + "张三\n" * MOST_ROWS, encoding="utf-8")
    with pytest.raises(RefusedError, match=f"{MOST_ROWS + 1} 行"):
        read(tmp_path / "a.csv")


def test_empty_rows_without_end_are_no_rows(tmp_path: Path) -> None:
    rows = "".join(f"<row r='{at}'><c r='A{at}' s='1'/></row>" for at in range(2, 60_000))
    sheet = f"<worksheet><sheetData><row r='1'><c r='A1'><v>1</v></c></row>{rows}</sheetData></worksheet>"
    assert texts(read(packed(tmp_path / "a.xlsx", {"xl/worksheets/sheet1.xml": sheet}))) == [["1"]]


def test_reading_tells_how_far_it_is_and_stops(tmp_path: Path) -> None:
    rows = "".join(f"<row r='{at}'><c r='A{at}'><v>{at}</v></c></row>" for at in range(1, 9000))
    sheet = f"<worksheet><sheetData>{rows}</sheetData></worksheet>"
    place = packed(tmp_path / "a.xlsx", {"xl/worksheets/sheet1.xml": sheet})
    far: list[tuple[int, int]] = []
    opening.read(place, Watch(lambda done, total: far.append((done, total))))
    assert len(far) > 3
    assert far[-1] == (len(sheet), len(sheet))
    with pytest.raises(CancelledError):
        opening.read(place, Watch(None, lambda: len(far) > 0))


@pytest.mark.parametrize(
    ("raw", "right"),
    [
        ("姓名,𠮷\n".encode("gb18030"), [["姓名", "𠮷"]]),
        ("姓名，住址\n".encode(), [["姓名", "住址"]]),
        (b"\xfe\xff" + "姓名,a".encode("utf-16-be"), [["姓名", "a"]]),
        ("名,a,b\n张,1,2\n".encode("utf-16-le"), [["名", "a", "b"], ["张", "1", "2"]]),
        (b'a,"b\nc",d\r\n', [["a", "b\nc", "d"]]),
    ],
)
def test_text_in_many_encodings(raw: bytes, right: list[list[str]]) -> None:
    assert [line for line in text_reader.lines(text_reader.decoded(raw)[0]) if line] == right


def test_a_byte_that_is_no_character_names_its_line() -> None:
    with pytest.raises(RefusedError, match="第 2 行"):
        text_reader.decoded("姓名\n张".encode("gb18030") + b"\xff\xff" + "三\n四\n五".encode("gb18030"))
