"""A server that is asked one thing at a time, over a line that stays open between two questions. What it answers is
handed on as it came: no redirect is followed, no cookie kept, nothing unpacked."""

from __future__ import annotations

import base64
import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import httpcore
import msgspec

from desk.sync.http.address import Address

TROUBLE = (
    httpcore.TimeoutException,
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.ProxyError,
    httpcore.UnsupportedProtocol,
    OSError,
)  # what asking raises where the network, a proxy or the server fails
_NAME = "daiban-desk"


class Patience(msgspec.Struct, frozen=True):
    """Seconds: until a line is there, for each piece that is sent or comes, and for a whole answer from its first byte
    waited for to its last, however it drips."""

    connect: float
    piece: float
    answer: float


class Answer(NamedTuple):
    """Status, headers by their names in small letters, and the body as it comes."""

    status: int
    headers: Mapping[str, str]
    body: Iterator[bytes]


class Client:
    """The server at `at`, behind `proxy` if there is one. `context`: whose certificates count, where it has one."""

    def __init__(
        self, at: Address, patience: Patience, context: ssl.SSLContext | None = None, proxy: Address | None = None
    ) -> None:
        self._at, self._lines = at, _Lines(patience.answer)
        each = patience.piece
        self._patience = {"timeout": {"connect": patience.connect, "read": each, "write": each, "pool": each}}
        self._usual = [("Host", at.named), ("User-Agent", _NAME), ("Accept", "*/*"), ("Accept-Encoding", "identity")]
        if at.login:
            self._usual.append(("Authorization", "Basic " + base64.b64encode(":".join(at.login).encode()).decode()))
        self._way = _Straight(at, self._lines, context) if proxy is None else _through(proxy, self._lines, context)

    def close(self) -> None:
        """Hang up."""
        self._way.close()

    @contextlib.contextmanager
    def ask(
        self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Iterator[Answer]:
        """The answer to one question, whose body is read inside the block. Raises TROUBLE, also while it is read."""
        self._lines.begin()
        asked = [*self._usual, *(headers or {}).items()]
        url = _url(self._at, self._at.path + path)
        with self._way.stream(method, url, headers=asked, content=body, extensions=self._patience) as got:
            told: dict[str, str] = {}
            for name, value in got.headers:
                key, text = name.decode("latin-1").lower(), value.decode("latin-1")
                told[key] = f"{told[key]}, {text}" if key in told else text
            yield Answer(got.status, told, got.iter_stream())


def _through(proxy: Address, lines: _Lines, context: ssl.SSLContext | None) -> httpcore.HTTPProxy:
    login = proxy.login and (proxy.login[0].encode(), proxy.login[1].encode())
    return httpcore.HTTPProxy(_url(proxy, "/"), login, ssl_context=context, network_backend=lines)


class _Straight:
    """The way to one server without a proxy: what a pool of httpcore does for many takes twice as long."""

    def __init__(self, at: Address, lines: _Lines, context: ssl.SSLContext | None) -> None:
        self._origin, self._lines, self._context = _url(at, "/").origin, lines, context
        self._open: httpcore.HTTP11Connection | None = None

    def close(self) -> None:
        if self._open is not None:
            self._open.close()

    def stream(
        self,
        method: str,
        url: httpcore.URL,
        *,
        headers: Sequence[tuple[str, str]],
        content: bytes | None,
        extensions: dict[str, dict[str, float]],
    ) -> contextlib.AbstractContextManager[httpcore.Response]:
        line = self._line(extensions["timeout"]["connect"])
        return line.stream(method, url, headers=headers, content=content, extensions=extensions)

    def _line(self, seconds: float) -> httpcore.HTTP11Connection:
        """The one that is open, or another where its other end has gone."""
        if self._open is None or not self._open.is_available() or self._open.has_expired():
            self.close()
            host = self._origin.host.decode("ascii")
            line = self._lines.connect_tcp(host, self._origin.port, seconds)
            if self._origin.scheme == b"https":
                context = self._context or httpcore.default_ssl_context()
                context.set_alpn_protocols(["http/1.1"])
                line = line.start_tls(context, host, seconds)
            self._open = httpcore.HTTP11Connection(self._origin, line)
        return self._open


def _url(at: Address, target: str) -> httpcore.URL:
    host, port = at.host.encode("ascii"), at.port
    return httpcore.URL(scheme=at.scheme.encode("ascii"), host=host, port=port, target=target.encode("ascii"))


class _Lines(httpcore.SyncBackend):
    """Opens lines on which an answer takes no longer than `seconds`."""

    def __init__(self, seconds: float) -> None:
        self._seconds, self._until = seconds, 0.0

    def begin(self) -> None:
        """Something else is asked."""
        self._until = 0.0

    def left(self) -> float:
        """Seconds that the answer may still take. Raises ReadTimeout where there are none."""
        now = time.monotonic()
        self._until = self._until or now + self._seconds
        if self._until <= now:
            raise httpcore.ReadTimeout("the answer never ended")
        return self._until - now

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        return _Line(self, super().connect_tcp(host, port, timeout, local_address, socket_options))


class _Line(httpcore.NetworkStream):
    def __init__(self, lines: _Lines, under: httpcore.NetworkStream) -> None:
        self._lines, self._under = lines, under

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        left = self._lines.left()
        return self._under.read(max_bytes, left if timeout is None else min(timeout, left))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._under.write(buffer, timeout)

    def close(self) -> None:
        self._under.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        kind = _Line if self.get_extra_info("ssl_object") is None else _LineWithin
        return kind(self._lines, self._under.start_tls(ssl_context, server_hostname, timeout))

    def get_extra_info(self, info: str) -> object:
        return self._under.get_extra_info(info)


class _LineWithin(_Line):
    """TLS within the TLS of a proxy, which waits anew for each piece of a record: it is cut from another thread."""

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        cut = threading.Timer(self._lines.left(), self._cut)
        cut.daemon = True
        cut.start()
        try:
            return super().read(max_bytes, timeout)
        finally:
            cut.cancel()

    def _cut(self) -> None:
        sock = self.get_extra_info("socket")
        if isinstance(sock, socket.socket):
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
