"""Which version of an item counts on a day. Any number of them may be published, also for days to come; a case keeps
the one under which it was taken in.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

import msgspec

from desk import clock
from desk.law.catalogue.item import Item


def standing(versions: Iterable[Item], day: dt.date) -> Item:
    """The version that counts on `day`: the highest that has begun by then; the next to begin where none has. Raises
    ValueError when there is none at all."""
    known = tuple(versions)
    begun = [one for one in known if one.effective_from <= day]
    if begun:
        return max(begun, key=lambda one: one.version)
    return min(known, key=lambda one: (one.effective_from, -one.version))


class Offered(msgspec.Struct, frozen=True):
    """The versions of one item, the one said last at the end. `withdrawn`: it takes no cases, whichever counts. `under`
    them: the sample's, which count until the first of them has begun. `alone`: it was withdrawn once, so nothing comes
    to stand under it any more."""

    items: tuple[Item, ...] = ()
    withdrawn: bool = False
    under: tuple[Item, ...] = ()
    alone: bool = False

    @property
    def every(self) -> tuple[Item, ...]:
        """All that may count on some day."""
        return (*self.under, *self.items)

    def over(self, sample: Offered | None) -> Offered:
        """The same over the versions of the sample, where it stands."""
        if sample is None or self.alone:
            return msgspec.structs.replace(self, under=())
        return msgspec.structs.replace(self, under=sample.items)

    def published(self, item: Item, on: dt.date | None = None, *, withdrawn: bool = False) -> Offered:
        """With one more that was published: it takes the place of the same version; what was withdrawn before does
        not come back with it, and what counts on no day from `on`, the day of publication, is let go."""
        kept = () if self.withdrawn and not withdrawn else self.items
        alone = self.alone or withdrawn
        under = () if alone else self.under
        both = Offered((*(one for one in kept if one.version != item.version), item), withdrawn, under, alone)
        if on is None:
            return both
        counts = (both.on(on), *both.coming(on), item)
        return msgspec.structs.replace(both, items=tuple(one for one in both.items if one in counts))

    def next(self, new: Item, today: dt.date) -> tuple[Item, ...]:
        """`new` with the next number, and with numbers above it those that wait for their day, so that it does not
        keep them from it."""
        highest = max((one.version for one in self.every), default=0)
        waiting = [one for one in self.coming(today) if one.version != self.on(today).version]
        numbered = enumerate((new, *waiting), highest + 1)
        return tuple(msgspec.structs.replace(one, version=number) for number, one in numbered)

    def on(self, day: dt.date) -> Item:
        """The version that counts on `day`."""
        has_begun = not self.under or any(one.effective_from <= day for one in self.items)
        return standing(self.items if has_begun else self.every, day)

    def phase(self, item: Item, day: dt.date) -> str:
        """How a version that was published stands on `day`: waiting, in_force, replaced, out."""
        if self.withdrawn or (item.effective_to is not None and day > item.effective_to):
            return "out"
        if item.effective_from > day:
            return "waiting"
        return "in_force" if self.on(day).version == item.version else "replaced"

    def coming(self, day: dt.date) -> tuple[Item, ...]:
        """Those that begin after `day` and will count then, the first one first."""
        later = sorted((one for one in self.every if one.effective_from > day), key=lambda one: one.effective_from)
        return tuple(one for one in later if self.on(one.effective_from) == one)


def told_on(time: str) -> dt.date | None:
    """The day of an entry that published a version; None where its time is not to be read."""
    try:
        return clock.day(time)
    except ValueError:
        return None


def after(known: Mapping[str, Offered], items: Iterable[Item], today: dt.date) -> list[Offered]:
    """What is offered of each of these `items` once they are published today, over what is `known`."""
    found: dict[str, Offered] = {}
    for item in sorted(items, key=lambda one: one.version):
        before = found.get(item.task_code) or known.get(item.task_code, Offered())
        found[item.task_code] = before.published(item, today)
    return list(found.values())


def offered(items: Iterable[Item]) -> dict[str, Offered]:
    """The versions of a catalogue by their items' codes."""
    found: dict[str, Offered] = {}
    for item in items:
        before = found.get(item.task_code, Offered())
        found[item.task_code] = before.published(item)
    return found
