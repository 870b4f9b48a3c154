"""Identity numbers: published vectors, and the people whom libraries turn away."""

from __future__ import annotations

import datetime as dt

import pytest

from desk.errors import Problem
from desk.law import check_digits, id_numbers
from desk.law.id_numbers import IdFacts

TODAY = dt.date(2026, 11, 24)


@pytest.mark.parametrize(
    "number",
    [
        "440308199901101512", "11010120170210193X", "11010120170210193x", "440524188001010014",
        "810000199408230021", "830000199201300022", "932682198501010017", "911124198108030024",
        "152523 19560302 0027", "１５２５２３１９５６０３０２００２７",
    ],
)  # fmt: skip
def test_real_customers(number: str) -> None:
    assert isinstance(id_numbers.facts("111", number, TODAY), IdFacts)


@pytest.mark.parametrize(
    ("number", "why"),
    [
        ("440308199901101513", "校验"),
        ("44030819990110", "18 位"),
        ("610104620927690", "15 位"),
        ("330105209910270025", "还没有到|校验"),
        ("440308199902301512", "不存在|校验"),
        ("4403081999011015AB", "数字"),
        ("", "18 位"),
    ],
)
def test_refused_with_the_reason(number: str, why: str) -> None:
    found = id_numbers.facts("111", number, TODAY)
    assert isinstance(found, Problem)
    assert any(word in found.text for word in why.split("|"))


def test_born_in_1900_is_asked_about_and_not_refused() -> None:
    from stdnum.iso7064 import mod_11_2

    digits = "15252319000101002"
    found = id_numbers.facts("111", digits + mod_11_2.calc_check_digit(digits), TODAY)
    assert isinstance(found, IdFacts)
    assert "126 岁" in found.warning


def test_counties_that_were_abolished_are_known() -> None:
    assert id_numbers.area_name("152127197001010019") == "呼伦贝尔盟"


def test_masks() -> None:
    assert id_numbers.masked("152523195603020027") == "152523********0027"
    assert id_numbers.masked_phone("13900000001") == "139****0001"


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("91350100M000100Y43", "企业或个体工商户"),  # the example of GB 32100-2015
        ("11100000000013127D", "机关或事业单位"),  # 国务院办公厅 as it publishes itself
        ("n2152523mf0000001" + "?", "农村集体经济组织"),
    ],
)
def test_codes_of_organisations(number: str, kind: str) -> None:
    if number.endswith("?"):
        number = number[:-1] + check_digits.organisation(number[:-1].upper())
    found = id_numbers.facts("001", number, TODAY)
    assert isinstance(found, IdFacts)
    assert found.kind == kind


@pytest.mark.parametrize(
    ("number", "why"),
    [("91350100M000100Y44", "校验"), ("91350100M000100Y4", "17 位"), ("91350100O000100Y43", "“O”")],
)
def test_a_wrong_code_of_an_organisation_is_told(number: str, why: str) -> None:
    found = id_numbers.facts("001", number, TODAY)
    assert isinstance(found, Problem)
    assert why in found.text


def test_every_changed_place_of_an_organisations_code_is_noticed() -> None:
    right = "91350100M000100Y43"
    for at, old in enumerate(right):
        for new in "0123456789ABCDEFGHJKLMNPQRTUWXY":
            found = id_numbers.facts("001", right[:at] + new + right[at + 1 :], TODAY)
            assert isinstance(found, IdFacts) is (new == old)


def test_fifteen_digits_are_offered_as_eighteen() -> None:
    found = id_numbers.facts("111", "152523560302002", TODAY)
    assert isinstance(found, Problem)
    assert "152523195603020027" in found.text


@pytest.mark.parametrize(
    ("id_type", "number", "doubt"),
    [
        ("516", "H01234567", False), ("516", "01234567", True), ("511", "01234567", False), ("511", "A1", None),
        ("114", "军字第2001988号", False), ("553", "GBR110000123456", False), ("414", "E12345678", False),
        ("990", "任意-123", False),
    ],
)  # fmt: skip
def test_other_papers_are_asked_about_and_seldom_refused(id_type: str, number: str, doubt: bool | None) -> None:
    found = id_numbers.facts(id_type, number, TODAY)
    assert isinstance(found, Problem) is (doubt is None)
    assert doubt is None or bool(getattr(found, "warning", "")) is doubt
