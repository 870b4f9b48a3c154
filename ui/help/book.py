"""A handbook on paper: a title, a table of what is in it, each page of the help on pages of its own, numbered."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF, QSizeF, Qt, QUrl
from PySide6.QtGui import QFont, QImage, QPageLayout, QPageSize, QPainter, QPdfWriter, QTextDocument

from desk import __version__
from ui.help import pages
from ui.help.pages import HelpPage
from ui.look import theme

BOOKS = ("counter", "centre")
_DPI, _SCREEN, _FOOT = 150, 96, 40  # dots of an inch on paper and on a screen, of the line at the foot
_BREADTH, _HEIGHT = 0.86, 0.3  # of a page that a picture takes at most: it stands with the words about it
_POINTS = 11.0


def write(book: str, out: Path) -> int:
    """The handbook `book` as a PDF at `out`; how many pages it has."""
    writer = QPdfWriter(str(out))
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(20, 18, 20, 14), QPageLayout.Unit.Millimeter)
    writer.setResolution(_DPI)
    front, title = _front(book), title_of(book)
    writer.setTitle(title)
    listed = pages.pages(book)
    room = QSizeF(writer.width(), writer.height() - _FOOT)
    documents = [_document(one, room, writer) for one in listed]
    counts = [one.pageCount() for one in documents]
    begin = [2 + sum(counts[:at]) for at in range(len(counts))]
    contents = "\n\n".join(f"{one.title} …… {at}" for one, at in zip(listed, begin, strict=True))
    front = front.format(version=__version__, pages=contents)
    painter, number = QPainter(writer), 0
    for document in (_document(HelpPage("", "", front), room, writer), *documents):
        for at in range(document.pageCount()):
            if number:
                writer.newPage()
            number += 1
            _draw(painter, document, at, room, f"{title}　{number}")
    painter.end()
    return number


def title_of(book: str) -> str:
    """What the handbook is called."""
    return _front(book).partition("\n")[0].removeprefix("# ")


def _front(book: str) -> str:
    return (pages.folder() / book / "front.md").read_text("utf-8")


def _document(page: HelpPage, room: QSizeF, writer: QPdfWriter) -> QTextDocument:
    made = QTextDocument()
    made.documentLayout().setPaintDevice(writer)
    font = QFont(theme.font())
    font.setPointSizeF(_POINTS)
    made.setDefaultFont(font)
    made.setMarkdown(page.text)
    inch = _SCREEN / _DPI  # a document reckons in dots of a screen, whatever the printer's are
    wide, high = room.width() * inch * _BREADTH, room.height() * inch * _HEIGHT
    for name in page.pictures():
        picture = QImage(str(pages.folder() / pages.PICTURES / name))
        picture.setDevicePixelRatio(max(1.0, picture.width() / wide, picture.height() / high))  # each dot is kept
        made.addResource(QTextDocument.ResourceType.ImageResource, QUrl(name), picture)  # setMarkdown clears them
    made.setPageSize(room)
    return made


def _draw(painter: QPainter, document: QTextDocument, at: int, room: QSizeF, foot: str) -> None:
    painter.save()
    painter.translate(0, -at * room.height())
    document.drawContents(painter, QRectF(0, at * room.height(), room.width(), room.height()))
    painter.restore()
    painter.save()
    font = QFont(theme.font())
    font.setPointSizeF(8)
    painter.setFont(font)
    painter.drawText(QRectF(0, room.height(), room.width(), _FOOT), Qt.AlignmentFlag.AlignCenter, foot)
    painter.restore()
