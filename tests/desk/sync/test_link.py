"""The link: who answered, what a person is told when nobody did, and whose certificates count."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
import time

import httpcore
import msgspec
import pytest
import zstandard
from conftest import serving
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from desk.log.keys import NodeKeys
from desk.sync import link as linking
from desk.sync.http import address
from desk.sync.link import CentreRefusedError, Link, NotCentreError, OfflineError
from desk.sync.protocol import wire
from desk.sync.protocol.batch import MAX_PACKED

CENTRE, OTHER = NodeKeys.make(), NodeKeys.make()
Asked = list[Request]


def answers(body: bytes, status: int = 200, keys: NodeKeys | None = CENTRE) -> tuple[Starlette, Asked]:
    """A server that always says this, with the proof of `keys`; what it was asked."""
    asked: Asked = []

    async def answer(request: Request) -> Response:
        asked.append(request)
        await request.body()
        headers = {}
        if keys is not None:
            nonce = request.headers[wire.NONCE_HEADER]
            headers[wire.PROOF_HEADER] = wire.prove_answer(keys, nonce, request.url.path, status, body)
        return Response(body, status, headers)

    return Starlette(routes=[Route("/{path:path}", answer, methods=["GET", "POST"])]), asked


def ask(body: bytes, status: int = 200, keys: NodeKeys | None = CENTRE) -> bytes:
    application, _ = answers(body, status, keys)
    with serving(application) as address:
        link = Link(address, CENTRE.public().sign)
        try:
            return link.post("/v1/x", b"question", wire.OCTETS)
        finally:
            link.close()


@pytest.mark.parametrize(
    "written",
    [
        "",
        "there",
        "ftp://there",
        "http://",
        "file:///etc",
        "http://there:99999",
        "http://there:x",
        "http://[::1",
        "http://[there]",
        "http://a b",
        "http://a..b",
        "http://" + "a" * 64,
        "http://a\\b",
        "http://a%20b",
        "http://\u200b",
        "http://\ud800",
    ],
)
def test_an_address_that_is_none(written: str) -> None:
    with pytest.raises(OfflineError, match="不对") as caught:
        Link(written, b"")
    assert caught.value.kept
    assert "设置" in caught.value.todo


def test_the_centres_answer() -> None:
    assert ask(b"body") == b"body"
    assert ask(b"") == b""


def test_a_no_of_the_centre_is_told_with_its_code() -> None:
    with pytest.raises(CentreRefusedError) as caught:
        ask(msgspec.json.encode(wire.problem("gap", 3, "t")), 409)
    assert caught.value.problem == wire.problem("gap", 3, "t")
    assert caught.value.happened == wire.PROBLEMS["gap"][1]
    with pytest.raises(CentreRefusedError) as caught:
        ask(b"?", 500)
    assert caught.value.problem.code == "busy"  # its own words were not to be read


@pytest.mark.parametrize(("status", "keys"), [(200, OTHER), (200, None), (404, OTHER), (500, None), (302, None)])
def test_whoever_cannot_prove_it_is_not_the_centre(status: int, keys: NodeKeys | None) -> None:
    with pytest.raises(NotCentreError, match="不是本旗中心"):
        ask(b"body", status, keys)


@pytest.mark.parametrize("status", [502, 503, 504])
def test_a_proxy_that_has_nobody_behind_it(status: int) -> None:
    with pytest.raises(OfflineError, match="没有回应"):
        ask(b"body", status, None)
    with pytest.raises(CentreRefusedError):
        ask(msgspec.json.encode(wire.problem("busy")), status)  # the centre itself


def test_an_answer_may_be_as_large_as_a_batch_and_no_larger() -> None:
    assert len(ask(b"x" * MAX_PACKED)) == MAX_PACKED
    with pytest.raises(NotCentreError, match="超过上限"):
        ask(b"x" * (MAX_PACKED + 1))


def test_a_get_is_asked_in_a_nodes_name() -> None:
    application, asked = answers(b"feed")
    with serving(application) as address:
        link = Link(address + "/", CENTRE.public().sign)
        for seen in ("", "7.aa"):
            assert link.get("/v1/feed?after=3", "152523202202-01", OTHER, seen) == b"feed"
        link.close()
    for request, seen in zip(asked, (None, "7.aa"), strict=True):
        assert request.url.path == "/v1/feed"
        assert request.headers[wire.NODE_HEADER] == "152523202202-01"
        assert request.headers.get(wire.SEEN_HEADER) == seen
        nonce, proof = request.headers[wire.NONCE_HEADER], request.headers[wire.PROOF_HEADER]
        assert wire.ask_proved(OTHER.public().sign, proof, nonce, "/v1/feed?after=3")
    assert len({one.headers[wire.NONCE_HEADER] for one in asked}) == 2
    assert {len(one.headers[wire.NONCE_HEADER]) for one in asked} == {32}


def test_a_post_says_what_it_is() -> None:
    application, asked = answers(b"")
    with serving(application) as address:
        link = Link(address, CENTRE.public().sign)
        link.post("/v1/x", b"question", wire.OCTETS)
        link.close()
    assert (asked[0].method, asked[0].headers["content-type"]) == ("POST", wire.OCTETS)


def hello(keys: NodeKeys, named: NodeKeys, status: int = 200) -> wire.HelloAnswer:
    public = named.public()
    said = wire.HelloAnswer("n", "中心", wire.to_text(public.sign), wire.to_text(public.seal), "t")
    application, _ = answers(msgspec.json.encode(said), status, keys)
    with serving(application) as address:
        link = Link(address, b"", linking.UNPINNED)
        try:
            return link.hello()
        finally:
            link.close()


def test_who_says_hello_has_the_key_that_it_names() -> None:
    assert hello(CENTRE, CENTRE).centre_name == "中心"
    for wrong in (lambda: hello(OTHER, CENTRE), lambda: hello(CENTRE, CENTRE, 500)):
        with pytest.raises(NotCentreError):
            wrong()


@pytest.mark.parametrize("body", [b"", b"<html>", b"{}"])
def test_what_is_no_hello(body: bytes) -> None:
    application, _ = answers(body)
    with serving(application) as address:
        link = Link(address, b"")
        with pytest.raises(NotCentreError):
            link.hello()
        link.close()


def test_nobody_there_is_told_as_such() -> None:
    link = Link("http://127.0.0.1:9", b"")
    with pytest.raises(OfflineError, match="连不上中心") as caught:
        link.post("/v1/x", b"", wire.OCTETS)
    link.close()
    assert "立即同步" in caught.value.todo


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (httpcore.ReadTimeout("x"), "网络太慢"),
        (httpcore.ConnectTimeout("x"), "网络太慢"),
        (httpcore.ConnectError("[SSL: certificate_verify_failed]"), "安全证书"),
        (httpcore.ConnectError("refused"), "连不上中心"),
        (httpcore.ReadError("x"), "中途断了"),
        (OSError("x"), "中途断了"),
    ],
)
def test_why_in_words(error: Exception, words: str) -> None:
    assert words in linking._why(error)


@pytest.mark.parametrize(
    ("host", "here"),
    [
        ("localhost", True),
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("::1", True),
        ("10.0.0.1", False),
        ("there", False),
    ],
)
def test_this_machine_needs_no_proxy(host: str, here: bool) -> None:
    assert address.is_loopback(host) is here


def test_whose_certificates_count() -> None:
    assert linking._trusted("http", "") is None
    any_ = linking._trusted("https", linking.UNPINNED)
    assert isinstance(any_, ssl.SSLContext)
    assert (any_.verify_mode, any_.check_hostname) == (ssl.CERT_NONE, False)
    system = linking._trusted("https", "")
    assert isinstance(system, ssl.SSLContext)
    assert (system.verify_mode, system.check_hostname) == (ssl.CERT_REQUIRED, True)
    with pytest.raises(ssl.SSLError):
        linking._trusted("https", "no certificate")


def test_a_packed_answer_is_not_unfolded() -> None:
    """What was not asked for: a few bytes of zstd could become as many as there is memory for."""
    packed = zstandard.compress(bytes(1 << 20))
    asked: Asked = []

    async def answer(request: Request) -> Response:
        asked.append(request)
        proof = wire.prove_answer(CENTRE, request.headers[wire.NONCE_HEADER], request.url.path, 200, bytes(1 << 20))
        return Response(packed, 200, {wire.PROOF_HEADER: proof, "Content-Encoding": "zstd"})

    with serving(Starlette(routes=[Route("/{path:path}", answer, methods=["POST"])])) as address:
        link = Link(address, CENTRE.public().sign)
        with pytest.raises(NotCentreError):
            link.post("/v1/x", b"", wire.OCTETS)
        link.close()
    assert asked[0].headers["accept-encoding"] == "identity"


@pytest.mark.parametrize("start", [b"HTTP/1.1 200 OK\r\nX-A: ", b"HTTP/1.1 200 OK\r\nDaiban-Proof: x\r\n\r\n"])
def test_an_answer_that_drips_is_not_waited_for(start: bytes) -> None:
    """In its header or in its body: each byte alone would come in time."""
    ended = threading.Event()

    def drip(listener: socket.socket) -> None:
        line, _ = listener.accept()
        with line, contextlib.suppress(OSError):
            line.sendall(start)
            while not ended.wait(0.02):
                line.sendall(b"x")

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=drip, args=[listener])
        thread.start()
        link = Link(f"http://127.0.0.1:{listener.getsockname()[1]}", CENTRE.public().sign, seconds=0.3)
        begun = time.monotonic()
        with pytest.raises(OfflineError):
            link.post("/v1/x", b"", wire.OCTETS)
        assert time.monotonic() - begun < 10
        link.close()
        ended.set()
        thread.join()


def told_no(status: int, keys: NodeKeys | None, sign_key: bytes) -> None:
    """Who answers is asked while the centre's database is away."""
    application, _ = answers(msgspec.json.encode(wire.problem("busy")), status, keys)
    with serving(application) as address, contextlib.closing(Link(address, sign_key)) as link:
        link.agree() if sign_key else link.hello()


def test_a_centre_whose_database_is_away_says_so_to_a_desk_that_was_enrolled_a_moment_ago() -> None:
    with pytest.raises(CentreRefusedError) as caught:
        told_no(503, CENTRE, CENTRE.public().sign)
    assert caught.value.problem.code == "busy"


def test_whoever_does_not_know_the_centre_yet_hears_that_nobody_answers() -> None:
    for keys in (CENTRE, None):
        with pytest.raises(OfflineError, match="没有回应"):
            told_no(503, keys, b"")


def test_a_no_that_another_signed_is_not_the_centres() -> None:
    with pytest.raises(OfflineError):
        told_no(503, OTHER, CENTRE.public().sign)
    with pytest.raises(NotCentreError):
        told_no(403, OTHER, CENTRE.public().sign)
