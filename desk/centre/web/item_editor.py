"""One draft of an item: its form, the rows of its lists, what the checks say and the printed guide beside it, kept as
it is typed; nothing that was typed is lost where it is refused."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response

from desk.centre.drafting import beginning, item_drafts
from desk.centre.drafting.item_drafts import Waiting
from desk.centre.node.roles import EDIT
from desk.centre.run import guard
from desk.centre.web.frame import AbsentError, Asked, centre_of, go, page, posted, posted_long, signed_in
from desk.centre.web.item_drafts import drawn
from desk.centre.web.item_sheet import Copying, Sheet, facts, looked_at, pressed, sheet
from desk.errors import RefusedError
from desk.law.item_forms import form, rows
from desk.law.item_forms.form import Form

router = APIRouter(include_in_schema=False)
Reader = Annotated[guard.Visitor, Depends(signed_in(EDIT))]
Editor = Annotated[guard.Visitor, Depends(posted(EDIT))]
Writer = Annotated[guard.Visitor, Depends(posted_long(EDIT))]
Typed = Annotated[Sheet, Depends(sheet)]
_GONE = "没有这份草稿，可能已经发布或撤销。"
_DONE = {"1": "草稿已存。", "begun": "草稿已起好，改好后存。"}


@router.get("/catalogue/drafts/{key}")
def shown(request: Request, visitor: Reader, key: str, done: Asked = "") -> Response:
    """A draft, to be mended."""
    found = _found(request, key)
    return _drawn(request, visitor, found, form.shown(found.draft.item), is_good=_DONE.get(done, ""))


def _found(request: Request, key: str) -> Waiting:
    found = item_drafts.one(centre_of(request), key)
    if found is None:
        raise AbsentError(_GONE)
    return found


@router.post("/catalogue/drafts/{key}")
def save(request: Request, visitor: Writer, key: str, typed: Typed) -> Response:
    """Keep a draft as it was typed; a field that cannot be read is told and nothing kept."""
    centre, found = centre_of(request), item_drafts.one(centre_of(request), key)
    if found is None:
        return _instead(request, visitor, typed)
    if typed.mark != item_drafts.mark(found.draft):
        return _together(request, visitor, found, typed)
    looked = looked_at(centre, found, typed.form)
    if looked.unread:
        words = "有几处读不出来，没有保存；填的都在，请照下面写的改好再存。"
        return _drawn(request, visitor, found, typed.form, message=words, status=409)
    try:
        item_drafts.mend(centre, visitor.account, key, looked.item, typed.mark)
    except RefusedError as error:
        newer = item_drafts.one(centre, key)
        if newer is not None and item_drafts.mark(newer.draft) != typed.mark:
            return _together(request, visitor, newer, typed)
        return _drawn(request, visitor, found, typed.form, message=error.sentences(), status=409)
    if item_drafts.one(centre, key) is None:
        return go("/catalogue/drafts?done=same")
    return go(f"/catalogue/drafts/{key}?done=1")


def _instead(request: Request, visitor: guard.Visitor, typed: Sheet) -> Response:
    """What was typed into a draft that somebody published or gave up meanwhile, as a form of another one."""
    code = typed.form.words["task_code"].strip()
    if not code or not typed.mark:
        raise AbsentError(_GONE)
    found = _found(request, beginning.instead(centre_of(request), visitor.account, code))
    words = "原来的草稿刚刚发布或删掉了，没有保存。您填的都在这份新草稿里，请看过再存。"
    return _drawn(request, visitor, found, typed.form, message=words, status=409)


def _together(request: Request, visitor: guard.Visitor, found: Waiting, typed: Sheet) -> Response:
    """The form after another kept the draft meanwhile: what was typed stands, what only the other changed is taken
    over, and where both changed something the other's words stand beside it. Saving it again keeps it."""
    theirs = form.shown(found.draft.item)
    made, taken, both = form.merged(typed.form, typed.was, theirs)
    words = "这份草稿刚刚被别人改过，没有保存。您填的都在，请看过再存。"
    if taken:
        words += f"\n已放进别人改的：{'、'.join(form.name_of(one) for one in taken)}。"
    if both:
        words += f"\n两人都改了：{'、'.join(form.name_of(one) for one in both)}；下面是您填的，旁边是别人存的。"
    beside = {key: _words(found, theirs, key) for key in both}
    return _drawn(request, visitor, found, made, message=words, status=409, theirs=beside)


def _words(found: Waiting, theirs: Form, key: str) -> str:
    return rows.sentences(found.draft.item, key) if key in rows.LISTS else theirs.words[key]


@router.post("/catalogue/drafts/{key}/rows")
def row(request: Request, visitor: Writer, key: str, typed: Typed) -> Response:
    """The form after a button at a list; nothing is kept. With script, only that list is drawn."""
    centre, found = centre_of(request), _found(request, key)
    made, copying = pressed(centre, typed)
    name = typed.pressed.split(":")[1] if ":" in typed.pressed else ""
    if request.headers.get("hx-request") and name in rows.LISTS:
        looked = looked_at(centre, found, made)
        told = facts(centre, found, made, looked) | {"copying": copying, "key": name}
        return page(request, "item_draft_list.html", visitor=visitor, **told)
    return _drawn(request, visitor, found, made, typed=typed, copying=copying, is_good="还没有保存。")


@router.post("/catalogue/drafts/{key}/preview")
def preview(request: Request, visitor: Writer, key: str, typed: Typed) -> Response:
    """What stands beside the form as it is typed: the printed guide and what the checks say; nothing is kept."""
    centre, found = centre_of(request), _found(request, key)
    looked = looked_at(centre, found, typed.form)
    told = facts(centre, found, typed.form, looked) | {"ats": typed.ats}
    return page(request, "item_draft_beside.html", visitor=visitor, is_live=True, **told)


def _drawn(
    request: Request,
    visitor: guard.Visitor,
    found: Waiting,
    made: Form,
    *,
    message: str = "",
    is_good: str = "",
    status: int = 200,
    typed: Sheet | None = None,
    copying: Copying | None = None,
    theirs: dict[str, str] | None = None,
) -> Response:
    """The page of a draft; `typed` keeps the mark of what a form showed that is only drawn again."""
    centre = centre_of(request)
    looked = looked_at(centre, found, made)
    told: dict[str, Any] = facts(centre, found, made, looked) | {"copying": copying, "theirs": theirs or {}}
    was = typed.was if typed else form.marks(form.shown(found.draft.item))
    return page(
        request,
        "item_draft.html",
        status,
        visitor=visitor,
        message=message,
        is_good=is_good,
        mark=typed.mark if typed else item_drafts.mark(found.draft),
        was=" ".join(f"{name}:{mark}" for name, mark in was.items()),
        **told,
    )


@router.post("/catalogue/drafts/{key}/drop")
def drop(request: Request, visitor: Editor, key: str) -> Response:
    """Give a draft up."""
    found = _found(request, key)
    item_drafts.drop(centre_of(request), key)
    return drawn(request, visitor, is_good=f"{found.draft.item.item_name}：草稿已删掉。")
