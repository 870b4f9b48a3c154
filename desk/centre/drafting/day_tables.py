"""A table of holidays that an editor brings: it waits until another editor has held it against its document.

It binds every limit that is counted in working days, like legal clocks (`regimes`): nobody publishes it alone.
"""

from __future__ import annotations

import msgspec
import sqlalchemy as sa

from db.centre import rows
from desk.centre.node import publishing
from desk.centre.node.centre_node import Centre
from desk.errors import RefusedError
from desk.law.catalogue import changes
from desk.law.holidays import HolidayTable

_KEPT, _NOT = "holidays.proposed", "没有改动。"


class Proposed(msgspec.Struct, frozen=True):
    """What waits: whose, since when; the version of the table that stood `before`. No table: nothing waits."""

    account: str = ""
    at: str = ""
    before: str = ""
    table: HolidayTable | None = None


def waiting(db: sa.Connection) -> Proposed:
    """What waits."""
    kept = rows.value(db, _KEPT)
    return msgspec.json.decode(kept, type=Proposed) if kept else Proposed()


def propose(centre: Centre, account: str, table: HolidayTable) -> None:
    """Let it wait, in place of what `account` let wait before. Raises RefusedError where it is what stands, and where
    somebody else's waits."""
    with centre.database.write() as db:
        centre.publications.refresh(centre.node, db)
        stands, before = centre.publications.holidays, waiting(db)
        if not changes.compare_days(stands, table).any() and stands == table:
            raise RefusedError("与现用的没有不同。", "没有送核对。")
        if before.table is not None and before.account != account:
            raise RefusedError("别人送来的节假日表还在等核对。", _NOT, "请先在审定页核对或退回。")
        told = Proposed(account, centre.now(), stands.version, table)
        rows.set_value(db, _KEPT, msgspec.json.encode(told).decode())


def confirm(centre: Centre, account: str, seen: str) -> HolidayTable:
    """Publish what waits since `seen`. Raises RefusedError: nobody confirms the own one, nor one beside which another
    was published."""
    with centre.database.write() as db:
        centre.publications.refresh(centre.node, db)
        told = waiting(db)
        if told.table is None or told.at != seen:
            raise RefusedError("等核对的节假日表刚刚变了，或已经发布。", _NOT, "请看过现在的再核对。")
        if told.account == account:
            raise RefusedError("送来的人自己不能核对。", _NOT, "请另一位目录编辑登录后核对。")
        if told.before != centre.publications.holidays.version:
            raise RefusedError("送来之后又发布了别的节假日表。", _NOT, "请退回，照现用的重新送来。")
        publishing.holidays_in(centre, db, account, told.table, told.account)
        rows.set_value(db, _KEPT, "")
    return told.table


def drop(centre: Centre) -> None:
    """Send what waits back: it is forgotten."""
    with centre.database.write() as db:
        rows.set_value(db, _KEPT, "")
