"""The hall at a case: what two windows wrote of it and cannot both be true is shown, and mended in one step."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk import clock
from desk.counter.hall.mending import BOTH, OTHER, STANDS, key_of
from desk.folds.hall.clashes import NAMES, Clash, Sort, Written
from desk.log import history_words
from ui.look.flow import Flow
from ui.look.i18n import tr
from ui.look.theme import Role, unit
from ui.pages.hall_acts import HallActs
from ui.widgets.basic import Card, Chip, label, plain_button


def clash_cards(acts: HallActs, clashes: tuple[Clash, ...]) -> QWidget:
    """A card for each pair that cannot both be true, those that were settled too: somebody may say otherwise."""
    whole = QWidget()
    box = QVBoxLayout(whole)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(unit() * 3)
    for one in clashes:
        box.addWidget(_card(acts, one))
    whole.setVisible(bool(clashes))
    return whole


def _card(acts: HallActs, one: Clash) -> Card:
    card = Card("两个窗口记的对不上")
    if one.settled:
        chip = Chip(f"{tr(NAMES[one.sort])}　{tr('已核对')}", Role.OK, "circle-check")
    else:
        chip = Chip(NAMES[one.sort], Role.DANGER, "alert-circle")
    chip.setObjectName("case-apart")
    card.body.addWidget(Flow(chip))
    card.body.addWidget(label(f"{tr('现在算数的')}：{_words(one.stands)}", wrap=True))
    card.body.addWidget(label(f"{tr('另一个')}：{_words(one.other)}", "body", Role.MUTED, wrap=True))
    key = key_of(one)
    offers = [] if one.settled else [("就按现在的(&M)", "stands", STANDS)]
    offers += [(f"{tr('改按')} {tr(history_words.window(one.other.node))}(&N)", "other", OTHER)]
    offers += [("两份都算(&L)", "both", BOTH)] if one.sort is Sort.PAPERS and not one.settled else []
    buttons = []
    for words, name, way in offers:
        button = plain_button(words, f"case-mend-{name}")
        button.clicked.connect(lambda _=False, way=way: acts.mend(key, way))
        buttons.append(button)
    card.body.addWidget(Flow(*buttons))
    return card


def _words(one: Written) -> str:
    who = f"{tr(history_words.window(one.node))}　{one.officer}　{clock.minute(one.time)}"
    return f"{who}　{tr(one.name)}" + (f"：{one.note}" if one.note else "")
