"""快捷键: every key of the registry, on one sheet."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from ui import actions
from ui.look.i18n import tr
from ui.look.theme import Role, unit
from ui.widgets.basic import label
from ui.widgets.field import KeyValue


class KeysDialog(QDialog):
    """To look at."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("keys")
        self.setWindowTitle(tr("快捷键"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box = QVBoxLayout(self)
        box.setContentsMargins(unit() * 6, unit() * 5, unit() * 6, unit() * 5)
        box.addWidget(label("快捷键", "title", bold=True))
        keys = KeyValue()
        for action in (*actions.PAGES, *actions.OTHERS):
            keys.add(action.shortcut, tr(action.text))
        box.addWidget(keys)
        box.addWidget(label("页内按钮：按住 Alt 再按带下划线的字母。", "small", Role.MUTED, wrap=True))
