"""Who may see the pages: login, sessions, lock-out, and the token that each form carries."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import secrets

import argon2
import msgspec

from db.centre import rows
from desk import clock
from desk.centre.seat import Centre
from desk.errors import RefusedError

COOKIE = "daiban_session"
_HOURS = 10
_TRIES = 5
_LOCKED_MINUTES = 10
_hasher = argon2.PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=1)
_NOBODY = _hasher.hash(secrets.token_hex(16))  # an unknown account takes as long to refuse as a known one
_WRONG = "账号或密码不对，或账号已暂时锁定。"


class Visitor(msgspec.Struct, frozen=True):
    """A clerk who is logged in, and the token that this session's forms carry."""

    account: str
    name: str
    org: str
    csrf: str


def add_clerk(centre: Centre, account: str, name: str, password: str, org: str) -> None:
    """Add a clerk. Raises RefusedError when the account is taken or the password too short."""
    if len(password) < 8:
        raise RefusedError("密码至少 8 位。")
    with centre.database.write() as db:
        if rows.one_clerk(db, account) is not None:
            raise RefusedError(f"账号 {account} 已经有了。", "没有改动。")
        rows.add_clerk(db, {"account": account, "name": name, "org": org, "password": _hasher.hash(password)})


def log_in(centre: Centre, account: str, password: str) -> str:
    """A session token for the right password. Raises RefusedError, in the same words for every reason."""
    now = centre.now()
    with centre.database.read() as db:
        clerk = rows.one_clerk(db, account)
    right = _verified(clerk["password"] if clerk else _NOBODY, password)
    if clerk is None or clerk["locked_until"] > now:
        raise RefusedError(_WRONG)
    if not right:
        _failed(centre, account, int(clerk["failed"]) + 1)
        raise RefusedError(_WRONG)
    token = secrets.token_urlsafe(32)
    row = {
        "hash": _digest(token),
        "account": account,
        "csrf": secrets.token_urlsafe(24),
        "expires": clock.stamp(centre.tell() + dt.timedelta(hours=_HOURS)),
        "now": now,
    }
    with centre.database.write() as db:
        rows.set_clerk(db, account, failed=0, locked_until="")
        rows.add_session(db, row)
    return token


def _verified(kept: str, password: str) -> bool:
    try:
        return _hasher.verify(kept, password)
    except (argon2.exceptions.VerificationError, argon2.exceptions.InvalidHashError):
        return False


def _failed(centre: Centre, account: str, count: int) -> None:
    until = ""
    if count >= _TRIES:
        count, until = 0, clock.stamp(centre.tell() + dt.timedelta(minutes=_LOCKED_MINUTES))
    with centre.database.write() as db:
        rows.set_clerk(db, account, failed=count, locked_until=until)


def visitor(centre: Centre, token: str) -> Visitor | None:
    """Who holds this session token."""
    if not token:
        return None
    with centre.database.read() as db:
        found = rows.one_session(db, _digest(token), centre.now())
    return Visitor(found["account"], found["name"], found["org"], found["csrf"]) if found else None


def log_out(centre: Centre, token: str) -> None:
    """End the session."""
    with centre.database.write() as db:
        rows.end_session(db, _digest(token))


def same(one: str, other: str) -> bool:
    """Compare secrets in constant time."""
    return hmac.compare_digest(one.encode(), other.encode())


def _digest(token: str) -> str:
    return hashlib.sha256(b"daiban session 1\0" + token.encode()).hexdigest()
