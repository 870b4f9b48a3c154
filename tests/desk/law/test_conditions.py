"""What an item demands, answered from what is known; what is not known is asked, never taken for granted."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.law import addresses, conditions
from desk.law.catalogue import load
from desk.law.catalogue.item import Fact, Line, LineTest
from desk.law.catalogue.lines import TESTS
from desk.law.conditions import Earlier, Household, Known, Verdict

DAY = dt.date(2026, 11, 24)
POINT = "152523202202"
MET, NOT_MET, NOT_KNOWN = Verdict.MET, Verdict.NOT_MET, Verdict.NOT_KNOWN


def line(fact: Fact, test: LineTest, value: str, of: str = "") -> Line:
    return Line("c1", fact, test, value, "要符合的条件", "法", "§1", of)


def verdict(asked: Line, **facts: object) -> Verdict:
    return conditions.answer(asked, Known(day=DAY, task_code="A", point=POINT, **facts)).verdict


OLD = line(Fact.AGE, LineTest.AT_LEAST, "80")


@pytest.mark.parametrize(
    ("birth", "expected"),
    [
        (dt.date(1946, 11, 24), MET),  # on the birthday itself
        (dt.date(1946, 11, 25), NOT_MET),
        (dt.date(1956, 3, 2), NOT_MET),
        (dt.date(2027, 1, 1), NOT_KNOWN),  # not born yet: the number is wrong
        (None, NOT_KNOWN),
    ],
)
def test_eighty_on_the_day(birth: dt.date | None, expected: Verdict) -> None:
    assert verdict(OLD, birth=birth) is expected


def test_it_says_by_what_and_when_it_will_hold() -> None:
    told = conditions.answer(OLD, Known(day=DAY, birth=dt.date(1956, 3, 2)))
    assert told.words == "到 2026-11-24 是 70 周岁，2036 年满 80 周岁。"


@given(st.dates(dt.date(1900, 1, 1), DAY), st.sampled_from([Fact.AGE, Fact.AGE_ON]), st.sampled_from(LineTest))
def test_it_never_says_the_birthday(birth: dt.date, fact: Fact, test: LineTest) -> None:
    told = conditions.answer(line(fact, test, "80", "2030-01-01"), Known(day=DAY, birth=birth))
    written = told.words.replace("2026-11-24", "").replace("2030-01-01", "")
    assert f"-{birth:%m-%d}" not in written
    assert f"-{birth:%m}" not in written


def test_what_is_not_known_is_a_question() -> None:
    assert conditions.answer(OLD, Known(day=DAY)).words == "要问清：要符合的条件？"


@pytest.mark.parametrize(
    ("of", "expected"), [("2036-03-01", NOT_MET), ("2036-03-02", MET), ("turned", MET), ("no field", NOT_KNOWN)]
)
def test_age_on_another_day(of: str, expected: Verdict) -> None:
    asked = line(Fact.AGE_ON, LineTest.AT_LEAST, "80", of)
    assert verdict(asked, birth=dt.date(1956, 3, 2), fields={"turned": "2040-01-01"}) is expected


@pytest.mark.parametrize(
    ("birth", "on", "expected"),
    [("2010-11-25", "15", MET), ("2010-11-24", "15", NOT_MET), ("2008-02-29", "18", MET)],
)
def test_not_older_than(birth: str, on: str, expected: Verdict) -> None:
    assert verdict(line(Fact.AGE, LineTest.AT_MOST, on), birth=dt.date.fromisoformat(birth)) is expected


def test_a_leap_day_birthday_is_on_the_last_of_february() -> None:
    grown = line(Fact.AGE, LineTest.AT_LEAST, "18")
    for day, expected in ((27, NOT_MET), (28, MET)):
        known = Known(day=dt.date(2026, 2, day), birth=dt.date(2008, 2, 29))
        assert conditions.answer(grown, known).verdict is expected


@pytest.mark.parametrize(
    ("domicile", "where", "expected"),
    [
        ("152523", "banner", MET),
        ("152523202202", "banner", MET),
        ("152524", "banner", NOT_MET),
        ("13", "banner", NOT_MET),
        ("", "banner", NOT_KNOWN),
        ("152523", "township", NOT_KNOWN),  # known too roughly
        ("152523202", "township", MET),
        ("152523", "1525", MET),
        ("1526", "152523", NOT_MET),
    ],
)
def test_domicile(domicile: str, where: str, expected: Verdict) -> None:
    asked = line(Fact.DOMICILE, LineTest.WITHIN, where)
    assert verdict(asked, domicile=domicile, domicile_by="住址") is expected


def test_domicile_where_the_point_is_not_known() -> None:
    asked = line(Fact.DOMICILE, LineTest.WITHIN, "banner")
    assert conditions.answer(asked, Known(day=DAY, domicile="152523")).verdict is NOT_KNOWN


ONCE, YEARLY = (line(fact, LineTest.AT_MOST, "0") for fact in (Fact.CASES_EVER, Fact.CASES_YEAR))
HALF_YEAR = line(Fact.CASES_MONTHS, LineTest.AT_MOST, "0", "6")
OTHER = line(Fact.OTHER_CASES, LineTest.AT_MOST, "0", "B")


def earlier(day: str, code: str = "A") -> tuple[Earlier, ...]:
    return (Earlier(code, "某事项", day, "收件号尾号 0001"),)


@pytest.mark.parametrize(
    ("asked", "cases", "expected"),
    [
        (ONCE, earlier("2019-05-01"), NOT_MET),
        (ONCE, earlier("2019"), NOT_MET),  # an old ledger knows the year alone
        (ONCE, earlier("2019-05-01", "B"), NOT_KNOWN),
        (ONCE, (), NOT_KNOWN),  # one point's records never say that nothing was done elsewhere
        (ONCE, None, NOT_KNOWN),
        (YEARLY, earlier("2026-01-01"), NOT_MET),
        (YEARLY, earlier("2025-12-31"), NOT_KNOWN),
        (HALF_YEAR, earlier("2026-05-25"), NOT_MET),
        (HALF_YEAR, earlier("2026-05-24"), NOT_KNOWN),
        (HALF_YEAR, earlier("2026"), NOT_KNOWN),
        (OTHER, earlier("2026-05-24", "B"), NOT_MET),
        (OTHER, earlier("2026-05-24"), NOT_KNOWN),
    ],
)
def test_earlier_cases(asked: Line, cases: tuple[Earlier, ...] | None, expected: Verdict) -> None:
    assert verdict(asked, cases=cases) is expected


def test_who_has_all_records_can_tell_that_there_was_nothing() -> None:
    assert verdict(ONCE, cases=(), whole=True) is MET
    needs = line(Fact.OTHER_CASES, LineTest.AT_LEAST, "1", "B")
    assert verdict(needs, cases=earlier("2020", "B")) is MET
    assert verdict(needs, cases=()) is NOT_KNOWN
    assert verdict(needs, cases=(), whole=True) is NOT_MET


def test_earlier_cases_are_named() -> None:
    told = conditions.answer(ONCE, Known(day=DAY, task_code="A", cases=earlier("2019-05-01") * 4))
    assert told.words.count("2019-05-01 办过“某事项”（收件号尾号 0001）") == 3
    assert told.words.endswith("，共 4 件。")


def test_a_household() -> None:
    home = Household(3, earlier("2020-01-01"))
    assert verdict(line(Fact.HOUSEHOLD_CASES, LineTest.AT_MOST, "0"), household=home) is NOT_MET
    assert verdict(line(Fact.HOUSEHOLD_SIZE, LineTest.AT_LEAST, "3"), household=home) is MET
    assert verdict(line(Fact.HOUSEHOLD_SIZE, LineTest.AT_LEAST, "3")) is NOT_KNOWN


@pytest.mark.parametrize(
    ("asked", "typed", "expected"),
    [
        (line(Fact.SEX, LineTest.IS, "女"), "", MET),
        (line(Fact.SEX, LineTest.IS, "男"), "", NOT_MET),
        (line(Fact.FIELD, LineTest.IS, "出租", "x"), "出租", MET),
        (line(Fact.FIELD, LineTest.IS_NOT, "出租", "x"), "出租", NOT_MET),
        (line(Fact.FIELD, LineTest.AT_MOST, "10", "x"), "10.0", MET),
        (line(Fact.FIELD, LineTest.AT_MOST, "10", "x"), "10.01", NOT_MET),
        (line(Fact.FIELD, LineTest.AT_MOST, "10", "x"), "十", NOT_KNOWN),
        (line(Fact.FIELD, LineTest.AT_MOST, "10", "x"), "NaN", NOT_KNOWN),
        (line(Fact.FIELD, LineTest.AT_MOST, "10", "x"), "", NOT_KNOWN),
        (line(Fact.MONTHS_SINCE, LineTest.AT_MOST, "12", "x"), "2025-11-24", MET),
        (line(Fact.MONTHS_SINCE, LineTest.AT_MOST, "12", "x"), "2025-11-23", NOT_MET),
        (line(Fact.MONTHS_SINCE, LineTest.AT_MOST, "12", "x"), "2026-11-25", NOT_KNOWN),  # still to come
        (line(Fact.MONTHS_UNTIL, LineTest.AT_MOST, "24", "x"), "2028-11-24", MET),
        (line(Fact.MONTHS_UNTIL, LineTest.AT_MOST, "24", "x"), "2028-11-25", NOT_MET),
        (line(Fact.MONTHS_UNTIL, LineTest.AT_LEAST, "24", "x"), "9999-12-31", MET),
        (line(Fact.MONTHS_UNTIL, LineTest.AT_LEAST, "24", "x"), "明年", NOT_KNOWN),
    ],
)
def test_the_form(asked: Line, typed: str, expected: Verdict) -> None:
    assert verdict(asked, sex="女", fields={"x": typed}) is expected


# -- whatever a catalogue says and whoever stands there ------------------------------------------------------------

DATES = st.dates() | st.none()
CASES = st.none() | st.lists(
    st.builds(
        Earlier, st.sampled_from("AB"), st.just("某事项"), DATES.map(str) | st.sampled_from(["2019", "2019-05", ""])
    )
).map(tuple)
TYPED = st.dictionaries(st.sampled_from("xy"), st.text(max_size=12) | DATES.map(str) | st.integers().map(str))
LINES = st.builds(
    Line, st.just("c1"), st.sampled_from(Fact), st.sampled_from(LineTest),
    st.integers(0, 9999).map(str) | st.sampled_from(["banner", "village", "152523", "男", "x"]) | st.text(max_size=5),
    st.just("条件"), st.just("法"), st.just(""),
    st.sampled_from(["", "x", "A", "B", "12", "0", "2026-09-01"]) | st.text(max_size=4),
)  # fmt: skip
KNOWN = st.builds(
    Known, day=st.dates(), task_code=st.sampled_from("AB"), birth=DATES,
    point=st.sampled_from(["", "15", "152523", POINT]), sex=st.sampled_from(["", "男", "女"]),
    domicile=st.sampled_from(["", "13", "15", "152523", POINT]),
    domicile_by=st.just("住址"), cases=CASES,
    household=st.none() | st.builds(Household, st.integers(1, 9), CASES.map(lambda cases: cases or ())),
    fields=TYPED, whole=st.booleans(),
)  # fmt: skip
# By fact: what is known of somebody of whom that is not known.
WITHOUT: dict[Fact, dict[str, object]] = {
    Fact.AGE: {"birth": None},
    Fact.AGE_ON: {"birth": None},
    Fact.SEX: {"sex": ""},
    Fact.DOMICILE: {"domicile": ""},
    Fact.CASES_EVER: {"cases": None},
    Fact.CASES_YEAR: {"cases": None},
    Fact.CASES_MONTHS: {"cases": None},
    Fact.OTHER_CASES: {"cases": None},
    Fact.HOUSEHOLD_CASES: {"household": None},
    Fact.HOUSEHOLD_SIZE: {"household": None},
    Fact.FIELD: {"fields": {}},
    Fact.MONTHS_SINCE: {"fields": {}},
    Fact.MONTHS_UNTIL: {"fields": {}},
}


def test_every_fact_can_be_not_known() -> None:
    assert set(WITHOUT) == set(Fact)


@given(LINES, KNOWN)
def test_what_is_not_known_is_never_met_nor_not_met(asked: Line, known: Known) -> None:
    without = msgspec.structs.replace(known, **WITHOUT[asked.fact])
    told = conditions.answer(asked, without)
    assert told.verdict is NOT_KNOWN
    assert told.words.startswith("要问清：")


@given(LINES, KNOWN)
def test_any_line_has_an_answer_in_words(asked: Line, known: Known) -> None:
    told = conditions.answer(asked, known)
    assert told.verdict is not NOT_KNOWN or told.words
    assert told.verdict is NOT_KNOWN or asked.test in TESTS[asked.fact] or asked.fact in (Fact.HOUSEHOLD_SIZE, Fact.SEX)


@given(LINES, KNOWN)
def test_more_knowledge_never_turns_an_answer_round(asked: Line, known: Known) -> None:
    """Other cases that come to light may only say what was open, or that one more is too many."""
    if known.cases is None or known.whole:
        return
    more = msgspec.structs.replace(known, cases=(*known.cases, Earlier("A", "某事项", str(known.day))))
    before, after = conditions.answer(asked, known).verdict, conditions.answer(asked, more).verdict
    assert before is NOT_KNOWN or before is after


def test_all_lines_of_an_item_in_its_order() -> None:
    item = msgspec.structs.replace(load.seed().items[0], holds=(OLD, ONCE))
    told = conditions.answers(item, Known(day=DAY, birth=dt.date(1930, 1, 1)))
    assert [one.verdict for one in told] == [MET, NOT_KNOWN]


# -- where an address lies -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("锡林郭勒盟苏尼特左旗洪格尔苏木", "152523"),
        ("内蒙古自治区 锡林浩特市 希日塔拉街", "152502"),
        ("乌日尼勒图嘎查一组", "152523"),  # nothing larger is named: that of the point's banner
        ("洪格尔苏木", "152523"),
        ("恩格尔社区 3 号楼", "152523"),
        ("河北省张北县二台镇", "13"),
        ("苏尼特左旗或苏尼特右旗", ""),
        ("东乌旗某嘎查", ""),  # a short name: nobody guesses
        ("一组", ""),
        ("", ""),
    ],
)
def test_an_address_in_words(address: str, code: str) -> None:
    assert addresses.division_of(address, POINT) == code


def test_a_village_alone_says_nothing_elsewhere() -> None:
    assert addresses.division_of("乌日尼勒图嘎查一组") == ""
    assert addresses.division_of("乌日尼勒图嘎查一组", "152524") == ""
