"""Typing with fcitx where Qt has no plugin for it: keys of the field that has the focus go to fcitx first, and what it
says becomes input-method events of that field, as a plugin's would."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QEvent, QObject, QSocketNotifier, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent, QPalette, QTextCharFormat
from PySide6.QtWidgets import QApplication, QWidget

from ui.devices import fcitx, half_typed
from ui.devices.fcitx import Committed, Forwarded, InputContext, Preedit

log = logging.getLogger("ui.typing")
_AGAIN = 3.0  # seconds before fcitx is looked for again; it may start after the program
_CHOSEN = 1 << 4  # format bit: this part is what the next key changes
_STATES = (
    (1 << 0, Qt.KeyboardModifier.ShiftModifier),
    (1 << 2, Qt.KeyboardModifier.ControlModifier),
    (1 << 3, Qt.KeyboardModifier.AltModifier),
)
_KEYS = {
    0xFF08: Qt.Key.Key_Backspace, 0xFF09: Qt.Key.Key_Tab, 0xFF0D: Qt.Key.Key_Return, 0xFF1B: Qt.Key.Key_Escape,
    0xFF50: Qt.Key.Key_Home, 0xFF51: Qt.Key.Key_Left, 0xFF52: Qt.Key.Key_Up, 0xFF53: Qt.Key.Key_Right,
    0xFF54: Qt.Key.Key_Down, 0xFF55: Qt.Key.Key_PageUp, 0xFF56: Qt.Key.Key_PageDown, 0xFF57: Qt.Key.Key_End,
    0xFFFF: Qt.Key.Key_Delete,
}  # fmt: skip


class FcitxBridge(QObject):
    """One for the application. Without fcitx it does nothing and looks again at times."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._field: QObject | None = None
        self._context: InputContext | None = None
        self._notifier: QSocketNotifier | None = None
        self._look_at = 0.0
        self._answered: tuple[tuple[int, int], bool] | None = None
        self._forwarding = False
        half_typed.watch(app).settled.connect(self._reset)
        app.focusObjectChanged.connect(self._follow)
        app.inputMethod().cursorRectangleChanged.connect(self._tell_caret)
        self._follow(app.focusObject())

    # -- the field ------------------------------------------------------------------------------------------------

    def _follow(self, field: QObject | None) -> None:
        if self._field is not None and shiboken6.isValid(self._field):
            self._field.removeEventFilter(self)
        self._field, self._answered = field, None
        if field is not None:
            field.installEventFilter(self)
        writes = _writes(field)
        context = self._there() if writes else self._context
        if context is not None:
            self._try(lambda: context.focus(there=writes))
            self._tell_caret()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A key that fcitx takes ends here; asked before shortcuts are looked up, as plugins are."""
        if watched is not self._field or not isinstance(event, QKeyEvent) or self._forwarding:
            return False
        match event.type():
            case QEvent.Type.ShortcutOverride:
                taken = self._ask(event)
                self._answered = ((event.timestamp(), event.nativeScanCode()), taken)
                event.setAccepted(taken)
                return taken
            case QEvent.Type.KeyPress:
                answered, self._answered = self._answered, None
                if answered is not None and answered[0] == (event.timestamp(), event.nativeScanCode()):
                    return answered[1]
                return self._ask(event)
            case QEvent.Type.KeyRelease:
                return self._ask(event)
        return False

    def _ask(self, event: QKeyEvent) -> bool:
        context = self._there() if event.nativeVirtualKey() and _writes(self._field) else None
        if context is None:
            return False
        released = event.type() is QEvent.Type.KeyRelease
        symbol, code, state = event.nativeVirtualKey(), event.nativeScanCode(), event.nativeModifiers()
        try:
            taken = context.key(symbol, code, state, released=released, time=event.timestamp())
        except fcitx.ERRORS as error:
            self._lose(error)
            return False
        self._listen()
        return taken

    # -- fcitx ----------------------------------------------------------------------------------------------------

    def _there(self) -> InputContext | None:
        now = time.monotonic()
        if self._context is None and now >= self._look_at:
            self._look_at = now + _AGAIN
            try:
                self._meet(InputContext())
            except fcitx.ERRORS as error:
                log.info("no fcitx: %s", type(error).__name__)
        return self._context

    def _meet(self, context: InputContext) -> None:
        self._context = context
        self._notifier = QSocketNotifier(context.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._listen)
        self._try(lambda: context.focus(there=True))
        self._tell_caret()

    def _lose(self, error: Exception) -> None:
        log.info("fcitx is gone: %s", type(error).__name__)
        context, self._context = self._context, None
        if self._notifier is not None:
            self._notifier.setEnabled(False)
            self._notifier.deleteLater()
            self._notifier = None
        if context is not None:
            context.close()

    def _try(self, tell: Callable[[], None]) -> None:
        try:
            tell()
        except fcitx.ERRORS as error:
            self._lose(error)

    def _reset(self) -> None:
        if self._context is not None:
            self._try(self._context.reset)

    def _tell_caret(self) -> None:
        window, context = QGuiApplication.focusWindow(), self._context
        at = QGuiApplication.inputMethod().cursorRectangle().toRect()
        if window is None or context is None or not at.isValid():
            return
        scale, corner = window.devicePixelRatio(), window.screen().geometry().topLeft()
        place = (window.mapToGlobal(at.topLeft()) - corner) * scale + corner
        size = at.size() * scale
        self._try(lambda: context.caret(place.x(), place.y(), size.width(), size.height()))

    def _listen(self) -> None:
        if self._context is None:
            return
        try:
            said = list(self._context.heard())
        except fcitx.ERRORS as error:
            self._lose(error)
            return
        for one in said:
            self._pass_on(one)

    def _pass_on(self, said: fcitx.Said) -> None:
        if self._field is None or not shiboken6.isValid(self._field):
            return
        match said:
            case Committed(text):
                event = QInputMethodEvent()
                event.setCommitString(text)
                QApplication.sendEvent(self._field, event)
            case Preedit():
                QApplication.sendEvent(self._field, _shown(said))
            case Forwarded():
                self._forwarding = True
                QApplication.sendEvent(self._field, _key(said))
                self._forwarding = False


def _writes(field: QObject | None) -> bool:
    """Whether the field takes text; what is typed into a hidden one is no input method's."""
    if not isinstance(field, QWidget) or not shiboken6.isValid(field):
        return False
    if not field.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled):
        return False
    hidden = field.inputMethodHints() & Qt.InputMethodHint.ImhHiddenText
    return bool(field.inputMethodQuery(Qt.InputMethodQuery.ImEnabled)) and not hidden


