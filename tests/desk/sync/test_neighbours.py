"""Who else may be on the hall's wire: nothing read, nothing written, work goes on, bounds held."""

from __future__ import annotations

import contextlib
import secrets
import socket
import threading
import time
from collections.abc import Callable, Iterator

import pytest
from conftest import Served, called, full_draft, sync
from hall_steps import hall, introduced, until

from db.desk import entry_rows
from desk import doors
from desk.app.open_desk import Desk
from desk.centre.exchange import enrolment
from desk.log.keys import NodeKeys
from desk.store.snapshots import CaseQuery
from desk.sync.hall import giving, line, listener, meeting, neighbours, plain_http, taking
from desk.sync.hall.line import Them
from desk.sync.protocol import letters, wire
from desk.sync.protocol.near import parcel as words
from desk.sync.protocol.near.parcel import Window
from desk.sync.trust import roster_here


@pytest.fixture
def pair(make_desk: Callable[..., Desk]) -> Iterator[tuple[Desk, Desk]]:
    """Two windows that know of each other; the second one answers."""
    one, two = make_desk("one"), make_desk("two")
    introduced(one, two)
    one.register(full_draft(one, person=called("牧甲")))
    two.register(full_draft(two, person=called("牧乙")))
    with hall(two):
        yield one, two


def place(desk: Desk) -> str:
    return f"127.0.0.1:{desk.hall.hall.port}"


def them(asker: Desk, answerer: Desk) -> Them:
    with asker.store.read() as db:
        found = neighbours.find(db, asker.identity, answerer.identity.node)
        assert found is not None
        return neighbours.them(found, asker.store.epoch(db))


def all_of(desk: Desk) -> list[tuple[str, int]]:
    with desk.store.read() as db:
        return [(row.node, row.seq) for row in entry_rows.log_in_order(db)]


def letter(asker: Desk, to: Them) -> bytes:
    with asker.store.read() as db:
        mine = giving.state(asker.store, db, asker.identity, Window())
    body = words.pack(mine, words.Parts())
    return letters.sealed(letters.HALL, asker.identity.node, body, asker.identity.keys, to.keys, to.node, to.epoch)[1]


def meet(asker: Desk, answerer: Desk) -> None:
    node = answerer.identity.node
    meeting.meet(asker.store, place(answerer), node, None, Window, lambda *_: None)


def raw(desk: Desk, data: bytes, seconds: float = 10.0) -> bytes:
    """What is answered to these bytes."""
    with contextlib.closing(socket.create_connection(("127.0.0.1", desk.hall.hall.port), seconds)) as sock:
        sock.settimeout(seconds)
        got = b""
        with contextlib.suppress(OSError):
            sock.sendall(data)
            while piece := sock.recv(4096):
                got += piece
        return got


def bytes_of(asker: Desk, to: Them, body: bytes, keys: NodeKeys, node: str = "") -> bytes:
    """A question as it goes over the wire."""
    node = node or asker.identity.node
    asked = wire.Question(secrets.token_hex(16), "POST", wire.LETTERS, node, to.node, str(to.epoch), wire.digest(body))
    headers = {
        wire.NONCE_HEADER: asked.nonce,
        wire.VERSION_HEADER: "2",
        wire.NODE_HEADER: node,
        wire.EPOCH_HEADER: asked.epoch,
        wire.DIGEST_HEADER: asked.digest,
        wire.PROOF_HEADER: wire.prove_bound_ask(keys, asked),
    }
    return plain_http.request("POST", wire.LETTERS, headers, body)


def test_a_window_of_the_point_is_answered(pair: tuple[Desk, Desk]) -> None:
    one, two = pair
    meet(one, two)
    for desk in pair:
        assert {row.applicant_name for row in desk.cases(CaseQuery(), 0, 9)} == {"牧甲", "牧乙"}


def test_a_stranger_learns_and_leaves_nothing(pair: tuple[Desk, Desk]) -> None:
    one, two = pair
    before, to = all_of(two), them(one, two)
    sealed = letter(one, to)
    for node in (one.identity.node, "152523202202-77", "x"):
        answer = raw(two, bytes_of(one, to, sealed, NodeKeys.make(), node))
        assert answer.startswith(b"HTTP/1.1 403")
        assert "牧".encode() not in answer
    hello = raw(two, plain_http.request("GET", wire.HELLO, {wire.NONCE_HEADER: "0" * 32}, b""))
    assert two.identity.node.encode() in hello
    for path in ("/", "/v1/feed?after=0", "/v1/batches", "/v1/letters", "/../etc/passwd"):
        assert raw(two, plain_http.request("GET", path, {}, b"")).split(b" ")[1] in (b"404", b"403")
    assert all_of(two) == before


