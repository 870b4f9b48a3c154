"""The nodes below this centre: when they were last heard, what still waits there, whose clock is wrong."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Depends, Request, Response

from db.centre import rows
from desk import __version__
from desk import case as cases
from desk.centre import guard, nodes, upstream
from desk.centre.roles import ADMINISTER, SUPERVISE
from desk.centre.seat import Centre
from desk.centre.taking import WRONG
from desk.centre.web.frame import Typed, centre_of, go, page, posted, settings_of, shown_time, signed_in
from desk.divisions import load as divisions
from desk.errors import RefusedError
from desk.sync.batch import Heartbeat

router = APIRouter(include_in_schema=False)
Reader = Annotated[guard.Visitor, Depends(signed_in(SUPERVISE | ADMINISTER))]
Admin = Annotated[guard.Visitor, Depends(posted(ADMINISTER))]
SILENT_DAYS = 7


@router.get("/desks")
def desk_list(request: Request, visitor: Reader) -> Response:
    """Desks in the order of divisions, each under its township."""
    return _drawn(request, visitor, "")


def _drawn(request: Request, visitor: guard.Visitor, code: str, told: str = "") -> Response:
    centre = centre_of(request)
    with centre.database.read() as db:
        found = rows.nodes(db)
        files = rows.files_outstanding(db)
    towns: dict[str, list[dict[str, Any]]] = {}
    for row in found:
        towns.setdefault(row["point_code"][:9], []).append(described(centre, row, settings_of(request).silent_days))
    tree = [
        {
            "name": divisions().full_name(key) or key,
            "nodes": nodes_,
            "silent": sum(one["silent"] for one in nodes_),
        }
        for key, nodes_ in sorted(towns.items())
    ]
    return page(
        request,
        "desks.html",
        held=upstream.held(centre),
        visitor=visitor,
        tree=tree,
        count=len(found),
        files=files,
        code=code,
        told=told,
        may_change=visitor.may(ADMINISTER),
    )


def described(centre: Centre, row: rows.Row, silent_days: int = SILENT_DAYS) -> dict[str, Any]:
    """A node as the list shows it; `silent_days` without a sync are marked."""
    try:
        beat = msgspec.json.decode(row["heartbeat"] or "{}", type=Heartbeat)
    except msgspec.DecodeError:
        beat = Heartbeat()
    seen = row["last_seen"]
    days = (centre.tell() - dt.datetime.fromisoformat(seen)).days if seen else -1
    skew = int(row["skew"])
    return {
        **row,
        "seen": shown_time(seen) if seen else "还没有同步过",
        "silent": not row["revoked_at"] and (days < 0 or days >= silent_days),
        "days": days,
        "waiting": beat.waiting,
        "oldest": shown_time(beat.oldest),
        "disk": f"{beat.disk_mb / 1024:.0f} GB" if beat.disk_mb else "—",
        "version": beat.version or "—",
        "old": bool(beat.version) and beat.version != __version__,
        "skew_words": f"{'快' if skew > 0 else '慢'} {_span(abs(skew))}" if abs(skew) >= WRONG else "",
        "is_centre": cases.is_centre(row["name"]),
    }


def _span(seconds: int) -> str:
    if seconds < 7200:
        return f"{seconds // 60} 分钟"
    return f"{seconds // 3600} 小时" if seconds < 172_800 else f"{seconds // 86_400} 天"


@router.post("/desks/code")
def enrol_code(request: Request, visitor: Admin, point: Typed = "", name: Typed = "") -> Response:
    """A one-time code for a point."""
    if not name.strip():
        raise RefusedError("请填写代办点名称。", "没有发码。")
    code = nodes.enrol_code(centre_of(request), point.strip(), name.strip())
    return _drawn(request, visitor, code, f"{name.strip()} 的入网码，30 天内用一次有效，只显示这一次：")


@router.post("/desks/{node}/revoke")
def revoke(request: Request, visitor: Admin, node: str, reasons: Typed = "") -> Response:
    """From now on nothing that this desk signs is taken."""
    if not reasons.strip():
        raise RefusedError("请写明停用的原因。", "没有改动。")
    nodes.revoke(centre_of(request), node, visitor.account, reasons.strip())
    return go("/desks")
