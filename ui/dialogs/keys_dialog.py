"""快捷键: every key of the registry, on one sheet."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui import actions
from ui.look.i18n import tr
from ui.look.theme import Role
from ui.widgets.basic import label, primary_button
from ui.widgets.dialog import Dialog
from ui.widgets.field import KeyValue
from ui.widgets.page import desk_of


class KeysDialog(Dialog):
    """To look at."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, "快捷键", "keys", wide=60)
        self.head("快捷键")
        keys = KeyValue()
        desk = desk_of(parent)
        pages = actions.pages(township=desk is not None and desk.villages.has_any)
        for action in (*pages, *actions.OTHERS):
            keys.add(action.shortcut, tr(action.text))
        self.body.addWidget(keys)
        self.body.addWidget(label("页内按钮：按住 Alt 再按带下划线的字母。", "small", Role.MUTED, wrap=True))
        close = primary_button("知道了", "keys-close")
        close.clicked.connect(self.accept)
        self.foot(None, close)
