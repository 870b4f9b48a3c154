"""What a rule answers that does not allow something: words for people, no error, so that rules stay plain functions."""

from __future__ import annotations

import msgspec


class Refusal(msgspec.Struct, frozen=True):
    """Why not, and what to do instead ("" where nothing helps)."""

    happened: str
    todo: str = ""
