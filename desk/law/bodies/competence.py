"""Competence 管辖: which body handles an item for the people of a place on a day, or why none does.

One pure function of the register, so that desk, centre, public page and paper name the same body; with a closed body
goes its successor, and nobody answers after the last day.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

import msgspec

from desk.law import deadline
from desk.law.bodies.body import Body, Kind, bare, serves
from desk.law.bodies.register import Register
from desk.law.catalogue import adjusting
from desk.law.catalogue.item import Exercise, Exerciser, Item, Place
from desk.law.divisions import load as divisions

_BANNER, _TOWNSHIP, _VILLAGE = 6, 9, 12  # digits of their codes
_COUNTERS = {_BANNER: (Kind.CENTRE,), _TOWNSHIP: (Kind.CONVENIENCE, Kind.GOVERNMENT), _VILLAGE: (Kind.POINT,)}
_LOCAL = {Exerciser.TOWNSHIPS: (Kind.GOVERNMENT, _TOWNSHIP), Exerciser.POINTS: (Kind.POINT, _VILLAGE)}
# What an item says of one body's own place, where every place has another.
_NOWHERE = {"org_uscc": "", "handling_unit": "", "leader": "", "place": "", "hours": "", "enquiry_phone": ""}
EACH = {Exerciser.TOWNSHIPS: "各苏木乡镇、街道", Exerciser.POINTS: "各嘎查村代办点"}


class Why(StrEnum):
    """Why no body is competent."""

    NOT_SAID = "事项目录没有写明由名录里的哪个机构实施。"
    NO_PLACE = "不知道是哪个苏木乡镇、嘎查村，定不了由谁办。"
    UNKNOWN = "机构名录里没有实施这个事项的机构。"
    OUTSIDE = "实施这个事项的机构不管这个地方。"
    NOT_OPEN = "实施这个事项的机构这一天还没有成立，或者已经撤销而没有机构接办。"
    NO_TOWNSHIP = "机构名录里没有这个苏木乡镇的人民政府。"
    NO_POINT = "机构名录里没有这个嘎查村的代办点。"


_NONE = {Exerciser.TOWNSHIPS: Why.NO_TOWNSHIP, Exerciser.POINTS: Why.NO_POINT}


class Competence(msgspec.Struct, frozen=True):
    """The body, or why none: one of the two."""

    body: Body | None = None
    why: Why | None = None


def exercise_of(item: Item, register: Register) -> Exercise | None:
    """Who exercises `item`: as it says itself; of an item of before, the body whose code or name it bears."""
    if item.exercised_by is not None:
        return item.exercised_by
    found = register.get(item.org_uscc) if item.org_uscc else None
    found = found or register.named(item.org_name)
    return Exercise(Exerciser.BODY, found.code) if found else None


def competent(register: Register, exercise: Exercise | None, division: str, day: dt.date) -> Competence:
    """Who handles what is exercised so, for the people of `division` (any padding), on `day`."""
    if exercise is None:
        return Competence(why=Why.NOT_SAID)
    if exercise.who is Exerciser.BODY:
        return _named(register, exercise.body, division, day)
    (kind, digits), none = _LOCAL[exercise.who], _NONE[exercise.who]
    return _local(register, kind, bare(division)[:digits], digits, day, none)


def _named(register: Register, code: str, division: str, day: dt.date) -> Competence:
    named = register.get(code)
    if named is None:
        return Competence(why=Why.UNKNOWN)
    if not serves(named, division):
        return Competence(why=Why.OUTSIDE)
    body = register.standing(code, day)
    return Competence(body) if body else Competence(why=Why.NOT_OPEN)


def _local(register: Register, kind: Kind, division: str, digits: int, day: dt.date, none: Why) -> Competence:
    if len(division) != digits:
        return Competence(why=Why.NO_PLACE)
    found = register.serving(kind, division)
    own = [one for one in found if one.is_open(day)]
    later = (register.standing(one.code, day) for one in found)  # merged: its people are the successor's now
    body = own[0] if own else next((one for one in later if one), None)
    if body is None:
        return Competence(why=Why.NOT_OPEN if found else none)
    return Competence(body)


def place_of(exercise: Exercise, point: str, domicile: str) -> str:
    """The division whose body is asked for: that of the point, or of the herder's domicile where it is known."""
    return (domicile if exercise.place is Place.DOMICILE else "") or point


