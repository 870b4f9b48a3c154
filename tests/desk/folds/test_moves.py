"""Each move of a case: from where, by whom, and what it leaves behind in the case and in its history."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from desk.folds import case as cases
from desk.folds.case import Case, Side, State
from desk.log import centre_events, chain, events
from desk.log.events import TakenMaterial
from desk.log.files import FileRef

DESK, SAME_POINT, OTHER, CENTRE = "152523202202-01", "152523202202-02", "152523202203-01", "152523000000-00"
NUMBER = "152523202202012611240012"
D = dt.date
FILE, CERTIFICATE = FileRef("a" * 64, "决定.pdf", 3), FileRef("b" * 64, "证.pdf", 3)


def at(number: int) -> str:
    return f"2026-11-24T09:{number:02d}:00+08:00"


def entry(number: int, kind: str, data: object, node: str = CENTRE, **facts: object) -> chain.Entry:
    raw = msgspec.Raw(msgspec.json.encode(data))
    made = chain.Entry(node, number, "", at(number), "wulan", kind, NUMBER, number, raw)
    return msgspec.structs.replace(made, **facts)


TAKEN = events.Collected(
    events.ItemRef("x", "低保", 3, "c"), "p", events.Person("阿拉坦"),
    (TakenMaterial("a", "甲", 1), TakenMaterial("b", "乙", missing="下次")), "苏和", DESK[:12], promised=D(2026, 12, 1),
)  # fmt: skip
FIRST = entry(1, "case.collected", TAKEN, DESK)
ARRIVED = events.Arrived("N1", "旗中心")


def fold(*steps: tuple[object, ...]) -> Case:
    """After collection: kind, data, and the node where it is not the centre."""
    found = cases.fold([FIRST, *(entry(number, *step) for number, step in enumerate(steps, 2))])  # type: ignore[arg-type]
    assert found is not None
    return found


def state_of(**facts: object) -> Case:
    return msgspec.structs.replace(fold(), **facts)


# Written out, so that a table that loses a state fails.
ROADS = {
    "case.bundled": ("desk", "collected", "in_transit"),
    "case.supplemented": ("desk", "supplement_asked", "supplemented"),
    "case.arrived": ("centre", "collected in_transit supplement_asked supplemented", "arrived"),
    "case.pre_checked": ("centre", "arrived", "pre_check"),
    "case.supplement_asked": ("centre", "arrived pre_check", "supplement_asked"),
    "case.accepted": ("centre", "arrived pre_check", "accepted"),
    "case.not_accepted": ("centre", "arrived pre_check", "not_accepted"),
    "case.reviewed": ("centre", "accepted", "in_review"),
    "case.suspended": ("centre", "accepted in_review extended", "suspended"),
    "case.resumed": ("centre", "suspended", "in_review"),
    "case.extended": ("centre", "accepted in_review", "extended"),
    "case.granted": ("centre", "accepted in_review extended", "granted"),
    "case.refused": ("centre", "accepted in_review extended", "refused"),
    "case.certifying": ("centre", "granted", "certifying"),
    "case.returning": ("centre", "granted refused certifying", "returning"),
    "case.at_point": ("desk", "returning granted refused", "at_point"),
    "case.served": ("either", "at_point returning", "served"),
    "case.concluded": ("either", "served", "concluded"),
    "case.archived": ("centre", "concluded", "archived"),
    "case.withdrawn": (
        "either",
        "collected in_transit supplement_asked supplemented arrived pre_check accepted in_review suspended extended",
        "withdrawn",
    ),
    "case.returned": ("centre", "arrived pre_check accepted in_review suspended extended", "returned"),
    "case.voided": (
        "either",
        "collected in_transit supplement_asked supplemented arrived pre_check accepted in_review suspended extended",
        "void",
    ),
}


@pytest.mark.parametrize("kind", ROADS)
@pytest.mark.parametrize("state", list(State))
def test_a_move_is_made_from_its_states_by_its_side(kind: str, state: State) -> None:
    side, sources, target = ROADS[kind]
    before = state_of(state=state)
    for node, who in ((DESK, "desk"), (CENTRE, "centre")):
        after = cases.follow(before, entry(2, kind, events.Act("某"), node), events.Act("某"))
        may = state in sources.split() and side in (who, "either")
        assert after.state == (target if may else state)
        assert (kind in cases.allowed(state, Side(who))) is may
        late = (kind, who) == (
            "case.bundled",
            "desk",
        ) and state != "collected"  # papers may follow a case that went by network
        assert bool(after.history[-1].refused) is not (may or late)
        ends = may and State(target) in cases.ENDED
        assert after.ended_at == (at(2) if ends else "")


def test_what_is_refused_says_why() -> None:
    wrong_side = fold(("case.accepted", events.Accepted("苏和", "点"), DESK)).conflicts[0].refused
    assert wrong_side == "“受理”不能由代办点作出"
    assert fold(("case.bundled", events.Act(), CENTRE)).conflicts[0].refused == "“组卷移交”不能由中心作出"
    elsewhere = fold(("case.withdrawn", events.Act(), OTHER)).conflicts[0].refused
    assert elsewhere == "“申请人撤回”须由收件的代办点作出"
    early = fold(("case.accepted", events.Accepted("乌兰", "x"))).conflicts[0].refused
    assert early == "当时状态为“代办点收件”，“受理”未生效"
    assert fold(("case.withdrawn", events.Act(), SAME_POINT)).state is State.WITHDRAWN  # another desk of the point


def test_what_a_case_begins_with() -> None:
    found = fold()
    told = (found.intake_no, found.state, found.collected, found.collected_at, found.point)
    assert told == (NUMBER, State.COLLECTED, TAKEN, at(1), DESK)
    assert found.history == (cases.HistoryLine("case.collected", "代办点收件", at(1), "苏和", DESK, seq=1),)
    assert (found.promised, found.taken_at, found.version) == (D(2026, 12, 1), at(1), "事项第 3 版")
    nobody = msgspec.structs.replace(TAKEN, agent_name="")
    alone = cases.fold([entry(1, "case.collected", nobody, DESK)])
    assert alone is not None
    assert alone.history[0].author == "wulan"
    bare = msgspec.structs.replace(TAKEN, item=events.ItemRef("x", "低保", 0, "c"))
    other = cases.fold([entry(1, "case.collected", bare, DESK)])
    assert other is not None
    assert other.version == ""


def test_a_line_of_history_tells_all() -> None:
    line = fold(("case.arrived", ARRIVED), ("case.accepted", events.Accepted("乌兰", "民政局", "受 1"))).history[-1]
    assert line == cases.HistoryLine(
        "case.accepted", "受理", at(3), "乌兰", CENTRE, "民政局，文书编号 受 1", "", "受 1", "wulan", seq=3
    )
    assert fold(("case.voided", events.Act(reasons="重"), DESK)).history[-1].author == "wulan"


def test_arrival_gives_a_number_once_and_corrects_a_wrong_clock() -> None:
    first = fold(("case.arrived", ARRIVED))
    assert (first.case_no, first.arrived_at, first.arrived) == ("N1", at(2), ARRIVED)
    later = msgspec.structs.replace(
        ARRIVED, case_no="N2", collected_at="2026-11-20T10:00:00+08:00", promised=D(2026, 11, 27)
    )
    again = fold(
        ("case.arrived", ARRIVED), ("case.supplement_asked", events.SupplementAsked("乌兰", "x", ("照片",))),
        ("case.arrived", later),
    )  # fmt: skip
    assert (again.case_no, again.arrived_at, again.state) == ("N1", at(4), State.ARRIVED)
    assert (again.taken_at, again.promised) == ("2026-11-20T10:00:00+08:00", D(2026, 11, 27))
    assert again.supplement == events.SupplementAsked("乌兰", "x", ("照片",))


def test_acceptance_decision_results_and_handing_over() -> None:
    accepted = events.Accepted("乌兰", "民政局", "受 1")
    granted = events.Act("乌兰", "民政局", "符合", files=(FILE,))
    road = (("case.arrived", ARRIVED), ("case.accepted", accepted), ("case.granted", granted))
    found = fold(*road)
    assert (found.accepted, found.accepted_at, found.decision, found.decided_at) == (accepted, at(3), granted, at(4))
    assert (found.results, found.ended_at) == ((FILE,), "")
    made = events.Act("乌兰", files=(CERTIFICATE,))
    served = events.Served("苏和", recipient="本人")
    whole = fold(
        *road, ("case.certifying", made), ("case.returning", events.Act()), ("case.served", served, DESK),
        ("case.concluded", events.Act()),
    )  # fmt: skip
    assert (whole.results, whole.served, whole.state) == ((FILE, CERTIFICATE), served, State.CONCLUDED)
    assert (whole.ended_at, whole.decided_at) == (at(7), at(4))  # it ended when it was handed over
    no = fold(*road[:2], ("case.refused", events.Act("乌兰", reasons="不符")))
    assert (no.decision, no.state) == (events.Act("乌兰", reasons="不符"), State.REFUSED)
    assert fold(*road[:2], ("case.reviewed", made)).results == ()  # no result yet


def test_a_special_procedure_is_kept() -> None:
    stop = events.Act("乌兰", reasons="鉴定", until=D(2026, 12, 20))
    road = (("case.arrived", ARRIVED), ("case.accepted", events.Accepted("乌兰", "x")), ("case.suspended", stop))
    assert (fold(*road).suspended, fold(*road).state) == (stop, State.SUSPENDED)
    assert fold(*road, ("case.resumed", events.Act())).suspended == stop


def test_papers_that_were_brought_stand_in_the_place_of_what_was_missing() -> None:
    second = TakenMaterial("b", "乙", 1)
    extra = TakenMaterial("c", "丙", 1)
    assert fold().materials == TAKEN.materials
    asked = (("case.arrived", ARRIVED), ("case.supplement_asked", events.SupplementAsked("乌兰", "x", ("乙",))))
    brought = fold(*asked, ("case.supplemented", events.MaterialsAdded("苏和", (second,)), DESK))
    assert (brought.state, brought.added) == (State.SUPPLEMENTED, (second,))
    assert brought.materials == (TAKEN.materials[0], second)
    more = fold(
        *asked, ("case.supplemented", events.MaterialsAdded("苏和", (second,)), DESK),
        ("case.material_added", events.MaterialsAdded("苏和", (extra,)), DESK),
    )  # fmt: skip
    assert more.materials == (TAKEN.materials[0], second, extra)
    beside = fold(("case.material_added", events.MaterialsAdded("苏和", (extra,)), DESK))
    assert (beside.added, beside.state, beside.conflicts) == ((extra,), State.COLLECTED, ())


def test_an_envelope_moves_a_case_or_follows_it() -> None:
    seal = events.Act("苏和", basis="Z1")
    assert (fold(("case.bundled", seal, DESK)).bundle, fold(("case.bundled", seal, DESK)).state) == (
        "Z1", State.IN_TRANSIT,
    )  # fmt: skip
    later = fold(("case.arrived", ARRIVED), ("case.bundled", seal, DESK))
    assert (later.bundle, later.state, later.conflicts) == ("Z1", State.ARRIVED, ())
    assert fold(("case.arrived", ARRIVED), ("case.bundled", seal, SAME_POINT)).bundle == "Z1"
    assert fold(("case.arrived", ARRIVED), ("case.bundled", seal, OTHER)).bundle == ""


def test_one_case_one_rating() -> None:
    found = fold(("case.rated", events.Rated(5, "screen"), DESK), ("case.rated", events.Rated(1, "paper"), DESK))
    assert found.rated == events.Rated(5, "screen")
    assert [one.refused for one in found.history] == ["", "", "一件一评，已经评价过"]


def test_a_new_number_is_noted_and_a_number_is_given_once() -> None:
    assert fold(("case.renumbered", centre_events.Renumbered("旧"), DESK)).was == "旧"
    twice = fold(("case.collected", TAKEN, SAME_POINT))
    assert (twice.conflicts[0].refused, twice.point) == ("收件号已用于本办件", DESK)


def test_what_the_centre_refused_moves_nothing_and_says_why() -> None:
    withdrawn = entry(2, "case.withdrawn", events.Act("苏和"), DESK)
    no = entry(3, "entry.refused", centre_events.EntryRefused(DESK, 2, "不算"))
    found = cases.fold([FIRST, withdrawn, no])
    assert found is not None
    assert (found.state, [one.refused for one in found.conflicts]) == (State.COLLECTED, ["不算"])
    assert cases.in_order([FIRST, withdrawn, no])[1] == {(DESK, 2): "不算"}
    by_desk = cases.fold([FIRST, withdrawn, msgspec.structs.replace(no, node=SAME_POINT)])
    assert by_desk is not None
    assert by_desk.state is State.WITHDRAWN
    whole = cases.fold([FIRST, entry(2, "entry.refused", centre_events.EntryRefused(DESK, 1, "不算"))])
    assert whole is None


def test_order_goes_by_rank_then_centre_then_name_then_place() -> None:
    def one(node: str, seq: int, rank: int) -> chain.Entry:
        return entry(seq, "case.sung", {"n": node, "s": seq}, node, rank=rank)

    right = [one(OTHER, 9, 1), one(CENTRE, 8, 2), one(DESK, 5, 2), one(DESK, 6, 2), one(OTHER, 1, 2), one(CENTRE, 2, 3)]
    assert cases.in_order(reversed(right))[0] == right


def test_a_fact_in_two_logs_counts_once() -> None:
    carried = entry(7, "case.withdrawn", events.Act("苏和"), SAME_POINT, time=at(2))
    found = cases.fold([FIRST, entry(2, "case.withdrawn", events.Act("苏和"), DESK), carried])
    assert found is not None
    assert len(found.history) == 2


def test_a_case_of_a_desk_that_goes_on_under_another_name() -> None:
    """The number begins with the old name; only a desk of the same point carries it on, and never a centre."""
    for node, there in ((SAME_POINT, True), (OTHER, False), ("152523202202-00", False)):
        found = cases.fold([entry(1, "case.collected", TAKEN, node)])
        assert (found is not None) is there
    later = [entry(1, "case.collected", TAKEN, SAME_POINT), entry(2, "case.collected", TAKEN, DESK)]
    first = cases.fold(later)
    assert first is not None
    assert first.point == DESK  # its own desk goes before who carries on, whatever came first
    third = entry(3, "case.collected", msgspec.structs.replace(TAKEN, note="后"), "152523202202-03")
    carried = cases.fold([later[0], third])
    assert carried is not None
    assert carried.point == SAME_POINT


def test_nothing_and_what_cannot_be_read_is_no_case() -> None:
    assert cases.fold([]) is None
    assert cases.fold([entry(1, "case.collected", {"x": 1}, DESK)]) is None
    assert cases.fold([entry(1, "case.accepted", events.Accepted("a", "b"))]) is None


def test_who_is_a_centre() -> None:
    assert [cases.is_centre(node) for node in (CENTRE, DESK, "152523202202-10", "")] == [True, False, False, False]
