"""Which villages are a township's to look after: by the register of bodies, so that one that was merged away or took
others over counts as it stands; by the digits of the division where the register does not know them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from desk.law.bodies.body import Kind, bare
from desk.law.bodies.register import Register

_TOWNSHIP = 9  # digits of a sumu, town or street


def is_township(point: str) -> bool:
    """Whether a counter with this code serves a whole sumu or town, as the convenience centre does."""
    return len(bare(point)) == _TOWNSHIP


def below(register: Register, township: str, points: Iterable[str], day: dt.date) -> frozenset[str]:
    """Those of `points` (codes of counters) that are villages of the counter `township` that day; none of a counter
    that is no township's."""
    if not is_township(township):
        return frozenset()
    centres = register.serving(Kind.CONVENIENCE, township)
    standing = [one for one in centres if one.is_open(day)]
    if centres and not standing:
        return frozenset()  # it is no more, whoever still sits there
    scope = frozenset[str]().union(*(register.scope(one.code, day) for one in standing))
    return frozenset(one for one in points if _is_below(register, scope, township, one))


def _is_below(register: Register, scope: frozenset[str], township: str, point: str) -> bool:
    if len(bare(point)) <= _TOWNSHIP:
        return False
    bodies = register.serving(Kind.POINT, point)
    if scope and bodies:
        return any(one.code in scope for one in bodies)
    return point[:_TOWNSHIP] == township[:_TOWNSHIP]
