"""Banner, league, region; what comes down to the desks; the centre's own certificates; proxies; when to try again."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import random
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
import uvicorn
from conftest import HERDER, PASSWORD, POINT, POINT_NAME, Served, SetClock, full_draft, item_code, sync

from db.centre import rows
from desk.app.open_desk import Desk
from desk.centre import site
from desk.centre.exchange import enrolment, taking
from desk.centre.levels import forwarding
from desk.centre.node import centre_node, publishing
from desk.centre.node.centre_node import RefusedBatchError
from desk.centre.run import authority
from desk.errors import DeskError, RefusedError
from desk.folds import case as cases
from desk.law.catalogue import load
from desk.log import events
from desk.log.centre_events import NoticePublished
from desk.store.snapshots import Place
from desk.sync import pace
from desk.sync.link import OfflineError
from desk.sync.outcome import Outcome
from desk.sync.protocol.batch import BATCHES
from desk.sync.protocol.envelope import BatchError


def up(*levels: Served) -> None:
    for one in levels:
        forwarding.forward(one.centre)


def test_batches_go_up_as_they_came(
    make_desk: Callable[..., Desk], served: Served, above: tuple[Served, Served]
) -> None:
    league, region = above
    one, two = make_desk("one"), make_desk("two")
    numbers = []
    for at in range(3):
        for desk in (one, two):
            numbers.append(desk.register(full_draft(desk, at)).intake_no)
            sync(desk)
    _, seen = served.centre.case(numbers[0])
    served.centre.act("wulan", "case.accepted", numbers[0], events.Accepted("乌兰", "综合窗口"), seen)
    up(served, league)
    up(served, league)  # again changes nothing
    for place in (league.centre, region.centre):
        counts = place.verify()
        for desk in (one, two):
            assert counts[desk.identity.node] == desk.store.verify(desk.identity.node)
        assert counts[served.centre.node] == served.centre.verify()[served.centre.node]
        for number in numbers:
            assert place.case(number)[0] == served.centre.case(number)[0]
        with place.database.read() as db:  # the desk's own signature is kept there too
            kept = rows.next_batch(db, 0, one.identity.node)
        header, _ = BATCHES.unpack(bytes(kept["bytes"]), lambda _node: (one.identity.keys.public().sign,))
        assert header.node == one.identity.node
    assert region.centre.case(numbers[0])[0].state is cases.State.ACCEPTED
    with region.centre.database.read() as db:
        told = {row["name"]: (row["via"], row["have"]) for row in rows.nodes(db)}
    assert told[one.identity.node][0] == served.centre.node
    assert told[served.centre.node][0] == league.centre.node
    assert forwarding.left(served.centre) == 0


def test_keys_and_names_that_changed_are_known_above(desk: Desk, served: Served, above: tuple[Served, Served]) -> None:
    league, region = above
    desk.register(full_draft(desk, 1))
    sync(desk)
    desk.change_keys()
    desk.register(full_draft(desk, 2))
    sync(desk)
    up(served, league)
    assert region.centre.verify()[desk.identity.node] == desk.store.verify(desk.identity.node)
    enrolment.revoke(served.centre, desk.identity.node)
    up(served, league)
    assert enrolment.is_revoked(region.centre, desk.identity.node)


def test_nobody_goes_past_the_banner(desk: Desk, served: Served, above: tuple[Served, Served], tell: SetClock) -> None:
    league, _ = above
    desk.register(full_draft(desk, 1))
    sync(desk)
    with served.centre.database.read() as db:
        kept = bytes(rows.next_batch(db, 0, desk.identity.node)["bytes"])
    with pytest.raises(BatchError):  # the league does not know the desk yet
        taking.take_forwarded(league.centre, served.centre.node, kept)
    up(served)
    with pytest.raises(BatchError):  # a desk does not speak to the league itself
        taking.take(league.centre, kept, _read(league, kept))
    with pytest.raises(RefusedBatchError):  # nor does another centre speak for it
        taking.take_forwarded(league.centre, "152524000000-00", kept)


def _read(league: Served, kept: bytes) -> object:
    from desk.sync.protocol.batch import unpack

    return unpack(kept, lambda name: enrolment.sign_keys(league.centre, name))


def test_a_league_that_lost_some_is_given_it_again(desk: Desk, served: Served, above: tuple[Served, Served]) -> None:
    league, _ = above
    for at in range(3):
        desk.register(full_draft(desk, at))
        sync(desk)
    up(served)
    with league.centre.database.write() as db:  # as after a restore: the desk's log is shorter there
        import sqlalchemy as sa

        db.execute(sa.text("DELETE FROM entry WHERE node = :n AND seq > 3"), {"n": desk.identity.node})
        rows.set_node(db, desk.identity.node, have=3)
    desk.register(full_draft(desk, 9))
    sync(desk)
    up(served)
    assert league.centre.verify()[desk.identity.node] == desk.store.verify(desk.identity.node)


# -- down -------------------------------------------------------------------------------------------------------


def test_items_holidays_notices_and_merged_people_come_down(desk: Desk, served: Served) -> None:
    code = item_code(desk)
    assert sync(desk).outcome is Outcome.DONE
    seed = load.seed()
    changed = msgspec.structs.replace(desk.item(code), version=9, promised_limit=None)
    catalogue = msgspec.structs.replace(seed, items=(changed,), version="旗2026-12")
    assert publishing.catalogue(served.centre, "wulan", catalogue) == 1 + len(seed.regimes)
    assert publishing.catalogue(served.centre, "wulan", catalogue) == 0
    table = msgspec.structs.replace(desk.session.holidays, version="2027", years=(2026, 2027))
    publishing.holidays(served.centre, "wulan", table)
    told = NoticePublished("停电通知", "周五上午停电，请提前打印。", "乌兰", dt.date(2026, 12, 1))
    publishing.notice(served.centre, "wulan", told)
    with pytest.raises(RefusedError):
        publishing.notice(served.centre, "wulan", NoticePublished(" ", "", ""))
    assert sync(desk).received == 3 + len(seed.regimes)
    assert desk.item(code).version == 9
    assert desk.session.catalogue.version == "旗2026-12"
    assert desk.session.holidays.version == "2027"
    assert [one.title for one in desk.today().notices] == ["停电通知"]
    number = desk.register(full_draft(desk, 1)).intake_no
    assert desk.case(number).case.collected.item.version == 9
    other = msgspec.structs.replace(HERDER, name="阿拉坦其其格二", id_number="")
    from desk.store.entries import Fact

    with desk.store.write() as db:
        desk.session.append(db, Fact("person.recorded", "b" * 32, events.PersonRecorded(other)))
    sync(desk)
    first = desk.case(number).case.collected.applicant_id
    publishing.merge(served.centre, "wulan", "b" * 32, first, "同一个人")
    with pytest.raises(RefusedError):
        publishing.merge(served.centre, "wulan", "c" * 32, first, "")
    sync(desk)
    assert len(desk.people.search("阿拉坦")) == 1


def test_a_case_says_where_it_is(desk: Desk, served: Served, tmp_path: Path) -> None:
    from desk.centre.exchange import courier

    number = desk.register(full_draft(desk, 1)).intake_no
    assert (desk.case(number).place, desk.case(number).place_since) == (Place.HERE, "")
    stick = tmp_path / "stick"
    stick.mkdir()
    desk.courier(stick, lambda _far: None, lambda: False)
    assert desk.case(number).place is Place.ON_THE_WAY
    courier.exchange(served.centre, stick)
    desk.courier(stick, lambda _far: None, lambda: False)
    assert desk.case(number).place is Place.AT_CENTRE
    assert desk.case(number).place_since


# -- the line ---------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def serving_tls(centre: centre_node.Centre) -> Iterator[str]:
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(site.app(centre), log_level="critical", access_log=False, lifespan="off")
    config.ssl_certfile = str(centre.folder / authority.SERVER)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    try:
        yield f"https://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)
        listener.close()


def test_tls_by_the_centres_own_authority(tmp_path: Path, tell: SetClock) -> None:
    from desk.app import opening
    from desk.store.account import Account

    centre_node.create(tmp_path / "own", "152523", "中心")
    centre = centre_node.Centre(tmp_path / "own", tell=tell)
    authority.make(centre.folder, ["127.0.0.1", "centre.example"], tell())
    with pytest.raises(RefusedError):
        authority.make(centre.folder, ["127.0.0.1"], tell())
    with serving_tls(centre) as address:
        code = enrolment.enrol_code(centre, POINT, POINT_NAME)
        account = Account("suhe", "苏和")
        opening.create_desk(tmp_path / "d", address, code, account, PASSWORD, tell=tell)
        desk = opening.open_desk(tmp_path / "d", "suhe", PASSWORD, tell)
        assert "BEGIN CERTIFICATE" in desk.identity.ca
        desk.register(full_draft(desk, 1))
        assert sync(desk).outcome is Outcome.DONE
        centre_node.create(tmp_path / "other", "152524", "别的")
        other = centre_node.Centre(tmp_path / "other", tell=tell)
        authority.make(other.folder, ["127.0.0.1"], tell())
        with serving_tls(other) as wrong:  # another authority
            desk.set_centre_address(wrong)
            result = sync(desk)
            assert result.outcome is Outcome.OFFLINE
            assert "证书" in result.happened
        other.close()
        desk.set_centre_address(address)
        desk.session.change(desk.identity, msgspec.structs.replace(desk.identity, ca=""))
        assert "证书" in sync(desk).happened  # the system's roots do not know ours
        desk.close()
    centre.close()


def test_a_proxy_of_the_system(desk: Desk, served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    from proxy import Proxy

    proxy = Proxy(served.address)
    proxy.rewrite = lambda data: data.replace(b" http://centre.example/", b" /")  # what every proxy does
    for name in list(os.environ):
        if name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("http_proxy", proxy.address)
    desk.set_centre_address("http://centre.example")
    desk.register(full_draft(desk, 1))
    assert sync(desk).outcome is Outcome.DONE
    assert proxy.passed > 1000
    proxy.close()


def test_patience_grows_and_is_spread() -> None:
    pick = random.Random(3)  # noqa: S311 - a die, not a secret
    waits = [[pace.after(trouble, pick) for _ in range(200)] for trouble in range(1, 12)]
    for trouble, some in enumerate(waits, 1):
        span = min(pace.MOST, pace.FIRST * 2 ** (trouble - 1))
        assert span / 2 <= min(some) < max(some) <= span
        assert len(set(some)) == len(some)


def test_one_sync_at_a_time(desk: Desk) -> None:
    with desk.session.line:
        assert sync(desk).outcome is Outcome.BUSY
    assert sync(desk).outcome is Outcome.DONE


def test_what_joins_must_be_a_centre_of_its_division(served: Served, above: tuple[Served, Served]) -> None:
    league, _ = above
    with pytest.raises(DeskError):
        forwarding.join(served.centre, league.address, enrolment.enrol_code(league.centre, "152524000000", "别的旗"))
    with pytest.raises(OfflineError):
        forwarding.join(served.centre, "http://127.0.0.1:9", "ABCDEFGH-ABCDEFGH")
