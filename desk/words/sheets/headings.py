"""Which column means what: headings as offices write them, each taken for one thing at most.

A heading is compared without blanks, line breaks and what stands in brackets; the unit in brackets is kept beside it.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Sequence

import msgspec

from desk.words import tidying

_BRACKETED = re.compile(r"[(\[【〔<《]([^)\]】〕>》]*)[)\]】〕>》]")
_SIGNS = str.maketrans("", "", " *＊:：、,，。.;；/\\-_—·'\"")
_OTHERS = (  # somebody else's name, number or telephone
    "父亲", "母亲", "配偶", "监护", "代领", "代理", "经办", "联系人", "填表",
    "制表", "审核", "银行", "开户", "法人", "包联", "嘎查长", "负责人",
)  # fmt: skip
_UNITS = ("平方米", "公顷", "羊单位", "亩", "万元", "元", "头", "只", "匹", "峰", "人")


class Target(msgspec.Struct, frozen=True):
    """One thing that a column may mean. `kind` says how its cells are read: name, id, old_id (of a paper that nobody
    can mend any more), phone, text, number, head, date, choice. `exact` are its headings; `parts` are words that are
    enough within one."""

    key: str
    words: str
    kind: str
    exact: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    unit: str = ""
    choices: tuple[str, ...] = ()
    required: bool = False


class Heading(msgspec.Struct, frozen=True):
    """One column of the file: which (from 0), what its heading says, and what it is taken for ("" nothing)."""

    column: int
    text: str
    target: str = ""

    @property
    def letter(self) -> str:
        """The column as spreadsheets call it."""
        return letters(self.column)


def letters(column: int) -> str:
    """The name of a column (from 0): A, B ... Z, AA."""
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


@functools.lru_cache(maxsize=4096)  # the headings that are looked for are compared with every cell
def plain(heading: str) -> str:
    """A heading as it is compared."""
    text = _BRACKETED.sub("", tidying.narrow(tidying.visible(heading)))
    return "".join(text.split()).translate(_SIGNS)


def unit_of(heading: str) -> str:
    """The unit that a heading gives in brackets or at its end; "" for none."""
    text = "".join(tidying.narrow(heading).split())
    said = [one for one in _BRACKETED.findall(text) if one]
    return next((unit for unit in _UNITS if unit in said or any(one.endswith(unit) for one in said)), "")


def matched(headings: Sequence[str], targets: Iterable[Target]) -> dict[int, str]:
    """The key of what each column (from 0) is taken for: the best fit first, each column and each target once."""
    fits = sorted(
        (
            (-fit, at, order, target.key)
            for order, target in enumerate(targets)
            for at, heading in enumerate(headings)
            if heading and (fit := _fit(plain(heading), target))
        ),
    )
    made: dict[int, str] = {}
    for _, at, _, key in fits:
        if at not in made and key not in made.values():
            made[at] = key
    return made


def _fit(heading: str, target: Target) -> int:
    """How well a heading fits: 1000 exactly, below that the longer the word that stands in it; 0 not at all."""
    exact = tuple(plain(one) for one in target.exact)
    if heading in exact:
        return 1000 - exact.index(heading)
    if target.kind in ("name", "id", "old_id", "phone") and any(one in heading for one in _OTHERS):
        return 0
    if target.kind == "text" and len(heading) > 12:
        return 0
    inside = [len(part) for part in target.parts if plain(part) in heading]
    if not inside and target.key.startswith("values.") and len(heading) >= 3 and heading in plain(target.words):
        return len(heading)
    return max(inside, default=0)
