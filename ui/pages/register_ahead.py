"""Before anyone drives home: all that is wanted, on one sheet; a day for what needs the person themselves."""

from __future__ import annotations

import datetime as dt

from desk.counter.visits import PERIODS
from desk.law import id_numbers
from desk.store.snapshots import Draft, PaperOut
from ui.changes import Changes
from ui.dialogs.paper_view import PaperDialog
from ui.dialogs.show_paper import show_paper
from ui.widgets.ask import Ask, Values
from ui.widgets.page import Page


def tell_once(page: Page, draft: Draft) -> None:
    """一次性告知单: everything that is wanted in this situation, and what is not here."""
    show_paper(page, lambda: page.desk.papers.advance_notice(draft)).run()


def book_visit(page: Page, draft: Draft) -> None:
    """The item needs the person: book when they go, print the slip."""
    known = draft.applicant.phone
    shown = id_numbers.masked_phone(known) if draft.applicant_id else known  # nobody's full number stands there unasked
    ask = Ask(page, "预约到场", ok="预约并打印", intro="这件事须本人到场。约好日子，带齐材料，少跑一趟。", name="visit")
    ask.text("name", "姓名 *(&N)", draft.applicant.name)
    ask.text("phone", "电话(&T)", shown)
    ask.day("day", "日期(&D)", page.desk.day() + dt.timedelta(1))
    ask.choice("period", "上午还是下午(&P)", [(one, one) for one in PERIODS])
    ask.text("note", "备注(&B)")

    def work(typed: Values) -> PaperOut:
        phone = known if typed["phone"] == shown else typed["phone"]
        made = page.desk.visits.book(
            typed["name"], phone, draft.task_code, typed["day"], typed["period"], typed["note"]
        )
        return page.desk.papers.visit_slip(made)

    def booked(paper: PaperOut) -> None:
        page.shell.toast("已预约，到日子前会列在“今日”里。")
        PaperDialog(page, paper).open()

    ask.go(work, booked, Changes.VISITS | Changes.PAPERS)
