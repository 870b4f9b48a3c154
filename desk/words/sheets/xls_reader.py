"""XLS of former years, and ET of WPS, which keeps the same inside: read by xlrd."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from typing import Any

from desk import doors
from desk.errors import RefusedError
from desk.words.sheets.grid import (
    KEPT,
    MOST_COLUMNS,
    Book,
    Cell,
    Row,
    Sheet,
    Watch,
    check_cells,
    check_rows,
    number_text,
    trimmed,
)
from desk.words.sheets.sheet_marks import day_of

_AGAIN = "请用 WPS 或 Excel 打开，另存为 .xlsx 再试。"


def read(name: str, raw: bytes, watch: Watch) -> Book:
    """All sheets. Raises RefusedError in words."""
    import xlrd  # not before somebody brings such a file

    if len(raw) > doors.OLD_SHEET.most:
        raise doors.too_much(name, doors.OLD_SHEET, KEPT)
    if "EncryptedPackage".encode("utf-16-le") in raw:
        raise RefusedError("这个表格加了密码，读不出来。", KEPT, "请在 WPS 里去掉密码，另存后再试。")
    if "WordDocument".encode("utf-16-le") in raw:
        raise RefusedError("这是文字文档，不是表格。", KEPT, "请把表格复制到电子表格里，存成 .xlsx 再试。")
    try:
        book = xlrd.open_workbook(file_contents=raw, formatting_info=True, logfile=io.StringIO())
        check_cells(sum(len(row) for at in range(book.nsheets) for row in _types(book.sheet_by_index(at))))
        sheets = tuple(_sheet(book, at, watch) for at in range(book.nsheets))
    except RefusedError:
        raise
    except Exception as error:  # xlrd raises whatever a broken file makes it stumble over
        raise RefusedError(f"“{name}”读不出来，可能坏了，或是很老的格式。", KEPT, _AGAIN) from error
    return Book(name, sheets)


def _types(sheet: Any) -> Iterator[Any]:
    return (sheet.row_types(row) for row in range(sheet.nrows))


def _sheet(book: Any, at: int, watch: Watch) -> Sheet:
    sheet = book.sheet_by_index(at)
    check_rows(sum(any(row) for row in _types(sheet)))
    rows = []
    for row in range(sheet.nrows):
        if row % 500 == 0:
            watch.far(row, sheet.nrows)
        width = min(sheet.ncols, MOST_COLUMNS)
        cells = trimmed([_cell(book, sheet.cell(row, column)) for column in range(width)])
        if cells:
            info = sheet.rowinfo_map.get(row)
            rows.append(Row(row + 1, cells, bool(info is not None and info.hidden)))
    merged = tuple((first + 1, left, last, right - 1) for first, last, left, right in sheet.merged_cells)
    return Sheet(sheet.name, tuple(rows), sheet.visibility > 0, merged=merged)


def _cell(book: Any, cell: Any) -> Cell:
    import xlrd

    if cell.ctype == xlrd.XL_CELL_NUMBER:
        return Cell(number_text(repr(float(cell.value))), numeric=True)
    if cell.ctype == xlrd.XL_CELL_DATE:
        start = dt.date(1904, 1, 1) if book.datemode else dt.date(1899, 12, 30)
        return Cell(day_of(str(cell.value), start))
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return Cell("是" if cell.value else "否")
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return Cell(str(xlrd.error_text_from_code.get(cell.value, "#N/A")))
    return Cell(str(cell.value).strip(" \t\r\n"))
