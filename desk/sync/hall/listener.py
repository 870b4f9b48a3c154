"""The ear of a desk on the hall's wire: few connections, few bytes, few seconds, and nothing on the window's thread.

When all places are taken, whoever has said least for longest gives way: people who hold connections open keep no window
of the hall out.
"""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections import Counter

from desk import doors
from desk.sync.hall import places, plain_http
from desk.sync.hall.answering import Answers

_EACH = doors.HALL.things // 2  # connections of one address
_BAD, _SPAN = 40, 10.0  # questions of one address that came to nothing, in so many seconds
_PATIENCE = 10.0  # seconds in which questions under way end when the ear is closed
_ASKING = 5.0  # seconds until a question is there whole but for its body


class Listener:
    """Answers on `port` of all addresses, or of `host` alone, until it is closed. Raises OSError where it cannot."""

    def __init__(self, answers: Answers, port: int, host: str = "") -> None:
        self._answers, self._sock = answers, _bound(host, port)
        self.port: int = self._sock.getsockname()[1]
        self._lock, self._closed = threading.Lock(), False
        self._open: dict[socket.socket, tuple[float, str, bool]] = {}  # since when, from where, whether it was proved
        self._threads: set[threading.Thread] = set()
        self._bad: Counter[str] = Counter()
        self._bad_since = 0.0
        threading.Thread(target=self._listen, name="hall-ear", daemon=True).start()

    def close(self) -> None:
        """Hang up on everybody."""
        self._closed = True
        with contextlib.suppress(OSError):
            self._sock.shutdown(socket.SHUT_RDWR)
        self._sock.close()
        with self._lock:
            for one in list(self._open):
                _cut(one)
            threads = [one for one in self._threads if one is not threading.current_thread()]
        until = time.monotonic() + _PATIENCE
        for thread in threads:  # whoever is at the database ends before it is closed
            thread.join(max(0.0, until - time.monotonic()))

    @property
    def connections(self) -> int:
        """How many are open now."""
        return len(self._open)

    def _listen(self) -> None:
        while not self._closed:
            try:
                sock, address = self._sock.accept()
            except OSError:
                if self._closed:
                    return
                time.sleep(0.2)  # no descriptors left, say: it passes
                continue
            if self._admit(sock, places.plain(address[0])):
                thread = threading.Thread(target=self._serve, args=(sock,), name="hall", daemon=True)
                with self._lock:
                    self._threads.add(thread)
                    thread.start()
            else:
                sock.close()

    def _admit(self, sock: socket.socket, host: str) -> bool:
        now = time.monotonic()
        with self._lock:
            if now - self._bad_since > _SPAN:
                self._bad.clear()
                self._bad_since = now
            if self._bad[host] >= _BAD:
                return False
            if sum(where == host for _, where, _ in self._open.values()) >= _EACH and not self._make_room(host):
                return False
            if len(self._open) >= doors.HALL.things and not self._make_room():
                return False
            self._open[sock] = (now, host, False)
            return True

    def _make_room(self, host: str = "") -> bool:
        """Cut off the oldest one that has not proved anything yet, of `host` where it is said."""
        found = [(since, one) for one, (since, where, ok) in self._open.items() if not ok and host in ("", where)]
        if not found:
            return False
        oldest = min(found, key=lambda pair: pair[0])[1]
        del self._open[oldest]
        _cut(oldest)
        return True

    def _serve(self, sock: socket.socket) -> None:
        host = self._open.get(sock, (0.0, "", False))[1]
        good = False
        try:
            with contextlib.closing(sock), contextlib.suppress(plain_http.BrokenOffError, OSError):
                good = self._one(sock, host)
        finally:
            self._answers.done()
            with self._lock:
                self._open.pop(sock, None)
                self._threads.discard(threading.current_thread())
                if not good:
                    self._bad[host] += 1
                    if len(self._bad) > 1000:
                        self._bad.clear()

    def _one(self, sock: socket.socket, host: str) -> bool:
        """Answer one question; whether something came of it."""
        asked = plain_http.Wire(sock, _ASKING).head()
        room = self._answers.room_for(asked)
        whole = plain_http.Wire(sock, doors.HALL.seconds)
        whole.go_on(asked)
        if room == doors.HALL.most:
            with self._lock:
                if sock in self._open:
                    self._open[sock] = (time.monotonic(), host, True)
        body = whole.body(asked.length) if 0 < asked.length <= room else b""
        status, headers, said = self._answers.answer(asked, body, host)
        whole.send(plain_http.answer(status, headers, said))
        return status == 200


def _bound(host: str, port: int) -> socket.socket:
    """Both kinds of addresses where the system has both."""
    if not host and socket.has_dualstack_ipv6():
        try:
            return socket.create_server(("::", port), family=socket.AF_INET6, backlog=16, dualstack_ipv6=True)
        except OSError:
            pass  # IPv6 is switched off here
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family, backlog=16)


def _cut(sock: socket.socket) -> None:
    with contextlib.suppress(OSError):
        sock.shutdown(socket.SHUT_RDWR)
