"""乡镇转收: villages' envelopes that a township takes over on their way, and how a village sees that they lie there."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desk import clock
from desk.app.open_desk import Desk
from desk.counter.township.lodgings import CODE_WORDS, GENUINE, Arriving, Lying
from desk.folds.township.lodgings import LODGING_STATES, Lodging
from desk.law.numbers import grouped
from ui.changes import Changes
from ui.look.i18n import tr
from ui.look.theme import Role
from ui.widgets.ask import Ask, Values
from ui.widgets.basic import Card, Chip, elided, label, row
from ui.widgets.page import Shell

LOOKS = {
    "here": (Role.WARN, "building-community"),
    "passed": (Role.WAITING, "truck-delivery"),
    "refused": (Role.DANGER, "alert-circle"),
}
_SHOWN = 30
_NO_CLOCK = "在这里过手不改变时限：从有权办理的机关收到材料之日算起。"


class VillageEnvelopes:
    """The township's questions about an envelope that somebody brings."""

    def __init__(self, owner: QWidget, desk: Desk, shell: Shell) -> None:
        self._owner, self._desk, self._shell = owner, desk, shell

    def scan(self) -> None:
        """Which envelope it is."""
        ask = Ask(self._owner, "收下村里的信封", ok="下一步", intro=_NO_CLOCK, name="lodge-scan")
        ask.text("code", "扫清单上的码，或输封装号 *(&M)")
        ask.go(lambda typed: self._desk.lodgings.look(typed["code"]), self.take)

    def take(self, one: Arriving) -> None:
        """Against its list, where the list is here."""
        listed = tr(f"清单 {len(one.cases)} 件") if one.bundle else tr("清单还没有到，请照信封里的纸质清单核对")
        told = f"{one.village}　{one.number}　{listed}　{tr(CODE_WORDS[one.code])}"
        ask = Ask(self._owner, "收下村里的信封", ok="签收", intro=told, name="lodge-take")
        ask.text("receiver", "接收人 *(&N)", self._desk.account.name)
        ask.number("counted", "实收几件(&S)", max(1, len(one.cases)), 1, 9999)
        for case in one.cases:
            ask.check(case.intake_no, f"不符：{case.applicant_name}　{case.item_name}")
        ask.text("note", "怎么不符(&D)", lines=2)

        def work(typed: Values) -> Lodging:
            wrong = [case for case in one.cases if typed[case.intake_no]]
            why = typed["note"] or "不符"
            told = tuple(f"{case.applicant_name} {grouped(case.intake_no)[-6:]}：{why}" for case in wrong)
            differences = told or ((typed["note"],) if typed["note"] else ())
            return self._desk.lodgings.take(one, typed["receiver"], typed["counted"], differences)

        ask.go(work, lambda _made: self._shell.toast("已收下，村里下次同步就看得到。"), Changes.TRIPS)


def card(lying: tuple[Lying, ...]) -> Card:
    """What lies here of the villages, and what was passed on."""
    made = Card("村里的信封")
    for one in lying[:_SHOWN]:
        state = Chip("中心已接收", Role.OK, "check") if one.is_taken else chip(one.lodging)
        count = label(tr(f"{one.lodging.made.counted} 件"), "body", Role.MUTED)
        made.body.addWidget(row(state, elided(one.village or one.lodging.id), None, count))
        made.body.addWidget(label(one.lodging.id, "small", Role.MUTED, wrap=True))
        for line in lines(one.lodging):
            made.body.addWidget(line)
    if not lying:
        made.body.addWidget(label("还没有收下过村里的信封。", "body", Role.MUTED))
    return made


def unchecked(lodging: Lodging) -> str:
    """What is said of an envelope whose code nobody held against the village's keys, before it is passed on."""
    return tr("　没有核对码") if lodging.made.code in CODE_WORDS and lodging.made.code != GENUINE else ""


def chip(lodging: Lodging) -> Chip:
    """Where an envelope lies."""
    role, icon = LOOKS[lodging.state]
    return Chip(LODGING_STATES[lodging.state], role, icon)


def lines(lodging: Lodging) -> list[QWidget]:
    """Who took it over when, what did not agree, who passed it on."""
    made, passed = lodging.made, lodging.passed
    told = tr(f"{clock.minute(lodging.made_at)} {made.org} {made.receiver} 收下，实收 {made.counted} 件")
    found: list[QWidget] = [label(told, "small", Role.MUTED, wrap=True)]
    if made.code in CODE_WORDS:
        found.append(
            label(CODE_WORDS[made.code], "small", Role.MUTED if made.code == GENUINE else Role.WARN, wrap=True)
        )
    if made.differences:
        found.append(label(f"差异：{'；'.join(made.differences)}", "small", Role.DANGER, wrap=True))
    if passed is not None:
        words = tr(f"{clock.minute(lodging.passed_at)} {passed.carrier} 带往 {passed.destination}")
        found.append(label(words, "small", Role.MUTED, wrap=True))
    return found
