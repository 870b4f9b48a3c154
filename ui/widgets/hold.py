"""A page or a dialog while its work runs: nothing typed or pressed there counts, and the focus comes back after."""

from __future__ import annotations

from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QWidget

_SOON = 300  # ms before the widget is drawn as held: what ends sooner should not flicker


class Hold(QObject):
    """The hold on one widget. Works may overlap: it is free again when the last of them ended."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._widget = widget
        self._works = 0
        self._parts: list[QWidget] = []
        self._focus: QWidget | None = None
        self._later: list[Callable[[], object]] = []
        self._seen = QTimer(self)
        self._seen.setSingleShot(True)
        self._seen.setInterval(_SOON)
        self._seen.timeout.connect(lambda: self._widget.setUpdatesEnabled(True))

    def held(self) -> bool:
        """Whether work is under way."""
        return self._works > 0

    def begin(self) -> None:
        """Work begins: every control is disabled before the next event."""
        self._works += 1
        if self._works > 1:
            return
        focus = self._widget.window().focusWidget()
        self._focus = focus if focus is not None and self._widget.isAncestorOf(focus) else None
        if self._focus is not None:  # the window keeps it: where nobody has it, Qt gives it to the first when it can
            self._widget.window().setFocus(Qt.FocusReason.OtherFocusReason)
        self._parts = _parts(self._widget)
        self._widget.setUpdatesEnabled(False)
        for part in self._parts:
            part.setEnabled(False)
        self._seen.start()

    def end(self) -> None:
        """Work ended: free again, the focus where it was unless somebody took it elsewhere."""
        self._works -= 1
        if self._works:
            return
        self._seen.stop()
        for part in self._parts:
            if shiboken6.isValid(part):
                part.setEnabled(True)
        self._widget.setUpdatesEnabled(True)
        focus, self._focus = self._focus, None
        window = self._widget.window()
        if focus is not None and window.focusWidget() in (None, window):
            focus = focus if shiboken6.isValid(focus) and focus.isVisible() and focus.isEnabled() else self._widget
            focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def when_free(self, act: Callable[[], object]) -> None:
        """Do `act` now, or after what is under way ended and was shown."""
        if self.held():
            self._later.append(act)
        else:
            act()

    def catch_up(self) -> None:
        """Do what was put off, unless new work began."""
        while self._later and not self.held():
            self._later.pop(0)()


def _parts(widget: QWidget) -> list[QWidget]:
    """What is disabled: a page as it is; of a dialog what stands in it, for it still gets the keys that are let go."""
    if not widget.isWindow():
        return [widget]
    children = [one for one in widget.children() if isinstance(one, QWidget)]
    return [one for one in children if not one.isWindow() and one.isEnabled()]


def hold_of(widget: QWidget) -> Hold:
    """The one hold on `widget`."""
    made = widget.findChild(Hold, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return made if isinstance(made, Hold) else Hold(widget)
