"""What townships ask to say otherwise of items that were devolved to them 本地调整: reviewed here before it counts.

A township's desk hands it in with its log, its own people on the centre's page (`asking_local`); an editor publishes
it for all desks, or refuses it with the reason.
"""

from __future__ import annotations

import msgspec
import sqlalchemy as sa

from db.centre.lists import change_rows
from desk.centre.node.centre_node import Centre, Own
from desk.errors import RefusedError
from desk.folds.township.adjustments import LocalAdjustment, local
from desk.folds.whose import is_centre
from desk.law.bodies import villages
from desk.law.bodies.body import Body, Kind
from desk.law.catalogue import adjusting
from desk.law.catalogue.adjusting import Adjustment
from desk.law.catalogue.item import Item
from desk.log.centre_events import EntryRefused
from desk.log.local_events import Adjusted

_ALL, _MOST = "*", 1000
_NOT = "没有改动。"


class Asked(msgspec.Struct, frozen=True):
    """An adjustment as a page shows it: `faults` are why it cannot be published as it is."""

    record: LocalAdjustment
    item: Item
    body: Body
    faults: tuple[str, ...] = ()

    @property
    def said(self) -> Adjusted | None:
        """What was handed in, or else what is in force."""
        return self.record.proposed if self.record.state == "waiting" else self.record.published


def every(centre: Centre) -> list[Asked]:
    """All adjustments that wait or are in force, those that wait first."""
    with centre.database.read() as db:
        centre.publications.refresh(centre.node, db)
        found = [one for one in _records(centre, db) if one is not None]
    return sorted(found, key=lambda one: (one.record.state != "waiting", one.item.item_name, one.body.code))


def _records(centre: Centre, db: sa.Connection) -> list[Asked]:
    subjects, after = list[str](), ""
    while more := change_rows.subjects_after(db, "local.", after, _MOST):
        subjects += more
        after = more[-1]
    return [asked for one in subjects if (asked := _asked(centre, db, one)) is not None]


def _asked(centre: Centre, db: sa.Connection, subject: str) -> Asked | None:
    """The adjustment that `subject` tells of; None where nothing waits or stands. What a desk that is not that
    township's writes of it says nothing."""
    code, _, whose = subject.partition(":")[2].rpartition(":")
    known = centre.publications
    item, body = known.items.get(code), known.bodies.get(whose)
    if item is None or body is None or body.kind is not Kind.GOVERNMENT:
        return None
    township = f"{body.division}000"
    entries = centre.about(db, [subject])[subject]
    record = local(one for one in entries if is_centre(one.node) or one.node[:12] == township)
    if record is None or record.state not in ("waiting", "in_force"):
        return None
    said = record.proposed if record.state == "waiting" else record.published
    if said is None or (said.task_code, said.body) != (code, whose):
        return None
    points = [one.division for one in known.bodies if one.kind is Kind.POINT and one.is_open(centre.today())]
    own = villages.below(known.bodies, township, points, centre.today())
    found = tuple(one.text for one in adjusting.faults(item, said.said, own))
    return Asked(record, item, body, found if record.state == "waiting" else ())


def publish(centre: Centre, author: str, officer: str, subject: str, node: str, seq: int) -> None:
    """Put in force what was handed in as entry `seq` of `node`, for all desks. Raises RefusedError."""
    with centre.database.write() as db:
        asked = _must_wait(centre, db, subject, node, seq)
        if asked.faults:
            raise RefusedError(
                "；".join(one.rstrip("。") for one in asked.faults) + "。", "没有核准。", "请写明原因退回。"
            )
        assert asked.said is not None  # noqa: S101 - what waits was handed in
        told = msgspec.structs.replace(asked.said, officer=officer, version=asked.item.version)
        centre.add(db, [Own(author, "local.published", subject, told, _ALL)])


def refuse(centre: Centre, author: str, subject: str, node: str, seq: int, reasons: str) -> None:
    """Send it back with the reason, to the township alone; what was in force stays. Raises RefusedError."""
    if not reasons.strip():
        raise RefusedError("请写明退回的原因。", _NOT)
    with centre.database.write() as db:
        asked = _must_wait(centre, db, subject, node, seq)
        told = EntryRefused(node, seq, reasons.strip())
        centre.add(db, [Own(author, "entry.refused", subject, told, f"{asked.body.division}000")])


def take_back(centre: Centre, author: str, officer: str, subject: str) -> None:
    """The base item counts again there. Raises RefusedError where nothing is in force."""
    with centre.database.write() as db:
        centre.publications.refresh(centre.node, db)
        record = local(centre.about(db, [subject])[subject])
        if record is None or record.published is None or not record.published.said.said():
            raise RefusedError("这里没有生效的调整。", _NOT)
        told = msgspec.structs.replace(record.published, said=Adjustment(), officer=officer)
        centre.add(db, [Own(author, "local.published", subject, told, _ALL)])


def _must_wait(centre: Centre, db: sa.Connection, subject: str, node: str, seq: int) -> Asked:
    centre.publications.refresh(centre.node, db)
    asked = _asked(centre, db, subject)
    if asked is None or asked.record.state != "waiting" or (asked.record.node, asked.record.seq) != (node, seq):
        raise RefusedError("这份调整刚刚办过，或苏木乡镇又报来新的。", _NOT, "请看过现在的再办。")
    return asked
