"""What every page of the static site has: head, menu, foot. All addresses are relative, so it works from any folder."""

from __future__ import annotations

from collections.abc import Iterable

from desk.law.catalogue.known import HOTLINE
from desk.publication.listing import Listing
from desk.publication.markup import Markup, Part, el, join

MENU = (
    ("index.html", "查事项"),
    ("powers.html", "权力清单"),
    ("bodies.html", "机构电话"),
    ("download.html", "下载和核对"),
)
SAMPLE = "这是示例目录，不是本地公布的办事依据。"


def page(listing: Listing, title: str, main: Iterable[Part], *, here: str = "", up: str = "", more: Part = None) -> str:
    """A whole page; `up` leads to the site's folder, `here` is its own place in the menu, `more` ends the head."""
    head = el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("title", f"{title} · {listing.name}" if title else listing.name),
        el("link", rel="icon", href=f"{up}icon.svg", type="image/svg+xml"),
        el("link", rel="stylesheet", href=f"{up}site.css"),
        more,
    )
    links = [_link(path, words, up, here) for path, words in MENU]
    bar = el(
        "header",
        el("a", listing.name, class_="home", href=f"{up}index.html"),
        el("nav", links, aria_label="栏目"),
        class_="bar",
    )
    sample = el("p", SAMPLE, class_="sample", role="note") if listing.is_sample else None
    body = [el("a", "跳到正文", class_="skip", href="#main"), bar, el("main", sample, main, id="main"), _foot(listing)]
    return f"<!doctype html>\n{el('html', head, el('body', body), lang='zh-CN')}\n"


def _link(path: str, words: str, up: str, here: str) -> Markup:
    return el("a", words, href=f"{up}{path}", aria_current="page" if path == here else "")


def _foot(listing: Listing) -> Markup:
    ask = f"咨询 {listing.phone}　" if listing.phone else ""
    told = f"{ask}监督投诉 {listing.supervision_phone}　政务服务热线 {HOTLINE}"
    made = f"{listing.day:%Y-%m-%d} 按目录 {listing.catalogue.version} 生成，以公布的最新目录为准"
    return el("footer", el("p", told), el("p", made), class_="foot")


def card(title: str, *parts: Part) -> Markup:
    """A section with a heading."""
    return el("section", el("h2", title), join(parts), class_="card")


def facts(pairs: Iterable[tuple[str, Part]]) -> Markup:
    """Names and values."""
    return el("dl", [join((el("dt", name), el("dd", value))) for name, value in pairs])
