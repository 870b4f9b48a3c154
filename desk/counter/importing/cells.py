"""One cell by its meaning: set right where there is one way only, named where there are two, refused where it is lost.

A spreadsheet keeps fifteen digits of a number. An identity number that was kept as one has lost its last three, and
what is left may belong to somebody else, check digit and all; so it is refused however it looks.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

from desk.counter.importing import spellings
from desk.errors import Problem
from desk.law import id_numbers
from desk.words import as_written, tidying
from desk.words.as_written import Kind
from desk.words.sheets.grid import Cell
from desk.words.sheets.headings import Target

Said = list[tuple[Kind, str, str] | as_written.Note]  # kind, what, what to do

_TRUE_DIGITS = 15
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE]\+?\d{1,2}")
_LOST = "号码被表格程序当成数字，后几位已经丢了。"
_FORMAT = "请向发来的人要原表，把这一列设成“文本”再输入，或照证件重填。"
_ERRORS = ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!")


def read(cell: Cell, target: Target, today: dt.date) -> tuple[str, Said]:
    """The value as it is kept, and what is to be said of it."""
    if cell.text.upper() in _ERRORS and target.kind != "phone":
        return "", [(Kind.WRONG, f"公式出错（{cell.text}），没有值。", "请在表里改好，或在这里填。")]
    return _READERS[target.kind](cell, target, today)


def _name(cell: Cell, _target: Target, _today: dt.date) -> tuple[str, Said]:
    role = spellings.ROLE.search(tidying.visible(cell.text))
    found = as_written.name(cell.text.replace(role[0], "") if role else cell.text)
    dropped = [as_written.Note(Kind.DOUBT, f"姓名后面的“{role[0]}”没有取。", "请核对。")] if role else []
    return found.value, [*found.notes, *dropped]


def _id(cell: Cell, _target: Target, today: dt.date) -> tuple[str, Said]:
    text = id_numbers.tidy(cell.text)
    digits = text.lstrip("-")
    if (cell.numeric and len(digits) > _TRUE_DIGITS) or _SCIENTIFIC.fullmatch(text):
        return "", [(Kind.WRONG, _LOST, _FORMAT)]
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
    return as_written.blank(odd) if not odd or not odd.isprintable() or odd.isspace() else tidying.shown(odd)


def _phone(cell: Cell, _target: Target, _today: dt.date) -> tuple[str, Said]:
    if cell.numeric and _SCIENTIFIC.fullmatch(cell.text.strip()):
        return "", [(Kind.WRONG, "电话被表格程序改成了科学记数，读不出来。", _FORMAT)]
    found = as_written.phone(cell.text)
    is_same = cell.numeric and found.value == re.sub(r"(\d)\.0+$", r"\1", cell.text.strip())
    return found.value, [one for one in found.notes if not (is_same and one.kind is Kind.MENDED)]


def _number(cell: Cell, target: Target, _today: dt.date) -> tuple[str, Said]:
    found = as_written.number(cell.text, target.unit, whole=target.kind == "head")
    return found.value, list(found.notes)


def _date(cell: Cell, target: Target, _today: dt.date) -> tuple[str, Said]:
    found = as_written.day(cell.text, part=target.key == "day")  # ledgers of former years often know the month alone
    return found.value, list(found.notes)


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
    found = as_written.words(cell.text)
    return found.value, list(found.notes)


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
