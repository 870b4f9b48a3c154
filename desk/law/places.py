"""Finding divisions by what people type of them: characters, pinyin, initials, the code; spaces or none between levels.

Names lie in order, so that all which begin alike are one stretch; a question goes from stretch to stretch, one
character of the names at each step. How well something fits is a cost: 0 is a whole name, written as it is.
"""

from __future__ import annotations

import functools
import heapq
import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from desk.words import search_keys

_INITIAL, _ALIKE, _BEGINS, _WITHIN = 1, 4, 8, 16  # what a fit costs that is no whole name in its own characters
_DIGITS = (2, 4, 6, 9)  # of the codes above a village's 12
_KEPT = 512  # terms whose fits are kept: a question changes by its last term, one key at a time
_TWO_LETTERS = ("zh", "ch", "sh")
_HEAD = 2  # letters at least of a division above, where more follows without a space
# One Mongolian word in other characters: 巴音 and 巴彦, 宝力根 and 宝拉根, 呼郎图 and 胡郎图.
_SPELT = ("音彦", "力拉", "呼胡", "淖诺", "图吐", "台太泰", "德得", "苏素")
_ONE_OF = str.maketrans({char: group[0] for group in _SPELT for char in group})
_VILLAGE = (
    "嘎查村民委员会", "社区居民委员会", "居民委员会", "村民委员会", "嘎查委员会", "社区居委会", "嘎查委会", "嘎查村",
    "村委会", "居委会", "嘎查", "社区", "村",
)  # fmt: skip
_ENDINGS = {
    "league": ("市", "盟"),
    "banner": ("自治旗", "旗", "县", "区", "市"),
    "township": ("街道办事处", "街道", "苏木", "民族乡", "镇", "乡"),
    "village": _VILLAGE,
}

Costs = dict[str, int]


class Named(NamedTuple):
    """What is looked through: a name that may end early, at its bare form."""

    name: str
    bare: int
    code: str


def bare(text: str, level: str = "village") -> str:
    """A name without the ending that says what kind of place it is; an ending alone stays."""
    for ending in _ENDINGS.get(level, ()):
        if text.endswith(ending) and len(text) > len(ending):
            return text.removesuffix(ending)
    return text


def _plain(text: str) -> str:
    return "".join(char for char in search_keys.fold(text) if char.isalnum())


def above(code: str) -> list[str]:
    """The codes that a code lies in, itself not among them, from the top."""
    return [code[:length] for length in _DIGITS if length < len(code)]


@functools.cache
def _typed(char: str) -> dict[str, tuple[tuple[str, int], ...]]:
    """How a character of a name may be typed and what that costs, by what a question begins with then: itself, as its
    word is also spelt, its sounds, their first letters."""
    group = next((one for one in _SPELT if char in one), char)
    ways = dict.fromkeys(group, _ALIKE) | {char: 0}
    if not char.isascii():
        usual, *others = search_keys.sounds(char)
        spelt = dict.fromkeys([*others, *(search_keys.sounds(one)[0] for one in group)], _ALIKE) | {usual: 0}
        dear_first = sorted(spelt.items(), key=lambda one: -one[1])
        for two in (True, False):
            ways |= {one[: 1 + (two and one[:2] in _TWO_LETTERS)]: cost + _INITIAL for one, cost in dear_first}
        ways |= spelt
    begun: dict[str, list[tuple[str, int]]] = {}
    for way, cost in ways.items():
        begun.setdefault(way[0].translate(_ONE_OF), []).append((way, cost))
    return {first: tuple(found) for first, found in begun.items()}


Stretch = tuple[int, int, tuple[tuple[str, int], ...]]  # from, to, how its last character may be typed


class _Stretches:
    """Names in order."""

    def __init__(self, names: Iterable[Named]) -> None:
        self.names = sorted(names)
        self._next: dict[tuple[int, int], dict[str, list[Stretch]]] = {}

    def _after(self, low: int, high: int, depth: int) -> dict[str, list[Stretch]]:
        """The stretches into which one falls by its next character, by what a question goes on with."""
        known = self._next.get((low, depth))
        if known is None:
            known = self._next[low, depth] = {}
            for char, first, end in self._fallen(low, high, depth):
                for begun, ways in _typed(char).items():
                    known.setdefault(begun, []).append((first, end, ways))
        return known

    def _fallen(self, low: int, high: int, depth: int) -> Iterator[tuple[str, int, int]]:
        while low < high and len(self.names[low].name) == depth:
            low += 1
        while low < high:
            begun = self.names[low].name[: depth + 1]
            end = bisect_left(self.names, Named(begun[:-1] + chr(ord(begun[-1]) + 1), 0, ""), low, high)
            yield begun[-1], low, end
            low = end

    def reached(self, asked: str) -> Iterator[tuple[int, int, int, str, int]]:
        """Stretches that begin as asked: from, to, how many characters deep, what of the question is left, the cost."""
        ways = [(0, len(self.names), 0, asked, 0)]
        while ways:
            low, high, depth, left, cost = ways.pop()
            for first, end, typed in self._after(low, high, depth).get(left[0].translate(_ONE_OF), ()):
                for word, dear in typed:
                    if left.startswith(word):
                        ways.append((first, end, depth + 1, left[len(word) :], cost + dear))
                        yield ways[-1]
                        if len(left) == len(word):
                            ways.pop()
                    elif word.startswith(left):
                        yield first, end, depth + 1, "", cost + dear


