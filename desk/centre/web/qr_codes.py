"""Codes to scan, as pictures in a page."""

from __future__ import annotations

import io

import segno


def qr(text: str) -> str:
    """A QR code of `text` as SVG to put into a page, whole at whatever size the page gives it; "" of nothing. No
    script, no style of its own."""
    if not text:
        return ""
    drawn = io.BytesIO()
    segno.make(text, error="m", micro=False).save(drawn, kind="svg", omitsize=True, xmldecl=False, nl=False)
    return drawn.getvalue().decode()
