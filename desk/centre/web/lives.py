"""The life of items at the centre: texts that are being judged, several at a time; one item with all its versions,
what was done with each, and what the new text changes word by word."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any
from urllib.parse import quote

import msgspec
import sqlalchemy as sa
from fastapi import APIRouter, Depends, Form, Request, Response

from db.centre import records
from desk import clock
from desk.centre.drafting import approving, day_tables, item_drafts, regimes
from desk.centre.drafting.approving import By, Why
from desk.centre.node import redating
from desk.centre.node.centre_node import Centre
from desk.centre.node.roles import EDIT
from desk.centre.run import guard
from desk.centre.web import record_pages
from desk.centre.web.frame import (
    MOST,
    AbsentError,
    Asked,
    PageNumber,
    centre_of,
    go,
    must_be_day,
    page,
    pages,
    posted,
    signed_in,
)
from desk.errors import DeskError, RefusedError
from desk.folds.office import lives
from desk.folds.office.lives import Life, Version
from desk.law import codes, deadline
from desk.law.catalogue import changes
from desk.law.catalogue.changes import FIELD_NAMES
from desk.law.catalogue.item import Item
from desk.law.item_forms import side_by_side
from desk.law.item_tables import splitting
from desk.log.life_events import LifeDecided, LifeFiled, OpinionHeard
from desk.log.office_events import Said

router = APIRouter(include_in_schema=False)
Reader = Annotated[guard.Visitor, Depends(signed_in(EDIT))]
Editor = Annotated[guard.Visitor, Depends(posted(EDIT))]
Codes = Annotated[list[str] | None, Form(max_length=6000)]
_LINES, _NOT = 100, "没有改动。"
_WAYS = {
    "judged": "经审定发布",
    "adopted": "照别处核定的收录，两人核对",
    "corrected": "更正办理信息",
    "found": "随目录文件发布",
}
_ONLY = ("heard", "decided", "adopting", "returned", "ending")


async def typed(request: Request) -> dict[str, str]:
    """A dependency: every text of the form by its name, none longer than a field of ours."""
    form = await request.form()
    return {name: value[:MOST].strip() for name, value in form.items() if isinstance(value, str)}


Typed = Annotated[dict[str, str], Depends(typed)]


@router.get("/catalogue/lives")
def judged(request: Request, visitor: Reader, text: Asked = "", only: Asked = "", at: PageNumber = 1) -> Response:
    """The texts that are being judged, by how far each is."""
    return drawn(request, visitor, text=text, only=only, at=at)


def drawn(
    request: Request,
    visitor: guard.Visitor,
    *,
    text: str = "",
    only: str = "",
    at: int = 1,
    message: str = "",
    is_good: str = "",
    status: int = 200,
    said: Mapping[str, str] | None = None,
) -> Response:
    """The page of texts that are being judged, with a word above it; `said` is what was typed."""
    centre = centre_of(request)
    with centre.database.read() as db:
        centre.publications.refresh(centre.node, db)
        every, clocks, days = _making(db), regimes.waiting(db), day_tables.waiting(db)
    counts = {state: sum(one.state == state for one in every) for state in _ONLY}
    only = only if only in _ONLY else next((state for state in _ONLY if counts[state]), "heard")
    kept = [one for one in every if one.state == only and _holds(one, text)]
    return page(
        request,
        "lives.html",
        status,
        visitor=visitor,
        days=days,
        moved=changes.compare_days(centre.publications.holidays, days.table) if days.table else None,
        message=message,
        is_good=is_good,
        lines=[_line(one, visitor) for one in kept[(at - 1) * _LINES : at * _LINES]],
        count=len(kept),
        counts=counts,
        names={state: lives.STATES[state] for state in _ONLY},
        only=only,
        text=text.strip(),
        page=at,
        pages=pages(len(kept), _LINES),
        version=centre.publications.named,
        clocks=clocks,
        own_clocks=clocks.account == visitor.account,
        limits=deadline.regime_words,
        **_words(centre, said or ({} if only == "adopting" else _shared(kept))),
    )


def _making(db: sa.Connection) -> list[Life]:
    found: list[Life] = []
    while rows := records.record_data(db, "life", len(found), state=_ONLY):
        found += [msgspec.json.decode(row["data"], type=Life) for row in rows]
    return found


def _holds(life: Life, text: str) -> bool:
    item = life.last.item
    return all(term in f"{item.item_name} {item.org_name} {item.task_code}" for term in text.split())


def _shared(lot: list[Life]) -> dict[str, str]:
    """What the approval of all of these texts says already, as their tables did."""
    items = [one.last.told.item for one in lot]
    said = {(one.approved_by, one.filed_no, one.filed_on.isoformat() if one.filed_on else "") for one in items}
    return dict(zip(("approved_by", "filed_no", "filed_on"), *said, strict=True)) if len(said) == 1 else {}


def _words(centre: Centre, said: Mapping[str, str]) -> dict[str, Any]:
    """What the forms of the steps offer, and hold."""
    return {
        "sorts": lives.SORTS,
        "verdicts": lives.VERDICTS,
        "reasons": lives.REASONS,
        "said": said,
        "today": centre.today().isoformat(),
    }


def _line(life: Life, visitor: guard.Visitor) -> dict[str, Any]:
    version, item = life.last, life.last.told.item
    before = version.told.before
    return {
        "code": item.task_code,
        "name": item.item_name,
        "org": item.org_name,
        "type": codes.ITEM_TYPES.get(item.item_type, ""),
        "what": f"第 {before} 版的调整" if before else "新增",
        "why": lives.REASONS.get(version.told.reason, ""),
        "opinions": [f"{lives.SORTS[one.sort]}：{lives.VERDICTS[one.verdict]}" for one in version.opinions],
        "lacks": version.lacks(),
        "decision": version.decision,
        "adopted": version.told.adopted,
        "end": life.end,
        "own": visitor.account in ((life.end_by,) if life.state == "ending" else version.hands),
        "since": clock.minute(version.at),
    }


# -- steps -------------------------------------------------------------------------------------------------------


@router.post("/catalogue/lives/{what}")
def step(request: Request, visitor: Editor, what: str, said: Typed, code: Codes = None) -> Response:
    """One step of the texts that were ticked."""
    centre, chosen, back = centre_of(request), list(dict.fromkeys(code or ())), said.get("back", "")
    try:
        words = _take(centre, visitor, what, chosen, said)
    except DeskError as error:
        if back:
            return _one(request, visitor, back, message=error.sentences(), status=409, said=said)
        return drawn(request, visitor, only=said.get("only", ""), message=error.sentences(), status=409, said=said)
    if back:
        return _one(request, visitor, back, is_good=words)
    return drawn(request, visitor, is_good=words, only=said.get("only", ""))


def _take(centre: Centre, visitor: guard.Visitor, what: str, chosen: list[str], said: Mapping[str, str]) -> str:
    """Take a step; what is told when it is done. Raises RefusedError."""
    by, word = By(visitor.account, visitor.name), _Word(said)
    match what:
        case "hear":
            day = must_be_day(word("heard_on"), _NOT)
            heard = OpinionHeard(word("sort"), word("who"), day, word("opinion"), word("verdict"), by.name)
            return f"已记下 {approving.step(centre, by, chosen, 'life.heard', heard)} 项的意见。"
        case "decide":
            day = must_be_day(word("decided_on"), _NOT)
            decided = LifeDecided(word("meeting"), day, word("minutes"), by.name)
            return f"已记下 {approving.step(centre, by, chosen, 'life.decided', decided)} 项的集体决定。"
        case "approve":
            count = approving.approve(centre, by, chosen, _filed(by, said), word("version")[:60])
            return f"已核定备案 {len(chosen)} 项，发布 {count} 条，下发到各代办点。{_left(centre)}"
        case "adopt":
            count = approving.adopt(centre, by, chosen, _filed(by, said), word("version")[:60])
            return f"已核对收录 {len(chosen)} 项，发布 {count} 条，下发到各代办点。{_left(centre)}"
        case "return":
            back = Said(by.name, visitor.org, word("why"))
            return f"已退回 {approving.step(centre, by, chosen, 'life.returned', back)} 项。"
    return _after(centre, by, what, chosen, said)


def _after(centre: Centre, by: By, what: str, chosen: list[str], said: Mapping[str, str]) -> str:
    """A step of what is in force, or of the legal clocks."""
    word = _Word(said)
    match what:
        case "clocks":
            count = regimes.confirm(centre, by.account, word("clocks"))
            return f"已发布时限规则 {count} 条，没有办结的办件按新的重算。{_left(centre)}"
        case "no-clocks":
            return f"已退回时限规则 {regimes.drop(centre)} 条。"
        case "days":
            table = day_tables.confirm(centre, by.account, word("days"))
            return f"已发布节假日表 {table.version}，没有办结的办件按新表重算。{_left(centre)}"
        case "no-days":
            day_tables.drop(centre)
            return "已退回节假日表。"
        case "correct":
            for code in chosen:
                approving.correct(centre, by, {code: _service(said)})
            return "已更正，今天起用，下发到各代办点。"
        case "withdraw":
            for code in chosen:
                approving.ask_to_end(centre, by, code, Why(word("reason"), word("document"), word("note")))
            return "已提出下架，等另一位目录编辑核定备案。"
        case "end":
            for code in chosen:
                approving.end(centre, by, code, _filed(by, said))
            return f"已下架 {len(chosen)} 项，不再受理新的办件。"
    raise RefusedError("没有这一步。", _NOT)


def _left(centre: Centre) -> str:
    return "没有办结的办件其余的在后台重算。" if redating.some(centre) else ""


class _Word:
    """What was typed into a field of a form, "" where it has none of that name."""

    def __init__(self, said: Mapping[str, str]) -> None:
        self._said = said

    def __call__(self, name: str) -> str:
        return self._said.get(name, "")


def _service(said: Mapping[str, str]) -> dict[str, Any]:
    """The fields that are put right at once, as they were typed."""
    told: dict[str, Any] = {key: splitting.tidy(said[key]) for key in lives.SERVICE if key in said}
    lines = (splitting.tidy(one) for one in said.get("faq", "").split("\n") if one.strip())
    return told | ({"faq": tuple(lines)} if "faq" in said else {})


def _filed(by: By, said: Mapping[str, str]) -> LifeFiled:
    day = must_be_day(said.get("filed_on", ""), _NOT)
    return LifeFiled(said.get("approved_by", ""), said.get("filed_no", ""), day, by.name)


# -- one item ----------------------------------------------------------------------------------------------------


@router.get("/catalogue/life/{code}")
def one(request: Request, visitor: Reader, code: str, old: Asked = "", new: Asked = "") -> Response:
    """An item with all its versions: which counts, what was done with each, what differs between two of them."""
    return _one(request, visitor, code, old=old, new=new)


def _one(
    request: Request,
    visitor: guard.Visitor,
    code: str,
    *,
    old: str = "",
    new: str = "",
    message: str = "",
    is_good: str = "",
    status: int = 200,
    said: Mapping[str, str] | None = None,
) -> Response:
    centre = centre_of(request)
    with centre.database.read() as db:
        centre.publications.refresh(centre.node, db)
        life = approving.life_of(db, code)
        draft = next((one for one in item_drafts.waiting(centre, db) if one.draft.item.task_code == code), None)
    known = _known(centre, life, code)
    if not known:
        raise AbsentError("目录里没有这个事项，也没有送审。")
    item, stands = known[-1][1], centre.publications.items.get(code)
    is_gone = code in centre.publications.withdrawn
    return page(
        request,
        "life.html",
        status,
        visitor=visitor,
        message=message,
        is_good=is_good,
        item=item,
        life=life,
        making=life.making if life else None,
        state_name=lives.STATES[life.state] if life else "",
        versions=[_version(centre, life, key, one) for key, one in reversed(known)],
        stands=stands,
        is_gone=is_gone,
        draft=draft,
        line=_line(life, visitor) if life else None,
        history=record_pages.history(life.history, {}) if life else [],
        compared=_compared(dict(known), old, new),
        chosen=_pair(dict(known), old, new),
        version=centre.publications.named,
        service=_service_words(stands, said or {}),
        **_words(centre, said or (_shared([life]) if life and life.state != "adopting" else {})),
    )


def _service_words(stands: Item | None, said: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """The fields that are put right at once: each with its name and what it says, or what was typed."""
    if stands is None:
        return []
    words = {
        key: value if isinstance(value := getattr(stands, key), str) else "\n".join(value) for key in lives.SERVICE
    }
    return [(key, FIELD_NAMES[key], said.get(key, words[key])) for key in lives.SERVICE]


def _known(centre: Centre, life: Life | None, code: str) -> list[tuple[str, Item]]:
    """The versions of an item that can be looked at, by what names them, the oldest first: those that were published,
    and the text that is being judged."""
    published = centre.publications.published(code)
    found = [(f"v{one.version}", one) for one in published]
    if life is not None and life.making is not None:
        found.append(("new", life.making.told.item))
    return found


def _pair(known: Mapping[str, Item], old: str, new: str) -> tuple[str, str]:
    """Which two are held against each other: as asked, else the two last."""
    keys = list(known)
    new = new if new in known else keys[-1]
    before = keys[: keys.index(new)]
    old = old if old in known else before[-1] if before else new
    return old, new


def _compared(known: Mapping[str, Item], old: str, new: str) -> list[side_by_side.Compared]:
    old, new = _pair(known, old, new)
    return side_by_side.compared(known[old], known[new])


def _version(centre: Centre, life: Life | None, key: str, item: Item) -> dict[str, Any]:
    today, code = centre.today(), item.task_code
    made = _made(life, item) if life is not None and key != "new" else None
    return {
        "key": key,
        "name": "送审的文本" if key == "new" else f"第 {item.version} 版",
        "number": 0 if key == "new" else item.version,
        "from": item.effective_from.isoformat(),
        "filed": "，".join(filter(None, (item.approved_by, item.filed_no))),
        "phase": "" if key == "new" else lives.PHASES[centre.publications.offered[code].phase(item, today)],
        "how": _how(life, made, key),
    }


def _made(life: Life, item: Item) -> Version | None:
    return next((one for one in reversed(life.versions) if one.filed and one.item.version == item.version), None)


def _how(life: Life | None, made: Version | None, key: str) -> str:
    if key == "new":
        return lives.STATES[life.state] if life else ""
    return _WAYS[made.way if made is not None else "found"]


def address(code: str) -> str:
    """The page of an item's life."""
    return f"/catalogue/life/{quote(code, safe='')}"


def to(code: str) -> Response:
    """Go to that page."""
    return go(address(code))
