"""The score's formula and what supplements asked for: pure, by hand."""

from __future__ import annotations

import pytest

from desk.folds.office import spans
from desk.folds.office.appraisal import FORMULA, Counts, appraise
from desk.law.catalogue import load

ALL = {"arrived": 20, "ended": 20, "on_time": 20, "rated": 4, "score": 20}


@pytest.mark.parametrize(
    ("changes", "score"),
    [
        ({}, 100.0),
        ({"on_time": 10, "late": 10}, 80.0),
        ({"supplemented": 5}, 93.8),
        ({"score": 4}, 75.0),
        ({"red": 3}, 94.0),
        ({"red": 50}, 90.0),
        ({"rated": 0, "score": 0, "on_time": 0, "late": 20}, 46.7),  # 35 of 75
        ({"ended": 0, "on_time": 0, "rated": 0, "score": 0}, 100.0),  # 35 of 35
    ],
)
def test_the_score_is_the_formula(changes: dict[str, int], score: float) -> None:
    assert appraise(Counts(**(ALL | changes))).score == score


def test_nothing_done_has_no_score_but_a_red_card_has() -> None:
    assert appraise(Counts()).score is None
    assert appraise(Counts(red=1)).score == 80.0
    assert sum(term.weight for term in FORMULA) == 100


@pytest.mark.parametrize(("ended", "few"), [(0, True), (9, True), (10, False)])
def test_few_cases_are_marked(ended: int, few: int) -> None:
    assert appraise(Counts(arrived=50, ended=ended, on_time=ended)).few is few


def test_a_line_counts_for_the_longest_name_in_it_and_a_case_once() -> None:
    item = next(one for one in load.seed().items if one.item_name == "残疾人证核发")
    asked = {"a": ("申请人居民身份证 正反面", "居民户口簿", "居民户口簿首页"), "b": (" 指纹 ",), "c": ("居民户口簿",)}
    found = {one.name: one for one in spans.missing(asked, item)}
    assert found["居民户口簿"].numbers == ("a", "c")
    assert found["申请人居民身份证"].numbers == ("a",)
    assert (found["指纹"].cases, found["指纹"].known) == (1, False)
    assert set(found) == {one.name for one in item.materials} | {"指纹"}
    assert spans.missing(asked, None)[0].name == "居民户口簿"
