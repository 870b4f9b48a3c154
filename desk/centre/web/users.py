"""The administrator's page of people: who works here, in which roles, for which department."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response

from db.centre import people
from desk.centre import guard
from desk.centre.roles import ADMINISTER, NAMES, Role, parse
from desk.centre.web.frame import Typed, centre_of, go, page, posted, signed_in
from desk.errors import RefusedError

router = APIRouter(include_in_schema=False)
Admin = Annotated[guard.Visitor, Depends(signed_in(ADMINISTER))]
AdminPost = Annotated[guard.Visitor, Depends(posted(ADMINISTER))]
Chosen = Annotated[list[str] | None, Form()]


@router.get("/users")
def users_page(request: Request, visitor: Admin) -> Response:
    """Everybody."""
    with centre_of(request).database.read() as db:
        found = people.clerks(db)
    rows = [
        {**row, "role_set": parse(row["roles"] or Role.CLERK), "names": _names(row["roles"] or Role.CLERK)}
        for row in found
    ]
    return page(request, "users.html", visitor=visitor, rows=rows, roles=NAMES)


def _names(roles: str) -> str:
    return "、".join(NAMES[one] for one in sorted(parse(roles)))


def _roles(chosen: list[str] | None) -> frozenset[Role]:
    try:
        return frozenset(Role(one) for one in chosen or ())
    except ValueError as error:
        raise RefusedError("没有这种岗位。", "没有改动。") from error


@router.post("/users")
def add(
    request: Request,
    _visitor: AdminPost,
    account: Typed = "",
    name: Typed = "",
    org: Typed = "",
    password: Typed = "",
    role: Chosen = None,
) -> Response:
    """Another person."""
    guard.add_clerk(centre_of(request), account, name, password, org, _roles(role))
    return go("/users")


@router.post("/users/{account}/{step}")
def change(
    request: Request,
    _visitor: AdminPost,
    account: str,
    step: str,
    org: Typed = "",
    password: Typed = "",
    role: Chosen = None,
) -> Response:
    """Other roles or department, closed, opened again, a new password, no second factor any more."""
    centre = centre_of(request)
    with centre.database.read() as db:
        if people.one_clerk(db, account) is None:
            raise RefusedError(f"没有账号 {account}。", "没有改动。")
    match step:
        case "roles":
            roles = _roles(role)
            if not roles:
                raise RefusedError("至少选一个岗位；不用了请停用。", "没有改动。")
            guard.change_clerk(centre, account, roles, org, ())
        case "disable":
            guard.disable_clerk(centre, account)
        case "enable":
            guard.enable_clerk(centre, account)
        case "password":
            guard.set_password(centre, account, password)
        case "second":
            guard.end_second(centre, account)
        case _:
            raise RefusedError("没有这种操作。", "没有改动。")
    return go("/users")
