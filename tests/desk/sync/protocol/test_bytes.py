"""Envelope, seal, letters and proofs byte by byte: what PROTOCOL.md says another program must be able to read."""

from __future__ import annotations

import base64
import hashlib
import struct

import msgspec
import pytest
import zstandard

from desk.errors import DeskError
from desk.log import chain, events
from desk.log.keys import NodeKeys, PublicKeys
from desk.sync.protocol import batch, letters, parts, wire
from desk.sync.protocol.envelope import MAX_HEADER, BatchError, Envelope, NewerError, StrangerError
from desk.sync.protocol.seal import SealError, is_for, seal, unseal, unseal_any

NODE, CENTRE_NODE = "152523202202-01", "152523000000-00"
KEYS, OLD, CENTRE = (NodeKeys(bytes([at]) * 32, bytes([at + 9]) * 32) for at in (1, 2, 3))


class Head(msgspec.Struct, frozen=True):
    node: str
    text: str = ""
    v: int = 1


SMALL = Envelope(b"TST1", b"test 1\0", Head, 100_000, "试件")


def known(name: str) -> tuple[bytes, ...]:
    """A node that changed its keys once."""
    return (OLD.public().sign, KEYS.public().sign) if name == NODE else ()


def raw(head: bytes, body: bytes = b"body", marks: bytes = b"TST1", keys: NodeKeys = KEYS) -> bytes:
    whole = marks + struct.pack(">I", len(head)) + head + struct.pack(">I", len(body)) + body
    return whole + keys.signature(b"test 1\0" + whole)


class TestEnvelope:
    def test_its_layout(self) -> None:
        made = SMALL.pack(Head(NODE, "x"), b"body", KEYS)
        assert made == raw(f'{{"node":"{NODE}","text":"x","v":1}}'.encode())
        assert SMALL.unpack(made, known) == (Head(NODE, "x"), b"body")
        assert SMALL.peek(made) == (Head(NODE, "x"), b"body")
        assert SMALL.unpack(SMALL.pack(Head(NODE), b"", OLD), known) == (Head(NODE), b"")

    def test_every_key_of_a_node_is_tried_and_no_other(self) -> None:
        made = SMALL.pack(Head(NODE), b"", CENTRE)
        with pytest.raises(StrangerError, match="试件签名不符"):
            SMALL.unpack(made, known)
        with pytest.raises(StrangerError, match="试件来自未登记的终端"):
            SMALL.unpack(SMALL.pack(Head("152523202202-09"), b"", KEYS), known)
        other = Envelope(b"TST1", b"test 2\0", Head, 1000, "试件")  # signed as another kind of thing
        with pytest.raises(StrangerError):
            other.unpack(SMALL.pack(Head(NODE), b"", KEYS), known)

    @pytest.mark.parametrize(
        ("data", "word"),
        [
            (b"", "这不是试件"),
            (b"TST2" + raw(b'{"node":"152523202202-07"}')[4:], "这不是试件"),
            (b"TST1", "头无法识读"),
            (b"TST1\0\0", "头无法识读"),
            (raw(b"{"), "头无法识读"),
            (raw(b"{}"), "头无法识读"),
            (raw(b"[" * 9000), "头无法识读"),
            (raw(b'{"node":"152523202202-07"}') + b"\0", "长度或版本不符"),
            (raw(b'{"node":"152523202202-07"}')[:-1], "长度或版本不符"),
            (raw(b'{"node":"152523202202-07","v":0}'), "长度或版本不符"),
            (raw(b'{"node":"152523202202-07"}' + b" " * MAX_HEADER), "头过长"),
            (raw(b'{"node":"../../x"}'), "不是终端编号"),
        ],
        ids=range(12),
    )
    def test_what_is_none(self, data: bytes, word: str) -> None:
        with pytest.raises(BatchError, match=word):
            SMALL.peek(data)

    def test_the_largest_and_the_longest_head_are_taken(self) -> None:
        head = b'{"node":"152523202202-07"}'
        long_head = head + b" " * (MAX_HEADER - len(head))
        assert SMALL.peek(raw(long_head))[0] == Head("152523202202-07")
        bare = len(raw(head, b""))
        assert len(SMALL.peek(raw(head, b"b" * (100_000 - bare)))[1]) == 100_000 - bare
        with pytest.raises(BatchError, match="大小上限"):
            SMALL.peek(raw(head, b"b" * (100_001 - bare)))

    def test_a_newer_version_is_told_from_a_strangers(self) -> None:
        with pytest.raises(NewerError, match="试件是更新版本"):
            SMALL.unpack(SMALL.pack(Head(NODE, v=2), b"", KEYS), known)
        with pytest.raises(StrangerError):
            SMALL.unpack(SMALL.pack(Head(NODE, v=2), b"", CENTRE), known)
        assert issubclass(StrangerError, BatchError)
        assert issubclass(NewerError, BatchError)
        assert issubclass(BatchError, DeskError)


