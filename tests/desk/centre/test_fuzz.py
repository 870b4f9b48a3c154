"""Whatever comes to the desks' door: never a fault of ours, never silence, always the centre's proof."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import schemathesis
from conftest import CHEAP, PASSWORD, POINT, POINT_NAME, full_draft, serving, sync
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desk.app import opening
from desk.centre import site
from desk.centre.exchange import enrolment
from desk.centre.node import centre_node
from desk.log import chain, events
from desk.log.keys import NodeKeys
from desk.store.account import Account
from desk.sync.outcome import Outcome
from desk.sync.protocol import wire
from desk.sync.protocol.batch import BATCHES, Header, unpack
from desk.sync.protocol.envelope import BatchError
from desk.sync.protocol.letters import LETTERS, Head
from desk.sync.protocol.parts import PARTS
from desk.sync.protocol.parts import Head as PartHead
from desk.sync.protocol.seal import seal

EXAMPLES = int(os.environ.get("DAIBAN_EXAMPLES", "25"))
QUIET = settings(max_examples=EXAMPLES * 4, deadline=None, database=None, suppress_health_check=list(HealthCheck))


class Open:
    """A centre behind HTTP with one desk enrolled."""

    def __init__(self, folder: Path) -> None:
        centre_node.create(folder / "centre", "152523", "中心")
        self.centre = centre_node.Centre(folder / "centre")
        self._serving = serving(site.app(self.centre))
        self.address = self._serving.__enter__()
        code = enrolment.enrol_code(self.centre, POINT, POINT_NAME)
        opening.create_desk(folder / "desk", self.address, code, Account("suhe", "苏和"), PASSWORD, cost=CHEAP)
        self.desk = opening.open_desk(folder / "desk", "suhe", PASSWORD)
        self.http = httpx.Client(base_url=self.address, trust_env=False, timeout=20)

    def close(self) -> None:
        self.http.close()
        self.desk.close()
        self._serving.__exit__(None, None, None)
        self.centre.close()

    def post(self, path: str, body: bytes) -> httpx.Response:
        """Sealed by somebody who has the desk's keys and bad intentions."""
        nonce = os.urandom(16).hex()
        sealed = seal(body, self.centre.keys.public().seal)
        answer = self.http.post(path, content=sealed, headers={wire.NONCE_HEADER: nonce})
        assert wire.answer_proved(
            self.centre.keys.public().sign,
            answer.headers[wire.PROOF_HEADER],
            nonce,
            path,
            answer.status_code,
            answer.content,
        )
        assert answer.status_code < 500, (answer.status_code, answer.text)
        return answer


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Open]:
    made = Open(tmp_path_factory.mktemp("fuzz"))
    yield made
    try:
        after_all_that_the_desk_goes_on(made)
    finally:
        made.close()


def after_all_that_the_desk_goes_on(place: Open) -> None:
    """The honest desk finds that somebody wrote in its name, and heals; its cases arrive."""
    place.desk.register(full_draft(place.desk, 1))
    if sync(place.desk).outcome is Outcome.REFUSED:  # the whole log is another's: people look first
        enrolment.doubt(place.centre, place.desk.identity.node)
    assert sync(place.desk).outcome is Outcome.DONE
    assert place.desk.sync_status().waiting == 0


def test_the_description_is_kept(place: Open) -> None:
    """Schemathesis: each path with everything that its description allows, and much that it does not."""
    schema = schemathesis.openapi.from_url(place.address + "/openapi.json")
    seen: set[str] = set()
    for found in schema.get_all_operations():
        operation = found.ok()
        seen.add(operation.path)

        @settings(max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy())
        def check(case: schemathesis.Case) -> None:
            answer = case.call(timeout=20)
            assert answer.status_code < 500, (answer.status_code, answer.text)

        check()
    assert {wire.HELLO, wire.ENROL, wire.BATCHES, wire.FEED, wire.LETTERS, wire.FILES, wire.FILE_STATE} <= seen


@QUIET
@given(data=st.binary(max_size=400), at=st.integers(0, 3))
def test_readers_take_any_bytes(data: bytes, at: int) -> None:
    keys = NodeKeys.make()
    for form in (BATCHES, LETTERS, PARTS):
        with pytest.raises(BatchError):
            form.unpack((form.marks if at else b"") + data, lambda _name: (keys.public().sign,))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
SUBJECTS = st.text(max_size=30) | st.just(POINT + "012611240015")
BODIES = st.binary(max_size=80) | JSON.map(lambda one: json.dumps(one).encode())
NAMES = st.sampled_from(sorted(events.KINDS)) | st.text(max_size=12)


@QUIET
@given(
    kind=NAMES,
    subject=st.text(max_size=30) | st.just(POINT + "012611240015"),
    data=JSON,
    rank=st.integers(1, 2**31 - 1),
)
def test_a_desk_that_writes_nonsense_harms_nobody(
    place: Open, kind: str, subject: str, data: object, rank: int
) -> None:
    who = place.desk.identity
    with place.centre.database.read() as db:
        from db.centre import rows

        known = rows.one_node(db, who.node)
    entry = chain.Entry(
        who.node, known["have"] + 1, bytes(known["head"]).hex(), "t", "x", kind, subject, rank, _raw(data)
    )
    import msgspec
    import zstandard

    encoded = msgspec.json.encode(entry, order="sorted")
    header = Header("log", who.node, entry.seq, entry.seq, 1, entry.prev)
    body = zstandard.compress(len(encoded).to_bytes(4, "big") + encoded)
    answer = place.post(wire.BATCHES, BATCHES.pack(header, body, who.keys))
    assert answer.status_code in (200, 400), answer.text  # taken, or refused whole
    place.centre.verify()


def _raw(data: object):
    import msgspec

    return msgspec.Raw(json.dumps(data).encode())


@QUIET
@given(
    kind=st.sampled_from(["enrol", "again", "keys", "log", "lost", "forward", "x"]),
    body=st.binary(max_size=80) | JSON.map(lambda one: json.dumps(one).encode()),
)
def test_letters_of_any_content(place: Open, kind: str, body: bytes) -> None:
    who = place.desk.identity
    place.post(wire.LETTERS, LETTERS.pack(Head(kind, who.node, "r"), body, who.keys))


@QUIET
@given(
    kind=st.sampled_from(["state", "part", "x"]),
    at=st.integers(-(2**40), 2**62),
    sha=st.text(max_size=70),
    body=st.binary(max_size=60),
)
def test_pictures_of_any_content(place: Open, kind: str, at: int, sha: str, body: bytes) -> None:
    who = place.desk.identity
    packed = PARTS.pack(PartHead(kind, who.node, sha, at), body, who.keys)
    for path in (wire.FILES, wire.FILE_STATE):
        place.post(path, packed)


@QUIET
@given(
    numbers=st.tuples(*[st.integers(-(2**62), 2**62)] * 4),
    kind=st.sampled_from(["log", "feed", "own", ""]),
    texts=st.tuples(st.text(max_size=40), st.text(max_size=70)),
)
def test_headers_of_any_content(place: Open, numbers: tuple[int, ...], kind: str, texts: tuple[str, str]) -> None:
    who = place.desk.identity
    first, last, count, cursor = numbers
    header = Header(kind, who.node, first, last, count, texts[0], seen=texts[1], cursor=cursor)
    place.post(wire.BATCHES, BATCHES.pack(header, b"", who.keys))
    with pytest.raises(BatchError):
        unpack(BATCHES.pack(header, b"\0", who.keys), lambda _name: (who.keys.public().sign,))
