"""Divisions: found by what people type, told from the league down."""

from __future__ import annotations

import pytest

from desk.law import places
from desk.law.divisions import Division, Divisions

TABLE = Divisions(
    """code,level,name,parent_code
15,region,内蒙古自治区,
1525,league,锡林郭勒盟,15
152523,banner,苏尼特左旗,1525
152523202,township,洪格尔苏木,152523
152523202202,village,乌日尼勒图嘎查,152523202
152523202201,village,洪格尔嘎查村民委员会,152523202
152523202203,village,新洪格尔嘎查,152523202
152523202204,village,髙格嘎查,152523202
""".encode("utf-8-sig")
)


def names(text: str, level: str = "", limit: int = 20) -> list[str]:
    return [one.name for one in TABLE.search(text, level, limit)]


def test_one_by_its_code() -> None:
    assert TABLE.get("152523202202") == Division("152523202202", "village", "乌日尼勒图嘎查", "152523202")
    for code in ("152523202", "152523202000"):
        assert TABLE.get(code) == Division("152523202", "township", "洪格尔苏木", "152523")
    assert [TABLE.full_name(code) for code in ("152523000000", "152500000000")] == [
        "锡林郭勒盟苏尼特左旗",
        "锡林郭勒盟",
    ]
    assert TABLE.get("999999999999") is None


def test_its_path_begins_below_the_region() -> None:
    assert [one.level for one in TABLE.path("152523202202")] == ["league", "banner", "township", "village"]
    assert TABLE.full_name("152523202202") == "锡林郭勒盟苏尼特左旗洪格尔苏木乌日尼勒图嘎查"
    assert TABLE.path("15") == TABLE.path("150000000000") == ()
    assert (TABLE.path("1"), TABLE.full_name("1")) == ((), "")


def test_what_begins_so_comes_first_and_the_short_before_the_long() -> None:
    assert names("洪格尔") == ["洪格尔苏木", "洪格尔嘎查村民委员会", "新洪格尔嘎查"]
    assert names("洪格尔", "village") == ["洪格尔嘎查村民委员会", "新洪格尔嘎查", "乌日尼勒图嘎查", "髙格嘎查"]
    assert names("洪格尔", limit=1) == ["洪格尔苏木"]
    assert names("洪格尔 新") == ["新洪格尔嘎查"]  # every term, in any order
    assert names("旗 苏尼") == ["苏尼特左旗"]
    assert names("") == names("  ") == names("没有") == []


@pytest.mark.parametrize("suffix", places._VILLAGE)
def test_a_suffix_may_be_typed_or_not(suffix: str) -> None:
    assert "洪格尔嘎查村民委员会" in names(f"洪格尔{suffix}")


def test_a_suffix_alone_and_a_variant_character() -> None:
    assert len(names("嘎查")) == 4
    assert names("高格") == ["髙格嘎查"]


def test_equal_names_stand_by_code_and_twenty_are_enough() -> None:
    head = "code,level,name,parent_code\n"
    many = Divisions((head + "".join(f"{code},village,同名,1\n" for code in range(40, 10, -1))).encode())
    assert [one.code for one in many.search("同名")] == [str(code) for code in range(11, 31)]


@pytest.mark.parametrize(
    "asked",
    ["洪格尔 乌日尼勒图", "乌日 洪格尔", "洪格尔乌日尼勒图", "苏尼特左旗乌日", "乌日尼勒图村委会", "乌ri尼",
     "锡林郭勒盟苏尼特左旗洪格尔苏木乌日尼勒图嘎查", "wurinileitu", "wrnlt", "wrnltgc", "sntzq wrnlt", "sntzqwrnlt",
     "honggeer wuri", "WuRi'Ni", "152523202202"],
)  # fmt: skip
def test_a_village_by_its_path_its_sound_its_initials_and_its_code(asked: str) -> None:
    assert names(asked, "village", 1) == ["乌日尼勒图嘎查"]


def test_every_level_is_found_and_what_lies_below_only_where_that_level_is_asked_for() -> None:
    assert names("xlgl", limit=1) == names("1525", limit=1) == ["锡林郭勒盟"]
    assert names("snt") == names("苏尼特", limit=1) == ["苏尼特左旗"]
    assert names("hge", "township") == names("152523", "township") == ["洪格尔苏木"]
    assert len(names("苏尼特左旗", "village")) == len(names("152523202000", "village")) == 4
    assert names("锡林 hge", "township") == names("锡林郭勒 苏尼特左旗", "township") == ["洪格尔苏木"]
    assert names("锡林郭勒 苏木") == ["洪格尔苏木"]
    assert names("锡林郭勒嘎木") == names("洪格尔 wx") == names("wurile") == names("!") == []


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("巴彦", "巴彦宝拉格嘎查 巴音宝力格嘎查"),
        ("巴音", "巴音宝力格嘎查 巴彦宝拉格嘎查"),
        ("宝拉格", "巴彦宝拉格嘎查 巴音宝力格嘎查"),
        ("bayin", "巴音宝力格嘎查 巴彦宝拉格嘎查"),
        ("bayan", "巴彦宝拉格嘎查 巴音宝力格嘎查"),
        ("胡郎吐", "呼郎图嘎查"),
    ],
)
def test_another_spelling_is_offered_after_what_is_spelt_so(asked: str, found: str) -> None:
    lines = (
        "152525201201,village,巴音宝力格嘎查,",
        "152525201202,village,巴彦宝拉格嘎查,",
        "152525201203,village,呼郎图嘎查,",
    )
    table = Divisions("\n".join(["code,level,name,parent_code", *lines]).encode())
    assert [one.name for one in table.search(asked)] == found.split()
