"""Days and telephones as people write them."""

from __future__ import annotations

import pytest

from desk.words import as_written
from desk.words.as_written import Kind


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-24", "2026.11.24", "2026/11/24", "2026。11。24", "２０２６－１１－２４", "20261124", "2026年11月24日",
        "2026 年 11 月 24 日", "2026年11月24号", "2026 11 24", "2026—11—24", "2026-11-24 08:30",
        "\u200e2026-11-24\u200f",
        "二〇二六年十一月二十四日", "二零二六年十一月二十四号",
    ],
)  # fmt: skip
def test_days(text: str) -> None:
    assert as_written.day(text) == ("2026-11-24", ())


@pytest.mark.parametrize("text", ["24/11/2026", "11月24日", "2026年11月", "2026-02-30", "2026115", "明天", "26.11.24"])
def test_what_is_no_day_or_more_than_one_is_told(text: str) -> None:
    value, notes = as_written.day(text)
    assert value == text
    assert [one.kind for one in notes] == [Kind.WRONG]


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("电话：13900000001", "13900000001"), ("139 0000 0001（儿子）", "13900000001"), ("4212345", "4212345"),
        ("(0479)421-2345", "0479-421-2345"), ("0479-4212345分机8", "0479-4212345-8"),
    ],
)  # fmt: skip
def test_telephones(text: str, right: str) -> None:
    assert as_written.phone(text).value == right
