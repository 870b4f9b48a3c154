"""What was told otherwise than it stands here, at the window: somebody writes what was found out, and it is no open
doubt any more."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from conftest import full_draft, sync
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget

from db.desk import entry_rows
from desk.app.open_desk import Desk
from desk.log import chain
from desk.sync.protocol.heads import Head
from desk.sync.trust import doubts, witness
from ui import tasks
from ui.widgets.ask import Ask
from ui.window import MainWindow

TOLD = "旗中心签名说旗中心的第 8 条记录是另一个样子。"


def keep(window: QWidget, name: str) -> None:
    if folder := os.environ.get("DAIBAN_PICTURES"):
        window.grab().save(str(Path(folder) / f"doubts-{name}.png"))


def words(window: QWidget) -> str:
    return "\n".join(one.text() for one in window.findChildren(QLabel) if one.isVisible())


def test_a_doubt_is_looked_into_at_the_window(desk: Desk, qtbot: object, settle: Callable[[], None]) -> None:
    desk.register(full_draft(desk))
    sync(desk)
    stranger = Head("152523000000-00", 3, "ab" * 32, "152500000000-00", 1, "2026-11-24T09:00:00+08:00", "x")
    with desk.store.write() as db:
        for at in ("8.ab", "9.cd"):
            doubts.note(db, doubts.Doubt("x", at, TOLD, "2026-11-24T09:00:00+08:00"))
        witness.take(desk.store, db, desk.identity, (stranger,), "2026-11-24T09:00:00+08:00")
    window = MainWindow(desk)
    window.resize(1366, 728)
    window.show()
    tasks.wait_idle()
    window.open("sync")
    settle()
    assert words(window).count(TOLD) == 2
    assert "另有 1 处别人签的校验码" in words(window)
    keep(window, "open")
    button = window.findChild(QPushButton, "sync-settle-0")
    assert button is not None
    button.click()
    settle()
    (asked,) = (one for one in window.findChildren(Ask) if one.isVisible())
    keep(asked, "asked")
    asked.ok.click()
    settle()
    assert asked.isVisible(), "nothing was written"
    typed = asked.editor("why")
    assert isinstance(typed, QLineEdit)
    typed.setText("打电话问过旗中心")
    asked.ok.click()
    tasks.wait_idle()
    settle()
    assert not [one for one in window.findChildren(Ask) if one.isVisible()]
    assert "已核对：打电话问过旗中心" in words(window)
    assert window.findChild(QPushButton, "sync-settle-1") is None, "one is open still"
    keep(window, "settled")
    with desk.store.read() as db:
        head = entry_rows.head(db, desk.identity.node)
        assert head is not None
        (encoded,) = entry_rows.entries_after(db, desk.identity.node, head[0] - 1, 1)
    assert chain.decoded(encoded).kind == "doubt.settled"
    window.close()
    window.deleteLater()
