"""The first hour of a centre and of an account: its code, a first password, the second factor, a session that rests."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import msgspec
import pyotp
import pytest
from conftest import PASSWORD, TRUSTING, Served, SetClock, serving
from office import hidden_in

from desk.centre import commands, site
from desk.centre.node.roles import Role
from desk.centre.run import guard, passwords, tries
from desk.centre.run.settings import Settings
from desk.errors import RefusedError


@pytest.mark.parametrize(
    ("code", "told"),
    [("152599", "152523 苏尼特左旗"), ("990000", "150000"), ("15252", "没有建"), ("152523202", "没有建")],
)
def test_a_code_that_is_no_division_makes_no_centre(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], code: str, told: str
) -> None:
    asked = ["--data", str(tmp_path / "c"), "init", "--code", code, "--name", "中心"]
    assert commands.run_centre(asked) == 1
    assert told in capsys.readouterr().err
    assert not (tmp_path / "c").exists()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--code", "152523"), "锡林郭勒盟苏尼特左旗 152523"),
        (("--code", "152500"), "锡林郭勒盟 152500"),
        (("--code", "150000"), "内蒙古自治区 150000"),
        (("--code", "152599", "--new-code"), "152599"),
    ],
)
def test_each_level_has_its_code_and_a_new_one_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], told: str
) -> None:
    assert commands.run_centre(["--data", str(tmp_path / "c"), "init", "--name", "中心", *words]) == 0
    assert told in capsys.readouterr().out


@pytest.mark.parametrize(
    "easy",
    [
        "1234567", "12345678", "88888888", "abababab", "qwertyui", "lkjhgfdsa", "password1", "Admin@2026", "woaini1314",
        "wang1234", "19800101", "152523198001010022", "daiban123", "bater2026", "巴特尔巴特尔1998", "PassW0rd",
        "zxcvbnmz", "ximeng2026",
    ],
)  # fmt: skip
def test_a_password_that_many_have_is_none(easy: str) -> None:
    with pytest.raises(RefusedError):
        passwords.good(easy, "bater", "巴特尔")


@pytest.mark.parametrize("good", [PASSWORD, "first password", "草原上的三匹白马", "wang and four goats", "kx7#mq2vTz"])
def test_one_of_its_own_is_taken(good: str) -> None:
    assert passwords.good(good, "bater", "巴特尔") == good


@pytest.fixture
def boss(served: Served) -> Iterator[httpx.Client]:
    guard.add_clerk(served.centre, "boss", "额尔敦", PASSWORD, "办公室", frozenset({Role.ADMIN}))
    with httpx.Client(base_url=served.address, follow_redirects=True) as client:
        client.post("/login", data={"account": "boss", "password": PASSWORD})
        yield client


def test_a_first_password_is_changed_before_anything_else(served: Served, boss: httpx.Client) -> None:
    person = {"account": "bat", "name": "巴特尔", "org": "民政局", "password": "given by another", "roles": ["clerk"]}
    boss.post("/users", data=hidden_in(boss.get("/users").text) | person)
    with httpx.Client(base_url=served.address, follow_redirects=True) as his:
        page = his.post("/login", data={"account": "bat", "password": "given by another"})
        assert (page.url.path, "换成只有您自己知道的" in page.text) == ("/account", True)
        assert his.get("/cases").url.path == "/account"
        new = hidden_in(page.text) | {"old": "given by another", "new": "given by another", "again": "given by another"}
        assert "和原来的一样" in his.post("/account/password", data=new).text
        easy = new | {"new": "password1", "again": "password1"}
        assert "很多人用的密码" in his.post("/account/password", data=easy).text
        assert his.get("/cases").url.path == "/account"
        own = new | {"new": "seven grey horses", "again": "seven grey horses"}
        assert his.post("/account/password", data=own).url.path == "/login"
        assert his.post("/login", data={"account": "bat", "password": "seven grey horses"}).url.path == "/cases"
    boss.post("/users/bat/password", data=hidden_in(boss.get("/users").text) | {"new": "given once more"})
    with httpx.Client(base_url=served.address, follow_redirects=True) as his:
        assert his.post("/login", data={"account": "bat", "password": "given once more"}).url.path == "/account"


def test_a_session_that_rests_is_over(served: Served, tell: SetClock) -> None:
    how = msgspec.structs.replace(TRUSTING, idle_minutes=30)
    with serving(site.app(served.centre, how)) as address, httpx.Client(base_url=address) as client:
        client.post("/login", data={"account": "wulan", "password": PASSWORD})
        for _ in range(3):
            tell.at += dt.timedelta(minutes=29)
            assert client.get("/cases").status_code == 200
        tell.at += dt.timedelta(minutes=31)
        assert client.get("/cases").headers["location"] == "/login"
        assert tries.sessions(served.centre, "wulan", "") == ()
    assert Settings().idle_minutes > 0


def test_a_wrong_code_keeps_the_picture_that_a_reader_reads(served: Served, boss: httpx.Client) -> None:
    token = hidden_in(boss.get("/account").text)
    page = boss.post("/account/second", data=token | {"password": PASSWORD}).text
    secret = spelt(page)
    again = boss.post("/account/second/finish", data=hidden_in(page) | {"code": "000000"})
    assert (again.status_code, "动态码不对" in again.text, spelt(again.text)) == (409, True, secret)
    assert picture(again.text) == picture(page)
    stranger = boss.post("/account/second/finish", data=token | {"code": "000000", "mark": "x"})
    assert (stranger.status_code, "secret" in stranger.text) == (409, False)  # of a session that was found open
    code = pyotp.TOTP(secret).at(served.centre.tell())
    assert "动态码已启用" in boss.post("/account/second/finish", data=hidden_in(again.text) | {"code": code}).text


def spelt(page: str) -> str:
    return re.search(r'class="secret">([^<]+)<', page)[1].replace(" ", "")


def picture(page: str) -> str:
    return re.search(r"<svg.*?</svg>", page, re.DOTALL)[0]


def test_pages_that_are_closed_say_why(served: Served) -> None:
    guard.add_clerk(served.centre, "boss", "额尔敦", PASSWORD, "办公室", frozenset({Role.ADMIN}))
    how = msgspec.structs.replace(TRUSTING, require_second=True)
    with (
        serving(site.app(served.centre, how)) as address,
        httpx.Client(base_url=address, follow_redirects=True) as client,
    ):
        client.post("/login", data={"account": "boss", "password": PASSWORD})
        page = client.get("/users")
        assert (page.url.path, "启用下面的动态码，才能打开别的页面" in page.text) == ("/account", True)
        closed = client.get("/metrics", headers={"X-Forwarded-For": "203.0.113.7"})
        assert (closed.status_code, "DAIBAN_CENTRE_METRICS" in closed.text) == (403, True)
        assert '<main id="main">' in closed.text
        for path in ("/cases", "/healthz/x"):
            assert '<main id="main">' in client.get(path).text
