"""验回执: hold a receipt under the lamp: scan or type its code, or open a photograph of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from desk.app.open_desk import Desk
from desk.counter import code_check
from desk.errors import RefusedError
from desk.log.receipt_code import Verdict
from ui import messages, tasks
from ui.devices import pictures
from ui.look.i18n import tr
from ui.look.theme import Role
from ui.widgets.basic import label, plain_button, primary_button, set_role
from ui.widgets.dialog import Dialog
from ui.widgets.field import Field, line_edit


class CheckDialog(Dialog):
    """A scanner types the code and Enter; the answer stands below, and the next one can be scanned at once."""

    def __init__(self, parent: QWidget, desk: Desk, show: Callable[[str], object]) -> None:
        """`show` opens the case with this intake number."""
        super().__init__(parent, "验回执", "check", wide=110)
        self._desk, self._open_case, self._number = desk, show, ""
        self.code = line_edit("用扫码枪扫，或把码的内容粘贴在这里", most=300)
        self.told = label("", "body", wrap=True, bold=True)
        self.told.setObjectName("check-verdict")
        self.told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        go = primary_button("核验(&V)", "check-go", "search")
        photo = plain_button("从照片读码(&P)", "check-photo", "photo")
        self.case = plain_button("打开办件(&O)", "check-case", "files")
        self.case.setEnabled(False)
        self.case.clicked.connect(self._show_case)
        close = plain_button("关闭(&C)", "check-close", "x")
        go.clicked.connect(self.judge)
        photo.clicked.connect(self.choose)
        close.clicked.connect(self.accept)
        self.head("验回执", "不用联网。认得的是本机开出的回执；别处的请到中心网页核验。")
        self.body.addWidget(Field("回执上的码(&M)", self.code, "check-code"))
        self.body.addWidget(self.told)
        self.body.addWidget(self.case, 0, Qt.AlignmentFlag.AlignLeft)
        self.foot(photo, None, close, go)  # a scanner ends with Enter, and Enter always means: check this
        self.code.setFocus()

    def judge(self) -> None:
        """Say what the code is worth."""
        code = self.code.text().strip()
        if code:
            tasks.read(self, lambda: self._judged(code), lambda found: self._say(*found), self._refused)

    def _judged(self, code: str) -> tuple[Verdict, str]:
        verdict = self._desk.codes.judge(code)
        return verdict, self._desk.scanned(verdict.intake_no) if verdict.genuine else ""

    def _show_case(self) -> None:
        self.accept()
        self._open_case(self._number)

    def choose(self) -> None:
        """Ask for a photograph."""
        place, _ = QFileDialog.getOpenFileName(self, tr("选照片"), str(Path.home()), pictures.FILTER)
        if place:
            self.read_picture(Path(place))

    def read_picture(self, place: Path) -> None:
        """The code in a photograph, then what it is worth."""

        def work() -> tuple[str, Verdict, str]:
            code = code_check.read_picture(place)
            return code, *self._judged(code)

        def done(judged: tuple[str, Verdict, str]) -> None:
            self.code.setText(judged[0])
            self._say(*judged[1:])

        tasks.read(self, work, done, self._refused)

    def _say(self, verdict: Verdict, number: str) -> None:
        self._number = number
        self.case.setEnabled(bool(number))
        self.told.setText(f"{'✓' if verdict.genuine else '✕'} {tr(verdict.words)}")
        set_role(self.told, Role.OK if verdict.genuine else Role.DANGER)
        self.told.setAccessibleName(self.told.text())
        self._grow()
        self.code.selectAll()
        self.code.setFocus()

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, RefusedError):
            messages.error(self, error)
            return
        self.told.setText(f"✕ {tr(error.sentences())}")
        set_role(self.told, Role.DANGER)
        self._grow()
