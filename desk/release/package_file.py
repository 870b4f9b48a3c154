"""An update file (.DBU): a list of hashes that the release key signed, then the files themselves, packed.

`DBU1`, the length of the list (4 bytes, big end first), the list (JSON), its Ed25519 signature (64 bytes, over
`daiban update 1\\0` and the list), then all files one after the other in the list's order, as one xz stream. Nothing is
unpacked that the list does not name, under the name that it has there.
"""

from __future__ import annotations

import hashlib
import lzma
import os
import re
import sys
from collections.abc import Collection, Iterator
from pathlib import Path, PurePosixPath
from typing import IO, Annotated

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from desk import doors
from desk.errors import UNREADABLE, RefusedError, SurroundingsError
from desk.log.keys import signed_by
from desk.release import programs

MAGIC, ENDING, PRODUCT = b"DBU1", ".DBU", "daiban-desk"
_MARK = b"daiban update 1\0"
_PIECE = 1 << 20
_PART = re.compile("[A-Za-z0-9_+@=,~ .()\\u3400-\\u9fff-]{1,120}")  # pictures of the handbook have Chinese names
_KEPT = "现在的程序和数据都没有动。"


class File(msgspec.Struct, frozen=True):
    """`path` under the bundle, with slashes; `size` bytes; `run`: it may be executed."""

    path: Annotated[str, msgspec.Meta(max_length=400)]
    size: Annotated[int, msgspec.Meta(ge=0, le=1 << 30)]
    sha256: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
    run: bool = False


class Release(msgspec.Struct, frozen=True):
    """What is signed. `made`: the day; `notes`: what is new, for people."""

    product: str
    version: str
    platform: str
    made: str
    files: Annotated[tuple[File, ...], msgspec.Meta(max_length=doors.UPDATE.things)]
    notes: Annotated[str, msgspec.Meta(max_length=2000)] = ""

    @property
    def room(self) -> int:
        """Bytes that it takes unpacked."""
        return sum(one.size for one in self.files)


def platform() -> str:
    """What programs of this machine are made for."""
    import platform as machine

    return f"{sys.platform}-{machine.machine().lower().replace('amd64', 'x86_64')}"


def trusted() -> tuple[bytes, ...]:
    """The release keys of the running bundle: 32 bytes each; none of a program out of its source."""
    place = programs.bundle()
    try:
        lines = (place / programs.KEYS).read_text("ascii").split() if place else []
        return tuple(bytes.fromhex(one) for one in lines if len(one) == 64)
    except (OSError, ValueError):
        return ()


def pack(bundle: Path, out: Path, version: str, made: str, key: bytes, notes: str = "", of: str = "") -> Release:
    """Write the bundle in the folder `bundle` as an update file, signed with the Ed25519 `key` (32 bytes).
    Raises RefusedError where it holds what no desk would unpack."""
    found = [one for one in sorted(bundle.rglob("*")) if one.is_file()]
    listed = tuple(
        File(one.relative_to(bundle).as_posix(), one.stat().st_size, _hash(one), bool(one.stat().st_mode & 0o100))
        for one in found
    )
    release = Release(PRODUCT, version, of or platform(), made, listed, notes)
    _must_be_plain(release)
    said = msgspec.json.encode(release)
    signature = Ed25519PrivateKey.from_private_bytes(key).sign(_MARK + said)
    out.parent.mkdir(parents=True, exist_ok=True)
    with out.open("wb") as file:
        file.write(MAGIC + len(said).to_bytes(4, "big") + said + signature)
        with lzma.open(file, "wb", preset=6) as packed:
            for one in found:
                packed.write(one.read_bytes())
    return release


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def read(path: Path, keys: Collection[bytes]) -> Release:
    """What an update file says of itself, signed by one of `keys`. Raises RefusedError for any other."""
    try:
        with path.open("rb") as file:
            return _release(file, keys)
    except OSError as error:
        raise SurroundingsError(f"更新文件读不出来（{error.strerror}）。", _KEPT, "请重新插好U盘再试。") from error


