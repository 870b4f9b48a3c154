"""Backups of a centre by themselves: made at their time, kept for a while, copied to a second place, and restored once
a week into nothing to see that they can be.

The password comes from a file that only the service reads, or from the environment; never from a command line, where
everybody on the machine sees it. What was done stands in `backups.json` beside the keys.
"""

from __future__ import annotations

import datetime as dt
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
from db.centre.pictures import picture_rows
from db.centre.pictures.places import FOLDER, PlaceError
from db.errors import StoreError
from db.files import digest_of, flush, flush_folder, write_whole
from desk import clock, doors
from desk.centre.node.centre_node import Centre
from desk.centre.node.hosts import secret_words
from desk.centre.run import backup, kept, limits
from desk.centre.run.pictures import copying
from desk.centre.run.settings import Settings
from desk.errors import UNREADABLE, DeskError, RefusedError
from desk.log.chain import BrokenLogError

STATE = "backups.json"
_EVERY = 60.0  # seconds between two looks
_PATIENCE = 1800.0  # seconds that the backup of another centre is waited for
_TRY_DAYS = 7
_MONTHS = 12  # of which the first backup is kept
_AGAIN = dt.timedelta(minutes=30)  # after trouble
_GRACE = 3600.0  # seconds that a timer leaves to the service
# Of which centre; its number, which those of before there were any have not; the month.
_NAME = re.compile(r"centre-(\d{6})-(?:(\d{6,})-)?(\d{6})\d\d-\d{6}\.dbc", re.ASCII)
_PIECE = 1 << 20
_OPENED = 500  # pictures that a trial opens
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
    pictures: int = 0  # of the folder that are in the copy beside the backups


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
    found = settings.words().get(secret_words.BACKUP, "")
    if found or not settings.backup_password_file:
        if not found:
            raise RefusedError(
                "没有备份的密码。", "没有备份。", f"请设 backup_password_file，或环境变量 {secret_words.BACKUP}。"
            )
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
    code, beside = centre.code[:6], Path(settings.backup_second or folder)
    number = 1 + max((int(one[2] or 0) for one in (*_ours(folder, code), *_ours(beside, code))), default=0)
    apart = centre.pictures.where.folder  # pictures that lie there are copied before the database, and what came since
    trouble = _pictures(centre, folder) if apart else []
    path = folder / f"centre-{code}-{number:06}-{local:%Y%m%d-%H%M%S}.dbc"
    backup.backup(centre, url, path, secret)
    known = State(clock.stamp(now), path.name, path.stat().st_size, known.second, known.tried, known.entries)
    _keep(centre.folder, known)
    rotate(folder, code, settings.backup_keep)
    if apart and not trouble:
        trouble = _pictures(centre, folder)
        with centre.database.read() as db:
            known = msgspec.structs.replace(known, pictures=picture_rows.by_place(db).get(FOLDER, (0, 0))[0])
    if settings.backup_second:
        try:
            second(path, beside)
            trouble += _pictures(centre, beside) if apart else []
            rotate(beside, code, settings.backup_keep)
            known = msgspec.structs.replace(known, second=clock.stamp(now))
        except OSError as error:
            trouble.append(f"没有备份到第二个地方 {settings.backup_second}：{error.strerror or error}")
    old = _since(now, known.tried)
    if can_try(centre) and (old is None or old > _TRY_DAYS * 86_400):
        try:
            known = msgspec.structs.replace(known, entries=tried(centre, path, secret), tried=clock.stamp(now))
        except (DeskError, OSError, StoreError, BrokenLogError, sa.exc.SQLAlchemyError) as error:
            trouble.append(f"试着恢复 {path.name}，没有成：{_words(error)}")
    if trouble:
        known = msgspec.structs.replace(known, trouble="\n".join(trouble), trouble_at=clock.stamp(now))
    return _keep(centre.folder, known)


def _pictures(centre: Centre, folder: Path) -> list[str]:
    """Copy the pictures that are new; what went wrong, in words."""
    try:
        done = copying.copy(centre, folder)
    except PlaceError as error:
        return [f"图片没有备份到 {folder}：{error.words}"]
    return [copying.told(done, "备份")] if done.bad else []


def _words(error: Exception) -> str:
    return error.sentences() if isinstance(error, DeskError) else type(error).__name__


