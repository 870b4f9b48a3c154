"""What is typed on the register page is kept at every pause, under one id, until it has become a case."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from desk.store.snapshots import Draft
from ui.changes import Changes
from ui.operations import Operation
from ui.widgets.page import Page

_PAUSE = 400  # ms of quiet after which the draft is kept


class DraftKeeper(QObject):
    """Keeps the page's draft. `kept` comes once it is on disk; not for a draft that was left meanwhile."""

    kept = Signal()

    def __init__(self, page: Page, drawn: Callable[[], Draft]) -> None:
        """`drawn` gives the page as it stands."""
        super().__init__(page)
        self.id = uuid.uuid4().hex
        self._page, self._drawn = page, drawn
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self.keep)

    def touched(self) -> None:
        """Something was typed: keep it after a pause. While the page is held nothing counts."""
        if not self._page.held():
            self._pause.start()

    def waiting(self) -> bool:
        """Whether something typed is not kept yet."""
        return self._pause.isActive()

    def stop(self) -> None:
        """What was typed is about to be registered, or is not wanted."""
        self._pause.stop()

    def leave(self) -> None:
        """The page is left: do not wait for the pause."""
        if self._pause.isActive():
            self._pause.stop()
            self.keep()

    def keep(self) -> None:
        """Keep the page as it stands, unless there is nothing on it."""
        draft = self._drawn()
        if draft.applicant.name or draft.task_code or draft.note:
            desk = self._page.desk
            work = Operation(self._page, lambda: desk.save_draft(draft), Changes.DRAFTS)
            work.success(lambda _none: self._kept(draft.id)).run_beside()

    def _kept(self, draft_id: str) -> None:
        if draft_id == self.id:
            self.kept.emit()

    def go_on(self, draft_id: str) -> None:
        """From here on the page is the draft `draft_id`."""
        self._pause.stop()
        self.id = draft_id

    def retire(self) -> str:
        """The draft has ended; another begins. The id that nothing may be kept under any more."""
        old = self.id
        self.go_on(uuid.uuid4().hex)
        return old

    def forget(self, draft_id: str) -> None:
        """Take a draft off the disk."""
        desk = self._page.desk
        Operation(self._page, lambda: desk.drop_draft(draft_id), Changes.DRAFTS).run_beside()
