"""Whose cases an account sees, by its body: every route about a case times own body, the one above, the one below, a
sibling, another department, another banner."""

from __future__ import annotations

import re
from collections.abc import Iterator

import httpx
import pytest
from banner import BUREAU, HERE, THERE, publish_towns, seeded
from conftest import PASSWORD, Served, full_draft, item_code, sync
from office import logged_in
from who_may import TABLE

from desk.app.open_desk import Desk
from desk.centre.node.roles import Role
from desk.centre.run import guard
from desk.law.bodies.body import Body, Kind

ABROAD = Body("152524000000-ZF", "苏尼特右旗人民政府", Kind.GOVERNMENT, "4", "152524")
# Who comes: department, role, and whether the case of 洪格尔苏木 is theirs to see.
PEOPLE = {
    "own": (HERE, Role.CLERK, True),
    "chief": (HERE, Role.CHIEF, True),
    "above": ("152523000000-ZF", Role.CLERK, True),
    "below": ("152523202000-BF", Role.CLERK, False),
    "sibling": (THERE, Role.CLERK, False),
    "sibling-chief": (THERE, Role.CHIEF, False),
    "department": (BUREAU.code, Role.CLERK, False),
    "abroad": (ABROAD.code, Role.CLERK, False),
    "watch": (THERE, Role.SUPERVISOR, True),  # a supervisor watches the whole banner
    "words": ("没有的局", Role.CLERK, False),
}
ROUTES = [row for row in TABLE if "{intake_no}" in row and row.split()[1].startswith("/cases/")]
SHUT = "没有这件办件"


@pytest.fixture
def number(served: Served, desk: Desk) -> str:
    publish_towns(served, item_code(desk))
    seeded(served, BUREAU, ABROAD)
    sync(desk)
    made = desk.register(full_draft(desk)).intake_no
    sync(desk)
    return made


@pytest.fixture
def sessions(served: Served, number: str) -> Iterator[dict[str, httpx.Client]]:
    made = {}
    for name, (org, role, _) in PEOPLE.items():
        guard.add_clerk(served.centre, name, f"名{name}", PASSWORD, org, frozenset({role}))
        made[name] = logged_in(served, name)
    yield made
    for one in made.values():
        one.close()


def test_a_case_is_its_own_bodys_and_the_ones_above(
    served: Served, number: str, sessions: dict[str, httpx.Client]
) -> None:
    assert len(ROUTES) > 5
    wrong = []
    for row in ROUTES:
        method, path = row.split()
        path = re.sub(r"\{[^}]*\}", "x", path.replace("{intake_no}", number))
        for name, client in sessions.items():
            _, role, sees = PEOPLE[name]
            if role.value not in TABLE[row].split():
                continue
            csrf = guard.visitor(served.centre, client.cookies[guard.COOKIE]).csrf  # type: ignore[union-attr]
            typed = {"csrf": csrf, "seen": "0", "reasons": "核对", "number": "x"}
            answer = client.request(method, path, data=typed if method == "POST" else None)
            if (answer.status_code == httpx.codes.NOT_FOUND and SHUT in answer.text) == sees:
                wrong.append(f"{row} {name}: {answer.status_code}")
    assert wrong == []


def test_lists_hold_what_may_be_opened(served: Served, number: str, sessions: dict[str, httpx.Client]) -> None:
    lists = ("/cases?tab=all", "/cases", "/supervision/cases")
    found = {(name, path): number in client.get(path).text for name, client in sessions.items() for path in lists}
    assert {name for name in PEOPLE if found[name, "/cases?tab=all"]} == {name for name in PEOPLE if PEOPLE[name][2]}
    assert [one for one, is_there in found.items() if is_there and not PEOPLE[one[0]][2]] == []


def test_nobody_else_accepts_it_in_bulk(served: Served, number: str, sessions: dict[str, httpx.Client]) -> None:
    for name, (_, role, sees) in PEOPLE.items():
        if role is not Role.SUPERVISOR and not sees:
            found = guard.visitor(served.centre, sessions[name].cookies[guard.COOKIE])
            sessions[name].post("/cases/accept", data={"csrf": found.csrf if found else "", "number": [number]})
    assert served.centre.case(number)[0].accepted is None
    found = guard.visitor(served.centre, sessions["own"].cookies[guard.COOKIE])
    sessions["own"].post("/cases/accept", data={"csrf": found.csrf if found else "", "number": [number]})
    accepted = served.centre.case(number)[0].accepted
    assert accepted
    assert accepted.org == "洪格尔苏木人民政府"
