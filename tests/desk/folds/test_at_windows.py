"""Two windows of one point write of one case: what the rule decides, whether both are told, and one step that mends."""

from __future__ import annotations

import itertools

import msgspec
import pytest

from desk.folds import amendments, whose
from desk.folds import case as cases
from desk.folds.case import Case, State
from desk.folds.hall import clashes
from desk.folds.hall.clashes import Sort
from desk.folds.records import FOLDS
from desk.log import chain, events
from desk.log.events import Act, Change, MaterialsAdded, TakenMaterial
from desk.log.hall import hall_events
from desk.log.hall.hall_events import Mended, Passed

ONE, TWO, THREE, CENTRE = "152523202202-01", "152523202202-02", "152523202202-03", "152523000000-00"
STRANGER = "152523202203-01"
NUMBER = "152523202202012611240012"
COUNT = itertools.count(1)


def entry(node: str, rank: int, kind: str, data: object, subject: str = NUMBER) -> chain.Entry:
    raw = msgspec.Raw(msgspec.json.encode(data))
    seq = next(COUNT)
    return chain.Entry(node, seq, "", f"2026-11-24T09:00:{seq % 60:02d}+08:00", "x", kind, subject, rank, raw)


TAKEN = events.Collected(
    events.ItemRef("x", "低保", 3, "c"), "p", events.Person("阿拉坦", phone="13900000000"),
    (TakenMaterial("a", "甲", 1), TakenMaterial("b", "乙", missing="下次")), "苏和", ONE[:12],
)  # fmt: skip
FIRST = entry(ONE, 1, "case.collected", TAKEN)
ARRIVED = entry(CENTRE, 2, "case.arrived", events.Arrived("N1", "旗中心"))
GRANTED = [
    ARRIVED,
    entry(CENTRE, 3, "case.accepted", events.Accepted("乌兰", "窗口")),
    entry(CENTRE, 4, "case.granted", Act("乌兰", "窗口")),
    entry(CENTRE, 5, "case.returning", Act("乌兰", "窗口")),
    entry(ONE, 6, "case.at_point", Act("苏和", "代办点")),
]


def fold(*entries: chain.Entry) -> Case:
    """The same in whatever order they came."""
    found = [cases.fold(order) for order in (list(entries), list(reversed(entries)))]
    assert found[0] == found[1]
    assert found[0] is not None
    return found[0]


def phone(words: str) -> events.Corrected:
    return events.Corrected("某", "写错", (Change("applicant.phone", "电话", "13900000000", words),))


BROUGHT = MaterialsAdded("某", (TakenMaterial("b", "乙", 1, 1),))
# What came before, what each of two windows writes of it, and what stands of it in the case by each of them.
CELLS: dict[Sort, tuple[list[chain.Entry], tuple[str, object, object], object, object, object]] = {
    Sort.SERVED: (
        [FIRST, *GRANTED],
        ("case.served", events.Served("苏", recipient="阿拉坦"), events.Served("娜", recipient="其其格")),
        lambda case: case.served.recipient, "阿拉坦", "其其格",
    ),
    Sort.CORRECTED: (
        [FIRST], ("case.corrected", phone("13911111111"), phone("13922222222")),
        lambda case: case.collected.applicant.phone, "13911111111", "13922222222",
    ),
    Sort.PAPERS: (
        [FIRST, ARRIVED], ("case.material_added", BROUGHT, msgspec.structs.replace(BROUGHT, officer="另一个")),
        lambda case: case.brought[0].officer, "某", "另一个",
    ),
    Sort.BUNDLED: (
        [FIRST], ("case.bundled", Act("某", basis="Z1"), Act("某", basis="Z2")), lambda case: case.bundle, "Z1", "Z2",
    ),
}  # fmt: skip


def clash_of(entries: list[chain.Entry]) -> clashes.Clash:
    (found,) = clashes.between(fold(*entries), entries)
    return found


def mend(found: clashes.Clash, *, other: bool, node: str = TWO, rank: int = 20, revises: str = "") -> chain.Entry:
    counts, gone = (found.other, found.stands) if other else (found.stands, found.other)
    return entry(node, rank, "case.mended", Mended("某", counts.key, gone.key, "问过了", revises))


