"""Where a server is: an address as people type it, taken apart, in the letters that go over the line."""

from __future__ import annotations

import ipaddress
import re
from typing import NamedTuple
from urllib.parse import quote, unquote, urlsplit

_HOST = re.compile(rb"[a-z0-9_~-]+(\.[a-z0-9_~-]+)*\.?")
_AS_IT_IS = "/%!$&'()*+,;=:@~"  # in a path


class Address(NamedTuple):
    """`port` None: the usual one. `path`: what stands before every path that is asked for. `login`: name and password
    of whoever guards the server, None for nobody."""

    scheme: str
    host: str
    port: int | None
    path: str
    login: tuple[str, str] | None

    @property
    def named(self) -> str:
        """Host and port as a header tells them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port is None else f"{host}:{self.port}"


def parsed(text: str) -> Address:
    """`text` taken apart. Raises ValueError where it is no address of a server that speaks HTTP."""
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("no address")
    login = (unquote(parts.username or ""), unquote(parts.password or ""))
    path = quote(parts.path.rstrip("/"), safe=_AS_IT_IS)
    return Address(parts.scheme, _host(parts.hostname), parts.port, path, login if any(login) else None)


def _host(name: str) -> str:
    if ":" in name:
        return str(ipaddress.IPv6Address(name))
    spelt = name.encode("idna").lower()
    if not _HOST.fullmatch(spelt):
        raise ValueError("no name of a server")
    return spelt.decode("ascii")


def is_loopback(host: str) -> bool:
    """Whether it is this machine."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