class Places:
    """All divisions, to be searched. `named`: code, level and name of each."""

    def __init__(self, named: Iterable[tuple[str, str, str]]) -> None:
        rows = [(code, level, _plain(name)) for code, level, name in named if level != "region"]
        both = [(level, Named(name, len(bare(name, level)), code)) for code, level, name in rows]
        self._levels = {code: level for code, level, _name in rows}
        self._length = {code: len(name) for code, _level, name in rows}
        self._codes = sorted(self._levels)
        self._ways = {code: (code, *above(code)) for code in self._codes}
        self._villages = _Stretches(one for level, one in both if level == "village")
        self._above = _Stretches(one for level, one in both if level != "village")
        self._line = [code for code, _level, _name in rows]
        self._text = "\n".join(name for _code, _level, name in rows)
        self._loose = self._text.translate(_ONE_OF)
        self._starts = [0, *itertools.accumulate(len(name) + 1 for _code, _level, name in rows)]
        self.fits = functools.lru_cache(maxsize=_KEPT)(self._fits)

    def find(self, text: str, level: str, limit: int) -> list[str]:
        """The codes that fit best. Where a `level` is asked for, what lies below a division that fits comes after."""
        fits = sorted((self._fitting(term) for term in map(_plain, text.split()) if term), key=len)
        if not fits or not all(fits):
            return []
        fitting = set().union(*fits)
        if not level:
            return self._best(fitting, fits, limit)
        found = dict.fromkeys(self._best((one for one in fitting if self._levels[one] == level), fits, limit))
        if len(found) < limit:
            heads = self._best((one for one in fitting if self._levels[one] != level), fits, limit)
            below = (code for head in heads for code in self._under(head) if self._levels[code] == level)
            found |= dict.fromkeys(itertools.islice(below, limit))
        return list(found)[:limit]

    def _best(self, codes: Iterable[str], fits: list[Costs], limit: int) -> list[str]:
        """Those that every term fits, themselves or what they lie in; the best first, the short before the long."""
        if len(fits) == 1:
            priced = ((fits[0][code], self._length[code], code) for code in codes)
        else:
            found = ((self._price(code, fits), self._length[code], code) for code in codes)
            priced = (one for one in found if one[0] >= 0)
        return [code for _price, _length, code in heapq.nsmallest(limit, priced)]

    def _price(self, code: str, fits: list[Costs]) -> int:
        """What the terms cost together, -1 where one does not fit. Better each its own division than two the same."""
        whole, taken = 0, ""
        for fit in fits:
            least, by = -1, ""
            for one in self._ways[code]:
                cost = fit.get(one, -1)
                if cost >= 0 and one == taken:
                    cost += _BEGINS
                if cost >= 0 and (least < 0 or cost < least):
                    least, by = cost, one
            if least < 0:
                return -1
            whole, taken = whole + least, by
        return whole

    def _under(self, head: str) -> list[str]:
        low, high = (bisect_left(self._codes, one) for one in (head, head + ":"))  # a colon comes after the digits
        return self._codes[low:high]

    def _fitting(self, asked: str) -> Costs:
        """What a term fits, with its cost; where nothing does, without the ending that was typed."""
        return self.fits(asked) or self.fits(bare(asked))

    def _fits(self, asked: str) -> Costs:
        """What a term fits, with its cost. A term may also name one division and then one that lies in it."""
        found: Costs = {}
        left: dict[str, Costs] = {}
        self._begun(self._villages, asked, found, left)
        self._begun(self._above, asked, found, left)
        for rest, heads in left.items():
            fit = self._fitting(rest)
            for head, cost in heads.items():
                for code in fit.keys() & self._under(head)[1:]:
                    _keep(found, code, cost + fit[code])
        if asked.isdigit():
            short = short_code(asked)
            found.update((code, 0 if code == short else _BEGINS) for code in self._under(short))
        elif not asked.isascii():
            self._inside(asked, found)
        return found

    def _begun(self, among: _Stretches, asked: str, found: Costs, left: dict[str, Costs]) -> None:
        """Names that begin so; and by what is left of the question, names that end before it does."""
        for low, high, depth, rest, cost in among.reached(asked):
            if rest and (among is self._villages or len(asked) - len(rest) < (_HEAD if asked.isascii() else 1)):
                continue
            for name, short, code in among.names[low:high]:
                whole = depth in (short, len(name))
                if not rest:
                    _keep(found, code, cost if whole else cost + _BEGINS)
                elif whole:
                    _keep(left.setdefault(rest, {}), code, cost)

    def _inside(self, asked: str, found: Costs) -> None:
        """Names that it stands in."""
        loose, at = asked.translate(_ONE_OF), -1
        while (at := self._loose.find(loose, at + 1)) >= 0:
            as_written = self._text.startswith(asked, at)
            code = self._line[bisect_right(self._starts, at) - 1]
            _keep(found, code, _WITHIN if as_written else _WITHIN + _ALIKE)


def _keep(costs: Costs, code: str, cost: int) -> None:
    if cost < costs.get(code, cost + 1):
        costs[code] = cost


def short_code(code: str) -> str:
    """152523202000 -> 152523202, 152523000000 -> 152523: a division above a village, written with twelve digits."""
    whole = len(code) == 12
    return next((code[:length] for length in _DIGITS if whole and not code[length:].strip("0")), code)
