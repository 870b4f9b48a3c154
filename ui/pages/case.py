"""办件详情: state, both clocks, history, materials, papers, and what may be done now, and only that."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QMenu, QVBoxLayout, QWidget

from desk import clock
from desk.app.open_desk import Desk
from desk.counter.asking.looks import What
from desk.folds.case import HistoryLine, is_centre
from desk.law import id_numbers, numbers
from desk.law.catalogue import rules
from desk.law.deadline import Warn
from desk.log import history_words
from desk.log.files import FileRef
from desk.papers import paper_list
from desk.store.snapshots import CaseView, DueView, Place
from ui import tasks
from ui.changes import Changes
from ui.dialogs.picture_dialog import PictureViewer
from ui.look import marks
from ui.look.flow import Flow
from ui.look.i18n import tr
from ui.look.theme import Role, unit
from ui.pages.case_acts import CaseActs
from ui.pages.case_elsewhere import OpenElsewhere
from ui.pages.case_windows import clash_cards
from ui.pages.looking import look
from ui.widgets.basic import Card, Chip, label, plain_button, row, set_role
from ui.widgets.field import KeyValue
from ui.widgets.page import Page, Shell, emptied, scrolled

_ACROSS = 4  # clocks beside each other, the rest below


class CasePage(Page):
    """One case."""

    key, title = "case", "办件详情"
    concerns = Changes.CASES | Changes.PAPERS | Changes.SYNC

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__(desk, shell)
        self._intake_no = ""
        self._acts = CaseActs(self, desk, shell)
        self._inner = QWidget()
        QVBoxLayout(self._inner).setContentsMargins(0, 0, 0, 0)
        self._elsewhere = OpenElsewhere(self, desk)
        self.box.addWidget(self._elsewhere)
        self.box.addWidget(scrolled(self._inner, "case-scroll"))

    def activate(self, **facts: Any) -> None:
        """Show the case `intake_no`."""
        self._intake_no = facts.get("intake_no", self._intake_no)
        self._elsewhere.watch(self._intake_no)
        self.changed()

    def leave(self) -> None:
        """The other windows see that nobody looks at it here."""
        self._elsewhere.watch("")

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
        if view.apart:
            box.addWidget(clash_cards(self._acts.hall, view.apart))
        clocks = QGridLayout()
        clocks.setSpacing(unit() * 3)
        across = min(len(view.clocks), _ACROSS) if len(view.clocks) != _ACROSS + 1 else _ACROSS - 1
        for at, limit in enumerate(view.clocks):
            clocks.addWidget(self._clock_card(view, limit), at // across, at % across)
            clocks.setColumnStretch(at % across, 1)
        box.addLayout(clocks)
        columns = QHBoxLayout()
        columns.setSpacing(unit() * 3)
        left, right = QVBoxLayout(), QVBoxLayout()
        item = self.desk.item(view.case.collected.item.task_code)
        left.addWidget(self._facts_card(view, rules.filled(item, view.case.collected.fields)))
        left.addWidget(self._materials_card(view))
        left.addStretch(1)
        right.addWidget(_history_card(view))
        if not view.row.village:
            right.addWidget(self._papers_card(view))
        right.addStretch(1)
        columns.addLayout(left, 1)
        columns.addLayout(right, 1)
        box.addLayout(columns)
        layout = self._inner.layout()
        if layout is not None:
            emptied(layout)
            layout.addWidget(whole)

    def _header(self, view: CaseView) -> QWidget:
        role, icon = marks.state_mark(view.case.state)
        chip = Chip(view.row.state_name, role, icon)
        chip.setObjectName("case-state")
        guide = plain_button("服务指南(&G)", "case-guide", "book-2")
        code = view.case.collected.item.task_code
        if view.row.village:
            guide.hide()
        guide.clicked.connect(lambda: self._acts.paper(lambda: self.desk.papers.guide(code)))
        back = plain_button("返回(&Q)", "case-back", "chevron-left")
        back.clicked.connect(lambda: self.shell.open("cases"))
        whose = [_village(view)] if view.row.village else [_window(view)] if view.row.elsewhere else []
        title = label(view.case.collected.applicant.name, "heading", bold=True)
        item = label(view.case.collected.item.item_name, "title", Role.MUTED, wrap=True)
        top = row(back, title, chip, *whose, None, guide)
        made = QWidget()
        box = QVBoxLayout(made)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(top)
        box.addWidget(item)
        box.addWidget(Flow(*self._acts.buttons(view)))
        return made

    def _clock_card(self, view: CaseView, clock: DueView) -> Card:
        card = _clock_facts(clock)
        if clock.lines:
            steps = label("\n".join(clock.lines), "small", Role.MUTED, wrap=True)
            steps.hide()
            why = plain_button("怎么算的", "clock-why", "info-circle")
            why.setAccessibleName(f"{tr(clock.name)}：{tr('怎么算的')}")
            sheet = plain_button("打印", "clock-sheet", "printer")
            sheet.setAccessibleName(f"{tr('打印期限计算单')}：{tr(clock.name)}")
            why.clicked.connect(lambda: steps.setVisible(not steps.isVisible()))
            number = view.case.intake_no
            sheet.clicked.connect(lambda: self._acts.paper(lambda: self.desk.papers.deadline_sheet(number, clock)))
            if view.row.village:
                sheet.hide()
            card.body.addWidget(steps)
            card.body.addWidget(row(why, sheet, None))
        card.body.addStretch(1)
        return card

    def _facts_card(self, view: CaseView, filled: list[tuple[str, str]]) -> Card:
        card, taken = _facts_card(view, filled), view.case.collected
        offered = [
            ("看电话(&H)", "case-phone", "applicant", What.PHONE, taken.applicant.phone),
            ("看证件号码(&Z)", "case-id-number", "applicant", What.ID_NUMBER, taken.applicant.id_number),
            (
                "看代办人电话(&K)",
                "case-proxy-phone",
                "proxy",
                What.PHONE,
                taken.proxy.person.phone if taken.proxy else "",
            ),
        ]
        buttons: list[QWidget] = []
        for words, name, where, what, number in offered:
            shown = card.findChild(QLabel, name)
            if number and shown is not None and not view.row.village:
                button = plain_button(words, f"{name}-look", "phone" if what is What.PHONE else "eye")
                button.clicked.connect(self._looker(view.case.intake_no, where, what, shown))
                buttons.append(button)
        card.body.insertWidget(2, Flow(*buttons))  # right under the facts
        return card

    def _looker(self, intake_no: str, where: str, what: What, place: QLabel) -> Callable[[], None]:
        """Shows a full number of the case at its place, if that is still there when it comes."""

        def shown(number: str) -> None:
            if shiboken6.isValid(place):
                place.setText(number)

        case = self.desk.looks.case
        return lambda: look(self, what, lambda reasons: case(intake_no, where, what, reasons), shown)

    def _materials_card(self, view: CaseView) -> Card:
        card = Card("材料")
        _material_words(view, card)
        files = tuple(ref for one in view.case.materials for ref in one.files)
        if files and not view.row.village:
            look = plain_button(f"看图片（{len(files)} 张）(&I)", "case-pictures", "photo")
            look.clicked.connect(lambda: PictureViewer(self, self.desk, files).open())
            card.body.addWidget(look, 0, Qt.AlignmentFlag.AlignLeft)
            _pictures_there(view, files, card)
        return card

    def _papers_card(self, view: CaseView) -> Card:
        card = Card("文书")
        more = plain_button("其他文书(&O)", "case-more-papers", "file-text")
        menu = QMenu(more)
        for key, title in paper_list.offered(view.case):
            act = menu.addAction(tr(title))
            act.setObjectName(f"paper-{key}")
            act.triggered.connect(lambda _=False, key=key: self._other_paper(key, view))
        more.setMenu(menu)
        if not view.papers:
            card.body.addWidget(label("还没有打印过文书。", "body", Role.MUTED))
        for paper in view.papers:
            look = plain_button("查看", f"paper-{paper.sha256[:8]}")
            again = plain_button("补打", f"paper-copy-{paper.sha256[:8]}", "printer")
            look.setAccessibleName(f"{tr('查看')} {paper.title}")
            again.setAccessibleName(f"{tr('补打')} {paper.title}")
            again.setToolTip(tr("再打一份，纸上注明是补打"))
            look.clicked.connect(lambda _=False, sha=paper.sha256: self._acts.paper(lambda: self.desk.papers.kept(sha)))
            again.clicked.connect(
                lambda _=False, sha=paper.sha256: self._acts.paper(lambda: self.desk.papers.copy(sha))
            )
            signed = plain_button("存签字件", f"paper-signed-{paper.sha256[:8]}", "signature")
            signed.setAccessibleName(f"{tr('存签字件')} {paper.title}")
            signed.setToolTip(tr("把签好字的纸拍照，存在这份文书旁边"))
            signed.clicked.connect(lambda _=False, one=paper: self._acts.keep_signed(one))
            made = label(clock.minute(paper.made_at), "small", Role.MUTED)
            card.body.addWidget(row(label(paper.title), None, made))
            card.body.addWidget(row(None, look, again, signed))
            if paper.signed:
                scans = plain_button(f"看签字件（{len(paper.signed)} 张）", f"paper-scans-{paper.sha256[:8]}", "photo")
                scans.clicked.connect(lambda _=False, files=paper.signed: PictureViewer(self, self.desk, files).open())
                card.body.addWidget(row(None, scans))
        if menu.actions():
            card.body.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _other_paper(self, key: str, view: CaseView) -> None:
        number = view.case.intake_no
        self._acts.paper(lambda: self.desk.papers.case_paper(number, key))


def _village(view: CaseView) -> Chip:
    """Whose case it is, that this township only looks at."""
    chip = Chip(f"{view.row.village}的办件，本机只能查看", Role.ACCENT, "eye")
    chip.setObjectName("case-village")
    return chip


def _window(view: CaseView) -> Chip:
    """Which other window works at it."""
    chip = Chip(f"{tr('在')} {tr(history_words.window(view.case.window))}", Role.ACCENT, "users-group")
    chip.setObjectName("case-window")
    return chip


def _clock_facts(clock: DueView) -> Card:
    card = Card()
    card.body.addWidget(label(clock.name, "small", Role.MUTED))
    words = label(clock.words, "body", marks.WARN_ROLES[clock.warning], bold=clock.on is not None, wrap=True)
    words.setToolTip(tr("\n".join(clock.lines)))
    card.body.addWidget(words)
    if clock.note:
        card.body.addWidget(label(clock.note, "small", Role.MUTED, wrap=True))
    if clock.warning is not Warn.NONE:
        role = marks.WARN_ROLES[clock.warning]
        card.body.addWidget(Chip(marks.WARN_WORDS[clock.warning], role, marks.mark_icon(role)))
    return card


def _facts_card(view: CaseView, filled: list[tuple[str, str]]) -> Card:
    card, facts, taken = Card("办件"), KeyValue(), view.case.collected
    facts.add("收件号", numbers.grouped(view.case.intake_no), "case-intake-no")
    facts.add("办件编号", view.case.case_no or "中心接收后给出", "case-case-no")
    facts.add("申请人", taken.applicant.name, "case-applicant")
    if taken.applicant.representative:
        facts.add("法定代表人", taken.applicant.representative, "case-representative")
    facts.add("证件号码", view.id_masked, "case-id-number")
    facts.add("电话", view.phone_masked or "未留", "case-phone")
    if taken.proxy:
        related = f"（{tr(taken.proxy.relation)}）" if taken.proxy.relation else ""
        facts.add("代办人", taken.proxy.person.name + related, "case-proxy")
        facts.add("代办人电话", id_numbers.masked_phone(taken.proxy.person.phone) or "未留", "case-proxy-phone")
    facts.add("收件时间", clock.minute(view.case.collected_at))
    if view.case.arrived_at:
        facts.add("到件时间", clock.minute(view.case.arrived_at))
    if view.case.accepted_at:
        facts.add("受理时间", clock.minute(view.case.accepted_at), "case-accepted-at")
    for name, value in filled:
        facts.add(name, value)
    for one in taken.overruled:
        words = tr(f"{one.text}，依据{one.basis}：{one.known}仍收件的原因：") + one.reason
        set_role(facts.add("条件不符", words, f"case-overruled-{one.code}"), Role.WARN)
    if taken.note:
        facts.add("备注", taken.note)
    words, role, icon = _PLACES[view.place]
    since = f"　{clock.minute(view.place_since)}" if view.place_since else ""
    centre = Chip(tr(words) + since, role, icon)
    centre.setObjectName("case-place")
    card.body.addWidget(facts)
    card.body.addWidget(centre, 0, Qt.AlignmentFlag.AlignLeft)
    return card


_PLACES = {
    Place.HERE: ("在本机，待送中心", Role.WAITING, "clock"),
    Place.ON_THE_WAY: ("在U盘上，等送到中心", Role.WAITING, "device-usb"),
    Place.AT_CENTRE: ("已到中心", Role.OK, "circle-check"),
}


def _material_words(view: CaseView, card: Card) -> None:
    for material in view.case.materials:
        if material.missing:
            until = f"，{material.until} 前补来" if material.until else ""
            words = label(tr(f"未交　{material.name}：{tr(material.missing)}") + tr(until), wrap=True)
            set_role(words, Role.WARN)
        else:
            back = "，原件已退还" if material.returned else ""
            held = tr(f"已收　{material.name}　原件 {material.originals}，复印件 {material.copies}")
            words = label(held + tr(back), wrap=True)
        card.body.addWidget(words)


def _pictures_there(view: CaseView, files: tuple[FileRef, ...], card: Card) -> None:
    """Each picture by name: here, or at the centre since when; green only when the centre has them all."""
    ours = [one for one in files if one.sha256 in view.pictures]
    if not ours:
        return
    there = sum(bool(view.pictures[one.sha256]) for one in ours)
    whole = there == len(ours)
    words = f"图片 {there} 张已到中心" if whole else f"图片 {there}/{len(ours)} 张已到中心，其余待送"
    chip = Chip(words, Role.OK if whole else Role.WAITING, "circle-check" if whole else "clock")
    chip.setObjectName("case-pictures-there")
    card.body.addWidget(chip, 0, Qt.AlignmentFlag.AlignLeft)
    for one in ours:
        since = view.pictures[one.sha256]
        line = (
            tr(f"{one.name}　已到中心") + f"　{clock.minute(since)}" if since else tr(f"{one.name}　在本机，待送中心")
        )
        card.body.addWidget(label(line, "small", Role.MUTED, wrap=True))


def _history_card(view: CaseView) -> Card:
    card = Card("经过")
    for line in reversed(view.case.history):
        card.body.addWidget(_history_line(line, view.desks.get(line.node, "")))
    return card


def _history_line(line: HistoryLine, desk: str) -> QWidget:
    """`desk` is the number of the other desk of this point that it happened at, "" for none."""
    made = QWidget()
    box = QVBoxLayout(made)
    box.setContentsMargins(0, 0, 0, unit())
    box.setSpacing(0)
    where = "中心" if is_centre(line.node) else tr(history_words.window(desk)) if desk else "代办点"
    who = f"{where} · {line.author}" if line.author else where
    box.addWidget(row(label(line.name, bold=True), None, label(clock.second(line.time), "small", Role.MUTED)))
    note = f" · {line.note}" if line.note and line.corrected is None else ""
    box.addWidget(label(who + note, "small", Role.MUTED, wrap=True))
    for one in _corrected(line):
        box.addWidget(label(one, "small", wrap=True))
    if line.refused:
        box.addWidget(label(f"未生效：{line.refused}", "small", Role.DANGER, wrap=True))
    return made


def _corrected(line: HistoryLine) -> list[str]:
    """Each value that was put right on a line of its own, then why."""
    told = line.corrected
    if told is None:
        return []
    changes = [
        (tr(one.name), *(history_words.shown(one, words) for words in (one.before, one.after))) for one in told.changes
    ]
    return [*(f"{name}：{before} → {after}" for name, before, after in changes), tr("原因：") + told.reasons]
