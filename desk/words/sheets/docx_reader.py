"""DOCX, read for its tables and paragraphs alone: a document is a zip of XML, and neither is trusted.

Each table becomes a sheet; the paragraph above it is its row 0, for it often is the only place that names what the
table is about. All paragraphs outside of tables become a sheet of one column, called `TEXT`.
"""

from __future__ import annotations

import zipfile
import zlib
from xml.parsers import expat

from desk import doors
from desk.errors import RefusedError
from desk.words.sheets import sheet_marks
from desk.words.sheets.grid import KEPT, MOST_COLUMNS, Book, Sheet, Watch, table

TEXT = "正文"
_DOCUMENT = "word/document.xml"
_AGAIN = "请用 WPS 或 Word 打开，另存为 .docx 再试。"
_BROKEN = (expat.ExpatError, EOFError, zipfile.BadZipFile, zlib.error)


def read(name: str, data: bytes, watch: Watch) -> Book:
    """Every table and all paragraphs of the document. Raises RefusedError in words, zipfile.BadZipFile. What else lies
    in it, as pictures, is not unpacked and may be large."""
    reader = _Reader()
    with doors.open_zip(data, name, KEPT) as packed:
        names = {one.lstrip("/").lower(): one for one in packed.namelist()}
        if _DOCUMENT not in names:
            raise RefusedError("文件里没有正文，可能坏了。", KEPT, _AGAIN)
        doors.must_unpack(packed, name, doors.DOCUMENT, KEPT, names[_DOCUMENT])
        try:
            sheet_marks.feed(packed, names[_DOCUMENT], reader, watch)
        except _BROKEN as error:
            raise RefusedError("文档坏了，读不出来。", KEPT, _AGAIN) from error
    text = Sheet(TEXT, table([[one] for one in reader.paragraphs]))
    return Book(name, (*(one.sheet(at) for at, one in enumerate(reader.tables, 1)), text))


class _Table:
    """One table: its cells row by row; `down` is where merges down stand open, by column: first row, right column."""

    def __init__(self, title: str) -> None:
        self.title, self.rows = title, list[list[str]]()
        self.merged: list[tuple[int, int, int, int]] = []
        self._down: dict[int, tuple[int, int]] = {}

    def cell(self, words: str, span: int, merge: str) -> None:
        """The next cell of the row; `merge` is "restart", "continue" or ""."""
        at, number = len(self.rows[-1]), len(self.rows)
        right = min(at + max(span, 1), MOST_COLUMNS) - 1
        self.rows[-1] += ["" if merge == "continue" else words, *[""] * (right - at)]
        if merge != "continue":
            self._close(at, number - 1)
            self._down[at] = (number, right)

    def _close(self, at: int, last: int) -> None:
        first, right = self._down.pop(at, (last, at))
        if first < last or right > at:
            self.merged.append((first, at, last, right))

    def sheet(self, at: int) -> Sheet:
        """The table as a sheet. Raises RefusedError when it has too many rows."""
        for column in sorted(self._down):
            self._close(column, len(self.rows))
        return Sheet(f"表{at}", (*table([[self.title]], 0), *table(self.rows)), merged=tuple(self.merged))


class _Reader:
    """What stands in the document, element by element. A table within a cell counts as words of that cell."""

    def __init__(self) -> None:
        self.tables, self.paragraphs, self._words = list[_Table](), list[str](), list[str]()
        self._within, self._is_text, self._span, self._merge, self._above = 0, False, 1, "", ""

    def start(self, tag: str, marks: dict[str, str]) -> None:
        """An element begins."""
        name = tag.rpartition(":")[2]
        said = next((value for key, value in marks.items() if key.rpartition(":")[2] == "val"), "")
        self._is_text = name == "t"
        if name == "tbl":
            self._within += 1
            if self._within == 1:
                self.tables.append(_Table(self._above))
        elif name in ("br", "cr", "tab"):
            self._words.append(" " if name == "tab" else "\n")
        elif self._within == 1:
            self._begin(name, said)

    def _begin(self, name: str, said: str) -> None:
        if name == "tr":
            self.tables[-1].rows.append([])
        elif name == "tc":
            self._words, self._span, self._merge = [], 1, ""
        elif name == "gridSpan" and said.isdecimal():
            self._span = int(said)
        elif name == "vMerge":
            self._merge = said or "continue"

    def end(self, tag: str) -> None:
        """An element ends."""
        name = tag.rpartition(":")[2]
        self._is_text = False
        if name == "p" and not self._within:
            self.paragraphs.append("".join(self._words).strip())
            self._above, self._words = self.paragraphs[-1] or self._above, []
        elif name == "p":
            self._words.append("\n")
        elif name == "tc" and self._within == 1 and self.tables[-1].rows:
            self.tables[-1].cell("".join(self._words).strip(), self._span, self._merge)
            self._words = []
        elif name == "tbl":
            self._within -= 1
            self._above = "" if not self._within else self._above

    def text(self, text: str) -> None:
        """A piece of text."""
        if self._is_text:
            self._words.append(text)
