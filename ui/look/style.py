"""The one style: Fusion underneath, with calm flat controls, targets of at least 32 px and a focus ring always seen."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPalette, QPen, QPixmap
from PySide6.QtWidgets import (
    QProxyStyle,
    QPushButton,
    QStyle,
    QStyleFactory,
    QStyleOption,
    QStyleOptionComplex,
    QStyleOptionMenuItem,
    QToolButton,
    QWidget,
)

from ui.look import controls, hands

PRIMARY = "primary"  # a dynamic property: the one button that the page is about
_TARGET = 32
_FIELD_INSET = 6  # beside what Qt itself leaves free in a line: 10 in all
_TICK = ((0.22, 0.53), (0.42, 0.73), (0.78, 0.30))  # the three points of a tick, as parts of the box

# Asked a thousand times while a page is laid out: looked up, not made each time.
_FRAME = QStyle.PixelMetric.PM_DefaultFrameWidth
_METRICS = {
    QStyle.PixelMetric.PM_ButtonMargin: 14,
    QStyle.PixelMetric.PM_MenuHMargin: controls.FRAME,
    QStyle.PixelMetric.PM_MenuVMargin: controls.FRAME,
    QStyle.PixelMetric.PM_ScrollBarExtent: 14,
    QStyle.PixelMetric.PM_IndicatorWidth: 20,
    QStyle.PixelMetric.PM_IndicatorHeight: 20,
    QStyle.PixelMetric.PM_ExclusiveIndicatorWidth: 20,
    QStyle.PixelMetric.PM_ExclusiveIndicatorHeight: 20,
    QStyle.PixelMetric.PM_FocusFrameHMargin: 6,
    QStyle.PixelMetric.PM_HeaderMargin: 7,
    QStyle.PixelMetric.PM_SmallIconSize: 20,
    QStyle.PixelMetric.PM_ButtonIconSize: 18,
}
_TARGETS = frozenset(
    {
        QStyle.ContentsType.CT_PushButton,
        QStyle.ContentsType.CT_LineEdit,
        QStyle.ContentsType.CT_ComboBox,
        QStyle.ContentsType.CT_SpinBox,
        QStyle.ContentsType.CT_ToolButton,
        QStyle.ContentsType.CT_MenuItem,
    }
)


class DeskStyle(QProxyStyle):
    """Draws buttons, fields and the focus ring; leaves the rest to Fusion and the palette."""

    scale = 1.0  # of the type; icons, boxes and margins grow with it

    def __init__(self) -> None:
        super().__init__(QStyleFactory.create("Fusion"))
        self.wheel = hands.Wheel(self)

    def drawPrimitive(
        self, element: QStyle.PrimitiveElement, option: QStyleOption, painter: QPainter, widget: QWidget | None = None
    ) -> None:
        """Buttons and line edits flat and rounded; the focus ring two pixels wide."""
        kind = QStyle.PrimitiveElement
        if element in (kind.PE_PanelButtonCommand, kind.PE_PanelButtonTool):
            self._button(option, painter, widget)
        elif element == kind.PE_PanelLineEdit:
            self._field(option, painter, widget)
        elif element == kind.PE_Frame and controls.is_framed(widget):
            controls.frame(option, painter, widget)
        elif element == kind.PE_PanelItemViewItem and controls.is_a(widget, "QListView"):
            controls.item(option, painter)
        elif element == kind.PE_IndicatorCheckBox:
            self._check(option, painter)
        elif element == kind.PE_IndicatorRadioButton:
            controls.radio(option, painter)
        elif element in (kind.PE_IndicatorArrowDown, kind.PE_IndicatorArrowUp):
            ink = option.palette.color(QPalette.ColorRole.ButtonText)
            controls.chevron(painter, QRectF(option.rect), ink, up=element == kind.PE_IndicatorArrowUp)
        elif element == kind.PE_FrameFocusRect:
            self._ring(option, painter, _accent(option.palette))
        else:
            super().drawPrimitive(element, option, painter, widget)

    def drawComplexControl(
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """Choices, numbers and scroll bars in the one measure."""
        kind, part = QStyle.ComplexControl, QStyle.SubControl
        if control in (kind.CC_ComboBox, kind.CC_SpinBox) and widget is not None:
            self.wheel.take(widget)  # here and not as it is polished: that would look at every widget of every window
        if control == kind.CC_ComboBox:
            controls.combo(option, painter, widget)
        elif control == kind.CC_ScrollBar:
            controls.scroll_bar(option, painter)
        elif control == kind.CC_SpinBox:
            up = self.subControlRect(control, option, part.SC_SpinBoxUp, widget)
            down = self.subControlRect(control, option, part.SC_SpinBoxDown, widget)
            controls.spin(option, painter, widget, up, down)
        else:
            super().drawComplexControl(control, option, painter, widget)

    def drawControl(
        self, element: QStyle.ControlElement, option: QStyleOption, painter: QPainter, widget: QWidget | None = None
    ) -> None:
        """Heads of tables are flat, lines of menus as those of lists, a bar of progress is a line."""
        kind = QStyle.ControlElement
        if element in (kind.CE_HeaderSection, kind.CE_HeaderEmptyArea):
            controls.header(option, painter)
        elif element == kind.CE_ProgressBarGroove:
            controls.progress(option, painter)
        elif element == kind.CE_ProgressBarContents:
            self._progress(option, painter, widget)
        elif element == kind.CE_MenuItem and isinstance(option, QStyleOptionMenuItem):
            super().drawControl(element, controls.menu_line(option, painter), painter, widget)
        else:
            super().drawControl(element, option, painter, widget)

    def _progress(self, option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
        done = controls.progress_part(option)
        if done.wanders:  # drawn by Fusion where nobody sees it: that keeps the bar moving
            unseen = QPixmap(1, 1)
            aside = QPainter(unseen)
            super().drawControl(QStyle.ControlElement.CE_ProgressBarContents, option, aside, widget)
            aside.end()
        controls.progress(option, painter, done.rect)

    def subControlRect(
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        part: QStyle.SubControl,
        widget: QWidget | None = None,
    ) -> QRect:
        """Words begin at the same distance in every field."""
        if control == QStyle.ComplexControl.CC_ScrollBar:
            return controls.scroll_part(option, part)
        if control == QStyle.ComplexControl.CC_ComboBox and part == QStyle.SubControl.SC_ComboBoxEditField:
            return controls.combo_words(option.rect, widget)
        own = controls.spin_part(option.rect, part) if control == QStyle.ComplexControl.CC_SpinBox else None
        return own or super().subControlRect(control, option, part, widget)  # type: ignore[arg-type]  # None is taken

    def _button(self, option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
        palette, state = option.palette, option.state
        enabled = bool(state & QStyle.StateFlag.State_Enabled)
        primary = bool(widget is not None and widget.property(PRIMARY)) and enabled
        flat = isinstance(widget, QToolButton) or (isinstance(widget, QPushButton) and widget.isFlat())
        fill = palette.color(QPalette.ColorRole.Highlight if primary else QPalette.ColorRole.Button)
        down = state & (QStyle.StateFlag.State_Sunken | QStyle.StateFlag.State_On)
        if down or state & QStyle.StateFlag.State_MouseOver:
            fill = _mixed(fill, palette.color(QPalette.ColorRole.WindowText), 0.16 if down else 0.08)
        edge = fill if primary else palette.color(QPalette.ColorRole.Mid if enabled else QPalette.ColorRole.Midlight)
        if flat:
            edge = QColor(0, 0, 0, 0)
            if not down and not state & QStyle.StateFlag.State_MouseOver:
                fill = QColor(0, 0, 0, 0)
        controls.rounded(painter, QRectF(option.rect), fill, QPen(edge, 1))
        if state & QStyle.StateFlag.State_HasFocus:
            self._ring(option, painter, palette.color(QPalette.ColorRole.WindowText) if primary else _accent(palette))

    def _field(self, option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
        if not _framed(option):
            return
        controls.frame(option, painter, widget)

    def _check(self, option: QStyleOption, painter: QPainter) -> None:
        palette, state = option.palette, option.state
        on = bool(state & QStyle.StateFlag.State_On)
        accent = _accent(palette)
        rect = QRectF(option.rect).adjusted(1, 1, -1, -1)
        fill = accent if on else palette.color(QPalette.ColorRole.Base)
        pen = QPen(accent if on else palette.color(QPalette.ColorRole.Mid), 1.5)
        controls.rounded(painter, rect, fill, pen)
        if on:
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(palette.color(QPalette.ColorRole.HighlightedText), 2.2))
            side = rect.width()
            points = [QPointF(rect.left() + side * x, rect.top() + side * y) for x, y in _TICK]
            painter.drawPolyline(points)
            painter.restore()

    def _ring(self, option: QStyleOption, painter: QPainter, colour: QColor) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour, 2))
        painter.drawRoundedRect(QRectF(option.rect).adjusted(2, 2, -2, -2), controls.RADIUS - 1, controls.RADIUS - 1)
        painter.restore()

    def pixelMetric(
        self, metric: QStyle.PixelMetric, option: QStyleOption | None = None, widget: QWidget | None = None
    ) -> int:
        """Room inside buttons and for scroll bars that old hands can hit."""
        if metric == _FRAME:
            return controls.FRAME if controls.is_framed(widget) else 1
        own = _METRICS.get(metric)
        return super().pixelMetric(metric, option, widget) if own is None else round(own * self.scale)

    def subElementRect(self, element: QStyle.SubElement, option: QStyleOption, widget: QWidget | None = None) -> QRect:
        """Words in a field keep off its edge."""
        rect = super().subElementRect(element, option, widget)  # type: ignore[arg-type]  # None is taken
        inside = element == QStyle.SubElement.SE_LineEditContents and _framed(option)
        return rect.adjusted(_FIELD_INSET, 0, -4, 0) if inside else rect

    def sizeFromContents(
        self, kind: QStyle.ContentsType, option: QStyleOption, size: QSize, widget: QWidget | None = None
    ) -> QSize:
        """No button or field lower than 32 px."""
        made = super().sizeFromContents(kind, option, size, widget)  # type: ignore[arg-type]  # None is taken
        if kind in _TARGETS:
            text_height = option.fontMetrics.height()
            if kind == QStyle.ContentsType.CT_SpinBox:
                made.setHeight(0)  # as high as any other field
            if kind == QStyle.ContentsType.CT_ComboBox:
                made.setWidth(made.width() + controls.INSET)
            made.setHeight(max(made.height(), _TARGET, text_height + 14))
        return made


def _framed(option: QStyleOption) -> bool:
    """Whether a line edit draws its own frame (the one inside a spin box does not)."""
    return getattr(option, "lineWidth", 1) > 0


def _accent(palette: QPalette) -> QColor:
    return palette.color(QPalette.ColorRole.Accent)


def _mixed(first: QColor, other: QColor, share: float) -> QColor:
    return QColor.fromRgbF(
        first.redF() * (1 - share) + other.redF() * share,
        first.greenF() * (1 - share) + other.greenF() * share,
        first.blueF() * (1 - share) + other.blueF() * share,
    )
