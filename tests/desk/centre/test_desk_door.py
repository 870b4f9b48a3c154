"""The door by which desks ask: whatever lies under their part of the site, by whatever method, has an answer with a
proof, the heads of a page, and a line; and the description names the same ways."""

from __future__ import annotations

import http.client
import json
import logging
from urllib.parse import urlsplit

import anyio
import httpx
import pytest
from conftest import Served
from starlette.types import ASGIApp, Message

from desk import doors
from desk.centre import desk_door, site
from desk.sync.protocol import wire

NONCE = "a" * 32


def asked(served: Served, method: str, target: str, body: bytes = b"") -> tuple[int, dict[str, str], bytes]:
    """What a desk of version 2 hears, its target as it stands."""
    line = http.client.HTTPConnection(urlsplit(served.address).netloc)
    told = {wire.VERSION_HEADER: "2", wire.NONCE_HEADER: NONCE, wire.DIGEST_HEADER: wire.digest(body)}
    line.request(method, target, body, told)
    answer = line.getresponse()
    found = answer.status, {key.lower(): value for key, value in answer.getheaders()}, answer.read()
    line.close()
    return found


def test_the_description_names_the_same_ways(served: Served) -> None:
    paths = httpx.get(served.address + "/openapi.json").json()["paths"]
    told = {(method.upper(), path) for path, one in paths.items() for method in one if path.startswith(wire.ROOT)}
    assert told == set(desk_door.WAYS)


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "OPTIONS", "FOO"])
@pytest.mark.parametrize(
    "target", ["/v1", "/v1/", "/v1/feed", "/v1/batches", "/v1/hello/", "/v1//hello", "/v1/../users", "/v1/a%3Fb?c=d"]
)
def test_every_answer_is_proved_and_has_the_heads_of_a_page(served: Served, method: str, target: str) -> None:
    status, heads, body = asked(served, method, target)
    path = target.replace("%3F", "?")
    question = wire.Question(NONCE, method, path, "", served.centre.node, "", wire.digest(b""))
    proof = heads[wire.PROOF_HEADER.lower()]
    assert wire.bound_answer_proved(served.centre.keys.public().sign, proof, question, status, body)
    assert status in (400, 403, 404)
    assert {name: heads.get(name.lower()) for name in site.SAFE} == site.SAFE
    assert heads["cache-control"] == "no-store"
    assert bool(body) == (method != "HEAD")


def test_no_way_of_the_pages_leads_to_what_desks_ask(served: Served) -> None:
    """FastAPI knows their routes for the description: nothing that it is given may match one."""
    routes = [one for one in site.app(served.centre).routes if getattr(one, "path", "").startswith(wire.ROOT)]
    assert routes
    for target in ("/v1", "/v1/hello", "/v1/hello\n", "/v1x", "/V1/hello", "//v1/hello", "v1/hello", "/v1/feed/"):
        scope = {"type": "http", "path": target, "method": "GET", "root_path": "", "headers": []}
        assert desk_door.is_asked(scope) or not any(one.matches(scope)[0].value for one in routes), target


def test_a_question_has_its_line_and_its_figures(served: Served, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "desk.centre.access")
    application = site.app(served.centre)
    for method in ("GET", "PUT"):
        anyio.run(said, application, method, wire.FEED)
    lines = [(one.route, one.method, one.status) for one in caplog.records]  # type: ignore[attr-defined]
    assert lines == [("/v1/feed", "GET", 403), ("—", "other", 404)]
    figures = application.state.watch.text().decode()
    assert f'method="GET",route="{wire.FEED}",status="403"}} 1.0' in figures
    assert 'method="other",route="—",status="404"} 1.0' in figures
    assert 'code="unknown_node"' in figures


def test_a_body_that_does_not_come_is_not_waited_for(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doors, "ASKED", doors.Door("终端的请求", doors.ASKED.most, seconds=0.05))
    start = anyio.run(said, site.app(served.centre), "POST", wire.BATCHES)[0]
    assert start["status"] == 408
    assert (b"connection", b"close") in start["headers"]


async def said(application: ASGIApp, method: str, path: str) -> list[Message]:
    """What is said to a question whose body never comes."""
    heard: list[Message] = []

    async def receive() -> Message:
        await anyio.sleep_forever()
        raise AssertionError

    async def send(message: Message) -> None:
        heard.append(message)

    scope = {"type": "http", "method": method, "path": path, "query_string": b"", "headers": [], "scheme": "http"}
    await application(scope | {"client": ("127.0.0.1", 1)}, receive, send)
    return heard


def test_a_body_that_is_too_long_is_told_with_a_proof(served: Served) -> None:
    status, heads, body = asked(served, "POST", wire.BATCHES, b"x" * (doors.ASKED.most + 1))
    assert (status, json.loads(body)["code"]) == (413, "too_large")
    assert heads[wire.PROOF_HEADER.lower()]
