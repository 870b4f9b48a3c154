"""What every page shares: who is looking, what they may, the form's token, how a page is drawn, how a refusal looks."""

from __future__ import annotations

import contextlib
import datetime as dt
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Annotated, Any
from urllib.parse import quote, urlencode

from fastapi import Depends, Form, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse
from fastapi.templating import Jinja2Templates
from sqlalchemy.exc import DataError
from starlette.exceptions import HTTPException

from db.centre.database import AWAY, TurnError, is_full, is_locked
from db.centre.hosts.ends import WentBackError
from desk import clock
from desk.centre.node.centre_node import Centre
from desk.centre.node.roles import ADMINISTER, CHIEFS, EDIT, HANDLE, READ, REVIEW, STAFF, SUPERVISE, UNLOCK, WRITE, Role
from desk.centre.run import guard
from desk.centre.run.limits import whose
from desk.centre.run.settings import Settings
from desk.centre.web import keeping
from desk.errors import DeskError, RefusedError, SurroundingsError

MOST = 4000  # characters of anything typed here
PAGE = 50  # lines of a list
_log = logging.getLogger("desk.centre")
MOST_FIELDS = 20_000  # fields of the longest form
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WITHOUT = ("/account", "/logout")  # open to whoever has to set a second factor up, or change a first password

# What a page of ours may load; `FRAMED` what may stand inside one of ours, and loads nothing.
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; font-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
FRAMED = {"Content-Security-Policy": "default-src 'none'; frame-ancestors 'self'", "X-Frame-Options": "SAMEORIGIN"}

Typed = Annotated[str, Form(max_length=MOST)]
Asked = Annotated[str, Query(max_length=100)]
PageNumber = Annotated[int, Query(ge=1, le=100_000)]
Seen = Annotated[int, Form(ge=0, le=1_000_000)]

# Path, title and who sees it in the bar of the staff's pages.
NAV: tuple[tuple[str, str, frozenset[Role]], ...] = (
    ("/cases", "办件", READ),
    ("/desks", "终端", SUPERVISE | ADMINISTER),
    ("/supervision", "监察", READ),
    ("/complaints", "投诉", READ),
    ("/lots", "评查", REVIEW | SUPERVISE | CHIEFS),
    ("/writings", "报送", WRITE),
    ("/catalogue", "目录", EDIT),
    ("/bodies", "机构", EDIT),
    ("/posts", "分工", HANDLE | ADMINISTER),
    ("/unlocks", "解锁", UNLOCK),
    ("/users", "人员", ADMINISTER),
    ("/running", "运行", ADMINISTER),
)


OF_TOWN = ("/local", "本地调整")  # for those of a township who handle cases


class LogInFirstError(Exception):
    """Nobody is logged in: the visitor is sent to the login page."""


class ChangeFirstError(Exception):
    """Somebody whose password another chose, who may go nowhere before it is changed."""


class SecondFirstError(Exception):
    """An administrator without a second factor, who may go nowhere before there is one."""


class ForbiddenError(Exception):
    """Logged in, but not allowed."""


class StaleError(Exception):
    """The form's token is not this session's."""


class AbsentError(Exception):
    """There is no such thing, or it is not this visitor's to see. `words` say what was looked for."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


def centre_of(request: Request) -> Centre:
    """The centre that answers."""
    centre: Centre = request.app.state.centre
    return centre


def visitor_of(request: Request) -> guard.Visitor | None:
    """Who is logged in."""
    found = guard.visitor(centre_of(request), request.cookies.get(guard.COOKIE, ""))
    if found is not None:
        request.state.account = found.account
    return found


def settings_of(request: Request) -> Settings:
    """How this centre is run."""
    settings: Settings = request.app.state.settings
    return settings


def asker(request: Request) -> str:
    """Whom a request counts for, where it is counted: its address, of IPv6 its /64."""
    return whose(request.client.host if request.client else "")


def page(request: Request, name: str, status: int = 200, **facts: Any) -> Response:
    """Draw a page. `facts` are what its template names."""
    templates: Jinja2Templates = request.app.state.templates
    visitor = facts.get("visitor")
    nav = [(path, title) for path, title, roles in NAV if visitor and visitor.may(roles)]
    nav += [OF_TOWN] if visitor and visitor.town and visitor.may(HANDLE) else []
    known = {"centre": centre_of(request).name, "nav": nav, "here": request.url.path, "visitor": None, **facts}
    answer = templates.TemplateResponse(request, name, known, status_code=status)
    return keeping.given_back(request, answer, visitor) if visitor and name != "message.html" else answer


def signed_in(roles: frozenset[Role] = STAFF) -> Callable[[Request], guard.Visitor]:
    """A dependency: a visitor with one of `roles`."""

    def check(request: Request) -> guard.Visitor:
        visitor = visitor_of(request)
        if visitor is None:
            raise LogInFirstError
        if not visitor.may(roles):
            raise ForbiddenError
        if not request.url.path.startswith(_WITHOUT):
            if visitor.must_change:
                raise ChangeFirstError
            if owes_second(request, visitor):
                raise SecondFirstError
        return visitor

    return check


def owes_second(request: Request, visitor: guard.Visitor) -> bool:
    """Whether this visitor has to set a second factor up before anything else."""
    return settings_of(request).require_second and Role.ADMIN in visitor.roles and not visitor.second


def posted(roles: frozenset[Role] = STAFF) -> Callable[..., Awaitable[guard.Visitor]]:
    """A dependency: as `signed_in`, of a form that carries the session's token."""
    inside = signed_in(roles)

    async def check(request: Request, csrf: Typed = "") -> guard.Visitor:
        keeping.typed(request, await request.form())
        visitor = await run_in_threadpool(inside, request)
        if not guard.same(csrf, visitor.csrf):
            raise StaleError
        return visitor

    return check


