"""Staff accounts: who there is, with which roles in which department; added, changed, closed, opened again."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request, Response

from db.centre import people, rows
from db.centre.rows import Row
from desk import clock
from desk.centre.node.centre_node import Centre
from desk.centre.node.roles import ADMINISTER, ALL, GENERAL, NAMES, Role, parse
from desk.centre.run import guard, tries
from desk.centre.web.frame import PAGE, AbsentError, Typed, centre_of, go, page, posted, signed_in
from desk.errors import RefusedError
from desk.law.bodies.register import Register
from desk.log import chain, events
from desk.log.centre_events import AccountChanged

router = APIRouter(include_in_schema=False)
Reader = Annotated[guard.Visitor, Depends(signed_in(ADMINISTER))]
Admin = Annotated[guard.Visitor, Depends(posted(ADMINISTER))]
Ticked = Annotated[list[str], Form(max_length=len(Role))]


@router.get("/users")
def user_list(request: Request, visitor: Reader) -> Response:
    """Everybody with an account."""
    return _listed(request, visitor)


def _listed(request: Request, visitor: guard.Visitor, given: dict[str, str] | None = None) -> Response:
    """`given`: a one-time code that is shown now and never again, and whose it is."""
    centre = centre_of(request)
    with centre.database.read() as db:
        found, locked = people.clerks(db), people.locked_out(db, centre.now())
        centre.publications.refresh(centre.node, db)
    register = centre.publications.bodies
    users = [_described(one, locked) | _department(one, register) for one in found]
    active = sum(not one["disabled"] for one in users)
    standing = {one.name for one in register if one.until is None}
    orgs = sorted({one["org"] for one in users if one["org"]} | standing | {GENERAL})
    changes = _changes(centre_of(request))
    facts: dict[str, Any] = {
        "users": users,
        "active": active,
        "orgs": orgs,
        "names": NAMES,
        "changes": changes,
        "given": given,
    }
    return page(request, "users.html", visitor=visitor, given_hours=tries.PASS_HOURS, **facts)


def _changes(centre: Centre) -> list[dict[str, str]]:
    """What was done to accounts, latest first."""
    with centre.database.read() as db:
        found = [chain.decoded(one) for one in rows.own_of_kind(db, centre.node, guard.CHANGED, PAGE)]
    lines = []
    for entry in found:
        data = events.decode(entry.kind, entry.data)
        if isinstance(data, AccountChanged):
            roles = "、".join(NAMES[one] for one in Role if one in data.roles.split())
            line = {
                "time": clock.minute(entry.time),
                "by": entry.author or "服务器上",
                "what": data.what,
                "roles": roles,
            }
            lines.append({**line, "account": data.account, "name": data.name, "org": data.org})
    return lines


def _department(row: Row, register: Register) -> dict[str, Any]:
    """The department as it is called now, and whether it is a word that no body of the register bears."""
    known = register.get(row["body"])
    is_loose = len(register) > 0 and bool(row["org"]) and not row["body"] and not row["org"].endswith(GENERAL)
    return {"org": known.name if known else row["org"], "loose": is_loose}


def _described(row: Row, locked: set[str]) -> dict[str, Any]:
    roles, has_second = parse(row["roles"] or Role.CLERK), guard.has_second(row)
    return {
        **row,
        "roles": roles,
        "role_names": "、".join(NAMES[one] for one in Role if one in roles),
        "sees_words": "全部" if row["sees"] == ALL else "、".join(row["sees"].splitlines()),
        "has_second": has_second,
        "owes_second": Role.ADMIN in roles and not has_second,
        "disabled": clock.minute(row["disabled_at"]),
        "locked": row["account"] in locked,
    }


@router.post("/users")
def add(
    request: Request,
    visitor: Admin,
    account: Typed = "",
    name: Typed = "",
    org: Typed = "",
    password: Typed = "",
    sees: Typed = "",
    roles: Ticked = [],  # noqa: B006 - FastAPI copies it
) -> Response:
    """A new account."""
    roles_, seen = _roles(roles), _lines(sees)
    guard.add_clerk(centre_of(request), account, name, password, org, roles_, seen, visitor.account, first=True)
    return go("/users")


@router.post("/users/{account}/change")
def change(
    request: Request,
    visitor: Admin,
    account: str,
    org: Typed = "",
    sees: Typed = "",
    roles: Ticked = [],  # noqa: B006 - FastAPI copies it
) -> Response:
    """Other roles, another department."""
    _must_be(request, account)
    guard.change_clerk(centre_of(request), account, _roles(roles), org, _lines(sees), visitor.account)
    return go("/users")


@router.post("/users/{account}/disable")
def disable(request: Request, visitor: Admin, account: str) -> Response:
    """Close an account; its sessions end."""
    _must_be(request, account)
    guard.disable_clerk(centre_of(request), account, visitor.account)
    return go("/users")


@router.post("/users/{account}/enable")
def enable(request: Request, visitor: Admin, account: str) -> Response:
    """Open a closed or locked account again."""
    _must_be(request, account)
    guard.enable_clerk(centre_of(request), account, visitor.account)
    return go("/users")


@router.post("/users/{account}/password")
def password(request: Request, visitor: Admin, account: str, new: Typed = "") -> Response:
    """Another password for somebody who forgot it; their sessions end."""
    _must_be(request, account)
    guard.set_password(centre_of(request), account, new, visitor.account, first=account != visitor.account)
    return go("/users")


@router.post("/users/{account}/pass")
def give_pass(request: Request, visitor: Admin, account: str) -> Response:
    """A one-time code for somebody who gets in from no place that is known while strangers try."""
    _must_be(request, account)
    code = guard.give_pass(centre_of(request), account, visitor.account)
    return _listed(request, visitor, {"account": account, "code": code})


@router.post("/users/{account}/reset-second")
def reset_second(request: Request, visitor: Admin, account: str) -> Response:
    """No second factor for somebody who lost the telephone."""
    _must_be(request, account)
    guard.end_second(centre_of(request), account, visitor.account)
    return go("/users")


def _must_be(request: Request, account: str) -> None:
    with centre_of(request).database.read() as db:
        if people.one_clerk(db, account) is None:
            raise AbsentError("没有这个账号。")


def _roles(ticked: list[str]) -> frozenset[Role]:
    try:
        roles = parse(" ".join(ticked))
    except ValueError as error:
        raise RefusedError("没有这种岗位。", "没有改动。") from error
    if not roles:
        raise RefusedError("至少选一个岗位。", "没有改动。")
    return roles


def _lines(text: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in text.splitlines() if one.strip())
