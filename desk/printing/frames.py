"""Pages: their sizes, margins and sizes of type, and what a paper may be set in instead."""

from __future__ import annotations

import msgspec

from desk.printing import text

MM = 72 / 25.4
# Chinese type sizes, in points.
ER_HAO, SAN_HAO, XIAO_SAN, SI_HAO, XIAO_SI, WU_HAO, XIAO_WU, LIU_HAO = 22.0, 16.0, 15.0, 14.0, 12.0, 10.5, 9.0, 7.5
PAD = 1.4 * MM
LEAST = 8.0  # points: no Mongolian is smaller, and no foot
LASTING = 0.75  # points: a rule that two photocopiers leave standing


class Frame(msgspec.Struct, frozen=True):
    """A page: size and margins in points; `height` 0 is a roll that grows with its content; sizes of type in points."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    base: float
    title: float
    head: float
    face: str = text.SONG
    leading: float = 1.5  # lines of text, to the size
    close: float = 1.4  # lines in a cell
    inset: float = 1.6 * PAD  # over and under the lines of a cell, together
    closing: bool = False  # the number of a page stands as —1—


A4 = Frame(210 * MM, 297 * MM, 24 * MM, 22 * MM, 22 * MM, 22 * MM, WU_HAO, ER_HAO, XIAO_SI)
A4_LARGE = Frame(210 * MM, 297 * MM, 26 * MM, 24 * MM, 26 * MM, 24 * MM, XIAO_SI, ER_HAO, SI_HAO)
# For weak eyes.
A4_WEAK_EYES = Frame(210 * MM, 297 * MM, 20 * MM, 18 * MM, 18 * MM, 22 * MM, SI_HAO, ER_HAO, SAN_HAO, leading=1.4)
# The page of GB/T 9704-2012: 37 mm head, 28 mm left, 156 x 225 mm to write on, 三号 where it takes no page more. The
# hair strokes of the serif face are gone on a copy of a copy, and 十一 reads 十.
A4_ORGAN = Frame(
    210 * MM, 297 * MM, 28 * MM, 26 * MM, 37 * MM, 35 * MM, SAN_HAO, ER_HAO, SAN_HAO, text.REGULAR, closing=True
)  # fmt: skip
A4_WIDE = Frame(297 * MM, 210 * MM, 15 * MM, 15 * MM, 15 * MM, 18 * MM, XIAO_WU, SAN_HAO, WU_HAO)
A5 = Frame(
    148 * MM, 210 * MM, 11 * MM, 11 * MM, 9 * MM, 13 * MM, 10.0, SAN_HAO, 11.0, leading=1.22, close=1.16, inset=PAD
)
# A thermal head prints 8 dots a millimetre: thin strokes break, so rolls are set in the even face.
ROLL_80 = Frame(80 * MM, 0, 4.5 * MM, 4.5 * MM, 4 * MM, 8 * MM, XIAO_WU, SAN_HAO, WU_HAO, text.REGULAR)
ROLL_58 = Frame(58 * MM, 0, 5.5 * MM, 5.5 * MM, 4 * MM, 8 * MM, 8.0, SI_HAO, XIAO_WU, text.REGULAR)


def set_in(frame: Frame, base: float, leading: float = 1.5, close: float = 1.4) -> Frame:
    """`frame` with another size of type."""
    return msgspec.structs.replace(frame, base=base, leading=leading, close=close)


# What a paper may be set in instead, largest first: the first that takes no more pages than the last is taken.
LADDERS = {
    A4: (set_in(A4, XIAO_SI), A4, set_in(A4, WU_HAO, 1.36, 1.26)),
    A4_LARGE: (set_in(A4_LARGE, SI_HAO), A4_LARGE, set_in(A4_LARGE, XIAO_SI, 1.36, 1.26)),
    A4_ORGAN: (
        set_in(A4_ORGAN, SAN_HAO, 1.6),
        *(set_in(A4_ORGAN, base) for base in (XIAO_SAN, SI_HAO)),
        set_in(A4_ORGAN, XIAO_SI, 1.4, 1.3),
        # Rather one sheet with a narrow head than two.
        msgspec.structs.replace(set_in(A4_ORGAN, XIAO_SI, 1.34, 1.24), top=28 * MM, bottom=26 * MM),
    ),
    A4_WEAK_EYES: (A4_WEAK_EYES, set_in(A4_WEAK_EYES, SI_HAO, 1.3, 1.22)),
}
