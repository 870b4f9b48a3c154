"""One picture, fitted to its room or larger; a rectangle pulled with the mouse is what will be kept."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QImage, QMouseEvent, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QLabel, QRubberBand, QScrollArea, QWidget

from ui.look.i18n import tr
from ui.look.theme import unit

_STEP = 1.4
_MOST = 2.0  # screen pixels for one of the picture's

Share = tuple[float, float, float, float]  # left, top, right, bottom of the picture, 0 to 1


class PictureView(QLabel):
    """`image` is what is shown, `area` the widget to lay: it scrolls where the picture is larger."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("图片预览"))
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.image = QImage()
        self._zoom = 1.0
        self._band = QRubberBand(QRubberBand.Shape.Rectangle, self)
        self._start = QPoint()
        self.area = _Area(self)

    def show_image(self, image: QImage) -> None:
        """Another picture, fitted."""
        self.image = image
        self._zoomed(1.0)

    def nearer(self) -> None:
        """Larger."""
        self._zoomed(self._zoom * _STEP)

    def farther(self) -> None:
        """Smaller; not smaller than its room."""
        self._zoomed(self._zoom / _STEP)

    def _zoomed(self, zoom: float) -> None:
        self._band.hide()
        room = self.area.viewport().size()
        fitted = self.image.size().scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
        most = max(1.0, _MOST * self.image.width() / max(1, fitted.width()))
        middle = self._middle()
        self._zoom = min(max(zoom, 1.0), most)
        self.area.setWidgetResizable(self._zoom == 1.0)
        if self._zoom > 1.0:
            self.resize((fitted * self._zoom).expandedTo(room))
        self._fit()
        self._go_to(middle)

    def _middle(self) -> tuple[float, float]:
        bars = self.area.horizontalScrollBar(), self.area.verticalScrollBar()
        across, down = ((bar.value() + bar.pageStep() / 2) / (bar.maximum() + bar.pageStep() or 1) for bar in bars)
        return across, down

    def _go_to(self, middle: tuple[float, float]) -> None:
        for bar, share in zip((self.area.horizontalScrollBar(), self.area.verticalScrollBar()), middle, strict=True):
            bar.setValue(round(share * (bar.maximum() + bar.pageStep()) - bar.pageStep() / 2))

    def _fit(self) -> None:
        if self.image.isNull():
            self.clear()
            return
        ratio = self.devicePixelRatioF()
        size = QSize(round(self.width() * ratio), round(self.height() * ratio))
        ways = (Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
        shown = QPixmap.fromImage(self.image.scaled(size, *ways))
        shown.setDevicePixelRatio(ratio)
        self.setPixmap(shown)

    def minimumSizeHint(self) -> QSize:
        """As small as its room: the picture follows."""
        return QSize(1, 1)

    def sizeHint(self) -> QSize:
        """Its room decides."""
        return QSize(1, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit again."""
        super().resizeEvent(event)
        self._fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """With Ctrl nearer and farther; otherwise it scrolls."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            (self.nearer if event.angleDelta().y() > 0 else self.farther)()
            event.accept()
        else:
            super().wheelEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The first corner."""
        self._start = event.position().toPoint()
        self._band.setGeometry(QRect(self._start, QSize()))
        self._band.show()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The other corner."""
        self._band.setGeometry(QRect(self._start, event.position().toPoint()).normalized())

    def chosen(self) -> Share | None:
        """What was pulled; None when nothing was."""
        shown = self.pixmap()
        if not self._band.isVisible() or shown.isNull() or self.image.isNull():
            return None
        wide, high = shown.width() / shown.devicePixelRatio(), shown.height() / shown.devicePixelRatio()
        place = QRect(round((self.width() - wide) / 2), round((self.height() - high) / 2), round(wide), round(high))
        band = self._band.geometry().intersected(place).translated(-place.topLeft())
        if band.width() < 2 or band.height() < 2:
            return None
        return (
            band.left() / wide, band.top() / high,
            (band.left() + band.width()) / wide, (band.top() + band.height()) / high,
        )  # fmt: skip


class _Area(QScrollArea):
    def __init__(self, inner: QWidget) -> None:
        super().__init__()
        self.setObjectName("pictures-view")
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMinimumSize(unit() * 50, unit() * 40)
        self.setWidget(inner)

    def sizeHint(self) -> QSize:
        """No more than must be: a dialog says itself how large it likes to be."""
        return self.minimumSize()
