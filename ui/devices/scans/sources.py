"""Where pages come from, ready to be read in the background. Pillow is loaded with the first page, not before."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

from PySide6.QtGui import QImage

from desk.counter.pictures import Pictures
from desk.errors import DeskError
from desk.log.files import FileRef
from ui.devices import pictures
from ui.devices.scans import kinds

Told = Callable[[str], None]
Source = Callable[[Told], Iterator[FileRef]]  # pages one after another; what cannot be shown is told


def of_files(drawer: Pictures, places: Iterable[Path]) -> list[Source]:
    """Every page of these files; those that are still being written come last, each as soon as it is whole."""

    def pages(place: Path, told: Told) -> Iterator[FileRef]:
        from ui.devices.scans import taking

        return taking.from_file(drawer, place, told)

    return [partial(pages, place) for place in sorted(places, key=lambda one: not kinds.is_given(one))]


def of_image(drawer: Pictures, image: QImage, name: str) -> Source:
    """What lay in the clipboard."""
    copied = QImage(image)

    def pages(told: Told) -> Iterator[FileRef]:
        from ui.devices.scans import taking

        return taking.from_bytes(drawer, pictures.drawn(copied), f"{name}.png", told)

    return pages


def read(found: Iterable[Source], report: Callable[[object], None], cancelled: Callable[[], bool]) -> None:
    """Report each page when it is kept, and what went wrong: one bad file keeps no other back."""
    for source in found:
        try:
            for ref in source(report):
                report(ref)
                if cancelled():
                    return
        except DeskError as error:
            report(error)
