"""Taking what lies at a place and no row names: what was laid by somebody who was cut off before the row, and what was
left where it lay before it was moved. At the same look, what rows name and is not there is counted.

A name goes in three steps: it is said that it goes, its bytes go, what was said goes. Whoever names it between keeps
the bytes in the database (`picture_rows.settled`); a sweep that is cut off is gone on with by the next one.
"""

from __future__ import annotations

import datetime as dt
import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path

import msgspec

from db.centre.pictures import picture_rows
from db.centre.pictures.places import NAMES, Place, PlaceError, prefixes
from db.files import write_whole
from desk import clock
from desk.centre.node.centre_node import Centre
from desk.centre.run.hosts import leases
from desk.centre.run.pictures import checking
from desk.centre.run.settings import Settings
from desk.errors import UNREADABLE, RefusedError

STATE = "pictures.json"
SWEEPING = "pictures"  # of leases
_EVERY = dt.timedelta(hours=6)
_LOOK = 60.0  # seconds between two looks whether it is time
_AT_ONCE = 200  # names that go together
_SHOWN = 100  # missing ones that are told by name
_log = logging.getLogger("desk.centre")
_SURE = 30.0  # seconds after saying so in which names go: less than a lease holds, for the next sweep goes on with them


class State(msgspec.Struct, frozen=True):
    """What the last sweep of this host saw: when, how many it took and their bytes as sealed; how many pictures rows
    name that are not there or have another size, some of them by name; trouble in words."""

    at: str = ""
    gone: int = 0
    bytes: int = 0
    missing: int = 0
    names: tuple[str, ...] = ()
    trouble: str = ""


def state(folder: Path) -> State:
    """What is known of the last sweep."""
    try:
        return msgspec.json.decode((folder / STATE).read_bytes(), type=State)
    except (OSError, *UNREADABLE):
        return State()


def sweep(
    centre: Centre, older: dt.timedelta, tell: Callable[[str], None] | None = None, patience: float = 0.0
) -> State:
    """Go through every place that the settings name, take what nobody names and is `older`, and keep what was seen.
    Trouble with a place is told in the state. Raises RefusedError while another sweep runs, which is waited for
    `patience` seconds."""
    with leases.Lease(centre, SWEEPING).held(patience) as is_ours:
        if not is_ours:
            raise RefusedError("另一台机器或服务正在清理图片。", "没有重复清理。", "请过几分钟再试。")
        return _all(centre, older, tell)


def _all(centre: Centre, older: dt.timedelta, tell: Callable[[str], None] | None) -> State:
    before, found, trouble = time.time() - older.total_seconds(), State(at=centre.now()), list[str]()
    for kind in centre.pictures.kinds():
        try:
            place = centre.pictures.place(kind)
            _again(centre, place)
            with centre.database.read() as db:
                begins = prefixes(picture_rows.count(db))
            for at, prefix in enumerate(begins):
                found = _swept(centre, place, prefix, before, found)
                if tell is not None and at % 64 == 63:
                    tell(f"看了 {at + 1} / {len(begins)}，清掉 {found.gone} 个，缺 {found.missing} 张。")
            place.tidy(before)
        except PlaceError as error:
            trouble.append(error.words)
    found = msgspec.structs.replace(found, trouble="\n".join(trouble))
    write_whole(centre.folder / STATE, msgspec.json.encode(found))
    return found


def _swept(centre: Centre, place: Place, prefix: str, before: float, seen: State) -> State:
    there = {one.name: one for one in place.listed(prefix)}
    with centre.database.read() as db:  # after the list: whatever a row names by now was there before
        old = [name for name, one in there.items() if one.since < before]
        alone = sorted(picture_rows.unnamed(db, place.kind, old))
    gone = [one for at in range(0, len(alone), _AT_ONCE) for one in _let_go(centre, place, alone[at : at + _AT_ONCE])]
    lacking = checking.lacking(centre, place, prefix, {name: one.size for name, one in there.items()})
    return msgspec.structs.replace(
        seen,
        gone=seen.gone + len(gone),
        bytes=seen.bytes + sum(there[name].size for name in gone),
        missing=seen.missing + len(lacking),
        names=(*seen.names, *lacking)[:_SHOWN],
    )


def _let_go(centre: Centre, place: Place, names: list[str]) -> list[str]:
    with centre.database.write() as db:
        gone = picture_rows.doom(db, place.kind, names)
    _dropped(centre, place, gone)
    return gone


def _dropped(centre: Centre, place: Place, gone: list[str]) -> None:
    """Raises PlaceError where it took too long: who was asleep meanwhile may not be the one who sweeps any more."""
    until = time.monotonic() + _SURE
    done = list[str]()
    for name in gone:
        if time.monotonic() > until:
            break
        place.drop(name)
        done.append(name)
    if done:
        with centre.database.write() as db:
            picture_rows.undoom(db, place.kind, done)
    if len(done) < len(gone):
        raise PlaceError(f"{NAMES[place.kind]}太慢，没有清完，下一次接着清")


def _again(centre: Centre, place: Place) -> None:
    """What a sweep that was cut off had said to go."""
    while True:
        with centre.database.read() as db:
            names = picture_rows.still_doomed(db, place.kind, _AT_ONCE)
        if not names:
            return
        _dropped(centre, place, names)


def is_due(known: State, now: dt.datetime) -> bool:
    """Whether it is time for a sweep: some hours after the last one, and where a clock went back."""
    last = dt.datetime.fromisoformat(known.at) if known.at else None
    return last is None or not dt.timedelta(0) <= now - last < _EVERY


def run(centre: Centre, stop: threading.Event, settings: Settings) -> None:
    """Sweep every few hours until `stop` is set, one host at a time."""
    while not stop.wait(_LOOK):
        if not centre.pictures.kinds() or not is_due(state(centre.folder), centre.tell()):
            continue
        try:
            found = sweep(centre, dt.timedelta(hours=settings.picture_sweep_hours))
            said = {"gone": found.gone, "missing": found.missing}
            _log.log(logging.ERROR if found.missing else logging.INFO, "pictures were swept", extra=said)
        except RefusedError:
            continue  # another host does it
        except Exception:  # noqa: BLE001 - the database may be away: the service goes on, and so does this
            _log.exception("sweeping")


def told(found: State) -> str:
    """A sweep in words."""
    lines = [f"清掉 {found.gone} 个没有记录提到的（{found.bytes / (1 << 20):.1f} MB）。"]
    if found.missing:
        lines.append(f"记录里有、存放处没有或大小不对的：{found.missing} 张。")
        lines += [f"  {name}" for name in found.names]
        lines.append("请用 desk centre pictures fetch 从图片备份取回。")
    lines += [f"没有看成：{one}" for one in found.trouble.splitlines()]
    return "\n".join(lines)


def since(found: State) -> str:
    """When it was, for a page."""
    return clock.minute(found.at) if found.at else ""