def test_a_question_that_was_heard_is_answered_once(pair: tuple[Desk, Desk]) -> None:
    one, two = pair
    to = them(one, two)
    data = bytes_of(one, to, letter(one, to), one.identity.keys)
    assert raw(two, data).startswith(b"HTTP/1.1 200")
    assert raw(two, data).startswith(b"HTTP/1.1 400")
    changed = data[:-1] + bytes([data[-1] ^ 1])
    assert raw(two, changed).startswith(b"HTTP/1.1 400")


def test_an_answer_to_another_question_is_no_answer(pair: tuple[Desk, Desk], monkeypatch: pytest.MonkeyPatch) -> None:
    one, two = pair
    real, kept = line._exchange, list[tuple[int, str, bytes]]()

    def stale(*asked: object) -> tuple[int, str, bytes]:
        kept.append(real(*asked))  # type: ignore[arg-type]
        return kept[0]

    monkeypatch.setattr(line, "_exchange", stale)
    with pytest.raises(line.StrangeError):
        meet(one, two)  # its second question is answered with the first answer
    assert len(kept) == 2


def test_a_desk_of_another_point_is_a_stranger(make_desk: Callable[..., Desk], pair: tuple[Desk, Desk]) -> None:
    one, two = pair
    far, further = make_desk("far", "152523202203"), make_desk("further", "152523202203")
    introduced(far, further)
    with pytest.raises(meeting.NoNeighbourError):
        meet(far, two)
    to = them(one, two)
    before = all_of(two)
    assert raw(two, bytes_of(far, to, letter(far, to), far.identity.keys)).startswith(b"HTTP/1.1 403")
    with far.store.read() as db:
        foreign = roster_here.rosters.signed(db)
    assert b"400" in raw(two, plain_http.request("POST", line.ROSTER, {}, foreign))[:12]
    assert all_of(two) == before


def test_a_revoked_window_gets_nothing_from_when_one_knows(
    make_desk: Callable[..., Desk], served: Served, pair: tuple[Desk, Desk]
) -> None:
    one, two = pair
    three = make_desk("three")
    introduced(one, two, three)
    enrolment.revoke(served.centre, three.identity.node, "wulan", "电脑被盗")
    meet(three, two)  # nobody in the hall knows yet
    assert sync(one).outcome.value == "done"  # one of them hears of it
    meet(one, two)  # and the other from that one
    two.register(full_draft(two, 7, person=called("牧丙")))
    three.register(full_draft(three, 8, person=called("牧丁")))
    with pytest.raises(line.SaidNoError) as told:
        meet(three, two)
    assert told.value.problem.code == "revoked"
    assert "牧丙" not in {row.applicant_name for row in three.cases(CaseQuery(), 0, 99)}
    assert "牧丁" not in {row.applicant_name for row in two.cases(CaseQuery(), 0, 99)}


def test_a_window_that_nobody_knows_shows_what_the_centre_signed(
    make_desk: Callable[..., Desk], pair: tuple[Desk, Desk]
) -> None:
    one, two = pair
    new = make_desk("new")
    sync(new)
    one.sync(lambda _far: None, lambda: False)
    one.let_read(new.identity.node)
    sync(one)
    sync(new)
    meet(new, two)  # two has not spoken with the centre since
    assert {"牧乙"} <= {row.applicant_name for row in new.cases(CaseQuery(), 0, 9)}


def test_a_window_that_may_not_read_the_past_is_told_nothing_of_it(
    make_desk: Callable[..., Desk], pair: tuple[Desk, Desk]
) -> None:
    _, two = pair
    new = make_desk("new")
    sync(new)
    new.register(full_draft(new, 5, person=called("牧戊")))
    meet(new, two)
    assert {row.applicant_name for row in new.cases(CaseQuery(), 0, 9)} == {"牧戊"}
    assert "牧戊" in {row.applicant_name for row in two.cases(CaseQuery(), 0, 9)}


