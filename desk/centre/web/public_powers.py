"""权力清单 for everybody: the powers of this banner's organs by kind, with bands of discretion, duties and liability.

What is exercised against somebody (处罚, 强制, 征收, 检查) stands here and is nowhere applied for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from fastapi import APIRouter, Request, Response

from desk.centre.node.centre_node import Centre
from desk.centre.web import open_data
from desk.centre.web.frame import PAGE, AbsentError, Asked, PageNumber, centre_of, linked, page, pages
from desk.centre.web.public_guides import fresh, sample_words
from desk.law import codes
from desk.law.catalogue import known
from desk.law.catalogue.item import Catalogue, Item
from desk.law.item_tables import export
from desk.publication import listing

router = APIRouter(include_in_schema=False)
_SORTS: dict[str, tuple[str, Callable[[Item], tuple[str, ...]]]] = {
    "kind": ("类型", lambda one: (one.item_type, one.item_name)),
    "name": ("名称", lambda one: (one.item_name, one.item_type)),
    "org": ("实施主体", lambda one: (one.org_name, one.item_type, one.item_name)),
}


def _powers(centre: Centre) -> list[Item]:
    with centre.database.published() as db:
        centre.publications.refresh(centre.node, db)
    stands = centre.publications
    offered = (one for code, one in stands.items.items() if code not in stands.withdrawn)
    return list(stands.kept("powers", lambda: listing.power_list(offered, stands.bodies, centre.today())))


@router.get("/powers")
def powers(
    request: Request, text: Asked = "", kind: Asked = "", org: Asked = "", sort: Asked = "kind", at: PageNumber = 1
) -> Response:
    """The list by words, kind and organ, in the order that is asked for."""
    every = _powers(centre_of(request))
    asked = {"text": text.strip(), "kind": kind, "org": org, "sort": sort if sort in _SORTS else "kind"}
    kept = [one for one in every if _answers(one, asked)]
    kept.sort(key=_SORTS[asked["sort"]][1])
    counts = Counter(one.item_type for one in every)
    facts: dict[str, Any] = {
        "lines": [_line(one) for one in kept[(at - 1) * PAGE : at * PAGE]],
        "count": len(kept),
        "total": len(every),
        "asked": asked,
        "kinds": [(one, codes.ITEM_TYPES.get(one, one), counts[one]) for one in sorted(counts)],
        "orgs": sorted({one.org_name for one in every}),
        "sorts": {key: words for key, (words, _) in _SORTS.items()},
        "to": linked(asked),
        "at": at,
        "pages": pages(len(kept)),
        "sample_words": sample_words(every),
    }
    return fresh(page(request, "public/powers.html", **facts))


def _answers(item: Item, asked: dict[str, str]) -> bool:
    laws = " ".join(one.law for one in item.legal_basis)
    search = f"{item.item_name} {item.org_name} {item.task_code} {laws}"
    fits = asked["kind"] in ("", item.item_type) and asked["org"] in ("", item.org_name)
    return fits and all(term in search for term in asked["text"].split())


def _line(item: Item) -> dict[str, Any]:
    return {
        "code": item.task_code,
        "name": item.item_name,
        "kind": codes.ITEM_TYPES.get(item.item_type, ""),
        "against": item.item_type in codes.AGAINST,
        "org": item.org_name,
        "basis": "；".join(known.cited(one) for one in item.legal_basis),
        "sample": item.sample,
    }


@router.get("/powers/{code}")
def power(request: Request, code: str) -> Response:
    """One power, with all that the list says of it."""
    item = next((one for one in _powers(centre_of(request)) if one.task_code == code), None)
    if item is None:
        raise AbsentError("权力清单里没有这一项，或它现在不行使。")
    facts: dict[str, Any] = {
        "item": item,
        "line": _line(item),
        "basis": [(known.cited(one), one.text) for one in item.legal_basis],
        "no_bands": known.none_said(item, "bands") is not None,
        "complaints": known.complaints(item),
        "sample_words": sample_words([item]),
    }
    return fresh(page(request, "public/power.html", **facts))


@router.get("/open/powers.csv")
def open_csv(request: Request) -> Response:
    """The list as CSV, every column."""
    data = export.as_csv(_powers(centre_of(request)))
    return open_data.answered(request, data, "text/csv; charset=utf-8")


@router.get("/open/powers.json")
def open_json(request: Request) -> Response:
    """The list as a catalogue, by the schema of that."""
    centre = centre_of(request)
    items, named = tuple(_powers(centre)), centre.publications.version
    whole = Catalogue(named, centre.name, centre.today(), (), items)
    return open_data.answered(request, export.as_json(whole), "application/json")
