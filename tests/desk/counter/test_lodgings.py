"""A village's envelope by way of the township: taken over there, passed on, seen by village, township and centre."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from conftest import POINT_NAME, Served, SetClock, called, full_draft, sync
from counter_steps import same_after_rebuild
from office import browsers, hidden_in

from desk.app.open_desk import Desk
from desk.counter.township import lodgings
from desk.errors import RefusedError
from desk.folds.records import Bundle
from desk.log import receipt_code
from desk.log.keys import NodeKeys
from desk.log.post_events import LodgeMade
from desk.store.entries import Fact

TOWN, FAR_TOWN = "152523202000", "152523203000"
DAY = dt.date(2026, 11, 24)


@pytest.fixture
def brought(make_desk: Callable[..., Desk]) -> tuple[Desk, Desk, Bundle]:
    """A township's desk, a village's, and its envelope of two cases that a carrier has."""
    town, village = make_desk("town", TOWN), make_desk("village")
    numbers = tuple(village.register(full_draft(village, at, called(name))).intake_no for at, name in enumerate("甲乙"))
    bundle = village.trips.seal("苏尼特左旗政务服务中心", numbers, "A-17")
    village.trips.hand_over(bundle.id, "巴特尔", "13900000009")
    return town, village, village.trips.bundle(bundle.id)


def test_the_chain_is_seen_at_all_three(
    brought: tuple[Desk, Desk, Bundle], served: Served, make_desk: Callable[..., Desk], tell: SetClock
) -> None:
    town, village, bundle = brought
    number, case_no = bundle.sealed.number, bundle.sealed.cases[0].intake_no
    sync(village), sync(town)
    due = served.centre.case(case_no)[0]
    code = receipt_code.make_bundle(village.identity.keys, number)
    arriving = town.lodgings.look(code.swapcase())  # as a scanner types it with CapsLock on
    assert arriving.code == lodgings.GENUINE
    assert (arriving.number, arriving.village, len(arriving.cases)) == (number, "乌日尼勒图嘎查", 2)
    town.lodgings.take(arriving, "娜仁", 1, ())
    town.close()
    town = make_desk("town", TOWN)
    (lying,) = town.lodgings.listed()
    assert lying.lodging.made.code == "genuine"
    assert (lying.lodging.state, lying.lodging.made.differences) == ("here", ("清单 2 件，实收 1 件",))
    assert village.trips.lodgings() == {}  # it has not heard yet
    sync(town), sync(village)
    seen = village.trips.lodgings()[number]
    assert (seen.state, seen.made.receiver, seen.made.org) == ("here", "娜仁", POINT_NAME)
    assert seen.made_at == lying.lodging.made_at  # the township's own time, once
    trip = town.trips.drive(DAY, 160, (), "", (number,))
    assert (trip.made.bundles, trip.made.cases, trip.made.saved_trips) == ((number,), 1, 0)
    with pytest.raises(RefusedError, match="已经送出"):
        town.trips.drive(DAY, 160, (), "", (number,))
    town.close()
    town = make_desk("town", TOWN)
    sync(town), sync(village), sync(village)
    assert village.trips.lodgings()[number].state == "passed"
    with browsers(served) as log_in:
        clerk = log_in("wulan")
        page = clerk.get(f"/cases/{case_no}").text
        steps = ("苏和 封好，2 件", "交给 巴特尔", "娜仁 收下，实收 1 件", "清单 2 件", "苏和 带走")
        assert [page.find(one) for one in steps] == sorted(page.find(one) for one in steps)
        assert page.find(steps[0]) > 0
        assert clerk.post(f"/cases/{case_no}/papers", data=hidden_in(page) | {"number": number}).status_code == 200
    sync(village), sync(town)
    assert village.trips.bundle(bundle.id).state == "taken"
    assert town.lodgings.listed()[0].is_taken
    after = served.centre.case(case_no)[0]
    assert (after.arrived_at, after.state) == (due.arrived_at, due.state)  # no clock moved
    same_after_rebuild(town)
    same_after_rebuild(village)


def test_a_code_is_held_against_the_keys_of_the_village(
    brought: tuple[Desk, Desk, Bundle], make_desk: Callable[..., Desk], served: Served
) -> None:
    town, village, bundle = brought
    number = bundle.sealed.number
    made = receipt_code.make_bundle(village.identity.keys, number)
    assert town.lodgings.look(made).code == lodgings.UNKNOWN  # nobody was heard yet
    neighbour = make_desk("neighbour", "152523202203")
    sync(village), sync(town)
    assert (town.lodgings.look(made).code, town.lodgings.look(number).code) == (lodgings.GENUINE, lodgings.TYPED)
    head, _, signature = made.rpartition(".")
    other = f"{number[:-1]}{(int(number[-1]) + 1) % 10}"
    wrong = (
        receipt_code.make_bundle(NodeKeys.make(), number),
        receipt_code.make_bundle(neighbour.identity.keys, number),
        made.replace(number, other),
        f"{head}.{signature[:-4]}",
        f"{head}.",
        f"{head}.{receipt_code.make(village.identity.keys, number).rpartition('.')[2]}",  # signed as a receipt
    )
    for code in wrong:
        with pytest.raises(RefusedError, match="不是这个村的终端签的"):
            town.lodgings.look(code)
    # Other keys since: what was signed with the former ones is genuine all the same.
    village.change_keys()
    sync(village), sync(town)
    assert town.lodgings.look(made).code == lodgings.GENUINE
    assert town.lodgings.look(receipt_code.make_bundle(village.identity.keys, number)).code == lodgings.GENUINE


def test_an_envelope_whose_list_has_not_come(brought: tuple[Desk, Desk, Bundle], served: Served) -> None:
    town, village, bundle = brought
    arriving = town.lodgings.look(bundle.sealed.number)
    assert (arriving.bundle, arriving.village) == (None, "乌日尼勒图嘎查")
    town.lodgings.take(arriving, "娜仁", 2, ())
    sync(town), sync(village)  # the township first
    sync(village)
    assert village.trips.lodgings()[bundle.sealed.number].state == "here"
    sync(town)
    assert town.lodgings.listed()[0].bundle is not None


def test_what_is_refused(brought: tuple[Desk, Desk, Bundle], make_desk: Callable[..., Desk], served: Served) -> None:
    town, village, bundle = brought
    number, other = bundle.sealed.number, make_desk("other", FAR_TOWN)
    for typed, why in (("Z12", "不是信封"), (number.replace("202202", "203201"), "不是本苏木乡镇")):
        with pytest.raises(RefusedError, match=why):
            town.lodgings.look(typed)
    for receiver, counted, why in ((" ", 2, "接收人"), ("娜仁", 0, "实收")):
        with pytest.raises(RefusedError, match=why):
            town.lodgings.take(town.lodgings.look(number), receiver, counted, ())
    arriving = town.lodgings.look(number)
    town.lodgings.take(arriving, "娜仁", 2, ())
    for again in (lambda: town.lodgings.look(number), lambda: town.lodgings.take(arriving, "娜仁", 2, ())):
        with pytest.raises(RefusedError, match="已经收过"):
            again()
    # A township that is not the village's, past its own window: it stays in its log, and has no effect anywhere.
    with other.store.write() as db:
        other.session.append(db, Fact("lodge.made", number, LodgeMade(number, "某人", "别处", 2, officer="某人")))
    sync(other), sync(village), sync(village)
    assert village.trips.lodgings() == {}
    sync(other)
    assert other.lodgings.listed()[0].lodging.state == "refused"
