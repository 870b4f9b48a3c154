"""花名册 beside the book of people: who is new, who is there and says the same, who differs and in what. Pure.

People are known by their identity number. Nothing that the book says is overwritten unasked; what it does not say yet
is filled in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from desk.counter.importing import spellings
from desk.counter.importing.preview import Line
from desk.log.events import Person

FIELDS = {
    "name": "姓名",
    "phone": "电话",
    "address": "住址",
    "household": "户主",
    "relation": "与户主关系",
    "group": "组",
}


class Difference(msgspec.Struct, frozen=True):
    """One thing that the book and the file say differently. `key` is of `FIELDS`; both are words for people."""

    row: int
    name: str
    key: str
    here: str
    there: str


class Entered(msgspec.Struct, frozen=True):
    """One person of the file. `person_id` is "" for one who is new; `head` is the number of the head of the household,
    "" where the file does not tell; `person` is as it stands in the book, or as the file says."""

    row: int
    person_id: str
    person: Person
    head: str


class Plan(msgspec.Struct, frozen=True):
    """What taking the file in would do: `fills` only adds what the book does not say."""

    new: tuple[Entered, ...]
    fills: tuple[Entered, ...]
    differing: tuple[Difference, ...]
    same: int


Known = Mapping[str, tuple[str, Person]]  # by identity number: subject and what the book says


def heads(lines: Sequence[Line]) -> dict[int, str]:
    """The identity number of the head of each row's household, by row; rows of which it cannot be told are left out.

    It is said by a column, or by the order: a household begins with the row whose relation is 户主.
    """
    told = any("relation" in line.values for line in lines)
    by_name: dict[str, list[str]] = {}
    for line in lines:
        if not told or line.values.get("relation", "") in spellings.HEADS:
            by_name.setdefault(line.values.get("name", ""), []).append(line.values.get("id_number", ""))
    found: dict[int, str] = {}
    current = ""
    for line in lines:
        values = line.values
        if values.get("relation", "") in spellings.HEADS:
            current = values.get("id_number", "")
        named = by_name.get(values.get("head", ""), [])
        if values.get("relation", "") in spellings.HEADS:
            found[line.row] = current
        elif values.get("head_id"):
            found[line.row] = values["head_id"]
        elif values.get("head"):
            if current in named or len(named) == 1:
                found[line.row] = current if current in named else named[0]
        elif values.get("relation") and current:
            found[line.row] = current
    return found


def plan(lines: Sequence[Line], known: Known) -> Plan:
    """What taking `lines` in would do to a book that knows `known`."""
    head_of = heads(lines)
    subjects = {number: subject for number, (subject, _) in known.items()}
    names = {line.values.get("id_number", ""): line.values.get("name", "") for line in lines}
    names |= {number: person.name for number, (_, person) in known.items()}
    by_subject = {subject: number for number, subject in subjects.items()}
    new: list[Entered] = []
    fills: list[Entered] = []
    differing: list[Difference] = []
    same = 0
    for line in lines:
        number = line.values.get("id_number", "")
        head = head_of.get(line.row, "")
        if number not in known:
            new.append(Entered(line.row, "", said_by(line, number), head))
            continue
        subject, person = known[number]
        here, there = _facts(person, by_subject.get(person.household, "")), _facts(said_by(line, number), head)
        unlike = [key for key in FIELDS if there[key] and there[key] != here[key]]
        differing += [
            Difference(line.row, person.name, key, _words(key, here[key], names), _words(key, there[key], names))
            for key in unlike
            if here[key]
        ]
        if any(not here[key] for key in unlike):
            fills.append(Entered(line.row, subject, person, head))
        same += not unlike
    return Plan(tuple(new), tuple(fills), tuple(differing), same)


def said_by(line: Line, number: str) -> Person:
    """The person as the file says; the household is told apart from that."""
    said = line.values
    return Person(
        name=said.get("name", ""),
        id_number=number,
        phone=said.get("phone", ""),
        address=said.get("address", ""),
        relation=said.get("relation", ""),
        group=said.get("group", ""),
    )


def merged(line: Line, person: Person, head: str, chosen: frozenset[str]) -> Person:
    """The person as the book will say: what it did not say filled in, and of the rest what was `chosen` by key. `head`
    is the subject of the head of the household."""
    said = said_by(line, person.id_number)
    values = {key: getattr(said, key) for key in FIELDS if key != "household"} | {"household": head}
    taken = {key: value for key, value in values.items() if value and (key in chosen or not getattr(person, key))}
    if "name" in taken and taken["name"] != person.name and person.name and person.name not in person.aliases:
        taken["aliases"] = (*person.aliases, person.name)  # who knew the old name still finds the person
    return msgspec.structs.replace(person, **taken)


def _facts(person: Person, head: str) -> dict[str, str]:
    return {key: getattr(person, key) for key in FIELDS if key != "household"} | {"household": head}


def _words(key: str, value: str, names: Mapping[str, str]) -> str:
    return names.get(value, "") or value if key == "household" else value
