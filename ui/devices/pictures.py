"""Pictures of papers: read whatever a camera or scanner gives, turned, cropped, and small enough for a bad link.

An A4 page at 150 dpi is legible in print size; JPEG goes down in quality step by step until it fits.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QImageReader, QPainter, QTransform

from desk.errors import RefusedError

LONGEST = 1754  # pixels: 297 mm at 150 dpi
MOST = 240 << 10  # bytes
_QUALITIES = (82, 72, 62, 54, 46, 38)
_PIXELS = 120_000_000  # larger than any camera at a counter; a bomb otherwise
_READS = "*.jpg *.jpeg *.png *.bmp *.webp *.tif *.tiff"
FILTER = f"图片 ({_READS})"
SUFFIXES = frozenset(one.removeprefix("*") for one in _READS.split())


def opened(path: Path) -> QImage:
    """The picture in a file, upright as its camera says. Raises RefusedError in words."""
    reader = QImageReader(str(path))
    return _read(reader, path.name)


def decoded(data: bytes, name: str) -> QImage:
    """The picture in bytes."""
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    return _read(QImageReader(buffer), name)


def _read(reader: QImageReader, name: str) -> QImage:
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid() and size.width() * size.height() > _PIXELS:
        raise RefusedError(f"“{name}”太大（{size.width()}×{size.height()}）。", "没有加入。", "请把相机的分辨率调低。")
    image = reader.read()
    if image.isNull():
        raise RefusedError(f"“{name}”不是能打开的图片。", "没有加入。", "请用 JPG 或 PNG，或重新拍摄。")
    return image


def compressed(image: QImage) -> bytes:
    """JPEG no longer than LONGEST on its long side, and no heavier than MOST where quality allows."""
    if max(image.width(), image.height()) > LONGEST:
        size = QSize(LONGEST, LONGEST)
        ways = (Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
        image = image.scaled(size, *ways)
    flat = QImage(image.size(), QImage.Format.Format_RGB32)
    flat.fill(QColor("white"))  # what was see-through is paper
    painter = QPainter(flat)
    painter.drawImage(0, 0, image)
    painter.end()
    data = b""
    for quality in _QUALITIES:
        data = _encoded(flat, "JPG", quality)
        if len(data) <= MOST:
            break
    return data


def _encoded(image: QImage, kind: str, quality: int) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, kind, quality)  # type: ignore[call-overload]  # the stubs want bytes, which are refused
    return bytes(buffer.data().data())


def drawn(image: QImage) -> bytes:
    """A signature as PNG."""
    return _encoded(image, "PNG", -1)


def turned(image: QImage) -> QImage:
    """A quarter to the right."""
    return image.transformed(QTransform().rotate(90))


def cropped(image: QImage, part: QRect) -> QImage:
    """What lies in `part` (pixels); the whole when nothing is left."""
    inside = part.intersected(image.rect())
    return image.copy(inside) if inside.width() > 20 and inside.height() > 20 else image


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
    return _encoded(square, "PNG", -1)
