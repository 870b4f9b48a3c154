"""Receipt printers under Windows, by what the system is told; the system itself is played."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from desk.errors import SurroundingsError
from desk.printing.ports import device
from desk.printing.ports import windows as ports

ROLL = bytes(range(256)) * 40


class Spooler:
    """winspool.drv with one printer; `takes` at most so many bytes."""

    def __init__(self, takes: int = 1 << 20) -> None:
        self.takes, self.said, self.came = takes, [], b""

    def __getattr__(self, name: str) -> Any:
        return lambda *_: self.said.append(name) or 1

    def OpenPrinterW(self, name: Any, _printer: Any, _more: None) -> int:  # noqa: N802 - the system's name
        return int(name.value == "XP-80C")

    def StartDocPrinterW(self, _printer: Any, _level: int, told: Any) -> int:  # noqa: N802 - the system's name
        self.said.append(told._obj.kind)
        return 7

    def WritePrinter(self, _printer: Any, data: bytes, size: int, done: Any) -> int:  # noqa: N802 - the system's name
        self.came = data[: min(size, self.takes)]
        done._obj.value = len(self.came)
        return 1


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> Spooler:
    made = Spooler()
    monkeypatch.setattr(device.sys, "platform", "win32")
    monkeypatch.setattr(ports, "library", lambda _name: made)
    monkeypatch.setattr(ports, "_wait_no_longer", lambda _descriptor, _patience: None)
    return made


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("COM3", r"\\.\COM3"), ("com12:", r"\\.\COM12"), (" LPT1 ", r"\\.\LPT1"), ("COM", ""), ("XP-80C", ""), ("", "")],
)
def test_ports_as_people_write_them(typed: str, meant: str) -> None:
    assert ports.port(typed) == meant


def test_a_port_gets_every_byte(windows: Spooler, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    place, opened = tmp_path / "port", os.open
    place.touch()
    monkeypatch.setattr(os, "open", lambda path, flags: opened(place if path == r"\\.\COM3" else path, flags))
    device.send(ROLL, "com3")
    assert place.read_bytes() == ROLL
    assert windows.said == []


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO])
def test_a_port_that_takes_nothing_is_told(
    windows: Spooler, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, number: int
) -> None:
    def refuses(_descriptor: int, _piece: bytes) -> int:
        raise OSError(number, os.strerror(number))

    place, opened = tmp_path / "port", os.open
    place.touch()
    monkeypatch.setattr(os, "open", lambda _path, flags: opened(place, flags))
    monkeypatch.setattr(os, "write", refuses)
    with pytest.raises(SurroundingsError, match="没有收下" if number == errno.ENOSPC else "没有接上"):
        device.send(ROLL, "LPT1")
    assert windows.said == []


def test_a_printer_of_the_system_gets_the_bytes_as_they_are(windows: Spooler) -> None:
    device.send(ROLL, "XP-80C")
    assert windows.came == ROLL
    assert windows.said == ["RAW", "StartPagePrinter", "EndPagePrinter", "EndDocPrinter", "ClosePrinter"]


def test_one_that_takes_half_is_told_and_let_go(windows: Spooler) -> None:
    windows.takes = 100
    with pytest.raises(SurroundingsError, match="没有接上"):
        device.send(ROLL, "XP-80C")
    assert windows.said[-2:] == ["EndDocPrinter", "ClosePrinter"]


def test_what_is_no_printer_of_the_system_is_on_the_network(windows: Spooler, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, int]] = []

    def connect(where: tuple[str, int], _patience: float) -> Any:
        asked.append(where)
        raise ConnectionRefusedError

    monkeypatch.setattr(device.socket, "create_connection", connect)
    for typed in ("192.168.1.50:9100", "192.168.1.51"):
        with pytest.raises(SurroundingsError, match="没有接上"):
            device.send(ROLL, typed)
    assert asked == [("192.168.1.50", 9100), ("192.168.1.51", 9100)]
    assert windows.said == []
