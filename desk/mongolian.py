"""Mongolian texts of guides: what the township wrote and somebody reviewed. Set and printed here, never translated."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from db import rows
from desk.counter import Counter

_KEY = "mongolian:"
PARTS = ("name", "materials", "times", "place")


class Mongolian:
    """The drawer of Mongolian texts, by item."""

    def __init__(self, counter: Counter) -> None:
        self._counter = counter

    def texts(self, task_code: str) -> dict[str, str]:
        """What is kept for an item, by part; with `reviewer` and `reviewed_on`. Empty when nothing is."""
        with self._counter.store.read() as db:
            kept = rows.local(db, _KEY + task_code)
        return msgspec.json.decode(kept, type=dict[str, str]) if kept else {}

    def keep(self, task_code: str, texts: Mapping[str, str]) -> None:
        """Keep them in the place of those before."""
        kept = {key: value.strip() for key, value in texts.items() if value.strip()}
        if kept:
            kept["reviewed_on"] = self._counter.today().isoformat()
        with self._counter.store.write() as db:
            rows.set_local(db, _KEY + task_code, msgspec.json.encode(kept))
