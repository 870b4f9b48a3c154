"""Colours as roles, type as one number, spacing as a unit: the only place where either is decided.

No application style sheet: with one set, a later font change would reach no widget. A palette and one style do it all.
"""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetricsF, QPalette
from PySide6.QtWidgets import QApplication

import resources
from desk.words.font_files import ui_font_files
from ui.look import hands
from ui.look.style import DeskStyle


class Role(StrEnum):
    """What a colour is for."""

    TEXT = "text"
    MUTED = "muted"
    WINDOW = "window"
    SURFACE = "surface"
    SURFACE_ALT = "surface_alt"
    LINE = "line"
    EDGE = "edge"  # the border of a control: 3:1 against the surface
    ACCENT = "accent"
    ACCENT_TEXT = "accent_text"
    ACCENT_SOFT = "accent_soft"
    OK = "ok"
    OK_SOFT = "ok_soft"
    WARN = "warn"
    WARN_SOFT = "warn_soft"
    DANGER = "danger"
    DANGER_SOFT = "danger_soft"
    WAITING = "waiting"
    WAITING_SOFT = "waiting_soft"
    FOCUS = "focus"
    SIDE = "side"  # the navigation
    SIDE_TEXT = "side_text"


LIGHT: dict[Role, str] = {
    Role.TEXT: "#17252A", Role.MUTED: "#4D5F66", Role.WINDOW: "#F3F6F7", Role.SURFACE: "#FFFFFF",
    Role.SURFACE_ALT: "#F7F9FA", Role.LINE: "#D9E0E3", Role.EDGE: "#7F9097", Role.ACCENT: "#0B5563",
    Role.ACCENT_TEXT: "#FFFFFF", Role.ACCENT_SOFT: "#E1EFF2", Role.OK: "#1C6B3C", Role.OK_SOFT: "#E3F3E8",
    Role.WARN: "#7A4D00", Role.WARN_SOFT: "#FDF1D8", Role.DANGER: "#A3231C", Role.DANGER_SOFT: "#FBE6E4",
    Role.WAITING: "#3B4C9B", Role.WAITING_SOFT: "#E8EBF8", Role.FOCUS: "#C76A00", Role.SIDE: "#0B3F4A",
    Role.SIDE_TEXT: "#E6F1F3",
}  # fmt: skip
DARK: dict[Role, str] = {
    Role.TEXT: "#E8EEF0", Role.MUTED: "#A9B7BC", Role.WINDOW: "#12191C", Role.SURFACE: "#1B2428",
    Role.SURFACE_ALT: "#202B30", Role.LINE: "#344249", Role.EDGE: "#7C8E96", Role.ACCENT: "#6FC3D2",
    Role.ACCENT_TEXT: "#06262C", Role.ACCENT_SOFT: "#1C3A41", Role.OK: "#7FD3A0", Role.OK_SOFT: "#17362A",
    Role.WARN: "#F0C36B", Role.WARN_SOFT: "#3A2F16", Role.DANGER: "#F3A39C", Role.DANGER_SOFT: "#43211F",
    Role.WAITING: "#AFBBF2", Role.WAITING_SOFT: "#262D4B", Role.FOCUS: "#F2A945", Role.SIDE: "#0E1C20",
    Role.SIDE_TEXT: "#DCE9EC",
}  # fmt: skip

BASE_POINTS = 10.5
SCALES = {"standard": 1.0, "large": 1.25, "largest": 1.5}
_SIZES = {"small": 0.9, "body": 1.0, "title": 1.25, "heading": 1.6, "number": 1.0}


class _Theme(QObject):
    """The look now in force; `changed` after it was changed."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.colours = LIGHT
        self.scale = 1.0
        self.family = ""


theme = _Theme()
# What the first face lacks: Mongolian, then rare Han characters where the system has them.
_FALLBACKS = ("Noto Sans Mongolian", "HanaMinA", "HanaMinB", "BabelStone Han")


def colour(role: Role) -> QColor:
    """The colour of `role` now."""
    return QColor(theme.colours[role])


_units: dict[tuple[str, float], int] = {}
_faces: dict[tuple[str, float, str, bool], QFont] = {}


def unit() -> int:
    """A quarter of a line of body text: every margin is a multiple of it."""
    key = theme.family, theme.scale
    if key not in _units:  # every widget asks, at each laying out
        _units[key] = max(4, round(QFontMetricsF(font()).height() / 4))
    return _units[key]


def font(size: str = "body", *, bold: bool = False) -> QFont:
    """The screen's face in one of five sizes."""
    key = theme.family, theme.scale, size, bold
    if key not in _faces:
        _faces[key] = _face(size, bold=bold)
    return QFont(_faces[key])  # the caller's own


def _face(size: str, *, bold: bool) -> QFont:
    made = QFont()
    if theme.family:
        made.setFamilies([theme.family, *_FALLBACKS])
    made.setPointSizeF(BASE_POINTS * theme.scale * _SIZES[size])
    made.setBold(bold)
    if size == "number":
        made.setStyleHint(QFont.StyleHint.Monospace)
    return made


def apply(app: QApplication, mode: str = "light", scale: float = 1.0) -> None:
    """Put a look on the whole application: "light", "dark" or "system", and the size of type."""
    dark = mode == "dark" or (mode == "system" and app.styleHints().colorScheme() is Qt.ColorScheme.Dark)
    theme.colours = DARK if dark else LIGHT
    theme.scale = DeskStyle.scale = scale
    _units.clear()  # the screen may be another one
    _faces.clear()
    if not theme.family:
        theme.family = _family()
        app.setStyle(DeskStyle())
        hands.keep_focus_in_sight(app)
        hands.Undoing(app)
    app.setPalette(_palette())
    app.setFont(font())
    theme.changed.emit()


def _family() -> str:
    """The screen's face; the Mongolian one comes with it."""
    families = [
        name
        for path in (*ui_font_files(), resources.path("fonts/NotoSansMongolian-Regular.ttf"))
        for name in QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(path)))
    ]
    return families[0] if families else QFont().family()


def _palette() -> QPalette:
    palette = QPalette()
    roles = QPalette.ColorRole
    for at, role in (
        (roles.Window, Role.WINDOW),
        (roles.WindowText, Role.TEXT),
        (roles.Base, Role.SURFACE),
        (roles.AlternateBase, Role.SURFACE_ALT),
        (roles.Text, Role.TEXT),
        (roles.Button, Role.SURFACE),
        (roles.ButtonText, Role.TEXT),
        (roles.Highlight, Role.ACCENT),
        (roles.HighlightedText, Role.ACCENT_TEXT),
        (roles.PlaceholderText, Role.MUTED),
        (roles.ToolTipBase, Role.SURFACE),
        (roles.ToolTipText, Role.TEXT),
        (roles.Link, Role.ACCENT),
        (roles.Mid, Role.EDGE),
        (roles.Midlight, Role.LINE),
        (roles.Accent, Role.ACCENT),
    ):
        palette.setColor(at, colour(role))
    for at in (roles.Text, roles.WindowText, roles.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, at, colour(Role.MUTED))
    return palette
