"""A part of an update file, asked for by letter: the file is named by its hash, so nothing else can come of it."""

from __future__ import annotations

from typing import Annotated

import msgspec

PIECE = 512 << 10  # bytes of one answer at most


class Ask(msgspec.Struct, frozen=True):
    """The part of the file `sha256` that begins at byte `at`; the answer is its bytes alone."""

    sha256: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
    at: Annotated[int, msgspec.Meta(ge=0, le=1 << 40)]
