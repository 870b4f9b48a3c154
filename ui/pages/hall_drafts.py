"""转到 2 号窗口: which window goes on with a draft, and with which words."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desk.app.open_desk import Desk
from desk.counter.hall.passing import WindowName
from ui import tasks
from ui.changes import Changes
from ui.widgets.ask import Ask

_INTRO = "草稿封好了转过去，只有那个窗口打得开；它接着填，或者退回来。材料的图片一起过去，两台电脑互通时就到。"


def ask_window(parent: QWidget, desk: Desk, draft_id: str, done: Callable[[], object]) -> None:
    """Ask; `done` once it lies there."""
    tasks.read(parent, desk.passing.windows, lambda found: _ask(parent, desk, draft_id, done, found))


def _ask(
    parent: QWidget, desk: Desk, draft_id: str, done: Callable[[], object], windows: tuple[WindowName, ...]
) -> None:
    others = [(one.title, one.node) for one in windows if not one.is_own and not one.is_off]
    ask = Ask(parent, "转到别的窗口", ok="转过去", intro=_INTRO, name="draft-pass")
    ask.choice("to", "哪个窗口 *(&W)", others)
    ask.text("why", "给那个窗口的话 *(&R)", lines=2)
    pass_on = desk.passed_drafts.pass_on
    ask.go(
        lambda typed: pass_on(draft_id, str(typed["to"] or ""), typed["why"]),
        lambda _none: done(),
        Changes.DRAFTS | Changes.SYNC,
    )
