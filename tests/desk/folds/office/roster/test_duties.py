"""Posts of a body: what an item's steps walk, who may hold two of them, who stands in for whom."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from desk.folds.office.office_record import Asked
from desk.folds.office.roster import duties
from desk.folds.office.roster.duties import Absence, Duty, Roster, may_be_one, walk
from desk.law import holidays
from desk.law.catalogue import load
from desk.law.catalogue.item import Item, Step
from desk.log.duty.duty_events import Away, Holder, RosterSet, Section, SectionsSet

DAY = dt.date(2026, 11, 24)
ITEM = next(one for one in load.seed().items if one.item_name == "林木采伐许可证核发")
FULL = (
    Holder("a", "阿木尔", ("accept", "handle")),
    Holder("b", "白音", ("review",)),
    Holder("c", "朝克", ("decide",)),
    Holder("w", "乌兰", ("window",)),
)
ROSTER = Roster("roster:152523000000-BM01", "林草局", FULL)


def stepped(*steps: tuple[str, str, str], case_type: str = "2") -> Item:
    made = tuple(Step(code, name, post, "") for code, name, post in steps)
    return msgspec.structs.replace(ITEM, steps=made, case_type=case_type)


@pytest.mark.parametrize(
    ("item", "walked"),
    [
        (None, "accept handle review decide"),
        (stepped(), "accept handle review decide"),
        (ITEM, "accept handle decide"),
        (stepped(("accept", "受理", "x"), ("decide", "决定", "y")), "accept decide"),
        (stepped(("s1-1", "申请", ""), ("s1-2", "受理", ""), ("s1-3", "审核", ""), ("s1-4", "审批", "")),
         "accept review decide"),
        (stepped(("s1-1", "受理", ""), ("s1-2", "现场踏查", ""), ("s1-3", "复核", ""), ("s1-4", "决定", "")),
         "accept handle review decide"),
        (stepped(("accept", "受理", "x"), ("site", "踏查", "y"), case_type="1"), "accept decide"),
    ],
)  # fmt: skip
def test_a_case_walks_the_posts_that_the_items_steps_name(item: Item | None, walked: str) -> None:
    assert walk(item) == tuple(Duty(one) for one in walked.split())


def test_one_person_holds_two_posts_where_the_item_has_one_for_both() -> None:
    one_window = stepped(("accept", "受理", "户籍窗口"), ("site", "调查", "户籍窗口"), ("decide", "决定", "所长"))
    assert may_be_one(one_window, Duty.ACCEPT, Duty.HANDLE)
    assert not may_be_one(one_window, Duty.HANDLE, Duty.DECIDE)
    assert not may_be_one(ITEM, Duty.ACCEPT, Duty.HANDLE)  # the window and the site are two posts there
    assert may_be_one(None, Duty.ACCEPT, Duty.HANDLE)
    assert not may_be_one(None, Duty.REVIEW, Duty.DECIDE)
    assert may_be_one(stepped(case_type="1"), Duty.ACCEPT, Duty.DECIDE)  # 即办


def asked(kind: str, data: msgspec.Struct) -> Asked:
    return Asked("chief", kind, data, DAY, holidays.seed())


@pytest.mark.parametrize(
    ("holders", "why"),
    [
        (FULL, ""),
        ((), ""),
        (FULL[:2], "“决定”还没有人"),
        ((Holder("a", "阿木尔", ("window", "decide")), *FULL[:3]), "岗位没有说清"),
        ((*FULL[:3], Holder("w", "乌兰", ("window", "review"))), "乌兰在综合窗口"),
        ((*FULL[:3], Holder("w", "乌兰", ("window", "accept"))), ""),  # it may be told to accept
        ((*FULL, Holder("x", "x", ("king",))), "岗位没有说清"),
    ],
)
def test_every_post_is_held_and_the_window_decides_nothing(holders: tuple[Holder, ...], why: str) -> None:
    told = duties.refusal(None, asked("roster.set", RosterSet("主管", "林草局", holders)))
    assert (told.happened if told else "").startswith(why)
    assert bool(told) == bool(why)


@pytest.mark.parametrize(
    ("account", "deputy", "since", "until", "why"),
    [
        ("c", "b", 0, 3, ""),
        ("c", "b", 3, 0, "请假的日子不对"),
        ("c", "b", -5, -2, "请假的日子不对"),
        ("c", "c", 0, 1, "自己不能代理自己"),
        ("z", "b", 0, 1, "z在这个机关没有岗位"),
        ("c", "w", 0, 1, "综合窗口的人不能代理"),
        ("w", "b", 0, 1, "综合窗口的人不能代理"),
        ("a", "c", 1, 2, "a这几天已经登记过请假"),
        ("b", "a", 1, 9, "a那几天自己也请假"),
    ],
)
def test_who_stands_in(account: str, deputy: str, since: int, until: int, why: str) -> None:
    days = DAY + dt.timedelta(since), DAY + dt.timedelta(until)
    known = msgspec.structs.replace(ROSTER, absences=(Absence("a", "a", "b", "b", DAY, DAY + dt.timedelta(2)),))
    told = duties.refusal(known, asked("roster.away", Away("x", account, account, deputy, deputy, *days)))
    assert (told.happened if told else "").startswith(why)
    assert bool(told) == bool(why)


def test_a_deputy_stands_at_the_post_from_the_first_day_to_the_last() -> None:
    known = msgspec.structs.replace(ROSTER, absences=(Absence("c", "朝克", "b", "白音", DAY, DAY + dt.timedelta(2)),))
    for day, who in ((-1, {"c"}), (0, {"b"}), (2, {"b"}), (3, {"c"})):
        assert set(known.on(Duty.DECIDE, DAY + dt.timedelta(day))) == who
    assert known.duties("b", DAY) == {Duty.REVIEW, Duty.DECIDE}
    assert known.stood_in("b", DAY) == {"c"}


def test_what_was_written_by_hand_is_carried_over_as_a_section() -> None:
    free = tuple(msgspec.structs.replace(one, section="森防股" if one.account != "c" else "k1") for one in FULL)
    known = Roster("roster:x", "林草局", free, listed=(Section("k1", "局办"),))
    assert known.sections == (Section("k1", "局办"), Section("森防股", "森防股"))
    assert (known.section_name("a"), known.section_name("c"), known.section_name("z")) == ("森防股", "局办", "")
    assert known.colleagues("a") == ("a", "b", "w")
    assert duties.refusal(known, asked("roster.set", RosterSet("主管", "林草局", free))) is None
    renamed = SectionsSet("主管", "林草局", (Section("k1", "局办"), Section("森防股", "森林防火股")))
    assert duties.refusal(known, asked("roster.sections", renamed)) is None
    after = msgspec.structs.replace(known, listed=renamed.sections)
    assert (after.section_name("a"), len(after.sections)) == ("森林防火股", 2)
