"""Conditions that an item states as lines: what an editor may write, and how they are printed and compared."""

from __future__ import annotations

import msgspec
import pytest

from desk.law.catalogue import changes, lines, load, rules
from desk.law.catalogue.item import Fact, Field, Item, Line, LineTest

SEED = load.seed()
ITEM = msgspec.structs.replace(SEED.items[0], fields=(Field("day", "日期", "date"), Field("area", "面积", "number")))
OTHER = SEED.items[1].task_code
GOOD = Line("c1", Fact.AGE, LineTest.AT_LEAST, "80", "年满 80 周岁", "老年人权益保障法", "§33")


def faults(*holds: Line) -> list[str]:
    item = msgspec.structs.replace(ITEM, holds=holds)
    return list(lines.faults(item, {one.task_code for one in SEED.items}))


def changed(**parts: object) -> Line:
    return msgspec.structs.replace(GOOD, **parts)


@pytest.mark.parametrize(
    "line",
    [
        GOOD,
        changed(fact=Fact.AGE_ON, of="2026-09-01"),
        changed(fact=Fact.AGE_ON, of="day"),
        changed(fact=Fact.SEX, test=LineTest.IS, value="女"),
        changed(fact=Fact.DOMICILE, test=LineTest.WITHIN, value="banner"),
        changed(fact=Fact.DOMICILE, test=LineTest.WITHIN, value="152523"),
        changed(fact=Fact.CASES_MONTHS, of="6", test=LineTest.AT_MOST, value="0"),
        changed(fact=Fact.OTHER_CASES, of=OTHER, test=LineTest.AT_MOST, value="0"),
        changed(fact=Fact.FIELD, of="area", test=LineTest.AT_MOST, value="200"),
        changed(fact=Fact.MONTHS_SINCE, of="day", test=LineTest.AT_MOST, value="12"),
    ],
)
def test_a_good_line(line: Line) -> None:
    assert faults(line) == []


@pytest.mark.parametrize(
    ("parts", "word"),
    [
        ({"text": " "}, "没有写给群众看的话"),
        ({"code": ""}, "没有代码"),
        ({"law": ""}, "没有写依据"),
        ({"test": LineTest.WITHIN}, "不能用“在（行政区划）”"),
        ({"value": "八十"}, "写整数"),
        ({"value": "-1"}, "写整数"),
        ({"value": "99999"}, "写整数"),
        ({"of": "day"}, "不用写“day”"),
        ({"fact": Fact.SEX, "test": LineTest.IS, "value": "F"}, "写男或女"),
        ({"fact": Fact.DOMICILE, "test": LineTest.WITHIN, "value": "159999"}, "写区划代码"),
        ({"fact": Fact.AGE_ON, "of": "area"}, "没有写哪一天"),
        ({"fact": Fact.CASES_MONTHS, "of": "0"}, "没有写近几个月"),
        ({"fact": Fact.OTHER_CASES, "of": "no such"}, "不在目录里"),
        ({"fact": Fact.OTHER_CASES, "of": ITEM.task_code}, "不在目录里"),
        ({"fact": Fact.FIELD, "of": "none"}, "不存在"),
        ({"fact": Fact.FIELD, "of": "area", "test": LineTest.IS, "value": " "}, "不能空着"),
        ({"fact": Fact.MONTHS_UNTIL, "of": "area"}, "不是日期"),
    ],
)
def test_a_line_that_says_nothing(parts: dict[str, object], word: str) -> None:
    assert [word in one for one in faults(changed(**parts))] == [True]


def test_the_same_code_twice() -> None:
    assert faults(GOOD, changed(value="90")) == ["核对条件代码重复"]


def test_the_catalogue_is_held_to_it() -> None:
    bad = msgspec.structs.replace(SEED.items[0], holds=(changed(law=""),))
    named = f"{bad.item_name}：核对条件“年满 80 周岁”没有写依据"
    assert rules.lint(msgspec.structs.replace(SEED, items=(bad, *SEED.items[1:]))) == [named]


def test_another_item_may_stand_beside_a_catalogue() -> None:
    line = changed(fact=Fact.OTHER_CASES, of="elsewhere", test=LineTest.AT_MOST, value="0")
    part = msgspec.structs.replace(SEED, items=(msgspec.structs.replace(SEED.items[0], holds=(line,)),))
    assert rules.lint(part) == []
    assert rules.lint(part, ("elsewhere",)) == []
    assert ["“elsewhere”不在目录里" in one for one in rules.lint(part, ("none",))] == [True]


def test_it_is_a_difference_by_name() -> None:
    new = msgspec.structs.replace(SEED.items[0], holds=(GOOD,), version=9)
    found = changes.compare({new.task_code: SEED.items[0]}, (), msgspec.structs.replace(SEED, items=(new,)), {})
    assert "核对条件" in found.changed[0].fields


def test_a_catalogue_of_before_is_read() -> None:
    old = msgspec.to_builtins(SEED)
    for item in old["items"]:
        item.pop("holds", None)
    read = load.load(msgspec.json.encode(old))
    assert [one.holds for one in read.items] == [()] * len(SEED.items)


def test_every_fact_and_test_has_a_name_and_each_fact_a_test() -> None:
    assert set(lines.FACT_NAMES) == set(lines.TESTS) == set(Fact)
    assert set(lines.TEST_NAMES) == set(LineTest)
    assert all(lines.TESTS.values())


def test_what_is_printed_says_each_condition_once() -> None:
    item: Item = msgspec.structs.replace(
        ITEM, acceptance_conditions=("本旗户籍", GOOD.text), holds=(GOOD, changed(text="新的"))
    )
    assert lines.conditions(item) == ("本旗户籍", "年满 80 周岁", "新的")
