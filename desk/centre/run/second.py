"""The secret of a second factor that waits for its first code: shown again after a wrong one."""

from __future__ import annotations

import hashlib

import pyotp

from db.centre import people
from desk.centre.node.centre_node import Centre
from desk.centre.run.guard import same


def pending(centre: Centre, account: str, mark: str) -> str:
    """The otpauth address of the waiting secret, for whoever was shown it and has its `mark`; "" for everybody else."""
    with centre.database.read() as db:
        clerk = people.one_clerk(db, account)
    secret = bytes(clerk["second_new"]).decode() if clerk and clerk["second_new"] else ""
    if not secret or not same(mark, marked(secret)):
        return ""
    return pyotp.TOTP(secret).provisioning_uri(name=account, issuer_name=centre.name)


def mark_of(address: str) -> str:
    """What a form carries of the secret in an otpauth address that it shows."""
    return marked(str(pyotp.parse_uri(address).secret))


def marked(secret: str) -> str:
    """The mark of a secret; it tells nothing of it."""
    return hashlib.sha256(b"daiban second 1\0" + secret.encode()).hexdigest()[:32]
