"""Pictures in the window's own form: read from kept bytes to be shown, drawn by hand, cut out as a character.

How files become kept pictures stands in `scans`.
"""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPainter, QPixmap

from desk.errors import RefusedError

_READS = "*.jpg *.jpeg *.png *.bmp *.webp *.gif *.tif *.tiff"
_PAPERS = f"{_READS} *.jfif *.heic *.heif *.hif *.avif *.pdf *.ofd"
FILTER = f"图片 ({_READS})"
PAPERS = f"图片、PDF、OFD ({_PAPERS});;所有文件 (*)"
SUFFIXES = frozenset(one.removeprefix("*") for one in _PAPERS.split())


def decoded(data: bytes, name: str, within: QSize | None = None) -> QImage:
    """A kept picture, no larger than `within`. Raises RefusedError in words."""
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    size = reader.size()
    if within is not None and size.isValid() and size.boundedTo(within) != size:
        reader.setScaledSize(size.scaled(within, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    if image.isNull():
        raise RefusedError(f"“{name}”不是能打开的图片。", "没有改动。", "请重新拍摄。")
    return image


def drawn(image: QImage) -> bytes:
    """As PNG: a signature, or what lay in the clipboard."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs want bytes, which are refused
    return bytes(buffer.data().data())


def framed(image: QImage, room: QSize) -> QPixmap:
    """As large as `room`, the picture in its middle."""
    frame = QPixmap(room)
    frame.fill(Qt.GlobalColor.transparent)
    painter = QPainter(frame)
    place = QRect(QPoint(), image.size().scaled(room, Qt.AspectRatioMode.KeepAspectRatio))
    place.moveCenter(frame.rect().center())
    painter.drawImage(place, image)
    painter.end()
    return frame


def glyph(image: QImage) -> bytes:
    """A cut-out character as a small square PNG on white, the character as large as the square lets it."""
    side = 240
    ways = (Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8).scaled(side, side, *ways)
    square = QImage(side, side, QImage.Format.Format_Grayscale8)
    square.fill(255)
    painter = QPainter(square)
    painter.drawImage((side - grey.width()) // 2, (side - grey.height()) // 2, grey)
    painter.end()
    return drawn(square)
