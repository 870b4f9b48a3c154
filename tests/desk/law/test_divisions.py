"""Divisions: found by what people type, told from the league down."""

from __future__ import annotations

import pytest

from desk.law import divisions
from desk.law.divisions import Division, Divisions

TABLE = Divisions(
    """code,level,name,parent_code
150000000000,region,内蒙古自治区,
152500000000,league,锡林郭勒盟,150000000000
152523000000,banner,苏尼特左旗,152500000000
152523202000,township,洪格尔苏木,152523000000
152523202202,village,乌日尼勒图嘎查,152523202000
152523202201,village,洪格尔嘎查村民委员会,152523202000
152523203201,village,新洪格尔嘎查,152523202000
152523203202,village,髙格嘎查,152523202000
""".encode("utf-8-sig")
)


def names(text: str, level: str = "", limit: int = 20) -> list[str]:
    return [one.name for one in TABLE.search(text, level, limit)]


def test_one_by_its_code() -> None:
    assert TABLE.get("152523202202") == Division("152523202202", "village", "乌日尼勒图嘎查", "152523202000")
    assert TABLE.get("999999999999") is None


def test_its_path_begins_below_the_region() -> None:
    assert [one.level for one in TABLE.path("152523202202")] == ["league", "banner", "township", "village"]
    assert TABLE.full_name("152523202202") == "锡林郭勒盟苏尼特左旗洪格尔苏木乌日尼勒图嘎查"
    assert TABLE.path("150000000000") == ()
    assert (TABLE.path("1"), TABLE.full_name("1")) == ((), "")


def test_what_begins_so_comes_first_and_the_short_before_the_long() -> None:
    assert names("洪格尔") == ["洪格尔苏木", "洪格尔嘎查村民委员会", "新洪格尔嘎查"]
    assert names("洪格尔", "village") == ["洪格尔嘎查村民委员会", "新洪格尔嘎查"]
    assert names("洪格尔", limit=1) == ["洪格尔苏木"]
    assert names("洪格尔 新") == ["新洪格尔嘎查"]  # every term, in any order
    assert names("旗 苏尼") == ["苏尼特左旗"]
    assert names("") == names("  ") == names("没有") == []


@pytest.mark.parametrize("suffix", divisions._SUFFIXES)
def test_a_suffix_may_be_typed_or_not(suffix: str) -> None:
    assert "洪格尔嘎查村民委员会" in names(f"洪格尔{suffix}")


def test_a_suffix_alone_and_a_variant_character() -> None:
    assert len(names("嘎查")) == 4
    assert names("高格") == ["髙格嘎查"]


def test_equal_names_stand_by_code_and_twenty_are_enough() -> None:
    head = "code,level,name,parent_code\n"
    many = Divisions((head + "".join(f"{code},village,同名,1\n" for code in range(40, 10, -1))).encode())
    assert [one.code for one in many.search("同名")] == [str(code) for code in range(11, 31)]
