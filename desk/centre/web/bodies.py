"""The page of bodies 机构: the banner as a tree, a form for each body, the banner's bodies seeded with one press;
renamed, merged, closed from a day on. All of it is draft until it is published to every desk."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response

from desk.centre.node import bodies, redating
from desk.centre.node.bodies import Board
from desk.centre.node.roles import EDIT
from desk.centre.run import guard
from desk.centre.web import point_map
from desk.centre.web.body_forms import Sheet, coded, from_day, onto, sheet
from desk.centre.web.frame import AbsentError, Asked, Typed, centre_of, page, posted, signed_in
from desk.centre.web.public_points import SERVES
from desk.errors import Problem, RefusedError
from desk.law import codes, divisions
from desk.law.bodies.body import KIND_NAMES, Body, Kind, Post, ended, renamed
from desk.law.bodies.rules import LEVELS

router = APIRouter(include_in_schema=False)
Reader = Annotated[guard.Visitor, Depends(signed_in(EDIT))]
Editor = Annotated[guard.Visitor, Depends(posted(EDIT))]
Filled = Annotated[Sheet, Depends(sheet)]
_NEW = "new"
_MORE = 3  # empty rows for posts
_ONLY = {"drafts": "待发布", "faults": "有错", "ended": "已撤并"}


@router.get("/bodies")
def body_list(request: Request, visitor: Reader, text: Asked = "", only: Asked = "") -> Response:
    """The bodies of the banner as a tree: its own, and those of each sumu and town."""
    return _listed(request, visitor, text=text, only=only)


def _listed(
    request: Request,
    visitor: guard.Visitor,
    *,
    text: str = "",
    only: str = "",
    message: str = "",
    is_good: str = "",
    status: int = 200,
) -> Response:
    centre = centre_of(request)
    with centre.database.read() as db:
        board = bodies.board(centre, db)
    faults = bodies.faults(board)
    every = [_line(board, one, len(faults.get(one.code, ()))) for one in board.whole]
    counts = {key: sum(line["marks"][key] for line in every) for key in _ONLY}
    shown = {line["code"]: line for line in every if _wanted(line, text, only)}
    return page(
        request,
        "bodies.html",
        status,
        visitor=visitor,
        message=message,
        is_good=is_good,
        groups=_groups(board, shown, is_narrowed=bool(text.strip() or only)),
        count=len(every),
        counts=counts,
        names=_ONLY,
        text=text.strip(),
        only=only,
        banners=_banners(),
        own=centre.code[:6],
    )


def _line(board: Board, body: Body, faults: int) -> dict[str, Any]:
    after = board.whole.get(body.successor)
    return {
        "code": body.code,
        "name": body.name,
        "kind": KIND_NAMES[body.kind],
        "reached": "，".join(one for one in (body.address, body.enquiry_phone) if one),
        "is_new": board.published.get(body.code) is None,
        "faults": faults,
        "until": body.until,
        "after": after.name if after else "",
        "marks": {"drafts": body.code in board.drafts, "faults": faults > 0, "ended": body.until is not None},
        "search": f"{' '.join(sorted(body.every_name()))} {body.code} {KIND_NAMES[body.kind]}",
    }


def _wanted(line: dict[str, Any], text: str, only: str) -> bool:
    return all(term in line["search"] for term in text.split()) and (only not in _ONLY or line["marks"][only])


def _groups(board: Board, shown: dict[str, dict[str, Any]], *, is_narrowed: bool) -> list[dict[str, Any]]:
    """The banner's own bodies, then those of each township, from above downward; only lines that are `shown`."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for depth, body in _tree(board):
        if body.code in shown:
            town = body.division[:9] if len(body.division) >= len("152523101") else ""
            groups.setdefault(town, []).append(shown[body.code] | {"depth": depth if town == "" else depth - 1})
    places = divisions.load()
    made = []
    for town, lines in sorted(groups.items()):
        found = places.get(town)
        is_open = is_narrowed or not town or len(groups) == 1
        made.append({"name": found.name if found else "", "lines": lines, "open": is_open, **_sums(lines)})
    return made


