"""本地调整: what a township says otherwise of items that were devolved to it, handed to the centre for review. Until it
is published nothing of it is in force; a refusal comes back with its reason."""

from __future__ import annotations

import msgspec

from db.desk import record_rows
from desk.counter.session import Session
from desk.counter.township.villages import Village, Villages
from desk.errors import Problem, RefusedError
from desk.folds.township.adjustments import LocalAdjustment
from desk.law.bodies.body import Body
from desk.law.bodies.competence import as_exercised
from desk.law.catalogue import adjusting
from desk.law.catalogue.adjusting import Adjustment
from desk.law.catalogue.item import Item, Limit
from desk.law.item_tables import limits
from desk.log.local_events import Adjusted, subject
from desk.store.entries import Fact

_NOT = "没有报送。"


class AdjustView(msgspec.Struct, frozen=True):
    """An item as it may be adjusted here: `base` is what counts without, `said` what was handed in or is in force,
    `villages` whose counters may take it in."""

    base: Item
    said: Adjustment
    villages: tuple[Village, ...]
    state: str = "none"
    day: str = ""
    reasons: str = ""


class Adjustments:
    """The adjustments of the township whose desk this is; none at any other desk."""

    def __init__(self, session: Session) -> None:
        self._session, self._villages = session, Villages(session)

    def is_ours(self, task_code: str) -> bool:
        """Whether this desk may adjust the item: it is a township's, and the item was devolved to townships. In
        memory."""
        item = self._session.items.get(task_code)
        return self._villages.has_any and item is not None and adjusting.is_devolved(item)

    def view(self, task_code: str) -> AdjustView:
        """How it stands. Raises RefusedError where it is not this desk's."""
        item, body = self._must_be_ours(task_code)
        with self._session.store.read() as db:
            kept = record_rows.record(db, subject(task_code, body.code))
        record = msgspec.json.decode(kept, type=LocalAdjustment) if kept else LocalAdjustment("", "none", "")
        stands = record.published if record.state in ("in_force", "none") else record.proposed
        base = as_exercised(item, body, self._session.day(), is_local=True)
        said = stands.said if stands else Adjustment()
        return AdjustView(base, said, self._villages.all(), record.state, record.day, record.reasons)

    def propose(self, task_code: str, said: Adjustment) -> None:
        """Hand it in with the next sync. Raises RefusedError, with the problems beside their fields."""
        item, body = self._must_be_ours(task_code)
        points = {one.point for one in self._villages.all()}
        if found := adjusting.faults(item, said, points):
            raise RefusedError("；".join(one.text.rstrip("。") for one in found) + "。", _NOT, problems=found)
        with self._session.store.write() as db:
            kept = record_rows.record(db, subject(task_code, body.code))
            record = msgspec.json.decode(kept, type=LocalAdjustment) if kept else None
            if said == _last(record):
                raise RefusedError("与报过的、生效的一样。", _NOT)
            told = Adjusted(task_code, body.code, said, self._session.account.name, item.version)
            self._session.append(db, Fact("local.proposed", subject(task_code, body.code), told))

    def _must_be_ours(self, task_code: str) -> tuple[Item, Body]:
        if not self.is_ours(task_code):
            raise RefusedError("这个事项没有下放给本苏木乡镇，不能调整。", _NOT, "要改内容，请告诉旗里的目录编辑。")
        item = self._session.item(task_code)
        found = self._session.competence(item)
        if found.body is None:
            raise RefusedError(str(found.why or "名录里没有本苏木乡镇的人民政府。"), _NOT, "请旗中心在机构名录里补上。")
        return item, found.body


def _last(record: LocalAdjustment | None) -> Adjustment:
    if record is None:
        return Adjustment()
    said = record.proposed if record.state == "waiting" else record.published
    return said.said if said else Adjustment()


def limit_of(typed: str) -> Limit | None:
    """A promise as it is typed: 15个工作日, 即办; None for nothing. Raises RefusedError for other words."""
    if not typed.strip():
        return None
    limit, notes = limits.read(typed)
    if limit is None or notes:
        told = Problem(adjusting.PROMISE, "承诺时限请写成“15个工作日”“即办”这样。")
        raise RefusedError(told.text, _NOT, problems=(told,))
    return msgspec.structs.replace(limit, note="")