class TestSeal:
    def test_its_layout(self) -> None:
        made = seal(b"plain", KEYS.public().seal)
        assert made[:4] == b"DBS1"
        assert made[4:12] == hashlib.sha256(KEYS.public().seal).digest()[:8]
        assert len(made) == len(b"plain") + 60
        assert unseal(made, KEYS) == b"plain"
        assert unseal(seal(b"", KEYS.public().seal), KEYS) == b""
        assert made != seal(b"plain", KEYS.public().seal)  # a key is used once

    def test_for_whom_it_is(self) -> None:
        made = seal(b"plain", KEYS.public().seal)
        assert is_for(made, [OLD, KEYS])
        assert not is_for(made, [OLD])
        assert not is_for(made, [])

    def test_any_of_our_keys_opens_it(self) -> None:
        made = seal(b"plain", KEYS.public().seal)
        for keys in ([KEYS], [OLD, KEYS], [KEYS, OLD]):
            assert unseal_any(made, keys) == b"plain"
        with pytest.raises(SealError, match="封给别的单位"):
            unseal_any(made, [OLD, CENTRE])

    @pytest.mark.parametrize("bad", [b"", b"DBS1", b"DBS1" + b"\0" * 39, b"DBS2" + b"\0" * 80], ids=range(4))
    def test_what_is_none(self, bad: bytes) -> None:
        with pytest.raises(SealError, match="不是代办台"):
            unseal(bad, KEYS)

    def test_changed_on_the_way(self) -> None:
        made = seal(b"plain", KEYS.public().seal)
        for bad in (made[:-1], made + b"\0", made[:44], made[:12] + b"\0" * 32 + made[44:]):
            with pytest.raises(SealError, match="改动或损坏"):
                unseal(bad, KEYS)
        head = made[:44]
        with pytest.raises(SealError, match="改动或损坏"):
            unseal(head, KEYS)


