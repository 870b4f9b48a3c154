"""What is said to fcitx over the session bus: an input context, keys, where the caret stands; and what comes back.

Spoken by hand, for PySide's QtDBus sends no unsigned numbers and Qt has no plugin for fcitx. fcitx 5, and fcitx 4 from
4.2.9, answer to org.fcitx.Fcitx.InputMethod1; where that is off, to the older org.fcitx.Fcitx.InputMethod.
"""

from __future__ import annotations

import contextlib
import os
from collections import deque
from collections.abc import Iterator
from typing import Any, NamedTuple

from jeepney import DBusAddress, DBusErrorResponse, MatchRule, Message, MessageType, message_bus, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection
from jeepney.low_level import HeaderFields, MessageFlag

_PATIENCE = 0.5  # seconds that a key may wait; a hanging input method must not hold the program
_PROGRAM = "daiban-desk"
# Half-typed text is shown in the field, in parts with formats, and kept by the program when the focus goes.
_ABILITIES = 1 << 1 | 1 << 4 | 1 << 5
# What goes wrong on a bus: nobody there, no answer in time, an answer that is none.
ERRORS = (OSError, EOFError, ValueError, LookupError, TypeError, RuntimeError, DBusErrorResponse)


class Committed(NamedTuple):
    """Text that is chosen."""

    text: str


class Preedit(NamedTuple):
    """Text that is not chosen yet, in parts with their format bits; `caret` in bytes of UTF-8, below 0 for none."""

    parts: tuple[tuple[str, int], ...]
    caret: int


class Forwarded(NamedTuple):
    """A key that the input method gives back: keysym, state, whether it was let go."""

    symbol: int
    state: int
    released: bool


Said = Committed | Preedit | Forwarded


class _Tongue(NamedTuple):
    """One of the two ways to speak."""

    interface: str
    abilities: tuple[str, str]
    key: str


_NEW = _Tongue("org.fcitx.Fcitx.InputContext1", ("SetCapability", "t"), "uuubu")
_OLD = _Tongue("org.fcitx.Fcitx.InputContext", ("SetCapacity", "u"), "uuuiu")


def display_number(display: str) -> int:
    """The number in DISPLAY, 0 for none: fcitx 4 has it in its name."""
    number = display.rpartition(":")[2].partition(".")[0]
    return int(number) if number.isdecimal() else 0


class Bus:
    """The session bus. Raises one of `ERRORS` where there is none."""

    def __init__(self) -> None:
        usual = f"unix:path={os.environ.get('XDG_RUNTIME_DIR', '')}/bus"
        address = os.environ.get("DBUS_SESSION_BUS_ADDRESS") or usual
        self.connection: DBusConnection = open_dbus_connection(address, auth_timeout=_PATIENCE)

    def close(self) -> None:
        """Leave it."""
        self.connection.close()

    def ask(self, message: Message) -> tuple[Any, ...]:
        """The answer's values; OSError for an error and for no answer in time (TimeoutError)."""
        answer = self.connection.send_and_get_reply(message, timeout=_PATIENCE)
        if answer.header.message_type is MessageType.error:
            raise OSError(answer.header.fields.get(HeaderFields.error_name, "error"))
        return tuple(answer.body)

    def process(self, name: str) -> int:
        """The process that has a name, 0 for none; starts nobody. One may have several names by several connections."""
        with contextlib.suppress(OSError):
            return int(self.ask(message_bus.GetConnectionUnixProcessID(name))[0])
        return 0


class InputContext:
    """One text field's side of fcitx; raises one of `ERRORS` where no fcitx answers, and later when it went away."""

    def __init__(self) -> None:
        self._bus = Bus()
        self._heard: deque[Message] = deque()
        self._caret: tuple[int, ...] = ()
        try:
            self._address, self._tongue = self._new() or self._old()
            rule = MatchRule(type="signal", interface=self._tongue.interface, path=self._address.object_path)
            self._bus.ask(message_bus.AddMatch(rule))
            self._bus.connection.filter(rule, queue=self._heard)
            self._tell(*self._tongue.abilities, (_ABILITIES,))
        except ERRORS:
            self._bus.close()
            raise

    def _new(self) -> tuple[DBusAddress, _Tongue] | None:
        name = "org.freedesktop.portal.Fcitx"
        if not self._bus.process(name):
            return None
        at = DBusAddress("/org/freedesktop/portal/inputmethod", name, "org.fcitx.Fcitx.InputMethod1")
        about = [("program", _PROGRAM), ("display", "x11:")]
        path, _uuid = self._bus.ask(new_method_call(at, "CreateInputContext", "a(ss)", (about,)))
        return DBusAddress(path, name, _NEW.interface), _NEW

    def _old(self) -> tuple[DBusAddress, _Tongue]:
        name = f"org.fcitx.Fcitx-{display_number(os.environ.get('DISPLAY', ''))}"
        at = DBusAddress("/inputmethod", name, "org.fcitx.Fcitx.InputMethod")
        if not self._bus.process(name):
            raise OSError(name)
        number = self._bus.ask(new_method_call(at, "CreateICv3", "si", (_PROGRAM, os.getpid())))[0]
        return DBusAddress(f"/inputcontext_{number}", name, _OLD.interface), _OLD

    def close(self) -> None:
        """Give it up; fcitx forgets whoever left the bus."""
        self._bus.close()

    def fileno(self) -> int:
        """Readable when fcitx says something by itself."""
        return int(self._bus.connection.sock.fileno())

    # -- said to it -----------------------------------------------------------------------------------------------

    def key(self, symbol: int, code: int, state: int, *, released: bool, time: int) -> bool:
        """Whether fcitx takes the key: X keysym, X key code, X modifiers, milliseconds."""
        let_go: bool | int = released if self._tongue is _NEW else int(released)
        values = (symbol, code, state, let_go, time & 0xFFFFFFFF)
        message = new_method_call(self._address, "ProcessKeyEvent", self._tongue.key, values)
        return bool(self._bus.ask(message)[0])

    def focus(self, *, there: bool) -> None:
        """The field has the focus, or has lost it."""
        self._tell("FocusIn" if there else "FocusOut")

    def reset(self) -> None:
        """Forget what is half typed."""
        self._tell("Reset")

    def caret(self, x: int, y: int, width: int, height: int) -> None:
        """Where the candidates are to be shown, in pixels of the screen."""
        if self._caret != (x, y, width, height):
            self._caret = (x, y, width, height)
            self._tell("SetCursorRect", "iiii", self._caret)

    def _tell(self, name: str, signature: str | None = None, values: tuple[Any, ...] = ()) -> None:
        message = new_method_call(self._address, name, signature, values)
        message.header.flags |= MessageFlag.no_reply_expected
        self._bus.connection.send(message)

    # -- heard from it --------------------------------------------------------------------------------------------

    def heard(self) -> Iterator[Said]:
        """What fcitx said since, in its order; does not wait."""
        with contextlib.suppress(TimeoutError):
            while True:
                self._bus.connection.recv_messages(timeout=0)
        while self._heard:
            said = _said(self._heard.popleft())
            if said is not None:
                yield said


def _said(message: Message) -> Said | None:
    match message.header.fields.get(HeaderFields.member), *message.body:
        case "CommitString", str(text):
            return Committed(text)
        case "UpdateFormattedPreedit", list(parts), int(caret):
            return Preedit(tuple((str(text), int(form)) for text, form in parts), caret)
        case "UpdatePreedit", str(text), int(caret):
            return Preedit(((text, 0),), caret)
        case "ForwardKey", int(symbol), int(state), released:
            return Forwarded(symbol, state, bool(released))
    return None