def on_paper(item: Item, register: Register, point: str, day: dt.date, domicile: str = "") -> Item:
    """`item` as papers of `point` have it: who is competent there, and where, when and by which telephones; why nobody
    is, where the item says who should be or names the body of another place. As it is where no body is published."""
    exercise = exercise_of(item, register)
    if exercise is None or not len(register):
        return item
    found = competent(register, exercise, place_of(exercise, point, domicile), day)
    is_local = exercise.who is not Exerciser.BODY or found.why is Why.OUTSIDE
    if found.body is not None:
        return _adjusted(as_exercised(item, found.body, day, is_local=is_local), register, found.body, point)
    if item.exercised_by is None and found.why is not Why.OUTSIDE:
        return item
    nobody = msgspec.structs.replace(item, org_name=f"（{str(found.why).rstrip('。')}）")
    return msgspec.structs.replace(nobody, **_NOWHERE) if is_local else nobody


def _adjusted(item: Item, register: Register, body: Body, point: str = "") -> Item:
    """With what the township's government `body` says otherwise of what was devolved to it, at its counter `point`."""
    said = register.adjusted.get((item.task_code, body.code))
    if said is None or not adjusting.is_devolved(item):
        return item
    return adjusting.applied(item, said, _place_of(body), point)


def _place_of(body: Body) -> str:
    found = divisions().get(body.division)
    return found.name if found else ""


def local_bodies(item: Item, register: Register, day: dt.date) -> list[Body]:
    """As `everywhere`, of `item`, each with its address, hours and telephones as it adjusted them for it."""
    return [_as_adjusted(item, register, one) for one in everywhere(register, exercise_of(item, register), day)]


def _as_adjusted(item: Item, register: Register, body: Body) -> Body:
    said = register.adjusted.get((item.task_code, body.code))
    if said is None or not adjusting.is_devolved(item):
        return body
    own = adjusting.applied(item, said, _place_of(body))
    limit = own.promised_limit if own.promised_limit != item.promised_limit else None
    return msgspec.structs.replace(
        body,
        name=body.name + (f"（承诺时限 {deadline.noted(limit)}）" if limit else ""),
        address=own.place if said.place else body.address,
        hours=own.hours if said.hours else body.hours,
        enquiry_phone=own.enquiry_phone if said.enquiry_phone else body.enquiry_phone,
        complaint_phone=own.supervision_phone if said.supervision_phone else body.complaint_phone,
    )


def at_counter(register: Register, division: str, day: dt.date) -> Body | None:
    """Who serves the people of `division` (any padding) at a counter that day; None for nobody."""
    code = bare(division)
    found = (one for kind in _COUNTERS.get(len(code), ()) for one in register.serving(kind, code) if one.is_open(day))
    return next(found, None)


def everywhere(register: Register, exercise: Exercise | None, day: dt.date) -> list[Body]:
    """All bodies that exercise it that day, each for its own people, by code; none where it is one body's."""
    if exercise is None or exercise.who is Exerciser.BODY:
        return []
    kind, digits = _LOCAL[exercise.who]
    return [one for one in register if one.kind is kind and len(one.division) == digits and one.is_open(day)]


def for_everybody(item: Item, register: Register, day: dt.date) -> Item:
    """`item` as pages and exports of a whole banner have it: the one body that handles it, or who does in each place
    without naming one. As it is where no body is published."""
    exercise = exercise_of(item, register)
    if exercise is None or not len(register):
        return item
    if exercise.who is not Exerciser.BODY:
        return msgspec.structs.replace(item, org_name=EACH[exercise.who], **_NOWHERE)
    named = register.get(exercise.body)
    return on_paper(item, register, named.division if named else "", day)


def as_exercised(item: Item, body: Body, day: dt.date, *, is_local: bool) -> Item:
    """`item` as its papers have it where `body` handles it: who, where, when and by which telephones. `is_local`: every
    place has a body of its own, so nothing of what the item says of another one's place stays."""

    def said(own: str, of_body: str) -> str:
        return of_body if is_local else own or of_body

    return msgspec.structs.replace(
        item,
        org_name=body.name_on(day),
        org_uscc=body.credit_code or ("" if is_local else item.org_uscc),
        handling_unit="" if is_local else item.handling_unit,
        place=said(item.place, body.address),
        hours=said(item.hours, body.hours),
        enquiry_phone=said(item.enquiry_phone, body.enquiry_phone),
        supervision_phone=said(item.supervision_phone, body.complaint_phone) or item.supervision_phone,
        leader=said(item.leader, body.leader),
    )
