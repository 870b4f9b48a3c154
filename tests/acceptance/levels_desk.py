"""Run by test_four_levels.py: an agent of one desk who takes cases in and syncs, until somebody pulls the plug.

python levels_desk.py FOLDER MANY    a line for each case, once it is kept: its number
"""

from __future__ import annotations

import sys
from pathlib import Path

from drafts import PASSWORD, full_draft, sync

from desk.app import opening


def work(folder: Path, many: int) -> None:
    """Cases one after the other, each sent at once."""
    desk = opening.open_desk(folder, "suhe", PASSWORD)
    for number in range(many):
        print(desk.register(full_draft(desk, number)).intake_no, flush=True)  # noqa: T201
        sync(desk)
    desk.close()


if __name__ == "__main__":
    work(Path(sys.argv[1]), int(sys.argv[2]))
