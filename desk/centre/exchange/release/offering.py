"""New versions of the desks' program at the centre: which are here, to whom each is offered, and the parts of a file.

A version goes to ten points first; when it works there, to all. What is offered to whom is an entry, so it reaches each
desk by network or stick like everything else; the file itself is fetched in parts, or lies on the stick.
"""

from __future__ import annotations

import hashlib
import shutil
from collections import Counter
from pathlib import Path

import msgspec

from db.centre import rows
from desk import clock
from desk.centre.node.centre_node import Centre, Own
from desk.centre.node.roles import ALL
from desk.errors import UNREADABLE, DeskError, RefusedError
from desk.folds import case as cases
from desk.log import events
from desk.log.centre_events import ReleaseOffered
from desk.release import package_file, programs
from desk.sync.protocol import letters, release_parts
from desk.sync.protocol.batch import Heartbeat
from desk.sync.protocol.envelope import BatchError

FOLDER, SUBJECT = "releases", "release"
FIRST = 10  # points that try a version before all have it


class Here(msgspec.Struct, frozen=True):
    """An update file at this centre."""

    path: Path
    version: str
    platform: str
    made: str
    size: int
    notes: str


class Wave(msgspec.Struct, frozen=True):
    """An offer as it stands: of `nodes`, none for all; `since` when, `done` of them run it or a newer one by now, `of`
    how many."""

    offer: ReleaseOffered
    since: str
    done: int
    of: int


def bring(centre: Centre, path: Path) -> Here:
    """Take an update file in. Raises RefusedError for what is none; SurroundingsError."""
    release = package_file.claimed(path, package_file.trusted())
    if not programs.is_newer(release.version, "0.0"):
        raise RefusedError("更新文件里没有版本号。", "没有收。")
    home = centre.folder / FOLDER
    home.mkdir(exist_ok=True)
    target = home / _name(release.version, release.platform)
    coming = target.with_suffix(".coming")
    shutil.copyfile(path, coming)
    coming.replace(target)
    return _here(target)


def listed(centre: Centre) -> list[Here]:
    """Those that are here, the newest first."""
    found = []
    for path in (centre.folder / FOLDER).glob(f"*{package_file.ENDING}"):
        try:
            found.append(_here(path))
        except DeskError:
            continue
    return sorted(found, key=lambda one: (programs.ordered(one.version), one.platform), reverse=True)


def _here(path: Path) -> Here:
    told = package_file.claimed(path, package_file.trusted())
    return Here(path, told.version, told.platform, told.made, path.stat().st_size, told.notes)


def _name(version: str, platform: str) -> str:
    return f"{package_file.PRODUCT}_{version}_{platform}{package_file.ENDING}"


def offer(centre: Centre, author: str, version: str, platform: str, *, to_all: bool) -> int:
    """Offer a version to ten points, or to all; to how many desks. Raises RefusedError where it is not here, and for
    all before ten points had it."""
    one = next((one for one in listed(centre) if (one.version, one.platform) == (version, platform)), None)
    if one is None:
        raise RefusedError("中心没有这个版本的更新文件。", "没有改动。", "请先用 desk centre release 收进来。")
    if to_all and (version, platform) not in _offers(centre):
        raise RefusedError("这个版本还没有在十个点试过。", "没有改动。", "请先给十个点，用上几天再给全部。")
    nodes = () if to_all else first(centre, platform)
    if not to_all and not nodes:  # none named would be all
        raise RefusedError("还没有这种电脑的终端入网。", "没有改动。")
    with one.path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    said = ReleaseOffered(version, platform, one.size, digest, one.notes, nodes)
    with centre.database.write() as db:
        centre.add(db, [Own(author, "release.offered", SUBJECT, said, ALL)])
    return len(nodes) or len(_desks(centre, platform))


def first(centre: Centre, platform: str) -> tuple[str, ...]:
    """A desk each of ten points: of those that were heard last, from as many townships as there are."""
    chosen: dict[str, str] = {}
    ordered = sorted(_desks(centre, platform), key=lambda one: (one["last_seen"], one["name"]), reverse=True)
    for digits in (9, 12):
        seen = {code[:digits] for code in chosen}
        for one in ordered:
            if len(chosen) < FIRST and one["point_code"][:digits] not in seen:
                chosen[one["point_code"]] = one["name"]
                seen.add(one["point_code"][:digits])
    return tuple(sorted(chosen.values()))


def _desks(centre: Centre, platform: str = "") -> list[rows.Row]:
    """Those on machines of a kind, with those that never said theirs; "" all."""
    with centre.database.read() as db:
        found = rows.nodes(db)
    desks = [one for one in found if not one["revoked_at"] and not cases.is_centre(one["name"])]
    return [one for one in desks if not platform or (_said(one).platform or platform) == platform]


def _said(row: rows.Row) -> Heartbeat:
    try:
        return msgspec.json.decode(row["heartbeat"] or "{}", type=Heartbeat)
    except UNREADABLE:
        return Heartbeat()


def runs(row: rows.Row) -> str:
    """Which version this desk said last that it runs; "" where it never did."""
    return _said(row).version


def versions(centre: Centre) -> list[tuple[str, int]]:
    """Versions and how many desks run each, the newest first; "" of those that never said."""
    counted = Counter(runs(one) for one in _desks(centre))

    def order(one: tuple[str, int]) -> tuple[int, ...]:
        try:
            return programs.ordered(one[0])
        except ValueError:
            return ()

    return sorted(counted.items(), key=order, reverse=True)


def _offers(centre: Centre) -> dict[tuple[str, str], tuple[ReleaseOffered, str]]:
    """What is offered, the latest said of each version and platform, and the time of that entry."""
    with centre.database.read() as db:
        said = centre.about(db, [SUBJECT])[SUBJECT]
    latest: dict[tuple[str, str], tuple[ReleaseOffered, str]] = {}
    for entry in said:
        data = events.decode(entry.kind, entry.data)
        if entry.node == centre.node and isinstance(data, ReleaseOffered):
            latest[data.version, data.platform] = data, entry.time
    return latest


def waves(centre: Centre) -> list[Wave]:
    """How far each of the offers came."""
    found = []
    for told, time in _offers(centre).values():
        of = [one for one in _desks(centre, told.platform) if not told.nodes or one["name"] in told.nodes]
        done = sum(not programs.is_newer(told.version, runs(one) or "0.0") for one in of)
        found.append(Wave(told, clock.minute(time), done, len(of)))
    return found


def answer(centre: Centre, _node: str, body: bytes) -> bytes:
    """Bytes of an update file that was offered, as letter `release` asks; anybody may have them, for what counts is
    the signature inside. Raises BatchError."""
    ask = letters.read(body, release_parts.Ask)
    for told, _ in _offers(centre).values():
        if told.sha256 == ask.sha256:
            try:
                with (centre.folder / FOLDER / _name(told.version, told.platform)).open("rb") as file:
                    file.seek(ask.at)
                    return file.read(release_parts.PIECE)
            except OSError:
                break
    raise BatchError("中心没有这个更新文件。")


def onto_stick(centre: Centre, stick: Path) -> list[str]:
    """Put what is offered onto a courier's stick, where it is not there; the names of the files."""
    put = []
    offers = _offers(centre)
    for one in listed(centre):
        if (one.version, one.platform) not in offers:
            continue
        target = stick / "DAIBAN" / "PROG" / one.path.name
        if target.is_file() and target.stat().st_size == one.size:
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        coming = target.with_suffix(".TMP")
        shutil.copyfile(one.path, coming)
        coming.replace(target)
        put.append(target.name)
    return put
