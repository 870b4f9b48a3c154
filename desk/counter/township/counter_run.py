"""What is printed for several counters at once. Light: the window asks for it before the print shop is loaded."""

from __future__ import annotations

import msgspec

GUIDES, BOARDS = "guides", "boards"
_TITLES = {GUIDES: "服务指南", BOARDS: "公示栏张贴页"}


class Run(msgspec.Struct, frozen=True):
    """What is wanted: GUIDES of the items `task_codes` in `language` (zh, mn, both), or BOARDS, for the counters
    `points`."""

    what: str
    points: tuple[str, ...]
    task_codes: tuple[str, ...] = ()
    language: str = "zh"

    @property
    def title(self) -> str:
        """What the papers are called."""
        return _TITLES[self.what]

    @property
    def steps(self) -> int:
        """How many are drawn."""
        return len(self.points) * (len(self.task_codes) if self.what == GUIDES else 1)
