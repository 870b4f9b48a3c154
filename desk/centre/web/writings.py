"""Reports upward (S15) and information items 政务信息 (S11): written, sent, edited, adopted, circulated, counted."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Depends, Form, Request, Response

from db.centre import part_rows, records
from db.centre.lists import report_rows
from db.centre.lists.case_rows import ALL
from db.centre.rows import Row
from desk import clock
from desk.centre.exchange import memos
from desk.centre.levels import forwarding, level_writings
from desk.centre.node.centre_node import Centre
from desk.centre.node.roles import WRITE
from desk.centre.run import guard
from desk.centre.watch import league_table, reporting
from desk.centre.web import commissions, writing_tables
from desk.centre.web.family_pages import FamilyPages, Found, View
from desk.centre.web.frame import (
    PAGE,
    AbsentError,
    Asked,
    ForbiddenError,
    PageNumber,
    Seen,
    Typed,
    attached,
    centre_of,
    go,
    page,
    posted,
    signed_in,
)
from desk.centre.web.writing_lines import DESK, TABS, figures, home_name, listed, may_read, read, state_name
from desk.errors import RefusedError
from desk.folds.office import families, writings
from desk.folds.office.office_record import Step
from desk.folds.office.overseeing.commissions import SORTS as COMMISSIONS
from desk.folds.township.memos import TOPICS, whole
from desk.law.divisions import load as divisions
from desk.log.files import FileRef
from desk.log.office_events import Written

router = APIRouter(include_in_schema=False)
Reader = Annotated[guard.Visitor, Depends(signed_in(WRITE))]
Writer = Annotated[guard.Visitor, Depends(posted(WRITE))]
Editor = Annotated[guard.Visitor, Depends(posted(DESK))]
LongText = Annotated[str, Form(max_length=60_000)]
# An editor's act -> the step at home and the step on what came from below, by family.
_AT_HOME = {"adopt": "adopted", "return": "returned", "circulate": "circulated", "forward": "forwarded"}
_RECEIVED = {"receive": "received", "adopt": "adopted", "circulate": "circulated", "forward": "forwarded"}
_SAYS = {
    "receive": "标为已收到",
    "adopt": "采用",
    "return": "退回",
    "circulate": "通报",
    "forward": "报上级",
    "send": "上报",
}


def _orgs(visitor: guard.Visitor) -> tuple[str, ...]:
    """The departments whose writings the visitor reads before they are circulated."""
    return (ALL,) if visitor.may(DESK) else visitor.sees


# -- lists -------------------------------------------------------------------------------------------------------


@router.get("/writings")
def writing_list(
    request: Request,
    visitor: Reader,
    tab: Asked = "",
    month: Asked = "",
    of: Asked = "",
    which: Asked = "",
    at: PageNumber = 1,
) -> Response:
    """Reports, information items, what came from below, and who was adopted how often; with `which` the writings of
    `of` behind one of those numbers."""
    centre = centre_of(request)
    tab = tab if tab in dict(TABS) else "report"
    if tab == "table":
        if which in league_table.WHICH:
            return writing_tables.behind(request, visitor, month, of, which, at)
        return writing_tables.table(request, visitor, month)
    with centre.database.read() as db:
        if tab == "received":
            below = [*level_writings.below(db), centre.node]
            both = ("report", "info")
            page_rows = report_rows.received_writings(db, both, centre.node, below, (at - 1) * PAGE, PAGE + 1)
        else:
            page_rows = report_rows.own_writings(db, tab, centre.node, _orgs(visitor), (at - 1) * PAGE, PAGE + 1)
    return page(
        request,
        "writings.html",
        visitor=visitor,
        tabs=TABS,
        tab=tab,
        rows=[listed(centre, one, family) for one, family in _readable(centre, visitor, page_rows[:PAGE])],
        commissions=commissions.waiting(centre, visitor) if tab == "info" else [],
        orgs=commissions.departments(centre) if tab == "info" and visitor.may(DESK) else [],
        may_ask=visitor.may(DESK),
        sorts=COMMISSIONS,
        page=at,
        more=len(page_rows) > PAGE,
        periods=reporting.periods(centre.today()),
        above=forwarding.upstream(centre),
        topics=TOPICS,
    )


def _readable(centre: Centre, visitor: guard.Visitor, found: Sequence[Row]) -> list[tuple[writings.Writing, str]]:
    """Those that were circulated to others are left out."""
    shown = [(read(row), str(row["family"])) for row in found]
    return [(one, family) for one, family in shown if may_read(centre, visitor, one)]


# -- one ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _FoundWriting(Found[writings.Writing]):
    """A writing and its family, report or info."""

    family: str


_View = View[_FoundWriting]


def _record_for(request: Request, visitor: guard.Visitor, key: str) -> _FoundWriting:
    """A writing that the visitor may read. Raises AbsentError."""
    centre = centre_of(request)
    family = families.family_of(key)
    with centre.database.read() as db:
        row = records.one_record(db, family, key) if family in families.UPWARD else None
        below = level_writings.below(db)
    if row is None or row["id"] != key:
        raise AbsentError("没有这份材料，请核对地址。")
    found = read(row)
    is_ours = found.home == centre.node
    if not (may_read(centre, visitor, found) if is_ours else level_writings.is_for(found, centre.node, below)):
        raise AbsentError("没有这份材料，请核对地址。")
    return _FoundWriting(found, int(row["entries"]), key, family)


def _shown(view: _View) -> dict[str, Any]:
    centre, writing, family = view.centre, view.found.one, view.found.family
    is_ours = writing.home == centre.node
    return {
        "found": writing,
        "family": family,
        "files": _files(centre, writing.written.files),
        "is_ours": is_ours,
        "home": home_name(writing.home),
        "sort": writings.SORTS.get(writing.written.sort, writing.written.sort),
        "figures": figures(view.visitor, writing.written, is_ours=is_ours),
        "state": writing.state_at(centre.node),
        "state_name": state_name(centre, writing, family),
        "marks": [_mark(writing, one) for one in writing.marks],
        "may_edit": _may_edit(centre, view.visitor, writing, family),
        "title": view.typed.get("title") or writing.written.title,
        "text": view.typed.get("text") or writing.written.text,
        "acts": [(name, _SAYS[name]) for name in _acts(centre, view.visitor, writing, family)],
        "above": forwarding.upstream(centre),
        "history": [
            {"name": one.name, "time": clock.minute(one.time), "who": one.officer, "org": one.org, "text": one.text}
            for one in reversed(_short(writing))
        ],
    }


def _files(centre: Centre, refs: Sequence[FileRef]) -> list[dict[str, Any]]:
    """The attachments, each with whether it is here by now."""
    with centre.database.read() as db:
        state = part_rows.file_state(db, [one.sha256 for one in refs]) if refs else {}
    return [
        {"sha256": one.sha256, "name": one.name, "kb": max(1, one.size >> 10), "is_here": state.get(one.sha256) == -1}
        for one in refs
    ]


def _mark(writing: writings.Writing, mark: writings.Mark) -> dict[str, str]:
    return {
        "name": home_name(mark.node),
        "state": "已报上级" if mark.node in writing.sent_by else "",
        "words": writings.MARKS[mark.state],
        "time": clock.minute(mark.time),
        "text": mark.text,
    }


PAGES = FamilyPages("/writings", "writing.html", _record_for, _shown)


@router.get("/writings/{key}")
def writing(request: Request, visitor: Reader, key: str) -> Response:
    """A report or an item: its text, its figures, what was done with it, what may be done."""
    return PAGES.drawn(request, visitor, key)


@router.get("/writings/{key}/files/{sha256}")
def attachment(request: Request, visitor: Reader, key: str, sha256: str) -> Response:
    """A file that came with it, to be kept: whatever it is, no browser opens it as a page of ours."""
    found = _record_for(request, visitor, key)
    named = next((one for one in found.one.written.files if one.sha256 == sha256), None)
    kept = centre_of(request).pictures.row(sha256) if named else None
    if named is None or kept is None:
        raise AbsentError("这个附件还没有到中心，或不属于这份材料。")
    return attached(bytes(kept["bytes"]), named.name, "application/octet-stream")


def _short(found: writings.Writing) -> list[Step]:
    """The history, without the whole text of every version."""
    wrote = (".written", ".edited")
    return [msgspec.structs.replace(one, text="") if one.kind.endswith(wrote) else one for one in found.history]


def _may_edit(centre: Centre, visitor: guard.Visitor, writing: writings.Writing, family: str) -> bool:
    if writing.home != centre.node:
        return False
    if writing.state == "draft":
        return visitor.may(DESK) or visitor.sees_org(writing.written.org) or writing.author == visitor.account
    return family == "info" and writing.state == "sent" and visitor.may(DESK)


def _acts(centre: Centre, visitor: guard.Visitor, writing: writings.Writing, family: str) -> list[str]:
    """What the visitor may do with it now, besides editing."""
    if writing.home == centre.node:
        if writing.state == "draft":
            return ["send"] if family == "info" or visitor.may(DESK) else []
        if family == "report" or not visitor.may(DESK):
            return []
        acts = {"sent": ["adopt"], "adopted": ["circulate"]}.get(writing.state, [])
        acts += ["return"] if writing.state == "sent" and writing.written.point else []  # back to the desk
    elif visitor.may(DESK):
        mark = writing.mark_of(centre.node)
        acts = {"": ["receive", "adopt"], "received": ["adopt"]}.get(mark.state if mark else "", [])
        if family == "info" and mark and mark.state == "adopted":
            acts = ["circulate"]
    else:
        return []
    can_forward = family == "info" and writing.adopted_by(centre.node) and centre.node not in writing.sent_by
    return [*acts, "forward"] if can_forward and forwarding.upstream(centre) else acts


# -- writing -----------------------------------------------------------------------------------------------------


@router.post("/writings/reports")
def new_report(request: Request, visitor: Writer, period: Typed = "") -> Response:
    """A draft made from the data; `period` is sort and period, as `monthly 2026-11`."""
    centre = centre_of(request)
    sort, _, name = period.partition(" ")
    asked = reporting.span(sort, name)
    now = centre.today()
    if asked.first > now:
        raise RefusedError(f"{asked.words}还没有开始。", "没有改动。")
    sees = _orgs(visitor)
    above = forwarding.upstream(centre)
    with centre.database.read() as db:
        counted = reporting.count(db, asked, sees)
    whole = ALL in sees  # a department's own report goes to its centre
    office = centre.name if whole else visitor.org
    reader = centre.name if not whole else above.name if above else "上级政务服务中心"
    written = Written(
        reporting.title(office, asked),
        reporting.text(office, reader, asked, counted, now),
        visitor.name,
        sort,
        asked.period,
        visitor.org,
        centre.code[:6],
        reporting.figures(counted),
        sees,
    )
    key = f"report:{secrets.token_hex(16)}"
    centre.say(visitor.account, "report.written", key, written)
    return go(f"/writings/{key}")


@router.post("/writings/info")
def new_info(
    request: Request,
    visitor: Writer,
    title: Typed = "",
    text: LongText = "",
    topic: Typed = "",
    urgent: Typed = "",
    asked_by: Typed = "",
) -> Response:
    """An information item of the visitor's office, as a draft; one that was commissioned answers that."""
    centre = centre_of(request)
    title, text = whole(title, text)
    topic = topic if topic in TOPICS else TOPICS[0]
    place = place_of(centre.code[:6], visitor.org)
    written = Written(title, text, visitor.name, topic, f"{centre.today():%Y-%m}", visitor.org, place)
    commissions.must_be_asked(centre, visitor, asked_by)
    written = msgspec.structs.replace(written, urgent=bool(urgent), asked_by=asked_by)
    key = f"info:{secrets.token_hex(16)}"
    centre.say(visitor.account, "info.written", key, written)
    commissions.answered(centre, visitor, asked_by, key)
    return go(f"/writings/{key}")


