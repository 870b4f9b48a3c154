"""Pages of an OFD as frames: texts, lines, pictures and seals where they stand, in the fonts that lie within, else in
fonts of our own."""

from __future__ import annotations

import contextlib
import math
import re
import threading
from collections.abc import Iterator
from xml.etree import ElementTree as Xml

from PIL import Image
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QImage, QPainter, QPainterPath, QPen, QRawFont, QTransform

from desk.counter.pictures import Part
from desk.errors import RefusedError
from ui.devices.scans.ofd_package import BrokenError, Package, Sheet, numbers

_SCALE = 200 / 25.4  # pixels a millimetre
_FACES = ("Noto Serif SC", "SimSun", "Noto Sans SC")
_FONT = 200  # pixels a letter is laid with, before it is scaled
_MARK = re.compile(r"[A-Z]|[-+]?[.\d]+(?:[eE][-+]?\d+)?")
_one = threading.Lock()  # the zip is read by one at a time


class Ofd:
    """An OFD in bytes. Raises RefusedError in words when it is none."""

    def __init__(self, data: bytes, name: str) -> None:
        try:
            self._package = Package(data)
            if not self._package.sheets:
                raise BrokenError(name)  # noqa: TRY301
        except BrokenError as error:
            raise RefusedError(
                f"“{name}”不是能打开的 OFD。", "没有加入。", "请在发来的地方另存成 PDF 或图片，再加进来。"
            ) from error
        self.sizes = [
            (max(1, round(one.box[2] * _SCALE)), max(1, round(one.box[3] * _SCALE))) for one in self._package.sheets
        ]

    def lacks(self) -> str:
        """What of it cannot be shown, in a sentence; "" for nothing."""
        pens = [self._drawn(sheet, QImage(1, 1, QImage.Format.Format_RGB32), QTransform()) for sheet in self._sheets()]
        lacks, is_signed = sum(one.lacks for one in pens), self._package.is_signed
        if lacks and is_signed:
            return f"OFD 里有 {lacks} 处图形画不出；签章只照样子画出，没有验证。要看全、要核验，请用原文件。"
        if lacks:
            return f"OFD 里有 {lacks} 处图形画不出，要看全请用原文件。"
        return "OFD 的签章只照样子画出，没有验证；要核验请用原文件。" if is_signed else ""

    def _sheets(self) -> list[Sheet]:
        return self._package.sheets

    def image(self, frame: int, part: Part, longest: int) -> Image.Image:
        """The part of a page, drawn `longest` long."""
        left, top, wide, high = part
        scale = min(1.0, longest / max(wide, high))
        canvas = QImage(max(1, round(wide * scale)), max(1, round(high * scale)), QImage.Format.Format_RGB888)
        canvas.fill(QColor("white"))
        sheet = self._package.sheets[frame]
        place = QTransform().scale(scale, scale).translate(-left, -top).scale(_SCALE, _SCALE)
        self._drawn(sheet, canvas, place.translate(-sheet.box[0], -sheet.box[1]))
        stride = canvas.bytesPerLine()
        return Image.frombuffer(
            "RGB", (canvas.width(), canvas.height()), bytes(canvas.constBits()), "raw", "RGB", stride, 1
        ).copy()

    def _drawn(self, sheet: Sheet, canvas: QImage, place: QTransform) -> _Pen:
        with _one:
            painter = QPainter(canvas)
            painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
            pen = _Pen(painter, self._package)
            try:
                for left, top, layer in sheet.layers:
                    painter.setWorldTransform(QTransform.fromTranslate(left, top) * place)
                    pen.layer(layer)
                painter.setWorldTransform(place)
                for stamp in sheet.stamps:
                    pen.picture(QRectF(*stamp.box), stamp.picture)
            finally:
                painter.end()
        return pen


