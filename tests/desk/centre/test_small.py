"""Small parts of the centre by themselves."""

from __future__ import annotations

import socket

import pytest
from conftest import HERDER
from stdnum.iso7064 import mod_11_10

from db.centre.box import Box
from db.errors import WrongKeyError
from desk.centre.listener import listening
from desk.folds.office import published
from desk.law import numbers


def test_what_the_service_accepts_sends_without_waiting_for_acknowledgements() -> None:
    with listening("127.0.0.1", 0) as listener, socket.create_connection(listener.getsockname()):
        accepted, _ = listener.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_numbers_made_by_the_thousand_have_the_standards_check_digit() -> None:
    ends = [f"{serial:06d}" for serial in (0, 1, 9, 10, 4711, 999_999)]
    bare = [f"15252320261124{end}" for end in ends]
    assert numbers.checked("15252320261124", ends) == [one + mod_11_10.calc_check_digit(one) for one in bare]


def test_numbers_of_people_are_found_and_masked() -> None:
    assert published.personal(f"电话 {HERDER.phone}，号码 {HERDER.id_number}")
    assert not published.personal("第 15 号文件，2026 年")
    assert HERDER.id_number not in published.masked(f"号码 {HERDER.id_number}")


BOX = Box(b"k" * 32)


def test_what_was_kept_before_there_was_a_box_is_read_by_whoever_brings_it_up_alone() -> None:
    assert BOX.open_old(b'{"node":1}', b"here") == b'{"node":1}'
    with pytest.raises(WrongKeyError):
        BOX.open(b'{"node":1}', b"here")
    assert BOX.open(BOX.seal(b"x" * 100, b"here"), b"here") == b"x" * 100
    assert BOX.index("15252319560302002x") == BOX.index("152523 19560302 002X") != ""
    assert BOX.index("") == ""


def test_many_sealed_together_are_each_under_a_nonce_of_their_own() -> None:
    places = [b"%d" % at for at in range(500)]
    kept = BOX.seal_all([(b"the same", where) for where in places])
    assert [BOX.open(one, where) for one, where in zip(kept, places, strict=True)] == [b"the same"] * 500
    assert len({one[3:15] for one in kept}) == 500
    assert BOX.seal_all([]) == []


def test_another_key_opens_nothing() -> None:
    with pytest.raises(WrongKeyError):
        Box(b"o" * 32).open(BOX.seal(b"x", b"here"), b"here")
