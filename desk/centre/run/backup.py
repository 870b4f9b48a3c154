"""A centre in one file under a password: database, keys, certificates; and back again, into an empty place.

A centre that came back begins a new epoch, as after `restored`: the desks give it what it lost.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import shutil
import sqlite3
import tarfile
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast

import msgspec
import sqlalchemy as sa

from db.centre import copies, counts, rows
from db.centre.database import HEAD
from db.centre.hosts import prints
from db.centre.pictures import picture_rows
from db.errors import DamagedError, StoreError
from db.files import digest_of, flush, flush_folder
from desk import __version__, clock, doors
from desk.centre.exchange import telling
from desk.centre.node import centre_node
from desk.centre.node.hosts import host_keys, secret_words
from desk.centre.run import authority
from desk.centre.run.sealed_file import Reader, Writer
from desk.errors import UNREADABLE, RefusedError

_MANIFEST, _SQLITE, _POSTGRES = "manifest.json", "database.sqlite", "database.dump"
_KEYS = (
    host_keys.BOX_FILE,
    centre_node.AUTHORITY,
    authority.SERVER,
    authority.ROOT,
    host_keys.KEYS_FILE,
)  # the last one makes a folder a centre
_BEFORE_KEYS = (host_keys.DB_FILE, f"{host_keys.DB_FILE}-wal", f"{host_keys.DB_FILE}-shm")
_COPY, _RESTORING = ".copy-", ".restoring-"  # begin the names of workshops
_CHUNK = 1 << 20
_LEAST = 8  # characters of a password


class Member(msgspec.Struct, frozen=True):
    """A file inside, as it must come out."""

    name: str
    size: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True):
    """What is inside."""

    node: str
    name: str
    made: str
    program: str
    schema: str
    members: tuple[Member, ...]
    v: int = 1
    # The pictures that its database names, by place: how many, and their bytes. Those outside the database are copied
    # apart (`pictures.copying`).
    pictures: dict[str, tuple[int, int]] = {}


def backup(centre: centre_node.Centre, url: str, target: Path, password: str) -> Manifest:
    """Write `target`, whole or not at all, and read it back. Raises RefusedError; a file that is there stays."""
    if len(password) < _LEAST:
        raise RefusedError(f"备份的密码至少 {_LEAST} 位。", "没有备份。")
    if target.exists():
        raise RefusedError(f"{target} 已经有了。", "没有改动。", "请换一个文件名。")
    if not target.parent.is_dir():
        raise RefusedError(f"没有文件夹 {target.parent}。", "没有备份。")
    aside = target.with_name(f".{target.name}.{uuid.uuid4().hex[:8]}.part")
    try:
        with _workshop(centre.folder) as shop, _in_words():
            manifest, sources = _gathered(centre, url, shop)
            descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
            with os.fdopen(descriptor, "wb") as out:
                _pack(out, password, manifest, sources)
                out.flush()
                flush(out.fileno())
            _unpack(aside, password, None)
        aside.replace(target)
        flush_folder(target.parent)
    finally:
        aside.unlink(missing_ok=True)
    return manifest


def restore(folder: Path, url: str, source: Path, password: str, tell: clock.Clock = clock.now) -> tuple[Manifest, int]:
    """Put a centre back into `folder` and, of PostgreSQL, into the database at `url`; what came, and its new epoch.

    It is made whole beside, the epoch begun there, and is a centre with the last file that is moved in: one that was
    cut off is simply done again. Raises RefusedError when there is a centre, a database that is not empty, or the file
    is not good: nothing stays.
    """
    if not _is_free(folder):
        raise RefusedError(f"文件夹 {folder} 不是空的。", "没有改动。", "请换一个空文件夹，或先把原来的移开。")
    with _in_words():
        if url and not copies.is_empty(url):
            raise RefusedError("数据库里已经有内容。", "没有改动。", "请建一个空数据库再恢复。")
        folder.mkdir(parents=True, exist_ok=True)
    with _in_words(), _workshop(folder, _RESTORING) as shop:
        manifest = _unpack(source, password, shop)
        if manifest.schema > HEAD:
            raise RefusedError("备份是更新的程序做的。", "没有改动。", "请先升级本机的程序。")
        names = {one.name for one in manifest.members}
        if (_POSTGRES in names) != bool(url):
            kind = "PostgreSQL" if _POSTGRES in names else "SQLite"
            raise RefusedError(f"这份备份是 {kind} 数据库的，与现在设的数据库不同。", "没有改动。")
        if url:
            copies.load_postgres(url, shop / _POSTGRES)
            (shop / _POSTGRES).unlink()
        else:
            copies.check_sqlite(shop / _SQLITE)
            (shop / _SQLITE).replace(shop / host_keys.DB_FILE)
        epoch = _begun_again(shop, url, tell)
        _move_in(shop, folder)
    return manifest, epoch


def _is_free(folder: Path) -> bool:
    """Whether a centre may come into the folder: nothing is there, or what a restore left that was cut off."""
    there = {one.name for one in folder.iterdir()} if folder.is_dir() else set()
    ours = {name for name in there if name.startswith(_RESTORING)}
    return there == ours or (bool(ours) and there - ours <= {*_BEFORE_KEYS, *_KEYS[:-1]})


def _move_in(shop: Path, folder: Path) -> None:
    """What was made beside becomes a centre, its keys last; what was left of a restore that was cut off goes."""
    for name in _BEFORE_KEYS:
        (folder / name).unlink(missing_ok=True)
    moved: list[Path] = []
    flush_folder(shop)
    try:
        for name in (*_BEFORE_KEYS, *_KEYS):
            if (shop / name).exists():
                (shop / name).replace(folder / name)
                moved.append(folder / name)
        flush_folder(folder)
    except OSError:
        for path in moved:
            path.unlink(missing_ok=True)
        raise
    for left in folder.glob(f"{_RESTORING}*"):
        shutil.rmtree(left, ignore_errors=True)


def _begun_again(folder: Path, url: str, tell: clock.Clock) -> int:
    centre = centre_node.Centre(folder, url, tell)
    try:
        with centre.database.read() as db:
            rows.encoded_after(db, centre.node, max(0, rows.own_end(db)[0] - 1), 1)  # our key opens it
        with centre.database.write() as db:
            counts.drop_sessions(db)
        return new_epoch(centre)
    finally:
        centre.close()


def new_epoch(centre: centre_node.Centre) -> int:
    """The centre came back from a backup: a new epoch, and numbers that may have been given are left out."""
    if centre.database.ends is not None:
        centre.database.ends.forget()
    with centre.database.write() as db:
        return telling.begin_epoch(centre, db, int(rows.value(db, "epoch") or 1) + 1)


# -- the file ----------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def _workshop(folder: Path, called: str = _COPY) -> Iterator[Path]:
    """A folder inside `folder` that only we can look into, gone afterwards."""
    shop = folder / f"{called}{uuid.uuid4().hex[:8]}"
    shop.mkdir(mode=0o700)
    try:
        yield shop
    finally:
        shutil.rmtree(shop, ignore_errors=True)


@contextlib.contextmanager
def _in_words() -> Iterator[None]:
    """What the surroundings do, in words."""
    try:
        yield
    except copies.NoProgramError as error:
        raise RefusedError(f"这台机器没有装 {error}。", "没有改动。", "请装 PostgreSQL 的客户端程序。") from error
    except DamagedError as error:
        raise RefusedError("数据库的内容损坏，没有通过检查。", "没有改动。") from error
    except StoreError as error:
        raise RefusedError(f"PostgreSQL 的程序没有办成：{error}", "没有改动。") from error
    except (OSError, sqlite3.Error, sa.exc.DBAPIError) as error:
        told = error.orig if isinstance(error, sa.exc.DBAPIError) else error  # without the statement
        raise RefusedError(f"读写没有成功：{told}", "没有改动。", "请看磁盘是否满了、路径是否可写。") from error


def _must_be_whole(centre: centre_node.Centre) -> None:
    """Raises RefusedError where the secrets that lie in the folder now are not those of the database: a backup with
    others, or without, would open nothing."""
    key, mine = (host_keys.fingerprint(one) for one in (host_keys.keys_of(centre.folder), centre.keys))
    with host_keys.in_words():
        if key != mine:
            raise prints.OtherKeyError
        if host_keys.box_of(centre.folder).fingerprint() != centre.database.box.fingerprint():
            raise prints.OtherBoxError


def _direct(centre: centre_node.Centre, url: str) -> str:
    """Where pg_dump goes: it sets what pgbouncer would hand on to others. Raises RefusedError."""
    if not centre.database.line.is_pooled:
        return url
    direct = secret_words.of(centre.folder).get(secret_words.DIRECT, "")
    if not direct:
        todo = f"请把数据库本身的地址放进环境变量 {secret_words.DIRECT}。"
        raise RefusedError("数据库在 pgbouncer 后面，备份不能经过它。", "没有备份。", todo)
    with centre.database.read() as db, host_keys.in_words():
        copies.must_be_same(direct, rows.own_end(db)[0], rows.value(db, prints.KEY))
    return direct


def _gathered(centre: centre_node.Centre, url: str, shop: Path) -> tuple[Manifest, list[Path]]:
    _must_be_whole(centre)
    if centre.database.is_postgres:
        database = shop / _POSTGRES
        copies.dump_postgres(_direct(centre, url), database)
    else:
        database = shop / _SQLITE
        copies.copy_sqlite(Path(str(centre.database.engine.url.database)), database)
    sources = [database, *(path for name in _KEYS if (path := centre.folder / name).is_file())]
    members = tuple(_member(path) for path in sources)
    with centre.database.read() as db:
        pictures = picture_rows.by_place(db)
    return Manifest(centre.node, centre.name, centre.now(), __version__, HEAD, members, pictures=pictures), sources


def _member(path: Path) -> Member:
    return Member(path.name, path.stat().st_size, digest_of(path).hex())


def _pack(out: IO[bytes], password: str, manifest: Manifest, sources: list[Path]) -> None:
    sealed = Writer(out, password)
    with tarfile.open(fileobj=cast("IO[bytes]", sealed), mode="w|", bufsize=_CHUNK) as tar:
        encoded = msgspec.json.encode(manifest)
        _add(tar, _MANIFEST, len(encoded), io.BytesIO(encoded))
        for path in sources:
            with path.open("rb") as read:
                _add(tar, path.name, path.stat().st_size, read)
    sealed.close()


def _add(tar: tarfile.TarFile, name: str, size: int, read: IO[bytes]) -> None:
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    tar.addfile(info, read)


def _unpack(source: Path, password: str, target: Path | None) -> Manifest:
    """Read the whole file, check every member, and put them into `target` if there is one. Raises RefusedError."""
    try:
        with source.open("rb") as read:
            sealed = Reader(read, password)
            with tarfile.open(fileobj=cast("IO[bytes]", sealed), mode="r|", bufsize=_CHUNK) as tar:
                first = tar.next()
                inside = tar.extractfile(first) if first is not None and first.name == _MANIFEST else None
                if first is None or first.size > doors.CENTRE_BACKUP.most:
                    raise _broken()
                manifest = msgspec.json.decode(inside.read() if inside else b"", type=Manifest)
                _members(tar, manifest, target)
            sealed.read()  # to the writer's own end
    except (tarfile.TarError, *UNREADABLE) as error:
        raise _broken() from error
    return manifest


def _members(tar: tarfile.TarFile, manifest: Manifest, target: Path | None) -> None:
    allowed = {*_KEYS, _SQLITE, _POSTGRES}
    for expected in manifest.members:
        info = tar.next()
        inside = tar.extractfile(info) if info is not None and info.name == expected.name else None
        if inside is None or expected.name not in allowed:
            raise _broken()
        digest, size = hashlib.sha256(), 0
        with contextlib.ExitStack() as stack:
            out = stack.enter_context(_new(target / expected.name)) if target else None
            while piece := inside.read(_CHUNK):
                digest.update(piece)
                size += len(piece)
                if out:
                    out.write(piece)
            if out:
                out.flush()
                flush(out.fileno())
        if (size, digest.hexdigest()) != (expected.size, expected.sha256):
            raise _broken()


def _new(path: Path) -> IO[bytes]:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    return os.fdopen(descriptor, "wb")


def _broken() -> RefusedError:
    return RefusedError("备份文件里的内容不对。", "没有改动。", "请换一份备份。")
