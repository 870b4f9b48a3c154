"""办件详情: state, both clocks, history, materials, papers, and what may be done now, and only that."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QInputDialog, QVBoxLayout, QWidget

from desk import numbers
from desk.app import Desk
from desk.case import MOVES, HistoryLine, is_centre
from desk.catalogue import rules
from desk.views import CaseView, DueView, PaperOut, Warn
from ui import marks, tasks
from ui.pages.page import Page, Shell, scrolled
from ui.paper_view import PaperDialog
from ui.theme import Role, unit
from ui.widgets.basic import Card, Chip, label, plain_button, primary_button, row, set_role
from ui.widgets.field import KeyValue

_WITH_REASON = ("case.withdrawn", "case.voided")
_OFFERED = ("case.at_point", "case.served", "case.concluded", "case.withdrawn", "case.voided")


class CasePage(Page):
    """One case."""

    key, title = "case", "办件详情"

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__(desk, shell)
        self._intake_no = ""
        self._inner = QWidget()
        QVBoxLayout(self._inner).setContentsMargins(0, 0, 0, 0)
        self.box.addWidget(scrolled(self._inner, "case-scroll"))

    def activate(self, **facts: Any) -> None:
        """Show the case `intake_no`."""
        self._intake_no = facts.get("intake_no", self._intake_no)
        self.changed()

    def changed(self) -> None:
        """Look again."""
        number = self._intake_no
        if number:
            tasks.read(self, lambda: self.desk.case(number), self._show, self.shell.error)

    def _show(self, view: CaseView) -> None:
        whole = QWidget()
        box = QVBoxLayout(whole)
        box.setContentsMargins(0, 0, unit() * 2, 0)
        box.setSpacing(unit() * 3)
        box.addWidget(self._header(view))
        clocks = QHBoxLayout()
        clocks.setSpacing(unit() * 3)
        for clock in view.clocks:
            clocks.addWidget(_clock_card(clock), 1)
        box.addLayout(clocks)
        columns = QHBoxLayout()
        columns.setSpacing(unit() * 3)
        left, right = QVBoxLayout(), QVBoxLayout()
        item = self.desk.item(view.case.collected.item.task_code)
        left.addWidget(_facts_card(view, rules.filled(item, view.case.collected.fields)))
        left.addWidget(_materials_card(view))
        left.addStretch(1)
        right.addWidget(_history_card(view))
        right.addWidget(self._papers_card(view))
        right.addStretch(1)
        columns.addLayout(left, 1)
        columns.addLayout(right, 1)
        box.addLayout(columns)
        layout = self._inner.layout()
        while layout is not None and (item := layout.takeAt(0)) is not None:
            if item.widget() is not None:
                item.widget().deleteLater()
        if layout is not None:
            layout.addWidget(whole)

    def _header(self, view: CaseView) -> QWidget:
        role, icon = marks.state_mark(view.case.state)
        chip = Chip(view.row.state_name, role, icon)
        chip.setObjectName("case-state")
        receipt = primary_button("打印回执(&R)", "case-receipt", "printer")
        guide = plain_button("服务指南(&G)", "case-guide", "book-2")
        receipt.clicked.connect(lambda: self._paper(lambda: self.desk.papers.receipt(view.case.intake_no)))
        guide.clicked.connect(lambda: self._paper(lambda: self.desk.papers.guide(view.case.collected.item.task_code)))
        back = plain_button("返回", "case-back", "chevron-left")
        back.clicked.connect(lambda: self.shell.open("cases"))
        title = label(view.case.collected.applicant.name, "heading", bold=True)
        item = label(view.case.collected.item.item_name, "title", Role.MUTED, wrap=True)
        moves = [self._move_button(kind, view) for kind in _OFFERED if kind in view.may]
        top = row(back, title, chip, None, *moves, guide, receipt)
        made = QWidget()
        box = QVBoxLayout(made)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(top)
        box.addWidget(item)
        return made

    def _move_button(self, kind: str, view: CaseView) -> QWidget:
        button = plain_button(MOVES[kind].name, f"case-{kind.partition('.')[2]}")
        button.clicked.connect(lambda: self._act(kind, view.case.intake_no))
        return button

    def _act(self, kind: str, intake_no: str) -> None:
        if kind not in _WITH_REASON:
            self._do(kind, intake_no, "")
            return
        dialog = QInputDialog(self)
        dialog.setObjectName("case-reason")
        dialog.setWindowTitle(MOVES[kind].name)
        dialog.setLabelText(f"{MOVES[kind].name}的原因（会记入办件经过，不能删改）：")
        dialog.setInputMode(QInputDialog.InputMode.TextInput)
        dialog.textValueSelected.connect(lambda text: self._do(kind, intake_no, text))
        dialog.open()

    def _do(self, kind: str, intake_no: str, reasons: str) -> None:
        tasks.run(
            self,
            lambda: self.desk.handling.act(intake_no, kind, reasons),
            lambda _none: self._done(kind),
            self.shell.error,
        )

    def _done(self, kind: str) -> None:
        self.shell.toast(f"{MOVES[kind].name}：已记录。")
        self.shell.changed()

    def _paper(self, make: Any) -> None:
        tasks.run(self, make, self._open_paper, self.shell.error)

    def _open_paper(self, paper: PaperOut) -> None:
        PaperDialog(self, paper).open()
        self.shell.changed()

    def _papers_card(self, view: CaseView) -> Card:
        card = Card("文书")
        if not view.papers:
            card.body.addWidget(label("还没有打印过文书。", "body", Role.MUTED))
        for paper in view.papers:
            again = plain_button("打开", f"paper-{paper.sha256[:8]}")
            again.setAccessibleName(f"打开{paper.title}")
            again.clicked.connect(
                lambda _checked=False, sha=paper.sha256: self._paper(lambda: self.desk.papers.kept(sha))
            )
            words = f"{paper.title}（{paper.paper.partition('-')[2]}）"
            card.body.addWidget(row(label(words), label(marks.when(paper.made_at), "small", Role.MUTED), None, again))
        return card


def _clock_card(clock: DueView) -> Card:
    card = Card()
    card.body.addWidget(label(clock.name, "small", Role.MUTED))
    words = label(clock.words, "body", marks.WARN_ROLES[clock.warning], bold=clock.on is not None, wrap=True)
    words.setToolTip("\n".join(clock.lines))
    card.body.addWidget(words)
    if clock.warning is not Warn.NONE:
        role = marks.WARN_ROLES[clock.warning]
        card.body.addWidget(Chip(marks.WARN_WORDS[clock.warning], role, marks.mark_icon(role)))
    if clock.lines:
        why = plain_button("怎么算的", "clock-why", "info-circle")
        told = label("\n".join(clock.lines), "small", Role.MUTED, wrap=True)
        told.hide()
        why.clicked.connect(lambda: told.setVisible(not told.isVisible()))
        card.body.addWidget(told)
        card.body.addWidget(why, 0, Qt.AlignmentFlag.AlignLeft)
    card.body.addStretch(1)
    return card


def _facts_card(view: CaseView, filled: list[tuple[str, str]]) -> Card:
    card, facts, taken = Card("办件"), KeyValue(), view.case.collected
    facts.add("收件号", numbers.grouped(view.case.intake_no), "case-intake-no")
    facts.add("办件编号", view.case.case_no or "中心接收后给出", "case-case-no")
    facts.add("证件号码", view.id_masked)
    facts.add("电话", view.phone_masked or "未留")
    if taken.principal:
        facts.add("委托人", taken.principal.name)
    facts.add("收件时间", marks.when(view.case.collected_at))
    if view.case.arrived_at:
        facts.add("到件时间", marks.when(view.case.arrived_at))
    if view.case.accepted_at:
        facts.add("受理时间", marks.when(view.case.accepted_at), "case-accepted-at")
    for name, value in filled:
        facts.add(name, value)
    if taken.note:
        facts.add("备注", taken.note)
    centre = (
        Chip("已到中心", Role.OK, "circle-check") if view.row.at_centre else Chip("待送中心", Role.WAITING, "clock")
    )
    card.body.addWidget(facts)
    card.body.addWidget(centre, 0, Qt.AlignmentFlag.AlignLeft)
    return card


def _materials_card(view: CaseView) -> Card:
    card = Card("材料")
    for one in view.case.collected.materials:
        if one.missing:
            until = f"，{one.until} 前补来" if one.until else ""
            words = label(f"未交　{one.name}：{one.missing}{until}", wrap=True)
            set_role(words, Role.WARN)
        else:
            back = "，原件已退还" if one.returned else ""
            words = label(f"已收　{one.name}　原件 {one.originals}，复印件 {one.copies}{back}", wrap=True)
        card.body.addWidget(words)
    return card


def _history_card(view: CaseView) -> Card:
    card = Card("经过")
    for line in reversed(view.case.history):
        card.body.addWidget(_history_line(line))
    return card


def _history_line(line: HistoryLine) -> QWidget:
    made = QWidget()
    box = QVBoxLayout(made)
    box.setContentsMargins(0, 0, 0, unit())
    box.setSpacing(0)
    where = "中心" if is_centre(line.node) else "代办点"
    who = f"{where} · {line.author}" if line.author else where
    box.addWidget(row(label(line.name, bold=True), None, label(line.time[:19].replace("T", " "), "small", Role.MUTED)))
    box.addWidget(label(who + (f" · {line.note}" if line.note else ""), "small", Role.MUTED, wrap=True))
    if line.refused:
        box.addWidget(label(f"未生效：{line.refused}", "small", Role.DANGER, wrap=True))
    return made
