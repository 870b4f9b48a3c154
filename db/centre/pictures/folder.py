"""Pictures in a folder: of this machine, or one that all hosts have mounted. A file each, in 65,536 folders."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from db.centre.pictures.places import FOLDER, MARK, MOST, NAMES, Found, PlaceError, is_name, must_be_ours, path_of
from db.files import UnfitError, flush_folder, read_bounded, write_whole

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


class Folder:
    """A folder that bears this centre's mark."""

    kind = FOLDER

    def __init__(self, root: Path) -> None:
        """Nothing is made before it is first used."""
        self._root = root

    def own(self, owner: str, *, is_new: bool) -> None:
        """As `Place.own`."""
        with _in_words(self._root):
            mark = self._root / MARK
            if is_new:
                self._root.mkdir(mode=0o700, parents=True, exist_ok=True)
            found = mark.read_bytes() if mark.is_file() else None
            if must_be_ours(FOLDER, found, owner, is_new=is_new):
                write_whole(mark, owner.encode())
                flush_folder(self._root)

    def put(self, name: str, sealed: bytes) -> None:
        """As `Place.put`: written aside, flushed, renamed, and its folder flushed."""
        path = self._root / path_of(name)
        with _in_words(self._root):
            self._is_there()
            self._make(path.parent)
            write_whole(path, sealed)

    def _is_there(self) -> None:
        if not (self._root / MARK).is_file():
            raise PlaceError(f"{NAMES[FOLDER]} {self._root} 里没有本中心的记号：可能没有挂载。")

    def _make(self, folder: Path) -> None:
        for one in (folder.parent, folder):
            if not one.is_dir():
                one.mkdir(mode=0o700, exist_ok=True)
                flush_folder(one.parent)

    def get(self, name: str) -> bytes | None:
        """As `Place.get`."""
        with _in_words(self._root):
            try:
                return read_bounded(self._root / path_of(name), MOST)
            except UnfitError:
                return b""
            except FileNotFoundError:
                self._is_there()
                return None

    def size(self, name: str) -> int | None:
        """As `Place.size`."""
        with _in_words(self._root):
            try:
                return (self._root / path_of(name)).stat().st_size
            except FileNotFoundError:
                self._is_there()
                return None

    def drop(self, name: str) -> None:
        """As `Place.drop`."""
        with _in_words(self._root):
            (self._root / path_of(name)).unlink(missing_ok=True)

    def listed(self, prefix: str) -> Iterator[Found]:
        """As `Place.listed`; what is not called as a picture is none of ours."""
        for folder in self._below(prefix):
            begins = folder.parent.name + folder.name
            for one in self._in(folder):
                if is_name(one.name) and one.name.startswith(begins):
                    with contextlib.suppress(FileNotFoundError):
                        found = one.stat(follow_symlinks=False)
                        yield Found(one.name, found.st_size, found.st_mtime)

    def _below(self, prefix: str) -> list[Path]:
        with _in_words(self._root):
            self._is_there()
            tops = [self._root / prefix] if prefix else sorted(self._root.iterdir())
            return [one for top in tops if top.is_dir() for one in sorted(top.iterdir()) if one.is_dir()]

    def _in(self, folder: Path) -> list[os.DirEntry[str]]:
        with _in_words(self._root), os.scandir(folder) as found:
            return [one for one in found if one.is_file(follow_symlinks=False)]

    def tidy(self, before: float) -> int:
        """As `Place.tidy`: files that a process was killed over, under the names that `write_whole` gives them."""
        gone = 0
        for folder in (self._root, *self._below("")):
            for one in self._in(folder):
                with _in_words(self._root), contextlib.suppress(FileNotFoundError):
                    if one.name[0] == "." and one.name.endswith(".part") and one.stat().st_mtime < before:
                        Path(one).unlink()
                        gone += 1
        return gone

    def room(self) -> int | None:
        """As `Place.room`."""
        try:
            return shutil.disk_usage(self._root).free
        except OSError:
            return None


@contextlib.contextmanager
def _in_words(root: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        told = f"{NAMES[FOLDER]} {root} 读写没有成功：{error.strerror or error}"
        raise PlaceError(told, is_full=error.errno in _FULL) from error
