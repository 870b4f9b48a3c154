"""What the centre makes known to all desks below it: items, the holiday table, notices; and who is one person."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from db.centre import rows
from desk import centre_events, events
from desk.catalogue.item import Catalogue, Item
from desk.centre import reckoning
from desk.centre.seat import Centre, Own
from desk.errors import RefusedError
from desk.holidays import HolidayTable

ALL = "*"


def catalogue(centre: Centre, author: str, new: Catalogue, gone: Sequence[Item] = ()) -> int:
    """Publish the items that differ from what was published last, and that those `gone` take no more cases; how many
    did."""
    items = [*((item, False) for item in new.items), *((item, True) for item in gone)]
    subjects = [_item_subject(item.task_code) for item, _ in items]
    with centre.database.write() as db:
        known = centre.about(db, subjects)
        own = []
        for (item, withdrawn), subject in zip(items, subjects, strict=True):
            told = centre_events.ItemPublished(item, new.version, withdrawn)
            said = [events.decode(one.kind, one.data) for one in known[subject]]
            if not said or said[-1] != told:
                own.append(Own(author, "item.published", subject, told, ALL))
        centre.add(db, own, known)
        if own:
            reckoning.begin(db)
    return len(own)


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


def _item_subject(task_code: str) -> str:
    return f"item:{task_code}"
