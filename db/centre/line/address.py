"""The address of the centre's database, read in one place for the service, backups, restoring and moving.

PostgreSQL's own forms: `postgresql://user:password@h1:5432,h2:5432/name?option=value`, hosts also as
`?host=h1,h2&port=5432,5433` or, one a word, as `?host=h1:5432&host=h2:5433`. Of several hosts the one that writes is
taken, unless the address itself says otherwise.
"""

from __future__ import annotations

import dataclasses
from urllib.parse import parse_qsl, quote, unquote, urlencode

import sqlalchemy as sa

from db.errors import StoreError

PORT = 5432
_SCHEMES = ("postgresql", "postgres", "postgresql+psycopg")
_WRITES = ("target_session_attrs", "read-write")
_OF_ITSELF = ("host", "port", "user", "password", "dbname")


class AddressError(StoreError):
    """No address of a database; the text says what of it cannot be read, without any secret."""


@dataclasses.dataclass(frozen=True)
class Address:
    """Where a PostgreSQL is. `hosts` with their ports, in the order in which they are tried; a host that begins with a
    slash is a folder of sockets; none at all is the library's own default. `options` are passed on as they are."""

    hosts: tuple[tuple[str, int], ...]
    user: str
    password: str
    database: str
    options: tuple[tuple[str, str], ...] = ()

    def words(self) -> dict[str, str]:
        """As PostgreSQL's library takes it, word by word."""
        found = {"user": self.user, "password": self.password, "dbname": self.database}
        if self.hosts:
            found["host"] = ",".join(host for host, _ in self.hosts)
            found["port"] = ",".join(str(port) for _, port in self.hosts)
        return {key: value for key, value in found.items() if value} | dict(self._options())

    def _options(self) -> tuple[tuple[str, str], ...]:
        several = len(self.hosts) > 1 and _WRITES[0] not in dict(self.options)
        return (*self.options, _WRITES) if several else self.options

    def bare(self) -> str:
        """As PostgreSQL's own programs take it, without the password."""
        user = f"{quote(self.user, safe='')}@" if self.user else ""
        more: tuple[tuple[str, str], ...] = ()
        if any(host.startswith("/") for host, _ in self.hosts):
            place = ""
            more = (("host", self.words()["host"]), ("port", self.words()["port"]))
        else:
            place = ",".join(f"{_bracketed(host)}:{port}" for host, port in self.hosts)
        asked = urlencode((*more, *self._options()), quote_via=quote)
        return f"postgresql://{user}{place}/{quote(self.database, safe='')}{'?' if asked else ''}{asked}"

    def url(self) -> sa.URL:
        """As SQLAlchemy keeps it: to be shown, and read again by `read`."""
        query: dict[str, str | tuple[str, ...]] = dict(self.options)
        host, port = self.hosts[0] if len(self.hosts) == 1 and not self.hosts[0][0].startswith("/") else (None, None)
        if host is None and self.hosts:
            query["host"] = ",".join(one for one, _ in self.hosts)
            query["port"] = ",".join(str(one) for _, one in self.hosts)
        return sa.URL.create(
            "postgresql+psycopg", self.user or None, self.password or None, host, port, self.database, query
        )


def is_postgres(url: str) -> bool:
    """Whether an address is one of PostgreSQL."""
    return url.partition("://")[0] in _SCHEMES


def read(url: str) -> Address:
    """The address in `url`. Raises AddressError."""
    scheme, found, rest = url.partition("://")
    if scheme not in _SCHEMES or not found:
        raise AddressError("postgresql://")
    rest, _, asked = rest.partition("?")
    place, _, name = rest.partition("/")
    who, at, hosts = place.rpartition("@")
    user, _, password = who.partition(":") if at else ("", "", "")
    told = parse_qsl(asked, keep_blank_values=True)
    more = {key: value for key, value in told if key in _OF_ITSELF}
    named = [one for key, value in told if key == "host" for one in value.split(",")]
    several = [_host(unquote(one)) for one in hosts.split(",")] if hosts else [_host(one) for one in named]
    ports = [_port(one) for one in more.get("port", "").split(",") if one] or [PORT]
    if len(ports) > 1 and len(ports) != len(several):
        raise AddressError("port")
    standing = ports * len(several) if len(ports) == 1 else ports
    return Address(
        tuple((host, port or given) for (host, port), given in zip(several, standing, strict=True)),
        unquote(user) or more.get("user", ""),
        unquote(password) or more.get("password", ""),
        unquote(name) or more.get("dbname", ""),
        tuple((key, value) for key, value in told if key not in _OF_ITSELF),
    )


def shown(url: str) -> str:
    """The address without its password, for a person; SQLite's as it is."""
    return read(url).bare() if is_postgres(url) else url


def _host(text: str) -> tuple[str, int]:
    """A host and its port, 0 where none is said."""
    if text.startswith("/"):
        return text, 0
    if text.startswith("["):
        host, closed, port = text[1:].partition("]")
        if not closed or (port and not port.startswith(":")):
            raise AddressError("host")
        return host, _port(port[1:]) if port else 0
    if text.count(":") > 1:  # one of IPv6, alone
        return text, 0
    host, _, port = text.partition(":")
    if not host:
        raise AddressError("host")
    return host, _port(port) if port else 0


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 0 < int(text[:6]) < 65_536):
        raise AddressError("port")
    return int(text)


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
