"""The sample catalogue on the editor's page: offered where nothing is published, taken and left with one step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from desk.centre.drafting import sample
from desk.centre.node.centre_node import Centre
from desk.centre.node.roles import EDIT
from desk.centre.run import guard
from desk.centre.web import catalogue
from desk.centre.web.frame import centre_of, posted
from desk.errors import RefusedError

router = APIRouter(include_in_schema=False)
Editor = Annotated[guard.Visitor, Depends(posted(EDIT))]


@router.post("/catalogue/sample/take")
def take(request: Request, visitor: Editor) -> Response:
    """Its items stand from now on, marked."""
    return _done(request, visitor, sample.take, "已用上示例目录 {} 项，网页、指南和代办点处处标着“示例”。")


@router.post("/catalogue/sample/leave")
def leave(request: Request, visitor: Editor) -> Response:
    """Its items take no more cases."""
    words = "已去掉示例目录 {} 项，各代办点下次同步后不再收；已收的办件照常办完。要用时可以再用上。"
    return _done(request, visitor, sample.leave, words)


def _done(request: Request, visitor: guard.Visitor, act: Callable[[Centre, str], int], words: str) -> Response:
    """Take the step and tell it in `words`, with the number of items."""
    try:
        count = act(centre_of(request), visitor.account)
    except RefusedError as error:
        return catalogue.drawn(request, visitor, message=error.sentences(), status=409)
    return catalogue.drawn(request, visitor, is_good=words.format(count))
