"""Text documents (DOCX): their tables and paragraphs; what is broken or hostile is refused in words."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from office_documents import docx, packed

from desk.errors import RefusedError
from desk.words.sheets import opening, text_reader
from desk.words.sheets.docx_reader import TEXT
from desk.words.sheets.grid import Book, Watch

NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def read(path: Path) -> Book:
    return opening.read_any(path, Watch())


def test_tables_with_the_paragraph_above_and_all_paragraphs(tmp_path: Path) -> None:
    book = read(docx(tmp_path / "a.docx", "第一张", "", [["甲", "乙\n丙"]], "后面", [["丁"]]))
    first, second, text = book.sheets
    assert [(row.number, [cell.text for cell in row.cells]) for row in first.rows] == [
        (0, ["第一张"]),
        (1, ["甲", "乙\n丙"]),
    ]
    assert [cell.text for row in second.rows for cell in row.cells] == ["后面", "丁"]
    assert (text.name, [row.at(0).text for row in text.rows]) == (TEXT, ["第一张", "后面"])


def test_merged_cells(tmp_path: Path) -> None:
    rows = [
        [("甲", 1, "restart"), ("宽", 2, "")],
        [("", 1, "continue"), "乙", "丙"],
        [("丁", 1, "restart"), "戊", "己"],
        [("", 1, "continue"), "庚", "辛"],
    ]
    (sheet, _) = read(docx(tmp_path / "a.docx", rows)).sheets
    assert set(sheet.merged) == {(1, 0, 2, 0), (1, 1, 1, 2), (3, 0, 4, 0)}
    assert [cell.text for cell in sheet.rows[1].cells] == ["", "乙", "丙"]


def test_a_table_within_a_cell_is_words_of_the_cell(tmp_path: Path) -> None:
    inner = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>里</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    cell = f"<w:tc><w:p><w:r><w:t>外</w:t></w:r></w:p>{inner}</w:tc>"
    path = packed(tmp_path / "a.docx", f"<w:document {NS}><w:tbl><w:tr>{cell}</w:tr></w:tbl></w:document>")
    assert read(path).sheets[0].rows[0].at(0).text.split() == ["外", "里"]


def test_entities_are_refused(tmp_path: Path) -> None:
    bomb = f'<!DOCTYPE a [<!ENTITY b "哈"><!ENTITY c "&b;&b;&b;">]><w:document {NS}>&c;</w:document>'
    with pytest.raises(RefusedError) as caught:
        read(packed(tmp_path / "a.docx", bomb))
    assert "不该有的内容" in caught.value.happened


def test_what_unpacks_without_end_is_refused(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.docx", "<w:document>" + " " * (65 << 20) + "</w:document>")
    assert path.stat().st_size < 1 << 20
    with pytest.raises(RefusedError) as caught:
        read(path)
    assert "太大" in caught.value.happened


@pytest.mark.parametrize("cut", [40, 200])
def test_what_is_broken_is_refused(tmp_path: Path, cut: int) -> None:
    path = docx(tmp_path / "a.docx", "甲", [["乙" * 400]])
    xml = zipfile.ZipFile(path).read("word/document.xml").decode()[:-cut]
    with pytest.raises(RefusedError) as caught:
        read(packed(path, xml))
    assert "坏了" in caught.value.happened


def test_a_roll_of_people_is_no_document(tmp_path: Path) -> None:
    with pytest.raises(RefusedError) as caught:
        opening.read(docx(tmp_path / "a.docx", "甲"), Watch())
    assert "文字文档" in caught.value.happened


def test_too_many_rows(tmp_path: Path) -> None:
    rows = "<w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc></w:tr>" * 50_001
    path = packed(tmp_path / "a.docx", f"<w:document {NS}><w:tbl>{rows}</w:tbl></w:document>")
    with pytest.raises(RefusedError) as caught:
        read(path)
    assert "50001 行" in caught.value.happened


def test_signs_within_quotes_part_no_cells() -> None:
    text = '事项名称,申请材料\n婚姻登记,"户口簿，身份证；\n照片，申请表；\n声明书，证明；"\n'
    assert text_reader.lines(text) == [
        ["事项名称", "申请材料"],
        ["婚姻登记", "户口簿，身份证；\n照片，申请表；\n声明书，证明；"],
    ]
