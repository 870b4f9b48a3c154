"""Enrolment codes: made, kept as the public half of what a slow hash makes of them, and used once."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets

import sqlalchemy as sa

from db.centre import lineage
from db.centre.trust import code_rows
from desk import clock
from desk.centre.node.centre_node import Centre
from desk.errors import RefusedError
from desk.sync import enrol
from desk.sync.protocol import code_proof, wire
from desk.sync.protocol.envelope import BatchError

CODE_DAYS = 30
_SHORT = (6, 9)  # digits of a banner and of a township
_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_KEPT = "2:"  # what is kept of a code since version 2; of before it is a plain hash


def make(centre: Centre, point_code: str, point_name: str) -> str:
    """A one-time code for a desk at a point, a township's or the banner's own windows (6 and 9 digits are filled up),
    or for the centre of a division below: eight characters, a dash, twelve of our fingerprint. Valid for 30 days."""
    point_code = point_code.ljust(12, "0") if len(point_code) in _SHORT else point_code
    if len(point_code) != 12 or not (point_code.isascii() and point_code.isdigit()):
        raise RefusedError(
            "代办点代码应为 12 位数字（苏木乡镇 9 位、旗县 6 位也行）。", "没有发码。", "请查民政部门的区划代码。"
        )
    once = "".join(secrets.choice(_ALPHABET) for _ in range(8))
    expires = clock.stamp(centre.tell() + dt.timedelta(days=CODE_DAYS))
    row = {"hash": _slow(centre, once), "point_code": point_code, "point_name": point_name, "expires": expires}
    with centre.database.write() as db:
        lineage.add_code(db, row)
    return f"{once}-{centre.keys.public().fingerprint()[: enrol.PRINT_LENGTH]}"


def shown(centre: Centre, request: wire.EnrolRequest, sign: bytes, seal: bytes) -> tuple[str, ...]:
    """Under which names the code that `request` shows to know may be kept: proved, or, by programs of before, said.
    Raises BatchError."""
    if not request.code_key:
        once = request.code.strip().upper()
        return _slow(centre, once), hashlib.sha256(b"daiban code 1\0" + once.encode()).hexdigest()
    try:
        key, signature = wire.from_text(request.code_key), wire.signature_bytes(request.code_proof)
    except ValueError as error:
        raise BatchError("入网申请无法识读，不予接收。") from error
    if not code_proof.is_proved(key, signature, centre.node, sign, seal, request.node, request.point):
        raise BatchError("入网申请没有入网码的证明，不予接收。")
    return (_named(key),)


def has_old(db: sa.Connection, now: str) -> bool:
    """Whether codes are still good that were given before version 2, of which nothing can be proved."""
    return code_rows.is_open_unlike(db, _KEPT, now)


def _slow(centre: Centre, once: str) -> str:
    key = code_proof.key_of(once, centre.keys.public().fingerprint(), code_proof.COST)
    return _named(code_proof.public(key))


def _named(public: bytes) -> str:
    return _KEPT + hashlib.sha256(public).hexdigest()
