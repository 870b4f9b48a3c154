"""How often one address may knock at the doors where codes and passwords are tried: a token bucket each, in memory.

Each process counts for itself.
"""

from __future__ import annotations

import ipaddress
import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable

from desk.centre.settings import Settings

_MOST = 20_000  # addresses that are remembered


class Bucket:
    """`count` at once, and as many again in `seconds`, refilled evenly."""

    def __init__(self, count: int, seconds: float = 60, tell: Callable[[], float] = time.monotonic) -> None:
        """`tell` gives seconds."""
        self._size, self._rate, self._tell = float(count), count / seconds, tell
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._turn = threading.Lock()

    def wait(self, who: str) -> int:
        """Take one for `who`: 0 when it may pass, else the seconds after which the next one may."""
        now = self._tell()
        with self._turn:
            left, since = self._left.pop(who, (self._size, now))
            left = min(self._size, left + (now - since) * self._rate)
            passes = left >= 1
            self._left[who] = (left - 1 if passes else left, now)
            if len(self._left) > _MOST:
                self._left.popitem(last=False)
        return 0 if passes else max(1, math.ceil((1 - left) / self._rate))


def whose(address: str) -> str:
    """Whom an address stands for: itself, of IPv6 its /64, which one household has whole."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv6Address):
        mapped = found.ipv4_mapped
        return str(mapped) if mapped else str(ipaddress.ip_network((int(found), 64), strict=False))
    return str(found)


class Limits:
    """The three doors that are counted."""

    def __init__(self, settings: Settings) -> None:
        self.logins = Bucket(settings.logins_per_minute)
        self.enrols = Bucket(settings.enrols_per_minute)
        self.forms = Bucket(settings.forms_per_minute)


def asks() -> dict[str, Bucket]:
    """What everybody may ask of the public pages: look cases up, send something in, follow it; and how often all of
    them together may guess at one case's number (`guesses`)."""
    most = {"looks": (20, 60), "sent": (10, 600), "followed": (30, 60), "guesses": (20, 3600)}
    return {name: Bucket(*one) for name, one in most.items()}
