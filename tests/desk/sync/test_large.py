"""Long entries: every batch is cut by bytes, what is too large for the centre is sent in halves, nothing is silent."""

from __future__ import annotations

import secrets
from pathlib import Path

import msgspec
import pytest
from conftest import Served, both_databases, full_draft, level, sync
from test_courier import carry, hand_in
from test_pictures import jpeg, with_pictures

from db.desk import entry_rows
from desk import doors
from desk.app.open_desk import Desk
from desk.centre.exchange import enrolment, telling
from desk.centre.levels import forwarding
from desk.centre.node import publishing
from desk.centre.node.centre_node import Own
from desk.log import events
from desk.log.centre_events import NoticePublished
from desk.store.entries import Fact
from desk.sync.outcome import Outcome
from desk.sync.protocol import letters
from desk.sync.protocol.batch import unpack
from desk.sync.protocol.proofs import held


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    made = tmp_path / "stick"
    made.mkdir()
    return made


def long_entries(desk: Desk, count: int) -> None:
    """Each of almost a megabyte that cannot be packed."""
    for _ in range(count):
        told = events.Act("a", "b", secrets.token_hex(450_000))
        with desk.store.write() as db:
            desk.store.append(db, desk.identity.node, "suhe", [Fact("case.of_a_later_kind", "a" * 32, told)])


@both_databases
def test_twenty_megabytes_go_up_and_come_back(desk: Desk, served: Served) -> None:
    long_entries(desk, 20)
    assert sync(desk).outcome is Outcome.DONE
    assert desk.sync_status().waiting == 0
    node, after, count = desk.identity.node, 0, 0
    with desk.store.read() as db:
        first = entry_rows.encoded(db, node, 1) or b""
    proof = held.proof(1, lambda _seq: first, desk.identity.keys.public().sign)
    while True:  # as a desk asks that lost all of its log but the first entry
        signed = telling.own_log(served.centre, node, letters.LogAsk(node, after, log=proof))
        batch = unpack(signed, lambda _name: (served.centre.keys.public().sign,))
        assert len(signed) < 4 << 20
        after, count = batch.header.last, count + 1
        if not batch.header.more:
            break
    assert after == desk.store.verify(node) == served.centre.verify()[node]
    assert count >= 5


@both_databases
def test_a_feed_is_cut_by_bytes(desk: Desk, served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    sync(desk)
    for at in range(9):
        publishing.notice(served.centre, "wulan", NoticePublished(f"通知 {at}", "文" * 40_000, "乌兰"))
    monkeypatch.setattr(telling, "MOST_BYTES", 300_000)
    _, header = telling.answer(served.centre, desk.identity.node, 0)
    assert header.more
    assert header.count == 2
    assert sync(desk).received == 9
    monkeypatch.setattr(telling, "MOST_BYTES", 10)
    assert telling.answer(served.centre, desk.identity.node, 0)[1].count == 1  # one goes in any case


def bound(monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    """From now on the centre takes no more bytes of a desk at once."""
    monkeypatch.setattr(doors, "ASKED", msgspec.structs.replace(doors.ASKED, most=most))


def test_what_is_too_large_for_the_centre_goes_in_halves(
    desk: Desk, served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    for at in range(12):
        desk.register(full_draft(desk, at))
    with_pictures(desk, 20, jpeg(1, 200_000))
    bound(monkeypatch, 20_000)
    result = sync(desk)
    assert result.outcome is Outcome.DONE, result
    assert desk.sync_status().waiting == desk.sync_status().pictures == 0
    bound(monkeypatch, 200)
    desk.register(full_draft(desk, 30))
    assert sync(desk).outcome is Outcome.REFUSED  # one entry alone: told


def test_a_file_too_large_for_a_batch_is_named(desk: Desk, served: Served, stick: Path) -> None:
    desk.register(full_draft(desk))
    carry(desk, stick)
    (stick / "DAIBAN" / "UP" / "LARGE.DBS").write_bytes(b"x" * (9 << 20))
    lines = hand_in(served, stick)
    assert [line.words for line in lines if not line.good] == [
        "LARGE.DBS：文件太大，没有读；请代办点升级代办台后重新写盘。"
    ]
    assert desk.identity.node in {line.node for line in lines if line.good}


def test_long_entries_go_by_stick(desk: Desk, served: Served, stick: Path) -> None:
    long_entries(desk, 20)
    assert carry(desk, stick).files > 2
    assert all(line.good for line in hand_in(served, stick))
    carry(desk, stick)
    assert desk.sync_status().waiting == 0


def test_a_centres_own_long_entries_go_up(served: Served, tmp_path: Path, tell: object) -> None:
    with level(tmp_path / "league", "152500", "盟", tell) as league:
        forwarding.join(served.centre, league.address, enrolment.enrol_code(league.centre, "152523000000", "旗"))
        for _ in range(20):
            told = NoticePublished("通知", secrets.token_hex(450_000), "乌兰")
            with served.centre.database.write() as db:
                served.centre.add(db, [Own("wulan", "notice.published", secrets.token_hex(16), told, "")])
        assert forwarding.forward(served.centre).entries >= 20
        name = served.centre.node
        assert league.centre.verify()[name] == served.centre.verify()[name]
