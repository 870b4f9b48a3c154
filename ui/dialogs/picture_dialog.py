"""The pictures of one material: from a file, the clipboard, the camera's folder, or dropped; turned and cropped.

Every change is made from the original and can be taken back, here by 撤销, later by 原样.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, QSize, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QIcon, QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QWidget

from desk.app.open_desk import Desk
from desk.counter.pictures import OFD, Made
from desk.errors import DeskError
from desk.log.files import FileRef
from desk.words import spreadsheet
from ui import messages, tasks
from ui.devices import pictures
from ui.devices.scans import sources
from ui.devices.scans.sources import Source
from ui.dialogs.save_as import save_as
from ui.look.flow import Flow
from ui.look.i18n import tr
from ui.look.theme import Role, unit
from ui.operations import LongOperation, Operation
from ui.widgets.basic import label, plain_button, primary_button
from ui.widgets.dialog import Dialog
from ui.widgets.line_list import Line, LineList
from ui.widgets.picture_view import PictureView

_READING = "正在读……还在写的文件，等它写完。"


class PictureDialog(Dialog):
    """`changed` tells the pictures each time they change; every one is on disk by then."""

    changed = Signal(object)  # tuple[FileRef, ...]

    def __init__(
        self, parent: QWidget, desk: Desk, title: str, files: tuple[FileRef, ...], tray: Callable[[], list[Path]]
    ) -> None:
        super().__init__(parent, "图片", "pictures", wide=190, high=138)
        self.setAcceptDrops(True)
        self._desk, self._tray = desk, tray
        self.files = list(files)
        self._past: list[tuple[FileRef, ...]] = []
        self._icons: dict[str, QIcon] = {}
        self._reading: list[tasks.Job] = []
        self._leaving: int | None = None
        self._lacks = ""  # what of a file cannot be shown
        self.view = PictureView()
        self.list = LineList("pictures-list", "图片列表")
        self.list.setIconSize(QSize(unit() * 16, unit() * 13))
        self.list.setFixedWidth(unit() * 42)
        self._hint = label("可把图片拖到这里，或从剪贴板粘贴。", "small", Role.MUTED, wrap=True)
        self._hint.setObjectName("pictures-hint")
        self._lay(title)
        self.list.moved.connect(self._show)
        QShortcut(QKeySequence.StandardKey.Paste, self, self.paste)
        QShortcut(QKeySequence.StandardKey.Undo, self, self.undo)
        self._fill()

    def _lay(self, title: str) -> None:
        gives = (
            ("选文件(&F)", "file", "folder", self.choose),
            ("粘贴(&V)", "paste", "copy", self.paste),
            ("取高拍仪新图(&G)", "camera", "camera", self.take_from_camera),
        )
        changes = (
            ("左转(&L)", "turn-left", "rotate", self.turn_left),
            ("右转(&R)", "turn", "rotate-clockwise", self.turn),
            ("裁剪(&C)", "crop", "crop", self.crop),
            ("原样(&W)", "whole", "photo", self.whole),
            ("移除(&D)", "remove", "trash", self.remove),
            ("撤销(&Z)", "undo", "arrow-back-up", self.undo),
            ("另存原件(&E)", "save", "device-floppy", self.save_original),
            ("放大(&B)", "nearer", "zoom-in", self.view.nearer),
            ("缩小(&S)", "farther", "zoom-out", self.view.farther),
        )
        close = primary_button("好了(&O)", "pictures-close", "check")
        close.clicked.connect(self.accept)
        self.head(title)
        self.body.addWidget(Flow(*map(_button, gives)))
        line = QHBoxLayout()
        line.addWidget(self.list)
        line.addWidget(self.view.area, 1)
        self.body.addLayout(line, 1)
        self.body.addWidget(self._hint)
        buttons = list(map(_button, changes))
        buttons[3].setToolTip(tr("不转也不裁，回到加入时的样子"))
        self.body.addWidget(Flow(*buttons))
        self.foot(None, close)

    def _fill(self, at: int = 0) -> None:
        lines = [
            Line(
                f"{at + 1}　{'OFD ' * (ref.kind == OFD)}{max(1, ref.size >> 10)} kB",
                at,
                icon=self._icons.get(ref.sha256),
            )
            for at, ref in enumerate(self.files)
        ]
        self.list.put(lines)
        if self.files:
            self.list.go(at)
            self._show(self.list.row())
        else:
            self.view.show_image(QImage())

    def _show(self, at: int) -> None:
        if not 0 <= at < len(self.files):
            return
        ref = self.files[at]
        self._look_at(ref, lambda: self._picture_of(ref))
        for one in self.files:
            if one.sha256 not in self._icons:
                self._icons[one.sha256] = QIcon()
                tasks.read(self, partial(self._small, one), partial(self._iconed, one))

    def _look_at(self, ref: FileRef, read: Callable[[], bytes]) -> None:
        def shown(image: QImage) -> None:
            if self._current() == ref:
                self.view.show_image(image)

        tasks.read(self, lambda: pictures.decoded(read(), ref.name), shown, self._broke)

    def _small(self, ref: FileRef) -> QImage:
        try:
            return pictures.decoded(self._picture_of(ref), ref.name, self.list.iconSize() * 2)
        except DeskError:
            return QImage()  # said when it is shown

    def _picture_of(self, ref: FileRef) -> bytes:
        if ref.kind != OFD:
            return self._desk.pictures.read(ref.sha256)
        from ui.devices.scans import taking

        return taking.seen(self._desk.pictures, ref, 0, whole=True)

    def _iconed(self, ref: FileRef, image: QImage) -> None:
        self._icons[ref.sha256] = QIcon(pictures.framed(image, self.list.iconSize() * 2))
        for at, one in enumerate(self.files):
            if one.sha256 == ref.sha256:
                self.list.set_icon(at, self._icons[ref.sha256])

    def _current(self) -> FileRef | None:
        at = self.list.row()
        return self.files[at] if 0 <= at < len(self.files) else None

    # -- adding -------------------------------------------------------------------------------------------------

    def choose(self) -> None:
        """Ask for files."""
        places, _ = QFileDialog.getOpenFileNames(self, tr("选图片"), str(Path.home()), pictures.PAPERS)
        self.add_files([Path(one) for one in places])

    def add_files(self, places: Sequence[Path]) -> None:
        """Take every page of these files, each as soon as it is written whole."""
        if places:
            self._take(lambda: sources.of_files(self._desk.pictures, places))

    def add_image(self, image: QImage, name: str) -> None:
        """Take a picture."""
        source = sources.of_image(self._desk.pictures, image, name)
        self._take(lambda: [source])

    def _take(self, find: Callable[[], list[Source]]) -> None:
        """Read beside everything else."""

        def work(report: Callable[[object], None], cancelled: Callable[[], bool]) -> None:
            found = find()
            if not found:
                report("高拍仪文件夹里没有新图片。文件夹在“设置”里选。")
            sources.read(found, report, cancelled)

        def failed(error: Exception) -> None:
            self._broke(error)
            self._read(job)

        self._lacks = ""
        self._hint.setText(_READING)
        arrived = partial(self._arrived, frozenset(one.sha256 for one in self.files))
        job = tasks.run_with_progress(self, work, lambda _none: self._read(job), arrived, failed)
        self._reading.append(job)

    def _arrived(self, before: frozenset[str], fact: object) -> None:
        if isinstance(fact, FileRef):
            self._added(fact, before)
        elif isinstance(fact, Exception):
            self._leaving = None  # nobody leaves before it was read
            self._broke(fact)
        else:
            self._lacks = tr(str(fact))
            self._hint.setText(self._lacks)

    def _read(self, job: tasks.Job) -> None:
        self._reading.remove(job)
        if self._hint.text() == tr(_READING):
            self._hint.setText("")
        if not self._reading and self._leaving is not None:
            self.done(self._leaving)

    def paste(self) -> None:
        """What lies in the clipboard."""
        self._take_mime(QGuiApplication.clipboard().mimeData())

    def take_from_camera(self) -> None:
        """What the document camera saved since."""
        self._take(lambda: sources.of_files(self._desk.pictures, self._tray()))

    def _take_mime(self, mime: QMimeData | None) -> None:
        if mime is not None and mime.hasUrls():  # an empty clipboard has no data at all on some systems
            self.add_files([Path(one.toLocalFile()) for one in mime.urls() if one.isLocalFile()])
        elif mime is not None and mime.hasImage():
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

    def _added(self, ref: FileRef, before: frozenset[str]) -> None:
        if ref.sha256 in before:  # two pages of one file may well be alike
            self._hint.setText("这一张已经有了。")
            return
        self._hint.setText(tr(f"已加入，压缩后 {max(1, ref.size >> 10)} kB。") + self._lacks)
        self._change([*self.files, ref], len(self.files))

    def _broke(self, error: Exception) -> None:
        messages.error(self, error)

    # -- changing -----------------------------------------------------------------------------------------------

    def _change(self, files: list[FileRef], at: int) -> None:
        self._past.append(tuple(self.files))
        self._put(files, at)

    def _put(self, files: list[FileRef], at: int) -> None:
        self.files = files
        self._fill(at)
        self.changed.emit(tuple(self.files))

    def undo(self) -> None:
        """Take the last change of this window back."""
        if self._past:
            self._hint.setText("已撤销上一步。")
            self._put(list(self._past.pop()), self.list.row())
        else:
            self._hint.setText("没有可撤销的了。“原样”可回到加入时的样子。")

    def turn(self) -> None:
        """A quarter to the right."""
        self._turn(1)

    def turn_left(self) -> None:
        """A quarter to the left."""
        self._turn(3)

    def _turn(self, quarters: int) -> None:
        from ui.devices.scans import taking

        self._replace(lambda ref: taking.turned(self._desk.pictures, ref, quarters))

    def crop(self) -> None:
        """Keep what was pulled with the mouse."""
        from ui.devices.scans import taking

        share = self.view.chosen()
        if share is None:
            self._hint.setText("请先用鼠标在图上拖出要留下的部分。")
        else:
            self._replace(lambda ref: taking.cropped(self._desk.pictures, ref, share))

    def whole(self) -> None:
        """As it was given, neither turned nor cropped."""
        from ui.devices.scans import taking

        self._replace(lambda ref: taking.whole(self._desk.pictures, ref))

    def _replace(self, anew: Callable[[FileRef], FileRef]) -> None:
        ref, at = self._current(), self.list.row()
        if ref is None:
            return
        if ref.kind == OFD:
            self._hint.setText("OFD 原文件不转不裁，它的每一页另有图片。")
            return

        def replaced(made: FileRef) -> None:
            if made == ref:
                self._hint.setText("和原来一样，没有改动。")
            else:
                self._hint.setText("改好了，Ctrl+Z 可撤销。")
                self._change([*self.files[:at], made, *self.files[at + 1 :]], at)

        work = LongOperation(self, lambda _report, _cancelled: anew(ref))
        work.success(replaced).failure(self._broke).run("正在处理图片")

    def remove(self) -> None:
        """Take the chosen one out."""
        at = self.list.row()
        if 0 <= at < len(self.files):
            self._change([*self.files[:at], *self.files[at + 1 :]], at)
            self._hint.setText("已移除，Ctrl+Z 可撤销。")

    def save_original(self) -> None:
        """Put the file that the picture was made of somewhere else: its seal is verified there, or it is printed."""
        ref = self._current()
        if ref is None:
            return

        def found(original: tuple[Made, bytes]) -> None:
            made, data = original
            name = made.name if Path(made.name).suffix else f"{made.name}.jpg"
            save_as(self, "另存原件", Path.home() / name, partial(self._put_out, data))

        tasks.read(self, lambda: self._desk.pictures.original(ref), found, self._broke)

    def _put_out(self, data: bytes, place: Path) -> None:
        work = Operation(self, lambda: spreadsheet.save(place, data))
        work.success(lambda _none: self._hint.setText(f"已存到 {place}。")).failure(self._broke).run_beside()

    # -- leaving ------------------------------------------------------------------------------------------------

    def done(self, result: int) -> None:
        """Closed: not before what is being read is here; asked a second time, without it."""
        if self._reading and self._leaving is None:
            self._leaving = result
            self._hint.setText("正在读，读完就关上；再按一次就不等了。")
            return
        for job in self._reading:
            job.cancel()
        super().done(result)


def _button(what: tuple[str, str, str, Callable[[], object]]) -> QPushButton:
    words, name, icon, act = what
    button = plain_button(words, f"pictures-{name}", icon)
    button.clicked.connect(lambda _checked=False: act())
    return button


class PictureViewer(PictureDialog):
    """The pictures of a case that was taken in: to look at, turned or whole; what the case holds stays as it is."""

    def __init__(self, parent: QWidget, desk: Desk, files: tuple[FileRef, ...]) -> None:
        super().__init__(parent, desk, tr("材料图片"), files, list)
        self.setAcceptDrops(False)
        self._turns, self._is_whole = 0, False
        for name in ("file", "paste", "camera", "crop", "remove", "undo"):
            button = self.findChild(QWidget, f"pictures-{name}")
            if button is not None:
                button.hide()
        self._hint.setText("左转、右转、原样只为看，办件里的图片不变。")

    def paste(self) -> None:
        """Nothing is added here."""

    def undo(self) -> None:
        """Nothing was changed here."""

    def _show(self, at: int) -> None:
        self._turns, self._is_whole = 0, False
        super()._show(at)

    def _turn(self, quarters: int) -> None:
        self._turns = (self._turns + quarters) % 4
        self._see()

    def whole(self) -> None:
        """The page it was made of, all of it; once more, as the case holds it."""
        self._turns, self._is_whole = 0, not self._is_whole
        self._see()

    def _see(self) -> None:
        ref, turns, is_whole = self._current(), self._turns, self._is_whole

        def read(one: FileRef) -> bytes:
            from ui.devices.scans import taking

            return taking.seen(self._desk.pictures, one, turns, whole=is_whole)

        if ref is not None:
            self._look_at(ref, lambda: read(ref))
