"""Words that were looked up in vain, each with how often: on the public page, and at which counters."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from db.centre.rows import Row
from db.centre.tables.unfound_tables import missed, unfound


def count(db: sa.Connection, word: str, day: str, most: int) -> None:
    """One time more on `day`; a word that is new where there are `most` of them is not taken in."""
    here = unfound.c.word == word
    more = sa.update(unfound).where(here).values(times=unfound.c.times + 1, last_day=day)
    if db.execute(more).rowcount:
        return
    known = db.execute(sa.select(sa.func.count()).select_from(unfound)).scalar_one()
    if known < most:
        db.execute(sa.insert(unfound).values(word=word, times=1, last_day=day))


def count_at(db: sa.Connection, word: str, point: str, times: int, day: str, most: int) -> None:
    """So many times more at the counter `point`, told on `day`; a word that is new where it has `most` of them is not
    taken in."""
    more = sa.update(missed).where(missed.c.word == word, missed.c.point == point)
    if db.execute(more.values(times=missed.c.times + times, last_day=day)).rowcount:
        return
    known = sa.select(sa.func.count()).select_from(missed).where(missed.c.point == point)
    if db.execute(known).scalar_one() < most:
        db.execute(sa.insert(missed).values(word=word, point=point, times=times, last_day=day))


def often(db: sa.Connection, times: int) -> list[Row]:
    """What was looked up so many times or more, on the page and at counters together, the most frequent first. Each has
    `word`, `times`, `last_day`, `on_page` (times), `points` ((code, times), the most frequent first)."""
    found: dict[str, dict[str, Any]] = {}
    for one in db.execute(sa.select(unfound)).mappings():
        found[one["word"]] = {**one, "on_page": one["times"], "points": []}
    for one in db.execute(sa.select(missed).order_by(missed.c.times.desc(), missed.c.point)).mappings():
        fresh = {"word": one["word"], "times": 0, "last_day": "", "on_page": 0, "points": []}
        kept = found.setdefault(one["word"], fresh)
        kept["times"] += one["times"]
        kept["last_day"] = max(kept["last_day"], one["last_day"])
        kept["points"].append((one["point"], one["times"]))
    frequent = sorted((one for one in found.values() if one["times"] >= times), key=lambda one: one["word"])
    return sorted(frequent, key=lambda one: (one["times"], one["last_day"]), reverse=True)


def drop(db: sa.Connection, word: str) -> None:
    """Nobody has to look at it any more."""
    db.execute(sa.delete(unfound).where(unfound.c.word == word))
    db.execute(sa.delete(missed).where(missed.c.word == word))


def drop_rare(db: sa.Connection, times: int, before: str) -> None:
    """Take away what was looked up less than so many times, and not since the day `before`."""
    db.execute(sa.delete(unfound).where(unfound.c.times < times, unfound.c.last_day < before))


def drop_rare_at(db: sa.Connection, point: str, times: int, before: str) -> None:
    """As `drop_rare`, of what the counter `point` told."""
    rare = (missed.c.point == point, missed.c.times < times, missed.c.last_day < before)
    db.execute(sa.delete(missed).where(*rare))
