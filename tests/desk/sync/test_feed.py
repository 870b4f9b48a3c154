"""A feed counts only when our own centre signed it and wrote what is in it: over the network, and on a stick."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from conftest import Served, full_draft, serving, sync
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from desk.app.open_desk import Desk
from desk.log import centre_events, chain
from desk.log.keys import NodeKeys
from desk.sync import courier
from desk.sync.outcome import Outcome
from desk.sync.protocol import wire
from desk.sync.protocol.batch import Header, pack
from desk.sync.protocol.seal import seal

STRANGER = NodeKeys.make()
NOTICE = centre_events.NoticePublished("假通知", "字", "某人")


def entry(node: str) -> chain.Kept:
    return chain.make(
        node=node, seq=1, prev=chain.GENESIS, time="2026-11-24T09:30:00+08:00", author="x", kind="notice.published",
        subject="n", rank=1, data=NOTICE,
    )  # fmt: skip


def feed(desk: Desk, keys: NodeKeys, name: str = "", writer: str = "") -> bytes:
    """A feed of one notice, sealed to the desk, in the name of its centre: `keys` signed it, `writer` wrote it."""
    centre = desk.identity.centre_node
    header = Header("feed", name or centre, 0, 1, 1, to=desk.identity.node)
    return seal(pack(header, [entry(writer or centre).encoded], keys), desk.identity.keys.public().seal)


WRONG: dict[str, Callable[[Desk, Served], bytes]] = {
    "another signer": lambda desk, _served: feed(desk, STRANGER),
    "the desk itself": lambda desk, _served: feed(desk, desk.identity.keys),
    "under another name": lambda desk, served: feed(desk, served.centre.keys, name="152524000000-00"),
    "another's words": lambda desk, served: feed(desk, served.centre.keys, writer="152524000000-00"),
}


@pytest.fixture(params=WRONG)
def wrong(request: pytest.FixtureRequest, desk: Desk, served: Served) -> bytes:
    return WRONG[request.param](desk, served)


@pytest.fixture
def answering(desk: Desk, served: Served) -> Iterator[list[bytes]]:
    """A server with the centre's own proof, so that nothing but the feed is wrong; what it answers is put in."""
    answers: list[bytes] = []

    async def answer(request: Request) -> Response:
        said = hello if request.url.path == wire.HELLO else answers[0]
        nonce = request.headers[wire.NONCE_HEADER]
        proof = wire.prove_answer(served.centre.keys, nonce, request.url.path, 200, said)
        return Response(said, headers={wire.PROOF_HEADER: proof})

    public = served.centre.keys.public()
    keys = wire.to_text(public.sign), wire.to_text(public.seal)
    hello = msgspec.json.encode(wire.HelloAnswer(served.centre.node, "旗", *keys, "t", speaks=(1, 1)))
    with serving(Starlette(routes=[Route(wire.FEED, answer), Route(wire.HELLO, answer)])) as address:
        desk.set_centre_address(address)
        yield answers


def test_a_wrong_feed_over_the_network_is_not_taken(desk: Desk, answering: list[bytes], wrong: bytes) -> None:
    sync_nothing(desk, answering, wrong)
    assert desk.today().notices == ()


def sync_nothing(desk: Desk, answering: list[bytes], answer: bytes) -> None:
    answering.append(answer)
    with desk.store.write() as db:
        desk.store.set_acked(db, 10_000)  # nothing to send: the feed alone is asked for
    result = sync(desk)
    assert (result.outcome, result.received) == (Outcome.NOT_CENTRE, 0)


def test_the_same_feed_of_our_centre_is_taken(desk: Desk, served: Served, answering: list[bytes]) -> None:
    """Else the wrong ones might be refused for another reason."""
    answering.append(feed(desk, served.centre.keys))
    with desk.store.write() as db:
        desk.store.set_acked(db, 10_000)
    sync(desk)
    assert [one.title for one in desk.today().notices] == ["假通知"]


def put(stick: Path, data: bytes) -> Path:
    path = stick / courier.FOLDER / courier.DOWN / f"X{courier.ENDING}"
    path.parent.mkdir(parents=True)
    path.write_bytes(data)
    return path


def test_a_wrong_feed_on_a_stick_is_not_taken_and_stays_there(desk: Desk, wrong: bytes, tmp_path: Path) -> None:
    path = put(tmp_path, wrong)
    found = desk.courier(tmp_path, lambda _far: None, lambda: False)
    assert (found.received, len(found.refused)) == (0, 1)
    assert desk.today().notices == ()
    assert path.exists()


def test_the_same_feed_on_a_stick_is_taken(desk: Desk, served: Served, tmp_path: Path) -> None:
    path = put(tmp_path, feed(desk, served.centre.keys))
    found = desk.courier(tmp_path, lambda _far: None, lambda: False)
    assert (found.received, found.refused) == (1, ())
    assert [one.title for one in desk.today().notices] == ["假通知"]
    assert not path.exists()
    assert desk.register(full_draft(desk)).intake_no
