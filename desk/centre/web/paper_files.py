"""A paper as it was asked for: as PDF to be read and printed, or under the same address with .ofd as OFD (GB/T 33190)
to be exchanged and kept; and a file as it came with a form of the staff."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Mapping

from fastapi import Request, Response, UploadFile

from desk.centre.web.frame import attached
from desk.counter.pictures import MOST, OFD
from desk.errors import RefusedError
from desk.log.files import FileRef

# What a document may be, by its first bytes.
DOCUMENTS = {b"%PDF-": "application/pdf", b"\xff\xd8\xff": "image/jpeg", b"\x89PNG": "image/png"}


def received(sent: UploadFile, kinds: Mapping[bytes, str], name: str, wrong: str) -> tuple[FileRef, bytes]:
    """A file that came with a form; only what it is by its first bytes counts, the `name` is for one that has none.
    Raises RefusedError, saying what is `wrong`."""
    data = sent.file.read(MOST + 1)
    kind = next((kind for mark, kind in kinds.items() if data.startswith(mark)), "")
    if not kind or len(data) > MOST:
        raise RefusedError(wrong, "没有改动。")
    return FileRef(hashlib.sha256(data).hexdigest(), (sent.filename or name)[-80:], len(data), kind), data


def as_asked(request: Request, pdf: bytes, title: str, headers: Mapping[str, str]) -> Response:
    """The PDF shown in the browser; the OFD, which browsers cannot show, to save as `title`."""
    if not request.url.path.endswith(".ofd"):
        return Response(pdf, media_type="application/pdf", headers=dict(headers))
    found = attached(made(pdf), f"{title}.ofd", OFD)
    found.headers.update(headers)
    return found


@functools.lru_cache(maxsize=32)  # making one takes some tenths of a second, and anyone may ask for a guide
def made(pdf: bytes) -> bytes:
    """The same pages as OFD."""
    from desk.printing.ofd.writing import ofd

    return ofd(pdf)
