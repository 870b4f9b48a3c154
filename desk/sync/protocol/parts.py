"""A part of a picture, or the question which ones are there: signed, then sealed like a batch.

Pictures are named by their SHA-256 and go after the entries that name them.
"""

from __future__ import annotations

import msgspec

from desk import doors
from desk.sync.protocol.envelope import Envelope

MAX_PART = 1 << 20  # bytes of a picture in one part
MAX_ASKED = 500  # pictures in one question


class Head(msgspec.Struct, frozen=True):
    """`kind` "state": the body is a JSON list of hashes. "part": the body is bytes of `sha256` from `at` on."""

    kind: str
    node: str
    sha256: str = ""
    at: int = 0
    to: str | msgspec.UnsetType = msgspec.UNSET  # the reader; absent before version 2
    v: int = 1


PARTS = Envelope(b"DBF1", b"daiban file 1\0", Head, doors.PART.most, "图片数据包")
