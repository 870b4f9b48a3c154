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
    sha256: str
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
    target = home / f"{package_file.PRODUCT}_{release.version}_{release.platform}{package_file.ENDING}"
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
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            digest.update(piece)
    size = path.stat().st_size
    return Here(path, told.version, told.platform, told.made, size, digest.hexdigest(), told.notes)


def offer(centre: Centre, author: str, version: str, platform: str, *, to_all: bool) -> int:
    """Offer a version to ten points, or to all; to how many desks. Raises RefusedError where it is not here, and for
    all before ten points had it."""
    one = next((one for one in listed(centre) if (one.version, one.platform) == (version, platform)), None)
    if one is None:
        raise RefusedError("中心没有这个版本的更新文件。", "没有改动。", "请先用 desk centre release 收进来。")
    before = wave(centre, version, platform)
    if to_all and before is None:
        raise RefusedError("这个版本还没有在十个点试过。", "没有改动。", "请先给十个点，用上几天再给全部。")
    nodes = () if to_all else first(centre)
    if not to_all and not nodes:  # none named would be all
        raise RefusedError("还没有终端入网。", "没有改动。")
    said = ReleaseOffered(version, platform, one.size, one.sha256, one.notes, nodes)
    with centre.database.write() as db:
        centre.add(db, [Own(author, "release.offered", SUBJECT, said, ALL)])
    return len(nodes) or len(_desks(centre))


def first(centre: Centre) -> tuple[str, ...]:
    """A desk each of ten points: of those that were heard last, from as many townships as there are."""
    chosen: dict[str, str] = {}
    ordered = sorted(_desks(centre), key=lambda one: (one["last_seen"], one["name"]), reverse=True)
    for digits in (9, 12):
        seen = {code[:digits] for code in chosen}
        for one in ordered:
            if len(chosen) < FIRST and one["point_code"][:digits] not in seen:
                chosen[one["point_code"]] = one["name"]
                seen.add(one["point_code"][:digits])
    return tuple(sorted(chosen.values()))


def _desks(centre: Centre) -> list[rows.Row]:
    with centre.database.read() as db:
        found = rows.nodes(db)
    return [one for one in found if not one["revoked_at"] and not cases.is_centre(one["name"])]


def runs(row: rows.Row) -> str:
    """Which version this desk said last that it runs; "" where it never did."""
    try:
        return msgspec.json.decode(row["heartbeat"] or "{}", type=Heartbeat).version
    except UNREADABLE:
        return ""


def versions(centre: Centre) -> list[tuple[str, int]]:
    """Versions and how many desks run each, the newest first; "" of those that never said."""
    counted = Counter(runs(one) for one in _desks(centre))

    def order(one: tuple[str, int]) -> tuple[int, ...]:
        try:
            return programs.ordered(one[0])
        except ValueError:
            return ()

    return sorted(counted.items(), key=order, reverse=True)


def waves(centre: Centre) -> list[Wave]:
    """What is offered, the latest said of each version and platform."""
    with centre.database.read() as db:
        said = centre.about(db, [SUBJECT])[SUBJECT]
    latest: dict[tuple[str, str], Wave] = {}
    desks = _desks(centre)
    for entry in said:
        data = events.decode(entry.kind, entry.data)
        if entry.node == centre.node and isinstance(data, ReleaseOffered):
            of = [one for one in desks if not data.nodes or one["name"] in data.nodes]
            done = sum(not programs.is_newer(data.version, runs(one) or "0.0") for one in of)
            latest[data.version, data.platform] = Wave(data, clock.minute(entry.time), done, len(of))
    return list(latest.values())


def wave(centre: Centre, version: str, platform: str) -> Wave | None:
    """How far this version was offered; None not at all."""
    return next((w for w in waves(centre) if (w.offer.version, w.offer.platform) == (version, platform)), None)


def answer(centre: Centre, _node: str, body: bytes) -> bytes:
    """Bytes of an update file that was offered, as letter `release` asks; anybody may have them, for what counts is
    the signature inside. Raises BatchError."""
    ask = letters.read(body, release_parts.Ask)
    for one in waves(centre):
        if one.offer.sha256 == ask.sha256:
            name = f"{package_file.PRODUCT}_{one.offer.version}_{one.offer.platform}{package_file.ENDING}"
            try:
                with (centre.folder / FOLDER / name).open("rb") as file:
                    file.seek(ask.at)
                    return file.read(release_parts.PIECE)
            except OSError:
                break
    raise BatchError("中心没有这个更新文件。")


def onto_stick(centre: Centre, stick: Path) -> list[str]:
    """Put what is offered onto a courier's stick, where it is not there; the names of the files."""
    put = []
    for one in listed(centre):
        if wave(centre, one.version, one.platform) is None:
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
