"""What was taken in wrong is put right, and what was taken in once is done again: two questions and a draft."""

from __future__ import annotations

from desk.app.open_desk import Desk
from desk.law.catalogue.item import ProxyMode
from desk.store.snapshots import CaseView, Draft
from ui.changes import Changes
from ui.dialogs.show_paper import show_paper
from ui.operations import Operation
from ui.pages import correction_fields
from ui.widgets.ask import Ask, Values
from ui.widgets.page import Page, Shell

_WHY = "原因（会记入办件经过，不能删改）(&R)"


class CaseAmending:
    """Asks what is right of a case."""

    def __init__(self, page: Page, desk: Desk, shell: Shell) -> None:
        self._page, self._desk, self._shell = page, desk, shell

    def correct(self, view: CaseView) -> None:
        """Any of its values, one reason for them all. The fresh receipt comes at once."""
        offered = self._desk.corrections.offered(view)
        intro = "改写错了的，其余不动。原来写的和改后的都留在办件经过里。更正后重出的回执号码不变，前一张作废。"
        ask = Ask(self._page, "更正", ok="更正并重出回执", intro=intro, name="case-correction", wide=140)
        correction_fields.put(ask, offered)
        ask.text("why", _WHY)
        ask.check("in_book", "办事人册里也改(&B)")
        number, correct = view.case.intake_no, self._desk.corrections.correct

        def work(typed: Values) -> None:
            correct(number, correction_fields.changed(offered, typed), typed["why"], in_book=typed["in_book"])

        ask.go(work, lambda _none: self._corrected(number), Changes.CASES | Changes.PEOPLE)

    def other_item(self, view: CaseView) -> None:
        """The item itself was a wrong one."""
        rows = [one.item for one in self._desk.items() if not one.refusal]
        items = [one for one in rows if one.proxy_mode is not ProxyMode.PRESENCE]
        intro = "同名的材料照旧，新事项要的其他材料记为未交；填的内容可以再更正。"
        ask = Ask(self._page, "改办事项", ok="改办并重出回执", intro=intro, name="case-other-item-ask")
        ask.choice("item", "应当办的事项(&F)", [(one.item_name, one.task_code) for one in items])
        ask.text("why", _WHY)
        number, change = view.case.intake_no, self._desk.corrections.other_item
        by_code = {one.task_code: one for one in items}

        def work(typed: Values) -> None:
            situations = by_code[typed["item"]].situations
            change(number, typed["item"], situations[0].code if situations else "", typed["why"])

        ask.go(work, lambda _none: self._corrected(number), Changes.CASES)

    def _corrected(self, intake_no: str) -> None:
        self._shell.toast("已更正，请把前一张回执收回。")
        show_paper(self._page, lambda: self._desk.papers.receipt(intake_no)).run()

    def again(self, view: CaseView) -> None:
        """A new draft like this case, pictures too, on the register page."""

        def made() -> Draft:
            draft = self._desk.again(view.case.intake_no)
            self._desk.save_draft(draft)
            return draft

        work = Operation(self._page, made, Changes.DRAFTS)
        work.success(lambda draft: self._shell.open("register", draft=draft)).run()
