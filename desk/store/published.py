"""What the centre published, as this desk's tables hold it: the law by which a case here is timed."""

from __future__ import annotations

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


def law(db: Database, case: Case) -> Law:
    """What the days of `case` come from: the version of the item under which it was taken in (the office's word to the
    herder), the legal clocks and the holiday table that stand now."""
    taken = case.collected.item
    item = version(db, taken.task_code, taken.version)
    return Law(item, regime(db, item.regime if item else taken.regime), table(db))


def version(db: Database, task_code: str, number: int, otherwise: Item | None = None) -> Item | None:
    """That version of an item, however many have come since; `otherwise`, or else the one that was published last,
    where it is not known."""
    kept = record_rows.record(db, f"item:{task_code}")
    last = msgspec.json.decode(kept, type=PublishedItem).item if kept else None
    if last is not None and last.version == number:
        return last
    seeds = [one for one in load.seed().items if one.task_code == task_code]
    for entry in reversed(entries_about(db, f"item:{task_code}")):
        data = events.decode(entry.kind, entry.data)
        if isinstance(data, ItemPublished) and data.item.version == number:
            return data.whole
    return next((one for one in seeds if one.version == number), otherwise or last or next(iter(seeds), None))


def regime(db: Database, code: str) -> Regime | None:
    """The legal clocks of that name as they stand now; None when they have not reached this desk."""
    kept = record_rows.record(db, f"regime:{code}")
    if kept is not None:
        return msgspec.json.decode(kept, type=PublishedRegime).regime
    return next((one for one in load.seed().regimes if one.code == code), None)


def table(db: Database) -> HolidayTable:
    """The holiday table as it stands now."""
    kept = record_rows.records(db, "holidays", limit=1)
    return msgspec.json.decode(kept[0], type=PublishedHolidays).table if kept else holidays.seed()
