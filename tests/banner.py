"""Steps of tests about bodies: the banner's register published, another draft of a body, items that towns exercise."""

from __future__ import annotations

import datetime as dt

import msgspec
from conftest import Served

from db.centre import rows
from desk.centre.node import bodies, publishing, redating
from desk.law.bodies.body import Body, Kind
from desk.law.catalogue import load
from desk.law.catalogue.item import Exercise, Exerciser, Item
from desk.log import chain

TODAY = dt.date(2026, 11, 24)
HERE, THERE = "152523202000-ZF", "152523101000-ZF"  # 洪格尔苏木, 查干敖包镇
BUREAU = Body("152523000000-BM01", "苏尼特左旗民政局", Kind.DEPARTMENT, "4", "152523", above="152523000000-ZF")


def seeded(served: Served, *more: Body) -> None:
    """The banner's bodies, published."""
    bodies.seed_drafts(served.centre, "152523")
    for one in more:
        bodies.keep(served.centre, one, bodies.mark(None))
    bodies.publish(served.centre, "bian")
    while redating.piece(served.centre):
        pass


def redraft(served: Served, body: Body) -> None:
    """Another draft of a body that is there."""
    bodies.keep(served.centre, body, bodies.mark(stands(served, body.code)))


def stands(served: Served, code: str) -> Body:
    with served.centre.database.read() as db:
        found = bodies.board(served.centre, db).whole.get(code)
    assert found
    return found


def published(served: Served) -> int:
    with served.centre.database.read() as db:
        told = rows.encoded_after(db, served.centre.node, 0, 10_000, 1 << 30)
    return sum(chain.decoded(one).kind == "body.published" for one in told)


def towns(item: Item) -> Item:
    """The next version of `item`, which every sumu and town exercises."""
    return msgspec.structs.replace(item, version=item.version + 1, exercised_by=Exercise(Exerciser.TOWNSHIPS))


def publish_towns(served: Served, task_code: str) -> None:
    seed = load.seed()
    items = tuple(towns(one) for one in seed.items if one.task_code == task_code)
    publishing.catalogue(served.centre, "", msgspec.structs.replace(seed, version="9", items=items))
