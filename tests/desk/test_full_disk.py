"""The disk is full while the desk is open: said as such wherever it is met, and nothing that was saved is gone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from conftest import full_draft, sync
from counter_steps import roll_of

from desk.app.open_desk import Desk
from desk.counter.rolls import RollDraft
from desk.errors import SurroundingsError
from desk.store.snapshots import CaseQuery


@pytest.fixture
def full(desk: Desk) -> Iterator[Desk]:
    """No page more: SQLite answers as it does where the disk has no room."""
    desk.rolls.take(roll_of(desk, 60), lambda _one: None, lambda: False)  # what the centre answers needs room, too
    connection = desk.store.rooms.writer_connection()
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count = {pages}")
    yield desk
    connection.execute("PRAGMA max_page_count = 1073741823")


def fill(desk: Desk) -> None:
    for at in range(1, 200):
        desk.register(full_draft(desk, at, again="x", note="一" * 1900))


def test_what_does_not_go_in_is_said_to_have_met_a_full_disk(full: Desk) -> None:
    with pytest.raises(SurroundingsError, match="磁盘满了") as told:
        fill(full)
    assert "已登记的内容都在" in told.value.kept
    before = full.count_cases(CaseQuery())
    with pytest.raises(SurroundingsError, match="磁盘满了"):
        full.rolls.keep(RollDraft(title="名" * 200_000))
    assert full.count_cases(CaseQuery()) == before


def test_a_sync_says_it_too(full: Desk) -> None:
    with pytest.raises(SurroundingsError, match="磁盘满了"):
        fill(full)
    with pytest.raises(SurroundingsError, match="磁盘满了"):
        sync(full)
