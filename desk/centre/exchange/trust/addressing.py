"""For whom it is what a node signed: since version 2 it names its reader, and a node that once did so does it always.

A batch without a name that lies on a stick is taken all the same: it may have been written before, and the chain of its
entries says where it belongs.
"""

from __future__ import annotations

from db.centre import rows
from desk.centre.node.centre_node import Centre, RefusedBatchError
from desk.sync.protocol import wire
from desk.sync.protocol.envelope import BatchError


def must_be_for_us(centre: Centre, node: str, to: str, *, late: bool = False, known: int = 0) -> None:
    """Raise BatchError for what `node` signed for another reader, RefusedBatchError for nobody where it knows how to
    say whom; `late`: it may be older than that. From then on it has to say so. `known`: the version that it is known to
    speak, where that was looked up."""
    if to and to != centre.node:
        raise BatchError("这一份不是写给本中心的，不予接收。")
    version = wire.BOUND if to else 1
    if version != known and not must_speak(centre, node, version, late=late):
        told = "这台终端已用新版本的格式，旧格式的不再接收；请把程序升级回来。"
        raise RefusedBatchError(wire.problem("too_old", time=centre.now(), text=told))


def must_speak(centre: Centre, node: str, version: int, *, late: bool = False) -> bool:
    """Whether `node` may speak `version`: not less than it did before. A higher one is kept."""
    with centre.database.read() as db:
        found = rows.one_node(db, node)
    known = int(found["speaks"]) if found else 1
    if found and version > known:
        with centre.database.write() as db:
            rows.set_node(db, node, speaks=version)
    return version >= known or late
