"""When to try again: soon after the first trouble, then with more patience, never all desks at one moment."""

from __future__ import annotations

import random

FIRST, MOST = 5.0, 15 * 60.0  # seconds
QUIET = 10 * 60.0  # between two syncs when all is well


def after(trouble: int, pick: random.Random | None = None) -> float:
    """Seconds to wait after `trouble` failures in a row: doubling, each between half and whole of its span."""
    span = min(MOST, FIRST * 2 ** min(max(trouble, 1) - 1, 20))
    share = (pick or random.Random()).uniform(0.5, 1.0)  # noqa: S311 - to spread, not to hide
    return float(span * share)
