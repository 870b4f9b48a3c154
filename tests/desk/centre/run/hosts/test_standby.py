"""Public lists from a standby: never what somebody has just sent, and not from one that is too far behind."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import postgres
import pytest
from conftest import TRUSTING, Served, SetClock, full_draft, serving, sync

from db.centre import rows
from db.centre.line import standby as standbys
from db.centre.line.engine import Line
from desk.app.open_desk import Desk
from desk.centre import site
from desk.centre.node import centre_node, publishing
from desk.log.centre_events import NoticePublished

on_postgres = pytest.mark.parametrize("centre_url", ["postgresql"], indirect=True)


@pytest.fixture
def standby(postgres_cluster: postgres.Cluster, served: Served) -> Iterator[postgres.Standby]:
    with postgres.place() as folder:
        made = postgres.Standby(postgres_cluster, folder)
        try:
            yield made
        finally:
            made.stop()


def wait_for(found: object) -> None:
    until = time.monotonic() + 30
    while not found():
        assert time.monotonic() < until
        time.sleep(0.05)


@on_postgres
def test_public_lists_come_from_the_standby_and_what_was_sent_does_not(
    served: Served, standby: postgres.Standby, centre_url: str, desk: Desk, tell: SetClock
) -> None:
    line = Line(standby=standby.address(centre_url))
    centre = centre_node.Centre(served.centre.folder, centre_url, tell, line)

    def notice(words: str) -> None:
        publishing.notice(centre, "", NoticePublished(words, words, "中心", everybody=True))

    with contextlib.closing(centre), serving(site.app(centre, TRUSTING)) as address:
        notice("第一个通知")
        wait_for(lambda: "第一个通知" in httpx.get(address + "/").text)
        standby.run(centre_url, "SELECT pg_wal_replay_pause()")
        notice("第二个通知")
        assert "第二个通知" not in httpx.get(address + "/").text  # it is read where it is not yet
        number = desk.register(full_draft(desk)).intake_no
        sync(desk)
        case, _ = centre.case(number)
        told = httpx.post(address + "/query", data={"number": number, "last": case.collected.applicant.id_number[-4:]})
        assert told.status_code == 200
        assert case.collected.item.item_name in told.text  # what a desk has just sent is there at once

        centre.database.standby._behind = 0.5  # now it is too far behind
        wait_for(lambda: "第二个通知" in httpx.get(address + "/").text)
        standby.run(centre_url, "SELECT pg_wal_replay_resume()")
        standby.stop()
        centre.database.standby._left_until = 0.0
        for _ in range(2):  # one that is away holds nobody up
            assert "第二个通知" in httpx.get(address + "/").text


@on_postgres
def test_a_standby_of_another_centre_is_not_read(
    served: Served, centre_url: str, empty_database: str, tmp_path: Path, tell: SetClock
) -> None:
    centre_node.create(tmp_path / "other", "152524", "别的", empty_database)
    line = Line(standby=empty_database)
    with contextlib.closing(centre_node.Centre(served.centre.folder, centre_url, tell, line)) as centre:
        with centre.database.published() as db:
            assert rows.value(db, "node") == served.centre.node
        assert centre.database.standby._left_until > time.monotonic() + standbys._AGAIN / 2
