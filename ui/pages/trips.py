"""送件: papers by where they go, envelopes with two signatures, results that came back, drives and what they spared."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QCheckBox, QWidget

from desk import clock
from desk.app.open_desk import Desk
from desk.counter.office.office_settings import Settings
from desk.counter.township.lodgings import Lying
from desk.counter.trips import Going, Result, TripTotals
from desk.folds.records import BUNDLE_STATES, Bundle, Trip
from desk.folds.township.lodgings import Lodging
from desk.law.numbers import grouped
from ui import tasks
from ui.changes import Changes
from ui.dialogs.show_paper import show_paper
from ui.look.i18n import tr
from ui.look.theme import Role
from ui.operations import Operation
from ui.pages import trips_lodged
from ui.pages.trips_lodged import VillageEnvelopes
from ui.widgets.ask import Ask, Values
from ui.widgets.basic import Card, Chip, EmptyState, elided, label, plain_button, primary_button, row
from ui.widgets.columns import Columns
from ui.widgets.page import Page, Shell, emptied, scrolled

_STATES = {"sealed": (Role.WAITING, "package"), "handed": (Role.WARN, "truck-delivery"), "taken": (Role.OK, "check")}
_SHOWN = 30
_MOVED = Changes.TRIPS | Changes.CASES


class _Pile(Card):
    """Papers for one destination: tick and seal."""

    def __init__(self, going: Going, seal: Any, words: str) -> None:
        super().__init__(going.destination)
        self.boxes: dict[str, QCheckBox] = {}
        for case in going.cases:
            box = QCheckBox(f"{case.applicant_name}　{case.item_name}")
            box.setChecked(True)
            box.setObjectName(f"trips-{case.intake_no}")
            box.setAccessibleName(f"{case.applicant_name} {case.item_name}")
            self.boxes[case.intake_no] = box
            sheets = label(tr(f"原件 {case.originals}，复印件 {case.copies}"), "small", Role.MUTED)
            self.body.addWidget(row(box, None, sheets))
        go = primary_button(words, f"trips-seal-{abs(hash(going.destination)) % 10**6}", "package")
        go.clicked.connect(lambda: seal(going.destination, self.chosen()))
        self.body.addWidget(row(None, go))

    def chosen(self) -> tuple[str, ...]:
        """What is ticked."""
        return tuple(number for number, box in self.boxes.items() if box.isChecked())


class TripsPage(Page):
    """Left what waits, right what is under way."""

    key, title = "trips", "送件"
    concerns = Changes.TRIPS | Changes.CASES | Changes.SYNC

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__(desk, shell)
        drive = primary_button("记一趟送件(&D)", "trips-drive", "truck-delivery")
        paper = plain_button("打印送件登记(&P)", "trips-ledger", "printer")
        drive.clicked.connect(self.drive)
        paper.clicked.connect(self.ledger)
        self._sums = label("", "body", Role.MUTED)
        self._sums.setObjectName("trips-sums")
        heads = [self._sums, paper, drive]
        if desk.villages.has_any:
            lodge = plain_button("收下村里的信封(&R)", "trips-lodge", "package")
            self._of_villages = VillageEnvelopes(self, desk, shell)
            lodge.clicked.connect(self._of_villages.scan)
            heads.insert(1, lodge)
        self.head(*heads)
        inner = Columns(1, 1)
        self._left, self._right = inner.columns
        self.box.addWidget(scrolled(inner, "trips-scroll"), 1)
        self.bundles: tuple[Bundle, ...] = ()
        self._trips: tuple[Trip, ...] = ()
        self._lodgings: dict[str, Lodging] = {}
        self._lying: tuple[Lying, ...] = ()
        self._kilometres = 0

    def activate(self, **_facts: Any) -> None:
        """Look again."""
        tasks.read(self, self.desk.office_book.settings, self._settled)
        self.changed()

    def _settled(self, settings: Settings) -> None:
        self._kilometres = settings.kilometres_to_centre

    def changed(self) -> None:
        """Look again."""
        trips, year = self.desk.trips, self.desk.today_date().year

        def work() -> tuple[Any, ...]:
            lying = self.desk.lodgings.listed() if self.desk.villages.has_any else ()
            told = trips.lodgings(), lying
            return trips.going(), trips.results(), trips.bundles(), trips.trips(), trips.totals(year), *told

        tasks.read(self, work, lambda found: self._show(*found), self.shell.error)

    def _show(
        self,
        going: tuple[Going, ...],
        results: tuple[Result, ...],
        bundles: tuple[Bundle, ...],
        trips: tuple[Trip, ...],
        totals: TripTotals,
        lodgings: dict[str, Lodging],
        lying: tuple[Lying, ...],
    ) -> None:
        self.bundles, self._lodgings, self._lying = bundles, lodgings, lying
        spared = f"，替农牧民少跑 {totals.saved_trips} 趟、{totals.saved_kilometres} 公里" if totals.trips else ""
        self._sums.setText(f"今年送件 {totals.trips} 趟{spared}")
        emptied(self._left)
        emptied(self._right)
        for at, one in enumerate(going):
            self._left.addWidget(_Pile(one, self.seal, "装信封" if at else "装信封(&S)"))
        if not going:
            card = Card("要送的材料")
            card.body.addWidget(EmptyState("package", "没有要送的材料。收下原件或复印件的办件会列在这里。"))
            self._left.addWidget(card)
        if results:
            self._left.addWidget(self._results(results))
        self._left.addStretch(1)
        if self.desk.villages.has_any:
            self._right.addWidget(trips_lodged.card(lying))
        self._right.addWidget(self._envelopes(bundles))
        self._right.addWidget(self._drives(trips))
        self._right.addStretch(1)

    def _results(self, results: tuple[Result, ...]) -> Card:
        card = Card("带回来的结果")
        boxes: dict[str, QCheckBox] = {}
        for one in results:
            box = QCheckBox(f"{one.applicant_name}　{one.item_name}")
            box.setAccessibleName(f"{one.applicant_name} {one.item_name}")
            boxes[one.intake_no] = box
            card.body.addWidget(row(box, None, label(one.state_name, "small", Role.MUTED)))
        go = plain_button("勾选的已带到(&A)", "trips-arrived", "check")
        go.clicked.connect(lambda: self.arrived(tuple(number for number, box in boxes.items() if box.isChecked())))
        card.body.addWidget(row(None, go))
        return card

    def arrived(self, numbers: tuple[str, ...]) -> None:
        """Results that are here now."""
        work = Operation(self, lambda: self.desk.trips.arrived(numbers), _MOVED)
        work.success(lambda count: self.shell.toast(f"{count} 件结果已到，可通知来取。")).run()

    # -- envelopes ------------------------------------------------------------------------------------------------

    def seal(self, destination: str, numbers: tuple[str, ...]) -> None:
        """Close an envelope and print its list, two copies."""
        ask = Ask(self, "装信封", ok="封好，打印移交清单", intro=f"{destination}，{len(numbers)} 件。", name="seal")
        ask.text("seal_no", "封条号（没有可不填）(&N)")
        ask.go(lambda typed: self.desk.trips.seal(destination, numbers, typed["seal_no"]), self._sealed, _MOVED)

    def _sealed(self, bundle: Bundle) -> None:
        self.shell.toast(f"已封好，信封号尾号 {bundle.sealed.number[-8:]}。")
        self.manifest(bundle)

    def manifest(self, bundle: Bundle) -> None:
        """移交清单."""
        show_paper(self, lambda: self.desk.papers.manifest(self.desk.trips.bundle(bundle.id))).run()

    def _envelopes(self, bundles: tuple[Bundle, ...]) -> Card:
        card = Card("信封")
        for envelope in bundles[:_SHOWN]:
            role, icon = _STATES[envelope.state]
            paper = plain_button("清单", f"bundle-paper-{envelope.id[:8]}", "printer")
            paper.setAccessibleName(f"{tr('清单')} {envelope.sealed.number}")
            paper.clicked.connect(lambda _=False, bundle=envelope: self.manifest(bundle))
            lodging = self._lodgings.get(envelope.sealed.number)
            at_town = lodging is not None and envelope.taken is None
            parts: list[QWidget | None] = [
                trips_lodged.chip(lodging) if lodging and at_town else Chip(BUNDLE_STATES[envelope.state], role, icon),
                elided(envelope.sealed.destination),
                None,
            ]
            if envelope.state == "sealed":
                parts.append(
                    self._step("移交", f"bundle-hand-{envelope.id[:8]}", lambda bundle=envelope: self.hand_over(bundle))
                )
            if envelope.state == "handed":
                parts.append(
                    self._step(
                        "对方已接收", f"bundle-take-{envelope.id[:8]}", lambda bundle=envelope: self.take_over(bundle)
                    )
                )
            card.body.addWidget(row(*parts, paper))
            count = tr(f"{len(envelope.sealed.cases)} 件")
            when = f"{envelope.sealed.number}　{count}　{clock.minute(envelope.sealed_at)}"
            card.body.addWidget(label(when, "small", Role.MUTED, wrap=True))
            for line in trips_lodged.lines(lodging) if lodging else ():
                card.body.addWidget(line)
            if envelope.taken and envelope.taken.differences:
                words = f"差异：{'；'.join(envelope.taken.differences)}"
                card.body.addWidget(label(words, "small", Role.DANGER, wrap=True))
        if not bundles:
            card.body.addWidget(label("还没有信封。", "body", Role.MUTED))
        return card

    @staticmethod
    def _step(words: str, name: str, act: Any) -> QWidget:
        button = plain_button(words, name)
        button.clicked.connect(lambda _checked=False: act())
        return button

    def hand_over(self, bundle: Bundle) -> None:
        """The carrier takes it: first signature."""
        ask = Ask(self, "移交给带件人", ok="已移交", intro="带件人在移交清单上签字。", name="hand")
        ask.text("carrier", "带件人 *(&N)")
        ask.text("phone", "电话(&T)")
        ask.go(
            lambda typed: self.desk.trips.hand_over(bundle.id, typed["carrier"], typed["phone"]),
            lambda _none: self.shell.toast("已移交，信封在途。"),
            _MOVED,
        )

    def take_over(self, bundle: Bundle) -> None:
        """The other end has it: second signature, and what did not agree."""
        ask = Ask(self, "对方已接收", ok="记下接收", intro="照签回的移交清单填写；不符的勾出来。", name="take")
        ask.text("receiver", "接收人 *(&N)")
        ask.text("org", "接收单位(&U)", bundle.sealed.destination)
        for case in bundle.sealed.cases:
            ask.check(case.intake_no, f"不符：{case.applicant_name}　{case.item_name}")
        ask.text("note", "怎么不符(&D)", lines=2)

        def work(typed: Values) -> None:
            wrong = [one for one in bundle.sealed.cases if typed[one.intake_no]]
            told = tuple(
                f"{one.applicant_name} {grouped(one.intake_no)[-6:]}：{typed['note'] or '不符'}" for one in wrong
            )
            differences = told or ((typed["note"],) if typed["note"] else ())
            self.desk.trips.take_over(bundle.id, typed["receiver"], typed["org"], differences)

        ask.go(work, lambda _none: self.shell.toast("已记下接收。"), _MOVED)

    # -- drives -----------------------------------------------------------------------------------------------------

    def drive(self) -> None:
        """Write a drive down."""
        written = {number for trip in self._trips for number in trip.made.bundles}
        fresh = [one for one in self.bundles if one.sealed.number not in written and one.state != "sealed"]
        passing = [one for one in self._lying if one.lodging.state == "here" and not one.is_taken]
        ask = Ask(self, "记一趟送件", ok="记下", intro="勾选这趟带走的信封。少跑的趟数和公里自动算出。", name="drive")
        ask.day("day", "日期(&D)", self.desk.day())
        ask.number("km", "往返公里(&K)", max(1, self._kilometres * 2), 1, 3000)
        for one in fresh:
            count = tr(f"{len(one.sealed.cases)} 件")
            ask.check(one.id, f"{one.sealed.destination}　{count}　{one.sealed.number[-8:]}", value=True)
        for lying in passing:
            count = tr(f"{lying.lodging.made.counted} 件")
            words = f"{lying.village}　{count}　{lying.lodging.id[-8:]}{trips_lodged.unchecked(lying.lodging)}"
            ask.check(lying.lodging.id, words, value=True)
        if not fresh and not passing:
            ask.body.addWidget(label("没有还没记过的信封。先装信封、移交。", "body", Role.WARN))
        ask.text("note", "备注(&B)")

        def work(typed: Values) -> Trip:
            chosen = tuple(one.id for one in fresh if typed[one.id])
            lodged = tuple(one.lodging.id for one in passing if typed[one.lodging.id])
            return self.desk.trips.drive(typed["day"], typed["km"], chosen, typed["note"], lodged)

        ask.go(work, lambda trip: self.shell.toast(f"已记下，少跑 {trip.made.saved_trips} 趟。"), _MOVED)

    def _drives(self, trips: tuple[Trip, ...]) -> Card:
        self._trips = trips
        card = Card("送件登记")
        for one in trips[:_SHOWN]:
            made = one.made
            words = f"往返 {made.kilometres} 公里，{made.cases} 件，少跑 {made.saved_trips} 趟"
            card.body.addWidget(label(f"{made.day}　{made.destination}", wrap=True))
            card.body.addWidget(label(words, "small", Role.MUTED, wrap=True))
        if not trips:
            card.body.addWidget(label("还没有送件记录。", "body", Role.MUTED))
        return card

    def ledger(self) -> None:
        """送件登记 of this year on paper."""
        trips, year = self._trips, self.desk.today_date().year
        show_paper(self, lambda: self.desk.papers.trip_ledger(trips, year)).run()
