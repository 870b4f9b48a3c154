"""A file that somebody brought, opened by what it is: its first bytes tell, its name does not."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

from desk import doors
from desk.errors import RefusedError
from desk.words.sheets import docx_reader, html_reader, text_reader, xls_reader, xlsx_reader
from desk.words.sheets.grid import KEPT, Book, Watch

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_AGAIN = "请用 WPS 或 Excel 打开，另存为 .xlsx 再试。"
_OTHERS = (
    (b"%PDF", "这是 PDF，不是表格。", "请向发来的人要电子表格，或照着在名册里打字。"),
    (b"\xff\xd8\xff", "这是照片，不是表格。", "请向发来的人要电子表格，或照着在名册里打字。"),
    (b"\x89PNG", "这是图片，不是表格。", "请向发来的人要电子表格，或照着在名册里打字。"),
    (b"II*\0", "这是图片，不是表格。", "请向发来的人要电子表格，或照着在名册里打字。"),
    (b"MM\0*", "这是图片，不是表格。", "请向发来的人要电子表格，或照着在名册里打字。"),
    (b"Rar!", "这是压缩包。", "请先解开压缩包，再选里面的表格。"),
    (b"7z\xbc\xaf", "这是压缩包。", "请先解开压缩包，再选里面的表格。"),
)


def read(path: Path, watch: Watch) -> Book:
    """All that stands in the file. Raises RefusedError in words, CancelledError."""
    return _safely(_read, path, watch)


def read_any(path: Path, watch: Watch) -> Book:
    """As `read`; of a text document (DOCX) its tables and paragraphs too."""
    return _safely(_read_any, path, watch)


def _safely(reader: Callable[[str, bytes, Watch], Book], path: Path, watch: Watch) -> Book:
    try:
        return reader(path.name, doors.read_file(path, doors.SHEET, KEPT), watch)
    except (OSError, ValueError, KeyError, zipfile.BadZipFile, RuntimeError) as error:
        raise RefusedError(f"“{path.name}”读不出来。", KEPT, _AGAIN) from error


def _read_any(name: str, data: bytes, watch: Watch) -> Book:
    is_zip = data.startswith(b"PK") and zipfile.is_zipfile(io.BytesIO(data))
    if is_zip and "word/document.xml" in _parts(name, data):
        return docx_reader.read(name, data, watch)
    return _read(name, data, watch)


def _read(name: str, data: bytes, watch: Watch) -> Book:
    head = data[:1024]
    if not head.strip(b"\0 \t\r\n"):
        raise RefusedError(f"“{name}”是空的。", KEPT, "请让对方重新发一次。")
    if head.startswith(_OLE):
        return xls_reader.read(name, data, watch)
    if head.startswith(b"PK"):
        return _packed(name, data, watch)
    for start, what, todo in (*_OTHERS, (b"ftyp", *_OTHERS[1][1:])):
        if head.startswith(start) or head[4:8] == start:
            raise RefusedError(what, KEPT, todo)
    plain = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if plain.startswith(b"<?xml") and b"<workbook" in plain:
        raise RefusedError("这是 2003 年的 XML 表格，读不出来。", KEPT, _AGAIN)
    if plain.startswith((b"<html", b"<!doctype", b"<table", b"<meta", b"<head", b"<?xml", b"<style", b"<div")):
        return html_reader.read(name, data, watch)
    return text_reader.read(name, data, watch)


def _parts(name: str, data: bytes) -> frozenset[str]:
    with doors.open_zip(data, name, KEPT) as packed:
        return frozenset(one.lstrip("/").lower() for one in packed.namelist())


def _packed(name: str, data: bytes, watch: Watch) -> Book:
    names = _parts(name, data)
    if "content.xml" in names:
        raise RefusedError("这是 ODS 表格，读不出来。", KEPT, _AGAIN)
    if not any(one.startswith(("xl/", "word/")) for one in names):
        raise RefusedError("这是压缩包，不是表格。", KEPT, "请先解开压缩包，再选里面的表格。")
    return xlsx_reader.read(name, data, watch)
