"""The organ's papers by key, as `desk.folds.organ_papers` lists them."""

from __future__ import annotations

from collections.abc import Callable

from desk.printing.document import Document
from desk.printing.organ import decisions, notices
from desk.printing.organ.matter import Matter

_MAKERS: dict[str, Callable[[Matter], Document]] = {
    "supplement": notices.supplement,
    "accepted": notices.accepted,
    "not-accepted": notices.not_accepted,
    "extended": notices.extended,
    "suspended": notices.suspended,
    "decided": decisions.decided,
    "served": decisions.served,
}


def made(key: str, matter: Matter) -> Document:
    """The paper with this key. KeyError: there is none."""
    return _MAKERS[key](matter)
