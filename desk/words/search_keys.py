"""What a person can be found by: name, every reading of its pinyin whole and in initials, tails of numbers.

The keys go into a trigram index, which finds any three characters in a row. For shorter questions each start is
marked: `^^` stands before a beginning, so `cg` is asked as `^cg` and finds what begins with it.
"""

from __future__ import annotations

import functools
import itertools
import os
import unicodedata
from collections.abc import Iterable, Iterator

_MOST_READINGS = 48  # a name of many ambiguous characters is indexed by its first readings, not by thousands
_MOST_TRIED = 8 * _MOST_READINGS  # where many are spelt alike
_MOST_SYLLABLES = 100  # that readings are made of: no name is longer, and what was pasted may be
_SHORT = 3
# Letters of one shape: whoever reads ᠪᠠᠲᠤ may type ᠪᠠᠳᠤ, and both are seen as the same word.
_OF_ONE_SHAPE = {"\u1821": "\u1820", "\u1824": "\u1823", "\u1825": "\u1823", "\u1826": "\u1823", "\u1833": "\u1832",
                 "\u182d": "\u182c", "\u1836": "\u1835"}  # fmt: skip
# Characters that are compared as one.
VARIANTS = {"髙": "高", "嘠": "嘎", "・": "·", "•": "·", "‧": "·", "．": "·"} | _OF_ONE_SHAPE
_COMPARED = str.maketrans(VARIANTS)


def fold(text: str) -> str:
    """Text as it is compared: narrow, lower case, variant characters made one, white space squeezed."""
    if text.isascii():  # most numbers and codes: nothing of it has another form
        return " ".join(text.lower().split())
    return " ".join(unicodedata.normalize("NFKC", text).translate(_COMPARED).lower().split())


@functools.lru_cache(maxsize=8192)
def sounds(char: str) -> tuple[str, ...]:
    """The readings of one character without tones, the usual one first; a letter or digit is its own reading."""
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")  # every reading of each character is wanted, no phrases
    os.environ.setdefault("PYPINYIN_NO_DICT_COPY", "1")  # of readings that nobody here changes
    from pypinyin import Style, pinyin  # a fifth of a second: not before someone searches or registers

    (found,) = pinyin(char, style=Style.NORMAL, heteronym=True, errors="default") or ([char],)
    return tuple(dict.fromkeys(one.lower() for one in found if one)) or (char,)


@functools.lru_cache(maxsize=256)
def _syllables(name: str) -> tuple[tuple[str, ...], ...]:
    heard = (char for char in fold(name) if char.isalnum())
    return tuple(sounds(char) for char in itertools.islice(heard, _MOST_SYLLABLES))


def readings(name: str) -> tuple[str, ...]:
    """Whole pinyin in every reading: 查干 -> chagan, zhagan."""
    return _joined(_syllables(name))


def initials(name: str) -> tuple[str, ...]:
    """First letters in every reading: 查干 -> cg, zg."""
    return _joined(tuple(map(_letters, _syllables(name))))


@functools.lru_cache(maxsize=1024)
def _letters(readings: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one[0] for one in readings))


def _joined(choices: tuple[tuple[str, ...], ...]) -> tuple[str, ...]:
    """Words of one choice a place: the usual one, then all that differ from it in one place, then in two ..."""
    tried = itertools.islice(_by_difference(choices), _MOST_TRIED)
    return tuple(itertools.islice(dict.fromkeys(tried), _MOST_READINGS))


def _by_difference(choices: tuple[tuple[str, ...], ...]) -> Iterator[str]:
    usual = "".join(one[0] for one in choices)
    ends = list(itertools.accumulate(len(one[0]) for one in choices))
    doubtful = [(end - len(one[0]), end, one[1:]) for end, one in zip(ends, choices, strict=True) if len(one) > 1]
    yield usual
    for begin, end, others in doubtful:
        for other in others:
            yield f"{usual[:begin]}{other}{usual[end:]}"
    for (begin, end, others), (second, last, seconds) in itertools.combinations(doubtful, 2):
        before, between, after = usual[:begin], usual[end:second], usual[last:]
        for other in others:
            for another in seconds:
                yield f"{before}{other}{between}{another}{after}"


def sort_key(name: str) -> str:
    """Where a name stands in a list: by its usual pinyin, as an address book has it."""
    return "".join(one[0] for one in _syllables(name))


def name_keys(name: str) -> list[str]:
    """All that a name is found by; its inner two-character pieces too (其格 of 阿拉坦其其格)."""
    return list(_name_keys(name))


@functools.lru_cache(maxsize=256)  # a person and their case are written one after the other
def _name_keys(name: str) -> tuple[str, ...]:
    plain = fold(name)
    if not plain:
        return ()
    pieces = [plain[at : at + 2] for at in range(1, len(plain) - 1)]
    return (plain, *readings(name), *initials(name), *pieces)


def keys(names: Iterable[str], numbers: Iterable[str], others: Iterable[str] = ()) -> str:
    """The text of one row of the index. `numbers` are found by any run of three digits, and by their last ones."""
    made: dict[str, None] = {}
    for name in names:
        made.update(dict.fromkeys(_name_keys(name)))
    for number in numbers:
        if number:
            made[fold(number)] = None
    for other in others:
        if other:
            made[fold(other)] = None
    return f"^^{' ^^'.join(made)}" if made else ""


def question(text: str) -> str:
    """An FTS5 expression for what was typed; "" when there is nothing to ask. Every term must match."""
    terms = []
    for term in fold(text).split():
        clean = term.replace('"', "").replace("^", "")
        if clean:
            asked = clean if len(clean) >= _SHORT else "^" * (_SHORT - len(clean)) + clean
            terms.append(f'"{asked}"')
    return " ".join(terms)
