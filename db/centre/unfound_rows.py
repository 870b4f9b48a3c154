"""Words that were looked up in vain, each with how often."""

from __future__ import annotations

import sqlalchemy as sa

from db.centre.rows import Row
from db.centre.schema import unfound


def count(db: sa.Connection, word: str, day: str, most: int) -> None:
    """One time more on `day`; a word that is new where there are `most` of them is not taken in."""
    here = unfound.c.word == word
    more = sa.update(unfound).where(here).values(times=unfound.c.times + 1, last_day=day)
    if db.execute(more).rowcount:
        return
    known = db.execute(sa.select(sa.func.count()).select_from(unfound)).scalar_one()
    if known < most:
        db.execute(sa.insert(unfound).values(word=word, times=1, last_day=day))


def often(db: sa.Connection, times: int) -> list[Row]:
    """What was looked up so many times or more, the most frequent first."""
    asked = sa.select(unfound).where(unfound.c.times >= times)
    found = db.execute(asked.order_by(unfound.c.times.desc(), unfound.c.last_day.desc(), unfound.c.word))
    return [dict(row) for row in found.mappings()]


def drop(db: sa.Connection, word: str) -> None:
    """Nobody has to look at it any more."""
    db.execute(sa.delete(unfound).where(unfound.c.word == word))


def drop_rare(db: sa.Connection, times: int, before: str) -> None:
    """Take away what was looked up less than so many times, and not since the day `before`."""
    db.execute(sa.delete(unfound).where(unfound.c.times < times, unfound.c.last_day < before))
