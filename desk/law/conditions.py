"""Whether what an item demands holds, from what is known: met, not met, or not known and then what to ask.

One pure function over a line of the item and what somebody knows. Nothing that is not known is ever taken for met or
for not met. Records of one point show what was done there, never that nothing was done elsewhere: only a node that
has them all (`Known.whole`) can tell that from them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from decimal import Decimal, InvalidOperation
from enum import StrEnum

import msgspec

from desk.law import addresses, deadline, divisions, id_numbers
from desk.law.catalogue.item import Fact, Item, Line, LineTest

_CUTS = {"banner": 6, "township": 9, "village": 12}  # digits of a point's code that name each
_YEAR, _NAMED = 12, 3  # months; cases that are named


class Verdict(StrEnum):
    """What a line comes to."""

    MET = "met"
    NOT_MET = "not_met"
    NOT_KNOWN = "not_known"


class Earlier(msgspec.Struct, frozen=True):
    """A case that was taken in before and not refused. `day` is YYYY-MM-DD, or the year or month as far as a ledger
    knows it; `where` says where it stands."""

    task_code: str
    item_name: str
    day: str
    where: str = ""


class Household(msgspec.Struct, frozen=True):
    """Who lives together, as far as the book has them."""

    size: int
    cases: tuple[Earlier, ...] = ()


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of an applicant on the `day` of intake at `point` (a division code). What is None, "" or absent
    is not known. `domicile` is a division code, `domicile_by` what says so."""

    day: dt.date
    task_code: str = ""
    point: str = ""
    birth: dt.date | None = None
    sex: str = ""
    domicile: str = ""
    domicile_by: str = ""
    cases: tuple[Earlier, ...] | None = None
    household: Household | None = None
    fields: dict[str, str] = {}
    whole: bool = False


class Answer(msgspec.Struct, frozen=True):
    """What a line comes to; `words` say by what it is not met, or what to ask."""

    line: Line
    verdict: Verdict
    words: str = ""


_Found = tuple[bool | None, str]  # whether it holds, and by what
_NOTHING: _Found = None, ""


def answers(item: Item, known: Known) -> tuple[Answer, ...]:
    """All lines of `item`, in its order."""
    return tuple(answer(line, known) for line in item.holds)


def answer(line: Line, known: Known) -> Answer:
    """What `line` comes to by what is `known`."""
    holds, words = _LOOK[line.fact](line, known)
    if holds is None:
        return Answer(line, Verdict.NOT_KNOWN, f"要问清：{line.text}？{words}")
    return Answer(line, Verdict.MET if holds else Verdict.NOT_MET, words)


def basis(line: Line) -> str:
    """Law and article, as people read them."""
    return f"{line.law}{line.article}"


# -- the person --------------------------------------------------------------------------------------------------


def _age(line: Line, known: Known) -> _Found:
    return _aged(line, known, known.day)


def _age_on(line: Line, known: Known) -> _Found:
    return _aged(line, known, day_of(known.fields.get(line.of, line.of)))


def _aged(line: Line, known: Known, on: dt.date | None) -> _Found:
    years = _whole(line.value)
    if known.birth is None or on is None or years is None or on < known.birth:
        return _NOTHING
    turns = _later(known.birth, years * _YEAR)
    age = on.year - known.birth.year - (_later(known.birth, (on.year - known.birth.year) * _YEAR) > on)
    # No birthday in words: beside a masked number it would tell the whole of it.
    match line.test:
        case LineTest.AT_LEAST:
            return on >= turns, f"到 {on} 是 {age} 周岁，{turns.year} 年满 {years} 周岁。"
        case LineTest.AT_MOST:
            return age <= years, f"到 {on} 是 {age} 周岁。"
    return _NOTHING


def _sex(line: Line, known: Known) -> _Found:
    return _same(line, known.sex)


def _domicile(line: Line, known: Known) -> _Found:
    where = known.point[: _CUTS[line.value]] if line.value in _CUTS else line.value
    if not known.domicile or not where or line.test is not LineTest.WITHIN or len(where) < _CUTS.get(line.value, 1):
        return _NOTHING
    return addresses.is_within(known.domicile, where), f"按{known.domicile_by}，户籍在{_place(known.domicile)}。"


def _place(code: str) -> str:
    return divisions.load().full_name(code) or id_numbers.PROVINCES.get(code[:2], "") or code


# -- cases and households ----------------------------------------------------------------------------------------


def _ever(line: Line, known: Known) -> _Found:
    return _counted(line, known, _of_item(known.task_code, known.cases))


def _year(line: Line, known: Known) -> _Found:
    return _counted(line, known, _of_item(known.task_code, known.cases), lambda one: one.day[:4] == f"{known.day:%Y}")


