"""Who works at a centre: the administrator's page; and what whoever watches the machine asks."""

from __future__ import annotations

import re
from collections.abc import Iterator

import httpx
import pytest
from conftest import PASSWORD, Served, both_databases

from db.centre import people
from desk.centre import guard
from desk.centre.roles import Role

pytestmark = both_databases


@pytest.fixture
def boss(served: Served) -> Iterator[httpx.Client]:
    guard.add_clerk(served.centre, "boss", "管", PASSWORD, "中心", frozenset({Role.ADMIN}))
    with httpx.Client(base_url=served.address, follow_redirects=True) as client:
        assert client.post("/login", data={"account": "boss", "password": PASSWORD}).status_code == 200
        yield client


def token(client: httpx.Client) -> dict[str, str]:
    return {"csrf": re.search(r'name="csrf" value="([^"]*)"', client.get("/account").text).group(1)}


def enters(served: Served, account: str, password: str = PASSWORD) -> bool:
    with httpx.Client(base_url=served.address) as client:
        return client.post("/login", data={"account": account, "password": password}).status_code == 303


def test_people_come_and_go(served: Served, boss: httpx.Client) -> None:
    csrf = token(boss)
    typed = {"account": "new", "name": "新来的", "org": "林草局", "password": "long enough"}
    assert boss.post("/users", data=csrf | typed).status_code == 409  # no role
    assert boss.post("/users", data=csrf | typed | {"role": "king"}).status_code == 409
    assert boss.post("/users", data=csrf | typed | {"role": "clerk", "password": "short"}).status_code == 409
    page = boss.post("/users", data=csrf | typed | {"role": ["clerk", "chief"]}).text
    assert "新来的" in page
    assert boss.post("/users", data=csrf | typed | {"role": "clerk"}).status_code == 409  # taken
    assert enters(served, "new", "long enough")
    boss.post("/users/new/roles", data=csrf | {"role": "reviewer", "org": "评查办"})
    with served.centre.database.read() as db:
        assert people.one_clerk(db, "new")["roles"] == "reviewer"
    boss.post("/users/new/disable", data=csrf)
    assert not enters(served, "new", "long enough")
    boss.post("/users/new/enable", data=csrf)
    boss.post("/users/new/password", data=csrf | {"password": "another one"})
    assert enters(served, "new", "another one")
    assert boss.post("/users/nobody/disable", data=csrf).status_code == 409


def test_one_administrator_stays(served: Served, boss: httpx.Client) -> None:
    csrf = token(boss)
    assert boss.post("/users/boss/disable", data=csrf).status_code == 409
    assert boss.post("/users/boss/roles", data=csrf | {"role": "clerk"}).status_code == 409
    assert enters(served, "boss")


def test_a_closed_account_loses_its_sessions(served: Served, boss: httpx.Client) -> None:
    with httpx.Client(base_url=served.address, follow_redirects=True) as clerk:
        clerk.post("/login", data={"account": "wulan", "password": PASSWORD})
        assert "办件" in clerk.get("/cases").text
        boss.post("/users/wulan/disable", data=token(boss))
        assert "工作人员登录" in clerk.get("/cases").text


def test_health_and_figures_for_the_machine(served: Served, boss: httpx.Client) -> None:
    assert boss.get("/healthz").text == "ok\n"
    assert boss.get("/readyz").json() == {"ready": True, "wrong": ""}
    told = boss.get("/metrics").text
    assert 'daiban_requests_total{route="/readyz",status="200"} 1.0' in told
    assert "boss" not in told
    assert boss.get("/metrics", headers={"X-Forwarded-For": "10.0.0.1"}).status_code == 404
