"""Pictures of the folder in backups: apart from the database's own copies, by their names, only what is new; and back.

What lies in a backup is what lay in the folder, sealed: it opens with the key that is in the database's backup. Nothing
is taken out of a backup; pictures come to a centre and stay.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from db.centre.pictures import picture_rows
from db.centre.pictures.folder import Folder
from db.centre.pictures.places import FOLDER, NAMES, S3, Place, PlaceError, prefixes
from desk.centre.node.centre_node import Centre
from desk.centre.node.pictures.keeping import Pictures
from desk.errors import RefusedError


class Copied(msgspec.Struct, frozen=True):
    """How many are in the backup, how many of them are new, their bytes; which could not be copied, with why."""

    there: int = 0
    new: int = 0
    bytes: int = 0
    bad: tuple[tuple[str, str], ...] = ()


def folder_of(centre: Centre, backups: Path) -> Path:
    """Where the pictures of a centre lie beside its backups."""
    return backups / f"pictures-{centre.code[:6]}"


def copy(centre: Centre, backups: Path) -> Copied:
    """Bring the pictures of the folder that a backup has not got yet into it, each opened, written whole and read back.
    Raises PlaceError."""
    source, target = centre.pictures.place(FOLDER), _opened(centre, backups, is_new=True)
    done = Copied()
    with centre.database.read() as db:
        begins = prefixes(picture_rows.count(db))
    for prefix in begins:
        there = {one.name: one.size for one in target.listed(prefix)}
        with centre.database.read() as db:
            named = picture_rows.at_place(db, FOLDER, prefix)
        bad = list(done.bad)
        fresh = [(name, size) for name, size in named.items() if there.get(name) != size]
        for name, _ in fresh:
            if why := _one(centre.pictures, source, target, name):
                bad.append((name, why))
        good = len(fresh) - len(bad) + len(done.bad)
        done = Copied(
            done.there + len(named) - len(fresh) + good,
            done.new + good,
            done.bytes + sum(size for _, size in fresh),
            tuple(bad),
        )
    return done


def _opened(centre: Centre, backups: Path, *, is_new: bool) -> Folder:
    target = Folder(folder_of(centre, backups))
    target.own(centre.pictures.owner, is_new=is_new)
    return target


def _one(pictures: Pictures, source: Place, target: Place, name: str) -> str:
    """Copy one; what is wrong with it, "" for nothing. Raises PlaceError."""
    kept = source.get(name)
    data, why = pictures.opened(name, kept, FOLDER)
    if kept is None or data is None:
        return why
    target.put(name, kept)
    return "" if target.get(name) == kept else "写下的与原来的不同"


def _named(centre: Centre) -> Iterator[tuple[str, int]]:
    with centre.database.read() as db:
        begins = prefixes(picture_rows.count(db))
    for prefix in begins:
        with centre.database.read() as db:
            named = picture_rows.at_place(db, FOLDER, prefix)
        yield from sorted(named.items())


def lacking(centre: Centre, backups: Path, read: int) -> tuple[int, list[str]]:
    """How many pictures this centre's rows name in the folder, and which of them a backup has not got whole. The first
    `read` of them are read and their hash looked at, of the others the size is. Raises PlaceError."""
    target = _opened(centre, backups, is_new=False)
    count, bad = 0, list[str]()
    for name, size in _named(centre):
        count += 1
        if count <= read:
            is_good = centre.pictures.opened(name, target.get(name), FOLDER)[0] is not None
        else:
            is_good = target.size(name) == size
        if not is_good:
            bad.append(name)
    return count, bad


def fetch(centre: Centre, backups: Path, tell: Callable[[str], None] = lambda _words: None) -> Copied:
    """Bring back what rows name in the folder and is not there whole; a folder that is new becomes ours. Raises
    RefusedError, PlaceError."""
    source = Folder(folder_of(centre, backups))
    if not folder_of(centre, backups).is_dir():
        raise RefusedError(f"{backups} 里没有图片备份（{folder_of(centre, backups).name}）。", "没有改动。")
    source.own(centre.pictures.owner, is_new=False)
    target, done = centre.pictures.place(FOLDER, anew=True), Copied()
    for at, (name, _) in enumerate(_named(centre), 1):
        if at % 1000 == 0:
            tell(f"看了 {at} 张，取回 {done.new} 张。")
        kept = target.get(name)
        if centre.pictures.opened(name, kept, FOLDER)[0] is not None:
            done = msgspec.structs.replace(done, there=done.there + 1)
        elif why := _one(centre.pictures, source, target, name):
            done = msgspec.structs.replace(done, bad=(*done.bad, (name, why)))
        else:
            size = done.bytes + len(target.get(name) or b"")
            done = msgspec.structs.replace(done, there=done.there + 1, new=done.new + 1, bytes=size)
    return done


def after_restore(centre: Centre, backups: Path) -> str:
    """Bring the pictures of a centre that came back into its folder, and say how that went; nothing is raised, for the
    centre is there all the same."""
    with centre.database.read() as db:
        places = picture_rows.by_place(db)
    words = [f"{NAMES[S3]}里应有图片 {places[S3][0]} 张，不在备份里，存储在就都在。"] if S3 in places else []
    if FOLDER in places:
        try:
            words.append(told(fetch(centre, backups), "取回"))
        except (RefusedError, PlaceError) as error:
            happened = error.words if isinstance(error, PlaceError) else error.happened
            words.append(
                f"图片文件夹里应有 {places[FOLDER][0]} 张，还没有取回：{happened.rstrip('。')}。"
                "请在配置里写 picture_folder，运行 desk centre pictures fetch 备份文件夹。"
            )
    return "\n".join(words) or "图片都在数据库里。"


def told(done: Copied, what: str) -> str:
    """A copy or a way back in words."""
    lines = [f"图片 {done.there} 张都在，新{what} {done.new} 张（{done.bytes / (1 << 20):.1f} MB）。"]
    if done.bad:
        lines[0] = f"图片 {done.there} 张在，新{what} {done.new} 张；{len(done.bad)} 张没有{what}成："
        lines += [f"  {name}：{why}" for name, why in done.bad[:100]]
    return "\n".join(lines)
