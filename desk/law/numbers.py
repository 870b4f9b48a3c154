"""The intake number 收件号: made at the point without asking anyone, unique for ever.

Point code (12) + desk (2) + yyMMdd + serial (3) + one ISO 7064 MOD 11,10 check digit: 24 digits.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from desk.errors import RefusedError
from desk.law import check_digits

LENGTH = 24
_ENVELOPE = re.compile(r"Z\d{22}", re.ASCII)  # Z, its desk without the dash, yyMMdd, the serial of the day
_NODE = re.compile(r"\d{12}-\d{2}", re.ASCII)
DAILY = 999  # numbers of a node in a day


def prefix(node: str, day: dt.date) -> str:
    """The 20 digits that a node's intake numbers of one day share. `node` is point code, dash, desk number."""
    point, _, desk = node.partition("-")
    return f"{point}{desk}{day:%y%m%d}"


def intake_no(start: str, serial: int) -> str:
    """The number with `serial` (from 1). Raises RefusedError when the day's numbers are used up."""
    if serial > DAILY:
        raise RefusedError("今天的收件号已用完（999 件）。", "内容已存为草稿。", "请明天继续，或换用本点的另一台电脑。")
    digits = f"{start}{serial:03d}"
    return digits + check_digits.serial(digits)


def checked(start: str, ends: Iterable[str]) -> list[str]:
    """`start` with each of `ends` and its MOD 11,10 check digit. The sum of `start` is made once: a centre numbers
    thousands of cases at a time."""
    begun = check_digits.serial_sum(start)
    made = []
    for end in ends:
        check = begun
        for digit in end:
            check = ((check or 10) * 2 % 11 + int(digit)) % 10
        made.append(f"{start}{end}{(1 - (check or 10) * 2 % 11) % 10}")
    return made


def serial(number: str) -> int:
    """The serial within an intake number."""
    return int(number[20:23])


def node_of(number: str) -> str:
    """The node that gave an intake number."""
    return f"{number[:12]}-{number[12:14]}"


def desk_of(node: str) -> str:
    """The number of a desk at its point."""
    return node.partition("-")[2]


def is_node(text: str) -> bool:
    """Whether `text` is shaped like a node's name: twelve digits of a division, a dash, two digits."""
    return _NODE.fullmatch(text) is not None


def day_of(number: str) -> str:
    """The day within an intake number, as 2026-11-24."""
    return f"20{number[14:16]}-{number[16:18]}-{number[18:20]}"


def envelope(text: str) -> str:
    """The number of an envelope in what was scanned or typed, a code or the number alone; "" where there is none."""
    found = _ENVELOPE.search("".join(text.split()).upper())
    return found[0] if found and is_node(envelope_node(found[0])) else ""


def envelope_node(number: str) -> str:
    """The desk that closed an envelope."""
    return node_of(number[1:])


def is_intake_no(text: str) -> bool:
    """Whether `text` is an intake number with a right check digit."""
    return len(text) == LENGTH and text.isascii() and text.isdigit() and check_digits.serial_holds(text)


def grouped(number: str) -> str:
    """For people to read: 152523202202 01 261124 001 5."""
    if len(number) != LENGTH:
        return number
    return " ".join((number[:12], number[12:14], number[14:20], number[20:23], number[23:]))
