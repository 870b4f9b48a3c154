"""Known, known to be none, or not known: which of the three a fact of an item is, and whom to ask where it is the last.

What then stands in its place on papers, pages and the flow chart is said by `desk.law.item_words`.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from desk.law.catalogue import lines
from desk.law.catalogue.changes import FIELD_NAMES
from desk.law.catalogue.item import Exerciser, Item, KnownNone, LegalBasis, Material

HOTLINE = "12345"  # 政务服务便民热线, of the whole country

# What is said where there is none. A fact that is not here always is something: known, or not known.
NONE_WORDS = {
    "materials": "不用交材料",
    "acceptance_conditions": "没有条件限制",
    "statutory_limit": "法律没有规定期限",
    "promised_limit": "没有另外承诺期限",
    "fees": "不收费",
    "result_name": "不发证照和文书",
    "delivery": "没有要送达的文书",
    "place": "不用到场",
    "bands": "没有裁量幅度",
}
WITH_BASIS = frozenset({"fees"})  # a statement of law: where it is written is said with it
_OF_THE_BODY = frozenset({"place", "hours", "enquiry_phone"})  # the register of bodies has them for each place
_FACTS = (
    "legal_basis", "acceptance_conditions", "materials", "statutory_limit", "promised_limit", "steps", "fees",
    "result_name", "delivery", "visits", "place", "hours", "enquiry_phone", "supervision_phone", "rights", "remedy",
)  # fmt: skip
_NAMES = {fact: FIELD_NAMES[fact] for fact in _FACTS}


class Standing(StrEnum):
    """How a fact stands."""

    KNOWN = "known"
    NONE = "none"
    UNKNOWN = "unknown"


def standing(item: Item, fact: str) -> Standing:
    """Which of the three a fact of `item`, named by its field, is."""
    if fact == "visits":  # one is the field's default: it is known where a reason stands with it
        return Standing.KNOWN if item.visits_note or not item.visits else Standing.UNKNOWN
    if _value(item, fact):
        return Standing.KNOWN
    return Standing.NONE if none_said(item, fact) else Standing.UNKNOWN


def _value(item: Item, fact: str) -> object:
    value = lines.conditions(item) if fact == "acceptance_conditions" else getattr(item, fact)
    return value.strip() if isinstance(value, str) else value


def none_said(item: Item, fact: str) -> KnownNone | None:
    """What `item` says of there being none; None where it says nothing."""
    return next((one for one in item.none_of if one.fact == fact), None)


def ask(item: Item | None, phone: str = "") -> str:
    """请咨询 …, 电话 …: for what is not known; by the telephone of the office where the item has none."""
    own = item.enquiry_phone if item else ""
    organ = organ_of(item) if item and (own or not phone) else ""
    number = own or phone
    return f"请咨询{organ or '代办员'}" + (f"，电话 {number}" if number else "")


def organ_of(item: Item) -> str:
    """Who exercises it; "" where only the reason stands in the name's place why nobody is known."""
    return "" if item.org_name.startswith("（") else item.org_name.strip()


def complaints(item: Item) -> str:
    """The telephone for complaints: the item's own, else the hotline of the whole country."""
    return item.supervision_phone or HOTLINE


def cited(basis: LegalBasis) -> str:
    """《law》§article; a document that is named by its number alone takes no title marks."""
    return (basis.law if "〔" in basis.law or not basis.law else f"《{basis.law}》") + basis.article


def gaps(item: Item) -> tuple[str, ...]:
    """What of `item` is not known, by name; what the register of bodies has for each place is not asked of the item."""
    return tuple(words for _, words in lacking(item))


def lacking(item: Item) -> list[tuple[str, str]]:
    """As `gaps`: the field in which each stands, and its name."""
    is_local = item.exercised_by is not None and item.exercised_by.who is not Exerciser.BODY
    found = [
        (fact, name)
        for fact, name in _NAMES.items()
        if standing(item, fact) is Standing.UNKNOWN and not (is_local and fact in _OF_THE_BODY)
    ]
    found += [("steps", f"“{one.name}”环节的时限") for one in item.steps if one.limit is None and not one.uncounted]
    return found + [("materials", f"“{one.name}”的份数") for one in item.materials if not counted(one)]


def counted(material: Material) -> bool:
    """Whether it is known how many of a paper are wanted."""
    return bool(material.originals or material.copies or material.electronic)


def counts(material: Material) -> tuple[str, str]:
    """How many originals and copies, as tables have it; a dash for what is not known."""
    return (str(material.originals), str(material.copies)) if counted(material) else ("—", "—")


def faults(item: Item) -> Iterator[tuple[str, str]]:
    """What is wrong with what `item` says to be none: the field, and the words."""
    for one in item.none_of:
        if one.fact not in NONE_WORDS:
            yield one.fact, f"“{FIELD_NAMES.get(one.fact, one.fact)}”不能写明为没有"
        elif _value(item, one.fact):
            yield one.fact, f"“{FIELD_NAMES[one.fact]}”写了内容，又写明没有"
        elif one.fact in WITH_BASIS and not one.basis.strip():
            yield one.fact, f"{NONE_WORDS[one.fact]}没有写依据"
