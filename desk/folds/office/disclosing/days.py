"""The days of a request for disclosure: 20 working days from its receipt, 20 more once with approval; the time of third
parties and other organs does not count, and it begins anew with what was mended (政府信息公开条例§30 to §34)."""

from __future__ import annotations

import datetime as dt

from desk import clock
from desk.folds.office.disclosing.request import CONFIRMED, Disclosure
from desk.law import deadline
from desk.law.catalogue.item import Limit, Unit
from desk.law.holidays import HolidayTable
from desk.log.office_events import Disclosing, DisclosureAsked

LIMIT = LONGER = Limit(20, Unit.WORKDAY)  # to answer, and once more with approval (§33)
MEND = Limit(7, Unit.WORKDAY)  # to tell what is to be mended (§30)
OPINION = Limit(15, Unit.WORKDAY)  # for the opinion of a third party or another organ (§32, §34)


def due(day: dt.date, table: HolidayTable) -> dt.date:
    """The last day to answer a request that came on `day` (§33)."""
    return deadline.due(day, LIMIT, table).on


def later(found: Disclosure, today: dt.date, table: HolidayTable) -> dt.date:
    """The last day to answer once the time is extended: counted on from the last day that stands (§33)."""
    return deadline.due(_day(found.due) or today, LONGER, table).on


def came(asked: DisclosureAsked, asked_at: str) -> dt.date:
    """The day on which it came."""
    return asked.came or clock.day(asked_at)


def received(found: Disclosure) -> dt.date | None:
    """The day of receipt where the channel alone says it (§31); None where it is the day of a confirmation. A number
    given on the page is the confirmation of both sides."""
    return None if found.asked.channel in CONFIRMED else came(found.asked, found.asked_at)


def mend_by(found: Disclosure, table: HolidayTable) -> dt.date:
    """The last day to tell the applicant what is to be mended (§30)."""
    start = _day(found.counted) or came(found.asked, found.asked_at)
    return deadline.due(start, MEND, table).on


def opinion_by(day: dt.date, table: HolidayTable) -> dt.date:
    """The last day for an opinion on a letter that came on `day` (§32, §34)."""
    return deadline.due(day, OPINION, table).on


def resumed(found: Disclosure, day: dt.date, table: HolidayTable) -> dt.date:
    """The last day to answer once the last opinion came on `day`: what stood still is made up behind it (§33)."""
    stood, began = _day(found.stood) or day, _day(found.still_since) or day
    if stood <= began:
        return stood
    lost = sum(table.assumed_workday(began + dt.timedelta(at)) for at in range(1, (day - began).days + 1))
    return deadline.working_day_after(stood, lost, table) if lost else stood


def owed(found: Disclosure, kind: str, data: Disclosing, table: HolidayTable) -> dt.date | None:
    """The last day to answer that a step of this kind has to tell; None where it tells none."""
    match kind:
        case "disclosure.registered" | "disclosure.mended":
            return due(data.day, table) if data.day else None
        case "disclosure.consulted":
            others = [one for one in found.waited if one.name != data.party]
            return resumed(found, data.day, table) if data.day and not others else None
        case _:
            return None


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
