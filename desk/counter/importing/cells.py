"""One cell by its meaning: set right where there is one way only, named where there are two, refused where it is lost.

A spreadsheet keeps fifteen digits of a number. An identity number that was kept as one has lost its last three, and
what is left may belong to somebody else, check digit and all; so it is refused however it looks.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

from desk.counter import checks
from desk.counter.importing import spellings
from desk.counter.importing.findings import Kind
from desk.counter.importing.targets import Target
from desk.errors import Problem
from desk.law import id_numbers
from desk.words import numerals, tidying
from desk.words.sheets.grid import Cell

Said = list[tuple[Kind, str, str]]  # kind, what, what to do

_TRUE_DIGITS = 15
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE]\+?\d{1,2}")
_LOST = "号码被表格程序当成数字，后几位已经丢了。"
_FORMAT = "请向发来的人要原表，把这一列设成“文本”再输入，或照证件重填。"
_QUOTES = "'’‘`′"
_ERRORS = ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!")
_DIGITS_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})")
_NUMBER = re.compile(r"(-?[\d,]*\.?\d+)(\D*)")
_GROUPED = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?")


def read(cell: Cell, target: Target, today: dt.date) -> tuple[str, Said]:
    """The value as it is kept, and what is to be said of it."""
    if cell.text.upper() in _ERRORS and target.kind != "phone":
        return "", [(Kind.WRONG, f"公式出错（{cell.text}），没有值。", "请在表里改好，或在这里填。")]
    return _READERS[target.kind](cell, target, today)


def _name(cell: Cell, _target: Target, _today: dt.date) -> tuple[str, Said]:
    said: Said = []
    seen = tidying.visible(cell.text)
    if seen != cell.text.strip():
        odd = next((char for char in cell.text.strip() if char not in seen), "\u3000")
        said.append((Kind.MENDED, f"姓名里的{_blank(odd)}已去掉。", ""))
    text, odd = tidying.renewed(seen)
    if odd:
        said.append((Kind.MENDED, f"姓名里{tidying.shown(odd[0])}是老系统的字，已改成“{_new(odd[0])}”。", "请核对。"))
    role = spellings.ROLE.search(text)
    if role:
        text = text[: role.start()].strip()
        said.append((Kind.DOUBT, f"姓名后面的“{role[0]}”没有取。", "请核对。"))
    if tidying.is_han(text) and " " in text:
        text = "".join(text.split())
        if not said:
            said.append((Kind.MENDED, "姓名中间的空格已去掉。", ""))
    text = " ".join(text.split())
    dotted = _dotted(text)
    if dotted != text and not said:
        said.append((Kind.MENDED, "姓名里的间隔号已改成“·”。", ""))
    private = next((char for char in dotted if tidying.is_private(char)), "")
    if private:
        said.append((Kind.WRONG, f"姓名里有别的电脑认不得的字 {tidying.shown(private)}。", "请照证件用“生僻字”重输。"))
    return dotted, said


def _blank(char: str) -> str:
    return "空格" if char.isspace() else f"看不见的字符 {tidying.shown(char)}"


def _new(char: str) -> str:
    return tidying.renewed(char)[0]


def _dotted(name: str) -> str:
    """Every dot between two characters made U+00B7; a full stop too where Chinese characters stand at both sides."""
    name = re.sub(f" *[{tidying.DOTS}{tidying.MIDDLE_DOT}] *", tidying.MIDDLE_DOT, name)
    return re.sub(r"(?<=[\u3400-\u9fff])[.。](?=[\u3400-\u9fff])", tidying.MIDDLE_DOT, name)


def _id(cell: Cell, _target: Target, today: dt.date) -> tuple[str, Said]:
    text = id_numbers.tidy(tidying.visible(cell.text)).strip(_QUOTES).strip('="').replace("×", "X").replace("*", "X")
    digits = text.lstrip("-")
    if (cell.numeric and len(digits) > _TRUE_DIGITS) or _SCIENTIFIC.fullmatch(text):
        return "", [(Kind.WRONG, _LOST, _FORMAT)]
    text = text if "-" not in text or not text.replace("-", "").rstrip("X").isdigit() else text.replace("-", "")
    if not text:
        return "", []
    said: Said = []
    if text != "".join(cell.text.split()).upper():
        said.append((Kind.MENDED, f"号码里的{_odd_in(cell.text)}已去掉或改正。", ""))
    found = id_numbers.facts(id_numbers.RESIDENT, text, today)
    if isinstance(found, Problem):
        said.append((Kind.WRONG, found.text, ""))
    elif text.endswith("000"):
        said.append((Kind.DOUBT, "号码末三位是 000，可能是表格程序丢了末三位。", "请对照证件。"))
    elif found.warning:
        said.append((Kind.DOUBT, found.warning, ""))
    return text, said


def _old_id(cell: Cell, target: Target, today: dt.date) -> tuple[str, Said]:
    """As `_id`; but a slip of the pen in an old ledger is told, not refused."""
    value, said = _id(cell, target, today)
    return value, [(Kind.DOUBT if kind is Kind.WRONG and value else kind, text, todo) for kind, text, todo in said]


def _odd_in(text: str) -> str:
    odd = next((char for char in text if not (char.isascii() and char.isalnum())), "")
    if odd in ("×", "*"):
        return f"{tidying.shown(odd)}"
    if odd and tidying.narrow(odd) != odd and not odd.isspace():
        return "全角字"
    return _blank(odd) if not odd or not odd.isprintable() or odd.isspace() else tidying.shown(odd)


def _phone(cell: Cell, _target: Target, _today: dt.date) -> tuple[str, Said]:
    whole = tidying.narrow(tidying.visible(cell.text)).strip(_QUOTES).strip()
    if whole in spellings.NOTHING or not whole:
        return "", []
    if cell.numeric and _SCIENTIFIC.fullmatch(whole):
        return "", [(Kind.WRONG, "电话被表格程序改成了科学记数，读不出来。", _FORMAT)]
    whole = re.sub(r"(\d)\.0+$", r"\1", whole)
    found = [one for one in (_one_phone(part) for part in _parts_of(whole)) if one]
    if not found:
        return whole, [(Kind.WRONG, f"电话“{whole}”读不出来。", "请改成数字，可带区号和“-”。")]
    best = next((one for one in found if len(one) == 11 and one.startswith("1")), found[0])
    said: Said = []
    others = [one for one in found if one != best]
    if others:
        said.append((Kind.DOUBT, f"一格里有 {len(found)} 个电话，取了 {best}；没有取：{'、'.join(others)}。", ""))
    elif best != cell.text.strip() and not (cell.numeric and best == whole):
        said.append((Kind.MENDED, f"电话已写成 {best}。", ""))
    problem = checks.phone_problem(best)
    if problem:
        said.append((Kind.WRONG, problem, ""))
    return best, said


def _parts_of(whole: str) -> list[str]:
    """Telephones of one cell. A blank parts two only where both sides are long enough to be numbers."""
    joined = re.sub(r"[^\d]", "", whole)
    if re.fullmatch(r"(?:\+?86)?1\d{10}", joined) and not re.search(r"[/、,，;；]", whole):
        return [whole]
    parts = [one for one in spellings.PHONES.split(whole) if one]
    if all(len(re.sub(r"\D", "", one)) >= 7 for one in parts):
        return parts
    return [one for one in spellings.PHONE_MARKS.split(whole) if one.strip()]


def _one_phone(text: str) -> str:
    """A telephone as it is kept: 13900000000, 0482-4212345; "" when there is none."""
    text = re.sub(r"^\s*[(（]?(0\d{2,3})[)）]\s*-?", r"\1-", text)
    kept = re.sub(r"[^\d\-+]", "", text).strip("-")
    digits = re.sub(r"\D", "", kept)
    if len(digits) == 13 and digits.startswith("861"):
        return digits[2:]
    if len(digits) == 11 and digits.startswith("1"):
        return digits
    return re.sub(r"-+", "-", kept)


def _number(cell: Cell, target: Target, _today: dt.date) -> tuple[str, Said]:
    whole = "".join(tidying.narrow(tidying.visible(cell.text)).split()).replace("，", ",")
    if not whole or (whole in spellings.NOTHING and whole != "0"):
        return "", []
    said: Said = []
    spelled = numerals.number(whole)
    if spelled:
        return spelled, [(Kind.MENDED, f"“{cell.text}”已写成 {spelled}。", "请核对。")]
    found = _NUMBER.fullmatch(whole)
    if not found or ("," in found[1] and not _GROUPED.fullmatch(found[1])):
        return whole, [(Kind.WRONG, f"“{cell.text}”不是数字。", "请改成 120 或 120.5 这样。")]
    value, unit = found[1].replace(",", ""), found[2]
    if value.startswith("-"):
        return value, [(Kind.WRONG, f"“{cell.text}”是负数。", "请核对后重填。")]
    if unit and not same_unit(unit, target.unit):
        wanted = f"，这里应按{target.unit}填" if target.unit else ""
        return value, [(Kind.WRONG, f"“{cell.text}”带了单位“{unit}”{wanted}。", "请换算后重填。")]
    value = value.rstrip("0").rstrip(".") if "." in value else value
    if target.kind == "head" and "." in value:
        said.append((Kind.WRONG, f"“{cell.text}”应为整数。", "请核对后重填。"))
    elif value != cell.text.strip() and (unit or "," in found[1] or whole != cell.text.strip()):
        said.append((Kind.MENDED, f"“{cell.text}”已写成 {value}。", ""))
    return value, said


def same_unit(unit: str, wanted: str) -> bool:
    """Whether two units are one for our purpose; where none is wanted, any is."""
    unit, wanted = tidying.narrow(unit), tidying.narrow(wanted)
    return not wanted or unit == wanted or any(unit in group and wanted in group for group in spellings.SAME_UNITS)


def _date(cell: Cell, target: Target, _today: dt.date) -> tuple[str, Said]:
    text = tidying.narrow(tidying.visible(cell.text)).split(" ")[0] if cell.text else ""
    if not text:
        return "", []
    found = _DIGITS_DATE.fullmatch(text) or spellings.DATE.fullmatch(text)
    if found is None:
        return text, [(Kind.WRONG, f"“{cell.text}”不是日期。", "请写成 2026-11-24 这样。")]
    year, month, day = (int(one) if one else 0 for one in found.groups())
    if not day and target.key == "day":  # ledgers of former years often know the month alone
        return (f"{year}-{month:02d}" if month else str(year)), []
    try:
        return dt.date(year, month, day).isoformat(), []
    except ValueError:
        return text, [(Kind.WRONG, f"没有“{cell.text}”这一天。", "请写成 2026-11-24 这样。")]


def _choice(cell: Cell, target: Target, _today: dt.date) -> tuple[str, Said]:
    text = tidying.visible(cell.text)
    if not text or text in target.choices:
        return text, []
    bare = _bare(text)
    near = [one for one in target.choices if _bare(one) == bare] or [
        one for one in target.choices if bare and (bare in _bare(one))
    ]
    if len(near) == 1:
        return near[0], [(Kind.MENDED, f"“{text}”已写成“{near[0]}”。", "")]
    return text, [(Kind.WRONG, f"“{text}”不在可选项里。", f"可选：{'、'.join(target.choices)}。")]


def _bare(text: str) -> str:
    return "".join(char for char in tidying.narrow(text) if char.isalnum())


def _text(cell: Cell, _target: Target, _today: dt.date) -> tuple[str, Said]:
    text, odd = tidying.renewed(" ".join(tidying.visible(cell.text).split()))
    said: Said = []
    if odd:
        said.append((Kind.MENDED, f"{tidying.shown(odd[0])}是老系统的字，已改成“{_new(odd[0])}”。", "请核对。"))
    private = next((char for char in text if tidying.is_private(char)), "")
    if private:
        said.append((Kind.DOUBT, f"有别的电脑认不得的字 {tidying.shown(private)}。", "请照原件重输。"))
    return text, said


_READERS: dict[str, Callable[[Cell, Target, dt.date], tuple[str, Said]]] = {
    "name": _name,
    "id": _id,
    "old_id": _old_id,
    "phone": _phone,
    "number": _number,
    "head": _number,
    "date": _date,
    "choice": _choice,
    "text": _text,
}
