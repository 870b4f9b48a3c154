"""Spreadsheets: reading one (XLSX or CSV) that somebody brought, as text, bounded, refused in words when it is broken;
and writing tables as one (XLSX), in which no cell can become a formula."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from db.files import write_whole
from desk.errors import RefusedError, SurroundingsError

Table = tuple[str, Sequence[str], Iterable[Sequence[str | int | float]]]
_MOST = 30 << 20  # bytes of an unpacked spreadsheet


def read(path: Path, most: int, kept: str) -> list[list[str]]:
    """The cells of the first `most` lines of the first sheet. Raises RefusedError; `kept` says what was not touched."""
    try:
        return _xlsx(path, most) if path.suffix.lower() == ".xlsx" else _csv(path, most)
    except (OSError, ValueError, KeyError, zipfile.BadZipFile, csv.Error) as error:
        raise RefusedError(f"“{path.name}”读不出来。", kept, "请存成 .xlsx 或 .csv 再试，第一行写列名。") from error


def _xlsx(path: Path, most: int) -> list[list[str]]:
    from openpyxl import load_workbook

    with zipfile.ZipFile(path) as packed:
        if sum(one.file_size for one in packed.infolist()) > _MOST:
            raise ValueError("too large")
    book = load_workbook(path, read_only=True, data_only=True)
    try:
        sheet = book.worksheets[0]
        return [[_cell(value) for value in line] for line in sheet.iter_rows(max_row=most, values_only=True)]
    finally:
        book.close()


def _cell(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).strip(" \t\r\n")


def _csv(path: Path, most: int) -> list[list[str]]:
    if path.stat().st_size > _MOST:
        raise ValueError("too large")
    data = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise ValueError("encoding")
    return [[cell.strip(" \t\r\n") for cell in line] for line in csv.reader(io.StringIO(text))][:most]


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
