"""One change to many items: which are meant, what becomes of each."""

from __future__ import annotations

import msgspec
import pytest

from desk.law.catalogue import load
from desk.law.catalogue.item import Item, Limit, Step, Unit
from desk.law.item_forms import bulk
from desk.law.item_forms.bulk import FIELDS, Wanted

ITEM = msgspec.structs.replace(
    next(one for one in load.seed().items if one.item_name == "婚姻登记"),
    enquiry_phone="0479-2512345、0479-25123450",
    supervision_phone="0479-2512345",
    promised_limit=Limit(20, Unit.WORKDAY, "不含公示"),
    case_type="2",
    steps=(Step("s1", "受理", "综合窗口", ""), Step("s2", "审核", "民政股", "")),
)


def one(**wanted: str) -> Item:
    (made,) = bulk.changes([ITEM], Wanted(**wanted))
    assert made.why == ""
    return made.after


def test_a_telephone_is_changed_as_a_whole_number() -> None:
    made = one(field="phones", old="0479-2512345", new="0479-7654321")
    assert (made.enquiry_phone, made.supervision_phone) == ("0479-7654321、0479-25123450", "0479-7654321")
    assert one(field="enquiry_phone", old="0479-2512345").enquiry_phone == "0479-25123450"
    assert bulk.changes([ITEM], Wanted("phones", "0479-251", "1")) == []
    (wrong,) = bulk.changes([ITEM], Wanted("phones", "0479-2512345", "看情况"))
    assert "不像电话号码" in wrong.why


def test_a_limit_is_changed_as_a_whole_and_posts_step_by_step() -> None:
    assert one(field="promised_limit", old="20个工作日", new="15 个工作日").promised_limit == Limit(15, Unit.WORKDAY)
    assert bulk.changes([ITEM], Wanted("promised_limit", "2 个工作日", "1 个工作日")) == []
    assert "不是期限" in bulk.changes([ITEM], Wanted("promised_limit", "20 个工作日", "不久"))[0].why
    assert [step.post for step in one(field="post", old="民政股", new="社会事务股").steps] == ["综合窗口", "社会事务股"]


def test_without_old_words_the_field_is_set() -> None:
    assert one(field="hours", new="工作日 9:00—17:00").hours == "工作日 9:00—17:00"
    assert bulk.changes([ITEM], Wanted("hours", new=ITEM.hours)) == []


@pytest.mark.parametrize(
    ("asked", "count"),
    [({}, 1), ({"words": "婚姻 登记"}, 1), ({"words": "草原"}, 0), ({"org": ITEM.org_name}, 1), ({"org": "别的局"}, 0),
     ({"kind": ITEM.item_type}, 1), ({"kind": "02"}, 0)],
)  # fmt: skip
def test_which_items_are_meant(asked: dict[str, str], count: int) -> None:
    assert len(bulk.changes([ITEM], Wanted("hours", new="全天", **asked))) == count


def test_every_field_that_is_offered_can_be_changed() -> None:
    new = {"phones": "12345", "enquiry_phone": "12345", "supervision_phone": "12345"}
    for field in FIELDS:
        made = bulk.changes([ITEM], Wanted(field, new=new.get(field, "3 个工作日")))
        assert [change.why for change in made] == [""], field
