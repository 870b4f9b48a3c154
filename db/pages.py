"""The pages of an encrypted database file one by one, whatever SQLite says of the whole; and the rows that stand in
them.

After SQLCipher 4 as the desk uses it (raw key, AES-256-CBC, pages of 4096 bytes with 80 for IV and HMAC) and SQLite's
file format. A page that was touched still gives what was not: whoever reads judges the rows by their own hashes.
"""

from __future__ import annotations

import hashlib
import hmac
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

PAGE = 4096
_RESERVED = 80  # IV and HMAC at the end
_USABLE = PAGE - _RESERVED
_SALT = 16  # the first bytes of the file stand in the clear, in the place of SQLite's own words
_LEAF_TABLE, _LEAF_INDEX = 13, 10
_WAL_HEADER, _FRAME_HEADER = 32, 24
_LOOKED = 64  # pages that are tried before the salt is held for lost
_MOST = 1 << 27  # bytes of one row
_INTS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
_HERE = _USABLE - 35  # bytes of a row that stand in the page itself
_INDEX_HERE = (_USABLE - 12) * 64 // 255 - 23
_LEAST = (_USABLE - 12) * 32 // 255 - 23


class Page(NamedTuple):
    """Bytes in the clear, and whether nobody touched them; where the salt itself is gone that cannot be told."""

    data: bytes
    sound: bool


class Row(NamedTuple):
    """A row of a table, `number` its row number, or of an index, `number` None; `sound`: nobody touched its pages."""

    number: int | None
    values: tuple[Any, ...]
    sound: bool


_NONE = Page(b"", sound=False)


class Pages:
    """The file at `path` and what its write-ahead log has over it."""

    def __init__(self, path: Path, key: bytes) -> None:
        """Raises OSError. The whole is read into memory page by page only as it is asked for."""
        self._key = key
        self._file = path.open("rb")
        salt = self._file.read(_SALT)
        self._mac_key = hashlib.pbkdf2_hmac("sha512", key, bytes(one ^ 0x3A for one in salt), 2, 32)
        self.count = (path.stat().st_size + PAGE - 1) // PAGE
        self._blind = False
        self._frames = list(_frames(path.with_name(path.name + "-wal")))
        self._newest = {number: data for number, data in self._frames if number}
        looked = range(1, min(self.count, _LOOKED) + 1)
        self._blind = not any(self._in_file(number).sound for number in looked)

    def close(self) -> None:
        """Let the file go."""
        self._file.close()

    def all(self) -> Iterator[tuple[int, Page]]:
        """Every page as it is in the file, then as it is in the log, with its number."""
        for number in range(1, self.count + 1):
            yield number, self._in_file(number)
        for number, data in self._frames:
            yield number, self._clear(number, data)

    def page(self, number: int) -> Page:
        """A page as it was last; an empty one where there is none."""
        if number in self._newest:
            return self._clear(number, self._newest[number])
        return self._in_file(number) if 1 <= number <= self.count else _NONE

    def _in_file(self, number: int) -> Page:
        try:
            self._file.seek((number - 1) * PAGE)
            return self._clear(number, self._file.read(PAGE))
        except OSError:  # a bad sector
            return _NONE

    def _clear(self, number: int, data: bytes) -> Page:
        if len(data) < PAGE:
            return _NONE
        begin = _SALT if number == 1 else 0
        iv = data[_USABLE : _USABLE + 16]
        cipher = Cipher(algorithms.AES(self._key), modes.CBC(iv)).decryptor()
        said = hmac.digest(self._mac_key, data[begin : _USABLE + 16] + number.to_bytes(4, "little"), "sha512")
        untouched = said == data[_USABLE + 16 :] or self._blind
        return Page(bytes(begin) + cipher.update(data[begin:_USABLE]), untouched)


def _frames(path: Path) -> Iterator[tuple[int, bytes]]:
    """Pages in a write-ahead log, in order; those of an earlier round of it too, which are older."""
    try:
        data = path.read_bytes()
    except OSError:
        return
    salts = data[16:24]
    older: list[tuple[int, bytes]] = []
    newer: list[tuple[int, bytes]] = []
    for at in range(_WAL_HEADER, len(data) - _FRAME_HEADER - PAGE + 1, _FRAME_HEADER + PAGE):
        (number,) = struct.unpack_from(">I", data, at)
        body = data[at + _FRAME_HEADER : at + _FRAME_HEADER + PAGE]
        (newer if data[at + 8 : at + 16] == salts else older).append((number, body))
    yield from older
    yield from newer


def rows(pages: Pages) -> Iterator[Row]:
    """Every row of every table and index that can be read."""
    for number, page in pages.all():
        begin = 100 if number == 1 else 0
        if len(page.data) < _USABLE or page.data[begin] not in (_LEAF_TABLE, _LEAF_INDEX):
            continue
        (count,) = struct.unpack_from(">H", page.data, begin + 3)
        for at in range(min(count, (_USABLE - begin - 8) // 2)):
            (cell,) = struct.unpack_from(">H", page.data, begin + 8 + 2 * at)
            row = _row(pages, page, cell, table=page.data[begin] == _LEAF_TABLE)
            if row is not None:
                yield row


def _row(pages: Pages, page: Page, at: int, *, table: bool) -> Row | None:
    """The row at a place in a page; None where the bytes are none."""
    try:
        size, at = _varint(page.data, at)
        number: int | None = None
        if table:
            number, at = _varint(page.data, at)
        if not 0 < size <= _MOST:
            return None
        payload, sound = _payload(pages, page, at, size, _HERE if table else _INDEX_HERE)
        return Row(number, tuple(_record(payload)), sound) if len(payload) == size else None
    except (IndexError, struct.error, UnicodeDecodeError, ValueError):
        return None


def _payload(pages: Pages, page: Page, at: int, size: int, most: int) -> tuple[bytes, bool]:
    if size <= most:
        return page.data[at : at + size], page.sound
    kept = _LEAST + (size - _LEAST) % (_USABLE - 4)
    here = kept if kept <= most else _LEAST
    parts, lacking, sound = [page.data[at : at + here]], size - here, page.sound
    (following,) = struct.unpack_from(">I", page.data, at + here)
    while lacking > 0 and following:
        further = pages.page(following)
        (following,) = struct.unpack_from(">I", further.data, 0)
        part = further.data[4 : 4 + min(lacking, _USABLE - 4)]
        parts.append(part)
        lacking, sound = lacking - len(part), sound and further.sound
    return b"".join(parts), sound


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = 0
    for _ in range(8):
        byte = data[at]
        at += 1
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at
    return value << 8 | data[at], at + 1


def _record(payload: bytes) -> Iterator[Any]:
    head, at = _varint(payload, 0)
    kinds: list[int] = []
    while at < head:
        kind, at = _varint(payload, at)
        kinds.append(kind)
    for kind in kinds:
        value, at = _value(payload, at, kind)
        yield value
    if at != len(payload):
        raise ValueError(at)


def _value(payload: bytes, at: int, kind: int) -> tuple[Any, int]:
    if kind == 0:
        return None, at
    if kind in (8, 9):
        return kind - 8, at
    if kind in _INTS:
        end = at + _INTS[kind]
        return int.from_bytes(payload[at:end], "big", signed=True), end
    if kind == 7:
        return struct.unpack_from(">d", payload, at)[0], at + 8
    if kind < 12:
        raise ValueError(kind)
    end = at + (kind - 12) // 2
    data = payload[at:end]
    return (data.decode() if kind % 2 else data), end
