"""Backups of a centre by themselves: made at their time, kept for a while, copied to a second place, and restored once
a week into nothing to see that they can be.

The password comes from a file that only the service reads, or from the environment; never from a command line, where
everybody on the machine sees it. What was done stands in `backups.json` beside the keys.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
import os
import re
import shutil
import threading
import uuid
from pathlib import Path

import msgspec
import sqlalchemy as sa

from db.centre import copies
from db.errors import StoreError
from db.files import flush, flush_folder, write_whole
from desk import clock, doors
from desk.centre.node.centre_node import Centre
from desk.centre.run import backup, kept, limits
from desk.centre.run.settings import Settings
from desk.errors import UNREADABLE, DeskError, RefusedError
from desk.log.chain import BrokenLogError

STATE = "backups.json"
_PASSWORD, _TRY = "DAIBAN_BACKUP_PASSWORD", "DAIBAN_CENTRE_TRY_DB"
_EVERY = 60.0  # seconds between two looks
_TRY_DAYS = 7
_MONTHS = 12  # of which the first backup is kept
_AGAIN = dt.timedelta(minutes=30)  # after trouble
_GRACE = 3600.0  # seconds that a timer leaves to the service
# Its number, which those of before there were any have not; the month.
_NAME = re.compile(r"centre-\d{6}-(?:(\d{6,})-)?(\d{6})\d\d-\d{6}\.dbc", re.ASCII)
_PIECE = 1 << 20
_log = logging.getLogger("desk.centre")


class State(msgspec.Struct, frozen=True):
    """What was done last, each with its moment, "" for never; `trouble` in words, with the moment it was met."""

    made: str = ""
    file: str = ""
    size: int = 0
    second: str = ""
    tried: str = ""
    entries: int = 0  # that the tried one held
    trouble: str = ""
    trouble_at: str = ""


def state(folder: Path) -> State:
    """What is known of a centre's backups."""
    try:
        return msgspec.json.decode((folder / STATE).read_bytes(), type=State)
    except (OSError, *UNREADABLE):
        return State()


def _keep(folder: Path, now: State) -> State:
    write_whole(folder / STATE, msgspec.json.encode(now))
    return now


def age(now: dt.datetime, moment: str) -> float | None:
    """Seconds since then; None for never."""
    return max(0.0, (now - dt.datetime.fromisoformat(moment)).total_seconds()) if moment else None


def _since(now: dt.datetime, moment: str) -> float | None:
    """Seconds since then; None for never, and for what has yet to come: by that clock nothing can be reckoned."""
    return age(now, moment) if moment and dt.datetime.fromisoformat(moment) <= now else None


def is_late(settings: Settings, known: State, now: dt.datetime) -> bool:
    """Whether the last backup is older than two that should have been made."""
    old = _since(now, known.made)
    return old is None or old > 2 * settings.backup_hours * 3600


def password(settings: Settings) -> str:
    """The password of backups. Raises RefusedError where there is none, or others may read its file."""
    found = os.environ.get(_PASSWORD, "")
    if found or not settings.backup_password_file:
        if not found:
            raise RefusedError("没有备份的密码。", "没有备份。", f"请设 backup_password_file，或环境变量 {_PASSWORD}。")
        return found
    path = Path(settings.backup_password_file)
    try:
        if os.name == "posix" and path.stat().st_mode & 0o077:
            raise RefusedError(f"{path} 别人也能读，没有用它。", "没有备份。", f"请运行 chmod 600 {path}。")
        return doors.read_file(path, doors.SETTINGS).decode().strip()
    except (OSError, UnicodeDecodeError) as error:
        raise RefusedError(f"读不了备份的密码文件 {path}。", "没有备份。", "请核对路径和权限。") from error


def once(centre: Centre, url: str, settings: Settings) -> State:
    """Make a backup now, copy it to the second place, let old ones go, and once a week try to restore it. Raises
    RefusedError and OSError where none could be made; trouble with the rest is told in the state."""
    known, now = state(centre.folder), centre.tell()
    secret, folder = password(settings), Path(settings.backup_folder)
    folder.mkdir(parents=True, exist_ok=True)
    local = now.astimezone(clock.BEIJING)
    before = [*_ours(folder), *_ours(Path(settings.backup_second or folder))]
    number = 1 + max((int(one[1] or 0) for one in before), default=0)
    path = folder / f"centre-{centre.code[:6]}-{number:06}-{local:%Y%m%d-%H%M%S}.dbc"
    backup.backup(centre, url, path, secret)
    known = State(clock.stamp(now), path.name, path.stat().st_size, known.second, known.tried, known.entries)
    _keep(centre.folder, known)
    rotate(folder, settings.backup_keep)
    trouble = []
    if settings.backup_second:
        try:
            second(path, Path(settings.backup_second))
            rotate(Path(settings.backup_second), settings.backup_keep)
            known = msgspec.structs.replace(known, second=clock.stamp(now))
        except OSError as error:
            trouble.append(f"没有备份到第二个地方 {settings.backup_second}：{error.strerror or error}")
    old = _since(now, known.tried)
    if can_try(url) and (old is None or old > _TRY_DAYS * 86_400):
        try:
            known = msgspec.structs.replace(known, entries=tried(centre, path, secret), tried=clock.stamp(now))
        except (DeskError, OSError, StoreError, BrokenLogError, sa.exc.SQLAlchemyError) as error:
            trouble.append(f"试着恢复 {path.name}，没有成：{_words(error)}")
    if trouble:
        known = msgspec.structs.replace(known, trouble="\n".join(trouble), trouble_at=clock.stamp(now))
    return _keep(centre.folder, known)


