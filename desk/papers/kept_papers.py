"""Papers that are kept by hash and noted in the log: the same paper asked for again is the same bytes.

A paper about a case is made only of what the log already holds, so a printed number is always on disk. Printed again
it carries a mark. Making or printing never moves a case.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec

from db.desk import paper_rows
from desk import clock
from desk.counter.amending.correctable import mark_of
from desk.counter.asking.looks import Looks
from desk.counter.session import new_id, required
from desk.counter.trips import Trips
from desk.errors import CancelledError, RefusedError
from desk.folds import case as cases
from desk.folds import case_clocks, organ_papers, organs, records, stated_limits
from desk.folds.case import Case
from desk.folds.clock_line import ClockLine
from desk.law import numbers, redress
from desk.law.catalogue import cited
from desk.law.catalogue.item import Item
from desk.law.divisions import load as divisions
from desk.log import events, point_events, receipt_code
from desk.log.files import FileRef
from desk.papers import agency, case_papers, form_papers, paper_list, rounds
from desk.papers.drawing import Drawing, digest, file_name
from desk.papers.receipt_facts import receipt_facts
from desk.printing import document, receipt, stamp
from desk.printing import facts as paper_facts
from desk.printing.organ import papers as organ
from desk.printing.organ.matter import Matter
from desk.store import published
from desk.store.entries import Fact, entries_about
from desk.store.snapshots import PaperOut
from desk.sync.outcome import SyncProgress

TITLE = "代办收件回执"


class KeptPapers(Drawing):
    """Papers of a case, an envelope or a form."""

    def receipt(self, intake_no: str, size: str = "A5") -> PaperOut:
        """代办收件回执 of a case: kept bytes if it was made before. LookupError: no such case."""
        case = self.case(intake_no)
        (item, beside, stated), anew = self._taken_under(case), mark_of(case)
        replaces = bool(anew) and self._has_receipt(intake_no)
        body = self._session.bodies.get(case.collected.item.body)
        office, printed = self.office(), self.printed()
        facts = receipt_facts(
            self._session.identity,
            office,
            case,
            item,
            printed,
            body=body,
            replaces=replaces,
            beside=beside,
            stated=stated,
        )
        return self._kept_once(
            intake_no,
            f"receipt-{size}{anew}",
            f"{TITLE}（{size}{'，更正后重出' if replaces else ''}）",
            lambda: receipt.receipt(facts, paper_facts.Paper(size)),
            facts,
        )

    def _taken_under(self, case: cases.Case) -> tuple[Item | None, str, tuple[ClockLine, ...]]:
        """The version of the item by which the case was taken in, None where it is not known here; what changed its
        promise since; the other limits that it states."""
        with self._session.store.read() as db:
            law = published.law(db, case)
        is_known = law.item is not None and law.item.version == case.collected.item.version
        item = law.item if is_known else None
        return item, case_clocks.beside(case, law), stated_limits.of(case, item, law.table)

    def _has_receipt(self, intake_no: str) -> bool:
        with self._session.store.read() as db:
            return any(row["paper"].startswith("receipt-") for row in paper_rows.papers_about(db, intake_no))

    def served_note(self, intake_no: str) -> PaperOut:
        """送达回证 of what was handed over."""
        case = self.case(intake_no)
        made = organ.made("served", self._matter(case, "served"))
        return self._kept_once(intake_no, f"served{mark_of(case)}", made.title, lambda: document.draw(made), made)

    def manifest(self, bundle: records.Bundle) -> PaperOut:
        """移交清单 of an envelope, two copies signed by two people. Made anew as steps and sticks are added."""
        code = receipt_code.make_bundle(self._session.identity.keys, bundle.sealed.number)
        stick = Trips(self._session).stick_with(bundle)
        made = rounds.manifest(bundle, self.office(), self.printed(), code, stick)
        paper = f"manifest-{bundle.state}" + (f"+{digest(msgspec.json.encode(stick))[:8]}" if stick else "")
        return self._kept_once(bundle.id, paper, made.title, lambda: document.draw(made), made)

    def _kept_once(self, subject: str, paper: str, title: str, make: Callable[[], bytes], facts: object) -> PaperOut:
        """The kept bytes, or new ones. Once a character without a glyph has got its picture, the paper is another."""
        lacking, pictured = self.lacking(facts)
        paper += f"+{digest(''.join(sorted(pictured)).encode())[:8]}" if pictured else ""
        with self._session.store.read() as db:
            kept = paper_rows.paper_made(db, subject, paper)
        pdf = bytes(kept["bytes"]) if kept else make()
        out = PaperOut(title, f"{file_name(title)}-{subject[:24]}.pdf", pdf, digest(pdf), lacking)
        if not kept:
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
        return self.as_it_stands(subject, out)

    def kept(self, sha256: str) -> PaperOut:
        """A document as it was made, crossed where its case was voided since. LookupError when none is kept."""
        with self._session.store.read() as db:
            row = paper_rows.paper(db, sha256)
        if row is None:
            raise LookupError(sha256)
        self._noted(row["subject"], row["paper"])
        name = f"{file_name(row['title'])}-{row['subject'][:24]}.pdf"
        return self.as_it_stands(row["subject"], PaperOut(row["title"], name, bytes(row["bytes"]), sha256))

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
            printed = events.PaperPrinted(first.title, sha256, copies, session.account.name)
            session.append(db, Fact("paper.printed", subject, printed))
        words = f"补打第 {copies} 次　{session.moment():%Y-%m-%d %H:%M}　{session.account.name}"
        pdf = _marked(first.pdf, words)
        return PaperOut(f"{first.title}（补打）", first.filename, pdf, digest(pdf), of=sha256)

    def keep_signed(self, sha256: str, files: tuple[FileRef, ...]) -> None:
        """The scan of a kept document as it came back signed; noted in the log. Raises RefusedError."""
        if not files:
            raise RefusedError("还没有签字件的图片。", "没有改动。", "请拍照或选图片。")
        first = self.kept(sha256)
        with self._session.store.write() as db:
            subject = paper_rows.paper_subject(db, sha256)
            told = events.PaperSigned(first.title, sha256, files, self._session.account.name)
            self._session.append(db, Fact("paper.signed", subject, told))

    def case_paper(self, intake_no: str, key: str) -> PaperOut:
        """One of `paper_list.offered`, kept like any other. Raises RefusedError when its time has not come."""
        case = self.case(intake_no)
        if key.startswith(paper_list.BROUGHT):
            return self.brought_note(intake_no, key.removeprefix(paper_list.BROUGHT))
        if key not in dict(paper_list.offered(case)):
            raise RefusedError("这份文书现在还不能出。", "办件没有改动。", "等中心办到这一步、同步之后再打印。")
        self._noted(intake_no, key)
        office, printed = self.office(), self.printed()
        made = {
            "entrusted": lambda: agency.entrusted(case, self._session.account.name, office, printed),
            "promised": lambda: agency.promised(case, office, printed),
            "rating-slip": lambda: agency.rating_slip(case, office, printed, self._code(intake_no)),
        }.get(key, lambda: organ.made(key, self._matter(case, key)))()
        paper = f"{key}{paper_list.turn(case, key)}{mark_of(case)}"
        return self._kept_once(intake_no, paper, made.title, lambda: document.draw(made), made)

    def _matter(self, case: Case, key: str) -> Matter:
        """What a paper of the organ has, here its copy; 送达回证 is signed at the point and is none."""
        with self._session.store.read() as db:
            law = published.law(db, case)
        said = organ_papers.said_by(case, key)
        whose = organs.of_case(case, said, self._session.bodies, organ_papers.day_of(case, key))
        return Matter(case, law, whose, self.office(), self.printed(), is_copy=key != "served")

    def _noted(self, intake_no: str, paper: str) -> None:
        """Full numbers stand on a 委托书 alone, so that both parties can be told: each look at one is noted."""
        if paper.startswith("entrusted"):
            Looks(self._session).on_paper(intake_no, "代办委托书")

    def _code(self, intake_no: str) -> str:
        return receipt_code.make(self._session.identity.keys_of(numbers.node_of(intake_no)), intake_no)

    def brought_note(self, intake_no: str, key: str) -> PaperOut:
        """补正材料收件凭证 of what was brought at one time; `key` as in `Case.brought`. LookupError: nothing was."""
        case = self.case(intake_no)
        came = next((one for one in case.brought if one.key == key), None)
        if came is None:
            raise LookupError(key)
        made = case_papers.brought(case, came, self.office(), self.printed())
        paper = f"{paper_list.BROUGHT}{key}{mark_of(case)}"
        return self._kept_once(intake_no, paper, made.title, lambda: document.draw(made), made)

    def form(self, key: str, typed: dict[str, str]) -> PaperOut:
        """A paper that is no part of a case (依申请公开, 投诉), with a number of its own; what was typed is kept."""
        form = paper_list.FORMS[key]
        required(typed.get("what", ""), "内容", "what")
        session = self._session
        number = f"{session.identity.node.replace('-', '')}{session.moment():%y%m%d%H%M%S}"
        filled = point_events.FormFilled(key, form.title, number, dict(typed), session.account.name)
        subject = new_id()
        with session.store.write() as db:
            session.append(db, Fact("form.filled", subject, filled))
        made = form_papers.filled(key, typed, number, self.office(), self.printed(), self._undisclosed())
        return self._kept_once(subject, key, made.title, lambda: document.draw(made), made)

    def _undisclosed(self) -> str:
        """How the answer to a request for disclosure is contested here."""
        session = self._session
        place = session.identity.point_code
        names = redress.whom(None, "", place, session.bodies, divisions(), session.day())
        return cited.spelt(redress.remedy(None, session.regimes.get("disclosure"), names))

    def roll_receipts(
        self, roll: records.Roll, size: str, report: Callable[[SyncProgress], None], cancelled: Callable[[], bool]
    ) -> PaperOut:
        """All receipts of a roll in one file, each kept like any other. Raises CancelledError between two."""
        from desk.printing.file import joining

        total = len(roll.taken.rows)

        def drawn() -> Iterator[tuple[str, bytes]]:
            for at, row in enumerate(roll.taken.rows):
                if cancelled():
                    raise CancelledError("打印已停下。", f"已做好 {at} 张回执，都已保存。")
                yield row.intake_no, self.receipt(row.intake_no, size).pdf
                report(SyncProgress("制作回执", at + 1, total))

        pdf = joining.bound(drawn(), f"{roll.taken.title} 回执", self.printed(), listed=False)
        return PaperOut(f"{roll.taken.title} 回执（{total} 张）", "批量回执.pdf", pdf, digest(pdf))


def _marked(pdf: bytes, words: str) -> bytes:
    """`pdf` with `words` at the head of each page."""
    from desk.printing.file.joining import over

    return over(pdf, lambda width, height: stamp.stamp(width, height, words), lambda width: stamp.band(width, words))
