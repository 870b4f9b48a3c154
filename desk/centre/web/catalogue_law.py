"""Law moves: which items cite a law that was amended or replaced since their version began, what is to be read again,
what nobody could read, and what was read when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, Request, Response

from desk.centre.drafting import item_drafts
from desk.centre.node.centre_node import Centre
from desk.centre.node.roles import EDIT
from desk.centre.run import guard
from desk.centre.web.frame import Asked, Typed, centre_of, go, page, posted, signed_in
from desk.errors import RefusedError
from desk.law.catalogue import basis
from desk.law.catalogue.basis import Cited, Finding, Moved
from desk.law.catalogue.changes import FIELD_NAMES, REGIME_NAMES
from desk.law.catalogue.item import Catalogue, Item
from desk.law.catalogue.load import seed
from desk.law.statutes import register
from desk.law.statutes.register import Standing

router = APIRouter(include_in_schema=False)
Reader = Annotated[guard.Visitor, Depends(signed_in(EDIT))]
Editor = Annotated[guard.Visitor, Depends(posted(EDIT))]
Codes = Annotated[list[str] | None, Form(max_length=6000)]
_LINES = 200
_UNREAD = (Standing.UNREAD, Standing.UNKNOWN)


@router.get("/catalogue/law")
def law(request: Request, visitor: Reader, text: Asked = "", article: Asked = "", done: Asked = "") -> Response:
    """What of the catalogue is to be read again because its law moved; and which items cite a law, or an article."""
    words = f"已起草 {done} 项，逐项改好后送审。" if done.isdecimal() else ""
    return _drawn(request, visitor, text, article, is_good=words)


@router.post("/catalogue/law/open")
def open_again(
    request: Request, visitor: Editor, code: Codes = None, text: Typed = "", article: Typed = ""
) -> Response:
    """Begin a draft of each item that was ticked, to be adjusted to its law."""
    centre, file = centre_of(request), f"法律变动：{text.strip()[:60]}{_sign(article)}"
    try:
        count = item_drafts.begin(centre, visitor.account, file, list(dict.fromkeys(code or ())))
    except RefusedError as error:
        return _drawn(request, visitor, text, article, message=error.sentences(), status=409)
    return go(f"/catalogue/law?{urlencode({'text': text, 'article': article, 'done': count})}")


def _sign(article: str) -> str:
    return f"§{article.strip()[:20]}" if article.strip() else ""


def _drawn(
    request: Request,
    visitor: guard.Visitor,
    text: str,
    article: str,
    *,
    message: str = "",
    is_good: str = "",
    status: int = 200,
) -> Response:
    centre = centre_of(request)
    with centre.database.read() as db:
        centre.publications.refresh(centre.node, db)
    found = _findings(centre)
    moved_items = moved(centre)
    listed = {one.name for one in moved_items}
    unsound = [one for one in found if one.is_false or (one.judged.standing not in _UNREAD and one.name not in listed)]
    unread = [one for one in found if one.judged.standing in _UNREAD]
    return page(
        request,
        "catalogue_law.html",
        status,
        visitor=visitor,
        message=message,
        is_good=is_good,
        asked={"text": text.strip(), "article": article.strip()},
        citing=list(_citing(centre, text.strip(), article.strip())) if text.strip() else [],
        moved=[_moved_line(one) for one in moved_items[:_LINES]],
        more=max(0, len(moved_items) - _LINES),
        unsound=list(_grouped(unsound))[:_LINES],
        unread=list(_by_law(unread)),
        read=list(_read()),
    )


def _citing(centre: Centre, law: str, article: str) -> Iterator[dict[str, Any]]:
    """The items that cite a law by this name or part of it, in any field: this article of it, or any."""
    with centre.database.read() as db:
        waits = item_drafts.drafted(centre, db)
    for item in dict.fromkeys(_items(centre)):
        cited = [one for one in basis.cited(item, register.known()) if law in one.law]
        found = [one for one in cited if article in ("", one.article)]
        if found:
            fields = list(_by_field(list(dict.fromkeys(found))))
            waiting = item.task_code in waits
            yield {"code": item.task_code, "name": item.item_name, "version": item.version} | {
                "org": item.org_name,
                "cited": fields,
                "waits": waiting,
            }


def moved(centre: Centre) -> list[Moved]:
    """The items that count today or will, and the legal clocks, whose law moved."""
    known = centre.publications
    return known.kept(
        "moved", lambda: basis.moved(_items(centre), known.regimes.values(), register.known(), centre.today())
    )


def _items(centre: Centre) -> list[Item]:
    today = centre.today()
    stands = (one for one in centre.publications.offered.values() if not one.withdrawn)
    return [item for one in stands for item in dict.fromkeys((one.on(today), *one.coming(today)))]


def _findings(centre: Centre) -> list[Finding]:
    regimes = tuple(centre.publications.regimes.values())
    whole = Catalogue("", centre.name, centre.today(), regimes, tuple(_items(centre)))
    return basis.findings(whole, register.known(), centre.today())


def _moved_line(one: Moved) -> dict[str, Any]:
    return {
        "name": one.name,
        "code": one.code if one.version else "",
        "version": f"第 {one.version} 版，{one.since} 起" if one.version else "时限规则",
        "moves": [f"{move.on} {move.words}" for move in one.moves],
        "again": list(_by_field(one.again)),
    }


def _by_field(again: Sequence[Cited]) -> Iterator[str]:
    """The fields to be read again, each with what it cites: 设定依据：社会救助法§9、§11."""
    for field in dict.fromkeys(one.field for one in again):
        name = FIELD_NAMES.get(field) or REGIME_NAMES.get(field, field)
        yield f"{name}：" + "、".join(_run(one for one in again if one.field == field))


def _run(cited: Iterable[Cited]) -> Iterator[str]:
    """Citations with each law named once in a run."""
    law = ""
    for one in cited:
        yield f"§{one.article}" if one.law == law and one.article else one.words()
        law = one.law


def _grouped(unsound: Iterable[Finding]) -> Iterator[dict[str, str]]:
    """What is wrong with an item for one reason, in one line."""
    found: dict[tuple[str, str], list[Finding]] = {}
    for one in unsound:
        found.setdefault((one.name, one.judged.words), []).append(one)
    for (name, why), some in found.items():
        cited = "、".join(dict.fromkeys(_run(one.cited for one in some)))
        yield {"name": name, "cited": cited, "why": why, "colour": "red" if some[0].is_false else "yellow"}


def _by_law(unread: Iterable[Finding]) -> Iterator[tuple[str, list[str]]]:
    """Why a citation was not held against its text, and the items that have it."""
    found: dict[str, list[str]] = {}
    for one in unread:
        found.setdefault(one.judged.words, []).append(one.name)
    for words, names in found.items():
        yield words, list(dict.fromkeys(names))


def _read() -> Iterator[tuple[str, str, str, str]]:
    """What the sample cites and was read: law, articles, by which text, when; a law's articles of one day together."""
    found: dict[tuple[str, dt.date], list[str]] = {}
    for one in register.readings().values():
        found.setdefault((one.law, one.read_on), []).append(f"§{one.article}")
    cited = {one.law for item in seed().items for one in basis.cited(item, register.known())}
    for (name, day), articles in found.items():
        if name in cited:
            yield name, "、".join(articles), _text(name, day), day.isoformat()


def _text(name: str, day: dt.date) -> str:
    """By which text a law was read: that of the day of reading, or the last one where another law is cited by then."""
    known = register.known().find(name)
    note = f"；{known.note}" if known and known.note else ""
    return register.known().text_of(name, day) + note
