"""Names, telephones, numbers and days as people write, paste and scan them: set right where there is one way only.

What was set right is told with the character that was odd; what can be read in two ways is told as a doubt; what no
program can know is told as wrong. Cells of a table and fields of a page are read by the same rules.
"""

from __future__ import annotations

import datetime as dt
import re
from enum import StrEnum
from typing import NamedTuple

from desk.words import spellings, tidying
from desk.words.amounts import numerals

QUOTES = "'’‘`′"
_DAY_TODO = "请写成 2026-11-24 这样。"


class Kind(StrEnum):
    """How grave it is."""

    MENDED = "mended"  # it was set right, and is told
    DOUBT = "doubt"  # a person should look
    WRONG = "wrong"  # it cannot be taken like this


class Note(NamedTuple):
    """One thing about what was written, and what to do."""

    kind: Kind
    text: str
    todo: str = ""


class Read(NamedTuple):
    """What was written, as it is kept, and what is to be said of it."""

    value: str
    notes: tuple[Note, ...] = ()


# -- names -------------------------------------------------------------------------------------------------------


def name(text: str) -> Read:
    """A name: nothing invisible, characters for radicals and private codes, no blanks among Chinese characters, U+00B7
    for every dot (民委发〔2016〕33号)."""
    notes: list[Note] = []
    seen = tidying.visible(text)
    if seen != text.strip():
        odd = next((char for char in text.strip() if char not in seen), "\u3000")
        notes.append(Note(Kind.MENDED, f"姓名里的{blank(odd)}已去掉。"))
    made, odd = tidying.renewed(seen)
    if odd:
        notes.append(_renewed("姓名里", odd[0]))
    if tidying.is_han(made) and " " in made:
        made = "".join(made.split())
        notes = notes or [Note(Kind.MENDED, "姓名中间的空格已去掉。")]
    made = " ".join(made.split())
    dotted = _dotted(made)
    if dotted != made:
        notes = notes or [Note(Kind.MENDED, "姓名里的间隔号已改成“·”。")]
    private = next((char for char in dotted if tidying.is_private(char)), "")
    if private:
        words = f"姓名里有别的电脑认不得的字 {tidying.shown(private)}。"
        notes.append(Note(Kind.WRONG, words, "请照证件用“生僻字”重输。"))
    return Read(dotted, tuple(notes))


def _dotted(text: str) -> str:
    """Every dot between two characters made U+00B7; a full stop too where Chinese characters stand at both sides."""
    text = re.sub(f" *[{tidying.DOTS}{tidying.MIDDLE_DOT}] *", tidying.MIDDLE_DOT, text)
    return re.sub(r"(?<=[\u3400-\u9fff])[.。](?=[\u3400-\u9fff])", tidying.MIDDLE_DOT, text)


def words(text: str) -> Read:
    """Any other line of words."""
    made, odd = tidying.renewed(" ".join(tidying.visible(text).split()))
    notes = [_renewed("", odd[0])] if odd else []
    private = next((char for char in made if tidying.is_private(char)), "")
    if private:
        told = f"有别的电脑认不得的字 {tidying.shown(private)}。"
        notes.append(Note(Kind.DOUBT, told, "请照原件重输。"))
    return Read(made, tuple(notes))


def _renewed(where: str, odd: str) -> Note:
    right = tidying.renewed(odd)[0]
    return Note(Kind.MENDED, f"{where}{tidying.shown(odd)}是老系统的字，已改成“{right}”。", "请核对。")


def blank(odd: str) -> str:
    """A character that nobody sees, in words."""
    return "空格" if odd.isspace() else f"看不见的字符 {tidying.shown(odd)}"


# -- telephones --------------------------------------------------------------------------------------------------


def phone(text: str) -> Read:
    """One telephone: 13900000000, 0482-4212345, 0482-4212345-801. Of several the mobile one, and the rest is told."""
    whole = tidying.narrow(tidying.visible(text)).strip(QUOTES).strip().translate(spellings.DASHES)
    if whole in spellings.NOTHING or not whole:
        return Read("")
    whole = spellings.EXTENSION.sub("-", re.sub(r"(\d)\.0+$", r"\1", whole))
    found = [one for one in (_one_phone(part) for part in _parts_of(whole)) if one]
    if not found:
        return Read(whole, (Note(Kind.WRONG, f"电话“{whole}”读不出来。", "请改成数字，可带区号和“-”。"),))
    best = next((one for one in found if len(one) == 11 and one.startswith("1")), found[0])
    notes: list[Note] = []
    others = [one for one in found if one != best]
    if others:
        told = f"一格里有 {len(found)} 个电话，取了 {best}；没有取：{'、'.join(others)}。"
        notes.append(Note(Kind.DOUBT, told))
    elif best != text.strip():
        notes.append(Note(Kind.MENDED, f"电话已写成 {best}。"))
    if problem := phone_problem(best):
        odd = next((char for char in whole if char.isalpha()), "")
        notes.append(Note(Kind.WRONG, (phone_problem(odd) if odd and not others else "") or problem))
    return Read(best, tuple(notes))


def phone_problem(digits: str) -> str:
    """What is wrong with a telephone that has no blanks; "" for a good one."""
    odd = next((char for char in digits if not (char.isascii() and char.isdigit()) and char not in "-+"), "")
    if odd:
        return f"电话里不能有{tidying.shown(odd)}，应为 7 到 20 位数字，可带区号和“-”。"
    if not 7 <= len(digits) <= 20 or not digits.replace("-", "").replace("+", ""):
        return "电话应为 7 到 20 位数字，可带区号和“-”。"
    if digits.isdigit() and digits[0] == "1" and len(digits) != 11:
        return f"手机号应为 11 位，现在是 {len(digits)} 位。"
    return ""


