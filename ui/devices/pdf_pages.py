"""Pages of a PDF as images or alone, and how large they are. From any thread."""

from __future__ import annotations

import io
import threading
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

if TYPE_CHECKING:  # 4 MB, and a page that opens would wait for it: loaded with the first paper
    import pypdfium2 as pdfium

_A4_LYING = (297 * 72 / 25.4, 210 * 72 / 25.4)  # points
PDFIUM = threading.Lock()  # PDFium is not thread-safe


def _opened(pdf: bytes) -> pdfium.PdfDocument:
    import pypdfium2

    return pypdfium2.PdfDocument(pdf)


def render(pdf: bytes, scale: float) -> list[QImage]:
    """Every page as an image, `scale` pixels a point. From any thread."""
    with PDFIUM:
        document = _opened(pdf)
        try:
            return [_image(page, scale) for page in document]
        finally:
            document.close()


def page(pdf: bytes, number: int, scale: float) -> QImage:
    """Page `number` (from 0) alone. From any thread."""
    with PDFIUM:
        document = _opened(pdf)
        try:
            return _image(document[number], scale)
        finally:
            document.close()


def _image(page: pdfium.PdfPage, scale: float) -> QImage:
    bitmap = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=True)
    image = QImage(
        bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGBX8888
    ).copy()
    bitmap.close()
    return image


def page_sizes(pdf: bytes) -> list[tuple[float, float]]:
    """Width and height of every page, in points."""
    with PDFIUM:
        document = _opened(pdf)
        try:
            return [page.get_size() for page in document]
        finally:
            document.close()


def first_size(pdf: bytes) -> tuple[float, float]:
    """Width and height of the first page, in points: as soon told for thousands of pages as for one."""
    with PDFIUM:
        document = _opened(pdf)
        try:
            wide, high = document[0].get_size()
            return wide, high
        finally:
            document.close()


def two_on_a_sheet(pdf: bytes) -> bytes:
    """Pages of A5 as sheets of A4 that lie, two beside each other, as lines and letters still. Cut through the middle
    and laid left pile on right pile, they are in the order that they had."""
    import pypdfium2 as pdfium

    with PDFIUM:
        document, ordered = pdfium.PdfDocument(pdf), pdfium.PdfDocument.new()
        sheets = None
        try:
            half = (len(document) + 1) // 2
            for at in range(half):
                ordered.import_pages(document, [at])
                if half + at < len(document):
                    ordered.import_pages(document, [half + at])
            made = pdfium.raw.FPDF_ImportNPagesToOne(ordered, *_A4_LYING, 2, 1)
            sheets = pdfium.PdfDocument(made)
            out = io.BytesIO()
            sheets.save(out)
            return out.getvalue()
        finally:
            for one in filter(None, (sheets, ordered, document)):
                one.close()


def some_pages(pdf: bytes, asked: range) -> bytes:
    """A PDF of the `asked` pages (from 0); the very same bytes when all are."""
    import pypdfium2 as pdfium

    with PDFIUM:
        document, chosen = pdfium.PdfDocument(pdf), pdfium.PdfDocument.new()
        try:
            if asked == range(len(document)):
                return pdf
            out = io.BytesIO()
            chosen.import_pages(document, list(asked))
            chosen.save(out)
            return out.getvalue()
        finally:
            chosen.close()
            document.close()
