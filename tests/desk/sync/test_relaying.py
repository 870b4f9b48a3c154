"""A township carries its villages' sticks over its own network: both ways, without reading them, whatever breaks."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from conftest import CHEAP, POINT, Served, SetClock, called, full_draft, move, sync
from test_pictures import jpeg, with_pictures

from desk.app import forgotten
from desk.app.open_desk import Desk
from desk.centre.exchange import enrolment, relaying, unlocking
from desk.centre.node.roles import Role
from desk.centre.run import guard
from desk.counter.township.relay import Relayed
from desk.errors import CancelledError, RefusedError, SurroundingsError
from desk.store.account import Account
from desk.store.snapshots import CaseQuery
from desk.sync.outcome import Outcome
from desk.sync.protocol import relayed, wire
from desk.sync.protocol.envelope import BatchError
from desk.sync.protocol.relayed import UP, Ask, File
from desk.sync.protocol.seal import SealError, seal, unseal_any
from desk.sync.relay.shelf import NAME, Shelf

TOWN, FAR = "152523202000", "152523203201"


def carry(desk: Desk, stick: Path) -> None:
    desk.courier(stick, lambda _far: None, lambda: False)


def relay(town: Desk, stick: Path) -> Relayed:
    return town.relay.exchange(stick, lambda _far: None, lambda: False)


def cut(town: Desk, served: Served, *, off: bool) -> None:
    town.set_centre_address("http://127.0.0.1:9" if off else served.address)


def lying(desk: Desk) -> list[Path]:
    return [one for one in (desk.folder / NAME).rglob("*") if one.is_file()]


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    place = tmp_path / "stick"
    place.mkdir()
    return place


@pytest.fixture
def pair(make_desk: Callable[..., Desk]) -> tuple[Desk, Desk]:
    """A township's desk, and that of a village with a case and a picture which the centre does not have."""
    town, village = make_desk("town", TOWN), make_desk("village")
    village.register(full_draft(village, person=called("牧乙")))
    with_pictures(village, 4, jpeg(1, 4000))
    return town, village


def test_there_and_back_at_once(pair: tuple[Desk, Desk], stick: Path, served: Served) -> None:
    town, village = pair
    carry(village, stick)
    with pytest.raises(CancelledError):
        town.relay.exchange(stick, lambda _far: None, lambda: True)
    done = relay(town, stick)
    (told,) = done.villages
    assert (told.point, told.name, told.waiting, done.trouble, done.refused) == (POINT, "乌日尼勒图嘎查", 0, "", ())
    assert told.given
    assert all(one.good for one in told.lines)
    assert served.centre.verify()[village.identity.node] == village.store.verify(village.identity.node)
    assert town.count_cases(CaseQuery(whose="all")) == 0  # it carried, and did not look
    assert not lying(town)
    carry(village, stick)
    relay(town, stick)
    carry(village, stick)
    assert village.sync_status().waiting == village.sync_status().pictures == 0


