"""Envelopes of villages at their township: what it says of them is said again to the village, as the same fact.

So a village sees at its next exchange where its papers lie. A township speaks of its own villages' envelopes alone, by
the register of bodies today; what another says of them has no effect, and is told so.
"""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from db.centre import rows
from desk.centre.node.centre_node import Centre, Own
from desk.law import numbers
from desk.law.bodies import villages
from desk.log import centre_events, chain

_KINDS = ("lodge.made", "lodge.passed")
_NOT_ITS_OWN = "不是这个苏木乡镇下属村的信封"


def pass_on(centre: Centre, db: sa.Connection, new: Sequence[chain.Kept], sender: rows.Row) -> None:
    """Say what is new of envelopes again, once, each to its village; refuse what the sender may not say."""
    said = [one.entry for one in new if one.entry.kind in _KINDS]
    if not said:
        return
    centre.publications.refresh(centre.node, db)
    township, subjects = str(sender["point_code"]), list(dict.fromkeys(one.subject for one in said))
    points = {one: numbers.envelope_node(one)[:12] for one in subjects if numbers.envelope(one) == one}
    below = villages.below(centre.publications.bodies, township, points.values(), centre.today())
    known = centre.about(db, subjects)
    for entry in said:
        point = points.get(entry.subject, "")
        if point not in below:
            _refuse(centre, db, entry, township)
        elif chain.fact(entry) not in (chain.fact(one) for one in known[entry.subject] if one.node == centre.node):
            again = Own(entry.author, entry.kind, entry.subject, entry.data, point, entry.time, entry.rank)
            known[entry.subject] += [one.entry for one in centre.append(db, [again], {})]


def _refuse(centre: Centre, db: sa.Connection, entry: chain.Entry, township: str) -> None:
    told = centre_events.EntryRefused(entry.node, entry.seq, _NOT_ITS_OWN)
    centre.append(db, [Own("", "entry.refused", entry.subject, told, township)], {entry.subject: entry.rank})
