"""Drafts sent to be judged, and the whole way to a version in force, as two editors go it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

import msgspec
from conftest import PASSWORD, Served

from db.centre import item_drafts as table
from db.centre import people
from desk.centre.drafting import approving, item_drafts, regimes
from desk.centre.drafting.approving import By, Why
from desk.centre.drafting.item_drafts import Waiting
from desk.centre.node import redating
from desk.centre.node.roles import Role
from desk.centre.run import guard
from desk.folds.office import lives
from desk.folds.office.lives import Life
from desk.law.catalogue import load
from desk.law.catalogue.item import Item
from desk.law.item_tables.drafts import Draft
from desk.log.life_events import LifeDecided, LifeFiled, OpinionHeard

WRITER, OTHER = By("bian", "其木格"), By("he", "乌云")
ITEM = next(one for one in load.seed().items if one.item_name == "婚姻登记")
WHY = Why("amended", "旗政发〔2026〕8号", "按修改后的草原法调整")


def editors(served: Served) -> None:
    """Both have an account."""
    with served.centre.database.read() as db:
        there = {one.account for one in (WRITER, OTHER) if people.one_clerk(db, one.account)}
    for one in (WRITER, OTHER):
        if one.account not in there:
            guard.add_clerk(served.centre, one.account, one.name, PASSWORD, "编办", frozenset({Role.EDITOR}))


def draft(served: Served, item: Item, before: int) -> str:
    """A draft of `item` that waits; its key."""
    with served.centre.database.write() as db:
        table.put_import(db, {"id": "r", "file": "a.xlsx", "account": "bian", "at": served.centre.now()})
        data = msgspec.json.encode(Draft(item, before=before, fields=("咨询电话",)))
        row = {"id": "k", "run": "r", "place": 0, "task_code": item.task_code, "aside": "", "data": data}
        table.put_drafts(db, [row])
    return "k"


def adjusted(served: Served, **fields: object) -> str:
    """A draft of the next version of an item; its code."""
    item = msgspec.structs.replace(
        ITEM, version=ITEM.version + 1, effective_from=served.centre.today(), **(fields or {"result_name": "结婚证"})
    )
    draft(served, item, ITEM.version)
    return item.task_code


def waiting(served: Served) -> list[Waiting]:
    """The drafts that wait."""
    with served.centre.database.read() as db:
        served.centre.publications.refresh(served.centre.node, db)
        return item_drafts.waiting(served.centre, db)


def life(served: Served, code: str) -> Life | None:
    """What became of an item's texts."""
    with served.centre.database.read() as db:
        return approving.life_of(db, code)


def filed(served: Served, number: str = "编备〔2026〕9号") -> LifeFiled:
    """An approval of today."""
    return LifeFiled("旗委编办", number, served.centre.today(), OTHER.name)


def heard(served: Served, codes: Collection[str], *sorts: str) -> None:
    """These opinions, all for it."""
    today = served.centre.today()
    for sort in sorts or tuple(lives.SORTS):
        opinion = OpinionHeard(sort, "某某", today, "没有意见", "for", WRITER.name)
        approving.step(served.centre, WRITER, codes, "life.heard", opinion)


def decided(served: Served, codes: Collection[str], day: dt.date | None = None) -> None:
    """The decision of today."""
    told = LifeDecided("旗政府常务会议", day or served.centre.today(), "纪要〔2026〕3号", WRITER.name)
    approving.step(served.centre, WRITER, codes, "life.decided", told)


def publish(served: Served, *names: str) -> list[str]:
    """The sound drafts, or those of these names, taken the whole way; the codes of their items."""
    editors(served)
    chosen = [one for one in waiting(served) if not one.faults and (not names or one.draft.item.item_name in names)]
    codes = [one.draft.item.task_code for one in chosen]
    approving.send(served.centre, WRITER, {one.key for one in chosen}, WHY)
    heard(served, codes)
    decided(served, codes)
    approving.approve(served.centre, OTHER, codes, filed(served), "旗2026.2")
    return codes


def taken_over(served: Served) -> None:
    """All that waits in force: the legal clocks that a file brought, held against the law by another, and the drafts,
    taken the whole way."""
    editors(served)
    with served.centre.database.read() as db:
        told = regimes.waiting(db)
    if told.regimes:
        regimes.confirm(served.centre, OTHER.account, told.at)
    if waiting(served):
        publish(served)
    while redating.piece(served.centre):
        pass
