"""Papers that are drawn when they are wanted and not kept: guides, lists, notices, proofs."""

from __future__ import annotations

from collections.abc import Callable

from desk.counter.asking.looks import Looks
from desk.counter.figures import FiguresView
from desk.counter.office import handover
from desk.counter.office.mongolian import Mongolian
from desk.counter.rolls import RollLine
from desk.errors import CancelledError, RefusedError
from desk.folds import records
from desk.law import deadline, id_numbers
from desk.law.catalogue.item import Item, Limit, Unit
from desk.papers import advance, case_papers, form_papers, ledgers, rounds
from desk.papers.drawing import Drawing, digest
from desk.printing import guide, proof
from desk.printing.blocks.edge import Margins
from desk.printing.guide import Chosen
from desk.store.entries import fold_case
from desk.store.snapshots import CaseRow, Draft, DueView, PaperOut, PersonView
from desk.sync.outcome import SyncProgress


class MadePapers(Drawing):
    """Papers for the board, for the pocket and for the office itself."""

    def results(self, found: tuple[CaseRow, ...], month: str) -> PaperOut:
        """办件结果公示 of a month, without personal data."""
        return self.out(form_papers.results(found, month, self.office(), self.printed()))

    def guide(self, task_code: str, language: str = "zh", point: str = "") -> PaperOut:
        """服务指南 of an item, with its flow chart; where it has Mongolian, that comes too, unless `language` is zh.
        As this counter's, or that of a village `point`."""
        item = self._session.item(task_code)
        chosen = self._in_scripts(item, language, point)
        pdf = guide.guide(chosen, self._session.catalogue, self.office(point), self.printed())
        lacking = self.lacking(chosen.item)[0]
        return PaperOut(f"服务指南：{item.item_name}", f"服务指南-{item.task_code}.pdf", pdf, digest(pdf), lacking)

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

        def before(number: int) -> None:
            if cancelled():
                raise CancelledError("装订已停下。", "没有留下不完整的册子。")
            report(SyncProgress("装订指南", number, len(task_codes)))

        return self.book(task_codes, language, before)

    def book(
        self, task_codes: tuple[str, ...], language: str, before: Callable[[int], None], point: str = ""
    ) -> PaperOut:
        """Several guides in one, with contents and page numbers; as this counter's, or that of a village `point`.
        `before` as in `guide.booklet`."""
        chosen = [self._in_scripts(self._session.item(code), language, point) for code in task_codes]
        pdf = guide.booklet(chosen, self._session.catalogue, self.office(point), before, self.printed())
        lacking = self.lacking(tuple(one.item for one in chosen))[0]
        return PaperOut("服务指南汇编", "服务指南汇编.pdf", pdf, digest(pdf), lacking)

    def advance_notice(self, draft: Draft) -> PaperOut:
        """一次性告知单 before filing: all that this situation wants, and what is not here yet (行政许可法§30)."""
        item = self._session.item(draft.task_code)
        domicile = draft.applicant.division
        here = self._session.here(item, domicile)
        promise = deadline.service_clock(here, self._session.day(), self._session.holidays)
        body, printed = self._session.competence(item, domicile).body, self._session.on_paper(item, domicile)
        day = self._session.day()
        return self.out(advance.notice(printed, draft, promise, self.office(), self.printed(), body, day))

    def visit_slip(self, visit: records.Visit) -> PaperOut:
        """到场预约单 for the herder's pocket."""
        item = self._session.find(visit.booked.task_code)
        return self.out(advance.visit(visit, item, self.office(), self.printed()))

    def deadline_sheet(self, intake_no: str, clock_view: DueView) -> PaperOut:
        """期限计算单: why it is due on that day."""
        case = self.case(intake_no)
        made = self.out(case_papers.deadline_sheet(case, clock_view, self.office(), self.printed()))
        return self.as_it_stands(intake_no, made)

    def ledger(self, found: tuple[CaseRow, ...], about: str) -> PaperOut:
        """代办登记台账 of the cases that were found."""
        with self._session.store.read() as db:
            folded = [(one, fold_case(db, one.intake_no)) for one in found]
        lines = tuple((row, case) for row, case in folded if case is not None)
        return self.out(ledgers.ledger(lines, about, self.office(), self.printed()))

    def held_about(self, person: PersonView, cases: tuple[CaseRow, ...]) -> PaperOut:
        """What this desk holds about a person (个人信息保护法§45): printed for that person, so with the full numbers;
        that they stood on it is noted as any look."""
        full = Looks(self._session).for_them(person.row.id)
        number = id_numbers.grouped(full.id_number)
        return self.out(ledgers.held_about(person, number, full.phone, cases, self.office(), self.printed()))

    def trip_ledger(self, trips: tuple[records.Trip, ...], year: int) -> PaperOut:
        """送件登记 of a year, with what the herders were spared."""
        chosen = tuple(one for one in trips if one.made.day.year == year)
        return self.out(rounds.trip_ledger(chosen, year, self.office(), self.printed()))

    def figures(self, view: FiguresView) -> PaperOut:
        """统计: charts with the table behind each."""
        return self.out(ledgers.figures(view, self.office(), self.printed()))

    def handover_kit(self) -> PaperOut:
        """交接清单 for the next agent."""
        return self.out(ledgers.handover(handover.kit(self._session), self.office(), self.printed()))

    def roll_sheet(
        self, title: str, item_name: str, lines: tuple[RollLine, ...], numbers_: tuple[str, ...], task_code: str = ""
    ) -> PaperOut:
        """签字册: a line and a place to sign for each household; `task_code` names what their values are."""
        item, office = self._session.find(task_code), self.office()
        return self.out(rounds.sign_sheet(title, item_name, lines, numbers_, office, self.printed(), item))

    def roll_notice(self, roll: records.Roll, days: int = 7) -> PaperOut:
        """公示: names without numbers, for the board. The day on which it is put up does not count (民法典§201), and it
        does not end on a day off (§203)."""
        item, today = self._session.find(roll.taken.task_code), self._session.day()
        until = deadline.due(today, Limit(days, Unit.DAY), self._session.holidays).on
        return self.out(rounds.public_notice(roll, item, days, today, self.office(), self.printed(), until))

    def mongolian_proof(self, texts: dict[str, str]) -> PaperOut:
        """What was typed in Mongolian for an item, as its guide will have it."""
        pdf = proof.texts(texts, self.office())
        lacking = self.lacking(tuple(texts.values()))[0]
        return PaperOut("蒙古文清样", "蒙古文清样.pdf", pdf, digest(pdf), lacking)

    @staticmethod
    def column(words: str) -> bytes:
        """`words` alone in columns, as a PDF no larger than they are."""
        return proof.strip(words)

    def label_proof(self) -> PaperOut:
        """The reviewed labels, to be looked through and signed."""
        pdf = proof.labels(Mongolian(self._session).labels(), self.office(), self.printed())
        return PaperOut("蒙古文用词清样", "蒙古文用词清样.pdf", pdf, digest(pdf))

    def test_page(self, paper: str, margins: Margins | None = None) -> PaperOut:
        """A page that shows whether a printer prints what it should; `margins` of that printer, where it is known."""
        return self.out(advance.test_page(paper, self.office(), self.printed(), margins))

    def _in_scripts(self, item: Item, language: str, point: str = "") -> Chosen:
        texts = Mongolian(self._session).texts(item.task_code).parts() if language != "zh" else {}
        printed = self._session.on_paper(item, point=point)
        return Chosen(printed, self._session.regime(item), texts)
