"""Reading a spreadsheet (XLSX or CSV) that somebody brought: as text, bounded, refused in words when it is broken."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

from desk.errors import RefusedError

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