def _parts_of(whole: str) -> list[str]:
    """Telephones of one text. A blank parts two only where both sides are long enough to be numbers."""
    joined = re.sub(r"[^\d]", "", whole)
    if re.fullmatch(r"(?:\+?86)?1\d{10}", joined) and not re.search(r"[/、,，;；]", whole):
        return [whole]
    parts = [one for one in spellings.PHONES.split(whole) if one]
    if all(len(re.sub(r"\D", "", one)) >= 7 for one in parts):
        return parts
    return [one for one in spellings.PHONE_MARKS.split(whole) if one.strip()]


def _one_phone(text: str) -> str:
    text = re.sub(r"^\s*[(（]?(0\d{2,3})[)）]\s*-?", r"\1-", text)
    kept = re.sub(r"[^\d\-+]", "", text).strip("-")
    digits = re.sub(r"\D", "", kept)
    if len(digits) == 13 and digits.startswith("861"):
        return digits[2:]
    if len(digits) == 11 and digits.startswith("1"):
        return digits
    return re.sub(r"-+", "-", kept)


# -- numbers and days --------------------------------------------------------------------------------------------


def number(text: str, unit: str = "", *, whole: bool = False) -> Read:
    """A number without its unit, groups and noughts at the end; in characters too. `whole`: no half head of cattle."""
    plain = "".join(tidying.narrow(tidying.visible(text)).split()).replace("，", ",")
    if not plain or (plain in spellings.NOTHING and plain != "0"):
        return Read("")
    if spelled := numerals.number(plain):
        return Read(spelled, (Note(Kind.MENDED, f"“{text}”已写成 {spelled}。", "请核对。"),))
    found = spellings.NUMBER.fullmatch(plain)
    if not found or ("," in found[1] and not spellings.GROUPED.fullmatch(found[1])):
        return Read(plain, (Note(Kind.WRONG, f"“{text}”不是数字。", "请改成 120 或 120.5 这样。"),))
    value, suffix = found[1].replace(",", ""), found[2]
    if value.startswith("-"):
        return Read(value, (Note(Kind.WRONG, f"“{text}”是负数。", "请核对后重填。"),))
    if suffix and not same_unit(suffix, unit):
        wanted = f"，这里应按{unit}填" if unit else ""
        return Read(value, (Note(Kind.WRONG, f"“{text}”带了单位“{suffix}”{wanted}。", "请换算后重填。"),))
    value = value.rstrip("0").rstrip(".") if "." in value else value
    if whole and "." in value:
        return Read(value, (Note(Kind.WRONG, f"“{text}”应为整数。", "请核对后重填。"),))
    is_other = value != text.strip() and (suffix or "," in found[1] or plain != text.strip())
    return Read(value, (Note(Kind.MENDED, f"“{text}”已写成 {value}。"),) if is_other else ())


def same_unit(unit: str, wanted: str) -> bool:
    """Whether two units are one for our purpose; where none is wanted, any is."""
    unit, wanted = tidying.narrow(unit), tidying.narrow(wanted)
    return not wanted or unit == wanted or any(unit in group and wanted in group for group in spellings.SAME_UNITS)


def day(text: str, *, part: bool = False) -> Read:
    """A day as 2026-11-24: 2026年11月24日, 2026.11.24, 20261124, 二〇二六年十一月二十四日. `part`: where the day or
    the month is not told, what is told is kept (ledgers of former years)."""
    plain = tidying.narrow(tidying.visible(text)).translate(spellings.DASHES).translate(spellings.DOTS)
    plain = spellings.BETWEEN.sub(r"\1", plain)
    plain = spellings.BLANKS.sub(r"\1-\2-\3", plain).split(" ")[0]  # what follows a day is an hour
    if not plain:
        return Read("")
    numbers = _numbers_of(plain)
    if numbers is None or (not numbers[2] and not part):
        return Read(plain, (Note(Kind.WRONG, f"“{text}”不是日期。", _DAY_TODO),))
    year, month, of_month = numbers
    if not of_month:
        return Read(f"{year}-{month:02d}" if month else str(year))
    try:
        return Read(dt.date(year, month, of_month).isoformat())
    except ValueError:
        return Read(plain, (Note(Kind.WRONG, f"没有“{text}”这一天。", _DAY_TODO),))


def day_ahead(text: str, today: dt.date) -> Read:
    """As `day`, of something to come: one without its year (12-5, 12月5日) is the next such day from `today` on."""
    short = spellings.DAY_OF_YEAR.fullmatch(tidying.narrow(tidying.visible(text)).strip())
    if short is None:
        return day(text)
    month, of_month = (int(one) for one in short.groups())
    reads = [day(f"{year}-{month:02d}-{of_month:02d}") for year in range(today.year, today.year + 5)]
    return next((one for one in reads if not one.notes and one.value >= today.isoformat()), reads[0])


def _numbers_of(plain: str) -> tuple[int, int, int] | None:
    if spelled := spellings.SPELLED_DAY.fullmatch(plain):
        year, month, of_month = (int(numerals.number(one) or 0) for one in spelled.groups())
        return year, month, of_month
    found = spellings.DIGITS_DAY.fullmatch(plain) or spellings.DAY.fullmatch(plain)
    if found is None:
        return None
    year, month, of_month = (int(one) if one else 0 for one in found.groups())
    return year, month, of_month