def posted_long(roles: frozenset[Role]) -> Callable[..., Awaitable[guard.Visitor]]:
    """As `posted`, of a form of lists: it has more fields than the framework reads by itself, so it is read here, and
    its routes ask for no field of it by name."""
    inside = signed_in(roles)

    async def check(request: Request) -> guard.Visitor:
        form = await request.form(max_fields=MOST_FIELDS)
        keeping.typed(request, form)
        visitor = await run_in_threadpool(inside, request)
        if not guard.same(str(form.get("csrf", "")), visitor.csrf):
            raise StaleError
        return visitor

    return check


Staff = Annotated[guard.Visitor, Depends(signed_in())]
StaffPost = Annotated[guard.Visitor, Depends(posted())]


def go(path: str) -> Response:
    """Where a form leads when it was done."""
    return RedirectResponse(path, 303)


def day_of(text: str, kept: str = "没有改动。") -> dt.date | None:
    """The day that was typed, None for nothing. Raises RefusedError, with what was `kept`."""
    return must_be_day(text, kept) if text.strip() else None


def must_be_day(text: str, kept: str) -> dt.date:
    """As `day_of`, where a day has to be there."""
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError as error:
        raise RefusedError("日期不对，请按 2026-11-24 的样子填写。", kept) from error


def pages(count: int, most: int = PAGE) -> int:
    """How many pages of `most` lines hold `count`; one for nothing."""
    return max(1, -(-count // most))


def linked(asked: Mapping[str, str]) -> Callable[..., str]:
    """For a list's template: the query of an address that asks the same but for what is given."""
    return lambda **changes: urlencode({name: value for name, value in {**asked, **changes}.items() if value})


def batch(centre: Centre) -> str:
    """The mark of what is exported today: which centre, which day."""
    return f"{centre.code[:6]}-{centre.today():%Y%m%d}"


def made(centre: Centre) -> tuple[str, str]:
    """What goes with each row of a workbook: the mark of its batch, and when it was made."""
    return batch(centre), clock.minute(centre.now())


def attached(data: bytes, name: str, kind: str = XLSX) -> Response:
    """A file to save, by its Chinese name."""
    return Response(
        data, headers={"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"}, media_type=kind
    )


# -- refusals ----------------------------------------------------------------------------------------------------


def _message_page(request: Request, status: int, words: str) -> Response:
    back, visitor = keeping.back(request), None
    with contextlib.suppress(*AWAY):  # the words hold for anybody
        visitor = visitor_of(request)
    return page(request, "message.html", status, visitor=visitor, message=words, back=back)


def again(request: Request, status: int, words: str) -> Response:
    """`words`, and below them what was typed into the form, to be sent once more: where it is not kept."""
    fields = keeping.fields_of(request) if request.method == "POST" else ()
    told = {"action": request.url.path, "fields": fields} if fields else None
    return page(request, "away.html", status, message=words, again=told)


def _said_no(request: Request, status: int, words: str) -> Response:
    """A form that is not taken: what staff typed is kept, what anybody else typed stands in the page."""
    is_kept = keeping.back(request) or request.method != "POST" or visitor_of(request)
    return _message_page(request, status, words) if is_kept else again(request, status, words)


def log_in_first(request: Request, _error: Exception) -> Response:
    """Where a visitor without a session is sent; what was typed into a form waits there."""
    return RedirectResponse("/login?kept=1" if keeping.back(request) else "/login", 303)


def account_first(_request: Request, _error: Exception) -> Response:
    """Where a first password is changed, and a second factor set up: the page says why."""
    return RedirectResponse("/account", 303)


def forbidden(request: Request, _error: Exception) -> Response:
    """A page that is not for this visitor's roles."""
    return _message_page(request, 403, "这一页不归您的岗位。需要时请系统管理员调整岗位。")


def stale(request: Request, _error: Exception) -> Response:
    """A form of another session."""
    return _message_page(request, 403, "页面已过期，没有改动。请返回刷新后再办。")


def absent(request: Request, error: Exception) -> Response:
    """Nothing there."""
    return _message_page(request, 404, getattr(error, "words", "没有这一页，请核对地址。"))


def nowhere(request: Request, error: Exception) -> Response:
    """An address that is none of ours, or is not asked like that; what else the framework says no to."""
    status, headers = (error.status_code, error.headers) if isinstance(error, HTTPException) else (404, None)
    answer = _message_page(request, status, _NOWHERE.get(status, "这样办不了，没有改动。请从页面上重新办。"))
    answer.headers.update(headers or {})
    return answer


_NOWHERE = {
    403: "这一页只给这台服务器上的监测程序看，或凭口令看；口令在环境变量 DAIBAN_CENTRE_METRICS 里设。",
    404: "没有这一页，请核对地址。",
    405: "这个地址不能这样打开或提交，没有改动。请从页面上重新办。",
}


def refused(request: Request, error: Exception) -> Response:
    """What a rule does not allow."""
    words = error.sentences() if isinstance(error, DeskError) else "没有改动。"
    return _said_no(request, 409, words)


def lacking(request: Request, error: Exception) -> Response:
    """Something is missing on this machine, as the fonts for a paper."""
    words = error.sentences() if isinstance(error, DeskError) else ""
    return _message_page(request, 503, f"{words}\n请告诉系统管理员。".strip())


def unfit(request: Request, _error: Exception) -> Response:
    """Something typed that no field of ours could have held: too long, no number where one has to be, a character that
    the database keeps out."""
    return _said_no(request, 422, "填写的内容太长或不合要求，没有改动。请返回核对后再提交。")


def unusable(request: Request, error: Exception) -> Response:
    """The database does not answer, or its disk is full. What was typed cannot be kept: it stands in the page, to be
    sent once more."""
    full = is_full(error)
    _log.warning("the disk is full" if full else "the database is away", extra={"code": type(error).__name__})
    words = "服务器的磁盘满了，没有改动，请告诉系统管理员。" if full else "数据库暂时连不上，没有改动，请过一会儿再试。"
    if isinstance(error, TurnError) or is_locked(error):
        words = "办的人太多，没有轮到，没有改动，请过一会儿再试。"
    if isinstance(error, WentBackError):
        words = "数据库退回过，暂停办理，没有改动，请告诉系统管理员：在“运行”页看怎样继续。"
    answer = again(request, 507 if full else 503, words)
    answer.headers["Retry-After"] = "5"
    return answer


async def away(request: Request, error: Exception) -> Response:
    """As `unusable`, of a request whose form nobody may have read yet."""
    if request.method == "POST":
        await keeping.read(request, MOST_FIELDS)
    return await run_in_threadpool(unusable, request, error)


def _keeps(handler: Callable[[Request, Exception], Response]) -> Callable[[Request, Exception], Awaitable[Response]]:
    """The handler, after what was typed into a form was kept."""

    async def keep(request: Request, error: Exception) -> Response:
        if request.method == "POST":
            await keeping.keep(request, centre_of(request), most=MOST_FIELDS)
        return await run_in_threadpool(handler, request, error)

    return keep


_REFUSALS: dict[type[Exception], Callable[[Request, Exception], Response]] = {
    LogInFirstError: log_in_first,
    ChangeFirstError: account_first,
    SecondFirstError: account_first,
    ForbiddenError: forbidden,
    StaleError: stale,
    AbsentError: absent,
    HTTPException: nowhere,
    RefusedError: refused,
    SurroundingsError: lacking,
    RequestValidationError: unfit,
    DataError: unfit,
}
HANDLERS: dict[type[Exception], Callable[[Request, Exception], Any]] = {
    **{kind: _keeps(handler) for kind, handler in _REFUSALS.items()},
    **dict.fromkeys((*AWAY, WentBackError), away),
}
