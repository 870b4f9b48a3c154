"""Windows of one hall meet on their own wire: the same counter with the centre away."""

from __future__ import annotations

import shutil
import socket
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Served, called, full_draft, move, sync
from hall_steps import hall, introduced, keep_port, until
from test_relaying import TOWN, carry, relay

from desk.app.open_desk import Desk
from desk.log.hall import hall_events
from desk.store.entries import Fact
from desk.store.snapshots import CaseQuery
from desk.sync.hall import firewall, places, service
from desk.sync.outcome import Outcome
from desk.sync.relay.shelf import NAME


def names(desk: Desk) -> set[str]:
    return {row.applicant_name for row in desk.cases(CaseQuery(), 0, 1000)}


def away(*desks: Desk) -> None:
    for desk in desks:
        desk.set_centre_address("http://127.0.0.1:1")


def test_what_one_window_writes_the_others_have_without_the_centre(make_desk: Callable[..., Desk]) -> None:
    desks = [make_desk(name) for name in ("one", "two", "three")]
    introduced(*desks)
    away(*desks)
    with hall(*desks):
        number = desks[0].register(full_draft(desks[0], person=called("牧甲"))).intake_no
        until(lambda: all(names(one) == {"牧甲"} for one in desks))
        desks[2].handling.act(number, "case.withdrawn", "不办了")
        until(lambda: len({one.case(number).case.state for one in desks}) == 1)
        for window in desks:
            mine = [row.applicant_name for row in window.cases(CaseQuery(whose="window"), 0, 9)]
            assert mine == (["牧甲"] if window is desks[0] else [])
            assert window.count_cases(CaseQuery(whose="window")) == len(mine)
        assert [one.is_here for one in desks[0].hall.status().windows] == [True, True]
    assert desks[0].store.tables() is not None
    for one in desks:
        before = one.store.tables()
        one.store.rebuild()
        assert one.store.tables() == before


def test_a_window_whose_address_changed_is_met_at_the_new_one(make_desk: Callable[..., Desk]) -> None:
    """As a router gives it: nobody types anything, and what was known of it leads nowhere."""
    one, two = make_desk("one"), make_desk("two")
    introduced(one, two)
    away(one, two)
    with hall(one, two):
        until(lambda: all(desk.hall.status().windows[0].is_here for desk in (one, two)))
        was = two.hall.hall.port
        two.hall.stop()
        keep_port(two)
        with socket.create_server(("127.0.0.1", was)):  # another machine has the former one, and is no window
            two.hall.hall.start("127.0.0.1", finds=False)
            assert two.hall.hall.port != was
            one.register(full_draft(one, person=called("牧甲")))
            until(lambda: names(two) == {"牧甲"})
            two.register(full_draft(two, person=called("牧乙")))
            until(lambda: names(one) == {"牧甲", "牧乙"})


def kept_places(desk: Desk) -> dict[str, tuple[str, ...]]:
    with desk.store.read() as db:
        return places.kept(db).worked


def test_windows_of_two_networks_meet_by_the_one_that_is_in_both(make_desk: Callable[..., Desk]) -> None:
    between, here, there = (make_desk(name) for name in ("between", "here", "there"))
    introduced(between, here, there)
    away(between, here, there)
    with hall(between), hall(here), hall(there):  # none of them was told of another
        for one in (here, there):
            one.hall.type_address(f"127.0.0.1:{between.hall.hall.port}")
        number = here.register(full_draft(here, person=called("牧甲"))).intake_no
        until(lambda: names(there) == {"牧甲"})
        there.handling.act(number, "case.withdrawn", "不办了")
        until(lambda: here.case(number).case.state.value == "withdrawn")
        assert there.identity.node not in kept_places(here)


