"""Before whom a case lies: the code of the body that is competent for it, or the name of a department where no body is
known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import msgspec

from desk.folds.case import Case
from desk.law.bodies.competence import competent, place_of
from desk.law.bodies.register import Register
from desk.law.catalogue.item import Item


class Filed(msgspec.Struct, frozen=True):
    """`body` is what lists are narrowed by: a code, or a name where there is no body; `org` what people read."""

    body: str
    org: str


def filed(register: Register, item: Item | None, case: Case) -> Filed:
    """Where `case`, taken in under `item`, lies: as its desk worked it out; for a desk that could not, as the item and
    the place say; for an item of before, with the body of that name."""
    ref = case.collected.item
    if ref.body and register.get(ref.body):
        return Filed(ref.body, ref.org_name)
    if item is not None and item.exercised_by is not None and len(register):
        day, domicile = dt.date.fromisoformat(case.collected_at[:10]), case.collected.applicant.division
        place = place_of(item.exercised_by, case.point[:12], domicile)
        found = competent(register, item.exercised_by, place, day).body
        if found is not None:
            return Filed(found.code, found.name_on(day))
    named = register.named(ref.org_name)
    return Filed(named.code if named else ref.org_name, ref.org_name)


def seen(register: Register, body: str, names: Iterable[str], day: dt.date) -> tuple[str, ...]:
    """What an account of `body` with departments `names` sees on `day`, codes and names: theirs, those of all below
    and of all whose work came to them, under every name that they have and had."""
    listed = list(names)
    codes = {one.code for name in listed if (one := register.named(name))} | ({body} if body else set())
    every = frozenset(code for one in codes for code in register.scope(one, day))
    return tuple(sorted(every | register.names(every) | set(listed)))
