"""Whose act stands in a case: the organ that decides, how it is reached, who reviews what it does.

Desk and centre ask here, so that the village's copy and the centre's original bear the same name.
"""

from __future__ import annotations

import datetime as dt

import msgspec

from desk.folds.case import Case
from desk.folds.case_clocks import Law
from desk.law import redress
from desk.law.bodies.body import Body
from desk.law.bodies.register import Register
from desk.law.divisions import load as divisions
from desk.law.redress import Whom


class Organ(msgspec.Struct, frozen=True):
    """An organ by its full name, that of its banner before a township's; `body` None where no register has it."""

    name: str
    body: Body | None = None
    whom: Whom = Whom()


def of_case(case: Case, said: str, register: Register, day: dt.date) -> Organ:
    """The organ of an act that bears the name `said` ("" for none): a body of the register goes before the item's
    organ, that before whatever else an older program wrote."""
    ref = case.collected.item
    body = (register.named(said) if said else None) or register.get(ref.body) or register.named(ref.org_name)
    return _whole(body, body.name_on(day) if body else ref.org_name or said, case.point[:12], register, day)


def called(name: str, place: str, register: Register, day: dt.date) -> Organ:
    """The organ of this name that works at the division `place` (any padding)."""
    return _whole(register.named(name), name, place, register, day)


def _whole(body: Body | None, name: str, place: str, register: Register, day: dt.date) -> Organ:
    names = redress.whom(body, name, place, register, divisions(), day)
    return Organ(redress.full_name(name, place, divisions()), body, names)


def remedy(organ: Organ, law: Law, *, accepted: bool = True) -> str:
    """How a decision of `organ` in the case of `law` is contested, in words."""
    return redress.remedy(law.item, law.regime, organ.whom, accepted=accepted)
