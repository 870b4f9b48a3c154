"""One change to many items: which ones and what is asked in the address, looked at row by row, made in one step and
taken back in one."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import urlencode

import msgspec
from fastapi import APIRouter, Depends, Form, Query, Request, Response

from desk import clock
from desk.centre.drafting import bulk
from desk.centre.drafting.approving import By
from desk.centre.drafting.bulk import Done
from desk.centre.node.centre_node import Centre
from desk.centre.node.roles import EDIT
from desk.centre.run import guard
from desk.centre.web.frame import Asked, centre_of, go, page, posted, signed_in
from desk.errors import RefusedError
from desk.law import codes
from desk.law.item_forms import form, side_by_side
from desk.law.item_forms.bulk import FIELDS, Change, Wanted

router = APIRouter(include_in_schema=False)
Reader = Annotated[guard.Visitor, Depends(signed_in(EDIT))]
Editor = Annotated[guard.Visitor, Depends(posted(EDIT))]
Long = Annotated[str, Query(max_length=300)]
_FIRST = "phones"
_NAMED = 5  # bodies that are named


def wanted(
    field: Asked = _FIRST, old: Long = "", new: Long = "", text: Asked = "", org: Long = "", kind: Asked = ""
) -> Wanted:
    """A dependency: what the address asks for."""
    return Wanted(field if field in FIELDS else _FIRST, old.strip(), new.strip(), text.strip(), org, kind)


Wants = Annotated[Wanted, Depends(wanted)]


@router.get("/catalogue/bulk")
def shown(request: Request, visitor: Reader, asked: Wants, done: Asked = "") -> Response:
    """What would become of each item, and what was done before."""
    return _drawn(request, visitor, asked, made=done)


@router.post("/catalogue/bulk")
def make(
    request: Request, visitor: Editor, asked: Wants, mark: Annotated[list[str] | None, Form(max_length=600)] = None
) -> Response:
    """Change the items that were ticked; what is asked stands in the form's address."""
    centre = centre_of(request)
    try:
        key = bulk.make(centre, By(visitor.account, visitor.name), asked, set(mark or ()))
    except RefusedError as error:
        return _drawn(request, visitor, asked, message=error.sentences(), status=409)
    return go(f"/catalogue/bulk?{urlencode({'done': key})}")


@router.post("/catalogue/bulk/{key}/undo")
def undo(request: Request, visitor: Editor, key: str) -> Response:
    """Take a change back as a whole."""
    try:
        count, left = bulk.undo(centre_of(request), By(visitor.account, visitor.name), key)
    except RefusedError as error:
        return _drawn(request, visitor, Wanted(_FIRST), message=error.sentences(), status=409)
    words = f"已撤销，{count} 项改回原来的。" + (f"另 {left} 项后来又改过或已经发布，没有动。" if left else "")
    return _drawn(request, visitor, Wanted(_FIRST), is_good=words)


def _drawn(
    request: Request,
    visitor: guard.Visitor,
    asked: Wanted,
    *,
    made: str = "",
    message: str = "",
    is_good: str = "",
    status: int = 200,
) -> Response:
    centre = centre_of(request)
    looked = bulk.looked_at(centre, asked) if asked.old or asked.new else []
    before = bulk.done(centre)
    new = next((one for one in before if one.id == made), None)
    return page(
        request,
        "item_bulk.html",
        status,
        visitor=visitor,
        message=message,
        is_good=is_good or (_words(new) if new else ""),
        undoable=new if new and not new.undone else None,
        asked=asked,
        query=urlencode(_query(asked)),
        fields={key: name for key, (name, _) in FIELDS.items()},
        kinds=codes.ITEM_TYPES,
        orgs=sorted({one.org_name for one in centre.publications.items.values() if one.org_name}),
        is_asked=bool(asked.old or asked.new),
        is_now=bulk.is_now(asked.field),
        lines=[_line(one) for one in looked[: bulk.MOST]],
        count=len(looked),
        can=sum(not one.why for one in looked[: bulk.MOST]),
        bodies=_bodies(centre, asked),
        before=[(one, _words(one), clock.minute(one.at)) for one in before],
    )


def _query(asked: Wanted) -> dict[str, str]:
    told = msgspec.structs.asdict(asked)
    told["text"] = told.pop("words")
    return {key: value for key, value in told.items() if value}


def _line(one: Change) -> dict[str, Any]:
    item = one.item
    return {
        "mark": bulk.mark(one),
        "code": item.task_code,
        "name": item.item_name,
        "org": item.org_name,
        "fields": [(form.name_of(key), *side_by_side.pieces(old, new)) for key, old, new in one.fields],
        "why": one.why,
    }


def _words(one: Done) -> str:
    name, count, asked = FIELDS[one.wanted.field][0], len(one.fields), one.wanted
    what = f"{asked.old or '原来的'} → {asked.new or '去掉'}"
    return f"{count} 项{'已更正，今天起用' if one.is_now else '收为草稿，送审后生效'}：{name} {what}。"


def _bodies(centre: Centre, asked: Wanted) -> list[str]:
    """Bodies of the register that have the old telephone too: it is put right there."""
    if not asked.old or "phone" not in asked.field:
        return []
    every = centre.publications.bodies
    return [one.name for one in every if asked.old in (one.enquiry_phone, one.complaint_phone)][:_NAMED]
