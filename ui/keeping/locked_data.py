"""At the start: cases lie in the folder, and nothing that would open them. What helps is offered."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desk.counter.restoring import restore
from ui.look.i18n import tr
from ui.look.theme import unit
from ui.widgets.ask import Ask
from ui.widgets.basic import Card, in_the_middle, label, plain_button, primary_button

_TOLD = (
    "这台电脑上有办件数据，但打开它的账号文件（vault.json）坏了或不见了，旁边也没有可用的副本。数据没有改动。\n"
    "账号文件在每份备份里、在复制过这个文件夹的盘上都有：插上那个盘，用“用备份恢复”找到它，数据就能接着用。"
)


class LockedData(QWidget):
    """`restored` when there is a desk again, `begun_anew` when the data was set aside for a new one."""

    restored = Signal()
    begun_anew = Signal()

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self.setObjectName("locked-data")
        self.setWindowTitle(tr("代办台"))
        self.resize(1040, 680)
        restore_it = primary_button("用备份恢复(&R)", "locked-restore", "arrow-back-up")
        anew = plain_button("数据另存，重新设置(&N)", "locked-anew")
        restore_it.clicked.connect(self.restore)
        anew.clicked.connect(self.begin_anew)
        card = Card()
        card.setFixedWidth(unit() * 110)
        card.body.addWidget(label("有办件数据，打不开", "heading", bold=True, wrap=True))
        for words in _TOLD.split("\n"):
            card.body.addWidget(label(words, wrap=True))
        card.body.addWidget(restore_it)
        card.body.addWidget(anew)
        in_the_middle(self, card)
        restore_it.setFocus()

    def restore(self) -> None:
        """The one road."""
        from ui.keeping.restore_dialog import RestoreDialog

        RestoreDialog(self, self._folder, ()).ask(lambda _done: self.restored.emit())

    def begin_anew(self) -> None:
        """Set it aside, asked twice."""
        told = "数据原样放进旁边的“set-aside-…”文件夹，不删除；以后找到账号文件还能恢复。"
        ask = Ask(self, "数据另存，重新设置", ok="另存并重新设置", intro=told, name="locked-anew-ask")
        ask.go(lambda _typed: restore.set_aside(self._folder), lambda _aside: self.begun_anew.emit())
