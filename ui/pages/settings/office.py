"""代办点: its telephone on paper, the way and the days to the centre, where the document camera saves."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from desk.counter.office.office_settings import Settings
from ui.changes import Changes
from ui.look.i18n import tr
from ui.operations import Operation
from ui.pages.settings.card import SettingsCard
from ui.pages.settings.folder import pick_folder
from ui.widgets.basic import plain_button, row
from ui.widgets.field import Field, line_edit
from ui.widgets.page import Page

_WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")


class OfficeCard(SettingsCard):
    """Kept with a button: a telephone half typed should not be printed."""

    def __init__(self, page: Page, replace: Callable[[Callable[[Settings], Settings]], Settings]) -> None:
        """`replace` puts other values into the settings of the page and gives them."""
        super().__init__("代办点")
        self._page, self._replace = page, replace
        self._phone = line_edit(most=40)
        self._km = line_edit("公里", most=4)
        self._camera = line_edit("高拍仪保存图片的文件夹", most=400)
        self._days = [QCheckBox(tr(one)) for one in _WEEKDAYS]
        pick = plain_button("选文件夹", "settings-camera-pick", "folder")
        pick.clicked.connect(lambda: pick_folder(self._camera))
        save = plain_button("保存代办点(&B)", "settings-office-save", "check")
        save.clicked.connect(self._save)
        self.body.addWidget(Field("印在纸上的电话(&T)", self._phone, "settings-phone"))
        self._km_field = Field("到旗中心单程(&K)", self._km, "settings-km")
        self.body.addWidget(self._km_field)
        self.body.addWidget(self._drives())
        self.body.addWidget(row(Field("高拍仪文件夹(&G)", self._camera, "settings-camera"), pick))
        self.body.addWidget(row(None, save))

    def _drives(self) -> Field:
        days = QWidget()
        grid = QGridLayout(days)
        grid.setContentsMargins(0, 0, 0, 0)
        for at, box in enumerate(self._days):
            box.setObjectName(f"settings-drive-{at + 1}")
            box.setAccessibleName(box.text())
            grid.addWidget(box, at // 4, at % 4)  # seven in a row are too wide in large type
        return Field("送件日", days, "settings-drives", "勾了的，回执上印预计移交的日子；日子不定的不勾，不印。")

    def show_settings(self, settings: Settings) -> None:
        """What is in force."""
        self._phone.setText(self._page.desk.office.phone)
        self._km.setText(str(settings.kilometres_to_centre or ""))
        self._camera.setText(settings.camera_folder)
        for at, box in enumerate(self._days, 1):
            box.setChecked(at in settings.drive_days)

    def _save(self) -> None:
        kilometres = self._km.text().strip()
        right = not kilometres or (kilometres.isascii() and kilometres.isdigit())
        if not right:
            self._km_field.refuse("公里数应为整数。")
        else:
            self._km_field.set_problem("")
            self._keep(int(kilometres or 0), self._camera.text().strip(), self._phone.text())

    def _keep(self, kilometres: int, camera: str, phone: str) -> None:
        book = self._page.desk.office_book
        days = tuple(at for at, box in enumerate(self._days, 1) if box.isChecked())
        settings = self._replace(
            lambda old: msgspec.structs.replace(
                old, kilometres_to_centre=kilometres, camera_folder=camera, drive_days=days
            )
        )

        def work() -> None:
            book.keep(settings)
            book.set_phone(phone)

        told = "代办点的设置已保存。"
        Operation(self._page, work, Changes.SETTINGS).success(lambda _none: self._page.shell.toast(told)).run()
