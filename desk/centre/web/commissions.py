"""Commissions 约稿 and the plan of reports 报送计划: asked of departments, answered by what they write, closed."""

from __future__ import annotations

import secrets
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Depends, Request, Response

from db.centre import records
from db.centre.lists import record_lists
from desk.centre.node.centre_node import Centre, Own
from desk.centre.run import guard
from desk.centre.web import record_pages
from desk.centre.web.frame import Typed, centre_of, go, must_be_day, posted
from desk.centre.web.writing_lines import DESK
from desk.errors import RefusedError
from desk.folds.office.overseeing.commissions import SORTS, STATES, Commission
from desk.log.office_events import Commissioned, Said

router = APIRouter(include_in_schema=False)
Editor = Annotated[guard.Visitor, Depends(posted(DESK))]
_MOST = 200


def departments(centre: Centre) -> list[str]:
    """The departments that may be asked."""
    with centre.database.read() as db:
        return record_lists.departments(db)


def waiting(centre: Centre, visitor: guard.Visitor) -> list[dict[str, Any]]:
    """The commissions that are not closed: all for the editors, else those of the visitor's department."""
    with centre.database.read() as db:
        kept = records.record_data(db, "commission", limit=_MOST, state=("made", "answered"))
    found = (msgspec.json.decode(row["data"], type=Commission) for row in kept)
    return [
        {
            "id": one.id, "title": one.made.title, "text": one.made.text, "org": one.made.org, "due": one.due,
            "sort": SORTS[one.made.sort], "state": STATES[one.state], "answer": one.answer,
            "mine": one.state == "made" and visitor.sees_org(one.made.org),
            "late": record_pages.late(one.due, centre),
        }
        for one in found
        if visitor.may(DESK) or visitor.sees_org(one.made.org)
    ]  # fmt: skip


@router.post("/writings/commissions")
def ask(
    request: Request,
    visitor: Editor,
    title: Typed = "",
    text: Typed = "",
    orgs: Typed = "",
    due: Typed = "",
    sort: Typed = "",
) -> Response:
    """Ask departments, each for itself."""
    centre = centre_of(request)
    asked = list(dict.fromkeys(one.strip()[:60] for one in orgs.splitlines() if one.strip()))
    if not asked:
        raise RefusedError("请写部门，一行一个。", "没有发出。")
    day = must_be_day(due, "没有发出。")
    made = [Commissioned(title.strip()[:120], text.strip(), visitor.name, org, day, sort) for org in asked]
    own = [Own(visitor.account, "commission.made", f"commission:{secrets.token_hex(16)}", one, "") for one in made]
    with centre.database.write() as db:
        centre.say_in(db, own)
    return go("/writings?tab=info")


@router.post("/writings/commissions/close")
def close(request: Request, visitor: Editor, which: Typed = "") -> Response:
    """It is over, answered or not."""
    centre = centre_of(request)
    if _one(centre, which) is None:
        raise RefusedError("没有这一约稿。", "没有改动。")
    centre.say(visitor.account, "commission.closed", which, Said(visitor.name, visitor.org))
    return go("/writings?tab=info")


def _one(centre: Centre, which: str) -> Commission | None:
    with centre.database.read() as db:
        kept = records.one_record(db, "commission", which)
    return msgspec.json.decode(kept["data"], type=Commission) if kept else None


def must_be_asked(centre: Centre, visitor: guard.Visitor, which: str) -> None:
    """Raises RefusedError for a commission that is not this department's, or is answered."""
    found = _one(centre, which) if which else None
    if which and (found is None or found.state != "made" or not visitor.sees_org(found.made.org)):
        raise RefusedError("这一约稿不是您部门的，或已经交稿。", "没有保存。")


def answered(centre: Centre, visitor: guard.Visitor, which: str, key: str) -> None:
    """The writing `key` answers the commission `which`, where there is one."""
    if which:
        said = Said(visitor.name, visitor.org, verdict=key)
        centre.say(visitor.account, "commission.answered", which, said)
