"""Sending to a receipt printer that has no driver: a device file, or a port on the network. Neither waits for ever."""

from __future__ import annotations

import contextlib
import os
import select
import socket
import sys
import time

from desk.errors import SurroundingsError

PATIENCE = 10.0  # seconds in which the printer has to take something
_PORT = 9100
_PIECE = 4096  # what is written at a time


def send(data: bytes, device: str, patience: float = PATIENCE) -> None:
    """Send to a device file (`/dev/usb/lp0`), on Windows to a port (`COM3`, `LPT1`) or a printer by its name, or to
    `host:port`. Raises SurroundingsError in words."""
    try:
        if sys.platform == "win32" and _sent_by_windows(data, device, patience):
            return
        if device.startswith("/"):
            _write(data, device, patience)
            return
        host, _, number = device.partition(":")
        with contextlib.closing(socket.create_connection((host, int(number or _PORT)), patience)) as line:
            line.sendall(data)
    except TimeoutError as error:
        raise SurroundingsError(
            f"小票机（{device}）没有收下，等了 {round(patience)} 秒。",
            "回执已保存，没有丢。",
            "请看小票机是否开着、有纸、没有卡住，再试一次。",
        ) from error
    except (OSError, ValueError) as error:
        raise SurroundingsError(
            f"小票机（{device}）没有接上。", "回执已保存，没有丢。", "请检查电源、连线和设置里的端口，再打一次。"
        ) from error


def _sent_by_windows(data: bytes, device: str, patience: float) -> bool:
    """Whether it was a port, a printer of the system, or one that another PC shares."""
    from desk.printing.ports import windows

    place = windows.port(device) or (device if device.startswith("\\\\.\\") else "")
    if not place and windows.printed(data, device):
        return True
    if place or device.startswith("\\\\"):
        windows.write(data, place or device, patience)
        return True
    return False


def _write(data: bytes, device: str, patience: float) -> None:
    """A port of a printer that is off opens and takes nothing: it is asked whether it would, never waited in."""
    descriptor = os.open(device, os.O_WRONLY | os.O_APPEND | os.O_NONBLOCK)
    try:
        while data:
            data = data[_piece(descriptor, data[:_PIECE], time.monotonic() + patience) :]
    finally:
        os.close(descriptor)


def _piece(descriptor: int, piece: bytes, until: float) -> int:
    while (left := until - time.monotonic()) > 0:
        if select.select([], [descriptor], [], left)[1]:
            with contextlib.suppress(BlockingIOError):
                return os.write(descriptor, piece)
    raise TimeoutError
