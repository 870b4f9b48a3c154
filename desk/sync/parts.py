"""A part of a picture, or the question which ones are there: signed, then sealed like a batch.

Layout: "DBF1" | u32 length, header (JSON) | u32 length, body | 64 bytes Ed25519 signature over all before. Big-endian.
Pictures are named by their SHA-256 and go after the entries that name them.
"""

from __future__ import annotations

import struct
from collections.abc import Callable

import msgspec

from desk.sync.batch import MAX_HEADER, BatchError, StrangerError
from desk.sync.keys import NodeKeys, signed_by

MAGIC = b"DBF1"
MAX_PART = 1 << 20  # bytes of a picture in one part
MAX_ASKED = 500  # pictures in one question
_MARK = b"daiban file 1\0"
_SIGNATURE = 64


class Head(msgspec.Struct, frozen=True):
    """`kind` "state": the body is a JSON list of hashes. "part": the body is bytes of `sha256` from `at` on."""

    kind: str
    node: str
    sha256: str = ""
    at: int = 0
    v: int = 1


def pack(head: Head, body: bytes, keys: NodeKeys) -> bytes:
    """The signed bytes."""
    packed = msgspec.json.encode(head, order="sorted")
    whole = b"".join((MAGIC, struct.pack(">I", len(packed)), packed, struct.pack(">I", len(body)), body))
    return whole + keys.signature(_MARK + whole)


def unpack(data: bytes, sign_key: Callable[[str], bytes | None]) -> tuple[Head, bytes]:
    """Header and body, once the signature held. Raises BatchError, StrangerError."""
    if len(data) > MAX_PART + MAX_HEADER or data[:4] != MAGIC:
        raise BatchError("这不是图片的数据包，或超过大小上限。")
    try:
        (head_length,) = struct.unpack_from(">I", data, 4)
        if head_length > MAX_HEADER:
            raise BatchError("图片数据包的头过长，不予接收。")
        end = 8 + head_length
        head = msgspec.json.decode(data[8:end], type=Head)
        (length,) = struct.unpack_from(">I", data, end)
    except (struct.error, msgspec.DecodeError) as error:
        raise BatchError("图片数据包无法识读，不予接收。") from error
    if end + 4 + length + _SIGNATURE != len(data) or head.v != 1 or length > MAX_PART:
        raise BatchError("图片数据包的长度或版本不符，不予接收。")
    key = sign_key(head.node)
    if key is None:
        raise StrangerError("图片来自未登记的终端，不予接收。")
    if not signed_by(key, data[-_SIGNATURE:], _MARK + data[:-_SIGNATURE]):
        raise BatchError("图片数据包的签名不符，不予接收。")
    return head, data[end + 4 : end + 4 + length]