def place_of(code: str, org: str) -> str:
    """The township whose name an office carries, 9 digits; the banner where it is none."""
    towns = divisions().search(org, "township") if org else []
    return next((one.code[:9] for one in towns if one.name == org and one.code.startswith(code)), code)


def _must(good: bool, happened: str, kept: str, todo: str = "") -> None:  # noqa: FBT001 - what is asserted
    if not good:
        raise RefusedError(happened, kept, todo)


@router.post("/writings/{key}/text")
def edit(
    request: Request, visitor: Writer, key: str, title: Typed = "", text: LongText = "", seen: Seen = 0
) -> Response:
    """Write it anew. Two at once: the second is told, and what was typed stays on the page."""

    def act(view: _View) -> None:
        found, family = view.found.one, view.found.family
        _must(_may_edit(view.centre, visitor, found, family), "这份材料现在不能再改。", "没有改动。")
        head, body = whole(title, text)
        written = msgspec.structs.replace(found.written, title=head, text=body, officer=visitor.name)
        kind = f"{family}.written" if found.state == "draft" else "info.edited"
        view.centre.say(visitor.account, kind, key, written, seen)

    return PAGES.took(request, visitor, key, act, {"title": title, "text": text})


@router.post("/writings/{key}/send")
def send(request: Request, visitor: Writer, key: str, seen: Seen = 0) -> Response:
    """An item goes to the centre's editors; a report goes to the level above, with the log."""

    def act(view: _View) -> None:
        centre, family = view.centre, view.found.family
        if family == "report" and not visitor.may(DESK):
            raise ForbiddenError
        _must("send" in _acts(centre, visitor, view.found.one, family), "这份材料已经报过。", "没有改动。")
        joined = family == "info" or forwarding.upstream(centre) is not None
        todo = "请系统管理员先运行 desk centre join。"
        _must(joined, "本中心还没有接到上级中心。", "没有上报，草稿还在。", todo)
        centre.say(visitor.account, f"{family}.sent", key, view.said(""), seen)

    return PAGES.took(request, visitor, key, act)


@router.post("/writings/{key}/{act}")
def act(
    request: Request, visitor: Editor, key: str, act: str, text: Typed = "", to: Typed = "", seen: Seen = 0
) -> Response:
    """Receive, adopt, circulate, send on to the level above."""

    def do(view: _View) -> None:
        centre, found, family = view.centre, view.found.one, view.found.family
        may = act in _acts(centre, visitor, found, family)
        told = "\n".join(one.strip() for one in to.splitlines() if one.strip()) if act == "circulate" else ""
        _must(may, "这一步现在不能办。", "没有改动。", "请看清最新记录再办。")
        if found.home == centre.node:
            _must(act != "return" or bool(text.strip()), "请写明退回的原因。", "没有退回。")
            memos.say(centre, visitor.account, f"{family}.{_AT_HOME[act]}", found, view.said(text.strip(), told), seen)
        else:
            kind = f"{family}.{_RECEIVED[act]}"
            level_writings.mark(centre, visitor.account, kind, key, view.said(text.strip()), seen)

    return PAGES.took(request, visitor, key, do)
