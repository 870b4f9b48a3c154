"""设置: how the window looks, printers, the office, the centre, agents, backups, practice, hand-over."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from desk.app.open_desk import Desk
from desk.counter.office.agents import check_password
from desk.counter.office.backups import Backup
from desk.counter.office.office_settings import Settings
from desk.errors import RefusedError
from desk.store.snapshots import Account, PaperOut
from ui import tasks
from ui.devices import printers
from ui.dialogs.mongolian_dialog import LabelsDialog
from ui.dialogs.paper_view import PaperDialog
from ui.look import chosen_look, i18n, marks, reading_order, theme
from ui.look.i18n import tr
from ui.look.theme import Role, unit
from ui.pages.settings_paper import MongolianCard, PrinterCard
from ui.widgets.ask import Ask, Values
from ui.widgets.basic import Card, label, plain_button, row
from ui.widgets.field import Field, KeyValue, choice_box, line_edit
from ui.widgets.page import Page, Shell, emptied, scrolled

_SIZES = (("标准", "standard"), ("大", "large"), ("特大", "largest"))
_MODES = (("浅色", "light"), ("深色", "dark"), ("跟随系统", "system"))
_LAID = 40  # ms in which the layout settles


class SettingsPage(Page):
    """Two columns of cards; what is chosen is kept at once."""

    key, title = "settings", "设置"

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__(desk, shell)
        self.head()
        self._settings = Settings()
        self._loading = True  # until what is in force is shown: nothing may be kept over it before
        inner = QWidget()
        columns = QHBoxLayout(inner)
        columns.setContentsMargins(0, 0, unit() * 2, 0)
        columns.setSpacing(unit() * 3)
        self._built = False
        left, right = QVBoxLayout(), QVBoxLayout()
        for column in (left, right):
            column.setSpacing(unit() * 3)
            column.addStretch(1)
            columns.addLayout(column, 1)
        self._add(left, self._screen)
        self._add(right, self._office)
        self.box.addWidget(scrolled(inner, "settings-scroll"), 1)
        inner.setUpdatesEnabled(False)  # nobody should see the cards being pushed together
        self._inner = inner
        self._next(
            [
                (right, self._centre),
                (left, self._printers),
                (left, self._mongolian),
                (right, self._agents),
                (right, self._backups),
                (right, self._practice),
                (left, self._desk_card),
            ]
        )

    @staticmethod
    def _add(column: QVBoxLayout, make: Callable[[], Card]) -> None:
        column.insertWidget(column.count() - 1, make())

    def _next(self, rest: list[tuple[QVBoxLayout, Callable[[], Card]]]) -> None:
        """The cards further down come one by one a moment later: all of them at once would hold the window up."""
        if rest:
            QTimer.singleShot(0, self, lambda: (self._add(*rest[0]), self._next(rest[1:])))
            return
        self._built = True
        reading_order.follow(self)
        self.activate()
        QTimer.singleShot(_LAID, self, lambda: self._inner.setUpdatesEnabled(True))

    # -- the cards ------------------------------------------------------------------------------------------------

    def _screen(self) -> Card:
        chosen, card = chosen_look.load(), Card("显示")
        self._size = choice_box(_SIZES, chosen.size)
        self._mode = choice_box(_MODES, chosen.mode)
        self._language = choice_box(i18n.LANGUAGES, chosen.language)
        card.body.addWidget(Field("文字大小(&Z)", self._size, "settings-size"))
        card.body.addWidget(Field("明暗(&M)", self._mode, "settings-mode"))
        card.body.addWidget(Field("语言(&L)", self._language, "settings-language"))
        for box in (self._size, self._mode, self._language):
            box.currentIndexChanged.connect(self._look)
        return card

    def _printers(self) -> Card:
        self._paper_card = PrinterCard(self._keep, self._test_page)
        return self._paper_card

    def _mongolian(self) -> Card:
        self._mongolian_card = MongolianCard(self._keep, lambda: LabelsDialog(self, self.desk).open())
        return self._mongolian_card

    def _office(self) -> Card:
        card = Card("代办点")
        self._phone = line_edit(most=40)
        self._km = line_edit("公里", most=4)
        self._camera = line_edit("高拍仪保存图片的文件夹", most=400)
        pick = plain_button("选文件夹", "settings-camera-pick", "folder")
        pick.clicked.connect(lambda: self._pick(self._camera))
        save = plain_button("保存代办点(&B)", "settings-office-save", "check")
        save.clicked.connect(self._save_office)
        card.body.addWidget(Field("印在纸上的电话(&T)", self._phone, "settings-phone"))
        self._km_field = Field("到旗中心单程(&K)", self._km, "settings-km")
        card.body.addWidget(self._km_field)
        card.body.addWidget(row(Field("高拍仪文件夹(&G)", self._camera, "settings-camera"), pick))
        card.body.addWidget(row(None, save))
        return card

    def _centre(self) -> Card:
        card = Card("中心")
        if not self.desk.office.enrolled:
            words = "本机还没有入网。" if not self.desk.office.practice else "练习模式不与中心同步。"
            card.body.addWidget(label(words, "body", Role.WARN, wrap=True))
            if not self.desk.office.practice:
                go = plain_button("现在入网(&E)", "settings-enrol", "building-community")
                go.clicked.connect(self.enrol)
                by_stick = plain_button("用U盘入网", "settings-enrol-stick", "device-usb")
                by_stick.setToolTip(tr("没有网络时：插上中心给的U盘，填好入网码"))
                by_stick.clicked.connect(self.choose_card)
                card.body.addWidget(row(go, by_stick, None))
        self._address = line_edit(most=300)
        told = "由旗中心告知；密钥在入网时已定，换地址不换中心。"
        self._field = Field("中心地址(&A)", self._address, "settings-address", told)
        save = plain_button("保存地址(&S)", "settings-save", "check")
        save.clicked.connect(self._save_address)
        card.body.addWidget(self._field)
        if self.desk.office.enrolled:
            again = plain_button("再次入网", "settings-enrol", "building-community")
            keys = plain_button("更换密钥", "settings-keys", "lock")
            again.clicked.connect(self.enrol)
            keys.clicked.connect(self.change_keys)
            card.body.addWidget(row(again, keys, None, save))
        else:
            card.body.addWidget(row(None, save))
        return card

    def _agents(self) -> Card:
        card = Card("代办员")
        self._people = QVBoxLayout()
        card.body.addLayout(self._people)
        add = plain_button("增加代办员(&N)", "settings-agent-add", "user-plus")
        password = plain_button("改我的密码(&P)", "settings-password", "lock")
        kit = plain_button("交接清单(&J)", "settings-handover", "users-group")
        add.clicked.connect(self.add_agent)
        password.clicked.connect(self.change_password)
        kit.clicked.connect(lambda: self._paper(self.desk.papers.handover_kit))
        card.body.addWidget(row(add, password, kit, None))
        return card

    def _backups(self) -> Card:
        card = Card("备份")
        self._latest = label("", wrap=True)
        self._latest.setObjectName("settings-backup-latest")
        self._second = line_edit("另一块盘或U盘上的文件夹，可不填", most=400)
        pick = plain_button("选文件夹", "settings-backup-pick", "device-usb")
        pick.clicked.connect(lambda: self._pick(self._second))
        now = plain_button("立即备份(&D)", "settings-backup-now", "device-floppy")
        now.clicked.connect(self.backup)
        card.body.addWidget(self._latest)
        card.body.addWidget(row(Field("同时备份到", self._second, "settings-backup-second"), pick))
        card.body.addWidget(row(None, now))
        self._second.editingFinished.connect(self._keep)
        return card

    def _practice(self) -> Card:
        card = Card("练习")
        card.body.addWidget(label("练习用的是编造的人，纸上有“练习”字样，不与中心同步，也不进统计。", wrap=True))
        go = plain_button("打开练习(&H)", "settings-practice", "school")
        go.clicked.connect(lambda: self.shell.open("practice"))
        go.setEnabled(not self.desk.office.practice)
        card.body.addWidget(go, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _desk_card(self) -> Card:
        card, facts, who = Card("本机"), KeyValue(), self.desk.office
        facts.add("代办点", f"{who.banner}{who.township}{who.point_name}")
        facts.add("终端编号", who.node)
        facts.add("中心", who.centre_name)
        facts.add("数据位置", str(self.desk.folder))
        card.body.addWidget(facts)
        return card

    # -- showing --------------------------------------------------------------------------------------------------

    def activate(self, **_facts: Any) -> None:
        """Show what is in force."""
        if not self._built:
            return
        self._address.setText(self.desk.identity.address)
        self._phone.setText(self.desk.office.phone)
        self.changed()
        self._size.setFocus()

    def changed(self) -> None:
        """Look again."""
        if not self._built:
            return

        def work() -> tuple[Any, ...]:
            return self.desk.office_book.settings(), self.desk.agents.listed(), self.desk.backups.listed()

        tasks.read(self, work, lambda found: self._show(*found), self.shell.error)

    def _show(self, settings: Settings, people: tuple[Account, ...], backups: tuple[Backup, ...]) -> None:
        self._loading, self._settings = True, settings
        self._paper_card.show_settings(settings)
        self._mongolian_card.show_settings(settings)
        self._km.setText(str(settings.kilometres_to_centre or ""))
        self._camera.setText(settings.camera_folder)
        self._second.setText(settings.backup_folder)
        self._loading = False
        emptied(self._people)
        for one in people:
            mine = one.account == self.desk.account.account
            parts: list[QWidget | None] = [label(f"{one.name}（{one.account}）"), None]
            if mine:
                parts.append(label("正在使用", "small", Role.MUTED))
            else:
                close = plain_button("停用", f"settings-agent-close-{one.account}")
                close.setAccessibleName(f"{tr('停用')} {one.name}")
                close.clicked.connect(lambda _=False, account=one: self.close_agent(account))
                parts.append(close)
            self._people.addWidget(row(*parts))
        if backups:
            latest = backups[0]
            self._latest.setText(f"最近一份 {marks.when(latest.made_at)}，共 {len(backups)} 份，都已打开核对。")
        else:
            self._latest.setText("还没有备份。每天第一次打开时自动备份。")

    # -- keeping --------------------------------------------------------------------------------------------------

    def _look(self, _at: int) -> None:
        chosen = chosen_look.Look(self._size.currentData(), self._mode.currentData(), self._language.currentData())
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app, chosen.mode, theme.SCALES[chosen.size])
            tasks.run(self.window(), lambda: chosen_look.save(chosen))
            if chosen.language != i18n.language():
                i18n.use(app, chosen.language)
                self.shell.open("again")

    def _keep(self, *_typed: Any) -> None:
        if self._loading:
            return
        self._settings = msgspec.structs.replace(
            self._settings,
            **self._paper_card.chosen(),
            **self._mongolian_card.chosen(),
            backup_folder=self._second.text().strip(),
        )
        settings = self._settings
        printers.choose(settings.printers, settings.roll_device)
        tasks.run(self, lambda: self.desk.office_book.keep(settings), None, self.shell.error)

    def _save_office(self) -> None:
        kilometres = self._km.text().strip()
        right = not kilometres or (kilometres.isascii() and kilometres.isdigit())
        self._km_field.set_problem("" if right else "公里数应为整数。")
        if not right:
            return
        self._settings = msgspec.structs.replace(
            self._settings, kilometres_to_centre=int(kilometres or 0), camera_folder=self._camera.text().strip()
        )
        settings, phone = self._settings, self._phone.text()

        def work() -> None:
            self.desk.office_book.keep(settings)
            self.desk.office_book.set_phone(phone)

        tasks.run(self, work, lambda _none: self.shell.toast("代办点的设置已保存。"), self.shell.error)

    def _save_address(self) -> None:
        address = self._address.text().strip()
        right = address.startswith(("http://", "https://")) and len(address) > len("https://")
        self._field.set_problem("" if right else "地址应以 http:// 或 https:// 开头。")
        if right:
            tasks.run(self, lambda: self.desk.set_centre_address(address), lambda _none: self._done("中心地址已保存。"))

    def _pick(self, line: Any) -> None:
        place = QFileDialog.getExistingDirectory(self, tr("选文件夹"), line.text() or str(Path.home()))
        if place:
            line.setText(place)
            self._keep()

    def _done(self, words: str) -> None:
        self.shell.toast(words)
        self.shell.changed()

    # -- what the cards do ------------------------------------------------------------------------------------------

    def _test_page(self, size: str) -> None:
        self._paper(lambda: self.desk.papers.test_page(size))

    def _paper(self, make: Callable[[], PaperOut]) -> None:
        tasks.run(self, make, lambda paper: PaperDialog(self, paper).open(), self.shell.error)

    def enrol(self) -> None:
        """Join a centre with the code it gave."""
        intro = "入网码由旗中心给，只能用一次。"
        if self.desk.office.enrolled:
            intro = "再次入网会换一个终端编号，记录都会带过去。本机停用过、中心换过时才需要。"
        ask = Ask(self, "入网", ok="入网", intro=intro, name="enrol")
        ask.text("address", "中心地址(&A)", hint="如 https://centre.example")
        ask.text("code", "入网码(&C)")
        ask.go(
            lambda typed: self.desk.enrol(typed["address"], typed["code"]),
            lambda _none: (self._done("已入网，可以同步了。"), self.shell.open("again")),
        )

    def choose_card(self) -> None:
        """Ask for the stick that the centre gave."""
        place = QFileDialog.getExistingDirectory(self, tr("选中心给的U盘"), str(Path.home()))
        if place:
            self.enrol_by_stick(Path(place))

    def enrol_by_stick(self, place: Path) -> None:
        """Begin an enrolment without a network."""
        ask = Ask(self, "用U盘入网", ok="入网", intro="入网码由旗中心给，只能用一次。", name="enrol-stick")
        ask.text("code", "入网码(&C)")
        told = "名片已收下。请在“同步”里用U盘交换，把盘带给中心。"
        ask.go(lambda typed: self.desk.enrol_by_stick(place, typed["code"]), lambda _none: self._done(told))

    def change_keys(self) -> None:
        """New keys from the next sync on."""
        told = "下次同步时换用新密钥；以前开出的回执仍然有效。"
        tasks.run(self, self.desk.change_keys, lambda _none: self._done(told), self.shell.error)

    def add_agent(self) -> None:
        """Another agent with a password of their own."""
        ask = Ask(self, "增加代办员", ok="增加", name="agent")
        ask.text("name", "姓名(&N)")
        ask.text("account", "账号(&A)", hint="小写字母或数字，如 suhe")
        ask.text("password", "密码(&P)", hint="至少 8 位", secret=True)
        ask.text("again", "再输一次(&G)", secret=True)

        def work(typed: Values) -> None:
            _same(typed)
            self.desk.agents.add(typed["account"], typed["name"], typed["password"])

        ask.go(work, lambda _none: self._done("已增加代办员。"))

    def close_agent(self, account: Account) -> None:
        """An agent who left."""
        ask = Ask(self, f"停用 {account.name}", ok="停用", name="agent-close")
        ask.text("why", "原因(&R)", hint="如：调离，已交接")
        ask.go(
            lambda typed: self.desk.agents.close(account.account, typed["why"]),
            lambda _none: self._done("已停用，记录都保留。"),
        )

    def change_password(self) -> None:
        """A new password for whoever is at the desk."""
        ask = Ask(self, "改我的密码", ok="改密码", name="password")
        ask.text("old", "原来的密码(&O)", secret=True)
        ask.text("password", "新密码(&P)", hint="至少 8 位", secret=True)
        ask.text("again", "再输一次(&G)", secret=True)

        def work(typed: Values) -> None:
            _same(typed)
            self.desk.agents.change_password(typed["old"], typed["password"])

        ask.go(work, lambda _none: self._done("密码已改。"))

    def backup(self) -> None:
        """Make a backup now, here and at the second place."""
        second = self._second.text().strip()
        tasks.run(
            self,
            lambda: self.desk.backups.make(second),
            lambda made: self._done(f"已备份并核对：{marks.when(made.made_at)}。"),
            self.shell.error,
        )


def _same(typed: Values) -> None:
    wrong = check_password(typed["password"], typed["again"])
    if wrong:
        raise RefusedError(wrong, "没有改动。")
