"""What a stranger may try at the centre's public doors, and what comes of it."""

from __future__ import annotations

import argparse
import datetime as dt
import http.client
import re
from collections.abc import Callable
from urllib.parse import urlsplit

import anyio
import httpx
import pyotp
import pytest
from conftest import PASSWORD, Served, SetClock, both_databases, full_draft, serving, sync

from db.centre import people
from desk.app.open_desk import Desk
from desk.centre import site, user_commands
from desk.centre.exchange import enrolment
from desk.centre.node.roles import Role
from desk.centre.run import guard, tries
from desk.centre.run.limits import asks
from desk.centre.run.settings import Settings
from desk.errors import RefusedError
from desk.law import numbers
from desk.log import receipt_code
from desk.log.keys import NodeKeys
from desk.sync.protocol import letters

HOME, STRANGER = "203.0.113.9", "2001:db8:1:2::/64"


NEW = "192.0.2.77"  # where the owner never was


def let_in(
    served: Served, address: str, password: str = PASSWORD, mark: str = "", code: str = "", brought: str = ""
) -> str:
    """The mark of the browser that got in; "" for none."""
    came = tries.From(address, mark)
    try:
        return guard.enter(served.centre, "wulan", password, code, came, brought=brought).mark
    except RefusedError:
        return ""


# -- guesses at a password ---------------------------------------------------------------------------------------


@both_databases
def test_a_strangers_guesses_do_not_lock_the_owner_out(served: Served) -> None:
    for _ in range(tries.TRIES + 1):
        assert not let_in(served, STRANGER, "wrong password")
    assert not let_in(served, STRANGER), "the right one comes too late there"
    assert let_in(served, HOME)


