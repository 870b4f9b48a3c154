"""How the C library keeps the memory of a program that runs all day with many threads."""

from __future__ import annotations

import contextlib
import sys

_ARENA_MAX, _HEAPS = -8, 2  # M_ARENA_MAX of malloc.h
_MMAP_THRESHOLD, _LARGE = -3, 512 << 10  # M_MMAP_THRESHOLD, bytes


def few() -> bool:
    """glibc gives threads up to eight heaps a processor, and what one of them let go no other uses: two are enough for
    those of which one works at a time. And what is large, a picture or a sheet drawn, stays out of them and goes back
    to the system at once; else glibc takes such things in after a while, and they leave holes. Whether that was taken;
    False where the C library knows no such thing."""
    if sys.platform != "linux":
        return False
    import ctypes

    with contextlib.suppress(OSError, AttributeError):
        libc = ctypes.CDLL(None)
        return bool(libc.mallopt(_ARENA_MAX, _HEAPS) and libc.mallopt(_MMAP_THRESHOLD, _LARGE))
    return False
