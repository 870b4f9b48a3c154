"""Deadline clocks: when something is due, and why on that day.

Counting: the day of the event does not count; a period ends at the close of its last day; one in calendar days or
months that ends on a free day moves to the next working day (民法典§201, §203). Working days leave out statutory
holidays (行政许可法§82). What is paused (行政许可法§45) is not counted. Limits are data of the item.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Sequence
from enum import StrEnum

import msgspec

from desk.law.catalogue.item import Item, Limit, Regime, Unit
from desk.law.holidays import HolidayTable


class Warn(StrEnum):
    """How near a due date is: the word and colour beside it."""

    NONE = "none"
    YELLOW = "yellow"  # 临近
    RED = "red"  # 超期


_WEEKDAYS = ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日")
_LONGEST = 3660  # days; a limit beyond ten years is a mistake in the catalogue


class Pause(msgspec.Struct, frozen=True):
    """A time that does not count, still going on when `end` is None.

    The day on which it begins counts as before it, the one on which it ends does not (民法典§201: the day of the event
    is not counted): begun and ended on one day, nothing is gained; over five working days, five.
    """

    start: dt.date
    end: dt.date | None
    reason: str


class Due(msgspec.Struct, frozen=True):
    """A due date: `provisional` when it was worked out beyond the table; `lines` explain it step by step."""

    on: dt.date
    provisional: bool
    table_version: str
    lines: tuple[str, ...]


def regime_words(regime: Regime) -> str:
    """The limits of a set of legal clocks in words."""
    told = (("告知", regime.notice), ("决定", regime.decision), ("延期", regime.extension), ("送达", regime.delivery))
    return "，".join(f"{name} {words(limit)}" for name, limit in told if limit) or "没有期限"


def words(limit: Limit) -> str:
    """A limit as people say it: 20 个工作日, 当场."""
    match limit.unit:
        case Unit.INSTANT:
            return "当场"
        case Unit.WORKDAY:
            return workdays(limit.count)
        case Unit.DAY:
            return f"{limit.count} 日"
        case Unit.MONTH:
            return f"{limit.count} 个月"


def noted(limit: Limit) -> str:
    """The same with its note: 20 个工作日（不含听证）."""
    return words(limit) + (f"（{limit.note}）" if limit.note else "")


def workdays(count: int) -> str:
    """So many working days, as people say it."""
    return f"{count} 个工作日"


def shown(day: dt.date) -> str:
    """2026-12-03（星期四）."""
    return f"{day.isoformat()}（{_WEEKDAYS[day.weekday()]}）"


def due(start: dt.date, limit: Limit, table: HolidayTable, pauses: Sequence[Pause] = ()) -> Due:
    """When a period of `limit` that begins with an event on `start` ends."""
    return _due(start, limit, table, tuple(pauses))


@functools.lru_cache(maxsize=4096)  # a centre asks for the same days again and again
def _due(start: dt.date, limit: Limit, table: HolidayTable, pauses: tuple[Pause, ...]) -> Due:
    lines = [f"{shown(start)}为起始日，不计入；期限 {words(limit)}。"]
    match limit.unit:
        case Unit.INSTANT:
            end = start
        case Unit.WORKDAY:
            end = _after_workdays(start, limit.count, table, pauses, lines)
        case Unit.DAY:
            end = _to_workday(_after_days(start, limit.count, pauses), table, lines)
        case Unit.MONTH:
            end = _to_workday(after_months(start, limit.count), table, lines)
    provisional = _is_provisional(start, end, table)
    lines.append(f"截止到 {shown(end)}下班时；节假日表：{table.version}。")
    if provisional:
        lines.append(f"{end.year} 年的调休安排尚未公布，按法定节日和周六、周日休息推算，日期为暂定。")
    return Due(end, provisional, table.version, tuple(lines))


def _is_provisional(start: dt.date, end: dt.date, table: HolidayTable) -> bool:
    return any(not table.covers(dt.date(year, 1, 1)) for year in range(start.year, end.year + 1))


def _after_workdays(
    start: dt.date, count: int, table: HolidayTable, pauses: Sequence[Pause], lines: list[str]
) -> dt.date:
    day, counted, free, paused = start, 0, 0, 0
    while counted < count and (day - start).days < _LONGEST:
        day += dt.timedelta(1)
        if is_paused(day, pauses):
            paused += 1
        elif table.assumed_workday(day):
            counted += 1
        else:
            free += 1
    first = start + dt.timedelta(1)
    local = "".join(f"，{one.on.isoformat()} {one.name}放假" for one in table.local_between(first, day))
    lines.append(f"从 {shown(first)}起数满 {count} 个工作日，其间休息日和节假日 {free} 天不计{local}。")
    if paused:
        lines.append(f"暂停计时 {paused} 天不计：" + "；".join(pause.reason for pause in pauses) + "。")
    return day


def _after_days(start: dt.date, count: int, pauses: Sequence[Pause]) -> dt.date:
    day, counted = start, 0
    while counted < count and (day - start).days < _LONGEST:
        day += dt.timedelta(1)
        counted += not is_paused(day, pauses)
    return day


def after_months(start: dt.date, count: int) -> dt.date:
    """The day `count` calendar months after `start`, the month's last where it has no such day (民法典§202)."""
    import calendar  # brings the words of every language's months

    year, month = divmod(start.year * 12 + start.month - 1 + count, 12)
    return dt.date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


