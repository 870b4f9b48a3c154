"""What is done beside answering goes on while the database is away, and says so without calling it a fault."""

from __future__ import annotations

import logging
import threading

import pytest
import sqlalchemy as sa
from conftest import Served

from desk.centre import beside
from desk.centre.levels import forwarding


def test_a_database_that_is_away_is_no_fault_of_sending_on(
    served: Served, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    stop = threading.Event()

    def away(_centre: object) -> None:
        stop.set()
        raise sa.exc.OperationalError("SELECT", {}, Exception("no connection"))

    monkeypatch.setattr(forwarding, "upstream", away)
    with caplog.at_level(logging.WARNING, "desk.centre"):
        beside._forwarding(served.centre, stop, every=1)
    assert [(one.levelname, one.message) for one in caplog.records] == [("WARNING", "forwarding: OperationalError")]
