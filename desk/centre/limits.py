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
    """`per_minute` at once, refilled evenly."""

    def __init__(self, per_minute: int, tell: Callable[[], float] = time.monotonic) -> None:
        """`tell` gives seconds."""
        self._size, self._tell = float(per_minute), tell
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._turn = threading.Lock()

    def wait(self, who: str) -> int:
        """Take one for `who`: 0 when it may pass, else the seconds after which the next one may."""
        now = self._tell()
        with self._turn:
            left, since = self._left.pop(who, (self._size, now))
            left = min(self._size, left + (now - since) * self._size / 60)
            passes = left >= 1
            self._left[who] = (left - 1 if passes else left, now)
            if len(self._left) > _MOST:
                self._left.popitem(last=False)
        return 0 if passes else max(1, math.ceil((1 - left) * 60 / self._size))


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
