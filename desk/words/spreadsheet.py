"""Spreadsheets: reading one that somebody brought, as text, bounded, refused in words when it is broken;
and writing tables as one (XLSX), in which no cell can become a formula."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from db.files import write_whole
from desk.errors import RefusedError, SurroundingsError

Table = tuple[str, Sequence[str], Iterable[Sequence[str | int | float]]]


def read(path: Path, most: int, kept: str) -> list[list[str]]:
    """The cells of the first `most` lines of the first sheet. Raises RefusedError; `kept` says what was not touched."""
    from desk.words.sheets import opening  # the readers of every make: for whoever brings a file
    from desk.words.sheets.grid import Watch

    try:
        rows = opening.read(path, Watch()).sheets[0].rows
    except RefusedError as error:
        raise RefusedError(error.happened, kept, error.todo) from error
    lines: list[list[str]] = [[] for _ in range(min(rows[-1].number, most) if rows else 0)]
    for row in rows:
        if row.number <= most:
            lines[row.number - 1] = [cell.text for cell in row.cells]
    return lines


def workbook(tables: Iterable[Table]) -> bytes:
    """The bytes of a workbook: (sheet name, headings, rows) each. Text stays text, whatever it begins with."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    try:
        for name, headings, lines in tables:
            _fill(book.create_sheet(name[:31]), headings, lines)
    except BaseException:
        for sheet in book.worksheets:
            sheet.close()  # openpyxl holds a file for every sheet that is being written
        raise
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _fill(sheet: Any, headings: Sequence[str], lines: Iterable[Sequence[str | int | float]]) -> None:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    sheet.freeze_panes = "A2"
    for at, heading in enumerate(headings, 1):
        sheet.column_dimensions[get_column_letter(at)].width = max(10, 3 * len(heading) + 4)
    head = [WriteOnlyCell(sheet, one) for one in headings]
    for cell in head:
        cell.font = Font(bold=True)
    sheet.append(head)
    for line in lines:
        cells = [WriteOnlyCell(sheet, _plain(value)) for value in line]
        for cell, value in zip(cells, line, strict=True):
            if isinstance(value, str):
                cell.data_type = "s"
        sheet.append(cells)


def _plain(value: str | float) -> str | int | float:
    """Without the control characters that a spreadsheet cannot hold."""
    if not isinstance(value, str):
        return value
    return "".join(char if char >= " " or char in "\n\t" else " " for char in value)


def save(path: Path, data: bytes) -> None:
    """Put bytes where a person asked for them. Raises SurroundingsError in words."""
    try:
        write_whole(path, data)
    except OSError as error:
        raise SurroundingsError(
            f"文件没有写成：{path.name}。", "数据都在，没有改动。", "请看磁盘是否已满、写保护，或文件正被别的程序打开。"
        ) from error
