"""Paper on screen: the very bytes that are kept are shown; printing and saving them is `paper_print`."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QImage, QPixmap, QShowEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desk.store.snapshots import PaperOut
from ui import tasks
from ui.devices.pdf_pages import first_size, page, page_sizes
from ui.dialogs.paper_print import keep_asking, print_asking
from ui.look.i18n import tr
from ui.look.theme import Role, unit
from ui.widgets.basic import icon_button, label, plain_button, primary_button, row
from ui.widgets.dialog import Dialog
from ui.widgets.page import emptied, scrolled

_MOST = 3.0
_FAR = 4  # heights of the view after which a page is let go


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
        if paper is not self.paper:
            self._labels = []  # of the former one; they stay in sight until the pages of this one are counted
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
                self._ask_for(paper, number, scale, ratio)

    def _ask_for(self, paper: PaperOut, number: int, scale: float, ratio: float) -> None:
        tasks.read(
            self,
            lambda: page(paper.pdf, number, scale * ratio),
            lambda image: self._put(paper, number, scale, image),
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
        if self._view.paper is not None:
            print_asking(self, self._view.paper)

    def save(self) -> None:
        """Ask where, then save the bytes."""
        if self._view.paper is not None:
            keep_asking(self, self._view.paper)


class PaperDialog(Dialog):
    """A paper of its own window."""

    def __init__(self, parent: QWidget | None, paper: PaperOut) -> None:
        wide = min(960, round(first_size(paper.pdf)[0] * 1.7))
        super().__init__(parent, paper.title, "paper", wide=wide // unit() + 20, high=820 // 5)
        self.view = PaperView()
        self.tools = PaperTools(self.view)
        close = plain_button("关闭(&C)", "paper-close", "x")
        close.clicked.connect(self.accept)
        self.body.setContentsMargins(unit() * 4, unit() * 3, unit() * 4, unit() * 2)
        self.head(paper.title)
        self.body.addWidget(self.view, 1)
        self.foot(self.tools, None, close)
        self.tools.print_button.setFocus()
        self._paper = paper

    def showEvent(self, event: QShowEvent) -> None:
        """Draw once the size is known."""
        super().showEvent(event)
        self.view.show_paper(self._paper)
