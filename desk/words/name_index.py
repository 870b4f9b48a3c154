"""Finding names by what is typed of them: as they are written, by their sounds, by the first letters of these.

All syllables of all names stand in one line, a place between two names empty. Of each sound a number says by its bits
at which places it is heard: so a question is a few shifts and ands, however many names there are.
"""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from enum import IntEnum

from desk.words import search_keys

Heard = Iterable[tuple[str, str, int]]  # of a term what is left, a sound, the places where it is heard


class By(IntEnum):
    """How a name is found: as it is written; also by first letters; also by whole sounds."""

    WRITTEN = 0
    LETTERS = 1
    SOUNDS = 2


class NameIndex:
    """Of `names` as they are compared (`search_keys.fold`), each with how it is found."""

    def __init__(self, names: Sequence[tuple[str, By]]) -> None:
        self._text = "\n".join(name for name, _ in names)
        self._starts = [0, *itertools.accumulate(len(name) + 1 for name, _ in names)]
        spoken = [_syllables(name) if by else [] for name, by in names]
        self._firsts = [*itertools.accumulate((len(one) + 1 for one in spoken), initial=1)]
        sounds: dict[str, list[int]] = defaultdict(list)
        letters: dict[str, list[int]] = defaultdict(list)
        for first, syllables, (_, by) in zip(self._firsts, spoken, names, strict=False):
            for at, heard in enumerate(syllables, first):
                for one in heard:
                    letters[one[0]].append(at)
                    if by is By.SOUNDS:
                        sounds[one].append(at)
        size = self._firsts[-1]
        self._sounds = {one: _bits(size, places) for one, places in sounds.items()}
        self._letters = {one: _bits(size, places) for one, places in letters.items()}
        self._first = _bits(size, self._firsts)

    def find(self, term: str) -> dict[int, bool]:
        """The numbers of the names that have `term`, as it is compared, and whether they begin so."""
        found = dict(self._written(term))
        if term.isascii() and term.isalnum():
            parts = ((term, one[at:], places) for one, places in self._sounds.items() for at in range(len(one)))
            for at in self._named(self._lettered(term, -1) | self._to_the_end(parts)):
                found.setdefault(at, False)
            whole = ((term, one, places & self._first) for one, places in self._sounds.items())
            begun = self._named(self._lettered(term, self._first) | self._to_the_end(whole))
            found.update(dict.fromkeys(begun, True))
        return found

    def _written(self, term: str) -> Iterator[tuple[int, bool]]:
        place = self._text.find(term)
        while place >= 0:
            at = bisect_right(self._starts, place) - 1
            yield at, place == self._starts[at]
            place = self._text.find(term, self._starts[at + 1])

    def _lettered(self, term: str, starts: int) -> int:
        """Where first letters end that are typed so, from one of the `starts` on."""
        places = self._letters.get(term[0], 0) & starts
        for letter in term[1:]:
            places = places << 1 & self._letters.get(letter, 0)
        return places

    def _to_the_end(self, heard: Heard) -> int:
        """Where whole terms end that begin with what is `heard`; the last sound as far as it was typed."""
        ended, going = 0, defaultdict[str, int](int)
        while True:
            for left, sound, places in heard:
                if sound.startswith(left):
                    ended |= places
                elif left.startswith(sound):
                    going[left[len(sound) :]] |= places << 1
            if not going:
                return ended
            left = max(going, key=len)
            begun = going.pop(left)
            heard = [(left, sound, begun & places) for sound, places in self._sounds.items()]

    def _named(self, places: int) -> Iterator[int]:
        """The numbers of the names that these places are in."""
        written = bin(places)[:1:-1]
        place = written.find("1")
        while place >= 0:
            at = bisect_right(self._firsts, place) - 1
            yield at
            place = written.find("1", self._firsts[at + 1])


def _syllables(name: str) -> list[tuple[str, ...]]:
    return [search_keys.sounds(char) for char in name if char.isalnum()]


def _bits(size: int, places: Iterable[int]) -> int:
    """The number whose bits are set at `places`."""
    made = bytearray(size // 8 + 1)
    for at in places:
        made[at >> 3] |= 1 << (at & 7)
    return int.from_bytes(made, "little")
