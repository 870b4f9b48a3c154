"""The first thing seen: who is it, and the password. Works off line; a wrong password is told in the page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from desk.counter.office.accounts import FirstPasswordError, check_password
from desk.errors import DamagedDeskError, RefusedError
from desk.store.account import Account
from ui import tasks
from ui.look.i18n import tr
from ui.look.theme import Role, unit
from ui.widgets.basic import Card, in_the_middle, label, plain_button, primary_button
from ui.widgets.field import Field, line_edit


class Entry(Protocol):
    """What a right password leads to. Both are called in the background, and raise DeskErrors."""

    def enter(self, account: str, password: str, fresh: str) -> object:
        """By a password; `fresh` is the own one in the place of a given one."""

    def recover(self, account: Account, key: bytes, password: str) -> object:
        """By the centre's help, with a new password."""


class Opening:
    """At the start: the desk in `folder` is opened."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def enter(self, account: str, password: str, fresh: str) -> object:
        """The open desk."""
        from desk.app import opening  # heavy: the login page stands before it is needed

        return opening.open_desk(self._folder, account, password, fresh=fresh)

    def recover(self, account: Account, key: bytes, password: str) -> object:
        """The open desk."""
        from desk.app import forgotten

        return forgotten.open_again(self._folder, account, key, password)


class LoginPage(QWidget):
    """Emits `opened` with what the entry leads to: at the start the desk; and before, `tried` as a password is looked
    at in the background."""

    opened = Signal(object)
    tried = Signal()

    def __init__(
        self,
        folder: Path,
        accounts: tuple[Account, ...],
        shown_password: str = "",
        entry: Entry | None = None,
        account: str = "",
    ) -> None:
        """`account` is the one that is chosen at first."""
        super().__init__()
        self.setObjectName("login")
        self.setWindowTitle(f"{tr('代办台')} — {tr('登录')}")
        self.resize(1040, 680)
        self._folder, self._entry = folder, entry or Opening(folder)
        self._accounts = {one.account: one for one in accounts}
        self._account = QComboBox()
        for one in accounts:
            self._account.addItem(f"{one.name}（{one.account}）", one.account)
        self._account.setCurrentIndex(max(0, self._account.findData(account)))
        self._password = QLineEdit()
        self._password.setEchoMode(QLineEdit.EchoMode.Password)
        self._field = Field("密码(&P)", self._password, "login-password")
        self._go = primary_button("登录", "login-go", "chevron-right")
        self._go.setDefault(True)
        self._go.setToolTip("Enter")
        self._restore = plain_button("用备份恢复(&R)", "login-restore", "arrow-back-up")
        if not isinstance(self._entry, Opening):
            self._restore.hide()
        self._restore.clicked.connect(self.restore)
        self._forgot = plain_button("忘记密码(&F)", "login-forgotten")
        self._forgot.clicked.connect(self.forgotten)
        self._own = OwnPassword(self.log_in)
        self._told = label("", "body", Role.WARN, wrap=True)
        self._lay(accounts, shown_password)
        self._account.currentIndexChanged.connect(lambda _at: self._own.hide())
        self._go.clicked.connect(self.log_in)
        self._password.returnPressed.connect(self.log_in)
        self._password.setFocus()

    def _lay(self, accounts: tuple[Account, ...], shown_password: str) -> None:
        card = Card()
        card.setFixedWidth(unit() * 88)
        title = label("代办台", "heading", bold=True)
        title.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        under = label("嘎查村便民代办", "body", Role.MUTED)
        under.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        card.body.addWidget(title)
        card.body.addWidget(under)
        if accounts:
            card.body.addWidget(Field("代办员(&A)", self._account, "login-account"))
            card.body.addWidget(self._field)
            card.body.addWidget(self._own)
            card.body.addWidget(self._go)
            card.body.addWidget(self._forgot)
            card.body.addWidget(self._restore)
        else:
            card.body.addWidget(label("这台电脑上还没有代办台。", wrap=True))
        if shown_password:
            self._told.setText(f"演示，人和办件都是编的。密码 {shown_password}")
            self._told.setObjectName("login-demonstration")
            self._told.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            self._told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            card.body.addWidget(self._told)
        in_the_middle(self, card)

    def tell_more(self, words: str) -> None:
        """A line more of what the demonstration tells."""
        self._told.setText(f"{self._told.text()}\n{tr(words)}")
        self._told.setMinimumHeight(self._told.heightForWidth(self._told.width()))  # a centred card asks nobody

    def begin(self) -> None:
        """Nothing typed, ready for whoever comes."""
        self._password.clear()
        self._field.set_problem("")
        self._go.setEnabled(True)
        self._password.setFocus()

    def log_in(self) -> None:
        """Try the password in the background."""
        account, password = str(self._account.currentData() or ""), self._password.text()
        if not self._go.isEnabled() or not account:
            return
        fresh = self._own.chosen()
        if fresh is None:
            return
        self._go.setEnabled(False)
        self._field.set_problem("")
        tasks.run(self, lambda: self._entry.enter(account, password, fresh), self._opened, self._failed)
        self.tried.emit()

    def _opened(self, reached: object) -> None:
        self._password.clear()
        self._own.end()
        self.opened.emit(reached)

    def forgotten(self) -> None:
        """The centre can help."""
        from ui.dialogs.forgotten_dialog import ForgottenDialog

        account = self._accounts[str(self._account.currentData())]
        ForgottenDialog(self, self._folder, account, self._entry.recover).ask(self._opened)

    def _failed(self, error: Exception) -> None:
        self._go.setEnabled(True)
        if isinstance(error, FirstPasswordError):
            self._field.set_problem(error.happened, blocking=False)
            self._own.begin()
        elif isinstance(error, RefusedError):
            self._field.set_problem(error.sentences().replace("\n", " "))
            self._password.selectAll()
            self._password.setFocus()
        else:
            from ui import messages

            messages.error(self, error)
            if isinstance(error, DamagedDeskError):
                self._field.set_hint("数据库坏了。点“用备份恢复”：备份以后的记录会从坏文件里找回来。")
                self._restore.setFocus()

    def tell(self, words: str) -> None:
        """What was mended at the start."""
        self._field.set_hint(words)

    def restore(self) -> None:
        """Put a backup in the place of the database; what was there is set aside."""
        from ui.keeping.restore_dialog import RestoreDialog

        RestoreDialog(self, self._folder, tuple(self._accounts.values()), self._password.text()).ask(self._restored)

    def _restored(self, _done: object) -> None:
        from desk.counter.office.accounts import accounts

        tasks.read(self, lambda: accounts(self._folder), self._name)
        self._field.set_hint("已恢复，请输入密码登录。")
        self._password.setFocus()

    def _name(self, accounts: tuple[Account, ...]) -> None:
        """Another vault may name others."""
        chosen = self._account.currentData()
        self._accounts = {one.account: one for one in accounts}
        self._account.clear()
        for one in accounts:
            self._account.addItem(f"{one.name}（{one.account}）", one.account)
        self._account.setCurrentIndex(max(0, self._account.findData(chosen)))


class OwnPassword(QWidget):
    """Two fields for the own password in the place of a given one; hidden until it is owed."""

    def __init__(self, entered: Callable[[], None]) -> None:
        super().__init__()
        self._edits = (line_edit(most=100), line_edit(most=100))
        names = ("自己的新密码，至少 8 位(&N)", "再输一次(&G)")
        keys = ("login-own", "login-own-again")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        self._fields = [Field(name, edit, key) for name, edit, key in zip(names, self._edits, keys, strict=True)]
        for field, edit in zip(self._fields, self._edits, strict=True):
            edit.setEchoMode(QLineEdit.EchoMode.Password)
            edit.returnPressed.connect(entered)
            box.addWidget(field)
        self.hide()

    def begin(self) -> None:
        """It is owed."""
        self.show()
        self._edits[0].setFocus()

    def end(self) -> None:
        """It was taken."""
        for edit in self._edits:
            edit.clear()
        self.hide()

    def chosen(self) -> str | None:
        """What was typed, "" where nothing is owed; None, told beside the fields, where it will not do."""
        if self.isHidden():
            return ""
        wrong = check_password(self._edits[0].text(), self._edits[1].text())
        self._fields[1].set_problem(wrong)
        return None if wrong else self._edits[0].text()
