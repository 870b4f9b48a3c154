"""A township's own people ask on the centre's pages for what they may say otherwise of items that were devolved to
their government, as its desk does off line; an editor reviews it all the same (`adjusting`)."""

from __future__ import annotations

import msgspec
import sqlalchemy as sa

from db.centre import people
from desk.centre.node.centre_node import Centre, Own
from desk.errors import RefusedError
from desk.folds.township.adjustments import LocalAdjustment, local
from desk.folds.whose import is_centre
from desk.law.bodies import villages
from desk.law.bodies.body import Body, Kind
from desk.law.bodies.competence import as_exercised
from desk.law.catalogue import adjusting, rules
from desk.law.catalogue.adjusting import Adjustment
from desk.law.catalogue.item import Item
from desk.log.local_events import LocalAsked, subject

_NOT = "没有报送。"
_TOWNSHIP = 9  # digits of its code
_DEVOLVED = "这个事项没有下放给本苏木乡镇，不能调整。"


class Mine(msgspec.Struct, frozen=True):
    """An item as a township may adjust it: `base` is what counts without, `said` what was asked for or is in force,
    `points` its villages' counters by code."""

    item: Item
    base: Item
    record: LocalAdjustment
    points: dict[str, str]

    @property
    def said(self) -> Adjustment:
        """What was asked for last where that waits or was sent back, else what is in force."""
        stands = self.record.proposed if self.record.state in ("waiting", "refused") else self.record.published
        return stands.said if stands else Adjustment()


def government(centre: Centre, town: str) -> Body | None:
    """The government of the township `town` (9 digits); None where there is none today."""
    found = centre.publications.bodies.serving(Kind.GOVERNMENT, town) if len(town) == _TOWNSHIP else []
    return next((one for one in found if one.is_open(centre.today())), None)


def every(centre: Centre, town: str) -> list[Mine]:
    """What was devolved to the township, by name; nothing for who is of none."""
    with centre.database.read() as db:
        centre.publications.refresh(centre.node, db)
        body, known = government(centre, town), centre.publications
        if body is None:
            return []
        ours = [one for code, one in known.items.items() if code not in known.withdrawn and adjusting.is_devolved(one)]
        found = [_mine(centre, db, one, body) for one in ours if not rules.in_force(one, centre.today())]
    return sorted(found, key=lambda one: one.item.item_name)


def one(centre: Centre, town: str, task_code: str) -> Mine:
    """How one of them stands. Raises RefusedError where it is not the township's."""
    with centre.database.read() as db:
        centre.publications.refresh(centre.node, db)
        return _mine(centre, db, *_must_be_ours(centre, town, task_code))


def _must_be_ours(centre: Centre, town: str, task_code: str) -> tuple[Item, Body]:
    body, known = government(centre, town), centre.publications
    item = known.items.get(task_code)
    if body is None or item is None or task_code in known.withdrawn or not adjusting.is_devolved(item):
        raise RefusedError(_DEVOLVED, _NOT, "要改内容，请告诉旗里的目录编辑。")
    return item, body


def _mine(centre: Centre, db: sa.Connection, item: Item, body: Body) -> Mine:
    key, township = subject(item.task_code, body.code), f"{body.division}000"
    entries = centre.about(db, [key])[key]
    record = local(each for each in entries if is_centre(each.node) or each.node[:12] == township)
    base = as_exercised(item, body, centre.today(), is_local=True)
    return Mine(item, base, record or LocalAdjustment(key, "none", ""), _points(centre, township))


def _points(centre: Centre, township: str) -> dict[str, str]:
    known, today = centre.publications.bodies, centre.today()
    names = {one.division: one.name for one in known if one.kind is Kind.POINT and one.is_open(today)}
    below = villages.below(known, township, names, today)
    return {point: name for point, name in sorted(names.items()) if point in below}


def propose(centre: Centre, account: str, officer: str, town: str, task_code: str, said: Adjustment) -> None:
    """Hand it in for review; the township's desks see that it waits. Raises RefusedError, with the problems beside
    their fields, and for an account that is not of that township's bodies, whoever calls."""
    with centre.database.write() as db:
        centre.publications.refresh(centre.node, db)
        item, body = _must_be_ours(centre, town, task_code)
        if _town_of(centre, db, account) != body.division:
            raise RefusedError(_DEVOLVED, _NOT)
        mine = _mine(centre, db, item, body)
        if found := adjusting.faults(item, said, set(mine.points)):
            raise RefusedError("；".join(one.text.rstrip("。") for one in found) + "。", _NOT, problems=found)
        if said == mine.said and mine.record.state != "refused":
            raise RefusedError("与报过的、生效的一样。", _NOT)
        told = LocalAsked(task_code, body.code, said, officer, item.version)
        own = Own(account, "local.asked", subject(task_code, body.code), told, f"{body.division}000")
        centre.add(db, [own])


def _town_of(centre: Centre, db: sa.Connection, account: str) -> str:
    clerk, known, today = people.one_clerk(db, account), centre.publications.bodies, centre.today()
    body = (known.standing(clerk["body"], today) or known.get(clerk["body"])) if clerk else None
    return body.division if body else ""
