"""权力清单 in the static site: the powers by kind, and of each all that the list says: bands, duties, liability.

What is exercised against somebody (处罚, 强制, 征收, 检查) stands here and is nowhere applied for.
"""

from __future__ import annotations

from itertools import groupby

import msgspec

from desk.law import codes
from desk.law.catalogue import known
from desk.law.catalogue.item import Band, Item
from desk.law.item_tables import export
from desk.publication.frame import card, facts, page
from desk.publication.item_page import UP, table
from desk.publication.listing import Listing, file_name
from desk.publication.markup import Markup, Part, el, join

LIST, FOLDER = "powers.html", "powers"
_AGAINST = "对当事人行使，不用申请，也不能申请"
_ABOUT = "本地各机关的行政权力。标“对当事人行使”的（处罚、强制、征收、检查）不能申请；要办事请看“查事项”。"
_HEAD = ("权力名称", "实施主体", "设定依据")
_BANDS = ("档次", "适用情形", "标准", "依据")
_ANSWERS = "行使这项权力的机关和人员有下列情形的，依法追究责任。"


def index(listing: Listing) -> str:
    """All of them, by kind."""
    kinds = [(kind, list(group)) for kind, group in groupby(listing.powers, lambda one: one.item_type)]
    links = [
        el("a", _kind(kind), " ", el("small", str(len(group))), href=f"#k{at}")
        for at, (kind, group) in enumerate(kinds)
    ]
    main: list[Part] = [
        el("h1", "权力清单 ", el("small", f"{len(listing.powers)} 项")),
        el("p", _ABOUT, class_="by"),
        el("nav", links, class_="topics", aria_label="权力类型") if kinds else None,
        *(_section(at, kind, group) for at, (kind, group) in enumerate(kinds)),
        None if kinds else card("还没有公布权力清单", el("p", f"要问某项权力，请打 {known.HOTLINE}。")),
    ]
    return page(listing, "权力清单", main, here=LIST)


def _kind(code: str) -> str:
    return codes.ITEM_TYPES.get(code, code)


def _section(at: int, kind: str, items: list[Item]) -> Markup:
    said = el("p", f"{_AGAINST}。", class_="by") if kind in codes.AGAINST else None
    lines = [_line(one) for one in items]
    return el("section", el("h2", _kind(kind)), said, table(_HEAD, lines), class_="card", id=f"k{at}")


def _line(item: Item) -> Markup:
    mark = el("span", "示例", class_="mark") if item.sample else None
    name = join([el("a", item.item_name, href=f"{FOLDER}/{file_name(item.task_code)}.html"), mark])
    cited = "；".join(known.cited(one) for one in item.legal_basis)
    cells = zip(_HEAD, (name, item.org_name, cited or "—"), strict=True)
    return el("tr", [el("td", el("span", words), data_label=label) for label, words in cells])


def power_page(listing: Listing, item: Item) -> str:
    """The whole page of one."""
    is_against = item.item_type in codes.AGAINST
    mark = el("span", "示例", class_="mark") if item.sample else None
    main: list[Part] = [
        el("p", el("a", "← 权力清单", href=f"{UP}{LIST}"), class_="back"),
        el("h1", item.item_name, mark),
        _lead(listing, item),
        card("基本信息", facts(_about(item))),
        card("设定依据", *_basis(item)),
        card("裁量基准", _bands(item)) if is_against or item.bands else None,
        card("责任事项", _numbered(item.duties)) if is_against or item.duties else None,
        card("法律责任", el("p", _ANSWERS, class_="by"), _numbered(item.liability))
        if is_against or item.liability
        else None,
        card("救济渠道", el("p", item.remedy)) if item.remedy else None,
    ]
    return page(listing, item.item_name, main, up=UP)


def _lead(listing: Listing, item: Item) -> Markup:
    kind = el("span", _kind(item.item_type), class_="mode")
    if item.item_type in codes.AGAINST:
        return el("p", kind, f" {_AGAINST}。", class_="lead")
    offered = item.task_code in {one.task_code for one in listing.items}
    guide = el("a", "办事指南", href=f"{UP}items/{file_name(item.task_code)}.html")
    return el("p", kind, *((" 群众可以申请：", guide) if offered else ()), class_="lead")


def _about(item: Item) -> list[tuple[str, Part]]:
    filed = "，".join(one for one in (item.approved_by, item.filed_no, str(item.filed_on or "")) if one)
    told = (
        ("实施主体", item.org_name),
        ("承办机构", item.handling_unit),
        ("实施编码", item.task_code),
        ("核定备案", filed),
        ("版本", f"第 {item.version} 版，{item.effective_from} 起"),
        ("监督投诉", known.complaints(item)),
    )
    return [(name, words) for name, words in told if words]


def _basis(item: Item) -> list[Markup]:
    said = [
        el("p", el("b", known.cited(one)), el("br") if one.text else None, el("span", one.text, class_="by"))
        for one in item.legal_basis
    ]
    return said or [el("p", f"没有写明，请咨询{item.org_name}。")]


def _bands(item: Item) -> Markup:
    if not item.bands:
        return el("p", "没有裁量幅度。" if known.none_said(item, "bands") else "没有写明。")
    return table(_BANDS, [_band(one) for one in item.bands])


def _band(one: Band) -> Markup:
    cells = zip(_BANDS, (one.name, one.when, one.standard, one.basis or "—"), strict=True)
    return el("tr", [el("td", el("span", words), data_label=label) for label, words in cells])


def _numbered(lines: tuple[str, ...]) -> Markup:
    return el("ol", [el("li", one) for one in lines]) if lines else el("p", "没有写明。")


def as_csv(listing: Listing) -> bytes:
    """The list as CSV, every column."""
    return export.as_csv(listing.powers)


def as_json(listing: Listing) -> bytes:
    """The list as a catalogue, by the schema of that."""
    return export.as_json(msgspec.structs.replace(listing.catalogue, items=listing.powers))
