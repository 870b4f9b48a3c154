"""One clock of a case as a page or paper tells it."""

from __future__ import annotations

import datetime as dt

import msgspec


class ClockLine(msgspec.Struct, frozen=True):
    """`on` None says that it does not run (yet), and `note` why.

    `key` is promise, law, notice, decision, step, wait, delivery, or of a limit that the item states: before, push,
    post, back. `lines` are the steps of the count. `stopped` says in words why no time passes by it now; "" while it
    runs.
    """

    key: str
    name: str
    on: dt.date | None = None
    note: str = ""
    lines: tuple[str, ...] = ()
    provisional: bool = False
    stopped: str = ""
