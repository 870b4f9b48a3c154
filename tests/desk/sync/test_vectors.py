"""The protocol as PROTOCOL.md tells it, read with the standard library, zstd and cryptography: nothing of ours reads.

Then our own reader and writer are held against the same vectors: a change of bytes is a change of the protocol.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import struct
from pathlib import Path
from typing import Any

import argon2.low_level
import make_vectors
import zstandard
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

import desk.sync
from desk.centre.exchange.trust import codes
from desk.log import receipt_code
from desk.sync.protocol import batch, envelope, heads, letters, wire
from desk.sync.protocol.proofs import past
from desk.sync.protocol.seal import unseal

V: dict[str, Any] = json.loads((Path(__file__).parent / "vectors.json").read_text("utf-8"))
BOUND = ("bound_batch", "bound_answer", "bound_ask", "head", "held", "code")
PAGE = (Path(desk.sync.__file__).parent / "PROTOCOL.md").read_text("utf-8")


def public(secret: str) -> Ed25519PublicKey:
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(secret)).public_key()


DESK, CENTRE = public(V["desk"]["sign_secret"]), public(V["centre"]["sign_secret"])


def test_the_fingerprint() -> None:
    sealing = X25519PrivateKey.from_private_bytes(bytes.fromhex(V["centre"]["seal_secret"])).public_key()
    both = b"daiban keys 1\0" + CENTRE.public_bytes_raw() + sealing.public_bytes_raw()
    assert base64.b32encode(hashlib.sha256(both).digest()[:10]).decode() == V["centre"]["fingerprint"]


def test_the_chain_of_entries() -> None:
    before = b"\0" * 32
    for seq, one in enumerate(V["entries"], 1):
        data = bytes.fromhex(one["bytes"])
        entry = json.loads(data)
        assert entry["seq"] == seq
        assert entry["prev"] == before.hex()
        assert list(entry) == sorted(entry)
        assert json.dumps(entry, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode() == data
        before = hashlib.sha256(b"daiban entry 1\0" + before + data).digest()
        assert before.hex() == one["hash"]


def opened(data: bytes) -> tuple[dict[str, Any], list[bytes]]:
    assert data[:4] == b"DBB1"
    (length,) = struct.unpack_from(">I", data, 4)
    header, at = json.loads(data[8 : 8 + length]), 8 + length
    (length,) = struct.unpack_from(">I", data, at)
    packed, signature = data[at + 4 : at + 4 + length], data[at + 4 + length :]
    assert len(signature) == 64
    DESK.verify(signature, b"daiban batch 1\0" + data[:-64])
    body, entries = zstandard.ZstdDecompressor().decompressobj().decompress(packed), []
    while body:
        (length,) = struct.unpack_from(">I", body)
        entries.append(body[4 : 4 + length])
        body = body[4 + length :]
    return header, entries


def test_the_batch() -> None:
    header, entries = opened(bytes.fromhex(V["batch"]))
    assert (header["kind"], header["first"], header["last"], header["count"], header["v"]) == ("log", 1, 2, 2, 1)
    assert [one.hex() for one in entries] == [one["bytes"] for one in V["entries"]]


def test_the_seal() -> None:
    sealed = bytes.fromhex(V["sealed"])
    mine = X25519PrivateKey.from_private_bytes(bytes.fromhex(V["centre"]["seal_secret"]))
    me, once = mine.public_key().public_bytes_raw(), sealed[12:44]
    assert sealed[:4] == b"DBS1"
    assert sealed[4:12] == hashlib.sha256(me).digest()[:8]
    shared = mine.exchange(X25519PublicKey.from_public_bytes(once))
    key = HKDF(hashes.SHA256(), 32, salt=once + me, info=b"daiban seal 1").derive(shared)
    assert ChaCha20Poly1305(key).decrypt(b"\0" * 12, sealed[44:], sealed[:44]).hex() == V["batch"]


def test_the_proofs_and_the_receipt() -> None:
    one = V["answer"]
    said = f"{one['nonce']}\n{one['path']}\n{one['status']}\n".encode() + hashlib.sha256(one["body"].encode()).digest()
    CENTRE.verify(base64.b64decode(one["proof"]), b"daiban answer 1\0" + said)
    ask = V["ask"]
    DESK.verify(base64.b64decode(ask["proof"]), b"daiban ask 1\0" + f"{ask['nonce']}\n{ask['path']}".encode())
    head, number, signature = V["receipt"].split(".")
    assert head == "DBR1"
    DESK.verify(base64.urlsafe_b64decode(signature + "=="), b"daiban receipt 1\0" + number.encode())


def asked_words(one: dict[str, Any]) -> bytes:
    parts = (one["nonce"], one["method"], one["path"], one["node"], one["centre"], one["epoch"], one["digest"])
    return "\n".join(parts).encode()


def test_the_proofs_of_version_2() -> None:
    one = V["bound_answer"]
    assert hashlib.sha256(bytes.fromhex(one["asked"])).hexdigest() == one["digest"]
    said = asked_words(one) + f"\n{one['status']}\n".encode() + hashlib.sha256(one["body"].encode()).digest()
    CENTRE.verify(base64.b64decode(one["proof"]), b"daiban answer 2\0" + said)
    ask = V["bound_ask"]
    assert hashlib.sha256(b"").hexdigest() == ask["digest"]
    DESK.verify(base64.b64decode(ask["proof"]), b"daiban ask 2\0" + asked_words(ask))


def test_what_is_signed_names_its_reader() -> None:
    header, _ = opened(bytes.fromhex(V["bound_batch"]))
    assert (header["to"], header["epoch"], header["v"]) == (V["bound_answer"]["centre"], 3, 1)
    letter = bytes.fromhex(V["letter"])
    (length,) = struct.unpack_from(">I", letter, 4)
    DESK.verify(letter[-64:], b"daiban letter 1\0" + letter[:-64])
    head = json.loads(letter[8 : 8 + length])
    assert letter[:4] == b"DBL1"
    assert (head["kind"], head["to"], head["epoch"]) == ("log", V["bound_answer"]["centre"], 3)


def test_a_signed_head() -> None:
    one = V["head"]
    said = "\n".join((one["by"], one["of"], str(one["seq"]), one["hash"], str(one["epoch"]), one["time"]))
    DESK.verify(base64.b64decode(one["sign"]), b"daiban head 2\0" + said.encode())
    assert one["hash"] == V["entries"][one["seq"] - 1]["hash"]


def test_the_proof_that_a_log_is_held() -> None:
    asker = bytes.fromhex(V["held"]["asker"])
    for text in V["held"]["proof"]:
        seq, digest = text.split(".")
        encoded = bytes.fromhex(V["entries"][int(seq) - 1]["bytes"])
        assert hashlib.sha256(b"daiban held 2\0" + asker + encoded).hexdigest() == digest
    assert [text.split(".")[0] for text in V["held"]["proof"]] == ["2", "1"]


def test_the_proof_that_a_code_is_known() -> None:
    one = V["code"]
    salt = hashlib.sha256(b"daiban code key 2\0" + V["centre"]["fingerprint"].encode()).digest()[:16]
    secret = argon2.low_level.hash_secret_raw(
        one["once"].encode(), salt, one["passes"], one["memory"], one["lanes"], 32, argon2.Type.ID
    )
    key = public(secret.hex())
    assert key.public_bytes_raw().hex() == one["public"]
    keys = bytes.fromhex(one["sign_key"]) + bytes.fromhex(one["seal_key"])
    said = f"{one['centre']}\n{one['node']}\n{one['point']}\n".encode() + keys
    key.verify(bytes.fromhex(one["proof"]), b"daiban code 2\0" + said)


def test_our_own_hand_reads_and_writes_the_same_bytes() -> None:
    now = make_vectors.vectors()
    for name in ("desk", "centre", "entries", "batch", "answer", "ask", "receipt", "letter", *BOUND):
        assert json.loads(json.dumps(now[name])) == V[name], name  # the seal is new each time
    plain = unseal(bytes.fromhex(V["sealed"]), make_vectors.CENTRE)
    read = batch.unpack(plain, lambda _name: (make_vectors.DESK.public().sign,))
    assert [one.hex() for one in read.entries] == [one["bytes"] for one in V["entries"]]
    assert receipt_code.genuine(V["receipt"], make_vectors.DESK.public().sign) == make_vectors.NUMBER


def test_the_page_tells_every_error_every_path_and_every_limit() -> None:
    for code, (status, _words) in wire.PROBLEMS.items():
        assert re.search(rf"\| `{code}` \| {status} \|", PAGE), code
    for path in (wire.HELLO, wire.ENROL, wire.BATCHES, wire.FEED, wire.LETTERS, wire.FILES, wire.FILE_STATE):
        assert path in PAGE
    for shape in (batch.Header, letters.Head, wire.EnrolRequest, wire.HelloAnswer, heads.Head, past.Told):
        for name in shape.__struct_fields__:
            assert re.search(rf"\b{name}\b", PAGE), (shape, name)
    for kind in (letters.ENROL, letters.AGAIN, letters.KEYS, letters.LOG, letters.LOST, letters.FORWARD, letters.ADMIT):
        assert f"| `{kind}` |" in PAGE, kind
    assert f"{batch.MAX_PACKED >> 20} MiB packed, {batch.MAX_UNPACKED >> 20} MiB unpacked" in PAGE
    assert f"{batch.MAX_ENTRIES:,} entries, {envelope.MAX_HEADER >> 10} KiB" in PAGE
    assert f"for {codes.CODE_DAYS} days" in PAGE
