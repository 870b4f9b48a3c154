"""Paper out of the printer: with a question or at once, always in the background; where there is none, to a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import shiboken6
from PySide6.QtCore import QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from desk.app.open_desk import Desk
from desk.counter.office.unprinted import Unprinted
from desk.errors import CancelledError, RefusedError, SurroundingsError
from desk.printing.ports.device import send
from desk.store.snapshots import PaperOut
from desk.sync.outcome import SyncProgress
from desk.words import spreadsheet
from ui import messages
from ui.devices import print_queue, printers, roll_printer, whole_pdf
from ui.devices.pdf_pages import page, page_sizes, some_pages
from ui.dialogs.prints_dialog import told
from ui.dialogs.save_as import save_as, with_ending
from ui.look.i18n import tr
from ui.operations import Operation
from ui.widgets.page import desk_of
from ui.widgets.progress import Progress

_POINTS, _OFD = 72.0, ".ofd"
_FINEST = 600  # dots an inch: an A4 page of that is 139 MB


def _nobody(_far: SyncProgress) -> None:
    """Progress of a page or two interests nobody."""


def print_to(
    printer: QPrinter,
    pdf: bytes,
    report: Callable[[SyncProgress], None] = _nobody,
    cancelled: Callable[[], bool] = bool,
) -> None:
    """Print the asked pages of `pdf`, each on paper of its size: as they are where the print service takes a PDF, else
    at the printer's own resolution. From any thread.

    Of pictures one is in memory at a time. Raises CancelledError between two; what was spooled until then is dropped.
    Raises SurroundingsError when the printer takes no page.
    """
    sizes = page_sizes(pdf)
    asked = _asked(printer, len(sizes))
    if whole_pdf.takes(printer):
        report(SyncProgress("打印", 0, len(asked)))
        whole_pdf.send(printer, some_pages(pdf, asked), sizes[asked[0]])
        return
    scale = min(printer.resolution(), _FINEST) / _POINTS
    painter = QPainter()
    try:
        for done, number in enumerate(asked):
            if cancelled():
                printer.abort()
                raise CancelledError("打印已停下。", f"已送出 {done} 页，打印机可能还会印出来。")
            report(SyncProgress("打印", done, len(asked)))
            _turn(printer, painter, sizes[number])
            painter.drawImage(QRectF(painter.viewport()), page(pdf, number, scale))
    finally:
        if painter.isActive():
            painter.end()


def _turn(printer: QPrinter, painter: QPainter, size: tuple[float, float]) -> None:
    """A fresh page of `size` points."""
    paper = QPageSize(QSizeF(*size), QPageSize.Unit.Point)
    printer.setPageLayout(QPageLayout(paper, QPageLayout.Orientation.Portrait, QMarginsF()))
    printer.setFullPage(True)
    if not (printer.newPage() if painter.isActive() else painter.begin(printer)):
        raise SurroundingsError(
            "打印没有开始，打印机没有收下这份纸。",
            "这份纸在本机，没有丢失。",
            "请看打印机是否开着、接好、有纸，再按“打印”；急用可以先“另存”成文件。",
        )


def _asked(printer: QPrinter, pages: int) -> range:
    """The pages to print, from 0: all, or what the print dialog was told."""
    if printer.printRange() is not QPrinter.PrintRange.PageRange:
        return range(pages)
    return range(max(printer.fromPage(), 1) - 1, min(printer.toPage() or pages, pages))


def print_at_once(owner: QWidget, paper: PaperOut, failed: Callable[[Exception], object]) -> bool:
    """Send `paper` to the printer chosen for its size; False when there is none. Only on the main thread.

    `failed` hears of it while `owner` lives; the paper stays in the queue.
    """
    device = printers.device() if roll_printer.is_roll(paper.pdf) else ""
    where = device or printers.name_for(page_sizes(paper.pdf)[0][0])
    if not where:
        return False
    told = lambda error: failed(error) if shiboken6.isValid(owner) else None  # noqa: E731
    desk = desk_of(owner)
    kept = Unprinted(paper.title, where, paper.of or paper.sha256, bool(paper.of))
    print_queue.queue().add(
        paper.title,
        where,
        lambda place: _sending(lambda: paper, paper.title, place),
        told,
        paper=kept,
        desk=str(desk.folder) if desk is not None else "",
    )
    return True


def left_over(desk: Desk, paper: Unprinted, where: str) -> Callable[[], None]:
    """What prints a paper that was left over from before; raises RefusedError, when it is done, where none is kept."""
    return _sending(lambda: _kept(desk, paper), paper.title, where)


def _kept(desk: Desk, paper: Unprinted) -> PaperOut:
    try:
        return desk.papers.copy(paper.sha256) if paper.copy else desk.papers.kept(paper.sha256)
    except LookupError as error:
        raise RefusedError("这份纸没有留底，不能从这里再印。", "没有改动。", "请回到原来的页面再打一次。") from error


def _sending(paper: Callable[[], PaperOut], title: str, where: str) -> Callable[[], None]:
    """What prints a paper at a port or at a printer of the system, which is asked for here, on the main thread; the
    paper itself is fetched where it is printed."""
    if where == printers.device():
        return lambda: send(roll_printer.escpos(paper().pdf), where)
    printer = printers.printer(where)
    printer.setDocName(title)
    return lambda: print_to(printer, paper().pdf)


def print_asking(owner: QWidget, paper: PaperOut) -> None:
    """Ask which printer, then print; a machine without any is offered a file. What goes wrong is told."""
    if printers.device() and roll_printer.is_roll(paper.pdf):
        print_at_once(owner, paper, lambda error: told(owner, error))
        return
    printer = printers.printer_for(page_sizes(paper.pdf)[0][0]) or QPrinter(QPrinter.PrinterMode.HighResolution)
    if printer.outputFormat() is not QPrinter.OutputFormat.NativeFormat:  # what Qt makes where there is no printer
        keep_asking(owner, paper, "没有找到打印机，另存成文件")
        return
    printer.setDocName(paper.title)
    dialog = QPrintDialog(printer, owner)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(tr("打印"))
    dialog.setMinMax(1, len(page_sizes(paper.pdf)))
    dialog.accepted.connect(lambda: _send(owner, printer, paper))  # holds the printer as long as the dialog lives
    QDialog.open(dialog)  # QPrintDialog's own open() wants a receiver


def _send(owner: QWidget, printer: QPrinter, paper: PaperOut) -> None:
    if printer.outputFormat() is QPrinter.OutputFormat.PdfFormat:
        _to_file(owner, printer, paper)
        return
    Progress(owner, "打印").go(
        lambda report, cancelled: print_to(printer, paper.pdf, report, cancelled),
        lambda _none: None,
        lambda error: messages.error(owner, error),
    )


def _to_file(owner: QWidget, printer: QPrinter, paper: PaperOut) -> None:
    """Where the dialog was told a file, the kept bytes go there and not a picture of them."""
    asked, place = _asked(printer, len(page_sizes(paper.pdf))), Path(printer.outputFileName())

    def keep(whole: Path) -> None:
        _keep(owner, whole, lambda: some_pages(paper.pdf, asked))

    with_ending(owner, "另存", place, ".pdf", keep)


def keep_asking(owner: QWidget, paper: PaperOut, title: str = "另存") -> None:
    """Ask where and as what, then save: the kept bytes as PDF, or the same pages as OFD."""

    def keep(place: Path) -> None:
        _keep(owner, place, lambda: _as_ofd(paper.pdf) if place.suffix.lower() == _OFD else paper.pdf)

    save_as(owner, title, Path.home() / paper.filename, keep, also=_OFD)


def _as_ofd(pdf: bytes) -> bytes:
    from desk.printing.ofd.writing import ofd

    return ofd(pdf)


def _keep(owner: QWidget, place: Path, pdf: Callable[[], bytes]) -> None:
    work = Operation(owner, lambda: spreadsheet.save(place, pdf()))
    work.success(lambda _none: messages.toast(owner.window(), f"已存到 {place}。"))
    work.failure(lambda error: messages.error(owner, error)).run_beside()
