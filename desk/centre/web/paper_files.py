"""A paper as it was asked for: as PDF to be read and printed, or under the same address with .ofd as OFD (GB/T 33190)
to be exchanged and kept."""

from __future__ import annotations

import functools
from collections.abc import Mapping

from fastapi import Request, Response

from desk.centre.web.frame import attached
from desk.counter.pictures import OFD


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
