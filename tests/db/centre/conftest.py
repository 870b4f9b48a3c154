"""An empty centre's database, of the kind that `centre_url` says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from db.centre.box import Box
from db.centre.database import Database


@pytest.fixture
def database(centre_url: str, tmp_path: Path) -> Iterator[Database]:
    """The database, till the test ends."""
    made = Database(centre_url or f"sqlite:///{tmp_path}/centre.db", Box(bytes(32)))
    yield made
    made.close()