def test_whoever_has_a_line_speaks_for_all(make_desk: Callable[..., Desk], served: Served) -> None:
    one, two = make_desk("one"), make_desk("two")
    introduced(one, two)
    away(two)
    with hall(one, two):
        number = two.register(full_draft(two, person=called("牧乙"))).intake_no
        until(lambda: names(one) == {"牧乙"})
        assert sync(one).outcome is Outcome.DONE
        assert served.centre.case(number) is not None
        until(lambda: two.case(number).case.case_no)
        until(lambda: two.sync_status().waiting == 0, "two never heard that the centre has it")
        move(served, number, "case.accepted")
        sync(one)
        until(lambda: two.case(number).case.state == one.case(number).case.state)
        assert two.case(number).case.state.value == "accepted"
    two.set_centre_address(served.address)
    assert sync(two).outcome is Outcome.DONE


def test_a_village_s_stick_goes_on_to_the_window_that_has_a_line(
    make_desk: Callable[..., Desk], served: Served, tmp_path: Path
) -> None:
    one, two, village = make_desk("one", TOWN), make_desk("two", TOWN), make_desk("village")
    number = village.register(full_draft(village, person=called("牧丙"))).intake_no
    introduced(one, two)
    stick = tmp_path / "stick"
    stick.mkdir()
    carry(village, stick)
    away(two)
    with hall(one, two):
        until(lambda: two.hall.status().here == 1)
        sync(one)
        assert relay(two, stick).trouble
        until(lambda: one.relay.waits() and not any(wait.up for wait in two.relay.waits()))
        kept = b"".join(path.read_bytes() for path in (one.folder / NAME).rglob("*") if path.is_file())
        assert "牧丙".encode() not in kept
        assert sync(one).outcome is Outcome.DONE
        assert served.centre.case(number) is not None
        two.hall.hall.look_again()
        until(lambda: any(wait.down for wait in two.relay.waits()), "no answer came back")
        assert relay(two, stick).villages[0].given
    carry(village, stick)
    assert village.sync_status().waiting == 0


def test_one_out_of_an_old_backup_goes_on_where_it_was(make_desk: Callable[..., Desk], tmp_path: Path) -> None:
    one, two = make_desk("one"), make_desk("two")
    introduced(one, two)
    away(one, two)
    one.close()
    shutil.copytree(tmp_path / "one", tmp_path / "saved")
    one = make_desk("one")
    with hall(one, two):
        number = one.register(full_draft(one, person=called("牧丁"))).intake_no
        until(lambda: names(two) == {"牧丁"})
    one.close()
    shutil.rmtree(tmp_path / "one")
    shutil.copytree(tmp_path / "saved", tmp_path / "one")
    one = make_desk("one")
    assert names(one) == set()
    with hall(one, two):
        until(lambda: names(one) == {"牧丁"}, "nothing came back")
        other = one.register(full_draft(one, 2, person=called("牧戊"))).intake_no
        assert other != number
        until(lambda: names(two) == {"牧丁", "牧戊"})
    assert not two.sync_status().doubts


def test_two_that_ran_apart_are_told_and_mended_by_the_centre(
    make_desk: Callable[..., Desk], served: Served, tmp_path: Path
) -> None:
    one, two = make_desk("one"), make_desk("two")
    introduced(one, two)
    away(one, two)
    one.close()
    shutil.copytree(tmp_path / "one", tmp_path / "saved")
    one = make_desk("one")
    with hall(one, two):
        one.register(full_draft(one, person=called("牧己")))
        until(lambda: names(two) == {"牧己"})
    one.close()
    shutil.rmtree(tmp_path / "one")
    shutil.copytree(tmp_path / "saved", tmp_path / "one")
    one = make_desk("one")
    one.register(full_draft(one, 2, person=called("牧庚")))  # before it met anybody
    with hall(one, two):
        until(lambda: one.sync_status().doubts and two.sync_status().doubts)
        assert (names(one), names(two)) == ({"牧庚"}, {"牧己"})
    for desk in (one, two):
        desk.set_centre_address(served.address)
    for desk in (two, one, two, one, two):
        assert sync(desk).outcome is Outcome.DONE
    assert names(one) == names(two) == {"牧己", "牧庚"}
    numbers = [row.intake_no for row in two.cases(CaseQuery(), 0, 9)]
    assert len(set(numbers)) == 2
    with hall(one, two):
        one.register(full_draft(one, 3, person=called("牧辛")))
        until(lambda: "牧辛" in names(two), "the hall does not go on")


