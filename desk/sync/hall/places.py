"""Where windows of this hall were found: addresses, and what is kept of them on this machine."""

from __future__ import annotations

import ipaddress

import msgspec
from sqlite_utils import Database

from db.desk import local_rows
from desk.errors import RefusedError

PORT = 8647
_KEY = "hall"
_MOST = 40  # addresses that are kept of each kind
_EACH = 4  # of one window: it may be in several networks, and DHCP gives it others


class Kept(msgspec.Struct, frozen=True):
    """`is_on`: this desk answers and asks. `port` it answers at. `typed`: addresses that somebody typed. `worked`: by
    name of a desk where it was met, the last place first. `let_in`: its firewall was told so."""

    is_on: bool = False
    port: int = PORT
    typed: tuple[str, ...] = ()
    worked: dict[str, tuple[str, ...]] = {}
    let_in: bool = False


def kept(db: Database) -> Kept:
    """What is kept here."""
    found = local_rows.local(db, _KEY)
    return msgspec.json.decode(found, type=Kept) if found else Kept()


def keep(db: Database, what: Kept) -> None:
    """Keep it."""
    if what != kept(db):
        local_rows.set_local(db, _KEY, msgspec.json.encode(what))


def worked(before: Kept, node: str, place: str) -> Kept:
    """With a place where `node` was met just now."""
    known = tuple(one for one in before.worked.get(node, ()) if one != place)
    rest = {name: places for name, places in before.worked.items() if name != node}
    all_of = {node: (place, *known)[:_EACH], **rest}
    return msgspec.structs.replace(before, worked=dict(list(all_of.items())[:_MOST]))


def typed(before: Kept, words: str) -> Kept:
    """With an address that somebody typed. Raises RefusedError."""
    place = place_of(words)
    return msgspec.structs.replace(before, typed=(place, *(one for one in before.typed if one != place))[:_MOST])


def place_of(words: str) -> str:
    """An address as it is kept, with its port: `192.168.1.12:8647`, `[fe80::1%3]:8647`, `window2:8647`. Raises
    RefusedError."""
    host, port = split(words.strip())
    if not host or len(host) > 100 or not all(one.isalnum() or one in ".-:%_" for one in host) or not 0 < port < 65536:
        raise RefusedError(
            "这不像是邻窗电脑的地址。", "没有改动。", "请看那台电脑的“大厅”，照着上面的地址填，如 192.168.1.12。"
        )
    return joined(host, port)


def split(place: str) -> tuple[str, int]:
    """Host and port; the usual port where none is said, 0 of what is none."""
    if place.startswith("["):
        host, _, rest = place[1:].partition("]")
        port = rest.removeprefix(":")
    elif place.count(":") == 1:
        host, _, port = place.partition(":")
    else:
        host, port = place, ""
    if not port:
        return host, PORT
    return host, int(port) if port.isascii() and port.isdigit() and len(port) <= 5 else 0


def joined(host: str, port: int) -> str:
    """Host and port as one."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def plain(host: str) -> str:
    """An address as the system tells it, without what an IPv6 socket puts before one of IPv4."""
    try:
        found = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return host
    mapped = found.ipv4_mapped if isinstance(found, ipaddress.IPv6Address) else None
    return str(mapped) if mapped else host
