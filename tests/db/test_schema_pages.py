"""The schema pages say what the migrations make."""

from __future__ import annotations

import contextlib
import importlib.util
import re
import sqlite3
from pathlib import Path

import pytest

_spec = importlib.util.spec_from_file_location("schema_pages", Path(__file__).parent / "schema_pages.py")
assert _spec is not None
assert _spec.loader is not None
pages = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(pages)


@pytest.mark.parametrize("name", ["desk", "centre"])
def test_the_schema_page_is_what_the_migrations_make(name: str, tmp_path: Path) -> None:
    assert pages.PAGES[name].read_text("utf-8") == getattr(pages, name)(tmp_path), (
        "the schema changed: python tests/db/schema_pages.py"
    )


@pytest.mark.parametrize("name", ["desk", "centre"])
def test_a_schema_page_is_sql_that_makes_the_tables(name: str) -> None:
    page = pages.PAGES[name].read_text("utf-8")
    with contextlib.closing(sqlite3.connect(":memory:")) as db:
        db.executescript(page)
        made = {row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    named = {one.strip('"') for one in re.findall(r"^CREATE TABLE (\S+)", page, re.MULTILINE)}
    assert named
    assert named <= made
