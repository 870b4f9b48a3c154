"""Windows find each other in the network; whoever does not know the point finds nothing."""

from __future__ import annotations

import contextlib
import socket

import pytest
from hall_steps import until

from desk.errors import RefusedError
from desk.sync.hall import finding, places

PORT = 38647


def goes_round() -> bool:
    """Whether a datagram to our group comes back to two who listen at one port here, by plain sockets alone."""
    with contextlib.ExitStack() as ends:
        heard = []
        for _ in range(2):
            one = ends.enter_context(contextlib.closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)))
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            one.settimeout(2)
            heard.append(one)
        try:
            for one in heard:
                one.bind(("", PORT + 2))
                member = socket.inet_aton(finding.GROUP) + socket.inet_aton("0.0.0.0")  # noqa: S104 - whichever there is
                one.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, member)
            sender = ends.enter_context(contextlib.closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)))
            sender.sendto(b"x", (finding.GROUP, PORT + 2))
            return [one.recv(1) for one in heard] == [b"x", b"x"]
        except OSError:
            return False


def test_two_of_one_point_find_each_other() -> None:
    if not goes_round():
        pytest.skip("no datagram goes round in this network")
    found: list[tuple[str, str]] = []
    strange: list[tuple[str, str]] = []
    with contextlib.ExitStack() as ends:

        def finder(point: str, number: int, into: list[tuple[str, str]]) -> finding.Finder:
            made = finding.Finder(
                point, lambda: f"{point}-{number:02d}", 1000 + number, lambda *told: into.append(told), PORT
            )
            ends.callback(made.close)
            return made

        finder("152523202202", 1, found)
        two = finder("152523202202", 2, found)
        far = finder("152523202203", 3, strange)
        assert two.ask()
        until(lambda: found)
        assert far.ask()
        two.ask()
        until(lambda: len(found) > 1)
        assert all(name.startswith("152523202202") for name, _ in found)
        assert strange == []


def test_what_is_no_question_is_passed_over() -> None:
    heard: list[object] = []
    one = finding.Finder("152523202202", lambda: "152523202202-01", 1001, lambda *told: heard.append(told), PORT + 1)
    try:
        with contextlib.closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as other:
            other.settimeout(0.3)
            for junk in (b"", b"DBF1", b"DBF1?" + bytes(32), b"DBF1!" + bytes(40), bytes(100)):
                other.sendto(junk, ("127.0.0.1", PORT + 1))
            with pytest.raises(TimeoutError):
                other.recv(100)
        assert heard == []
    finally:
        one.close()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("192.168.1.12", "192.168.1.12:8647"),
        (" 192.168.1.12:9000 ", "192.168.1.12:9000"),
        ("window2", "window2:8647"),
        ("fd00::12", "[fd00::12]:8647"),
        ("[fe80::1%eth0]:9000", "[fe80::1%eth0]:9000"),
    ],
)
def test_an_address_as_people_type_it(typed: str, kept: str) -> None:
    assert places.place_of(typed) == kept
    assert places.place_of(kept) == kept


@pytest.mark.parametrize(
    "typed", ["", "http://192.168.1.12/", "a b", "1.2.3.4:0", "1.2.3.4:70000", "窗口 2", "x" * 200]
)
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(RefusedError):
        places.place_of(typed)


def test_places_are_few_and_the_last_one_first() -> None:
    kept = places.Kept()
    for at in range(9):
        kept = places.worked(kept, "152523202202-02", f"10.0.0.{at}:8647")
    assert kept.worked["152523202202-02"] == tuple(f"10.0.0.{at}:8647" for at in (8, 7, 6, 5))
