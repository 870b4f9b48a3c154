"""What the centre published, as this desk's tables hold it: the law by which a case here is timed."""

from __future__ import annotations

import functools

import msgspec
from sqlite_utils import Database

from db.desk import record_rows
from desk.folds.case import Case
from desk.folds.case_clocks import Law
from desk.folds.records import PublishedHolidays, PublishedItem, PublishedRegime
from desk.law import holidays
from desk.law.catalogue import load
from desk.law.catalogue.item import Item, Regime
from desk.law.holidays import HolidayTable
from desk.log import events
from desk.log.centre_events import ItemPublished
from desk.store.entries import entries_about


class Shelf:
    """What cases come under, while nothing of it changes: each is read once, however many cases ask."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._table: HolidayTable | None = None
        self._items = dict[tuple[str, int], Item | None]()
        self._regimes = dict[str, Regime | None]()

    def law(self, case: Case) -> Law:
        """What the days of `case` come from: the version of the item under which it was taken in (the office's word to
        the herder), the legal clocks and the holiday table that stand now."""
        taken = case.collected.item
        named = taken.task_code, taken.version
        if named not in self._items:
            self._items[named] = version(self._db, *named)
        item = self._items[named]
        code = item.regime if item else taken.regime
        if code not in self._regimes:
            self._regimes[code] = regime(self._db, code)
        if self._table is None:
            self._table = table(self._db)
        return Law(item, self._regimes[code], self._table)


def law(db: Database, case: Case) -> Law:
    """As `Shelf.law`, of one case."""
    return Shelf(db).law(case)


def version(db: Database, task_code: str, number: int, otherwise: Item | None = None) -> Item | None:
    """That version of an item, however many have come since; `otherwise`, or else the one that was published last,
    where it is not known."""
    kept = record_rows.record(db, f"item:{task_code}")
    last = _item(kept) if kept else None
    if last is not None and last.version == number:
        return last
    seeds = _seeds().get(task_code, ())
    for entry in reversed(entries_about(db, f"item:{task_code}")):
        data = events.decode(entry.kind, entry.data)
        if isinstance(data, ItemPublished) and data.item.version == number:
            return data.whole
    return next((one for one in seeds if one.version == number), otherwise or last or next(iter(seeds), None))


def regime(db: Database, code: str) -> Regime | None:
    """The legal clocks of that name as they stand now; None when they have not reached this desk."""
    kept = record_rows.record(db, f"regime:{code}")
    if kept is not None:
        return _regime(kept)
    return next((one for one in load.seed().regimes if one.code == code), None)


def table(db: Database) -> HolidayTable:
    """The holiday table as it stands now."""
    kept = record_rows.records(db, "holidays", limit=1)
    return _table(kept[0]) if kept else holidays.seed()


# Cases come in by hundreds, and most of them are timed by the same few.


@functools.lru_cache(maxsize=16)
def _item(body: bytes) -> Item:
    return msgspec.json.decode(body, type=PublishedItem).item


@functools.lru_cache(maxsize=16)
def _regime(body: bytes) -> Regime:
    return msgspec.json.decode(body, type=PublishedRegime).regime


@functools.lru_cache(maxsize=2)
def _table(body: bytes) -> HolidayTable:
    return msgspec.json.decode(body, type=PublishedHolidays).table


@functools.cache
def _seeds() -> dict[str, tuple[Item, ...]]:
    found: dict[str, tuple[Item, ...]] = {}
    for one in load.seed().items:
        found[one.task_code] = (*found.get(one.task_code, ()), one)
    return found
