"""Items and their guides for everybody: found by words or initials, read on a phone, printed, exported."""

from __future__ import annotations

import functools
import gzip
import itertools
import weakref
from collections.abc import Iterable
from typing import Any

import msgspec
from fastapi import APIRouter, Request, Response
from starlette.background import BackgroundTask

import resources
from db.centre.lists import public_rows
from desk import clock
from desk.centre.drafting import peoples_words, shelf
from desk.centre.node.centre_node import Centre
from desk.centre.web import open_data
from desk.centre.web.frame import PAGE, AbsentError, Asked, PageNumber, batch, centre_of, page, pages
from desk.centre.web.paper_files import as_asked
from desk.folds.office.published import without_identity
from desk.law import redress
from desk.law.bodies.body import Body
from desk.law.bodies.competence import local_bodies, on_paper
from desk.law.catalogue import known, load
from desk.law.catalogue.item import Catalogue, Item, Regime
from desk.law.catalogue.rules import PROXY_NAMES
from desk.law.catalogue.search import Searcher
from desk.law.divisions import load as divisions
from desk.log import chain
from desk.log.centre_events import NoticePublished
from desk.log.events import decode
from desk.printing.facts import OfficeFacts
from desk.printing.fonts import is_mongolian
from desk.printing.guide import Chosen, guide
from desk.publication import guide_facts
from desk.publication.flow_svg import flow_chart
from desk.publication.frame import SAMPLE
from desk.publication.listing import topic_of
from desk.standard.items import item_row, material_rows
from desk.words import guide_texts
from desk.words.guide_texts import GuideTexts

router = APIRouter(include_in_schema=False)
FRESH = {"Cache-Control": "public, max-age=60"}
_SOME = "标着“示例”的是示例内容，不是本地公布的办事依据。"
_NOTICES = 50  # that are looked through
_DAYS = 30  # that a notice without an end is shown
# Of each centre; a catalogue changes rarely.
_searchers: weakref.WeakKeyDictionary[Centre, tuple[tuple[object, ...], Searcher]] = weakref.WeakKeyDictionary()


def fresh(answer: Response) -> Response:
    """A page that is the same for everybody and may be a minute old."""
    answer.headers.update(FRESH)
    return answer


def on_shelf(centre: Centre) -> list[Item]:
    """The items that take cases today, by name, with who handles each in this banner."""
    with centre.database.published() as db:
        centre.publications.refresh(centre.node, db)
    return list(centre.publications.kept("shelf", lambda: shelf.listing(centre).items))


def sample_words(items: Iterable[Item]) -> str:
    """What a page says above items of which all or some are a sample; "" above others."""
    marks = {one.sample for one in items}
    return (_SOME if False in marks else SAMPLE) if True in marks else ""


class Notice(msgspec.Struct, frozen=True):
    """A notice for everybody: its paragraphs, each with whether it is set downwards."""

    title: str
    day: str
    lines: tuple[tuple[str, bool], ...]


def notices(centre: Centre) -> list[Notice]:
    """What was published for everybody and is in force today, the latest first."""
    now, shown = centre.today(), []
    with centre.database.published() as db:
        encoded = public_rows.notices(db, centre.node, _NOTICES)
    for entry in map(chain.decoded, encoded):
        data, day = decode(entry.kind, entry.data), clock.day(entry.time)
        if not isinstance(data, NoticePublished) or not data.everybody:
            continue
        if data.until >= now if data.until else (now - day).days <= _DAYS:
            title, text = without_identity(data.title), without_identity(data.text)
            shown.append(Notice(title, day.isoformat(), _paragraphs(text)))
    return shown


def _paragraphs(text: str) -> tuple[tuple[str, bool], ...]:
    """Lines; those in Mongolian that follow one another together, so that their columns stand side by side."""
    written = [line for line in text.splitlines() if line.strip()]
    runs = itertools.groupby(written, lambda line: any(map(is_mongolian, line)))
    made: list[tuple[str, bool]] = []
    for is_down, run in runs:
        made += [("\n".join(run), True)] if is_down else [(line, False) for line in run]
    return tuple(made)


def searcher(centre: Centre, items: list[Item]) -> Searcher:
    """What finds one of `items` by its name and by people's words, those that the centre published too."""
    own = centre.publications.words
    key = tuple((one.task_code, one.version, one.org_name, own.get(one.task_code, ())) for one in items)
    known = _searchers.get(centre)
    if known is None or known[0] != key:
        known = (key, Searcher(_catalogue(centre, *items), own))
        _searchers[centre] = known
    return known[1]


def _catalogue(centre: Centre, *items: Item) -> Catalogue:
    kept = load.seed()
    return Catalogue(kept.version, centre.name, kept.issued_on, kept.regimes, items)


