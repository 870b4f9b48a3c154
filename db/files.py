"""Files that must be whole or not there: written aside, flushed, renamed; and one process per folder."""

from __future__ import annotations

import os
import sys
import uuid
from pathlib import Path
from typing import IO

from db.errors import BusyError


def write_whole(path: Path, data: bytes, mode: int = 0o600) -> None:
    """Put `data` at `path` so that a power cut leaves the old bytes or the new ones, never a mixture."""
    aside = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}.part")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)
    try:
        with os.fdopen(descriptor, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        aside.replace(path)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise
    flush_folder(path.parent)


def flush_folder(folder: Path) -> None:
    """Make a rename in `folder` durable; Windows has no such call and needs none."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class FolderLock:
    """Holds a folder for this process until `release`; the system frees it when the process dies."""

    def __init__(self, folder: Path) -> None:
        self._file: IO[bytes] = (folder / "in-use.lock").open("a+b")
        try:
            _lock(self._file)
        except OSError as error:
            self._file.close()
            raise BusyError(str(folder)) from error

    def release(self) -> None:
        """Give the folder free."""
        self._file.close()


if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[bytes]) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(file: IO[bytes]) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
