"""The words of a form on their way: kept when the form is refused or its session is over, given back into the page when
it is opened again, forgotten when they are done. Works for every form of the staff, and without script."""

from __future__ import annotations

import asyncio
import contextlib
import re
from typing import Any
from urllib.parse import urlsplit

from fastapi import Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.templating import Jinja2Templates
from sqlalchemy.exc import SQLAlchemyError
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from desk import doors
from desk.centre.node.centre_node import Centre
from desk.centre.run import guard, kept
from desk.centre.web import filling

# An item's form has lists of any length and brings two people's words together itself: it is opened as it was typed.
_LISTS = re.compile(r"(/catalogue/drafts/[^/]+)(/rows|/preview)?")
_SECONDS = 10.0  # that the beginning of a form that is too large is waited for
_MAIN = '<main id="main">'


def typed(request: Request, form: FormData) -> None:
    """These are the fields of the form that is being asked for."""
    request.state.typed = tuple((name, value) for name, value in form.multi_items() if isinstance(value, str))


def fields_of(request: Request) -> tuple[tuple[str, str], ...]:
    """The fields of the form, as far as they were read; none that a person must not see again."""
    found: tuple[tuple[str, str], ...] = getattr(request.state, "typed", ())
    return found if kept.is_kept(request.url.path) else ()


async def read(request: Request, most: int) -> None:
    """Know the fields of the form that this request posts, also where it was refused before anybody read it."""
    if not hasattr(request.state, "typed"):
        with contextlib.suppress(ClientDisconnect, HTTPException, RuntimeError):
            typed(request, await request.form(max_fields=most))


async def keep(request: Request, centre: Centre, most: int, *, sent: bool = True) -> None:
    """Keep what was typed into the form that this request posts, where it is one of the staff's; `sent`: to be done."""
    await read(request, most)
    fields = fields_of(request)
    token = next((value for name, value in fields if name == "csrf"), "")
    page = _page(request)
    with contextlib.suppress(SQLAlchemyError):  # the refusal itself is told
        if await run_in_threadpool(kept.keep, centre, token, request.url.path, page, fields, sent=sent):
            request.state.kept_page = page


def _page(request: Request) -> str:
    """The page that the form stood on; the list of what is kept where the browser does not say."""
    told = urlsplit(request.headers.get("referer", ""))
    path = f"{told.path}?{told.query}" if told.query else told.path
    return path if is_ours(path) else "/kept"


def is_ours(address: str) -> bool:
    """Whether an address is a path of this centre, and leads nowhere else."""
    return address.startswith("/") and not address.startswith(("//", "/\\"))


async def keep_cut(request: Request, centre: Centre) -> None:
    """Keep the words of a form whose file is too large to be let in: those that stand before it, within the first
    piece that a form without a file may have."""
    said = request.headers.get("content-type", "")
    boundary = said.partition("boundary=")[2].strip('"').encode("latin-1", "replace")
    if not said.startswith("multipart/form-data") or not boundary:
        return
    begun = bytearray()
    with contextlib.suppress(ClientDisconnect, TimeoutError):
        async with asyncio.timeout(_SECONDS):
            async for piece in request.stream():
                begun += piece
                if len(begun) > doors.FORM.most:
                    break
    request.state.typed = _parts(bytes(begun), b"--" + boundary)
    await keep(request, centre, 0)


def _parts(data: bytes, mark: bytes) -> tuple[tuple[str, str], ...]:
    """The fields of a form in parts that came whole; none of a file."""
    found = []
    for part in data.split(mark)[1:-1]:
        head, _, value = part.partition(b"\r\n\r\n")
        name = re.search(rb';\s*name="([^"]*)"', head)
        if name and b"filename" not in head:
            found.append((name[1].decode("utf-8", "replace"), value.removesuffix(b"\r\n").decode("utf-8", "replace")))
    return tuple(found)


def back(request: Request) -> str:
    """The address of the page to which the words come back that were kept just now; "" for none."""
    return str(getattr(request.state, "kept_page", ""))


def only_shown(request: Request) -> None:
    """The form led to the page that confirms it, and nothing is done yet: its words are kept as those of a refusal."""
    request.state.only_shown = True


def ends(request: Request, action: str) -> None:
    """What this form confirms was typed into the form with this action: when it is done, so is that one."""
    request.state.ends = action


async def over(request: Request, centre: Centre, most: int) -> None:
    """The form was answered without a refusal."""
    if getattr(request.state, "only_shown", False):
        await keep(request, centre, most, sent=False)
    else:
        await run_in_threadpool(_done, request, centre)


def _done(request: Request, centre: Centre) -> None:
    """The form did what it was for: its words are not wanted any more."""
    account = getattr(request.state, "account", "")
    fields = fields_of(request)
    if not (account and fields):
        return
    for action in filter(None, (request.url.path, getattr(request.state, "ends", ""))):
        kept.drop(centre, account, action, kept.which(action, fields))


def given_back(request: Request, answer: Response, visitor: guard.Visitor) -> Response:
    """A page with the visitor's own words in its forms, and a note that says so."""
    if request.headers.get("hx-request"):
        return answer
    centre: Centre = request.app.state.centre
    path = request.url.path
    found = [one for one in kept.of(centre, visitor.account) if request.method == "GET" or one.action != path]
    if not found:
        return answer
    lists = [one for one in found if _LISTS.fullmatch(one.action)]
    text = bytes(answer.body).decode()
    filled = filling.filled(text, [one for one in found if one not in lists])
    told = [_told(one.form, one.left, one.over) for one in filled.done]
    there = {one.form for one in filled.done}
    homeless = [one for one in found if one not in there and urlsplit(one.page).path == path != "/kept"]
    told += [
        _told(one, filling.words_of(one), (), lost=one not in lists) for one in homeless if request.method == "GET"
    ]
    if not told:
        return answer
    templates: Jinja2Templates = request.app.state.templates
    note = templates.get_template("kept_told.html").render(told=told, csrf=visitor.csrf)
    body = filled.page.replace(_MAIN, _MAIN + note, 1).encode()
    answer.body = body
    answer.headers["content-length"] = str(len(body))
    return answer


def _told(
    one: kept.Form, left: tuple[str, ...], over: tuple[tuple[str, str], ...], *, lost: bool = False
) -> dict[str, Any]:
    lists = _LISTS.fullmatch(one.action)
    return {
        "form": one,
        "left": left,
        "over": over,
        "lost": lost,
        "again": f"{lists[1]}/rows" if lists else "",
        "fields": [(name, value) for name, value in one.fields if name != "do"] if lists else (),
    }
