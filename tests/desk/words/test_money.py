"""Money in capitals, as bills are written."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.words import numerals
from desk.words.amounts import money


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("1409.50", "壹仟肆佰零玖元伍角整"),  # the first four are the examples of the rule itself
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("1680.32", "壹仟陆佰捌拾元零叁角贰分"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("0", "零元整"),
        ("0.05", "伍分"),
        ("500", "伍佰元整"),
        ("10200", "壹万零贰佰元整"),
        ("1000500000000", "壹万零伍亿元整"),
    ],
)
def test_it_is_written_as_on_a_bill(value: str, words: str) -> None:
    assert money.in_capitals(Decimal(value)) == f"人民币{words}"


@given(st.integers(1, 99_999_999))
def test_capitals_are_read_back_as_the_same_number(number: int) -> None:
    said = money.in_capitals(Decimal(number)).removeprefix("人民币").removesuffix("元整")
    assert numerals.number(said) == str(number)


@pytest.mark.parametrize(
    ("typed", "unit", "value"),
    [
        ("500 元", "", "500"), ("1,200", "元", "1200"), ("1.5", "万元", "15000"), ("3.001", "元", None),
        ("不详", "元", None), ("12", "", None), ("12", "亩", None),
    ],
)  # fmt: skip
def test_only_money_is_money(typed: str, unit: str, value: str | None) -> None:
    found = money.amount(typed, unit)
    assert found == (None if value is None else Decimal(value))


def test_digits_stand_beside_capitals() -> None:
    assert money.both(Decimal("1200.5")) == "1,200.50 元（人民币壹仟贰佰元零伍角整）"
