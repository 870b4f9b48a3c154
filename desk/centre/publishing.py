"""What the centre makes known to all desks below it: items, legal clocks, the holiday table, notices; and who is
one person."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

import sqlalchemy as sa

from db.centre import rows
from desk import centre_events, events
from desk.catalogue.item import Catalogue, Item
from desk.centre import reckoning
from desk.centre.seat import Centre, Own
from desk.errors import RefusedError
from desk.holidays import HolidayTable

ALL = "*"


def catalogue(centre: Centre, author: str, new: Catalogue, gone: Sequence[Item] = ()) -> int:
    """Publish the legal clocks that differ from those that stand, the items that differ from what was published last,
    and that those `gone` take no more cases; how many of all these did. Open cases are worked out anew then, by the
    clocks that stand from now on."""
    items = [*((item, False) for item in new.items), *((item, True) for item in gone)]
    with centre.database.write() as db:
        centre.shelf.refresh(centre, db)
        own = [
            Own(author, "regime.published", f"regime:{one.code}", centre_events.RegimePublished(one), ALL)
            for one in new.regimes
            if centre.shelf.regimes.get(one.code) != one
        ]
        told = [
            (item.task_code, centre_events.ItemPublished(item, new.version, withdrawn)) for item, withdrawn in items
        ]
        said = _said(centre, db, [f"item:{code}" for code, _ in told])
        own += [
            Own(author, "item.published", f"item:{code}", one, ALL) for code, one in told if said[f"item:{code}"] != one
        ]
        centre.add(db, own)
        if own:
            reckoning.begin(db)
    return len(own)


def _said(centre: Centre, db: sa.Connection, subjects: Sequence[str]) -> dict[str, events.Data | None]:
    """What this centre said last of each; None where it said nothing. Other centres' words are not its own."""
    found = {}
    for subject, entries in centre.about(db, subjects).items():
        own = [one for one in entries if one.node == centre.node]
        last = max(own, key=lambda one: one.seq, default=None)
        found[subject] = events.decode(last.kind, last.data) if last else None
    return found


def holidays(centre: Centre, author: str, table: HolidayTable) -> None:
    """Publish the table that due dates are worked out with from now on, those of open cases too."""
    with centre.database.write() as db:
        told = centre_events.HolidaysPublished(table)
        centre.add(db, [Own(author, "holidays.published", "holidays", told, ALL)])
        reckoning.begin(db)


def notice(centre: Centre, author: str, told: centre_events.NoticePublished) -> None:
    """Publish a notice. Raises RefusedError for an empty one."""
    if not told.title.strip():
        raise RefusedError("请填写通知的标题。", "没有发布。")
    with centre.database.write() as db:
        centre.add(db, [Own(author, "notice.published", secrets.token_hex(16), told, ALL)])


def merge(centre: Centre, author: str, one: str, into: str, reasons: str) -> None:
    """Two records of a point are one person. Raises RefusedError when either is unknown or they are of two points."""
    with centre.database.write() as db:
        points = {rows.point_of(db, subject) for subject in (one, into)}
        if "" in points or len(points) != 1 or one == into:
            raise RefusedError("这两条办事人记录不能合并。", "没有改动。", "请核对两条记录是不是同一个代办点的。")
        told = events.PersonMerged(into, author, reasons)
        centre.add(db, [Own(author, "person.merged", one, told, points.pop())])