def test_kinds_that_a_window_does_not_know_yet_stop_nothing(make_desk: Callable[..., Desk]) -> None:
    """A window with a newer program writes what this one never heard of: it keeps that as it came, shows that there is
    something, and has all else."""
    one, two = make_desk("one"), make_desk("two")
    introduced(one, two)
    away(one, two)
    number = one.register(full_draft(one, person=called("牧甲"))).intake_no
    newer = hall_events.DraftTaken("苏和")
    with one.store.write() as db:
        facts = [Fact("case.danced", number, newer), Fact("drum.beaten", "drum:1", newer)]
        one.store.append(db, one.identity.node, "苏和", facts)
    one.register(full_draft(one, person=called("牧乙")))
    with hall(one, two):
        until(lambda: names(two) == {"牧甲", "牧乙"})
        two.handling.act(number, "case.withdrawn", "不办了")
        until(lambda: one.case(number).case.state == two.case(number).case.state == "withdrawn")
    assert "其他记录（case.danced）" in [line.name for line in two.case(number).case.history]
    assert two.store.verify(one.identity.node) == one.store.verify(one.identity.node)


def test_windows_are_let_in_by_the_firewall_once(
    make_desk: Callable[..., Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    """On Windows the system asks when the hall is switched on; whoever says no has a hall, and reads what to do."""
    desk, asked, says = make_desk(), list[str](), [False]
    sync(desk)
    with desk.store.write() as db:
        places.keep(db, places.Kept(port=0))  # the usual one may be another test's at this moment

    def shell(program: str, told: str) -> bool:
        asked.append(f"{program} {told}")
        return says[0]

    monkeypatch.setattr(firewall, "IS_WINDOWS", True)
    monkeypatch.setattr(firewall, "_elevated", shell)
    for says[0] in (False, True, False):
        desk.hall.switch(on=True)
        assert desk.hall.status().is_on
        assert ("防火墙" in desk.hall.status().trouble) == (len(asked) == 1)
        desk.hall.switch(on=False)
    assert len(asked) == 2  # once it is made nobody is asked again
    delete, tcp, udp = asked[0].split(" & ")
    assert delete.startswith("cmd.exe /c netsh advfirewall firewall delete rule")
    for rule, kind in ((tcp, "TCP"), (udp, "UDP")):
        assert f"dir=in action=allow localport={places.PORT} protocol={kind} remoteip=localsubnet," in rule


def test_of_two_idle_neighbours_one_asks_and_whoever_slept(
    make_desk: Callable[..., Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever was asked just now has all, and does not ask back: among twenty windows that is half of what it costs.
    A machine that slept asks at once. By IPv6 where there is any."""
    one, two = make_desk("one"), make_desk("two")
    introduced(one, two)
    away(one, two)
    with hall(one, two, host="::1" if _has_ipv6() else "127.0.0.1"):
        until(lambda: all(desk.hall.hall.near()[0].is_met for desk in (one, two)))
        near = two.hall.hall._near[one.identity.node]
        near.due, before = time.monotonic() + 20, near.heard_at
        one.hall.hall.look_again()
        until(lambda: near.heard_at > before)
        until(lambda: near.due > time.monotonic() + 30)
        rounds = two.hall.hall.rounds
        two.store.wrote.set()
        time.sleep(4 * service._TOGETHER)
        assert two.hall.hall.rounds == rounds
        monkeypatch.setattr(service, "_ASLEEP", 0.0)
        two.store.wrote.set()
        until(lambda: two.hall.hall.rounds > rounds)


def _has_ipv6() -> bool:
    try:
        with socket.create_server(("::1", 0), family=socket.AF_INET6):
            return True
    except OSError:
        return False
