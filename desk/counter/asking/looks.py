"""Full numbers are masked; each look at one is an entry before it is shown (个人信息保护法§51, §54).

The telephone of whoever has an open case is there to be rung: it is noted and asks for nothing. Every other number
asks for a reason first, on whatever page.
"""

from __future__ import annotations

from enum import StrEnum

from sqlite_utils import Database

from db.desk import case_rows, person_rows
from desk.counter.session import Session
from desk.errors import AskedError, RefusedError
from desk.folds import case as cases
from desk.law import id_numbers
from desk.log import events
from desk.store import lists
from desk.store.entries import Fact, fold_case


class What(StrEnum):
    """Which number."""

    ID_NUMBER = "证件号码"
    PHONE = "电话"

    @property
    def always_asks(self) -> bool:
        """Whether no look at it goes without a reason."""
        return self is What.ID_NUMBER


FOR_THEM = "向本人提供本机存有的信息（个人信息保护法第四十五条）"


class Looks:
    """Shows full numbers. Every way in raises AskedError where a reason is missing; nothing is written then."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def person(self, person_id: str, what: What, reasons: str = "") -> str:
        """A number out of the book of people. Raises LookupError."""
        with self._session.store.write() as db:
            person = lists.person(db, person_id)
            self._note(db, person_id, what, reasons, is_free=case_rows.has_open(db, person_id))
        return _number(person, what)

    def case(self, intake_no: str, where: str, what: What, reasons: str = "") -> str:
        """A number of a case's applicant or, with `where` proxy, of who came for them."""
        with self._session.store.write() as db:
            case = fold_case(db, intake_no)
            taken = case.collected if case else None
            if case is None or taken is None or (where == "proxy" and taken.proxy is None):
                raise RefusedError("没有找到这件办件。")
            came = taken.proxy if where == "proxy" else None
            person, person_id = (came.person, came.person_id) if came else (taken.applicant, taken.applicant_id)
            subject = person_id or _in_book(db, person) or intake_no
            self._note(db, subject, what, reasons, is_free=case.state not in cases.ENDED)
        return _number(person, what)

    def for_them(self, person_id: str) -> events.Person:
        """All of a person for their own paper (个人信息保护法§45). Raises LookupError."""
        with self._session.store.write() as db:
            person = lists.person(db, person_id)
            for what in What:
                self._note(db, person_id, what, FOR_THEM, is_free=False)
        return person

    def on_paper(self, intake_no: str, title: str) -> None:
        """The people of a case are named whole on a paper: noted for each number before it is shown."""
        with self._session.store.write() as db:
            case = fold_case(db, intake_no)
            taken = case.collected if case else None
            people = [(taken.applicant, taken.applicant_id)] if taken else []
            people += [(taken.proxy.person, taken.proxy.person_id)] if taken and taken.proxy else []
            for person, person_id in people:
                for what in (one for one in What if _number(person, one)):
                    subject = person_id or _in_book(db, person) or intake_no
                    self._note(db, subject, what, f"印在{title}上", is_free=False)

    def _note(self, db: Database, subject: str, what: What, reasons: str, *, is_free: bool) -> None:
        why = reasons.strip()
        if not why and (what.always_asks or not is_free):
            raise AskedError(f"看完整{what}要写明原因。", "还没有显示。", "如：核对身份证原件。", (what,))
        seen = events.PersonSeen(self._session.account.name, why, what)
        self._session.append(db, Fact("person.seen", subject, seen))


def _in_book(db: Database, person: events.Person) -> str:
    row = person_rows.person_with_number(db, person.id_type, person.id_number) if person.id_number else None
    return str(row["id"]) if row else ""


def _number(person: events.Person, what: What) -> str:
    return person.phone if what is What.PHONE else id_numbers.grouped(person.id_number)
