"""What the law asks of each move of a centre, one rule at a time, and what a move says of what was typed."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from desk.folds import case_acts
from desk.folds.case import Case, HistoryLine, State
from desk.folds.case_acts import By, Said, Standing
from desk.folds.case_clocks import Law
from desk.folds.refusal import Refusal
from desk.law.catalogue import load
from desk.law.catalogue.item import Band, Limit, Regime, Unit
from desk.law.holidays import HolidayTable
from desk.log import events

D = dt.date
TABLE = HolidayTable("试", "x", (2026, 2027), frozenset(), frozenset())
REGIME = Regime("r", "许可", "行政许可法", Limit(20, Unit.WORKDAY), extension=Limit(10, Unit.WORKDAY))
ITEM = msgspec.structs.replace(load.seed().items[0], bands=(), statutory_limit=None)
BANDED = msgspec.structs.replace(ITEM, bands=(Band("1", "较轻", "初次", "免罚"), Band("2", "较重", "再犯", "罚")))
TODAY = D(2026, 6, 10)
BY = By("乌兰", "民政局", "旗中心", "可以复议")
OWN = "，".join(f"{one.law}{one.article}" for one in ITEM.legal_basis)
LICENCE = msgspec.structs.replace(ITEM, item_type="01")
CENTRE = "152523000000-00"


def made(state: State, *moves: tuple[str, int]) -> Case:
    """A case of 1 June 2026, a Monday: kind and day of June of its moves."""
    taken = events.Collected(
        events.ItemRef("x", "低保", 1, "c"), "p", events.Person("阿拉坦"), (), "苏和", "152523202202"
    )
    times = {kind: f"2026-06-{day:02d}T10:00:00+08:00" for kind, day in moves}
    history = tuple(HistoryLine(f"case.{kind}", kind, time, "a", CENTRE) for kind, time in times.items())
    return Case(
        "1", state, taken, "2026-06-01T10:00:00+08:00", "152523202202-01", "N1", times.get("arrived", ""),
        times.get("accepted", ""), history=history,
    )  # fmt: skip


def standing(**facts: object) -> Standing:
    law = Law(facts.pop("item", ITEM), facts.pop("regime", REGIME), TABLE)  # type: ignore[arg-type]
    return Standing(law, **({"today": TODAY, "is_chief": False} | facts))  # type: ignore[arg-type]


def why(case: Case, kind: str, data: events.Data, **facts: object) -> str:
    found = case_acts.refusal(case, kind, data, standing(**facts))
    return found.happened if found else ""


ARRIVED = made(State.ARRIVED, ("arrived", 2))
ACCEPTED = made(State.ACCEPTED, ("arrived", 2), ("accepted", 3))


class TestWhatIsSaid:
    def say(self, kind: str, told: Said, case: Case = ARRIVED, **facts: object) -> events.Data:
        law = Law(facts.get("item", ITEM), facts.get("regime", REGIME), TABLE)  # type: ignore[arg-type]
        return case_acts.made(kind, case, law, told, BY)

    def test_acceptance_and_its_refusal(self) -> None:
        told = Said("不属于本机关", "文 1")
        assert self.say("case.accepted", told) == events.Accepted("乌兰", "民政局", "文 1")
        assert self.say("case.not_accepted", told) == events.NotAccepted(
            "乌兰", "民政局", "不属于本机关", "可以复议", "文 1", OWN
        )
        away = self.say("case.not_accepted", msgspec.structs.replace(told, competent="林草局"), item=LICENCE)
        assert isinstance(away, events.NotAccepted)
        assert (away.basis, away.competent) == ("行政许可法§32(二)", "林草局")

    def test_what_is_missing_is_a_list_told_once(self) -> None:
        told = Said(" 照片 \n\n户口簿\n照片", "文 2", D(2026, 6, 20))
        assert self.say("case.supplement_asked", told) == events.SupplementAsked(
            "乌兰", "民政局", ("照片", "户口簿"), D(2026, 6, 20), "", "文 2", ""
        )
        again = self.say("case.supplement_asked", told, made(State.ARRIVED, ("arrived", 2), ("supplement_asked", 3)))
        assert isinstance(again, events.SupplementAsked)
        assert (again.basis, again.approved_by) == ("", "乌兰")
        licence = self.say("case.supplement_asked", told, item=LICENCE)
        assert isinstance(licence, events.SupplementAsked)
        assert licence.basis == "行政许可法§32(四)"

    def test_what_came_to_the_window(self) -> None:
        told = self.say("case.arrived", Said("照片\n户口簿"))
        assert told == events.Arrived("N1", "旗中心", "window", note="补正材料交到中心窗口：照片、户口簿")
        assert self.say("case.arrived", Said(" \n")) == events.Arrived("N1", "旗中心", "window")

    def test_who_took_the_result(self) -> None:
        for said, taker in (("儿子", "儿子"), ("", "阿拉坦")):
            assert self.say("case.served", Said(said)) == events.Served(
                "乌兰", "民政局", recipient=taker, how="窗口领取"
            )

    @pytest.mark.parametrize(
        ("kind", "basis"),
        [("case.suspended", "行政许可法§45"), ("case.extended", "行政许可法§42"), ("case.reviewed", "")],
    )
    def test_any_other_move(self, kind: str, basis: str) -> None:
        told = Said("因为", "文 3", D(2026, 6, 30), "巴图", "1")
        act = events.Act("乌兰", "民政局", "因为", basis, "文 3", D(2026, 6, 30), "巴图", "1")
        assert self.say(kind, told, item=LICENCE) == act
        assert self.say(kind, told, item=None) == msgspec.structs.replace(act, basis="")
        assert self.say(kind, told) == msgspec.structs.replace(act, basis="")
        banded = self.say(kind, msgspec.structs.replace(told, basis="地方条例"), item=BANDED)
        assert banded == msgspec.structs.replace(act, basis="地方条例", band="1 较轻")


@pytest.mark.parametrize(
    ("state", "kind"),
    [
        (State.ACCEPTED, "case.refused"),
        (State.ARRIVED, "case.not_accepted"),
        (State.ARRIVED, "case.withdrawn"),
        (State.ARRIVED, "case.returned"),
        (State.ARRIVED, "case.voided"),
    ],
)
def test_reasons_are_told_in_writing(state: State, kind: str) -> None:
    case = made(state, ("arrived", 2), ("accepted", 3))
    for said in ("", "  "):
        assert why(case, kind, events.Act(reasons=said)) == "请写明理由或要补的材料。"
    assert why(case, kind, events.Act(reasons="因为")) == ""


def test_a_state_that_does_not_allow_it() -> None:
    assert why(ARRIVED, "case.granted", events.Act()) == "当前状态“中心已接收”不能这样办。"
    assert why(ARRIVED, "case.bundled", events.Act()) == "当前状态“中心已接收”不能这样办。"
    assert why(ARRIVED, "case.accepted", events.Accepted("乌兰", "x")) == ""
    assert why(ACCEPTED, "case.granted", events.Act()) == ""


def test_a_supplement_is_asked_for_once() -> None:
    def asked(*missing: str, until: dt.date | None = None, approved: str = "") -> events.SupplementAsked:
        return events.SupplementAsked("乌兰", "x", missing, until, approved_by=approved)

    assert why(ARRIVED, "case.supplement_asked", asked()) == "请写明理由或要补的材料。"
    assert why(ARRIVED, "case.supplement_asked", asked("照片")) == ""
    assert why(ARRIVED, "case.supplement_asked", asked("照片", until=TODAY)) == ""
    past = asked("照片", until=D(2026, 6, 9))
    assert why(ARRIVED, "case.supplement_asked", past) == "最后一天不能在今天以前。"
    second = made(State.ARRIVED, ("arrived", 2), ("supplement_asked", 3))
    told = asked("照片", approved="巴图")
    assert why(second, "case.supplement_asked", told) == "补正已经告知过一次，再次告知要由窗口首席代表办。"
    assert why(second, "case.supplement_asked", asked("照片"), is_chief=True) == "再次告知补正要写明由谁同意。"
    assert why(second, "case.supplement_asked", told, is_chief=True) == ""


def test_a_supplement_comes_to_the_window_where_one_was_asked_for() -> None:
    waiting = made(State.SUPPLEMENT_ASKED, ("arrived", 2), ("supplement_asked", 3))
    brought = events.Arrived("N1", "x", "window", note="照片")
    assert why(waiting, "case.arrived", brought) == ""
    assert why(made(State.COLLECTED), "case.arrived", brought) == "这件办件没有在等补正。"
    assert why(waiting, "case.arrived", events.Arrived("N1", "x")) == "请写明理由或要补的材料。"


def test_a_special_procedure_has_an_end() -> None:
    assert why(ACCEPTED, "case.suspended", events.Act(reasons="鉴定")) == "请填写特别程序到哪一天为止。"
    for until, said in ((TODAY, ""), (D(2026, 6, 9), "最后一天不能在今天以前。")):
        assert why(ACCEPTED, "case.suspended", events.Act(reasons="鉴定", until=until)) == said


LONGER = events.Act(reasons="复杂", approved_by="巴图")


def test_an_extension_by_the_chief_with_approval_once_and_in_time() -> None:
    assert why(ACCEPTED, "case.extended", LONGER) == "延期要由窗口首席代表办。"
    bare = case_acts.refusal(ACCEPTED, "case.extended", events.Act(reasons="复杂"), standing(is_chief=True))
    assert bare == Refusal("延期要经本机关负责人批准。", "请填写批准人。")
    assert why(ACCEPTED, "case.extended", LONGER, is_chief=True) == ""
    twice = made(State.IN_REVIEW, ("arrived", 2), ("accepted", 3), ("extended", 4))
    assert "已经延期过一次" in why(twice, "case.extended", LONGER, is_chief=True)
    never = msgspec.structs.replace(
        twice, history=tuple(msgspec.structs.replace(one, refused="没有") for one in twice.history)
    )
    assert why(never, "case.extended", LONGER, is_chief=True) == ""


def test_an_extension_where_the_law_knows_it() -> None:
    unknown = case_acts.refusal(ACCEPTED, "case.extended", LONGER, standing(is_chief=True, regime=None))
    assert unknown == Refusal("这个事项的时限规则还没有发布，能不能延期不知道。", "请目录编辑发布时限规则。")
    none = msgspec.structs.replace(REGIME, extension=None)
    assert "没有规定延期" in why(ACCEPTED, "case.extended", LONGER, is_chief=True, regime=none)
    assert why(ACCEPTED, "case.extended", LONGER, is_chief=True, today=D(2026, 6, 30)) == ""
    late = case_acts.refusal(ACCEPTED, "case.extended", LONGER, standing(is_chief=True, today=D(2026, 7, 1)))
    assert late == Refusal("法定时限 2026-06-30 已经过了，不能再延期。", "请尽快作出决定。")
    endless = msgspec.structs.replace(REGIME, decision=None)
    assert why(ACCEPTED, "case.extended", LONGER, is_chief=True, regime=endless, today=D(2026, 12, 1)) == ""


def test_a_decision_names_a_band_where_there_are_some() -> None:
    for kind in ("case.granted", "case.refused"):
        assert why(ACCEPTED, kind, events.Act(reasons="x"), item=BANDED) == "请选裁量档次。"
        assert why(ACCEPTED, kind, events.Act(reasons="x", band="1 较轻"), item=BANDED) == ""
        assert why(ACCEPTED, kind, events.Act(reasons="x", band="9"), item=BANDED) == "这个事项没有这一档裁量标准。"
        assert why(ACCEPTED, kind, events.Act(reasons="x", band="1 较轻")) == "这个事项没有这一档裁量标准。"
        assert why(ACCEPTED, kind, events.Act(reasons="x"), item=None) == ""
    assert case_acts.bands(BANDED) == {"1": "1 较轻", "2": "2 较重"}
    assert case_acts.bands(None) == {}
