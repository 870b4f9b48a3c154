"""The register of laws: names, days in force, numbers of articles, what replaced what. Facts, never the words of a law.

It answers whether a citation may be printed on a day. A law that it does not know it cannot judge, and says so.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Iterable
from enum import StrEnum

import msgspec

import resources

_NUMBERED = re.compile(r"(\d+)(?:-\d+)?")


class Span(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A time in which a law was in force with `articles` articles, numbered from 1, and those put `between` (21-1:
    the first after article 21). `text` is the day of the last amendment that these numbers are of."""

    begins: dt.date
    articles: int
    text: dt.date
    ends: dt.date | None = None  # the last day
    between: tuple[str, ...] = ()
    partly: tuple[str, ...] = ()  # where not the whole text could be read: the articles that were


class Law(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A law, regulation or document. Without spans it is known by name or number only: its text was not read."""

    name: str
    official: str
    short: tuple[str, ...] = ()
    number: str = ""  # 国务院令第649号, 民发〔2021〕57号
    read: str = ""  # month of which the texts are that the numbers come from, as 2026-07
    spans: tuple[Span, ...] = ()
    replaced_by: str = ""
    replaced_on: dt.date | None = None  # from this day on the other one is cited
    repealed: bool = False  # that day ended it; otherwise only that the newer one is cited is known
    note: str = ""  # what is newer than the text that was read

    def on(self, day: dt.date) -> Span | None:
        """The span in force on `day`."""
        return next((one for one in self.spans if one.begins <= day and (one.ends is None or day <= one.ends)), None)


class Reading(msgspec.Struct, frozen=True):
    """An article that somebody read beside what the sample catalogue says of it, and on which day."""

    law: str
    article: str
    read_on: dt.date


class Standing(StrEnum):
    """How a citation stands on a day."""

    SOUND = "sound"
    UNREAD = "unread"  # the law is known, but not whether it had this article on that day
    UNKNOWN = "unknown"  # no such law in the register
    REPLACED = "replaced"  # another law is to be cited
    OUT_OF_FORCE = "out_of_force"  # repealed, or not begun yet
    NO_ARTICLE = "no_article"


FALSE = (Standing.NO_ARTICLE, Standing.OUT_OF_FORCE)  # what must not be printed


class Judged(msgspec.Struct, frozen=True):
    """How a citation stands, and that in words ("" where nothing is to be said)."""

    standing: Standing
    words: str = ""


class Move(msgspec.Struct, frozen=True):
    """What happened to a law: on which day, in words."""

    on: dt.date
    words: str


class Register:
    """Laws by their names, official and short, and by their numbers."""

    def __init__(self, laws: Iterable[Law]) -> None:
        self.laws = tuple(laws)
        self._named = {name: one for one in self.laws for name in (one.official, *one.short, one.number) if name}
        self._named |= {one.name: one for one in self.laws}

    def find(self, name: str) -> Law | None:
        """The law of that name or number."""
        return self._named.get(name)

    def names(self) -> tuple[str, ...]:
        """All names by which a law is found."""
        return tuple(self._named)

    def judge(self, name: str, article: str, day: dt.date) -> Judged:
        """Whether the law `name` may be cited on `day` with `article` ("11", "21-1", "" for the law as a whole)."""
        law = self.find(name)
        if not name:
            return Judged(Standing.UNKNOWN, "没有写是哪部法")
        if law is None:
            return Judged(Standing.UNKNOWN, f"法规名录里没有《{name}》，没有核对")
        if law.replaced_on is not None and day >= law.replaced_on:
            return _replaced(law)
        if not law.spans:
            return Judged(Standing.UNREAD, f"{law.name}的原文没有读到，没有核对")
        span = law.on(day)
        if span is None:
            return Judged(Standing.OUT_OF_FORCE, f"《{law.name}》在 {day} 没有施行{_when(law, day)}")
        return _judged(law, span, article, day)

    def text_of(self, name: str, day: dt.date) -> str:
        """Which text of the law `name` counts on `day`: the day of its last amendment; "" where none is known."""
        law = self.find(name)
        span = law.on(day) if law else None
        return f"{span.text} 的文本" if span else ""

    def moves(self, name: str, since: dt.date, until: dt.date) -> list[Move]:
        """What happened to the law `name` after `since`, until `until`: amended, given anew, replaced."""
        law = self.find(name)
        if law is None:
            return []
        found = [Move(span.begins, f"《{law.name}》修订后施行") for span in law.spans[1:]]
        changed = (one for one in law.spans if one.text > one.begins)
        found += [Move(span.text, f"《{law.name}》修改") for span in changed]
        if law.replaced_on is not None:
            how = "废止，改用" if law.repealed else "已由"
            end = "" if law.repealed else "接替"
            found.append(Move(law.replaced_on, f"《{law.name}》{how}《{law.replaced_by}》{end}"))
        return sorted((one for one in found if since < one.on <= until), key=lambda one: one.on)


def _replaced(law: Law) -> Judged:
    if law.repealed:
        return Judged(Standing.OUT_OF_FORCE, f"《{law.name}》已于 {law.replaced_on} 废止，改用《{law.replaced_by}》")
    return Judged(Standing.REPLACED, f"《{law.name}》从 {law.replaced_on} 起由《{law.replaced_by}》接替，应改引")


def _when(law: Law, day: dt.date) -> str:
    later = [one.begins for one in law.spans if one.begins > day]
    return f"，{min(later)} 起施行" if later else ""


def _judged(law: Law, span: Span, article: str, day: dt.date) -> Judged:
    if day < span.text and len(law.spans) == 1 and span.begins < span.text:
        return Judged(Standing.UNREAD, f"《{law.name}》{day} 时的文本没有读到，没有核对")
    number = _NUMBERED.fullmatch(article)
    if not article or number is None:
        return Judged(Standing.SOUND)
    there = article in span.between if "-" in article else 1 <= int(number[1]) <= span.articles
    if not there:
        return Judged(Standing.NO_ARTICLE, f"《{law.name}》没有第 {article} 条，共 {span.articles} 条")
    if span.partly and article not in span.partly:
        return Judged(Standing.UNREAD, f"《{law.name}》第 {article} 条的原文没有读到，没有核对")
    return Judged(Standing.SOUND)


@functools.cache
def readings() -> dict[tuple[str, str], Reading]:
    """What was read, by law and article."""
    lines = resources.read("law/readings.tsv").decode().splitlines()[1:]
    rows = (line.split("\t") for line in lines)
    return {(law, article): Reading(law, article, dt.date.fromisoformat(day)) for law, article, day in rows}


@functools.cache
def known() -> Register:
    """The register that comes with the program."""
    return Register(msgspec.json.decode(resources.read("law/laws.json"), type=tuple[Law, ...]))
