"""A catalogue as large as a banner's will be, and the office that has it: a real centre, a desk enrolled and synced.

3,000 base items in one version each, bodies of a banner with ten townships; half of the items are exercised by each of
the ten for its own people, some by the points. Made of the sample's items, so lists within them are as long as real.
"""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Iterator
from pathlib import Path

import msgspec
from conftest import CHEAP, PASSWORD, Served, SetClock, sync
from conftest import serving as serve

from desk.app import opening
from desk.app.open_desk import Desk
from desk.centre import site
from desk.centre.exchange import enrolment
from desk.centre.node import bodies, centre_node, publishing, redating
from desk.law.catalogue import load
from desk.law.catalogue.item import Catalogue, Exercise, Exerciser, Item
from desk.store.account import Account

BANNER, POINT = "152525", "152525100201"  # 东乌珠穆沁旗: ten townships, 79 villages
COUNT = 3_000
_KINDS = (
    "首次申请", "变更", "延续", "注销", "补证", "换发", "年度审核", "迁入", "迁出", "暂停", "恢复", "资格复核",
    "信息更正", "企业", "个体工商户", "家庭", "未成年人", "老年人", "残疾人", "合作社", "跨旗办理", "委托办理", "集体",
    "临时", "备案",
)  # fmt: skip
_WHO = (Exerciser.TOWNSHIPS, Exerciser.POINTS, None, Exerciser.TOWNSHIPS)


def items(count: int = COUNT) -> tuple[Item, ...]:
    """So many items, each with a name and a code of its own."""
    base = {one.task_code: one for one in reversed(load.seed().items)}.values()
    pairs = itertools.islice(itertools.product(_KINDS, base), count)
    return tuple(_item(at, kind, one) for at, (kind, one) in enumerate(pairs))


def _item(at: int, kind: str, one: Item) -> Item:
    who = _WHO[at % len(_WHO)]
    return msgspec.structs.replace(
        one,
        task_code=f"{one.task_code}{at:04d}",
        item_name=f"{one.item_name}（{kind}）",
        version=1,
        exercised_by=Exercise(who) if who else one.exercised_by,
    )


def catalogue(count: int = COUNT) -> Catalogue:
    """The sample's clocks with so many items."""
    return msgspec.structs.replace(load.seed(), version="2026-L", items=items(count))


@contextlib.contextmanager
def centre(folder: Path, count: int = COUNT) -> Iterator[Served]:
    """A centre of the banner that published all of it, on loopback."""
    centre_node.create(folder, BANNER, "东乌珠穆沁旗政务服务中心")
    made = centre_node.Centre(folder, tell=SetClock())
    bodies.seed_drafts(made, BANNER)
    bodies.publish(made, "bian")
    if count:
        publishing.catalogue(made, "bian", catalogue(count), gone=load.seed().items)
    while redating.piece(made):
        pass
    with serve(site.app(made)) as address:
        yield Served(made, address)
    made.close()


def desk(folder: Path, served: Served) -> Desk:
    """A desk of that banner, synced."""
    code = enrolment.enrol_code(served.centre, POINT, "代办点")
    opening.create_desk(folder, served.address, code, Account("suhe", "苏和"), PASSWORD, cost=CHEAP, tell=SetClock())
    opened = opening.open_desk(folder, "suhe", PASSWORD, SetClock())
    while sync(opened).received:
        pass
    return opened