class TestLetters:
    def test_a_question_has_a_name_by_which_its_answer_is_known(self) -> None:
        re, sealed = letters.sealed(letters.LOG, NODE, b"{}", KEYS, CENTRE.public())
        assert re == hashlib.sha256(b"log\0" + NODE.encode() + b"\0{}").hexdigest()[:16]
        head, body = letters.LETTERS.unpack(unseal(sealed, CENTRE), known)
        assert (head, body) == (letters.Head("log", NODE, re), b"{}")

    def answer(self, keys: NodeKeys = CENTRE, node: str = CENTRE_NODE, **facts: str) -> bytes:
        head = letters.Head(**({"kind": "log", "node": node, "re": "r"} | facts))
        body = msgspec.json.encode(wire.problem("gap", 3)) if "problem" in facts else b"{}"
        return seal(letters.LETTERS.pack(head, body, keys), OLD.public().seal)

    def test_an_answer_is_the_centres_alone(self) -> None:
        head, body = letters.answered(self.answer(), [KEYS, OLD], CENTRE_NODE, CENTRE.public())
        assert (head.kind, head.re, body) == ("log", "r", b"{}")
        for bad in (self.answer(KEYS), self.answer(node=NODE), self.answer(KEYS, NODE)):
            with pytest.raises(StrangerError):
                letters.answered(bad, [KEYS, OLD], CENTRE_NODE, CENTRE.public())
        with pytest.raises(SealError):
            letters.answered(self.answer(), [KEYS], CENTRE_NODE, CENTRE.public())

    def test_a_no_is_raised_with_what_it_says(self) -> None:
        with pytest.raises(letters.ProblemError) as caught:
            letters.answered(self.answer(problem="gap"), [OLD], CENTRE_NODE, CENTRE.public())
        assert (caught.value.kind, caught.value.problem) == ("log", wire.problem("gap", 3))
        assert (caught.value.happened, caught.value.kept) == (wire.PROBLEMS["gap"][1], "本机的记录都在，没有丢失。")

    def test_new_keys_are_proved_by_their_holder(self) -> None:
        made = letters.new_keys(NODE, KEYS, "pc")
        assert made.machine == "pc"
        assert letters.new_keys(NODE, KEYS).machine == ""
        assert letters.proved(NODE, made) == (KEYS.public().sign, KEYS.public().seal)
        other = OLD.public()
        for wrong in (
            msgspec.structs.replace(made, sign_key=wire.to_text(other.sign)),
            msgspec.structs.replace(made, seal_key=wire.to_text(other.seal)),
            msgspec.structs.replace(made, proof=letters.new_keys(NODE, OLD).proof),
        ):
            with pytest.raises(BatchError, match="没有持有人的签名"):
                letters.proved(NODE, wrong)
        with pytest.raises(BatchError, match="没有持有人的签名"):
            letters.proved("152523202202-02", made)
        for field in ("sign_key", "seal_key", "proof"):
            with pytest.raises(BatchError, match="无法识读"):
                letters.proved(NODE, msgspec.structs.replace(made, **{field: "?"}))

    def test_a_body_that_is_another(self) -> None:
        assert letters.read(b'{"time":"t"}', letters.Done) == letters.Done("t")
        for bad in (b"", b"{}", b"[" * 9000):
            with pytest.raises(BatchError, match="信件内容"):
                letters.read(bad, letters.Done)


class TestWire:
    def test_an_answer_is_proved_for_one_question(self) -> None:
        proof = wire.prove_answer(CENTRE, "nonce", "/v1/feed", 200, b"body")
        right = {"proof": proof, "nonce": "nonce", "path": "/v1/feed", "status": 200, "body": b"body"}
        assert wire.answer_proved(CENTRE.public().sign, **right)
        for wrong in (
            {"nonce": "other"}, {"path": "/v1/files"}, {"status": 403}, {"body": b"bodz"}, {"proof": ""},
            {"proof": "阿"}, {"proof": proof[:-1]},
        ):  # fmt: skip
            assert not wire.answer_proved(CENTRE.public().sign, **(right | wrong))
        assert not wire.answer_proved(KEYS.public().sign, **right)

    def test_what_is_signed_is_known_to_other_programs(self) -> None:
        said = b"daiban answer 1\0nonce\n/v1/feed\n200\n" + hashlib.sha256(b"body").digest()
        proof = wire.prove_answer(CENTRE, "nonce", "/v1/feed", 200, b"body")
        assert base64.b64decode(proof) == CENTRE.signature(said)
        ask = wire.prove_ask(KEYS, "nonce", "/v1/feed?after=3")
        assert base64.b64decode(ask) == KEYS.signature(b"daiban ask 1\0nonce\n/v1/feed?after=3")

    def test_a_question_is_proved_too(self) -> None:
        proof = wire.prove_ask(KEYS, "nonce", "/v1/feed?after=3")
        assert wire.ask_proved(KEYS.public().sign, proof, "nonce", "/v1/feed?after=3")
        assert not wire.ask_proved(KEYS.public().sign, proof, "nonce", "/v1/feed?after=4")
        assert not wire.ask_proved(KEYS.public().sign, proof, "other", "/v1/feed?after=3")
        assert not wire.ask_proved(OLD.public().sign, proof, "nonce", "/v1/feed?after=3")

    @pytest.mark.parametrize("code", wire.PROBLEMS)
    def test_a_problem_says_its_sentence_or_more(self, code: str) -> None:
        assert wire.problem(code) == wire.ProblemAnswer(code, wire.PROBLEMS[code][1], -1, "")
        assert wire.problem(code, 7, "t", "因为") == wire.ProblemAnswer(code, "因为", 7, "t")

    def test_keys_and_signatures_as_text(self) -> None:
        key, signature = b"\xff" * 32, b"\xfe" * 64
        assert wire.from_text(wire.to_text(key)) == key
        assert wire.signature_bytes(wire.signature_text(signature)) == signature
        assert wire.to_text(key) == base64.b64encode(key).decode()
        for bad in ("", "?", wire.to_text(b"\1" * 31), wire.to_text(b"\1" * 33), wire.to_text(key) + "\n"):
            with pytest.raises(ValueError, match=r"."):
                wire.from_text(bad)
        for bad in ("", "?", wire.signature_text(b"\1" * 63), wire.signature_text(signature) + " "):
            with pytest.raises(ValueError, match=r"."):
                wire.signature_bytes(bad)


