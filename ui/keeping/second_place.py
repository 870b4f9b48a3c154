"""第二个备份的地方: a disk that breaks takes the backups beside the database along."""

from __future__ import annotations

from typing import cast

import msgspec
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from desk import clock
from desk.app.open_desk import Desk
from desk.counter.office.backup_notes import Backup
from ui.changes import Changes
from ui.look.i18n import tr
from ui.widgets.ask import Ask, Values
from ui.widgets.basic import plain_button, row
from ui.widgets.page import Shell

_INTRO = "U盘或另一块盘上的一个文件夹。每次备份也放一份在那里；没插上就等下次，不打扰。备份是加密的，没有密码打不开。"


def ask_second_place(parent: QWidget, desk: Desk, shell: Shell) -> None:
    """Ask for it; the first copy is made there before it is kept as the place."""
    ask = Ask(parent, "备份的第二个地方", ok="放一份在那里", intro=_INTRO, name="second-place")
    ask.text("folder", "文件夹(&F)")
    line = cast("QLineEdit", ask.editor("folder"))

    def pick() -> None:
        place = QFileDialog.getExistingDirectory(ask, tr("选文件夹"), line.text())
        if place:
            line.setText(place)

    button = plain_button("选文件夹(&C)", "second-place-pick", "device-usb")
    button.clicked.connect(pick)
    ask.body.addWidget(row(button, None))

    def work(typed: Values) -> Backup:
        made = desk.backups.make(str(typed["folder"]))
        desk.office_book.keep(msgspec.structs.replace(desk.office_book.settings(), backup_folder=typed["folder"]))
        return made

    ask.go(
        work,
        lambda made: shell.toast(f"已备份到两个地方：{clock.minute(made.made_at)}。"),
        Changes.BACKUPS | Changes.SETTINGS,
    )
