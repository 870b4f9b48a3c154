"""今日: what needs me now, one click to each. A quiet day says so kindly."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk import clock
from desk.app.open_desk import Desk
from desk.counter import today
from desk.folds.records import Notice, Visit
from desk.store.snapshots import DraftRow, Need, TodayView
from ui import tasks
from ui.changes import Changes
from ui.look import marks
from ui.look.flow import Tiles
from ui.look.i18n import tr
from ui.look.theme import Role, unit
from ui.operations import Operation
from ui.widgets.basic import Card, Chip, EmptyState, label, link_button, plain_button, primary_button, row, set_role
from ui.widgets.columns import Columns
from ui.widgets.page import Page, Shell, emptied, scrolled

_WHY = {
    "red": ("超期", Role.DANGER, "alert-circle"),
    "yellow": ("临近", Role.WARN, "alert-triangle"),
    "supplement": ("待补正", Role.WARN, "list-check"),
    "result": ("待交件", Role.OK, "package"),
    "passed": ("转来", Role.ACCENT, "users-group"),
    "apart": ("不一致", Role.WARN, "alert-triangle"),
    "before": ("赶时限", Role.DANGER, "alert-circle"),
    "follow": ("待补来", Role.WARN, "clock"),
    "corrected": ("中心更正", Role.WARN, "refresh"),
}


_NOTICES = 3


class _Tile(Card):
    """A number that matters, and the way to it."""

    def __init__(self, name: str, words: str, act: Callable[[], None]) -> None:
        super().__init__()
        self.number = label("—", "heading", bold=True)
        self.number.setObjectName(f"today-{name}")
        self._words = words
        self._more = label("", "small", Role.WARN)
        button = plain_button("查看", f"today-{name}-open")
        button.setAccessibleName(tr(f"查看{words}"))
        button.clicked.connect(act)
        self.body.addWidget(row(self.number, None, button))
        self.body.addWidget(label(words, "body", Role.MUTED))
        self.body.addWidget(self._more)

    def set(self, number: int, more: str = "", role: Role = Role.TEXT) -> None:
        """Show `number`, in the colour of `role`."""
        self.number.setText(str(number))
        set_role(self.number, role)
        self.number.setAccessibleName(f"{tr(self._words)}：{number}")
        self._more.setText(more)


class TodayPage(Page):
    """The first page."""

    key, title = "today", "今日"
    concerns = Changes.ENTRIES | Changes.DRAFTS | Changes.SYNC

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__(desk, shell)
        new = primary_button("登记新办件", "today-new", "file-plus")
        new.setToolTip("Ctrl+N")
        new.clicked.connect(lambda: shell.open("register"))
        self.head(new)
        self._tiles = {
            "late": _Tile("late", "超期", lambda: shell.open("cases", query=today.LATE)),
            "near": _Tile("near", "临近", lambda: shell.open("cases", query=today.NEAR)),
            "supplements": _Tile("supplements", "待补正", lambda: shell.open("cases", query=today.SUPPLEMENTS)),
            "results": _Tile("results", "待交件", lambda: shell.open("cases", query=today.RESULTS)),
            "drafts": _Tile("drafts", "草稿", self._show_drafts),
            "sync": _Tile("sync", "待送中心（条）", lambda: shell.open("sync")),
        }
        self.box.addWidget(Tiles(*self._tiles.values(), spacing=3))
        inner = Columns(3, 2)
        self._needs, self._side = inner.columns
        self.box.addWidget(scrolled(inner, "today-scroll"), 1)

    def _show_drafts(self) -> None:
        from ui.pages.today_drafts import DraftsDialog

        DraftsDialog(self, self.desk, self.shell).open()

    def activate(self, **_facts: Any) -> None:
        """Count again."""
        self.changed()

    def _collected(self) -> None:
        self.shell.open("cases", query=today.collected(self.desk.today_date()))

    def changed(self) -> None:
        """Count again."""
        tasks.read(self, self.desk.today, self._show)

    def _show(self, view: TodayView) -> None:
        self._tiles["late"].set(view.red, role=Role.DANGER if view.red else Role.TEXT)
        self._tiles["near"].set(view.yellow, role=Role.WARN if view.yellow else Role.TEXT)
        self._tiles["supplements"].set(view.supplements)
        self._tiles["results"].set(view.to_hand_over)
        self._tiles["drafts"].set(view.drafts)
        since = f"最早 {clock.minute(view.waiting_since)[5:]}" if view.waiting_since else ""
        self._tiles["sync"].set(view.waiting_sync, since)
        emptied(self._needs)
        emptied(self._side)
        self._needs.addWidget(self._needs_card(view))
        self._needs.addStretch(1)
        if view.notices:
            self._side.addWidget(self._notices_card(view.notices))
        if view.visits:
            self._side.addWidget(self._visits_card(view.visits))
        if view.latest_drafts:
            self._side.addWidget(self._drafts_card(view.latest_drafts))
        self._side.addWidget(self._recent_card(view))
        self._side.addStretch(1)

    def _notices_card(self, notices: tuple[Notice, ...]) -> Card:
        card = Card("中心的通知")
        for one in notices[:_NOTICES]:
            card.body.addWidget(label(one.title, bold=True, wrap=True))
            card.body.addWidget(label(one.text, wrap=True))
            card.body.addWidget(label(f"{one.day}　{one.officer}", "small", Role.MUTED))
        return card

    def _needs_card(self, view: TodayView) -> Card:
        card = Card("现在要做的")
        for need in view.needs:
            card.body.addWidget(self._need(need))
        if not view.needs:
            quiet = "今天没有急事。" if view.recent else "还没有办件。"
            told = "有人来办事，按 Ctrl+N 登记；想找什么，按 Ctrl+K。"
            card.body.addWidget(EmptyState("heart-handshake", f"{quiet}\n{told}"))
        return card

    def _need(self, need: Need) -> QWidget:
        words, role, icon = _WHY[need.why]
        case = need.case
        go = link_button(f"{case.applicant_name}　{case.item_name}", f"need-{case.intake_no}")
        go.clicked.connect(lambda: self.shell.open("case", intake_no=case.intake_no))
        made = QWidget()
        box = QVBoxLayout(made)
        box.setContentsMargins(0, 0, 0, unit())
        box.setSpacing(0)
        box.addWidget(row(Chip(words, role, icon), go, None))
        box.addWidget(label(need.words, "small", Role.MUTED, wrap=True))
        return made

    def _visits_card(self, visits: tuple[Visit, ...]) -> Card:
        card = Card("预约到场")
        for visit in visits[:6]:
            booked = visit.booked
            came = plain_button("已到场", f"visit-kept-{visit.id[:8]}")
            off = plain_button("取消", f"visit-off-{visit.id[:8]}")
            came.setAccessibleName(tr(f"{booked.name}已到场"))
            off.setAccessibleName(tr(f"取消{booked.name}的预约"))
            came.clicked.connect(lambda _=False, one=visit: self._end(one, kept=True, reasons=""))
            off.clicked.connect(lambda _=False, one=visit: self._call_off(one))
            card.body.addWidget(
                row(label(f"{booked.day}　{tr(booked.period)}　{booked.name}", bold=True), None, came, off)
            )
            where = "，".join(one for one in (booked.item_name, booked.place) if one)
            card.body.addWidget(label(where, "small", Role.MUTED, wrap=True))
        return card

    def _call_off(self, visit: Visit) -> None:
        from ui.widgets.ask import Ask

        ask = Ask(self, "取消预约", ok="取消这个预约", name="visit-off")
        ask.text("why", "原因(&R)")
        ask.go(
            lambda typed: self.desk.visits.end(visit.id, kept=False, reasons=typed["why"]),
            lambda _none: self.shell.toast("预约已取消。"),
            Changes.VISITS,
        )

    def _end(self, visit: Visit, *, kept: bool, reasons: str) -> None:
        work = Operation(self, lambda: self.desk.visits.end(visit.id, kept=kept, reasons=reasons), Changes.VISITS)
        work.success(lambda _none: self.shell.toast("已记下：本人到场了。")).run()

    def _drafts_card(self, drafts: tuple[DraftRow, ...]) -> Card:
        card = Card("草稿")
        for kept in drafts:
            item = self.desk.item(kept.draft.task_code)
            words = f"{tr(kept.title)}　{item.item_name if item else tr('（未选事项）')}"
            go = link_button(words, f"draft-{kept.draft.id[:8]}")
            go.clicked.connect(lambda _=False, draft=kept.draft: self.shell.open("register", draft=draft))
            card.body.addWidget(row(go, None, label(clock.minute(kept.saved)[5:], "small", Role.MUTED)))
        return card

    def _recent_card(self, view: TodayView) -> Card:
        card = Card("最近的办件")
        if not view.recent:
            card.body.addWidget(label("登记的办件会列在这里。", "body", Role.MUTED))
        elif view.collected_today:
            new = plain_button(f"今天已收 {view.collected_today} 件", "today-collected-open")
            new.clicked.connect(self._collected)
            card.body.addWidget(new, 0, Qt.AlignmentFlag.AlignLeft)
        for case in view.recent:
            go = link_button(f"{case.applicant_name}　{case.item_name}", f"recent-{case.intake_no}")
            go.clicked.connect(lambda _=False, one=case: self.shell.open("case", intake_no=one.intake_no))
            role, icon = marks.state_mark(case.state)
            card.body.addWidget(row(go, None, Chip(case.state_name, role, icon)))
        return card
