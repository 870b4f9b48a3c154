"""更正 of a registered case: telephone, address, name, the form's values, counts; the item while it is still here.

Nothing is changed: an entry says what was wrong, what is right and why, and every fold of the case follows.
"""

from __future__ import annotations

import msgspec
from sqlite_utils import Database

from db.desk import person_rows
from desk import clock
from desk.counter import checks, intake
from desk.counter.amending import correctable
from desk.counter.amending.correctable import KEPT, Correctable, Writer
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
from desk.store.snapshots import CaseView, Draft, DraftMaterial


class Corrections:
    """What can be put right of a case, and putting it right."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def offered(self, view: CaseView) -> tuple[Correctable, ...]:
        """What can be corrected of a case as it stands; nothing of one that has ended."""
        return correctable.offered(view.case, view.item, self._session.identity.node)

    def _item(self, case: Case) -> Item | None:
        return self._session.taken_under(case.collected.item)

    def _by(self, db: Database) -> Writer:
        session = self._session
        node = session.store.identity_in(db).node
        return Writer(session.account.name, node, session.not_before_issue(session.day()))

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
            told = correctable.correction(case, self._item(case), right, reasons, self._by(db))
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
                raise RefusedError("改的还是原来的事项。", KEPT, "请选正确的事项。")
            instead, by = _instead(session, case, item, situation), self._by(db)
            told = correctable.told(by.officer, reasons, (change,), instead)
            correctable.must_hold(case, item, told, by)
            session.append(db, Fact("case.corrected", intake_no, told))


def _case(db: Database, intake_no: str) -> Case:
    case = fold_case(db, intake_no)
    if case is None:
        raise RefusedError("没有找到这件办件。", KEPT)
    return case


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
    return msgspec.structs.replace(made, materials=(*made.materials, *left), hand_over=taken.hand_over)


def _ticks(case: Case, item: Item, draft: Draft) -> tuple[DraftMaterial, ...]:
    """What is here already of what `item` wants: the same paper under the same name."""
    here = {one.name: one for one in case.materials if not one.missing}
    ticks = {one.code: one for one in draft.materials}
    return tuple(
        msgspec.structs.replace(ticks[here[one.name].code], code=one.code)
        for one in checks.wanted(item, draft)
        if one.name in here
    )
