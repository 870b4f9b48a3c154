"""Opening and closing the centre's database."""

from __future__ import annotations

import gc

import pytest
import sqlalchemy as sa
from conftest import both_databases

from db.centre.box import Box
from db.centre.database import Database


@both_databases
@pytest.mark.filterwarnings("error")
def test_a_connection_that_comes_back_after_the_end_is_closed(centre_url: str, tmp_path: object) -> None:
    database = Database(centre_url or f"sqlite:///{tmp_path}/centre.db", Box(bytes(32)))
    with database.read() as db:
        raw = db.connection.driver_connection
        database.close()
        assert db.scalar(sa.text("SELECT 1")) == 1
    gc.collect()  # what was left open would complain now
    with pytest.raises(Exception, match="closed"):
        raw.execute("SELECT 1")
