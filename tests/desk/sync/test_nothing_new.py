"""A sync with nothing new: the store is asked a few times and written to once, and whatever is due is found."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from conftest import POINT, Served, full_draft, sync
from sqlite_utils import Database

from db.desk import picture_rows, sibling_rows, sync_rows
from db.opening import Rooms
from desk.app.open_desk import Desk
from desk.errors import SurroundingsError
from desk.log import chain, events
from desk.store import siblings as siblings_here
from desk.sync import client, siblings
from desk.sync.outcome import Outcome
from desk.sync.protocol import kin
from desk.sync.trust import doubts

SIBLING = f"{POINT}-07"
DIGEST = "ab" * 32
LINE = {"sha256": "c" * 64, "size": 3, "name": "a.jpg"}


def counted(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often the database is opened to be read and to be written."""
    found: Counter[str] = Counter()
    for name in ("read", "write"):
        real = getattr(Rooms, name)

        def counting(self: Rooms, *words: object, real: Callable[..., object] = real, **more: object) -> object:
            found[real.__name__] += 1
            return real(self, *words, **more)

        monkeypatch.setattr(Rooms, name, counting)
    return found


def test_the_store_is_asked_a_few_times_and_written_to_once(
    desk: Desk, served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.register(full_draft(desk))
    sync(desk)
    sync(desk)
    with monkeypatch.context() as patch:
        found = counted(patch)
        result = sync(desk)
    assert (result.outcome, result.sent, result.received) == (Outcome.DONE, 0, 0)
    assert found["write"] == 1  # the answer with its cursor, and that there was a sync
    assert found["read"] <= 3


@pytest.mark.parametrize("is_full", [False, True])
def test_such_a_sync_is_one_line_of_history(
    desk: Desk, served: Served, monkeypatch: pytest.MonkeyPatch, *, is_full: bool
) -> None:
    """Whole or not at all: where its transaction fails there is the line of the failure alone."""
    desk.register(full_draft(desk))
    sync(desk)
    before = len(lines(desk))
    if is_full:
        with monkeypatch.context() as patch:
            real = sync_rows.add_sync

            def full(db: Database, row: dict[str, object]) -> None:
                real(db, row)
                patch.undo()
                raise SurroundingsError("磁盘满了或不能写。")

            patch.setattr(sync_rows, "add_sync", full)
            with pytest.raises(SurroundingsError):
                sync(desk)
        assert [one[0] for one in lines(desk)[before:]] == [Outcome.MISMATCH]
        assert not desk.session.line.locked()
    told = sync(desk)
    assert lines(desk)[-1] == (told.outcome, told.sent, told.received, told.happened)
    assert len(lines(desk)) == before + is_full + 1


def lines(desk: Desk) -> list[tuple[object, ...]]:
    with desk.store.read() as db:
        return list(db.conn.execute("SELECT outcome, sent, received, text FROM sync_line ORDER BY number"))


def entries(count: int) -> list[chain.Kept]:
    """The log of a sibling."""
    made, prev = list[chain.Kept](), chain.GENESIS
    for seq in range(1, count + 1):
        made.append(
            chain.make(
                node=SIBLING,
                seq=seq,
                prev=prev,
                time="2026-07-01T08:00:00.000+08:00",
                author="suhe",
                kind="case.newer",
                subject="a" * 32,
                rank=seq,
                data=events.Act("a", "b", str(seq)),
            )
        )
        prev = made[-1].hash
    return made


LOG = entries(3)


@pytest.mark.parametrize("here", [0, 1, 3])
@pytest.mark.parametrize(
    "there",
    ["", "0.", "3", *(kin.mark(one.entry.seq, one.hash) for one in LOG), f"1.{DIGEST}", f"3.{DIGEST}", f"7.{DIGEST}"],
)
def test_whatever_a_sibling_lacks_or_has_beyond_is_found(desk: Desk, here: int, there: str) -> None:
    with desk.store.write() as db:
        desk.store.receive(db, LOG[:here])
        if here:
            sibling_rows.keep_batch(db, SIBLING, 1, here, b"signed")
        siblings_here.set_heads(db, {SIBLING: there})
        is_due = bool(siblings._lacking(db) or siblings._lost(db, desk.identity))
        assert siblings.are_due(db, desk.identity) or not is_due
        known = kin.mark(here, LOG[here - 1].hash) if here else "0."
        is_known = there == known or (not here and not there)
        assert siblings.are_due(db, desk.identity) is not is_known


def test_a_picture_that_waits_is_found_though_nothing_else_does(desk: Desk, served: Served) -> None:
    desk.register(full_draft(desk))
    sync(desk)
    with desk.store.write() as db:
        picture_rows.add_due(db, [LINE])
        assert not picture_rows.any_due(db)  # its bytes are not here
        picture_rows.put_file(db, {**LINE, "kind": "image/jpeg", "kept_at": "t", "bytes": b"abc"})
        assert picture_rows.any_due(db)
    assert sync(desk).outcome is Outcome.DONE


def test_a_doubt_that_comes_up_meanwhile_is_said(desk: Desk, served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.register(full_draft(desk))
    sync(desk)
    real = client.apply_feed

    def doubting(store: object, db: object, *words: object) -> object:
        doubts.note(db, doubts.Doubt(SIBLING, f"1.{DIGEST}", "有一处对不上。", "t"))  # type: ignore[arg-type]
        return real(store, db, *words)  # type: ignore[arg-type]

    monkeypatch.setattr(client, "apply_feed", doubting)
    assert "有一处对不上" in sync(desk).happened
    assert "有一处对不上" not in sync(desk).happened


def waits_for_the_disk(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """As SQLite says it, 2 for fully: of each transaction that writes in a sync."""
    found: list[int] = []
    real = Rooms.write

    @contextlib.contextmanager
    def looking(self: Rooms, **words: bool) -> Iterator[Database]:
        with real(self, **words) as db:
            found.append(db.conn.execute("PRAGMA synchronous").fetchone()[0])
            yield db

    with monkeypatch.context() as patch:
        patch.setattr(Rooms, "write", looking)
        sync(desk)
    return found


def test_the_disk_is_waited_for_whenever_something_came(
    desk: Desk, served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An answer with nothing in it is told again whenever it is lost; what was taken in survives a power cut."""
    desk.register(full_draft(desk))
    sync(desk)
    sync(desk)
    assert waits_for_the_disk(desk, monkeypatch) == [1]
    desk.register(full_draft(desk, 2))
    assert set(waits_for_the_disk(desk, monkeypatch)) == {2}
    with desk.store.write() as db:
        assert db.conn.execute("PRAGMA synchronous").fetchone()[0] == 2
