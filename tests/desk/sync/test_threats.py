"""`THREATS.md` says where each line is tried: those tests are there."""

from __future__ import annotations

import re
from pathlib import Path

import desk.sync

HERE = Path(desk.sync.__file__).parent
ROOT = HERE.parents[1]
NAMED = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", (HERE / "THREATS.md").read_text("utf-8"))


def test_each_test_that_the_page_names_is_there() -> None:
    assert len(NAMED) > 30
    for path, name in NAMED:
        assert f"def {name}(" in (ROOT / path).read_text("utf-8"), (path, name)