def test_one_that_leaves_at_each_byte_costs_nothing(pair: tuple[Desk, Desk], monkeypatch: pytest.MonkeyPatch) -> None:
    one, two = pair
    monkeypatch.setattr(listener, "_BAD", 1_000_000)
    to, before = them(one, two), all_of(two)
    data = bytes_of(one, to, letter(one, to), one.identity.keys)
    for cut in range(0, len(data), max(1, len(data) // 150)):
        with contextlib.closing(socket.create_connection(("127.0.0.1", two.hall.hall.port), 5)) as sock:
            sock.sendall(data[:cut])
    until(lambda: two.hall.hall._listener.connections == 0)
    assert all_of(two) == before
    meet(one, two)


def test_an_answer_that_breaks_off_at_each_byte_leaves_nothing_half(
    pair: tuple[Desk, Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = pair
    real = plain_http.Wire.body
    left = [0]

    def cut(this: plain_http.Wire, length: int) -> bytes:
        whole = real(this, length)
        if threading.current_thread() is threading.main_thread() and len(whole) > left[0]:
            raise plain_http.BrokenOffError("断")
        return whole

    monkeypatch.setattr(plain_http.Wire, "body", cut)
    known = one.store.verify(two.identity.node)
    for left[0] in range(0, 4000, 400):
        with contextlib.suppress(line.AwayError):
            meet(one, two)
        assert one.store.verify(two.identity.node) in (known, two.store.verify(two.identity.node))
    monkeypatch.undo()
    meet(one, two)
    assert sorted(all_of(one)) == sorted(all_of(two))


def test_dripping_peers_and_floods_keep_no_window_out(pair: tuple[Desk, Desk], monkeypatch: pytest.MonkeyPatch) -> None:
    one, two = pair
    monkeypatch.setattr(listener, "_ASKING", 1.0)
    held = [socket.create_connection(("127.0.0.1", two.hall.hall.port), 5) for _ in range(40)]
    for sock in held:
        with contextlib.suppress(OSError):
            sock.sendall(b"POST /v1/le")
    assert two.hall.hall._listener.connections <= doors.HALL.things
    two.register(full_draft(two, 9, person=called("牧己")))  # work goes on
    begun = time.monotonic()
    for _ in range(50):  # a window that is cut off comes again
        with contextlib.suppress(line.AwayError):
            meet(one, two)
            break
    assert time.monotonic() - begun < 30
    assert "牧己" in {row.applicant_name for row in one.cases(CaseQuery(), 0, 9)}
    for sock in held:
        sock.close()
    until(lambda: two.hall.hall._listener.connections == 0)


def test_no_more_is_read_of_a_stranger_than_its_question(pair: tuple[Desk, Desk]) -> None:
    one, two = pair
    to = them(one, two)
    huge = bytes(2 << 20)
    answer = raw(two, bytes_of(one, to, huge, NodeKeys.make()))
    assert b"200 OK" not in answer
    endless = b"GET /v1/hello HTTP/1.1\r\n" + b"A: b\r\n" * 5000
    assert raw(two, endless) == b""
    for length in (b"-1", b"99999999999", b"x"):
        assert b"200 OK" not in raw(two, b"POST /v1/roster HTTP/1.1\r\nContent-Length: " + length + b"\r\n\r\n")


@pytest.mark.parametrize(
    "junk", [b"", b"\0" * 200, b"\r\n\r\n", b"GET\r\n\r\n", b"\xff" * 9000, b"POST /v1/letters\r\n\r\n"]
)
def test_noise_is_no_question(pair: tuple[Desk, Desk], junk: bytes) -> None:
    one, two = pair
    with contextlib.closing(socket.create_connection(("127.0.0.1", two.hall.hall.port), 5)) as sock:
        sock.sendall(junk)
        sock.shutdown(socket.SHUT_WR)
        sock.settimeout(5)
        with contextlib.suppress(OSError):
            assert b"200 OK" not in sock.recv(4096)
    meet(one, two)


def test_a_parcel_that_lies_is_not_taken(pair: tuple[Desk, Desk]) -> None:
    one, two = pair
    to, before = them(one, two), all_of(two)
    with one.store.read() as db:
        mine = giving.state(one.store, db, one.identity, Window())
        own = list(giving._batches(db, one.identity, one.identity.node, 0))
    forged = own[0][:-3] + b"abc"
    for body in (
        b"",
        b"\0\0",
        words.pack(mine, words.Parts(logs=(b"x", forged, own[0][:50]))),
        words.pack(mine, words.Parts(feeds=(own[0],), rosters=(b"DBN1",))),
        words.pack(mine, words.Parts())[:-4],
    ):
        sealed = letters.sealed(letters.HALL, one.identity.node, body, one.identity.keys, to.keys, to.node, to.epoch)[1]
        raw(two, bytes_of(one, to, sealed, one.identity.keys))
    assert all_of(two) == before


def test_a_bad_batch_stops_no_other_and_leaves_nothing(
    pair: tuple[Desk, Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are written in one transaction: what comes before it stays, what comes after does not follow."""
    one, two = pair
    monkeypatch.setattr(giving, "_ENTRIES", 2)
    for name in "丙丁戊":
        one.register(full_draft(one, person=called(f"牧{name}")))
    with one.store.read() as db:
        logs = list(giving._batches(db, one.identity, one.identity.node, 0))
    bad = logs[2][:-1] + bytes([logs[2][-1] ^ 1])

    def took(*brought: bytes) -> taking.Took:
        told = words.Parcel({}, 0, 0, "", (0, 0))
        return taking.take(two.store, one.identity.node, told, words.Parts(logs=brought))

    def there() -> list[int]:
        return [seq for node, seq in all_of(two) if node == one.identity.node]

    assert len(took(*logs[:2], bad, *logs[3:]).bad) == 2
    assert there() == [1, 2, 3, 4]
    assert not took(*logs).bad
    assert there() == [seq for node, seq in all_of(one) if node == one.identity.node]
    made = two.store.tables()
    two.store.rebuild()
    assert made == two.store.tables()
