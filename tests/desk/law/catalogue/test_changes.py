"""What an editor is shown before publishing: everything that changes, and nothing that does not."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from desk.law.catalogue import changes, load, versions
from desk.law.catalogue.item import Catalogue, Item, Limit, Regime, Unit
from desk.law.catalogue.versions import Offered
from desk.law.holidays import HolidayTable

SEED = load.seed()
FIRST, SECOND, THIRD = [one for one in SEED.items if one.version == 1 and one.effective_to is None][:3]
D = dt.date
TODAY = D(2026, 11, 24)


def catalogue(*items: Item, regimes: tuple[Regime, ...] = ()) -> Catalogue:
    return msgspec.structs.replace(SEED, items=items, regimes=regimes)


def known(*items: Item) -> dict[str, Offered]:
    return versions.offered(items)


def compare(before: dict[str, Offered], after: Catalogue, withdrawn: tuple[str, ...] = ()) -> changes.Changes:
    stands = {code: msgspec.structs.replace(one, withdrawn=code in withdrawn) for code, one in before.items()}
    return changes.compare(stands, after, {}, TODAY)


def test_the_same_is_counted_and_no_more() -> None:
    assert compare(known(FIRST, SECOND), catalogue(FIRST, SECOND)) == changes.Changes((), (), (), 2, ())


def test_new_gone_and_taken_up_again() -> None:
    found = compare(known(FIRST, SECOND), catalogue(FIRST, THIRD))
    assert (found.new, found.gone, found.same) == ((THIRD,), (SECOND,), 1)
    again = compare(known(FIRST, SECOND), catalogue(FIRST), (FIRST.task_code, SECOND.task_code))
    assert (again.new, again.gone, again.same) == ((FIRST,), (), 0)


def test_what_changed_is_named_and_wants_a_higher_version() -> None:
    later = msgspec.structs.replace(FIRST, place="新大厅", hours="全天", version=FIRST.version + 1)
    found = compare(known(FIRST), catalogue(later))
    assert [(one.before, one.after, one.fields) for one in found.changed] == [
        (FIRST, later, ("版本", "办理地点", "办理时间"))
    ]
    assert (found.faults, found.same, found.new) == ((), 0, ())
    for version in (FIRST.version, FIRST.version - 1):
        same = msgspec.structs.replace(later, version=version)
        (fault,) = compare(known(FIRST), catalogue(same)).faults
        assert fault.startswith(f"{FIRST.item_name}：")
        assert f"现行第 {FIRST.version} 版，新的第 {version} 版" in fault


def test_every_item_is_looked_at_whatever_the_one_before_it_was() -> None:
    changed = msgspec.structs.replace(SECOND, place="别处", version=SECOND.version + 1)
    found = compare(known(FIRST, SECOND), catalogue(THIRD, FIRST, changed))
    assert (len(found.new), found.same, len(found.changed)) == (1, 1, 1)


def test_every_field_has_a_name_for_people() -> None:
    assert set(changes.FIELD_NAMES) >= set(Item.__struct_fields__) - {"task_code"}
    assert set(changes.REGIME_NAMES) == set(Regime.__struct_fields__)


def test_legal_clocks_that_are_new_and_that_changed() -> None:
    one, two, three = SEED.regimes[:3]
    shorter = msgspec.structs.replace(two, decision=Limit(1, Unit.DAY), basis="新法")
    after = catalogue(regimes=(one, shorter, three))
    found = changes.compare({}, after, {one.code: one, two.code: two}, TODAY)
    assert found.new_regimes == (three,)
    assert [(each.before, each.after, each.fields) for each in found.changed_regimes] == [
        (two, shorter, ("依据", "作出决定"))
    ]


def table(**facts: object) -> HolidayTable:
    plain = HolidayTable("1", "国务院办公厅", (2026,), frozenset({D(2026, 10, 1)}), frozenset({D(2026, 10, 10)}))
    return msgspec.structs.replace(plain, **facts)


def test_equal_tables_change_nothing() -> None:
    assert not changes.compare_days(table(), table(version="2")).any()


@pytest.mark.parametrize(
    ("field", "facts", "came", "went"),
    [
        ("years", {"years": (2028, 2027)}, (2027, 2028), (2026,)),
        (
            "off",
            {"days_off": frozenset({D(2026, 10, 3), D(2026, 10, 2)})},
            (D(2026, 10, 2), D(2026, 10, 3)),
            (D(2026, 10, 1),),
        ),
        (
            "worked",
            {"workdays": frozenset({D(2026, 9, 20), D(2026, 2, 14)})},
            (D(2026, 2, 14), D(2026, 9, 20)),
            (D(2026, 10, 10),),
        ),
    ],
)
def test_days_that_come_and_go_stand_in_order(
    field: str, facts: dict[str, object], came: tuple[object, ...], went: tuple[object, ...]
) -> None:
    found = changes.compare_days(table(), table(**facts))
    told = {name: getattr(found, name) for name in found.__struct_fields__}
    assert {name: days for name, days in told.items() if days} == {field: came, f"{field}_gone": went}
    assert found.any()
    assert changes.compare_days(table(**facts), table()).any()


def test_a_sound_table_has_no_faults() -> None:
    assert changes.day_faults(table()) == []


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"version": " "}, "没有写版本或发布机关"),
        ({"issued_by": ""}, "没有写版本或发布机关"),
        ({"workdays": frozenset({D(2026, 10, 1)})}, "既放假又上班：2026-10-01"),
        ({"years": (2025,)}, "不在所写年份里：2026-10-01、2026-10-10"),
        (
            {"days_off": frozenset(D(2030, 1, day) for day in range(1, 9))},
            "不在所写年份里：2030-01-01、2030-01-02、2030-01-03、2030-01-04、2030-01-05",
        ),
    ],
)
def test_what_is_wrong_with_a_table(facts: dict[str, object], said: str) -> None:
    assert changes.day_faults(table(**facts)) == [said]


def test_no_years_and_days_that_are_both() -> None:
    assert "没有写包括哪些年份" in changes.day_faults(table(years=()))
    six = frozenset(D(2026, 1, day) for day in range(1, 7))
    (both,) = changes.day_faults(table(days_off=six, workdays=six))
    assert both == "既放假又上班：2026-01-01、2026-01-02、2026-01-03、2026-01-04、2026-01-05"


STANDS = msgspec.structs.replace(FIRST, effective_from=D(2026, 1, 1), effective_to=None, filed_on=D(2026, 1, 1))
WAITS = msgspec.structs.replace(STANDS, effective_from=D(2027, 1, 1), version=2, hours="上午")


def version(number: int, begins: dt.date, **facts: object) -> Item:
    return msgspec.structs.replace(STANDS, version=number, effective_from=begins, **facts)


def test_a_version_for_a_later_day_is_a_change_like_another() -> None:
    found = compare(known(STANDS), catalogue(STANDS, WAITS))
    assert (found.same, found.faults) == (1, ())
    assert [(one.before, one.after, one.fields) for one in found.changed] == [
        (STANDS, WAITS, ("版本", "实施日期", "办理时间"))
    ]
    again = compare(known(STANDS, WAITS), catalogue(STANDS, WAITS))
    assert (again.same, again.changed, again.faults) == (2, (), ())


def test_one_that_waits_is_not_kept_from_its_day_unseen() -> None:
    fix = version(3, TODAY, place="二楼")
    (fault,) = compare(known(STANDS, WAITS), catalogue(fix)).faults
    assert "第 2 版要从 2027-01-01 起实施，会被第 3 版顶掉" in fault
    both = compare(known(STANDS, WAITS), catalogue(fix, version(4, D(2027, 1, 1), hours="上午")))
    assert both.faults == ()
    ended = msgspec.structs.replace(STANDS, effective_to=D(2026, 12, 31))
    assert compare(known(STANDS), catalogue(ended, WAITS)).faults == ()
    corrected = compare(known(STANDS, WAITS), catalogue(version(3, D(2027, 1, 1), hours="全天")))
    assert corrected.faults == ()
