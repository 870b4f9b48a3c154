"""How much to send at a time; when to try again: soon at first, then with patience, never all desks at one moment."""

from __future__ import annotations

import random

FIRST, MOST = 5.0, 15 * 60.0  # seconds
FEWEST, LARGEST = 50, 4000  # entries in a batch
_QUICK, _FAIR, _SLOW = 1.0, 4.0, 10.0  # seconds that a batch took
QUIET = 10 * 60.0  # between two syncs when all is well


def after(trouble: int, pick: random.Random | None = None) -> float:
    """Seconds to wait after `trouble` failures in a row: doubling, each between half and whole of its span."""
    span = min(MOST, FIRST * 2 ** min(max(trouble, 1) - 1, 20))
    share = (pick or random.Random()).uniform(0.5, 1.0)  # noqa: S311 - to spread, not to hide
    return float(span * share)


def entries(size: int, seconds: float) -> int:
    """How many entries to send next, after `size` of them took `seconds`: more while the link carries them easily."""
    if seconds > _SLOW:
        return max(size // 2, FEWEST)
    times = 4 if seconds < _QUICK else 2 if seconds < _FAIR else 1
    return min(size * times, LARGEST)