def _sums(lines: Sequence[dict[str, Any]]) -> dict[str, int]:
    return {key: sum(line["marks"][key] for line in lines) for key in ("drafts", "faults")}


def _tree(board: Board) -> Iterator[tuple[int, Body]]:
    """Depth and body, each after the one above it; those whose upper body is missing or goes round begin anew."""
    seen: set[str] = set()

    def walk(body: Body, depth: int) -> Iterator[tuple[int, Body]]:
        if body.code not in seen:
            seen.add(body.code)
            yield min(depth, 3), body
            for one in board.whole.below(body.code):
                yield from walk(one, depth + 1)

    for one in board.whole:
        if board.whole.get(one.above) is None:
            yield from walk(one, 0)
    for one in board.whole:
        yield from walk(one, 0)


def _banners() -> list[tuple[str, list[tuple[str, str]]]]:
    """Leagues with code and name of their banners."""
    places = divisions.load()
    leagues = places.below("15")
    return [(one.name, [(below.code, below.name) for below in places.below(one.code)]) for one in leagues]


@router.post("/bodies/seed")
def seed(request: Request, visitor: Editor, banner: Typed = "") -> Response:
    """Drafts of all bodies that a banner has by the table of divisions."""
    try:
        count = bodies.seed_drafts(centre_of(request), banner.strip())
    except RefusedError as error:
        return _listed(request, visitor, message=error.sentences(), status=409)
    words = f"已起草 {count} 个机构，请补上地址和电话再发布。" if count else "这个旗县的机构都在名录里了，没有增加。"
    return _listed(request, visitor, is_good=words)


@router.post("/bodies/publish")
def publish(request: Request, visitor: Editor) -> Response:
    """Publish all drafts."""
    centre = centre_of(request)
    try:
        count = bodies.publish(centre, visitor.account)
    except RefusedError as error:
        return _listed(request, visitor, only="faults", message=error.sentences(), status=409)
    left = "有的办件还在后台改归机构。" if count and redating.some(centre) else ""
    return _listed(
        request, visitor, is_good=f"已发布 {count} 条，下发到各代办点。{left}" if count else "没有要发布的。"
    )


# -- one body ----------------------------------------------------------------------------------------------------


def _stands(request: Request) -> Board:
    centre = centre_of(request)
    with centre.database.read() as db:
        return bodies.board(centre, db)


def _known(board: Board, code: str) -> Body:
    found = board.whole.get(code)
    if found is None:
        raise AbsentError("没有这个机构，请核对代码。")
    return found


@router.get("/bodies/{key}")
def body_form(request: Request, visitor: Reader, key: str, above: Asked = "") -> Response:
    """The form of a body, or of a new one below another."""
    board = _stands(request)
    if key != _NEW:
        body = _known(board, key)
        return _form(request, visitor, board, body, bodies.faults(board).get(key, ()))
    upper = board.whole.get(above)
    division = upper.division if upper else centre_of(request).code[:6]
    place = divisions.load().get(division)
    level = LEVELS[place.level] if place else "4"
    return _form(request, visitor, board, Body("", "", Kind.DEPARTMENT, level, division, above=above), is_new=True)