class _Pen:
    """Draws objects in millimetres and counts what it cannot draw."""

    def __init__(self, painter: QPainter, package: Package) -> None:
        self._painter, self._package = painter, package
        self._faces: dict[str, QRawFont | None] = {}
        self.lacks = 0

    def layer(self, layer: Xml.Element) -> None:
        """Everything in a layer, in order."""
        style = self._package.styles.get(layer.get("DrawParam", ""))
        for one in _objects(layer):
            self._painter.save()
            try:
                self._object(one, style)
            except (ValueError, IndexError, BrokenError):
                self.lacks += 1
            finally:
                self._painter.restore()

    def _object(self, one: Xml.Element, style: Xml.Element | None) -> None:
        box = numbers(one.get("Boundary"))
        self._painter.translate(box[0], box[1])
        if len(matrix := numbers(one.get("CTM"))) == 6:
            self._painter.setWorldTransform(QTransform(*matrix) * self._painter.worldTransform())
        self._painter.setOpacity(int(one.get("Alpha", "255")) / 255)
        style = self._package.styles.get(one.get("DrawParam", ""), style)
        match one.tag:
            case "TextObject":
                self._text(one, style)
            case "PathObject":
                self._path(one, style)
            case "ImageObject":
                unit = QRectF(0, 0, 1, 1) if len(matrix) == 6 else QRectF(0, 0, box[2], box[3])
                self.picture(unit, self._package.read(self._package.pictures[one.get("ResourceID", "")]))
            case _:
                self.lacks += 1

    def _face(self, font: str) -> QRawFont | None:
        """The face that lies within for a font; None where there is none, or none that can be read."""
        if font not in self._faces:
            made = QRawFont()
            with contextlib.suppress(BrokenError):
                if place := self._package.faces.get(font):
                    made.loadFromData(self._package.read(place), _FONT, QFont.HintingPreference.PreferNoHinting)
            self._faces[font] = made if made.isValid() else None
        return self._faces[font]

    def _glyphs(self, one: Xml.Element, face: QRawFont, style: Xml.Element | None) -> None:
        """Text in a face of its own: the glyphs that are named, else those of its letters."""
        size = float(one.get("Size", "3"))
        named: list[int | None] = []
        for change in one.iter("CGTransform"):
            begin = int(change.get("CodePosition", "0"))
            named += [None] * (begin - len(named))
            named += [int(number) for number in numbers(change.findtext("Glyphs"))]
        whole = QPainterPath()
        whole.setFillRule(Qt.FillRule.WindingFill)
        x, y = 0.0, 0.0
        for code in one.iter("TextCode"):
            x, y = float(code.get("X", x)), float(code.get("Y", y))
            right, down = _steps(code.get("DeltaX")), _steps(code.get("DeltaY"))
            own = face.glyphIndexesForString(code.text or "")
            count = len(named) or len(own)
            for at in range(count):
                number = named[at] if at < len(named) else None
                number = number if number is not None else own[at] if at < len(own) else 0
                place = QTransform.fromTranslate(x, y).scale(size / _FONT * float(one.get("HScale", "1")), size / _FONT)
                whole.addPath(place.map(face.pathForGlyph(number)))
                x += right[at] if at < len(right) else 0 if down else size
                y += down[at] if at < len(down) else 0
        if one.get("Fill") != "false":
            self._painter.fillPath(whole, QBrush(_colour(one, "FillColor", style)))
        if one.get("Stroke") == "true":
            wide = float(one.get("LineWidth", "0.353"))
            self._painter.strokePath(whole, _edge(_colour(one, "StrokeColor", style), wide, one))

    def _text(self, one: Xml.Element, style: Xml.Element | None) -> None:
        if (face := self._face(one.get("Font", ""))) is not None:
            self._glyphs(one, face, style)
            return
        if one.get("Fill") == "false" and one.get("Stroke") != "true":
            return  # there to be read, not to be seen
        size = float(one.get("Size", "3"))
        font = QFont([one for one in (self._package.fonts.get(one.get("Font", ""), ""), *_FACES) if one])
        font.setPixelSize(_FONT)
        font.setBold(int(one.get("Weight", "400")) >= 600)
        font.setItalic(one.get("Italic") == "true")
        self._painter.setFont(font)
        self._painter.setPen(_colour(one, "FillColor", style))
        x, y = 0.0, 0.0
        for code in one.iter("TextCode"):
            x, y = float(code.get("X", x)), float(code.get("Y", y))
            right, down = _steps(code.get("DeltaX")), _steps(code.get("DeltaY"))
            at_x, at_y = x, y
            for number, letter in enumerate(code.text or ""):
                self._painter.save()
                self._painter.translate(at_x, at_y)
                self._painter.scale(size / _FONT * float(one.get("HScale", "1")), size / _FONT)
                self._painter.drawText(QPointF(0, 0), letter)
                self._painter.restore()
                at_x += right[number] if number < len(right) else 0 if down else size
                at_y += down[number] if number < len(down) else 0

    def _path(self, one: Xml.Element, style: Xml.Element | None) -> None:
        path = _outline(one.findtext("AbbreviatedData") or "")
        if one.get("Fill") == "true":
            if one.get("Rule") != "Even-Odd":
                path.setFillRule(Qt.FillRule.WindingFill)
            self._painter.fillPath(path, QBrush(_colour(one, "FillColor", style)))
        if one.get("Stroke") != "false":
            wide = one.get("LineWidth") or (style.get("LineWidth") if style is not None else None) or "0.353"
            self._painter.strokePath(path, _edge(_colour(one, "StrokeColor", style), float(wide), one))

    def picture(self, place: QRectF, data: bytes) -> None:
        """A picture in its place, or one more thing that is lacking."""
        image = QImage.fromData(data)
        if image.isNull():
            self.lacks += 1
        self._painter.drawImage(place, image)


