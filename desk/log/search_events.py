"""What a desk tells its centre of searches that found nothing: words and how often, nobody's name."""

from __future__ import annotations

import msgspec

from desk import doors


class MissedWord(msgspec.Struct, frozen=True):
    """A word and how often it was looked up in vain since it was last told."""

    word: str
    times: int


class Missed(msgspec.Struct, frozen=True):
    """search.missed 没有找到的说法: at one counter, by nobody in particular; the entry bears no author. At most one a
    day and desk, with at most `MOST` words."""

    words: tuple[MissedWord, ...]


MOST = doors.MISSED.things  # words of one entry
LEAST = 2  # times, before a word is told

SEARCH_KINDS: dict[str, tuple[str, type[msgspec.Struct]]] = {"search.missed": ("没有找到的说法", Missed)}


def subject(point: str) -> str:
    """What the entries of one counter are about."""
    return f"search:{point}"