def _form(
    request: Request,
    visitor: guard.Visitor,
    board: Board,
    body: Body,
    problems: Sequence[Problem] = (),
    *,
    is_new: bool = False,
    message: str = "",
    is_good: str = "",
    status: int = 200,
    mark: str = "",
) -> Response:
    places = divisions.load()
    told: dict[str, str] = {}
    for one in problems:
        told.setdefault(one.field, one.text)
    around = [(one.code, one.name) for one in board.whole if one.until is None and one.code != body.code]
    banner = centre_of(request).code[:6]
    towns = places.below(banner)
    near = [places.get(banner), *towns, *(village for town in towns for village in places.below(town.code))]
    return page(
        request,
        "body.html",
        status,
        visitor=visitor,
        message=message,
        is_good=is_good,
        body=body,
        is_new=is_new,
        is_draft=body.code in board.drafts,
        published=board.published.get(body.code),
        problems=told,
        posts=[*body.posts, *[Post("")] * _MORE],
        kinds=KIND_NAMES,
        levels=codes.LEVELS,
        around=sorted(around, key=lambda one: one[1]),
        places=[one for one in near if one],
        after=board.whole.get(body.successor),
        division=places.full_name(body.division),
        map=point_map.to_pick(list(_measured(board, body))),
        shown=mark or bodies.mark(None if is_new else board.whole.get(body.code)),
        today=centre_of(request).today().isoformat(),
    )


def _measured(board: Board, body: Body) -> Iterator[point_map.Dot]:
    """Where one is served, as far as that was measured; this body among them."""
    for one in [*(other for other in board.whole if other.code != body.code), body]:
        if one.position and one.kind in SERVES and one.until is None:
            yield point_map.Dot(one.name, "", *one.position, one is body, one.kind != Kind.POINT)


@router.post("/bodies/{key}")
def save(request: Request, visitor: Editor, key: str, typed: Filled) -> Response:
    """Keep what was typed as a draft, and tell what is wrong with it."""
    centre, board, is_new = centre_of(request), _stands(request), key == _NEW
    kept = ("name",) if board.published.get(key) else ()  # a name is changed from a day on
    body = typed.body if is_new else onto(_known(board, key), typed.body, *kept)
    try:
        body = coded(body, board.whole) if is_new else body
        problems = bodies.keep(centre, body, typed.mark)
    except RefusedError as error:
        told = error.sentences()
        return _form(request, visitor, board, body, is_new=is_new, message=told, status=409, mark=typed.mark)
    words = f"草稿已存，还有 {len(problems)} 处要改，改好才能发布。" if problems else "草稿已存，发布后下发到各代办点。"
    good, wrong = ("", words) if problems else (words, "")
    return _form(request, visitor, _stands(request), body, problems, message=wrong, is_good=good)


@router.post("/bodies/{key}/{step}")
def step(
    request: Request,
    visitor: Editor,
    key: str,
    step: str,
    day: Typed = "",
    name: Typed = "",
    into: Typed = "",
    mark: Typed = "",
) -> Response:
    """Rename, merge or close from a day on, as a draft; or take the draft back."""
    centre, board = centre_of(request), _stands(request)
    body = _known(board, key)
    try:
        if step == "drop":
            bodies.drop(centre, key)
            return _listed(request, visitor, is_good=f"{body.name}：草稿已撤回。")
        changed = _changed(body, step, from_day(day, centre.today()), name.strip(), into.strip())
        problems = bodies.keep(centre, changed, mark)
    except RefusedError as error:
        return _form(request, visitor, board, body, message=error.sentences(), status=409)
    words = "草稿已存，发布后下发到各代办点。"
    wrong = f"草稿已存，还有 {len(problems)} 处要改，改好才能发布。" if problems else ""
    return _form(request, visitor, _stands(request), changed, problems, message=wrong, is_good="" if wrong else words)


def _changed(body: Body, step: str, day: dt.date, name: str, into: str) -> Body:
    match step:
        case "rename" if name and name != body.name:
            return renamed(body, name, day)
        case "rename":
            raise RefusedError("请填写新的名称。", "没有改动。")
        case "merge" if into:
            return ended(body, day, into)
        case "merge":
            raise RefusedError("请选择并入哪个机构。", "没有改动。")
        case "close":
            return ended(body, day)
        case _:
            raise RefusedError("没有这种操作。", "没有改动。")
