"""How this centre runs: its backups, its disk and database, what waits at desks; for an administrator."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response

from db.centre.hosts import host_rows
from db.centre.hosts.ends import WentBackError
from db.centre.pictures.places import NAMES
from desk import __version__, clock
from desk.centre.node.centre_node import Centre
from desk.centre.node.hosts import host_keys
from desk.centre.node.roles import ADMINISTER
from desk.centre.run import guard, health, timed_backup
from desk.centre.web.frame import centre_of, page, settings_of, signed_in

router = APIRouter(include_in_schema=False)
Reader = Annotated[guard.Visitor, Depends(signed_in(ADMINISTER))]
_DAY = 86_400


@router.get("/running")
def shown(request: Request, visitor: Reader) -> Response:
    """The figures, and above them what somebody has to see to."""
    centre, settings = centre_of(request), settings_of(request)
    now = health.figures(centre, settings)
    known, is_on = now.copies, bool(settings.backup_folder)
    facts: dict[str, Any] = {
        "now": now,
        "is_on": is_on,
        "late": is_on and timed_backup.is_late(settings, known, centre.tell()),
        "made": _when(centre.tell(), known.made),
        "second": _when(centre.tell(), known.second),
        "tried": _when(centre.tell(), known.tried),
        "may_try": timed_backup.can_try(centre),
        "went_back": _went_back(centre),
        "hosts": _hosts(centre),
        "tight": now.disk_free >> 20 < settings.disk_free_mb,
        "free": f"{now.disk_free / (1 << 30):.1f} GB",
        "open_cases": sum(now.states.values()),
        "settings": settings,
        "places": [(NAMES[kind], count, _mb(size)) for kind, (count, size) in sorted(now.places.items())],
        "new_to": NAMES[settings.where().to],
        "picture_room": f"{now.picture_room / (1 << 30):.1f} GB" if now.picture_room is not None else "",
        "picture_tight": now.picture_room is not None and now.picture_room >> 20 < settings.disk_free_mb,
        "swept": _when(centre.tell(), now.swept.at),
        "kind": "PostgreSQL" if centre.database.is_postgres else "SQLite",
        "version": __version__,
    }
    return page(request, "running.html", visitor=visitor, **facts)


def _mb(size: int) -> str:
    return f"{size / (1 << 30):.1f} GB" if size >= 1 << 30 else f"{size / (1 << 20):.1f} MB"


def _went_back(centre: Centre) -> str:
    """In words, what is missing since the database went back; "" where it did not."""
    ends = centre.database.ends
    if ends is None or (known := ends.known) is None:
        return ""
    try:
        with centre.database.read() as db:
            ends.check(db, known)
    except WentBackError as error:
        return host_keys.went_back(error).sentences()
    return ""


def _hosts(centre: Centre) -> list[str]:
    """The hosts that serve, and when each wrote last, where there are several."""
    with centre.database.read() as db:
        found = host_rows.hosts(db)
    return [f"{name}：{_when(centre.tell(), seen)}" for name, seen in found] if len(found) > 1 else []


def _when(now: dt.datetime, moment: str) -> str:
    """A moment, and how long ago it was."""
    old = timed_backup.age(now, moment)
    if old is None:
        return ""
    ago = f"{int(old // _DAY)} 天前" if old >= _DAY else f"{int(old // 3600)} 小时前" if old >= 3600 else "刚才"
    return f"{clock.minute(moment)}，{ago}"
