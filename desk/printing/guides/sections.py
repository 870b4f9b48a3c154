"""What the sections of a guide say, whatever the script that they are set in.

The order is that of the guides that Inner Mongolian banners publish; a licence's guide must hold what 行政许可法§30
lists.
"""

from __future__ import annotations

import msgspec

from desk.folds import stated_limits
from desk.law import codes, item_words
from desk.law.catalogue import basis as legal
from desk.law.catalogue import cited, known, lines
from desk.law.catalogue.item import Item, Material, Regime
from desk.law.catalogue.known import Standing
from desk.law.statutes import register

_MATERIALS = (("序号", 0.8), ("材料名称", 4.2), ("原件", 0.9), ("复印", 0.9), ("必要性", 1.2), ("来源和说明", 4.0))
CHART = "运行流程图"


class Pairs(msgspec.Struct, frozen=True):
    """Names and values, one or two pairs a row."""

    rows: tuple[tuple[tuple[str, str], ...], ...]


class Listing(msgspec.Struct, frozen=True):
    """A table: headings with their share, and its rows."""

    columns: tuple[tuple[str, float], ...]
    rows: tuple[tuple[str, ...], ...]


class Numbered(msgspec.Struct, frozen=True):
    """A numbered list: 1. …"""

    lines: tuple[str, ...]


Part = str | Pairs | Listing | Numbered


class Section(msgspec.Struct, frozen=True):
    """`texts` are the parts of the Mongolian text that say what `parts` say in Chinese; a paragraph is a string."""

    title: str
    texts: tuple[str, ...]
    parts: tuple[Part, ...]


def sections(item: Item, regime: Regime | None, asked: str) -> tuple[Section, ...]:
    """All of a guide but its flow chart; `asked` is the telephone for what is not known."""
    shown, clocks = cited.on_paper(item), cited.on_paper(regime) if regime else None
    made = [
        Section("事项", (), (_basics(shown),)),
        Section("设定依据", ("basis",), _basis(shown, item, asked)),
        Section("受理条件", ("conditions",), _conditions(shown, asked)),
        Section("申请材料", ("materials",), _materials(shown, asked)),
        Section("办理时限和收费", ("times", "fees"), (_times(shown, clocks, asked),)),
        Section("结果、地点和电话", ("result", "place"), (_reached(shown, asked),)),
        Section("权利和救济", ("rights",), _rights(shown, asked)),
    ]
    if shown.faq:
        made.append(Section("常见问题", ("faq",), shown.faq))
    return tuple(made)


def _basics(item: Item) -> Pairs:
    audience = "、".join(codes.AUDIENCES.get(code, code) for code in item.audience)
    filed = "；".join(one for one in (item.approved_by, item.filed_no) if one) if item.filed_no else "未备案"
    level, kind = codes.LEVELS.get(item.exercise_level, ""), codes.CASE_TYPES.get(item.case_type, "")
    return Pairs(
        (
            (("实施编码", item.task_code), ("事项类型", codes.ITEM_TYPES.get(item.item_type, item.item_type))),
            (("实施主体", item.org_name),),
            (("行使层级", level), ("办件类型", kind)),
            (("服务对象", audience),),
            (("核定备案", filed),),
        )
    )


def _basis(shown: Item, item: Item, asked: str) -> tuple[str, ...]:
    """The articles; whether each was read is told of the item as it was published."""
    if not item.legal_basis:
        return (item_words.told(shown, "legal_basis", asked),)
    return tuple(
        cited.spelt(f"{known.cited(one)}　{one.text}{legal.unread(item, one, register.known())}".strip())
        for one in item.legal_basis
    )


def _conditions(item: Item, asked: str) -> tuple[Part, ...]:
    told = lines.conditions(item)
    if not told:
        return (item_words.told(item, "acceptance_conditions", asked),)
    return (Numbered(tuple(told)),)


def _materials(item: Item, asked: str) -> tuple[Part, ...]:
    if known.standing(item, "materials") is not Standing.KNOWN:
        return (item_words.told(item, "materials", asked),)
    names = {one.code: one.name for one in item.situations}
    listing = Listing(_MATERIALS, tuple(_material(at, one, names) for at, one in enumerate(item.materials, 1)))
    if all(map(known.counted, item.materials)):
        return (listing,)
    return (listing, f"没有写明的份数，{known.ask(item, asked)}。")


def _material(number: int, material: Material, situations: dict[str, str]) -> tuple[str, ...]:
    said = [material.source, material.usage_note]
    said += ["原件核对后退还"] if material.returned and "退还" not in material.usage_note else []
    said += ["可交电子件"] if material.electronic else []
    said += [f"仅“{situations[material.situation]}”"] if material.situation in situations else []
    said += ["（示例）"] if material.sample else []
    note = "；".join(words for words in said if words)
    return (str(number), material.name, *known.counts(material), item_words.NEEDS[material.need], note)


def _times(item: Item, regime: Regime | None, asked: str) -> Pairs:
    basis = "：".join(one for one in (regime.name, regime.basis) if one) if regime else ""
    silence = regime.silence_note if regime else known.ask(item, asked)
    pauses = item.special_procedures or (regime.pauses if regime else ())
    return Pairs(
        (
            (
                ("法定时限", item_words.told(item, "statutory_limit", asked)),
                ("承诺时限", item_words.told(item, "promised_limit", asked)),
            ),
            *((pair,) for pair in stated_limits.words(item)),
            (("时限依据", basis or known.ask(item, asked)),),
            (("逾期不告知", silence),),
            (("不计时限", "；".join(pauses)),),
            (("收费", item_words.told(item, "fees", asked)),),
            (("办理流程", "" if item.steps else item_words.told(item, "steps", asked)),),
        )
    )


def _reached(item: Item, asked: str) -> Pairs:
    def told(fact: str) -> str:
        return item_words.told(item, fact, asked)

    return Pairs(
        (
            (("办理结果", told("result_name")), ("送达方式", told("delivery"))),
            (("到场次数", told("visits")),),
            (("办理地点", told("place")),),
            (("办理时间", told("hours")),),
            (("咨询电话", told("enquiry_phone")), ("监督投诉", known.complaints(item))),
        )
    )


def _rights(item: Item, asked: str) -> tuple[str, ...]:
    remedy = item.remedy or f"不服的怎么办，{item_words.told(item, 'remedy', asked)}。"
    return tuple(one for one in (item.rights, remedy) if one)
