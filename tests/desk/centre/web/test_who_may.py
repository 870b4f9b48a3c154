"""Every route times every role, in one table. A route that has no row here fails."""

from __future__ import annotations

import re
from collections.abc import Iterator

import httpx
import pytest
from conftest import PASSWORD, Served
from who_may import API, TABLE, flat

from desk.centre import site
from desk.centre.node.roles import Role
from desk.centre.run import guard

NOT_YOURS = "不归您的岗位"


def routes(served: Served) -> set[str]:
    found: set[str] = set()
    for route in flat(site.app(served.centre).routes):
        found |= {f"{method} {route.path}" for method in route.methods or ()}
    return found


def test_each_route_has_a_row_and_each_row_a_route(served: Served) -> None:
    found = routes(served)
    assert found - API - set(TABLE) == set()
    assert set(TABLE) - found == set()


@pytest.fixture
def sessions(served: Served) -> Iterator[dict[str, httpx.Client]]:
    made: dict[str, httpx.Client] = {"": httpx.Client(base_url=served.address)}
    for role in Role:
        guard.add_clerk(served.centre, role.value, f"名{role.value}", PASSWORD, "民政局", frozenset({role}))
        made[role.value] = httpx.Client(base_url=served.address)
        token = guard.log_in(served.centre, role.value, PASSWORD)
        made[role.value].cookies.set(guard.COOKIE, token)
    yield made
    for one in made.values():
        one.close()


def test_the_table_is_what_happens(served: Served, sessions: dict[str, httpx.Client]) -> None:
    wrong = []
    for row, expected in TABLE.items():
        if row in ("POST /logout", "GET /events", "POST /account/password", "POST /account/sessions/end"):
            continue  # these end the session, or never end
        method, path = row.split()
        path = re.sub(r"\{[^}]*\}", "x", path)
        for role, client in sessions.items():
            csrf = guard.visitor(served.centre, client.cookies.get(guard.COOKIE, "")).csrf if role else ""
            answer = client.request(method, path, data={"csrf": csrf} if method == "POST" else None)
            if answer.status_code >= 500:
                wrong.append(f"{row} {role}: {answer.status_code}")
            if expected == "public":
                allowed = answer.headers.get("location") != "/login" and NOT_YOURS not in answer.text
                if not allowed:
                    wrong.append(f"{row} {role or 'nobody'}: shut, should be open to everybody")
                continue
            shut = answer.status_code == 403 and NOT_YOURS in answer.text
            if not role and (answer.status_code, answer.headers.get("location")) != (303, "/login"):
                wrong.append(f"{row} nobody: {answer.status_code}")
            if role and shut == (role in expected.split()):
                wrong.append(f"{row} {role}: {'shut' if shut else 'open'} ({answer.status_code})")
    assert wrong == []


def test_no_form_counts_without_its_token(sessions: dict[str, httpx.Client]) -> None:
    wrong = []
    for row, who in TABLE.items():
        method, path = row.split()
        if method != "POST" or who == "public":
            continue
        for role in who.split():
            answer = sessions[role].post(re.sub(r"\{[^}]*\}", "x", path), data={"csrf": "wrong"})
            if answer.status_code != 403 or NOT_YOURS in answer.text:
                wrong.append(f"{row} {role}: {answer.status_code}")
    assert wrong == []
