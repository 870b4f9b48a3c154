"""Finding people and cases by what a person at the counter types."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest
from conftest import HERDER, full_draft

from desk.app.open_desk import Desk
from desk.log.events import Person
from desk.store.snapshots import CaseQuery


@pytest.fixture
def full(desk: Desk) -> Desk:
    desk.register(full_draft(desk, 1))
    desk.register(full_draft(desk, 2, Person("查干其其格", "111", "152523197108150018", "13900000002")))
    desk.register(full_draft(desk, 3, Person("新髙娃", "111", "152523198811230030", "")))
    return desk


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("altqqg", HERDER.name), ("ALATAN", HERDER.name), ("阿拉坦", HERDER.name), ("其格", HERDER.name),
        ("0027", HERDER.name), ("13900000001", HERDER.name), ("cg", "查干其其格"), ("zg", "查干其其格"),
        ("zhagan", "查干其其格"), ("查干 0018", "查干其其格"), ("新高娃", "新髙娃"), ("阿", HERDER.name),
    ],
)  # fmt: skip
def test_people(full: Desk, text: str, name: str) -> None:
    assert name in [one.name for one in full.people.search(text)]


@pytest.mark.parametrize("text", ['"', "'", "*", "NEAR(", "^^", "a OR b", "\\", "%", "–"])
def test_odd_questions_are_only_questions(full: Desk, text: str) -> None:
    full.people.search(text)
    full.cases(CaseQuery(text=text))
    assert full.people.search("没有这个人") == ()


def test_cases_by_number_and_filter(full: Desk) -> None:
    row = full.cases(CaseQuery(text="cgqqg"))[0]
    assert full.cases(CaseQuery(text=row.intake_no))[0] == row
    assert full.count_cases(CaseQuery(states=("accepted",))) == 0
    names = [one.applicant_name for one in full.cases(CaseQuery(sort="applicant_name", descending=False))]
    assert names == ["阿拉坦其其格", "查干其其格", "新髙娃"], "by pinyin, as an address book"


def test_numbers_are_masked_in_lists(full: Desk) -> None:
    person = full.people.search("altqqg")[0]
    assert HERDER.id_number not in str(msgspec.to_builtins(person))


def test_items_by_initials_and_stopped_ones_last(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk()
    assert desk.items("zdshbz")[0].item.item_name == "最低生活保障审核确认"
    assert desk.items()[-1].refusal