def _words(error: Exception) -> str:
    return error.sentences() if isinstance(error, DeskError) else type(error).__name__


def can_try(url: str) -> bool:
    """Whether a backup can be restored here to try it: SQLite anywhere, PostgreSQL into an empty database of its
    own."""
    return not url or bool(os.environ.get(_TRY))


def tried(centre: Centre, path: Path, secret: str) -> int:
    """Restore a backup into a folder (of PostgreSQL, into the database for trying) that is thrown away, and check every
    chain in it; how many entries there are. Raises RefusedError, BrokenLogError."""
    shop = centre.folder / f".try-{uuid.uuid4().hex[:8]}"
    shop.mkdir(mode=0o700)
    url = os.environ.get(_TRY, "") if centre.database.is_postgres else ""
    try:
        backup.restore(shop / "centre", url, path, secret, centre.tell)
        copy = Centre(shop / "centre", url, centre.tell)
        try:
            return sum(copy.verify().values())
        finally:
            copy.close()
            if url:
                copies.drop_everything(url)
    finally:
        shutil.rmtree(shop, ignore_errors=True)


def second(path: Path, folder: Path) -> None:
    """Copy a backup into another place, whole or not at all, and read the copy back. Raises OSError, also where the
    place is not there: a drive that is not mounted must not become a folder."""
    if not folder.is_dir():
        raise FileNotFoundError(2, "没有这个文件夹", str(folder))
    aside = folder / f".{path.name}.{uuid.uuid4().hex[:8]}.part"
    try:
        with path.open("rb") as read, aside.open("xb") as out:
            aside.chmod(0o600)
            shutil.copyfileobj(read, out, _PIECE)
            out.flush()
            flush(out.fileno())
        if _digest(aside) != _digest(path):
            raise OSError(5, "写下的与原来的不同")
        aside.replace(folder / path.name)
        flush_folder(folder)
    finally:
        aside.unlink(missing_ok=True)


def _digest(path: Path) -> bytes:
    with path.open("rb") as read:
        return hashlib.file_digest(read, "sha256").digest()


def _ours(folder: Path) -> list[re.Match[str]]:
    """Backups of ours by their number, the latest first: they follow one another by it, whatever the clock said."""
    found = [_NAME.fullmatch(one.name) for one in (folder.iterdir() if folder.is_dir() else ())]
    return sorted(filter(None, found), key=lambda one: (int(one[1] or 0), one[0]), reverse=True)


def rotate(folder: Path, most: int) -> list[str]:
    """Let old backups of ours go: the latest `most` stay, of older ones the first of each of the last twelve months.
    The names of those that went."""
    ours = _ours(folder)
    months: dict[str, str] = {}
    for one in reversed(ours):
        months.setdefault(one[2], one[0])
    stay = {*(one[0] for one in ours[:most]), *list(months.values())[-_MONTHS:]}
    gone = [one[0] for one in ours if one[0] not in stay]
    for name in gone:
        (folder / name).unlink(missing_ok=True)
    return gone


def is_due(settings: Settings, known: State, now: dt.datetime) -> bool:
    """Whether it is time for one: the interval is over, and after trouble half an hour."""
    old, failed = _since(now, known.made), _since(now, known.trouble_at)
    if failed is not None and failed < _AGAIN.total_seconds():
        return False
    return old is None or old >= settings.backup_hours * 3600


def run(centre: Centre, stop: threading.Event, url: str, settings: Settings) -> None:
    """Look every minute until `stop` is set: backups where they are set up, and what was typed a day ago goes."""
    while not stop.wait(_EVERY):
        look(centre, url, settings)


def beside(centre: Centre, url: str, settings: Settings) -> tuple[str, bool]:
    """What a timer of the system does: a backup where the service, which makes them by itself, is an hour late or does
    not run. What is to be told, and whether there is a backup as there should be."""
    if not settings.backup_folder:
        return "配置里没有 backup_folder，没有自动备份。", False
    old = _since(centre.tell(), state(centre.folder).made)
    if old is None or old >= settings.backup_hours * 3600 + _GRACE:
        look(centre, url, settings)
    known = state(centre.folder)
    if known.trouble:
        return known.trouble, False
    return f"最近的备份：{known.file}，{clock.minute(known.made)}。", not is_late(settings, known, centre.tell())


def look(centre: Centre, url: str, settings: Settings) -> None:
    """One look; trouble is told in the log and on the page, and tried again later."""
    try:
        kept.tidy(centre)
        limits.tidy(centre.database)
    except sa.exc.SQLAlchemyError as error:
        _log.warning("tidying: %s", type(error).__name__)
    if not settings.backup_folder or not is_due(settings, state(centre.folder), centre.tell()):
        return
    try:
        done = once(centre, url, settings)
    except (DeskError, OSError, StoreError, sa.exc.SQLAlchemyError) as error:
        _log.warning("backup: %s", type(error).__name__)
        words = _words(error) if isinstance(error, DeskError) else f"没有备份成：{_words(error)}"
        told = msgspec.structs.replace(state(centre.folder), trouble=words, trouble_at=clock.stamp(centre.tell()))
        _keep(centre.folder, told)
        return
    if done.trouble:
        _log.warning("backup: made, with trouble")
