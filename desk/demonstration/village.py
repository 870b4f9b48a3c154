"""What a village does besides cases: envelopes and drives, a roll, visits, drafts, papers."""

from __future__ import annotations

import datetime as dt

import msgspec

from desk.app.open_desk import Desk
from desk.counter.rolls import RollDraft, RollLine
from desk.demonstration.counter import draft_of, filled, item_named
from desk.demonstration.people import BY_NAME
from desk.demonstration.stories import BUNDLED_LAST, Story
from desk.law import deadline
from desk.log.events import Person
from desk.store.snapshots import Draft

KILOMETRES = 62  # one way
_CARRIERS = (("白音孟和", "13900000023"), ("特木尔", "13900000036"))
ROLL = (
    "阿云嘎", "牧仁", "特木尔", "朝鲁门", "恩和", "新吉乐", "格日勒图",
    "图门乌力吉", "青格勒", "乌云毕力格", "赛罕", "巴图孟克", "布仁巴雅尔", "呼格吉勒图",
)  # fmt: skip
_NEXT_ROLL = ("苏日娜", "希吉日", "陶格斯", "通拉嘎", "乌日娜")


def settle_in(desk: Desk) -> None:
    """The first day: how far it is to the centre."""
    kept = desk.office_book.settings()
    desk.office_book.keep(msgspec.structs.replace(kept, kilometres_to_centre=KILOMETRES))


def pack(desk: Desk) -> list[str]:
    """Close an envelope for each destination; their subjects."""
    made = []
    for going in desk.trips.going():
        bundle = desk.trips.seal(going.destination, tuple(one.intake_no for one in going.cases), "")
        made.append(bundle.id)
    return made


def drive(desk: Desk, day: dt.date, bundles: list[str], week: int) -> None:
    """Somebody who goes to the banner takes them along; each end signs."""
    name, phone = _CARRIERS[week % len(_CARRIERS)]
    for one in bundles:
        desk.trips.hand_over(one, name, phone)
    desk.trips.drive(day, 2 * KILOMETRES, tuple(bundles), "随车捎带")
    for one in bundles:
        desk.trips.take_over(one, "乌兰", "综合窗口", ())


def leave_on_the_table(desk: Desk) -> None:
    """Of the last week's papers one envelope waits for its driver; the rest is not packed yet."""
    place = item_named(desk, BUNDLED_LAST).org_name
    for going in desk.trips.going():
        if going.destination == place:
            desk.trips.seal(place, tuple(one.intake_no for one in going.cases), "封001")


def take_roll(desk: Desk) -> tuple[str, ...]:
    """The roll of the year for the grassland; its intake numbers."""
    item = item_named(desk, "草补")
    lines = tuple(_line(BY_NAME[name], at) for at, name in enumerate(ROLL))
    year = desk.today_date().year
    draft = RollDraft(item.task_code, f"{year} 年草原补奖名册", year, lines)
    roll = desk.rolls.take(draft, lambda _far: None, lambda: False)
    return tuple(row.intake_no for row in roll.taken.rows)


def _line(person: Person, at: int) -> RollLine:
    values = {"ban": f"{600 + 45 * at}", "balance": f"{1500 + 120 * at}", "stock": f"{80 + 11 * at}"}
    return RollLine(person.name, person.id_number, person.phone, person.address, values)


def next_roll(desk: Desk) -> None:
    """A second roll lies half done: one of its rows lacks a number."""
    item = item_named(desk, "参保")
    values = filled("参保", BY_NAME[_NEXT_ROLL[0]], desk.today_date())
    people = [BY_NAME[name] for name in _NEXT_ROLL]
    lines = [RollLine(one.name, one.id_number, one.phone, one.address, values) for one in people]
    last = tuple(lines[:3])  # they pay as they did
    lines.append(RollLine("额尔敦其其格", "", "", "乌日尼勒图嘎查一组", values))
    year = desk.today_date().year
    desk.rolls.keep(RollDraft(item.task_code, f"{year} 年养老保险参保名册", year, tuple(lines), last))


def book_visits(desk: Desk) -> None:
    """Two who have to come themselves."""
    going = next(row.item for row in desk.items() if row.item.item_name == "婚姻登记")
    today, table = desk.today_date(), desk.session.holidays
    for days, name, period in ((3, "阿云嘎", "上午"), (5, "希吉日", "下午")):
        person = BY_NAME[name]
        desk.visits.book(
            person.name, person.phone, going.task_code, deadline.working_day_after(today, days, table), period
        )


def book_one(desk: Desk, name: str, *, came: bool) -> None:
    """A visit of the past: somebody came, or called off."""
    going = next(row.item for row in desk.items() if row.item.item_name == "婚姻登记")
    person = BY_NAME[name]
    booked = desk.visits.book(person.name, person.phone, going.task_code, desk.today_date(), "下午")
    desk.visits.end(booked.id, kept=came, reasons="" if came else "改日再来")


def leave_drafts(desk: Desk) -> None:
    """Three pages that were begun."""
    whole = draft_of(desk, Story(0, "查干巴拉", "农机"), "demonstration-machine")
    desk.save_draft(msgspec.structs.replace(whole, note="等银行盖章的回单", materials=whole.materials[:3]))
    old = item_named(desk, "高龄")
    desk.save_draft(Draft("demonstration-elder", BY_NAME["其木格"], task_code=old.task_code, note="照片下次带来"))
    desk.save_draft(Draft("demonstration-begun", Person("那顺乌力吉"), task_code=item_named(desk, "医保").task_code))
