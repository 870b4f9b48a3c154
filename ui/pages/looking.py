"""A full number is wanted on a page: shown at a press where nothing need be said, else once somebody says why."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desk.counter.asking.looks import What
from desk.errors import AskedError
from ui import messages
from ui.changes import Changes
from ui.operations import Operation
from ui.widgets.ask import Ask

Look = Callable[[str], str]  # the number, for the reasons that are given


def look(owner: QWidget, what: What, work: Look, shown: Callable[[str], object]) -> None:
    """Have the number by `work` and show it. What is looked at is kept as an entry, with the reason or without."""
    if what.always_asks:
        _ask(owner, what, work, shown)
        return

    def failed(error: Exception) -> None:
        if isinstance(error, AskedError):
            _ask(owner, what, work, shown)
        else:
            messages.error(owner, error)

    Operation(owner, lambda: work(""), Changes.LOOKS).success(shown).failure(failed).run()


def _ask(owner: QWidget, what: What, work: Look, shown: Callable[[str], object]) -> None:
    intro = "谁在什么时候为什么看，会记入日志。"
    ask = Ask(owner, f"看完整{what}", ok="记下原因，显示号码", intro=intro, name="reveal")
    ask.text("why", "原因(&R)", hint="如：核对身份证原件")
    ask.go(lambda typed: work(typed["why"]), shown, Changes.LOOKS)
