"""Reading a catalogue: the seed that comes with the program, or one that the centre published."""

from __future__ import annotations

import datetime as dt
import functools

import msgspec

import resources
from desk.errors import UNREADABLE, DeskError
from desk.law.catalogue.item import Catalogue, Item, Regime


class CatalogueError(DeskError):
    """Not a catalogue."""


class _Seed(msgspec.Struct, frozen=True):
    """resources/catalogue/seed.json names the files that hold the items, by theme, and those that hold what a later
    version changes."""

    version: str
    issued_by: str
    issued_on: dt.date
    regimes: tuple[Regime, ...]
    files: tuple[str, ...]
    later: tuple[str, ...]


def load(data: bytes) -> Catalogue:
    """The catalogue in `data` (JSON). Raises CatalogueError."""
    try:
        return msgspec.json.decode(data, type=Catalogue)
    except UNREADABLE as error:
        raise CatalogueError("事项目录无法识读。", "原来的目录还在用。", "请向中心重新索取。") from error


def by_code(task_code: str) -> Item | None:
    """The newest version of an item of the seed."""
    return next((one for one in seed().items if one.task_code == task_code), None)


def with_law(regime: Regime | None) -> Regime | None:
    """`regime` with what its papers cite and how its decisions are contested; of one that was published before it said
    so, what the sample says of that kind: that is law, and the same in every banner."""
    if regime is None or regime.cites or regime.remedy:
        return regime
    known = next((one for one in seed().regimes if one.code == regime.code), regime)
    law = {"cites": known.cites, "remedy": known.remedy, "remedy_unaccepted": known.remedy_unaccepted}
    return msgspec.structs.replace(regime, **law)


@functools.cache
def seed() -> Catalogue:
    """The sample catalogue that comes with the program: replace it by the banner's own. Of an item with several
    versions the newest stands first."""
    head = msgspec.json.decode(resources.read("catalogue/seed.json"), type=_Seed)
    items: list[Item] = []
    for name in head.files:
        items += msgspec.json.decode(resources.read(f"catalogue/{name}"), type=list[Item])
    for name in head.later:
        for change in msgspec.json.decode(resources.read(f"catalogue/{name}"), type=list[dict[str, object]]):
            _add_version(items, change)
    return Catalogue(head.version, head.issued_by, head.issued_on, head.regimes, tuple(items))


def _add_version(items: list[Item], change: dict[str, object]) -> None:
    """Put the version that `change` makes of the newest one before it, which ends on the day before it begins."""
    at = next(at for at, one in enumerate(items) if one.task_code == change["task_code"])
    new = msgspec.convert(msgspec.to_builtins(items[at]) | change, Item)
    items[at] = msgspec.structs.replace(items[at], effective_to=new.effective_from - dt.timedelta(1))
    items.insert(at, new)
