"""How often one address may ask: a bucket of tokens for each, in this process's memory."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

_MOST = 20_000  # addresses remembered


class Bucket:
    """`count` requests at once, and as many again in `seconds`."""

    def __init__(self, count: int, seconds: float, tell: Callable[[], float] = time.monotonic) -> None:
        self._count, self._each, self._tell = float(count), seconds / count, tell
        self._known: dict[str, tuple[float, float]] = {}
        self._turn = threading.Lock()

    def wait(self, address: str) -> float:
        """0.0 when `address` may ask now, and takes a token; else the seconds until it may."""
        with self._turn:
            now = self._tell()
            left, at = self._known.get(address, (self._count, now))
            left = min(self._count, left + (now - at) / self._each)
            if left < 1:
                self._known[address] = (left, now)
                return (1 - left) * self._each
            if len(self._known) > _MOST:
                self._known = {
                    key: kept for key, kept in self._known.items() if now - kept[1] < self._count * self._each
                }
            self._known[address] = (left - 1, now)
            return 0.0


def buckets() -> dict[str, Bucket]:
    """What one address may do: log in, look cases up, send something in, follow it; and how often all of them together
    may guess at one case's number (`guesses`)."""
    per_address = {"login": (30, 60), "looks": (20, 60), "sent": (10, 600), "followed": (30, 60)}
    return {name: Bucket(*most) for name, most in {**per_address, "guesses": (20, 3600)}.items()}
