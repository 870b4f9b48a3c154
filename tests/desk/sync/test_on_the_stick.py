"""What a desk puts on a stick says of itself, and what a person sees while it is put there."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Served, full_draft, sync

from desk.app.open_desk import Desk
from desk.centre.exchange import courier as centre_courier
from desk.log.chain import GENESIS
from desk.sync import courier
from desk.sync.outcome import SyncProgress
from desk.sync.protocol.batch import Batch, unpack
from desk.sync.protocol.seal import unseal


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    made = tmp_path / "stick"
    made.mkdir()
    return made


def carry(desk: Desk, stick: Path) -> list[SyncProgress]:
    seen: list[SyncProgress] = []
    desk.courier(stick, seen.append, lambda: False)
    return seen


def put(desk: Desk, served: Served, stick: Path) -> list[Batch]:
    """The batches that lie there, opened as the centre would."""
    keys = desk.identity.keys.public().sign
    found = sorted((stick / courier.FOLDER / courier.UP).glob("*.DBS"))
    return [unpack(unseal(one.read_bytes(), served.centre.keys), lambda _name: (keys,)) for one in found]


def test_it_says_how_much_waits_and_where_it_stands(desk: Desk, served: Served, stick: Path) -> None:
    desk.register(full_draft(desk))
    waits = desk.sync_status()
    carry(desk, stick)
    (made,) = put(desk, served, stick)
    head = made.header
    assert (head.kind, head.node, head.first, head.last, head.count) == ("log", desk.identity.node, 1, 3, 3)
    assert (head.prev, head.cursor, head.seen) == (GENESIS.hex(), 0, "")
    assert (
        (head.heartbeat.waiting, head.heartbeat.oldest)
        == (waits.waiting, waits.waiting_since)
        == (3, head.heartbeat.oldest)
    )
    assert head.heartbeat.clock
    assert head.heartbeat.disk_mb > 0


def test_with_nothing_to_send_it_only_asks(desk: Desk, served: Served, stick: Path) -> None:
    desk.register(full_draft(desk))
    sync(desk)
    carry(desk, stick)
    (made,) = put(desk, served, stick)
    head = made.header
    assert (head.first, head.last, head.count, head.prev, made.entries) == (4, 3, 0, "", ())
    assert head.heartbeat.waiting == 0
    assert head.cursor > 0
    assert head.seen


def test_a_person_sees_how_far_it_is(desk: Desk, served: Served, stick: Path) -> None:
    desk.register(full_draft(desk))
    assert carry(desk, stick) == [SyncProgress("写到U盘", 0, 3)]
    centre_courier.exchange(served.centre, stick)
    assert carry(desk, stick) == [SyncProgress("读取回信", 0, 0), SyncProgress("写到U盘", 0, 0)]
