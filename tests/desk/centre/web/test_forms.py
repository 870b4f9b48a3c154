"""Whatever is typed into any form or address of the pages: an answer in Chinese, never a fault, nothing half done."""

from __future__ import annotations

import re
from collections.abc import Iterator

import httpx
import pytest
from conftest import PASSWORD, Served, both_databases, full_draft, sync
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from who_may import TABLE, flat

from desk.app.open_desk import Desk
from desk.centre import site
from desk.centre.node.roles import Role
from desk.centre.run import guard
from desk.centre.watch import watching

NAUGHTY = (
    "", " ", "0", "-1", "9" * 40, "2026-11-24", "2026-02-30", "0000-00-00", "9999-12-31", "<b>&\"'", "%", "_", "\\",
    "\u202e", "𠀀", "ᠮᠣᠩᠭᠣᠯ", "\x00", "阿拉坦", "a" * 4000, "字" * 5000, "1" * 24, "correct", "monthly 2026-13", "Q9",
    "card:x", "../..", "=1+1", "TS20261124-0001",
)  # fmt: skip
pytestmark = both_databases
SKIPPED = {"POST /logout", "POST /account/password", "POST /login", "GET /events", "GET /fonts/mongolian.ttf"}
WORDS = st.sampled_from(NAUGHTY) | st.text(max_size=30)


@pytest.fixture
def everybody(served: Served, desk: Desk) -> Iterator[tuple[httpx.Client, str, str]]:
    """Somebody with every role, the token of the session, and a case that came in."""
    number = desk.register(full_draft(desk)).intake_no
    sync(desk)
    watching.watch(served.centre)
    guard.add_clerk(served.centre, "all", "其木格", PASSWORD, "综合窗口", frozenset(Role))
    with httpx.Client(base_url=served.address, timeout=30) as client:
        client.cookies.set(guard.COOKIE, guard.log_in(served.centre, "all", PASSWORD))
        found = guard.visitor(served.centre, client.cookies[guard.COOKIE])
        yield client, found.csrf, number


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_nothing_that_is_typed_is_a_fault(
    served: Served, everybody: tuple[httpx.Client, str, str], method: str
) -> None:
    client, csrf, number = everybody
    routes = {f"{method} {one.path}": one for one in flat(site.app(served.centre).routes) if method in one.methods}
    rows = sorted(set(TABLE) & set(routes) - SKIPPED)
    assert len(rows) > 20

    @settings(max_examples=150, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(row=st.sampled_from(rows), data=st.data())
    def check(row: str, data: st.DataObject) -> None:
        route = routes[row]
        names = [one.name for one in (*route.dependant.body_params, *route.dependant.query_params)]
        for inner in route.dependant.dependencies:
            names += [one.name for one in (*inner.body_params, *inner.query_params)]
        typed = {name: data.draw(WORDS, name) for name in names if name not in ("csrf", "result", "file")}
        filled = lambda _name: data.draw(st.sampled_from([number, "x", "%00", "-"]))  # noqa: E731
        path = re.sub(r"\{[^}]*\}", filled, route.path)
        short = {name: text[:300] for name, text in typed.items()}  # an address has an end
        sent = {"data": {**typed, "csrf": csrf}} if method == "POST" else {"params": short}
        answer = client.request(method, path, **sent)
        assert answer.status_code < 500, (row, typed, answer.text[-500:])
        if answer.status_code in (409, 422):
            assert re.search("[\u4e00-\u9fff]", answer.text), (row, answer.text[:200])

    check()
    assert client.get("/staff").headers["location"] == "/cases"  # logged in to the end
    served.centre.verify()
    assert served.centre.rebuild() >= 1
