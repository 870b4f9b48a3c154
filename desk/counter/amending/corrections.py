"""更正 of a registered case: telephone, address, name, the form's values, counts; the item while it is still here.

Nothing is changed: an entry says what was wrong, what is right and why, and every fold of the case follows.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from sqlite_utils import Database

from db.desk import person_rows
from desk import clock
from desk.counter import checks, intake
from desk.counter.amending.drafts import as_draft
from desk.counter.asking import book
from desk.counter.session import Session, required
from desk.errors import RefusedError
from desk.folds import amendments
from desk.folds import case as cases
from desk.folds.case import Case
from desk.law.catalogue.item import Item
from desk.log import events
from desk.log.events import Change, Corrected
from desk.store.entries import Fact, fold_case
from desk.store.snapshots import Draft, DraftMaterial

_KEPT = "办件没有改动。"
_OF_PERSON = (("name", "姓名"), ("phone", "电话"), ("address", "住址"))


class Correctable(msgspec.Struct, frozen=True):
    """One value that can be corrected now: the draft's name for it, what people call it, what stands there, and what
    it may be where that is one of a few."""

    field: str
    name: str
    value: str
    choices: tuple[str, ...] = ()


class Corrections:
    """What can be put right of a case, and putting it right."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def offered(self, case: Case) -> tuple[Correctable, ...]:
        """What can be corrected of `case` as it stands; nothing of one that has ended."""
        item = self._session.taken_under(case.collected.item)
        return tuple(one for one in _all(case, item) if not _refusal(case, self._told("", (_same(one),))))

    def may_have_other_item(self, case: Case) -> bool:
        """Whether the item itself can still be another."""
        stage = cases.stage(case)
        return stage.at_village and not stage.ended

    def correct(self, intake_no: str, right: dict[str, str], why: str, *, in_book: bool = False) -> None:
        """Put `right`, by the fields of `offered`. The applicant's record in the book follows only when `in_book`.
        Raises RefusedError when nothing is another, a value is not allowed or the case is beyond it."""
        reasons = required(why, "更正的原因")
        with self._session.store.write() as db:
            case = _case(db, intake_no)
            changes = self._changes(case, right)
            if not changes:
                raise RefusedError("要更正的内容与原来一样。", _KEPT, "请填写正确的内容。")
            told = self._told(reasons, changes)
            self._must_hold(case, told)
            facts = [Fact("case.corrected", intake_no, told)]
            self._session.append(db, *facts, *(_in_book(db, case, told) if in_book else ()))

    def other_item(self, intake_no: str, task_code: str, situation: str, why: str) -> None:
        """The case was taken in under a wrong item: what is here of the papers that the right one wants stays ticked,
        the rest of them is missing, and what it does not want is still here. Raises RefusedError."""
        session, reasons = self._session, required(why, "更正的原因")
        item = session.item(task_code)
        with session.store.write() as db:
            case = _case(db, intake_no)
            change = Change(amendments.ITEM, "事项", case.collected.item.item_name, item.item_name)
            if case.collected.item.task_code == task_code:
                raise RefusedError("改的还是原来的事项。", _KEPT, "请选正确的事项。")
            told = self._told(reasons, (change,), _instead(session, case, item, situation))
            self._must_hold(case, told)
            session.append(db, Fact("case.corrected", intake_no, told))

    def _told(self, reasons: str, changes: tuple[Change, ...], instead: events.Collected | None = None) -> Corrected:
        return Corrected(self._session.account.name, reasons, changes, instead)

    def _changes(self, case: Case, right: dict[str, str]) -> tuple[Change, ...]:
        known = {one.field: one for one in self.offered(case)}
        if any(field not in known for field in right):
            raise RefusedError("这一项现在不能更正，状态可能刚刚变了。", _KEPT, "请刷新后再看。")
        tidy = {field: _tidy(field, words) for field, words in right.items()}
        return tuple(
            Change(field, known[field].name, known[field].value, words)
            for field, words in tidy.items()
            if words != known[field].value
        )

    def _must_hold(self, case: Case, told: Corrected) -> None:
        """Raise RefusedError: the fold would not take it, or what was typed is not what may stand there."""
        if refused := _refusal(case, told):
            raise RefusedError(f"{refused}。", _KEPT)
        after = amendments.applied(told, amendments.Application(case.collected, case.added))
        item = self._session.taken_under(after.collected.item)
        draft = as_draft(after.collected, after.materials, item.task_code if item else "")
        today = self._session.not_before_issue(self._session.today())
        asked = {one.field for one in told.changes} - {amendments.ITEM} or {"task_code"}
        for one in checks.check(draft, item, today):
            if one.blocking and any(field == one.field or field.startswith(f"{one.field}.") for field in asked):
                raise RefusedError(one.text, _KEPT, "", (one,))


