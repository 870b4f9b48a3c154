"""Staff accounts: the page of administrators and the command on the server."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

import httpx
import pyotp
import pytest
from conftest import PASSWORD, Served, both_databases

from db.centre import people
from desk.centre import commands
from desk.centre.node.roles import Role
from desk.centre.run import guard


@pytest.fixture
def boss(served: Served) -> Iterator[httpx.Client]:
    guard.add_clerk(served.centre, "boss", "额尔敦", PASSWORD, "办公室", frozenset({Role.ADMIN}))
    with httpx.Client(base_url=served.address, follow_redirects=True) as client:
        client.post("/login", data={"account": "boss", "password": PASSWORD})
        yield client


def token(page: str) -> dict[str, str]:
    return {"csrf": html.unescape(re.search(r'name="csrf" value="([^"]*)"', page)[1])}


def kept(served: Served, account: str) -> dict[str, object]:
    with served.centre.database.read() as db:
        return dict(people.one_clerk(db, account))


def enters(served: Served, account: str, password: str) -> bool:
    with httpx.Client(base_url=served.address) as client:
        return client.post("/login", data={"account": account, "password": password}).status_code == 303


@both_databases
def test_an_account_from_beginning_to_end(served: Served, boss: httpx.Client) -> None:
    csrf = token(boss.get("/users").text)
    new = {
        "account": "bat",
        "name": "巴特尔",
        "org": "民政局",
        "password": "first password",
        "roles": ["clerk", "chief"],
    }
    assert "巴特尔" in boss.post("/users", data=csrf | new).text
    assert kept(served, "bat")["roles"] == "chief clerk"
    assert boss.post("/users", data=csrf | new).status_code == 409  # taken
    assert enters(served, "bat", "first password")
    boss.post("/users/bat/change", data=csrf | {"org": "医保局", "roles": ["supervisor"], "sees": "医保局\n民政局"})
    assert (kept(served, "bat")["org"], kept(served, "bat")["sees"]) == ("医保局", "医保局\n民政局")
    boss.post("/users/bat/password", data=csrf | {"new": "second password"})
    assert not enters(served, "bat", "first password")
    with httpx.Client(base_url=served.address, follow_redirects=True) as his:
        his.post("/login", data={"account": "bat", "password": "second password"})
        assert his.get("/users").status_code == 403
        assert his.post("/users/bat/enable", data=token(his.get("/account").text)).status_code == 403
        assert "已停用" in boss.post("/users/bat/disable", data=csrf).text
        assert his.get("/account").url.path == "/login"  # the session ended with the account
    assert not enters(served, "bat", "second password")
    boss.post("/users/bat/enable", data=csrf)
    assert enters(served, "bat", "second password")
    totp = pyotp.parse_uri(guard.begin_second(served.centre, "bat", "second password"))
    guard.finish_second(served.centre, "bat", totp.at(served.centre.tell()))
    assert kept(served, "bat")["second"]
    boss.post("/users/bat/reset-second", data=csrf)
    assert kept(served, "bat")["second"] == b""
    page = boss.get("/users").text
    told = ["增加", "换岗位或部门", "改密码", "停用", "恢复", "启用动态码", "取消动态码"]
    assert re.findall(r'label="账号">bat（巴特尔）</td><td data-label="做了什么">([^<]*)', page) == told[::-1]
    assert 'label="谁做的">boss<' in page
    with served.centre.database.read() as db:
        entries = served.centre.about(db, ["account:bat"])["account:bat"]
    assert len(entries) == len(told)
    assert all(b"password" not in bytes(one.data) for one in entries)
    served.centre.verify()


def test_what_the_page_refuses(served: Served, boss: httpx.Client) -> None:
    csrf = token(boss.get("/users").text)
    new = {"account": "bat", "name": "巴特尔", "org": "民政局", "password": "first password", "roles": "clerk"}
    for wrong in ({"account": " "}, {"name": ""}, {"password": "short"}, {"roles": []}, {"roles": "king"}):
        assert boss.post("/users", data=csrf | new | wrong).status_code == 409, wrong
    assert boss.post("/users/boss/disable", data=csrf).status_code == 409  # the last administrator
    assert boss.post("/users/boss/change", data=csrf | {"org": "x", "roles": "clerk"}).status_code == 409
    assert "至少要留一名" in boss.post("/users/boss/disable", data=csrf).text
    assert kept(served, "boss")["roles"] == "admin"
    for move in ("change", "disable", "enable", "password", "reset-second"):
        assert boss.post(f"/users/nobody/{move}", data=csrf | {"roles": "clerk", "new": "x" * 9}).status_code == 404
        assert boss.post(f"/users/wulan/{move}", data={"csrf": "x"}).status_code == 403
    strange = {"account": "a/../b?<b>", "name": "<script>", "org": "", "password": "x" * 9, "roles": "clerk"}
    page = boss.post("/users", data=csrf | strange).text
    assert "<script>" not in page.partition("<main")[2]


def test_the_command(served: Served, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def run(*words: str) -> tuple[int, str]:
        done = commands.run_centre(["--data", str(served.centre.folder), "users", *words])
        said = capsys.readouterr()
        return done, said.out + said.err

    monkeypatch.setenv("DAIBAN_PASSWORD", "first password")
    assert run("add", "bat", "巴特尔", "民政局", "--roles", "admin,chief")[0] == 0
    assert "巴特尔\t民政局\t窗口首席代表、系统管理员\t在用" in run("list")[1]
    assert enters(served, "bat", "first password")
    assert run("roles", "bat", "king") == (1, run("roles", "bat", "king")[1])
    assert "至少要留一名" in run("roles", "bat", "clerk")[1]
    assert run("roles", "wulan", "admin", "--org", "办公室", "--sees", "*")[0] == 0
    assert (kept(served, "wulan")["org"], kept(served, "wulan")["sees"]) == ("办公室", "*")
    assert run("roles", "bat", "clerk")[0] == 0
    monkeypatch.setenv("DAIBAN_PASSWORD", "second password")
    assert run("password", "bat")[0] == 0
    assert enters(served, "bat", "second password")
    assert run("disable", "bat")[0] == 0
    assert not enters(served, "bat", "second password")
    assert run("enable", "bat")[0] == 0
    assert run("reset-second", "bat")[0] == 0
    assert run("disable", "nobody")[0] == 1
