"""Which printer a paper goes to: each size has its own, chosen once in the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:  # a window stands before anything is printed: Qt's part for it is loaded when it is asked
    from PySide6.QtPrintSupport import QPrinter

_SIZES = (("58mm", 180.0), ("80mm", 240.0), ("A5", 440.0), ("A4", 1e9))  # widest page, in points
_chosen: dict[str, str] = {}


_ROLL = "roll-device"


def choose(printers: dict[str, str], device: str) -> None:
    """From now on these, by size of paper; `device` is where a roll printer without a driver listens."""
    _chosen.clear()
    _chosen.update(printers | {_ROLL: device})


def device() -> str:
    """Where a roll printer without a driver listens; "" when there is none."""
    return _chosen.get(_ROLL, "")


def names() -> list[str]:
    """The printers that this machine has."""
    from PySide6.QtPrintSupport import QPrinterInfo

    return QPrinterInfo.availablePrinterNames()


def size_of(width: float) -> str:
    """The paper for a page `width` points wide."""
    return next(name for name, most in _SIZES if width <= most)


def name_for(width: float) -> str:
    """The printer chosen for pages of this width, when this machine has it, else ""."""
    name = _chosen.get(size_of(width), "")
    return name if name and name in names() else ""


def printer(name: str) -> QPrinter:
    """A printer of this machine. Only on the main thread."""
    from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

    return QPrinter(QPrinterInfo.printerInfo(name), QPrinter.PrinterMode.HighResolution)


def margins(paper: str) -> tuple[float, float, float, float] | None:
    """What the printer chosen for `paper` (A4, A5) does not reach: left, top, right, bottom in millimetres. None where
    none was chosen, and where it tells nothing. Only on the main thread."""
    from PySide6.QtGui import QPageLayout, QPageSize

    size = {"A4": QPageSize.PageSizeId.A4, "A5": QPageSize.PageSizeId.A5}.get(paper)
    name = _chosen.get(paper, "")
    if size is None or not name or name not in names():
        return None
    made = printer(name)
    made.setPageSize(QPageSize(size))
    layout = made.pageLayout()
    layout.setUnits(QPageLayout.Unit.Millimeter)
    least = layout.minimumMargins()
    found = (least.left(), least.top(), least.right(), least.bottom())
    return found if any(found) else None


def printer_for(width: float) -> QPrinter | None:
    """The printer chosen for pages of this width, when this machine has it."""
    name = name_for(width)
    return printer(name) if name else None
