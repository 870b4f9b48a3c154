"""The socket that the service accepts on. It knows nothing of the pages: whoever only watches processes needs none."""

from __future__ import annotations

import socket


def listening(host: str, port: int, backlog: int | None = None) -> socket.socket:
    """A socket for the service to accept on; port 0 for any. Its connections send at once: asyncio asks for that only
    where a socket names its protocol, and else every answer waits 40 ms for the asker's delayed acknowledgement."""
    listener = socket.create_server((host, port), backlog=backlog)
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # what is accepted inherits it
    return listener
