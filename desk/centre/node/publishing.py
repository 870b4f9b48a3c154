"""What the centre makes known to all desks below it: items, legal clocks, the holiday table, notices; and who is
one person."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence

import msgspec
import sqlalchemy as sa

from db.centre import rows
from desk.centre.node import redating
from desk.centre.node.centre_node import Centre, Own
from desk.errors import RefusedError
from desk.law.catalogue.item import Catalogue, Item
from desk.law.holidays import HolidayTable
from desk.log import centre_events, events
from desk.log.centre_events import ItemPublished, RegimePublished
from desk.words import guide_texts
from desk.words.guide_texts import GuideTexts

ALL = "*"
_NOT = "没有发布，原来的还在用。"
_PUBLISHED = {RegimePublished: "regime.published", ItemPublished: "item.published"}


def catalogue(centre: Centre, author: str, new: Catalogue, gone: Sequence[Item] = ()) -> int:
    """Publish the legal clocks and the items that differ from what was published last, and that those `gone` take no
    more cases; how many of all these did. A version for a later day leaves the one of today in force until then. Open
    cases are worked out anew, by the clocks that stand from now on."""
    with centre.database.write() as db:
        return catalogue_in(centre, db, author, new, gone)


def catalogue_in(
    centre: Centre, db: sa.Connection, author: str, new: Catalogue, gone: Sequence[Item] = (), proposed_by: str = ""
) -> int:
    """As `catalogue`, in a transaction of the caller's; `proposed_by`: whose legal clocks they are."""
    centre.publications.refresh(centre.node, db)
    told: list[tuple[str, events.Data]] = []
    told += [(f"regime:{one.code}", RegimePublished(one, proposed_by)) for one in new.regimes]
    for withdrawn, items in ((False, sorted(new.items, key=lambda one: one.version)), (True, gone)):
        told += [(f"item:{one.task_code}", ItemPublished.of(one, new.version, withdrawn=withdrawn)) for one in items]
    said = _standing(centre, db, [key for key, _ in told])
    own = [Own(author, _PUBLISHED[type(one)], key, one, ALL) for key, one in told if not _is_said(one, said[key])]
    before = centre.publications.items
    moved = [one for one in new.items if (was := before.get(one.task_code)) and was.exercised_by != one.exercised_by]
    centre.add(db, own)
    if own:
        (redating.begin_whole if moved else redating.begin)(db)
    return len(own)


def _standing(centre: Centre, db: sa.Connection, subjects: Sequence[str]) -> dict[str, list[events.Data | None]]:
    """What this centre said of each and what stands: of legal clocks the last, of an item the last of every version
    since it was withdrawn last."""
    stands: dict[str, list[events.Data | None]] = {}
    for subject, entries in centre.about(db, list(dict.fromkeys(subjects))).items():
        stands[subject] = []
        for entry in sorted((one for one in entries if one.node == centre.node), key=lambda one: one.seq):
            data = events.decode(entry.kind, entry.data)
            stands[subject] = [*(one for one in stands[subject] if not _replaces(data, one)), data]
    return stands


def _is_said(told: events.Data, said: Sequence[events.Data | None]) -> bool:
    if isinstance(told, RegimePublished):
        return any(isinstance(one, RegimePublished) and one.regime == told.regime for one in said)
    return told in said


def _replaces(data: events.Data | None, before: events.Data | None) -> bool:
    if not (isinstance(data, ItemPublished) and isinstance(before, ItemPublished)):
        return True
    return data.withdrawn or before.withdrawn or data.item.version == before.item.version


def _said(centre: Centre, db: sa.Connection, subjects: Sequence[str]) -> dict[str, events.Data | None]:
    """What this centre said last of each; None where it said nothing. Other centres' words are not its own."""
    last_said = {}
    for subject, entries in centre.about(db, subjects).items():
        own = [one for one in entries if one.node == centre.node]
        last = max(own, key=lambda one: one.seq, default=None)
        last_said[subject] = events.decode(last.kind, last.data) if last else None
    return last_said


