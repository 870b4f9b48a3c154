"""用备份恢复: one road from the login page, from the first start and from a damaged desk; and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import cast

from PySide6.QtWidgets import QComboBox, QFileDialog, QWidget

from desk import clock
from desk.counter.restoring import restore, sources
from desk.counter.restoring.restore import Restored
from desk.counter.restoring.sources import Source
from desk.errors import RefusedError
from desk.store.account import Account
from ui import tasks
from ui.look.i18n import tr
from ui.widgets.ask import Ask, Values
from ui.widgets.basic import label, plain_button, primary_button, row
from ui.widgets.dialog import Dialog

_RESCUE = "没有备份：只从坏了的文件里救"
_INTRO = "先在旁边恢复、打开核对，都对了才换上。原来的文件另存，不删除；备份以后的记录会从里面找回来。"


class RestoreDialog(Ask):
    """Which copy, whose password. `done` hears what came of it, after that was told."""

    def __init__(self, parent: QWidget, folder: Path, accounts: Sequence[Account], password: str = "") -> None:
        super().__init__(parent, "用备份恢复", ok="恢复", intro=_INTRO, name="restore", wide=120)
        self._folder, self._known = folder, tuple(accounts)
        self._found: dict[str, Source] = {}
        self.choice("which", "用哪一份(&W)", [])
        elsewhere = plain_button("到U盘或别的文件夹找(&F)", "restore-elsewhere", "device-usb")
        elsewhere.clicked.connect(self._pick)
        self.body.addWidget(row(elsewhere, None))
        self.choice("account", "代办员(&A)", [])
        self.text("password", "密码，现在的或做备份时的(&P)", password, secret=True)
        self._which().currentIndexChanged.connect(lambda _at: self._name_accounts())
        tasks.read(self, lambda: sources.beside(folder), self.show_sources)

    def ask(self, done: Callable[[Restored], object]) -> RestoreDialog:
        """Show it."""
        self.go(self._restore, lambda result: self._say_result(result, done))
        return self

    def _which(self) -> QComboBox:
        return cast("QComboBox", self.editor("which"))

    def show_sources(self, found: Sequence[Source]) -> None:
        """Those that were found, the one that goes furthest first."""
        box = self._which()
        fresh = [one for one in found if one.path not in self._found]
        self._found |= {one.path: one for one in fresh}
        if box.count() and box.itemData(box.count() - 1) == "":
            box.removeItem(box.count() - 1)
        for one in fresh:
            box.addItem(_words(one), one.path)
        if self._known:
            box.addItem(tr(_RESCUE), "")
        if fresh:
            box.setCurrentIndex(box.findData(fresh[0].path))
        self._name_accounts()
        if self._begun:  # what was found is nobody's typing
            self._begun = self.values() | {"password": self._begun["password"]}
        self.tell("" if box.count() else "还没有找到备份。请插上U盘或旧硬盘，点“到U盘或别的文件夹找”。")

    def look_in(self, place: Path) -> None:
        """Look for copies in a folder, in the background."""
        self.tell("")
        tasks.read(self, lambda: sources.look(place), self._looked)

    def _looked(self, found: Sequence[Source]) -> None:
        self.show_sources(found)
        if not found:
            self.tell("这个文件夹里没有找到备份。")

    def _pick(self) -> None:
        place = QFileDialog.getExistingDirectory(self, tr("选文件夹"), str(Path.home()))
        if place:
            self.look_in(Path(place))

    def _name_accounts(self) -> None:
        box = cast("QComboBox", self.editor("account"))
        chosen, source = box.currentData(), self._found.get(str(self._which().currentData() or ""))
        named = {one.account: one for one in (*self._known, *(source.accounts if source else ()))}
        box.clear()
        for one in named.values():
            box.addItem(f"{one.name}（{one.account}）", one.account)
        box.setCurrentIndex(max(0, box.findData(chosen)))

    def _restore(self, typed: Values) -> Restored:
        account, password = str(typed["account"] or ""), str(typed["password"])
        if typed["which"] is None:
            raise RefusedError("还没有选用哪一份。", "没有改动。", "请插上有备份的盘，再到那里找。")
        if not typed["which"]:
            return restore.rescue(self._folder, account, password)
        return restore.restore(self._folder, Path(typed["which"]), account, password)

    def _say_result(self, result: Restored, done: Callable[[Restored], object]) -> None:
        told = RestoredDialog(self.parentWidget(), result)
        told.finished.connect(lambda _answer: done(result))
        told.open()


def _words(one: Source) -> str:
    when = clock.minute(one.made_at) if one.made_at else tr("电脑里正在用的")
    count = f"，{one.entries} 条记录" if one.entries >= 0 else ""
    point = f"，{one.point}" if one.point else ""
    return f"{when}{count}{point}　{one.path}"


class RestoredDialog(Dialog):
    """What was saved and what was not, by number."""

    def __init__(self, parent: QWidget | None, result: Restored) -> None:
        super().__init__(parent, "恢复的结果", "restored", wide=110)
        first, *rest = result.words().split("\n")
        self.head(first)
        for line in rest:
            self.body.addWidget(label(line, wrap=True))
        close = primary_button("知道了", "restored-close")
        close.setToolTip("Enter")
        close.clicked.connect(self.accept)
        self.foot(None, close)
