"""Tries at a password and at a code, many at the same moment: each counts, and a code opens one session."""

from __future__ import annotations

import datetime as dt
from concurrent import futures

import pyotp
import pytest
from conftest import PASSWORD, Served, SetClock, both_databases

from db.centre import people
from desk.centre.run import guard
from desk.errors import RefusedError

AT_ONCE = 12


def entered(served: Served, password: str, code: str = "") -> str:
    """The session's token; "" for none."""
    try:
        return guard.log_in(served.centre, "wulan", password, code)
    except RefusedError:
        return ""


def all_at_once(served: Served, password: str, code: str = "") -> list[str]:
    with futures.ThreadPoolExecutor(AT_ONCE) as pool:
        return [token for token in pool.map(lambda _: entered(served, password, code), range(AT_ONCE)) if token]


@both_databases
def test_wrong_passwords_at_once_lock_the_account(served: Served, tell: SetClock) -> None:
    assert all_at_once(served, "wrong password") == []
    with served.centre.database.read() as db:
        assert people.locked_out(db, served.centre.now()) == {"wulan"}
    assert entered(served, PASSWORD) == ""
    tell.at += dt.timedelta(minutes=11)
    assert entered(served, PASSWORD)


@both_databases
def test_one_code_opens_one_session(served: Served, tell: SetClock) -> None:
    code = telephone(served, tell)
    tell.at += dt.timedelta(minutes=2)
    tokens = all_at_once(served, PASSWORD, code.at(tell.at))
    assert len(tokens) == 1
    assert guard.visitor(served.centre, tokens[0]) is not None


def telephone(served: Served, tell: SetClock) -> pyotp.TOTP:
    """An authenticator that was set up for the account."""
    made = pyotp.parse_uri(guard.begin_second(served.centre, "wulan", PASSWORD))
    guard.finish_second(served.centre, "wulan", made.at(tell.at))
    return made


def test_own_password_asked_on_a_page_is_counted(served: Served) -> None:
    for _ in range(4):
        with pytest.raises(RefusedError):
            guard.change_password(served.centre, "wulan", "wrong password", "another one 2026")
    with pytest.raises(RefusedError):
        guard.begin_second(served.centre, "wulan", "wrong password")
    with pytest.raises(RefusedError):
        guard.change_password(served.centre, "wulan", PASSWORD, "another one 2026")
    assert entered(served, PASSWORD), "who found a session open keeps nobody from the door"


def test_a_right_password_forgives_what_was_wrong_before(served: Served) -> None:
    for _ in range(3):
        assert [entered(served, "wrong password") for _ in range(4)] == [""] * 4
        assert entered(served, PASSWORD)
