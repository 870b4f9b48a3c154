"""草稿: every page that was begun, the latest first; one is gone on with, or dropped and brought back."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desk import clock
from desk.app.open_desk import Desk
from desk.store.snapshots import Draft, DraftRow
from ui import tasks
from ui.changes import Changes
from ui.look.i18n import tr
from ui.operations import Operation
from ui.widgets.basic import plain_button, primary_button
from ui.widgets.dialog import Dialog
from ui.widgets.line_list import Line, LineList
from ui.widgets.page import Shell


class DraftsDialog(Dialog):
    """Lists them; Enter opens the current one at the register page."""

    def __init__(self, parent: QWidget, desk: Desk, shell: Shell) -> None:
        super().__init__(parent, "草稿", "drafts", wide=110, high=90)
        self._desk, self._shell, self._page = desk, shell, parent
        self._kept: dict[str, Draft] = {}
        self.head("没有登记的草稿")
        self.list = LineList("drafts-list", "草稿列表")
        self.list.doubleClicked.connect(lambda _index: self._open())
        self.body.addWidget(self.list, 1)
        go = primary_button("继续填写(&G)", "drafts-open")
        drop = plain_button("不要这份了(&X)", "drafts-drop", "trash")
        close = plain_button("关闭(&C)", "drafts-close")
        go.clicked.connect(self._open)
        drop.clicked.connect(self._drop)
        close.clicked.connect(self.reject)
        on = plain_button("转到别的窗口(&D)", "drafts-pass", "users-group")
        on.clicked.connect(self._pass_on)
        on.setVisible(desk.session.has_siblings)
        self._needing = (go, drop, on)
        self.foot(drop, on, None, close, go)
        self.look()

    def look(self) -> None:
        """Ask again."""
        tasks.read(self, self._desk.drafts, self._show)

    def _show(self, drafts: tuple[DraftRow, ...]) -> None:
        self._kept = {one.draft.id: one.draft for one in drafts}
        self.list.put([Line(self._words(one), one.draft.id) for one in drafts])
        for button in self._needing:
            button.setEnabled(bool(drafts))
        self.list.setFocus()

    def _words(self, kept: DraftRow) -> str:
        item = self._desk.item(kept.draft.task_code)
        note = f"　{kept.draft.note}" if kept.draft.note else ""
        what = item.item_name if item else tr("（未选事项）")
        return f"{tr(kept.title)}　{what}　{clock.minute(kept.saved)}{note}"

    def _open(self) -> None:
        draft = self._kept.get(self.list.key())
        if draft is not None:
            self.accept()
            self._shell.open("register", draft=draft)

    def _pass_on(self) -> None:
        from ui.pages.hall_drafts import ask_window  # few desks have another window

        draft = self._kept.get(self.list.key())
        if draft is not None:
            ask_window(self, self._desk, draft.id, self._passed)

    def _passed(self) -> None:
        self.look()
        self._shell.toast("草稿已转过去，那个窗口可以接着填，也可以退回来。")

    def _drop(self) -> None:
        draft = self._kept.get(self.list.key())
        if draft is None:
            return
        work = Operation(self, lambda: self._desk.drop_draft(draft.id), Changes.DRAFTS)
        work.success(lambda _none: self._dropped(draft)).run()

    def _dropped(self, draft: Draft) -> None:
        desk, shell, page = self._desk, self._shell, self._page
        self.look()

        def back() -> None:
            Operation(page, lambda: desk.save_draft(draft), Changes.DRAFTS).run()

        shell.toast("草稿已删除。", ("撤销", back))