def test_many_strangers_do_not_lock_out_a_browser_or_a_place_that_is_known(served: Served, tell: SetClock) -> None:
    mark = let_in(served, HOME)
    for number in range(tries.STRANGERS // tries.TRIES + 1):
        for _ in range(tries.TRIES):
            assert not let_in(served, f"198.51.100.{number}", "wrong password")
    assert not let_in(served, "192.0.2.77"), "together they guess no more than one would"
    assert let_in(served, "192.0.2.77", mark=mark)
    assert let_in(served, HOME)
    tell.at += dt.timedelta(minutes=tries.THEIR_MINUTES + 1)
    assert let_in(served, "192.0.2.78")


def test_an_owner_who_was_the_last_to_try_gives_strangers_no_new_tries(served: Served) -> None:
    for number in range(tries.STRANGERS - 1):
        assert not let_in(served, f"198.51.100.{number}", "wrong password")
    assert let_in(served, HOME)
    assert not let_in(served, "192.0.2.78", "wrong password")
    assert not let_in(served, "192.0.2.79")


def test_a_neighbour_behind_the_same_address_does_not_lock_a_known_browser_out(served: Served) -> None:
    mark = let_in(served, HOME)
    for _ in range(tries.TRIES):
        assert not let_in(served, HOME, "wrong password")
    assert not let_in(served, HOME)
    assert let_in(served, HOME, mark=mark)


def test_a_mark_that_nobody_gave_is_none(served: Served) -> None:
    for _ in range(tries.TRIES):
        assert not let_in(served, STRANGER, "wrong password", mark="made up")
    assert not let_in(served, STRANGER, mark="another one")


def test_ones_own_logins_from_new_places_are_no_guesses(served: Served) -> None:
    for number in range(tries.STRANGERS + 5):
        assert let_in(served, f"198.51.100.{number}")


def crowd(served: Served) -> None:
    """So many strangers guess that an owner at a new place does not get in by the password alone."""
    for number in range(tries.STRANGERS // tries.TRIES + 1):
        for _ in range(tries.TRIES):
            assert not let_in(served, f"198.51.100.{number}", "wrong password", code="000000", brought="2222-2222-2222")


@both_databases
def test_a_code_that_the_owner_made_opens_a_new_place_however_many_strangers_try(served: Served) -> None:
    code = guard.give_pass(served.centre, "wulan", "wulan")
    crowd(served)
    assert not let_in(served, NEW)
    assert not let_in(served, NEW, "wrong password", brought=code)
    assert let_in(served, NEW, brought=f" {code.lower().replace('-', ' ')} ")
    assert not let_in(served, "192.0.2.78", brought=code), "it is good for once"
    assert let_in(served, NEW), "the place is known now"


def test_a_code_for_a_new_place_guesses_no_password(served: Served, tell: SetClock) -> None:
    code = guard.give_pass(served.centre, "wulan")
    for number in range(tries.TRIES):
        assert not let_in(served, f"198.51.100.{number}", "wrong password", brought=code)
    assert not let_in(served, NEW, brought=code), "whoever found the code guessed with it as often as anybody may"
    assert let_in(served, NEW)
    code = guard.give_pass(served.centre, "wulan")
    crowd(served)
    tell.at += dt.timedelta(minutes=59)
    assert let_in(served, "192.0.2.79", brought=code), "another one begins anew"
    late = guard.give_pass(served.centre, "wulan")
    tell.at += dt.timedelta(hours=tries.PASS_HOURS)
    crowd(served)
    assert not let_in(served, "192.0.2.80", brought=late), "it lasts no longer than was said"


@both_databases
def test_the_second_factor_opens_a_new_place_however_many_strangers_try(served: Served, tell: SetClock) -> None:
    telephone = pyotp.parse_uri(guard.begin_second(served.centre, "wulan", PASSWORD))
    guard.finish_second(served.centre, "wulan", telephone.at(tell.at))
    tell.at += dt.timedelta(minutes=2)
    crowd(served)
    assert not let_in(served, NEW)
    assert not let_in(served, NEW, "wrong password", code=telephone.at(tell.at))
    assert let_in(served, NEW, code=telephone.at(tell.at))


def test_who_knows_the_password_guesses_few_codes(served: Served, tell: SetClock) -> None:
    telephone = pyotp.parse_uri(guard.begin_second(served.centre, "wulan", PASSWORD))
    guard.finish_second(served.centre, "wulan", telephone.at(tell.at))
    tell.at += dt.timedelta(minutes=2)
    crowd(served)
    wrong = "000000" if telephone.at(tell.at) != "000000" else "111111"
    for number in range(tries.STRANGERS):
        assert not let_in(served, f"203.0.113.{number}", code=wrong)
    assert not let_in(served, NEW, code=telephone.at(tell.at))
    with served.centre.database.read() as db:
        known = people.one_clerk(db, "wulan")
    assert known["second_step"] == int(tell.at.timestamp() - 120) // 30, "the right one was not used up"


def test_the_codes_are_given_on_the_pages_and_typed_at_the_door(served: Served) -> None:
    guard.add_clerk(served.centre, "boss", "额尔敦", PASSWORD, "办公室", frozenset({Role.ADMIN}))
    for giver, path in (("wulan", "/account/pass"), ("boss", "/users/wulan/pass")):
        with httpx.Client(base_url=served.address) as here:
            here.post("/login", data={"account": giver, "password": PASSWORD})
            visitor = guard.visitor(served.centre, here.cookies[guard.COOKIE])
            assert visitor is not None
            (code,) = re.findall(
                r'<code class="secret">([2-9A-Z-]{14})</code>', here.post(path, data={"csrf": visitor.csrf}).text
            )
        with httpx.Client(base_url=served.address) as there:
            typed = {"account": "wulan", "password": PASSWORD, "brought": code}
            assert there.post("/login", data=typed | {"password": "wrong password"}).status_code == 403
            assert there.post("/login", data=typed).status_code == 303
        with served.centre.database.read() as db:
            assert people.one_clerk(db, "wulan")["pass_hash"] == ""
    assert "的登录码：" in commands_said(served, "pass", "wulan")


def commands_said(served: Served, *words: str) -> str:
    asked = argparse.ArgumentParser()
    user_commands.add_parsers(asked.add_subparsers())
    return user_commands.run(served.centre, asked.parse_args(["users", *words]), "")


def test_an_administrator_lets_in_whoever_is_locked_out(served: Served) -> None:
    for _ in range(tries.TRIES):
        let_in(served, HOME, "wrong password")
    guard.enable_clerk(served.centre, "wulan")
    mark = let_in(served, HOME)
    assert mark
    crowd(served)
    guard.enable_clerk(served.centre, "wulan")
    crowd(served)
    assert let_in(served, NEW, mark=mark), "where the owner is known the owner stays known"


def test_the_page_gives_the_browser_its_mark(served: Served) -> None:
    with httpx.Client(base_url=served.address) as visitor:
        visitor.post("/login", data={"account": "wulan", "password": PASSWORD})
        assert {one.name: one.path for one in visitor.cookies.jar} == {
            "daiban_session": "/",
            "daiban_browser": "/login",
        }


# -- sessions ----------------------------------------------------------------------------------------------------


def test_ones_sessions_are_one_list_and_each_can_be_ended(served: Served) -> None:
    agents = ("Mozilla (Windows NT 10.0) Chrome/1 Edg/1", "Mozilla (Linux; Android 14) Chrome/1")
    here, there = (httpx.Client(base_url=served.address, headers={"User-Agent": one}) for one in agents)
    with here, there:
        for one in (here, there):
            one.post("/login", data={"account": "wulan", "password": PASSWORD})
        shown = here.get("/account").text
        assert all(one in shown for one in ("Edge（Windows）", "Chrome（安卓）", "127.0.0.1", "2026-11-24"))
        token = here.cookies[guard.COOKIE]
        visitor = guard.visitor(served.centre, token)
        assert visitor is not None
        names = {one.here: one.name for one in tries.sessions(served.centre, "wulan", token)}
        told = here.post("/account/sessions/end", data={"csrf": visitor.csrf, "name": names[False]})
        assert "已结束 1 处登录" in told.text
        assert there.get("/account").headers["location"] == "/login"
        assert here.get("/account").status_code == 200
        assert "没有别处的登录" in here.post("/account/sessions/end", data={"csrf": visitor.csrf}).text
        assert here.post("/account/sessions/end", data={"csrf": visitor.csrf, "name": names[True]}).is_redirect


def test_nobody_ends_a_session_of_somebody_else(served: Served) -> None:
    guard.add_clerk(served.centre, "bater", "巴特尔", PASSWORD, "综合窗口")
    token = guard.log_in(served.centre, "wulan", PASSWORD)
    (theirs,) = tries.sessions(served.centre, "wulan", "")
    assert not guard.end(served.centre, "bater", theirs.name)
    assert guard.visitor(served.centre, token) is not None


# -- the second factor -------------------------------------------------------------------------------------------


def test_a_session_left_open_sets_no_second_factor(served: Served) -> None:
    with pytest.raises(RefusedError):
        guard.begin_second(served.centre, "wulan", "wrong password")
    with served.centre.database.read() as db:
        assert not people.one_clerk(db, "wulan")["second_new"]


# -- receipts ----------------------------------------------------------------------------------------------------


def checked(served: Served, code: str) -> str:
    return httpx.get(f"{served.address}/check", params={"code": code}).text


def another(number: str) -> str:
    """A number that the same desk could have given and did not."""
    tails = (f"{serial:03d}{digit}" for serial in range(500, 999) for digit in "0123456789X")
    return next(made for tail in tails if numbers.is_intake_no(made := number[: -len(tail)] + tail))


def test_a_receipt_of_a_key_that_was_revoked_says_so(desk: Desk, served: Served) -> None:
    number = desk.register(full_draft(desk)).intake_no
    sync(desk)
    code = receipt_code.make(desk.identity.keys, number)
    assert "停用" not in checked(served, code)
    enrolment.revoke(served.centre, desk.identity.node, "wulan", "电脑被盗")
    assert "开出它的终端已于 2026-11-24 停用" in checked(served, code)
    assert "不能当真" in checked(served, receipt_code.make(desk.identity.keys, another(number)))
    asked = httpx.get(f"{served.address}/query", params={"number": code})
    assert asked.status_code == 404, "the code alone stands for nobody any more"


def test_a_receipt_of_another_desk_of_the_point_stays_good(desk: Desk, served: Served) -> None:
    number = desk.register(full_draft(desk)).intake_no
    sync(desk)
    keys = NodeKeys.make()
    enrolment.doubt(served.centre, desk.identity.node)  # only then another name is given
    taken = enrolment.again(served.centre, desk.identity.node, letters.new_keys(desk.identity.node, keys)).node
    enrolment.revoke(served.centre, taken)
    assert "停用" not in checked(served, receipt_code.make(desk.identity.keys, number))
    assert "停用" in checked(served, receipt_code.make(keys, number))


def test_a_strangers_guesses_at_a_number_leave_its_owner_theirs() -> None:
    limits = asks()
    for _ in range(50):
        limits["guesses"].wait("1 stranger")
    assert limits["guesses"].wait("1 owner") == 0


# -- addresses ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("proxies", "addresses"), [(("127.0.0.1",), "2001:db8::{:x}"), ((), "192.0.2.{}")], ids=["prefix", "no proxy"]
)
def test_a_prefix_is_one_asker_and_only_a_proxy_of_ours_names_another(
    served: Served, proxies: tuple[str, ...], addresses: str
) -> None:
    with serving(site.app(served.centre, Settings(trusted_proxies=proxies))) as address, httpx.Client() as visitor:
        told = [
            visitor.get(f"{address}/check?code=x", headers={"X-Forwarded-For": addresses.format(one)}).status_code
            for one in range(22)
        ]
    assert told[-2:] == [429, 429]


@pytest.mark.parametrize("path", ["/cases/", "/items/", "/login/", "/static", "/account/password/"])
def test_no_redirect_leads_to_the_host_that_was_asked_for(served: Served, path: str) -> None:
    line = http.client.HTTPConnection(urlsplit(served.address).netloc, timeout=20)
    line.request("GET", path, headers={"Host": "evil.example"})
    answer = line.getresponse()
    assert "evil" not in answer.headers.get("location", "")
    assert b"evil.example" not in answer.read()
    line.close()


def test_who_encrypts_himself_says_that_it_stays_so(served: Served) -> None:
    application = site.app(served.centre)

    async def over(scheme: str, headers: dict[str, str]) -> Callable[[str], str | None]:
        transport = httpx.ASGITransport(application, client=("127.0.0.1", 1))
        async with httpx.AsyncClient(transport=transport, base_url=f"{scheme}://centre") as visitor:
            return (await visitor.get("/check", headers=headers)).headers.get

    name = "strict-transport-security"
    assert anyio.run(over, "https", {})(name) == "max-age=31536000"
    assert anyio.run(over, "http", {})(name) is None
    assert anyio.run(over, "http", {"X-Forwarded-Proto": "https"})(name) is None, "the proxy says it itself"
