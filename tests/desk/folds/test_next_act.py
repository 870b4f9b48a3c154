"""What comes next: one thing for every state that a case can be in."""

from __future__ import annotations

import msgspec
import pytest

from desk.folds.case import Case, Side, State, allowed
from desk.folds.next_act import NextAct, next_act
from desk.log import events

WHOLE = events.TakenMaterial("a", "身份证", 1)
LACKING = events.TakenMaterial("b", "备案表", missing="下次带来")


def case_in(state: State, *materials: events.TakenMaterial, rated: bool = False) -> Case:
    item = events.ItemRef("x", "低保", 1, "c")
    taken = events.Collected(item, "p", events.Person("阿拉坦"), materials or (WHOLE,), "苏和", "152523202202")
    decided = "2026-11-20T10:00:00+08:00" if state in (State.GRANTED, State.REFUSED, State.CERTIFYING) else ""
    made = Case("1", state, taken, "2026-11-10T10:00:00+08:00", "152523202202-01", decided_at=decided)
    return msgspec.structs.replace(made, rated=events.Rated(5, "screen", "", True) if rated else None)


def after(case: Case, *, receipt: bool = True, unsent: bool = False, syncs: bool = True) -> NextAct:
    return next_act(case, receipt=receipt, unsent=unsent, syncs=syncs)


EXPECTED = {
    State.COLLECTED: NextAct.SYNC,
    State.IN_TRANSIT: NextAct.SYNC,
    State.ARRIVED: NextAct.SYNC,
    State.PRE_CHECK: NextAct.SYNC,
    State.SUPPLEMENT_ASKED: NextAct.BRING,
    State.SUPPLEMENTED: NextAct.SYNC,
    State.NOT_ACCEPTED: NextAct.AGAIN,
    State.ACCEPTED: NextAct.SYNC,
    State.IN_REVIEW: NextAct.SYNC,
    State.SUSPENDED: NextAct.SYNC,
    State.EXTENDED: NextAct.SYNC,
    State.GRANTED: NextAct.SYNC,
    State.REFUSED: NextAct.SYNC,
    State.CERTIFYING: NextAct.SYNC,
    State.RETURNING: NextAct.AT_POINT,
    State.AT_POINT: NextAct.SERVE,
    State.SERVED: NextAct.RATE,
    State.CONCLUDED: NextAct.RATE,
    State.ARCHIVED: NextAct.AGAIN,
    State.WITHDRAWN: NextAct.AGAIN,
    State.RETURNED: NextAct.AGAIN,
    State.VOID: NextAct.AGAIN,
}
MOVES = {
    NextAct.AT_POINT: "case.at_point",
    NextAct.SERVE: "case.served",
    NextAct.CONCLUDE: "case.concluded",
    NextAct.BRING: "case.supplemented",
}


@pytest.mark.parametrize("state", list(State))
def test_each_state_has_its_next_thing(state: State) -> None:
    found = after(case_in(state))
    assert found is EXPECTED[state]
    if found in MOVES:
        assert MOVES[found] in allowed(state, Side.DESK)  # never something that would be refused


def test_a_receipt_comes_before_all_else() -> None:
    assert after(case_in(State.COLLECTED), receipt=False, unsent=True) is NextAct.RECEIPT
    assert after(case_in(State.COLLECTED, LACKING), receipt=False, unsent=True) is NextAct.RECEIPT


def test_what_waits_is_sent_before_somebody_is_waited_for() -> None:
    assert after(case_in(State.COLLECTED, LACKING), unsent=True) is NextAct.SYNC
    assert after(case_in(State.ARRIVED, LACKING)) is NextAct.BRING
    assert after(case_in(State.GRANTED, LACKING)) is NextAct.SYNC


@pytest.mark.parametrize(("materials", "expected"), [((WHOLE,), NextAct.RECEIPT), ((LACKING,), NextAct.BRING)])
def test_a_desk_without_a_centre_is_never_told_to_sync(
    materials: tuple[events.TakenMaterial, ...], expected: NextAct
) -> None:
    assert after(case_in(State.COLLECTED, *materials), unsent=True, syncs=False) is expected


@pytest.mark.parametrize(("state", "expected"), [(State.SERVED, NextAct.CONCLUDE), (State.CONCLUDED, NextAct.AGAIN)])
def test_nobody_is_asked_for_a_rating_twice(state: State, expected: NextAct) -> None:
    assert after(case_in(state, rated=True)) is expected