def claimed(path: Path, keys: Collection[bytes]) -> Release:
    """As `read`; where no key is known here, as it says itself: for a centre, which carries it and runs it nowhere."""
    if keys:
        return read(path, keys)
    try:
        with path.open("rb") as file:
            begin = file.read(8)
            size = int.from_bytes(begin[4:], "big")
            said = file.read(size) if begin[:4] == MAGIC and 0 < size <= doors.UPDATE.most else b""
        return msgspec.json.decode(said, type=Release)
    except OSError as error:
        raise SurroundingsError(f"更新文件读不出来（{error.strerror}）。", "没有收。") from error
    except UNREADABLE as error:
        raise RefusedError("这不是代办台的更新文件，或者没有拷全。", "没有收。", "请重新拷一份。") from error


def _release(file: IO[bytes], keys: Collection[bytes]) -> Release:
    begin = file.read(8)
    size = int.from_bytes(begin[4:], "big")
    if begin[:4] != MAGIC or not 0 < size <= doors.UPDATE.most:
        raise RefusedError("这不是代办台的更新文件，或者没有拷全。", _KEPT, "请重新拷一份。")
    said, signature = file.read(size), file.read(64)
    if not any(signed_by(key, signature, _MARK + said) for key in keys):
        raise RefusedError("更新文件的签名不对：不是发布单位做的，或者被改动过。", _KEPT, "不要安装，请告诉旗中心。")
    try:
        return msgspec.json.decode(said, type=Release)
    except UNREADABLE as error:
        raise RefusedError("更新文件的清单看不懂。", _KEPT, "请告诉旗中心。") from error


def must_fit(release: Release, now: str, of: str) -> None:
    """Raises RefusedError where it is for another program or machine, or no newer than `now`."""
    if release.product != PRODUCT or release.platform != of:
        told = f"更新文件是给 {release.platform} 用的，这台电脑是 {of}。"
        raise RefusedError(told, _KEPT, "请向旗中心要给这种电脑用的。")
    if not programs.is_newer(release.version, now):
        raise RefusedError(f"更新文件是 {release.version}，不比现在的 {now} 新。", _KEPT)


def unpack(path: Path, keys: Collection[bytes], place: Path) -> Release:
    """Unpack into the folder `place`, which must not be there; each file held against its hash, and flushed. Raises
    RefusedError and leaves nothing; OSError."""
    with path.open("rb") as file:
        release = _release(file, keys)
        _must_be_plain(release)
        place.mkdir(parents=True)
        try:
            with lzma.open(file, "rb") as packed:
                for one in release.files:
                    _write(one, packed, place)
                if packed.read(1):
                    raise _broken()
        except (lzma.LZMAError, EOFError) as error:
            raise _broken() from error
    return release


def _must_be_plain(release: Release) -> None:
    if release.room > doors.UPDATE.unpacked:
        raise RefusedError("更新文件太大。", _KEPT)
    seen = set[str]()
    for one in release.files:
        parts = PurePosixPath(one.path).parts
        folded = one.path.casefold()
        if not parts or "/".join(parts) != one.path or folded in seen or not all(map(_is_plain, parts)):
            raise RefusedError("更新文件的清单里有不能用的文件名。", _KEPT, "请告诉旗中心。")
        seen.add(folded)


def _is_plain(part: str) -> bool:
    return part not in (".", "..") and _PART.fullmatch(part) is not None


def _pieces(packed: IO[bytes], size: int) -> Iterator[bytes]:
    while size:
        piece = packed.read(min(size, _PIECE))
        if not piece:
            raise _broken()
        size -= len(piece)
        yield piece


def _write(one: File, packed: IO[bytes], place: Path) -> None:
    target = place / one.path
    target.parent.mkdir(parents=True, exist_ok=True)
    told = hashlib.sha256()
    with target.open("xb") as out:
        for piece in _pieces(packed, one.size):
            told.update(piece)
            out.write(piece)
        out.flush()
        os.fsync(out.fileno())
    if told.hexdigest() != one.sha256:
        raise _broken()
    target.chmod(0o755 if one.run else 0o644)


def _broken() -> RefusedError:
    return RefusedError("更新文件坏了：内容与清单对不上。", _KEPT, "请重新拷一份。")