def _shown(preedit: Preedit) -> QInputMethodEvent:
    text, attributes = "", []
    kind = QInputMethodEvent.AttributeType
    for part, form in preedit.parts:
        length = _units(part)
        attributes.append(QInputMethodEvent.Attribute(kind.TextFormat, _units(text), length, _format(form)))
        text += part
    caret = _units(text.encode()[: max(0, preedit.caret)].decode(errors="ignore"))
    attributes.append(QInputMethodEvent.Attribute(kind.Cursor, caret, int(preedit.caret >= 0), None))
    return QInputMethodEvent(text, attributes)


def _units(text: str) -> int:
    """Qt counts UTF-16."""
    return len(text.encode("utf-16-le")) // 2


def _format(form: int) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setFontUnderline(True)
    if form & _CHOSEN:
        palette = QGuiApplication.palette()
        made.setBackground(palette.brush(QPalette.ColorRole.Highlight))
        made.setForeground(palette.brush(QPalette.ColorRole.HighlightedText))
    return made


def _key(said: Forwarded) -> QKeyEvent:
    text = chr(said.symbol) if 0x20 <= said.symbol < 0x7F else ""
    modifiers = Qt.KeyboardModifier.NoModifier
    for bit, modifier in _STATES:
        if said.state & bit:
            modifiers |= modifier
    kind = QEvent.Type.KeyRelease if said.released else QEvent.Type.KeyPress
    return QKeyEvent(
        kind, _KEYS.get(said.symbol, Qt.Key(ord(text.upper())) if text else Qt.Key.Key_unknown), modifiers, text
    )
