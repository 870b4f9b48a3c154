"""What was taken in wrong is put right, and what was taken in once is done again: two questions and a draft."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QLineEdit

from desk.app.open_desk import Desk
from desk.counter.amending.corrections import Correctable
from desk.law import id_numbers
from desk.law.catalogue.item import ProxyMode
from desk.store.snapshots import CaseView, Draft
from ui.changes import Changes
from ui.dialogs.show_paper import show_paper
from ui.look.i18n import tr
from ui.operations import Operation
from ui.widgets.ask import Ask, Values
from ui.widgets.page import Page, Shell

_WHY = "原因（会记入办件经过，不能删改）(&R)"


class CaseAmending:
    """Asks what is right of a case."""

    def __init__(self, page: Page, desk: Desk, shell: Shell) -> None:
        self._page, self._desk, self._shell = page, desk, shell

    def correct(self, view: CaseView) -> None:
        """One value at a time: which, what is right, why. The fresh receipt comes at once."""
        offered = {one.field: one for one in self._desk.corrections.offered(view.case)}
        intro = "原来写的和改后的都留在办件经过里。更正后重出的回执号码不变，前一张作废。"
        ask = Ask(self._page, "更正", ok="更正并重出回执", intro=intro, name="case-correction")
        ask.choice("field", "哪一项写错了(&F)", [(_shown(one), one.field) for one in offered.values()])
        ask.text("right", "正确的是(&N)", _value(next(iter(offered.values()))))
        ask.text("why", _WHY)
        ask.check("in_book", "办事人册里也改(&B)")
        which, right = ask.editor("field"), ask.editor("right")
        if isinstance(which, QComboBox) and isinstance(right, QLineEdit):
            which.currentIndexChanged.connect(lambda _at: right.setText(_value(offered[which.currentData()])))
        number, correct = view.case.intake_no, self._desk.corrections.correct

        def work(typed: Values) -> None:
            one = offered[typed["field"]]
            words = one.value if typed["right"] == _value(one) else typed["right"]
            correct(number, {one.field: words}, typed["why"], in_book=typed["in_book"])

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


def _value(one: Correctable) -> str:
    """What stands there, a telephone masked: who puts it right need not see the wrong one."""
    return id_numbers.masked_phone(one.value) if one.field.endswith(".phone") else one.value


def _shown(one: Correctable) -> str:
    choices = f"（{'/'.join(one.choices)}）" if one.choices else ""
    return f"{tr(one.name)}{choices}"
