"""A Chinese desktop of our own for a test: an X server, a session bus and an input method with pinyin, all in a home
that is thrown away afterwards."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

_WAIT = 20.0  # seconds for a server to stand
_PROFILE = """[Groups/0]
Name=Default
Default Layout=us
DefaultIM={engine}

[Groups/0/Items/0]
Name={engine}
Layout=

[GroupOrder]
0=Default
"""
_UNUSED = "notificationitem,notifications,kimpanel,emoji,unicode,spell,clipboard"


_ADDONS = Path("/usr/share/fcitx5/addon")
_RIME = Path("/usr/share/rime-data/luna_pinyin.schema.yaml")


def fcitx5_engine() -> str:
    """What makes characters of pinyin in the fcitx 5 that is installed, "" for nothing; rime is the smaller."""
    if (_ADDONS / "rime.conf").exists() and _RIME.exists():
        return "rime"
    return "pinyin" if (_ADDONS / "pinyin.conf").exists() else ""


def missing(*programs: str) -> str:
    """What is not installed, for the reason of a skip."""
    return ", ".join(name for name in programs if not shutil.which(name))


def until(true: Callable[[], object], what: str, wait: float = _WAIT) -> None:
    """Wait for something that no signal tells of; fails loudly."""
    end = time.monotonic() + wait
    while not true():
        if time.monotonic() > end:
            raise AssertionError(f"not reached: {what}")
        time.sleep(0.02)


class Desktop:
    """Where programs of the test run: `environment` is theirs."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self._running = contextlib.ExitStack()
        clean = {
            key: value for key, value in os.environ.items() if not key.startswith(("QT_", "XDG_", "IBUS_", "GTK_"))
        }
        clean = {key: value for key, value in clean.items() if key not in ("WAYLAND_DISPLAY", "XMODIFIERS")}
        runtime = home / "run"
        runtime.mkdir(mode=0o700)
        self.environment = clean | {"HOME": str(home), "XDG_RUNTIME_DIR": str(runtime), "LC_ALL": "C.UTF-8"}

    def __enter__(self) -> Desktop:
        self.environment["DISPLAY"] = f":{self._display()}"
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = self._bus()
        return self

    def __exit__(self, *_what: object) -> None:
        self._running.close()

    def start(
        self, command: Sequence[str | Path], more: Mapping[str, str] | None = None, **how: object
    ) -> subprocess.Popen[str]:
        """A program that runs until the desktop ends."""
        log = (self.home / f"{Path(command[0]).name}.log").open("w")
        self._running.callback(log.close)
        how = {"stdout": log, "stderr": log, **how}
        process = subprocess.Popen(list(map(str, command)), env=self.environment | dict(more or {}), text=True, **how)  # type: ignore[call-overload]
        self._running.callback(_end, process)
        return process

    def _display(self) -> str:
        get, put = os.pipe()
        server = ["Xvfb", "-displayfd", str(put), "-screen", "0", "1366x768x24", "-nolisten", "tcp"]
        self.start(server, pass_fds=(put,))
        os.close(put)
        with os.fdopen(get) as told:
            return told.readline().strip()

    def _bus(self) -> str:
        bus = self.start(["dbus-daemon", "--session", "--nofork", "--print-address"], stdout=subprocess.PIPE)
        assert bus.stdout is not None
        return bus.stdout.readline().strip()

    def _run(self, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)

    def names(self) -> list[str]:
        """Who is on the session bus."""
        ask = [
            "dbus-send",
            "--session",
            "--print-reply=literal",
            "--dest=org.freedesktop.DBus",
            "/org/freedesktop/DBus",
        ]
        done = self._run(*ask, "org.freedesktop.DBus.ListNames")
        return done.stdout.split()

    def fcitx5(self, *off: str) -> subprocess.Popen[str]:
        """fcitx5 with pinyin on from the start, without the front ends `off`."""
        folder = self.home / ".config" / "fcitx5"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "profile").write_text(_PROFILE.format(engine=fcitx5_engine()))
        (folder / "config").write_text("[Behavior]\nActiveByDefault=True\n")
        fcitx = self.start(["fcitx5", "--disable", ",".join((_UNUSED, *off))])
        last = "org.freedesktop.portal.IBus" if "ibusfrontend" not in off else "org.fcitx.Fcitx-0"
        until(lambda: {"org.fcitx.Fcitx5", last} <= set(self.names()), "fcitx5 on the bus")
        return fcitx

    def fcitx4(self) -> None:
        """fcitx 4 with pinyin on from the start."""
        folder = self.home / ".config" / "fcitx"
        folder.mkdir(parents=True)
        (folder / "profile").write_text("[Profile]\nEnabledIMList=pinyin:True,fcitx-keyboard-us:True\nIMName=pinyin\n")
        self.start(["fcitx", "-D"])
        until(lambda: any(name.startswith("org.fcitx.Fcitx-") for name in self.names()), "fcitx on the bus")

    def ibus(self, engine: str) -> None:
        """ibus with one engine, already on."""
        self.start(["ibus-daemon", "--xim", "--panel", "disable", "--config", "/usr/libexec/ibus-memconf"])

        def on() -> bool:
            self._run("ibus", "engine", engine)  # fails without a keyboard layout to set, and is on all the same
            return self._run("ibus", "engine").stdout.strip() == engine

        until(on, f"ibus with {engine}")

    def end(self, process: subprocess.Popen[str]) -> None:
        """End one before the others."""
        _end(process)

    def xdotool(self, *words: str) -> str:
        """Press keys, or look for windows."""
        done = self._run("xdotool", *words)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()


def _end(process: subprocess.Popen[str]) -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            pipe.close()


@contextlib.contextmanager
def desktop(home: Path) -> Iterator[Desktop]:
    """A desktop for as long as the block lasts."""
    with Desktop(home) as made:
        yield made
