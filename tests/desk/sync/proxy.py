"""A fault proxy on loopback: passes bytes on until told to cut, drip, repeat, or to answer by itself."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Callable
from urllib.parse import urlsplit


class Proxy:
    """Stands before `address`. `cut` bytes after the start of the session (both ways counted) the line goes dead."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self._target = (str(parts.hostname), int(parts.port or 80))
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self.cut = -1
        self.pause = 0.0  # seconds before each piece
        self.piece = 65536  # bytes at a time
        self.spoil: Callable[[bytes], bytes] = bytes  # what is done to the server's bytes
        self.rewrite: Callable[[bytes], bytes] = bytes  # what is done to the client's
        self.passed = 0
        self._lock = threading.Lock()
        self._open: list[socket.socket] = []
        threading.Thread(target=self._serve, daemon=True).start()

    def begin(self, cut: int = -1) -> None:
        """A new session."""
        with self._lock:
            self.cut, self.passed = cut, 0

    def close(self) -> None:
        self._listener.close()
        self._end()

    def _serve(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
                far = socket.create_connection(self._target, 10)
            except OSError:
                return
            with self._lock:
                self._open = [near, far]
            threading.Thread(target=self._pump, args=[near, far, self._rewritten], daemon=True).start()
            threading.Thread(target=self._pump, args=[far, near, self._spoilt], daemon=True).start()

    def _spoilt(self, data: bytes) -> bytes:
        return self.spoil(data)

    def _rewritten(self, data: bytes) -> bytes:
        return self.rewrite(data)

    def _pump(self, here: socket.socket, there: socket.socket, change: Callable[[bytes], bytes]) -> None:
        with contextlib.suppress(OSError):
            while data := here.recv(self.piece):
                if self.pause:
                    time.sleep(self.pause)
                data = change(data)
                with self._lock:
                    left = len(data) if self.cut < 0 else max(0, self.cut - self.passed)
                    self.passed += len(data)
                there.sendall(data[:left])
                if left < len(data):
                    break
        for one in (here, there):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()

    def _end(self) -> None:
        for one in self._open:
            with contextlib.suppress(OSError):
                one.close()
