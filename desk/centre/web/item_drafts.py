"""Drafts of items that wait: the list with what is wrong with each, one mended, some sent to be judged."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
import sqlalchemy as sa
from fastapi import APIRouter, Depends, Form, Request, Response

from desk import clock
from desk.centre.drafting import approving, item_drafts
from desk.centre.drafting.approving import By, Why
from desk.centre.drafting.item_drafts import Waiting
from desk.centre.node.centre_node import Centre
from desk.centre.node.roles import EDIT
from desk.centre.run import guard
from desk.centre.web.frame import (
    AbsentError,
    Asked,
    PageNumber,
    Typed,
    centre_of,
    go,
    page,
    pages,
    posted,
    signed_in,
)
from desk.centre.web.public_guides import around
from desk.errors import DeskError, RefusedError
from desk.folds.office import lives
from desk.law import codes, deadline
from desk.law.catalogue.item import Item
from desk.law.catalogue.rules import PROXY_NAMES
from desk.law.item_tables import columns, limits, nothing, written
from desk.law.item_tables.written import Told
from desk.printing.guide import Chosen, guide_pages

router = APIRouter(include_in_schema=False)
Reader = Annotated[guard.Visitor, Depends(signed_in(EDIT))]
Editor = Annotated[guard.Visitor, Depends(posted(EDIT))]
Keys = Annotated[list[str] | None, Form(max_length=6000)]
_LINES = 100
_ONLY = {"faulty": "还要改", "ready": "可以送审"}
_LONGEST = 40_000  # characters of one field: all materials of an item
# The fields of the form, in groups; those with several lines have as many as are given.
GROUPS: tuple[tuple[str, tuple[tuple[str, int], ...]], ...] = (
    ("基本", (("item_name", 1), ("task_code", 1), ("item_type", 1), ("exercise_level", 1), ("org_name", 1),
             ("handling_unit", 1), ("regime", 1), ("audience", 1), ("channel", 1), ("topic", 1))),
    ("依据和条件", (("legal_basis", 3), ("acceptance_conditions", 4))),
    ("材料和流程", (("materials", 6), ("steps", 6))),
    ("时限和收费", (("statutory_limit", 1), ("promised_limit", 1), ("fees", 2))),
    ("办理", (("place", 1), ("hours", 1), ("enquiry_phone", 1), ("supervision_phone", 1), ("proxy_mode", 1),
             ("proxy_note", 1), ("visits", 1), ("visits_note", 1), ("result_name", 1), ("delivery", 1), ("rights", 2),
             ("remedy", 2))),
    ("核定备案", (("approved_by", 1), ("filed_no", 1), ("filed_on", 1), ("effective_from", 1), ("effective_to", 1))),
)  # fmt: skip
KEYS = tuple(key for _, fields in GROUPS for key, _ in fields)
_HINTS = {
    "legal_basis": "一行一条：《草原法》§40：规定了什么",
    "acceptance_conditions": "一行一条；没有条件的写“无”",
    "materials": "一行一份：1. 身份证（原件1份，复印件1份，核验后退还）；不用交材料的写“无”",
    "steps": f"一行一步：1. 受理（窗口，{deadline.workdays(2)}）：核对材料；2. 公示（嘎查，不计入时限：公示期）",
    "fees": "工本费：20 元（依据：居民身份证法）；或 不收费（依据：行政许可法§58）；不知道的空着",
    "statutory_limit": f"{deadline.workdays(20)}；法律没有规定的写“无”",
    "promised_limit": f"{deadline.workdays(5)}，或 即办；没有另外承诺的写“无”",
    "place": "不用到场的写“无”",
}


@router.get("/catalogue/drafts")
def draft_list(
    request: Request,
    visitor: Reader,
    text: Asked = "",
    only: Asked = "",
    run: Asked = "",
    at: PageNumber = 1,
    took: Asked = "",
    gave: Asked = "",
    done: Asked = "",
) -> Response:
    """The drafts that wait, import by import."""
    words = f"已收为草稿 {took} 条。" if took.isdecimal() else "与现行的一样，没有草稿了。" if done else ""
    words += f"其中 {gave} 条代替了以前没有发布的草稿。" if gave.isdecimal() and gave != "0" else ""
    return drawn(request, visitor, text=text, only=only, run=run, at=at, is_good=words)


def drawn(
    request: Request,
    visitor: guard.Visitor,
    *,
    text: str = "",
    only: str = "",
    run: str = "",
    at: int = 1,
    message: str = "",
    is_good: str = "",
    status: int = 200,
    why: Why | None = None,
) -> Response:
    """The page of drafts, with a word above it."""
    centre = centre_of(request)
    with centre.database.read() as db:
        centre.publications.refresh(centre.node, db)
        every = item_drafts.waiting(centre, db)
        sent = {one.key for one in every if _sent(db, one)}
    kept = [one for one in every if _wanted(one, text, only, run)]
    faulty = sum(bool(one.faults) for one in every)
    ready = sum(not one.faults and one.key not in sent for one in every)
    return page(
        request,
        "item_drafts.html",
        status,
        visitor=visitor,
        message=message,
        is_good=is_good,
        runs=[(key, file, clock.minute(when), count) for key, file, when, count in item_drafts.runs(every)],
        lines=[_line(centre, one, is_sent=one.key in sent) for one in kept[(at - 1) * _LINES : at * _LINES]],
        count=len(kept),
        total=len(every),
        counts={"faulty": faulty, "ready": ready},
        names=_ONLY,
        reasons=lives.REASONS,
        why=why or Why(),
        text=text.strip(),
        only=only,
        run=run,
        page=at,
        pages=pages(len(kept), _LINES),
    )


def _wanted(one: Waiting, text: str, only: str, run: str) -> bool:
    item = one.draft.item
    search = f"{item.item_name} {item.org_name} {item.task_code}"
    fits = only not in _ONLY or bool(one.faults) is (only == "faulty")
    return fits and run in ("", one.run) and all(term in search for term in text.split())


def _line(centre: Centre, one: Waiting, *, is_sent: bool) -> dict[str, Any]:
    item = one.draft.item
    return {
        "key": one.key,
        "name": item.item_name,
        "code": item.task_code,
        "org": item.org_name,
        "type": codes.ITEM_TYPES.get(item.item_type, "没有类型"),
        "limit": limits.short(item.promised_limit) or limits.short(item.statutory_limit) or "没有期限",
        "materials": len(item.materials),
        "what": f"改{'、'.join(one.draft.fields)}" if one.draft.before else "新增",
        "faults": one.faults,
        "sent": is_sent,
        "gaps": item_drafts.gaps(centre, item),
        "said": [said.text for said in one.draft.findings],
    }


@router.post("/catalogue/drafts/send")
def send(
    request: Request,
    visitor: Editor,
    key: Keys = None,
    every: Typed = "",
    reason: Typed = "",
    document: Typed = "",
    note: Typed = "",
) -> Response:
    """Send the drafts that were ticked to be judged, or every one that is ready."""
    centre = centre_of(request)
    why = Why(reason, document, note)
    try:
        keys = set(key or ())
        if every:
            with centre.database.read() as db:
                centre.publications.refresh(centre.node, db)
                waits = item_drafts.waiting(centre, db)
                keys = {one.key for one in waits if not one.faults and not _sent(db, one)}
        count = approving.send(centre, By(visitor.account, visitor.name), keys, why)
    except DeskError as error:
        return drawn(request, visitor, message=error.sentences(), status=409, why=why)
    return drawn(request, visitor, is_good=f"已送审 {count} 条。记下意见和集体决定，由另一位目录编辑核定备案后发布。")


def _sent(db: sa.Connection, one: Waiting) -> bool:
    """Whether the draft is being judged as it stands."""
    life = approving.life_of(db, one.draft.item.task_code)
    return life is not None and life.state in ("heard", "decided") and life.last.told.item == one.draft.item


# -- one draft ---------------------------------------------------------------------------------------------------


@router.get("/catalogue/drafts/{key}")
def draft_form(request: Request, visitor: Reader, key: str, done: Asked = "") -> Response:
    """A draft, to be mended."""
    found = _found(request, key)
    return _form(request, visitor, found, written.words_of(found.draft.item), is_good="草稿已存。" if done else "")


def _found(request: Request, key: str) -> Waiting:
    found = item_drafts.one(centre_of(request), key)
    if found is None:
        raise AbsentError("没有这份草稿，可能已经发布或撤销。")
    return found


async def typed(request: Request) -> dict[str, str]:
    """A dependency: the fields of the form by key."""
    form = await request.form()
    texts = {key: form.get(key) for key in KEYS}
    return {key: text[:_LONGEST] for key, text in texts.items() if isinstance(text, str)}


@router.post("/catalogue/drafts/{key}")
def save(
    request: Request, visitor: Editor, key: str, told: Annotated[dict[str, str], Depends(typed)], mark: Typed = ""
) -> Response:
    """Keep a draft as it was typed; a field that cannot be read is told and nothing kept."""
    found = _found(request, key)
    item, said = _read(found.draft.item, told)
    if said:
        words = "\n".join(said)
        return _form(request, visitor, found, told, message=f"{words}\n没有保存。", status=409, mark=mark)
    try:
        item_drafts.mend(centre_of(request), visitor.account, key, item, mark)
    except RefusedError as error:
        return _form(request, visitor, found, told, message=error.sentences(), status=409, mark=mark)
    if item_drafts.one(centre_of(request), key) is None:
        return go("/catalogue/drafts?done=same")
    return go(f"/catalogue/drafts/{key}?done=1")


def _read(item: Item, told: dict[str, str]) -> tuple[Item, list[str]]:
    """The item with what was typed, an emptied field empty; and what could not be read. Only fields that differ from
    what the form showed are read: what was not touched stays to the letter."""
    shown = written.words_of(item)
    changed = {key: text for key, text in told.items() if _lines(text) != _lines(shown[key])}
    empty = written.words_of(written.blank(item.effective_from))
    bare = written.blank(item.effective_from)
    for key, text in changed.items():
        if not text.strip() and key not in ("proxy_mode", "visits", "effective_from") and shown[key] != empty[key]:
            item = nothing.unsaid(msgspec.structs.replace(item, **{key: getattr(bare, key)}), key)
    cells = {key: Told(text, heading=columns.BY_KEY[key].words) for key, text in changed.items()}
    item, found = written.filled(item, cells)
    said = [f"{columns.BY_KEY[one.target].words}：{one.text}{one.todo}" for one in found if _is_grave(one.text)]
    return item, said


def _is_grave(text: str) -> bool:
    """Whether something typed was not kept; how many of a paper are taken for one original is only told."""
    return "份数" not in text and "没有说清" not in text


def _lines(text: str) -> str:
    """A text as a form sends it back: other ends of lines."""
    return text.replace("\r\n", "\n").strip()


def _form(
    request: Request,
    visitor: guard.Visitor,
    found: Waiting,
    words: dict[str, str],
    *,
    message: str = "",
    is_good: str = "",
    status: int = 200,
    mark: str = "",
) -> Response:
    centre = centre_of(request)
    chosen = {
        "item_type": list(codes.ITEM_TYPES.values()),
        "exercise_level": list(codes.LEVELS.values()),
        "proxy_mode": list(PROXY_NAMES.values()),
    }
    regimes = [(one.code, one.name) for one in centre.publications.regimes.values()]
    return page(
        request,
        "item_draft.html",
        status,
        visitor=visitor,
        message=message,
        is_good=is_good,
        found=found,
        draft=found.draft,
        gaps=item_drafts.gaps(centre, found.draft.item),
        groups=GROUPS,
        words={**written.words_of(found.draft.item), **words},
        names={key: columns.BY_KEY[key].words for key in KEYS},
        hints=_HINTS,
        chosen=chosen,
        regimes=regimes,
        mark=mark or item_drafts.mark(found.draft),
        printed=_printed(centre, found.draft.item),
    )


def _printed(centre: Centre, item: Item) -> list[str]:
    """The pages of the draft's guide with its flow chart, as they would be printed."""
    chosen = Chosen(item, centre.publications.regime(item))
    return guide_pages(chosen, *around(centre.name, item))


@router.post("/catalogue/drafts/{key}/drop")
def drop(request: Request, visitor: Editor, key: str) -> Response:
    """Give a draft up."""
    found = _found(request, key)
    item_drafts.drop(centre_of(request), key)
    return drawn(request, visitor, is_good=f"{found.draft.item.item_name}：草稿已删掉。")
