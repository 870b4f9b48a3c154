"""备份: the latest one, a second place, one now."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from desk import clock
from desk.counter.office.backup_notes import Backup
from desk.counter.office.office_settings import Settings
from ui.changes import Changes
from ui.operations import Operation
from ui.pages.settings.card import Listed, SettingsCard
from ui.pages.settings.folder import pick_folder
from ui.widgets.basic import label, plain_button, row
from ui.widgets.field import Field, line_edit
from ui.widgets.page import Page


class BackupsCard(SettingsCard):
    """Here, and on another disk if one is named."""

    def __init__(self, page: Page, keep: Callable[..., None]) -> None:
        super().__init__("备份")
        self._page, self._keep = page, keep
        self._latest = label("", wrap=True)
        self._latest.setObjectName("settings-backup-latest")
        self._second = line_edit("另一块盘或U盘上的文件夹，可不填", most=400)
        pick = plain_button("选文件夹", "settings-backup-pick", "device-usb")
        pick.clicked.connect(self._pick)
        now = plain_button("立即备份(&D)", "settings-backup-now", "device-floppy")
        now.clicked.connect(self.make)
        self.body.addWidget(self._latest)
        self.body.addWidget(row(Field("同时备份到", self._second, "settings-backup-second"), pick))
        self.body.addWidget(row(None, now))
        self._second.editingFinished.connect(keep)

    def show_settings(self, settings: Settings) -> None:
        """The second place."""
        self._second.setText(settings.backup_folder)

    def show_listed(self, listed: Listed) -> None:
        """The latest one."""
        if listed.backups:
            latest, count = listed.backups[0], len(listed.backups)
            self._latest.setText(f"最近一份 {clock.minute(latest.made_at)}，共 {count} 份，都已打开核对。")
        else:
            self._latest.setText("还没有备份。每天第一次打开时自动备份。")

    def chosen(self) -> dict[str, Any]:
        """The second place."""
        return {"backup_folder": self._second.text().strip()}

    def _pick(self) -> None:
        if pick_folder(self._second):
            self._keep()

    def make(self) -> None:
        """Make a backup now, here and at the second place."""
        second, shell = self._second.text().strip(), self._page.shell

        def done(made: Backup) -> None:
            shell.toast(f"已备份并核对：{clock.minute(made.made_at)}。")

        Operation(self._page, lambda: self._page.desk.backups.make(second), Changes.BACKUPS).success(done).run()
