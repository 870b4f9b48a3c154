"""The desk: one open office, and all that its window can ask for. Methods may wait for the disk unless they say not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from db import vault
from db.desk import case_rows, local_rows
from db.errors import WrongPasswordError
from db.files import FolderLock
from desk.app.rooms import Rooms
from desk.counter import today
from desk.counter.office import sync_status
from desk.counter.office.accounts import must_be_own
from desk.counter.office.agents import Agents
from desk.counter.office.backup_notes import Why as BackupFor
from desk.counter.office.backups import Backups
from desk.counter.office.keyring import guesses
from desk.counter.office.office_settings import OfficeBook
from desk.counter.office.unprinted import UnprintedBook
from desk.counter.session import Session
from desk.counter.township.lodgings import Lodgings
from desk.counter.township.villages import Villages
from desk.counter.visits import Visits
from desk.errors import Problem
from desk.law import holidays
from desk.law.bodies.competence import Competence, Why
from desk.law.catalogue import load
from desk.law.catalogue.item import Catalogue, Item
from desk.store import lists
from desk.store.account import Account
from desk.store.identity import Identity
from desk.store.snapshots import (
    CaseQuery,
    CaseRow,
    CaseView,
    Draft,
    DraftRow,
    DueView,
    ItemRow,
    Office,
    Registered,
    TodayView,
)
from desk.store.store import Store
from desk.store.troubles import in_words
from desk.sync.outcome import Carried, SyncProgress, SyncResult, SyncStatus, WaitingLine

if TYPE_CHECKING:
    from desk.law.catalogue.search import Searcher
    from desk.law.conditions import Answer
    from desk.law.id_numbers import IdFacts

_RECENT = 8


class Desk(Rooms):
    """An open desk. Reads may run on any thread; the store lets one writer in at a time.

    Each group of use cases has its own room: people, visits, trips, rolls, figures, papers, files, agents ... What a
    start does not need is loaded when it is first asked for, or where a case begins (`warm`).
    """

    def __init__(
        self, folder: Path, store: Store, account: Account, lock: FolderLock, cost: vault.Cost | None = None
    ) -> None:
        super().__init__(Session(store, account, load.seed(), holidays.seed()), folder)
        self.store, self._lock, self._cost = store, lock, cost
        self.visits = Visits(self.session)
        self.villages = Villages(self.session)
        self.lodgings = Lodgings(self.session, self.villages)
        self.office_book = OfficeBook(self.session)
        self.unprinted = UnprintedBook(self.session)
        self.backups = Backups(self.session, folder)
        self.agents = Agents(self.session, folder, cost)
        self._searched: tuple[Catalogue, Searcher] | None = None
        self._listed: tuple[Catalogue, dt.date, dict[str, ItemRow]] | None = None

    @property
    def identity(self) -> Identity:
        """Who this desk is. In memory."""
        return self.session.identity

    @property
    def account(self) -> Account:
        """Who is at the desk. In memory."""
        return self.session.account

    @property
    def office(self) -> Office:
        """What the window says of this desk. In memory."""
        who = self.identity
        return Office(
            who.point_code,
            who.point_name,
            who.township,
            who.banner,
            who.centre_name,
            who.phone,
            who.node,
            demonstration=who.demonstration,
            practice=who.practice,
            enrolled=who.enrolled,
        )

    # -- whoever is at it ---------------------------------------------------------------------------------------

    def admit(self, account: str, password: str, fresh: str = "") -> Account:
        """Who comes in by this password while the desk is open; `fresh` as for opening it. Raises RefusedError,
        FirstPasswordError."""
        with in_words():
            kept = vault.read(self.folder) or vault.Vault(())
            with guesses.counted(self.folder, account, self.store.tell):
                if vault.unlock(kept, account, password) != self.store.rooms.key or not self.agents.is_here(account):
                    raise WrongPasswordError(account)  # the file is another desk's by now, or an old one
        slot = next(slot for slot in kept.slots if slot.account == account)
        who = Account(account, slot.name)
        if slot.given:
            must_be_own(fresh, password)
            self.for_agent(who).agents.take_own(fresh)
        else:
            self.for_agent(who).agents.renew_slot(password)
        return who

    def for_agent(self, account: Account) -> Desk:
        """The same open desk for another agent: what is done there is done in that name. Closing one closes both."""
        other = Desk(self.folder, self.store, account, self._lock, self._cost)
        other.session.line = self.session.line  # one sync at a time, whoever asks
        other.__dict__["hall"] = self.hall  # one machine is one window
        return other

    def catch_up(self) -> None:
        """Somebody else worked meanwhile: the name, keys and catalogue may be others."""
        self.session.adopt(self.store.identity())
        self.session.refresh()

    def close(self) -> None:
        """Close the database and let the folder go."""
        if "hall" in self.__dict__:
            self.hall.stop()
        self.store.rooms.close()
        self._lock.release()

    def today_date(self) -> dt.date:
        """Today in Beijing by this machine's clock. In memory."""
        return self.session.today()

    def day(self) -> dt.date:
        """Today as the centre corrected it: the day that counts. In memory."""
        return self.session.day()

    # -- the catalogue: in memory, instant ----------------------------------------------------------------------

    def items(self, text: str = "") -> tuple[ItemRow, ...]:
        """Items that answer `text`; those that take no case today come last, with the reason."""
        rows = self._rows
        if not text:
            return tuple(rows.values())
        found = [rows[item.task_code] for item in self._searcher.search(text)]
        return tuple(sorted(found, key=lambda row: bool(row.refusal)))

    @property
    def _rows(self) -> dict[str, ItemRow]:
        """Every item as it stands today, by its code; those that take no case last. Made once a day."""
        from desk.law.catalogue import rules

        catalogue, today = self.session.catalogue, self.session.not_before_issue(self.session.day())
        known = self._listed
        if known is None or known[0] is not catalogue or known[1] != today:
            closed = self.session.closed_here
            made = (ItemRow(item, rules.in_force(item, today) or closed(item)) for item in catalogue.items)
            rows = {row.item.task_code: row for row in sorted(made, key=lambda row: bool(row.refusal))}
            self._listed = known = catalogue, today, rows
        return known[2]

    @property
    def _searcher(self) -> Searcher:
        from desk.law.catalogue.search import Searcher

        if self._searched is None or self._searched[0] is not self.session.catalogue:
            self._searched = self.session.catalogue, Searcher(self.session.catalogue, self.session.words)
        return self._searched[1]

    def warm(self) -> None:
        """Load what the first search, number and paper would have to wait for: 20 MB that a window on which no case
        begins goes without. On any thread but the window's."""
        self._searcher.search("a")
        self.enter_all()
        from desk.counter import case_sheets, case_views, checks, intake  # noqa: F401 - loaded for later
        from desk.law import division_years

        division_years.named("", 0)

    def item(self, task_code: str) -> Item | None:
        """The item with this code."""
        return self.session.find(task_code)

    def promise(self, task_code: str) -> DueView:
        """The day that a case taken in now is promised for."""
        from desk.counter import case_views

        return case_views.promise(self.session, task_code)

    def ahead(self, draft: Draft) -> tuple[DueView, ...]:
        """What the item of a draft states of time besides its promise."""
        from desk.counter import case_views

        return case_views.ahead(self.session, draft)

    def organ(self, task_code: str) -> str:
        """Who handles an item for the people of this point and by which telephone, or why nobody is known to; "" where
        no body is published or the item does not say."""
        found = self.session.competence(self.session.item(task_code)) if len(self.session.bodies) else Competence()
        if found.body is not None:
            name = found.body.name_on(self.session.day())
            return "　".join(one for one in (name, found.body.enquiry_phone) if one)
        return str(found.why) if found.why and found.why is not Why.NOT_SAID else ""

    def id_facts(self, id_type: str, number: str) -> IdFacts | Problem:
        """What an identity number tells, or what is wrong with it."""
        from desk.law import id_numbers

        return id_numbers.facts(id_type, number, self.session.day())

    def check(self, draft: Draft) -> tuple[Problem, ...]:
        """Everything wrong with a draft."""
        from desk.counter import checks, intake
        from desk.counter.asking import sense

        today = self.session.not_before_issue(self.session.day())
        item = self.session.find(draft.task_code)
        return (
            *intake.closed(self.session, item),
            *checks.check(draft, item, today),
            *sense.beside(self.session, draft, item),
        )

    def sense(self, draft: Draft) -> tuple[Answer, ...]:
        """What the records here say against a draft, and what they leave open: conditions that no field shows."""
        from desk.counter.asking import sense

        item = self.session.find(draft.task_code)
        with self.store.read() as db:
            return sense.of_records(self.session, db, draft, item)

    def recent_items(self, limit: int = _RECENT) -> tuple[str, ...]:
        """Codes of the items used most of late."""
        with self.store.read() as db:
            return tuple(case_rows.recent_items(db, limit))

    # -- drafts and registration -------------------------------------------------------------------------------

    def save_draft(self, draft: Draft) -> None:
        """Keep the register page as it stands; nothing of a draft that became a case, however late it comes."""
        from desk.counter import intake

        intake.keep(self.session, draft)

    def drafts(self) -> tuple[DraftRow, ...]:
        """Drafts, newest first."""
        with self.store.read() as db:
            return lists.drafts(db)

    def drop_draft(self, draft_id: str) -> None:
        """Forget a draft."""
        with self.store.write() as db:
            local_rows.drop_draft(db, draft_id)

    def register(self, draft: Draft) -> Registered:
        """Take a case in; durable when it returns. Raises RefusedError with the problems beside their fields."""
        from desk.counter import intake

        return intake.register_or_keep(self.session, draft, self.session.find(draft.task_code))

    def again(self, intake_no: str) -> Draft:
        """照此重办: a new draft like an old case, pictures too. Raises RefusedError."""
        from desk.counter.amending.again import again

        return again(self.session, intake_no)

    # -- cases -------------------------------------------------------------------------------------------------

    def cases(self, query: CaseQuery, offset: int = 0, limit: int = 100, after: str = "") -> tuple[CaseRow, ...]:
        """A page of the list: from `offset`, or behind the case with the intake number `after`."""
        with self.store.read() as db:
            return lists.case_page(db, query, offset, limit, self.session.seen(db), after)

    def count_cases(self, query: CaseQuery, most: int = 0) -> int:
        """How long the list is; with `most` counted that far and one further, no more."""
        with self.store.read() as db:
            return lists.case_count(db, query, self.session.seen(db), most)

    def cases_to(
        self,
        path: Path,
        query: CaseQuery,
        report: Callable[[SyncProgress], None],
        cancelled: Callable[[], bool],
    ) -> int:
        """Write all cases that answer `query` to a spreadsheet; how many. Raises CancelledError, SurroundingsError."""
        from desk.counter import case_sheets

        total = self.count_cases(query)
        pages = lambda after, limit: self.cases(query, 0, limit, after)  # noqa: E731
        return case_sheets.cases_to(path, total, pages, report, cancelled)

    def agent_names(self) -> tuple[str, ...]:
        """Who ever took a case in here."""
        with self.store.read() as db:
            return tuple(case_rows.agents(db))

    def case(self, number: str) -> CaseView:
        """One case by intake number or case number. Raises RefusedError when there is none."""
        from desk.counter import case_views

        return case_views.case_view(self.session, number)

    def scanned(self, text: str) -> str:
        """The intake number of the case whose receipt was scanned, or whose number was typed whole, at whichever window
        it was taken in; "" where it is none or not here."""
        number = lists.scanned("".join(text.split()))
        with self.store.read() as db:
            row = case_rows.case_numbered(db, number) or case_rows.village_case(db, number) if number else None
        return str(row["intake_no"]) if row else ""

    # -- today and sync ----------------------------------------------------------------------------------------

    def today(self) -> TodayView:
        """What needs the agent now."""
        return today.today(self.session, self.visits.booked())

    def sync_status(self) -> SyncStatus:
        """What waits, since when, and how the last syncs went."""
        return sync_status.status(self.session)

    def waiting(self) -> tuple[WaitingLine, ...]:
        """Each thing that waits to be sent, the oldest first."""
        return sync_status.waiting(self.session)

    def sync(self, report: Callable[[SyncProgress], None], cancelled: Callable[[], bool]) -> SyncResult:
        """Send what waits and take in what the centre has for us. Network trouble is a result, not an exception."""
        from desk.counter.office import syncing

        return syncing.sync(self.session, self.folder, report, cancelled)

    def courier(self, place: Path, report: Callable[[SyncProgress], None], cancelled: Callable[[], bool]) -> Carried:
        """Exchange with a stick: take answers in, put out what waits. Raises RefusedError, SurroundingsError."""
        from desk.counter.office import syncing

        carried = syncing.courier(self.session, self.folder, place, report, cancelled)
        self.agents.keep_recovery()  # by stick, too, a desk gets its centre
        return carried

    def enrol_by_stick(self, place: Path, code: str) -> None:
        """Begin an enrolment without a network: the next exchanges carry the rest. Raises RefusedError."""
        from desk.counter.office import syncing

        syncing.enrol_by_stick(self.session, place, code)

    def let_read(self, node: str) -> None:
        """Another desk of this point may read its past: the centre hears of it with the next exchange. Raises
        RefusedError."""
        from desk.counter.office import syncing

        syncing.let_read(self.session, node)

    def settle_doubt(self, of: str, at: str, why: str) -> None:
        """Somebody looked into what was told otherwise than it stands here, and says what was found out. Raises
        RefusedError."""
        from desk.counter.office import syncing

        syncing.settle_doubt(self.session, of, at, why)

    def change_keys(self) -> None:
        """New keys, after a backup; they count from the next sync on, when the centre knows them. Raises RefusedError,
        SurroundingsError."""
        from desk.counter.office import syncing

        self.backups.make(why=BackupFor.KEYS)
        syncing.change_keys(self.session)

    def set_centre_address(self, address: str) -> None:
        """Where the centre is to be found from now on; its key stays the one it was enrolled with."""
        who = self.identity
        self.session.change(who, msgspec.structs.replace(who, address=address.strip()))

    def enrol(self, address: str, code: str) -> None:
        """Enrol a desk that was set up without its centre, or a second time: then it goes on under another name, and
        all that the centre lacks goes along. Raises DeskErrors; nothing changes then."""
        from desk.counter.office import syncing

        syncing.enrol(self.session, address, code)
        self.agents.keep_recovery()
