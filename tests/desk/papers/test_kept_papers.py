"""Papers that are kept: the same bytes, copies with a mark, scans as signed."""

from __future__ import annotations

import io

import pypdfium2 as pdfium
from conftest import HERDER, full_draft, item_code
from counter_steps import text_of
from pypdf import PdfReader

from desk.app.open_desk import Desk
from desk.store.snapshots import CaseQuery


class TestPapers:
    def test_a_copy_is_the_same_paper_under_a_mark(self, desk: Desk) -> None:
        number = desk.register(full_draft(desk)).intake_no
        first = desk.papers.receipt(number)
        copy = desk.papers.copy(first.sha256)
        assert "补打第 1 次" in text_of(copy.pdf)
        assert "补打第 2 次" in text_of(desk.papers.copy(first.sha256).pdf)
        assert desk.papers.kept(first.sha256).pdf == first.pdf
        assert len([line for line in desk.case(number).case.history if line.kind == "paper.printed"]) == 2

    def test_the_notice_before_filing_lists_everything_once(self, desk: Desk) -> None:
        draft = full_draft(desk, materials=())
        said = text_of(desk.papers.advance_notice(draft).pdf)
        assert "一次性告知单" in said
        for material in desk.item(draft.task_code).materials:
            assert material.name[:6] in said
        assert desk.count_cases(CaseQuery()) == 0

    def test_a_booklet_has_contents_with_the_right_pages(self, desk: Desk) -> None:
        items = [row.item for row in desk.items()][:3]
        codes = tuple(one.task_code for one in items)
        made = desk.papers.booklet(codes, "zh", lambda _far: None, lambda: False)
        pages = PdfReader(io.BytesIO(made.pdf)).pages
        contents = pages[1].extract_text()
        for item in items:
            names = [page.extract_text()[:200] for page in pages[2:]]
            start = next(at for at, words in enumerate(names, 3) if item.item_name in words)
            assert str(start) in contents

    def test_the_ledger_the_kit_and_the_deadline_sheet(self, desk: Desk) -> None:
        number = desk.register(full_draft(desk)).intake_no
        assert "代办登记台账" in text_of(desk.papers.ledger(desk.cases(CaseQuery()), "全部").pdf)
        kit = text_of(desk.papers.handover_kit().pdf)
        assert "交接" in kit
        assert HERDER.name in kit
        sheet = text_of(desk.papers.deadline_sheet(number, desk.case(number).clocks[0]).pdf)
        assert "工作日" in sheet

    def test_mongolian_stands_in_its_columns_when_it_was_written(self, desk: Desk) -> None:
        code = item_code(desk)
        before = desk.papers.guide(code, "both").pdf
        assert before == desk.papers.guide(code).pdf
        desk.mongolian.keep(code, {"name": "ᠮᠣᠩᠭᠣᠯ ᠬᠡᠯᠡ", "reviewer": "乌兰"})
        both = desk.papers.guide(code, "both").pdf
        assert desk.papers.guide(code, "mn").pdf == both  # the two versions come together (民族团结进步促进法§15)
        chinese = len(PdfReader(io.BytesIO(before)).pages)
        pages = PdfReader(io.BytesIO(both)).pages
        assert len(pages) > chinese
        mongolian = ["ᠬᠡᠯᠡ" in page.get_textpage().get_text_range() for page in pdfium.PdfDocument(both)]
        assert mongolian.index(True) == chinese  # the Chinese leads
