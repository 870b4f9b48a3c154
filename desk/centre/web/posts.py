"""分工: who holds which post 岗位 of a body, and who stands in for whoever is away."""

from __future__ import annotations

from collections import defaultdict
from typing import Annotated, Any
from urllib.parse import quote

import msgspec
import sqlalchemy as sa
from fastapi import APIRouter, Depends, Form, Request, Response

from db.centre import people
from db.centre.rows import Row
from desk.centre.node.centre_node import Centre
from desk.centre.node.roles import ADMINISTER, CHIEFS, GENERAL, HANDLE, Role, parse
from desk.centre.run import guard
from desk.centre.web.frame import Asked, Typed, centre_of, go, must_be_day, page, posted, signed_in
from desk.centre.web.record_pages import history
from desk.errors import RefusedError
from desk.folds.office.roster import duties
from desk.folds.office.roster.duties import NAMES, Roster
from desk.log.duty.duty_events import Away, Back, Holder, RosterSet, Section, SectionsSet

router = APIRouter(include_in_schema=False)
Reader = Annotated[guard.Visitor, Depends(signed_in(HANDLE | ADMINISTER))]
Setter = Annotated[guard.Visitor, Depends(posted(HANDLE | ADMINISTER))]
Ticked = Annotated[list[str], Form(max_length=2000)]
_NOT = "没有改动。"
_MOST_SECTIONS = 40
_DONE = {
    "set": "已保存分工，从现在起按岗位办理。",
    "sections": "已保存科室。",
    "away": "已登记请假代理。",
    "back": "已销假。",
}


@router.get("/posts")
def posts(request: Request, visitor: Reader, body: Asked = "", done: Asked = "") -> Response:
    """The posts of a body: the own one, of an administrator any."""
    return _drawn(request, visitor, body, is_good=_DONE.get(done, ""))


def _drawn(
    request: Request, visitor: guard.Visitor, body: str, *, message: str = "", is_good: str = "", status: int = 200
) -> Response:
    centre = centre_of(request)
    with centre.database.read() as db:
        centre.publications.refresh(centre.node, db)
        clerks = _clerks(db)
        bodies = _bodies(centre, visitor, clerks)
        body = body if body in bodies else next(iter(bodies), "")
        roster = centre.judge().roster(db, body)
    sets = visitor.may(ADMINISTER) or (visitor.may(CHIEFS) and body in _own(visitor))
    today = centre.today()
    lines = [_line(one, roster, body) for one in clerks if _belongs(one, roster, body)]
    held = [(one.account, one.name) for one in roster.holders]
    return page(
        request,
        "posts.html",
        status,
        visitor=visitor,
        message=message,
        is_good=is_good,
        bodies=bodies,
        body=body,
        org=bodies.get(body, ""),
        roster=roster,
        lines=sorted(lines, key=lambda one: (not one["holds"], one["account"])),
        names=NAMES,
        sections=roster.sections,
        inside=_inside(roster),
        registered=_registered(centre, body, roster),
        sets=sets,
        may_go=[one for one in held if sets or one[0] == visitor.account],
        held=held,
        absences=[
            {**msgspec.structs.asdict(one), "now": one.since <= today, "mine": sets or one.account == visitor.account}
            for one in roster.absences
            if one.until >= today
        ],
        today=today.isoformat(),
        history=history(roster.history, {}),
    )


def _clerks(db: sa.Connection) -> list[Row]:
    return [one for one in people.clerks(db) if not one["disabled_at"]]


def _registered(centre: Centre, body: str, roster: Roster) -> list[str]:
    """Sections that the register of bodies names and the list does not have yet."""
    known, found = {one.name for one in roster.sections}, centre.publications.bodies.get(body)
    return sorted({one.section for one in (found.posts if found else ())} - known - {""})


