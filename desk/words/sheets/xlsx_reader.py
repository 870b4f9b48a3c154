"""XLSX, read for its cells alone: what its styles, themes and the dimension that it gives say is not believed.

Programs of offices write styles that no reader takes and a dimension of `A1` over a thousand rows; neither matters for
what stands in the cells. A file cut off behind its last row is read.
"""

from __future__ import annotations

import datetime as dt
import re
import zipfile
import zlib
from xml.parsers import expat

from desk import doors
from desk.errors import RefusedError
from desk.words.sheets import sheet_marks
from desk.words.sheets.grid import KEPT, Book, Sheet, Watch
from desk.words.sheets.sheet_marks import Marks, SheetReader

_HIDDEN = ("hidden", "veryHidden")
_BROKEN = (expat.ExpatError, EOFError, zipfile.BadZipFile, zlib.error)
_DATES = frozenset({14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58})
_STYLE_LISTS = ("cellXfs", "cellStyles", "cellStyleXfs", "dxfs")
_DATE_LETTERS = re.compile(r"[ymd\u5e74\u6708\u65e5]", re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


def read(name: str, data: bytes, watch: Watch) -> Book:
    """All sheets of the file. Raises RefusedError in words, zipfile.BadZipFile."""
    with doors.open_zip(data, name, KEPT) as packed:
        doors.must_unpack(packed, name, doors.SHEET, KEPT)
        names = {one.lstrip("/").lower(): one for one in packed.namelist()}
        if "word/document.xml" in names:
            raise RefusedError("这是文字文档，不是表格。", KEPT, "请把表格复制到电子表格里，存成 .xlsx 再试。")
        places, early = _places(packed, names)
        if not places:
            raise RefusedError("文件里没有工作表，可能坏了。", KEPT, "请用 WPS 或 Excel 打开，另存为 .xlsx 再试。")
        shared = _texts(packed, names, "xl/sharedstrings.xml", "si")
        dates = _date_styles(packed, names)
        start = dt.date(1904, 1, 1) if early else dt.date(1899, 12, 30)
        sheets, notes = [], []
        for title, hidden, place in places:
            made, note = _sheet(packed, place, SheetReader(shared, dates, start), watch)
            sheets.append(Sheet(title, tuple(made.rows), hidden, made.filtered, tuple(made.merged)))
            notes += [f"工作表“{title}”：{note}"] if note else []
    return Book(name, tuple(sheets), tuple(notes))


def _sheet(packed: zipfile.ZipFile, place: str, reader: SheetReader, watch: Watch) -> tuple[SheetReader, str]:
    """The sheet read through, and a note where the file was cut behind its rows."""
    try:
        sheet_marks.feed(packed, place, reader, watch)
    except _BROKEN as error:
        if not reader.ended:
            last = reader.rows[-1].number if reader.rows else 0
            raise RefusedError(
                f"文件坏了，只读得到第 {last} 行，没有取。", KEPT, "请让对方重新发一次，或用 WPS 打开后另存再试。"
            ) from error
        return reader, "文件末尾有缺损，各行都已读到。"
    reader.check()
    return reader, ""


def _marks(
    packed: zipfile.ZipFile, names: dict[str, str], place: str, *wanted: str
) -> list[tuple[str, dict[str, str]]]:
    """Elements of a part and their attributes, as far as it can be read; none for a part that is not there."""
    marks = Marks(frozenset(wanted))
    if place in names:
        try:
            sheet_marks.feed(packed, names[place], marks)
        except _BROKEN:
            return marks.found
    return marks.found


def _texts(packed: zipfile.ZipFile, names: dict[str, str], place: str, whole: str) -> list[str]:
    texts = sheet_marks.Texts(whole)
    if place in names:
        try:
            sheet_marks.feed(packed, names[place], texts)
        except _BROKEN as error:
            raise RefusedError(
                "文件坏了，文字部分读不出来。", KEPT, "请让对方重新发一次，或用 WPS 打开后另存再试。"
            ) from error
    return texts.found


def _places(packed: zipfile.ZipFile, names: dict[str, str]) -> tuple[list[tuple[str, bool, str]], bool]:
    """(name, hidden, place) of each sheet in order, and whether days count from 1904."""
    targets = {
        marks.get("Id", ""): marks.get("Target", "")
        for _, marks in _marks(packed, names, "xl/_rels/workbook.xml.rels", "Relationship")
    }
    found, early = [], False
    for tag, marks in _marks(packed, names, "xl/workbook.xml", "workbookPr", "sheet"):
        if tag == "workbookPr":
            early = marks.get("date1904", "") in ("1", "true")
        elif tag == "sheet":
            rid = next((value for key, value in marks.items() if key.rpartition(":")[2] == "id"), "")
            place = targets.get(rid, "").lstrip("/").removeprefix("./")
            place = place if place.startswith("xl/") else f"xl/{place}"
            if place.lower() in names:
                found.append((marks.get("name", ""), marks.get("state", "") in _HIDDEN, names[place.lower()]))
    if not found:  # a broken list of sheets: the sheets themselves are there
        left = sorted(name for low, name in names.items() if re.fullmatch(r"xl/worksheets/[^/]+\.xml", low))
        found = [(f"表{at}", False, name) for at, name in enumerate(left, 1)]
    return found, early


def _date_styles(packed: zipfile.ZipFile, names: dict[str, str]) -> frozenset[int]:
    """The styles that show a number as a day; as far as the styles can be read."""
    codes: dict[int, str] = {}
    dates, at, within = set(), 0, False
    for tag, marks in _marks(packed, names, "xl/styles.xml", "numFmt", "xf", *_STYLE_LISTS):
        if tag == "numFmt":
            codes[_whole(marks.get("numFmtId", ""))] = marks.get("formatCode", "")
        elif tag in _STYLE_LISTS:
            within = tag == "cellXfs"
        elif tag == "xf" and within:
            form = _whole(marks.get("numFmtId", ""))
            if form in _DATES or _DATE_LETTERS.search(_QUOTED.sub("", codes.get(form, ""))):
                dates.add(at)
            at += 1
    return frozenset(dates)


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else 0
