"""An item as the rows of table 4: what is a list of ours is text there, as the table has it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from desk.law import codes, deadline
from desk.law.catalogue import lines
from desk.law.catalogue.item import Item, LegalBasis, Limit, Material, Need, Unit
from desk.law.divisions import load as divisions
from desk.standard.tables import ITEM, ITEM_MATERIAL, Cells, date

_UNITS = {Unit.WORKDAY: "工作日", Unit.DAY: "自然日", Unit.MONTH: "月", Unit.INSTANT: "即办"}
_NEEDS = {Need.REQUIRED: "必要", Need.OPTIONAL: "非必要", Need.MAY_FOLLOW: "容缺后补"}
_ONLINE, _BY_POST = {"2", "3"}, "4"  # of annex A.5


def item_row(item: Item, home: str) -> Cells:
    """The row of an item of the centre that serves the division `home` (12 digits)."""
    code = bare(home)
    return ITEM.filled(
        {
            "item_name": item.item_name,
            "catalog_code": item.catalog_code,
            "task_code": item.task_code,
            "item_type_name": codes.ITEM_TYPES.get(item.item_type, ""),
            "item_type": item.item_type,
            "legal_basis": "；".join(map(_basis, item.legal_basis)),
            "exercise_level_name": codes.LEVELS.get(item.exercise_level, ""),
            "exercise_level": item.exercise_level,
            "org_name": item.org_name,
            "org_uscc": item.org_uscc,
            "org_nature_name": codes.ORG_NATURES.get(item.org_nature, ""),
            "org_nature": item.org_nature,
            **_limit("statutory_limit", item.statutory_limit),
            **_limit("promised_limit", item.promised_limit),
            "acceptance_conditions": "\n".join(lines.conditions(item)),
            "process": "→".join(_step(one.name, one.limit) for one in item.steps),
            "handling_unit": item.handling_unit,
            "result_name": item.result_name,
            "fee_charged": int(bool(item.fees)),
            "fee_basis": "；".join(dict.fromkeys(one.basis for one in item.fees)),
            **_listed("audience", item.audience, codes.AUDIENCES),
            "topic": item.topic,
            **_listed("channel", item.channel, codes.CHANNELS),
            "special_procedures": "\n".join(item.special_procedures),
            "jurisdiction_name": _division_name(code),
            "jurisdiction": code,
            "can_post": int(_BY_POST in item.channel or "邮寄" in item.delivery),
            "is_online": int(bool(_ONLINE & set(item.channel))),
            "system_level": _level(code),
            **_asking(item),
            **_ours(item),
        }
    )


def _asking(item: Item) -> Cells:
    return {
        "place": item.place,
        "hours": item.hours,
        "enquiry_way": f"电话 {item.enquiry_phone}" if item.enquiry_phone else "",
        "enquiry_phone": item.enquiry_phone,
        "supervision_phone": item.supervision_phone,
        "faq": "\n".join(item.faq),
    }


def _ours(item: Item) -> Cells:
    return {
        "case_type": item.case_type,
        "version": item.version,
        "effective_from": date(item.effective_from),
        "effective_to": date(item.effective_to),
        "approved_by": item.approved_by,
        "filed_no": item.filed_no,
        "proxy_mode": item.proxy_mode.value,
        "visits": item.visits,
        "visits_note": item.visits_note,
        "rights": item.rights,
        "remedy": item.remedy,
        "sample": int(item.sample),
    }


def material_rows(item: Item) -> Iterator[Cells]:
    """The rows of its materials."""
    names = {one.code: one.name for one in item.situations}
    for one in item.materials:
        yield _material(item, one, names)


def _material(item: Item, material: Material, names: dict[str, str]) -> Cells:
    return ITEM_MATERIAL.filled(
        {
            "name": material.name,
            "issuer": material.issuer,
            "usage_note": material.usage_note,
            "originals": material.originals,
            "copies": material.copies,
            "required": int(material.need is Need.REQUIRED),
            "task_code": item.task_code,
            "code": material.code,
            "need": _NEEDS[material.need],
            "situation": names.get(material.situation, material.situation),
            "source": material.source,
            "electronic": int(material.electronic),
            "returned": int(material.returned),
        }
    )


def _basis(one: LegalBasis) -> str:
    return f"{one.law}{one.article}" + (f"：{one.text}" if one.text else "")


def _limit(name: str, limit: Limit | None) -> dict[str, Any]:
    if limit is None:
        return {name: "", f"{name}_unit": "", f"{name}_note": ""}
    return {name: str(limit.count), f"{name}_unit": _UNITS[limit.unit], f"{name}_note": limit.note}


def _step(name: str, limit: Limit | None) -> str:
    return f"{name}（{deadline.words(limit)}）" if limit else name


def _listed(name: str, chosen: Iterable[str], known: dict[str, str]) -> dict[str, str]:
    chosen = tuple(chosen)
    return {name: ",".join(chosen), f"{name}_name": "、".join(known.get(one, one) for one in chosen)}


def bare(home: str) -> str:
    """The code of the division that a centre serves, without the zeros behind: 152523, 1525, 15."""
    code = home[:6]
    while code.endswith("00"):
        code = code[:-2]
    return code


def _division_name(code: str) -> str:
    found = divisions().get(code)
    return divisions().full_name(code) or (found.name if found else "")


def _level(code: str) -> str:
    return {2: "省级", 4: "市级"}.get(len(code), "县级")
