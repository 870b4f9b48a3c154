"""Codes of an authenticator (RFC 6238): the second factor of a login, and the secret that waits for its first code."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac

import pyotp

from db.centre import people
from desk.centre.node.centre_node import Centre


def spelt(address: str) -> str:
    """The secret of an otpauth address for typing it by hand: four characters at a time."""
    secret = pyotp.parse_uri(address).secret
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))


def step(secret: bytes, code: str, now: dt.datetime) -> int:
    """The time step (30 s) whose code this is, one before and one after included; 0 for none."""
    if not secret or not code.strip().isdigit():
        return 0
    totp = pyotp.TOTP(secret.decode())
    at = int(now.timestamp()) // 30
    told = code.strip().encode()
    return next((one for one in (at, at - 1, at + 1) if hmac.compare_digest(totp.at(one * 30).encode(), told)), 0)


def pending(centre: Centre, account: str, mark: str) -> str:
    """The otpauth address of the waiting secret, for whoever was shown it and has its `mark`; "" for everybody else."""
    with centre.database.read() as db:
        clerk = people.one_clerk(db, account)
    secret = bytes(clerk["second_new"]).decode() if clerk and clerk["second_new"] else ""
    if not secret or not hmac.compare_digest(mark.encode(), marked(secret).encode()):
        return ""
    return pyotp.TOTP(secret).provisioning_uri(name=account, issuer_name=centre.name)


def mark_of(address: str) -> str:
    """What a form carries of the secret in an otpauth address that it shows."""
    return marked(str(pyotp.parse_uri(address).secret))


def marked(secret: str) -> str:
    """The mark of a secret; it tells nothing of it."""
    return hashlib.sha256(b"daiban second 1\0" + secret.encode()).hexdigest()[:32]
