"""What the catalogue itself demands: an item takes cases only while approved, filed and effective.

未经核定备案的行政权力事项均不得行使 (内政办发〔2010〕66号, part two (二)).
`lint` holds a catalogue to the rules of its own papers.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from desk.law import codes
from desk.law.catalogue import known, lines
from desk.law.catalogue.item import Catalogue, Exerciser, Item, Limit, Material, Need, ProxyMode, Unit

PROXY_NAMES: dict[ProxyMode, str] = {
    ProxyMode.PROXY: "可代办",
    ProxyMode.ASSIST: "仅帮办",
    ProxyMode.PRESENCE: "须本人到场",
}
# What papers are called on which a person's full number is printed.
_IDENTITY = (
    "身份证", "户口簿", "户口本", "户籍", "居住证", "护照", "通行证", "驾驶证", "残疾人证", "社会保障卡", "社保卡",
    "一卡通", "结婚证", "离婚证", "出生医学证明", "军官证", "士兵证",
)  # fmt: skip
_SILENCE = ("", "accepted", "abandoned")
_DAYS = {Unit.INSTANT: 0.0, Unit.WORKDAY: 1.4, Unit.DAY: 1.0, Unit.MONTH: 30.0}


def shows_identity(material: str) -> bool:
    """Whether a paper of this name shows somebody's full identity number: a look at its picture is noted."""
    return any(one in material for one in _IDENTITY)


def in_force(item: Item, day: dt.date) -> str:
    """Why `item` takes no case on `day`, in Chinese; "" when it does."""
    if item.item_type in codes.AGAINST:
        return f"{codes.ITEM_TYPES[item.item_type]}是对当事人行使的权力，群众不能申请。"
    return exercisable(item, day)


def exercisable(item: Item, day: dt.date) -> str:
    """Why whoever exercises `item` may not do so on `day`, in Chinese; "" when they may."""
    if not item.approved_by:
        return "该事项未经核定，不得办理。"
    if not item.filed_no or item.filed_on is None or item.filed_on > day:
        return "该事项未备案，不得办理。"
    if day < item.effective_from:
        return f"该事项从 {item.effective_from:%Y-%m-%d} 起实施，现在还不能办。"
    if item.effective_to is not None and day > item.effective_to:
        return f"该事项已于 {item.effective_to:%Y-%m-%d} 停止实施。"
    return ""


def checklist(item: Item, situation: str) -> tuple[Material, ...]:
    """The materials of `item` in `situation` (a code, "" for none)."""
    return tuple(one for one in item.materials if one.situation in ("", situation))


_AUTHORITY = (
    Material(
        "on-behalf-letter",
        "授权委托书",
        1,
        0,
        Need.MAY_FOLLOW,
        source="代办点可打印",
        usage_note="申请人签字或按指印",
    ),
    Material("on-behalf-id", "代办人身份证", 0, 1, Need.MAY_FOLLOW, source="代办人自备"),
)


def on_behalf(item: Item, situation: str) -> tuple[Material, ...]:
    """As `checklist` where somebody comes for the applicant: with what shows that they may (行政许可法§29), unless the
    item asks for that anyway."""
    asked = checklist(item, situation)
    said = "".join(one.name for one in asked)
    return (*asked, *(one for one in _AUTHORITY if one.name.replace("代办人", "代理人") not in said))


def filled(item: Item | None, values: Mapping[str, str]) -> list[tuple[str, str]]:
    """Names and values of an item's own form as people read them; by code where the item is not known here."""
    fields = {field.code: field for field in item.fields} if item else {}
    return [
        (fields[code].name, f"{value} {fields[code].unit}".strip()) if code in fields else (code, value)
        for code, value in values.items()
    ]


def lint(catalogue: Catalogue, known: Collection[str] = ()) -> list[str]:
    """Everything in `catalogue` that its own rules forbid, one line each; `known` are the codes of all items that a
    condition may name, where they are known: a catalogue may be a part of them."""
    regime_codes = {regime.code for regime in catalogue.regimes}
    faults = [
        f"{item.item_name}：{one.text}" for item in catalogue.items for one in faults_of(item, regime_codes, known)
    ]
    codes = Counter((item.task_code, item.version) for item in catalogue.items)
    faults += [f"{code} 第 {version} 版重复" for (code, version), count in codes.items() if count > 1]
    regimes = Counter(regime.code for regime in catalogue.regimes)
    faults += [f"时限规则“{code}”重复" for code, count in regimes.items() if count > 1]
    faults += [f"{one.name}：时限规则没有写依据" for one in catalogue.regimes if not one.basis]
    faults += [
        f"{regime.name}：逾期后果只能是 accepted、abandoned 或空"
        for regime in catalogue.regimes
        if regime.silence not in _SILENCE
    ]
    return faults + _overlaps(catalogue)


class Fault(NamedTuple):
    """What the rules forbid of an item: the field that it concerns, and what is wrong, without the item's name. Of a
    list besides, where one of its entries is meant, which (from 0, -1 for none) and what of it."""

    field: str
    text: str
    row: int = -1
    column: str = ""


