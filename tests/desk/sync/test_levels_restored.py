"""Centres that come back from a backup between other centres: nothing lost, nothing twice, nobody waits for another."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import msgspec
import pytest
import sqlalchemy as sa
from conftest import (
    CHEAP,
    PASSWORD,
    POINT,
    POINT_NAME,
    TRUSTING,
    Served,
    SetClock,
    both_databases,
    full_draft,
    level,
    serving,
    sync,
)
from test_courier import carry, hand_in
from test_healing import alike, copied, draft, opened

from db.centre import rows, schema
from desk.app import opening
from desk.app.open_desk import Desk
from desk.centre import commands, site
from desk.centre.exchange import enrolment
from desk.centre.levels import forwarding
from desk.centre.node import centre_node, publishing
from desk.centre.node.roles import Role
from desk.centre.run import backup, guard
from desk.log import events
from desk.log.centre_events import NoticePublished
from desk.store.account import Account
from desk.sync.outcome import Outcome

SECRET = "a backup's password"


@pytest.fixture
def league(tmp_path: Path, tell: SetClock, served: Served) -> Iterator[Served]:
    with level(tmp_path / "league", "152500", "锡林郭勒盟政务服务中心", tell) as made:
        forwarding.join(served.centre, made.address, enrolment.enrol_code(made.centre, "152523000000", "苏尼特左旗"))
        yield made


@pytest.fixture
def kept(tmp_path: Path, served: Served, centre_url: str) -> Callable[[Served], Path]:
    def keep(whose: Served) -> Path:
        url = centre_url if whose is served else ""
        target = tmp_path / f"{whose.centre.node}.dbc"
        backup.backup(whose.centre, url, target, SECRET)
        return target

    return keep


@contextlib.contextmanager
def back(folder: Path, url: str, source: Path, tell: SetClock) -> Iterator[Served]:
    """The centre as its backup has it, serving."""
    backup.restore(folder, url, source, SECRET, tell)
    centre = centre_node.Centre(folder, url, tell=tell)
    try:
        with serving(site.app(centre, TRUSTING)) as address:
            yield Served(centre, address)
    finally:
        centre.close()


def same(below: Served, above: Served, *desks: Desk) -> None:
    """Both have the same logs, whole, and the same cases."""
    here, there = below.centre.verify(), above.centre.verify()
    for name in (below.centre.node, *(desk.identity.node for desk in desks)):
        assert here[name] == there[name] > 0, name
        with below.centre.database.read() as one, above.centre.database.read() as two:
            assert rows.hashes(one, name, 1, here[name]) == rows.hashes(two, name, 1, here[name])


def arrivals(served: Served, number: str) -> list[str]:
    with served.centre.database.read() as db:
        found = served.centre.about(db, [number])[number]
    return [one.kind for one in found if one.kind == "case.arrived"]


def accept(served: Served, number: str) -> None:
    _, seen = served.centre.case(number)
    served.centre.act("wulan", "case.accepted", number, events.Accepted("乌兰", "综合窗口"), seen)


@both_databases
def test_a_banner_goes_on_after_its_backup(
    desk: Desk,
    served: Served,
    league: Served,
    kept: Callable[..., Path],
    empty_database: str,
    tmp_path: Path,
    tell: SetClock,
) -> None:
    first = desk.register(draft(desk, 1)).intake_no
    sync(desk)
    forwarding.forward(served.centre)
    source = kept(served)
    second = desk.register(draft(desk, 2)).intake_no
    sync(desk)
    accept(served, second)
    publishing.notice(served.centre, "wulan", NoticePublished("通知", "文", "乌兰"))
    forwarding.forward(served.centre)
    number = served.centre.case(second)[0].case_no
    with back(tmp_path / "again", empty_database, source, tell) as again:
        accept(again, first)  # a clerk works before anybody comes
        desk.set_centre_address(again.address)
        assert sync(desk).outcome is Outcome.DONE
        third = desk.register(draft(desk, 3)).intake_no
        sync(desk)
        assert forwarding.forward(again.centre).left == 0
        for _ in range(2):
            assert sync(desk).outcome is Outcome.DONE
        assert forwarding.forward(again.centre) == forwarding.Forwarded(0, 0, 0)
        same(again, league, desk)
        alike(again, desk)
        for one in (first, second, third):
            assert again.centre.case(one)[0] == league.centre.case(one)[0]
            assert arrivals(again, one) == ["case.arrived"]
        assert again.centre.case(second)[0].case_no == number
        assert again.centre.case(first)[0].accepted is not None
        assert [one.title for one in desk.today().notices] == ["通知"]
        with again.centre.database.read() as db:
            gone = db.execute(sa.select(sa.func.count()).select_from(schema.aside)).scalar()
        assert gone > 0  # what gave way is kept
        table = _table(again)
        again.centre.rebuild()
        assert _table(again) == table


def _table(served: Served) -> list[tuple[object, ...]]:
    with served.centre.database.read() as db:
        asked = [one for one in schema.case_row.c if one.name != "applicant"]  # sealed, so another each time
        return [tuple(row) for row in db.execute(sa.select(*asked).order_by(schema.case_row.c.intake_no))]


def test_a_case_that_arrived_twice_has_its_first_number(
    desk: Desk, served: Served, league: Served, kept: Callable[..., Path], tmp_path: Path, tell: SetClock
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    desk.register(draft(desk, 1))
    sync(desk)
    source = kept(served)
    second = desk.register(draft(desk, 2)).intake_no
    carry(desk, stick)
    hand_in(served, stick)  # the answer never reaches the desk
    forwarding.forward(served.centre)
    number = served.centre.case(second)[0].case_no
    with back(tmp_path / "again", "", source, tell) as again:
        desk.set_centre_address(again.address)
        sync(desk)
        other = again.centre.case(second)[0].case_no
        assert other not in ("", number)
        forwarding.forward(again.centre)
        for _ in range(2):
            assert sync(desk).outcome is Outcome.DONE
        assert again.centre.case(second)[0].case_no == number
        assert arrivals(again, second) == ["case.arrived"]
        assert not again.centre.case(second)[0].conflicts
        alike(again, desk)
        forwarding.forward(again.centre)
        same(again, league, desk)


def test_who_was_let_in_or_stopped_since_the_backup_is_known_again(
    make_desk: Callable[..., Desk],
    served: Served,
    league: Served,
    kept: Callable[..., Path],
    tmp_path: Path,
    tell: SetClock,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    one, two = make_desk("one"), make_desk("two")
    for desk in (one, two):
        desk.register(draft(desk, 1))
        sync(desk)
    source = kept(served)
    enrolment.revoke(served.centre, two.identity.node, "wulan", "丢了")
    one.change_keys()
    sync(one)
    three = make_desk("three")
    three.register(draft(three, 3))
    sync(three)
    forwarding.forward(served.centre)
    monkeypatch.setenv("DAIBAN_PASSWORD", SECRET)
    folder = tmp_path / "again"
    assert commands.run_centre(["--data", str(folder), "restore", str(source)]) == 0
    said = capsys.readouterr().out
    assert "取回" in said
    listed = said.partition("停用")[2]
    assert one.identity.node in listed
    assert three.identity.node in listed
    assert two.identity.node not in listed
    centre = centre_node.Centre(folder, tell=tell)
    with serving(site.app(centre, TRUSTING)) as address:
        for desk in (one, three):
            desk.set_centre_address(address)
            assert sync(desk).outcome is Outcome.DONE
        two.set_centre_address(address)
        assert sync(two).outcome is Outcome.REFUSED
        forwarding.forward(centre)
        same(Served(centre, address), league, one, three)
    centre.close()


def test_a_name_that_may_have_been_given_is_not_given_again(
    make_desk: Callable[..., Desk], served: Served, kept: Callable[..., Path], tmp_path: Path, tell: SetClock
) -> None:
    one = make_desk("one")
    source = kept(served)
    two = make_desk("two")  # nobody above knows of it
    elsewhere = make_desk("elsewhere", "152523202203")
    with back(tmp_path / "again", "", source, tell) as again:
        known = {one.identity.node, two.identity.node, elsewhere.identity.node}
        for point in (POINT, "152523202203"):
            code = enrolment.enrol_code(again.centre, point, POINT_NAME)
            folder = tmp_path / f"new-{point}"
            account = Account("suhe", "苏和")
            opening.create_desk(folder, again.address, code, account, PASSWORD, cost=CHEAP, tell=tell)
            new = opened(folder, tell)
            assert new.identity.node not in known
            assert int(new.identity.node[-2:]) < 60
            new.close()
        two.set_centre_address(again.address)
        assert sync(two).outcome is Outcome.REFUSED  # told, not mixed up
        backup.new_epoch(again.centre)
        code = enrolment.enrol_code(again.centre, POINT, POINT_NAME)
        two.enrol(again.address, code)
        assert int(two.identity.node[-2:]) > 7
        two.register(draft(two, 5))
        assert sync(two).outcome is Outcome.DONE


def test_a_refused_node_holds_back_nobody_else(
    make_desk: Callable[..., Desk],
    served: Served,
    league: Served,
    kept: Callable[..., Path],
    tmp_path: Path,
    tell: SetClock,
) -> None:
    one, two = make_desk("one"), make_desk("two")
    for desk in (one, two):
        desk.register(draft(desk, 1))
        sync(desk)
    forwarding.forward(served.centre)
    old, source = copied(one, "old"), kept(served)
    one.register(draft(one, 2))
    sync(one)
    forwarding.forward(served.centre)
    one.close()
    with back(tmp_path / "again", "", source, tell) as again:
        one = opened(old, tell)  # an old backup of a desk too: the league alone has the other branch
        one.register(draft(one, 3, "乌云"))
        good = []
        for desk in (one, two):
            desk.set_centre_address(again.address)
            for number in range(4, 6):
                good.append(desk.register(draft(desk, number)).intake_no)
                assert sync(desk).outcome is Outcome.DONE
        done = forwarding.forward(again.centre)
        assert done.held == (one.identity.node,)
        assert league.centre.case(good[2])
        assert league.centre.case(good[3])
        assert done.left == forwarding.left(again.centre) > 0
        guard.add_clerk(again.centre, "watch", "监察", PASSWORD, "监察室", frozenset({Role.SUPERVISOR}))
        with httpx.Client(base_url=again.address) as visitor:
            visitor.cookies.set(guard.COOKIE, guard.log_in(again.centre, "watch", PASSWORD))
            page = visitor.get("/desks").text
        assert "上级中心不收" in page
        assert one.identity.node in page
        assert "不一致" in page
        one.close()


def test_what_was_refused_goes_on_once_it_may(
    make_desk: Callable[..., Desk], served: Served, league: Served, tell: SetClock
) -> None:
    one, two = make_desk("one"), make_desk("two")
    for desk in (one, two):
        desk.register(draft(desk, 1))
        sync(desk)
    forwarding.forward(served.centre)
    with league.centre.database.write() as db:
        rows.set_node(db, one.identity.node, via="152524000000-00")
    for number in range(2, 4):
        for desk in (one, two):
            desk.register(draft(desk, number))
            sync(desk)
        assert forwarding.forward(served.centre).held == (one.identity.node,)
    with league.centre.database.write() as db:
        rows.set_node(db, one.identity.node, via=served.centre.node)
    assert forwarding.forward(served.centre, wait=600).held  # not so soon
    tell.at += dt.timedelta(minutes=11)
    done = forwarding.forward(served.centre, wait=600)
    assert (done.held, done.left) == ((), 0)
    same(served, league, one, two)


def moved(below: Served, address: str) -> None:
    """The level above answers there now."""
    with below.centre.database.write() as db:
        known = msgspec.json.decode(rows.value(db, "upstream"), type=forwarding.Upstream)
        rows.set_value(db, "upstream", msgspec.json.encode(msgspec.structs.replace(known, address=address)).decode())


def test_a_league_gets_back_what_quiet_desks_had_sent(
    desk: Desk, served: Served, league: Served, kept: Callable[..., Path], tmp_path: Path, tell: SetClock
) -> None:
    desk.register(draft(desk, 1))
    sync(desk)
    forwarding.forward(served.centre)
    source = kept(league)
    second = desk.register(draft(desk, 2)).intake_no
    sync(desk)
    forwarding.forward(served.centre)
    with back(tmp_path / "again", "", source, tell) as again:
        moved(served, again.address)
        forwarding.forward(served.centre)
        assert again.centre.case(second)[0] == served.centre.case(second)[0]
        same(served, again, desk)
        assert forwarding.forward(served.centre) == forwarding.Forwarded(0, 0, 0)


def test_a_league_whose_machine_was_set_back_gets_it_too(
    desk: Desk, served: Served, league: Served, tmp_path: Path, tell: SetClock
) -> None:
    """No command, no new epoch: only that it no longer knows what it said."""
    desk.register(full_draft(desk, 1))
    sync(desk)
    forwarding.forward(served.centre)
    with league.centre.database.read() as db:
        seq, head = rows.value(db, "seq"), rows.value(db, "head")
        have = {row["name"]: (row["have"], row["head"]) for row in rows.nodes(db)}
    publishing.notice(league.centre, "", NoticePublished("盟里的通知", "文", "盟"))
    second = desk.register(full_draft(desk, 2)).intake_no
    sync(desk)
    forwarding.forward(served.centre)
    with league.centre.database.write() as db:
        for name, (count, last) in have.items():
            db.execute(sa.delete(schema.entry).where(schema.entry.c.node == name, schema.entry.c.seq > count))
            rows.set_node(db, name, have=count, head=last)
        db.execute(
            sa.delete(schema.entry).where(schema.entry.c.node == league.centre.node, schema.entry.c.seq > int(seq))
        )
        rows.set_value(db, "seq", seq)
        rows.set_value(db, "head", head)
        db.execute(sa.delete(schema.case_row))
    forwarding.forward(served.centre)
    assert league.centre.case(second)[0] == served.centre.case(second)[0]
    same(served, league, desk)
