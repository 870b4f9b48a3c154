"""QR codes in the time of a receipt: what stays the same in each code of one size is made once, by segno; the words of
a code, their check bytes and their places are reckoned here (ISO/IEC 18004). The mask is fixed: trying all eight takes
longer than the rest of the receipt, and readers take any."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator
from operator import itemgetter
from typing import Any

import segno
from segno import consts

MASK, QUIET = 3, 4  # which pattern, and modules left free around the code (ISO/IEC 18004)
_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_VALUE = {char: at for at, char in enumerate(_LETTERS)}
_CAPITALS = re.compile(r"[0-9A-Z $%*+\-./:]+\Z")
_LEVELS = (consts.ERROR_LEVEL_M, consts.ERROR_LEVEL_Q, consts.ERROR_LEVEL_H)  # at least M, more where it costs nothing
_NAMES = dict(zip(_LEVELS, "mqh", strict=True))


def rows(code: str) -> list[str]:
    """The modules of the code row by row, "1" for a dark one, without the free space around it. ValueError where it
    is longer than any code holds."""
    bits, mode = _bits(code)
    for version in range(1, 41):
        size = len(bits[0]) + _counter(version, mode)
        if size <= 8 * _held(version, _LEVELS[0]):
            level = next(one for one in reversed(_LEVELS) if size <= 8 * _held(version, one))
            return _matrix(version, level, _words(bits, mode, version, level))
    raise ValueError("longer than a QR code holds")


def _bits(code: str) -> tuple[tuple[str, int], str]:
    """The mode and the letters as bits, without their number between them, and how many letters there are; which mode
    it is: letters and digits in pairs, else bytes."""
    if _CAPITALS.match(code):
        values = [_VALUE[char] for char in code]
        pairs = "".join(f"{a * 45 + b:011b}" for a, b in zip(values[::2], values[1::2], strict=False))
        last = f"{values[-1]:06b}" if len(values) % 2 else ""
        return (f"0010{pairs}{last}", len(values)), "letters"
    data = code.encode()
    return (f"0100{int.from_bytes(data, 'big'):0{8 * len(data)}b}" if data else "0100", len(data)), "bytes"


def _counter(version: int, mode: str) -> int:
    """How many bits say how many letters there are."""
    small, middle, large = (9, 11, 13) if mode == "letters" else (8, 16, 16)
    return small if version < 10 else middle if version < 27 else large


@functools.cache
def _blocks(version: int, level: int) -> list[tuple[int, int]]:
    """Of each block how many bytes of data it has and how many in all."""
    told: Any = consts.ECC
    return [(one.num_data, one.num_total) for one in told[version][level] for _ in range(one.num_blocks)]


@functools.cache
def _held(version: int, level: int) -> int:
    return sum(data for data, _ in _blocks(version, level))


def _words(bits: tuple[str, int], mode: str, version: int, level: int) -> bytes:
    """The bytes of the code, data and check bytes, in the order in which they are placed."""
    whole, room = f"{bits[0][:4]}{bits[1]:0{_counter(version, mode)}b}{bits[0][4:]}", _held(version, level)
    whole += "0" * min(4, 8 * room - len(whole))
    whole += "0" * (-len(whole) % 8)
    data = int(whole, 2).to_bytes(len(whole) // 8, "big")
    data += bytes(itertools.islice(itertools.cycle((0xEC, 0x11)), room - len(data)))
    parts, checks, at = list[bytes](), list[bytes](), 0
    for held, total in _blocks(version, level):
        parts.append(data[at : at + held])
        checks.append(_check(parts[-1], total - held))
        at += held
    return bytes(_woven(parts)) + bytes(_woven(checks))


def _woven(parts: list[bytes]) -> Iterator[int]:
    """The first bytes of all parts, then the second ones, and so on."""
    for column in itertools.zip_longest(*parts):
        yield from (one for one in column if one is not None)


@functools.cache
def _field() -> tuple[list[int], list[int]]:
    """Powers and logarithms of the field of 256 elements."""
    powers, logs, value = [0] * 510, [0] * 256, 1
    for at in range(255):
        powers[at] = powers[at + 255] = value
        logs[value] = at
        value = value << 1 ^ (0x11D if value & 0x80 else 0)
    return powers, logs


@functools.cache
def _divisor(count: int) -> list[int]:
    """What is taken away at each step of the division, by the byte at its head: `count` bytes as one number."""
    powers, logs = _field()
    factors = [1]
    for at in range(count):
        product = [*factors, 0]
        for place, factor in enumerate(factors):
            if factor:
                product[place + 1] ^= powers[logs[factor] + at]
        factors = product
    return [
        int.from_bytes(bytes(powers[logs[one] + logs[head]] if one and head else 0 for one in factors[1:]), "big")
        for head in range(256)
    ]


def _check(data: bytes, count: int) -> bytes:
    """The check bytes of a block (Reed and Solomon)."""
    table, top, keep, rest = _divisor(count), 8 * (count - 1), (1 << 8 * count) - 1, 0
    for byte in data:
        rest = (rest << 8 & keep) ^ table[byte ^ rest >> top]
    return rest.to_bytes(count, "big")


@functools.cache
def _template(version: int, level: int) -> tuple[int, int, int, Any]:
    """The side of a code, how many modules hold data, which of them the mask turns, and where each module of the
    picture is found: in the data, or in the "01" that is put after it."""
    made = segno.make("0", version=version, error=_NAMES[level], mask=MASK, boost_error=False, micro=False)
    matrix: Any = made.matrix
    side = len(matrix)
    places = {place: at for at, place in enumerate(_path(version, side))}
    count = len(places)
    turned = int("".join("1" if not (y + x) % 3 else "0" for y, x in places), 2)
    order = [places[y, x] if (y, x) in places else count + bool(matrix[y][x]) for y in range(side) for x in range(side)]
    return side, count, turned, itemgetter(*order)


def _path(version: int, side: int) -> Iterator[tuple[int, int]]:
    """The modules of data in the order in which bits are placed: two columns at a time, up and down in turns."""
    fixed, upwards, right = _fixed(version, side), True, side - 1
    while right > 0:
        right -= right == 6  # the column of the timing pattern is left out
        for y in range(side - 1, -1, -1) if upwards else range(side):
            yield from ((y, x) for x in (right, right - 1) if (y, x) not in fixed)
        upwards, right = not upwards, right - 2


def _fixed(version: int, side: int) -> set[tuple[int, int]]:
    """The modules that hold no data: the three corners, the timing lines, the small squares, the version."""
    found = {(6, at) for at in range(side)} | {(at, 6) for at in range(side)}
    found |= set(itertools.product(range(9), range(9)))
    for near, far in itertools.product(range(9), range(side - 8, side)):
        found |= {(near, far), (far, near)}
    middles = _middles(version, side)
    for y, x in itertools.product(middles, middles):
        if (y, x) not in ((6, 6), (6, middles[-1]), (middles[-1], 6)):
            found |= set(itertools.product(range(y - 2, y + 3), range(x - 2, x + 3)))
    if version >= 7:
        for near, far in itertools.product(range(6), range(side - 11, side - 8)):
            found |= {(near, far), (far, near)}
    return found


def _middles(version: int, side: int) -> list[int]:
    """Where the small squares have their middles, along both edges."""
    if version == 1:
        return []
    count = version // 7 + 2
    step = 26 if version == 32 else (version * 4 + count * 2 + 1) // (count * 2 - 2) * 2
    return [6, *reversed([side - 7 - at * step for at in range(count - 1)])]


def _matrix(version: int, level: int, words: bytes) -> list[str]:
    side, count, turned, picture = _template(version, level)
    value = int.from_bytes(words, "big") << count - 8 * len(words)
    modules = "".join(picture(f"{value ^ turned:0{count}b}01"))
    return [modules[at : at + side] for at in range(0, side * side, side)]
