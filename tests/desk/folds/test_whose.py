"""Which centre moves a case: the one that it came to; a level above and a neighbour never."""

from __future__ import annotations

import itertools

import msgspec
import pytest

from desk.folds import case as cases
from desk.folds import whose
from desk.log import centre_events, chain, events
from desk.log.events import Collected, ItemRef, Person

BANNER, LEAGUE, REGION, OTHER = (f"{code}000000-00" for code in ("152523", "152500", "150000", "152524"))
DESK, NUMBER = "152523202202-01", "1525232022020126112400011"
TAKEN = Collected(ItemRef("T", "低保", 1, "旗2026"), "", Person("阿"), (), "苏和", "152523202202")


def entry(node: str, seq: int, kind: str, data: object, rank: int) -> chain.Entry:
    raw = msgspec.Raw(msgspec.json.encode(data, order="sorted"))
    return chain.Entry(node, seq, "", "2026-11-24T09:30:00+08:00", "", kind, NUMBER, rank, raw)


COLLECTED = entry(DESK, 1, "case.collected", TAKEN, 1)
ARRIVED = entry(BANNER, 1, "case.arrived", events.Arrived("N1", "旗中心"), 2)


@pytest.mark.parametrize(
    ("above", "kind"),
    [
        *itertools.product([LEAGUE, REGION], ["case.refused", "case.withdrawn", "case.rated", "case.arrived"]),
        (OTHER, "case.refused"),
    ],
)
def test_what_another_centre_writes_moves_nothing(above: str, kind: str) -> None:
    data: dict[str, object] = {
        "case.rated": events.Rated(1, "web"),
        "case.arrived": events.Arrived("N2", "盟中心"),
    }
    accepted = entry(BANNER, 2, "case.accepted", events.Accepted("乌兰", "综合窗口"), 3)
    theirs = entry(above, 1, kind, data.get(kind, events.Act("某", "某", "不行")), 4)
    known = [COLLECTED, ARRIVED, accepted]
    quiet = cases.fold(known)
    assert quiet is not None
    for order in itertools.permutations([*known, theirs]):
        loud = cases.fold(order)
        assert loud is not None
        assert (loud.state, loud.case_no, loud.rated, loud.ended_at) == (
            quiet.state,
            quiet.case_no,
            quiet.rated,
            quiet.ended_at,
        )
        assert [line.node for line in loud.conflicts] == [above]
        assert "办理" in loud.conflicts[0].refused or "没有送到" in loud.conflicts[0].refused


def test_a_level_above_takes_the_effect_from_no_entry() -> None:
    refusing = entry(LEAGUE, 1, "entry.refused", centre_events.EntryRefused(DESK, 2, "不对"), 3)
    voided = entry(DESK, 2, "case.voided", events.Act("苏和", "点", "录错"), 3)
    known = [COLLECTED, ARRIVED, voided]
    assert cases.fold([*known, refusing]).state is cases.fold(known).state is cases.State.VOID


def test_a_league_moves_what_its_own_windows_took_in() -> None:
    arrived = entry(LEAGUE, 1, "case.arrived", events.Arrived("N1", "盟中心"), 2)
    accepted = entry(LEAGUE, 2, "case.accepted", events.Accepted("某", "盟"), 3)
    assert cases.fold([COLLECTED, arrived, accepted]).state is cases.State.ACCEPTED


@pytest.mark.parametrize(
    ("node", "other", "is_above"),
    [
        (LEAGUE, BANNER, True),
        (REGION, BANNER, True),
        (REGION, LEAGUE, True),
        (BANNER, LEAGUE, False),
        (BANNER, BANNER, False),
        (OTHER, BANNER, False),
        ("152600000000-00", BANNER, False),
    ],
)
def test_levels(node: str, other: str, is_above: bool) -> None:
    assert whose.is_above(node, other) is is_above


def test_one_more_entry_is_as_the_fold_of_all() -> None:
    first = cases.fold([COLLECTED])
    assert first is not None
    data = events.decode(ARRIVED.kind, ARRIVED.data)
    assert cases.follow(first, ARRIVED, data) == cases.fold([COLLECTED, ARRIVED])
