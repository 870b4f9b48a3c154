"""Every paper x {normal, longest, emptiest, large} x {Chinese, left, above, below, whole Mongolian}, on each size
that it has: drawn, measured, and kept as pictures to be looked at.

PYTHONPATH=.:tests:tests/desk/printing python tests/desk/printing/matrix.py [--pictures DIR] [WORD ...]

With words only papers, facts and scripts whose name has one of them. Ends with 1 where a page breaks a rule. The suite
draws a sample of it (`test_matrix.py`).
"""

from __future__ import annotations

import argparse
import io
import itertools
import re
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import gallery
import msgspec
import pypdfium2 as pdfium
import zxingcpp
from gallery import LONG
from lost_facts import Lost, every_key
from PIL import Image
from test_documents import assert_laid_out

from desk.printing import fonts
from desk.printing.facts import OfficeFacts, Scripts
from desk.words.label_list import LABELS
from ui.devices import roll_printer

MM = 72 / 25.4
FACTS = ("normal", "longest", "emptiest", "large")
SCRIPTS = ("", "below", "left", "above", "mongolian")
SYLLABLES = ("ᠮᠣᠩᠭᠣᠯ", "ᠪᠢᠴᠢᠭ", "ᠬᠦᠮᠦᠨ", "ᠠᠵᠢᠯ", "ᠬᠡᠷᠡᠭ", "ᠪᠦᠷᠢᠳᠬᠡᠯ")
# Stand for reviewed words, of one word to three: what is measured is the room that they take.
ALL = {label: " ".join(SYLLABLES[(at + one) % 6] for one in range(1 + at % 3)) for at, label in enumerate(LABELS)}
_EVERY = frozenset(every_key())
_SMALL = {"foot": 8.4, "least": 8.0}  # points: a foot in large print, and anything at all


class Case(NamedTuple):
    """One drawing: which paper, of what facts, in which scripts."""

    paper: str
    facts: str
    scripts: str

    def __str__(self) -> str:
        return f"{self.paper}, {self.facts}, {self.scripts or 'chinese'}"


def names() -> list[str]:
    """Every paper by name; receipts and test pages once for each size."""
    return list(gallery.drawings(str))


def cases() -> list[Case]:
    """All of them. Proofs of Mongolian are no papers of the counter, and whole Mongolian is of guides alone."""
    papers = [one for one in names() if not one.endswith("-proof")]
    every = (Case(*one) for one in itertools.product(papers, FACTS, SCRIPTS))
    return [one for one in every if one.scripts != "mongolian" or one.paper.startswith(("guide", "booklet"))]


def _office(case: Case) -> OfficeFacts:
    order = {"mongolian": "below"}.get(case.scripts, case.scripts)
    scripts = Scripts(order, 1.0, ALL) if order else Scripts()
    return msgspec.structs.replace(gallery.OFFICE, scripts=scripts, large_print=case.facts == "large")


def _say(facts: str) -> Callable[[str], str]:
    return (lambda usual: f"{usual}{LONG}，共12345份A4纸") if facts == "longest" else str


def drawn(case: Case) -> bytes:
    """Its PDF. Whole Mongolian is the guide with its texts and with reviewed labels."""
    know = Lost(_EVERY) if case.facts == "emptiest" else gallery.everything
    name = "guide-mongolian" if case.scripts == "mongolian" and case.paper == "guide" else case.paper
    return gallery.drawings(_say(case.facts), _office(case), know)[name]()


def faults(case: Case, pdf: bytes) -> Iterator[str]:
    """What is wrong with it, in words."""
    try:
        assert_laid_out(pdf)
    except AssertionError as error:
        yield f"outside or over another: {str(error)[:120]}"
    pages = list(pdfium.PdfDocument(pdf))
    for number, page in enumerate(pages, 1):
        yield from (f"page {number}: {one}" for one in _sizes(case, page))
    if len(pages) > 1:
        yield from _rest(case, pages[-1])
    if pages[0].get_width() < 100 * MM:
        yield from _roll(case, pdf)


