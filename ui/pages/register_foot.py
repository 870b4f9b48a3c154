"""The foot of the register page: what is missing, as a sentence, beside the button that it keeps from."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from ui.look.i18n import tr
from ui.look.theme import Role, unit
from ui.widgets.basic import label, set_role

_SAID = 5  # the rest is counted
_WARNED = 2


class Foot(QWidget):
    """`tell` while somebody types, `refuse` when the button was pressed too early."""

    def __init__(self, button: QPushButton) -> None:
        super().__init__()
        self.words: QLabel = label("", "body", Role.MUTED, wrap=True)
        self.words.setObjectName("register-summary")
        self.words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(unit() * 4)
        line.addWidget(self.words, 1)
        line.addWidget(button)

    def tell(self, blocking: Sequence[str], warned: Sequence[str], *, begun: bool) -> None:
        """What is still missing on a page on which something was `begun`."""
        if not begun:
            self._say("", Role.MUTED)
        elif blocking:
            self._say(tr("还差：") + _listed(blocking), Role.MUTED)
        else:
            more = tr("请留意：") + " ".join(tr(one) for one in warned[:_WARNED]) if warned else ""
            self._say(tr("可以登记了。") + more, Role.WARN if warned else Role.OK)

    def refuse(self, blocking: Sequence[str]) -> None:
        """What is wrong; how to mend it stands beside each field."""
        self._say(tr(f"还有 {len(blocking)} 处要改：") + _listed(blocking), Role.DANGER)

    def _say(self, text: str, role: Role) -> None:
        self.words.setText(text)
        self.words.setAccessibleName(text)
        set_role(self.words, role)


def _listed(names: Sequence[str]) -> str:
    rest = tr(f" 等 {len(names)} 处") if len(names) > _SAID else ""
    return "、".join(tr(one) for one in names[:_SAID]) + rest + ("" if names[-1].endswith("。") else "。")
