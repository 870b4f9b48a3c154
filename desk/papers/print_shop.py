"""Papers: facts put together, drawn, kept by hash and noted in the log.

A paper about a case is made only of what the log already holds, so a printed number is always on disk. The same paper
asked for again is the same bytes; printed again it carries a mark. Making or printing never moves a case.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterator

import msgspec

from db.desk import paper_rows, person_rows
from desk import clock
from desk.counter.figures import FiguresView
from desk.counter.office import handover
from desk.counter.office.glyphs import Glyphs
from desk.counter.office.mongolian import Mongolian
from desk.counter.office.office_settings import OfficeBook
from desk.counter.rolls import RollLine
from desk.counter.session import Session, new_id, required
from desk.errors import CancelledError, RefusedError
from desk.folds import case as cases
from desk.folds import records
from desk.law import deadline, id_numbers
from desk.law.catalogue.item import Item
from desk.log import events, point_events, receipt_code
from desk.papers import advance, agency, case_papers, form_papers, ledgers, organ, paper_list, rounds
from desk.papers.receipt_facts import office_facts, receipt_facts
from desk.printing import document, fonts, guide, proof, receipt
from desk.printing import facts as paper_facts
from desk.printing.guide import Chosen
from desk.store.entries import Fact, entries_about, fold_case
from desk.store.snapshots import CaseRow, Draft, DueView, PaperOut, PersonView
from desk.sync.outcome import SyncProgress

TITLE = "代办收件回执"


class Papers:
    """The print shop of one office."""

    def __init__(self, session: Session) -> None:
        self._session = session

    # -- kept papers --------------------------------------------------------------------------------------------

    def receipt(self, intake_no: str, size: str = "A5") -> PaperOut:
        """代办收件回执 of a case: kept bytes if it was made before. LookupError: no such case."""
        case = self._case(intake_no)
        item = self._session.items.get(case.collected.item.task_code)
        facts = receipt_facts(self._session.identity, self._office(), case, item, self._printed())
        return self._kept_once(
            intake_no,
            f"receipt-{size}",
            f"{TITLE}（{size}）",
            lambda: receipt.receipt(facts, paper_facts.Paper(size)),
            facts,
        )

    def served_note(self, intake_no: str) -> PaperOut:
        """送达回证 of what was handed over."""
        case = self._case(intake_no)
        made = case_papers.served(case, self._office(), self._printed())
        return self._kept_once(intake_no, "served", made.title, lambda: document.draw(made), made)

    def manifest(self, bundle: records.Bundle) -> PaperOut:
        """移交清单 of an envelope, two copies signed by two people. Made anew as steps are added."""
        code = receipt_code.make_bundle(self._session.identity.keys, bundle.sealed.number)
        made = rounds.manifest(bundle, self._office(), self._printed(), code)
        return self._kept_once(bundle.id, f"manifest-{bundle.state}", made.title, lambda: document.draw(made), made)

    def _kept_once(self, subject: str, paper: str, title: str, make: Callable[[], bytes], facts: object) -> PaperOut:
        """The kept bytes, or new ones. Once a character without a glyph has got its picture, the paper is another."""
        lacking, pictured = self._lacking(facts)
        paper += f"+{_hash(''.join(sorted(pictured)).encode())[:8]}" if pictured else ""
        with self._session.store.read() as db:
            found = paper_rows.paper_made(db, subject, paper)
        pdf = bytes(found["bytes"]) if found else make()
        out = PaperOut(title, f"{_plain(title)}-{subject[:24]}.pdf", pdf, _hash(pdf), lacking)
        if not found:
            row = {
                "sha256": out.sha256,
                "subject": subject,
                "paper": paper,
                "title": title,
                "made_at": clock.stamp(self._session.store.tell()),
                "bytes": pdf,
            }
            with self._session.store.write() as db:
                paper_rows.put_paper(db, row)
                told = events.PaperMade(paper, title, out.sha256, self._session.account.name)
                self._session.append(db, Fact("paper.made", subject, told))
        return out

    def kept(self, sha256: str) -> PaperOut:
        """A document as it was made. LookupError when no such bytes are kept."""
        with self._session.store.read() as db:
            row = paper_rows.paper(db, sha256)
        if row is None:
            raise LookupError(sha256)
        return PaperOut(row["title"], f"{_plain(row['title'])}-{row['subject'][:24]}.pdf", bytes(row["bytes"]), sha256)

    def copy(self, sha256: str) -> PaperOut:
        """A kept document to be printed again: the same bytes under a mark that says which copy; noted in the log."""
        first = self.kept(sha256)
        session = self._session
        with session.store.write() as db:
            subject = paper_rows.paper_subject(db, sha256)
            copies = 1 + sum(
                isinstance(data := events.decode(one.kind, one.data), events.PaperPrinted) and data.sha256 == sha256
                for one in entries_about(db, subject)
            )
            told = events.PaperPrinted(first.title, sha256, copies, session.account.name)
            session.append(db, Fact("paper.printed", subject, told))
        words = f"补打第 {copies} 次　{session.moment():%Y-%m-%d %H:%M}　{session.account.name}"
        pdf = _marked(first.pdf, words)
        return PaperOut(f"{first.title}（补打）", first.filename, pdf, _hash(pdf))

    def keep_signed(self, sha256: str, files: tuple[events.FileRef, ...]) -> None:
        """The scan of a kept document as it came back signed; noted in the log. Raises RefusedError."""
        if not files:
            raise RefusedError("还没有签字件的图片。", "没有改动。", "请拍照或选图片。")
        first = self.kept(sha256)
        with self._session.store.write() as db:
            subject = paper_rows.paper_subject(db, sha256)
            told = events.PaperSigned(first.title, sha256, files, self._session.account.name)
            self._session.append(db, Fact("paper.signed", subject, told))

    def case_paper(self, intake_no: str, key: str, clocks: tuple[DueView, ...] = ()) -> PaperOut:
        """One of `paper_list.offered`, kept like any other. Raises RefusedError when its time has not come."""
        case = self._case(intake_no)
        if key not in dict(paper_list.offered(case)):
            raise RefusedError("这份文书现在还不能出。", "办件没有改动。", "等中心办到这一步、同步之后再打印。")
        item = self._session.items.get(case.collected.item.task_code)
        office, printed = self._office(), self._printed()
        made = {
            "entrusted": lambda: agency.entrusted(case, self._session.account.name, office, printed),
            "promised": lambda: agency.promised(case, office, printed),
            "rating-slip": lambda: agency.rating_slip(case, office, printed),
            "supplement": lambda: organ.supplement(case, item, office, printed),
            "accepted": lambda: organ.accepted(case, clocks, office, printed),
            "not-accepted": lambda: organ.not_accepted(case, item, office, printed),
            "decided": lambda: organ.decided(case, item, office, printed),
            "extended": lambda: organ.extended(case, office, printed),
            "suspended": lambda: organ.suspended(case, office, printed),
        }[key]()
        return self._kept_once(intake_no, key, made.title, lambda: document.draw(made), made)

    def form(self, key: str, typed: dict[str, str]) -> PaperOut:
        """A paper that is no part of a case (依申请公开, 投诉), with a number of its own; what was typed is kept."""
        form = paper_list.FORMS[key]
        required(typed.get("what", ""), "内容")
        session = self._session
        number = f"{session.identity.node.replace('-', '')}{session.moment():%y%m%d%H%M%S}"
        told = point_events.FormFilled(key, form.title, number, dict(typed), session.account.name)
        subject = new_id()
        with session.store.write() as db:
            session.append(db, Fact("form.filled", subject, told))
        made = form_papers.filled(key, typed, number, self._office(), self._printed())
        return self._kept_once(subject, key, made.title, lambda: document.draw(made), made)

    def results(self, found: tuple[CaseRow, ...], month: str) -> PaperOut:
        """办件结果公示 of a month, without personal data."""
        return self._out(form_papers.results(found, month, self._office(), self._printed()))

    # -- papers made when they are wanted -------------------------------------------------------------------------

    def guide(self, task_code: str, language: str = "zh") -> PaperOut:
        """服务指南 of an item, with its flow chart; `language` is zh, mn or both; an empty text stays Chinese."""
        item = self._session.item(task_code)
        chosen = self._in_scripts(item, language)
        pdf = guide.guide(chosen, self._session.catalogue, self._office(), self._printed())
        lacking = self._lacking(item)[0]
        return PaperOut(f"服务指南：{item.item_name}", f"服务指南-{item.task_code}.pdf", pdf, _hash(pdf), lacking)

    def booklet(
        self,
        task_codes: tuple[str, ...],
        language: str,
        report: Callable[[SyncProgress], None],
        cancelled: Callable[[], bool],
    ) -> PaperOut:
        """Several guides in one, with contents and page numbers. Raises CancelledError between two."""
        if not task_codes:
            raise RefusedError("还没有勾选事项。", "", "请先在左边勾选要装订的事项。")
        chosen = [self._in_scripts(self._session.item(code), language) for code in task_codes]

        def before(number: int) -> None:
            if cancelled():
                raise CancelledError("装订已停下。", "没有留下不完整的册子。")
            report(SyncProgress("装订指南", number, len(chosen)))

        pdf = guide.booklet(chosen, self._session.catalogue, self._office(), before, self._printed())
        return PaperOut("服务指南汇编", "服务指南汇编.pdf", pdf, _hash(pdf))

    def advance_notice(self, draft: Draft) -> PaperOut:
        """一次性告知单 before filing: all that this situation wants, and what is not here yet (行政许可法§30)."""
        item = self._session.item(draft.task_code)
        promise = deadline.service_clock(item, self._session.today(), self._session.holidays)
        ticked = {one.code: one for one in draft.materials}
        made = advance.notice(
            item, draft.situation, ticked, draft.applicant.name, promise, self._office(), self._printed()
        )
        return self._out(made)

    def visit_slip(self, visit: records.Visit) -> PaperOut:
        """到场预约单 for the herder's pocket."""
        item = self._session.items.get(visit.booked.task_code)
        return self._out(advance.visit(visit, item, self._office(), self._printed()))

    def deadline_sheet(self, intake_no: str, clock_view: DueView) -> PaperOut:
        """期限计算单: why it is due on that day."""
        case = self._case(intake_no)
        return self._out(case_papers.deadline_sheet(case, clock_view, self._office(), self._printed()))

    def ledger(self, found: tuple[CaseRow, ...], about: str) -> PaperOut:
        """代办登记台账 of the cases that were found."""
        return self._out(ledgers.ledger(found, about, self._office(), self._printed()))

    def held_about(self, person: PersonView, found: tuple[CaseRow, ...]) -> PaperOut:
        """What this desk holds about a person (个人信息保护法§45): printed for that person, so with the full number."""
        with self._session.store.read() as db:
            row = person_rows.person(db, person.row.id)
        number = id_numbers.grouped(row["id_number"]) if row else ""
        phone = row["phone"] if row else ""
        return self._out(ledgers.held_about(person, number, phone, found, self._office(), self._printed()))

    def trip_ledger(self, trips: tuple[records.Trip, ...], year: int) -> PaperOut:
        """送件登记 of a year, with what the herders were spared."""
        chosen = tuple(one for one in trips if one.made.day.year == year)
        return self._out(rounds.trip_ledger(chosen, year, self._office(), self._printed()))

    def figures(self, view: FiguresView) -> PaperOut:
        """统计: charts with the table behind each."""
        return self._out(ledgers.figures(view, self._office(), self._printed()))

    def handover_kit(self) -> PaperOut:
        """交接清单 for the next agent."""
        return self._out(ledgers.handover(handover.kit(self._session), self._office(), self._printed()))

    def roll_sheet(
        self, title: str, item_name: str, lines: tuple[RollLine, ...], numbers_: tuple[str, ...]
    ) -> PaperOut:
        """签字册: a line and a place to sign for each household."""
        return self._out(rounds.sign_sheet(title, item_name, lines, numbers_, self._office(), self._printed()))

    def roll_notice(self, roll: records.Roll, days: int = 7) -> PaperOut:
        """公示: names without numbers, for the board."""
        item = self._session.items.get(roll.taken.task_code)
        return self._out(rounds.public_notice(roll, item, days, self._session.today(), self._office(), self._printed()))

    def roll_receipts(
        self, roll: records.Roll, size: str, report: Callable[[SyncProgress], None], cancelled: Callable[[], bool]
    ) -> PaperOut:
        """All receipts of a roll in one file, each kept like any other. Raises CancelledError between two."""
        from pypdf import PdfReader, PdfWriter

        writer, total = PdfWriter(), len(roll.taken.rows)
        for at, row in enumerate(roll.taken.rows):
            if cancelled():
                raise CancelledError("打印已停下。", f"已做好 {at} 张回执，都已保存。")
            for page in PdfReader(io.BytesIO(self.receipt(row.intake_no, size).pdf)).pages:
                writer.add_page(page)
            report(SyncProgress("制作回执", at + 1, total))
        writer.compress_identical_objects()
        out = io.BytesIO()
        writer.write(out)
        pdf = out.getvalue()
        return PaperOut(f"{roll.taken.title} 回执（{total} 张）", "批量回执.pdf", pdf, _hash(pdf))

    def mongolian_proof(self, texts: dict[str, str]) -> PaperOut:
        """What was typed in Mongolian for an item, as its guide will have it."""
        pdf = proof.texts(texts, self._office())
        lacking = self._lacking(tuple(texts.values()))[0]
        return PaperOut("蒙古文清样", "蒙古文清样.pdf", pdf, _hash(pdf), lacking)

    @staticmethod
    def column(words: str) -> bytes:
        """`words` alone in columns, as a PDF no larger than they are."""
        return proof.strip(words)

    def label_proof(self) -> PaperOut:
        """The reviewed labels, to be looked through and signed."""
        pdf = proof.labels(Mongolian(self._session).labels(), self._office(), self._printed())
        return PaperOut("蒙古文用词清样", "蒙古文用词清样.pdf", pdf, _hash(pdf))

    def test_page(self, paper: str) -> PaperOut:
        """A page that shows whether a printer prints what it should."""
        return self._out(advance.test_page(paper, self._office(), self._printed()))

    def _in_scripts(self, item: Item, language: str) -> Chosen:
        texts = Mongolian(self._session).texts(item.task_code).parts() if language != "zh" else {}
        return Chosen(item, self._session.regime(item), texts, with_chinese=language != "mn" or not texts)

    # -- inside ---------------------------------------------------------------------------------------------------

    def _office(self) -> paper_facts.OfficeFacts:
        settings, labels = OfficeBook(self._session).settings(), Mongolian(self._session).printed()
        office = office_facts(self._session.identity, settings, labels)
        return msgspec.structs.replace(office, pictures=Glyphs(self._session).pictures())

    def _lacking(self, facts: object) -> tuple[tuple[str, ...], frozenset[str]]:
        """Characters of a paper that no face has: those that print as 〓, and those that print as their picture."""
        without = fonts.missing("".join(_strings(facts)))
        pictured = frozenset(without) & Glyphs(self._session).pictures().keys() if without else frozenset()
        return tuple(one for one in without if one not in pictured), pictured

    def _printed(self) -> str:
        return f"{self._session.moment():%Y-%m-%d %H:%M} {self._session.account.name} 打印"

    def _case(self, intake_no: str) -> cases.Case:
        with self._session.store.read() as db:
            case = fold_case(db, intake_no)
        if case is None:
            raise LookupError(intake_no)
        return case

    def _out(self, made: document.Document) -> PaperOut:
        pdf = document.draw(made)
        return PaperOut(made.title, f"{_plain(made.title)}.pdf", pdf, _hash(pdf), self._lacking(made)[0])


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


def _plain(title: str) -> str:
    return "".join(char for char in title if char.isalnum())


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _marked(pdf: bytes, words: str) -> bytes:
    """`pdf` with `words` at the head of each page."""
    from pypdf import PdfReader, PdfWriter

    from desk.printing.stamp import stamp

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf)))
    for page in writer.pages:
        mark = PdfReader(io.BytesIO(stamp(float(page.mediabox.width), float(page.mediabox.height), words)))
        page.merge_page(mark.pages[0])
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
