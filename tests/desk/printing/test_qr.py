"""Codes of our own reckoning: those of segno module for module where both pad alike, and read by another reader."""

from __future__ import annotations

import random

import pytest
import segno
import zxingcpp
from PIL import Image

from desk.printing.elements import qr

LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
BYTES = "abcdefghijklmnopqrstuvwxyzABC0123456789:/.-_#？中ᠮ"


def picture(rows: list[str]) -> Image.Image:
    side = len(rows) + 8
    drawn = Image.new("L", (side, side), 255)
    for y, row in enumerate(rows, 4):
        for x, module in enumerate(row, 4):
            drawn.putpixel((x, y), 0 if module == "1" else 255)
    return drawn.resize((side * 4, side * 4), Image.Resampling.NEAREST)


@pytest.mark.parametrize("letters", [LETTERS, BYTES])
def test_every_size_is_read(letters: str) -> None:
    chance, sides = random.Random(19), set()  # noqa: S311 - the same codes each time
    most = 2331 if letters is BYTES else 3391
    for count in [*range(2, 60, 7), *range(60, 400, 37), *range(400, 1700, 257)]:
        code = "".join(chance.choice(letters) for _ in range(count))
        rows = qr.rows(code)
        sides.add(len(rows))
        (found,) = zxingcpp.read_barcodes(picture(rows), formats=zxingcpp.BarcodeFormat.QRCode)
        assert found.text == code
    assert len(sides) > 15
    assert len(qr.rows("a" * most if letters is BYTES else "A" * most)) == 177
    with pytest.raises(ValueError, match="longer"):
        qr.rows("a" * 2332 if letters is BYTES else "A" * 3392)


def test_it_is_the_code_of_segno() -> None:
    """Where the bits end within a byte: segno puts a byte more before the padding where they do not."""
    chance, compared = random.Random(7), 0  # noqa: S311
    for count in range(1, 700, 3):
        code = "A" + "".join(chance.choice(LETTERS) for _ in range(count - 1))
        theirs = segno.make(code, error="m", micro=False, mask=qr.MASK, mode="alphanumeric")
        ours = qr.rows(code)
        assert len(ours) == len(theirs.matrix)
        counted = 9 if theirs.version < 10 else 11 if theirs.version < 27 else 13
        if (4 + counted + 11 * (count // 2) + 6 * (count % 2) + 4) % 8:
            compared += 1
            assert ours == ["".join(map(str, row)) for row in theirs.matrix]
    assert compared > 150
