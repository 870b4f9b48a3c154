"""What can be done with a case, each a question or a page of its own."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from typing import NamedTuple

from PySide6.QtWidgets import QWidget

from desk.app.open_desk import Desk
from desk.counter.handling import HOWS, RELATIONS
from desk.folds import rating
from desk.folds.case import MOVES, State
from desk.folds.next_act import NextAct
from desk.log.events import Served, TakenMaterial
from desk.log.files import FileRef
from desk.store.snapshots import CaseView, PaperOut, PaperView
from ui import tasks
from ui.changes import Changes
from ui.devices import pictures
from ui.devices.camera import CameraTray
from ui.dialogs.picture_dialog import PictureDialog
from ui.dialogs.show_paper import show_paper
from ui.look.i18n import tr
from ui.look.theme import Role
from ui.operations import Operation
from ui.pages.case_amending import CaseAmending
from ui.pages.case_brought import BroughtLine
from ui.pages.hall_acts import HallActs
from ui.widgets.ask import Ask, Values
from ui.widgets.basic import label, plain_button, primary_button
from ui.widgets.page import Page, Shell
from ui.widgets.signature import RatingPage, SignaturePad

_WITH_REASON = ("case.withdrawn", "case.voided")
OFFERED = ("case.at_point", "case.served", "case.concluded", "case.withdrawn", "case.voided")
_KEYS = {
    "case.at_point": "A",
    "case.served": "J",
    "case.concluded": "E",
    "case.withdrawn": "W",
    "case.voided": "V",
}
_WORDS = {"case.served": "交件给申请人", "case.withdrawn": "申请人撤回", "case.at_point": "结果已到代办点"}


_ICONS = {"case.at_point": "package", "case.served": "signature", "case.concluded": "check"}
_NEXT = {
    "case.at_point": NextAct.AT_POINT,
    "case.served": NextAct.SERVE,
    "case.concluded": NextAct.CONCLUDE,
}


class _Offer(NamedTuple):
    """A button: its words, its name, its drawing, what it does, and which next thing that is, if any."""

    words: str
    name: str
    icon: str
    act: Callable[[], object]
    next: NextAct | None = None


class CaseActs:
    """Makes the buttons of a case and asks what each of them needs."""

    def __init__(self, page: Page, desk: Desk, shell: Shell) -> None:
        self._page, self._desk, self._shell = page, desk, shell
        self._amend, self.hall = CaseAmending(page, desk, shell), HallActs(page, desk, shell)

    def buttons(self, view: CaseView) -> list[QWidget]:
        """What can be done now, and only that; what is next stands first and is the page's one primary button."""
        offers = [] if view.row.village else list(self._offers(view))  # a township looks on: the village acts
        offers.sort(key=lambda one: one.next is not view.next)
        return [self._button(one, is_next=one.next is view.next) for one in offers]

    def _offers(self, view: CaseView) -> Iterator[_Offer]:
        case = view.case
        if view.next is NextAct.SYNC:
            sync = lambda: self._shell.open("sync", now=True)  # noqa: E731
            yield _Offer("立即同步(&S)", "case-sync", "refresh", sync, NextAct.SYNC)
        receipt = lambda: self.paper(lambda: self._desk.papers.receipt(case.intake_no))  # noqa: E731
        yield _Offer("打印回执(&R)", "case-receipt", "printer", receipt, NextAct.RECEIPT)
        lacking = any(one.missing for one in case.materials) or case.state is State.SUPPLEMENT_ASKED
        if lacking and not case.ended_at:
            bring = lambda: self.supplement(view)  # noqa: E731
            yield _Offer("补交材料(&B)", "case-supplement", "file-plus", bring, NextAct.BRING)
        for kind in OFFERED:
            if kind in view.may:
                words = f"{tr(_WORDS.get(kind, MOVES[kind].name))}(&{_KEYS[kind]})"
                act = functools.partial(self.act, kind, view)
                yield _Offer(words, f"case-{kind.partition('.')[2]}", _ICONS.get(kind, ""), act, _NEXT.get(kind))
        if self._desk.corrections.offered(view):
            yield _Offer("更正(&U)", "case-correct", "", lambda: self._amend.correct(view))
        if self._desk.corrections.may_have_other_item(case):
            yield _Offer("改办事项(&T)", "case-other-item", "", lambda: self._amend.other_item(view))
        if view.may_pass:
            yield _Offer("转给窗口(&D)", "case-pass", "", lambda: self.hall.pass_on(case.intake_no))
        if view.may_give_back:
            yield _Offer("退回转来的窗口(&X)", "case-give-back", "", lambda: self.hall.give_back(case.intake_no))
        yield _Offer("照此重办(&Y)", "case-again", "", lambda: self._amend.again(view), NextAct.AGAIN)
        if rating.refusal(case) is None:
            yield _Offer("请群众评价(&P)", "case-rate", "", lambda: self.rate(view), NextAct.RATE)

    @staticmethod
    def _button(offer: _Offer, *, is_next: bool) -> QWidget:
        made = primary_button if is_next else plain_button
        button = made(offer.words, offer.name, offer.icon if is_next else "")
        button.clicked.connect(lambda _checked=False: offer.act())
        return button

    def act(self, kind: str, view: CaseView) -> None:
        """A move: at once, with a reason, or with the form of the hand-over."""
        number = view.case.intake_no
        if kind == "case.served":
            self.serve(view)
        elif kind in _WITH_REASON:
            ask = Ask(self._page, MOVES[kind].name, ok=MOVES[kind].name, name="case-reason")
            ask.text("why", "原因（会记入办件经过，不能删改）(&R)", lines=3)
            act = self._desk.handling.act
            ask.go(lambda typed: act(number, kind, typed["why"]), lambda _none: self._moved(kind), Changes.CASES)
        else:
            work = Operation(self._page, lambda: self._desk.handling.act(number, kind, ""), Changes.CASES)
            work.success(lambda _none: self._moved(kind)).run()

    def _moved(self, kind: str) -> None:
        self._shell.toast(f"{tr(MOVES[kind].name)}：已记录。")

    def supplement(self, view: CaseView) -> None:
        """Tick what was brought."""
        lacking = [one for one in view.case.materials if one.missing]
        asked = view.case.supplement.missing if view.case.supplement else ()
        ask = Ask(self._page, "补交材料", ok="记下补交的材料", name="case-brought")
        if asked:
            ask.body.addWidget(label("中心要求补正：" + "；".join(asked), wrap=True))
        known = {one.name for one in lacking}
        extra = [TakenMaterial(f"asked-{at}", name) for at, name in enumerate(asked) if name not in known]
        offered = [*lacking, *extra]
        tray = CameraTray(self._page)
        tasks.read(self._page, self._desk.office_book.settings, lambda found: tray.watch(found.camera_folder))
        lines = [BroughtLine(self._desk, one, tray.take, is_here=len(offered) == 1) for one in offered]
        for line in lines:
            ask.body.addWidget(line)
        ask.text("note", "说明(&N)")
        number = view.case.intake_no

        def work(typed: Values) -> str:
            chosen = tuple(line.brought() for line in lines if line.here.isChecked())
            return self._desk.handling.add_materials(number, chosen, typed["note"])

        ask.go(work, lambda key: self._brought(number, key), Changes.CASES)

    def _brought(self, intake_no: str, key: str) -> None:
        self._shell.toast("已记下补交的材料，下次同步送到中心。")
        self.paper(lambda: self._desk.papers.brought_note(intake_no, key))

    def serve(self, view: CaseView) -> None:
        """Hand the result over: who takes it, how, and a signature on screen or on paper."""
        ask = Ask(
            self._page,
            "交件给申请人",
            ok="已交件，打印送达回证",
            intro="领取人当面核对后签字。可在下面手写，也可打印送达回证在纸上签。",
            name="case-serve",
        )
        ask.text("recipient", "领取人 *(&N)", view.case.collected.applicant.name)
        ask.choice("relation", "与申请人的关系(&X)", [(one, one) for one in RELATIONS])
        ask.text("why", "代领原因（他人代领时必填）(&R)")
        ask.choice("how", "送达方式(&H)", [(one, one) for one in HOWS])
        ask.text("documents", "交了哪些文书、证照(&D)", f"{view.case.collected.item.item_name}办理结果")
        pad = SignaturePad()
        ask.body.addWidget(label("手写签名（也可在纸上签）", "small", Role.MUTED))
        ask.body.addWidget(pad)

        def work(typed: Values) -> None:
            image = pad.image()
            signature = None if image.isNull() else self._desk.pictures.keep(pictures.drawn(image), "签名.png")
            relation = "" if typed["relation"] == RELATIONS[0] else typed["relation"]
            served = Served(
                officer=self._desk.account.name,
                org=self._desk.office.point_name,
                reasons=typed["why"],
                recipient=typed["recipient"],
                relation=relation,
                how=typed["how"],
                documents=tuple(one for one in typed["documents"].replace("，", "、").split("、") if one),
                signature=signature,
            )
            self._desk.handling.serve(view.case.intake_no, served)

        ask.go(work, lambda _none: self._served(view.case.intake_no), Changes.CASES)

    def _served(self, intake_no: str) -> None:
        self._shell.toast("已交件。")
        self.paper(lambda: self._desk.papers.served_note(intake_no))

    def paper(self, make: Callable[[], PaperOut]) -> None:
        """Make a paper and show it."""
        show_paper(self._page, make).run()

    def keep_signed(self, paper: PaperView) -> None:
        """Photograph the paper as it was signed; kept beside the printed bytes."""
        taken: list[tuple[FileRef, ...]] = []
        title = tr(f"签字件：{paper.title}")
        tray = CameraTray(self._page)
        tasks.read(self._page, self._desk.office_book.settings, lambda found: tray.watch(found.camera_folder))
        dialog = PictureDialog(self._page, self._desk, title, (), tray.take)
        dialog.changed.connect(taken.append)

        def ended(_code: int) -> None:
            if taken and taken[-1]:
                keep = self._desk.papers.keep_signed
                work = Operation(self._page, lambda: keep(paper.sha256, taken[-1]), Changes.PAPERS)
                work.success(lambda _none: self._shell.toast("签字件已存在这份文书旁边。")).run()

        dialog.finished.connect(ended)
        dialog.open()

    def rate(self, view: CaseView) -> None:
        """Turn the screen to the herder."""

        def rated(score: int, words: str) -> None:
            rate = self._desk.handling.rate
            work = Operation(self._page, lambda: rate(view.case.intake_no, score, words), Changes.CASES)
            work.success(lambda _none: self._shell.toast("谢谢您的评价，已记录。")).run()

        RatingPage(self._page.window(), rated).open()
