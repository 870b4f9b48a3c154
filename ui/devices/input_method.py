"""Which way Chinese is typed. Qt's wheel knows ibus alone; most Chinese desktops run fcitx.

fcitx 5 also answers as ibus on the session bus: Qt's own plugin then talks to it, by the portal's name, which needs no
ibus installed. For fcitx 4, and where that front end is off, there is a bridge. A choice that works is left alone.
"""

from __future__ import annotations

import contextlib
import enum
import os
import sys
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QLibraryInfo
from PySide6.QtWidgets import QApplication

_OURS = ("QT_IM_MODULE", "QT_IM_MODULES", "IBUS_USE_PORTAL")


class Way(enum.Enum):
    """How keys become characters."""

    AS_IT_IS = "as it is"
    IBUS_OF_FCITX = "fcitx as ibus"
    BRIDGE = "bridge"


class Running(NamedTuple):
    """Who is on the session bus. `front_end`: fcitx answers as ibus."""

    ibus: bool = False
    fcitx: bool = False
    front_end: bool = False


def way(environment: Mapping[str, str], running: Running, plugins: Collection[str]) -> Way:
    """The way for what the desktop asks for, what runs and what Qt has plugins for."""
    asked = _asked(environment)
    usable = next((one for one in asked if one in plugins), "")
    if (usable and usable != "ibus") or (usable == "ibus" and running.ibus):
        return Way.AS_IT_IS
    wants = any(
        "fcitx" in one for one in (*asked, environment.get("XMODIFIERS", ""), environment.get("GTK_IM_MODULE", ""))
    )
    if not wants and not usable and (running.ibus or environment.get("WAYLAND_DISPLAY")):
        return Way.AS_IT_IS  # Wayland's compositor brings the text itself
    if running.front_end:
        return Way.IBUS_OF_FCITX
    return Way.BRIDGE if running.fcitx or wants else Way.AS_IT_IS


def _asked(environment: Mapping[str, str]) -> list[str]:
    """Qt's own reading: the list counts before the single name."""
    several = [one for one in environment.get("QT_IM_MODULES", "").split(";") if one]
    return several or [one for one in [environment.get("QT_IM_MODULE", "")] if one]


def running() -> Running:
    """Ask the session bus, without Qt: this must be known before there is an application. Half a second at most."""
    from ui.devices import fcitx

    try:
        bus = fcitx.Bus()
    except fcitx.ERRORS:
        return Running()
    try:
        number = fcitx.display_number(os.environ.get("DISPLAY", ""))
        names = ("org.fcitx.Fcitx5", "org.freedesktop.portal.Fcitx", "org.fcitx.Fcitx", f"org.fcitx.Fcitx-{number}")
        five, *others = (bus.process(name) for name in names)
        ibus, portal = bus.process("org.freedesktop.IBus"), bus.process("org.freedesktop.portal.IBus")
        theirs = {five, *others} - {0}
        return Running(bool({ibus, portal} - theirs - {0}), bool(theirs), bool(five) and portal == five)
    except fcitx.ERRORS:
        return Running()
    finally:
        bus.close()


def _plugins() -> set[str]:
    """Names of the input plugins that Qt would find."""
    folders = [
        QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath),
        *os.environ.get("QT_PLUGIN_PATH", "").split(os.pathsep),
    ]
    files = [one for folder in folders if folder for one in Path(folder, "platforminputcontexts").glob("*plugin.so")]
    names = {
        one.name.removeprefix("lib").removesuffix("plugin.so").removesuffix("platforminputcontext") for one in files
    }
    return names | ({"fcitx"} if "fcitx5" in names else set())


def choose() -> Way:
    """The way on this machine, now."""
    screen = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    unseen = os.environ.get("QT_QPA_PLATFORM", "").startswith(("offscreen", "minimal"))
    if not sys.platform.startswith("linux") or not screen or unseen:
        return Way.AS_IT_IS
    return way(os.environ, running(), _plugins())


@contextlib.contextmanager
def prepared(chosen: Way) -> Iterator[None]:
    """Qt reads the environment when the application is made; what the program starts later inherits the user's."""
    before = {name: os.environ.get(name) for name in _OURS}
    if chosen is Way.IBUS_OF_FCITX:
        os.environ.pop("QT_IM_MODULES", None)
        os.environ |= {"QT_IM_MODULE": "ibus", "IBUS_USE_PORTAL": "1"}
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def serve(app: QApplication, chosen: Way) -> None:
    """After the application is made: what Qt cannot do itself."""
    if chosen is Way.BRIDGE:
        from ui.devices.fcitx_bridge import FcitxBridge

        FcitxBridge(app)
