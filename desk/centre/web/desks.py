"""The nodes below this centre: when they were last heard, what still waits there, whose clock is wrong."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Depends, Request, Response

from db.centre import lineage, part_rows, rows
from db.centre.lists import desk_rows
from desk import __version__, clock
from desk.centre.exchange import enrolment
from desk.centre.exchange.effects.arriving import WRONG
from desk.centre.exchange.trust import admitting, witnessing
from desk.centre.levels import forwarding
from desk.centre.node.roles import ADMINISTER, SUPERVISE
from desk.centre.run import guard
from desk.centre.watch import watching
from desk.centre.web.frame import (
    Asked,
    PageNumber,
    Typed,
    centre_of,
    go,
    linked,
    page,
    pages,
    posted,
    settings_of,
    signed_in,
)
from desk.errors import UNREADABLE, RefusedError
from desk.folds import case as cases
from desk.law.divisions import load as divisions
from desk.sync.protocol.batch import Heartbeat

router = APIRouter(include_in_schema=False)
Reader = Annotated[guard.Visitor, Depends(signed_in(SUPERVISE | ADMINISTER))]
Admin = Annotated[guard.Visitor, Depends(posted(ADMINISTER))]
_LEVELS = (2, 4, 6, 9, 12)  # digits of a region, league, banner, sumu, gacha
_FEW = 60  # desks that are shown all at once
_LATELY = 30  # days for which people are told of a desk that took another name
_NAMED = 20  # divisions of the name that is looked for


@router.get("/desks")
def desk_list(
    request: Request, visitor: Reader, under: Asked = "", text: Asked = "", silent: Asked = "", at: PageNumber = 1
) -> Response:
    """The desks of the division `under`: its divisions with their figures, or where they are few the desks themselves;
    with `text` those that are looked for, with `silent` those that are."""
    return _drawn(request, visitor, under, text.strip(), is_silent=bool(silent), at=at)


def _drawn(
    request: Request,
    visitor: guard.Visitor,
    under: str = "",
    text: str = "",
    *,
    is_silent: bool = False,
    at: int = 1,
    code: str = "",
    message: str = "",
) -> Response:
    facts = _listed(request, under, text, is_silent=is_silent, at=at)
    return page(
        request,
        "desks.html",
        held=forwarding.held(centre_of(request)),
        doubts=witnessing.doubts(centre_of(request)),
        visitor=visitor,
        code=code,
        message=message,
        may_change=visitor.may(ADMINISTER),
        **facts,
    )


def _listed(request: Request, under: str, text: str, *, is_silent: bool, at: int) -> dict[str, Any]:
    """The desks below a division by their townships, or, where they are many, the divisions below it."""
    centre = centre_of(request)
    with centre.database.read() as db:
        root = _root(*desk_rows.span(db))
        under = under if under.isascii() and under.isdigit() and len(under) in _LEVELS else root
        before = watching.silent_since(centre, settings_of(request).silent_days)
        codes = [one.code for one in divisions().search(text, limit=_NAMED)] if text else []
        wanted = desk_rows.Wanted(under, before, is_silent, text, codes)
        count = desk_rows.desk_count(db, wanted)
        narrowed = bool(text) or is_silent
        as_tree = not narrowed and count >= _FEW and len(under) < _LEVELS[-1]
        length = next(one for one in _LEVELS if one > len(under)) if as_tree else _LEVELS[-1]
        waits = desk_rows.files_waiting(db, under, length)
        below = desk_rows.divisions(db, wanted, length, WRONG) if as_tree else []
        desk_list = [] if as_tree else desk_rows.desks(db, wanted, (at - 1) * _FEW, _FEW)
        renamed = lineage.renamed(db)
        waiting = admitting.all_waiting(db)
        lately = lineage.lately(db, clock.stamp(centre.tell() - dt.timedelta(days=_LATELY)))
        files = part_rows.files_outstanding(db)
    asked = {"under": under if under != root else "", "text": text, "silent": "1" if is_silent else ""}
    return {
        "below": [
            {**row, "name": _below_name(row["code"], under), "files": waits.get(row["code"], 0)} for row in below
        ],
        "towns": _by_town(
            [
                described(row) | {"files": waits.get(row["point_code"], 0), "heirs": _heirs(row["name"], renamed)}
                for row in desk_list
            ]
        ),
        "path": _path(root, under),
        "count": count,
        "files": files,
        "lately": lately,
        "waiting": waiting,
        "lately_days": _LATELY,
        "asked": asked,
        "narrowed": narrowed,
        "query": linked(asked),
        "page": at,
        "pages": 1 if as_tree else pages(count, _FEW),
    }


def _root(first: str, last: str) -> str:
    """The smallest division that every point lies in, by the first and the last of their codes."""
    return next((first[:length] for length in reversed(_LEVELS) if first[:length] == last[:length]), "")


def _path(root: str, under: str) -> list[tuple[str, str]]:
    """Code and name of each division from the root down to `under`."""
    codes = [under[:length] for length in _LEVELS if len(root) <= length <= len(under)]
    return [(one, _name(one)) for one in codes]


def _name(code: str) -> str:
    found = divisions().get(code)
    return found.name if found else code


def _below_name(code: str, under: str) -> str:
    """What is no division of its own has zeros: the centre of the one above."""
    return f"{_name(under)}本级" if not code[len(under) :].strip("0") else _name(code)


def _by_town(desks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    towns: dict[str, list[dict[str, Any]]] = {}
    for desk in desks:
        towns.setdefault(desk["point_code"][:9], []).append(desk)
    return [
        {
            "name": divisions().full_name(key) or divisions().full_name(key[:6]) or key,
            "nodes": nodes_,
            "silent": sum(desk["silent"] for desk in nodes_),
        }
        for key, nodes_ in towns.items()
    ]


def described(row: rows.Row) -> dict[str, Any]:
    """A node as the list shows it."""
    try:
        beat = msgspec.json.decode(row["heartbeat"] or "{}", type=Heartbeat)
    except UNREADABLE:
        beat = Heartbeat()
    skew = int(row["skew"])
    return {
        **row,
        "seen": clock.minute(row["last_seen"]) or "还没有同步过",
        "waiting": beat.waiting,
        "oldest": clock.minute(beat.oldest),
        "disk": f"{beat.disk_mb / 1024:.0f} GB" if beat.disk_mb else "—",
        "version": beat.version or "—",
        "old": bool(beat.version) and beat.version != __version__,
        "skew_words": f"{'快' if skew > 0 else '慢'} {_span(abs(skew))}" if abs(skew) >= WRONG else "",
        "is_centre": cases.is_centre(row["name"]),
    }


def _heirs(name: str, renamed: dict[str, str]) -> list[str]:
    """The names that are shut out together with `name`."""
    found = [name]
    for one in found:
        found += [later for later, before in renamed.items() if before == one and later not in found]
    return found[1:]


def _span(seconds: int) -> str:
    if seconds < 7200:
        return f"{seconds // 60} 分钟"
    return f"{seconds // 3600} 小时" if seconds < 172_800 else f"{seconds // 86_400} 天"


@router.post("/desks/code")
def enrol_code(request: Request, visitor: Admin, point: Typed = "", name: Typed = "") -> Response:
    """A one-time code for a point."""
    if not name.strip():
        raise RefusedError("请填写代办点名称。", "没有发码。")
    code = enrolment.enrol_code(centre_of(request), point.strip(), name.strip())
    return _drawn(request, visitor, code=code, message=f"{name.strip()} 的入网码，30 天内用一次有效，只显示这一次：")


@router.post("/desks/heads")
def settle_head(
    request: Request, visitor: Admin, of: Typed = "", by: Typed = "", digest: Typed = "", why: Typed = ""
) -> Response:
    """What was found out of a signed head that contradicts the log here."""
    witnessing.settle(centre_of(request), visitor.account, of, by, digest, why)
    return go("/desks")


@router.post("/desks/{node}/let")
def let_read(request: Request, visitor: Admin, node: str) -> Response:
    """This desk may read its point's past, once two people said so."""
    admitting.by_people(centre_of(request), visitor.account, node)
    return go("/desks")


@router.post("/desks/{node}/revoke")
def revoke(request: Request, visitor: Admin, node: str, reasons: Typed = "") -> Response:
    """From now on nothing that this desk signs is taken."""
    if not reasons.strip():
        raise RefusedError("请写明停用的原因。", "没有改动。")
    enrolment.revoke(centre_of(request), node, visitor.account, reasons.strip())
    return go("/desks")
