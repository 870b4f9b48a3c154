"""What a page says of an item, in words: the centre's page and the static one tell the same."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from desk.folds import stated_limits
from desk.law import codes, deadline
from desk.law.catalogue import basis, lines
from desk.law.catalogue.item import Item, LegalBasis, Limit, Material, Need, Regime, Step
from desk.law.catalogue.rules import PROXY_NAMES
from desk.law.statutes import register

NEEDS = {Need.REQUIRED: "必要", Need.OPTIONAL: "视情形", Need.MAY_FOLLOW: "可后补"}


class MaterialWords(msgspec.Struct, frozen=True):
    """One line of the materials."""

    name: str
    originals: str
    copies: str
    need: str
    note: str
    sample: bool


class StepWords(msgspec.Struct, frozen=True):
    """A step and its limit."""

    step: Step
    limit: str


class GuideFacts(msgspec.Struct, frozen=True):
    """A guide in words; "" or nothing where nothing is said."""

    item: Item
    regime: Regime | None
    conditions: tuple[str, ...]
    mode: str
    promised: str
    statutory: str
    stated: tuple[tuple[str, str], ...]
    pauses: tuple[str, ...]
    materials: tuple[MaterialWords, ...]
    steps: tuple[StepWords, ...]
    kind: str
    level: str
    audience: str
    case_type: str
    channel: str

    def unread(self, one: LegalBasis) -> str:
        """What is said of an article that nobody looked up."""
        return basis.unread(self.item, one, register.known())


def facts(item: Item, regime: Regime | None) -> GuideFacts:
    """All that a page says of `item`."""
    names = {one.code: one.name for one in item.situations}
    return GuideFacts(
        item,
        regime,
        conditions=tuple(lines.conditions(item)),
        mode=PROXY_NAMES[item.proxy_mode],
        promised=limit_words(item.promised_limit),
        statutory=limit_words(item.statutory_limit),
        stated=tuple(stated_limits.words(item)),
        pauses=tuple(item.special_procedures or (regime.pauses if regime else ())),
        materials=tuple(_material(one, names) for one in item.materials),
        steps=tuple(StepWords(one, limit_words(one.limit)) for one in item.steps),
        kind=codes.ITEM_TYPES.get(item.item_type, ""),
        level=codes.LEVELS.get(item.exercise_level, ""),
        audience="、".join(codes.AUDIENCES.get(one, one) for one in item.audience),
        case_type=codes.CASE_TYPES.get(item.case_type, ""),
        channel="、".join(codes.CHANNELS.get(one, one) for one in item.channel),
    )


def promise(item: Item) -> str:
    """The promised limit in a list."""
    return limit_words(deadline.promised_limit(item)) or "以公布为准"


def limit_words(limit: Limit | None) -> str:
    """A limit with its note; "" for none."""
    return deadline.noted(limit) if limit else ""


def _material(material: Material, situations: Mapping[str, str]) -> MaterialWords:
    said = [material.source, f"{material.issuer}出具" if material.issuer else "", material.usage_note]
    said += ["可交电子件"] if material.electronic else []
    said += [f"只在“{situations[material.situation]}”时要"] if material.situation in situations else []
    originals = str(material.originals or "—")
    return MaterialWords(
        material.name,
        f"{originals}（看过退还）" if material.originals and material.returned else originals,
        str(material.copies or "—"),
        NEEDS[material.need],
        "；".join(words for words in said if words) or "—",
        material.sample,
    )
