"""Codes of an authenticator (RFC 6238): the second factor of a login."""

from __future__ import annotations

import datetime as dt
import hmac

import pyotp


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