def kept(count: int) -> list[chain.Kept]:
    made: list[chain.Kept] = []
    prev = b"\5" * 32
    for seq in range(4, 4 + count):
        one = chain.make(
            node=NODE,
            seq=seq,
            prev=prev,
            time="t",
            author="a",
            kind="k",
            subject="s",
            rank=1,
            data=events.Act(str(seq)),
        )
        made.append(one)
        prev = one.hash
    return made


class TestBatch:
    def test_a_run_of_a_log_says_where_it_stands(self) -> None:
        beat = batch.Heartbeat(9, "o", 5, "1", "c")
        found = batch.unpack(batch.pack_log(kept(3), KEYS, beat, "7.aa"), known)
        assert found.header == batch.Header("log", NODE, 4, 6, 3, "05" * 32, heartbeat=beat, seen="7.aa")
        assert found.entries == tuple(one.encoded for one in kept(3))

    def test_its_body_is_one_frame_of_counted_entries(self) -> None:
        _, body = batch.BATCHES.unpack(batch.pack_log(kept(2), KEYS, batch.Heartbeat()), known)
        plain = zstandard.ZstdDecompressor().decompress(body)
        assert plain == b"".join(struct.pack(">I", len(one.encoded)) + one.encoded for one in kept(2))
        assert batch.entries_of(body) == tuple(one.encoded for one in kept(2))

    def test_no_more_and_no_fewer_than_it_says(self) -> None:
        for count in (0, 2, 4):
            header = batch.Header("log", NODE, 1, count, count)
            with pytest.raises(BatchError, match="条数不符"):
                batch.unpack(batch.pack(header, [b"a", b"b", b"c"], KEYS), known)
        most = batch.Header("log", NODE, 1, batch.MAX_ENTRIES, batch.MAX_ENTRIES)
        assert len(batch.unpack(batch.pack(most, [b""] * batch.MAX_ENTRIES, KEYS), known).entries) == batch.MAX_ENTRIES
        more = batch.Header("log", NODE, 1, 1, batch.MAX_ENTRIES + 1)
        with pytest.raises(BatchError, match="超过上限"):
            batch.unpack(batch.pack(more, [b""] * (batch.MAX_ENTRIES + 1), KEYS), known)

    def test_the_largest_body_is_read(self) -> None:
        room = batch.MAX_UNPACKED - 4
        whole = zstandard.ZstdCompressor().compress(struct.pack(">I", room) + b"\0" * room)
        assert [len(one) for one in batch.entries_of(whole)] == [room]
        wide = zstandard.ZstdCompressor().compress(struct.pack(">I", room + 1) + b"\0" * (room + 1))
        with pytest.raises(BatchError, match="解压后超过上限"):
            batch.entries_of(wide)

    def test_as_many_as_certainly_fit(self) -> None:
        sure = batch.MAX_PACKED - (64 << 10)
        exact = [bytes(sure // 2 - 4), bytes(sure // 2 - 4)]
        assert len(batch.fitting(exact)) == 2
        assert len(batch.fitting([*exact, b""])) == 2
        assert len(batch.fitting([exact[0], bytes(sure // 2 - 3)])) == 1
        assert batch.fitting([]) == []


def test_parts_have_marks_of_their_own() -> None:
    head = parts.Head("part", NODE, "a" * 64, 5)
    made = parts.PARTS.pack(head, b"x" * parts.MAX_PART, KEYS)
    assert made[:4] == b"DBF1"
    assert parts.PARTS.unpack(made, known) == (head, b"x" * parts.MAX_PART)
    assert isinstance(KEYS.public(), PublicKeys)