@pytest.mark.parametrize("sort", CELLS)
def test_the_rule_decides_both_are_told_and_one_step_mends(sort: Sort) -> None:
    before, (kind, mine, theirs), shown, first, second = CELLS[sort]
    both = [*before, entry(ONE, 9, kind, mine), entry(TWO, 9, kind, theirs)]
    found = clash_of(both)
    assert (found.sort, found.stands.node, found.other.node) == (sort, ONE, TWO)
    assert shown(fold(*both)) == first  # type: ignore[operator]
    assert len(fold(*both).conflicts) == 1
    for other, right in ((False, first), (True, second)):
        mended = [*both, mend(found, other=other)]
        after = fold(*mended)
        assert shown(after) == right  # type: ignore[operator]
        again = clash_of(mended)
        assert again.settled == "问过了"
        assert again.stands.node == (TWO if other else ONE)
        back = [*mended, mend(again, other=True, rank=30, revises=again.revises)]
        assert shown(fold(*back)) == (first if other else second)  # type: ignore[operator]


def test_papers_that_are_counted_once_are_here_once() -> None:
    both = [
        FIRST,
        ARRIVED,
        entry(ONE, 9, "case.material_added", BROUGHT),
        entry(TWO, 9, "case.material_added", BROUGHT),
    ]
    assert [(one.originals, one.copies) for one in fold(*both).materials] == [(1, 0), (1, 1)]
    same_window = [FIRST, entry(ONE, 9, "case.material_added", BROUGHT), entry(ONE, 10, "case.material_added", BROUGHT)]
    assert fold(*same_window).conflicts == ()  # it knew of its own


def test_ended_at_one_window_and_handed_over_at_the_other() -> None:
    voided = entry(TWO, 3, "case.voided", Act("娜", reasons="录错"))  # it knew of the arrival alone
    both = [FIRST, *GRANTED, voided, entry(ONE, 7, "case.served", events.Served("苏", recipient="阿拉坦"))]
    assert fold(*both).state is State.VOID
    found = clash_of(both)
    assert (found.sort, found.stands.node, found.other.node) == (Sort.ENDED, TWO, ONE)
    mended = fold(*both, mend(found, other=True))
    assert (mended.state, mended.served and mended.served.recipient) == (State.SERVED, "阿拉坦")
    assert [line.name for line in mended.conflicts] == ["作废"]
    stays = fold(*both, mend(found, other=False))
    assert stays.state is State.VOID


def test_two_words_about_the_same_two_do_not_take_both_away() -> None:
    before, (kind, mine, theirs), shown, first, _ = CELLS[Sort.SERVED]
    both = [*before, entry(ONE, 9, kind, mine), entry(TWO, 9, kind, theirs)]
    found = clash_of(both)
    opposite = [mend(found, other=False, node=ONE), mend(found, other=True, node=TWO)]
    case = fold(*both, *opposite)
    assert shown(case) == first  # type: ignore[operator]
    assert "先核对的为准" in case.conflicts[-1].refused


@pytest.mark.parametrize("node", [STRANGER, CENTRE])
def test_nobody_but_the_point_says_which_counts(node: str) -> None:
    before, (kind, mine, theirs), shown, first, _ = CELLS[Sort.SERVED]
    both = [*before, entry(ONE, 9, kind, mine), entry(TWO, 9, kind, theirs)]
    case = fold(*both, mend(clash_of(both), other=True, node=node))
    assert shown(case) == first  # type: ignore[operator]
    assert case.history[-1].refused


def test_one_window_alone_is_no_two() -> None:
    alone = [FIRST, *(entry(ONE, 9, "case.corrected", phone(words)) for words in ("13911111111", "13922222222"))]
    assert len(fold(*alone).conflicts) == 1
    assert clashes.between(fold(*alone), alone) == ()


def test_what_the_centre_did_is_not_chosen_away() -> None:
    granted = GRANTED[2]
    served = entry(ONE, 9, "case.served", events.Served("苏", recipient="阿拉坦"))
    told = Mended("某", amendments.key(served), amendments.key(granted))
    case = fold(FIRST, *GRANTED, served, entry(ONE, 10, "case.mended", told))
    assert (case.state, bool(case.decided_at)) == (State.SERVED, True)
    assert case.history[-1].refused


