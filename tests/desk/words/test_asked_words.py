"""Which words of a counter's searches may be told: matters, and nothing that may be a name or a number."""

from __future__ import annotations

import pytest

from desk.words.asked_words import of_counter

MATTERS = ["嘎嘎粮", "高龄补贴", "网围栏", "风力发电", "马证", "草本", "丈夫没了的钱", "王八证"]
NOT_TOLD = [
    "阿拉坦其其格", "巴特尔", "苏和", "那顺·乌力吉", "图雅", "王小明", "李红", "包金山", "13900000001", "嘎嘎粮 0027",
    "db", "bateer", "粮", "", "字" * 21, "ᠪᠠᠲᠤ", "没有\0这样",
]  # fmt: skip


@pytest.mark.parametrize("word", MATTERS)
def test_a_matter_is_told(word: str) -> None:
    assert of_counter(word, among_people=False) == word


@pytest.mark.parametrize("word", NOT_TOLD)
@pytest.mark.parametrize("among", [False, True])
def test_what_may_be_somebody_is_not(word: str, among: bool) -> None:
    assert of_counter(word, among_people=among) == ""


def test_where_people_are_looked_for_a_word_must_name_a_matter_by_itself() -> None:
    assert of_counter("马证", among_people=True) == "马证"
    assert of_counter("网围栏", among_people=True) == ""


def test_it_is_told_as_it_is_compared() -> None:
    assert of_counter("  嘠嘎粮　", among_people=True) == "嘎嘎粮"
