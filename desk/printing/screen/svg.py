"""What a pen drew as SVG, a picture a page: the same strokes at the same places, every run of text as wide as on paper
though the screen has another face. Attributes only: a page that lets no style through shows it too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from desk.printing import text
from desk.printing.pen import File, Later, Op, Pen, Words

_FACES = {
    text.SONG: 'font-family="Noto Serif SC, Source Han Serif SC, SimSun, serif"',
    text.REGULAR: 'font-family="Noto Sans SC, Microsoft YaHei UI, PingFang SC, sans-serif"',
    text.BOLD: 'font-family="Noto Sans SC, Microsoft YaHei UI, PingFang SC, sans-serif" font-weight="700"',
}
_OTHER = 'font-family="Noto Sans Mongolian, Noto Sans SC, sans-serif"'
_TOKEN = re.compile(r"\[[^\]]*\]|\S+")
_STEPS = {"m": ("M", 2), "l": ("L", 2), "c": ("C", 6)}
_PAINT = {"S": (False, True), "f": (True, False), "B": (True, True)}


def svgs(pen: Pen, file: File) -> list[str]:
    """A picture of each page, as wide as whatever holds it."""
    return [_page(ops, file, number, len(pen.pages)) for number, ops in enumerate(pen.pages, 1)]


def _page(ops: list[Op], file: File, number: int, count: int) -> str:
    wide, high = file.width, file.height
    drawn = "".join(_drawn(ops, high - file.rise))
    title = f"{file.title}，第 {number} / {count} 页"
    paper = f'<rect width="{wide:g}" height="{high:g}" fill="#fff"/>'
    mark = _mark(file) if file.mark else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide:.2f} {high:.2f}" role="img" '
        f"aria-label={quoteattr(title)}>{paper}{mark}{drawn}</svg>"
    )


def _mark(file: File) -> str:
    size = min(file.width / 7, file.width / 7 * file.width * 1.02 / text.width(file.mark, file.width / 7, text.BOLD))
    at = f"translate({file.width / 2:.2f} {file.height / 2:.2f}) rotate(-35)"
    look = f'{_FACES[text.BOLD]} font-size="{size:.2f}" fill="#999" fill-opacity=".16" text-anchor="middle"'
    return f'<text transform="{at}" {look}>{escape(file.mark)}</text>'


def _drawn(ops: list[Op], top: float) -> Iterator[str]:
    for op in ops:
        if isinstance(op, str):
            yield from _shapes(op, top)
        elif isinstance(op, Words):
            yield from _words(op, top)
        elif isinstance(op, Later):
            late = Pen(op.dot)
            op.draw(late)
            yield from _drawn(late.pages[0], top)


def _shapes(op: str, top: float) -> Iterator[str]:
    """The paths of an operation of the pen: it writes numbers before signs, as PDF does."""
    numbers, path = list[str](), list[str]()
    fill, edge, weight, dash, turned = "none", "none", "1", "", f"matrix(1 0 0 -1 0 {top:.2f})"
    for sign in _TOKEN.findall(op):
        if sign in _STEPS:
            letter, count = _STEPS[sign]
            path.append(letter + " ".join(numbers[-count:]))
        elif sign == "re":
            x, y, wide, high = numbers[-4:]
            path.append(f"M{x} {y}h{wide}v{high}h-{wide}z")
        elif sign == "h":
            path.append("z")
        elif sign in _PAINT:
            filled, edged = _PAINT[sign]
            look = f'fill="{fill if filled else "none"}" stroke="{edge if edged else "none"}" stroke-width="{weight}"'
            yield f'<path transform="{turned}" d="{"".join(path)}" {look}{dash}/>'
            path.clear()
        elif sign in ("rg", "RG"):
            ink = "#" + "".join(f"{round(float(one) * 255):02x}" for one in numbers[-3:])
            fill, edge = (ink, edge) if sign == "rg" else (fill, ink)
        elif sign == "w":
            weight = numbers[-1]
        elif sign == "cm":
            turned = f"{turned} matrix({' '.join(numbers[-6:])})"
        elif sign.startswith("["):
            dash = f' stroke-dasharray="{sign[1:-1]}"' if sign[1:-1].strip() else ""
            continue
        else:
            numbers.append(sign)
            continue
        numbers.clear()


def _words(op: Words, top: float) -> Iterator[str]:
    x, y = op.x, top - op.y
    ink = "#" + "".join(f"{round(float(one) * 255):02x}" for one in op.colour.split())
    for span in op.spans:
        wide = span.width * op.size
        turned = f' transform="rotate(90 {x:.2f} {y:.2f})"' if op.down else ""
        look = f'{_FACES.get(span.face, _OTHER)} font-size="{op.size:.2f}" fill="{ink}"'
        if span.text.strip():
            fit = f'textLength="{wide - span.gap * op.size:.2f}" lengthAdjust="spacingAndGlyphs"'
            yield f'<text x="{x:.2f}" y="{y:.2f}" {look} {fit}{turned} xml:space="preserve">{escape(span.text)}</text>'
        x, y = (x, y + wide) if op.down else (x + wide, y)
