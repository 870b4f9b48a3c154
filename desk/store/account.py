"""Who may open a desk: read before anything of the desk is."""

from __future__ import annotations

import msgspec


class Account(msgspec.Struct, frozen=True):
    """Someone who may open this desk."""

    account: str
    name: str
