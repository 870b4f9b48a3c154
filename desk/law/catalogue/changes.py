"""What a new catalogue or holiday table changes, for an editor to look at before it is published."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import msgspec

from desk.law.catalogue.item import Catalogue, Item, Regime
from desk.law.catalogue.versions import Offered
from desk.law.holidays import HolidayTable

FIELD_NAMES = {
    "item_name": "事项名称",
    "item_type": "事项类型",
    "exercise_level": "行使层级",
    "org_name": "实施主体",
    "proxy_mode": "代办方式",
    "regime": "时限规则",
    "version": "版本",
    "effective_from": "实施日期",
    "effective_to": "停止日期",
    "approved_by": "核定机关",
    "filed_no": "备案号",
    "filed_on": "备案日期",
    "catalog_code": "目录编码",
    "org_uscc": "主体统一代码",
    "exercised_by": "实施机构",
    "org_nature": "主体性质",
    "handling_unit": "承办机构",
    "leader": "主管领导",
    "legal_basis": "设定依据",
    "audience": "服务对象",
    "case_type": "办件类型",
    "channel": "办理形式",
    "topic": "服务主题",
    "acceptance_conditions": "受理条件",
    "materials": "申请材料",
    "situations": "情形",
    "fields": "表单",
    "statutory_limit": "法定时限",
    "promised_limit": "承诺时限",
    "special_procedures": "特别程序",
    "steps": "办理流程",
    "fees": "收费",
    "none_of": "明确没有的内容",
    "result_name": "办理结果",
    "delivery": "送达方式",
    "visits": "到现场次数",
    "visits_note": "到现场原因",
    "proxy_note": "代办说明",
    "place": "办理地点",
    "hours": "办理时间",
    "enquiry_phone": "咨询电话",
    "supervision_phone": "监督电话",
    "rights": "申请人权利",
    "remedy": "救济渠道",
    "faq": "常见问题",
    "bands": "裁量分档",
    "duties": "责任事项",
    "liability": "法律责任",
    "holds": "核对条件",
    "stated": "另定时限",
    "roll": "批量名册",
    "sample": "示例",
    "sample_note": "示例说明",
}


class Changed(msgspec.Struct, frozen=True):
    """An item whose version that stands differs from the new one, and the names of the fields that do."""

    before: Item
    after: Item
    fields: tuple[str, ...]


REGIME_NAMES = {
    "code": "代码",
    "name": "名称",
    "basis": "依据",
    "decision": "作出决定",
    "notice": "受理或一次告知",
    "extension": "延期",
    "delivery": "送达",
    "silence": "逾期不告知的后果",
    "silence_note": "逾期说明",
    "pauses": "不计时限",
    "sample": "示例",
    "cites": "文书引用的条文",
    "remedy": "救济渠道",
    "remedy_unaccepted": "不予受理的救济渠道",
}


class ChangedRegime(msgspec.Struct, frozen=True):
    """A set of legal clocks that differs from the one that stands, and in what."""

    before: Regime
    after: Regime
    fields: tuple[str, ...]


class Changes(msgspec.Struct, frozen=True):
    """What publishing would do; `faults` forbid it."""

    new: tuple[Item, ...]
    changed: tuple[Changed, ...]
    gone: tuple[Item, ...]
    same: int
    faults: tuple[str, ...]
    new_regimes: tuple[Regime, ...] = ()
    changed_regimes: tuple[ChangedRegime, ...] = ()


def compare(
    known: Mapping[str, Offered], catalogue: Catalogue, regimes: Mapping[str, Regime], today: dt.date
) -> Changes:
    """What `catalogue` changes in the versions `known` of items by their codes, and in `regimes`."""
    new, changed, faults, same = [], [], [], 0
    for item in catalogue.items:
        stands = known.get(item.task_code)
        if stands is None or stands.withdrawn:
            new.append(item)
            continue
        before = _before(stands, item)
        if before == item:
            same += 1
        else:
            fields = tuple(FIELD_NAMES.get(name, name) for name in _different(before, item))
            changed.append(Changed(before, item, fields))
            faults += _misnumbered(stands, before, item) or _supplanted(stands, item, catalogue, today)
    coming = {item.task_code for item in catalogue.items}
    gone = [one.on(today) for code, one in known.items() if code not in coming and not one.withdrawn]
    new_clocks = tuple(one for one in catalogue.regimes if one.code not in regimes)
    clocks = ((regimes[one.code], one) for one in catalogue.regimes if regimes.get(one.code, one) != one)
    others = tuple(ChangedRegime(*both, tuple(REGIME_NAMES[name] for name in _different(*both))) for both in clocks)
    return Changes(tuple(new), tuple(changed), tuple(gone), same, tuple(faults), new_clocks, others)


def _before(stands: Offered, item: Item) -> Item:
    """What `item` is held against: the same version, or else the highest below it that stands."""
    same = [one for one in stands.every if one.version == item.version]
    below = [one for one in stands.every if one.version < item.version]
    return (same or [max(below or stands.every, key=lambda one: one.version)])[-1]


def _misnumbered(stands: Offered, before: Item, item: Item) -> list[str]:
    highest = max(one.version for one in stands.every)
    if item.version > highest or _different(before, item) == ["effective_to"]:
        return []  # when it ends is no part of what it says
    both = f"现行第 {before.version} 版，新的第 {item.version} 版"
    return [f"{item.item_name}：内容有变，版本号却没有加大（{both}）"]


def _supplanted(stands: Offered, item: Item, catalogue: Catalogue, today: dt.date) -> list[str]:
    """Versions that wait for their day, and that `item`, with a higher number, would keep from ever counting."""
    also = [one for one in catalogue.items if one.task_code == item.task_code and one.version > item.version]
    return [
        f"{item.item_name}：第 {one.version} 版要从 {one.effective_from} 起实施，会被第 {item.version} 版顶掉；"
        f"请把 {one.effective_from} 起的那一版也用更大的版本号放进目录"
        for one in stands.coming(today)
        if item.effective_from < one.effective_from
        and not any(other.effective_from <= one.effective_from for other in also)
    ]


def _different(before: msgspec.Struct, after: msgspec.Struct) -> list[str]:
    return [name for name in before.__struct_fields__ if getattr(before, name) != getattr(after, name)]


class DayChanges(msgspec.Struct, frozen=True):
    """What a new holiday table changes."""

    years: tuple[int, ...]
    years_gone: tuple[int, ...]
    off: tuple[dt.date, ...]
    off_gone: tuple[dt.date, ...]
    worked: tuple[dt.date, ...]
    worked_gone: tuple[dt.date, ...]

    def any(self) -> bool:
        """Whether it changes anything."""
        return any(getattr(self, name) for name in self.__struct_fields__)


def compare_days(before: HolidayTable, after: HolidayTable) -> DayChanges:
    """What `after` changes in `before`."""
    years = set(before.years), set(after.years)
    return DayChanges(
        tuple(sorted(years[1] - years[0])),
        tuple(sorted(years[0] - years[1])),
        tuple(sorted(after.days_off - before.days_off)),
        tuple(sorted(before.days_off - after.days_off)),
        tuple(sorted(after.workdays - before.workdays)),
        tuple(sorted(before.workdays - after.workdays)),
    )


def day_faults(table: HolidayTable) -> list[str]:
    """What is wrong with a holiday table, one line each."""
    faults = []
    own = {one.on for one in table.local}
    if not table.version.strip() or not table.issued_by.strip():
        faults.append("没有写版本或发布机关")
    if not table.years:
        faults.append("没有写包括哪些年份")
    if not own <= table.days_off or not all(one.name.strip() for one in table.local):
        faults.append("地方节假日没有写名称，或者没有列在放假的日子里")
    both = sorted(table.days_off & table.workdays)
    if both:
        faults.append("既放假又上班：" + "、".join(f"{one:%Y-%m-%d}" for one in both[:5]))
    outside = sorted(one for one in (table.days_off - own) | table.workdays if one.year not in table.years)
    if outside:
        faults.append("不在所写年份里：" + "、".join(f"{one:%Y-%m-%d}" for one in outside[:5]))
    return faults