def can_try(centre: Centre) -> bool:
    """Whether a backup can be restored here to try it: SQLite anywhere, PostgreSQL into an empty database of its
    own."""
    return not centre.database.is_postgres or bool(_trying(centre))


def _trying(centre: Centre) -> str:
    return secret_words.of(centre.folder).get(secret_words.TRY, "")


def tried(centre: Centre, path: Path, secret: str) -> int:
    """Restore a backup into a folder (of PostgreSQL, into the database for trying) that is thrown away, and check every
    chain in it; how many entries there are. Raises RefusedError, BrokenLogError."""
    shop = centre.folder / f".try-{uuid.uuid4().hex[:8]}"
    shop.mkdir(mode=0o700)
    url = _trying(centre) if centre.database.is_postgres else ""
    try:
        backup.restore(shop / "centre", url, path, secret, centre.tell)
        copy = Centre(shop / "centre", url, centre.tell)
        try:
            _must_have_pictures(copy, path.parent)
            return sum(copy.verify().values())
        finally:
            copy.close()
            if url:
                copies.drop_everything(url)
    finally:
        shutil.rmtree(shop, ignore_errors=True)


def _must_have_pictures(copy: Centre, folder: Path) -> None:
    """Raises RefusedError where pictures of the folder that a restored centre names are not in the copy beside its
    backup: all are looked for, some opened."""
    with copy.database.read() as db:
        count = picture_rows.by_place(db).get(FOLDER, (0, 0))[0]
    if not count:
        return
    try:
        _, bad = copying.lacking(copy, folder, _OPENED)
    except PlaceError as error:
        raise RefusedError(f"图片的备份用不了：{error.words}。") from error
    if bad:
        raise RefusedError(f"图片的备份里 {count} 张缺 {len(bad)} 张（{bad[0]} 等）。")


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
        if digest_of(aside) != digest_of(path):
            raise OSError(5, "写下的与原来的不同")
        aside.replace(folder / path.name)
        flush_folder(folder)
    finally:
        aside.unlink(missing_ok=True)


def _ours(folder: Path, code: str) -> list[re.Match[str]]:
    """Backups of the centre with this code (6 digits) by their number, the latest first: they follow one another by it,
    whatever the clock said."""
    found = [_NAME.fullmatch(one.name) for one in (folder.iterdir() if folder.is_dir() else ())]
    ours = (one for one in found if one and one[1] == code)
    return sorted(ours, key=lambda one: (int(one[2] or 0), one[0]), reverse=True)


def rotate(folder: Path, code: str, most: int) -> list[str]:
    """Let old backups of the centre with this code go, and no other's that lie there: the latest `most` stay, of older
    ones the first of each of the last twelve months. The names of those that went."""
    ours = _ours(folder, code)
    months: dict[str, str] = {}
    for one in reversed(ours):
        months.setdefault(one[3], one[0])
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


def run(
    centre: Centre, stop: threading.Event, url: str, settings: Settings, turn: threading.Lock | None = None
) -> None:
    """Look every minute until `stop` is set: backups where they are set up, and what was typed a day ago goes. `turn`
    is of all centres of one service: one of them makes a backup at a time."""
    while not stop.wait(_EVERY):
        look(centre, url, settings, turn)


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


def look(centre: Centre, url: str, settings: Settings, turn: threading.Lock | None = None) -> None:
    """One look; trouble is told in the log and on the page, and tried again later."""
    try:
        kept.tidy(centre)
        limits.tidy(centre.database)
    except sa.exc.SQLAlchemyError as error:
        _log.warning("tidying: %s", type(error).__name__)
    if not settings.backup_folder or not is_due(settings, state(centre.folder), centre.tell()):
        return
    is_ours = turn is None or turn.acquire(timeout=_PATIENCE)  # one whose disk hangs keeps the others waiting so long
    try:
        done = once(centre, url, settings)
    except (DeskError, OSError, StoreError, sa.exc.SQLAlchemyError) as error:
        _log.warning("backup: %s", type(error).__name__)
        words = _words(error) if isinstance(error, DeskError) else f"没有备份成：{_words(error)}"
        told = msgspec.structs.replace(state(centre.folder), trouble=words, trouble_at=clock.stamp(centre.tell()))
        _keep(centre.folder, told)
        return
    finally:
        if turn is not None and is_ours:
            turn.release()
    if done.trouble:
        _log.warning("backup: made, with trouble")
