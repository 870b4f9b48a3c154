"""Which centre moves a case: the one that it came to; a level above and a neighbour never."""

from __future__ import annotations

import datetime as dt
import itertools

import msgspec
import pytest

from desk.folds import case as cases
from desk.folds import records, whose
from desk.log import centre_events, chain, events, point_events
from desk.log.events import Collected, ItemRef, Person
from desk.log.hall.hall_events import Mended, Passed

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


@pytest.mark.parametrize("centre", [BANNER, LEAGUE])
def test_a_centre_rates_no_case_that_came_to_none(centre: str) -> None:
    """Voided at the village before it was sent: no centre has it, so none says anything of it."""
    voided = entry(DESK, 2, "case.voided", events.Act("苏和", "点", "录错"), 2)
    rated = cases.fold([COLLECTED, voided, entry(centre, 1, "case.rated", events.Rated(1, "web"), 3)])
    assert rated is not None
    assert (rated.state, rated.rated) == (cases.State.VOID, None)
    assert [line.node for line in rated.conflicts] == [centre]


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


SIBLING, STRANGER = "152523202202-02", "152523202203-01"
WRITERS = {
    "desk": DESK,
    "sibling": SIBLING,
    "stranger": STRANGER,
    "centre": BANNER,
    "neighbour": OTHER,
    "league": LEAGUE,
}
POINT_ONLY = {"desk", "sibling"}
MAY: dict[str, set[str]] = {
    "case.collected": set(),  # once: a second one is never in force, whoever writes it
    "case.bundled": POINT_ONLY,
    "case.supplemented": POINT_ONLY,
    "case.at_point": POINT_ONLY,
    "case.material_added": POINT_ONLY,
    "case.renumbered": POINT_ONLY,
    "case.passed": POINT_ONLY,
    "case.mended": POINT_ONLY,
    "case.rated": POINT_ONLY | {"centre"},
    "case.served": POINT_ONLY | {"centre"},
    "case.concluded": POINT_ONLY | {"centre"},
    "case.withdrawn": POINT_ONLY | {"centre"},
    "case.voided": POINT_ONLY | {"centre"},
    "case.corrected": POINT_ONLY | {"centre"},
    "case.seen": POINT_ONLY | {"centre"},
    "paper.made": POINT_ONLY | {"centre"},
    "paper.printed": POINT_ONLY | {"centre"},
    "paper.signed": POINT_ONLY | {"centre"},
    "case.newer_than_this_program": POINT_ONLY | {"centre"},
    **{one: {"centre"} for one in ("entry.refused", "case.opined", "case.assigned", "case.issued", "case.sealed")},
    # A case may come to several centres of one level: each of them says so itself.
    "case.arrived": {"centre", "neighbour"},
    **{
        kind: {"centre"}
        for kind, move in cases.MOVES.items()
        if move.side is cases.Side.CENTRE and kind != "case.arrived"
    },
}
SAID: dict[str, object] = {
    "case.collected": TAKEN,
    "case.arrived": events.Arrived("N2", "中心"),
    "case.accepted": events.Accepted("乌兰", "综合窗口"),
    "case.not_accepted": events.NotAccepted("乌兰", "综合窗口", "不归这里"),
    "case.supplement_asked": events.SupplementAsked("乌兰", "综合窗口", ("户口簿",)),
    "case.supplemented": events.MaterialsAdded("苏和", (events.TakenMaterial("m9", "补来的"),)),
    "case.material_added": events.MaterialsAdded("苏和", (events.TakenMaterial("m9", "补来的"),)),
    "case.passed": Passed("苏和", DESK, SIBLING),
    "case.mended": Mended("苏和", "0" * 16, "1" * 16),
    "case.renumbered": centre_events.Renumbered("1525232022020126112400099"),
    "case.rated": events.Rated(1, "screen"),
    "case.served": events.Served("苏和", "代办点", recipient="阿"),
    "case.corrected": events.Corrected("苏和", "写错", (events.Change("applicant.phone", "电话", "", "13900000000"),)),
    "entry.refused": centre_events.EntryRefused(DESK, 9, "不对"),
    "paper.made": events.PaperMade("receipt", "回执", "00"),
    "paper.printed": events.PaperPrinted("回执", "00", 2),
    "paper.signed": events.PaperSigned("回执", "00", ()),
}


def test_the_table_names_every_kind_about_a_case() -> None:
    about = {kind for kind in events.KINDS if kind.partition(".")[0] in ("case", "paper", "entry")}
    assert about == set(MAY) - {"case.newer_than_this_program"}


@pytest.mark.parametrize(("kind", "who"), list(itertools.product(MAY, WRITERS)))
def test_who_may_write_what_about_a_case(kind: str, who: str) -> None:
    came = cases.fold([COLLECTED, ARRIVED])
    assert came is not None
    move = cases.MOVES.get(kind)
    before = msgspec.structs.replace(came, state=min(move.sources)) if move else came
    written = entry(WRITERS[who], 9, kind, SAID.get(kind, events.Act("某", "某", "理由")), 5)
    after = cases.follow(before, written, events.decode(kind, written.data))
    assert (after.history[-1].refused == "") is (who in MAY[kind])
    if who not in MAY[kind]:
        assert msgspec.structs.replace(after, history=(), centres=()) == msgspec.structs.replace(
            before, history=(), centres=()
        )


@pytest.mark.parametrize("state", cases.State)
def test_an_envelope_of_another_point_is_not_a_cases(state: cases.State) -> None:
    came = cases.fold([COLLECTED, ARRIVED])
    assert came is not None
    written = entry(STRANGER, 9, "case.bundled", events.Act("某", "某", basis="别处的封装"), 5)
    after = cases.follow(msgspec.structs.replace(came, state=state), written, events.decode(written.kind, written.data))
    assert after.history[-1].refused
    assert after.bundle == ""


def test_a_record_of_a_point_is_its_own() -> None:
    booked = point_events.VisitBooked("阿", "", "T", "低保", dt.date(2026, 11, 25), "上午", "旗里", "苏和")
    ended = point_events.VisitEnded("某", kept=False, reasons="别处的")
    begun = entry(DESK, 1, "visit.booked", booked, 1)
    assert records.visit([begun, entry(STRANGER, 1, "visit.ended", ended, 2)]).state == "booked"
    assert records.visit([begun, entry(SIBLING, 1, "visit.ended", ended, 2)]).state == "called_off"
