"""The life of an item's versions at the centre that publishes it: text, opinions, collective decision, approval and
filing, in force, adjusted, out of force. 未经核定备案的行政权力事项均不得行使 (内政办发〔2010〕66号).

Nobody skips a step, and whoever wrote a text does not approve it: `why_not` is asked before an entry is written and
again when it is folded, so an entry that it forbids changes nothing at any node.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import msgspec

from desk import clock
from desk.folds.office.office_record import Asked, Family, Line, Step, steps
from desk.folds.refusal import Refusal
from desk.law.catalogue.item import Item
from desk.log.chain import Entry
from desk.log.life_events import LIFE_KINDS, EndAsked, LifeCorrected, LifeDecided, LifeDrafted, LifeFiled, OpinionHeard
from desk.log.office_events import Said

STATES = {
    "heard": "征求意见",
    "decided": "已集体决定",
    "returned": "退回修改",
    "adopting": "已核定，待另一人核对",
    "approved": "已核定备案",
    "ending": "提出下架",
    "ended": "已下架",
}
SORTS = {"expert": "专家论证", "public": "公开征求意见", "legal": "合法性审核"}
VERDICTS = {"for": "同意", "changes": "建议修改", "against": "不同意"}
REASONS = {
    "enacted": "新制定法律法规规章",
    "amended": "法律法规规章修改",
    "repealed": "法律法规规章废止",
    "devolved": "下放或者收回",
    "cancelled": "取消",
    "made_clear": "规范完善",
}
# How a published version stands (`Offered.phase`).
PHASES = {"waiting": "未到实施日", "in_force": "实施中", "replaced": "已被新版本代替", "out": "已停止"}
# What is put right at once: how the office is reached, not what the item is.
SERVICE = ("place", "hours", "enquiry_phone", "supervision_phone", "handling_unit", "leader", "topic", "faq")
_OWN = ("version", "effective_from")  # that each version has of its own
# The states in which a step may be taken.
_AFTER = {
    "life.heard": ("heard",),
    "life.decided": ("heard",),
    "life.approved": ("decided",),
    "life.adopted": ("adopting",),
    "life.returned": ("heard", "decided", "adopting", "ending"),
    "life.drafted": ("heard", "adopting", "returned", "approved", "ended"),
    "life.corrected": ("approved",),
    "life.ending": ("approved",),
    "life.ended": ("ending",),
}


class Version(msgspec.Struct, frozen=True):
    """One text and what was done with it. `way`: how it came to be: judged, adopted as it was decided elsewhere,
    corrected (as `SERVICE` allows), or found published when its life began to be written."""

    told: LifeDrafted
    at: str
    hands: tuple[str, ...]
    opinions: tuple[OpinionHeard, ...] = ()
    decision: LifeDecided | None = None
    filed: LifeFiled | None = None
    way: str = "judged"

    @property
    def item(self) -> Item:
        """The text, as it is published once it is approved."""
        item = self.told.item
        if self.filed is None:
            return item
        by, no, on = self.filed.approved_by, self.filed.filed_no, self.filed.filed_on
        number, begins = self.filed.version or item.version, self.filed.begins or item.effective_from
        told = msgspec.structs.replace(item, approved_by=by, filed_no=no, filed_on=on)
        return msgspec.structs.replace(told, version=number, effective_from=begins)

    def lacks(self) -> list[str]:
        """The names of the opinions that were not heard yet."""
        heard = {one.sort for one in self.opinions}
        return [words for sort, words in SORTS.items() if sort not in heard]


class Life(msgspec.Struct, frozen=True):
    """All versions of one item as its entries tell them; only the last may be in the making. `end`: that it is to be
    withdrawn, asked for by the account `end_by`; `ended`: filed on."""

    id: str
    state: str
    versions: tuple[Version, ...]
    end: EndAsked | None = None
    end_by: str = ""
    ended: LifeFiled | None = None
    history: tuple[Step, ...] = ()

    @property
    def code(self) -> str:
        """The item's code."""
        return self.id.partition(":")[2]

    @property
    def last(self) -> Version:
        """The version that is in the making, or was approved last."""
        return self.versions[-1]

    @property
    def making(self) -> Version | None:
        """The version that is in the making."""
        return self.last if self.state in ("heard", "decided", "adopting", "returned") else None


def subject(task_code: str) -> str:
    """What the entries about the life of an item are about."""
    return f"life:{task_code}"


