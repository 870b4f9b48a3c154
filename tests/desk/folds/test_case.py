"""The fold: the same case from the same entries in any order; who may move it; what cannot both be true is shown."""

from __future__ import annotations

import itertools

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.folds import case
from desk.log import chain, events

DESK, OTHER, CENTRE = "152523202202-01", "152523203201-01", "152523000000-00"
NUMBER = "152523202202012611240012"
_time = itertools.count()


def entry(node: str, kind: str, rank: int, data: object, subject: str = NUMBER) -> chain.Entry:
    seq = next(_time) + 1
    return chain.Entry(node, seq, "", f"2026-11-24T10:00:{seq % 60:02d}+08:00", "a", kind, subject, rank, raw(data))


def raw(data: object) -> msgspec.Raw:
    return msgspec.Raw(msgspec.json.encode(data))


def collected(node: str = DESK) -> chain.Entry:
    item = events.ItemRef("x", "低保", 1, "c")
    data = events.Collected(item, "p", events.Person("阿拉坦"), (), "苏和", node[:12])
    return entry(node, "case.collected", 1, data)


ROAD = [
    collected(),
    entry(CENTRE, "case.arrived", 2, events.Arrived("N1", "旗中心")),
    entry(CENTRE, "case.accepted", 3, events.Accepted("乌兰", "综合窗口")),
    entry(DESK, "case.withdrawn", 3, events.Act("苏和", reasons="不办了")),
    entry(CENTRE, "case.granted", 4, events.Act("乌兰")),
]


@given(st.permutations(ROAD))
def test_same_entries_in_any_order_make_the_same_case(shuffled: list[chain.Entry]) -> None:
    assert case.fold(shuffled) == case.fold(ROAD)


def test_the_road_to_accepted() -> None:
    found = case.fold(ROAD[:3])
    assert found is not None
    assert (found.state, found.case_no, found.accepted.officer) == (case.State.ACCEPTED, "N1", "乌兰")
    assert [line.name for line in found.history] == ["代办点收件", "中心接收", "受理"]


def test_a_village_cannot_accept() -> None:
    found = case.fold([*ROAD[:2], entry(DESK, "case.accepted", 3, events.Accepted("苏和", "代办点"))])
    assert found is not None
    assert found.state is case.State.ARRIVED
    assert "不能由代办点作出" in found.conflicts[0].refused


def test_two_decisions_the_first_holds_and_the_second_is_shown() -> None:
    second = entry(CENTRE, "case.refused", 5, events.Act("别人"))
    found = case.fold([*ROAD[:3], ROAD[4], second])
    assert found is not None
    assert found.state is case.State.GRANTED
    assert [line.kind for line in found.conflicts] == ["case.refused"]


def test_another_desk_can_neither_take_the_number_nor_move_the_case() -> None:
    thief = msgspec.structs.replace(collected(OTHER), rank=1)
    foreign = entry(OTHER, "case.withdrawn", 2, events.Act("x"))
    found = case.fold([thief, foreign, *ROAD[:1]])
    assert found is not None
    assert found.point == DESK
    assert found.state is case.State.COLLECTED
    assert len(found.conflicts) == 2


def test_a_newer_kind_is_kept_in_history_and_moves_nothing() -> None:
    found = case.fold([ROAD[0], entry(DESK, "case.sung_about", 2, {"song": 1})])
    assert found is not None
    assert found.state is case.State.COLLECTED
    assert "case.sung_about" in found.history[-1].name


@pytest.mark.parametrize("state", list(case.State))
def test_every_state_has_a_name_and_moves_lead_to_known_states(state: case.State) -> None:
    assert case.STATE_NAMES[state]
    for side in case.Side:
        assert all(kind in events.KINDS for kind in case.allowed(state, side))
