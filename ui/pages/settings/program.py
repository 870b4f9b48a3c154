"""程序：its version, and an update from a stick or a file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from desk import __version__
from desk.errors import CancelledError
from desk.folds.records import OfferedRelease
from desk.release import installing
from desk.release.package_file import Release
from desk.sync.outcome import SyncProgress
from ui import tasks
from ui.changes import Changes
from ui.look.i18n import tr
from ui.operations import Operation
from ui.pages.settings.card import Listed, SettingsCard
from ui.widgets.ask import Ask
from ui.widgets.basic import label, plain_button, primary_button, row
from ui.widgets.page import Page

_FETCH = "取来并装上"


class ProgramCard(SettingsCard):
    """What runs here, and the way to a newer one without internet."""

    def __init__(self, page: Page) -> None:
        super().__init__("程序")
        self._page = page
        self._offer: OfferedRelease | None = None
        self._job: tasks.Job | None = None
        self.version = label(f"代办台 {__version__}", wrap=True)
        self.version.setObjectName("settings-version")
        self.body.addWidget(self.version)
        if not installing.may():
            told = "这是从源代码运行的，用 git 更新；安装包里的程序可以用U盘更新。"
            self.body.addWidget(label(told, "body", wrap=True))
            return
        told = "新版本由旗中心用U盘或网络送来。装之前先备份，下次打开生效；启动不成功会自动回到现在的版本。"
        self.body.addWidget(label(told, "body", wrap=True))
        stick = plain_button("从U盘更新", "settings-update-stick", "device-usb")
        stick.clicked.connect(self._from_stick)
        self._fetch = primary_button(_FETCH, "settings-update-fetch", "refresh")
        self._fetch.clicked.connect(self._from_centre)
        self._fetch.hide()
        self.body.addWidget(row(None, self._fetch, stick))

    def show_listed(self, listed: Listed) -> None:
        """Whether the centre offers something newer."""
        del listed  # nothing of it is shown here
        from desk.app import updating

        if installing.may():
            tasks.read(self, lambda: updating.offered(self._page.desk), self._show_offer, self._page.shell.error)

    def _show_offer(self, one: OfferedRelease | None) -> None:
        self._offer = one
        self._fetch.setVisible(one is not None)
        if one is not None and self._job is None:
            told = f"旗中心提供了 {one.version}（{one.size / 1e6:.0f} MB）。{one.notes}"
            self.version.setText(f"代办台 {__version__}；{told}")

    def _from_centre(self) -> None:
        """Fetch it while the window works on; pressed once more, it stops, and goes on there the next time."""
        from desk.app import updating

        one, desk = self._offer, self._page.desk
        if self._job is not None:
            self._job.cancel()
            self._fetch.setEnabled(False)  # until the piece that is under way has come
        elif one is not None:
            self._page.shell.toast("正在取新版本，可以照常工作。断了线，下次接着取。")
            self._fetch.setText(tr("停下"))
            work = lambda far, cancelled: updating.found_at(updating.fetch(desk, one, far, cancelled))  # noqa: E731
            self._job = tasks.run_with_progress(self, work, self._fetched, self._far, self._stopped)

    def _far(self, far: SyncProgress) -> None:
        self.version.setText(f"{tr(far.step)} {far.done >> 10}/{far.total >> 10} MB")

    def _fetched(self, found: installing.Found) -> None:
        self._over()
        self._ask(found)

    def _stopped(self, error: Exception) -> None:
        self._over()
        if not isinstance(error, CancelledError):
            self._page.shell.error(error)

    def _over(self) -> None:
        self._job = None
        self._fetch.setText(tr(_FETCH))
        self._fetch.setEnabled(True)
        self._show_offer(self._offer)

    def _from_stick(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self._page, "U盘或文件夹")
        if chosen:
            self.look(Path(chosen))

    def look(self, place: Path) -> None:
        """What lies at `place`, and the question whether to install it."""
        from desk.app import updating

        Operation(self._page, lambda: updating.found_at(place), Changes.NOTHING).success(self._ask).run()

    def _ask(self, found: installing.Found) -> None:
        from desk.app import updating

        told = found.release
        words = f"{told.version}，{told.made} 做的，现在是 {__version__}。{told.notes}"
        ask = Ask(self._page, "装上新版本？", ok="备份并装上", intro=words, name="update")
        desk, path = self._page.desk, Path(found.path)
        ask.go(lambda _said: updating.install(desk, path), self._installed, Changes.BACKUPS)

    def _installed(self, made: Release) -> None:
        self.version.setText(f"代办台 {__version__}，{made.version} 已装好，下次打开生效")
        self._page.shell.toast(f"已备份并装好 {made.version}，关上再打开就是新版本。")
