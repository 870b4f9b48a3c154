"""Coming in and going out: login with a second factor where one is kept, one's own password."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from db.centre import people
from desk import clock
from desk.centre.node.centre_node import Centre
from desk.centre.node.roles import NAMES
from desk.centre.run import guard, second_factor, tries
from desk.centre.run import kept as typed
from desk.centre.web.frame import (
    NAV,
    Asked,
    Staff,
    StaffPost,
    Typed,
    asker,
    centre_of,
    go,
    owes_second,
    page,
    settings_of,
    visitor_of,
)
from desk.errors import RefusedError

router = APIRouter(include_in_schema=False)
_MARK = "daiban_browser"  # the cookie by which a browser is known that its owner logged in with
_LONGEST_MARK = 64
_BROWSERS = (
    ("MicroMessenger", "微信"), ("Edg", "Edge"), ("Firefox", "Firefox"), ("QIHU", "360 浏览器"), ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)  # fmt: skip
_SYSTEMS = (
    ("Windows", "Windows"), ("HarmonyOS", "鸿蒙"), ("Android", "安卓"), ("iPhone", "iPhone"), ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)  # fmt: skip


@router.get("/login")
def login_page(request: Request, kept: Asked = "") -> Response:
    """The login form; `kept`: what was typed before waits behind it."""
    return page(request, "login.html", wrong="", kept=bool(kept))


@router.post("/login")
def login(
    request: Request,
    account: Typed = "",
    password: Typed = "",
    code: Typed = "",
    brought: Typed = "",
    kept: Typed = "",
) -> Response:
    """Log in; `brought`: a one-time code for a new place, `kept`: what was typed before waits behind the door."""
    centre, settings = centre_of(request), settings_of(request)
    came = tries.From(asker(request), request.cookies.get(_MARK, "")[:_LONGEST_MARK])
    browser = _browser(request.headers.get("user-agent", ""))
    hours, idle = settings.session_hours, settings.idle_minutes
    try:
        entered = guard.enter(centre, account.strip(), password, code, came, browser, hours, idle, brought)
    except RefusedError as error:
        return page(request, "login.html", 403, wrong=error.happened, kept=bool(kept))
    answer = go(_first(centre, account.strip()) if kept else "/staff")
    secure = request.url.scheme == "https"
    answer.set_cookie(guard.COOKIE, entered.token, httponly=True, samesite="strict", secure=secure)
    known = tries.KNOWN_DAYS * 86_400
    answer.set_cookie(_MARK, entered.mark, known, path="/login", httponly=True, samesite="strict", secure=secure)
    return answer


def _first(centre: Centre, account: str) -> str:
    """The page whose form this account tried to submit last and is not done."""
    return next((one.page for one in typed.of(centre, account) if one.sent), "/staff")


def _browser(agent: str) -> str:
    """What a browser calls itself, in two words that a person knows."""
    name = next((shown for mark, shown in _BROWSERS if mark in agent), "其他浏览器")
    system = next((shown for mark, shown in _SYSTEMS if mark in agent), "")
    return f"{name}（{system}）" if system else name


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


def _account(
    request: Request,
    visitor: guard.Visitor,
    message: str,
    address: str = "",
    given: str = "",
    *,
    wrong: str = "",
    status: int = 200,
) -> Response:
    centre = centre_of(request)
    with centre.database.read() as db:
        kept = people.one_clerk(db, visitor.account)
    has_second = kept is not None and guard.has_second(kept)
    return page(
        request,
        "account.html",
        status,
        visitor=visitor,
        message=message,
        wrong=wrong,
        must_change=visitor.must_change,
        owes_second=owes_second(request, visitor),
        waiting=len(typed.of(centre, visitor.account)),
        mark=second_factor.mark_of(address) if address else "",
        address=address,
        secret=second_factor.spelt(address) if address else "",
        has_second=has_second,
        given=given,
        given_hours=tries.PASS_HOURS,
        sessions=[_line(one) for one in tries.sessions(centre, visitor.account, request.cookies.get(guard.COOKIE, ""))],
        roles="、".join(NAMES[one] for one in sorted(visitor.roles)),
    )


def _line(one: tries.Session) -> dict[str, Any]:
    place = "服务器" if one.place == tries.KEYBOARD else one.place
    return {
        "name": one.name,
        "begun": clock.minute(one.begun),
        "where": place,
        "browser": one.browser,
        "here": one.here,
    }


@router.post("/account/sessions/end")
def end_session(request: Request, visitor: StaffPost, name: Typed = "") -> Response:
    """End one of one's own sessions, as one that was left open somewhere; without a name every other one."""
    centre, token = centre_of(request), request.cookies.get(guard.COOKIE, "")
    ended = int(guard.end(centre, visitor.account, name)) if name else guard.end_others(centre, visitor.account, token)
    if guard.visitor(centre, token) is None:
        return go("/login")
    return _account(request, visitor, f"已结束 {ended} 处登录。" if ended else "没有别处的登录。")


@router.post("/account/pass")
def give_pass(request: Request, visitor: StaffPost) -> Response:
    """A one-time code to come in with from a new place."""
    code = guard.give_pass(centre_of(request), visitor.account, visitor.account)
    return _account(request, visitor, "", given=code)


@router.post("/account/password")
def password(request: Request, visitor: StaffPost, old: Typed = "", new: Typed = "", again: Typed = "") -> Response:
    """One's own new password; every session ends."""
    if new != again:
        return _account(request, visitor, "", wrong="两次输入的新密码不一样。没有改动。", status=409)
    try:
        guard.change_password(centre_of(request), visitor.account, old, new)
    except RefusedError as error:
        return _account(request, visitor, "", wrong=error.sentences(), status=409)
    return go("/login")


@router.post("/account/second")
def second(request: Request, visitor: StaffPost, password: Typed = "") -> Response:
    """A new secret, as a picture for an authenticator and in words."""
    try:
        address = guard.begin_second(centre_of(request), visitor.account, password)
    except RefusedError as error:
        return _account(request, visitor, "", wrong=error.sentences(), status=409)
    return _account(request, visitor, "", address)


@router.post("/account/second/finish")
def second_finish(request: Request, visitor: StaffPost, code: Typed = "", mark: Typed = "") -> Response:
    """The authenticator shows the right code; after a wrong one its picture is still there."""
    centre = centre_of(request)
    try:
        guard.finish_second(centre, visitor.account, code)
    except RefusedError as error:
        address = second_factor.pending(centre, visitor.account, mark)
        return _account(request, visitor, "", address, wrong=error.sentences(), status=409)
    visitor = visitor_of(request) or visitor
    return _account(request, visitor, "动态码已启用，下次登录起要输。")
