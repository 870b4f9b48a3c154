"""中心: how this desk joins one, where it is, and new keys."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from desk.counter.office.office_settings import Settings
from ui.changes import Changes
from ui.look.i18n import tr
from ui.look.theme import Role
from ui.operations import Operation
from ui.pages.settings.card import SettingsCard
from ui.widgets.ask import Ask
from ui.widgets.basic import label, plain_button, row
from ui.widgets.field import Field, line_edit
from ui.widgets.page import Page

_JOINED = Changes.SETTINGS | Changes.SYNC
_CODE = "入网码由旗中心给，只能用一次。"


class CentreCard(SettingsCard):
    """Before there is a centre: two ways to join. After: its address, joining again, other keys."""

    def __init__(self, page: Page) -> None:
        super().__init__("中心")
        self._page = page
        office = page.desk.office
        if not office.enrolled:
            words = "本机还没有入网。" if not office.practice else "练习模式不与中心同步。"
            self.body.addWidget(label(words, "body", Role.WARN, wrap=True))
        if not office.enrolled and not office.practice:
            self._offer_to_join()
        self._address = line_edit(most=300)
        told = "由旗中心告知；密钥在入网时已定，换地址不换中心。"
        self._field = Field("中心地址(&A)", self._address, "settings-address", told)
        save = plain_button("保存地址(&S)", "settings-save", "check")
        save.clicked.connect(self._save)
        self.body.addWidget(self._field)
        if not office.enrolled:
            self.body.addWidget(row(None, save))
            return
        again = plain_button("再次入网", "settings-enrol", "building-community")
        keys = plain_button("更换密钥", "settings-keys", "lock")
        again.clicked.connect(self.enrol)
        keys.clicked.connect(self.change_keys)
        self.body.addWidget(row(again, keys, None, save))

    def _offer_to_join(self) -> None:
        go = plain_button("现在入网(&E)", "settings-enrol", "building-community")
        go.clicked.connect(self.enrol)
        by_stick = plain_button("用U盘入网", "settings-enrol-stick", "device-usb")
        by_stick.setToolTip(tr("没有网络时：插上中心给的U盘，填好入网码"))
        by_stick.clicked.connect(self.choose_card)
        self.body.addWidget(row(go, by_stick, None))

    def show_settings(self, _settings: Settings) -> None:
        """Where the centre is."""
        self._address.setText(self._page.desk.identity.address)

    def _save(self) -> None:
        address = self._address.text().strip()
        right = address.startswith(("http://", "https://")) and len(address) > len("https://")
        if not right:
            self._field.refuse("地址应以 http:// 或 https:// 开头。")
        else:
            self._field.set_problem("")
            work = Operation(self._page, lambda: self._page.desk.set_centre_address(address), _JOINED)
            work.success(lambda _none: self._page.shell.toast("中心地址已保存。")).run()

    def enrol(self) -> None:
        """Join a centre with the code it gave."""
        page, intro = self._page, _CODE
        if page.desk.office.enrolled:
            intro = "再次入网会换一个终端编号，记录都会带过去。本机停用过、中心换过时才需要。"
        ask = Ask(page, "入网", ok="入网", intro=intro, name="enrol")
        ask.text("address", "中心地址(&A)", hint="如 https://centre.example")
        ask.text("code", "入网码(&C)")

        def joined(_none: None) -> None:
            page.shell.open("again")
            page.shell.toast("已入网，可以同步了。本点有几台电脑的，在“同步”页打开“大厅”。")

        ask.go(lambda typed: page.desk.enrol(typed["address"], typed["code"]), joined, _JOINED)

    def choose_card(self) -> None:
        """Ask for the stick that the centre gave."""
        place = QFileDialog.getExistingDirectory(self.window(), tr("选中心给的U盘"), str(Path.home()))
        if place:
            self.enrol_by_stick(Path(place))

    def enrol_by_stick(self, place: Path) -> None:
        """Begin an enrolment without a network."""
        page = self._page
        ask = Ask(page, "用U盘入网", ok="入网", intro=_CODE, name="enrol-stick")
        ask.text("code", "入网码(&C)")
        told = "名片已收下。请在“同步”里用U盘交换，把盘带给中心。"
        ask.go(
            lambda typed: page.desk.enrol_by_stick(place, typed["code"]),
            lambda _none: page.shell.toast(told),
            _JOINED,
        )

    def change_keys(self) -> None:
        """New keys from the next sync on."""
        told = "下次同步时换用新密钥；以前开出的回执仍然有效。"
        work = Operation(self._page, self._page.desk.change_keys, _JOINED)
        work.success(lambda _none: self._page.shell.toast(told)).run()
