"""The first thing seen: who is it, and the password. Works off line; a wrong password is told in the page."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from desk.errors import DamagedDeskError, RefusedError
from desk.store.snapshots import Account
from ui import messages, tasks
from ui.look import marks
from ui.look.i18n import tr
from ui.look.theme import Role, unit
from ui.widgets.ask import Ask
from ui.widgets.basic import Card, label, plain_button, primary_button
from ui.widgets.field import Field


class LoginPage(QWidget):
    """Emits `opened` with the desk."""

    opened = Signal(object)

    def __init__(self, folder: Path, accounts: tuple[Account, ...], shown_password: str = "") -> None:
        super().__init__()
        self.setObjectName("login")
        self.setWindowTitle(f"{tr('代办台')} — {tr('登录')}")
        self.resize(1040, 680)
        self._folder = folder
        self._account = QComboBox()
        for one in accounts:
            self._account.addItem(f"{one.name}（{one.account}）", one.account)
        self._password = QLineEdit()
        self._password.setEchoMode(QLineEdit.EchoMode.Password)
        self._field = Field("密码(&P)", self._password, "login-password")
        self._go = primary_button("登录", "login-go", "chevron-right")
        self._go.setDefault(True)
        self._go.setToolTip("Enter")
        self._restore = plain_button("用备份恢复(&R)", "login-restore", "arrow-back-up")
        self._restore.hide()
        self._restore.clicked.connect(self.restore)
        self._lay(accounts, shown_password)
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
            card.body.addWidget(self._go)
            card.body.addWidget(self._restore)
        else:
            card.body.addWidget(label("这台电脑上还没有代办台。", wrap=True))
        if shown_password:
            told = label(f"演示：账号 {accounts[0].account}，密码 {shown_password}", "body", Role.WARN, wrap=True)
            told.setObjectName("login-demonstration")
            told.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            card.body.addWidget(told)
        box = QVBoxLayout(self)
        box.addStretch(1)
        box.addWidget(card, 0, Qt.AlignmentFlag.AlignCenter)
        box.addStretch(2)

    def log_in(self) -> None:
        """Try the password in the background."""
        account, password = str(self._account.currentData() or ""), self._password.text()
        if not self._go.isEnabled() or not account:
            return
        self._go.setEnabled(False)
        self._field.set_problem("")

        def work() -> object:
            from desk.app import opening  # heavy: the login page stands before it is needed

            return opening.open_desk(self._folder, account, password)

        tasks.run(self, work, self._opened, self._failed)

    def _opened(self, desk: object) -> None:
        self._password.clear()
        self.opened.emit(desk)

    def _failed(self, error: Exception) -> None:
        self._go.setEnabled(True)
        if isinstance(error, RefusedError):
            self._field.set_problem(error.sentences().replace("\n", " "))
            self._password.selectAll()
            self._password.setFocus()
        else:
            messages.error(self, error)
            if isinstance(error, DamagedDeskError):
                self._offer_backups()

    def _offer_backups(self) -> None:
        """The database cannot be read: show what could stand in for it."""
        from desk.counter.office import backups

        found = backups.listed(self._folder / backups.FOLDER)
        self._restore.setVisible(bool(found))
        if found:
            self._restore.setText(f"用 {marks.when(found[0].made_at)} 的备份恢复(&R)")

    def restore(self) -> None:
        """Put a backup in the place of the database; what was there is set aside."""
        from desk import clock
        from desk.counter.office import backups

        kept = backups.listed(self._folder / backups.FOLDER)
        ask = Ask(
            self,
            "用备份恢复",
            ok="恢复",
            intro="坏了的文件会原样另存，不删除。恢复后请马上同步，备份以后收的件可能要补登。",
            name="restore",
        )
        ask.choice("which", "用哪一份(&W)", [(marks.when(one.made_at), one.path) for one in kept])
        ask.go(lambda typed: backups.restore(self._folder, Path(typed["which"]), clock.now()), self._restored)

    def _restored(self, aside: Path) -> None:
        self._restore.hide()
        self._field.set_hint(f"已恢复。原来的文件在 {aside}。请输入密码登录。")
        self._password.setFocus()
