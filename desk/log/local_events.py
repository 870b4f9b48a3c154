"""What entries about a township's own carry: how it adjusts an item that was devolved to it, and the centre's word."""

from __future__ import annotations

import msgspec

from desk.law.catalogue.adjusting import Adjustment


class Adjusted(msgspec.Struct, frozen=True):
    """local.proposed 申报本地调整: by a township's desk, for review; nothing of it is in force. local.published: by the
    centre, which reviewed it, for all desks; one that says nothing takes the adjustment back. `body`: the code of the
    government whose it is; `version`: of the item that it was made beside. A refusal is `entry.refused`."""

    task_code: str
    body: str
    said: Adjustment
    officer: str
    version: int = 0


def subject(task_code: str, body: str) -> str:
    """What the entries about one body's adjustment of one item are about."""
    return f"local:{task_code}:{body}"


LOCAL_KINDS: dict[str, tuple[str, type[msgspec.Struct]]] = {
    "local.proposed": ("申报本地调整", Adjusted),
    "local.published": ("核准本地调整", Adjusted),
}
