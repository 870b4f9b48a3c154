"""Which Patroni looks after the database: before 4.1 (tried: 3.0.2, of Debian 12) it gives a leader its lock back
without comparing, and a cluster that was cut apart loses pushes that were acknowledged."""

from __future__ import annotations

import contextlib
import logging
import re
from collections.abc import Sequence

import msgspec

from desk.errors import UNREADABLE, RefusedError
from desk.sync.http.address import parsed
from desk.sync.http.client import TROUBLE, Client, Patience

LEAST = (4, 1)
_PATIENCE = Patience(3.0, 3.0, 10.0)
_MOST = 1 << 16  # bytes of an answer
_VERSION = re.compile(r"(\d{1,4})\.(\d{1,4})", re.ASCII)
_log = logging.getLogger("desk.centre")


class _Own(msgspec.Struct):
    version: str = ""


class _Said(msgspec.Struct):
    patroni: _Own


def must_be_new_enough(addresses: Sequence[str]) -> list[str]:
    """Ask the REST API of each Patroni for its version; in words, what could not be learnt. Raises RefusedError where
    one is too old."""
    doubts = []
    for address in addresses:
        version = _version(address)
        found = _VERSION.match(version)
        if found is None:
            doubts.append(f"没有问到 {address} 的 Patroni 是哪一版：请自己核对是 4.1 或更新。")
        elif (int(found[1]), int(found[2])) < LEAST:
            raise RefusedError(
                f"{address} 的 Patroni 是 {version}，早于 4.1。",
                "没有启动：这样的 Patroni 在网络断开以后会丢已经确认收下的记录。",
                "请升级 Patroni（从 PyPI，见 CLUSTER.md）。确要照旧，把配置的 patroni 空着，后果自负。",
            )
    for one in doubts:
        _log.warning("%s", one)
    return doubts


def _version(address: str) -> str:
    """What it says of itself, whatever its state; "" where it says nothing that can be read."""
    try:
        client = Client(parsed(address), _PATIENCE)
        with contextlib.closing(client), client.ask("GET", "/patroni") as answer:
            body = b""
            for piece in answer.body:
                body += piece
                if len(body) > _MOST:
                    return ""
        return msgspec.json.decode(body, type=_Said).patroni.version
    except (ValueError, *TROUBLE, *UNREADABLE):
        return ""
