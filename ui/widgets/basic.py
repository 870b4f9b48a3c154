"""Labels, buttons, cards, chips: each with a name that a blind person hears and a test finds."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from ui.look import controls, icons, theme
from ui.look.hands import ByEnter
from ui.look.i18n import tr
from ui.look.style import PRIMARY
from ui.look.theme import Role, colour, unit


def label(text: str, size: str = "body", role: Role = Role.TEXT, *, bold: bool = False, wrap: bool = False) -> QLabel:
    """A line of text in a role's colour, following the theme."""
    made = _Label(text, size, role, bold=bold)
    made.setWordWrap(wrap)
    made.setTextFormat(Qt.TextFormat.PlainText)
    return made


class _Label(QLabel):
    def __init__(self, text: str, size: str, role: Role, *, bold: bool) -> None:
        super().__init__(tr(text))
        self._size, self._role, self._bold = size, role, bold
        self._dress()
        theme.theme.changed.connect(self._dress)

    def _dress(self) -> None:
        self.setFont(theme.font(self._size, bold=self._bold))
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.WindowText, colour(self._role))
        self.setPalette(palette)

    def setText(self, text: str) -> None:
        """Other words."""
        super().setText(tr(text))

    def set_role(self, role: Role) -> None:
        """Another role from now on."""
        self._role = role
        self._dress()


def elided(text: str, size: str = "body", role: Role = Role.TEXT) -> QLabel:
    """As `label`, for one line that may be made narrower: it ends in dots then, and a tooltip tells the rest."""
    return _Elided(text, size, role, bold=False)


class _Elided(_Label):
    def minimumSizeHint(self) -> QSize:
        """A few letters."""
        return QSize(
            min(super().sizeHint().width(), self.fontMetrics().horizontalAdvance("中中中中")),
            super().sizeHint().height(),
        )

    def setText(self, text: str) -> None:
        """Other words."""
        super().setText(text)
        self._tell_cut()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or fewer of them."""
        super().resizeEvent(event)
        self._tell_cut()

    def _fitting(self) -> str:
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())

    def _tell_cut(self) -> None:
        self.setToolTip(self.text() if self._fitting() != self.text() else "")

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The words as far as they fit."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._fitting())
        painter.end()


def set_role(made: QLabel, role: Role) -> None:
    """Give a `label` another role."""
    if isinstance(made, _Label):
        made.set_role(role)


def mnemonic(text: str) -> str:
    """The letter that Alt presses: "P" of 打印(&P)."""
    _, found, rest = text.partition("&")
    return rest[:1].upper() if found else ""


def plain_words(text: str) -> str:
    """Without the mark of the letter: 打印 of 打印(&P)."""
    return text.split("(&", maxsplit=1)[0].replace("&", "").rstrip(" *")


def primary_button(text: str, name: str, icon: str = "") -> QPushButton:
    """The one button that a page is about."""
    made = _Button(text, name, icon, Role.ACCENT_TEXT)
    made.setProperty(PRIMARY, True)  # noqa: FBT003 - a property's value
    return made


def plain_button(text: str, name: str, icon: str = "") -> QPushButton:
    """Any other button."""
    return _Button(text, name, icon, Role.TEXT)


def quiet_button(text: str, name: str) -> QPushButton:
    """A small step beside something else: only its words are seen."""
    made = _Button(text, name, "", Role.ACCENT)
    made.setFlat(True)
    return made


def link_button(text: str, name: str) -> QPushButton:
    """A flat button that reads like a line of text; one that is too long ends in dots and tells the rest."""
    made = _Link(text, name)
    made.setFlat(True)
    return made


class _Button(ByEnter, QPushButton):
    def __init__(self, text: str, name: str, icon: str, role: Role) -> None:
        super().__init__(tr(text))
        self.setObjectName(name)
        self.setAccessibleName(plain_words(tr(text)))
        key = mnemonic(text)
        if key:
            self.setToolTip(f"Alt+{key}")
        self._icon, self._role = icon, role
        self._dress()
        theme.theme.changed.connect(self._dress)

    def _dress(self) -> None:
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.ButtonText, colour(self._role))
        palette.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole.ButtonText, colour(Role.MUTED))
        self.setPalette(palette)
        if self._icon:
            self.setIcon(icons.icon(self._icon, colour(self._role)))


class _Link(_Button):
    def __init__(self, text: str, name: str) -> None:
        super().__init__(text, name, "", Role.TEXT)
        self._whole = text
        self.setText("")
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As wide as the words; may be made narrower."""
        return QSize(self.fontMetrics().horizontalAdvance(self._whole) + 24, max(32, self.fontMetrics().height() + 10))

    def minimumSizeHint(self) -> QSize:
        """A few letters."""
        return QSize(self.fontMetrics().horizontalAdvance("中中中中"), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground of a flat button, then the words as far as they fit."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(colour(Role.ACCENT))
        room = self.rect().adjusted(8, 0, -8, 0)
        words = painter.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, room.width())
        self.setToolTip(self._whole if words != self._whole else "")
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
        painter.end()


