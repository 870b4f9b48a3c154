"""Small files as offices really send them, each with what is right."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from desk.counter.importing import targets
from desk.counter.importing.findings import Kind
from desk.counter.importing.preview import Choices, Preview, preview
from desk.errors import RefusedError
from desk.law.catalogue.item import Field
from desk.words.sheets import opening
from desk.words.sheets.grid import Watch

FILES = Path(__file__).parent.parent / "office_files"
TODAY = dt.date(2026, 11, 24)
FIELDS = (
    Field("banned", "禁牧面积", "hectares", True, unit="亩"),
    Field("balanced", "草畜平衡面积", "hectares", unit="亩"),
    Field("stock", "年末存栏", "head", unit="羊单位"),
)
WANTED = (*targets.ROLL, *(targets.of_field(one) for one in FIELDS))
PEOPLE = (
    ("张三", "152523196001100016", "13900000000"),
    ("李四", "152523196102110029", "13900000001"),
    ("王五", "152523196203120031", "13900000002"),
    ("阿拉坦其其格", "152523196304130044", "13900000003"),
)


def seen(name: str, choices: Choices | None = None) -> Preview:
    return preview(opening.read(FILES / name, Watch()), WANTED, choices or Choices(), TODAY)


def values(found: Preview, key: str) -> list[str]:
    return [line.values.get(key, "") for line in found.lines]


def test_every_file_has_its_right_value_here() -> None:
    named = Path(__file__).read_text("utf-8")
    assert [one.name for one in FILES.iterdir() if f'"{one.name}"' not in named] == []


WHOLE = [
    "plain.xlsx", "header_fullwidth_space.xlsx", "header_newline.xlsx", "header_bracket.xlsx",
    "header_variants.xlsx", "header_idnumber_zhengjian.xlsx", "title_row_above_header.xlsx",
    "total_row_and_note.xlsx", "notes_sheet_first.xlsx", "hidden_sheet_first.xlsx", "merged_address.xlsx",
    "wps_dimension_A1.xlsx", "wps_dimension_A1_C2.xlsx", "no_styles_bad_dxf.xlsx", "broken_styles.xlsx",
    "broken_xml.xlsx", "gbk.csv", "utf8.csv", "utf8bom.csv", "utf16.csv", "tabs.csv", "tabs_utf16.txt",
    "semicolon.csv", "cr_only.csv", "cut.csv", "lastbyte_cut.csv", "zero_bytes.csv", "id_eq.csv", "id_tab.csv",
]  # fmt: skip


@pytest.mark.parametrize("name", WHOLE)
def test_all_four_come_in_whole(name: str) -> None:
    found = seen(name)
    rows = list(zip(*(values(found, key) for key in ("name", "id_number", "phone")), strict=True))
    assert rows == list(PEOPLE)
    assert values(found, "address") == ["一组"] * 4
    assert {(*values(found, "values.banned"), *values(found, "values.balanced"))} == {("120.5",) * 8}
    assert values(found, "values.stock") == ["30"] * 4
    assert not found.wrong_rows
    assert not found.refusal


@pytest.mark.parametrize(
    ("name", "people"),
    [
        ("name_padded_fullwidth.xlsx", 3),
        ("name_padded_halfwidth2.xlsx", 3),
        ("name_nbsp_tail.xlsx", 3),
        ("id_apostrophe_text.xlsx", 3),
        ("id_fullwidth_spaces_x.xlsx", 3),
        ("id_zero_width.xlsx", 3),
        ("phone_as_float.xlsx", 3),
        ("phone_fullwidth.xlsx", 3),
        ("phone_ltr_marks.xlsx", 3),
        ("phone_two_slash.xlsx", 3),
    ],
)
def test_what_is_wrong_in_one_way_only_is_mended(name: str, people: int) -> None:
    found = seen(name)
    rows = list(zip(*(values(found, key) for key in ("name", "id_number", "phone")), strict=True))
    assert rows == list(PEOPLE[:people])
    assert not found.wrong_rows


@pytest.mark.parametrize(
    ("name", "column", "words"),
    [
        ("id_zero_width.xlsx", "B", "U+200B"),
        ("id_apostrophe_text.xlsx", "B", "U+0027"),
        ("phone_two_slash.xlsx", "C", "0482-4212345"),
        ("name_padded_fullwidth.xlsx", "A", "空格"),
        ("num_cn.xlsx", "E", "一百二十"),
    ],
)
def test_what_was_mended_is_told_with_its_place_and_the_character(name: str, column: str, words: str) -> None:
    first = seen(name).findings[0]
    assert (first.row, first.column) == (2, column)
    assert first.kind is not Kind.WRONG
    assert words in first.text


@pytest.mark.parametrize(
    ("name", "right"),
    [
        ("num_unit.xlsx", "120"),
        ("num_fullwidth.xlsx", "120"),
        ("num_comma.xlsx", "1200.5"),
        ("num_float.xlsx", "120.3"),
        ("num_cn.xlsx", "120"),
    ],
)
def test_numbers_are_read_however_they_are_written(name: str, right: str) -> None:
    found = seen(name)
    assert values(found, "values.banned") == [right] * 2
    assert not found.wrong_rows


def test_a_negative_area_is_refused_by_row_and_column() -> None:
    found = seen("num_neg.xlsx")
    assert found.wrong_rows == {2, 3}
    assert found.findings[0].sentence().startswith("第 2 行 E 列：“-5”是负数")


def test_a_formula_without_its_result_is_asked_about() -> None:
    found = seen("num_formula.xlsx")
    assert found.unanswered == ("formulas",)
    assert "E2：=60*2" in found.questions[0].text
    assert not found.ready
    assert seen("num_formula.xlsx", Choices(answers={"formulas": False})).refusal
    taken = seen("num_formula.xlsx", Choices(answers={"formulas": True}))
    assert taken.ready
    assert values(taken, "values.banned") == ["", ""]


@pytest.mark.parametrize(("name", "rows"), [("id_as_number_1.5E17.xlsx", {2, 3, 4}), ("id_sci.csv", {2})])
def test_numbers_that_lost_their_last_digits_are_refused_as_such(name: str, rows: set[int]) -> None:
    found = seen(name)
    assert found.wrong_rows == rows
    assert "丢了" in found.findings[0].text
    assert "文本" in found.findings[0].todo
    assert "id_number" not in found.lines[0].values


def test_hidden_rows_are_asked_about() -> None:
    found = seen("hidden_row.xlsx")
    assert found.unanswered == ("hidden_rows",)
    assert "第 3 行" in found.questions[0].text
    assert not found.ready
    assert len(seen("hidden_row.xlsx", Choices(answers={"hidden_rows": True})).good) == 4
    without = seen("hidden_row.xlsx", Choices(answers={"hidden_rows": False}))
    assert values(without, "name") == ["张三", "王五", "阿拉坦其其格"]
    assert [one.why for one in without.asides] == ["隐藏的行"]


def test_a_hidden_sheet_is_asked_about_and_notes_are_named() -> None:
    found = seen("hidden_sheet_first.xlsx")
    assert found.sheet == "Sheet"
    assert "隐藏的“数据字典”" in found.questions[0].text
    assert seen("hidden_sheet_first.xlsx", Choices(answers={"other_sheets": False})).refusal
    chosen = seen("hidden_sheet_first.xlsx", Choices(sheet="数据字典"))
    assert {"hidden_sheet", "other_sheets"} == set(chosen.unanswered)
    assert seen("notes_sheet_first.xlsx").notes == ("工作表“填表说明”不是名册，没有取。",)


def test_titles_totals_and_notes_are_set_aside_and_named() -> None:
    title = seen("title_row_above_header.xlsx")
    assert title.heading_row == 3
    assert [(one.row, one.why) for one in title.asides] == [(1, "表头上面的标题"), (2, "表头上面的标题")]
    assert "花名册" in title.asides[0].text
    total = seen("total_row_and_note.xlsx")
    assert [(one.row, one.why) for one in total.asides] == [(6, "合计行"), (8, "制表说明")]


def test_a_column_that_is_taken_for_nothing_is_named() -> None:
    assert [one.text for one in seen("header_variants.xlsx").left_out] == ["序号"]


def test_650_rows_are_650() -> None:
    found = seen("rows_650.xlsx")
    assert len(found.good) == 650
    assert found.lines[-1].values["phone"] == "13900000649"
    few = preview(opening.read(FILES / "rows_650.xlsx", Watch()), WANTED, Choices(), TODAY, most=600)
    assert "650 行" in few.refusal
    assert not few.ready


def test_a_number_that_stands_twice_is_told_row_by_row() -> None:
    found = seen("duplicate_ids.xlsx")
    assert [(one.row, one.text) for one in found.findings] == [
        (6, "与第 2 行的证件号码相同。"),
        (7, "与第 3 行的证件号码相同。"),
    ]
    assert {one.row for one in found.flawed()} == {6, 7}


def test_a_web_page_called_xls_is_read() -> None:
    found = seen("html.xls")
    assert found.lines[0].values == {"name": "张三", "id_number": "152523196001100016"}


@pytest.mark.parametrize("name", ["old.xls", "ole_renamed.xlsx"])
def test_a_container_without_a_workbook_is_refused_with_a_way(name: str) -> None:
    with pytest.raises(RefusedError) as refused:
        seen(name)
    assert "另存为 .xlsx" in refused.value.todo


def test_what_is_no_table_is_refused_in_words(tmp_path: Path) -> None:
    for name, start in (("a.xlsx", b"%PDF-1.7"), ("b.xls", b"\xff\xd8\xff\xe0"), ("c.csv", b""), ("d.xlsx", b"Rar!")):
        (tmp_path / name).write_bytes(start)
        with pytest.raises(RefusedError) as refused:
            opening.read(tmp_path / name, Watch())
        assert refused.value.todo
