"""What one subject's entries say as rows of the standard, and how what they said before differs from what they say
now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec
import sqlalchemy as sa

from db.centre import records
from db.centre.lists import change_rows
from desk.centre.node.centre_node import Centre
from desk.folds import case as cases
from desk.folds import records as point_records
from desk.folds.office import cards, complaints, families
from desk.law import redress
from desk.law.bodies.register import Register
from desk.law.catalogue import load, versions
from desk.law.catalogue.item import Item
from desk.law.divisions import load as divisions
from desk.log.chain import Entry
from desk.standard import items, office
from desk.standard.casework import Keyed, case_rows
from desk.standard.tables import Cells

# Kinds of entries that rows are made of, by how they begin.
KINDS = ("case.", "complaint.", "card.", "bundle.", "item.published", "entry.refused")
_ITEM = "item:"


class Found(msgspec.Struct, frozen=True):
    """A row that changed: `operation` I, U or D."""

    table: str
    key: str
    operation: str
    row: dict[str, Any]


class Facts:
    """What rows need besides the entries about their subject. `is_first`: nothing was handed over before. Whether the
    sample `stood` when that was, and `stands` now."""

    def __init__(
        self, centre: Centre, point_names: Mapping[str, str], *, is_first: bool, stood: bool = True, stands: bool = True
    ) -> None:
        self.centre, self.point_names, self.is_first = centre, point_names, is_first
        self.stood, self.stands = stood, stands
        self.sample = versions.offered(load.seed().items)
        self.seed: dict[str, Item] = {code: one.on(centre.today()) for code, one in self.sample.items()}
        self.published: set[str] = set()  # codes of items that entries tell of
        self.case_nos: dict[str, str] = {}

    def look_up(self, db: sa.Connection, subjects: Iterable[str]) -> None:
        """The items, and the numbers of the cases that these records are about."""
        self.centre.publications.refresh(self.centre.node, db)
        ids = [one for one in subjects if families.family_of(one)]
        self.case_nos = change_rows.case_numbers(db, records.abouts(db, ids)) if ids else {}

    def item(self, case: cases.Case) -> Item | None:
        """The item that a case was taken under."""
        told = case.collected.item
        return self.centre.publications.item(told.task_code, told.version)


def changed(facts: Facts, subject: str, then: Sequence[Entry], now: Sequence[Entry]) -> Iterator[Found]:
    """How the rows of `then` become those of `now`. Rows that are the same are left out."""
    before = {} if facts.is_first else _by_key(_rows(facts, subject, then, has_sample=facts.stood))
    after = _by_key(_rows(facts, subject, now, has_sample=facts.stands))
    for (table, key), row in after.items():
        was = before.pop((table, key), None)
        if was != row:
            yield Found(table, key, "I" if was is None else "U", row)
    for (table, key), row in before.items():
        yield Found(table, key, "D", row)


def sample_rows(facts: Facts) -> Iterator[Found]:
    """The items of the sample that the centre has said nothing of, where the sample came or left."""
    if facts.stands is (facts.stood and not facts.is_first):
        return
    said = {*facts.published, *facts.centre.publications.said}
    for code, item in facts.seed.items():
        if code not in said:
            for table, key, row in _of_item(facts, item):
                yield Found(table, key, "I" if facts.stands else "D", row)


def _by_key(rows: Iterable[Keyed]) -> dict[tuple[str, str], Cells]:
    return {(table, key): row for table, key, row in rows}


def _rows(facts: Facts, subject: str, entries: Sequence[Entry], *, has_sample: bool) -> Iterator[Keyed]:
    if subject.startswith(_ITEM):
        yield from _item_rows(facts, subject.removeprefix(_ITEM), entries, has_sample=has_sample)
        return
    family = families.family_of(subject)
    if family in ("complaint", "card"):
        yield from _record_rows(facts, subject, facts.centre.telling(subject, list(entries)))
    elif not family:
        case = cases.fold(entries)
        if case is not None:
            yield from case_rows(case, entries, facts.item(case))
        bundle = point_records.bundle(entries)
        if bundle is not None:
            node = next(one.node for one in entries if one.kind == "bundle.sealed")
            yield from office.bundle_rows(bundle, facts.point_names.get(node, ""))


def _record_rows(facts: Facts, subject: str, entries: Sequence[Entry]) -> Iterator[Keyed]:
    folded = families.fold(subject, entries)
    match folded[1] if folded else None:
        case complaints.Complaint() as complaint:
            yield from office.complaint_rows(complaint, entries, facts.case_nos)
        case cards.Card() as card:
            yield from office.card_rows(card, facts.case_nos, facts.centre.publications.items)


def _item_rows(facts: Facts, code: str, entries: Sequence[Entry], *, has_sample: bool) -> Iterator[Keyed]:
    """As published, in the version that counts today; before that, as the sample has it where it stands. One that takes
    no more cases has no row."""
    published = point_records.item(entries)
    if published is not None:
        facts.published.add(code)
        if published.state == "open":
            offered = published.offered.over(facts.sample.get(code) if has_sample else None)
            yield from _of_item(facts, offered.on(facts.centre.today()))
    elif has_sample and code in facts.seed:
        yield from _of_item(facts, facts.seed[code])


def _of_item(facts: Facts, item: Item) -> Iterator[Keyed]:
    known, home = facts.centre.publications, facts.centre.code
    whole = redress.told(item, known.regime(item), home, Register(), divisions(), facts.centre.today())
    yield "item", item.task_code, items.item_row(whole, home)
    for row in items.material_rows(item):
        yield "item_material", f"{item.task_code}/{row['code']}", row
