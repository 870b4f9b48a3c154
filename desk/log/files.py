"""What an entry names of a file that is kept beside the log."""

from __future__ import annotations

import msgspec


class FileRef(msgspec.Struct, frozen=True):
    """A picture or scan kept beside the log: its SHA-256, size in bytes, kind (MIME)."""

    sha256: str
    name: str
    size: int
    kind: str = "image/jpeg"
