"""本地调整 as a township's own people ask for it: items that were devolved to their government, a form for each."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request, Response

from desk.centre.drafting import asking_local
from desk.centre.drafting.asking_local import Mine
from desk.centre.node.roles import HANDLE
from desk.centre.run import guard
from desk.centre.web.frame import AbsentError, Asked, Typed, centre_of, go, page, posted, signed_in
from desk.counter.township.adjustments import limit_of
from desk.errors import RefusedError
from desk.law import deadline, item_words
from desk.law.catalogue import adjusting
from desk.law.catalogue.adjusting import NAMES, PROMISE, WORDS, Adjustment

router = APIRouter(include_in_schema=False)
Clerk = Annotated[guard.Visitor, Depends(signed_in(HANDLE))]
Sender = Annotated[guard.Visitor, Depends(posted(HANDLE))]
Ticked = Annotated[list[str], Form()]
_STATES = {"waiting": "已报，等旗里核准", "in_force": "已核准，正在用", "refused": "旗里退回", "none": "照旗里公布的"}
_NOBODY = "本地调整只由苏木乡镇的人员申报；您不是苏木乡镇的。"


@router.get("/local")
def every(request: Request, visitor: Clerk, done: Asked = "") -> Response:
    """What was devolved here, and how each stands."""
    if not visitor.town:
        raise AbsentError(_NOBODY)
    found = [_line(one) for one in asking_local.every(centre_of(request), visitor.town)]
    good = "已报旗里核准。核准以前还照原来的办。" if done else ""
    return page(request, "local_asks.html", visitor=visitor, lines=found, is_good=good)


def _line(mine: Mine) -> dict[str, Any]:
    said = mine.said
    return {
        "code": mine.item.task_code,
        "name": mine.item.item_name,
        "state": mine.record.state,
        "words": _STATES[mine.record.state],
        "day": mine.record.day,
        "reasons": mine.record.reasons,
        "changes": [(NAMES[name], _words(mine, said, name)) for name in said.said()],
    }


def _words(mine: Mine, said: Adjustment, name: str) -> str:
    if name == adjusting.POINTS:
        return "、".join(mine.points.get(one, one) for one in said.proxy_points)
    return _typed(said, name)


def _typed(said: Adjustment, name: str) -> str:
    if name == PROMISE:
        return deadline.words(said.promised_limit) if said.promised_limit else ""
    return str(getattr(said, name))


@router.get("/local/{code}")
def one(request: Request, visitor: Clerk, code: str) -> Response:
    """The form of one."""
    return _form(request, visitor, code)


def _form(
    request: Request,
    visitor: guard.Visitor,
    code: str,
    typed: dict[str, str] | None = None,
    ticked: list[str] | None = None,
    error: RefusedError | None = None,
) -> Response:
    try:
        mine = asking_local.one(centre_of(request), visitor.town, code)
    except RefusedError as refused:
        raise AbsentError(refused.happened) from refused
    said = mine.said
    fields = [(name, words, (typed or {}).get(name, _typed(said, name)), _base(mine, name)) for name, words in _names()]
    return page(
        request,
        "local_ask.html",
        409 if error else 200,
        visitor=visitor,
        line=_line(mine),
        fields=fields,
        points=mine.points,
        ticked=said.proxy_points if ticked is None else ticked,
        problems={one.field: one.text for one in error.problems} if error else {},
        message=error.sentences() if error else "",
        most=adjusting.TEXT_MOST,
    )


def _names() -> list[tuple[str, str]]:
    return [(PROMISE, NAMES[PROMISE]), *WORDS.items()]


def _base(mine: Mine, name: str) -> str:
    """What counts where nothing is said here."""
    return item_words.told(mine.base, name) if name == PROMISE else str(getattr(mine.base, name)) or "没有写"


@router.post("/local/{code}")
def ask(
    request: Request,
    visitor: Sender,
    code: str,
    promised_limit: Typed = "",
    place: Typed = "",
    hours: Typed = "",
    enquiry_phone: Typed = "",
    supervision_phone: Typed = "",
    handling_unit: Typed = "",
    leader: Typed = "",
    points: Ticked = [],  # noqa: B006 - as FastAPI wants it
) -> Response:
    """Hand it in for review; what was typed stays in the form where it is refused."""
    texts = {
        "place": place,
        "hours": hours,
        "enquiry_phone": enquiry_phone,
        "supervision_phone": supervision_phone,
        "handling_unit": handling_unit,
        "leader": leader,
    }
    tidy = {name: text.strip() for name, text in texts.items()}
    try:
        said = Adjustment(limit_of(promised_limit), **tidy, proxy_points=tuple(sorted(points)))
        asking_local.propose(centre_of(request), visitor.account, visitor.name, visitor.town, code, said)
    except RefusedError as error:
        return _form(request, visitor, code, {PROMISE: promised_limit, **texts}, points, error)
    return go("/local?done=asked")
