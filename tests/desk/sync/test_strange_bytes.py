"""Bytes from outside that are not what they should be: each reader refuses them in its own words, and one bad file on
a stick keeps nobody from the others."""

from __future__ import annotations

import contextlib
import functools
import json
import os
import struct
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
import zstandard
from conftest import POINT, POINT_NAME, Served, full_draft
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.centre import rows
from desk.app.open_desk import Desk
from desk.centre.exchange import courier as centre_courier
from desk.centre.exchange import enrolment, taking
from desk.errors import DeskError
from desk.law import holidays
from desk.law.catalogue import load
from desk.log import centre_events, chain, events, receipt_code
from desk.log.keys import NodeKeys
from desk.sync import feed
from desk.sync.outcome import Carried
from desk.sync.protocol import batch, letters, parts, wire
from desk.sync.protocol.envelope import BatchError, Envelope
from desk.sync.protocol.letters import LETTERS
from desk.sync.protocol.seal import SealError, seal, unseal, unseal_any

EXAMPLES = int(os.environ.get("DAIBAN_EXAMPLES", "25"))
QUIET = settings(max_examples=EXAMPLES * 8, deadline=None, database=None, suppress_health_check=list(HealthCheck))
NODE = "152523202202-01"
KEYS = NodeKeys.make()
FORMS: dict[str, Envelope] = {"batch": batch.BATCHES, "letter": LETTERS, "part": parts.PARTS}
HEADERS = {
    "batch": batch.Header("log", NODE, 1, 1, 1, chain.GENESIS.hex(), seen="1.ab"),
    "letter": letters.Head(letters.LOG, NODE, "0123456789abcdef"),
    "part": parts.Head("part", NODE, "ab" * 32, 0),
}


def entry(**changed: object) -> chain.Kept:
    known = {
        "node": NODE, "seq": 1, "prev": chain.GENESIS, "time": "t", "author": "a", "kind": "case.archived",
        "subject": "s", "rank": 1, "data": events.Act(),
    }  # fmt: skip
    return chain.make(**(known | changed))


def enveloped(form: Envelope, head: bytes, body: bytes, keys: NodeKeys = KEYS) -> bytes:
    """Signed by somebody with whatever stands in the header."""
    whole = b"".join((form.marks, struct.pack(">I", len(head)), head, struct.pack(">I", len(body)), body))
    return whole + keys.signature(form.sign_as + whole)


@st.composite
def spoiled(draw: st.DrawFn, good: bytes) -> bytes:
    """`good` with a few bytes changed, put in or taken out, or cut off."""
    made = bytearray(good)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, max(0, len(made) - 1)))
        match draw(st.sampled_from(["change", "insert", "drop", "cut"])):
            case "change" if made:
                made[at] = draw(st.integers(0, 255))
            case "insert":
                made[at:at] = draw(st.binary(min_size=1, max_size=4) | st.sampled_from([b"\xff", b"\xc3", b"[" * 3000]))
            case "drop":
                del made[at : at + draw(st.integers(1, 9))]
            case _:
                del made[at:]
    return bytes(made)


@pytest.mark.parametrize("name", FORMS)
@QUIET
@given(data=st.data())
def test_an_envelope_with_any_header_is_read_or_refused(name: str, data: st.DataObject) -> None:
    form, header = FORMS[name], HEADERS[name]
    head = data.draw(spoiled(msgspec.json.encode(header)))
    for packed in (enveloped(form, head, b"body"), data.draw(spoiled(form.pack(header, b"body", KEYS)))):
        for read in (form.peek, lambda packed: form.unpack(packed, lambda _name: (KEYS.public().sign,))):
            with contextlib.suppress(BatchError):
                read(packed)


@functools.cache  # made once, not for each example
def samples() -> dict[str, tuple[bytes, Callable[[bytes], object], tuple[type[Exception], ...]]]:
    """By name: bytes that are good, their reader, and what it refuses with."""
    public = KEYS.public()
    text = wire.to_text(public.sign)
    told: dict[str, msgspec.Struct] = {
        "enrol": wire.EnrolRequest("CODE", text, text, "pc", NODE),
        "enrolled": wire.EnrolAnswer(NODE, POINT, "01", POINT_NAME, "152523000000-00", "中心", text, text, "t"),
        "hello": wire.HelloAnswer("152523000000-00", "中心", text, text, "t"),
        "problem": wire.problem("gap", 3),
        "files": wire.FileStateAnswer({"ab" * 32: 5}, "t"),
        "new keys": letters.new_keys(NODE, KEYS),
        "log": letters.LogAsk(NODE, 3),
    }
    one = entry().encoded
    found = {
        name: (msgspec.json.encode(body), functools.partial(letters.read, kind=type(body)), (BatchError,))
        for name, body in told.items()
    }
    bare = seal(b"plain", public.seal)
    return found | {
        "sealed": (bare, lambda data: unseal(data, KEYS), (SealError,)),
        "sealed to one": (bare, lambda data: unseal_any(data, (KEYS, NodeKeys.make())), (SealError,)),
        "entries": (zstandard.compress(struct.pack(">I", len(one)) + one), batch.entries_of, (BatchError,)),
        "entry": (one, lambda data: chain.read(data, chain.GENESIS), (chain.BrokenLogError,)),
        "foreign": (one, lambda data: feed.foreign(data, NODE), (BatchError, chain.BrokenLogError)),
        "data": (msgspec.json.encode(events.Act("乌兰", reasons="x")), _decoded, ()),
        "catalogue": (msgspec.json.encode(load.seed())[:2000], load.load, (DeskError,)),
        "holidays": (msgspec.json.encode(holidays.seed()), holidays.load, (DeskError,)),
        "receipt": (receipt_code.make(KEYS, "152523202202012611240015").encode(), _judged, ()),
        "keys": (msgspec.json.encode(letters.new_keys(NODE, KEYS)), _proved, (BatchError, SealError)),
    }


