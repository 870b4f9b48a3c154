"""What people say for items: what they looked up in vain, and the words that an editor publishes for an item."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from db.centre import rows, unfound_rows
from db.centre.rows import Row
from desk.centre.drafting import peoples_words
from desk.centre.node.centre_node import Centre
from desk.centre.node.roles import EDIT
from desk.centre.run import guard
from desk.centre.web.frame import Asked, Typed, centre_of, go, page, posted, signed_in
from desk.centre.web.public_guides import on_shelf, searcher
from desk.errors import RefusedError
from desk.law.bodies.competence import at_counter
from desk.words import asked_words

router = APIRouter(include_in_schema=False)
Reader = Annotated[guard.Visitor, Depends(signed_in(EDIT))]
Editor = Annotated[guard.Visitor, Depends(posted(EDIT))]
_PAGE = "/catalogue/words"
_LINES, _PLACES = 100, 3  # words in vain that are shown, counters that are named with each
_DONE = {
    "added": "已发布。群众网页现在按这个说法找得到，各代办点同步后也找得到。",
    "gone": "已去掉。各代办点同步后也不再按它找。",
    "dropped": "不再列出；以后又有人多次找，会再列出来。",
}


@router.get("/catalogue/words")
def words(request: Request, visitor: Reader, done: Asked = "") -> Response:
    """What was looked up in vain, and what stands."""
    return _drawn(request, visitor, is_good=_DONE.get(done, ""))


def _drawn(
    request: Request,
    visitor: guard.Visitor,
    *,
    message: str = "",
    is_good: str = "",
    typed: tuple[str, str] = ("", ""),
    status: int = 200,
) -> Response:
    centre = centre_of(request)
    every = on_shelf(centre)
    names = {code: one.item_name for code, one in centre.publications.items.items()}
    given = [(names[code], code, own) for code, own in centre.publications.words.items() if own and code in names]
    return page(
        request,
        "catalogue_words.html",
        status,
        visitor=visitor,
        asked=_in_vain(centre),
        often=peoples_words.OFTEN,
        longest=asked_words.LONGEST,
        given=sorted(given),
        choices=[f"{one.item_name} {one.task_code}" for one in every],
        typed=typed,
        message=message,
        is_good=is_good,
    )


def _in_vain(centre: Centre) -> list[Row]:
    """What is still in vain: a word that was given to an item meanwhile finds it."""
    finding = searcher(centre, on_shelf(centre))
    with centre.database.read() as db:
        found = unfound_rows.often(db, peoples_words.OFTEN)
        points = {str(one["point_code"]): str(one["point_name"]) for one in rows.nodes(db)}
    vain = [one for one in found if not finding.search(one["word"])][:_LINES]
    return [{**one, "where": _where(centre, one, points)} for one in vain]


def _where(centre: Centre, row: Row, points: dict[str, str]) -> list[str]:
    """Where it was looked up and how often, in words: on the public page, at which counters."""
    bodies, today = centre.publications.bodies, centre.today()
    page = [f"群众网页 {row['on_page']} 次"] if row["on_page"] else []
    named = ((at_counter(bodies, point, today), point, times) for point, times in row["points"][:_PLACES])
    places = [f"{body.name_on(today) if body else points.get(point, point)} {times} 次" for body, point, times in named]
    left = len(row["points"]) - _PLACES
    return page + places + ([f"另有 {left} 处"] if left > 0 else [])


@router.post("/catalogue/words")
def add(request: Request, visitor: Editor, word: Typed = "", item: Typed = "") -> Response:
    """Publish a word for an item, which is typed by its name or its code."""
    centre = centre_of(request)
    try:
        peoples_words.add(centre, visitor.account, _code(centre, item), word)
    except RefusedError as error:
        return _drawn(request, visitor, message=error.sentences(), typed=(word, item), status=409)
    return go(f"{_PAGE}?done=added")


def _code(centre: Centre, typed: str) -> str:
    """The code of the item that is meant. Raises RefusedError."""
    last = typed.split()[-1:] or [""]
    found = [one.task_code for one in on_shelf(centre) if one.task_code == last[0] or one.item_name == typed.strip()]
    if len(found) != 1:
        raise RefusedError("没有这个名称或编码的事项，或同名的不止一个。", "没有发布。", "请从列出的事项里选。")
    return found[0]


@router.post("/catalogue/words/gone")
def gone(request: Request, visitor: Editor, code: Typed = "", word: Typed = "") -> Response:
    """Publish the words of an item without this one."""
    try:
        peoples_words.take_away(centre_of(request), visitor.account, code, word)
    except RefusedError as error:
        return _drawn(request, visitor, message=error.sentences(), status=409)
    return go(f"{_PAGE}?done=gone")


@router.post("/catalogue/words/drop")
def drop(request: Request, _visitor: Editor, word: Typed = "") -> Response:
    """What was looked up means no item of ours."""
    with centre_of(request).database.touch() as db:
        unfound_rows.drop(db, word)
    return go(f"{_PAGE}?done=dropped")
