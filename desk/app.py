"""The desk: one open office, and all that its window can ask for. Methods may wait for the disk unless they say not."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable
from pathlib import Path

import msgspec

from db import rows
from db.files import FolderLock
from desk import case as case_rules
from desk import checks, clock, deadline, events, holidays, id_numbers, intake, lists
from desk.catalogue import load, rules
from desk.catalogue.item import Item, Regime
from desk.catalogue.search import Searcher
from desk.errors import Problem, RefusedError
from desk.store import Fact, Identity, Store, fold_case
from desk.views import (
    Account,
    CaseQuery,
    CaseRow,
    CaseView,
    Draft,
    DraftRow,
    DueView,
    IdFacts,
    ItemRow,
    Office,
    Outcome,
    PaperOut,
    PaperView,
    PersonRow,
    Registered,
    SyncLine,
    SyncProgress,
    SyncResult,
    SyncStatus,
    TodayView,
)

_HISTORY = 50
_RECENT = 8


class Desk:
    """An open desk. Reads may run on any thread; the store lets one writer in at a time."""

    def __init__(self, folder: Path, store: Store, account: Account, lock: FolderLock) -> None:
        self.folder, self.store, self.account, self._lock = folder, store, account, lock
        self._identity = store.identity()
        self._catalogue = load.seed()
        self._items = {item.task_code: item for item in self._catalogue.items}
        self._regimes = {regime.code: regime for regime in self._catalogue.regimes}
        self._holidays = holidays.seed()

    @property
    def identity(self) -> Identity:
        """Who this desk is. In memory."""
        return self._identity

    @property
    def office(self) -> Office:
        """What the window says of this desk. In memory."""
        who = self._identity
        return Office(
            who.point_code,
            who.point_name,
            who.township,
            who.banner,
            who.centre_name,
            who.phone,
            who.node,
            demonstration=who.demonstration,
        )

    def close(self) -> None:
        """Close the database and let the folder go."""
        self.store.rooms.close()
        self._lock.release()

    def today_date(self) -> dt.date:
        """Today in Beijing. In memory."""
        return self.store.tell().astimezone(clock.BEIJING).date()

    def _seen(self, acked: int) -> lists.Seen:
        return lists.Seen(self._identity.node, acked, self.today_date(), self._holidays)

    # -- the catalogue: in memory, instant ----------------------------------------------------------------------

    def items(self, text: str = "") -> tuple[ItemRow, ...]:
        """Items that answer `text`; those that take no case today come last, with the reason."""
        today = self.today_date()
        listed = self._searcher.search(text) if text else self._catalogue.items
        found = [ItemRow(item, rules.in_force(item, today)) for item in listed]
        return tuple(sorted(found, key=lambda row: bool(row.refusal)))

    @functools.cached_property
    def _searcher(self) -> Searcher:
        return Searcher(self._catalogue)

    def warm(self) -> None:
        """Load what the first search, paper and sync would have to wait for. For a quiet moment."""
        self._searcher.search("a")
        from desk import paperwork  # noqa: F401 - loaded for later
        from desk.sync import client  # noqa: F401 - loaded for later

    def item(self, task_code: str) -> Item | None:
        """The item with this code."""
        return self._items.get(task_code)

    def regime(self, item: Item) -> Regime:
        """The clocks of `item`."""
        return self._regimes[item.regime]

    def promise(self, task_code: str) -> DueView:
        """The day that a case taken in now is promised for."""
        item = self._items[task_code]
        due = deadline.service_clock(item, self.today_date(), self._holidays)
        return self._due("服务承诺", due, "该事项没有承诺时限。")

    def id_facts(self, id_type: str, number: str) -> IdFacts | Problem:
        """What an identity number tells, or what is wrong with it."""
        return id_numbers.facts(id_type, number, self.today_date())

    def check(self, draft: Draft) -> tuple[Problem, ...]:
        """Everything wrong with a draft."""
        return checks.check(draft, self._items.get(draft.task_code), self.today_date())

    def _due(self, name: str, due: deadline.Due | None, without: str) -> DueView:
        if due is None:
            return DueView(name, None, without)
        left = deadline.remaining(due.on, self.today_date(), self._holidays)
        far = f"还剩 {left} 个工作日" if left > 0 else "今天到期" if left == 0 else f"已超 {-left} 个工作日"
        said = f"{deadline.shown(due.on)}，{far}" + ("（暂定）" if due.provisional else "")
        warn = deadline.warning(due.on, self.today_date(), self._holidays)
        return DueView(name, due.on, said, warn, due.provisional, due.lines)

    # -- people ------------------------------------------------------------------------------------------------

    def search_people(self, text: str, limit: int = 20) -> tuple[PersonRow, ...]:
        """People by name, pinyin, initials, tail of a number."""
        with self.store.read() as db:
            return lists.people(db, text, limit, self.today_date())

    def person(self, person_id: str) -> events.Person:
        """A person in full, to fill a form."""
        with self.store.read() as db:
            return lists.person(db, person_id)

    def recent_items(self, limit: int = _RECENT) -> tuple[str, ...]:
        """Codes of the items used most of late."""
        with self.store.read() as db:
            return lists.recent_items(db, limit)

    # -- drafts and registration -------------------------------------------------------------------------------

    def save_draft(self, draft: Draft) -> None:
        """Keep the register page as it stands."""
        saved = clock.stamp(self.store.tell())
        with self.store.write() as db:
            rows.put_draft(db, {"id": draft.id, "saved": saved, "body": msgspec.json.encode(draft)})

    def drafts(self) -> tuple[DraftRow, ...]:
        """Drafts, newest first."""
        with self.store.read() as db:
            return lists.drafts(db)

    def drop_draft(self, draft_id: str) -> None:
        """Forget a draft."""
        with self.store.write() as db:
            rows.drop_draft(db, draft_id)

    def register(self, draft: Draft) -> Registered:
        """Take a case in; durable when it returns. Raises RefusedError with the problems beside their fields."""
        counter = intake.Counter(self.store, self._identity, self.account, self._catalogue, self._holidays)
        try:
            return intake.register(counter, draft, self._items.get(draft.task_code))
        except RefusedError:
            self.save_draft(draft)
            raise

    # -- cases -------------------------------------------------------------------------------------------------

    def cases(self, query: CaseQuery, offset: int = 0, limit: int = 100) -> tuple[CaseRow, ...]:
        """A page of the list."""
        with self.store.read() as db:
            return lists.case_page(db, query, offset, limit, self._seen(self.store.acked(db)))

    def count_cases(self, query: CaseQuery) -> int:
        """How long the list is."""
        with self.store.read() as db:
            return lists.case_count(db, query)

    def case(self, number: str) -> CaseView:
        """One case by intake number or case number. Raises RefusedError when there is none."""
        with self.store.read() as db:
            try:
                row = lists.one_case(db, number, self._seen(self.store.acked(db)))
            except LookupError as error:
                raise RefusedError(f"没有找到编号为 {number} 的办件。", "", "请核对收件号或办件编号。") from error
            case = fold_case(db, row.intake_no)
            papers = rows.rows(db, "SELECT * FROM paper WHERE subject = ? ORDER BY made_at", [row.intake_no])
        if case is None:
            raise RefusedError(f"办件 {number} 的记录不完整。")
        person = case.collected.applicant
        return CaseView(
            case=case,
            row=row,
            id_masked=id_numbers.masked(person.id_number),
            phone_masked=id_numbers.masked_phone(person.phone),
            clocks=self._clocks(case),
            papers=tuple(PaperView(one["sha256"], one["paper"], one["title"], one["made_at"]) for one in papers),
            may=case_rules.allowed(case.state, case_rules.Side.DESK),
        )

    def _clocks(self, case: case_rules.Case) -> tuple[DueView, ...]:
        item = self._items.get(case.collected.item.task_code)
        if item is None:
            return ()
        collected_on = clock.day(case.collected_at)
        service = deadline.service_clock(item, collected_on, self._holidays)
        arrived = clock.day(case.arrived_at) if case.arrived_at else None
        accepted = clock.day(case.accepted_at) if case.accepted_at else None
        legal = deadline.legal_clocks(self.regime(item), item.statutory_limit, arrived, accepted, self._holidays)
        return (
            self._due("服务承诺（自代办点收件起）", service, "该事项没有承诺时限。"),
            *(self._due(one.name, one.due, one.words) for one in legal),
        )

    def act(self, intake_no: str, kind: str, reasons: str) -> None:
        """A move that the point may make. Raises RefusedError when it may not, or when a reason is wanted."""
        if kind in ("case.voided", "case.withdrawn") and not reasons.strip():
            raise RefusedError("请写明原因。", "办件没有改动。")
        with self.store.write() as db:
            case = fold_case(db, intake_no)
            if case is None or kind not in case_rules.allowed(case.state, case_rules.Side.DESK):
                raise RefusedError("这件办件现在不能这样做，状态可能刚刚变了。", "办件没有改动。", "请刷新后再看。")
            decision = events.Decision(self.account.name, self._identity.point_name, reasons.strip())
            self.store.append(db, self._identity.node, self.account.account, [Fact(kind, intake_no, decision)])

    # -- papers ------------------------------------------------------------------------------------------------

    def receipt(self, intake_no: str, paper: str = "A5") -> PaperOut:
        """代办收件回执, kept bytes when it was made before."""
        from desk import paperwork

        with self.store.read() as db:
            case = fold_case(db, intake_no)
        item = self._items.get(case.collected.item.task_code) if case else None
        return paperwork.make_receipt(self.store, self._identity, self.account, item, intake_no, paper)

    def guide(self, task_code: str) -> PaperOut:
        """服务指南 of an item."""
        from desk import paperwork

        item = self._items[task_code]
        return paperwork.make_guide(self._identity, self._catalogue, item, self.regime(item))

    def kept_paper(self, sha256: str) -> PaperOut:
        """A paper as it was made."""
        from desk import paperwork

        return paperwork.kept_paper(self.store, sha256)

    # -- today and sync ----------------------------------------------------------------------------------------

    def today(self) -> TodayView:
        """What needs the agent now."""
        with self.store.read() as db:
            seen = self._seen(self.store.acked(db))
            count, oldest = rows.waiting(db, seen.node, seen.acked)
            yellow, red = lists.near_due(db, seen)
            states = lists.count_states(db)
            recent = lists.case_page(db, CaseQuery(), 0, _RECENT, seen)
            return TodayView(
                collected_today=lists.collected_on(db, seen.today),
                waiting_sync=count,
                waiting_since=oldest,
                drafts=len(lists.drafts(db)),
                yellow=yellow,
                red=red,
                supplements=states.get(case_rules.State.SUPPLEMENT_ASKED, 0),
                to_hand_over=states.get(case_rules.State.AT_POINT, 0) + states.get(case_rules.State.RETURNING, 0),
                recent=recent,
            )

    def sync_status(self) -> SyncStatus:
        """What waits, since when, and how the last syncs went."""
        with self.store.read() as db:
            count, oldest = rows.waiting(db, self._identity.node, self.store.acked(db))
            lines = rows.rows(db, "SELECT * FROM sync_line ORDER BY number DESC LIMIT ?", [_HISTORY])
        history = tuple(
            SyncLine(row["time"], Outcome(row["outcome"]), row["sent"], row["received"], row["text"]) for row in lines
        )
        last_ok = next((line.time for line in history if line.outcome is Outcome.DONE), "")
        who = self._identity
        return SyncStatus(
            enrolled=True,
            centre_name=who.centre_name,
            address=who.address,
            waiting=count,
            waiting_since=oldest,
            last_ok=last_ok,
            history=history,
        )

    def sync(self, report: Callable[[SyncProgress], None], cancelled: Callable[[], bool]) -> SyncResult:
        """Send what waits and take in what the centre has for us. Network trouble is a result, not an exception."""
        from desk.sync import client

        result = client.sync(self.store, self._identity, self.folder, report, cancelled)
        row = {
            "time": clock.stamp(self.store.tell()),
            "outcome": result.outcome.value,
            "sent": result.sent,
            "received": result.received,
            "text": result.happened,
        }
        with self.store.write() as db:
            db.table("sync_line").insert(row)
        return result

    def set_centre_address(self, address: str) -> None:
        """Where the centre is to be found from now on; its key stays the one it was enrolled with."""
        self._identity = msgspec.structs.replace(self._identity, address=address.strip())
        self.store.set_identity(self._identity)
