"""A stream under a password, in pieces, so that memory stays small: Argon2id, ChaCha20-Poly1305.

`"DBC1" || u32 length || header (JSON) || pieces`; a piece is u32 length || ciphertext with tag. The nonce counts the
pieces; the associated data are the header and whether the piece is the last: none can be left out, moved or added.
"""

from __future__ import annotations

import hashlib
import secrets
import struct
from typing import IO

import msgspec
from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from desk.errors import UNREADABLE, RefusedError

_MARK = b"DBC1"
_PIECE = 1 << 20
_TAG = 16
_MOST_HEADER = 4096
_LENGTH = struct.Struct(">I")
_MEMORY = 1 << 20  # KiB: more than this no header may ask for


class Head(msgspec.Struct, frozen=True):
    """What the password's key is made with: passes, memory in KiB."""

    salt: bytes
    passes: int = 3
    memory: int = 64 * 1024
    v: int = 1


def _key(password: str, head: Head) -> bytes:
    return hash_secret_raw(password.encode(), head.salt, head.passes, head.memory, 1, 32, Type.ID)


def _nonce(number: int) -> bytes:
    return number.to_bytes(12, "big")


class Writer:
    """Write plain bytes to `out` sealed; `close` writes the last piece and leaves `out` open."""

    def __init__(self, out: IO[bytes], password: str) -> None:
        head = Head(secrets.token_bytes(16))
        encoded = msgspec.json.encode(head)
        self._start = _MARK + _LENGTH.pack(len(encoded)) + encoded
        self._about = hashlib.sha256(self._start).digest()
        self._out, self._cipher = out, ChaCha20Poly1305(_key(password, head))
        self._number, self._waiting = 0, bytearray()
        out.write(self._start)

    def write(self, data: bytes) -> int:
        """Take `data`."""
        self._waiting += data
        while len(self._waiting) > _PIECE:
            self._put(bytes(self._waiting[:_PIECE]), b"\0")
            del self._waiting[:_PIECE]
        return len(data)

    def close(self) -> None:
        """Write what is left."""
        self._put(bytes(self._waiting), b"\1")
        self._waiting.clear()

    def _put(self, plain: bytes, last: bytes) -> None:
        sealed = self._cipher.encrypt(_nonce(self._number), plain, self._about + last)
        self._out.write(_LENGTH.pack(len(sealed)) + sealed)
        self._number += 1


class Reader:
    """Read what `Writer` wrote. Raises RefusedError for a wrong password and for a file that is not whole."""

    def __init__(self, source: IO[bytes], password: str) -> None:
        start = source.read(len(_MARK) + _LENGTH.size)
        size = _LENGTH.unpack(start[len(_MARK) :])[0] if len(start) == len(_MARK) + _LENGTH.size else 0
        if start[: len(_MARK)] != _MARK or not 0 < size <= _MOST_HEADER:
            raise _not_ours()
        encoded = source.read(size)
        try:
            head = msgspec.json.decode(encoded, type=Head)
        except UNREADABLE as error:
            raise _not_ours() from error
        if head.v != 1 or not (1 <= head.passes <= 20 and 1024 <= head.memory <= _MEMORY and len(head.salt) == 16):
            raise _not_ours()
        self._about = hashlib.sha256(start + encoded).digest()
        self._source, self._cipher = source, ChaCha20Poly1305(_key(password, head))
        self._number, self._ready, self._ended = 0, bytearray(), False
        self._next()

    def read(self, size: int = -1) -> bytes:
        """Up to `size` plain bytes; b"" at the end, which is the writer's own end."""
        while not self._ended and (size < 0 or len(self._ready) < size):
            self._next()
        most = len(self._ready) if size < 0 else size
        found = bytes(self._ready[:most])
        del self._ready[:most]
        return found

    def _next(self) -> None:
        length = self._source.read(_LENGTH.size)
        size = _LENGTH.unpack(length)[0] if len(length) == _LENGTH.size else 0
        if not _TAG <= size <= _PIECE + _TAG:
            raise _cut()
        sealed = self._source.read(size)
        for last in (b"\0", b"\1"):
            try:
                self._ready += self._cipher.decrypt(_nonce(self._number), sealed, self._about + last)
            except InvalidTag:
                continue
            self._number, self._ended = self._number + 1, last == b"\1"
            if self._ended and self._source.read(1):
                raise _cut()
            return
        if self._number:
            raise _cut()
        raise RefusedError("密码不对，或文件被改动过。", "没有改动。")


def _not_ours() -> RefusedError:
    return RefusedError("这不是中心的备份文件。", "没有改动。")


def _cut() -> RefusedError:
    return RefusedError("备份文件不完整，或被改动过。", "没有改动。", "请换一份备份。")