def _sizes(case: Case, page: pdfium.PdfPage) -> Iterator[str]:
    """Nothing under the size that the rules want. The watermark is larger than anything."""
    layer, small = page.get_textpage(), dict[str, float]()
    wide = page.get_width()
    usual = 8.0
    if case.paper.startswith("receipt") and is_a5(wide):
        usual = 10.0
    if case.facts == "large" and re.match("receipt|notice|guide", case.paper):
        usual = 14.0
    for at in range(layer.count_chars()):
        char = layer.get_text_range(at, 1)
        if not char.strip():
            continue
        size = round(pdfium.raw.FPDFText_GetFontSize(layer, at), 2)
        is_foot = layer.get_charbox(at)[3] < 30 * MM and wide > 100 * MM and size <= _SMALL["foot"]
        least = _SMALL["least"] if is_foot or fonts.is_mongolian(char) or char.isdigit() else usual
        if 1 < size < least - 0.05 and not (usual > 10 and size > 12):  # what stands under a step is a step smaller
            small[char] = size
    if small:
        yield f"small: {dict(list(small.items())[:6])}"


def is_a5(wide: float) -> bool:
    """Whether a page this wide, in points, is A5."""
    return 140 * MM < wide < 152 * MM


def _rest(case: Case, page: pdfium.PdfPage) -> Iterator[str]:
    """The last page is worth one: three lines at least besides its foot, and not signatures alone."""
    layer = page.get_textpage()
    lines: dict[int, str] = {}
    for at in range(layer.count_chars()):
        char, box = layer.get_text_range(at, 1), layer.get_charbox(at)
        if char.strip() and box[3] > 22 * MM and box[3] - box[1] < 34:
            line = round(box[1] / 4)
            lines[line] = lines.get(line, "") + char
    if case.scripts == "mongolian" and case.paper.startswith(("guide", "booklet")):
        return  # columns, not lines
    told = [one for one in lines.values() if not re.search("签字|日期|签收|盖章|印章", one)]
    if len(told) < 2:
        yield f"the last page holds only {list(lines.values())[:4]}"


def _roll(case: Case, pdf: bytes) -> Iterator[str]:
    (picture,) = roll_printer.dots(pdf)
    grey = picture.convert("L")
    if case.paper.startswith("receipt") and case.facts != "emptiest" and not zxingcpp.read_barcodes(grey):
        yield "its code is not read at 203 dpi"


def _keep(case: Case, pdf: bytes, folder: Path) -> None:
    """All pages beside one another as one picture."""
    made = [page.render(scale=0.9).to_pil().convert("RGB") for page in itertools.islice(pdfium.PdfDocument(pdf), 8)]
    whole = Image.new("RGB", (sum(one.width + 6 for one in made), max(one.height for one in made)), "#777")
    left = 0
    for one in made:
        whole.paste(one, (left, 0))
        left += one.width + 6
    out = io.BytesIO()
    whole.save(out, "PNG")
    (folder / f"{case.paper}-{case.facts}-{case.scripts or 'chinese'}.png").write_bytes(out.getvalue())


def main() -> int:
    """Draw all of them; print what is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("words", nargs="*")
    parser.add_argument("--pictures", type=Path)
    asked = parser.parse_args()
    chosen = [one for one in cases() if all(word in str(one) for word in asked.words)]
    if asked.pictures:
        asked.pictures.mkdir(parents=True, exist_ok=True)
    begun, wrong, pages = time.monotonic(), 0, 0
    for case in chosen:
        pdf = drawn(case)
        pages += len(pdfium.PdfDocument(pdf))
        found = list(faults(case, pdf))
        wrong += bool(found)
        for one in found:
            sys.stdout.write(f"{case}: {one}\n")
        if asked.pictures:
            _keep(case, pdf, asked.pictures)
    took = time.monotonic() - begun
    sys.stdout.write(f"{len(chosen)} drawings, {pages} pages, {wrong} with faults, {took:.0f} s\n")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
