"""My tasks and my section's: which cases wait for somebody, by the posts of all bodies and who stands in for whom."""

from __future__ import annotations

import msgspec
import sqlalchemy as sa

from db.centre import records
from db.centre.lists.turn_rows import Turns
from desk.centre.node.centre_node import Centre
from desk.folds.office.roster.duties import Duty, Roster


def rosters(db: sa.Connection) -> list[Roster]:
    """The posts of every body that set some."""
    rows = records.record_data(db, "roster", state="set")
    return [msgspec.json.decode(row["data"], type=Roster) for row in rows]


def mine(centre: Centre, known: list[Roster], account: str, *, is_window: bool) -> Turns:
    """The cases that wait for this account today; where a body set no posts, all of it that wait for the office.
    `is_window`: somebody of the general window, who gives out for every body."""
    day = centre.today()
    posts = tuple((one.body, _values(one.duties(account, day))) for one in known if one.duties(account, day))
    away = any(one.absence(account, day) for one in known)
    accounts = {one for roster in known for one in roster.stood_in(account, day)} | (set() if away else {account})
    return Turns(tuple(sorted(accounts)), posts, at_window=is_window, loose=True, cut=tuple(one.body for one in known))


def of_section(centre: Centre, known: list[Roster], account: str, *, is_window: bool) -> Turns:
    """The same for everybody of the account's section 科室."""
    found = mine(centre, known, account, is_window=is_window)
    accounts, posts = set(found.accounts), dict(found.posts)
    for roster in known:
        if roster.held(account):
            people = roster.colleagues(account)
            accounts |= set(people)
            held = frozenset(duty for one in people for duty in roster.held(one))
            posts[roster.body] = tuple(sorted({*posts.get(roster.body, ()), *_values(held)}))
    return Turns(tuple(sorted(accounts)), tuple(posts.items()), found.at_window, found.loose, found.cut)


def _values(duties: frozenset[Duty]) -> tuple[str, ...]:
    return tuple(sorted(one.value for one in duties))