def test_without_a_line_it_is_kept_and_goes_later(
    pair: tuple[Desk, Desk], stick: Path, served: Served, make_desk: Callable[..., Desk],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    town, village = pair
    carry(village, stick)
    cut(town, served, off=True)
    done = relay(town, stick)
    assert "连不上中心" in done.trouble
    assert done.villages[0].waiting
    kept = b"".join(one.read_bytes() for one in lying(town))
    assert not any(word.encode() in kept for word in ("牧乙", "最低生活保障", POINT + "01", called("牧乙").id_number))
    for one in lying(town):
        with pytest.raises(SealError):
            unseal_any(one.read_bytes(), (town.identity.keys,))
    town.close()
    town = make_desk("town", TOWN)
    assert [(one.name, bool(one.up)) for one in town.relay.waits()] == [("乌日尼勒图嘎查", True)]
    cut(town, served, off=False)
    with monkeypatch.context() as before:
        before.setattr(wire, "RELAY", "/v1/later")  # a centre of before knows no such path
        result = sync(town)
        assert (result.outcome, "请中心升级" in result.happened) == (Outcome.DONE, True)
    result = sync(town)
    assert (result.outcome, "村里的U盘：转送" in result.happened) == (Outcome.DONE, True)
    town.close()
    town = make_desk("town", TOWN)
    assert [(one.up, bool(one.down)) for one in town.relay.waits()] == [(0, True)]
    number = village.cases(CaseQuery(), 0, 1)[0].intake_no
    move(served, number, "case.accepted")
    assert relay(town, stick).villages[0].given  # the same stick, in the afternoon
    carry(village, stick)
    assert village.case(number).case.state == "accepted"
    assert not lying(town)


def test_killed_before_it_let_go_it_carries_again(
    pair: tuple[Desk, Desk], stick: Path, served: Served, make_desk: Callable[..., Desk],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    town, village = pair
    carry(village, stick)
    for step in ("drop", "give", "keep"):
        with monkeypatch.context() as broken:
            broken.setattr(Shelf, step, lambda *_args: (_ for _ in ()).throw(KeyboardInterrupt))
            with pytest.raises(KeyboardInterrupt):
                relay(town, stick)
        town.close()
        town = make_desk("town", TOWN)
    half = town.folder / NAME / "DAIBAN" / UP / ".x.part"
    half.write_bytes(b"half")
    relay(town, stick)
    assert not half.exists()
    carry(village, stick)
    assert village.sync_status().waiting == 0
    assert served.centre.verify()[village.identity.node] == village.store.verify(village.identity.node)


def test_one_bad_file_stops_no_other(pair: tuple[Desk, Desk], stick: Path, served: Served) -> None:
    town, village = pair
    carry(village, stick)
    up = stick / "DAIBAN" / "UP"
    (good,) = (one for one in up.glob("*.DBS") if one.stem.rpartition("-")[2].isdigit())
    data = good.read_bytes()
    node = village.identity.node
    (up / f"{node}-1-1.DBS").write_bytes(data[:-9] + b"\0" * 9)  # changed on the way
    (up / f"{node}-1-2.DBS").write_bytes(data[:60])
    (up / f"{FAR}-01-1-2.DBS").write_bytes(data)
    (up / "notes.DBS").write_bytes(b"x")
    (up / f"{node}-9-9.DBS").write_bytes(seal(b"somebody else's", village.identity.keys.public().seal))
    done = relay(town, stick)
    assert len(done.refused) == 3
    assert [one.good for one in done.villages[0].lines].count(False) == 2
    assert served.centre.verify()[node] == village.store.verify(node)


def test_who_may_bring_what(
    make_desk: Callable[..., Desk], pair: tuple[Desk, Desk], stick: Path, served: Served
) -> None:
    town, village = pair
    far = make_desk("far", FAR)
    far.register(full_draft(far, person=called("牧丙")))
    carry(far, stick)
    assert relay(town, stick).villages == ()
    for path in (stick / "DAIBAN" / "UP").glob("*.DBS"):  # under another name, as if it were its own village's
        path.rename(path.with_name(path.name.replace(far.identity.node, village.identity.node)))
    shutil.rmtree(stick / "DAIBAN" / "PICS", ignore_errors=True)
    (told,) = relay(town, stick).villages
    assert all("不是本苏木乡镇下属村的文件" in one.words for one in told.lines)
    assert served.centre.verify()[far.identity.node] < far.store.verify(far.identity.node)
    with pytest.raises(RefusedError):
        relay(village, stick)
    body = relayed.pack(Ask(()), ())
    for desk, why in ((village, "只有苏木乡镇"), (far, "只有苏木乡镇")):
        signed = relayed.RELAYED.pack(relayed.Head(desk.identity.node), body, desk.identity.keys)
        with pytest.raises(BatchError, match=why):
            relaying.answer(served.centre, seal(signed, served.centre.keys.public().seal))
    forged = relayed.RELAYED.pack(relayed.Head(town.identity.node), body, far.identity.keys)
    with pytest.raises(BatchError, match="签名不符"):
        relaying.answer(served.centre, seal(forged, served.centre.keys.public().seal))


def test_a_revoked_township_brings_nothing(pair: tuple[Desk, Desk], stick: Path, served: Served) -> None:
    town, village = pair
    carry(village, stick)
    enrolment.revoke(served.centre, town.identity.node, "wulan", "离职")
    done = relay(town, stick)
    assert done.trouble
    assert done.villages[0].waiting
    assert served.centre.verify()[village.identity.node] < village.store.verify(village.identity.node)


def test_names_and_sizes_are_bounded(tmp_path: Path) -> None:
    with pytest.raises(SurroundingsError):
        Shelf(tmp_path, most=3).keep(File(UP, f"{POINT}-01-1-2.DBS", 4), b"1234")
    for name in ("../x.DBS", f"{POINT}-01-1-2.DBS/..", "desk.db", f"{POINT}-01-1.DBQ", f"{POINT}.DBS"):
        with pytest.raises(BatchError):
            relayed.unpack(relayed.pack(Ask((File(UP, name, 0),)), ()), Ask)
    for body in (b"", b"\0\0\0\xff", relayed.pack(Ask((File(UP, f"{POINT}-01-1-2.DBS", 9),)), [b"8 bytes."])):
        with pytest.raises(BatchError):
            relayed.unpack(body, Ask)
    many = msgspec.json.encode({"files": [{"way": UP, "name": f"{POINT}-01-1-2.DBS", "size": 0}] * 201})
    with pytest.raises(BatchError):
        relayed.unpack(len(many).to_bytes(4, "big") + many, Ask)


def test_answers_come_in_as_many_turns_as_they_take(
    pair: tuple[Desk, Desk], stick: Path, served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    town, village = pair
    monkeypatch.setattr(relayed, "BACK", 1)  # one answer at a time
    monkeypatch.setattr(relayed, "TOGETHER", 1)
    carry(village, stick)
    relay(town, stick)
    carry(village, stick)
    relay(town, stick)
    carry(village, stick)
    assert village.sync_status().waiting == village.sync_status().pictures == 0


def test_a_forgotten_password_waits_at_the_township_for_two_people(
    pair: tuple[Desk, Desk], stick: Path, served: Served, tell: SetClock, make_desk: Callable[..., Desk]
) -> None:
    town, village = pair
    sync(village)
    village.close()
    for account, role in (("chief", Role.CHIEF), ("admin", Role.ADMIN)):
        guard.add_clerk(served.centre, account, f"名{account}", "a good password", "综合窗口", frozenset({role}))
    suhe = Account("suhe", "苏和")
    forgotten.ask_by_stick(village.folder, suhe, stick, tell)
    told = {one.name: one for one in relay(town, stick).villages}
    assert "两位同事" in told["乌日尼勒图嘎查"].lines[0].words
    sync(town)
    with pytest.raises(RefusedError):
        forgotten.key_by_stick(village.folder, stick)
    with served.centre.database.read() as db:
        subject = db.exec_driver_sql("SELECT id FROM record WHERE family = 'unlock'").scalar_one()
    for kind, account in (("unlock.asked", "chief"), ("unlock.confirmed", "admin")):
        unlocking.say(served.centre, unlocking.By(account, f"名{account}"), kind, subject, "核实过")
    town.close()
    town = make_desk("town", TOWN)
    sync(town)
    assert [(one.up, one.down) for one in town.relay.waits()] == [(0, 1)]
    relay(town, stick)
    again = forgotten.open_again(
        village.folder, suhe, forgotten.key_by_stick(village.folder, stick), "a new one", tell, CHEAP
    )
    again.close()
    assert not lying(town)
