"""The form of an item: nothing of an item is lost on its way through, two people's typing is put together."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from desk.law.catalogue import load
from desk.law.catalogue.item import Band, Item, KnownNone, Limit, Need, Step, Unit
from desk.law.item_forms import form, rows, side_by_side
from desk.law.item_tables import written

SEED = load.seed().items
ITEM = next(one for one in SEED if one.item_name == "婚姻登记")


def blank(version: int = 1) -> Item:
    return msgspec.structs.replace(written.blank(dt.date(2026, 1, 1)), version=version)


def with_rows(shown: form.Form, key: str, *more: dict[str, str], **none: str) -> form.Form:
    return msgspec.structs.replace(shown, lists={**shown.lists, key: [*shown.lists[key], *more]}, none=none)


def with_words(shown: form.Form, **words: str) -> form.Form:
    return msgspec.structs.replace(shown, words={**shown.words, **words})


def test_each_field_of_each_entry_has_a_column() -> None:
    for one in rows.LISTS.values():
        columns = {column.key for column in one.columns} | ({"code"} if one.letter else set())
        assert columns == set(one.entry.__struct_fields__), one.key


def test_each_field_of_an_item_is_in_the_form() -> None:
    named = set(form.KEYS) | {"before", "elsewhere", "ask"}
    left = set(Item.__struct_fields__) - named
    assert left == {"version", "case_type", "none_of", "stated"}  # which follow from the others


def test_what_is_shown_and_sent_back_is_the_item_itself() -> None:
    for item in SEED:
        assert form.read(item, form.shown(item)) == (item, [])


def test_typed_anew_it_is_the_same_item() -> None:
    for item in SEED:
        made, said = form.read(blank(item.version), form.shown(item))
        assert [one for one in said if "份数" not in one.text] == []
        words = side_by_side.words_of(made)
        assert {key: words[key] for key in words} == side_by_side.words_of(item), item.item_name


def test_rows_are_read_with_codes_that_the_item_never_had() -> None:
    shown = with_rows(
        form.shown(ITEM),
        "materials",
        {"name": " 申请表 ", "originals": "１", "copies": "", "need": "may_follow"},
        {"name": "", "originals": "1", "copies": "0", "need": "required"},
    )
    item, said = form.read(ITEM, shown)
    assert said == []
    assert item.materials[:-1] == ITEM.materials
    made = item.materials[-1]
    assert (made.name, made.originals, made.copies, made.need) == ("申请表", 1, 0, Need.MAY_FOLLOW)
    assert made.code not in {one.code for one in ITEM.materials}


def test_rows_that_are_moved_stay_to_the_letter() -> None:
    shown = form.shown(ITEM)
    turned = msgspec.structs.replace(shown, lists={**shown.lists, "steps": shown.lists["steps"][::-1]})
    item, said = form.read(ITEM, turned)
    assert (item.steps, said) == (ITEM.steps[::-1], [])


@pytest.mark.parametrize(
    ("key", "row", "column", "words"),
    [
        ("materials", {"originals": "1", "need": "required", "source": "自备"}, "name", "没有写材料名称"),
        ("materials", {"name": "甲", "originals": "几", "need": "required"}, "originals", "不是份数"),
        ("steps", {"name": "受理", "limit": "不久"}, "limit", "不是期限"),
        ("holds", {"text": "满六十", "value": "60", "law": "某法"}, "fact", "没有选"),
        ("bands", {"name": "字" * 2001}, "name", "太长"),
        ("before", {"what": "申报", "basis": "某法"}, "limit", "没有写期限"),
    ],
)
def test_what_cannot_be_read_is_told_at_its_cell(key: str, row: dict[str, str], column: str, words: str) -> None:
    item, said = form.read(ITEM, with_rows(form.shown(ITEM), key, row))
    assert item == ITEM
    assert said[0].field == key
    assert (said[0].row, column) == (len(rows.rows_of(ITEM, key)), said[0].column)
    assert words in said[0].text


def test_that_there_is_nothing_is_said_with_a_tick() -> None:
    start = blank()
    item, said = form.read(start, with_rows(form.shown(start), "materials", materials=""))
    assert (item.none_of, said) == ((KnownNone("materials"),), [])
    _, said = form.read(start, with_rows(form.shown(start), "fees", fees=""))
    assert ("没有写依据" in said[0].text, said[0].field) == (True, "fees")
    item, said = form.read(start, with_rows(form.shown(start), "fees", fees="行政许可法§58"))
    assert item.none_of == (KnownNone("fees", "行政许可法§58"),)
    item, said = form.read(
        item, with_rows(form.shown(item), "fees", {"name": "费", "standard": "5 元", "basis": "某法"})
    )
    assert (item.none_of, len(item.fees), said) == ((), 1, [])


def test_what_a_new_list_names_is_found_by_its_name() -> None:
    shown = with_rows(form.shown(ITEM), "situations", {"name": "补发"})
    shown = with_rows(shown, "materials", {"name": "声明", "originals": "1", "need": "required", "situation": "补发"})
    item, said = form.read(ITEM, shown)
    assert said == []
    assert item.materials[-1].situation == item.situations[-1].code
    assert rows.rows_of(item, "materials")[-1]["situation"] == "补发"


def test_two_people_at_once_keep_what_both_typed() -> None:
    base = form.shown(ITEM)
    theirs = form.shown(msgspec.structs.replace(ITEM, place="二楼", hours="全天", rights="陈述"))
    mine = with_words(base, place="三楼", result_name="证", rights="陈述")
    made, taken, both = form.merged(mine, form.marks(base), theirs)
    assert (taken, both) == (["hours"], ["place"])
    assert [made.words[key] for key in ("place", "hours", "result_name", "rights")] == ["三楼", "全天", "证", "陈述"]


def test_lists_of_two_people_are_put_together_list_by_list() -> None:
    base = form.shown(ITEM)
    theirs = form.shown(msgspec.structs.replace(ITEM, bands=(Band("b1", "轻", "初次", "不罚"),)))
    mine = with_rows(base, "materials", {"name": "申请表", "originals": "1", "need": "required"})
    made, taken, both = form.merged(mine, form.marks(base), theirs)
    assert (taken, both) == (["bands"], [])
    assert made.lists["materials"] == mine.lists["materials"]
    assert made.lists["bands"] == theirs.lists["bands"]


def test_that_there_is_nothing_is_seen_side_by_side() -> None:
    before = msgspec.structs.replace(ITEM, fees=(), none_of=())
    after = msgspec.structs.replace(before, none_of=(KnownNone("fees", "行政许可法§58"),))
    (one,) = [one for one in side_by_side.compared(before, after) if one.key == "fees"]
    assert "".join(piece.text for piece in one.after) == "不收费（依据：行政许可法§58）"


def test_why_a_step_is_not_counted_is_seen_side_by_side() -> None:
    step = Step("s1", "公示", "嘎查", "", Limit(7, Unit.DAY))
    before = msgspec.structs.replace(ITEM, steps=(step,))
    after = msgspec.structs.replace(ITEM, steps=(msgspec.structs.replace(step, uncounted="公示期"),))
    assert [one.key for one in side_by_side.compared(before, after)] == ["steps"]
