"""Files that must be whole or not there: written aside, flushed, renamed; and one process per folder."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import stat
import sys
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from db.errors import BusyError

_LOOK = 0.01  # seconds between two looks whether a lock or a file is free
# Seconds for which another program may hold what is renamed. On Windows whoever reads a file keeps it from that, and
# antivirus programs read whatever was just written.
_HELD = 4.0 if sys.platform == "win32" else 0.0
DATABASE = "desk.db"
MET = "desk.db-damaged"  # lies beside a database in which damage was met: the next opening reads through all of it

# What CIFS, FUSE and some sticks answer where they cannot flush: no word about the disk, and no failure.
_NO_FLUSH = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS})


def write_whole(path: Path, data: bytes, mode: int = 0o600) -> None:
    """Put `data` at `path` so that a power cut leaves the old bytes or the new ones, never a mixture.

    A file system that cannot flush has to give the bytes back instead. Raises OSError.
    """
    aside = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}.part")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)
    try:
        with os.fdopen(descriptor, "wb") as out:
            out.write(data)
            out.flush()
            flushed = flush(out.fileno())
        if not flushed:
            _read_back(aside, data)
        take_place(aside, path)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise
    flush_folder(path.parent)


def take_place(source: Path, target: Path) -> None:
    """Rename a file over `target`, or a folder to where none is; again for a while where another program has it open
    on Windows. Raises OSError."""
    until = time.monotonic() + _HELD
    while time.monotonic() < until:
        try:
            source.replace(target)
        except PermissionError:
            time.sleep(_LOOK)
        else:
            return
    source.replace(target)


def _read_back(path: Path, data: bytes) -> None:
    if path.read_bytes() != data:
        raise OSError(errno.EIO, os.strerror(errno.EIO))


def flush(descriptor: int) -> bool:
    """Make what was written durable; False where the file system has no such thing. Raises OSError for a bad disk."""
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _NO_FLUSH:
            raise
        return False
    return True


def flush_file(path: Path) -> None:
    """Make a file that was written elsewhere durable; nothing where there is none. Raises OSError for a bad disk."""
    if path.exists():
        with path.open("r+b") as kept:
            flush(kept.fileno())


def flush_folder(folder: Path) -> None:
    """Make a rename in `folder` durable, where that can be done; Windows has no such call and needs none."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        flush(descriptor)
    finally:
        os.close(descriptor)


class UnfitError(OSError):
    """Not a plain file, or one with more bytes than are read: `size` tells them, -1 where it is no file."""

    def __init__(self, path: Path, size: int) -> None:
        super().__init__(
            errno.EINVAL if size < 0 else errno.EFBIG, "not a file" if size < 0 else "too large", str(path)
        )
        self.size = size


def read_bounded(path: Path, most: int) -> bytes:
    """All bytes of a plain file. Raises UnfitError for anything else, as a pipe that would never end, and for one of
    more than `most`, before they are read; OSError."""
    if not stat.S_ISREG(path.stat().st_mode):
        raise UnfitError(path, -1)  # some devices act upon being opened
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)  # another may lie there by now
    with os.fdopen(os.open(path, flags), "rb") as file:
        found = os.fstat(file.fileno())
        if not stat.S_ISREG(found.st_mode):
            raise UnfitError(path, -1)
        if found.st_size > most:
            raise UnfitError(path, found.st_size)
        data = file.read(found.st_size + 1)  # a larger number would take that much memory at once
        if len(data) > found.st_size:  # it grew meanwhile
            data += file.read(most + 1 - len(data))
    if len(data) > most:
        raise UnfitError(path, len(data))
    return data


def digest_of(path: Path) -> bytes:
    """The SHA-256 of a file, read piece by piece. Raises OSError."""
    import hashlib  # OpenSSL's part of it: the login page needs none

    with path.open("rb") as read:
        return hashlib.file_digest(read, "sha256").digest()


def private(path: Path) -> None:
    """Make sure that nobody but this user may read the file at `path`, which is made where there is none; what SQLite
    puts beside it takes its mode. Windows keeps a user's folders to the user. Raises OSError."""
    if not path.exists():
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    elif sys.platform != "win32" and stat.S_IMODE(path.stat().st_mode) & 0o077:
        path.chmod(0o600)


def private_copy(source: Path, target: Path) -> None:
    """Copy a file so that nobody but this user may read the copy, nor while it is made. Raises OSError."""
    private(target)
    shutil.copyfile(source, target)


class FolderLock:
    """Holds a folder, or a work that is done in it, for this process until `release`; the system frees it when the
    process dies. Raises BusyError, OSError."""

    def __init__(self, folder: Path, work: str = "in-use") -> None:
        self._file = _locked(folder / f"{work}.lock")

    def name(self) -> str:
        """What the holder of this lock is called, today as after a crash: made up by the first one."""
        self._file.seek(0)
        if not (kept := self._file.read(16)):
            kept = os.urandom(8).hex().encode()
            self._file.write(kept)
            self._file.flush()
        return kept.decode("ascii", "replace")

    def release(self) -> None:
        """Give the folder free."""
        self._file.close()


@contextlib.contextmanager
def one_at_a_time(path: Path, seconds: float = 2.0) -> Iterator[None]:
    """Who else asks for the same lock file waits while the block runs. Raises BusyError after `seconds`, OSError."""
    until = time.monotonic() + seconds
    while True:
        try:
            file = _locked(path)
            break
        except BusyError:
            if time.monotonic() >= until:
                raise
            time.sleep(_LOOK)
    with file:
        yield


def _locked(path: Path) -> IO[bytes]:
    private(path)
    file: IO[bytes] = path.open("a+b")
    try:
        _lock(file)
    except OSError as error:
        file.close()
        raise BusyError(str(path.parent)) from error
    return file


if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[bytes]) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(file: IO[bytes]) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
