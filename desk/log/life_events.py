"""What entries about the life of an item carry: a text sent to be judged, opinions of it, the decision, the approval
and filing, what is corrected without them, the end. All are written by a centre, for itself."""

from __future__ import annotations

import datetime as dt

import msgspec

from desk.law.catalogue.item import Item
from desk.log.office_events import Said


class LifeFiled(msgspec.Struct, frozen=True):
    """life.approved 核定备案, life.adopted, life.ended: approved by whom, filed under which number on which day.
    `version` and `begins`: the number under which the text is published, and its first day."""

    approved_by: str
    filed_no: str
    filed_on: dt.date
    officer: str
    version: int = 0
    begins: dt.date | None = None


class LifeDrafted(msgspec.Struct, frozen=True):
    """life.drafted 送审: the text that is to be judged, whole. `before`: the version that stands, 0 for a new item;
    `hands`: accounts that wrote it, besides the author of the entry. An adjustment has its reason, the document
    behind it and its 调整说明 `note`. `adopted`: it was decided, approved and filed elsewhere, as its writer read it
    there."""

    item: Item
    officer: str
    before: int = 0
    hands: tuple[str, ...] = ()
    reason: str = ""
    document: str = ""
    note: str = ""
    adopted: LifeFiled | None = None


class OpinionHeard(msgspec.Struct, frozen=True):
    """life.heard: an opinion of the text, written down by `officer`: whose, when, what."""

    sort: str  # expert 专家论证, public 公开征求意见, legal 合法性审核
    who: str
    on: dt.date
    text: str
    verdict: str  # for, changes, against
    officer: str


class LifeDecided(msgspec.Struct, frozen=True):
    """life.decided 集体决定: the meeting, its day, and the number of its minutes."""

    meeting: str
    on: dt.date
    document: str
    officer: str


class LifeCorrected(msgspec.Struct, frozen=True):
    """life.corrected: place, hours, telephones and the like put right, in `item`; `before` is the text that stood."""

    before: Item
    item: Item
    officer: str


class EndAsked(msgspec.Struct, frozen=True):
    """life.ending: the item is to be withdrawn: the reason, the document behind it, the 调整说明. `item`: the version
    that stands, for one that was published before there was any entry of its life."""

    reason: str
    document: str
    note: str
    officer: str
    item: Item | None = None


LIFE_KINDS: dict[str, tuple[str, type[msgspec.Struct]]] = {
    "life.drafted": ("送审", LifeDrafted),
    "life.heard": ("听取意见", OpinionHeard),
    "life.decided": ("集体决定", LifeDecided),
    "life.approved": ("核定备案", LifeFiled),
    "life.adopted": ("收录已核定的", LifeFiled),
    "life.returned": ("退回修改", Said),
    "life.corrected": ("更正办理信息", LifeCorrected),
    "life.ending": ("提出下架", EndAsked),
    "life.ended": ("核定下架", LifeFiled),
}
