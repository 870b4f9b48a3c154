"""The other pages of the static site: the list with its search, the bodies, what can be taken and how it is checked."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from desk.law.bodies.body import KIND_NAMES, Kind
from desk.law.catalogue import search
from desk.law.catalogue.item import Item
from desk.law.catalogue.known import HOTLINE
from desk.law.catalogue.rules import PROXY_NAMES
from desk.publication import guide_facts, manifest
from desk.publication.frame import card, page
from desk.publication.item_page import bodies_table
from desk.publication.listing import Listing, file_name, topic_of
from desk.publication.markup import Markup, Part, el

_TYPED = "事项名称、平时的说法、拼音或首字母（低保，dibao，db）"
_OWN = "每个苏木乡镇一份，上面是当地机构的名称、电话和时间。"


def index(listing: Listing) -> str:
    """The list: whole and by theme where no script runs, else what the search finds."""
    items = in_order(listing)
    themes = [(topic, list(group)) for topic, group in groupby(items, topic_of)]
    main = [
        el("h1", "办事事项 ", el("small", f"{len(items)} 个")),
        _form(listing, [topic for topic, _ in themes]),
        el("p", "", id="said", role="status", aria_live="polite"),
        el("ul", "", id="found", class_="entries", hidden=True),
        el("p", el("button", "再看一些", type="button", id="more", hidden=True), class_="more"),
        el("div", _jump(themes), [_theme(at, *one) for at, one in enumerate(themes)], id="whole"),
        el("script", "", src="search-data.js", defer=True),
        el("script", "", src="site.js", defer=True),
    ]
    return page(listing, "", main, here="index.html")


def in_order(listing: Listing) -> list[Item]:
    """The items by theme and name."""
    return sorted(listing.items, key=lambda one: (topic_of(one), one.item_name))


def _form(listing: Listing, topics: list[str]) -> Markup:
    typed = el("input", id="text", name="text", type="search", maxlength="60", autocomplete="off")
    orgs = sorted({one.org_name for one in listing.items})
    return el(
        "form",
        el(
            "div",
            el("label", _TYPED, for_="text"),
            typed,
            class_="wide",
        ),
        _choice("mode", "能不能代办", [(one.value, words) for one, words in PROXY_NAMES.items()]),
        _choice("topic", "主题", [(one, one) for one in topics]),
        _choice("org", "办理部门", [(one, one) for one in orgs]),
        id="search",
        role="search",
        hidden=True,
    )


def _choice(name: str, label: str, choices: Iterable[tuple[str, str]]) -> Markup:
    every = Markup('<option value="">全部</option>')
    options = [every, *(el("option", words, value=value) for value, words in choices)]
    return el("div", el("label", label, for_=name), el("select", options, id=name, name=name))


def _jump(themes: list[tuple[str, list[Item]]]) -> Markup:
    counted = enumerate((topic, str(len(group))) for topic, group in themes)
    links = [el("a", topic, " ", el("small", count), href=f"#t{at}") for at, (topic, count) in counted]
    return el("nav", links, class_="topics", aria_label="主题")


def _theme(at: int, topic: str, items: list[Item]) -> Markup:
    return el("section", el("h2", topic), el("ul", [entry(one) for one in items], class_="entries"), id=f"t{at}")


def entry(item: Item) -> Markup:
    """A line of the list."""
    mark = el("span", "示例", class_="mark") if item.sample else None
    return el(
        "li",
        el("a", item.item_name, mark, class_="name", href=f"items/{file_name(item.task_code)}.html"),
        el("span", PROXY_NAMES[item.proxy_mode], class_=f"mode {item.proxy_mode.value}"),
        el("span", guide_facts.summary(item), class_="by"),
        class_="entry",
    )


def bodies_page(listing: Listing) -> str:
    """Who there is and how to reach them: the banner's bodies, then sumus and towns, then points."""
    known = [one for one in listing.bodies if one.is_open(listing.day)]
    kinds = [(kind, [one for one in known if one.kind is kind]) for kind in Kind]
    parts: list[Part] = [card(KIND_NAMES[kind], bodies_table(found)) for kind, found in kinds if found]
    if not parts:
        parts = [card("还没有公布机构名录", el("p", f"请打 {listing.phone or HOTLINE} 询问。"))]
    return page(listing, "机构电话", [el("h1", "机构、地址和电话"), *parts], here="bodies.html")


def download_page(listing: Listing, public: bytes, sheets: list[tuple[str, str]]) -> str:
    """What can be taken away, and the command by which anyone checks that nothing was changed."""
    book = [("book.pdf", "服务指南汇编（PDF，可装订）")] if listing.items else []
    files = [
        *book,
        ("items.csv", "事项清单（CSV，电子表格能打开）"),
        ("catalogue.json", "事项目录（JSON）"),
        ("powers.csv", "权力清单（CSV）"),
        ("powers.json", "权力清单（JSON）"),
        ("catalogue.schema.json", "JSON 的格式（JSON Schema）"),
        ("words.json", "群众的说法（JSON）"),
        ("manifest.json", "全部文件的清单和校验值（JSON）"),
    ]
    links = el("ul", [el("li", el("a", words, href=path)) for path, words in files], class_="plain")
    boards = el("ul", [el("li", el("a", name, href=path)) for path, name in sheets], class_="plain two")
    main: list[Part] = [
        el("h1", "下载和核对"),
        card("下载", links),
        card("公示栏张贴页", el("p", _OWN, class_="by"), boards) if sheets else None,
        _check(public),
    ]
    return page(listing, "下载和核对", main, here="download.html")


def _check(public: bytes) -> Markup:
    key = manifest.spaced(public.hex())
    return card(
        "怎样核对没有被改过",
        el("p", "在本文件夹里打开命令窗口，先核对签名，再核对每个文件。两条都通过，就是发布者发布的原样。"),
        el("p", "一、签名是不是发布者的（需要 OpenSSL 3，输出 Signature Verified Successfully 为通过）："),
        el("pre", el("code", manifest.VERIFY)),
        el("p", "二、每个文件是不是原样（Linux、macOS、Git Bash；没有 FAILED 为通过）："),
        el("pre", el("code", manifest.SUMS)),
        el("p", "装有代办台的电脑用一条命令核对两样："),
        el("pre", el("code", "desk publish --check 文件夹")),
        el("p", "发布者的公钥（Ed25519）如下。请与政务服务中心公布的对照：两处一样，签名才算数。"),
        el("p", el("code", key, class_="key")),
    )


def words_json(listing: Listing) -> dict[str, list[str]]:
    """People's words by the item's code, for machines."""
    return {one.task_code: list(search.named(one, listing.words.get(one.task_code, ()))[1:]) for one in listing.items}
