"""What must hold for an item 核对条件: its lines, shown and written by the catalogue's editor."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import Annotated, Any
from urllib.parse import quote

import msgspec
from fastapi import APIRouter, Depends, Form, Request, Response

from desk.centre.drafting import item_drafts
from desk.centre.node.centre_node import Centre
from desk.centre.node.roles import EDIT
from desk.centre.run import guard
from desk.centre.web.frame import MOST, AbsentError, Asked, Seen, centre_of, go, page, posted, signed_in
from desk.errors import RefusedError
from desk.law import conditions
from desk.law.catalogue import lines
from desk.law.catalogue.item import Fact, Item, Line, LineTest

router = APIRouter(include_in_schema=False)
Reader = Annotated[guard.Visitor, Depends(signed_in(EDIT))]
Editor = Annotated[guard.Visitor, Depends(posted(EDIT))]
Column = Annotated[list[str] | None, Form(max_length=100)]
_SPARE, _DONE = 2, "已收为草稿。送审、核定备案后发布，各代办点同步后照它核对；已收的办件不变。"
_NOTHING = "没有改动。"


@router.get("/catalogue/conditions/{code}")
def shown(request: Request, visitor: Reader, code: str, done: Asked = "") -> Response:
    """The lines of an item as they stand, to be changed."""
    return _drawn(request, visitor, code, is_good=_DONE if done else "")


@router.post("/catalogue/conditions/{code}")
def write(
    request: Request,
    visitor: Editor,
    code: str,
    seen: Seen = 0,
    key: Column = None,
    fact: Column = None,
    of: Column = None,
    test: Column = None,
    value: Column = None,
    text: Column = None,
    law: Column = None,
    article: Column = None,
    sample: Column = None,
) -> Response:
    """Keep the lines that were typed as a draft of the item's next version; a line without a fact is left out."""
    columns = [one or [] for one in (key, fact, of, test, value, text, law, article, sample)]
    rows = [[cell.strip() for cell in row] for row in itertools.zip_longest(*columns, fillvalue="")]
    kept = [row for row in rows if row[1]]
    item = _item(request, code)
    try:
        holds = _read(kept, item)
        _keep(centre_of(request), visitor.account, item, holds, seen)
    except RefusedError as error:
        return _drawn(request, visitor, code, message=error.sentences(), typed=kept, status=409)
    return go(f"/catalogue/conditions/{quote(code, safe='')}?done=1")


def _keep(centre: Centre, account: str, item: Item, holds: tuple[Line, ...], seen: int) -> None:
    if item.version != seen or item.task_code in centre.publications.withdrawn:
        raise RefusedError("这个事项刚刚有了别的版本，或已经下架。", _NOTHING, "请看过现在的再改。")
    new = msgspec.structs.replace(item, holds=holds)
    if faults := list(lines.faults(new, centre.publications.items)):
        raise RefusedError("；".join(faults) + "。", _NOTHING)
    if not item_drafts.change(centre, account, f"核对条件：{item.item_name}", {item.task_code: {"holds": holds}}):
        raise RefusedError("内容与现行的、草稿里的一样。", _NOTHING)


def _read(rows: Sequence[Sequence[str]], item: Item) -> tuple[Line, ...]:
    """The lines that were typed; a new one gets a code that the item never had. Raises RefusedError."""
    used = {row[0] for row in rows} | {one.code for one in item.holds}
    fresh = (f"h{item.version + 1}-{at}" for at in itertools.count(1))
    made = []
    for key, fact, of, test, value, text, law, article, sample in rows:
        if max(map(len, (of, value, text, law, article))) > MOST:
            raise RefusedError("有一格写得太长。", _NOTHING)
        try:
            kinds = Fact(fact), LineTest(test)
        except ValueError as error:
            raise RefusedError("没有选要核对什么，或怎样核对。", _NOTHING) from error
        code = key or next(one for one in fresh if one not in used)
        made.append(Line(code, *kinds, value, text, law, article, of, sample == "1"))
    return tuple(made)


def _item(request: Request, code: str) -> Item:
    centre = centre_of(request)
    with centre.database.read() as db:
        centre.publications.refresh(centre.node, db)
    item = centre.publications.items.get(code)
    if item is None:
        raise AbsentError("目录里没有这个事项。")
    return item


def _draft(request: Request, code: str) -> Item | None:
    """The draft of the item that waits."""
    centre = centre_of(request)
    with centre.database.read() as db:
        return item_drafts.drafted(centre, db).get(code)


def _drawn(
    request: Request,
    visitor: guard.Visitor,
    code: str,
    *,
    message: str = "",
    is_good: str = "",
    typed: Sequence[Sequence[str]] | None = None,
    status: int = 200,
) -> Response:
    item, draft = _item(request, code), _draft(request, code)
    rows = [_row(one) for one in (draft or item).holds] if typed is None else [list(one) for one in typed]
    return page(
        request,
        "catalogue_lines.html",
        status,
        visitor=visitor,
        item=item,
        rows=[*rows, *([""] * 9 for _ in range(_SPARE))],
        lines=[_words(one, _names(centre_of(request), item)) for one in item.holds],
        facts=lines.FACT_NAMES,
        tests=lines.TEST_NAMES,
        fields=[(one.code, one.name) for one in item.fields],
        message=message,
        is_good=is_good,
        waits=draft is not None and draft.holds != item.holds,
    )


def _row(line: Line) -> list[str]:
    sample = "1" if line.sample else ""
    return [line.code, line.fact, line.of, line.test, line.value, line.text, line.law, line.article, sample]


def _names(centre: Centre, item: Item) -> dict[str, str]:
    """What a line may name, by its code: the fields of the item's form, other items."""
    return {one.task_code: one.item_name for one in centre.publications.items.values()} | {
        one.code: one.name for one in item.fields
    }


def _words(line: Line, names: Mapping[str, str]) -> dict[str, Any]:
    """A line as it is looked at: in words."""
    what = f"{lines.FACT_NAMES[line.fact]}{f'（{names.get(line.of, line.of)}）' if line.of else ''}"
    return {
        "text": line.text,
        "how": f"{what} {lines.TEST_NAMES[line.test]} {lines.HERE_NAMES.get(line.value, line.value)}",
        "basis": conditions.basis(line),
        "sample": line.sample,
    }
