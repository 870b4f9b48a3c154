"""Legal clocks that an editor's file brings: they wait until another editor has held them against the law.

They are law and no text of the office's, so there is no draft to judge; but nobody publishes them alone.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
import sqlalchemy as sa

from db.centre import rows
from desk.centre.node import publishing
from desk.centre.node.centre_node import Centre
from desk.errors import RefusedError
from desk.law.catalogue.item import Catalogue, Regime

_KEPT, _NOT = "regimes.proposed", "没有改动。"


class Proposed(msgspec.Struct, frozen=True):
    """What waits: whose, out of which file, since when."""

    account: str = ""
    file: str = ""
    at: str = ""
    regimes: tuple[Regime, ...] = ()


def waiting(db: sa.Connection) -> Proposed:
    """What waits; no regimes where nothing does."""
    kept = rows.value(db, _KEPT)
    return msgspec.json.decode(kept, type=Proposed) if kept else Proposed()


def propose(centre: Centre, account: str, file: str, regimes: Iterable[Regime]) -> int:
    """Let those that are new or another wait, in place of what `account` let wait before; how many. Raises RefusedError
    where somebody else's wait."""
    with centre.database.write() as db:
        centre.publications.refresh(centre.node, db)
        stands = centre.publications.regimes
        fresh = tuple(one for one in regimes if stands.get(one.code) != one)
        if not fresh:
            return 0
        before = waiting(db)
        if before.regimes and before.account != account:
            raise RefusedError("别人送来的时限规则还在等核对。", _NOT, "请先在审定页核对或退回。")
        told = Proposed(account, file, centre.now(), fresh)
        rows.set_value(db, _KEPT, msgspec.json.encode(told).decode())
    return len(fresh)


def confirm(centre: Centre, account: str, seen: str) -> int:
    """Publish what waits since `seen`; how many. Raises RefusedError: nobody confirms the own ones."""
    with centre.database.write() as db:
        told = waiting(db)
        if not told.regimes or told.at != seen:
            raise RefusedError("等核对的时限规则刚刚变了，或已经发布。", _NOT, "请看过现在的再核对。")
        if told.account == account:
            raise RefusedError("送来的人自己不能核对。", _NOT, "请另一位目录编辑登录后核对。")
        named = centre.publications.version or centre.today().isoformat()
        whole = Catalogue(named, centre.name, centre.today(), told.regimes, ())
        count = publishing.catalogue_in(centre, db, account, whole, proposed_by=told.account)
        rows.set_value(db, _KEPT, "")
    return count


def drop(centre: Centre) -> int:
    """Send what waits back: it is forgotten; how many."""
    with centre.database.write() as db:
        count = len(waiting(db).regimes)
        rows.set_value(db, _KEPT, "")
    return count
