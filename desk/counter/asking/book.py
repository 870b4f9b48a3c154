"""The book of people is never overwritten unasked: what a draft says otherwise than the book is asked first.

Another name under a known number, a telephone or address that would be emptied: both are shown side by side, and the
draft carries the answer. Unanswered, the book stays as it is.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from typing import Any

import msgspec
from sqlite_utils import Database

from db.desk import person_rows
from desk.counter import checks
from desk.log import events
from desk.store.entries import Fact
from desk.store.snapshots import Draft

FOLLOWS, STAYS = "follows", "stays"  # answers: the book takes over what was typed, or not
_SHOWN = {"name": "姓名", "phone": "电话", "address": "住址"}


class Clash(msgspec.Struct, frozen=True):
    """What the book and a draft say of one person. `where` is applicant or proxy; `key` is what an answer is kept by:
    another clash is another question. `lines`: what it is, in the book, as typed."""

    where: str
    key: str
    lines: tuple[tuple[str, str, str], ...]


class _Who(msgspec.Struct, frozen=True):
    where: str
    person_id: str
    person: events.Person


def clashes(db: Database, draft: Draft) -> tuple[Clash, ...]:
    """What must be asked before this draft is taken in and has no answer yet."""
    found = (_clash(db, who) for who in _people(draft))
    return tuple(one for one in found if one is not None and one.key not in draft.answers)


def _people(draft: Draft) -> Iterator[_Who]:
    yield _Who("applicant", draft.applicant_id, checks.tidy_person(draft.applicant))
    if draft.proxy is not None:
        yield _Who("proxy", draft.proxy.person_id, checks.tidy_person(draft.proxy.person))


def _known(db: Database, who: _Who) -> dict[str, Any] | None:
    """The record that was chosen, where its number still stands there; else the one that holds the number."""
    chosen = person_rows.person(db, who.person_id) if who.person_id else None
    if chosen and (chosen["id_type"], chosen["id_number"]) == (who.person.id_type, who.person.id_number):
        return chosen
    return person_rows.person_with_number(db, who.person.id_type, who.person.id_number)


def _clash(db: Database, who: _Who) -> Clash | None:
    known = _known(db, who)
    if known is None or known["merged_into"]:
        return None
    before = msgspec.json.decode(known["body"], type=events.Person)
    renamed = who.person.name != before.name and who.person.name not in before.aliases
    emptied = [one for one in ("phone", "address") if getattr(before, one) and not getattr(who.person, one)]
    if not renamed and not emptied:
        return None
    shown = tuple(_SHOWN) if renamed else tuple(emptied)
    lines = tuple((_SHOWN[one], getattr(before, one), getattr(who.person, one)) for one in shown)
    typed = "/".join(getattr(who.person, one) for one in _SHOWN)
    return Clash(who.where, f"{who.where}:{known['id']}:{typed}", lines)


def recorded(db: Database, draft: Draft) -> tuple[dict[str, str], list[Fact]]:
    """Whose records these are, by applicant and proxy, and what the book learns of them."""
    ids: dict[str, str] = {}
    facts: list[Fact] = []
    for who in _people(draft):
        ids[who.where], learnt = _learnt(db, who, draft)
        facts += learnt
    return ids, facts


def _learnt(db: Database, who: _Who, draft: Draft) -> tuple[str, list[Fact]]:
    known = _known(db, who)
    if known is None:
        person_id = secrets.token_hex(16)
        return person_id, [Fact("person.recorded", person_id, events.PersonRecorded(who.person))]
    if known["merged_into"]:
        return known["merged_into"], []  # the record that stands for this one keeps its own number
    before = msgspec.json.decode(known["body"], type=events.Person)
    clash = _clash(db, who)
    if clash is not None and draft.answers.get(clash.key) != FOLLOWS:
        return known["id"], []
    after = following(before, who.person)
    return known["id"], [] if before == after else [Fact("person.recorded", known["id"], events.PersonRecorded(after))]


def following(before: events.Person, typed: events.Person) -> events.Person:
    """A record after it took over what was typed; what only the book knows stays, and a former name as an alias."""
    name = before.name if typed.name in before.aliases else typed.name
    aliases = before.aliases if name == before.name else tuple(dict.fromkeys((*before.aliases, before.name)))
    return msgspec.structs.replace(
        before,
        name=name,
        id_type=typed.id_type,
        id_number=typed.id_number,
        phone=typed.phone,
        address=typed.address,
        representative=typed.representative or before.representative,
        aliases=aliases,
        name_mn=typed.name_mn or before.name_mn,
    )
