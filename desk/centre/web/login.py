"""Coming in and going out: login with a second factor where one is kept, one's own password."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from db.centre import people
from desk.centre.node.roles import NAMES
from desk.centre.run import guard
from desk.centre.web.frame import NAV, Staff, StaffPost, Typed, centre_of, go, page, settings_of
from desk.errors import RefusedError

router = APIRouter(include_in_schema=False)


@router.get("/login")
def login_page(request: Request) -> Response:
    """The login form."""
    return page(request, "login.html", wrong="")


@router.post("/login")
def login(request: Request, account: Typed = "", password: Typed = "", code: Typed = "") -> Response:
    """Log in."""
    try:
        token = guard.log_in(centre_of(request), account.strip(), password, code, settings_of(request).session_hours)
    except RefusedError as error:
        return page(request, "login.html", 403, wrong=error.happened)
    answer = go("/staff")
    secure = request.url.scheme == "https"
    answer.set_cookie(guard.COOKIE, token, httponly=True, samesite="strict", secure=secure)
    return answer


@router.post("/logout")
def logout(request: Request, _visitor: StaffPost) -> Response:
    """Log out."""
    guard.log_out(centre_of(request), request.cookies.get(guard.COOKIE, ""))
    return go("/login")


@router.get("/staff")
def first_page(visitor: Staff) -> Response:
    """The first page that a visitor's roles lead to."""
    return go(next((path for path, _, roles in NAV if visitor.may(roles)), "/account"))


@router.get("/account")
def account_page(request: Request, visitor: Staff) -> Response:
    """One's own account."""
    return _account(request, visitor, "")


def _account(request: Request, visitor: guard.Visitor, message: str, address: str = "") -> Response:
    with centre_of(request).database.read() as db:
        kept = people.one_clerk(db, visitor.account)
    has_second = kept is not None and guard.has_second(kept)
    return page(
        request,
        "account.html",
        visitor=visitor,
        message=message,
        address=address,
        secret=guard.spelt(address) if address else "",
        has_second=has_second,
        roles="、".join(NAMES[one] for one in sorted(visitor.roles)),
    )


@router.post("/account/password")
def password(request: Request, visitor: StaffPost, old: Typed = "", new: Typed = "", again: Typed = "") -> Response:
    """One's own new password; every session ends."""
    if new != again:
        raise RefusedError("两次输入的新密码不一样。", "没有改动。")
    guard.change_password(centre_of(request), visitor.account, old, new)
    return go("/login")


@router.post("/account/second")
def second(request: Request, visitor: StaffPost, password: Typed = "") -> Response:
    """A new secret, as a picture for an authenticator and in words."""
    address = guard.begin_second(centre_of(request), visitor.account, password)
    return _account(request, visitor, "", address)


@router.post("/account/second/finish")
def second_finish(request: Request, visitor: StaffPost, code: Typed = "") -> Response:
    """The authenticator shows the right code."""
    guard.finish_second(centre_of(request), visitor.account, code)
    return _account(request, visitor, "动态码已启用，下次登录起要输。")
