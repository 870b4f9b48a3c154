"""Competence is total, the same every day it is asked, and nobody answers after the last day."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.law import divisions
from desk.law.bodies.body import Body, Former, Kind, Post, own_code, padded
from desk.law.bodies.competence import Why, as_exercised, competent, everywhere, exercise_of, for_everybody, on_paper
from desk.law.bodies.register import Register
from desk.law.bodies.seed import seed
from desk.law.catalogue import load
from desk.law.catalogue.item import Exercise, Exerciser, Place

PLACES = divisions.load()
SEED = seed("152523", PLACES)
ALL = Register(SEED)
DAY = dt.date(2026, 11, 24)
TOWNSHIPS, POINTS = Exercise(Exerciser.TOWNSHIPS), Exercise(Exerciser.POINTS)
HERDERS = "152523202202"  # a gacha of 洪格尔苏木
OTHERS = "152523101200"  # one of 查干敖包镇
BUREAU = Body("152523000000-BM01", "苏尼特左旗民政局", Kind.DEPARTMENT, "4", "152523", address="满都拉图镇团结路")


def by(body: str) -> Exercise:
    return Exercise(Exerciser.BODY, body)


def name(register: Register, exercise: Exercise | None, division: str, day: dt.date = DAY) -> str:
    found = competent(register, exercise, division, day)
    return found.body.name if found.body else str(found.why)


def test_each_herder_has_the_own_township() -> None:
    assert name(ALL, TOWNSHIPS, HERDERS) == "洪格尔苏木人民政府"
    assert name(ALL, TOWNSHIPS, OTHERS) == "查干敖包镇人民政府"
    assert name(ALL, TOWNSHIPS, "152523101000") == "查干敖包镇人民政府"
    assert name(ALL, POINTS, HERDERS) == "洪格尔苏木乌日尼勒图嘎查便民代办点"


def test_why_nobody() -> None:
    assert name(ALL, None, HERDERS) == Why.NOT_SAID
    assert name(ALL, TOWNSHIPS, "152523") == Why.NO_PLACE
    assert name(ALL, TOWNSHIPS, "") == Why.NO_PLACE
    assert name(ALL, POINTS, "152523202") == Why.NO_PLACE
    assert name(ALL, POINTS, "152523202999") == Why.NO_POINT
    assert name(ALL, TOWNSHIPS, "152523400") == Why.NO_TOWNSHIP
    assert name(ALL, by("152523000000-BM09"), HERDERS) == Why.UNKNOWN
    assert name(ALL, by("152523101000-ZF"), HERDERS) == Why.OUTSIDE
    assert name(Register(), TOWNSHIPS, HERDERS) == Why.NO_TOWNSHIP


def test_after_a_merger_the_successor_answers_for_the_other_ones_people() -> None:
    last = DAY
    merged = [
        msgspec.structs.replace(one, until=last, successor="152523202000-ZF") if one.code == "152523101000-ZF" else one
        for one in SEED
    ]
    later = Register(merged)
    assert name(later, TOWNSHIPS, OTHERS, last) == "查干敖包镇人民政府"
    assert name(later, TOWNSHIPS, OTHERS, last + dt.timedelta(1)) == "洪格尔苏木人民政府"
    assert name(later, by("152523101000-ZF"), OTHERS, last + dt.timedelta(1)) == "洪格尔苏木人民政府"
    closed = [msgspec.structs.replace(one, successor="") if one.until else one for one in merged]
    assert name(Register(closed), TOWNSHIPS, OTHERS, last + dt.timedelta(1)) == Why.NOT_OPEN


def test_an_item_of_before_is_its_organs_by_code_or_name() -> None:
    item = next(one for one in load.seed().items if one.org_name == "苏尼特左旗民政局")
    named = Register([*SEED, BUREAU])
    assert exercise_of(item, named) == by(BUREAU.code)
    assert exercise_of(item, ALL) is None
    coded = msgspec.structs.replace(item, org_name="民政科", org_uscc=BUREAU.code)
    assert exercise_of(coded, named) == by(BUREAU.code)
    said = msgspec.structs.replace(item, exercised_by=TOWNSHIPS)
    assert exercise_of(said, named) == TOWNSHIPS


def test_papers_name_who_is_competent_where_and_when() -> None:
    item = next(one for one in load.seed().items if one.org_name == "苏尼特左旗民政局")
    kept = as_exercised(msgspec.structs.replace(item, place="旗政务大厅 3 号窗"), BUREAU, DAY, is_local=False)
    assert (kept.org_name, kept.place) == ("苏尼特左旗民政局", "旗政务大厅 3 号窗")
    assert as_exercised(msgspec.structs.replace(item, place=""), BUREAU, DAY, is_local=False).place == BUREAU.address
    posts = (Post("副镇长", holder="巴图", in_charge=True),)
    renamed = msgspec.structs.replace(BUREAU, posts=posts, former=(Former("民政科", DAY),), enquiry_phone="12349")
    local = as_exercised(msgspec.structs.replace(item, place="洪格尔苏木", hours="全年"), renamed, DAY, is_local=True)
    assert (local.org_name, local.place, local.hours) == ("民政科", BUREAU.address, "")
    assert (local.handling_unit, local.org_uscc) == ("", "")
    coded = msgspec.structs.replace(BUREAU, code="11152523011234567X")
    assert as_exercised(item, coded, DAY, is_local=False).org_uscc == coded.code
    assert (local.enquiry_phone, local.leader) == ("12349", "副镇长 巴图")
    assert local.supervision_phone == item.supervision_phone  # a telephone for complaints there is always


def test_an_item_may_ask_for_the_herders_domicile() -> None:
    at_home = Exercise(Exerciser.TOWNSHIPS, place=Place.DOMICILE)
    item = msgspec.structs.replace(load.seed().items[0], exercised_by=at_home)
    assert on_paper(item, ALL, HERDERS, DAY, OTHERS).org_name == "查干敖包镇人民政府"
    assert on_paper(item, ALL, HERDERS, DAY).org_name == "洪格尔苏木人民政府"  # where the domicile is not known
    local = msgspec.structs.replace(item, exercised_by=TOWNSHIPS)
    assert on_paper(local, ALL, HERDERS, DAY, OTHERS).org_name == "洪格尔苏木人民政府"


def test_for_everybody_no_place_is_named_for_all() -> None:
    item = msgspec.structs.replace(load.seed().items[0], exercised_by=TOWNSHIPS, handling_unit="洪格尔苏木人民政府")
    said = for_everybody(item, ALL, DAY)
    assert (said.org_name, said.place, said.handling_unit) == ("各苏木乡镇、街道", "", "")
    assert for_everybody(item, Register(), DAY) == item
    assert [one.name for one in everywhere(ALL, TOWNSHIPS, DAY)][1] == "查干敖包镇人民政府"
    assert len(everywhere(ALL, TOWNSHIPS, DAY)) == 7
    assert everywhere(ALL, by(BUREAU.code), DAY) == []
    one = msgspec.structs.replace(item, exercised_by=by(BUREAU.code), place="")
    assert for_everybody(one, Register([BUREAU]), DAY).place == BUREAU.address
    assert "这一天" in for_everybody(one, Register([msgspec.structs.replace(BUREAU, since=dt.date.max)]), DAY).org_name


# -- for any register ----------------------------------------------------------------------------------------------

_DAYS = st.dates(dt.date(2025, 1, 1), dt.date(2027, 12, 31))
_SOME = ("152523", "152523101", "152523202", "152523202202", "152523101200")
_CODES = [own_code(place, kind) for place in _SOME for kind in (Kind.GOVERNMENT, Kind.POINT, Kind.DEPARTMENT)]


@st.composite
def registers(draw: st.DrawFn) -> list[Body]:
    """Bodies with any days and successors, sound or not: circles, nobody there, days the wrong way round."""
    bodies = []
    for code in draw(st.lists(st.sampled_from(_CODES), unique=True)):
        kind = {"ZF": Kind.GOVERNMENT, "DB": Kind.POINT, "BM": Kind.DEPARTMENT}[code[13:]]
        place = next(one for one in _SOME if padded(one) == code[:12])
        since, until = draw(st.none() | _DAYS), draw(st.none() | _DAYS)
        after = draw(st.sampled_from(["", *_CODES])) if until else ""
        bodies.append(Body(code, code, kind, "4", place, since=since, until=until, successor=after))
    return bodies


_EXERCISES = st.none() | st.builds(Exercise, st.sampled_from(Exerciser), st.sampled_from(["", *_CODES]))
_PLACES = st.sampled_from([*_SOME, *(padded(one) for one in _SOME), "", "15", "152523999", "999999999999"])


@given(registers(), _EXERCISES, _PLACES, _DAYS)
def test_it_always_answers_with_an_open_body_or_a_reason(
    bodies: list[Body], exercise: Exercise | None, place: str, day: dt.date
) -> None:
    found = competent(Register(bodies), exercise, place, day)
    assert (found.body is None) != (found.why is None)
    assert found.body is None or found.body.is_open(day)
    assert found.why is None or found.why.endswith("。")


@given(registers(), _EXERCISES, _PLACES, _DAYS, st.randoms())
def test_the_answer_hangs_on_the_day_and_the_register_alone(
    bodies: list[Body], exercise: Exercise | None, place: str, day: dt.date, random: object
) -> None:
    before = competent(Register(bodies), exercise, place, day)
    random.shuffle(bodies)  # type: ignore[attr-defined]
    assert competent(Register(bodies), exercise, place, day) == before


@given(registers(), _EXERCISES, _PLACES, _DAYS)
def test_a_closed_body_never_answers_after_its_day(
    bodies: list[Body], exercise: Exercise | None, place: str, day: dt.date
) -> None:
    closed = [msgspec.structs.replace(one, until=min(one.until or day, day)) for one in bodies]
    later = day + dt.timedelta(1)
    assert competent(Register(closed), exercise, place, later).body is None


@given(registers(), st.sampled_from(_CODES))
def test_a_scope_ends_and_holds_itself(bodies: list[Body], code: str) -> None:
    assert code in Register(bodies).scope(code, DAY)


@pytest.mark.parametrize("who", list(Exerciser))
def test_items_that_say_it_and_items_that_do_not_are_both_read(who: Exerciser) -> None:
    item = load.seed().items[0]
    said = msgspec.structs.replace(item, exercised_by=Exercise(who, "152523000000-ZF"))
    assert msgspec.json.decode(msgspec.json.encode(said), type=type(item)) == said
    silent = msgspec.structs.replace(item, exercised_by=None)
    assert b"exercised_by" not in msgspec.json.encode(silent)
    assert msgspec.json.decode(msgspec.json.encode(silent), type=type(item)) == silent
