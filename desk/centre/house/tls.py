"""Certificates of the centres of a house that has no proxy before it: each its own, by the name that is asked for."""

from __future__ import annotations

import ssl
from pathlib import Path

from desk.centre.house.members import Members, folders
from desk.centre.run import authority


def is_wanted(house: Path) -> bool:
    """Whether a centre of the house has a certificate of its own: then the service encrypts for all."""
    return any((one / authority.SERVER).is_file() for one in folders(house))


def context(members: Members) -> ssl.SSLContext | None:
    """What the service encrypts with; None where a proxy does. Whose name comes without a certificate gets none of
    another's: its connection ends."""
    if not is_wanted(members.folder):
        return None

    def choose(line: ssl.SSLObject | ssl.SSLSocket, name: str | None, _first: ssl.SSLContext) -> int | None:
        member = members.at(name or "")
        path = member.folder / authority.SERVER if member is not None else None
        if path is None or not path.is_file():
            return ssl.ALERT_DESCRIPTION_UNRECOGNIZED_NAME
        line.context = _made(path)
        return None

    first = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    first.sni_callback = choose
    return first


def _made(path: Path) -> ssl.SSLContext:
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(path)
    return made
