"""What a file of cells holds, as it stands in it: text, what was a number there, what was hidden, what was merged."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from desk import doors
from desk.errors import CancelledError, RefusedError

MOST_ROWS = 50_000  # with something in them, in one sheet; beyond that they are only counted
MOST_COLUMNS = 200
MOST_CELLS = doors.SHEET.things
MOST_LINES = 1 << 20  # of a text, whatever stands in them: no program shows more
KEPT = "什么也没有改动。"
Tick = Callable[[int, int], None]  # how far, of how much


class Cell(msgspec.Struct, frozen=True):
    """One cell. `numeric`: the program kept a number there, and of those only fifteen digits are true. `formula`: the
    formula whose result the file does not hold."""

    text: str = ""
    numeric: bool = False
    formula: str = ""


class Row(msgspec.Struct, frozen=True):
    """One row that has something in it. `number` counts from 1 as in the file."""

    number: int
    cells: tuple[Cell, ...]
    hidden: bool = False

    def at(self, column: int) -> Cell:
        """The cell of a column (from 0); an empty one beyond the last."""
        return self.cells[column] if 0 <= column < len(self.cells) else EMPTY


class Sheet(msgspec.Struct, frozen=True):
    """One sheet. `merged` holds (first row, first column, last row, last column); rows from 1, columns from 0."""

    name: str
    rows: tuple[Row, ...]
    hidden: bool = False
    filtered: bool = False
    merged: tuple[tuple[int, int, int, int], ...] = ()


class Book(msgspec.Struct, frozen=True):
    """All sheets of a file; `notes` tell in words what was mended while reading."""

    name: str
    sheets: tuple[Sheet, ...]
    notes: tuple[str, ...] = ()


class Watch:
    """Who wants to hear how far the reading is, and may stop it."""

    def __init__(self, tick: Tick | None = None, cancelled: Callable[[], bool] | None = None) -> None:
        self._tick, self._cancelled = tick, cancelled

    def far(self, done: int, total: int) -> None:
        """Tell how far it is. Raises CancelledError when it shall stop."""
        if self._cancelled is not None and self._cancelled():
            raise CancelledError("读文件已停下。", KEPT)
        if self._tick is not None:
            self._tick(done, total)


EMPTY = Cell()


def trimmed(cells: list[Cell]) -> tuple[Cell, ...]:
    """Without the empty cells at the end."""
    last = len(cells)
    while last and not (cells[last - 1].text or cells[last - 1].formula):
        last -= 1
    return tuple(cells[:last])


def table(rows: list[list[str]], first: int = 1) -> tuple[Row, ...]:
    """Rows of plain text; `first` is the number of the first one. Raises RefusedError when they are too many."""
    found = [
        Row(at, cells)
        for at, line in enumerate(rows, first)
        if (cells := trimmed([Cell(one.strip(" \t\r\n")) for one in line[:MOST_COLUMNS]]))
    ]
    check_rows(len(found))
    return tuple(found)


def check_rows(count: int) -> None:
    """Raises RefusedError that says how many there are when they are too many."""
    if count > MOST_ROWS:
        raise RefusedError(f"表里有 {count} 行，一次最多读 {MOST_ROWS} 行。", KEPT, "请分成几个文件再导入。")


def check_cells(count: int) -> None:
    """Raises RefusedError when a file has too many cells."""
    if count > MOST_CELLS:
        raise RefusedError(f"表里有 {MOST_CELLS} 格以上，读不出来。", KEPT, "请只留名册这一张表，分成几个文件再导入。")


def number_text(text: str) -> str:
    """A stored number as people write it: no `.0`, no noise behind the fifteenth digit."""
    try:
        value = float(text)
    except ValueError:
        return text
    if value != value or abs(value) >= 1e30:  # noqa: PLR0124 - NaN is the number that differs from itself
        return text
    if value.is_integer():
        return text if text.lstrip("-").isdigit() else str(int(value))
    return format(value, ".15g")
