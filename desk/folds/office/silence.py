"""How long ago a desk was heard, and when it counts as silent: the same at a centre, unless it is set otherwise there,
and at a township's desk."""

from __future__ import annotations

import datetime as dt

import msgspec

from desk import clock

SILENT_DAYS = 7  # without a sync


class VillageDesk(msgspec.Struct, frozen=True):
    """A desk of a village as the centre knows it: when it was heard last, how many entries waited there then and since
    when, since when it may no longer write. `keys`: the public halves (base64) of all that it ever signed papers with;
    none from a centre of before."""

    node: str
    point_code: str
    point_name: str
    last_seen: str = ""
    waiting: int = 0
    oldest: str = ""
    revoked: str = ""
    keys: tuple[str, ...] = ()


def days_since(heard: str, now: dt.datetime) -> int | None:
    """Whole days since a desk was heard (ISO 8601); None where it never was."""
    try:
        then = dt.datetime.fromisoformat(heard)
    except ValueError:
        return None
    return max(0, (now.astimezone(clock.BEIJING).date() - then.astimezone(clock.BEIJING).date()).days)