def _to_workday(day: dt.date, table: HolidayTable, lines: list[str]) -> dt.date:
    moved = day
    while not table.assumed_workday(moved):
        moved += dt.timedelta(1)
    if moved != day:
        local = "、".join(one.name for one in table.local_between(day, day))
        lines.append(f"末日 {shown(day)}是休息日{f'（{local}）' if local else ''}，顺延到下一个工作日。")
    return moved


def is_paused(day: dt.date, pauses: Sequence[Pause]) -> bool:
    """Whether `day` is one that is not counted."""
    return any(pause.start < day and (pause.end is None or day <= pause.end) for pause in pauses)


def working_day_after(start: dt.date, count: int, table: HolidayTable) -> dt.date:
    """The day on which `count` working days after `start` end."""
    return due(start, Limit(count, Unit.WORKDAY), table).on


def remaining(on: dt.date, today: dt.date, table: HolidayTable) -> int:
    """Working days from `today` (not counted) to `on`; negative when `on` is past."""
    if on < today:
        return -sum(table.assumed_workday(on + dt.timedelta(step)) for step in range(1, (today - on).days + 1))
    return sum(table.assumed_workday(today + dt.timedelta(step)) for step in range(1, (on - today).days + 1))


def distance(left: int) -> str:
    """How far off a day is that lies `left` working days ahead, as `remaining` counts them."""
    return f"还剩 {left} 个工作日" if left > 0 else "今天到期" if left == 0 else f"已超 {-left} 个工作日"


def far_off(on: dt.date, today: dt.date, table: HolidayTable) -> str:
    """As `distance`; over free days alone, on which no working day passes, what is over is not said to be due today."""
    left = remaining(on, today, table)
    if left or on == today:
        return distance(left)
    return f"已超 {(today - on).days} 天" if on < today else f"还剩 {(on - today).days} 天"


def warning(on: dt.date, today: dt.date, table: HolidayTable, yellow_days: int = 1) -> Warn:
    """Red once `on` is past, yellow from `yellow_days` working days before."""
    if on < today:
        return Warn.RED
    counted = 0
    for step in range(1, (on - today).days + 1):  # not further than it matters: lists ask for a hundred days at once
        counted += table.assumed_workday(today + dt.timedelta(step))
        if counted > yellow_days:
            return Warn.NONE
    return Warn.YELLOW


def backwards(day: dt.date, limit: Limit, table: HolidayTable) -> Due:
    """The last day to act so that `limit` lies before `day`, which itself does not count (民法典§201). Where nobody
    works on it, the working day before: a later one (§203 is about periods that run forward) would leave too few."""
    lines = [f"{shown(day)}为起算日，不计入；提前 {words(limit)}。"]
    end, counted = day, 0
    if limit.unit is Unit.MONTH:
        end = after_months(day, -limit.count)
    while limit.unit in (Unit.DAY, Unit.WORKDAY) and counted < limit.count and (day - end).days < _LONGEST:
        end -= dt.timedelta(1)
        counted += limit.unit is Unit.DAY or table.assumed_workday(end)
    moved = end
    while not table.assumed_workday(moved):
        moved -= dt.timedelta(1)
    if moved != end:
        lines.append(f"往前数到 {shown(end)}，是休息日，提前到前一个工作日。")
    lines.append(f"最迟在 {shown(moved)}下班前；节假日表：{table.version}。")
    return Due(moved, _is_provisional(moved, day, table), table.version, tuple(lines))


def promised_limit(item: Item) -> Limit | None:
    """What is promised to the herder: the office's own limit, else the statutory one."""
    return item.promised_limit or item.statutory_limit


def service_clock(item: Item, collected_on: dt.date, table: HolidayTable, pauses: Sequence[Pause] = ()) -> Due | None:
    """The promise to the herder: from hand-over, by the `promised_limit`."""
    limit = promised_limit(item)
    return due(collected_on, limit, table, pauses) if limit else None


def prolonged(first: Due, start: dt.date, limit: Limit, table: HolidayTable, pauses: Sequence[Pause]) -> Due:
    """`first`, a day that was told and stays, with what was paused since `start` made up behind it; months and on the
    spot know no pauses."""
    if limit.unit not in (Unit.WORKDAY, Unit.DAY):
        return first
    end, owed, day = first.on, 0, start
    while (day < first.on or owed > 0) and (day - start).days < _LONGEST:
        day += dt.timedelta(1)
        if limit.unit is Unit.WORKDAY and not table.assumed_workday(day):
            continue
        if not is_paused(day, pauses):
            owed -= day > first.on
        elif day <= first.on:
            owed += 1
        end = max(end, day)
    if end == first.on:
        return first
    lines = [*first.lines, "这期间等补正、特别程序的日子不计：" + "；".join(one.reason for one in pauses) + "。"]
    if limit.unit is Unit.DAY:
        end = _to_workday(end, table, lines)
    doubt = first.provisional or _is_provisional(first.on, end, table)
    return Due(end, doubt, table.version, (*lines, f"顺延到 {shown(end)}下班时；节假日表：{table.version}。"))
