"""One clock of a case as a page or paper tells it, and what a list calls the next one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import msgspec

from desk.folds.case import State


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


# The days of a row, law before promise where two fall on one day -> what a list calls that clock.
_NEXT = {"notice_due": "受理或告知补正", "due": "法定：作出决定", "promised": "服务承诺", "step_due": "环节"}


def next_name(row: Mapping[str, object], state: State) -> str:
    """Which clock the next day of a case's row is of, for a list; "" where none runs."""
    if row["ended_day"]:
        return "送达" if row["deliver_due"] else ""
    if not row["next_due"]:
        waits_for = "特别程序" if state is State.SUSPENDED else "等补正"
        return waits_for if row["suspended_until"] else ""
    name = next((name for name in _NEXT if row[name] == row["next_due"]), "")
    return f"环节：{row['step']}" if name == "step_due" else _NEXT.get(name, "")
