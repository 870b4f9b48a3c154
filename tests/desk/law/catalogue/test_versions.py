"""Which version of an item counts on a day: the story of the relief items, and any other order of publishing."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from desk.law.catalogue import load, rules, versions
from desk.law.catalogue.item import Item
from desk.law.catalogue.versions import Offered, standing

SEED = load.seed()
D = dt.date
DIBAO, POOREST, URGENT = "NM152523-05-001", "NM152523-05-002", "NM152523-05-003"
ITEM = next(one for one in SEED.items if one.effective_to is None and one.version == 1)


def version(number: int, begins: dt.date, **facts: object) -> Item:
    return msgspec.structs.replace(ITEM, version=number, effective_from=begins, **facts)


@pytest.mark.parametrize("code", [DIBAO, POOREST, URGENT])
def test_relief_goes_by_the_new_law_from_its_first_day(code: str) -> None:
    offered = versions.offered(SEED.items)[code]
    before, after = offered.on(D(2026, 6, 30)), offered.on(D(2026, 7, 1))
    assert (before.version, before.effective_to) == (1, D(2026, 6, 30))
    assert (after.version, after.effective_from, after.effective_to) == (2, D(2026, 7, 1), None)
    assert {one.law for one in before.legal_basis} & {"社会救助暂行办法"}
    assert {one.law for one in after.legal_basis} - {"民发〔2021〕57号"} == {"社会救助法"}
    assert (before.materials, before.steps) == (after.materials, after.steps)
    assert (rules.in_force(before, D(2026, 6, 30)), rules.in_force(after, D(2026, 7, 1))) == ("", "")
    assert load.by_code(code) == after
    assert offered.coming(D(2026, 6, 30)) == (after,)
    assert offered.coming(D(2026, 7, 1)) == ()


def test_the_highest_that_has_begun_counts() -> None:
    one, two, three = version(1, D(2026, 1, 1)), version(2, D(2027, 1, 1)), version(3, D(2026, 6, 1))
    assert standing((two, one), D(2026, 12, 31)) == one
    assert standing((two, one), D(2027, 1, 1)) == two
    assert standing((one, two, three), D(2027, 1, 1)) == three  # said later, so it stands
    assert standing((version(5, D(2025, 1, 1)), one), D(2026, 2, 1)).version == 5
    assert standing((two, version(3, D(2028, 1, 1))), D(2026, 1, 1)) == two  # the next to begin
    with pytest.raises(ValueError, match="empty"):
        standing((), D(2026, 1, 1))


def test_what_counts_on_no_day_is_let_go() -> None:
    one, two, three = version(1, D(2026, 1, 1)), version(2, D(2026, 6, 1)), version(3, D(2027, 1, 1))
    offered = Offered()
    for item, on in ((one, D(2025, 12, 1)), (two, D(2026, 5, 1))):
        offered = offered.published(item, on)
    assert offered.items == (one, two)  # on the day of its publication the first still counts
    assert offered.published(three, D(2026, 12, 1)).items == (two, three)
    assert offered.published(one).items == (two, one)
    corrected = version(3, D(2027, 1, 1), hours="全天")
    assert offered.published(three, D(2026, 12, 1)).published(corrected, D(2026, 12, 2)).items == (two, corrected)


def test_what_was_withdrawn_does_not_come_back_with_a_later_version() -> None:
    one, two = version(1, D(2026, 1, 1)), version(2, D(2027, 1, 1))
    shut = Offered().published(one, D(2026, 1, 1)).published(one, D(2026, 3, 1), withdrawn=True)
    assert shut.withdrawn
    again = shut.published(two, D(2026, 4, 1))
    assert (again.items, again.withdrawn) == ((two,), False)
    assert rules.in_force(again.on(D(2026, 4, 2)), D(2026, 4, 2))


def test_a_time_that_is_none_is_no_day() -> None:
    assert versions.told_on("2026-11-24T23:30:00+08:00") == D(2026, 11, 24)
    assert versions.told_on("never") is None