def _decoded(data: bytes) -> object:
    return events.decode("case.archived", msgspec.Raw(data))


def _judged(data: bytes) -> object:
    return receipt_code.judge(data.decode("utf-8", "surrogateescape"), lambda _node: (KEYS.public().sign,))


def _proved(data: bytes) -> object:
    return letters.proved(NODE, letters.read(data, letters.NewKeys))


@pytest.mark.parametrize("name", samples())
@QUIET
@given(data=st.data())
def test_a_reader_takes_any_bytes(name: str, data: st.DataObject) -> None:
    good, read, refusals = samples()[name]
    with contextlib.suppress(*refusals):
        read(data.draw(spoiled(good) | st.binary(max_size=200)))


@pytest.mark.parametrize("key", [bytes(32), b"\x01" + bytes(31), b"", b"short"])
def test_a_key_that_gives_everybody_the_same_secret_is_none(key: bytes) -> None:
    with pytest.raises(SealError):
        seal(b"plain", key)


# -- a stick with one bad file -----------------------------------------------------------------------------------


NOT_UTF8 = b'{"kind":"log","node":"\xff","first":1,"last":1,"count":1}'
DEEP = b'{"kind":"log","node":"x","first":' + b"[" * 12_000


def bad_batch(who: Desk, _served: Served) -> bytes:
    return enveloped(batch.BATCHES, NOT_UTF8, b"")


def bad_deep(who: Desk, _served: Served) -> bytes:
    return enveloped(batch.BATCHES, DEEP, b"")


def bad_letter(who: Desk, _served: Served) -> bytes:
    return enveloped(LETTERS, b'{"kind":"files","node":"\xff"}', b"")


def bad_body(who: Desk, _served: Served) -> bytes:
    body = b'{"sign_key":"\xff","seal_key":"","proof":""}'
    return LETTERS.pack(letters.Head(letters.KEYS, who.identity.node, "ab"), body, who.identity.keys)


def far_ask(who: Desk, _served: Served) -> bytes:
    body = json.dumps({"node": who.identity.node, "after": 2**70}).encode()
    return LETTERS.pack(letters.Head(letters.LOG, who.identity.node, "ab"), body, who.identity.keys)


def odd_seen(who: Desk, served: Served) -> bytes:
    with served.centre.database.read() as db:
        have = int(rows.one_node(db, who.identity.node)["have"])
    header = batch.Header("log", who.identity.node, have + 1, have, 0, seen="².ab", cursor=0)
    return batch.pack(header, [], who.identity.keys)


def odd_text(who: Desk, _served: Served) -> bytes:
    """An entry that the desk itself signed, with a text in it that is no UTF-8."""
    kept = entry(node=who.identity.node, data=msgspec.Raw(b'{"actor":"\xff"}'))
    return batch.pack_log([kept], who.identity.keys, batch.Heartbeat())


def odd_subject(who: Desk, _served: Served) -> bytes:
    bad = entry(node=who.identity.node).encoded.replace(b'"subject":"s"', b'"subject":"\xff"')
    return batch.pack(batch.Header("log", who.identity.node, 1, 1, 1, chain.GENESIS.hex()), [bad], who.identity.keys)


def weak_key(who: Desk, served: Served) -> bytes:
    """An enrolment with a code that is right and a key that nothing can be sealed to."""
    once = enrolment.enrol_code(served.centre, POINT, POINT_NAME).partition("-")[0]
    request = wire.EnrolRequest(once, wire.to_text(KEYS.public().sign), wire.to_text(bytes(32)), "pc", f"{POINT}-77")
    return LETTERS.pack(letters.Head(letters.ENROL, f"{POINT}-77", "ab"), msgspec.json.encode(request), KEYS)


BAD = [bad_batch, bad_deep, bad_letter, bad_body, far_ask, odd_seen, odd_text, odd_subject, weak_key]


def carry(desk: Desk, stick: Path) -> Carried:
    return desk.courier(stick, lambda _far: None, lambda: False)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    made = tmp_path / "stick"
    made.mkdir()
    return made


