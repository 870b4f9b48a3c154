"""Windows of one hall meet on their own wire: the same counter with the centre away."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from conftest import Served, called, full_draft, move, sync
from hall_steps import hall, introduced, until

from desk.app.open_desk import Desk
from desk.store.snapshots import CaseQuery
from desk.sync.outcome import Outcome


def names(desk: Desk) -> set[str]:
    return {row.applicant_name for row in desk.cases(CaseQuery(), 0, 1000)}


def away(*desks: Desk) -> None:
    for desk in desks:
        desk.set_centre_address("http://127.0.0.1:1")


def test_what_one_window_writes_the_others_have_without_the_centre(make_desk: Callable[..., Desk]) -> None:
    desks = [make_desk(name) for name in ("one", "two", "three")]
    introduced(*desks)
    away(*desks)
    with hall(*desks):
        number = desks[0].register(full_draft(desks[0], person=called("牧甲"))).intake_no
        until(lambda: all(names(one) == {"牧甲"} for one in desks))
        desks[2].handling.act(number, "case.withdrawn", "不办了")
        until(lambda: len({one.case(number).case.state for one in desks}) == 1)
        assert [one.is_here for one in desks[0].hall.status().windows] == [True, True]
    assert desks[0].store.tables() is not None
    for one in desks:
        before = one.store.tables()
        one.store.rebuild()
        assert one.store.tables() == before


def test_whoever_has_a_line_speaks_for_all(make_desk: Callable[..., Desk], served: Served) -> None:
    one, two = make_desk("one"), make_desk("two")
    introduced(one, two)
    away(two)
    with hall(one, two):
        number = two.register(full_draft(two, person=called("牧乙"))).intake_no
        until(lambda: names(one) == {"牧乙"})
        assert sync(one).outcome is Outcome.DONE
        assert served.centre.case(number) is not None
        until(lambda: two.case(number).case.case_no)
        until(lambda: two.sync_status().waiting == 0, "two never heard that the centre has it")
        move(served, number, "case.accepted")
        sync(one)
        until(lambda: two.case(number).case.state == one.case(number).case.state)
        assert two.case(number).case.state.value == "accepted"
    two.set_centre_address(served.address)
    assert sync(two).outcome is Outcome.DONE


@pytest.fixture(autouse=True)
def _no_noise(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("WARNING")
