"""Sending to a receipt printer that has no driver: a device file, or a port on the network."""

from __future__ import annotations

import contextlib
import socket
from pathlib import Path

from desk.errors import SurroundingsError

_PATIENCE = 10  # seconds
_PORT = 9100


def send(data: bytes, device: str) -> None:
    """Send to a device file (`/dev/usb/lp0`) or to `host:port`. Raises SurroundingsError in words."""
    try:
        if device.startswith(("/", "\\\\")):
            with Path(device).open("ab", buffering=0) as port:
                port.write(data)
            return
        host, _, number = device.partition(":")
        with contextlib.closing(socket.create_connection((host, int(number or _PORT)), _PATIENCE)) as line:
            line.sendall(data)
    except (OSError, ValueError) as error:
        raise SurroundingsError(
            f"小票机（{device}）没有接上。", "回执已保存，没有丢。", "请检查电源、连线和设置里的端口，再打一次。"
        ) from error
