"""What a page says of an item, in words: the centre's page and the static one tell the same."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from desk.folds import stated_limits
from desk.law import codes, deadline, item_words
from desk.law.catalogue import basis, known, lines
from desk.law.catalogue.item import Item, LegalBasis, Material, Regime, Step
from desk.law.catalogue.known import Standing
from desk.law.catalogue.rules import PROXY_NAMES
from desk.law.statutes import register

_AT_PLACE = (("地点", "place"), ("时间", "hours"), ("咨询电话", "enquiry_phone"))
Pairs = tuple[tuple[str, str], ...]


class MaterialWords(msgspec.Struct, frozen=True):
    """One line of the materials."""

    name: str
    originals: str
    copies: str
    need: str
    note: str
    sample: bool


class StepWords(msgspec.Struct, frozen=True):
    """A step, its limit, who does it and who watches."""

    step: Step
    limit: str
    by: str


class GuideFacts(msgspec.Struct, frozen=True):
    """A guide in words. A fact that is missing is never told as one: what is not known says whom to ask."""

    item: Item
    regime: Regime | None
    conditions: tuple[str, ...]
    mode: str
    materials: tuple[MaterialWords, ...]
    steps: tuple[StepWords, ...]
    remedy: str
    complaints: str

    def told(self, fact: str) -> str:
        """What stands in the place of a fact, named by its field."""
        return item_words.told(self.item, fact)

    def unread(self, one: LegalBasis) -> str:
        """What is said of an article that nobody looked up."""
        return basis.unread(self.item, one, register.known())

    def beside(self, *, has_bodies: bool) -> Pairs:
        """Limits, visits, fees, place and what the item is, by name; with `has_bodies` the places stand elsewhere."""
        return (*self._limits(), *self._way(has_bodies=has_bodies), *self._about())

    def _limits(self) -> Pairs:
        regime = self.regime
        pauses = self.item.special_procedures or (regime.pauses if regime else ())
        return (
            ("承诺时限", self.told("promised_limit")),
            ("法定时限", self.told("statutory_limit")),
            *stated_limits.words(self.item),
            ("时限依据", regime.basis if regime and regime.basis else known.ask(self.item)),
            *_said(("逾期不告知", regime.silence_note if regime else ""), ("不计时限", "；".join(pauses))),
        )

    def _way(self, *, has_bodies: bool) -> Pairs:
        return (
            ("到场次数", self.told("visits")),
            ("收费", self.told("fees")),
            ("办理结果", self.told("result_name")),
            ("送达方式", self.told("delivery")),
            *(() if has_bodies else tuple((name, self.told(fact)) for name, fact in _AT_PLACE)),
            ("监督电话", self.complaints),
        )

    def _about(self) -> Pairs:
        item = self.item
        kinds = (codes.ITEM_TYPES.get(item.item_type, ""), codes.LEVELS.get(item.exercise_level, ""))
        return _said(
            ("办理部门", item.org_name),
            ("承办机构", item.handling_unit),
            ("主管领导", item.leader),
            ("事项类型", _joined("，", *kinds)),
            ("服务对象", "、".join(codes.AUDIENCES.get(one, one) for one in item.audience)),
            ("办件类型", codes.CASE_TYPES.get(item.case_type, "")),
            ("办理形式", "、".join(codes.CHANNELS.get(one, one) for one in item.channel)),
            ("实施编码", item.task_code),
            ("核定备案", _joined("，", item.approved_by, item.filed_no)),
            ("版本", f"第 {item.version} 版，{item.effective_from} 起"),
        )


def facts(item: Item, regime: Regime | None) -> GuideFacts:
    """All that a page says of `item`."""
    names = {one.code: one.name for one in item.situations}
    return GuideFacts(
        item,
        regime,
        conditions=tuple(lines.conditions(item)),
        mode=PROXY_NAMES[item.proxy_mode],
        materials=tuple(_material(one, names) for one in item.materials),
        steps=tuple(_step(one) for one in item.steps),
        remedy=item.remedy or f"不服的怎么办，{item_words.told(item, 'remedy')}。",
        complaints=known.complaints(item),
    )


def promise(item: Item) -> str:
    """The promised limit in a list."""
    limit = deadline.promised_limit(item)
    return deadline.noted(limit) if limit else item_words.told(item, "promised_limit")


def summary(item: Item) -> str:
    """The line under its name in a list: who, how soon, how many visits; visits that are not known are left out."""
    visits = f"到场 {item.visits} 次" if known.standing(item, "visits") is Standing.KNOWN else ""
    limit = deadline.promised_limit(item)
    promised = f"承诺 {deadline.noted(limit)}" if limit else f"承诺时限：{promise(item)}"
    return _joined("　", item.org_name, promised, visits)


def _said(*pairs: tuple[str, str]) -> Pairs:
    return tuple((name, words) for name, words in pairs if words)


def _joined(sign: str, *words: str) -> str:
    return sign.join(one for one in words if one)


def _step(step: Step) -> StepWords:
    watched = f"监督：{step.supervision}" if step.supervision else ""
    return StepWords(step, item_words.step_limit(step), _joined("；", step.post, watched))


def _material(material: Material, situations: Mapping[str, str]) -> MaterialWords:
    said = [material.source, f"{material.issuer}出具" if material.issuer else "", material.usage_note]
    said += ["可交电子件"] if material.electronic else []
    said += [f"只在“{situations[material.situation]}”时要"] if material.situation in situations else []
    said += [] if known.counted(material) else ["份数没有写明"]
    originals = str(material.originals or "—")
    return MaterialWords(
        material.name,
        f"{originals}（看过退还）" if material.originals and material.returned else originals,
        str(material.copies or "—"),
        item_words.NEEDS[material.need],
        "；".join(words for words in said if words) or "—",
        material.sample,
    )
