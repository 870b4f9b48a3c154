"""Documents and spreadsheets as offices make them, for whoever tests how they are read."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from openpyxl import Workbook

_NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
Cell = str | tuple[str, int, str]  # words; or words, columns that it spans, "restart", "continue" or ""
Table = Sequence[Sequence[Cell]]


def docx(path: Path, *blocks: str | Table) -> Path:
    """A document of paragraphs and tables."""
    inner = "".join(_paragraph(one) if isinstance(one, str) else _table(one) for one in blocks)
    return packed(
        path, f"<?xml version='1.0' encoding='UTF-8'?><w:document {_NS}><w:body>{inner}</w:body></w:document>"
    )


def packed(path: Path, xml: str) -> Path:
    """A document with this text as its XML, whatever it is."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("[Content_Types].xml", "<Types/>")
        made.writestr("word/document.xml", xml)
    return path


def _paragraph(text: str) -> str:
    runs = "<w:r><w:br/></w:r>".join(f"<w:r><w:t>{escape(one)}</w:t></w:r>" for one in text.split("\n"))
    return f"<w:p>{runs}</w:p>"


def _table(rows: Table) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{''.join(map(_cell, row))}</w:tr>" for row in rows) + "</w:tbl>"


def _cell(cell: Cell) -> str:
    words, span, merge = (cell, 1, "") if isinstance(cell, str) else cell
    marks = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    marks += {"restart": '<w:vMerge w:val="restart"/>', "continue": "<w:vMerge/>"}.get(merge, "")
    return f"<w:tc><w:tcPr>{marks}</w:tcPr>{''.join(_paragraph(one) for one in words.split(chr(10)))}</w:tc>"


def xlsx(path: Path, sheets: dict[str, Sequence[Sequence[object]]], merged: Sequence[str] = ()) -> Path:
    """A workbook; `merged` are ranges of its first sheet, as A1:C1."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    for one in merged:
        book.worksheets[0].merge_cells(one)
    out = io.BytesIO()
    book.save(out)
    path.write_bytes(out.getvalue())
    return path
