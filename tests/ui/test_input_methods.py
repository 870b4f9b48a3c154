"""Chinese by real input methods: fcitx and ibus with pinyin, on an X server and a session bus of our own; and the
choice among the ways."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from chinese_desktop import Desktop, desktop, fcitx5_engine, missing, until

from ui.devices import input_method
from ui.devices.input_method import Running, Way, way

ROOT = Path(__file__).parent.parent.parent
PLACES = ("line", "cell", "dialog")
PLUGINS = {"ibus", "compose", "qtvirtualkeyboard"}


class Program:
    """The program's fields in a process on the desktop; keys come from the X server."""

    def __init__(self, on: Desktop, asks: Mapping[str, str]) -> None:
        self._on = on
        more = {"QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(ROOT), **asks}
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        self._process = on.start([sys.executable, ROOT / "tests" / "ui" / "typing_window.py"], more, **pipes)
        until(lambda: self.say("focus"), "the window has the keys")

    def say(self, word: str) -> object:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{word}\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        assert answer, (self._on.home / "python.log").read_text()
        return json.loads(answer)

    def texts(self) -> dict[str, str]:
        said = self.say("texts")
        assert isinstance(said, dict)
        return said

    def type(self, place: str, keys: str) -> None:
        """Type letter by letter as a person does, and choose the first candidate."""
        self.say(place)
        until(lambda: self.say("focus") in ("QLineEdit", "QExpandingLineEdit"), "a field")
        self._on.xdotool("type", "--delay", "60", keys)

    def retyped(self, place: str, keys: str) -> str:
        """What stands there after it was emptied and typed anew."""
        self.say("empty")
        self.type(place, keys)
        with contextlib.suppress(AssertionError):
            until(lambda: self.texts()[place] == "北京", "", 2)
        return self.texts()[place]

    def wake(self) -> None:
        """Until the input method has read its dictionaries; the first letters may pass it by."""
        until(lambda: self.retyped("line", "beijing ") == "北京", "the input method is awake")
        self.say("empty")

    def press(self, key: str) -> None:
        """One key."""
        self._on.xdotool("key", key)


needs_fcitx5 = pytest.mark.skipif(
    bool(missing("Xvfb", "xdotool", "dbus-daemon", "fcitx5")) or not fcitx5_engine(),
    reason="not installed: Xvfb, xdotool, dbus-daemon, fcitx5 or its rime with luna-pinyin",
)
needs_fcitx4 = pytest.mark.skipif(
    bool(missing("Xvfb", "xdotool", "dbus-daemon", "fcitx")), reason="not installed: fcitx 4, which excludes fcitx 5"
)
needs_ibus = pytest.mark.skipif(
    bool(missing("Xvfb", "xdotool", "dbus-daemon", "ibus-daemon"))
    or not Path("/usr/share/ibus/component/libpinyin.xml").exists(),
    reason="not installed: Xvfb, xdotool, dbus-daemon, ibus or its libpinyin",
)
FCITX = {"QT_IM_MODULE": "fcitx", "XMODIFIERS": "@im=fcitx"}


@pytest.fixture
def chinese(tmp_path: Path) -> Iterator[Desktop]:
    with desktop(tmp_path) as made:
        yield made


def type_everywhere(program: Program) -> None:
    for place in PLACES:
        program.type(place, "beijing ")
        if place == "cell":
            until(lambda: program.say("cell text") == "北京", "the editor of the cell")
            program.press("Return")
        until(lambda place=place: program.texts()[place] == "北京", f"北京 in the {place}: {program.texts()}")


def half_type_and_read(program: Program, shown: str) -> None:
    """`shown` is what this input method shows underlined for beijing."""
    program.type("line", "beijing")
    until(lambda: program.say("half") == shown, f"half-typed text: {program.say('half')}")
    program.press("F9")
    until(lambda: program.say("read") == shown, "what F9 read")
    program.type("line", "beijing ")
    until(lambda: program.texts()["line"] == f"{shown}北京", "the next word")


@needs_fcitx5
class TestFcitx:
    @pytest.mark.parametrize("asks", [FCITX, {}, {"QT_IM_MODULES": "wayland;fcitx"}], ids=["asked", "running", "list"])
    def test_fcitx_5_as_ibus(self, chinese: Desktop, asks: Mapping[str, str]) -> None:
        chinese.fcitx5()
        program = Program(chinese, asks | {"PATH": ""})  # no ibus is installed there
        assert program.say("way") == "fcitx as ibus"
        program.wake()
        type_everywhere(program)

    @pytest.mark.parametrize("off", [["ibusfrontend"], ["ibusfrontend", "dbusfrontend"]], ids=["fcitx 5", "as fcitx 4"])
    def test_by_the_bridge(self, chinese: Desktop, off: list[str]) -> None:
        chinese.fcitx5(*off)
        program = Program(chinese, FCITX)
        assert program.say("way") == "bridge"
        program.wake()
        type_everywhere(program)

    @pytest.mark.parametrize("off", [[], ["ibusfrontend"]], ids=["as ibus", "bridge"])
    def test_half_typed_text_is_kept(self, chinese: Desktop, off: list[str]) -> None:
        chinese.fcitx5(*off)
        program = Program(chinese, FCITX)
        program.wake()
        half_type_and_read(program, "bei jing")

    @pytest.mark.parametrize("off", [[], ["ibusfrontend"]], ids=["as ibus", "bridge"])
    def test_a_password_is_letters(self, chinese: Desktop, off: list[str]) -> None:
        chinese.fcitx5(*off)
        program = Program(chinese, FCITX)
        program.wake()
        program.type("secret", "beijing ")
        until(lambda: program.texts()["secret"] == "beijing ", "the letters")

    def test_fcitx_comes_and_goes(self, chinese: Desktop) -> None:
        program = Program(chinese, FCITX)
        program.type("line", "ab ")
        until(lambda: program.texts()["line"] == "ab ", "letters without fcitx")
        fcitx = chinese.fcitx5("ibusfrontend")
        until(lambda: program.retyped("line", "beijing ") == "北京", "fcitx is found")
        chinese.end(fcitx)
        assert program.retyped("line", "ab ") == "ab "

    def test_fcitx_hangs(self, chinese: Desktop) -> None:
        fcitx = chinese.fcitx5("ibusfrontend")
        program = Program(chinese, FCITX)
        program.wake()
        fcitx.send_signal(signal.SIGSTOP)
        try:
            assert program.retyped("line", "ab ") == "ab "
        finally:
            fcitx.send_signal(signal.SIGCONT)
        program.wake()


@needs_fcitx4
def test_fcitx_4(chinese: Desktop) -> None:
    chinese.fcitx4()
    program = Program(chinese, FCITX)
    assert program.say("way") == "bridge"
    program.wake()
    program.press("ctrl+space")  # its own key, off and on
    assert program.retyped("line", "ab ") == "ab "
    program.press("ctrl+space")
    program.wake()
    type_everywhere(program)


@needs_ibus
class TestIbus:
    def test_it_is_left_alone(self, chinese: Desktop) -> None:
        chinese.ibus("libpinyin")
        program = Program(chinese, {"QT_IM_MODULE": "ibus"})
        assert program.say("way") == "as it is"
        type_everywhere(program)

    def test_half_typed_text_is_kept(self, chinese: Desktop) -> None:
        chinese.ibus("libpinyin")
        program = Program(chinese, {"QT_IM_MODULE": "ibus"})
        half_type_and_read(program, "北京")


NOBODY, IBUS, FOUR = Running(), Running(ibus=True), Running(fcitx=True)
FIVE = Running(fcitx=True, front_end=True)
CASES: dict[str, tuple[dict[str, str], Running, Way]] = {
    "nothing": ({}, NOBODY, Way.AS_IT_IS),
    "ibus works": ({"QT_IM_MODULE": "ibus"}, IBUS, Way.AS_IT_IS),
    "ibus works beside fcitx": ({"QT_IM_MODULE": "ibus"}, Running(ibus=True, fcitx=True), Way.AS_IT_IS),
    "ibus may come": ({"QT_IM_MODULE": "ibus"}, NOBODY, Way.AS_IT_IS),
    "ibus asked, fcitx 5 there": ({"QT_IM_MODULE": "ibus"}, FIVE, Way.IBUS_OF_FCITX),
    "ibus asked, fcitx 4 there": ({"QT_IM_MODULE": "ibus"}, FOUR, Way.BRIDGE),
    "fcitx 5": ({"QT_IM_MODULE": "fcitx"}, FIVE, Way.IBUS_OF_FCITX),
    "fcitx 5 by its name": ({"QT_IM_MODULE": "fcitx5"}, FIVE, Way.IBUS_OF_FCITX),
    "fcitx 4": ({"QT_IM_MODULE": "fcitx"}, FOUR, Way.BRIDGE),
    "fcitx may come": ({"XMODIFIERS": "@im=fcitx"}, NOBODY, Way.BRIDGE),
    "fcitx by XMODIFIERS": ({"XMODIFIERS": "@im=fcitx", "QT_IM_MODULE": "xim"}, FIVE, Way.IBUS_OF_FCITX),
    "a list": ({"QT_IM_MODULES": "wayland;fcitx;ibus"}, FIVE, Way.IBUS_OF_FCITX),
    "the list counts": ({"QT_IM_MODULES": "compose", "QT_IM_MODULE": "fcitx"}, FIVE, Way.AS_IT_IS),
    "keyboard on the screen": ({"QT_IM_MODULE": "qtvirtualkeyboard"}, FIVE, Way.AS_IT_IS),
    "not asked": ({}, FIVE, Way.IBUS_OF_FCITX),
    "not asked, ibus there too": ({}, Running(ibus=True, fcitx=True), Way.AS_IT_IS),
    "Wayland's own": ({"WAYLAND_DISPLAY": "wayland-0"}, FIVE, Way.AS_IT_IS),
}


class TestChoice:
    @pytest.mark.parametrize(("asks", "there", "chosen"), CASES.values(), ids=CASES)
    def test_by_what_is_asked_and_what_runs(self, asks: dict[str, str], there: Running, chosen: Way) -> None:
        assert way(asks, there, PLUGINS) is chosen

    def test_a_plugin_of_its_own_is_used(self) -> None:
        assert way({"QT_IM_MODULE": "fcitx"}, FIVE, {*PLUGINS, "fcitx"}) is Way.AS_IT_IS

    def test_what_the_program_starts_gets_the_users_choice(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("QT_IM_MODULE", "fcitx")
        monkeypatch.delenv("IBUS_USE_PORTAL", raising=False)
        with input_method.prepared(Way.IBUS_OF_FCITX):
            assert os.environ["QT_IM_MODULE"] == "ibus"
            assert os.environ["IBUS_USE_PORTAL"] == "1"
        assert os.environ["QT_IM_MODULE"] == "fcitx"
        assert "IBUS_USE_PORTAL" not in os.environ

    @pytest.mark.parametrize("address", ["unix:path=/none/at/all", "tcp:host=127.0.0.1,port=1", "nonsense", ""])
    def test_without_a_session_bus(self, monkeypatch: pytest.MonkeyPatch, address: str) -> None:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        monkeypatch.setenv("XDG_RUNTIME_DIR", "/none/at/all")
        assert input_method.running() == NOBODY
