"""The catalogue editor's page: items in force, a new catalogue or holiday table looked at before it is published,
notices to all desks."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Depends, Form, Request, Response

from db.centre import rows
from desk.centre.drafting import approving, day_tables, item_drafts, regimes, sample
from desk.centre.drafting.approving import By, Why
from desk.centre.node import publishing
from desk.centre.node.centre_node import Centre
from desk.centre.node.roles import EDIT
from desk.centre.run import guard
from desk.centre.web import catalogue_law, record_pages, uploads
from desk.centre.web.frame import Asked, PageNumber, Typed, centre_of, day_of, page, pages, posted, signed_in
from desk.centre.web.uploads import Sent
from desk.errors import DeskError, RefusedError
from desk.folds.office import lives
from desk.folds.whose import division, is_centre
from desk.law import deadline, holidays
from desk.law.bodies.register import Register
from desk.law.catalogue import basis, changes, load, rules, versions
from desk.law.catalogue.item import Catalogue, Item
from desk.law.catalogue.versions import Offered
from desk.law.holidays import HolidayTable, LocalDay
from desk.law.statutes import register
from desk.log.centre_events import NoticePublished

router = APIRouter(include_in_schema=False)
Reader = Annotated[guard.Visitor, Depends(signed_in(EDIT))]
Editor = Annotated[guard.Visitor, Depends(posted(EDIT))]
_LINES, _FAULTS = 100, 50  # lines of a page, of what is wrong
_NOT = "没有发布，原来的还在用。"


@router.get("/catalogue")
def catalogue(request: Request, visitor: Reader, text: Asked = "", only: Asked = "", at: PageNumber = 1) -> Response:
    """Every item that stands, with its version and whether it may be exercised today."""
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
    typed: tuple[str, str, str] = ("", "", ""),
) -> Response:
    """The page of the catalogue, with a word above it."""
    centre = centre_of(request)
    with centre.database.read() as db:
        centre.publications.refresh(centre.node, db)
        offers = publishing.offers(centre, db, list(centre.publications.items))
    publications, now = centre.publications, centre.today()
    lines = [_line(one, now) for one in publications.offered.values()]
    narrowed = _narrowed(lines, text, only, {code for code, offered in offers.items() if offered})
    return page(
        request,
        "catalogue.html",
        status,
        visitor=visitor,
        message=message,
        is_good=is_good,
        lines=narrowed[(at - 1) * _LINES : at * _LINES],
        count=len(narrowed),
        offers=offers,
        **_counts(lines, offers),
        moved=len(catalogue_law.moved(centre)),
        texts=publications.texts,
        text=text.strip(),
        only=only,
        page=at,
        pages=pages(len(narrowed), _LINES),
        holidays=publications.holidays,
        local=publications.holidays.local,
        years=_years(publications.holidays.years),
        typed=typed,
        today=now.isoformat(),
        places=_places(centre),
        sample=sample.state(centre),
    )


def _counts(lines: list[dict[str, Any]], offers: Mapping[str, Sequence[object]]) -> dict[str, Any]:
    """How many items there are, how many of them take no case, for how many texts were offered."""
    shut, offered = sum(bool(one["why"]) for one in lines), sum(bool(one) for one in offers.values())
    return {"total": len(lines), "shut": shut, "offered": offered}


def _narrowed(lines: list[dict[str, Any]], text: str, only: str, offered: set[str]) -> list[dict[str, Any]]:
    """The lines in which all of `text` stands; of them only those that are shut, or those with texts `offered`."""
    kept = [line for line in lines if all(term in line["search"] for term in text.split())]
    if only == "shut":
        kept = [line for line in kept if line["why"]]
    elif only == "texts":
        kept = [line for line in kept if line["code"] in offered]
    return sorted(kept, key=lambda line: (line["org"], line["name"], line["code"]))


def _years(years: tuple[int, ...]) -> str:
    """2004 至 2026, or one by one where there are gaps."""
    if len(years) > 2 and len(set(years)) == max(years) - min(years) + 1:
        return f"{min(years)} 至 {max(years)}"
    return "、".join(str(one) for one in sorted(years))


def _refresh(centre: Centre) -> None:
    with centre.database.read() as db:
        centre.publications.refresh(centre.node, db)


def _line(offered: Offered, now: dt.date) -> dict[str, Any]:
    item = offered.on(now)
    return {
        "code": item.task_code,
        "name": item.item_name,
        "org": item.org_name,
        "version": item.version,
        "from": item.effective_from.isoformat(),
        "approved": item.approved_by,
        "filed": item.filed_no,
        "sample": item.sample,
        "holds": len(item.holds),
        "coming": [(one.version, one.effective_from.isoformat()) for one in offered.coming(now) if one != item],
        "why": "已下架，不再受理。" if offered.withdrawn else rules.in_force(item, now),
        "search": f"{item.item_name} {item.task_code} {item.org_name}",
    }


# -- the catalogue -----------------------------------------------------------------------------------------------


def _compared(centre: Centre, data: bytes) -> tuple[Catalogue, changes.Changes, list[str]]:
    """A catalogue out of a file, what it changes, and what forbids it. Raises DeskError."""
    new = load.load(data)
    if not new.items:
        raise RefusedError("目录里没有事项。", _NOT)
    _refresh(centre)
    stands = centre.publications
    new = msgspec.structs.replace(new, items=tuple(_tied(one, stands.items.get(one.task_code)) for one in new.items))
    changed = changes.compare(stands.offered, new, stands.regimes, centre.today())
    cited = basis.findings(new, register.known(), centre.today())
    faults = [
        *changed.faults,
        *(one.words() for one in cited if one.is_false),
        *rules.lint(new, {*stands.items, *(one.task_code for one in new.items)}),
    ]
    faults += _unknown_bodies(new, stands.bodies)
    return new, changed, faults


def _tied(new: Item, before: Item | None) -> Item:
    """A file that does not say who exercises an item leaves that as it is."""
    if before is None or new.exercised_by is not None:
        return new
    return msgspec.structs.replace(new, exercised_by=before.exercised_by)


def _unknown_bodies(new: Catalogue, register: Register) -> list[str]:
    """Items that say of a body that is not in the register that it exercises them."""
    said = [(one.item_name, one.exercised_by.body) for one in new.items if one.exercised_by]
    return [f"{name}：机构名录里没有 {code}" for name, code in said if code and register.get(code) is None]


@router.post("/catalogue/preview")
def preview(request: Request, visitor: Editor, file: Sent = None) -> Response:
    """What an uploaded catalogue would change."""
    centre = centre_of(request)
    try:
        data = uploads.sent(file)
        new, changed, faults = _compared(centre, data)
    except DeskError as error:
        return drawn(request, visitor, message=error.sentences(), status=409)
    now = centre.today()
    standing = [one.on(now) for one in versions.after(centre.publications.offered, new.items, now)]
    shut = [(one.item_name, why) for one in standing if (why := rules.in_force(one, now))]
    lacking = _lacking(new, centre)
    return page(
        request,
        "catalogue_preview.html",
        visitor=visitor,
        new=new,
        found=changed,
        faults=faults[:_FAULTS],
        more_faults=max(0, len(faults) - _FAULTS),
        shut=shut,
        later=[one for one in new.items if one.effective_from > now],
        reasons=lives.REASONS,
        why=Why(),
        unsound=[one for one in basis.findings(new, register.known(), now) if not one.is_false],
        lacking=lacking[:_LINES],
        more_lacking=max(0, len(lacking) - _LINES),
        mark="" if faults else uploads.keep(centre, visitor, "catalogue", data),
        limits=deadline.regime_words,
    )


def _lacking(new: Catalogue, centre: Centre) -> list[tuple[str, str]]:
    """Items with what of them is not known, by name."""
    told = ((one.item_name, "、".join(item_drafts.gaps(centre, one))) for one in new.items)
    return [(name, gaps) for name, gaps in told if gaps]


@router.post("/catalogue/take")
def take(
    request: Request,
    visitor: Editor,
    mark: Typed = "",
    withdraw: Typed = "",
    reason: Typed = "",
    document: Typed = "",
    note: Typed = "",
) -> Response:
    """Keep what was looked at as drafts, and let its legal clocks wait for another editor; with `withdraw`, ask for
    what the new catalogue no longer has to be withdrawn."""
    centre, why = centre_of(request), Why(reason, document, note)
    try:
        new, found, faults = _compared(centre, uploads.kept(centre, visitor, "catalogue", mark))
        _must_be_sound(faults)
        words = _taken(centre, visitor, new, found, why if withdraw else None)
    except DeskError as error:
        return drawn(request, visitor, message=error.sentences(), status=409)
    uploads.drop(centre, visitor, "catalogue")
    return drawn(request, visitor, is_good=words)


def _taken(centre: Centre, visitor: guard.Visitor, new: Catalogue, found: changes.Changes, ending: Why | None) -> str:
    """Keep it; what is told. Raises RefusedError, all or nothing kept of the drafts."""
    file, account = f"目录 {new.version}", visitor.account
    drafts = item_drafts.bring(centre, account, file, new.items)
    clocks = regimes.propose(centre, account, file, new.regimes)
    gone = found.gone if ending else ()
    if ending:
        approving.ask_to_end_all(centre, By(account, visitor.name), [one.task_code for one in gone], ending)
    if not (clocks or drafts or gone):
        raise RefusedError("内容与现行的一样。", "没有收。")
    words = f"已收为草稿 {drafts} 条，送审、核定备案后发布。" if drafts else ""
    words += f"时限规则 {clocks} 条，等另一位目录编辑在审定页核对后发布。" if clocks else ""
    return words + (f"已提出下架 {len(gone)} 项，等另一位目录编辑核定。" if gone else "")


def _must_be_sound(faults: list[str]) -> None:
    if faults:
        words = "目录现在与已发布的对不上：" + "；".join(faults[:3])
        raise RefusedError(words, _NOT, "请重新上传，看过变化再收。")


# -- holidays ----------------------------------------------------------------------------------------------------


def _table(data: bytes) -> HolidayTable:
    table = holidays.load(data)
    if faults := changes.day_faults(table):
        raise RefusedError("节假日表有错：" + "；".join(faults), _NOT)
    return table


@router.post("/catalogue/holidays")
def holidays_preview(request: Request, visitor: Editor, file: Sent = None) -> Response:
    """What an uploaded holiday table would change."""
    centre = centre_of(request)
    _refresh(centre)
    try:
        table = _table(uploads.sent(file))
        if not table.local:  # a new table of the State Council does not take the banner's own days away
            table = table.with_local(centre.publications.holidays.local)
        return _looked_at(request, visitor, table)
    except DeskError as error:
        return drawn(request, visitor, message=error.sentences(), status=409)


@router.post("/catalogue/holidays/local")
def holidays_local(
    request: Request, visitor: Editor, name: Typed = "", days: Typed = "", basis: Typed = "", gone: Typed = ""
) -> Response:
    """What the banner's or league's own holiday would change; `gone`, the name of one that is taken away."""
    centre = centre_of(request)
    _refresh(centre)
    now = centre.publications.holidays
    try:
        kept = [one for one in now.local if f"{one.on.isoformat()} {one.name}" != gone]
        return _looked_at(request, visitor, now.with_local([*kept, *_local_days(name, days, basis, gone=gone)]))
    except DeskError as error:
        return drawn(request, visitor, message=error.sentences(), status=409)


def _local_days(name: str, days: str, basis: str, *, gone: str) -> list[LocalDay]:
    """Days as they were typed: one or several, with any signs between them. Raises RefusedError."""
    if gone:
        return []
    written = [one for one in re.split(r"[\s,，、;；]+", days.strip()) if one]
    try:
        found = [dt.date.fromisoformat(one) for one in written]
    except ValueError:
        found = []
    if not (name.strip() and basis.strip() and found):
        raise RefusedError("请填写节日名称、日子（如 2027-07-20）和放假的文件依据。", _NOT)
    return [LocalDay(one, name.strip(), basis.strip()) for one in found]


def _looked_at(request: Request, visitor: guard.Visitor, table: HolidayTable) -> Response:
    centre = centre_of(request)
    data = msgspec.json.encode(table)
    _table(data)
    return page(
        request,
        "catalogue_holidays.html",
        visitor=visitor,
        table=table,
        before=centre.publications.holidays,
        found=changes.compare_days(centre.publications.holidays, table),
        mark=uploads.keep(centre, visitor, "holidays", data),
    )


@router.post("/catalogue/holidays/publish")
def holidays_publish(request: Request, visitor: Editor, mark: Typed = "") -> Response:
    """Let the table that was looked at wait for another editor."""
    centre = centre_of(request)
    try:
        table = _table(uploads.kept(centre, visitor, "holidays", mark))
        day_tables.propose(centre, visitor.account, table)
    except DeskError as error:
        return drawn(request, visitor, message=error.sentences(), status=409)
    uploads.drop(centre, visitor, "holidays")
    words = f"节假日表 {table.version} 等另一位目录编辑在审定页核对后发布；期限现在还照原来的表算。"
    return drawn(request, visitor, is_good=words)


# -- notices -----------------------------------------------------------------------------------------------------


@router.post("/catalogue/notice")
def notice(
    request: Request,
    visitor: Editor,
    title: Typed = "",
    text: Typed = "",
    until: Typed = "",
    everybody: Typed = "",
    to: Annotated[list[str] | None, Form()] = None,
) -> Response:
    """A notice on the first page of every desk, or of those in the places that are ticked, until a day; where that is
    ticked, on the public pages too."""
    centre = centre_of(request)
    try:
        told = _notice(visitor, title, text, _until(until, centre.today()), everybody)
        told = msgspec.structs.replace(told, to=tuple(one for one in to or () if one in dict(_places(centre))))
        publishing.notice(centre, visitor.account, told)
    except RefusedError as error:
        return drawn(request, visitor, message=error.sentences(), status=409, typed=(title, text, until))
    return drawn(request, visitor, is_good=f"通知“{told.title}”已发给各代办点。")


def _notice(visitor: guard.Visitor, title: str, text: str, until: dt.date | None, everybody: str) -> NoticePublished:
    if not text.strip():
        raise RefusedError("请填写通知的内容。", "没有发布。")
    return NoticePublished(title.strip()[:60], text.strip(), visitor.name, until, everybody == "1")


def _places(centre: Centre) -> list[tuple[str, str]]:
    """Whom a notice can be for, code and name: the centres below, and the towns whose desks speak to us themselves."""
    with centre.database.read() as db:
        direct = [one for one in rows.nodes(db) if not one["via"]]
    below = {division(one["name"]): one["point_name"] for one in direct if is_centre(one["name"])}
    towns = {one["point_code"][:9] for one in direct if not is_centre(one["name"])}
    return [*sorted(below.items()), *((one, record_pages.town_name(one)) for one in sorted(towns))]


def _until(text: str, now: dt.date) -> dt.date | None:
    day = day_of(text, "没有发布。")
    if day is not None and day < now:
        raise RefusedError("显示到的日期已经过去。", "没有发布。")
    return day
