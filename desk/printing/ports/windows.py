"""Receipt printers as Windows has them: a port (COM3, LPT1), or the name of a printer in the system, whose driver is
passed by: the bytes go as they are. A virtual port of USB is a COM port."""

from __future__ import annotations

import ctypes
import errno
import os
import re
import time
from typing import Any

_PORT = re.compile(r"(?:COM|LPT)[0-9]{1,3}", re.IGNORECASE | re.ASCII)
_PIECE = 4096  # what is written at a time
_NEARLY = 0.9  # of the patience: clocks differ
_NAME = "代办台"  # as the list of waiting papers shows it
_BINARY = getattr(os, "O_BINARY", 0)


class _Document(ctypes.Structure):
    """DOC_INFO_1."""

    _fields_ = (("name", ctypes.c_wchar_p), ("file", ctypes.c_wchar_p), ("kind", ctypes.c_wchar_p))


class _Patience(ctypes.Structure):
    """COMMTIMEOUTS, in milliseconds."""

    _fields_ = tuple((name, ctypes.c_uint32) for name in ("gap", "read_each", "read", "write_each", "write"))


def port(device: str) -> str:
    """The port that is meant, as it is opened (above COM9 by this name alone); "" where it is none."""
    name = device.strip().removesuffix(":")
    return rf"\\.\{name.upper()}" if _PORT.fullmatch(name) else ""


def library(name: str) -> Any:
    """A part of Windows."""
    return ctypes.WinDLL(name, use_last_error=True)  # type: ignore[attr-defined]


def write(data: bytes, place: str, patience: float) -> None:
    """To a port or a shared printer. TimeoutError where it takes nothing for `patience` seconds; OSError."""
    shared = not place.startswith("\\\\.\\")
    descriptor = os.open(place, os.O_WRONLY | _BINARY | (os.O_CREAT if shared else 0))
    try:
        if not shared:
            _wait_no_longer(descriptor, patience)
        while data:
            data = data[_written(descriptor, data[:_PIECE], patience) :]
    finally:
        os.close(descriptor)


def _wait_no_longer(descriptor: int, patience: float) -> None:
    """Else a printer that is off holds whoever writes to it for ever."""
    import msvcrt

    told = _Patience(write=round(patience * 1000))
    handle = msvcrt.get_osfhandle(descriptor)  # type: ignore[attr-defined]
    library("kernel32").SetCommTimeouts(ctypes.c_void_p(handle), ctypes.byref(told))


def _written(descriptor: int, piece: bytes, patience: float) -> int:
    """The C runtime calls a port full that took nothing until its time was over; others say it otherwise, but then."""
    begun = time.monotonic()
    try:
        taken = os.write(descriptor, piece)
    except OSError as error:
        if error.errno == errno.ENOSPC or time.monotonic() - begun > _NEARLY * patience:
            raise TimeoutError from error
        raise
    if not taken:
        raise TimeoutError
    return taken


def printed(data: bytes, name: str) -> bool:
    """Given to the system's printer of that name; False where there is none. OSError where it does not take it."""
    spooler, printer = library("winspool.drv"), ctypes.c_void_p()
    if not spooler.OpenPrinterW(ctypes.c_wchar_p(name), ctypes.byref(printer), None):
        return False
    try:
        _spooled(spooler, printer, data)
    finally:
        spooler.ClosePrinter(printer)
    return True


def _spooled(spooler: Any, printer: ctypes.c_void_p, data: bytes) -> None:
    done = ctypes.c_uint32()
    if not spooler.StartDocPrinterW(printer, 1, ctypes.byref(_Document(_NAME, None, "RAW"))):
        raise OSError("StartDocPrinter")
    try:
        spooler.StartPagePrinter(printer)
        if not spooler.WritePrinter(printer, data, len(data), ctypes.byref(done)) or done.value != len(data):
            raise OSError("WritePrinter")
        spooler.EndPagePrinter(printer)
    finally:
        spooler.EndDocPrinter(printer)