# -- who goes on ---------------------------------------------------------------------------------------------------


def passed(node: str, rank: int, before: str, to: str) -> chain.Entry:
    return entry(node, rank, "case.passed", Passed("某", before, to, "请接着办"))


def test_a_case_goes_on_at_another_window_and_back() -> None:
    assert fold(FIRST).window == ONE
    on = fold(FIRST, passed(ONE, 2, ONE, TWO))
    assert on.window == TWO
    assert whose.lies_new(on.history, on.point)
    printed = entry(TWO, 3, "paper.printed", events.PaperPrinted("回执", "0", 2))
    for more, is_new in ((printed, True), (entry(TWO, 3, "case.corrected", phone("13911111111")), False)):
        after = fold(FIRST, passed(ONE, 2, ONE, TWO), more)
        assert (whose.lies_new(after.history, after.point) is not None) is is_new
    back = fold(FIRST, passed(ONE, 2, ONE, TWO), passed(TWO, 3, TWO, ONE))
    assert back.window == ONE
    assert whose.lies_new(back.history, back.point) is None


def test_of_two_that_pass_it_on_at_once_the_first_counts() -> None:
    case = fold(FIRST, passed(ONE, 2, ONE, TWO), passed(TWO, 2, ONE, THREE))
    assert case.window == TWO
    assert "没有再转" in case.conflicts[0].refused


def test_a_case_goes_to_no_other_point() -> None:
    case = fold(FIRST, passed(ONE, 2, ONE, STRANGER), passed(STRANGER, 3, ONE, TWO))
    assert case.window == ONE
    assert len(case.conflicts) == 2


# -- records -------------------------------------------------------------------------------------------------------


def test_a_draft_is_taken_up_or_sent_back_once() -> None:
    sent = entry(ONE, 1, "draft.passed", hall_events.DraftPassed("苏", ONE, TWO, b"x", b"y", "请接"), "draft:1")
    taken = entry(TWO, 2, "draft.taken", hall_events.DraftTaken("娜"), "draft:1")
    back = entry(ONE, 2, "draft.returned", hall_events.DraftReturned("苏", "收回"), "draft:1")
    stranger = entry(STRANGER, 2, "draft.taken", hall_events.DraftTaken("娜"), "draft:1")
    fold_draft = FOLDS["draft"]
    assert [fold_draft(one).state for one in ([sent], [sent, taken], [taken, back, sent], [sent, stranger])] == [
        "passed", "taken", "returned", "passed",
    ]  # fmt: skip


def test_a_takeover_is_undone_once() -> None:
    made = entry(ONE, 1, "takeover.made", hall_events.TakenOver("苏", TWO, ONE, (NUMBER,), "坏了"), "takeover:1")
    undone = entry(TWO, 2, "takeover.undone", hall_events.GivenBack("娜", (NUMBER,)), "takeover:1")
    fold_over = FOLDS["takeover"]
    assert (fold_over([made]).state, fold_over([undone, made]).state) == ("made", "undone")


def test_an_envelope_handed_over_at_two_windows() -> None:
    from desk.log.point_events import BundleHanded, BundleSealed

    sealed = entry(ONE, 1, "bundle.sealed", BundleSealed("Z1", "旗里", "", (), "苏"), "b")
    one = entry(ONE, 2, "bundle.handed", BundleHanded("巴图", "1", "苏"), "b")
    two = entry(TWO, 2, "bundle.handed", BundleHanded("朝鲁", "2", "娜"), "b")
    twice = entry(ONE, 3, "bundle.handed", BundleHanded("巴图", "1", "苏"), "b")
    fold_bundle = FOLDS["bundle"]
    both = fold_bundle([two, sealed, one])
    assert (both.handed.carrier, both.handed_again.carrier, both.looked_at) == ("巴图", "朝鲁", False)
    assert fold_bundle([sealed, one, twice]).handed_again is None
    said = entry(TWO, 4, "bundle.mended", hall_events.CarrierSaid("娜", "朝鲁", "2"), "b")
    mended = fold_bundle([sealed, one, two, said])
    assert (mended.handed.carrier, mended.handed_again.carrier, mended.looked_at) == ("朝鲁", "巴图", True)
