"""The seed catalogue: complete where it says so, marked 示例 where it is not confirmed."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from desk.law.catalogue import load, rules
from desk.law.catalogue.item import Item

SEED = load.seed()
TODAY = dt.date(2026, 11, 24)


def complete(item: Item) -> bool:
    return all(
        (item.legal_basis, item.materials, item.acceptance_conditions, item.statutory_limit, item.promised_limit,
         item.steps, item.enquiry_phone, item.supervision_phone, item.proxy_note, item.result_name)
    )  # fmt: skip


def test_it_breaks_none_of_its_own_rules() -> None:
    assert rules.lint(SEED) == []


def test_how_many_there_are() -> None:
    in_force = [item for item in SEED.items if not rules.in_force(item, TODAY)]
    assert len(in_force) >= 32
    assert sum(complete(item) for item in SEED.items) >= 12


def test_unconfirmed_items_say_what_is_unconfirmed() -> None:
    assert all(item.sample_note for item in SEED.items if item.sample)


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"approved_by": ""}, "核定"),
        ({"filed_no": ""}, "备案"),
        ({"filed_on": None}, "备案"),
        ({"effective_from": dt.date(2027, 1, 1)}, "实施"),
        ({"effective_to": dt.date(2026, 11, 23)}, "停止"),
    ],
)
def test_an_item_that_is_not_in_force_says_why(changes: dict[str, object], word: str) -> None:
    assert word in rules.in_force(msgspec.structs.replace(SEED.items[0], **changes), TODAY)


@pytest.mark.parametrize("bad", [b"", b"{}", b"[]", b"\xff", b"[" * 10_000])
def test_what_is_no_catalogue_is_refused(bad: bytes) -> None:
    with pytest.raises(load.CatalogueError):
        load.load(bad)


def test_divisions() -> None:
    from desk.law import divisions

    table = divisions.load()
    assert table.full_name("152523202202") == "锡林郭勒盟苏尼特左旗洪格尔苏木乌日尼勒图嘎查"
    assert "152523202202" in [one.code for one in table.search("乌日尼勒图嘎查", "village")]
    assert [one.name for one in table.search("宝格达音高勒")]  # typed 高, stored 髙
