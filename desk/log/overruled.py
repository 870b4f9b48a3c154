"""A case that was taken in although a condition of its item was not met: what its entry says of that."""

from __future__ import annotations

import msgspec


class Overruled(msgspec.Struct, frozen=True):
    """A condition of the item that was not met, and why the case was taken in all the same: its code, text and
    article, what was known, the agent's reason."""

    code: str
    text: str
    basis: str
    known: str
    reason: str
