"""How the C library keeps the memory of a window that is open all day."""

from __future__ import annotations

import contextlib
import ctypes
import sys

_ARENA_MAX = -8  # M_ARENA_MAX of malloc.h
_ARENAS = 2


def share() -> None:
    """Let all threads share two heaps. By default glibc gives each thread one, up to eight a core, and gives back
    little of any: a window in which dozens of threads come and go holds tens of megabytes that nobody uses."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):  # another C library
            ctypes.CDLL(None).mallopt(_ARENA_MAX, _ARENAS)