def texts(centre: Centre, author: str, task_code: str, written: GuideTexts, seen: str) -> bool:
    """Publish what the guide of an item says in Mongolian; whether it differs from what was published last. Raises
    RefusedError when that is not what was `seen` (its mark): somebody else published meanwhile."""
    with centre.database.write() as db:
        subject = guide_texts.subject(task_code)
        stands = _said(centre, db, [subject])[subject] or GuideTexts()
        if not isinstance(stands, GuideTexts) or guide_texts.mark(stands) != seen:
            raise RefusedError("这份蒙古文稿刚刚被别人改过。", "没有改动。", "请看过现在的稿子再改。")
        if stands != written:
            centre.add(db, [Own(author, "texts.written", subject, written, ALL)])
    return stands != written


def words(centre: Centre, author: str, task_code: str, change: Callable[[tuple[str, ...]], tuple[str, ...]]) -> None:
    """Publish what people say for an item: `change` makes it of what stands. Raises RefusedError, as `change` does."""
    with centre.database.write() as db:
        centre.publications.refresh(centre.node, db)
        if task_code not in centre.publications.items:
            raise RefusedError("目录里没有这个事项。", _NOT)
        told = centre_events.WordsPublished(change(centre.publications.words.get(task_code, ())))
        centre.add(db, [Own(author, "words.published", f"words:{task_code}", told, ALL)])


class Offer(msgspec.Struct, frozen=True):
    """Texts that a node below handed in: which entry it was, whose, when."""

    node: str
    seq: int
    point_name: str
    time: str
    texts: GuideTexts


def offers(centre: Centre, db: sa.Connection, task_codes: Sequence[str]) -> dict[str, list[Offer]]:
    """The last that each node below handed in for these items, where it is not what was published."""
    offered: dict[str, list[Offer]] = {code: [] for code in task_codes}
    named = {guide_texts.subject(code): code for code in task_codes}
    for subject, entries in centre.about(db, list(named)).items():
        code, last = named[subject], {one.node: one for one in sorted(entries, key=lambda one: one.seq)}
        for entry in last.values():
            data = events.decode(entry.kind, entry.data)
            if entry.node == centre.node or not isinstance(data, GuideTexts) or not data.parts():
                continue
            if data != centre.publications.texts.get(code):
                node = rows.one_node(db, entry.node)
                name = node["point_name"] if node else entry.node
                offered[code].append(Offer(entry.node, entry.seq, name, entry.time, data))
    return offered


def holidays(centre: Centre, author: str, table: HolidayTable) -> None:
    """Publish the table that due dates are worked out with from now on, those of open cases too; one that was published
    as it is travels no second time."""
    with centre.database.write() as db:
        holidays_in(centre, db, author, table)


def holidays_in(centre: Centre, db: sa.Connection, author: str, table: HolidayTable, proposed_by: str = "") -> None:
    """As `holidays`, in a transaction of the caller's; `proposed_by`: who brought the table."""
    before = _said(centre, db, ["holidays"])["holidays"]
    if isinstance(before, centre_events.HolidaysPublished) and before.table == table:
        return
    told = centre_events.HolidaysPublished(table, proposed_by)
    centre.add(db, [Own(author, "holidays.published", "holidays", told, ALL)])
    redating.begin(db)


def notice(centre: Centre, author: str, published: centre_events.NoticePublished) -> None:
    """Publish a notice. Raises RefusedError for an empty one."""
    if not published.title.strip():
        raise RefusedError("请填写通知的标题。", "没有发布。")
    with centre.database.write() as db:
        centre.add(db, [Own(author, "notice.published", secrets.token_hex(16), published, ALL)])


def merge(centre: Centre, author: str, double: str, into: str, reasons: str) -> None:
    """Two records of a point are one person. Raises RefusedError when either is unknown or they are of two points."""
    with centre.database.write() as db:
        points = {rows.point_of(db, subject) for subject in (double, into)}
        if "" in points or len(points) != 1 or double == into:
            raise RefusedError("这两条办事人记录不能合并。", "没有改动。", "请核对两条记录是不是同一个代办点的。")
        merged = events.PersonMerged(into, author, reasons)
        centre.add(db, [Own(author, "person.merged", double, merged, points.pop())])
