"""Ruled tables. Nothing in them is shrunk: words wrap, a column whose number would break takes room of the others."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from desk.printing import text, vertical
from desk.printing.elements.tags import HEAD_OF_COLUMN, HEAD_OF_ROW, spanning
from desk.printing.frames import LASTING, PAD
from desk.printing.pen import INK, LINE, PALE, Within
from desk.printing.sheet import Sheet

_WHOLE, _HEAD = 5.2, 7.2  # em: a cell, and a head of a column, as short as this is not broken over two lines
_LABEL = (4.6, 7.1)  # em that the labels of a table of fields have at least and at most
_SOLID = re.compile(r"[!-~]+(?: \d[\d:]*(?![!-~]))*")  # a number in groups, a day with its hour
_OTHERS = 0.22  # of the room: the most that a label's Mongolian takes beside its value before it goes on below
_UPRIGHT = 7.0  # em that a column of a head is long at most
_OTHER = 1.3  # lines of Mongolian, to their size
_FIGURE = re.compile(r"[-+]?[\d,.]+%?\Z|—?\Z")


class Cell(msgspec.Struct, frozen=True):
    """One cell of a row: its width in points, its words, whether it is a label, whether they stand at the right."""

    width: float
    words: str
    label: bool = False
    right: bool = False
    upright: bool = False  # the Mongolian of a head stands in columns: too many heads are too narrow for it
    over: int = 1  # over how many columns it goes


def fields(sheet: Sheet, rows: Sequence[Sequence[tuple[str, str]]]) -> None:
    """A ruled table of labels and values; each row holds one or two pairs, or one where a number would break. A label
    without a value is left out."""
    filled = [pairs for row in rows if (pairs := [(name, value) for name, value in row if value])]
    base, least = sheet.frame.base, (_LABEL[0] * sheet.frame.base, _LABEL[1] * sheet.frame.base)
    longest = max((sheet.width(name, base, bold=True) for row in filled for name, _ in row), default=0.0)
    label = min(max(longest, least[0]), least[1]) + 2 * PAD
    words = [sheet.mongolian(name) for row in filled for name, _ in row]
    other = max((sheet.width(one, sheet.other_size(base)) for one in words), default=0.0) + 2 * PAD
    label = max(label, min(other, sheet.room * _OTHERS))
    lines: list[list[Cell]] = []
    for row in filled:
        share = sheet.room / len(row)
        fits = all(_stands_in(sheet, value, share - label) for _, value in row)
        for pairs in [row] if fits else [[pair] for pair in row]:
            wide = sheet.room / len(pairs) - label
            lines.append([one for name, value in pairs for one in (Cell(label, name, label=True), Cell(wide, value))])
    most = max(map(len, lines), default=0)
    _rows(sheet, [[*row[:-1], msgspec.structs.replace(row[-1], over=most - len(row) + 1)] for row in lines])


def _stands_in(sheet: Sheet, value: str, wide: float) -> bool:
    """Whether `value` keeps its numbers whole in a cell beside another, in two lines at most."""
    return _least(sheet, value) <= wide and len(_lines(sheet, Cell(wide, value))) < 3


def table(sheet: Sheet, columns: Sequence[tuple[str, float]], rows: Sequence[Sequence[str]]) -> None:
    """A ruled table; `columns` are heading and share of the width. The head comes again on a new page; figures stand
    at the right of their column."""
    widths, upright = _widths(sheet, columns, rows)
    right = [
        len(rows) > 1 and any(row[at] for row in rows) and all(_FIGURE.match(row[at]) for row in rows)
        for at in range(len(columns))
    ]
    head = [
        Cell(wide, name, label=True, right=at, upright=upright)
        for (name, _), wide, at in zip(columns, widths, right, strict=True)
    ]
    _rows(sheet, [_row(row, widths, right) for row in rows], head)


def _row(words: Sequence[str], widths: Sequence[float], right: Sequence[bool]) -> list[Cell]:
    return [Cell(wide, one, right=at) for one, wide, at in zip(words, widths, right, strict=True)]


def _least(sheet: Sheet, words: str, *, bold: bool = False) -> float:
    """How wide a cell must be for `words` to keep its numbers and short words whole, in points."""
    base = sheet.frame.base
    wide = sheet.width(words, base, bold=bold)
    if wide > (_HEAD if bold else _WHOLE) * base:
        wide = max((sheet.width(one, base, bold=bold) for one in _SOLID.findall(words)), default=0.0)
        wide = max(wide, (0 if bold else 4.2) * base)
    return wide + 2 * PAD + 0.02


def _other_least(sheet: Sheet, label: str, *, upright: bool = False) -> float:
    """How wide a cell must be for the Mongolian of its label to keep its words whole, in points; 0 without one."""
    size = sheet.other_size(sheet.frame.base)
    if upright:
        found = _columns(sheet, label)
        return len(found) * size * vertical.PITCH + 2 * PAD if found else 0.0
    return max((sheet.width(one, size) for one in sheet.mongolian(label).split(" ") if one), default=-2 * PAD) + 2 * PAD


def _columns(sheet: Sheet, label: str) -> list[vertical.Column]:
    size = sheet.other_size(sheet.frame.base)
    words = sheet.mongolian(label)
    return vertical.columns(words, size, size * _UPRIGHT, sheet.face) if words else []


def _widths(
    sheet: Sheet, columns: Sequence[tuple[str, float]], rows: Sequence[Sequence[str]]
) -> tuple[list[float], bool]:
    """The width of each column: its share, or what its longest number needs where the others can give way; and
    whether the Mongolian of heads has to stand upright for it."""
    bare = [
        max(_least(sheet, name, bold=True), *(_least(sheet, one) for one in {row[at] for row in rows}), 0.0)
        for at, (name, _) in enumerate(columns)
    ]
    names = [name for name, _ in columns]
    for upright in (False, True):
        least = [max(one, _other_least(sheet, name, upright=upright)) for one, name in zip(bare, names, strict=True)]
        if sum(least) <= sheet.room:
            return _shared(sheet, [share for _, share in columns], least), upright
    return _shared(sheet, [share for _, share in columns], least), True


def _shared(sheet: Sheet, shares: Sequence[float], least: list[float]) -> list[float]:
    """The room by shares, but no column under its least while the others can give way."""
    widths = [sheet.room * share / sum(shares) for share in shares]
    while sum(least) > sheet.room:  # rather the longest number in two parts than a day
        widest = least.index(max(least))
        least[widest] = least[widest] / 2 + PAD + sheet.frame.base * 0.3
        if least[widest] < 3 * PAD + sheet.frame.base:
            return widths
    for _ in shares:  # each turn holds fast at least one more column
        short = [at for at, wide in enumerate(widths) if wide < least[at] - 0.01]
        if not short:
            break
        fixed = [at for at, wide in enumerate(widths) if wide <= least[at] + 0.01]
        free = [at for at in range(len(widths)) if at not in fixed]
        rest = sheet.room - sum(least[at] for at in fixed)
        room = sum(widths[at] for at in free)
        widths = [least[at] if at in fixed else widths[at] * rest / room for at in range(len(widths))]
    return widths


def _lines(sheet: Sheet, cell: Cell) -> list[str]:
    return text.wrap(cell.words, sheet.frame.base, cell.width - 2 * PAD, text.BOLD if cell.label else sheet.face)


def _high(sheet: Sheet, cells: Sequence[Cell], lines: Sequence[Sequence[str]]) -> float:
    leading = sheet.frame.base * sheet.frame.close
    return (
        max(_other(sheet, cell) + leading * len(one) for cell, one in zip(cells, lines, strict=True))
        + sheet.frame.inset
    )


def _other(sheet: Sheet, cell: Cell) -> float:
    """How high the Mongolian over or under a label is; 0 without one."""
    if cell.upright:
        longest = max((one.length for one in _columns(sheet, cell.words)), default=-1.0)
        return sheet.other_size(sheet.frame.base) * (longest + 1.0)
    return sheet.other_size(sheet.frame.base) * _OTHER * len(_other_lines(sheet, cell))


def _other_lines(sheet: Sheet, cell: Cell) -> list[str]:
    words = sheet.mongolian(cell.words) if cell.label else ""
    size = sheet.other_size(sheet.frame.base)
    return text.wrap(words, size, cell.width - 2 * PAD + 0.01, sheet.face) if words else []


def _rows(sheet: Sheet, rows: Sequence[Sequence[Cell]], head: Sequence[Cell] = ()) -> None:
    """Rows down the pages: the first two stand together, so do the last two and what closes the paper after them."""
    set_in = [[_lines(sheet, cell) for cell in row] for row in rows]
    highs = [_high(sheet, row, lines) for row, lines in zip(rows, set_in, strict=True)]
    last, whole = len(rows) - 1, None
    if head:
        titles = [_lines(sheet, cell) for cell in head]
        high = _high(sheet, head, titles)
        _need(sheet, high, sum(highs[:2]) + (sheet.tail if len(rows) < 3 else 0))
        whole = sheet.pen.within("Table")
        with whole:
            _draw_row(sheet, head, titles, high, _places(sheet, head, HEAD_OF_COLUMN))
    for at, (row, lines) in enumerate(zip(rows, set_in, strict=True)):
        page, follows = sheet.page, highs[at + 1] if at in (0, last - 1) and at < last else 0.0
        if at or not head:
            _need(sheet, highs[at], follows + (sheet.tail if at >= last - 1 else 0))
        if head and sheet.page != page:
            with sheet.pen.artifact():
                _draw_row(sheet, head, titles, high)
        most = _fitting(sheet, sheet.top - sheet.bottom) if sheet.frame.height else 0
        whole = whole or sheet.pen.within("Table")
        with whole:
            places = _places(sheet, row)
        if most and max(map(len, lines)) > most:
            _long_row(sheet, row, lines, most, places)
        else:
            sheet.need(highs[at])
            _draw_row(sheet, row, lines, highs[at], places)


def _places(sheet: Sheet, cells: Sequence[Cell], head: str = HEAD_OF_ROW) -> list[Within]:
    """The elements of a row: a head where the cell is a label."""
    with sheet.pen.within("TR"):
        return [
            sheet.pen.within("TH", head) if cell.label else sheet.pen.within("TD", spanning(cell.over))
            for cell in cells
        ]


def _need(sheet: Sheet, high: float, follows: float) -> None:
    """Room for `high` with what follows it, or for `high` alone where a page does not hold both."""
    sheet.need(high + follows if high + follows <= sheet.top - sheet.bottom else high)


def _fitting(sheet: Sheet, room: float) -> int:
    """How many lines a row of this height has."""
    return int((room - sheet.frame.inset) / (sheet.frame.base * sheet.frame.close))


def _long_row(
    sheet: Sheet, cells: Sequence[Cell], lines: Sequence[Sequence[str]], most: int, places: Sequence[Within]
) -> None:
    """A row higher than a page goes on over the next."""
    at, room = 0, _fitting(sheet, sheet.y - sheet.bottom)
    if room < 3:
        sheet.turn()
        room = most
    longest = max(map(len, lines))
    while at < longest:
        part = [one[at : at + room] for one in lines]
        high = sheet.frame.base * sheet.frame.close * max(map(len, part)) + sheet.frame.inset
        _draw_row(sheet, cells, part, high, places)
        at, room = at + room, most
        if at < longest:
            sheet.turn()


def _draw_row(
    sheet: Sheet,
    cells: Sequence[Cell],
    lines: Sequence[Sequence[str]],
    height: float,
    places: Sequence[Within] = (),
) -> None:
    """A row of this height: its boxes, then its words, each in its place of the table where it has one."""
    x, top = sheet.left, sheet.y
    edge, weight = (INK, LASTING) if sheet.about.lasting else (LINE, 0.4)
    for cell in cells:
        fill = PALE if cell.label else ""
        sheet.pen.box(x, top - height, cell.width, height, fill=fill, edge=edge, weight=weight)
        x += cell.width
    x = sheet.left
    for at, (cell, words) in enumerate(zip(cells, lines, strict=True)):
        with places[at] if places else sheet.pen.artifact():
            _write(sheet, cell, words, x, top - height / 2)
        x += cell.width
    sheet.y = top - height


def _write(sheet: Sheet, cell: Cell, words: Sequence[str], x: float, middle: float) -> None:
    base = sheet.frame.base
    leading, rest = base * sheet.frame.close, _other(sheet, cell)
    y = middle + (leading * len(words) + rest) / 2
    below = y - leading * len(words)
    if rest and sheet.leads:
        _mongolian(sheet, cell, x, y)
    y -= (rest if sheet.leads else 0) + leading * 0.5 + base * 0.36
    for line in words:
        inner = cell.width - 2 * PAD - sheet.width(line, base, bold=cell.label) if cell.right else 0
        sheet.words(x + PAD + inner, y, line, base, bold=cell.label)
        y -= leading
    if rest and not sheet.leads:
        _mongolian(sheet, cell, x, below)


def _mongolian(sheet: Sheet, cell: Cell, x: float, y: float) -> None:
    """The Mongolian of a label from `y` downwards: lying lines, words whole, never smaller than the office set it."""
    size = sheet.other_size(sheet.frame.base)
    if cell.upright:
        for at, column in enumerate(_columns(sheet, cell.words)):
            middle = x + PAD + size * vertical.PITCH * (at + 0.5)
            vertical.draw(sheet.pen, middle, y - size * 0.5, column, size, sheet.face)
        return
    for line in _other_lines(sheet, cell):
        inner = cell.width - 2 * PAD - sheet.width(line, size) if cell.right else 0
        sheet.words(x + PAD + inner, y - size * _OTHER * 0.75, line, size)
        y -= size * _OTHER
