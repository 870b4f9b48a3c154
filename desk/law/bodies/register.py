"""All bodies together: by code, by name, by division; who goes on after whom. Built once from what is published."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from desk.law.bodies.body import Body, Kind, bare
from desk.law.catalogue.adjusting import Adjustment


class Register:
    """Bodies as they stand, also those that are no more; and what townships say otherwise of items that were devolved
    to them, by the item's code and the body's."""

    def __init__(
        self, bodies: Iterable[Body] = (), adjusted: Mapping[tuple[str, str], Adjustment] | None = None
    ) -> None:
        self.adjusted = dict(adjusted or {})
        self._by_code = {one.code: one for one in sorted(bodies, key=lambda one: one.code)}
        self._by_name: dict[str, list[Body]] = defaultdict(list)
        self._below: dict[str, list[Body]] = defaultdict(list)
        self._serving: dict[tuple[Kind, str], list[Body]] = defaultdict(list)
        self._before: dict[str, list[Body]] = defaultdict(list)
        for one in self._by_code.values():
            for name in one.every_name():
                self._by_name[name].append(one)
            self._below[one.above].append(one)
            self._serving[one.kind, one.division].append(one)
            if one.successor:
                self._before[one.successor].append(one)

    def __iter__(self) -> Iterator[Body]:
        """By code."""
        return iter(self._by_code.values())

    def __len__(self) -> int:
        return len(self._by_code)

    def get(self, code: str) -> Body | None:
        """The body with this code."""
        return self._by_code.get(code)

    def called(self, name: str) -> list[Body]:
        """The bodies that are or were called so."""
        return list(self._by_name.get(name.strip(), ()))

    def named(self, name: str) -> Body | None:
        """The one body that is or was called so; None where there is none, or more than one."""
        found = self.called(name)
        return found[0] if len(found) == 1 else None

    def below(self, code: str) -> list[Body]:
        """The bodies directly below it, by code."""
        return list(self._below.get(code, ()))

    def serving(self, kind: Kind, division: str) -> list[Body]:
        """The bodies of a kind that serve just this division, by code."""
        return list(self._serving.get((kind, bare(division)), ()))

    def standing(self, code: str, day: dt.date) -> Body | None:
        """The body that has this one's work that day: itself, else whoever came after it; None for nobody."""
        seen: set[str] = set()
        at = self._by_code.get(code)
        while at is not None and at.code not in seen:
            if at.is_open(day):
                return at
            if at.until is None or day <= at.until:
                return None  # it has not begun
            seen.add(at.code)
            at = self._by_code.get(at.successor)
        return None

    def scope(self, code: str, day: dt.date) -> frozenset[str]:
        """The codes of all whose matters are this body's to see that day: itself, those that it came after, all
        below."""
        found: set[str] = set()
        waiting = [code]
        while waiting:
            at = waiting.pop()
            if at not in found:
                found.add(at)
                before = (one for one in self._before.get(at, ()) if one.until and one.until < day)
                waiting += [one.code for one in (*before, *self._below.get(at, ()))]
        return frozenset(found)

    def names(self, codes: Iterable[str]) -> frozenset[str]:
        """Every name that these bodies have and had."""
        return frozenset(name for code in codes if (one := self.get(code)) for name in one.every_name())
