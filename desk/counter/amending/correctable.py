"""What can be corrected of a case as it stands, and a correction made out of what was typed. Pure: the desk that took
the case in and the centre that decides it ask here."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping

import msgspec

from desk.counter import checks
from desk.counter.amending.drafts import as_draft
from desk.errors import Problem, RefusedError
from desk.folds import amendments
from desk.folds import case as cases
from desk.folds.case import Case
from desk.law import id_numbers
from desk.law.catalogue.item import Item
from desk.log import events
from desk.log.events import Change, Corrected
from desk.words import as_written

KEPT = "办件没有改动。"
_OF_PERSON = (("name", "姓名"), ("phone", "电话"), ("address", "住址"))
_OF_ORGANISATION = (*_OF_PERSON, ("representative", "法定代表人"))


class Correctable(msgspec.Struct, frozen=True):
    """One value that can be corrected now: the draft's name for it, what people call it, what stands there, and what
    it may be where that is one of a few."""

    field: str
    name: str
    value: str
    choices: tuple[str, ...] = ()


class Writer(msgspec.Struct, frozen=True):
    """Who corrects: by name and node, on which day by the writer's calendar."""

    officer: str
    node: str
    today: dt.date


def offered(case: Case, item: Item | None, node: str) -> tuple[Correctable, ...]:
    """What `node` can correct of `case` as it stands; nothing of one that has ended."""
    return tuple(one for one in _all(case, item) if not refusal(case, told("", "", (_same(one),)), node))


def correction(case: Case, item: Item | None, right: Mapping[str, str], why: str, by: Writer) -> Corrected:
    """The correction that puts `right`, by the fields of `offered`. Raises RefusedError when nothing is another, a
    value is not allowed or the case is beyond it."""
    days = {field: as_written.day_ahead(words, by.today).value for field, words in right.items() if _is_until(field)}
    changes = _changes(offered(case, item, by.node), _tidied(item, right) | days)
    if not changes:
        raise RefusedError("要更正的内容与原来一样。", KEPT, "请填写正确的内容。")
    made = told(by.officer, why, changes)
    must_hold(case, item, made, by)
    return made


def told(officer: str, why: str, changes: tuple[Change, ...], instead: events.Collected | None = None) -> Corrected:
    """A correction in the words of the log."""
    return Corrected(officer, why, changes, instead)


def refusal(case: Case, made: Corrected, node: str) -> str:
    """Why a correction by `node` would not be in force; "" when it would."""
    return cases.correction_refusal(case, node, made)


def must_hold(case: Case, item: Item | None, made: Corrected, by: Writer) -> None:
    """Raise RefusedError: the fold would not take it, or what was typed is not what may stand there. `item` is the one
    that the case is under afterwards."""
    if refused := refusal(case, made, by.node):
        raise RefusedError(f"{refused}。", KEPT)
    after = amendments.applied(made, amendments.Application(case.collected, case.added))
    draft = as_draft(after.collected, after.materials, item.task_code if item else "")
    asked = {one.field for one in made.changes} - {amendments.ITEM} or {"task_code"}
    found = [one for one in checks.check(draft, item, by.today) if one.blocking]
    for change in made.changes:
        if _is_until(change.field) and (wrong := checks.follow_fault(change.after, by.today)):
            raise RefusedError(wrong, KEPT, "", (Problem(change.field, wrong),))
    for one in found:
        of = next((field for field in asked if field == one.field or field.startswith(f"{one.field}.")), "")
        if of:
            raise RefusedError(one.text, KEPT, "", (msgspec.structs.replace(one, field=of),))


def mark_of(case: Case) -> str:
    """What tells the papers of a case after its corrections from those before them; "" where nothing was corrected."""
    told = [f"{line.time}{line.note}" for line in case.history if line.kind == "case.corrected" and not line.refused]
    return f"~{hashlib.sha256(''.join(told).encode()).hexdigest()[:8]}" if told else ""


def _changes(known: tuple[Correctable, ...], right: Mapping[str, str]) -> tuple[Change, ...]:
    by_field = {one.field: one for one in known}
    if any(field not in by_field for field in right):
        raise RefusedError("这一项现在不能更正，状态可能刚刚变了。", KEPT, "请刷新后再看。")
    return tuple(
        Change(field, by_field[field].name, by_field[field].value, words)
        for field, words in right.items()
        if words != by_field[field].value
    )


def _all(case: Case, item: Item | None) -> Iterator[Correctable]:
    taken = case.collected
    people = [("applicant", "", taken.applicant)] + ([("proxy", "代办人", taken.proxy.person)] if taken.proxy else [])
    for where, whose, person in people:
        for key, name in _OF_ORGANISATION if person.id_type == id_numbers.ORGANISATION else _OF_PERSON:
            yield Correctable(f"{where}.{key}", f"{whose}{name}", getattr(person, key))
    for field in item.fields if item else ():
        yield Correctable(f"fields.{field.code}", field.name, taken.fields.get(field.code, ""), field.choices)
    for one in case.materials:
        if not one.missing:
            yield Correctable(f"materials.{one.code}.originals", f"{one.name}原件份数", str(one.originals))
            yield Correctable(f"materials.{one.code}.copies", f"{one.name}复印件份数", str(one.copies))
            back = amendments.YES if one.returned else amendments.NO
            choices = (amendments.YES, amendments.NO)
            yield Correctable(f"materials.{one.code}.returned", f"{one.name}原件当场退还", back, choices)
        else:
            day = one.until.isoformat() if one.until else ""
            yield Correctable(f"materials.{one.code}.{amendments.UNTIL}", f"{one.name}补来日期", day)


def _is_until(field: str) -> bool:
    return field.startswith("materials.") and field.endswith(f".{amendments.UNTIL}")


def _same(one: Correctable) -> Change:
    return Change(one.field, one.name, one.value, one.value)


def _tidied(item: Item | None, right: Mapping[str, str]) -> dict[str, str]:
    kinds = {f"fields.{one.code}": one for one in item.fields} if item else {}
    return {
        field: checks.read_field(kinds[field], words).value if field in kinds else _tidy(field, words)
        for field, words in right.items()
    }


def _tidy(field: str, words: str) -> str:
    """What was typed, as an application holds it."""
    room, _, key = field.partition(".")
    if room not in ("applicant", "proxy"):
        return str(int(words)) if room == "materials" and words.strip().isdecimal() else words.strip()
    match key:
        case "name" | "representative":
            return checks.tidy_name(words)
        case "phone":
            return checks.tidy_phone(words)
        case _:
            return words.strip()