@pytest.mark.parametrize("bad", BAD, ids=lambda one: one.__name__)
def test_a_bad_file_on_a_stick_keeps_the_centre_from_nothing(
    make_desk: Callable[..., Desk], served: Served, stick: Path, bad: Callable[[Desk, Served], bytes]
) -> None:
    desk, other = make_desk(), make_desk("other", "152523202203")
    number = desk.register(full_draft(desk)).intake_no
    carry(desk, stick)
    sealed = seal(bad(other, served), served.centre.keys.public().seal)
    for name in ("AAA.DBS", "ZZZ.DBS"):
        (stick / "DAIBAN" / "UP" / name).write_bytes(sealed)
    lines = centre_courier.exchange(served.centre, stick)
    assert [line.good for line in lines if line.node == desk.identity.node] == [True, True], lines
    carry(desk, stick)
    assert desk.case(number).row.case_no
    served.centre.verify()


def test_a_bad_picture_on_a_stick_keeps_nothing_back(desk: Desk, served: Served, stick: Path) -> None:
    desk.register(full_draft(desk))
    carry(desk, stick)
    pics = stick / "DAIBAN" / "PICS"
    pics.mkdir(exist_ok=True)
    packed = enveloped(parts.PARTS, b'{"kind":"part","node":"\xff"}', b"")
    (pics / "AAA.DBS").write_bytes(seal(packed, served.centre.keys.public().seal))
    lines = centre_courier.exchange(served.centre, stick)
    assert [line.good for line in lines if line.node == desk.identity.node] == [True, True]
    assert [line.words.partition("：")[0] for line in lines if not line.good] == ["AAA.DBS"]


def test_a_bad_answer_on_a_stick_keeps_the_desk_from_nothing(desk: Desk, served: Served, stick: Path) -> None:
    number = desk.register(full_draft(desk)).intake_no
    carry(desk, stick)
    centre_courier.exchange(served.centre, stick)
    mine = desk.identity.keys.public().seal
    centre = served.centre
    bad = {
        "AAA": enveloped(batch.BATCHES, NOT_UTF8, b""),
        "BBB": enveloped(LETTERS, b'{"kind":"\xff","node":"x"}', b""),
        "CCC": LETTERS.pack(letters.Head(letters.FILES, centre.node, "ab"), b'{"have":{},"time":"\xff"}', centre.keys),
        "DDD": LETTERS.pack(letters.Head(letters.TOLD, centre.node, "", "gap"), b'{"code":"\xff"}', centre.keys),
        "EEE": enveloped(batch.BATCHES, DEEP, b""),
    }
    for name, packed in bad.items():
        (stick / "DAIBAN" / "DOWN" / f"{name}.DBS").write_bytes(seal(packed, mine))
    back = carry(desk, stick)
    assert [one.partition(".")[0] for one in back.refused] == sorted(bad)
    assert desk.case(number).row.case_no


@pytest.mark.skipif(os.name != "posix", reason="names are bytes on POSIX alone")
def test_a_file_whose_name_is_no_text_is_told_of(desk: Desk, served: Served, stick: Path) -> None:
    desk.register(full_draft(desk))
    carry(desk, stick)
    for way in ("UP", "DOWN"):
        (stick / "DAIBAN" / way).mkdir(exist_ok=True)
        Path(os.fsdecode(os.fsencode(stick / "DAIBAN" / way) + b"/\xb4\xfa.DBS")).write_bytes(b"x")
    for line in centre_courier.exchange(served.centre, stick):
        line.words.encode()
    assert [one.encode() for one in carry(desk, stick).refused] == []


def test_keys_that_are_none_in_the_log_of_a_centre_below_are_passed_over(served: Served) -> None:
    text = wire.to_text(KEYS.public().sign)
    for sign, sealing in (("x", text), (text, "ÿ"), ("", "")):
        told = centre_events.NodeEnrolled("152524202202-01", "152524202202", "点", sign, sealing, "", "")
        kept = entry(node="152524000000-00", kind="node.enrolled", subject="152524202202-01", data=told)
        with served.centre.database.write() as db:
            enrolment.learn(db, "152524000000-00", [kept.entry])
            assert rows.one_node(db, "152524202202-01") is None


def test_a_fault_of_ours_with_one_file_keeps_nobody_from_the_others(
    make_desk: Callable[..., Desk], served: Served, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, other = make_desk(), make_desk("other", "152523202203")
    for one in (desk, other):
        one.register(full_draft(one))
        carry(one, stick)
    whole = taking.take

    def faulty(centre: object, signed: bytes, found: batch.Batch, via: str) -> object:
        if found.header.node == desk.identity.node:
            raise ZeroDivisionError
        return whole(centre, signed, found, via)  # type: ignore[arg-type]

    monkeypatch.setattr(taking, "take", faulty)
    lines = centre_courier.exchange(served.centre, stick)
    assert [line.words for line in lines if not line.good and "程序出错" in line.words]
    assert any(line.good for line in lines if line.node == other.identity.node)
