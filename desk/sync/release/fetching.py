"""A version that the centre offers to this desk, fetched in parts that resume where the line broke."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import msgspec
from sqlite_utils import Database

from db.desk import record_rows
from db.files import take_place
from desk import __version__
from desk.errors import CancelledError, RefusedError
from desk.folds.records import OfferedRelease
from desk.release import package_file, programs
from desk.store.identity import Identity
from desk.store.store import Store
from desk.sync import healing
from desk.sync.outcome import Cancelled, Report, SyncProgress
from desk.sync.protocol import letters, release_parts

Ask = Callable[[str, bytes], bytes]
_KEPT = "现在的程序和数据都没有动；已经取到的留着，下次接着取。"


def offered(db: Database, node: str) -> OfferedRelease | None:
    """What the centre offers to the desk `node` on this kind of machine, where it is newer than what runs."""
    for body in record_rows.records(db, "release", limit=1):
        last = msgspec.json.decode(body, type=OfferedRelease)
        for one in (last, *(last.others or ())):
            fits = one.platform == package_file.platform() and programs.is_newer(one.version, __version__)
            if fits and (not one.nodes or node in one.nodes) and one.version not in programs.state().left:
                return one
    return None


def over_network(store: Store, identity: Identity, one: OfferedRelease, report: Report, cancelled: Cancelled) -> Path:
    """As `fetch`, of the desk's centre."""
    from desk.sync.trust import calling  # the network's parts: whoever only asks what is offered needs none of them

    link = calling.link_to(store, identity)
    try:
        calling.agree(store, identity, link)
        return fetch(one, link.asker(identity, lambda: healing.openers(store, identity)), report, cancelled)
    finally:
        link.close()


def fetch(one: OfferedRelease, ask: Ask, report: Report, cancelled: Cancelled) -> Path:
    """The whole update file. Raises what `ask` raises, CancelledError, RefusedError for one that came broken."""
    home = programs.folder()
    home.mkdir(parents=True, exist_ok=True)
    coming, whole = home / f"{one.sha256[:16]}.part", home / f"{one.sha256[:16]}{package_file.ENDING}"
    if whole.is_file():
        return whole
    at = coming.stat().st_size if coming.exists() else 0
    with coming.open("ab") as out:
        while at < one.size:
            if cancelled():
                raise CancelledError("已停下。", _KEPT)
            report(SyncProgress("取新版本", at >> 10, one.size >> 10))
            piece = ask(letters.RELEASE, msgspec.json.encode(release_parts.Ask(one.sha256, at)))
            if not piece:
                break
            out.write(piece)
            at += len(piece)
        out.flush()
        os.fsync(out.fileno())
    digest = hashlib.sha256()
    with coming.open("rb") as file:
        while piece := file.read(1 << 20):
            digest.update(piece)
    if digest.hexdigest() != one.sha256:
        coming.unlink()
        raise RefusedError("取到的新版本与中心说的对不上。", "已经删掉，现在的程序没有动。", "请再取一次。")
    take_place(coming, whole)
    return whole