def _inside(roster: Roster) -> dict[str, str]:
    """Who is in each section, by its code."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for one in roster.holders:
        found[one.section].append(one.name)
    return {code: "、".join(names) for code, names in found.items()}


def _own(visitor: guard.Visitor) -> tuple[str, ...]:
    return tuple(one for one in (visitor.body, visitor.org) if one)


def _bodies(centre: Centre, visitor: guard.Visitor, clerks: list[Row]) -> dict[str, str]:
    """The bodies whose posts the visitor may look at: names by code, or by name where there is no code."""
    if not visitor.may(ADMINISTER):
        body = visitor.body or visitor.org
        return {body: visitor.org or body} if body and not visitor.org.endswith(GENERAL) else {}
    known = centre.publications.bodies
    found = {one["body"] or one["org"] for one in clerks if not str(one["org"]).endswith(GENERAL)} - {""}
    named = {one: (there.name if (there := known.get(one)) else one) for one in found}
    return dict(sorted(named.items(), key=lambda pair: pair[1]))


def _belongs(clerk: Row, roster: Roster, body: str) -> bool:
    """Whether somebody is listed: the people of the body, those of the general window, and whoever holds a post."""
    if not parse(clerk["roles"] or Role.CLERK) & HANDLE:
        return False
    own = (clerk["body"] or clerk["org"]) == body or str(clerk["org"]).endswith(GENERAL)
    return own or bool(roster.held(clerk["account"]))


def _line(clerk: Row, roster: Roster, body: str) -> dict[str, Any]:
    account = clerk["account"]
    return {
        "account": account,
        "name": clerk["name"],
        "org": "" if (clerk["body"] or clerk["org"]) == body else clerk["org"],
        "holds": roster.held(account),
        "section": roster.section(account),
        "section_name": roster.section_name(account),
    }


@router.post("/posts")
def set_posts(
    request: Request,
    visitor: Setter,
    body: Typed = "",
    hold: Ticked = [],  # noqa: B006 - FastAPI copies it
    who: Ticked = [],  # noqa: B006
    section: Ticked = [],  # noqa: B006
) -> Response:
    """The posts as they were ticked; nothing ticked: the body has none any more."""
    centre = centre_of(request)
    held: defaultdict[str, list[str]] = defaultdict(list)
    for one in hold:
        duty, _, account = one.partition(":")
        held[account].append(duty)
    sections = dict(zip(who, section, strict=False))
    with centre.database.read() as db:
        names = {one["account"]: one["name"] for one in people.clerks(db)}
    holders = tuple(
        Holder(account, names.get(account, account), tuple(told), sections.get(account, ""))
        for account, told in held.items()
    )
    told = RosterSet(visitor.name, _name(centre, body), holders)
    return _said(request, visitor, body, "roster.set", told)


@router.post("/posts/sections")
def set_sections(
    request: Request,
    visitor: Setter,
    body: Typed = "",
    code: Ticked = [],  # noqa: B006
    name: Ticked = [],  # noqa: B006
) -> Response:
    """科室: the list as it was typed; a line without a name is gone, one without a code is new."""
    centre = centre_of(request)
    lines = [(key.strip(), words.strip()[:40]) for key, words in zip(code, name, strict=False) if words.strip()]
    taken, at = {key for key, _ in lines}, 0
    made: list[Section] = []
    for key, words in lines[:_MOST_SECTIONS]:
        while not key:
            at += 1
            key = "" if f"k{at}" in taken else f"k{at}"  # noqa: PLW2901
        taken.add(key)
        made.append(Section(key, words))
    told = SectionsSet(visitor.name, _name(centre, body), tuple(made))
    return _said(request, visitor, body, "roster.sections", told)


@router.post("/posts/away")
def away(
    request: Request,
    visitor: Setter,
    body: Typed = "",
    account: Typed = "",
    deputy: Typed = "",
    since: Typed = "",
    until: Typed = "",
    reasons: Typed = "",
) -> Response:
    """请假: who stands in, from which day to which."""
    with centre_of(request).database.read() as db:
        names = {one["account"]: one["name"] for one in people.clerks(db)}
    try:
        days = must_be_day(since, _NOT), must_be_day(until, _NOT)
    except RefusedError as error:
        return _drawn(request, visitor, body, message=error.sentences(), status=409)
    named = names.get(account, account), names.get(deputy, deputy)
    told = Away(visitor.name, account, named[0], deputy, named[1], *days, reasons.strip()[:200])
    return _said(request, visitor, body, "roster.away", told)


@router.post("/posts/back")
def back(request: Request, visitor: Setter, body: Typed = "", account: Typed = "", since: Typed = "") -> Response:
    """销假: back at work before the day that was told."""
    told = Back(visitor.name, account, must_be_day(since, _NOT))
    return _said(request, visitor, body, "roster.back", told)


def _said(
    request: Request, visitor: guard.Visitor, body: str, kind: str, told: RosterSet | SectionsSet | Away | Back
) -> Response:
    centre = centre_of(request)
    with centre.database.read() as db:
        clerks = _clerks(db)
    if not (body in _bodies(centre, visitor, clerks) or centre.publications.bodies.get(body)):
        raise RefusedError("没有选机关，或没有这个机关。", _NOT, "请重新打开“分工”页。")
    try:
        centre.say(visitor.account, kind, duties.subject(body), told)
    except RefusedError as error:
        return _drawn(request, visitor, body, message=error.sentences(), status=409)
    return go(f"/posts?body={quote(body)}&done={kind.partition('.')[2]}")


def _name(centre: Centre, body: str) -> str:
    found = centre.publications.bodies.get(body)
    return found.name if found else body[:60]
