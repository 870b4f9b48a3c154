"""本地调整: what townships say otherwise of what was devolved to them; an editor puts it in force or sends it back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response

from desk.centre.drafting import adjusting
from desk.centre.drafting.adjusting import Asked as Wanted
from desk.centre.node.centre_node import Centre
from desk.centre.node.roles import EDIT
from desk.centre.run import guard
from desk.centre.web.frame import Asked, Seen, Typed, centre_of, go, page, posted, signed_in
from desk.errors import RefusedError
from desk.law import deadline, item_words
from desk.law.bodies.competence import as_exercised
from desk.law.catalogue import adjusting as rule
from desk.law.catalogue.item import Item

router = APIRouter(include_in_schema=False)
Reader = Annotated[guard.Visitor, Depends(signed_in(EDIT))]
Editor = Annotated[guard.Visitor, Depends(posted(EDIT))]
_PAGE = "/catalogue/local"
_DONE = {
    "published": "已核准，下发到各代办点；群众网页现在照它。",
    "refused": "已退回，原因下发到那个苏木乡镇。",
    "back": "已恢复旗里公布的内容，下发到各代办点。",
}


@router.get("/catalogue/local")
def local(request: Request, visitor: Reader, done: Asked = "") -> Response:
    """What waits to be reviewed, and what is in force."""
    return _drawn(request, visitor, is_good=_DONE.get(done, ""))


def _drawn(
    request: Request, visitor: guard.Visitor, *, message: str = "", is_good: str = "", status: int = 200
) -> Response:
    centre = centre_of(request)
    found = [_line(centre, one) for one in adjusting.every(centre)]
    return page(
        request,
        "catalogue_local.html",
        status,
        visitor=visitor,
        message=message,
        is_good=is_good,
        waiting=[one for one in found if one["waits"]],
        standing=[one for one in found if not one["waits"]],
    )


def _line(centre: Centre, one: Wanted) -> dict[str, Any]:
    said = one.said
    assert said is not None  # noqa: S101 - `every` lists no other
    own = as_exercised(one.item, one.body, centre.today(), is_local=True)
    return {
        "subject": one.record.id,
        "node": one.record.node,
        "seq": one.record.seq,
        "waits": one.record.state == "waiting",
        "item": one.item.item_name,
        "code": one.item.task_code,
        "body": one.body.name,
        "officer": said.officer,
        "day": one.record.day,
        "faults": one.faults,
        "changes": [(rule.NAMES[name], _base(own, name), _words(centre, said.said, name)) for name in said.said.said()],
        "back": not said.said.said(),
    }


def _base(item: Item, name: str) -> str:
    """What stands without the adjustment."""
    if name == rule.PROMISE:
        return item_words.told(item, name)
    return "全部代办点" if name == rule.POINTS else str(getattr(item, name)) or "—"


def _words(centre: Centre, said: rule.Adjustment, name: str) -> str:
    if name == rule.PROMISE and said.promised_limit is not None:
        return deadline.words(said.promised_limit)
    if name == rule.POINTS:
        bodies = {one.division: one.name for one in centre.publications.bodies}
        return "、".join(bodies.get(point, point) for point in said.proxy_points)
    return str(getattr(said, name))


@router.post("/catalogue/local/publish")
def publish(request: Request, visitor: Editor, subject: Typed = "", node: Typed = "", seq: Seen = 0) -> Response:
    """Put it in force."""
    return _done(request, visitor, "published", lambda centre: adjusting.publish(
        centre, visitor.account, visitor.name, subject, node, seq
    ))  # fmt: skip


@router.post("/catalogue/local/refuse")
def refuse(
    request: Request, visitor: Editor, subject: Typed = "", node: Typed = "", seq: Seen = 0, reasons: Typed = ""
) -> Response:
    """Send it back with the reason."""
    return _done(request, visitor, "refused", lambda centre: adjusting.refuse(
        centre, visitor.account, subject, node, seq, reasons
    ))  # fmt: skip


@router.post("/catalogue/local/back")
def back(request: Request, visitor: Editor, subject: Typed = "") -> Response:
    """What the banner published counts again there."""
    return _done(request, visitor, "back", lambda centre: adjusting.take_back(
        centre, visitor.account, visitor.name, subject
    ))  # fmt: skip


def _done(request: Request, visitor: guard.Visitor, what: str, act: Callable[[Centre], None]) -> Response:
    try:
        act(centre_of(request))
    except RefusedError as error:
        return _drawn(request, visitor, message=error.sentences(), status=409)
    return go(f"{_PAGE}?done={what}")
