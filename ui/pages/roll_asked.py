"""What must be asked before a roll is taken in: some of it was within a week; it has more rows than the day numbers."""

from __future__ import annotations

from collections.abc import Callable

from desk import clock
from desk.counter.rolls import Before
from desk.counter.session import required
from ui.look.i18n import tr
from ui.look.theme import Role
from ui.widgets.ask import Ask, Values
from ui.widgets.basic import label
from ui.widgets.page import Page

Answered = Callable[[frozenset[int], str], None]
_SKIP, _AGAIN = "skip", "again"


def must_ask(before: Before, count: int) -> bool:
    """Whether a roll of `count` rows is asked about."""
    return bool(before.twice) or before.room < count


def ask(page: Page, before: Before, count: int, answered: Answered) -> Ask:
    """`answered` gets the rows that are left out, and why others are taken in again ("" where none is)."""
    box = Ask(page, "登记前请确认", ok="就这样登记", intro="不登记的，请取消，名册留着不动。", name="roll-asked")
    if before.twice:
        _of_twice(box, before, count)
    if before.room < count:
        words = f"今天的收件号只剩 {before.room} 个：先登记前 {before.room} 户，其余的留在名册里，明天接着登记。"
        box.body.addWidget(label(words, "body", Role.WARN, wrap=True))

    def work(typed: Values) -> tuple[frozenset[int], str]:
        if not before.twice or typed["twice"] == _SKIP:
            return frozenset(before.twice), ""
        return frozenset(), required(typed["why"], "再登记的原因", "why")

    return box.go(work, lambda told: answered(*told))


def _of_twice(box: Ask, before: Before, count: int) -> None:
    twice, last = len(before.twice), before.last
    box.body.addWidget(label(f"有 {twice} 户 7 日内登记过同一事项。", "body", Role.WARN, wrap=True))
    if last is not None:
        where = f"{clock.minute(last.collected_at)}　{last.applicant_name}　收件号尾号 {last.intake_no[20:]}"
        box.body.addWidget(label(tr("最近一次：") + where, wrap=True))
    again = (f"这 {twice} 户也再登记一次", _AGAIN)
    skip = (f"不再登记这 {twice} 户，只登记其余 {count - twice} 户", _SKIP)
    box.choice("twice", "这些户怎么办(&D)", [skip, again] if twice < count else [again])
    box.text("why", "为什么再登记（再登记的要写）(&R)")
