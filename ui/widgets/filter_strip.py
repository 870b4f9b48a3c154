"""What keeps a list short, said above it: each filter that is on, how many lines it hides, and one key that ends it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.look.flow import Flow
from ui.look.theme import Role
from ui.widgets.basic import Chip, label, plain_button
from ui.widgets.page import emptied


class FilterStrip(QWidget):
    """Hidden while nothing is filtered. `cleared` when its button or Esc anywhere on `page` was pressed."""

    cleared = Signal()

    def __init__(self, page: QWidget, name: str) -> None:
        super().__init__()
        self._name = name
        self.setObjectName(name)
        self.filters: tuple[str, ...] = ()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        self._key = QShortcut(QKeySequence(Qt.Key.Key_Escape), page)
        self._key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._key.activated.connect(self.cleared)
        self.tell(())

    def tell(self, filters: Sequence[str], hidden: str = "") -> None:
        """The filters that are on, in words, and what they hide: 另有 79 件没有列出."""
        self.filters = tuple(filters)
        self._key.setEnabled(bool(filters))
        self.setVisible(bool(filters))
        box = self.layout()
        if box is None or not filters:
            return
        emptied(box)
        chips = [Chip(one, Role.ACCENT, "search") for one in filters]
        more = label(hidden, "body", Role.MUTED)
        more.setObjectName(f"{self._name}-hidden")
        clear = plain_button("全部列出", f"{self._name}-clear", "x")
        clear.setToolTip("Esc")
        clear.clicked.connect(self.cleared)
        box.addWidget(Flow(*chips, more, clear, label("Esc", "small", Role.MUTED)))
