"""Each rule of the catalogue alone: broken by one change, and said in one line."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from desk.law import codes
from desk.law.catalogue import load, rules
from desk.law.catalogue.item import Band, Catalogue, Fee, Field, Item, Limit, Material, Situation, Unit
from desk.law.catalogue.search import Searcher

SEED = load.seed()
D = dt.date
ITEM = msgspec.structs.replace(
    SEED.items[0],
    effective_from=D(2026, 1, 1),
    effective_to=D(2026, 12, 31),
    filed_on=D(2025, 12, 1),
    statutory_limit=Limit(20, Unit.WORKDAY),
    promised_limit=Limit(10, Unit.WORKDAY),
    case_type="2",
)


def lint(*items: Item, **facts: object) -> list[str]:
    return rules.lint(msgspec.structs.replace(SEED, items=items, **facts))


def changed(**facts: object) -> Item:
    return msgspec.structs.replace(ITEM, **facts)


def test_sound() -> None:
    assert lint(ITEM) == []


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"regime": "none"}, "时限规则“none”不存在"),
        ({"promised_limit": Limit(21, Unit.WORKDAY)}, "承诺时限长于法定时限"),
        ({"promised_limit": Limit(1, Unit.MONTH)}, "承诺时限长于法定时限"),
        ({"statutory_limit": Limit(13, Unit.DAY)}, "承诺时限长于法定时限"),
        ({"promised_limit": Limit(0, Unit.INSTANT)}, "即办件与承诺时限不一致"),
        ({"case_type": "1"}, "即办件与承诺时限不一致"),
        ({"promised_limit": None, "case_type": "1"}, "即办件与承诺时限不一致"),
        ({"fees": (Fee("工本费", "5 元", "规"), Fee("费", "1 元"))}, "收费没有依据"),
        ({"visits": 1, "visits_note": ""}, "到现场次数没有写原因"),
        ({"legal_basis": ()}, "没有设定依据"),
        ({"sample": True, "sample_note": ""}, "示例内容没有注明"),
        ({"materials": (Material("a", "申请表"), Material("b", "其他材料等"))}, "不得有“其他材料”兜底"),
        ({"materials": (Material("a", "甲"), Material("a", "乙"))}, "材料代码重复"),
        ({"materials": (Material("a", "甲", situation="没有"),)}, "材料所属情形不存在"),
    ],
)
def test_a_rule_that_is_broken(facts: dict[str, object], said: str) -> None:
    assert lint(changed(**facts)) == [f"{ITEM.item_name}：{said}"]


@pytest.mark.parametrize(
    "facts",
    [
        {"promised_limit": Limit(20, Unit.WORKDAY)},  # as long is not longer
        {"promised_limit": Limit(28, Unit.DAY)},
        {"promised_limit": Limit(0, Unit.INSTANT), "case_type": "1"},
        {"promised_limit": None},
        {"statutory_limit": None},
        {"visits": 0, "visits_note": ""},
        {"sample": False, "sample_note": ""},
        {"fees": ()},
        {
            "situations": (Situation("s", "情形"),),
            "materials": (Material("a", "甲", situation="s"), Material("b", "乙")),
        },
    ],
)
def test_a_rule_that_is_kept(facts: dict[str, object]) -> None:
    assert lint(changed(**facts)) == []


def test_versions_and_legal_clocks_stand_once() -> None:
    assert f"{ITEM.task_code} 第 {ITEM.version} 版重复" in lint(ITEM, ITEM)
    one = SEED.regimes[0]
    assert lint(ITEM, regimes=(*SEED.regimes, one)) == [f"时限规则“{one.code}”重复"]
    bare = msgspec.structs.replace(one, code="x", basis="")
    odd = msgspec.structs.replace(one, code="y", silence="perhaps")
    assert lint(ITEM, regimes=(*SEED.regimes, bare, odd)) == [
        f"{one.name}：时限规则没有写依据",
        f"{one.name}：逾期后果只能是 accepted、abandoned 或空",
    ]
    for silence in ("", "accepted", "abandoned"):
        assert lint(ITEM, regimes=(*SEED.regimes, msgspec.structs.replace(one, code="z", silence=silence))) == []


@pytest.mark.parametrize(
    ("ends", "begins", "overlap"),
    [
        (D(2026, 5, 31), D(2026, 6, 1), False),
        (D(2026, 6, 1), D(2026, 6, 1), True),
        (None, D(2026, 6, 1), False),  # it ends when the next one begins
        (None, D(2026, 1, 1), True),
    ],
)
def test_two_versions_are_not_in_force_on_one_day(ends: dt.date | None, begins: dt.date, overlap: bool) -> None:
    earlier = changed(version=1, effective_to=ends)
    later = changed(version=2, effective_from=begins)
    said = [f"{ITEM.item_name}：第 1 版与第 2 版的有效期重叠"] if overlap else []
    assert lint(later, earlier) == said  # whichever stands first
    assert lint(earlier, msgspec.structs.replace(later, task_code="other")) == []


def test_a_version_that_would_never_count_is_told() -> None:
    earlier, later = changed(version=3, effective_to=None), changed(version=2, effective_from=D(2026, 6, 1))
    assert lint(earlier, later) == [f"{ITEM.item_name}：第 2 版比第 3 版晚实施，号却小，用不上"]


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({}, ""),
        ({"effective_from": D(2026, 6, 1)}, ""),
        ({"effective_from": D(2026, 6, 2)}, "该事项从 2026-06-02 起实施，现在还不能办。"),
        ({"effective_to": D(2026, 6, 1)}, ""),
        ({"effective_to": None}, ""),
        ({"effective_to": D(2026, 5, 31)}, "该事项已于 2026-05-31 停止实施。"),
        ({"filed_on": D(2026, 6, 1)}, ""),
        ({"filed_on": D(2026, 6, 2)}, "该事项未备案，不得办理。"),
        ({"filed_on": None}, "该事项未备案，不得办理。"),
        ({"filed_no": ""}, "该事项未备案，不得办理。"),
        ({"approved_by": ""}, "该事项未经核定，不得办理。"),
    ],
)
def test_in_force_to_the_day(facts: dict[str, object], said: str) -> None:
    assert rules.in_force(changed(**facts), D(2026, 6, 1)) == said


def test_the_list_of_papers_goes_by_the_situation() -> None:
    always, one, two = Material("a", "甲"), Material("b", "乙", situation="1"), Material("c", "丙", situation="2")
    item = changed(materials=(always, one, two))
    assert rules.checklist(item, "1") == (always, one)
    assert rules.checklist(item, "") == (always,)


def test_a_form_is_told_in_its_own_names() -> None:
    item = changed(fields=(Field("members", "家庭人口", unit="人"), Field("note", "说明")))
    told = rules.filled(item, {"note": "无", "members": "3", "old": "x"})
    assert told == [("说明", "无"), ("家庭人口", "3 人"), ("old", "x")]
    assert rules.filled(None, {"members": "3"}) == [("members", "3")]


def test_papers_that_show_a_full_number() -> None:
    assert all(rules.shows_identity(f"申请人{one}复印件") for one in rules._IDENTITY)
    assert not rules.shows_identity("申请表")


def test_an_item_of_the_seed_by_its_code() -> None:
    assert load.by_code(SEED.items[2].task_code) == SEED.items[2]
    assert load.by_code("没有") is None


def test_a_catalogue_reads_back() -> None:
    assert load.load(msgspec.json.encode(SEED)) == SEED
    assert Band("1", "轻", "初次", "免罚").basis == ""
    with pytest.raises(load.CatalogueError) as caught:
        load.load(b"{")
    assert (caught.value.kept, caught.value.todo) == ("原来的目录还在用。", "请向中心重新索取。")


NAMES = ("低保", "临时救助", "医疗救助", "草原征占用")
MADE = Catalogue(
    "1",
    "x",
    D(2026, 1, 1),
    SEED.regimes,
    tuple(
        changed(
            task_code=str(at), item_name=name, topic="救助" if at < 3 else "农牧", org_name="民政局" if at else "医保局"
        )
        for at, name in enumerate(NAMES)
    ),
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", NAMES),
        ("  ", NAMES),
        ("救助", ("低保", "临时救助", "医疗救助")),
        ("医", ("低保", "医疗救助")),  # one by its office
        ("医疗 救助", ("医疗救助",)),
        ("救助 医疗", ("医疗救助",)),
        ("ls", ("临时救助",)),
        ("yiliao", ("医疗救助",)),
        ("nm", ("草原征占用",)),
        ("民政", ("临时救助", "医疗救助", "草原征占用")),
        ("没有", ()),
        ("jz 草原", ()),
    ],
)
def test_an_item_is_found_as_people_type(text: str, found: tuple[str, ...]) -> None:
    assert tuple(one.item_name for one in Searcher(MADE).search(text)) == found


def test_what_begins_so_comes_first() -> None:
    made = msgspec.structs.replace(
        MADE,
        items=tuple(
            changed(task_code=name, item_name=name, topic="", org_name="x") for name in ("新草原", "老草原", "草原")
        ),
    )
    assert [one.item_name for one in Searcher(made).search("草原")] == ["草原", "新草原", "老草原"]


@pytest.mark.parametrize("kind", codes.AGAINST)
def test_nobody_applies_for_what_is_exercised_against_them(kind: str) -> None:
    assert "群众不能申请" in rules.in_force(changed(item_type=kind), D(2026, 6, 1))
