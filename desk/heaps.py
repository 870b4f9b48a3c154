"""How the C library keeps the memory of a program that runs all day with many threads."""

from __future__ import annotations

import contextlib
import ctypes
import sys

_ARENA_MAX, _HEAPS = -8, 2  # M_ARENA_MAX of malloc.h


def few() -> bool:
    """glibc gives threads up to eight heaps a processor, and what one of them let go no other uses: two are enough for
    those of which one works at a time. Whether that was taken; False where the C library knows no such thing."""
    if sys.platform != "linux":
        return False
    with contextlib.suppress(OSError, AttributeError):
        return bool(ctypes.CDLL(None).mallopt(_ARENA_MAX, _HEAPS))
    return False
