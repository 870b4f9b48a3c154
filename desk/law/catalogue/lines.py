"""The conditions of an item as its editors see them: what each fact and test is called, which go together, and what is
wrong with a line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator

from desk.law import divisions
from desk.law.catalogue.item import Fact, Item, Line, LineTest

FACT_NAMES: dict[Fact, str] = {
    Fact.AGE: "收件当天的周岁",
    Fact.AGE_ON: "某一天的周岁",
    Fact.SEX: "性别",
    Fact.DOMICILE: "户籍所在地",
    Fact.CASES_EVER: "本人办过本事项的次数",
    Fact.CASES_YEAR: "本人今年办过本事项的次数",
    Fact.CASES_MONTHS: "本人近几个月办过本事项的次数",
    Fact.OTHER_CASES: "本人办过另一事项的次数",
    Fact.HOUSEHOLD_CASES: "同一户办过本事项的次数",
    Fact.HOUSEHOLD_SIZE: "同一户的人数",
    Fact.FIELD: "表单里填的内容",
    Fact.MONTHS_SINCE: "从表单里的日期到收件的月数",
    Fact.MONTHS_UNTIL: "从收件到表单里的日期的月数",
}
TEST_NAMES: dict[LineTest, str] = {
    LineTest.AT_LEAST: "不少于",
    LineTest.AT_MOST: "不多于",
    LineTest.IS: "是",
    LineTest.IS_NOT: "不是",
    LineTest.WITHIN: "在（行政区划）",
}
HERE_NAMES = {"banner": "代办点所在的旗县", "township": "代办点所在的苏木乡镇", "village": "代办点所在的嘎查村"}
SEXES = ("男", "女")
_NUMBERS = (LineTest.AT_LEAST, LineTest.AT_MOST)
TESTS: dict[Fact, tuple[LineTest, ...]] = dict.fromkeys(Fact, _NUMBERS) | {
    Fact.SEX: (LineTest.IS,),
    Fact.DOMICILE: (LineTest.WITHIN,),
    Fact.FIELD: (LineTest.IS, LineTest.IS_NOT, *_NUMBERS),
}
_OF_DATES = (Fact.MONTHS_SINCE, Fact.MONTHS_UNTIL)
_WITH_OF = (Fact.AGE_ON, Fact.CASES_MONTHS, Fact.OTHER_CASES, Fact.FIELD, *_OF_DATES)
_DIGITS = 4  # at most, of a number


def conditions(item: Item) -> tuple[str, ...]:
    """受理条件 as they are printed: those in words, then those that lines state, each once."""
    return tuple(dict.fromkeys((*item.acceptance_conditions, *(one.text for one in item.holds))))


def faults(item: Item, known: Collection[str]) -> Iterator[str]:
    """As `faulty`, in words alone."""
    return (text for _, _, text in faulty(item, known))


def faulty(item: Item, known: Collection[str]) -> Iterator[tuple[int, str, str]]:
    """What is wrong with the lines of `item`, without its name: of which line (from 0, -1 for all), what of it, and the
    words; `known` are the codes of all items, empty where they are not known."""
    codes = [one.code for one in item.holds]
    if len(set(codes)) != len(codes):
        yield -1, "", "核对条件代码重复"
    for at, line in enumerate(item.holds):
        for column, fault in _of_line(line, item, known):
            yield at, column, f"核对条件“{line.text or line.code}”{fault}"


def _of_line(line: Line, item: Item, known: Collection[str]) -> Iterator[tuple[str, str]]:
    if not line.code.strip() or not line.text.strip():
        yield "text", "没有代码，或没有写给群众看的话"
    if not line.law.strip():
        yield "law", "没有写依据"
    if line.test not in TESTS[line.fact]:
        yield "test", f"：“{FACT_NAMES[line.fact]}”不能用“{TEST_NAMES[line.test]}”"
    elif not _good_value(line):
        yield "value", f"的值“{line.value}”不对：{_wanted(line)}"
    yield from (("of", fault) for fault in _of_what(line, item, known))


def _good_value(line: Line) -> bool:
    if line.fact is Fact.SEX:
        return line.value in SEXES
    if line.fact is Fact.DOMICILE:
        return line.value in HERE_NAMES or divisions.load().get(line.value) is not None
    if line.fact is Fact.FIELD and line.test not in _NUMBERS:
        return bool(line.value.strip())
    return _is_number(line.value)


def _wanted(line: Line) -> str:
    match line.fact:
        case Fact.SEX:
            return "写男或女"
        case Fact.DOMICILE:
            return "写区划代码，或 banner、township、village（代办点所在的旗县、苏木乡镇、嘎查村）"
        case _:
            return "写整数" if line.test in _NUMBERS else "不能空着"


def _of_what(line: Line, item: Item, known: Collection[str]) -> Iterator[str]:
    dates = {field.code for field in item.fields if field.kind == "date"}
    match line.fact:
        case Fact.AGE_ON if line.of not in dates and not _is_day(line.of):
            yield "没有写哪一天：写 2026-09-01 这样的日期，或表单里日期栏的代码"
        case Fact.CASES_MONTHS if not _is_number(line.of) or not int(line.of):
            yield "没有写近几个月"
        case Fact.OTHER_CASES if line.of in ("", item.task_code) or (known and line.of not in known):
            yield f"所指的另一事项“{line.of}”不在目录里"
        case Fact.FIELD if line.of not in {field.code for field in item.fields}:
            yield f"所指的表单栏“{line.of}”不存在"
        case Fact.MONTHS_SINCE | Fact.MONTHS_UNTIL if line.of not in dates:
            yield f"所指的表单栏“{line.of}”不存在，或不是日期"
        case _ if line.of and line.fact not in _WITH_OF:
            yield f"：“{FACT_NAMES[line.fact]}”不用写“{line.of}”"


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= _DIGITS


def _is_day(text: str) -> bool:
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return True
