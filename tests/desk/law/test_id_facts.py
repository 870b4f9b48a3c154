"""What an identity number tells, field by field, and what a screen or paper shows of it."""

from __future__ import annotations

import datetime as dt

import pytest
from stdnum.iso7064 import mod_11_2

from desk.errors import Problem
from desk.law import id_numbers
from desk.law.id_numbers import IdFacts

TODAY = dt.date(2026, 11, 24)


def number(area: str, birth: str, serial: str) -> str:
    digits = f"{area}{birth}{serial}"
    return digits + mod_11_2.calc_check_digit(digits)


def facts(text: str, id_type: str = "111") -> IdFacts:
    found = id_numbers.facts(id_type, text, TODAY)
    assert isinstance(found, IdFacts), found
    return found


def problem(text: str, id_type: str = "111") -> str:
    found = id_numbers.facts(id_type, text, TODAY)
    assert isinstance(found, Problem)
    assert found.field == "applicant.id_number"
    return found.text


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            number("152523", "19560302", "002"),
            IdFacts("居民身份证", dt.date(1956, 3, 2), "女", "内蒙古自治区", "", "苏尼特左旗（1982 年起）"),
        ),
        (
            number("110101", "20170210", "193"),
            IdFacts("居民身份证", dt.date(2017, 2, 10), "男", "北京市", "", "东城区"),
        ),
        (number("810000", "19940823", "002"), IdFacts("港澳居民居住证", dt.date(1994, 8, 23), "女", "香港特别行政区")),
        (number("830000", "19920130", "001"), IdFacts("台湾居民居住证", dt.date(1992, 1, 30), "男", "台湾居民居住证")),
        (number("932682", "19850101", "001"), IdFacts("外国人永久居留身份证", dt.date(1985, 1, 1), "男", "外国")),
        (
            number("152127", "19700101", "001"),
            IdFacts("居民身份证", dt.date(1970, 1, 1), "男", "呼伦贝尔盟", "", "鄂伦春自治旗（到 2000 年）"),
        ),
        (
            number("152523", "20261124", "002"),
            IdFacts("居民身份证", TODAY, "女", "内蒙古自治区", "", "苏尼特左旗（1982 年起）"),
        ),
    ],
)
def test_what_it_tells(text: str, told: IdFacts) -> None:
    assert facts(text) == told


def test_what_is_asked_about() -> None:
    assert facts(number("152523", "19061124", "001")).warning == "按号码出生于 1906 年，已 120 岁，请核对。"
    assert facts(number("152523", "19070101", "001")).warning == ""
    assert facts(number("162523", "19560302", "002")).warning == "号码前两位不是已知的省份代码，请核对。"
    assert facts(number("162523", "19560302", "002")).area == ""


@pytest.mark.parametrize(
    ("area", "born", "place", "doubt"),
    [
        ("152523", 1956, "苏尼特左旗（1982 年起）", ""),
        ("152127", 1999, "鄂伦春自治旗（到 2000 年）", ""),
        ("152127", 2001, "鄂伦春自治旗（到 2000 年）", "2000 年以后不再使用"),
        ("150783", 1980, "扎兰屯市（2001 年起）", ""),
        ("150203", 1970, "昆都仑区", ""),
        ("440524", 1990, "广东省潮阳县（1983—1992 年）", ""),
        ("440524", 1993, "广东省潮阳县（1983—1992 年）", "1992 年以后不再使用"),
        ("130284", 1980, "河北省滦州市（2018 年起）", "2018 年才有"),
        ("152571", 1980, "内蒙古自治区", "不是已知的旗县代码"),
        ("152571", 2023, "内蒙古自治区", ""),
    ],
)
def test_the_county_of_a_number_has_its_years(area: str, born: int, place: str, doubt: str) -> None:
    found = facts(number(area, f"{born}0302", "002"))
    assert found.place == place
    assert doubt in found.warning
    assert bool(doubt) == bool(found.warning)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("610104620927690", "15 位的老号码"),
        ("61010462092769A", "现在是 15 位"),
        ("1525231956030200271", "现在是 19 位"),
        ("15252319560302002A", "数字或 X"),
        ("1525231956030200X7", "数字或 X"),
        ("15252319560302002٣", "数字或 X"),
        ("٣52523195603020027", "数字或 X"),
        ("152523195603020028", "校验不符"),
        (number("152523", "19560230", "002"), "19560230 不存在"),
        (number("152523", "20261125", "002"), "2026-11-25 还没有到"),
    ],
)
def test_what_is_wrong_with_it(text: str, word: str) -> None:
    assert word in problem(text)


@pytest.mark.parametrize("text", ["A123", "E-12345678", "1" * 30, "ｈ１２３", "g 12 34"])
def test_other_papers_are_taken(text: str) -> None:
    assert facts(text, "990") == IdFacts("其他证件", None, "", "")
    assert facts(text, "414").kind == "普通护照"


@pytest.mark.parametrize("text", ["", "A12", "1" * 31, "护照1234", "A_123", "----"])
def test_other_papers_that_cannot_be(text: str) -> None:
    assert "4 到 30 位" in problem(text, "414")


def test_areas() -> None:
    assert {id_numbers.area_name(code) for code in ("152127", "152323", "152627", "152727", "152827")} == set(
        id_numbers.OLD_LEAGUES.values()
    )
    assert [id_numbers.area_name(code) for code in ("152523", "830000", "990000", "")] == [
        "内蒙古自治区", "台湾居民居住证", "", "",
    ]  # fmt: skip


def test_as_it_is_kept_and_as_it_is_shown() -> None:
    assert id_numbers.tidy(" １５２５２３ 19560302 002x ") == "15252319560302002X"
    assert id_numbers.grouped("152523195603020027") == "152523 19560302 0027"
    assert id_numbers.grouped("15252319560302002") == "15252319560302002"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("152523195603020027", "152523********0027"),
        ("152523560302002", "152523*****2002"),
        ("15252356030200", "************00"),
        ("A123", "**23"),
        ("12", "12"),
        ("1", "1"),
        ("", ""),
    ],
)
def test_a_number_is_hidden_but_for_its_ends(text: str, shown: str) -> None:
    assert id_numbers.masked(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [("13900000001", "139****0001"), ("04792521234", "047****1234"), ("12345678", "123*5678"), ("1234567", "1234567")],
)
def test_a_telephone_too(text: str, shown: str) -> None:
    assert id_numbers.masked_phone(text) == shown
