"""同步: what waits, one big button, and what happened before, in plain words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QElapsedTimer, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from desk import clock
from desk.app.open_desk import Desk
from desk.sync.outcome import (
    PAST_WAITS,
    Carried,
    DoubtLine,
    Outcome,
    SyncLine,
    SyncProgress,
    SyncResult,
    SyncStatus,
    WaitingLine,
)
from ui import tasks
from ui.changes import Changes
from ui.dialogs.township.hall import HallDialog
from ui.dialogs.township.memos import MemosDialog
from ui.look.i18n import tr
from ui.look.theme import Role, unit
from ui.operations import LongOperation, Operation
from ui.widgets.ask import Ask
from ui.widgets.basic import Card, Chip, elided, label, link_button, plain_button, primary_button, row
from ui.widgets.columns import Columns
from ui.widgets.field import KeyValue
from ui.widgets.line_list import Line, LineList
from ui.widgets.page import Page, Shell, emptied, scrolled

_BROUGHT = Changes.ENTRIES | Changes.SYNC
_DOUBTS = 5  # that are shown
_SURE = 3  # seconds after which the pace says something
_MARKS = {
    Outcome.DONE: ("完成", Role.OK, "circle-check"),
    Outcome.OFFLINE: ("没连上", Role.WARN, "cloud-off"),
    Outcome.NOT_CENTRE: ("不是中心", Role.DANGER, "alert-circle"),
    Outcome.MISMATCH: ("对不上", Role.DANGER, "alert-circle"),
    Outcome.REFUSED: ("中心未收", Role.DANGER, "alert-circle"),
    Outcome.BUSY: ("中心正忙", Role.WARN, "clock"),
    Outcome.CANCELLED: ("已停下", Role.WAITING, "clock"),
    Outcome.NOT_ENROLLED: ("未入网", Role.WARN, "info-circle"),
}


class SyncPage(Page):
    """State, button, progress, history."""

    key, title = "sync", "同步"
    concerns = Changes.ENTRIES | Changes.SYNC
    finished = Signal(object)  # SyncResult

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__(desk, shell)
        self._job: tasks.Job | None = None
        self._clock = QElapsedTimer()
        self._go = primary_button("立即同步(&S)", "sync-now", "refresh")
        self._stop = plain_button("停下(&X)", "sync-stop", "x")
        self._go.clicked.connect(self.start)
        self._stop.clicked.connect(lambda: self._job.cancel() if self._job else None)
        self._stop.hide()
        self._stick = plain_button("用U盘交换(&U)", "sync-stick", "device-usb")
        self._stick.setToolTip(tr("没有网络时：把要送的写到U盘，收下中心写回的"))
        self._stick.clicked.connect(self.choose_stick)
        memos = plain_button("政务信息(&I)", "sync-memos", "send")
        memos.clicked.connect(lambda: MemosDialog(self, self.desk).open())
        hall = plain_button("大厅(&H)", "sync-hall", "users-group")
        hall.setToolTip(tr("同点几个窗口在大厅自己的网络上互通"))
        hall.clicked.connect(lambda: HallDialog(self, self.desk).open())
        self.head(self._stop, hall, memos, self._stick, self._go)
        self._state = Card()
        self._facts = KeyValue()
        self._waiting = self._facts.add("等待送出", "—", "sync-waiting")
        self._pictures = self._facts.add("等待送出的图片", "—", "sync-pictures")
        self._centre = self._facts.add("送往", "—")
        self._last = self._facts.add("上次成功", "—", "sync-last")
        self._bar = QProgressBar()
        self._bar.setObjectName("sync-bar")
        self._bar.setAccessibleName(tr("同步进度"))
        self._bar.setTextVisible(False)
        self._bar.hide()
        self._told = label("", wrap=True)
        self._told.setObjectName("sync-told")
        self._state.body.addWidget(self._facts)
        self._state.body.addWidget(self._bar)
        self._state.body.addWidget(self._told)
        self.box.addWidget(self._state)
        self._refused, self._refused_lines = self._told_card("没有生效的记录")
        self._doubted, self._doubts = self._told_card("与中心说的不一致")
        self._asking, self._asked = self._told_card("本点以往的记录")
        history = QWidget()
        self._lines = QVBoxLayout(history)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._past = Card("以往的同步")
        self._past.body.addWidget(scrolled(history, "sync-history"))
        self.queue = LineList("sync-queue", "等待送出的记录")
        self.queue.taken.connect(lambda number: self.shell.open("case", intake_no=number))
        queue = Card("等待送出的记录")
        queue.body.addWidget(self.queue)
        both = Columns(1, 1, scrolls=False)
        for column, card in zip(both.columns, (queue, self._past), strict=True):
            column.addWidget(card, 1)
        self.box.addWidget(both, 1)

    def _told_card(self, title: str) -> tuple[Card, QVBoxLayout]:
        """A card for what is seldom there, hidden till then, and its lines."""
        card, lines = Card(title), QVBoxLayout()
        card.body.addLayout(lines)
        card.hide()
        self.box.addWidget(card)
        return card, lines

    def activate(self, **facts: Any) -> None:
        """Look again; `now` starts a sync."""
        self.changed()
        if facts.get("now"):
            self.start()

    def changed(self) -> None:
        """Something new may wait."""
        tasks.read(self, self.desk.sync_status, self._show)
        tasks.read(self, self.desk.waiting, self._show_waiting)

    def _show_waiting(self, waiting: tuple[WaitingLine, ...]) -> None:
        none = Line(tr("没有，全部已到中心"), muted=True, takeable=False)
        self.queue.put([_waiting_line(one) for one in waiting] or [none])

    def start(self) -> None:
        """Sync now, unless one is under way."""
        if self._job is not None:
            return
        self._go.setEnabled(False)
        self._stop.show()
        self._bar.setRange(0, 0)
        self._bar.show()
        self._told.setText("正在同步……")
        self._clock.start()
        work = LongOperation(self, self.desk.sync, _BROUGHT).success(self._ended).failure(self._failed)
        self._job = work.run_beside(self._progress)

    def choose_stick(self) -> None:
        """Ask for the stick."""
        place = QFileDialog.getExistingDirectory(self, tr("选U盘"), str(Path.home()))
        if place:
            self.exchange(Path(place))

    def exchange(self, place: Path) -> None:
        """Take the centre's answers from the stick, put out all that it has not acknowledged."""
        work = LongOperation(self, lambda report, cancelled: self.desk.courier(place, report, cancelled), _BROUGHT)
        work.success(self._carried).run("用U盘交换")

    def _carried(self, carried: Carried) -> None:
        words = list(carried.notes)
        words += [f"已从U盘收到中心的 {carried.received} 条，写出 {carried.entries} 条到U盘。"]
        words += [f"盘上的文件 {one.name}，校验码 {one.short}。" for one in carried.batches]
        words += [f"图片 {carried.pictures} 张已写到盘上。"] if carried.pictures else []
        words += [f"图片 {carried.pictures_there} 张已到中心。"] if carried.pictures_there else []
        words += ["请把U盘送到旗中心，或交给去旗里的人；盘上的内容别人看不到。带回来再插一次，就收到回信。"]
        words += [f"盘上还有给别的代办点的 {carried.others} 份回信，请转交。"] if carried.others else []
        words += [f"没有收下：{one}" for one in carried.refused]
        self._told.setText("\n".join(tr(one) for one in words))
        self._told.setAccessibleName(self._told.text())

    def _progress(self, far: SyncProgress) -> None:
        self._bar.setRange(0, far.total)
        self._bar.setValue(far.done)
        step = tr(far.step)
        self._told.setText(f"{step} {far.done}/{far.total}{self._left(far)}" if far.total else f"{step}……")

    def _left(self, far: SyncProgress) -> str:
        """How long it will still take at the pace so far; nothing in the first seconds."""
        gone = self._clock.elapsed() / 1000
        if gone < _SURE or not far.done:
            return ""
        seconds = gone * (far.total - far.done) / far.done
        return tr(f"，约还要 {max(1, round(seconds / 60))} 分钟" if seconds > 90 else f"，约还要 {round(seconds)} 秒")

    def _over(self) -> None:
        self._job = None
        self._go.setEnabled(True)
        self._stop.hide()
        self._bar.hide()

    def _failed(self, error: Exception) -> None:
        self._over()
        self._told.setText("")
        self.shell.error(error)

    def _ended(self, result: SyncResult) -> None:
        self._over()
        words = [result.happened, result.kept, result.todo]
        if abs(result.skew_seconds) > 600:
            words.append(f"本机时钟与中心相差约 {abs(result.skew_seconds) // 60} 分钟，请校准；时限按中心时间计算。")
        self._told.setText("\n".join(one for one in words if one))
        self._told.setAccessibleName(self._told.text())
        self.finished.emit(result)

    def _show_refused(self, status: SyncStatus) -> None:
        emptied(self._refused_lines)
        for at, one in enumerate(status.refused[:8]):
            go = link_button(f"{one.applicant_name}　{tr(one.words)}", f"sync-refused-{at}")
            go.clicked.connect(lambda _=False, number=one.intake_no: self.shell.open("case", intake_no=number))
            self._refused_lines.addWidget(row(go, label(one.reason, "small", Role.DANGER)))
        self._refused.setVisible(bool(status.refused))

    def _show_doubts(self, status: SyncStatus) -> None:
        emptied(self._doubts)
        found = sorted(status.doubts, key=lambda one: bool(one.settled))  # what nobody looked into comes first
        for at, one in enumerate(found[:_DOUBTS]):
            words = f"{one.time}　{one.words}"
            if one.settled:
                words = f"{words}\n{one.settled}"
            told = label(words, "small", Role.MUTED if one.settled else Role.DANGER, wrap=True)
            told.setObjectName(f"sync-doubt-{at}")
            told.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
            self._doubts.addWidget(told if one.settled else row(told, self._settle_button(at, one), spacing=3))
        if status.unchecked:
            wait = f"另有 {status.unchecked} 处别人签的校验码，签名人的公钥还没有到，先留着，到了再核对。"
            self._doubts.addWidget(label(wait, "small", Role.MUTED, wrap=True))
        self._doubted.setVisible(bool(status.doubts))

    def _settle_button(self, at: int, one: DoubtLine) -> QWidget:
        button = plain_button("写核对结果", f"sync-settle-{at}", "check")
        button.setAccessibleName(tr(f"写核对结果：{one.of} {one.time}"))
        button.clicked.connect(lambda _checked=False: self.settle(one))
        return button

    def settle(self, one: DoubtLine) -> None:
        """Somebody looked into what was told otherwise, and says what was found out."""
        intro = f"{one.words}\n\n核对的结果记入日志，两边的记录都不改动。"
        ask = Ask(self, "写核对结果", ok="已核对", intro=intro, name="settle")
        ask.text("why", "问了谁、怎么回事(&W)", hint="如：打电话问过旗中心，是恢复了旧备份")
        ask.go(lambda typed: self.desk.settle_doubt(one.of, one.at, typed["why"]), lambda _none: None, Changes.SYNC)

    def _show_waits(self, status: SyncStatus) -> None:
        """Who waits for the point's past: other desks, to whom one says yes here, or this one."""
        emptied(self._asked)
        if status.waits_since:
            own = label(f"本机自 {status.waits_since} 起在等。{PAST_WAITS}", "body", Role.WARN, wrap=True)
            own.setObjectName("sync-own-wait")
            self._asked.addWidget(own)
        for at, one in enumerate(status.waits):
            who = f"{one.node}（{one.machine}）" if one.machine else one.node
            words = f"新终端 {who} 自 {one.since} 起，等着看本点以往的办件、证件号码和电话。是本点自己的电脑才同意。"
            told = label(words, "body", wrap=True)
            told.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
            said = label("已同意，下次同步告诉中心", "small", Role.MUTED) if one.is_said else self._yes(at, one.node)
            self._asked.addWidget(row(told, said, spacing=3))
        self._asking.setVisible(bool(status.waits or status.waits_since))

    def _yes(self, at: int, node: str) -> QWidget:
        button = plain_button("同意", f"sync-admit-{at}", "check")
        button.setAccessibleName(tr(f"同意终端 {node} 看本点以往的记录"))
        work = Operation(self, lambda: self.desk.let_read(node), Changes.SYNC)
        work.success(lambda _none: self.start())
        button.clicked.connect(lambda _checked=False: work.run())
        return button

    def _show(self, status: SyncStatus) -> None:
        since = f"，最早 {clock.minute(status.waiting_since)}" if status.waiting_since else ""
        size = f"，约 {max(1, status.waiting_bytes >> 10)} kB"
        waiting = tr(f"{status.waiting} 条") + tr(size) + tr(since)
        self._waiting.setText(waiting if status.waiting else "没有，全部已到中心")
        pictures = f"{status.pictures} 张，约 {max(1, status.pictures_bytes >> 10)} kB，跟在记录后面送"
        self._pictures.setText(pictures if status.pictures else "没有，全部已到中心")
        self._centre.setText(f"{status.centre_name}（{status.address}）" if status.enrolled else "还没有入网")
        self._show_refused(status)
        self._show_doubts(status)
        self._show_waits(status)
        self._last.setText(clock.minute(status.last_ok) or "还没有")
        emptied(self._lines)
        for line in status.history:
            words, role, icon = _MARKS[line.outcome]
            when = label(clock.minute(line.time), "body", Role.MUTED)
            text = elided(_told(line))
            text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
            self._lines.addWidget(row(Chip(words, role, icon), when, text, spacing=3))
        if not status.history:
            self._lines.addWidget(label("还没有同步过。", "body", Role.MUTED))
        self._lines.addStretch(1)
        self._lines.setSpacing(unit() * 2)
        self._lines.setAlignment(Qt.AlignmentFlag.AlignTop)


def _told(line: SyncLine) -> str:
    """What a line of the history says; tries that failed alike are one."""
    text = " ".join(tr(one) for one in line.text.split("\n"))
    return text if line.times == 1 else tr(f"{text}（试了 {line.times} 次，从 {clock.minute(line.since)} 起）")


def _waiting_line(one: WaitingLine) -> Line:
    words = f"{clock.minute(one.time)}　{tr(one.words)}" + (f"　{one.title}" if one.title else "")
    return Line(words, one.intake_no or None, takeable=bool(one.intake_no))
