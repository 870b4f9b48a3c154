"""Paper on screen: the very bytes that are kept are shown, printed and saved."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF, QSizeF, Qt, QTimer
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter, QPixmap
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QLabel, QVBoxLayout, QWidget

from desk.errors import CancelledError
from desk.printing.device import send
from desk.store.snapshots import PaperOut
from desk.sync.outcome import SyncProgress
from ui import messages, tasks
from ui.devices import printers, roll_printer
from ui.devices.pdf_pages import page, page_sizes
from ui.look import theme
from ui.look.i18n import tr
from ui.look.theme import Role, unit
from ui.widgets.basic import icon_button, label, plain_button, primary_button, row
from ui.widgets.page import emptied, scrolled
from ui.widgets.progress import Progress

_POINTS = 72.0
_MOST = 3.0
_FAR = 4  # heights of the view after which a page is let go


def _nobody(_far: SyncProgress) -> None:
    """Progress of a page or two interests nobody."""


def print_to(
    printer: QPrinter,
    pdf: bytes,
    report: Callable[[SyncProgress], None] = _nobody,
    cancelled: Callable[[], bool] = bool,
) -> None:
    """Print `pdf` at the printer's own resolution, each page on paper of its own size. From any thread.

    One page is in memory at a time. Raises CancelledError between two pages; what was spooled until then is dropped.
    """
    sizes = page_sizes(pdf)
    scale = min(printer.resolution(), 300) / _POINTS
    painter = QPainter()
    for number, (wide, high) in enumerate(sizes):
        if cancelled():
            printer.abort()
            painter.end()
            raise CancelledError("打印已停下。", f"已送出 {number} 页，打印机可能还会印出来。")
        report(SyncProgress("打印", number, len(sizes)))
        size = QPageSize(QSizeF(wide, high), QPageSize.Unit.Point)
        printer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF()))
        printer.setFullPage(True)
        if number == 0:
            painter.begin(printer)
        else:
            printer.newPage()
        painter.drawImage(QRectF(painter.viewport()), page(pdf, number, scale))
    painter.end()


def print_at_once(owner: QWidget, paper: PaperOut, failed: Callable[[Exception], None]) -> bool:
    """Send `paper` to the printer chosen for its size; False when there is none. Only on the main thread."""
    device = printers.device()
    if device and roll_printer.is_roll(paper.pdf):
        tasks.read(owner, lambda: send(roll_printer.escpos(paper.pdf), device), lambda _none: None, failed)
        return True
    printer = printers.printer_for(page_sizes(paper.pdf)[0][0])
    if printer is None:
        return False
    printer.setDocName(paper.title)
    tasks.read(owner, lambda: print_to(printer, paper.pdf), lambda _none: None, failed)
    return True


class PaperView(QWidget):
    """Pages one under another, zoomed to the width of the view or as asked."""

    def __init__(self) -> None:
        super().__init__()
        self.paper: PaperOut | None = None
        self._zoom = self._scale = 0.0
        self._labels: list[QLabel] = []
        self._drawn: dict[int, bool] = {}  # asked for, by page; True once it is there
        self._inner = QWidget()
        self._pages = QVBoxLayout(self._inner)
        self._pages.setSpacing(unit() * 3)
        self._pages.setContentsMargins(unit() * 3, unit() * 3, unit() * 3, unit() * 3)
        self._area = scrolled(self._inner, "paper-pages")
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._area.setAccessibleName(tr("纸面预览"))
        self._area.verticalScrollBar().valueChanged.connect(lambda _value: self._fill())
        self._told = label("", "small", Role.WARN, wrap=True)
        cut = plain_button("用身份证上的字图(&Z)", "paper-glyphs", "crop")
        cut.clicked.connect(self.cut_glyphs)
        self._lacking = row(self._told, cut)
        self._lacking.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._lacking)
        box.addWidget(self._area)

    def show_paper(self, paper: PaperOut) -> None:
        """Show `paper`; characters that no font here has are told before anyone prints."""
        self.paper = paper
        missing = "、".join(f"{char}（U+{ord(char):04X}）" for char in paper.missing)
        self._told.setText(f"这些字本机字体没有，纸上印作〓，请手写补上：{missing}" if missing else "")
        self._lacking.setVisible(bool(missing))
        self._draw()

    def cut_glyphs(self) -> None:
        """Cut the picture of each character that no font has out of a photograph of the identity card."""
        from ui.dialogs.glyph_cutting import cut

        if self.paper is not None:
            cut(self, self.paper.missing)

    def zoom(self, step: float) -> None:
        """Larger or smaller by `step`; 0 fits the width."""
        self._zoom = min(_MOST, max(0.4, (self._zoom or 1.0) * step)) if step else 0.0
        self._draw()

    def _draw(self) -> None:
        paper = self.paper
        if paper is None:
            return
        ratio = self.devicePixelRatioF()
        fit = max(self._area.width() - unit() * 6 - self._area.verticalScrollBar().sizeHint().width() - 6, 200)
        zoom = self._zoom

        def work() -> tuple[list[tuple[float, float]], float, QImage]:
            sizes = page_sizes(paper.pdf)
            wide = max(size[0] for size in sizes)
            scale = zoom * 1.4 if zoom else min(fit / wide, 2.0)
            return sizes, scale, page(paper.pdf, 0, scale * ratio)

        tasks.read(self, work, lambda found: self._lay(paper, *found))

    def _lay(self, paper: PaperOut, sizes: list[tuple[float, float]], scale: float, first: QImage) -> None:
        """Room for every page; only those in sight are drawn, however many there are."""
        if paper is not self.paper:
            return
        emptied(self._pages)
        self._scale, self._drawn = scale, {}
        self._labels = []
        for number, (wide, high) in enumerate(sizes, 1):
            made = QLabel()
            made.setFixedSize(round(wide * scale), round(high * scale))
            made.setAccessibleName(tr(f"{paper.title} 第 {number} 页"))
            self._labels.append(made)
            self._pages.addWidget(made, 0, Qt.AlignmentFlag.AlignHCenter)
        self._pages.addStretch(1)
        self._put(paper, 0, scale, first)
        QTimer.singleShot(0, self, self._fill)

    def _fill(self) -> None:
        """Draw the pages in sight and their neighbours, let go of those that are far away."""
        paper, scale, ratio = self.paper, self._scale, self.devicePixelRatioF()
        if paper is None or not self._labels:
            return
        top = self._area.verticalScrollBar().value()
        view = self._area.viewport().height()
        begin = end = 0
        for number, made in enumerate(self._labels):  # the layout may not have placed them yet, so their sizes count
            begin, end = end + self._pages.spacing(), end + self._pages.spacing() + made.height()
            away = max(begin - (top + view), top - end)
            if away > _FAR * view and number in self._drawn:
                made.clear()
                del self._drawn[number]
            elif away < view and number not in self._drawn:
                self._drawn[number] = False
                tasks.read(
                    self,
                    lambda number=number: page(paper.pdf, number, scale * ratio),
                    lambda image, number=number: self._put(paper, number, scale, image),
                )

    def _put(self, paper: PaperOut, number: int, scale: float, image: QImage) -> None:
        if paper is self.paper and scale == self._scale and number < len(self._labels):
            image.setDevicePixelRatio(self.devicePixelRatioF())
            self._labels[number].setPixmap(QPixmap.fromImage(image))
            self._drawn[number] = True


class PaperTools(QWidget):
    """The buttons of a paper: print, save, zoom."""

    def __init__(self, view: PaperView) -> None:
        super().__init__()
        self._view = view
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        self.print_button = primary_button("打印(&P)", "paper-print", "printer")
        save = plain_button("另存(&S)", "paper-save", "device-floppy")
        larger = icon_button("zoom-in", "paper-larger", "放大")
        smaller = icon_button("zoom-out", "paper-smaller", "缩小")
        self.print_button.clicked.connect(self.print_paper)
        save.clicked.connect(self.save)
        larger.clicked.connect(lambda: view.zoom(1.25))
        smaller.clicked.connect(lambda: view.zoom(0.8))
        box.addWidget(row(self.print_button, save, larger, smaller))

    def print_paper(self) -> None:
        """Ask which printer, then print what is shown."""
        paper = self._view.paper
        if paper is None:
            return
        if printers.device() and roll_printer.is_roll(paper.pdf):
            print_at_once(self, paper, lambda error: messages.error(self, error))
            return
        chosen = printers.printer_for(page_sizes(paper.pdf)[0][0])
        printer = chosen or QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(paper.title)
        dialog = QPrintDialog(printer, self)
        dialog.setWindowTitle(tr("打印"))
        dialog.accepted.connect(lambda: self._send(printer, paper))
        dialog.open()

    def _send(self, printer: QPrinter, paper: PaperOut) -> None:
        Progress(self, "打印").go(
            lambda report, cancelled: print_to(printer, paper.pdf, report, cancelled),
            lambda _none: None,
            lambda error: messages.error(self, error),
        )

    def save(self) -> None:
        """Ask where, then save the bytes."""
        paper = self._view.paper
        if paper is None:
            return
        place, _ = QFileDialog.getSaveFileName(self, tr("另存"), str(Path.home() / paper.filename), "PDF (*.pdf)")
        if place:
            tasks.run(self, lambda: Path(place).write_bytes(paper.pdf))


class PaperDialog(QDialog):
    """A paper of its own window."""

    def __init__(self, parent: QWidget | None, paper: PaperOut) -> None:
        super().__init__(parent)
        self.setObjectName("paper")
        self.setWindowTitle(tr(paper.title))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.view = PaperView()
        self.tools = PaperTools(self.view)
        close = plain_button("关闭(&C)", "paper-close", "x")
        close.clicked.connect(self.accept)
        box = QVBoxLayout(self)
        box.setContentsMargins(unit() * 4, unit() * 3, unit() * 4, unit() * 4)
        box.addWidget(row(label(paper.title, "title", bold=True), None, self.tools, close))
        box.addWidget(self.view)
        points = page_sizes(paper.pdf)[0][0]
        wide = min(960, round(points * 1.7) + unit() * 20)
        screen = self.screen().availableGeometry()
        self.resize(min(max(wide, 640), screen.width() - 40), min(round(820 * theme.theme.scale), screen.height() - 60))
        self.tools.print_button.setFocus()
        self._paper = paper

    def showEvent(self, event: object) -> None:
        """Draw once the size is known."""
        super().showEvent(event)  # type: ignore[arg-type]
        self.view.show_paper(self._paper)
