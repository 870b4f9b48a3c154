"""练习 and 本机: a room to try everything in, and what this desk is."""

from __future__ import annotations

from PySide6.QtCore import Qt

from ui.pages.settings.card import SettingsCard
from ui.widgets.basic import label, plain_button
from ui.widgets.field import KeyValue
from ui.widgets.page import Page


class PracticeCard(SettingsCard):
    """The way to practice."""

    def __init__(self, page: Page) -> None:
        super().__init__("练习")
        self.body.addWidget(label("练习用的是编造的人，纸上有“练习”字样，不与中心同步，也不进统计。", wrap=True))
        go = plain_button("打开练习(&H)", "settings-practice", "school")
        go.clicked.connect(lambda: page.shell.open("practice"))
        go.setEnabled(not page.desk.office.practice)
        self.body.addWidget(go, 0, Qt.AlignmentFlag.AlignLeft)


class DeskCard(SettingsCard):
    """Which desk this is, and where its data lies."""

    def __init__(self, page: Page) -> None:
        super().__init__("本机")
        facts, who = KeyValue(), page.desk.office
        facts.add("代办点", f"{who.banner}{who.township}{who.point_name}")
        facts.add("终端编号", who.node)
        facts.add("中心", who.centre_name)
        facts.add("数据位置", str(page.desk.folder))
        self.body.addWidget(facts)
