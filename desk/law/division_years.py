"""Which division the first six digits of an identity number named, and in which years: codes go when counties are
renamed, merged or raised, and people keep their numbers (GB 11643-1999 §4: the place where it was first given).

The table begins in 1980 and ends in 2020; a year that it does not know is left empty. It answers with what may be, for
a person to weigh: nobody is refused for a county.
"""

from __future__ import annotations

import functools
import lzma

import msgspec

import resources

FIRST_CARDS = 1984  # the year in which numbers were given for the first time
LAST_KNOWN = 2020
_LATE = 18  # years after birth by which nearly everybody had a number


class Span(msgspec.Struct, frozen=True):
    """What a code named, from the beginning of `since` to the end of `until`; 0 where that is not known or still so."""

    name: str
    since: int = 0
    until: int = 0

    @property
    def words(self) -> str:
        """苏尼特左旗（1982 年起）."""
        if self.since and self.until:
            return f"{self.name}（{self.since}—{self.until} 年）"
        if self.since:
            return f"{self.name}（{self.since} 年起）"
        return f"{self.name}（到 {self.until} 年）" if self.until else self.name


@functools.cache
def _table() -> bytes:
    """Its lines as they are: as objects they would take twenty times their 200 kB, and few codes are ever asked for."""
    return b"\n" + lzma.decompress(resources.read("divisions/years.tsv.xz")) + b"\n"


@functools.lru_cache(maxsize=256)
def _spans(code: str) -> tuple[Span, ...]:
    """What `code` named, in the order of years."""
    table, start, found = _table(), f"\n{code}\t".encode(), list[Span]()
    at = table.find(start)
    while at >= 0:
        name, since, until = table[at + len(start) : table.index(b"\n", at + 1)].decode().split("\t")
        found.append(Span(name, int(since or 0), int(until or 0)))
        at = table.find(start, at + 1)
    return tuple(found)


def named(code: str, born: int) -> Span | None:
    """What the six digits `code` named when somebody born in the year `born` can have got a number; None for a code
    that is not known. Of several the first that was still so then; else the last that had been."""
    spans = _spans(code)
    given = max(born, FIRST_CARDS)
    return next((one for one in spans if not one.until or one.until >= given), spans[-1] if spans else None)


def doubt(code: str, born: int) -> str:
    """Why `code` and a birth in the year `born` hardly go together; "" where they do."""
    span, given = named(code, born), max(born, FIRST_CARDS)
    if span is None:
        return f"号码前六位 {code} 不是已知的旗县代码，请对照证件核对。" if born <= LAST_KNOWN else ""
    if span.until and span.until < given:
        return f"号码前六位是{span.name}的代码，{span.until} 年以后不再使用，而出生在 {born} 年，请对照证件核对。"
    if span.since > given + _LATE:
        return f"号码前六位是{span.name}的代码，{span.since} 年才有，而出生在 {born} 年，请对照证件核对。"
    return ""
