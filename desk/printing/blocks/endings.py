"""How a paper ends: places to sign, the seal, the organ's name and the day. Each tells how much room it takes, for
the end of what stands before it goes with it onto a page."""

from __future__ import annotations

from desk.printing import text
from desk.printing.frames import LASTING, MM
from desk.printing.pen import GREY, INK, LINE
from desk.printing.sheet import Sheet

SEAL = 42 * MM  # the room that a seal takes, in points: its side
_WIDE, _CLOSE = 3.4, 2.5  # em over a rule: room for a finger, and where a page has less
_COPIED = 0.92  # of the size of the text: 四号 under 三号
_GAP = 4.0  # points between the words and the rule


def signatures(sheet: Sheet, left: str, right: str) -> None:
    """Two places to sign, with room for a finger-print; their rules are of one length, on one axis."""
    size, half = sheet.frame.base, sheet.room / 2
    across, lines = _signing(sheet, left, right)
    wide = not sheet.frame.height or sheet.y - sheet.bottom >= _signing_height(sheet, lines, _WIDE, across=across)
    highs = _steps(sheet, lines, _WIDE if wide else _CLOSE)
    sheet.need(signing_height(sheet, left, right))
    begin = max(sheet.width(one, size) for words in lines for one in words) + _GAP
    weight, ink = (LASTING, INK) if sheet.about.lasting else (0.5, LINE)
    for at, words in enumerate(lines):
        x = sheet.left + (half * at if across else 0)
        sheet.y -= highs[at] if not across else max(highs) if at == 0 else 0
        with sheet.pen.within("P"):
            for down, line in enumerate(words, 1):
                inner = begin - _GAP - sheet.width(line, size) if across else 0
                sheet.words(x + inner, sheet.y + size * 1.3 * (len(words) - down), line, size)
        edge = x + (half - _GAP if across else sheet.room)
        sheet.pen.line(x + begin, sheet.y - 2, edge, sheet.y - 2, weight, ink)
    sheet.y -= size * 0.8


def _signing(sheet: Sheet, left: str, right: str) -> tuple[bool, list[list[str]]]:
    """Whether both stand side by side, and the lines of each."""
    size, half = sheet.frame.base, sheet.room / 2
    across = max(sheet.width(left, size), sheet.width(right, size)) < half * 0.7
    room = half * 0.7 if across else sheet.room * 0.6
    return across, [text.wrap(words, size, room, sheet.face) for words in (left, right)]


def signing_height(sheet: Sheet, left: str, right: str) -> float:
    """The least room that two places to sign take, in points."""
    across, lines = _signing(sheet, left, right)
    return _signing_height(sheet, lines, _CLOSE, across=across)


def _signing_height(sheet: Sheet, lines: list[list[str]], least: float, *, across: bool) -> float:
    highs = _steps(sheet, lines, least)
    return (max(highs) if across else sum(highs)) + sheet.frame.base * 1.2


def _steps(sheet: Sheet, lines: list[list[str]], least: float) -> list[float]:
    """How far under what stands before it each place to sign is: `least` times the size, more for many lines."""
    return [sheet.frame.base * max(least, 1.3 * len(one) + 0.7) for one in lines]


def seal(sheet: Sheet, words: str, day: str = "") -> None:
    """Room for a seal of 42 mm at the right, with the date under it, or a blank for it."""
    size = sheet.frame.base
    sheet.need(SEAL)
    sheet.y -= SEAL
    middle = sheet.left + sheet.room - max(SEAL / 2 + size, sheet.width(words, size) / 2)
    for line, at, ink in ((words, SEAL * 0.55, GREY), (day or "年　　月　　日", size * 0.8, INK)):
        sheet.words(middle - sheet.width(line, size) / 2, sheet.y + at, line, size, ink=ink)


def closed(sheet: Sheet, organ: str, day: str, seal_words: str) -> None:
    """An organ's name and the day at the right; with `seal_words` room for a seal over them."""
    size = sheet.frame.base
    lines = _organ(sheet, organ)
    high = closed_height(sheet, organ, seal_words)
    sheet.need(high + sheet.tail)
    wide = max(*(sheet.width(one, size) for one in lines), sheet.width(day, size), SEAL if seal_words else 0)
    middle, y = sheet.left + sheet.room - wide / 2, sheet.y - high * (0.5 if seal_words else 0.35)
    if seal_words:
        sheet.words(middle - sheet.width(seal_words, size) / 2, sheet.y - size * 1.6, seal_words, size, ink=GREY)
    for part in (lines, [day]):
        with sheet.pen.within("P"):
            for line in part:
                sheet.words(middle - sheet.width(line, size) / 2, y, line, size)
                y -= size * 1.7
    sheet.y -= high


def _organ(sheet: Sheet, organ: str) -> list[str]:
    return text.wrap(organ, sheet.frame.base, sheet.room * 0.75, sheet.face)


def closed_height(sheet: Sheet, organ: str, seal_words: str) -> float:
    """The room that an organ's name and the day take, in points."""
    lines = sheet.frame.base * (3 + 1.6 * len(_organ(sheet, organ)))
    return max(lines, SEAL) if seal_words else lines


def copied(sheet: Sheet, words: str) -> None:
    """To whom the paper is copied: later lines begin under the first name, with a rule over and under them all."""
    size, head = _COPIED * sheet.frame.base, words.partition("：")[0] + "："
    lines, hang = _copied_lines(sheet, words), sheet.width(head, size)
    sheet.need(copied_height(sheet, words))
    sheet.y -= size * 0.6
    sheet.pen.line(sheet.left, sheet.y, sheet.left + sheet.room, sheet.y, LASTING, INK)
    with sheet.pen.within("P"):
        for at, line in enumerate(lines):
            sheet.y -= size * 1.6
            sheet.words(sheet.left + size + (hang if at else 0), sheet.y, line, size)
    sheet.y -= size * 0.7
    sheet.pen.line(sheet.left, sheet.y, sheet.left + sheet.room, sheet.y, LASTING, INK)


def _copied_lines(sheet: Sheet, words: str) -> list[str]:
    size, (head, _, names) = _COPIED * sheet.frame.base, words.partition("：")
    hang = sheet.width(f"{head}：", size)
    lines = text.wrap(names, size, sheet.room - 2 * size - hang, sheet.face)
    return [f"{head}：{lines[0]}", *lines[1:]]


def copied_height(sheet: Sheet, words: str) -> float:
    """The room that it takes, in points."""
    return sheet.frame.base * _COPIED * (1.4 + 1.6 * len(_copied_lines(sheet, words)))
