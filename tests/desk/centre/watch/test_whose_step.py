"""A desk that was off line makes no department late: cards say who could have acted, and judge the step that was
theirs."""

from __future__ import annotations

import datetime as dt

import msgspec
from conftest import Served, SetClock, full_draft, sync
from office import rows

from desk.app.open_desk import Desk
from desk.centre.node.roles import GENERAL
from desk.centre.watch import watching
from desk.folds import case_clocks
from desk.folds.case import State
from desk.folds.office.cards import Card
from desk.law.catalogue.item import Limit, Unit
from desk.log import events
from desk.log.office_events import CardRaised


def facts(served: Served, kind: str) -> list[CardRaised]:
    return [msgspec.json.decode(row["data"], type=Card).raised for row in rows(served, kind=kind)]


def act(served: Served, number: str, kind: str, data: events.Data) -> None:
    served.centre.act("wulan", kind, number, data, served.centre.case(number)[1])


def promised(served: Served, number: str) -> tuple[str, str]:
    case = served.centre.case(number)[0]
    known = case_clocks.of(case, served.centre.publications.law(case))
    return known.promised, known.office_due


def test_what_came_late_is_the_points_and_the_department_has_its_days(
    served: Served, desk: Desk, tell: SetClock
) -> None:
    number = desk.register(full_draft(desk)).intake_no
    day = desk.case(number).case.promised
    tell.at = dt.datetime.combine(day, dt.time(10), tell.at.tzinfo) + dt.timedelta(5)
    sync(desk)
    watching.watch(served.centre)
    told, judged = promised(served, number)
    assert told == str(day)
    assert judged > str(tell.at.date())
    (card,) = facts(served, "road")
    assert (card.org, card.about) == (GENERAL, number)
    assert card.facts == (
        f"代办点 2026-11-24 收件，承诺 {day} 办结，{tell.at.date()} 才到中心。能办的是代办点和送件人。"
    )
    assert rows(served, kind="over") == rows(served, kind="promise") == rows(served, kind="soon") == []
    tell.at = dt.datetime.combine(dt.date.fromisoformat(judged), dt.time(10), tell.at.tzinfo) + dt.timedelta(1)
    watching.watch(served.centre)
    (late,) = facts(served, "over")  # its own days are over too
    assert f"最迟 {judged} 应作出决定" in late.facts
    assert late.facts.endswith("才到中心，路上的日子不算在内）。")
    assert late.org != GENERAL


def test_a_decision_in_the_departments_own_days_is_on_time(served: Served, desk: Desk, tell: SetClock) -> None:
    number = desk.register(full_draft(desk)).intake_no
    day = desk.case(number).case.promised
    tell.at = dt.datetime.combine(day, dt.time(10), tell.at.tzinfo) + dt.timedelta(5)
    sync(desk)
    act(served, number, "case.accepted", events.Accepted("乌兰", "民政局"))
    act(served, number, "case.granted", events.Act("乌兰", "民政局"))
    case = served.centre.case(number)[0]
    law = served.centre.publications.law(case)
    bare = msgspec.structs.replace(law.item, statutory_limit=None, promised_limit=Limit(10, Unit.WORKDAY))
    known = case_clocks.of(case, case_clocks.Law(bare, None, law.table))
    assert (case.state, known.on_time, known.in_promise) == (State.GRANTED, "yes", "no")


def test_a_case_that_came_the_same_day_is_judged_by_its_promise(served: Served, desk: Desk) -> None:
    number = desk.register(full_draft(desk)).intake_no
    sync(desk)
    assert promised(served, number)[1] == ""


def test_what_a_silent_desk_may_hold_is_held_against_nobody(served: Served, desk: Desk, tell: SetClock) -> None:
    """A supplement that may lie at the point, a result that may be handed over: first the desk is heard."""
    number = desk.register(full_draft(desk)).intake_no
    sync(desk)
    until = tell.at.date() + dt.timedelta(2)
    asked = events.SupplementAsked("乌兰", "民政局", ("照片",), until, "依据")
    act(served, number, "case.supplement_asked", asked)
    tell.at += dt.timedelta(4)
    watching.watch(served.centre)
    assert rows(served, kind="unmended") == []
    sync(desk)
    watching.watch(served.centre)
    (card,) = facts(served, "unmended")
    assert card.facts.endswith("能办的是申请人，由代办点转告。")


def test_a_result_that_left_the_organ_is_the_points_to_hand_over(
    served: Served, desk: Desk, granted: str, tell: SetClock
) -> None:
    case = served.centre.case(granted)[0]
    law = served.centre.publications.law(case)
    due = case_clocks.clocks(case, law).delivery
    assert due is not None
    tell.at = dt.datetime.combine(due.on, dt.time(10), tell.at.tzinfo) + dt.timedelta(1)
    watching.watch(served.centre)
    assert rows(served, kind="unserved") == []
    sync(desk)
    watching.watch(served.centre)
    (card,) = facts(served, "unserved")
    assert (card.org, card.facts.endswith("能办的是代办点和送件人。")) == (GENERAL, True)
