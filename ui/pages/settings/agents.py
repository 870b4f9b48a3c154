"""代办员: who works here, their passwords, and the hand-over between them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk.counter.office.accounts import check_password
from desk.counter.office.office_settings import Settings
from desk.errors import RefusedError
from desk.store.account import Account
from ui.changes import Changes
from ui.dialogs.show_paper import show_paper
from ui.look.i18n import tr
from ui.look.theme import Role
from ui.pages.settings.card import Listed, SettingsCard
from ui.widgets.ask import Ask, Values
from ui.widgets.basic import label, plain_button, row
from ui.widgets.field import Field, choice_box
from ui.widgets.page import Page, emptied

_MINUTES = (("5 分钟", 5), ("10 分钟", 10), ("20 分钟", 20), ("30 分钟", 30), ("不自动锁", 0))
_CLOSING = (
    "停用后数据换一把新钥匙，他留着的账号文件再也打不开。别人的密码不变。"
    "以前做的备份不变：他还能用当时的密码打开，请把放在外面的收回来；本机的人用现在的密码也能恢复。"
)


class AgentsCard(SettingsCard):
    """One line an agent."""

    def __init__(self, page: Page, keep: Callable[..., None]) -> None:
        super().__init__("代办员")
        self._page = page
        self._people = QVBoxLayout()
        self.body.addLayout(self._people)
        self._guessed = label("", "small", Role.MUTED, wrap=True)
        self._guessed.setObjectName("settings-guessed")
        self.body.addWidget(self._guessed)
        add = plain_button("增加代办员(&N)", "settings-agent-add", "user-plus")
        password = plain_button("改我的密码(&P)", "settings-password", "lock")
        kit = plain_button("交接清单(&J)", "settings-handover", "users-group")
        add.clicked.connect(self.add)
        password.clicked.connect(self.change_password)
        kit.clicked.connect(lambda: show_paper(page, page.desk.papers.handover_kit).run())
        self.body.addWidget(row(add, password, kit, None))
        self._minutes = choice_box(_MINUTES, 10)
        self._minutes.currentIndexChanged.connect(keep)
        self.body.addWidget(Field("没有人动时自动锁上窗口（Ctrl+L 马上锁）", self._minutes, "settings-lock"))

    def show_settings(self, settings: Settings) -> None:
        """What is in force."""
        self._minutes.setCurrentIndex(max(0, self._minutes.findData(settings.lock_minutes)))

    def chosen(self) -> dict[str, Any]:
        """Fields of the settings."""
        return {"lock_minutes": self._minutes.currentData()}

    def show_listed(self, listed: Listed) -> None:
        """Who works here now."""
        emptied(self._people)
        for person in listed.people:
            parts: list[QWidget | None] = [label(f"{person.name}（{person.account}）"), None]
            if person.account == self._page.desk.account.account:
                parts.append(label("正在使用", "small", Role.MUTED))
            else:
                close = plain_button("停用", f"settings-agent-close-{person.account}")
                close.setAccessibleName(f"{tr('停用')} {person.name}")
                close.clicked.connect(lambda _=False, account=person: self.close_agent(account))
                parts.append(close)
            self._people.addWidget(row(*parts))
        self._guessed.setText(f"近 30 天输错密码：{listed.guessed}" if listed.guessed else "近 30 天没有人输错密码。")

    def add(self) -> None:
        """Another agent with a password of their own."""
        page = self._page
        ask = Ask(page, "增加代办员", ok="增加", name="agent")
        ask.text("name", "姓名(&N)")
        ask.text("account", "账号(&A)", hint="小写字母或数字，如 suhe")
        ask.text("password", "密码(&P)", hint="至少 8 位；本人第一次登录时要换成自己的", secret=True)
        ask.text("again", "再输一次(&G)", secret=True)

        def work(typed: Values) -> None:
            _same(typed)
            page.desk.agents.add(typed["account"], typed["name"], typed["password"])

        ask.go(work, lambda _none: page.shell.toast("已增加代办员。"), Changes.AGENTS)

    def close_agent(self, account: Account) -> None:
        """An agent who left."""
        page = self._page
        ask = Ask(page, f"停用 {account.name}", ok="停用", intro=_CLOSING, name="agent-close")
        ask.text("why", "原因(&R)", hint="如：调离，已交接")
        ask.go(
            lambda typed: page.desk.agents.close(account.account, typed["why"]),
            lambda waits: page.shell.toast(_closed(waits)),
            Changes.AGENTS,
        )

    def change_password(self) -> None:
        """A new password for whoever is at the desk."""
        page = self._page
        ask = Ask(page, "改我的密码", ok="改密码", name="password")
        ask.text("old", "原来的密码(&O)", secret=True)
        ask.text("password", "新密码(&P)", hint="至少 8 位", secret=True)
        ask.text("again", "再输一次(&G)", secret=True)

        def work(typed: Values) -> None:
            _same(typed)
            page.desk.agents.change_password(typed["old"], typed["password"])

        ask.go(work, lambda _none: page.shell.toast("密码已改。"), Changes.AGENTS)


def _closed(waits: tuple[str, ...]) -> str:
    if waits:
        return f"已停用。数据的钥匙等{'、'.join(waits)}登录一次后更换。"
    return "已停用，数据已换钥匙，记录都保留。"


def _same(typed: Values) -> None:
    wrong = check_password(typed["password"], typed["again"])
    if wrong:
        raise RefusedError(wrong, "没有改动。")
