"""An XLS of 1997 to 2003, written by hand: the records that a sheet cannot do without, in their container."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence

_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def workbook(
    rows: Sequence[Sequence[str | float]], hidden: Iterable[int] = (), merged: Sequence[tuple[int, ...]] = ()
) -> bytes:
    """The bytes of a file with one sheet `Sheet1`. All count from 0; `merged` as (top, last, left, right)."""
    shapes = b"".join(
        _record(0x00E0, struct.pack("<HHHHHHHHH", 0, 0, 0xFFF5 if at < 15 else 1, 0x20, 0, 0, 0, 0, 0x20C0) + b"\0\0")
        for at in range(16)
    )
    font = _record(0x0031, struct.pack("<HHHHHBBBB", 200, 0, 0x7FFF, 400, 0, 0, 0, 0, 0) + b"\x05\0Arial") * 4
    begin = (
        _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0x0DBB, 0x07CC, 0, 6))
        + _record(0x0042, struct.pack("<H", 1200))
        + font
        + shapes
    )
    name = b"\x06\0Sheet1"
    offset = len(begin) + 4 + 6 + len(name) + 4
    globals_ = begin + _record(0x0085, struct.pack("<IH", offset, 0) + name) + _record(0x000A, b"")
    return _container(globals_ + _sheet(rows, set(hidden), merged))


def _sheet(rows: Sequence[Sequence[str | float]], hidden: set[int], merged: Sequence[tuple[int, ...]]) -> bytes:
    width = max(len(row) for row in rows)
    made = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0x0DBB, 0x07CC, 0, 6))
    made += _record(0x0200, struct.pack("<IIHHH", 0, len(rows), 0, width, 0))
    for at in range(len(rows)):
        made += _record(
            0x0208, struct.pack("<HHHHHHI", at, 0, width, 255, 0, 0, 0x100 | (0x20 if at in hidden else 0) | 15 << 16)
        )
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            place = struct.pack("<HHH", at, column, 15)
            if isinstance(value, str):
                text = value.encode("utf-16-le")
                made += _record(0x0204, place + struct.pack("<HB", len(text) // 2, 1) + text) if value else b""
            else:
                made += _record(0x0203, place + struct.pack("<d", value))
    if merged:
        made += _record(0x00E5, struct.pack("<H", len(merged)) + b"".join(struct.pack("<HHHH", *one) for one in merged))
    return made + _record(0x000A, b"")


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _container(stream: bytes) -> bytes:
    stream = stream.ljust(max(4096, -(-len(stream) // 512) * 512), b"\0")
    sectors = len(stream) // 512
    fat = [_FAT, _END, *range(3, sectors + 2), _END]
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    header += (
        struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, _END, 0, _END, 0)
        + struct.pack("<I", 0)
        + struct.pack("<I", _FREE) * 108
    )
    table = b"".join(struct.pack("<I", one) for one in fat).ljust(512, b"\xff")
    entries = _entry("Root Entry", 5, 1, _END, 0) + _entry("Workbook", 2, _FREE, 2, len(stream)) + b"\0" * 256
    return header + table + entries + stream


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    text = (name + "\0").encode("utf-16-le")
    return (
        text.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(text), kind, 1, _FREE, _FREE, child)
        + b"\0" * 36
        + struct.pack("<IQ", start, size)
    )
