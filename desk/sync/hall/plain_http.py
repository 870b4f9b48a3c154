"""HTTP as little as two windows need of it: one request a connection, every byte and every second bounded.

Bytes of others are read here and nowhere else in the hall. A peer that drips, lies about lengths or leaves in the
middle costs its own connection and nothing else.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Mapping

import msgspec

from desk.errors import DeskError

_HEAD = 8 << 10  # bytes of the first line and all headers
_PIECE = 64 << 10
_REASONS = {200: "OK"}


class BrokenOffError(DeskError):
    """The peer left, dripped, or did not speak HTTP."""


class Message(msgspec.Struct, frozen=True):
    """`start`: the words of the first line. Names of headers are small."""

    start: tuple[str, ...]
    headers: dict[str, str]
    begun: bytes = b""  # of the body, which came along

    @property
    def length(self) -> int:
        """Of the body; -1 of what is no length."""
        told = self.headers.get("content-length", "0")
        return int(told) if told.isascii() and told.isdigit() and len(told) <= 12 else -1


class Wire:
    """One connection for one request, for `seconds` from now on altogether."""

    def __init__(self, sock: socket.socket, seconds: float) -> None:
        self._sock, self._until = sock, time.monotonic() + seconds
        self._left = b""

    def head(self) -> Message:
        """The first line and the headers. Raises BrokenOffError."""
        got = bytearray()
        while b"\r\n\r\n" not in got:
            if len(got) > _HEAD:
                raise BrokenOffError("对方的来信开头太长。")
            got += self._piece()
        head, _, self._left = bytes(got).partition(b"\r\n\r\n")
        if len(head) > _HEAD:
            raise BrokenOffError("对方的来信开头太长。")
        lines = head.decode("latin-1").split("\r\n")
        pairs = (line.partition(":") for line in lines[1:])
        headers = {name.strip().lower(): value.strip() for name, _, value in pairs}
        return Message(tuple(lines[0].split(" ", 2)), headers, self._left)

    def go_on(self, asked: Message) -> None:
        """Read on where another one ended after `asked`: with other seconds."""
        self._left = asked.begun

    def body(self, length: int) -> bytes:
        """As many bytes. Raises BrokenOffError where fewer come."""
        got = bytearray(self._left[:length])
        while len(got) < length:
            got += self._piece()[: length - len(got)]
        return bytes(got)

    def send(self, data: bytes) -> None:
        """All of it. Raises BrokenOffError."""
        view = memoryview(data)
        while view:
            self._wait()
            try:
                view = view[self._sock.send(view[:_PIECE]) :]
            except OSError as error:
                raise _gone(error) from error

    def _piece(self) -> bytes:
        self._wait()
        try:
            piece = self._sock.recv(_PIECE)
        except OSError as error:
            raise _gone(error) from error
        if not piece:
            raise BrokenOffError("对方中途离开了。")
        return piece

    def _wait(self) -> None:
        left = self._until - time.monotonic()
        if left <= 0:
            raise BrokenOffError("对方太慢，等不到。")
        self._sock.settimeout(left)


def _gone(error: OSError) -> BrokenOffError:
    return BrokenOffError("对方太慢，等不到。" if isinstance(error, TimeoutError) else "与对方的连接断了。")


def request(method: str, path: str, headers: Mapping[str, str], body: bytes) -> bytes:
    """The bytes of a request."""
    return _message(f"{method} {path} HTTP/1.1", headers, body)


def answer(status: int, headers: Mapping[str, str], body: bytes) -> bytes:
    """The bytes of an answer."""
    return _message(f"HTTP/1.1 {status} {_REASONS.get(status, 'No')}", headers, body)


def _message(first: str, headers: Mapping[str, str], body: bytes) -> bytes:
    lines = [first, *(f"{name}: {value}" for name, value in headers.items())]
    lines += [f"Content-Length: {len(body)}", "Connection: close", "", ""]
    return "\r\n".join(lines).encode("latin-1") + body
