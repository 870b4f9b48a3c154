"""登记: one page, keyboard first. Who and what in one field, the form, the materials beside it; then one key registers.

Every pause in typing keeps a draft. Whatever fails, what was typed stays on the page.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox

from desk.app.open_desk import Desk
from desk.counter.office.office_settings import Settings
from desk.errors import AskedError, Problem, RefusedError
from desk.law.catalogue.item import ProxyMode
from desk.log import events
from desk.store.snapshots import Draft, DraftRow, PaperOut, Registered
from ui import tasks
from ui.changes import Changes
from ui.devices.camera import CameraTray
from ui.dialogs.paper_print import print_at_once
from ui.dialogs.prints_dialog import told
from ui.look import reading_order
from ui.look.i18n import tr
from ui.look.theme import Role
from ui.operations import Operation
from ui.pages import register_ahead, register_asked
from ui.pages.case_amending import CaseAmending
from ui.pages.register_draft import DraftKeeper
from ui.pages.register_find import FindPart
from ui.pages.register_foot import Foot
from ui.pages.register_form import FormPart
from ui.pages.register_item import DuePart, ItemPart
from ui.pages.register_materials import MaterialsPart
from ui.pages.register_person import PersonPart
from ui.pages.register_problems import Problems
from ui.pages.register_receipt import ReceiptPanel
from ui.pages.register_sense import Sense
from ui.widgets.basic import Card, label, plain_button, primary_button
from ui.widgets.field import Field, text_edit
from ui.widgets.page import Page, Shell
from ui.widgets.sides import Sides

_TAKEN = Changes.CASES | Changes.PEOPLE | Changes.DRAFTS
_SOON = 150  # ms after the last key before it is said what is missing


class RegisterPage(Page):
    """The page that is used all day. `registered` tells the intake number once the case is on disk."""

    key, title = "register", "登记"
    registered = Signal(str)
    draft_kept = Signal()

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__(desk, shell)
        self._loading = False
        self._answers: dict[str, str] = {}
        self._again_why = ""
        self._settings = Settings()
        self._make_head()
        self.finder = FindPart(desk)
        self.item = ItemPart(desk)
        self.person = PersonPart(desk)
        self.form = FormPart()
        self.due = DuePart(desk)
        self.tray = CameraTray(self)
        self.materials = MaterialsPart(desk, self.tray.take)
        self.receipt = ReceiptPanel()
        self.note = text_edit(1)
        self._note = Field("备注(&B)", self.note, "register-note")
        self._parts = (self.finder, self.item, self.person, self.form, self.materials)
        self._foot = Foot(self._go)
        self.problems = Problems(self._parts, self._note, self._foot)
        self._lay()
        self.keeper = DraftKeeper(self, self.draft)
        self.sense = Sense(desk, self.keeper, self.draft)
        self._matter.body.insertWidget(1, self.sense)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON)
        self._soon.timeout.connect(self._say_what_is_missing)
        self._connect()

    def _make_head(self) -> None:
        self._go = primary_button("登记并打印回执", "register-submit", "printer")
        self._go.setToolTip("Ctrl+Enter")
        self._clear = plain_button("清空(&L)", "register-clear")
        self._kept = label("", "small", Role.MUTED)
        self.notice = plain_button("一次性告知单(&G)", "register-notice", "list-check")
        self.visit = plain_button("预约到场(&K)", "register-visit", "calendar-event")
        self.notice.setEnabled(False)
        self.visit.hide()
        self.keep_person = QCheckBox(tr("连续办理(&J)"))
        self.keep_person.setObjectName("register-keep-person")
        self.keep_person.setAccessibleName(tr("连续办理"))
        self.keep_person.setToolTip(tr("登记后留下办事人，同一户、同一张证接着办下一件（Alt+J）"))
        self.head(self._kept, self.keep_person, self.visit, self.notice, self._clear)

    def _lay(self) -> None:
        self._matter = Card()
        for part in (self.item, self.form, self._note, self.due):
            self._matter.body.addWidget(part)
        self._matter.hide()
        self._sides = Sides((self.finder, self.person, self._matter), "register-scroll")
        self._sides.beside((self.materials, self.receipt))
        self.box.addWidget(self._sides, 1)
        self.box.addWidget(self._foot)

    def _connect(self) -> None:
        self._go.clicked.connect(self.submit)
        self._clear.clicked.connect(self._clear_page)
        self.notice.clicked.connect(self.tell_once)
        self.visit.clicked.connect(self.book_visit)
        self.tray.arrived.connect(self._camera)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.submit)
        self.finder.item_taken.connect(self.item.choose)
        self.finder.person_taken.connect(self.person.choose)
        self.finder.person_new.connect(self.person.begin)
        self.item.chosen.connect(self._item_chosen)
        for part in (self.item, self.person, self.form, self.materials):
            part.edited.connect(self._edited)
        for part in (self.item, self.person):
            part.other.connect(self._find_other)
        self.person.chosen.connect(self._go_on)
        self.note.textChanged.connect(self._edited)
        self.person.came_for.connect(self.materials.ask_on_behalf)
        self.person.left.connect(self._judge)
        self.form.left.connect(self._judge)
        self.keeper.kept.connect(lambda: self._kept.setText("草稿已存"))
        self.keeper.kept.connect(self.draft_kept)
        self.receipt.again.connect(self._same_person)
        self.receipt.correct.connect(self._correct)
        self.receipt.notice.connect(self._tell_of_last)

    # -- what is on the page ---------------------------------------------------------------------------------------

    def _find_other(self) -> None:
        self._arrange()
        self.finder.search.setFocus()

    def _go_on(self) -> None:
        """Where the typing goes on: what is still to be found, then the first field that is empty."""
        self._arrange()
        if self.finder.isHidden():
            any(part.focus_first() for part in (self.person, self.form, self.materials)) or self._go.setFocus()
        elif not self.person.focus_first():
            self.finder.search.setFocus()

    def _arrange(self) -> None:
        """Whatever belongs to what is chosen; the last receipt stands where no list of materials does."""
        item = self.desk.item(self.item.task_code())
        self.finder.want(items=item is None, people=not self.person.is_said())
        self._matter.setVisible(item is not None)
        self.receipt.setVisible(item is None and self.receipt.is_there())
        self._sides.turn()
        reading_order.follow(self)
        self._soon.start()

    def _say_what_is_missing(self) -> None:
        if not self.held():
            self.due.tell_ahead(self.desk.ahead(self.draft()))
            begun = bool(self.item.task_code() or self.person.is_said())
            self.problems.missing(self.desk.check(self.draft()), begun=begun)

    # -- opening and leaving -----------------------------------------------------------------------------------

    def activate(self, **facts: Any) -> None:
        """A new case; or a draft, or for a person who is known. After the registration that may be under way."""
        self.when_free(lambda: self._begin(facts))
        self.lead_on()

    def _begin(self, facts: dict[str, Any]) -> None:
        if facts.get("latest_draft"):
            tasks.read(self, self.desk.drafts, self._latest)
        if "draft" in facts:
            self.show_draft(facts["draft"])
        if "person_id" in facts:
            self.person.choose(facts["person_id"])
        if "task_code" in facts:
            self.item.choose(facts["task_code"])
        tasks.read(self, self.desk.recent_items, self.finder.set_recent)
        tasks.read(self, self.desk.office_book.settings, self._settled)
        self._go_on()

    def _settled(self, settings: Settings) -> None:
        self._settings = settings
        self.tray.watch(settings.camera_folder)

    def _camera(self, waiting: int) -> None:
        if waiting:
            self._kept.setText(f"高拍仪有 {waiting} 张新图，在材料的“图片”里取")

    def _latest(self, drafts: tuple[DraftRow, ...]) -> None:
        if drafts:
            self.when_free(lambda: self.show_draft(drafts[0].draft))
            self.shell.toast("已接着上次的草稿。")

    def leave(self) -> None:
        """Keep what was typed."""
        self.keeper.leave()

    # -- the draft ---------------------------------------------------------------------------------------------

    def draft(self) -> Draft:
        """The page as it stands."""
        return Draft(
            id=self.keeper.id,
            applicant=self.person.person(),
            applicant_id=self.person.person_id(),
            proxy=self.person.proxy(),
            task_code=self.item.task_code(),
            situation=self.materials.situation(),
            fields=self.form.values(),
            materials=self.materials.ticks(),
            note=self.note.toPlainText(),
            answers=self._answers,
            again=self._again_why,
        )

    def show_draft(self, draft: Draft) -> None:
        """Fill the page from a draft."""
        self._loading = True
        self.keeper.go_on(draft.id)
        if draft.task_code and self.desk.item(draft.task_code) is not None:
            self.item.choose(draft.task_code)
        self.person.show_person(draft.applicant, draft.applicant_id)
        self.person.show_proxy(draft.proxy)
        self._answers, self._again_why = draft.answers, draft.again
        self.form.show_values(draft.fields)
        self.materials.show_ticks(draft.situation, draft.materials)
        self.note.setPlainText(draft.note)
        self._loading = False
        self._arrange()

    def _edited(self) -> None:
        if not self._loading:
            self.keeper.touched()
            self._soon.start()

    def _item_chosen(self, code: str) -> None:
        item = self.desk.item(code)
        self.form.show_item(item)
        self.due.show_item(item)
        self.materials.show_item(item)
        self.notice.setEnabled(item is not None)
        self.visit.setVisible(item is not None and item.proxy_mode is not ProxyMode.PROXY)
        self._edited()
        if not self._loading:
            self._go_on()

    # -- problems ----------------------------------------------------------------------------------------------

    def _judge(self) -> None:
        """A field was left: say what is wrong in the fields that were visited."""
        self.problems.tell(self.desk.check(self.draft()), everywhere=False)

    # -- before anyone drives home --------------------------------------------------------------------------------

    def tell_once(self) -> None:
        """一次性告知单."""
        draft = self.draft()
        if draft.task_code:
            self.keeper.keep()
            register_ahead.tell_once(self, draft)

    def book_visit(self) -> None:
        """The item needs the person."""
        register_ahead.book_visit(self, self.draft())

    # -- registering -------------------------------------------------------------------------------------------

    def submit(self) -> None:
        """Check, register, print. Once at a time: the page is held until the case is on disk or refused."""
        if self.held():
            return
        self.keeper.stop()
        self._soon.stop()
        draft = self.draft()
        problems = self.desk.check(draft)
        self.problems.tell(problems, everywhere=True)
        blocking = [one for one in problems if one.blocking]
        if blocking:
            self._refuse(blocking)
            return
        work = Operation(self, lambda: self.desk.register(draft), _TAKEN)
        work.success(lambda done: self._registered(done, draft)).failure(self._failed).run()

    def _refuse(self, blocking: list[Problem]) -> None:
        self.keeper.keep()
        self.problems.refuse(blocking)

    def _failed(self, error: Exception) -> None:
        if isinstance(error, RefusedError) and error.problems:
            self._refuse(list(error.problems))
        elif isinstance(error, AskedError):
            register_asked.ask(self, error.questions, self._answered)
        else:
            self.shell.error(error)

    def _answered(self, answers: dict[str, str], again: str) -> None:
        """What was asked has an answer: once more."""
        self._answers, self._again_why = {**self._answers, **answers}, again or self._again_why
        self.when_free(self.submit)

    def _registered(self, done: Registered, draft: Draft) -> None:
        person, person_id = self.person.person(), self.person.person_id()
        self.receipt.begin(done, draft)
        self._start_over(drop=False)
        if self.keep_person.isChecked():
            self._again(person, person_id)
        self.shell.toast(
            f"已登记：{done.title}，收件号尾号 {done.intake_no[20:]}",
            ("查看办件", lambda: self.shell.open("case", intake_no=done.intake_no)),
        )
        self.registered.emit(done.intake_no)
        size = self._settings.receipt_paper
        receipt = Operation(self, lambda: self.desk.papers.receipt(done.intake_no, size), Changes.PAPERS)
        receipt.success(self._receipt).run_beside()  # the next herder's case need not wait for paper

    def _receipt(self, paper: PaperOut) -> None:
        # A character without a glyph is told before anything is printed: then the paper is looked at first.
        self.receipt.show_paper(paper)
        if self._settings.print_at_once and not paper.missing:
            print_at_once(self, paper, lambda error: told(self, error))

    def _same_person(self) -> None:
        draft = self.receipt.draft
        if draft is not None:
            self.when_free(lambda: self._again(draft.applicant, draft.applicant_id))

    def _again(self, person: events.Person, person_id: str) -> None:
        self.person.show_person(person, person_id)
        self._go_on()

    def _correct(self, intake_no: str) -> None:
        amending = CaseAmending(self, self.desk, self.shell)
        tasks.read(self, lambda: self.desk.case(intake_no), amending.correct)

    def _tell_of_last(self) -> None:
        if self.receipt.draft is not None:
            register_ahead.tell_once(self, self.receipt.draft)

    def _clear_page(self) -> None:
        draft = self.draft()
        self._start_over()
        self.shell.toast("已清空。", ("撤销", lambda: self.when_free(lambda: self.show_draft(draft))))

    def _start_over(self, *, drop: bool = True) -> None:
        old = self.keeper.retire()
        self._loading = True
        for part in self._parts:
            part.clear()
        self.due.show_item(None)
        self.note.clear()
        self.sense.clear()
        self._answers, self._again_why = {}, ""
        self._kept.setText("")
        self.notice.setEnabled(False)
        self.visit.hide()
        self._loading = False
        if drop:
            self.keeper.forget(old)
        self.finder.clear()
        self._go_on()
        self._sides.to_top()
