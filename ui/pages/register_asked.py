"""What must be asked before a case is taken in: the book and the page say otherwise of somebody; the same was taken in
within a week; a condition of the item is not met. Small, with both sides to be seen; whoever mistyped goes back and
nothing is lost."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from desk import clock
from desk.counter.asking import sense
from desk.counter.asking.book import FOLLOWS, STAYS, Clash
from desk.counter.asking.sense import Unmet
from desk.counter.session import required
from desk.law import id_numbers
from desk.law.conditions import Answer
from desk.store.snapshots import CaseRow
from ui.look.i18n import tr
from ui.look.theme import Role
from ui.widgets.ask import Ask, Values
from ui.widgets.basic import label
from ui.widgets.page import Page

Answered = Callable[[dict[str, str], str], None]
_WHY = "overrule"
_WHO = {"applicant": "申请人", "proxy": "代办人"}
_CHOICES = (("册里照旧，只在这件办件里用这次填的", STAYS), ("册里也改成这次填的", FOLLOWS))


def ask(page: Page, questions: Sequence[object], answered: Answered) -> None:
    """Ask them all at once; `answered` gets the answers by key, and why the same is taken in again."""
    box = Ask(page, "登记前请确认", ok="就这样登记", intro="证件号码填错了的，请取消后改正。", name="asked")
    clashes = [one for one in questions if isinstance(one, Clash)]
    twice = [one for one in questions if isinstance(one, CaseRow)]
    for at, clash in enumerate(clashes):
        _side_by_side(box, clash)
        box.choice(f"book-{at}", "办事人册怎么办", _CHOICES)
    unmet = [one for one in questions if isinstance(one, Unmet)]
    for said in [sense.words(one.answer) for one in unmet]:
        box.body.addWidget(label(tr(said), "body", Role.WARN, wrap=True))
    if unmet:
        box.text(_WHY, "条件不符，仍要收件的原因 *")
    for said in [one.words for one in questions if isinstance(one, Answer)]:
        box.body.addWidget(label(tr(said), "body", Role.MUTED, wrap=True))
    for one in twice:
        words = f"{clock.minute(one.collected_at)}　{one.item_name}　收件号尾号 {one.intake_no[20:]}　{one.state_name}"
        box.body.addWidget(label(tr("7 日内办过同一事项：") + words, "body", Role.WARN, wrap=True))
    if twice:
        box.text("again", "为什么再办一件 *")

    def work(typed: Values) -> tuple[dict[str, str], str]:
        again = required(typed["again"], "再办一件的原因", "again") if twice else ""
        why = required(typed[_WHY], "条件不符，仍要收件的原因", _WHY) if unmet else ""
        reasons = {one.key: why for one in unmet}
        return {one.key: typed[f"book-{at}"] for at, one in enumerate(clashes)} | reasons, again

    box.go(work, lambda told: answered(*told))


def _side_by_side(box: Ask, clash: Clash) -> None:
    head = tr(f"{_WHO[clash.where]}：这个证件号码在册里有，写的不一样")
    box.body.addWidget(label(head, "body", bold=True, wrap=True))
    for name, in_book, typed in clash.lines:
        sides = (id_numbers.masked_phone(one) if name == "电话" else one for one in (in_book, typed))
        left, right = (one or tr("（空）") for one in sides)
        box.body.addWidget(label(tr(f"{name}　册里：{left}　这次填的：{right}"), wrap=True))
