"""The PDF itself to a printer of CUPS: what is printed is lines and letters, not a picture of them."""

from __future__ import annotations

import shutil
import subprocess
import sys

from PySide6.QtPrintSupport import QPrinter

from desk.errors import SurroundingsError

_PATIENCE = 30.0  # seconds in which the print service has to take the pages
_SIDES = {
    QPrinter.DuplexMode.DuplexNone: "one-sided",
    QPrinter.DuplexMode.DuplexLongSide: "two-sided-long-edge",
    QPrinter.DuplexMode.DuplexShortSide: "two-sided-short-edge",
}
_POINTS_MM = 25.4 / 72


def takes(printer: QPrinter) -> bool:
    """Whether pages go to `printer` as they are."""
    is_a_printer = printer.outputFormat() is QPrinter.OutputFormat.NativeFormat and bool(printer.printerName())
    return is_a_printer and sys.platform.startswith("linux") and shutil.which("lp") is not None


def options(printer: QPrinter, size: tuple[float, float]) -> list[str]:
    """What was chosen in the print dialog, in the words of `lp`; `size` is that of the first page, in points."""
    wide, high = (round(side * _POINTS_MM) for side in size)
    media = {(210, 297): "A4", (148, 210): "A5"}.get((min(wide, high), max(wide, high)), f"Custom.{wide}x{high}mm")
    told = ["-n", str(max(1, printer.copyCount())), "-o", f"media={media}", "-o", "print-scaling=none"]
    if printer.copyCount() > 1:
        told += ["-o", f"Collate={printer.collateCopies()}"]
    if side := _SIDES.get(printer.duplex()):
        told += ["-o", f"sides={side}"]
    if printer.colorMode() is QPrinter.ColorMode.GrayScale:
        told += ["-o", "print-color-mode=monochrome"]
    return told


def send(printer: QPrinter, pdf: bytes, size: tuple[float, float]) -> None:
    """Hand the PDF to the print service. From any thread. Raises SurroundingsError when it takes nothing."""
    command = ["lp", "-s", "-d", printer.printerName(), "-t", printer.docName() or "代办台", *options(printer, size)]
    try:
        done = subprocess.run(  # noqa: S603 - a list of our own words, no shell
            command, input=pdf, capture_output=True, check=False, timeout=_PATIENCE
        )
        failed = bool(done.returncode)
    except (OSError, subprocess.TimeoutExpired):
        failed = True
    if failed:
        raise SurroundingsError(
            "打印没有开始，系统的打印服务没有收下这份纸。",
            "这份纸在本机，没有丢失。",
            "请看打印机是否开着、接好、有纸，再按“打印”；急用可以先“另存”成文件。",
        )
