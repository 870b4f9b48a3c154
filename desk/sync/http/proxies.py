"""By which proxy a server is reached: from the environment, or the settings of the system."""

from __future__ import annotations

from urllib.request import getproxies, proxy_bypass

from desk.sync.http import address
from desk.sync.http.address import Address

_KINDS = ("http", "https", "all")


class UnusableError(Exception):
    """A proxy is set that cannot be used; nothing of its setting is told, a password may stand in it."""


def proxy_for(server: Address) -> Address | None:
    """The proxy for `server`, None for none. Raises UnusableError where one that is set is none that speaks HTTP, for
    whichever servers."""
    told = getproxies()
    known = {kind: _parsed(told[kind]) for kind in _KINDS if told.get(kind)}
    found = known.get(server.scheme) or known.get("all")
    return None if found is None or proxy_bypass(server.named) else found


def _parsed(text: str) -> Address:
    try:
        return address.parsed(text if "://" in text else f"http://{text}")
    except ValueError:
        raise UnusableError from None
