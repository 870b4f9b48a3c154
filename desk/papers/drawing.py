"""What every paper is drawn with: the office at its head, who prints it and when, which characters no face has."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import msgspec

from desk.counter.office.glyphs import Glyphs
from desk.counter.office.mongolian import Mongolian
from desk.counter.office.office_settings import OfficeBook
from desk.counter.session import Session
from desk.counter.township.villages import Villages
from desk.folds import case as cases
from desk.law.bodies.competence import at_counter
from desk.papers.receipt_facts import counter_facts, office_facts
from desk.printing import document, fonts, stamp
from desk.printing import facts as paper_facts
from desk.store.entries import fold_case
from desk.store.snapshots import PaperOut


class Drawing:
    """Papers of one office: their common facts."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def office(self, point: str = "") -> paper_facts.OfficeFacts:
        """The head of every paper of this office, or of another counter `point` that it prints for."""
        settings, labels = OfficeBook(self._session).settings(), Mongolian(self._session).printed()
        office = office_facts(self._session.identity, settings, labels)
        own = msgspec.structs.replace(office, pictures=Glyphs(self._session).pictures())
        here, day = self._session.identity.point_code, self._session.day()
        if point not in ("", here):
            return counter_facts(own, Villages(self._session).counter(point), day)
        body = at_counter(self._session.bodies, here, day)
        return msgspec.structs.replace(own, address=body.address, hours=body.hours) if body else own

    def lacking(self, facts: object) -> tuple[tuple[str, ...], frozenset[str]]:
        """Characters of a paper that no face has: those that print as 〓, and those that print as their picture."""
        without = fonts.missing("".join(_strings(facts)))
        pictured = frozenset(without) & Glyphs(self._session).pictures().keys() if without else frozenset()
        return tuple(one for one in without if one not in pictured), pictured

    def printed(self) -> str:
        """When and by whom a paper is printed, for its foot."""
        return f"{self._session.moment():%Y-%m-%d %H:%M} {self._session.account.name} 打印"

    def case(self, intake_no: str) -> cases.Case:
        """The case of that number. LookupError when there is none."""
        with self._session.store.read() as db:
            case = fold_case(db, intake_no)
        if case is None:
            raise LookupError(intake_no)
        return case

    def out(self, made: document.Document) -> PaperOut:
        """A document drawn, ready to preview, print or save."""
        pdf = document.draw(made)
        return PaperOut(made.title, f"{file_name(made.title)}.pdf", pdf, digest(pdf), self.lacking(made)[0])

    def as_it_stands(self, subject: str, out: PaperOut) -> PaperOut:
        """A paper as it may be printed today: whatever is about a voided case says so across each page."""
        pdf = self._crossed(subject, out.pdf)
        return out if pdf is out.pdf else msgspec.structs.replace(out, pdf=pdf, sha256=digest(pdf))

    def _crossed(self, subject: str, pdf: bytes) -> bytes:
        with self._session.store.read() as db:
            case = fold_case(db, subject)
        from desk.printing.file.joining import over

        return over(pdf, stamp.cancelled) if case is not None and case.state is cases.State.VOID else pdf


def _strings(facts: object) -> Iterator[str]:
    """Every string in `facts`, at any depth, the office's own head left out."""
    match facts:
        case str():
            yield facts
        case paper_facts.OfficeFacts():
            return
        case msgspec.Struct():
            for name in facts.__struct_fields__:
                yield from _strings(getattr(facts, name))
        case tuple() | list():
            for one in facts:
                yield from _strings(one)


def file_name(title: str) -> str:
    """`title` as the name of a file: letters, digits and characters alone."""
    return "".join(char for char in title if char.isalnum())


def digest(data: bytes) -> str:
    """SHA-256 in hexadecimal: what a paper is kept by."""
    return hashlib.sha256(data).hexdigest()
