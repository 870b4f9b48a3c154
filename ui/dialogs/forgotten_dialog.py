"""忘记密码: the request code for the telephone, a request by stick, what the centre answered; then a new password."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from desk.app import forgotten
from desk.counter.office.accounts import check_password
from desk.errors import DeskError, RefusedError
from desk.store.account import Account
from desk.sync.protocol import unlock
from ui import tasks
from ui.look.i18n import tr
from ui.look.theme import Role
from ui.widgets.ask import Ask, Values
from ui.widgets.basic import label, plain_button, row, set_role

_BY_TELEPHONE = (
    "打电话给旗中心，或请苏木乡镇的便民服务中心转报，念出下面的申请码。核实后打回来，一组一组念答复码。"
    "没有电话就用U盘：写申请，送到中心，再拿回来读答复。"
)


class ForgottenDialog(Ask):
    """`recover` comes in with the key and the new password, in the background."""

    def __init__(
        self,
        parent: QWidget,
        folder: Path,
        account: Account,
        recover: Callable[[Account, bytes, str], object],
    ) -> None:
        self._help = forgotten.help_for(folder)
        intro = _BY_TELEPHONE if self._help.code else self._help.words
        super().__init__(parent, f"{account.name}忘记了密码", ok="设新密码并打开", intro=intro, name="forgotten")
        self._folder, self._who, self._recover = folder, account, recover
        self._key = b""
        self._said = label("", "body", Role.OK, wrap=True)
        self._said.setObjectName("forgotten-said")
        self._said.hide()
        if self._help.code:
            self._lay_code()
        if self._help.by_stick:
            self._lay_stick()
            self.text("password", "新密码，至少 8 位(&P)", secret=True)
            self.text("again", "再输一次(&G)", secret=True)
        self.ok.setEnabled(self._help.by_stick)

    def _lay_code(self) -> None:
        code = label(self._help.code, "heading", bold=True)
        code.setObjectName("forgotten-request")
        code.setAccessibleName(f"{tr('申请码')} {self._help.code}")
        code.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.body.addWidget(row(label("申请码", "body", Role.MUTED), code, None))
        self.text("code", "答复码，8 组，每组 5 位数字(&C)")
        typed = self.editor("code")
        if isinstance(typed, QLineEdit):
            typed.textEdited.connect(self._check)

    def _lay_stick(self) -> None:
        write = plain_button("写申请到U盘(&W)", "forgotten-write", "device-usb")
        read = plain_button("读U盘上的答复(&R)", "forgotten-read", "device-usb")
        write.clicked.connect(lambda: self._with_stick(self.write_to))
        read.clicked.connect(lambda: self._with_stick(self.read_from))
        self.body.addWidget(row(write, read, None))
        self.body.addWidget(self._said)

    def ask(self, done: Callable[[Any], object]) -> None:
        """Show it; `done` hears where it led."""
        self.go(self._come_in, done)

    def _come_in(self, typed: Values) -> object:
        if not self._help.by_stick:
            raise RefusedError(self._help.words)
        wrong = check_password(typed["password"], typed["again"])
        if wrong:
            raise RefusedError(wrong, "密码没有改。")
        return self._recover(self._who, self._key or self._by_code(typed), typed["password"])

    def _by_code(self, typed: Values) -> bytes:
        if not typed.get("code"):
            raise RefusedError("请输入答复码，或读U盘上的答复。", "密码没有改。")
        return forgotten.key_by_code(self._folder, typed["code"])

    def _check(self, text: str) -> None:
        """A group that was heard wrong is told as soon as it is whole."""
        wrong = unlock.wrong_group(text, "答复码")
        self._say(wrong, Role.DANGER)

    # -- by stick -------------------------------------------------------------------------------------------------

    def _with_stick(self, work: Callable[[Path], None]) -> None:
        place = QFileDialog.getExistingDirectory(self, tr("选U盘"), str(Path.home()))
        if place:
            work(Path(place))

    def write_to(self, place: Path) -> None:
        """Put a request on a stick."""
        tasks.run(
            self,
            lambda: forgotten.ask_by_stick(self._folder, self._who, place),
            lambda path: self._say(f"申请已写到 {path}，请把盘送到旗中心。", Role.OK),
            self._stick_failed,
        )

    def read_from(self, place: Path) -> None:
        """Take the answer from a stick."""
        tasks.run(self, lambda: forgotten.key_by_stick(self._folder, place), self._answered, self._stick_failed)

    def _answered(self, key: bytes) -> None:
        self._key = key
        self._say("U盘上的答复有效。请设新密码。", Role.OK)
        self.editor("password").setFocus()

    def _stick_failed(self, error: Exception) -> None:
        if isinstance(error, DeskError):
            self._say(error.sentences(), Role.DANGER)
        else:
            tasks.door().unhandled(self, error)

    def _say(self, words: str, role: Role) -> None:
        set_role(self._said, role)
        self._said.setText(words)
        self._said.setAccessibleName(words)
        self._said.setVisible(bool(words))
        self.adjustSize()  # what is said takes no room from the fields