def _edge(colour: QColor, wide: float, one: Xml.Element) -> QPen:
    """The line of a path, with strokes and gaps where it has them."""
    pen = QPen(colour, wide)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    if wide and (parts := numbers(one.get("DashPattern"))):
        pen.setDashPattern([part / wide for part in (parts if len(parts) % 2 == 0 else parts * 2)])
    return pen


def _objects(layer: Xml.Element) -> Iterator[Xml.Element]:
    for one in layer:
        if one.tag == "PageBlock":
            yield from _objects(one)
        elif "Object" in one.tag:
            yield one


def _colour(one: Xml.Element, which: str, style: Xml.Element | None) -> QColor:
    """The colour of an object, black where it names none."""
    for source in (one, style):
        found = source.find(which) if source is not None else None
        parts = [int(part) for part in numbers(found.get("Value"))] if found is not None else []
        if len(parts) == 1:
            return QColor(parts[0], parts[0], parts[0])
        if len(parts) == 3:
            return QColor(*parts)
        if len(parts) == 4:
            return QColor.fromCmyk(*parts)
    return QColor("black")


def _steps(words: str | None) -> list[float]:
    """DeltaX or DeltaY: numbers, and `g count step` for many alike."""
    parts, found = (words or "").split(), list[float]()
    at = 0
    while at < len(parts):
        if parts[at] == "g" and at + 2 < len(parts):
            found += [float(parts[at + 2])] * min(int(parts[at + 1]), 10_000)
            at += 3
        else:
            found.append(float(parts[at]))
            at += 1
    return found


def _outline(words: str) -> QPainterPath:
    path, marks = QPainterPath(), iter(_MARK.findall(words))

    def points(count: int) -> list[QPointF]:
        return [QPointF(float(next(marks)), float(next(marks))) for _ in range(count)]

    with contextlib.suppress(StopIteration):
        for mark in marks:
            match mark:
                case "S" | "M":
                    path.moveTo(*points(1))
                case "L":
                    path.lineTo(*points(1))
                case "Q":
                    path.quadTo(*points(2))
                case "B":
                    path.cubicTo(*points(3))
                case "A":
                    _arc(path, [float(next(marks)) for _ in range(7)])
                case "C":
                    path.closeSubpath()
                case _:
                    raise ValueError(mark)
    return path


def _arc(path: QPainterPath, said: list[float]) -> None:
    """An arc to a point, as SVG has it: radii, turn in degrees, large, clockwise, end."""
    wide, high, turn, large, sweep, x, y = said
    begin = path.currentPosition()
    if not wide or not high:
        path.lineTo(x, y)
        return
    cos, sin = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    half_x, half_y = (begin.x() - x) / 2, (begin.y() - y) / 2
    one, two = cos * half_x + sin * half_y, -sin * half_x + cos * half_y
    grow = math.sqrt(max(1.0, (one / wide) ** 2 + (two / high) ** 2))
    wide, high = abs(wide) * grow, abs(high) * grow
    below = (wide * two) ** 2 + (high * one) ** 2
    share = math.sqrt(max(0.0, ((wide * high) ** 2 - below) / below)) if below else 0.0
    share = -share if bool(large) == bool(sweep) else share
    mid_x, mid_y = share * wide * two / high, -share * high * one / wide
    first = math.atan2((two - mid_y) / high, (one - mid_x) / wide)
    last = math.atan2((-two - mid_y) / high, (-one - mid_x) / wide)
    span = (last - first) % (2 * math.pi) if sweep else -((first - last) % (2 * math.pi))
    centre_x = cos * mid_x - sin * mid_y + (begin.x() + x) / 2
    centre_y = sin * mid_x + cos * mid_y + (begin.y() + y) / 2
    steps = max(2, math.ceil(abs(span) / 0.1))
    for at in range(1, steps + 1):
        angle = first + span * at / steps
        along, across = wide * math.cos(angle), high * math.sin(angle)
        path.lineTo(centre_x + cos * along - sin * across, centre_y + sin * along + cos * across)