def _case(db: Database, intake_no: str) -> Case:
    case = fold_case(db, intake_no)
    if case is None:
        raise RefusedError("没有找到这件办件。", _KEPT)
    return case


def _all(case: Case, item: Item | None) -> Iterator[Correctable]:
    taken = case.collected
    people = [("applicant", "", taken.applicant)] + ([("proxy", "代办人", taken.proxy.person)] if taken.proxy else [])
    for where, whose, person in people:
        for key, name in _OF_PERSON:
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


def _same(one: Correctable) -> Change:
    return Change(one.field, one.name, one.value, one.value)


def _refusal(case: Case, told: Corrected) -> str:
    return amendments.refusal(told, amendments.Application(case.collected, case.added), cases.stage(case))


def _tidy(field: str, words: str) -> str:
    """What was typed, as an application holds it."""
    room, _, key = field.partition(".")
    if room not in ("applicant", "proxy"):
        return str(int(words)) if room == "materials" and words.strip().isdecimal() else words.strip()
    typed = events.Person("")
    match key:
        case "name":
            return checks.tidy_name(words)
        case "phone":
            return checks.tidy_person(msgspec.structs.replace(typed, phone=words)).phone
        case _:
            return words.strip()


def _in_book(db: Database, case: Case, told: Corrected) -> list[Fact]:
    """The applicant's record with what was corrected of it, and only that."""
    taken = case.collected
    row = person_rows.person(db, taken.applicant_id) or person_rows.person_with_number(
        db, taken.applicant.id_type, taken.applicant.id_number
    )
    right = {one.field.partition(".")[2]: one.after for one in told.changes if one.field.startswith("applicant.")}
    if row is None or not right:
        return []
    before = msgspec.json.decode(row["body"], type=events.Person)
    typed = msgspec.structs.replace(before, **right)
    return [Fact("person.recorded", row["id"], events.PersonRecorded(book.following(before, typed)))]


def _instead(session: Session, case: Case, item: Item, situation: str) -> events.Collected:
    """The application as it would have been under `item`, on the day on which it was handed in."""
    draft = as_draft(case.collected, case.materials, item.task_code)
    known = {field.code for field in item.fields}
    fields = {code: words for code, words in draft.fields.items() if code in known}
    draft = msgspec.structs.replace(draft, situation=situation, fields=fields, materials=_ticks(case, item, draft))
    taken, came = case.collected, case.collected.proxy
    ids = {"applicant": taken.applicant_id, "proxy": came.person_id if came else ""}
    made = intake.application(session, draft, item, clock.day(case.collected_at), ids)
    used = {one.code for one in draft.materials}
    left = tuple(one for one in case.materials if not one.missing and one.code not in used)
    return msgspec.structs.replace(made, materials=(*made.materials, *left))


def _ticks(case: Case, item: Item, draft: Draft) -> tuple[DraftMaterial, ...]:
    """What is here already of what `item` wants: the same paper under the same name."""
    here = {one.name: one for one in case.materials if not one.missing}
    ticks = {one.code: one for one in draft.materials}
    return tuple(
        msgspec.structs.replace(ticks[here[one.name].code], code=one.code)
        for one in checks.wanted(item, draft)
        if one.name in here
    )
