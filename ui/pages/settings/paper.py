"""The cards of the settings that are about paper: which printer takes what, and how Mongolian stands on it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox

from desk.counter.office.office_settings import Settings
from ui.devices import printers
from ui.look.i18n import tr
from ui.pages.settings.card import SettingsCard
from ui.widgets.basic import plain_button, row
from ui.widgets.column_edit import ColumnEdit
from ui.widgets.field import Field, choice_box, line_edit

_PAPERS = ("A5", "A4", "80mm", "58mm")
_PORTS = (
    "如 COM3、打印机的名字，或 192.168.1.50:9100" if sys.platform == "win32" else "如 /dev/usb/lp0 或 192.168.1.50:9100"
)
_ORDERS = (
    ("汉文下方一行", "below"),
    ("左侧竖排（蒙古文在前）", "left"),
    ("汉文上方一行（蒙古文在前）", "above"),
    ("不印", ""),
)
_LEADING = "公共场合两种文字并用的，汉文在前（民族团结进步促进法§15）。"
_SIZES = tuple((f"{percent} %", percent) for percent in (80, 90, 100, 110, 125, 150))


class PrinterCard(SettingsCard):
    """A printer for each paper; what receipts are printed on."""

    def __init__(self, keep: Callable[..., None], test: Callable[[str], None]) -> None:
        super().__init__("打印机")
        self._of: dict[str, QComboBox] = {}
        names = [("每次询问", ""), *((name, name) for name in printers.names())]
        for paper in _PAPERS:
            box = choice_box(names, "")
            self._of[paper] = box
            button = plain_button("测试页", f"settings-test-{paper}")
            button.setAccessibleName(tr(f"{paper} 测试页"))
            button.clicked.connect(lambda _=False, size=paper: test(size))
            self.body.addWidget(row(Field(f"{paper} 纸用哪台打印机", box, f"settings-printer-{paper}"), button))
            box.currentIndexChanged.connect(keep)
        self._device = line_edit(_PORTS, most=200)
        self._device.editingFinished.connect(keep)
        told = "填了就把小票画成点阵直接发去，不用装驱动，什么字都印得出。"
        self.body.addWidget(Field("小票机端口（ESC/POS）(&Y)", self._device, "settings-roll-device", told))
        self._receipt = choice_box([(one, one) for one in _PAPERS], "A5")
        self._receipt.currentIndexChanged.connect(keep)
        self.body.addWidget(Field("回执用哪种纸(&R)", self._receipt, "settings-receipt-paper"))
        self._at_once = QCheckBox(tr("登记后直接打印回执，不先预览(&O)"))
        self._at_once.setObjectName("settings-at-once")
        self._at_once.setAccessibleName(tr("登记后直接打印回执"))
        self._at_once.toggled.connect(keep)
        self.body.addWidget(self._at_once)
        self._large = QCheckBox(tr("回执、告知单和指南用大字，给眼睛不好的人(&W)"))
        self._large.setObjectName("settings-large-print")
        self._large.setAccessibleName(tr("回执、告知单和指南用大字"))
        self._large.toggled.connect(keep)
        self.body.addWidget(self._large)

        self._two = QCheckBox(tr("名册的 A5 回执两张印在一张 A4 上，裁开用(&F)"))
        self._two.setObjectName("settings-two-on-a-sheet")
        self._two.setAccessibleName(tr("名册的 A5 回执两张印在一张 A4 上"))
        self._two.toggled.connect(keep)
        self.body.addWidget(self._two)

    def show_settings(self, settings: Settings) -> None:
        """What is in force."""
        for paper, box in self._of.items():
            box.setCurrentIndex(max(0, box.findData(settings.printers.get(paper, ""))))
        self._device.setText(settings.roll_device)
        self._receipt.setCurrentIndex(max(0, self._receipt.findData(settings.receipt_paper)))
        self._at_once.setChecked(settings.print_at_once)
        self._large.setChecked(settings.large_print)
        self._two.setChecked(settings.two_on_a_sheet)

    def chosen(self) -> dict[str, Any]:
        """Fields of the settings."""
        return {
            "printers": {paper: str(box.currentData()) for paper, box in self._of.items() if box.currentData()},
            "roll_device": self._device.text().strip(),
            "receipt_paper": self._receipt.currentData(),
            "print_at_once": self._at_once.isChecked(),
            "large_print": self._large.isChecked(),
            "two_on_a_sheet": self._two.isChecked(),
        }


class MongolianCard(SettingsCard):
    """The point's name, where Mongolian stands and how large, and the banner's words."""

    def __init__(self, keep: Callable[..., None], labels: Callable[[], None]) -> None:
        super().__init__("纸上的蒙古文")
        self._name = ColumnEdit(9, line=True, most=200, hint="照牌子上的蒙古文名称录入，可不填")
        self._name.editingFinished.connect(keep)
        self._order = choice_box(_ORDERS, "below")
        self._size = choice_box(_SIZES, 100)
        self._order.currentIndexChanged.connect(keep)
        self._size.currentIndexChanged.connect(keep)
        self.body.addWidget(Field("代办点蒙古文名称", self._name, "settings-name-mn"))
        self.body.addWidget(Field("蒙古文放在哪里", self._order, "settings-mn-order", _LEADING))
        self.body.addWidget(Field("比汉文大小", self._size, "settings-mn-size"))
        words = plain_button("蒙古文用词(&V)", "settings-labels", "language")
        words.clicked.connect(labels)
        self.body.addWidget(words, 0, Qt.AlignmentFlag.AlignLeft)

    def show_settings(self, settings: Settings) -> None:
        """What is in force."""
        self._name.setPlainText(settings.point_name_mn)
        self._order.setCurrentIndex(max(0, self._order.findData(settings.mongolian_order)))
        self._size.setCurrentIndex(max(0, self._size.findData(settings.mongolian_percent)))

    def chosen(self) -> dict[str, Any]:
        """Fields of the settings."""
        return {
            "point_name_mn": self._name.toPlainText().strip(" \t\r\n"),
            "mongolian_order": self._order.currentData(),
            "mongolian_percent": self._size.currentData(),
        }
