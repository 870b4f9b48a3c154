"""The receipt of what was just taken in, beside the page that is free for the next herder."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy

from desk.law import numbers
from desk.store.snapshots import Draft, PaperOut, Registered
from ui.dialogs.paper_view import PaperTools, PaperView
from ui.look.flow import Flow
from ui.look.theme import Role, unit
from ui.widgets.basic import Card, label, plain_button


class ReceiptPanel(Card):
    """Shows the paper, and what people do next: print it, the same person's next matter, one thing put right, the
    notice of what is still to be brought."""

    again = Signal()
    correct = Signal(str)
    notice = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("register-receipt")
        self.done: Registered | None = None
        self.draft: Draft | None = None
        self._title = label("", "title", bold=True, wrap=True)
        self._title.setObjectName("register-receipt-title")
        self._number = label("", "small", Role.MUTED, wrap=True)
        self.view = PaperView()
        self.view.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.tools = PaperTools(self.view)
        buttons = []
        for words, name, icon, act in (
            ("同一人再办(&R)", "receipt-again", "user", self.again.emit),
            ("改一处(&E)", "receipt-correct", "arrow-back-up", self._correct),
            ("告知单(&F)", "receipt-notice", "list-check", self.notice.emit),
        ):
            button = plain_button(words, name, icon)
            button.clicked.connect(act)
            buttons.append(button)
        self.body.addWidget(self._title)
        self.body.addWidget(self._number)
        self.body.addWidget(Flow(self.tools, *buttons))
        self.body.addWidget(self.view, 1)
        self.view.setMinimumHeight(unit() * 60)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.hide()

    def is_there(self) -> bool:
        """Whether there is a receipt to show."""
        return self.done is not None

    def begin(self, done: Registered, draft: Draft) -> None:
        """The case is on disk; its paper is being made."""
        self.done, self.draft = done, draft
        self._title.setText(f"已登记：{done.title}")
        self._number.setText(f"收件号 {numbers.grouped(done.intake_no)}")
        self.tools.setEnabled(False)

    def show_paper(self, paper: PaperOut) -> None:
        """Here it is."""
        self.tools.setEnabled(True)
        self.view.show_paper(paper)

    def _correct(self) -> None:
        if self.done is not None:
            self.correct.emit(self.done.intake_no)
