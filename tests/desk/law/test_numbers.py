"""The intake number, digit by digit: a wrong one must not pass, and a right one reads the same everywhere."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.iso7064 import mod_11_10

from desk.errors import RefusedError
from desk.law import numbers

START = "15252320220201261124"
DIGITS = st.text("0123456789", min_size=20, max_size=20)


def test_its_parts() -> None:
    assert numbers.prefix("152523202202-01", dt.date(2026, 11, 24)) == START
    number = numbers.intake_no(START, 7)
    assert (len(number), number[:20], numbers.serial(number)) == (24, START, 7)
    assert numbers.node_of(number) == "152523202202-01"
    assert numbers.day_of(number) == "2026-11-24"


def test_the_last_serial_of_a_day_is_999() -> None:
    assert numbers.serial(numbers.intake_no(START, 999)) == 999
    with pytest.raises(RefusedError, match="999"):
        numbers.intake_no(START, 1000)


@given(DIGITS, st.lists(st.text("0123456789", min_size=1, max_size=6), max_size=4))
def test_numbers_checked_together_are_those_of_the_standard(start: str, ends: list[str]) -> None:
    """ISO 7064 MOD 11,10, as the library has it for each alone."""
    expected = [f"{start}{end}{mod_11_10.calc_check_digit(start + end)}" for end in ends]
    assert numbers.checked(start, ends) == expected


@given(DIGITS, st.integers(1, 999), st.integers(0, 23), st.integers(1, 9))
def test_one_wrong_digit_shows(start: str, serial: int, at: int, by: int) -> None:
    number = numbers.intake_no(start, serial)
    assert numbers.is_intake_no(number)
    wrong = number[:at] + str((int(number[at]) + by) % 10) + number[at + 1 :]
    assert not numbers.is_intake_no(wrong)


@pytest.mark.parametrize("text", ["", "1", "79462", "1" * 24, "１" * 24, "a" * 24, "²" * 24, f"{START}0012 "])
def test_what_is_no_number(text: str) -> None:
    """79462 has a right check digit and is too short."""
    assert not numbers.is_intake_no(text)


def test_it_is_read_out_in_groups() -> None:
    assert numbers.grouped("152523202202012611240012") == "152523202202 01 261124 001 2"
    assert numbers.grouped("1525232022020126112400") == "1525232022020126112400"


def test_a_nodes_name() -> None:
    assert numbers.is_node("152523202202-01")
    for text in ("", "152523202202", "152523202202-1", "152523202202-001", "../../../x", "152523202202-01\n"):
        assert not numbers.is_node(text)
