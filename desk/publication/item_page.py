"""A guide of the static site: what to bring first, then who, when, how; flow chart and print version beside it."""

from __future__ import annotations

import functools

from desk.folds.office.published import without_identity
from desk.law.bodies.body import Body
from desk.law.catalogue.item import Item, LegalBasis
from desk.publication import guide_facts
from desk.publication.frame import card, facts, page
from desk.publication.guide_facts import GuideFacts
from desk.publication.listing import Listing, file_name
from desk.publication.markup import Markup, Part, el, join
from desk.words import guide_texts
from desk.words.guide_texts import GuideTexts

UP = "../"
MONGOLIAN = el("link", rel="stylesheet", href=f"{UP}mongolian.css")


def item_page(listing: Listing, item: Item) -> str:
    """The whole page of `item`."""
    told = guide_facts.facts(item, listing.regime(item))
    mongolian = _mongolian(listing.text(item))
    chinese = el("div", el("div", _body(listing, told)), _aside(listing, told), class_="columns")
    main = [_head(told), chinese, mongolian]  # the common language leads in order (民族团结进步促进法§15)
    return page(listing, item.item_name, main, up=UP, more=MONGOLIAN if mongolian else None)


def _head(told: GuideFacts) -> Markup:
    item = told.item
    mark = el("span", "示例", class_="mark") if item.sample else None
    return join(
        [
            el("p", el("a", "← 全部事项", href=f"{UP}index.html"), class_="back"),
            el("h1", item.item_name, mark),
            el("p", el("span", told.mode, class_=f"mode {item.proxy_mode.value}"), " ", item.proxy_note, class_="lead"),
            el("p", f"示例部分：{item.sample_note}", class_="by") if item.sample_note else None,
        ]
    )


def _mongolian(texts: GuideTexts) -> Markup | None:
    """What was written in Mongolian, in columns from the left."""
    written = {part: without_identity(words) for part, words in texts.parts().items()}
    if not written:
        return None
    name = written.pop("name", "")
    columns: list[Part] = [el("p", name, class_="mongolian big", lang="mn-Mong")] if name else []
    for part, words in written.items():
        text = el("p", words, class_="mongolian", lang="mn-Mong")
        columns.append(el("figure", el("figcaption", guide_texts.PARTS[part]), text))
    label = "蒙古文指南"
    return el(
        "section",
        el("div", columns, class_="columns-mn", tabindex="0", role="region", aria_label=label),
        class_="card",
    )


def _body(listing: Listing, told: GuideFacts) -> list[Part]:
    item = told.item
    return [
        card("要带什么", _materials(told)),
        _bodies(listing.bodies_of(item)),
        card("什么情况能办", _conditions(told)),
        card("怎么办", *_flow(told)),
        card("裁量标准", *(_band(one.name, one.when, one.standard, one.basis) for one in item.bands))
        if item.bands
        else None,
        card("依据", *(_basis(told, one) for one in item.legal_basis)) if item.legal_basis else None,
        card("您的权利", *(el("p", one) for one in (item.rights, told.remedy, _complain(told)) if one)),
        card("常见问题", *(el("p", one) for one in item.faq)) if item.faq else None,
    ]


def _untold(told: GuideFacts, fact: str) -> Markup:
    return el("p", f"{told.told(fact)}。")


def _conditions(told: GuideFacts) -> Markup:
    if not told.conditions:
        return _untold(told, "acceptance_conditions")
    return el("ul", [el("li", one) for one in told.conditions])


def _materials(told: GuideFacts) -> Markup:
    if not told.materials:
        return _untold(told, "materials")
    names = ("材料", "原件", "复印件", "必要性", "来源和说明")
    lines = []
    for one in told.materials:
        name = join([one.name, el("span", "示例", class_="mark") if one.sample else None])
        cells = zip(names, (name, one.originals, one.copies, one.need, one.note), strict=True)
        lines.append(el("tr", [el("td", el("span", words), data_label=label) for label, words in cells]))
    return table(names, lines)


def table(names: tuple[str, ...], lines: list[Markup]) -> Markup:
    """A table that becomes a list of cards on a narrow screen."""
    head = el("thead", el("tr", [el("th", one, scope="col") for one in names]))
    return el("table", head, el("tbody", lines))


def _bodies(bodies: list[Body]) -> Markup | None:
    if not bodies:
        return None
    told = el("p", "在您所在的地方办，地址和电话如下。", class_="by")
    return card("由谁办", told, bodies_table(bodies))


def bodies_table(bodies: list[Body]) -> Markup:
    """Names, addresses, hours and telephones."""
    return _told_table(
        tuple((one.name, one.address, one.hours, one.enquiry_phone, one.complaint_phone) for one in bodies)
    )


@functools.lru_cache(maxsize=16)
def _told_table(bodies: tuple[tuple[str, ...], ...]) -> Markup:
    """The same for every item of the same bodies: of 3,000 pages it would be more than half of the work."""
    names = ("机构", "地址", "时间", "咨询电话", "监督电话")
    lines = []
    for told in bodies:
        cells = zip(names, told, strict=True)
        lines.append(el("tr", [el("td", el("span", words or "—"), data_label=label) for label, words in cells]))
    return table(names, lines)


def _flow(told: GuideFacts) -> tuple[Markup, ...]:
    if not told.steps:
        return (_untold(told, "steps"),)
    picture = el(
        "img",
        class_="flow",
        loading="lazy",
        src=f"{UP}flow/{file_name(told.item.task_code)}.svg",
        alt="办理流程图，内容同下面的文字",
    )
    steps = [
        el("li", el("b", one.step.name), f"（{one.limit}）　", el("span", one.by, class_="by"), el("br"), one.step.duty)
        for one in told.steps
    ]
    return picture, el("details", el("summary", "用文字看流程"), el("ol", steps, class_="steps"))


def _band(name: str, when: str, standard: str, basis: str) -> Markup:
    return el("p", el("b", name), f"　{when}：{standard}" + (f"（{basis}）" if basis else ""))


def _basis(told: GuideFacts, one: LegalBasis) -> Markup:
    return el("p", el("b", f"{one.law}{one.article}"), f"　{one.text}" if one.text else "", told.unread(one))


def _complain(told: GuideFacts) -> str:
    return f"投诉举报：电话 {told.complaints}。"


def _aside(listing: Listing, told: GuideFacts) -> Markup:
    item = told.item
    paper = el("a", "打印版（PDF）", class_="button", href=f"{UP}guides/{file_name(item.task_code)}.pdf")
    beside = told.beside(has_bodies=bool(listing.bodies_of(item)))
    return el("aside", el("section", el("p", paper), facts(beside), class_="card"))
