"""A decision is made from the page that showed it: what that page showed carries a mark, and the move that decides has
to bring it back. The mark is of this session, this case as it was seen, and every word of the decision; once anything
moved the case it is worth nothing, so it is used once."""

from __future__ import annotations

import hashlib

import msgspec

from desk.centre.node.centre_node import Centre
from desk.centre.run import guard
from desk.errors import RefusedError
from desk.folds.case import Case
from desk.folds.case_acts import Said
from desk.folds.office.roster.turns import DECISIONS
from desk.log.events import Data

WORDS = {"grant": "准予", "refuse": "不予"}  # the address of a decision, and its word


def mark(centre: Centre, visitor: guard.Visitor, subject: str, kind: str, seen: int, told: msgspec.Struct) -> str:
    """The mark of the page that showed `visitor` this decision: 32 hexadecimal digits, made with the centre's own
    key."""
    words = msgspec.json.encode(told).replace(b"\\r\\n", b"\\n")  # a browser may send either
    shown = msgspec.json.encode([visitor.account, visitor.csrf, subject, kind, seen, words.decode()])
    return centre.database.box.index(f"decision {hashlib.sha256(shown).hexdigest()}")


def must_be_shown(
    centre: Centre, visitor: guard.Visitor, case: Case, seen: int, told: Said, given: str, move: tuple[str, Data]
) -> None:
    """Raises RefusedError for a `move` (its kind, and what it says) that decides and that no page showed so to this
    visitor; what could not be decided at all is told first. Any other move may be made at once."""
    kind, data = move
    if kind not in DECISIONS or given == mark(centre, visitor, case.intake_no, kind, seen, told):
        return
    with centre.database.read() as db:
        centre.judge().must_allow_move(db, visitor.account, case, kind, data)
    todo = "请在办件页上选准予或不予，看清确认页上的各项，再按“确认”。"
    raise RefusedError("决定要先在确认页上看清再作出。", "没有决定。", todo)
