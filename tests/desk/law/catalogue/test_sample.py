"""The sample covers what a sumu handles: enough items, each with all that a guide needs, found by people's words."""

from __future__ import annotations

import datetime as dt

import pytest

from desk.law.catalogue import basis, lines, load, rules
from desk.law.catalogue.item import Item, ProxyMode, Unit
from desk.law.catalogue.search import Searcher, everyday_words
from desk.law.statutes import register

SEED = load.seed()
TODAY = dt.date(2026, 11, 28)
TAKEN = [one for one in SEED.items if not rules.in_force(one, TODAY)]
REGIMES = {one.code: one for one in SEED.regimes}
FIELDS = (
    "人力资源和社会保障局", "医疗保障局", "民政局", "残疾人联合会", "退役军人事务局", "卫生健康委员会",
    "住房和城乡建设局", "自然资源局", "农牧和科技局", "林业和草原局", "公安局", "教育局", "苏木人民政府",
    "司法局", "公证处", "调解委员会",
)  # fmt: skip


def is_described(item: Item) -> bool:
    """Whether conditions, materials, steps and a basis stand there."""
    return all((lines.conditions(item), item.materials, item.steps, item.legal_basis, item.proxy_note))


def is_complete(item: Item) -> bool:
    """Whether nothing that a guide tells is left to ask: limits, also of each step, fields, result, places, rights."""
    remedy = item.remedy or REGIMES[item.regime].remedy
    told = item.result_name, item.place, item.hours, item.enquiry_phone, item.supervision_phone, item.rights, remedy
    return (
        is_described(item)
        and item.promised_limit is not None
        and bool(item.fields)
        and all(told)
        and all(one.limit for one in item.steps)
    )


def test_it_holds_eighty_items_and_forty_complete_ones() -> None:
    assert len({one.task_code for one in TAKEN}) >= 80
    assert sum(is_described(one) for one in TAKEN) >= 80
    assert sum(is_complete(one) for one in TAKEN) >= 40


@pytest.mark.parametrize("field", FIELDS)
def test_every_field_has_items(field: str) -> None:
    assert any(field in one.org_name for one in TAKEN)


def test_nothing_in_it_hinders_publishing() -> None:
    assert rules.lint(SEED) == []
    assert [one.words() for one in basis.findings(SEED, register.known(), TODAY) if one.is_false] == []


def test_each_item_is_found_by_a_word_of_the_people() -> None:
    searcher = Searcher(SEED)
    lost = [one.item_name for one in TAKEN if not any(one in searcher.search(word) for word in words_of(one))]
    assert lost == []


def words_of(item: Item) -> list[str]:
    """Everyday words that are not just a part of the name."""
    return [word for word in everyday_words(item.item_name) if word not in item.item_name]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("社保卡", "社会保障卡"), ("sbk", "社会保障卡"), ("医保报销", "手工"), ("外地看病", "异地就医"),
        ("迁户口", "户口迁移"), ("讨薪", "工资投诉"), ("失业金", "失业保险金"), ("驾照", "驾驶证"), ("狼", "野生动物"),
        ("打耳标", "强制免疫"), ("轮椅", "辅助器具"), ("领养", "收养登记"), ("开店", "个体工商户"),
        ("贫困生", "经济困难学生"), ("上访", "信访"),
    ],
)  # fmt: skip
def test_what_people_say_leads_there(typed: str, name: str) -> None:
    assert any(name in one.item_name for one in Searcher(SEED).search(typed)[:3])


def test_where_the_person_is_needed_the_agent_does_not_go_for_them() -> None:
    needed = {one.item_name: one.proxy_mode for one in TAKEN if one.proxy_mode is not ProxyMode.PROXY}
    for word in ("收养登记", "普通护照", "户口迁移", "居住证", "兵役登记", "优待证", "待遇领取资格认证"):
        assert [mode for name, mode in needed.items() if word in name], word
    came = [one.item_name for one in TAKEN if one.proxy_mode is ProxyMode.PRESENCE and not one.visits]
    assert came == []


def test_where_no_law_and_no_office_sets_a_limit_it_says_whom_to_ask() -> None:
    """A limit that is not known is left empty, and none of an item's steps makes up for it."""
    open_ended = [one for one in TAKEN if one.statutory_limit is None and one.promised_limit is None]
    assert open_ended
    for one in open_ended:
        assert one.stated is not None, one.item_name
        assert one.stated.ask, one.item_name
        assert not [step for step in one.steps if step.code == "decide" and step.limit], one.item_name


def test_a_step_takes_no_longer_than_the_law_allows() -> None:
    days = {Unit.INSTANT: 0.0, Unit.WORKDAY: 1.4, Unit.DAY: 1.0, Unit.MONTH: 30.0}
    for one in TAKEN:
        for step in one.steps:
            if step.code == "decide" and step.limit and one.statutory_limit:
                allowed = one.statutory_limit.count * days[one.statutory_limit.unit]
                assert step.limit.count * days[step.limit.unit] <= allowed, one.item_name
