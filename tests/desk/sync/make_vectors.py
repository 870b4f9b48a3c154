"""Writes vectors.json anew: `python tests/desk/sync/make_vectors.py`, after a wanted change of the protocol only."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec

from desk.log import chain, receipt_code
from desk.log.keys import NodeKeys
from desk.sync.protocol import code_proof, heads, letters, wire
from desk.sync.protocol.batch import Header, Heartbeat, pack
from desk.sync.protocol.proofs import held
from desk.sync.protocol.seal import seal

DESK = NodeKeys(bytes(range(32)), bytes(range(32, 64)))
CENTRE = NodeKeys(bytes(range(64, 96)), bytes(range(96, 128)))
CENTRE_NODE = "152523000000-00"
NODE, NUMBER, NONCE = "152523202202-01", "152523202202012611240012", "00112233445566778899aabbccddeeff"


def bound_answer(asked: bytes, body: bytes) -> dict[str, object]:
    """An answer of version 2 and the question that it belongs to."""
    question = wire.Question(NONCE, "POST", wire.BATCHES, NODE, CENTRE_NODE, "3", wire.digest(asked))
    proof = wire.prove_bound_answer(CENTRE, question, 200, body)
    return msgspec.to_builtins(question) | {"asked": asked.hex(), "status": 200, "body": body.decode(), "proof": proof}


def bound_ask() -> dict[str, object]:
    question = wire.Question(NONCE, "GET", "/v1/feed?after=0", NODE, CENTRE_NODE, "3", wire.digest(b""))
    return msgspec.to_builtins(question) | {"proof": wire.prove_bound_ask(DESK, question)}


def head(last: chain.Kept) -> dict[str, object]:
    made = heads.Head(NODE, last.entry.seq, last.hash.hex(), NODE, 3, "2026-11-24T09:30:00+08:00")
    return msgspec.to_builtins(made.signed(DESK))


def shown(entries: list[chain.Kept]) -> tuple[str, ...]:
    return held.proof(len(entries), lambda seq: entries[seq - 1].encoded, DESK.public().sign)


def code() -> dict[str, object]:
    """A code, what a slow hash makes of it, and how somebody shows to know it."""
    cost, once, print_ = code_proof.Cost(1, 8192, 1), "ABCDEFGH", CENTRE.public().fingerprint()
    key, who, point = code_proof.key_of(once, print_, cost), DESK.public(), NODE[:12]
    proof = code_proof.proof(key, CENTRE_NODE, who.sign, who.seal, NODE, point)
    return {
        "once": once, "passes": cost.passes, "memory": cost.memory, "lanes": cost.lanes,
        "public": code_proof.public(key).hex(), "centre": CENTRE_NODE, "node": NODE, "point": point,
        "sign_key": who.sign.hex(), "seal_key": who.seal.hex(), "proof": proof.hex(),
    }  # fmt: skip


def vectors() -> dict[str, object]:
    entries, prev = [], chain.GENESIS
    for seq, data in enumerate(({"person": {"name": "阿拉坦其其格"}}, {"reasons": "𡉃 ᠮᠣᠩᠭᠣᠯ"}), 1):
        made = chain.make(
            node=NODE, seq=seq, prev=prev, time="2026-11-24T09:30:00+08:00", author="suhe", kind="person.recorded",
            subject="0" * 32, rank=seq, data=data,
        )  # fmt: skip
        entries.append(made)
        prev = made.hash
    header = Header("log", NODE, 1, 2, 2, chain.GENESIS.hex(), heartbeat=Heartbeat(2, "2026-11-24T09:30:00+08:00"))
    batch = pack(header, [one.encoded for one in entries], DESK)
    bound = msgspec.structs.replace(header, to=CENTRE_NODE, epoch=3)
    letter = letters.Head(letters.LOG, NODE, "0123456789abcdef", to=CENTRE_NODE, epoch=3)
    body = b'{"node":"152523202202-01","have":2,"time":"2026-11-24T09:30:01+08:00"}'
    return {
        "desk": {"sign_secret": DESK.sign.hex(), "seal_secret": DESK.seal.hex()},
        "centre": {
            "sign_secret": CENTRE.sign.hex(),
            "seal_secret": CENTRE.seal.hex(),
            "fingerprint": CENTRE.public().fingerprint(),
        },
        "entries": [{"bytes": one.encoded.hex(), "hash": one.hash.hex()} for one in entries],
        "batch": batch.hex(),
        "sealed": seal(batch, CENTRE.public().seal).hex(),
        "answer": {
            "nonce": NONCE, "path": wire.BATCHES, "status": 200, "body": body.decode(),
            "proof": wire.prove_answer(CENTRE, NONCE, wire.BATCHES, 200, body),
        },
        "ask": {"nonce": NONCE, "path": "/v1/feed?after=0", "proof": wire.prove_ask(DESK, NONCE, "/v1/feed?after=0")},
        "bound_batch": pack(bound, [one.encoded for one in entries], DESK).hex(),
        "letter": letters.LETTERS.pack(letter, b'{"node":"152523202202-01","after":0,"signed":true}', DESK).hex(),
        "bound_answer": bound_answer(batch, body),
        "bound_ask": bound_ask(),
        "head": head(entries[-1]),
        "held": {"asker": DESK.public().sign.hex(), "proof": shown(entries)},
        "code": code(),
        "receipt": receipt_code.make(DESK, NUMBER),
    }  # fmt: skip


if __name__ == "__main__":
    place = Path(__file__).parent / "vectors.json"
    place.write_text(json.dumps(vectors(), ensure_ascii=False, indent=1) + "\n", "utf-8")
