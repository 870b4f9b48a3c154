"""The pictures of one material: from a file, the clipboard, the camera's folder, or dropped; turned and cropped."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QIcon,
    QImage,
    QKeySequence,
    QMouseEvent,
    QPixmap,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QRubberBand,
    QWidget,
)

from desk.app.open_desk import Desk
from desk.log.events import FileRef
from ui import messages, tasks
from ui.devices import pictures
from ui.look.flow import Flow
from ui.look.i18n import tr
from ui.look.theme import Role, unit
from ui.operations import Operation
from ui.widgets.basic import label, plain_button, primary_button
from ui.widgets.dialog import Dialog
from ui.widgets.line_list import Line, LineList


class PictureView(QLabel):
    """One picture fitted to its room; a rectangle pulled with the mouse is what will be kept."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("图片预览"))
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setMinimumSize(unit() * 90, unit() * 80)
        self.image = QImage()
        self._band = QRubberBand(QRubberBand.Shape.Rectangle, self)
        self._start = QPoint()

    def show_image(self, image: QImage) -> None:
        """Another picture."""
        self.image = image
        self._band.hide()
        self._fit()

    def _fit(self) -> None:
        if self.image.isNull():
            self.clear()
            return
        ratio = self.devicePixelRatioF()
        size = QSize(round(self.width() * ratio), round(self.height() * ratio))
        ways = (Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
        shown = QPixmap.fromImage(self.image.scaled(size, *ways))
        shown.setDevicePixelRatio(ratio)
        self.setPixmap(shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit again."""
        super().resizeEvent(event)
        self._fit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The first corner."""
        self._start = event.position().toPoint()
        self._band.setGeometry(QRect(self._start, QSize()))
        self._band.show()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The other corner."""
        self._band.setGeometry(QRect(self._start, event.position().toPoint()).normalized())

    def chosen(self) -> QRect:
        """What was pulled, in the picture's own pixels; empty when nothing was."""
        shown = self.pixmap()
        if not self._band.isVisible() or shown.isNull() or self.image.isNull():
            return QRect()
        wide, high = shown.width() / shown.devicePixelRatio(), shown.height() / shown.devicePixelRatio()
        scale = self.image.width() / wide
        left, top = (self.width() - wide) / 2, (self.height() - high) / 2
        band = self._band.geometry()
        return QRect(
            round((band.x() - left) * scale), round((band.y() - top) * scale),
            round(band.width() * scale), round(band.height() * scale),
        )  # fmt: skip


class PictureDialog(Dialog):
    """`changed` tells the pictures each time they change; every one is on disk by then."""

    changed = Signal(object)  # tuple[FileRef, ...]

    def __init__(
        self, parent: QWidget, desk: Desk, title: str, files: tuple[FileRef, ...], tray: Callable[[], list[Path]]
    ) -> None:
        super().__init__(parent, "图片", "pictures", wide=150)
        self.setAcceptDrops(True)
        self._desk, self._tray = desk, tray
        self.files = list(files)
        self.view = PictureView()
        self.list = LineList("pictures-list", "图片列表")
        self.list.setIconSize(QSize(unit() * 20, unit() * 16))
        self.list.setFixedWidth(unit() * 44)
        self._hint = label("可把图片拖到这里，或从剪贴板粘贴。", "small", Role.MUTED, wrap=True)
        self._lay(title)
        self.list.moved.connect(self._show)
        QShortcut(QKeySequence.StandardKey.Paste, self, self.paste)
        self._fill()

    def _lay(self, title: str) -> None:
        buttons = []
        for words, name, icon, act in (
            ("选文件(&F)", "pictures-file", "folder", self.choose),
            ("粘贴(&V)", "pictures-paste", "copy", self.paste),
            ("取高拍仪新图(&G)", "pictures-camera", "camera", self.take_from_camera),
            ("右转(&R)", "pictures-turn", "rotate-clockwise", self.turn),
            ("裁剪(&C)", "pictures-crop", "crop", self.crop),
            ("移除(&D)", "pictures-remove", "trash", self.remove),
        ):
            button = plain_button(words, name, icon)
            button.clicked.connect(act)
            buttons.append(button)
        close = primary_button("好了(&O)", "pictures-close", "check")
        close.clicked.connect(self.accept)
        self.head(title)
        self.body.addWidget(Flow(*buttons[:3]))
        line = QHBoxLayout()
        line.addWidget(self.list)
        line.addWidget(self.view, 1)
        self.body.addLayout(line, 1)
        self.body.addWidget(self._hint)
        self.foot(*buttons[3:], None, close)

    def _fill(self, at: int = 0) -> None:
        self.list.put([Line(f"{at + 1}　{max(1, ref.size >> 10)} kB", at) for at, ref in enumerate(self.files)])
        if self.files:
            self.list.go(at)
            self._show(self.list.row())
        else:
            self.view.show_image(QImage())

    def _show(self, at: int) -> None:
        if not 0 <= at < len(self.files):
            return
        ref = self.files[at]

        def work() -> QImage:
            return pictures.decoded(self._desk.pictures.read(ref.sha256), ref.name)

        tasks.read(self, work, lambda image: self._shown(at, image), self._broke)

    def _shown(self, at: int, image: QImage) -> None:
        if at == self.list.row():
            self.view.show_image(image)
            small = image.scaled(self.list.iconSize(), Qt.AspectRatioMode.KeepAspectRatio)
            self.list.set_icon(at, QIcon(QPixmap.fromImage(small)))

    # -- adding -------------------------------------------------------------------------------------------------

    def choose(self) -> None:
        """Ask for files."""
        places, _ = QFileDialog.getOpenFileNames(self, tr("选图片"), str(Path.home()), pictures.FILTER)
        self.add_files([Path(one) for one in places])

    def add_files(self, places: list[Path]) -> None:
        """Take the pictures in these files."""
        for place in places:
            self._take(functools.partial(self._keep_file, place))

    def add_image(self, image: QImage, name: str) -> None:
        """Take a picture."""
        self._take(lambda: self._keep(image, name))

    def _take(self, work: Callable[[], FileRef]) -> None:
        Operation(self, work).success(self._added).failure(self._broke).run_beside()

    def paste(self) -> None:
        """What lies in the clipboard."""
        self._take_mime(QGuiApplication.clipboard().mimeData())

    def take_from_camera(self) -> None:
        """What the document camera saved since."""
        places = self._tray()
        if not places:
            self._hint.setText("高拍仪文件夹里没有新图片。文件夹在“设置”里选。")
        self.add_files(places)

    def _take_mime(self, mime: QMimeData | None) -> None:
        if mime is None:  # an empty clipboard has no data at all on some systems
            self._hint.setText("剪贴板里没有图片。")
        elif mime.hasUrls():
            self.add_files([Path(one.toLocalFile()) for one in mime.urls() if one.isLocalFile()])
        elif mime.hasImage():
            self.add_image(QImage(mime.imageData()), tr("粘贴的图片"))
        else:
            self._hint.setText("剪贴板里没有图片。")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Pictures are welcome."""
        if event.mimeData().hasUrls() or event.mimeData().hasImage():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take what was dropped."""
        self._take_mime(event.mimeData())

    def _keep_file(self, place: Path) -> FileRef:
        return self._keep(pictures.opened(place), place.name)

    def _keep(self, image: QImage, name: str) -> FileRef:
        return self._desk.pictures.keep(pictures.compressed(image), Path(name).stem[:60] + ".jpg")

    def _added(self, ref: FileRef) -> None:
        if all(one.sha256 != ref.sha256 for one in self.files):
            self.files.append(ref)
        self._hint.setText(f"已加入，压缩后 {max(1, ref.size >> 10)} kB。")
        self._tell(len(self.files) - 1)

    def _broke(self, error: Exception) -> None:
        messages.error(self, error)

    def _tell(self, at: int) -> None:
        self._fill(at)
        self.changed.emit(tuple(self.files))

    # -- changing -----------------------------------------------------------------------------------------------

    def turn(self) -> None:
        """A quarter to the right."""
        if not self.view.image.isNull():
            self._replace(pictures.turned(self.view.image))

    def crop(self) -> None:
        """Keep what was pulled with the mouse."""
        part = self.view.chosen()
        if part.isEmpty():
            self._hint.setText("请先用鼠标在图上拖出要留下的部分。")
        else:
            self._replace(pictures.cropped(self.view.image, part))

    def _replace(self, image: QImage) -> None:
        at = self.list.row()
        name = self.files[at].name
        work = Operation(self, lambda: self._keep(image, name))
        work.success(lambda ref: self._replaced(at, ref)).failure(self._broke).run()

    def _replaced(self, at: int, ref: FileRef) -> None:
        self.files[at] = ref
        self._tell(at)

    def remove(self) -> None:
        """Take the chosen one out."""
        at = self.list.row()
        if 0 <= at < len(self.files):
            del self.files[at]
            self._tell(at)


class PictureViewer(PictureDialog):
    """The pictures of a case that was taken in: to look at, not to change."""

    def __init__(self, parent: QWidget, desk: Desk, files: tuple[FileRef, ...]) -> None:
        super().__init__(parent, desk, tr("材料图片"), files, list)
        self.setAcceptDrops(False)
        for name in ("file", "paste", "camera", "turn", "crop", "remove"):
            button = self.findChild(QWidget, f"pictures-{name}")
            if button is not None:
                button.hide()
        self._hint.hide()
