"""Finding windows in the same network: one small datagram asks, whoever is of the same point answers with its port.

It proves nothing: what answers is asked for its key before anything is said. Multicast DNS would tell all the house who
is here, and its library takes more memory than all else of the hall together; this tells only whoever knows the point.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import secrets
import socket
import struct
import threading
import time
from collections.abc import Callable

from desk.law.numbers import is_node
from desk.sync.hall import places

GROUP = "239.255.86.47"
_MARK, _ASKS, _TELLS = b"DBF1", b"?", b"!"
_NONCE, _TAG = 16, 16
_MOST = 128  # bytes of a datagram that is looked at
_RATE = 20  # answers in a second
Found = Callable[[str, str], object]  # a node's name and the place where it says to be


class Finder:
    """Asks and answers on UDP port `port` (the usual one for all, whatever port a desk listens at)."""

    def __init__(
        self, point: str, node: Callable[[], str], listens: int, found: Found, port: int = places.PORT
    ) -> None:
        self._point, self._node, self._listens, self._found, self._port = point, node, listens, found, port
        self._nonce, self._closed = b"", False
        self._second, self._told = 0, 0
        self._sock = _socket(port)
        self._asker = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)  # answers come to it alone
        self._asker.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
        self._asker.bind(("", 0))
        for one in (self._sock, self._asker):
            threading.Thread(target=self._hear, args=(one,), name="hall-find", daemon=True).start()

    def close(self) -> None:
        """Be found no more."""
        self._closed = True
        for one in (self._sock, self._asker):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()

    def ask(self) -> bool:
        """Ask on every network that this machine is in; whether the question could go out at all."""
        self._nonce = secrets.token_bytes(_NONCE)
        data, is_out = _MARK + _ASKS + self._nonce + self._tag(self._nonce), False
        for own in ("", *addresses()):
            if ":" in own:
                continue
            with contextlib.suppress(OSError):
                if own:
                    self._asker.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton(own))
                self._asker.sendto(data, (GROUP, self._port))
                is_out = True
        with contextlib.suppress(OSError):
            self._asker.sendto(data, ("255.255.255.255", self._port))
            is_out = True
        return is_out

    def _tag(self, nonce: bytes) -> bytes:
        return hashlib.sha256(b"daiban find 1\0" + self._point.encode() + nonce).digest()[:_TAG]

    def _hear(self, sock: socket.socket) -> None:
        while not self._closed:
            try:
                data, where = sock.recvfrom(_MOST)
            except OSError:
                if self._closed:
                    return
                time.sleep(0.2)  # Windows tells of a port that nobody had; a network that went comes back
                continue
            if where is not None:  # None as it is closed
                with contextlib.suppress(OSError):
                    self._one(data, *where[:2])

    def _one(self, data: bytes, host: str, port: int) -> None:
        kind, nonce = data[4:5], data[5 : 5 + _NONCE]
        tag, rest = data[5 + _NONCE : 5 + _NONCE + _TAG], data[5 + _NONCE + _TAG :]
        if data[:4] != _MARK or not hmac.compare_digest(tag, self._tag(nonce)):
            return
        if kind == _ASKS and nonce != self._nonce and self._may_tell():
            told = struct.pack(">H", self._listens) + self._node().encode()
            self._sock.sendto(_MARK + _TELLS + nonce + tag + told, (host, port))
        elif kind == _TELLS and nonce == self._nonce and len(rest) > 2:
            (listens,) = struct.unpack_from(">H", rest)
            name = rest[2:].decode("ascii", "replace")
            if is_node(name) and name != self._node():
                self._found(name, places.joined(host, listens))

    def _may_tell(self) -> bool:
        second = int(time.monotonic())
        self._told = self._told + 1 if second == self._second else 1
        self._second = second
        return self._told <= _RATE


def _socket(port: int) -> socket.socket:
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    try:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
        sock.bind(("", port))
        sock.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, 1)
        for own in ("0.0.0.0", *(one for one in addresses() if ":" not in one)):  # noqa: S104 - the default network
            with contextlib.suppress(OSError):
                group = socket.inet_aton(GROUP) + socket.inet_aton(own)
                sock.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, group)
    except OSError:
        sock.close()
        raise
    return sock


def addresses() -> tuple[str, ...]:
    """Where this machine may be reached in its networks, without loopback; the likeliest one first."""
    found: dict[str, None] = {}
    for family, far in ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1")):
        with contextlib.suppress(OSError), socket.socket(family, socket.SOCK_DGRAM) as one:
            one.connect((far, 9))  # sends nothing: asks the system which way it would go
            found[str(one.getsockname()[0])] = None
    with contextlib.suppress(OSError):
        for *_, address in socket.getaddrinfo(socket.gethostname(), None, proto=socket.IPPROTO_TCP):
            found[str(address[0])] = None
    return tuple(one for one in found if not one.startswith(("127.", "::1", "fe80", "0.")))