def _months(line: Line, known: Known) -> _Found:
    months = _whole(line.of)
    if months is None:
        return _NOTHING

    def lately(one: Earlier) -> bool:
        day = day_of(one.day)
        return day is not None and _later(day, months) > known.day

    return _counted(line, known, _of_item(known.task_code, known.cases), lately)


def _other(line: Line, known: Known) -> _Found:
    return _counted(line, known, _of_item(line.of, known.cases))


def _of_household(line: Line, known: Known) -> _Found:
    cases = known.household.cases if known.household else None
    return _counted(line, known, _of_item(known.task_code, cases))


def _of_item(task_code: str, cases: Sequence[Earlier] | None) -> Sequence[Earlier] | None:
    return None if cases is None else [one for one in cases if one.task_code == task_code]


def _counted(
    line: Line,
    known: Known,
    cases: Sequence[Earlier] | None,
    fits: Callable[[Earlier], bool] = lambda _one: True,
) -> _Found:
    """Cases in the records are a least number: more of them may stand elsewhere."""
    limit = _whole(line.value)
    if cases is None or limit is None:
        return _NOTHING
    found = [one for one in cases if fits(one)]
    told = "；".join(f"{one.day} 办过“{one.item_name}”（{one.where}）" for one in found[:_NAMED])
    words = f"{told}{f'，共 {len(found)} 件' if len(found) > _NAMED else ''}。" if found else "这里的记录中没有。"
    match line.test:
        case LineTest.AT_MOST:
            return (False if len(found) > limit else known.whole or None), words
        case LineTest.AT_LEAST:
            return (True if len(found) >= limit else False if known.whole else None), words
    return _NOTHING


def _size(line: Line, known: Known) -> _Found:
    if known.household is None:
        return _NOTHING
    held = _compared(line, Decimal(known.household.size))
    return held, f"办事人册里这一户有 {known.household.size} 人。"


# -- the form ----------------------------------------------------------------------------------------------------


def _field(line: Line, known: Known) -> _Found:
    typed = known.fields.get(line.of, "").strip()
    if line.test in (LineTest.IS, LineTest.IS_NOT):
        return _same(line, typed)
    number = _decimal(typed)
    return _NOTHING if number is None else (_compared(line, number), f"填的是 {typed}。")


def _since(line: Line, known: Known) -> _Found:
    day = day_of(known.fields.get(line.of, ""))
    return _NOTHING if day is None else _apart(line, day, known.day, f"填的是 {day}。")


def _until(line: Line, known: Known) -> _Found:
    day = day_of(known.fields.get(line.of, ""))
    return _NOTHING if day is None else _apart(line, known.day, day, f"填的是 {day}。")


def _apart(line: Line, first: dt.date, last: dt.date, words: str) -> _Found:
    """Whether `last` is at least or at most so many months after `first`; a day on the wrong side tells nothing."""
    months = _whole(line.value)
    if months is None or last < first:
        return _NOTHING
    match line.test:
        case LineTest.AT_LEAST:
            return last >= _later(first, months), words
        case LineTest.AT_MOST:
            return last <= _later(first, months), words
    return _NOTHING


# -- values ------------------------------------------------------------------------------------------------------


def _same(line: Line, value: str) -> _Found:
    if not value or line.test not in (LineTest.IS, LineTest.IS_NOT):
        return _NOTHING
    return (value == line.value) == (line.test is LineTest.IS), f"现在是“{value}”。"


def _compared(line: Line, number: Decimal) -> bool | None:
    limit = _decimal(line.value)
    if limit is None:
        return None
    match line.test:
        case LineTest.AT_LEAST:
            return number >= limit
        case LineTest.AT_MOST:
            return number <= limit
        case LineTest.IS:
            return number == limit
    return None


def _decimal(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 4 else None


def day_of(text: str) -> dt.date | None:
    """The day that `text` writes as YYYY-MM-DD; None for anything else."""
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        return None


def _later(day: dt.date, months: int) -> dt.date:
    """So many months later; the last day there is where the calendar ends before."""
    return deadline.after_months(day, months) if day.year + months // _YEAR < dt.MAXYEAR else dt.date.max


_LOOK: dict[Fact, Callable[[Line, Known], _Found]] = {
    Fact.AGE: _age,
    Fact.AGE_ON: _age_on,
    Fact.SEX: _sex,
    Fact.DOMICILE: _domicile,
    Fact.CASES_EVER: _ever,
    Fact.CASES_YEAR: _year,
    Fact.CASES_MONTHS: _months,
    Fact.OTHER_CASES: _other,
    Fact.HOUSEHOLD_CASES: _of_household,
    Fact.HOUSEHOLD_SIZE: _size,
    Fact.FIELD: _field,
    Fact.MONTHS_SINCE: _since,
    Fact.MONTHS_UNTIL: _until,
}