def faults_of(item: Item, regimes: Collection[str], beside: Collection[str]) -> Iterator[Fault]:
    """Everything in one item that the rules forbid; `regimes` and `beside` are the codes of legal clocks and of items
    that it may name."""
    yield from _kind_faults(item, regimes)
    if item.promised_limit and item.statutory_limit and _longer(item.promised_limit, item.statutory_limit):
        yield Fault("promised_limit", "承诺时限长于法定时限")
    instant = item.promised_limit is not None and item.promised_limit.unit is Unit.INSTANT
    if instant != (item.case_type == "1"):
        yield Fault("promised_limit", "即办件与承诺时限不一致")
    for at, fee in enumerate(item.fees):
        if not fee.basis:
            yield Fault("fees", "收费没有依据", at, "basis")
    if item.visits and not item.visits_note and item.item_type not in codes.AGAINST:
        yield Fault("visits_note", "到现场次数没有写原因")
    if item.exercised_by is not None and (item.exercised_by.who is Exerciser.BODY) != bool(item.exercised_by.body):
        yield Fault("exercised_by", "由一个机构实施的要写机构代码，由各苏木乡镇或各代办点实施的不写", 0, "body")
    yield from _stated_faults(item)
    if not item.legal_basis:
        yield Fault("legal_basis", "没有设定依据")
    yield from (Fault(field, text) for field, text in known.faults(item))
    if item.sample and not item.sample_note:
        yield Fault("sample_note", "示例内容没有注明")
    yield from _material_faults(item)
    yield from (Fault("holds", text, at, column) for at, column, text in lines.faulty(item, beside))


def _material_faults(item: Item) -> Iterator[Fault]:
    for at, material in enumerate(item.materials):
        if "其他材料" in material.name:
            yield Fault("materials", "不得有“其他材料”兜底", at, "name")
    if len({material.code for material in item.materials}) != len(item.materials):
        yield Fault("materials", "材料代码重复")
    situations = {situation.code for situation in item.situations} | {""}
    for at, material in enumerate(item.materials):
        if material.situation not in situations:
            yield Fault("materials", "材料所属情形不存在", at, "situation")


def _kind_faults(item: Item, regimes: Collection[str]) -> Iterator[Fault]:
    """Legal clocks of what people apply for; what a power exercised against somebody is not published without."""
    if item.item_type not in codes.AGAINST:
        if item.regime not in regimes:
            yield Fault("regime", f"时限规则“{item.regime}”不存在")
        return
    kind = codes.ITEM_TYPES[item.item_type]
    if not item.bands and known.none_said(item, "bands") is None:
        yield Fault("bands", f"{kind}没有写裁量分档（没有裁量幅度的写“无”）")
    if not item.duties:
        yield Fault("duties", f"{kind}没有写责任事项")
    if not item.liability:
        yield Fault("liability", f"{kind}没有写法律责任")


def _stated_faults(item: Item) -> Iterator[Fault]:
    """What is wrong with the limits that an item states besides its two."""
    before, elsewhere = (item.stated.before, item.stated.elsewhere) if item.stated else (None, None)
    if before is not None:
        dates = {field.code for field in item.fields if field.kind == "date"}
        if before.field not in dates:
            yield Fault("before", f"倒数时限所用的“{before.field}”不是表单里的日期", 0, "field")
        if before.limit.count < 1 or not before.what.strip():
            column = "what" if before.limit.count >= 1 else "limit"
            yield Fault("before", "倒数时限没有写天数，或没有写要办什么", 0, column)
    if elsewhere is not None and not (elsewhere.push or elsewhere.post or elsewhere.back):
        yield Fault("elsewhere", "通办时限没有写推送、寄出、寄回中的任何一项", 0, "push")
    for field, one in (("before", before), ("elsewhere", elsewhere)):
        if one is not None and not one.basis.strip():
            yield Fault(field, "另定的时限没有写依据", 0, "basis")


def is_within(promised: Limit, base: Limit) -> bool:
    """Whether a promise is no longer than `base`, and on the spot only where that is."""
    return (promised.unit is Unit.INSTANT) == (base.unit is Unit.INSTANT) and not _longer(promised, base)


def _longer(promised: Limit, statutory: Limit) -> bool:
    return promised.count * _DAYS[promised.unit] > statutory.count * _DAYS[statutory.unit]


def _overlaps(catalogue: Catalogue) -> list[str]:
    by_code: dict[str, list[Item]] = {}
    for item in catalogue.items:
        by_code.setdefault(item.task_code, []).append(item)
    overlaps = []
    for versions in by_code.values():
        ordered = sorted(versions, key=lambda item: (item.effective_from, item.version))
        for earlier, later in itertools.pairwise(ordered):
            ends = earlier.effective_to or later.effective_from - dt.timedelta(1)  # an open end is the next beginning
            if ends >= later.effective_from or earlier.effective_from == later.effective_from:
                overlaps.append(f"{earlier.item_name}：第 {earlier.version} 版与第 {later.version} 版的有效期重叠")
            elif earlier.version > later.version:
                overlaps.append(
                    f"{earlier.item_name}：第 {later.version} 版比第 {earlier.version} 版晚实施，号却小，用不上"
                )
    return overlaps
