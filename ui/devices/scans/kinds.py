"""What a file is, told by its content, and whether it is all there. Reads a few bytes, never the picture."""

from __future__ import annotations

import stat
import time
import zipfile
from pathlib import Path

from desk.errors import RefusedError

HEAD = 32  # bytes that tell
TAIL = 4096
PATIENCE = 12.0  # seconds that a file may be silent before what is there counts as all
_STILL = 0.6  # seconds without a change: nobody writes any more
_STEP = 0.2
_STARTS = {
    b"\xff\xd8\xff": "jpeg", b"\x89PNG": "png", b"BM": "bmp", b"II*\0": "tiff", b"MM\0*": "tiff", b"II+\0": "tiff",
    b"MM\0+": "tiff", b"GIF8": "gif", b"%PDF": "pdf", b"PK\3\4": "ofd",
}  # fmt: skip
_HEIC = frozenset((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"))


def kind_of(head: bytes) -> str:
    """jpeg, png, tiff, heic, avif, pdf, ofd (or another zip), bmp, gif, webp; "" for anything else."""
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    if head[4:8] == b"ftyp":
        return "avif" if head[8:12] == b"avif" else "heic" if head[8:12] in _HEIC else ""
    return next((kind for start, kind in _STARTS.items() if head.startswith(start)), "")


def is_whole(place: Path) -> bool:
    """Whether a file has its end, for the kinds that have one; of the others that it has begun. Raises OSError."""
    with place.open("rb") as file:
        head = file.read(HEAD)
        size = file.seek(0, 2)
        file.seek(max(0, size - TAIL))
        tail = file.read()
    match kind_of(head):
        case "jpeg":
            return b"\xff\xd9" in tail  # some telephones write more behind the end
        case "png":
            return b"IEND" in tail
        case "pdf":
            return b"%%EOF" in tail
        case "ofd":
            return zipfile.is_zipfile(place)
        case "webp" | "bmp":
            named = int.from_bytes(head[4:8] if head[:4] == b"RIFF" else head[2:6], "little")
            return size >= named
    return bool(head)


def settled(place: Path, patience: float = PATIENCE) -> None:
    """Wait until nobody writes to a file any more: it stands still and has its end, or is silent for `patience`
    seconds. In the background only. Raises RefusedError in words when it is empty or gone."""
    try:
        before = _stamp(place)
        since = time.monotonic() - max(0.0, time.time() - before[1] / 1e9)
        while (silent := time.monotonic() - since) < patience:
            if silent >= _STILL and is_given(place):
                return
            time.sleep(_STEP)
            now = _stamp(place)
            if now != before:
                before, since = now, time.monotonic()
    except OSError as error:
        raise RefusedError(f"“{place.name}”读不到了。", "没有加入。", "U盘或高拍仪可能已拔下，请接好再取。") from error
    if not before[0]:
        raise RefusedError(f"“{place.name}”是空文件。", "没有加入。", "可能还没有存好，请等一会儿再取，或重新拍摄。")


def is_given(place: Path) -> bool:
    """Whether it is whole, and its writer lets others read it: on Windows many keep it to themselves until the end."""
    try:
        return is_whole(place)
    except OSError:
        return False


def _stamp(place: Path) -> tuple[int, int]:
    found = place.stat()
    if not stat.S_ISREG(found.st_mode):
        raise RefusedError(f"“{place.name}”不是文件，没有读。", "没有加入。", "请选一个文件。")
    return found.st_size, found.st_mtime_ns
