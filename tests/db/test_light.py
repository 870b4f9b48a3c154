"""What sqlite-utils is loaded without is there all the same for whoever uses it."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

_LOADED = """
import re, sys
real = re.compile
import db.opening, sqlite_utils
patterns = [one for one in vars(sqlite_utils.db).values() if isinstance(one, re.Pattern)]
print(patterns, "dateutil.tz" in sys.modules, re.compile is real)
"""


def test_opening_loads_neither_dates_nor_a_pattern_that_is_not_used() -> None:
    done = subprocess.run([sys.executable, "-c", _LOADED], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["[]", "False", "True"]


def test_what_was_put_off_works_when_it_is_used() -> None:
    from sqlite_utils import recipes

    from db.light import Database

    db = Database(memory=True)
    db.conn.execute("CREATE VIRTUAL TABLE IF NOT EXISTS [found] USING fts5 (keys)")
    assert db.table("found").virtual_table_using == "FTS5"
    assert db.quote_fts("a b") == '"a" "b"'
    assert recipes.parsedate("3 May 2024") == "2024-05-03"


def test_a_pattern_that_is_none_is_told_when_it_is_used() -> None:
    from db.light import _Pattern

    with pytest.raises(re.error):
        _Pattern("(").match("a")
