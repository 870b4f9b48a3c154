"""The register of bodies: what a banner is seeded with, what is wrong with a body, whose matters it sees."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from desk.errors import RefusedError
from desk.law import divisions
from desk.law.bodies import rules
from desk.law.bodies.body import Body, Former, Kind, Post, bare, own_code
from desk.law.bodies.register import Register
from desk.law.bodies.seed import seed
from desk.law.divisions import Division

PLACES = divisions.load()
BANNER = "152523"
SEED = seed(BANNER, PLACES)
ALL = Register(SEED)
GOVERNMENT, CENTRE = ALL.get("152523000000-ZF"), ALL.get("152523000000-ZW")
TOWN = ALL.get("152523101000-ZF")
LAST = dt.date(2026, 12, 31)
assert GOVERNMENT
assert CENTRE
assert TOWN
BUREAU = Body("11152523011234567Y", "苏尼特左旗民政局", Kind.DEPARTMENT, "4", BANNER, ("民政局",), GOVERNMENT.code)


def wrong(body: Body, *others: Body) -> dict[str, str]:
    """Words by field of what is wrong with `body` in the seeded banner."""
    return {one.field: one.text for one in rules.check(body, Register([*SEED, *others]), PLACES)}


def bureau(**changes: object) -> Body:
    return msgspec.structs.replace(BUREAU, **{"code": "152523000000-BM01", **changes})


def test_a_banner_is_seeded_with_government_centre_towns_and_points() -> None:
    named = {one.name: one for one in SEED}
    assert named["苏尼特左旗人民政府"].kind is Kind.GOVERNMENT
    assert named["苏尼特左旗政务服务中心"].above == "152523000000-ZF"
    town, point = named["查干敖包镇便民服务中心"], named["洪格尔苏木乌日尼勒图嘎查便民代办点"]
    assert (town.level, town.above, town.division) == ("5", "152523101000-ZF", "152523101")
    assert (point.code, point.level, point.above) == ("152523202202-DB", "6", "152523202000-BF")
    assert "苏尼特左旗芒来循环经济产业园区人民政府" not in named
    assert named["苏尼特左旗芒来循环经济产业园区便民服务中心"].above == "152523000000-ZW"


@pytest.mark.parametrize(
    "banner", sorted({one.code for kind in "旗县市区" for one in PLACES.search(kind, "banner", 200)})
)
def test_every_banner_can_be_seeded_and_the_seed_holds_to_the_rules(banner: str) -> None:
    made = Register(seed(banner, PLACES))
    assert len({one.name for one in made}) == len(made)
    for one in made:
        assert rules.check(one, made, PLACES) == ()


def test_only_a_banner_is_seeded() -> None:
    for code in ("1525", "152523202", "999999"):
        with pytest.raises(RefusedError):
            seed(code, PLACES)


def test_parks_have_no_government_and_streets_an_office() -> None:
    names = {one.name for one in seed("150102", PLACES)}
    assert any(one.endswith("街道办事处") for one in names)
    assert "新城区人民政府" in names
    assert not [one for one in seed("150172", PLACES) if one.kind is Kind.GOVERNMENT and one.level == "4"]


def test_a_credit_code_or_a_code_made_of_the_division() -> None:
    assert "最后一位校验不符" in wrong(BUREAU)["code"]
    assert not wrong(bureau())
    assert "152523000000-BM" in wrong(msgspec.structs.replace(BUREAU, code="11"))["code"]
    assert "应为 152523000000-BM" in wrong(msgspec.structs.replace(BUREAU, code="152523000000-ZF07"))["code"]


def test_a_name_is_one_bodys_alone() -> None:
    assert "已经是" in wrong(bureau(name="查干敖包镇人民政府"))["name"]
    other = bureau()
    assert (
        "已经是" in wrong(msgspec.structs.replace(other, code="152523000000-BM02", name="民政"), other)["short_names"]
    )
    closed = bureau(until=LAST)
    assert not wrong(msgspec.structs.replace(bureau(), code="152523000000-BM02"), closed)
    assert "请填写名称" in wrong(bureau(name=""))["name"]
    assert "空格" in wrong(bureau(name=" 民政局"))["name"]
    assert "最长" in wrong(bureau(name="局" * 101))["name"]
    assert "重复" in wrong(bureau(short_names=("苏尼特左旗民政局",)))["short_names"]


def test_place_and_level_agree() -> None:
    assert "没有这个区划代码" in wrong(bureau(division="152599"))["division"]
    point = ALL.get("152523202202-DB")
    assert point
    moved = msgspec.structs.replace(point, division="152523202", code="152523202000-DB")
    assert "应是嘎查村" in wrong(moved)["division"]
    assert "应是县级" in wrong(msgspec.structs.replace(GOVERNMENT, level="3"))["level"]
    assert "还低" in wrong(bureau(level="5"))["level"]
    assert "请选择行使层级" in wrong(bureau(level=""))["level"]
    police = bureau(code="152523202000-BM", name="洪格尔边境派出所", division="152523202", short_names=())
    assert not wrong(police)  # a bureau's station in a sumu


def test_the_body_above_is_there_and_no_circle() -> None:
    assert "没有这个上级" in wrong(bureau(above="152523000000-BM77"))["above"]
    assert "不管这个区划" in wrong(bureau(above=TOWN.code))["above"]
    assert "绕成了圈" in wrong(msgspec.structs.replace(GOVERNMENT, above=CENTRE.code))["above"]
    point = ALL.get("152523202202-DB")
    assert point
    assert "要有上级" in wrong(msgspec.structs.replace(point, above=""))["above"]


def test_who_is_closed_leaves_nobody_below_without_somebody_above() -> None:
    assert "下级机构" in wrong(msgspec.structs.replace(TOWN, until=LAST))["until"]
    assert not wrong(msgspec.structs.replace(TOWN, until=LAST, successor="152523202000-ZF"))
    assert "从哪一天起" in wrong(msgspec.structs.replace(TOWN, successor="152523202000-ZF"))["until"]
    assert "不在名录里" in wrong(msgspec.structs.replace(TOWN, until=LAST, successor="152523999000-ZF"))["successor"]
    gone = msgspec.structs.replace(ALL.get("152523202000-ZF"), until=LAST, successor=TOWN.code)
    circle = msgspec.structs.replace(TOWN, until=LAST, successor=gone.code)
    found = rules.check(circle, Register([*SEED[:3], gone]), PLACES)
    assert "不能接办" in {one.field: one.text for one in found}["successor"]
    assert "早于" in wrong(bureau(since=LAST, until=dt.date(2026, 1, 1)))["until"]


def test_former_names_lie_within_its_days() -> None:
    renamed = bureau(former=(Former("苏尼特左旗民政科", LAST),))
    assert not wrong(renamed)
    assert renamed.name_on(LAST) == "苏尼特左旗民政科"
    assert renamed.name_on(LAST + dt.timedelta(1)) == "苏尼特左旗民政局"
    assert "存续期" in wrong(bureau(until=LAST, former=(Former("甲", LAST),)))["former"]
    assert "同一天" in wrong(bureau(former=(Former("甲", LAST), Former("乙", LAST))))["former"]


@pytest.mark.parametrize(
    "phone", ["0479-2512345", "13900001234", "12345", "114", "400-123-4567", "0479-2512345、2512346"]
)
def test_telephones(phone: str) -> None:
    assert not wrong(bureau(enquiry_phone=phone, complaint_phone=phone))


@pytest.mark.parametrize("phone", ["见公示栏", "0479-25", "2512345、", "２５１２３４５"])
def test_what_is_no_telephone(phone: str) -> None:
    found = wrong(bureau(enquiry_phone=phone, complaint_phone=phone, posts=(Post("局长", phone=phone),)))
    assert set(found) == {"enquiry_phone", "complaint_phone", "posts.0"}


def test_a_post_is_named_and_texts_are_short() -> None:
    found = wrong(bureau(posts=(Post("", "社会救助股", "乌兰"),), address="路" * 201))
    assert "没有写岗位" in found["posts.0"]
    assert "最长 200 字" in found["address"]
    assert bureau(posts=(Post("股长"), Post("副局长", "", "巴图", in_charge=True))).leader == "副局长 巴图"


def test_a_town_sees_its_own_and_its_villages_and_what_was_merged_into_it() -> None:
    seen = ALL.scope(TOWN.code, LAST)
    assert {"152523101000-ZF", "152523101000-BF", "152523101200-DB"} <= seen
    assert "152523202202-DB" not in seen
    merged = msgspec.structs.replace(ALL.get("152523202000-ZF"), until=LAST, successor=TOWN.code)
    later = Register([*(one for one in SEED if one.code != merged.code), merged])
    day = LAST + dt.timedelta(1)
    assert {"152523202000-ZF", "152523202202-DB"} <= later.scope(TOWN.code, day)
    assert "152523202000-ZF" not in later.scope(TOWN.code, LAST)
    assert "洪格尔苏木人民政府" in later.names(later.scope(TOWN.code, day))


def test_one_body_by_any_of_its_names() -> None:
    both = Register([bureau(former=(Former("苏尼特左旗民政科", LAST),)), GOVERNMENT])
    assert [both.named(one) is not None for one in ("民政局", "苏尼特左旗民政科", "林草局")] == [True, True, False]
    twins = Register([bureau(until=LAST), msgspec.structs.replace(bureau(), code="152523000000-BM02")])
    assert twins.named("民政局") is None


def test_codes() -> None:
    assert bare("152523202000") == "152523202"
    assert bare("152523000000") == "152523"
    assert bare("152523202202") == "152523202202"
    assert own_code("152523", Kind.DEPARTMENT, 7) == "152523000000-BM07"
    assert PLACES.get("152523") == Division("152523", "banner", "苏尼特左旗", "1525")
