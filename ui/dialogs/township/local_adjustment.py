"""本地调整: a township says otherwise of an item that was devolved to it; the centre reviews it before it counts."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desk.app.open_desk import Desk
from desk.counter.township.adjustments import AdjustView, limit_of
from desk.law import deadline, item_words
from desk.law.catalogue import adjusting
from desk.law.catalogue.adjusting import Adjustment
from ui.changes import Changes
from ui.look.i18n import tr
from ui.look.theme import Role, unit
from ui.widgets.ask import Ask, Values
from ui.widgets.basic import label
from ui.widgets.line_list import Line, LineList
from ui.widgets.page import Shell

_INTRO = "空着的照旗里公布的。报给旗里核准后才生效，纸面和网页上标明“本苏木调整”。"
_STATES = {"waiting": "已报，等旗里核准", "in_force": "已核准，正在用", "refused": "旗里退回"}
_FIELDS = (
    ("promised_limit", "承诺时限(&T)"),
    ("place", "办理地点(&P)"),
    ("hours", "办理时间(&H)"),
    ("enquiry_phone", "咨询电话(&Q)"),
    ("supervision_phone", "监督电话(&J)"),
    ("handling_unit", "承办科室(&U)"),
    ("leader", "岗位(&G)"),
)


class LocalAdjustmentDialog(Ask):
    """The fields with what is in force, and the counters that may take the item in; none ticked: all."""

    def __init__(self, parent: QWidget, view: AdjustView) -> None:
        super().__init__(
            parent, f"本地调整：{view.base.item_name}", ok="报旗里核准(&S)", intro=_INTRO, name="local-ask", wide=120
        )
        if view.state in _STATES:
            words = f"{tr(_STATES[view.state])}　{view.day}"
            told = label("", "body", Role.DANGER if view.reasons else Role.MUTED, wrap=True)
            told.setObjectName("local-state")
            told.setText(f"{words}：{view.reasons}" if view.reasons else words)
            self.body.addWidget(told)
        said = view.said
        for key, name in _FIELDS:
            limit = said.promised_limit
            value = (deadline.words(limit) if limit else "") if key == adjusting.PROMISE else str(getattr(said, key))
            self.text(key, name, value, hint=f"{tr('旗里公布的')}：{_base(view, key)}")
        self.points = LineList("local-ask-points", "可以收件的代办点")
        self._points = dict.fromkeys(said.proxy_points)
        if view.villages:
            self.body.addWidget(label("可以收件的代办点（不勾就是全部）", "small", Role.MUTED))
            self.points.setMinimumHeight(unit() * 28)
            self.points.put([Line(one.name, one.point, ticked=one.point in self._points) for one in view.villages])
            self.points.ticked.connect(self._tick)
            self.body.addWidget(self.points)

    def _tick(self, point: str, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        if on:
            self._points[point] = None
        else:
            self._points.pop(point, None)

    def values(self) -> Values:
        """What was typed, and the counters that are ticked."""
        return {**super().values(), adjusting.POINTS: tuple(sorted(self._points))}


def _base(view: AdjustView, key: str) -> str:
    if key == adjusting.PROMISE:
        return item_words.told(view.base, key)
    return str(getattr(view.base, key)) or tr("没有写")


def adjust(parent: QWidget, desk: Desk, shell: Shell, task_code: str, view: AdjustView) -> None:
    """Ask what is another here, and hand it in."""

    def work(typed: Values) -> None:
        limit = limit_of(str(typed[adjusting.PROMISE]))
        said = {key: value for key, value in typed.items() if key != adjusting.PROMISE}
        desk.adjustments.propose(task_code, Adjustment(limit, **said))

    dialog = LocalAdjustmentDialog(parent, view)
    dialog.go(work, lambda _none: shell.toast("已记下，同步后报到旗里核准。"), Changes.WORDS)
