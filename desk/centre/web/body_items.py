"""Which body exercises which item, said once for the whole catalogue: what the names suggest is filled in, an editor
looks through it and keeps it as drafts, which are judged as any other."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request, Response

from desk.centre.drafting import item_drafts
from desk.centre.node.centre_node import Centre
from desk.centre.node.roles import EDIT
from desk.centre.run import guard
from desk.centre.web.frame import Asked, PageNumber, centre_of, page, pages, posted, signed_in
from desk.errors import RefusedError
from desk.law.bodies.body import Body, Kind
from desk.law.bodies.competence import EACH, exercise_of
from desk.law.bodies.register import Register
from desk.law.catalogue.item import Exercise, Exerciser, Item, Place

router = APIRouter(include_in_schema=False)
Reader = Annotated[guard.Visitor, Depends(signed_in(EDIT))]
Editor = Annotated[guard.Visitor, Depends(posted(EDIT))]
_LINES = 100
Many = Annotated[list[str], Form(max_length=_LINES)]
_WHO = {words: who for who, words in EACH.items()}
_OPEN = "open"  # only items that do not say it yet


@router.get("/bodies/items")
def item_list(request: Request, visitor: Reader, text: Asked = "", only: Asked = "", at: PageNumber = 1) -> Response:
    """Every item with who exercises it, or with what its organ's name suggests."""
    return _drawn(request, visitor, text=text, only=only, at=at)


def _drawn(
    request: Request,
    visitor: guard.Visitor,
    *,
    text: str = "",
    only: str = "",
    at: int = 1,
    message: str = "",
    is_good: str = "",
    status: int = 200,
) -> Response:
    centre = centre_of(request)
    register = _register(centre)
    with centre.database.read() as db:
        waits = item_drafts.drafted(centre, db)
    known = centre.publications.items
    every = sorted(
        (waits.get(code, one) for code, one in known.items()),
        key=lambda one: (one.org_name, one.item_name, one.task_code),
    )
    unsaid = sum(one.exercised_by is None for one in every)
    kept = [one for one in every if all(term in f"{one.item_name} {one.org_name}" for term in text.split())]
    kept = [one for one in kept if only != _OPEN or one.exercised_by is None]
    return page(
        request,
        "body_items.html",
        status,
        visitor=visitor,
        message=message,
        is_good=is_good,
        lines=[_line(register, one) for one in kept[(at - 1) * _LINES : at * _LINES]],
        choices=[*_WHO, *sorted(one.name for one in register if one.until is None)],
        count=len(kept),
        waiting=unsaid,
        text=text.strip(),
        only=only,
        page=at,
        pages=pages(len(kept), _LINES),
        known=len(register),
    )


def _register(centre: Centre) -> Register:
    with centre.database.read() as db:
        centre.publications.refresh(centre.node, db)
    return centre.publications.bodies


def _line(register: Register, item: Item) -> dict[str, Any]:
    said = item.exercised_by
    guessed = said or _suggested(register, item)
    return {
        "code": item.task_code,
        "name": item.item_name,
        "org": item.org_name,
        "who": _words(register, guessed),
        "said": said is not None,
        "domicile": guessed is not None and guessed.place is Place.DOMICILE,
    }


def _suggested(register: Register, item: Item) -> Exercise | None:
    """What the name of an item's organ suggests: one township's government stands for all of them."""
    found = exercise_of(item, register)
    body = register.get(found.body) if found else None
    return Exercise(Exerciser.TOWNSHIPS) if body and _is_township(body) else found


def _is_township(body: Body) -> bool:
    return body.kind is Kind.GOVERNMENT and body.level == "5"


def _words(register: Register, exercise: Exercise | None) -> str:
    if exercise is None:
        return ""
    body = register.get(exercise.body)
    return EACH.get(exercise.who) or (body.name if body else exercise.body)


@router.post("/bodies/items")
def say(
    request: Request,
    visitor: Editor,
    code: Many = [],  # noqa: B006 - FastAPI copies it
    who: Many = [],  # noqa: B006
    domicile: Many = [],  # noqa: B006
) -> Response:
    """Keep what was said as drafts; an empty line says nothing."""
    centre = centre_of(request)
    try:
        told = {one: {"exercised_by": who} for one, who in _said(_register(centre), code, who, domicile).items()}
        count = item_drafts.change(centre, visitor.account, "由谁实施", told)
    except RefusedError as error:
        return _drawn(request, visitor, message=error.sentences(), status=409)
    words = f"已收为草稿 {count} 项。送审、核定备案后发布，办件随着改归机构。"
    return _drawn(request, visitor, is_good=words if count else "没有改动。")


def _said(register: Register, codes: list[str], who: list[str], domicile: list[str]) -> dict[str, Exercise | None]:
    if len(codes) != len(who):
        raise RefusedError("表格不完整。", "没有改动。", "请刷新后再填。")
    return {one: _read(register, words, one in domicile) for one, words in zip(codes, who, strict=True)}


def _read(register: Register, words: str, is_at_home: bool) -> Exercise | None:  # noqa: FBT001 - a fact, not a switch
    place = Place.DOMICILE if is_at_home else Place.POINT
    words = words.strip()
    if not words:
        return None
    if words in _WHO:
        return Exercise(_WHO[words], place=place)
    found = register.named(words) or register.get(words)
    if found is None:
        raise RefusedError(f"机构名录里没有“{words}”。", "没有改动。", "请从列出的机构里选。")
    return Exercise(Exerciser.BODY, found.code, place)
