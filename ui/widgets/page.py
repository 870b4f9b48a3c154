"""What every page is, and what the window gives it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtWidgets import QFrame, QLayout, QScrollArea, QVBoxLayout, QWidget

from ui import tasks
from ui.changes import Changes
from ui.look.flow import Flow
from ui.look.i18n import tr
from ui.look.theme import unit
from ui.widgets.basic import label
from ui.widgets.hold import hold_of
from ui.widgets.steady import SteadyArea

if TYPE_CHECKING:
    from desk.app.open_desk import Desk  # the login page, which has no desk yet, loads none of it


_DRAWN = 200  # ms after which a page that is shown has been drawn


class Shell(Protocol):
    """What a page may ask of the window."""

    def open(self, key: str, **facts: Any) -> None:
        """Go to a page."""

    def toast(self, text: str, *actions: tuple[str, Callable[[], None]]) -> None:
        """Say that something is done."""

    def changed(self, what: Changes) -> None:
        """Tell every page what changed."""

    def error(self, what: Exception) -> None:
        """Tell what went wrong."""


class Page(QWidget):
    """A page: made once, on its first showing; `activate` each time it is shown."""

    key = ""
    title = ""
    concerns = Changes.NOTHING  # what makes the page look again while it is shown

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self.desk, self.shell = desk, shell
        self._hold = hold_of(self)
        self.setObjectName(f"page-{self.key}")
        self.setAccessibleName(tr(self.title))
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(unit() * 6, unit() * 5, unit() * 6, unit() * 5)
        self.box.setSpacing(unit() * 3)

    def head(self, *right: QWidget) -> None:
        """The page's title, with something at its right; in a narrow window below it."""
        self.box.addWidget(Flow(label(self.title, "heading", bold=True), None, *right))

    def activate(self, **facts: Any) -> None:
        """The page is shown, with what it should show."""

    def heard(self, what: Changes) -> None:
        """Something changed while the page is shown; at each showing `activate` looks anyway."""
        if what & self.concerns:
            self.changed()

    def changed(self) -> None:
        """Look again."""

    def held(self) -> bool:
        """Whether work of this page is under way: nothing on it may be changed until it ends."""
        return self._hold.held()

    def when_free(self, act: Callable[[], object]) -> None:
        """Do `act` now, or after the work that is under way."""
        self._hold.when_free(act)

    def leave(self) -> None:
        """Another page is shown."""

    def lead_on(self) -> None:
        """A case begins here: load, beside the window, what its first search, number and paper would wait for."""
        QTimer.singleShot(_DRAWN, self, lambda: tasks.read(self, self.desk.warm, lambda _none: None))


def shell_of(widget: QWidget) -> Shell | None:
    """The window's shell for the page around `widget`, dialogs included; None before there are pages."""
    around: QWidget | None = widget
    while around is not None:
        if isinstance(around, Page):
            return around.shell
        around = around.parentWidget()
    return None


def desk_of(widget: QWidget) -> Desk | None:
    """The open desk that `widget` stands in: its page's, its dialog's or its window's; None before there is one."""
    from desk.app.open_desk import Desk

    around: QWidget | None = widget
    while around is not None:
        desk = getattr(around, "desk", None)
        if isinstance(desk, Desk):
            return desk
        around = around.parentWidget()
    return None


def dropped(widget: QWidget) -> None:
    """Out of sight at once; deleted when Qt comes to it."""
    widget.hide()
    widget.deleteLater()


def emptied(layout: QLayout) -> None:
    """Take everything out of a layout."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            dropped(widget)


class _Scrolled(SteadyArea):
    """Never narrower than what stands in it: it scrolls up and down, and whatever is around scrolls the other way."""

    def minimumSizeHint(self) -> QSize:
        """A few lines, in full width."""
        inner = self.widget()
        wide = inner.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width() if inner is not None else 0
        across = self.horizontalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        return QSize(wide if across else unit() * 12, unit() * 24)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What stands in it may need more room than before."""
        if event.type() is QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)


def scrolled(inner: QWidget, name: str) -> QScrollArea:
    """`inner` in an area that scrolls up and down only."""
    area = _Scrolled()
    area.setObjectName(name)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(inner)
    inner.setAutoFillBackground(False)
    return area


def around(page: QWidget, name: str) -> QScrollArea:
    """A page in an area that scrolls only where the window is smaller than anything on the page can be made."""
    area = scrolled(page, name)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area
