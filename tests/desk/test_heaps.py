"""Threads share the heaps of the C library."""

from __future__ import annotations

import subprocess
import sys

import pytest

# Thirty threads that hold memory at the same time, then what malloc tells of its heaps.
_BUSY = """
import ctypes, sys, threading
from desk import heaps
libc = ctypes.CDLL(None)
if sys.argv[1] == "shared":
    heaps.few()
libc.malloc.restype = ctypes.c_void_p
together = threading.Barrier(30)
def hold():
    for _ in range(500):
        libc.malloc(ctypes.c_size_t(2000))
    together.wait(20)
threads = [threading.Thread(target=hold) for _ in range(30)]
for one in threads:
    one.start()
for one in threads:
    one.join()
libc.fopen.restype = ctypes.c_void_p
out = ctypes.c_void_p(libc.fopen(b"/dev/stdout", b"w"))
libc.malloc_info(0, out)
libc.fclose(out)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="glibc's heaps")
def test_threads_share_two_heaps() -> None:
    def heaps(how: str) -> int:
        told = subprocess.run([sys.executable, "-c", _BUSY, how], capture_output=True, text=True, check=True).stdout
        return told.count("<heap nr=")

    assert heaps("shared") <= 2
    assert heaps("as it is") > 2  # so the question is a real one
