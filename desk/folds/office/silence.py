"""When a desk counts as silent: the same at a centre, unless it is set otherwise there, and at a township's desk."""

from __future__ import annotations

import datetime as dt

from desk import clock

SILENT_DAYS = 7  # without a sync


def days_since(heard: str, now: dt.datetime) -> int | None:
    """Whole days since a desk was heard (ISO 8601); None where it never was."""
    try:
        then = dt.datetime.fromisoformat(heard)
    except ValueError:
        return None
    return max(0, (now.astimezone(clock.BEIJING).date() - then.astimezone(clock.BEIJING).date()).days)
