"""One cell taken apart: numbered or not, in one line or several, as offices write lists into a cell."""

from __future__ import annotations

import re
from collections.abc import Iterator

from desk.words import tidying
from desk.words.amounts import numerals

_MARKS = (  # each with the number that it bears
    re.compile(r"(?<![\d.．（(])(?<!\d[:：])(\d{1,2})\s*[.．、，)）](?!\d)", re.ASCII),
    re.compile(r"[（(](\d{1,2})[)）]", re.ASCII),
    re.compile(r"([①-⑳])"),
    re.compile(r"(?<![\u4e00-\u9fff])([一二三四五六七八九十]{1,3})、"),
    re.compile(r"[（(]([一二三四五六七八九十]{1,3})[)）]"),
)
_ARROW = re.compile(r"\s*(?:[→➔➜⇒↓]|[-—=]{1,4}[>＞])\s*")
_END = " \t\r\n;；,，。"
_SHORT = 25  # characters of one in a row that is parted by 、


def tidy(text: str) -> str:
    """A text as it is kept: full-width digits plain, lines joined where a narrow cell broke them, blanks once."""
    lines = [" ".join(tidying.visible(one).split()) for one in text.replace("\r", "\n").split("\n")]
    made = ""
    for line in filter(None, lines):
        made += (" " if made and made[-1].isascii() and line[0].isascii() else "") + line
    return digits(made)


def digits(text: str) -> str:
    """Full-width digits and letters plain; signs stay as they are, for Chinese ones are right."""
    return "".join(tidying.narrow(char) if "０" <= char <= "９" or "Ａ" <= char <= "ｚ" else char for char in text)


def parts(text: str) -> list[str]:
    """The entries of a list within one cell, without their numbers and what leads to them."""
    text = digits(text)
    lead, numbered = _numbered(text)
    if numbered:
        leads = not lead or lead.endswith((":", "：")) or len(lead) <= 3
        return _ended([*([] if leads else [lead]), *numbered])
    lines = [one for one in re.split(r"[\r\n]+", text) if one.strip()]
    if len(lines) < 2:
        lines = _ARROW.split(text)
    whole = [one for line in lines for one in re.split(r"[;；]", line)]
    return _ended([_bare(part) for part in whole])


def clauses(text: str) -> list[str]:
    """As `parts`; what leads to the numbered ones is one of them, for a condition says there whom it concerns."""
    lead, numbered = _numbered(digits(text))
    return _ended([lead, *numbered]) if numbered else parts(text)


def _ended(entries: list[str]) -> list[str]:
    return [one for one in (tidy(part).strip(_END + ":：") for part in entries) if one]


def things(text: str) -> list[str]:
    """As `parts`; a row of short words with 、 between them is parted there too."""
    found = parts(text)
    if len(found) == 1 and "、" in found[0]:
        row = _outside(found[0])
        if len(row) > 2 and all(len(one) <= _SHORT for one in row):
            return [tidy(one).strip(_END) for one in row]
    return found


def _outside(text: str) -> list[str]:
    """Parted at each 、 that stands in no brackets."""
    made, depth = [""], 0
    for char in text:
        depth += (char in "（(《") - (char in "）)》")
        if char == "、" and depth <= 0:
            made.append("")
        else:
            made[-1] += char
    return [one for one in made if one.strip()]


def _bare(part: str) -> str:
    """A part without a number at its beginning."""
    found = next((mark.match(part.strip()) for mark in _MARKS if mark.match(part.strip())), None)
    return part.strip()[found.end() :] if found else part


def _numbered(text: str) -> tuple[str, list[str]]:
    """What stands before the first number, and the parts by the numbers 1, 2, 3 ... of the sort of which there are
    most; a line of its own behind the end of a sentence is a part too."""
    runs = [list(_run(mark, text)) for mark in _MARKS]
    best = max(runs, key=len)
    if len(best) < 2:
        return "", []
    ends = [start for start, _ in best[1:]] + [len(text)]
    found = [text[behind:end] for (_, behind), end in zip(best, ends, strict=True)]
    return text[: best[0][0]].strip(), [line for one in found for line in re.split(r"(?<=[。；;])[ \t]*[\r\n]+", one)]


def _run(mark: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    """Where each mark begins and ends whose number is the next."""
    wanted = 1
    for found in mark.finditer(text):
        if _value(found[1]) == wanted:
            yield found.start(), found.end()
            wanted += 1


def _value(mark: str) -> int:
    if "①" <= mark <= "⑳":
        return ord(mark) - ord("①") + 1
    return int(mark if mark.isascii() else numerals.number(mark) or 0)
