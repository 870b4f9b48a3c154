"""Citations in running text, as items, papers, pages and comments write them: 民法典§201, §203, 第二百零一条.

A mark without a law before it belongs to the law that was named last, as a reader takes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from desk.law.statutes.register import Register
from desk.words.amounts import numerals

_HAN = "零〇一二三四五六七八九十百千"
_MARK = re.compile(
    rf"§\s*(?P<sign>\d+(?:-\d+)?)(?P<dots>(?:\.\d+)*)(?:\s*[—–～至-]\s*§?\s*(?P<to>\d+))?(?!\d)"
    rf"|第(?P<han>[{_HAN}]+)条(?:之(?P<between>[{_HAN}]+))?"
)
_RUN = re.compile(r"[\u3400-\u9fff《》〔〕（）()\d]*\s*$")
_YEAR = re.compile(r"(?:[（(]?\d{4}(?:年)?[^（）()§]{0,4}[）)]?)$")
_SORT = re.compile(r"(?:法|条例|办法|法典|规定|细则)$")
_STANDARD = re.compile(r"[A-Z][A-Z/]*\s?[\d.]+-\d{4}\s*$")  # GB 11643-1999 §5 is of no law
_TRIED = 40  # characters before a mark in which the law is looked for
_LONGEST = 60  # articles that a range may name


class Citation(msgspec.Struct, frozen=True):
    """A law and an article as they were written: "11", "21-1" or "" for the law as a whole. `law` is "" where none
    was named."""

    law: str
    article: str = ""


def citations(text: str, register: Register, before: str = "") -> list[Citation]:
    """Every article that `text` cites, in order. `before` is the law that was named last before it."""
    found: list[Citation] = []
    last, at = before, 0
    for mark in _MARK.finditer(text):
        if mark["dots"]:
            continue  # a paragraph of a standard: ISO 32000-1 §9.10.3
        gap = text[at : mark.start()]
        if _STANDARD.search(gap):
            continue
        last = _named(gap, register, last)
        found += (Citation(last, article) for article in _articles(mark))
        at = mark.end()
    return found


def last_named(text: str, register: Register, before: str = "") -> str:
    """The law that `text` names last, to read on with; `before` where it names none."""
    cited = citations(text, register, before)
    return cited[-1].law if cited else before


def _articles(mark: re.Match[str]) -> Iterator[str]:
    if mark["han"]:
        between = f"-{numerals.number(mark['between'])}" if mark["between"] else ""
        yield f"{numerals.number(mark['han'])}{between}"
    elif mark["to"]:
        first, end = int(mark["sign"]), int(mark["to"])
        yield from map(str, range(first, min(end, first + _LONGEST) + 1))
    else:
        yield mark["sign"]


def _named(gap: str, register: Register, last: str) -> str:
    """The law that the words right before a mark name; the one before where they name none."""
    run = _RUN.search(gap[-_TRIED:])
    words = _YEAR.sub("", run[0].strip()) if run else ""
    words = words.strip("（）()").removesuffix("》")
    for start in range(len(words)):
        if (law := register.find(words[start:].lstrip("《"))) is not None:
            return law.name
    name = re.split(r"[《（(]", words)[-1].removeprefix("中华人民共和国")
    if name in ("本法", "条例", "本条例", "办法", "本办法") or not _SORT.search(name):
        return last
    return name