@router.get("/items")
def items(
    request: Request, text: Asked = "", topic: Asked = "", mode: Asked = "", org: Asked = "", at: PageNumber = 1
) -> Response:
    """Items by words, initials, theme, department and what an agent may do."""
    centre = centre_of(request)
    every = on_shelf(centre)
    asked = text.strip()
    answering = searcher(centre, every).search(asked) if asked else every
    answering = answering or [item for item in every if asked and item.task_code == asked]
    is_in_vain = bool(asked and not answering)
    wanted = (("topic", topic, topic_of), ("mode", mode, lambda item: item.proxy_mode.value), ("org", org, _org))
    for _, value, of in wanted:
        answering = [item for item in answering if not value or of(item) == value]
    shown = answering[(at - 1) * PAGE : at * PAGE]
    facts: dict[str, Any] = {
        "items": [
            {"item": item, "mode": PROXY_NAMES[item.proxy_mode], "by": guide_facts.summary(item)} for item in shown
        ],
        "count": len(answering),
        "at": at,
        "pages": pages(len(answering)),
        "asked": {"text": asked, **{name: value for name, value, _ in wanted}},
        "modes": [(item.value, words) for item, words in PROXY_NAMES.items()],
        "topics": sorted({topic_of(item) for item in every}),
        "total": len(every),
        "sample_words": sample_words(every),
        "orgs": sorted({item.org_name for item in every}),
    }
    answer = fresh(page(request, "public/items.html", **facts))
    if is_in_vain:
        answer.background = BackgroundTask(peoples_words.note, centre, asked)  # nobody waits for it
    return answer


def _org(item: Item) -> str:
    return item.org_name


def _item(request: Request, code: str, place: str = "") -> Item:
    """The item as everybody reads it, or as the people of the division `place` do."""
    centre = centre_of(request)
    found = next((one for one in on_shelf(centre) if one.task_code == code), None)
    if found is None:
        raise AbsentError("没有这个事项，或它现在不办理。")
    if place:
        whose = on_paper(centre.publications.items[code], centre.publications.bodies, place, centre.today())
        return _with_remedy(centre, whose, place)
    return found


def _with_remedy(centre: Centre, item: Item, place: str) -> Item:
    """`item` with the words about its remedy, naming who reviews and which court hears it in `place`."""
    known = centre.publications
    regime, banner = known.regime(item), centre.node.partition("-")[0]
    return redress.told(item, regime, place or banner, known.bodies, divisions(), centre.today())


def _bodies(centre: Centre, code: str) -> list[Body]:
    """Who handles it in each place, where it is not one body."""
    return local_bodies(centre.publications.items[code], centre.publications.bodies, centre.today())


@router.get("/items/{code}")
def item_page(request: Request, code: str) -> Response:
    """A guide 服务指南, with what the centre published of it in Mongolian beside the Chinese."""
    item = _item(request, code)
    told = guide_facts.facts(item, centre_of(request).publications.regime(item))
    bodies = _bodies(centre_of(request), code)
    facts: dict[str, Any] = {
        **{name: getattr(told, name) for name in told.__struct_fields__},
        "bodies": bodies,
        "beside": told.beside(has_bodies=bool(bodies)),
        "told": told.told,
        "texts": _texts(centre_of(request), code),
        "parts": guide_texts.PARTS,
        "unread": told.unread,
        "sample_words": sample_words([item]),
    }
    return fresh(page(request, "public/item.html", **facts))


def _texts(centre: Centre, code: str) -> GuideTexts:
    texts = centre.publications.texts.get(code, GuideTexts())
    clean = {part: without_identity(words) for part, words in texts.parts().items()}
    return msgspec.structs.replace(texts, **clean)


@router.get("/items/{code}/flow.svg")
def flow(request: Request, code: str) -> Response:
    """The flow chart of an item."""
    return Response(flow_chart(_item(request, code)), media_type="image/svg+xml", headers=FRESH)


@router.get("/items/{code}/guide.ofd")
@router.get("/items/{code}/guide.pdf")
def guide_pdf(request: Request, code: str, place: Asked = "") -> Response:
    """The guide as it is printed at the counter, PDF or OFD; with `place` as it is in that sumu, town or gacha."""
    centre, item = centre_of(request), _item(request, code, place)
    known = centre.publications
    pdf = _printed(centre.name, known.version, item, known.regime(item), _texts(centre, code))
    return as_asked(request, pdf, f"{item.item_name}服务指南", FRESH)


@functools.lru_cache(maxsize=256)  # drawing one takes a tenth of a second, and anyone may ask
def _printed(name: str, version: str, item: Item, regime: Regime | None, texts: GuideTexts) -> bytes:
    return guide(Chosen(item, regime, texts.parts()), *around(name, version, item))


def around(name: str, version: str, item: Item) -> tuple[Catalogue, OfficeFacts]:
    """What stands around the guide of an item on the pages of the centre `name`: its catalogue, and the office."""
    catalogue = Catalogue(version, name, load.seed().issued_on, (), (item,))
    return catalogue, OfficeFacts(name, "", "", name, item.enquiry_phone, known.complaints(item))


@router.get("/fonts/mongolian.ttf")
def font(request: Request) -> Response:
    """The face of Mongolian texts: few phones have one. Fetched by pages that hold such a text only."""
    headers = {"Cache-Control": "public, max-age=2592000", "Vary": "Accept-Encoding"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(_font_packed(), media_type="font/ttf", headers={**headers, "Content-Encoding": "gzip"})
    return Response(_font(), media_type="font/ttf", headers=headers)


def _font() -> bytes:
    return resources.read("fonts/NotoSansMongolian-Regular.ttf")


@functools.cache
def _font_packed() -> bytes:
    return gzip.compress(_font(), mtime=0)


@router.get("/open/items.json")
def items_json(request: Request) -> Response:
    """The catalogue for machines: every column of GB/T 39046-2020, table 4, null where we hold nothing for it; and a
    batch mark in each row."""
    centre = centre_of(request)
    mark = {"cd_batch": batch(centre)}
    rows = [{**item_row(one, centre.code), "materials": list(material_rows(one)), **mark} for one in on_shelf(centre)]
    return open_data.answered(request, msgspec.json.encode({"items": rows}), "application/json")
