"""Web pages that systems of offices hand out as `.xls`: the cells of their tables."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from desk import doors
from desk.errors import RefusedError
from desk.words.sheets import text_reader
from desk.words.sheets.grid import KEPT, Book, Sheet, Watch, check_cells, table

_PIECE, _OPEN, _TAIL = 1 << 16, 1 << 18, 1 << 12  # characters
_MOST_TABLES = 1000
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.IGNORECASE)


def read(name: str, data: bytes, watch: Watch) -> Book:
    """Each table of the page as a sheet. Raises RefusedError in words."""
    if len(data) > doors.WEB_SHEET.most:
        raise doors.too_much(name, doors.WEB_SHEET, KEPT)
    text, notes = _decoded(data)
    page = _Page()
    for at in range(0, len(text), _PIECE):
        page.feed(text[at : at + _PIECE])
        watch.far(at, len(text))
        if len(page.rawdata) > _OPEN:  # the parser looks at all of it again with each piece
            raise RefusedError("网页坏了，读不出来。", KEPT, "请用 WPS 打开，另存为 .xlsx 再试。")
    if len(page.rawdata) <= _TAIL:  # what is open at the end for longer is no cell, and closing it takes its square
        page.close()
    watch.far(len(text), len(text))
    sheets = tuple(
        Sheet(f"表{at}", table(one.rows()), merged=tuple(one.merged)) for at, one in enumerate(page.tables, 1)
    )
    if not sheets:
        raise RefusedError("网页里没有表格。", KEPT, "请用 WPS 打开，另存为 .xlsx 再试。")
    return Book(name, sheets, tuple(notes))


def _decoded(raw: bytes) -> tuple[str, list[str]]:
    said = _CHARSET.search(raw[:2048])
    if said and said[1].lower().startswith(b"gb"):
        try:
            return raw.decode("gb18030"), []
        except UnicodeDecodeError:
            pass  # many a page says another encoding than it has
    return text_reader.decoded(raw)


class _Table:
    """One table: its cells by place, for spans leave holes."""

    def __init__(self) -> None:
        self.merged: list[tuple[int, int, int, int]] = []
        self._cells: dict[tuple[int, int], str] = {}
        self._taken: set[tuple[int, int]] = set()
        self.row, self.column = 0, -1

    def next_row(self) -> None:
        self.row, self.column = self.row + 1, -1

    def next_cell(self, down: int, right: int) -> None:
        self.column += 1
        while (self.row, self.column) in self._taken:
            self.column += 1
        if down > 1 or right > 1:
            check_cells(len(self._taken) + down * right)
            self.merged.append((self.row, self.column, self.row + down - 1, self.column + right - 1))
            self._taken |= {
                (self.row + below, self.column + beside) for below in range(down) for beside in range(right)
            }

    def add(self, text: str) -> None:
        place = (self.row, self.column)
        self._cells[place] = self._cells.get(place, "") + text

    def rows(self) -> list[list[str]]:
        last = max((row for row, _ in self._cells), default=0)
        made: list[list[str]] = [[] for _ in range(last)]
        for (row, column), text in sorted(self._cells.items()):
            line = made[row - 1]
            line += [""] * (column - len(line))
            line.append(" ".join(text.split(" ")).strip())
        return made


class _Page(HTMLParser):
    """Tables within tables count as the outer one."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[_Table] = []
        self._within = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag == "table":
            self._within = False  # a page may open a table within a cell and never close it
            if len(self.tables) >= _MOST_TABLES:
                raise RefusedError(f"网页里有 {_MOST_TABLES} 张以上的表，读不出来。", KEPT, "请只留名册这一张表再试。")
            self.tables.append(_Table())
        elif tag == "tr" and self.tables:
            self.tables[-1].next_row()
        elif tag in ("td", "th") and self.tables and self.tables[-1].row:
            self.tables[-1].next_cell(_span(said.get("rowspan")), min(_span(said.get("colspan")), 200))
            self._within = True
        elif tag == "br" and self._within:
            self.tables[-1].add("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "tr", "table"):
            self._within = False

    def handle_data(self, data: str) -> None:
        if self._within:
            self.tables[-1].add(data.strip("\r\n\t"))


def _span(said: str | None) -> int:
    return min(int(said), 1000) if said and said.isascii() and said.isdigit() and int(said) else 1
