"""The values of a roll under their names and units, and what they come to."""

from __future__ import annotations

import msgspec

from desk.law.catalogue import load
from desk.law.catalogue.item import Field
from desk.papers import roll_columns

ITEM = msgspec.structs.replace(
    load.seed().items[0],
    fields=(Field("area", "草场面积", "hectares", unit="亩"), Field("kind", "方式", "choice"), Field("rest", "备注")),
)
ROWS = ({"kind": "禁牧", "area": "120.5"}, {"area": "30"}, {"former": "12"})


def test_each_value_stands_under_its_name_and_unit_with_the_sum_of_what_is_counted() -> None:
    fields = roll_columns.fields_of(ITEM, ROWS)
    assert roll_columns.headings(fields) == ("草场面积（亩）", "方式", "former")
    assert roll_columns.totals(fields, ROWS) == ("150.5", "", "")


def test_what_is_no_number_has_no_sum_and_what_nobody_has_no_column() -> None:
    fields = roll_columns.fields_of(ITEM, ({"area": "不详"},))
    assert roll_columns.totals(fields, ({"area": "不详"},)) == ("",)
    assert roll_columns.fields_of(None, ()) == ()


def test_money_has_its_total_in_capitals_too() -> None:
    paid = Field("sum", "补贴金额", "number", unit="元")
    rows = ({"sum": "1200"}, {"sum": "300.5"})
    assert roll_columns.sums((paid, *ITEM.fields), rows) == (
        ("补贴金额合计", "1,500.50 元（人民币壹仟伍佰元零伍角整）"),
    )
    assert roll_columns.sums((paid,), ({"sum": "不详"},)) == ()
