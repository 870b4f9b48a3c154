"""设置: how the window looks, printers, the office, the centre, agents, backups, practice, hand-over."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout

from desk.app.open_desk import Desk
from desk.counter.office.office_settings import Settings
from ui import tasks
from ui.changes import Changes
from ui.devices import printers
from ui.dialogs.mongolian_dialog import LabelsDialog
from ui.dialogs.show_paper import show_paper
from ui.look import reading_order
from ui.operations import Operation
from ui.pages.settings.agents import AgentsCard
from ui.pages.settings.backups import BackupsCard
from ui.pages.settings.card import Listed, SettingsCard
from ui.pages.settings.centre import CentreCard
from ui.pages.settings.desk import DeskCard, PracticeCard
from ui.pages.settings.office import OfficeCard
from ui.pages.settings.paper import MongolianCard, PrinterCard
from ui.pages.settings.program import ProgramCard
from ui.pages.settings.screen import ScreenCard
from ui.widgets.columns import Columns
from ui.widgets.page import Page, Shell, scrolled

_LAID = 40  # ms in which the layout settles


class SettingsPage(Page):
    """Two columns of cards; what is chosen is kept at once."""

    key, title = "settings", "设置"
    concerns = Changes.AGENTS | Changes.BACKUPS | Changes.SYNC

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__(desk, shell)
        self.head()
        self._settings = Settings()
        self._loading = True  # until what is in force is shown: nothing may be kept over it before
        self._built = False
        self._cards: list[SettingsCard] = []
        inner = Columns(1, 1)
        left, right = inner.columns
        for column in inner.columns:
            column.addStretch(1)
        self._screen = ScreenCard(self)
        self._add(left, lambda: self._screen)
        self._add(right, lambda: OfficeCard(self, self._replace))
        self.box.addWidget(scrolled(inner, "settings-scroll"), 1)
        inner.setUpdatesEnabled(False)  # nobody should see the cards being pushed together
        self._inner = inner
        self._next(
            [
                (right, lambda: CentreCard(self)),
                (left, lambda: PrinterCard(self._keep, self._test_page)),
                (left, lambda: MongolianCard(self._keep, lambda: LabelsDialog(self, self.desk).open())),
                (right, lambda: AgentsCard(self, self._keep)),
                (right, lambda: BackupsCard(self, self._keep)),
                (right, lambda: PracticeCard(self)),
                (left, lambda: DeskCard(self)),
                (left, lambda: ProgramCard(self)),
            ]
        )

    def _add(self, column: QVBoxLayout, make: Callable[[], SettingsCard]) -> None:
        card = make()
        self._cards.append(card)
        column.insertWidget(column.count() - 1, card)

    def _next(self, rest: list[tuple[QVBoxLayout, Callable[[], SettingsCard]]]) -> None:
        """The cards further down come one by one a moment later: all of them at once would hold the window up."""
        if rest:
            QTimer.singleShot(0, self, lambda: self._one_more(rest))
            return
        self._built = True
        reading_order.follow(self)
        self.activate()
        QTimer.singleShot(_LAID, self, lambda: self._inner.setUpdatesEnabled(True))

    def _one_more(self, rest: list[tuple[QVBoxLayout, Callable[[], SettingsCard]]]) -> None:
        self._add(*rest[0])
        self._next(rest[1:])

    # -- showing --------------------------------------------------------------------------------------------------

    def activate(self, **_facts: Any) -> None:
        """Show what is in force."""
        if self._built:
            tasks.read(self, self.desk.office_book.settings, self._show, self.shell.error)
            self.changed()
            self._screen.size_box.setFocus()

    def changed(self) -> None:
        """Look again at who works here and at the backups; what may be half typed stays."""
        if self._built:
            tasks.read(self, self._look, self._show_listed, self.shell.error)

    def _look(self) -> Listed:
        agents = self.desk.agents
        return Listed(agents.listed(), self.desk.backups.listed(), agents.guessed_lately())

    def _show(self, settings: Settings) -> None:
        self._loading, self._settings = True, settings
        for card in self._cards:
            card.show_settings(settings)
        self._loading = False

    def _show_listed(self, listed: Listed) -> None:
        for card in self._cards:
            card.show_listed(listed)

    # -- keeping --------------------------------------------------------------------------------------------------

    def _replace(self, change: Callable[[Settings], Settings]) -> Settings:
        self._settings = change(self._settings)
        return self._settings

    def _keep(self, *_typed: object) -> None:
        if self._loading:
            return
        chosen = {key: value for card in self._cards for key, value in card.chosen().items()}
        settings = self._replace(lambda old: msgspec.structs.replace(old, **chosen))
        printers.choose(settings.printers, settings.roll_device)
        Operation(self, lambda: self.desk.office_book.keep(settings), Changes.SETTINGS).run_beside()

    def _test_page(self, size: str) -> None:
        margins = printers.margins(size)
        show_paper(self, lambda: self.desk.papers.test_page(size, margins)).run()
