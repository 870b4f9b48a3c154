"""The handbooks as PDF, and their pictures taken anew: run by build.py handbook with the environment's Python.

python installer/handbook.py DIR TOUR    PDFs go to DIR; pictures are taken from what a tour left in TOUR
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image

from desk import __version__
from ui.app import application
from ui.help import book, pages

_COLOURS = 128
STAMP = "taken.json"  # beside the pictures: of which version they are


def take_pictures(tour: Path) -> None:
    """Those that pages name, in few colours; others go. Raises FileNotFoundError for one that the tour lacks."""
    home = pages.folder() / pages.PICTURES
    home.mkdir(exist_ok=True)
    wanted = {name for one in book.BOOKS for page in pages.pages(one) for name in page.pictures()}
    for old in home.glob("*.png"):
        if old.name not in wanted:
            old.unlink()
    for name in sorted(wanted):
        with Image.open(tour / name) as picture:  # no dots between colours: they make letters grey and files large
            few = picture.convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE)
        few.save(home / name, optimize=True)
    told = {"version": __version__, "pictures": sorted(wanted)}
    (home / STAMP).write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", "utf-8")


def main() -> int:
    """0 when both are written."""
    out, tour = Path(sys.argv[1]), Path(sys.argv[2])
    _app = application([])
    take_pictures(tour)
    out.mkdir(parents=True, exist_ok=True)
    for name in book.BOOKS:
        title = book.title_of(name)
        count = book.write(name, out / f"{title}.pdf")
        print(f"{title}.pdf：{count} 页")
    return 0


if __name__ == "__main__":
    sys.exit(main())
