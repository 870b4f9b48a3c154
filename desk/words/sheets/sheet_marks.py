"""What stands in the parts of a packed office file, element by element as it is read; XLSX above all."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from typing import Protocol
from xml.parsers import expat

from desk import doors
from desk.errors import RefusedError
from desk.words.sheets.grid import (
    EMPTY,
    KEPT,
    MOST_COLUMNS,
    MOST_ROWS,
    Cell,
    Row,
    Watch,
    check_cells,
    check_rows,
    number_text,
    trimmed,
)

_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_PIECE = 1 << 16
_MOST_TEXTS = 1 << 20
_MOST_MERGED = 100_000
_MOST_MARKS = 100_000  # Excel itself has at most 65,490 styles
_LAST_DAY = 2_958_465  # 9999-12-31


class Reader(Protocol):
    """What listens while a part is read."""

    def start(self, tag: str, marks: dict[str, str]) -> None:
        """An element begins."""

    def end(self, tag: str) -> None:
        """It ends."""

    def text(self, text: str) -> None:
        """Text within it."""


class Marks:
    """Elements with their attributes, of the `wanted` ones alone: a workbook has as many others as its writer likes."""

    def __init__(self, wanted: frozenset[str]) -> None:
        self.found: list[tuple[str, dict[str, str]]] = []
        self._wanted = wanted

    def start(self, tag: str, marks: dict[str, str]) -> None:
        """Keep it. Raises RefusedError where there are more than any office writes."""
        name = tag.rpartition(":")[2]
        if name in self._wanted:
            if len(self.found) >= _MOST_MARKS:
                raise too_full()
            self.found.append((name, marks))

    def end(self, tag: str) -> None:
        """Nothing to do."""

    def text(self, text: str) -> None:
        """Nothing to do."""


class Texts:
    """The texts of all elements called `whole`; how a word is read aloud (`rPh`) is no part of it."""

    def __init__(self, whole: str) -> None:
        self.found: list[str] = []
        self._whole, self._parts, self._within, self._aloud = whole, [""], False, False

    def start(self, tag: str, marks: dict[str, str]) -> None:  # noqa: ARG002 - as every reader
        """A text begins, or a part of it."""
        name = tag.rpartition(":")[2]
        if name == self._whole:
            self._parts = []
        self._aloud = self._aloud or name == "rPh"
        self._within = name == "t" and not self._aloud

    def end(self, tag: str) -> None:
        """A text ends."""
        name = tag.rpartition(":")[2]
        if name == self._whole:
            if len(self.found) >= _MOST_TEXTS:
                raise too_full()
            self.found.append(unescaped("".join(self._parts)))
        self._aloud = self._aloud and name != "rPh"
        self._within = False

    def text(self, text: str) -> None:
        """A piece of it."""
        if self._within:
            self._parts.append(text)


class SheetReader:
    """The rows of one sheet. `ended`: all of them were there."""

    def __init__(self, shared: list[str], dates: frozenset[int], start: dt.date) -> None:
        self.rows: list[Row] = []
        self.merged: list[tuple[int, int, int, int]] = []
        self.filtered = self.ended = False
        self._shared, self._dates, self._begin = shared, dates, start
        self._count = self._number = self._all = 0
        self._hidden = self._aloud = False
        self._cells: list[Cell] = []
        self._column = -1
        self._marks: dict[str, str] = {}
        self._into, self._said = "", {"v": "", "t": "", "f": ""}
        self._is_formula = False

    def start(self, tag: str, marks: dict[str, str]) -> None:
        """A row, a cell or a part of one begins."""
        name = tag.rpartition(":")[2]
        if name == "row":
            given = marks.get("r", "")
            self._number = int(given) if given.isdigit() else self._number + 1
            self._hidden = marks.get("hidden", "") in ("1", "true")
            self._cells, self._column = [], -1
        elif name == "c":
            self._begin_cell(marks)
        elif name == "rPh":
            self._aloud = True
        elif name in self._said and not self._aloud:
            self._into = name
            self._is_formula = self._is_formula or name == "f"
        elif name == "mergeCell":
            self._merge(marks.get("ref", ""))
        elif name == "autoFilter":
            self.filtered = True

    def _begin_cell(self, marks: dict[str, str]) -> None:
        place = _PLACE.fullmatch(marks.get("r", ""))
        self._column = column_of(place[1]) if place else self._column + 1
        self._marks, self._said, self._is_formula = marks, {"v": "", "t": "", "f": ""}, False

    def end(self, tag: str) -> None:
        """A cell or a row is whole."""
        name = tag.rpartition(":")[2]
        self._into = ""
        if name == "c" and self._column < MOST_COLUMNS:
            self._cells += [EMPTY] * (self._column - len(self._cells))
            self._cells.append(self._cell())
        elif name == "rPh":
            self._aloud = False
        elif name == "row":
            self._end_row()
        elif name == "sheetData":
            self.ended = True

    def text(self, text: str) -> None:
        """What stands in it."""
        if self._into:
            self._said[self._into] += text

    def check(self) -> None:
        """Raises RefusedError that says how many rows there are when they are too many."""
        check_rows(self._count)

    def _end_row(self) -> None:
        cells = trimmed(self._cells)
        if cells:
            self._count += 1
            self._all += len(cells)
            check_cells(self._all)
            if self._count <= MOST_ROWS:
                self.rows.append(Row(self._number, cells, self._hidden))

    def _cell(self) -> Cell:
        kind, value = self._marks.get("t", "n"), self._said["v"]
        if self._is_formula and not value:
            return Cell(formula=f"={self._said['f']}")
        if kind == "s":
            known = value.isdigit() and int(value) < len(self._shared)
            return Cell(_trim(self._shared[int(value)]) if known else "")
        if kind == "inlineStr":
            return Cell(_trim(unescaped(self._said["t"])))
        if kind in ("str", "e", "d"):
            return Cell(_trim(unescaped(value)))
        if kind == "b":
            return Cell("是" if value == "1" else "否")
        return self._number_cell(value)

    def _number_cell(self, value: str) -> Cell:
        style = self._marks.get("s", "")
        if style.isdigit() and int(style) in self._dates:
            day = day_of(value, self._begin)
            if day:
                return Cell(day)
        return Cell(number_text(value.strip()), numeric=True) if value.strip() else EMPTY

    def _merge(self, ref: str) -> None:
        places = [_PLACE.fullmatch(one) for one in ref.split(":")]
        if len(places) == 2 and places[0] and places[1]:
            if len(self.merged) >= _MOST_MERGED:
                raise too_full()
            first, last = places[0], places[1]
            self.merged.append((int(first[2]), column_of(first[1]), int(last[2]), column_of(last[1])))


def column_of(letters: str) -> int:
    """The column (from 0) that letters name: A is 0, AA is 26."""
    at = 0
    for letter in letters:
        at = at * 26 + ord(letter) - 64
    return at - 1


def day_of(value: str, start: dt.date) -> str:
    """The day (ISO) that a spreadsheet keeps as a number of days since `start`; "" for none."""
    try:
        count = float(value)
    except ValueError:
        return ""
    return (start + dt.timedelta(int(count))).isoformat() if 1 <= count < _LAST_DAY else ""


def unescaped(text: str) -> str:
    """Text without the `_x000D_` that XLSX writes for control characters."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def feed(packed: zipfile.ZipFile, place: str, reader: Reader, watch: Watch | None = None) -> None:
    """Read a part of a packed file through, piece by piece. Raises expat.ExpatError, RefusedError for a DOCTYPE and for
    elements without end, and what a broken zip raises."""
    parser, left = expat.ParserCreate(), doors.DOCUMENT.things

    def start(tag: str, marks: dict[str, str]) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise too_full()
        reader.start(tag, marks)

    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.StartDoctypeDeclHandler = no_doctype
    total, done = packed.getinfo(place).file_size, 0
    with packed.open(place) as source:
        while piece := source.read(_PIECE):
            done += len(piece)
            parser.Parse(piece, False)  # noqa: FBT003 - expat's
            if watch is not None:
                watch.far(done, max(total, done))
    parser.Parse(b"", True)  # noqa: FBT003 - expat's


def no_doctype(*_facts: object) -> None:
    """A spreadsheet has none; what begins so would have entities unfolded. Raises RefusedError."""
    raise RefusedError("文件里有不该有的内容，没有读。", KEPT, "请用 WPS 打开，另存为 .xlsx 再试。")


def too_full() -> RefusedError:
    """What is said of a part that has more in it than any office writes."""
    return RefusedError("文件里的内容太多，读不出来。", KEPT, "请只留名册这一张表，另存后再试。")


def _trim(text: str) -> str:
    return text.strip(" \t\r\n")
