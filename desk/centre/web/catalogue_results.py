"""Which items' results are listed for everybody: an editor's page, each change with its reason."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response

from desk import clock
from desk.centre.node.centre_node import Centre
from desk.centre.node.roles import EDIT
from desk.centre.run import guard
from desk.centre.watch import shown_results
from desk.centre.web.frame import AbsentError, Asked, Typed, centre_of, go, page, posted, signed_in
from desk.log import events
from desk.log.centre_events import ResultsShown

router = APIRouter(include_in_schema=False)
Reader = Annotated[guard.Visitor, Depends(signed_in(EDIT))]
Editor = Annotated[guard.Visitor, Depends(posted(EDIT))]
_CHANGES = 30  # that are listed


@router.get("/catalogue/results")
def shown(request: Request, visitor: Reader, text: Asked = "", off: Asked = "") -> Response:
    """Every item, and whether its results are listed."""
    centre = centre_of(request)
    names = _names(centre)
    with centre.database.read() as db:
        said = shown_results.switched(db)
    every = [
        {"code": code, "name": name, "shown": shown_results.is_shown(said, code, name), "said": code in said}
        for code, name in sorted(names.items(), key=lambda one: one[1])
    ]
    wanted = text.strip()
    lines = [one for one in every if (not wanted or wanted in str(one["name"])) and not (off and one["shown"])]
    facts: dict[str, Any] = {"lines": lines, "shown": sum(bool(one["shown"]) for one in lines), "text": wanted}
    return page(
        request, "catalogue_results.html", visitor=visitor, off=bool(off), changes=_changes(centre, names), **facts
    )


def _names(centre: Centre) -> dict[str, str]:
    with centre.database.read() as db:
        centre.publications.refresh(centre.node, db)
    return {code: one.item_name for code, one in centre.publications.items.items()}


def _changes(centre: Centre, names: dict[str, str]) -> list[dict[str, Any]]:
    with centre.database.read() as db:
        said = shown_results.switched(db)
        about = centre.about(db, [f"results:{code}" for code in said])
    made = []
    for entry in sorted((one for each in about.values() for one in each), key=lambda one: one.seq, reverse=True):
        data = events.decode(entry.kind, entry.data)
        if isinstance(data, ResultsShown) and entry.node == centre.node:
            code = entry.subject.partition(":")[2]
            told = {"name": names.get(code, code), "shown": data.shown, "reasons": data.reasons}
            made.append({**told, "time": clock.minute(entry.time), "by": entry.author})
    return made[:_CHANGES]


@router.post("/catalogue/results")
def switch(request: Request, visitor: Editor, subject: Typed = "", shown: Typed = "", reasons: Typed = "") -> Response:
    """List the results of one item from now on, or no more."""
    centre = centre_of(request)
    name = _names(centre).get(subject)
    if name is None:
        raise AbsentError("目录里没有这个事项。")
    shown_results.switch(centre, visitor.account, subject, name, reasons, shown=bool(shown))
    return go("/catalogue/results")