def icon_button(icon: str, name: str, words: str) -> QToolButton:
    """A button that shows only a drawing; its words are its tooltip and its name."""
    return _IconButton(icon, name, words)


class _IconButton(ByEnter, QToolButton):
    def __init__(self, icon: str, name: str, words: str) -> None:
        super().__init__()
        self._icon = icon
        self.setObjectName(name)
        self.setAccessibleName(tr(words))
        self.setToolTip(tr(words))
        self._dress()
        theme.theme.changed.connect(self._dress)

    def _dress(self) -> None:
        self.setIcon(icons.icon(self._icon, colour(Role.TEXT)))


class Card(QFrame):
    """A sheet of surface with a title, in which things stand together."""

    def __init__(self, title: str = "") -> None:
        super().__init__()
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(unit() * 4, unit() * 3, unit() * 4, unit() * 4)
        self.body.setSpacing(unit() * 2)
        if title:
            self.body.addWidget(label(title, "title", bold=True))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A rounded sheet with a hairline."""
        painter = QPainter(self)
        edge = QPen(colour(Role.LINE), 1)
        controls.rounded(painter, QRectF(self.rect()), colour(Role.SURFACE), edge, controls.SHEET)
        painter.end()


class Chip(QWidget):
    """A state: icon, word and colour together, so that none has to speak alone."""

    def __init__(self, text: str = "", role: Role = Role.ACCENT, icon: str = "") -> None:
        super().__init__()
        self._text, self._role, self._icon = tr(text), role, icon
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.theme.changed.connect(self.updateGeometry)
        self.setAccessibleName(self._text)

    def set(self, text: str, role: Role, icon: str = "") -> None:
        """Show another state."""
        self._text, self._role, self._icon = tr(text), role, icon
        self.setAccessibleName(self._text)
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        """The word shown."""
        return self._text

    def sizeHint(self) -> QSize:
        """As wide as icon and word need."""
        metrics = self.fontMetrics()
        wide = metrics.horizontalAdvance(self._text) + metrics.height() + (metrics.height() if self._icon else 0)
        return QSize(wide, round(metrics.height() * 1.35))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A soft pill."""
        painter = QPainter(self)
        paint_chip(painter, QRectF(self.rect()), self._text, self._role, self._icon)
        painter.end()


SOFT = {
    Role.ACCENT: Role.ACCENT_SOFT,
    Role.OK: Role.OK_SOFT,
    Role.WARN: Role.WARN_SOFT,
    Role.DANGER: Role.DANGER_SOFT,
    Role.WAITING: Role.WAITING_SOFT,
}


def paint_chip(painter: QPainter, rect: QRectF, text: str, role: Role, icon: str) -> None:
    """Draw a chip in `rect`; the table's delegate uses it too."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(SOFT.get(role, Role.ACCENT_SOFT)))
    painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
    height = painter.fontMetrics().height()
    left = rect.left() + height * 0.5
    if icon:
        side = round(height * 0.85)
        image = icons.pixmap(icon, colour(role).name(), side, painter.device().devicePixelRatioF())
        painter.drawPixmap(round(left), round(rect.center().y() - side / 2), image)
        left += height
    painter.setPen(colour(role))
    room = QRectF(left, rect.top(), rect.right() - left, rect.height())
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)


def row(*parts: QWidget | None, spacing: int = 2) -> QWidget:
    """Widgets side by side; None is a stretch."""
    made = QWidget()
    line = QHBoxLayout(made)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(unit() * spacing)
    for part in parts:
        if part is None:
            line.addStretch(1)
        else:
            line.addWidget(part)
    return made


def in_the_middle(page: QWidget, card: QWidget) -> None:
    """Lay `page` out with nothing but `card`, a little above its middle."""
    box, line = QVBoxLayout(page), QHBoxLayout()  # a card that is aligned is not asked how high its words are
    box.addStretch(1)
    line.addStretch(1)
    line.addWidget(card)
    line.addStretch(1)
    box.addLayout(line)
    box.addStretch(2)


class EmptyState(QWidget):
    """What a page shows when there is nothing: a drawing, a sentence, the next thing to do."""

    def __init__(self, icon: str, text: str, button: QPushButton | None = None) -> None:
        super().__init__()
        box = QVBoxLayout(self)
        box.setSpacing(unit() * 3)
        box.addStretch(1)
        self._picture, self._icon = QLabel(), icon
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.words = label(text, "body", Role.MUTED, wrap=True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        box.addWidget(self._picture)
        box.addWidget(self.words)
        if button is not None:
            box.addWidget(button, 0, Qt.AlignmentFlag.AlignCenter)
        box.addStretch(2)
        self._dress()
        theme.theme.changed.connect(self._dress)

    def _dress(self) -> None:
        self._picture.setPixmap(icons.pixmap(self._icon, colour(Role.MUTED).name(), 48, 2.0))