def why_not(life: Life | None, kind: str, data: msgspec.Struct, author: str, today: dt.date) -> Refusal | None:
    """Why `author` may not take this step on the day `today`; None when it may."""
    is_first = kind in ("life.drafted", "life.corrected") or (isinstance(data, EndAsked) and data.item is not None)
    if kind not in _AFTER or (life is None and not is_first):
        return Refusal("这个事项还没有送审的文本。")
    if not isinstance(data, LIFE_KINDS[kind][1]):
        return Refusal("这一步没有说清。")
    if life is not None and life.state not in _AFTER[kind]:
        return Refusal(f"现在是“{STATES[life.state]}”，不能这样办。")
    match data:
        case LifeDrafted():
            return _not_drafted(life, data, today)
        case OpinionHeard():
            return _not_heard(data, today)
        case LifeDecided() if life is not None:
            return _not_decided(life.last, data, today)
        case LifeFiled() if life is not None:
            return _not_filed(life, data, author, today)
        case LifeCorrected():
            return _not_corrected(data)
        case EndAsked():
            return _unexplained(data.reason, data.document, data.note)
        case Said() if kind == "life.returned":
            return None if data.text.strip() else Refusal("请写明退回的原因。")
    return Refusal("这一步没有说清。")


def _not_drafted(life: Life | None, data: LifeDrafted, today: dt.date) -> Refusal | None:
    if data.adopted is not None and (lacking := _unfiled(data.adopted, today)):
        return lacking
    if life is not None and life.code != data.item.task_code:
        return Refusal("实施编码变了，是另一个事项。", "请用原来的编码，或另建事项。")
    if data.before or (life is not None and any(one.filed for one in life.versions)):
        return _unexplained(data.reason, data.document, data.note)
    return None


def _unexplained(reason: str, document: str, note: str) -> Refusal | None:
    if reason in REASONS and document.strip() and note.strip():
        return None
    return Refusal("调整事项要选调整原因，写依据的文件和调整说明。")


def _not_heard(data: OpinionHeard, today: dt.date) -> Refusal | None:
    if data.sort not in SORTS or data.verdict not in VERDICTS:
        return Refusal("请选是哪一种意见，同意还是不同意。")
    if not (data.who.strip() and data.text.strip()):
        return Refusal("请写明谁提的意见、提了什么。")
    return Refusal("提意见的日期还没有到。") if data.on > today else None


def _not_decided(version: Version, data: LifeDecided, today: dt.date) -> Refusal | None:
    if missing := version.lacks():
        return Refusal(f"还没有{'、'.join(missing)}，不能集体决定。", "请先记下意见。")
    legal = [one for one in version.opinions if one.sort == "legal"][-1]
    if legal.verdict == "against":
        return Refusal("合法性审核不同意，不能集体决定。", "请退回修改，改好再送审。")
    if not (data.meeting.strip() and data.document.strip()):
        return Refusal("请写明在什么会议上决定、会议纪要的文号。")
    if data.on > today or any(one.on > data.on for one in version.opinions):
        return Refusal("决定的日期应在听取意见之后，不晚于今天。")
    return None


def _not_filed(life: Life, data: LifeFiled, author: str, today: dt.date) -> Refusal | None:
    hands = (life.end_by,) if life.state == "ending" else life.last.hands
    if not author or author in hands:
        return Refusal("起草的人自己不能核定。", "请另一位目录编辑登录后核定。")
    if lacking := _unfiled(data, today):
        return lacking
    if life.state == "adopting":
        return _not_the_same(life.last.told.adopted, data)
    decision = life.last.decision
    if life.state == "decided" and decision is not None and data.filed_on < decision.on:
        return Refusal("备案日期应在集体决定之后，不晚于今天。")
    return None


def _unfiled(data: LifeFiled, today: dt.date) -> Refusal | None:
    if not (data.approved_by.strip() and data.filed_no.strip()):
        return Refusal("请填写核定机关和备案号。")
    return Refusal("备案日期应在集体决定之后，不晚于今天。") if data.filed_on > today else None


def _not_the_same(told: LifeFiled | None, data: LifeFiled) -> Refusal | None:
    """What two people read of the approval elsewhere, each by himself, is one thing."""
    if told and (told.approved_by, told.filed_no, told.filed_on) == (data.approved_by, data.filed_no, data.filed_on):
        return None
    return Refusal("核定机关、备案号或日期与送来的人写的不一样。", "请照批准的文件再核对，写错的退回。")


def changed(before: Item, item: Item) -> set[str]:
    """The fields in which two versions differ, number and first day aside."""
    names = (name for name in Item.__struct_fields__ if name not in _OWN)
    return {name for name in names if getattr(before, name) != getattr(item, name)}


def _not_corrected(data: LifeCorrected) -> Refusal | None:
    differing = changed(data.before, data.item)
    if not differing:
        return Refusal("内容与现行的一样。")
    if differing <= set(SERVICE):
        return None
    return Refusal("除了地点、时间、电话、承办和常见问题，别的内容要送审、核定备案后才能改。")


