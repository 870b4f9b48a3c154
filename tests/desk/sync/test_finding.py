"""Windows find each other in the network; whoever does not know the point finds nothing."""

from __future__ import annotations

import contextlib
import socket

import pytest
from hall_steps import until

from desk.errors import RefusedError
from desk.sync.hall import finding, places

PORT = 38647


def test_two_of_one_point_find_each_other() -> None:
    found: list[tuple[str, str]] = []
    strange: list[tuple[str, str]] = []
    one = finding.Finder("152523202202", lambda: "152523202202-01", 1001, lambda *told: found.append(told), PORT)
    try:
        two = finding.Finder("152523202202", lambda: "152523202202-02", 1002, lambda *told: found.append(told), PORT)
        far = finding.Finder("152523202203", lambda: "152523202203-01", 1003, lambda *told: strange.append(told), PORT)
    except OSError:
        one.close()
        pytest.skip("this network takes no second listener")
    try:
        if not two.ask():
            pytest.skip("no network")
        with contextlib.suppress(AssertionError):
            until(lambda: found)
        far.ask()
        if not found:
            pytest.skip("nothing goes round in this network")
        assert all(name.startswith("152523202202") for name, _ in found)
        assert strange == []
    finally:
        for each in (one, two, far):
            each.close()


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
