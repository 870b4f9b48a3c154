"""Finding a rare Chinese character to type it: by code point, by its parts, or by radical and strokes.

Data: the Unihan database (radicals, strokes) and CJK Decomposition Data (parts); 98,060 characters.
"""

from __future__ import annotations

import functools
import lzma
import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import NamedTuple

import resources

MOST = 200
_SHAPES = "⿰⿱⿲⿳⿴⿵⿶⿷⿸⿹⿺⿻"
_CODE = re.compile(r"(?:U\+|u\+|0x|&#x)?([0-9A-Fa-f]{4,6});?\Z")
_STROKES = re.compile(r"(\D)?(\d{1,2})[画劃]?\Z")
# Radicals as they look inside characters, by number.
_LOOKS = {
    "亻": 9, "刂": 18, "卩": 26, "忄": 61, "扌": 64, "攵": 66, "氵": 85, "灬": 86, "爫": 87, "牜": 93, "犭": 94,
    "王": 96, "礻": 113, "糹": 120, "纟": 120, "罒": 122, "月": 130, "艹": 140, "衤": 145, "訁": 149, "讠": 149,
    "贝": 154, "车": 159, "辶": 162, "阝": 163, "釒": 167, "钅": 167, "门": 169, "韦": 178, "页": 181, "风": 182,
    "飠": 184, "饣": 184, "马": 187, "鱼": 195, "鸟": 196, "麦": 199, "齿": 211, "龙": 212,
}  # fmt: skip


class Character(NamedTuple):
    """A character: radical 1 to 214, strokes besides it, all strokes (0 unknown), and its parts."""

    char: str
    radical: int
    rest: int
    strokes: int
    shape: str
    parts: str

    @property
    def made_of(self) -> str:
        """Its parts, with the way they are put together."""
        return f"{self.shape}{self.parts}" if self.parts else ""


class _Table(NamedTuple):
    by_char: dict[str, Character]
    holders: dict[str, str]  # characters that a part is directly in


@functools.cache
def _table() -> _Table:
    text = lzma.decompress(resources.read("han/characters.tsv.xz")).decode()
    by_char: dict[str, Character] = {}
    holders: dict[str, list[str]] = {}
    for line in text.split("\n"):
        char, radical, rest, strokes, parts = line.split("\t")
        shape = parts[:1] if parts[:1] in _SHAPES else ""
        made = Character(char, int(radical), int(rest), int(strokes or 0), shape, parts[len(shape) :])
        by_char[char] = made
        for part in set(made.parts):
            holders.setdefault(part, []).append(char)
    return _Table(by_char, {part: "".join(chars) for part, chars in holders.items()})


@functools.cache
def _radicals() -> dict[str, int]:
    kangxi = {unicodedata.normalize("NFKC", chr(0x2F00 + at)): at + 1 for at in range(214)}
    return kangxi | _LOOKS


def find(asked: str) -> tuple[Character, ...]:
    """At most `MOST` characters for what was typed, common ones first.

    `U+20BB7` or `20BB7`: that one. `氵7` or `水7`: radical and the strokes besides it. `12画`: all strokes. Characters:
    those that have all of them inside, at any depth; with ⿰ or ⿱ before them, those put together in that way.
    """
    asked = asked.strip()
    if not asked:
        return ()
    if (code := _CODE.match(asked)) and (character := _by_code(code[1])):
        return character
    if strokes := _STROKES.match(asked):
        return _sorted(_by_strokes(strokes[1] or "", int(strokes[2])))
    parts = {char for char in asked if char not in _SHAPES}
    return _sorted(_by_parts(asked), lambda one: set(one.parts) != parts)


def _by_code(digits: str) -> tuple[Character, ...]:
    code = int(digits, 16)
    if code > 0x10FFFF or unicodedata.category(chr(code)) in ("Cc", "Cf", "Cs", "Co"):
        return ()
    char = chr(code)
    known = _table().by_char.get(char)
    return (known or Character(char, 0, 0, 0, "", ""),) if known or not digits.isdigit() or len(digits) > 4 else ()


def _by_strokes(radical: str, count: int) -> Iterable[Character]:
    characters = _table().by_char.values()
    if not radical:
        return (one for one in characters if one.strokes == count)
    number = _radicals().get(radical, 0)
    numbers = {number, 170} if radical == "阝" else {number}
    return (one for one in characters if one.radical in numbers and one.rest == count)


def _by_parts(asked: str) -> Iterable[Character]:
    shape = asked[0] if asked[0] in _SHAPES else ""
    parts = [char for char in asked if char not in _SHAPES and not char.isspace()]
    if not parts:
        return ()
    table = _table()
    holders = [_within(part) for part in parts]
    chars = set.intersection(*holders) | (set(parts) & table.by_char.keys() if len(parts) == 1 else set())
    wanted = {part: parts.count(part) for part in parts}
    return (
        one
        for one in (table.by_char[char] for char in chars)
        if (not shape or one.shape == shape) and all(_count(one.char, part) >= many for part, many in wanted.items())
    )


def _within(part: str) -> set[str]:
    """Every character that has `part` inside, at any depth."""
    table, holders, new = _table(), set[str](), {part}
    while new:
        new = {holder for one in new for holder in table.holders.get(one, "")} - holders
        holders |= new
    return holders & table.by_char.keys()


def _count(char: str, part: str, depth: int = 0) -> int:
    if char == part:
        return 1
    known = _table().by_char.get(char)
    return sum(_count(one, part, depth + 1) for one in known.parts) if known and depth < 8 else 0


def _sorted(
    characters: Iterable[Character], later: Callable[[Character], bool] = lambda _one: False
) -> tuple[Character, ...]:
    """Exact ones first, then common ones, then those with few strokes."""
    return tuple(sorted(characters, key=lambda one: (later(one), _block(one.char), one.strokes, one.char))[:MOST])


def _block(char: str) -> int:
    """0 for the common block, then Extension A, B and so on."""
    code = ord(char)
    return 0 if 0x4E00 <= code <= 0x9FFF else 1 if code < 0x10000 else code >> 12