def refusal(record: msgspec.Struct | None, asked: Asked) -> Refusal | None:
    """As `why_not`, for the centre's log."""
    assert record is None or isinstance(record, Life)  # noqa: S101 - the family's own fold made it
    return why_not(record, asked.kind, asked.data, asked.author, asked.today)


def fold(entries: Iterable[Entry]) -> Life | None:
    """The life that `entries` tell of; one that a rule forbids is let pass without effect."""
    life: Life | None = None
    for entry, data, step in steps(entries):
        if why_not(life, entry.kind, data, entry.author, clock.day(entry.time)) is not None:
            continue
        life = _after(life, entry, data)
        life = msgspec.structs.replace(life, history=(*life.history, _told(step, data)))
    return life


def _told(step: Step, data: msgspec.Struct) -> Step:
    """The line of history with what its words are called here."""
    parts: tuple[str, ...]
    match data:
        case LifeDrafted(reason=reason, document=document, note=note):
            parts = (REASONS.get(reason, ""), document, note)
            if data.adopted is not None:
                parts = (*parts, f"已由{data.adopted.approved_by}核定", data.adopted.filed_no)
        case OpinionHeard(sort=sort, who=who, on=on, text=text, verdict=verdict):
            parts = (SORTS[sort], f"{who} {on}", VERDICTS[verdict], text)
        case LifeDecided(meeting=meeting, on=on, document=document):
            parts = (meeting, document, on.isoformat())
        case LifeFiled(approved_by=by, filed_no=no, filed_on=on):
            parts = (by, no, on.isoformat())
        case EndAsked(reason=reason, document=document, note=note):
            parts = (REASONS[reason], document, note)
        case _:
            return step
    return msgspec.structs.replace(step, text="，".join(filter(None, parts)), verdict="")


def _after(life: Life | None, entry: Entry, data: msgspec.Struct) -> Life:
    match data:
        case LifeDrafted():
            return _drafted(life, entry, data)
        case LifeCorrected():
            made = _published(data.item, entry, data.officer, "corrected")
            known = life or Life(entry.subject, "", ())
            return msgspec.structs.replace(known, state="approved", versions=(*known.versions, made))
        case EndAsked(item=Item() as item) if life is None:
            life = Life(entry.subject, "approved", (_published(item, entry, "", "found"),))
    assert life is not None  # noqa: S101 - `why_not` lets nothing else begin one
    match data:
        case OpinionHeard():
            return _with(life, "heard", opinions=(*life.last.opinions, data))
        case LifeDecided():
            return _with(life, "decided", decision=data)
        case LifeFiled() if life.state == "ending":
            return msgspec.structs.replace(life, state="ended", ended=data)
        case LifeFiled():
            begun = msgspec.structs.replace(life, end=None, end_by="", ended=None)
            return _with(begun, "approved", filed=data, way="adopted" if life.state == "adopting" else "judged")
        case EndAsked():
            return msgspec.structs.replace(life, state="ending", end=data, end_by=entry.author)
    if life.state == "ending":
        return msgspec.structs.replace(life, state="approved", end=None, end_by="")
    return _with(life, "returned", decision=None)


def _published(item: Item, entry: Entry, officer: str, way: str) -> Version:
    told = LifeDrafted(item, officer, item.version)
    on = item.filed_on or item.effective_from
    filed = LifeFiled(item.approved_by, item.filed_no, on, officer, item.version)
    return Version(told, entry.time, (entry.author,), filed=filed, way=way)


def _drafted(life: Life | None, entry: Entry, data: LifeDrafted) -> Life:
    """A new text. One in the making is written anew: what experts and people said of it stays, the review of its
    legality is of the text that is decided, so it is wanted again; hands only become more."""
    known = life or Life(entry.subject, "", ())
    again = known.making
    hands = dict.fromkeys((*(again.hands if again else ()), *data.hands, entry.author))
    kept = tuple(one for one in again.opinions if one.sort != "legal") if again else ()
    made = Version(data, entry.time, tuple(hands), kept)
    before = known.versions[:-1] if again else known.versions
    state = "adopting" if data.adopted is not None else "heard"
    return msgspec.structs.replace(known, state=state, versions=(*before, made))


def _with(life: Life, state: str, **parts: object) -> Life:
    made = msgspec.structs.replace(life.last, **parts)
    return msgspec.structs.replace(life, state=state, versions=(*life.versions[:-1], made))


def line(record: msgspec.Struct) -> Line:
    """For lists; `number` is the version."""
    assert isinstance(record, Life)  # noqa: S101 - the family's own fold made it
    item = record.last.item
    return Line(
        record.state,
        record.last.at[:10],
        item.item_name,
        kind=item.item_type,
        org=item.org_name,
        task_code=item.task_code,
        number=str(item.version),
    )


FAMILY = Family(fold, line, Life, STATES, refusal, refusal)
