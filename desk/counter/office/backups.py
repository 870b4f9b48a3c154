"""Backups 备份: once a day and on demand, each opened and looked through before it counts; old ones make room.

A backup is a folder with the encrypted database and its vault: whoever knows a password can open it, nobody else.
"""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import msgspec

from db import backup, opening, vault
from desk.counter.session import Session
from desk.errors import SurroundingsError
from desk.store.troubles import in_words

FOLDER = "backups"
_DAYS, _WEEKS = 7, 4


class Backup(msgspec.Struct, frozen=True):
    """One backup: when it was made (ISO, to the minute), where, how large in bytes."""

    made_at: str
    path: str
    size: int


def listed(folder: Path) -> tuple[Backup, ...]:
    """The backups in `folder`, latest first."""
    found = [one for one in folder.glob("20??-??-??T????") if (one / opening.FILE).is_file()]
    return tuple(
        Backup(_when(one.name), str(one), (one / opening.FILE).stat().st_size) for one in sorted(found, reverse=True)
    )


def _when(name: str) -> str:
    return f"{name[:13]}:{name[13:]}"


class Backups:
    """Makes and keeps the backups of an open desk."""

    def __init__(self, session: Session, folder: Path) -> None:
        self._session, self._folder = session, folder

    def listed(self) -> tuple[Backup, ...]:
        """Those beside the database."""
        return listed(self._folder / FOLDER)

    def due(self) -> bool:
        """Whether none was made today."""
        today = self._session.today().isoformat()
        return not any(one.made_at.startswith(today) for one in self.listed())

    def make(self, second: str = "") -> Backup:
        """Make one here, and one in the folder `second` when it is named. Raises SurroundingsError in words."""
        made = self._make(self._folder / FOLDER)
        if second:
            place = Path(second)
            if not place.is_absolute() or not place.is_dir():  # a stick that is not plugged in is not made up
                raise SurroundingsError(
                    f"第二份备份没有做成：没有“{second}”这个文件夹。",
                    "本机的备份已经做好。",
                    "请插好U盘，或在“设置”里重新选文件夹。",
                )
            self._make(place / f"daiban-{self._session.identity.node}")
        return made

    def _make(self, place: Path) -> Backup:
        name = self._session.moment().strftime("%Y-%m-%dT%H%M")
        target = place / name
        try:
            with in_words():
                target.mkdir(parents=True, exist_ok=True)
                (target / opening.FILE).unlink(missing_ok=True)
                backup.copy_to(self._session.store.rooms, target / opening.FILE)
                shutil.copyfile(self._folder / vault.FILE, target / vault.FILE)
        except OSError as error:
            raise SurroundingsError(
                f"备份没有做成：写不进 {place}。", "数据库没有改动。", "请看U盘或磁盘是否插好、有没有空间。"
            ) from error
        _make_room(place)
        return next(one for one in listed(place) if Path(one.path) == target)


def _make_room(place: Path) -> None:
    """Keep one for each of the last days and weeks; the rest goes."""
    kept: set[str] = set()
    days: set[str] = set()
    weeks: set[tuple[int, int]] = set()
    for copy in listed(place):
        day = copy.made_at[:10]
        week = dt.date.fromisoformat(day).isocalendar()[:2]
        if (day not in days and len(days) < _DAYS) or (week not in weeks and len(weeks) < _WEEKS):
            kept.add(copy.path)
        days.add(day)
        weeks.add(week)
    for copy in listed(place):
        if copy.path not in kept:
            shutil.rmtree(copy.path, ignore_errors=True)


def restore(folder: Path, chosen: Path, moment: dt.datetime) -> Path:
    """Put a backup in the place of the database in `folder`; what was there is set aside, never deleted.

    Returns where it was set aside. The desk must be closed. Raises SurroundingsError in words.
    """
    aside = folder / f"set-aside-{moment:%Y-%m-%dT%H%M%S}"
    try:
        aside.mkdir()
        for name in (opening.FILE, f"{opening.FILE}-wal", f"{opening.FILE}-shm", vault.FILE):
            if (folder / name).exists():
                shutil.move(folder / name, aside / name)
        for name in (opening.FILE, vault.FILE):
            shutil.copyfile(chosen / name, folder / name)
    except OSError as error:
        raise SurroundingsError(
            "没有恢复成。", f"原来的文件在 {aside}，没有删除。", "请腾出磁盘空间后再试，或联系旗中心。"
        ) from error
    return aside
