"""Tables as text: CSV and its kin in whatever encoding, separator and line end they were written."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterator
from pathlib import PurePath

from desk.errors import RefusedError
from desk.words.sheets.grid import KEPT, MOST_LINES, Book, Sheet, Watch, check_cells, table

_SEPARATORS = ",\t;，；|"
_HEAD = 4096
_LONGEST = 1 << 20  # characters of a line, or of a cell with lines in it
_QUOTED = re.compile(r'"[^"]*(?:"|$)')
_MOST_CUT = 3  # bytes of a character that was cut off at the end


def read(name: str, data: bytes, watch: Watch) -> Book:
    """The one sheet of a text file. Raises RefusedError in words."""
    text, notes = decoded(data)
    watch.far(1, 2)
    rows = lines(text)
    watch.far(2, 2)
    return Book(name, (Sheet(PurePath(name).stem, table(rows)),), tuple(notes))


def lines(text: str) -> list[list[str]]:
    """The cells of each line. A separator is the one that most lines have alike. Raises RefusedError, also for lines
    or cells without end."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    separator = _separator(text[:_HEAD])
    csv.field_size_limit(_LONGEST)
    found, cells = list[list[str]](), 0
    try:
        for line in csv.reader(_physical(text), delimiter=separator):
            cells += len(line)
            check_cells(cells)
            found.append([_unwrapped(cell) for cell in line])
    except csv.Error as error:
        raise RefusedError("表格的引号不成对，读不出来。", KEPT, "请用 WPS 打开，另存为 .xlsx 再试。") from error
    return found


def _physical(text: str) -> Iterator[str]:
    """One line after another with its end, none of them copied before it is wanted. Raises RefusedError."""
    at = count = 0
    while at < len(text):
        end = text.find("\n", at) + 1 or len(text)
        count += 1
        if count > MOST_LINES or end - at > _LONGEST:
            what = f"有 {MOST_LINES} 行以上" if count > MOST_LINES else f"的第 {count} 行没有尽头"
            raise RefusedError(f"表里{what}，读不出来。", KEPT, "请只留名册这一张表，另存后再试。")
        yield text[at:end]
        at = end


def _separator(head: str) -> str:
    """The separator that stands in most lines, and in the first of them most often."""
    bare = _QUOTED.sub("", head)  # what stands in quotes parts nothing, and its lines are none
    rows = [line for line in bare.split("\n") if line.strip()]
    counts = {one: [line.count(one) for line in rows] for one in _SEPARATORS}
    return max(_SEPARATORS, key=lambda one: (sum(count > 0 for count in counts[one]), sum(counts[one])))


def _unwrapped(cell: str) -> str:
    """`="152..."`, which keeps a spreadsheet from reckoning, without its wrapping."""
    tidy = cell.strip()
    if tidy.startswith("=") and len(tidy) > 3 and tidy[1] == tidy[-1] == '"':
        return tidy[2:-1]
    return cell


def decoded(raw: bytes) -> tuple[str, list[str]]:
    """The text of a file, and what was mended. Raises RefusedError that names the line that cannot be read."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if raw.startswith(mark):
            return _strict(raw[len(mark) :], encoding)
    wide = _wide(raw)
    if wide:
        return _strict(raw, wide)
    gone = raw.count(0)
    notes = [f"文件里有 {gone} 个空字节，已略去。"] if gone else []
    raw = raw.replace(b"\0", b"")
    encoding = "utf-8" if _is(raw, "utf-8") else "gb18030"
    text, more = _strict(raw, encoding)
    return text, notes + more


def _wide(raw: bytes) -> str:
    """UTF-16 without a mark: every second byte of what is plain is zero."""
    head = raw[:_HEAD]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > len(head) // 8 and odd > 4 * even:
        return "utf-16-le"
    return "utf-16-be" if even > len(head) // 8 and even > 4 * odd else ""


def _is(raw: bytes, encoding: str) -> bool:
    try:
        raw.decode(encoding)
    except UnicodeDecodeError as error:
        return _cut(error, raw) and error.start > 0 and not raw[: error.start].isascii()
    return True


def _cut(error: UnicodeDecodeError, raw: bytes) -> bool:
    return error.start >= len(raw) - _MOST_CUT


def _strict(raw: bytes, encoding: str) -> tuple[str, list[str]]:
    try:
        return raw.decode(encoding).replace("\0", ""), []
    except UnicodeDecodeError as error:
        text = raw[: error.start].decode(encoding).replace("\0", "")
        if _cut(error, raw):
            return text, ["文件末尾缺了半个字，已略去，请看最后一行是否完整。"]
        line = text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
        raise RefusedError(
            f"第 {line} 行有读不出来的字节，没有取。", KEPT, "请用 WPS 打开，另存为 .xlsx 再试。"
        ) from error
