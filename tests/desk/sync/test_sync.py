"""Sync against a real centre over real HTTP: never twice, never lost, and only the centre itself is believed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from conftest import PASSWORD, SetClock, full_draft, serving, sync
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse
from starlette.routing import Route

from db.desk import entry_rows
from desk.app import opening
from desk.app.open_desk import Desk
from desk.centre import site
from desk.centre.exchange import enrolment
from desk.centre.node import centre_node
from desk.counter.office import accounts
from desk.errors import DeskError
from desk.log import chain, point_events
from desk.store.account import Account
from desk.store.snapshots import CaseQuery
from desk.sync.link import CentreRefusedError, Link, NotCentreError
from desk.sync.outcome import Outcome
from desk.sync.protocol import batch, wire
from desk.sync.protocol.seal import seal


def waiting(desk: Desk) -> int:
    return desk.sync_status().waiting


def own_entries(desk: Desk, after: int = 0) -> list[chain.Kept]:
    with desk.store.read() as db:
        found = entry_rows.entries_after(db, desk.identity.node, after, 10_000)
    entries = [msgspec.json.decode(one, type=chain.Entry) for one in found]
    return [chain.Kept(entry, one, b"") for entry, one in zip(entries, found, strict=True)]


def sealed(desk: Desk, kept: list[chain.Kept]) -> bytes:
    packed = batch.pack_log(kept, desk.identity.keys, batch.Heartbeat(), to=desk.identity.centre_node)
    return seal(packed, desk.identity.centre_keys.seal)


def test_up_and_down(desk: Desk, served: object) -> None:
    number = desk.register(full_draft(desk)).intake_no
    assert waiting(desk) == 3
    result = sync(desk)
    assert (result.outcome, result.sent, result.received) == (Outcome.DONE, 3, 1)
    assert waiting(desk) == 0
    assert desk.case(number).row.case_no == served.centre.case(number)[0].case_no != ""
    again = sync(desk)
    assert (again.outcome, again.sent, again.received) == (Outcome.DONE, 0, 0)


def test_the_same_batch_three_times_and_two_desks_interleaved(make_desk: Callable[..., Desk], served: object) -> None:
    one, two = make_desk("one"), make_desk("two")
    assert {one.identity.node[-2:], two.identity.node[-2:]} == {"01", "02"}
    link = Link(served.address, one.identity.centre_keys.sign)
    for number in range(3):
        for desk in (one, two):
            desk.register(full_draft(desk, number))
            whole = sealed(desk, own_entries(desk))
            answers = {link.post(wire.BATCHES, whole, wire.OCTETS).decode() for _ in range(3)}
            have = {msgspec.json.decode(answer, type=wire.BatchAnswer).have for answer in answers}
            assert have == {len(own_entries(desk))}
    link.close()
    counts = served.centre.verify()
    assert counts == {one.identity.node: 5, two.identity.node: 5, served.centre.node: 9}
    with served.centre.database.read() as db:
        assert len(rows_of(db)) == 6
    for desk in (one, two):
        assert sync(desk).outcome is Outcome.DONE
        assert waiting(desk) == 0
        # both desks stand at the same point and see what the centre said of each other's cases
        assert all(row.case_no for row in desk.cases(CaseQuery()))


def rows_of(db: object) -> list[object]:
    from db.centre.lists import case_rows

    return case_rows.cases_table(db)


def test_a_gap_is_answered_with_where_to_go_on(desk: Desk, served: object) -> None:
    desk.register(full_draft(desk))
    link = Link(served.address, desk.identity.centre_keys.sign)
    with pytest.raises(CentreRefusedError) as caught:
        link.post(wire.BATCHES, sealed(desk, own_entries(desk, 1)), wire.OCTETS)
    assert (caught.value.problem.code, caught.value.problem.have) == ("gap", 0)
    link.close()
    with desk.store.write() as db:
        desk.store.set_acked(db, 2)  # the desk believes too much: the centre's word counts
    assert sync(desk).outcome is Outcome.DONE
    assert served.centre.verify()[desk.identity.node] == 3


def test_a_fork_is_refused_and_nothing_is_written(desk: Desk, served: object) -> None:
    desk.register(full_draft(desk))
    sync(desk)
    other = chain.make(
        node=desk.identity.node, seq=1, prev=chain.GENESIS, time="t", author="x", kind="agent.added", subject="x",
        rank=1, data=point_events.AgentAdded("x", "别人"),
    )  # fmt: skip
    link = Link(served.address, desk.identity.centre_keys.sign)
    with pytest.raises(CentreRefusedError) as caught:
        link.post(wire.BATCHES, sealed(desk, [other]), wire.OCTETS)
    assert caught.value.problem.code == "fork"
    link.close()
    assert served.centre.verify()[desk.identity.node] == 3


def test_a_revoked_desk_keeps_its_entries_and_hears_why(desk: Desk, served: object) -> None:
    desk.register(full_draft(desk))
    enrolment.revoke(served.centre, desk.identity.node)
    result = sync(desk)
    assert result.outcome is Outcome.REFUSED
    assert "停用" in result.happened
    assert waiting(desk) == 3


def portal(_request: object) -> HTMLResponse:
    return HTMLResponse("<html><body>请登录上网</body></html>")


@pytest.mark.parametrize(
    "answer",
    [
        portal,
        lambda _request: RedirectResponse("http://127.0.0.1:9/login"),
        lambda _request: PlainTextResponse("no", 500),
        lambda _request: JSONResponse({"node": "x", "have": 99, "time": ""}),
        lambda _request: PlainTextResponse("x", headers={wire.PROOF_HEADER: "AAAA"}),
    ],
)
def test_what_is_not_the_centre_is_not_believed(desk: Desk, served: object, answer: Callable[..., object]) -> None:
    desk.register(full_draft(desk))
    routes = [Route("/{path:path}", answer, methods=["GET", "POST"])]
    with serving(Starlette(routes=routes)) as wrong:
        desk.set_centre_address(wrong)
        result = sync(desk)
    assert result.outcome is Outcome.NOT_CENTRE
    assert "不是本旗中心" in result.happened
    assert "没有丢失" in result.kept
    assert waiting(desk) == 3
    desk.set_centre_address(served.address)
    assert sync(desk).sent == 3


@pytest.mark.parametrize("status", [502, 503, 504])
def test_a_proxy_with_nobody_behind_it_is_no_stranger(desk: Desk, served: object, status: int) -> None:
    desk.register(full_draft(desk))
    routes = [Route("/{path:path}", lambda _request: PlainTextResponse("", status), methods=["GET", "POST"])]
    with serving(Starlette(routes=routes)) as alone:
        desk.set_centre_address(alone)
        result = sync(desk)
    assert result.outcome is Outcome.OFFLINE
    assert "中心的服务没有回应" in result.happened
    desk.set_centre_address(served.address)
    assert sync(desk).sent == 3


def test_another_centre_has_the_wrong_key(desk: Desk, served: object, tmp_path: Path) -> None:
    desk.register(full_draft(desk))
    centre_node.create(tmp_path / "other", "152524", "别的中心")
    other = centre_node.Centre(tmp_path / "other")
    with serving(site.app(other)) as address:
        desk.set_centre_address(address)
        assert sync(desk).outcome is Outcome.NOT_CENTRE
    other.close()
    assert waiting(desk) == 3
    desk.set_centre_address(served.address)
    assert sync(desk).outcome is Outcome.DONE


@pytest.mark.parametrize("address", ["http://127.0.0.1:9", "http://no-such-host.invalid", "ftp://x", "没有", ""])
def test_centre_down_or_a_wrong_address(desk: Desk, served: object, address: str) -> None:
    desk.register(full_draft(desk))
    desk.set_centre_address(address)
    result = sync(desk)
    assert result.outcome is Outcome.OFFLINE
    assert result.happened
    assert result.todo
    assert waiting(desk) == 3
    desk.set_centre_address(served.address)
    assert sync(desk).outcome is Outcome.DONE


def test_stopped_half_way_it_goes_on_from_there(desk: Desk, served: object) -> None:
    for number in range(60):
        desk.register(full_draft(desk, number))
    asked: list[bool] = []

    def cancelled() -> bool:
        asked.append(True)
        return len(asked) > 1

    result = desk.sync(lambda _far: None, cancelled)
    assert (result.outcome, result.sent) == (Outcome.CANCELLED, 50)
    assert waiting(desk) == 12
    assert sync(desk).sent == 12
    assert served.centre.verify()[desk.identity.node] == 62


def test_a_wrong_clock_is_measured_and_stops_nothing(desk: Desk, tell: SetClock, served: object) -> None:
    desk.store.tell = lambda: tell() + dt.timedelta(days=400)
    desk.register(full_draft(desk))
    result = sync(desk)
    assert result.outcome is Outcome.DONE
    assert abs(result.skew_seconds - 400 * 86400) < 60
    with served.centre.database.read() as db:
        from db.centre import rows as centre_rows

        assert abs(centre_rows.one_node(db, desk.identity.node)["skew"] - 400 * 86400) < 60


def test_a_centre_restored_from_an_old_backup_is_offered_what_it_lost(
    desk: Desk, served: object, tmp_path: Path, tell: SetClock
) -> None:
    import shutil

    desk.register(full_draft(desk, 1))
    sync(desk)
    served.centre.database.close()
    shutil.copytree(tmp_path / "centre", tmp_path / "backup")
    desk.register(full_draft(desk, 2))
    sync(desk)
    restored = centre_node.Centre(tmp_path / "backup", tell=tell)
    with serving(site.app(restored)) as address:
        desk.set_centre_address(address)
        assert sync(desk).outcome is Outcome.DONE
        assert restored.verify()[desk.identity.node] == 4
    restored.close()


def test_enrolment_codes(served: object, tmp_path: Path) -> None:
    code = enrolment.enrol_code(served.centre, "152523202202", "代办点")
    account = Account("a", "甲")
    opening.create_desk(tmp_path / "a", served.address, code.lower(), account, PASSWORD)
    for bad in (code, "", "ABCD", "ABCDEFGH-" + code[9:]):
        with pytest.raises(DeskError):
            opening.create_desk(tmp_path / "b", served.address, bad, account, PASSWORD)
    fresh = enrolment.enrol_code(served.centre, "152523202202", "代办点")
    with pytest.raises(NotCentreError):
        opening.create_desk(tmp_path / "b", served.address, fresh[:9] + "AAAAAAAA", account, PASSWORD)
    assert accounts.accounts(tmp_path / "b") == ()
    with pytest.raises(DeskError):
        opening.create_desk(tmp_path / "a", served.address, fresh, account, PASSWORD)


def test_a_fault_of_our_own_records_is_not_laid_to_whoever_answered(desk: Desk, served: object) -> None:
    """An own entry that is unreadable on disk: the centre is the centre, and what waits goes on waiting."""
    desk.register(full_draft(desk))
    with desk.store.write() as db:
        db.conn.execute("DROP TRIGGER entry_never_changes")
        db.conn.execute("UPDATE entry SET encoded = x'7b' WHERE seq = 1 AND node = ?", [desk.identity.node])
    result = sync(desk)
    assert result.outcome is Outcome.MISMATCH
    assert "第 1 条之后的记录" in result.happened
    assert result.kept
    assert "中心" in result.todo
    assert waiting(desk) == 3
