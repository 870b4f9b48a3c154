"""设置: how the window looks, and where the centre is."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox

from desk.app import Desk
from ui import look, tasks, theme
from ui.pages.page import Page, Shell
from ui.theme import unit
from ui.widgets.basic import Card, primary_button
from ui.widgets.field import Field, KeyValue, line_edit

_SIZES = (("标准", "standard"), ("大", "large"), ("特大", "largest"))
_MODES = (("浅色", "light"), ("深色", "dark"), ("跟随系统", "system"))


class SettingsPage(Page):
    """Size of type, light or dark, the centre's address, and who this desk is."""

    key, title = "settings", "设置"

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__(desk, shell)
        self.head()
        chosen = look.load()
        self._size = _choice(_SIZES, chosen.size)
        self._mode = _choice(_MODES, chosen.mode)
        screen = Card("显示")
        screen.body.addWidget(Field("文字大小(&Z)", self._size, "settings-size"))
        screen.body.addWidget(Field("明暗(&M)", self._mode, "settings-mode"))
        self.box.addWidget(screen)
        self._address = line_edit(most=300)
        self._field = Field(
            "中心地址(&A)", self._address, "settings-address", "由旗中心告知；密钥在入网时已定，换地址不换中心。"
        )
        save = primary_button("保存地址", "settings-save", "check")
        centre = Card("中心")
        centre.body.addWidget(self._field)
        centre.body.addWidget(save, 0, Qt.AlignmentFlag.AlignLeft)
        self.box.addWidget(centre)
        office = Card("本机")
        facts = KeyValue()
        who = desk.office
        facts.add("代办点", f"{who.banner}{who.township}{who.point_name}")
        facts.add("终端编号", who.node)
        facts.add("中心", who.centre_name)
        facts.add("数据位置", str(desk.folder))
        office.body.addWidget(facts)
        self.box.addWidget(office)
        self.box.addStretch(1)
        self.setMaximumWidth(unit() * 220)
        self._size.currentIndexChanged.connect(self._look)
        self._mode.currentIndexChanged.connect(self._look)
        save.clicked.connect(self._save)

    def activate(self, **_facts: Any) -> None:
        """Show what is in force."""
        self._address.setText(self.desk.identity.address)

    def _look(self, _at: int) -> None:
        chosen = look.Look(self._size.currentData(), self._mode.currentData())
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app, chosen.mode, theme.SCALES[chosen.size])
        tasks.run(self, lambda: look.save(chosen))

    def _save(self) -> None:
        address = self._address.text().strip()
        right = address.startswith(("http://", "https://")) and len(address) > len("https://")
        self._field.set_problem("" if right else "地址应以 http:// 或 https:// 开头。")
        if right:
            tasks.run(self, lambda: self.desk.set_centre_address(address), lambda _none: self._saved())

    def _saved(self) -> None:
        self.shell.toast("中心地址已保存。")
        self.shell.changed()


def _choice(choices: tuple[tuple[str, str], ...], chosen: str) -> QComboBox:
    box = QComboBox()
    for words, value in choices:
        box.addItem(words, value)
    box.setCurrentIndex(max(0, box.findData(chosen)))
    return box
