"""Another database and vault in the place of those that are there, by renames alone: all of it or nothing.

What comes is made whole in a folder of its own beside them. From the moment that folder is marked as ready the swap is
finished at the next start, whatever happens meanwhile; until then it is thrown away, and nothing was touched.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import msgspec

from db import vault
from db.errors import BusyError
from db.files import DATABASE, MET, FolderLock, flush_file, flush_folder, take_place, write_whole

STAGE = ".coming"
GONE = ".gone"  # what is set aside under this name is not kept
_READY = "ready.json"
_BESIDE = (f"{DATABASE}-wal", f"{DATABASE}-shm", f"{DATABASE}-journal", MET)  # what belongs to the database that goes
_MOVED = (DATABASE, vault.FILE, vault.COPY)


class _Ready(msgspec.Struct, frozen=True):
    aside: str


def stage(folder: Path) -> Path:
    """An empty folder for what comes. The caller holds the lock of `folder`. Raises OSError."""
    made = folder / STAGE
    shutil.rmtree(made, ignore_errors=True)
    made.mkdir(parents=True)
    return made


def drop(folder: Path) -> None:
    """Nothing comes of it."""
    shutil.rmtree(folder / STAGE, ignore_errors=True)


def take(folder: Path, aside: str) -> Path:
    """Swap: what is there goes to the folder `aside` in `folder`, which is given back. Under the lock. Raises OSError;
    before anything was moved, unless the disk itself breaks."""
    coming = folder / STAGE
    for name in _MOVED:
        flush_file(coming / name)
    flush_folder(coming)
    write_whole(coming / _READY, msgspec.json.encode(_Ready(aside)))
    _finish(folder)
    return folder / aside


def settle(folder: Path) -> bool:
    """Finish a swap that was cut off after it was ready, forget one that was not; whether one was finished. Nothing is
    done where another process is at it. Raises OSError."""
    if not any((folder / name).is_dir() for name in (STAGE, GONE)):
        return False
    try:
        lock = FolderLock(folder)
    except BusyError:
        return False
    try:
        return _finish(folder)
    finally:
        lock.release()


def _finish(folder: Path) -> bool:
    coming = folder / STAGE
    try:
        ready = msgspec.json.decode((coming / _READY).read_bytes(), type=_Ready)
    except (OSError, msgspec.DecodeError):
        drop(folder)
        _forget(folder)
        return False
    aside = folder / Path(ready.aside).name
    if (coming / DATABASE).exists():
        for name in _BESIDE:
            _move(folder / name, aside)
    for name in _MOVED:
        if (coming / name).exists():
            _move(folder / name, aside)
            take_place(coming / name, folder / name)
    flush_folder(folder)
    drop(folder)
    _forget(folder)
    return True


def _forget(folder: Path) -> None:
    if (folder / DATABASE).exists():
        shutil.rmtree(folder / GONE, ignore_errors=True)


def _move(path: Path, aside: Path) -> None:
    if path.exists():
        aside.mkdir(exist_ok=True)
        take_place(path, aside / path.name)
        flush_folder(aside)
