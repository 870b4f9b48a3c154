"""Who may read a point's past, at the window: one button for the desk of the point, plain words for the one that
waits."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from conftest import full_draft, sync
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from desk.app.open_desk import Desk
from desk.store.siblings import waits
from desk.sync.trust import doubts
from ui import tasks
from ui.window import MainWindow


def shown(desk: Desk, settle: Callable[[], None]) -> MainWindow:
    window = MainWindow(desk)
    window.resize(1366, 728)
    window.show()
    tasks.wait_idle()
    window.open("sync")
    settle()
    return window


def words(window: QWidget) -> str:
    return "\n".join(one.text() for one in window.findChildren(QLabel) if one.isVisible())


def test_one_press_lets_a_new_desk_read(
    make_desk: Callable[..., Desk], qtbot: object, settle: Callable[[], None]
) -> None:
    one = make_desk("one")
    one.register(full_draft(one))
    sync(one)
    new = make_desk("new")
    sync(new)
    other = shown(new, settle)
    assert "本机自" in words(other)
    assert "点“同意”" in words(other)
    keep(other, "waits")
    sync(one)
    with one.store.write() as db:
        doubts.note(
            db, doubts.Doubt("x", "1.ab", "旗中心签名说旗中心的第 8 条记录是另一个样子。", "2026-11-24T09:00:00+08:00")
        )
    window = shown(one, settle)
    assert f"新终端 {new.identity.node}" in words(window)
    assert "另一个样子" in words(window)
    keep(window, "asked")
    button = window.findChild(QPushButton, "sync-admit-0")
    assert button is not None
    assert new.identity.node in button.accessibleName()
    button.click()
    settle()
    tasks.wait_idle()
    settle()
    with one.store.read() as db:
        assert waits(db) == {}
    assert window.findChild(QPushButton, "sync-admit-0") is None
    assert sync(new).received
    assert not new.sync_status().waits_since
    for each in (window, other):
        each.close()
        each.deleteLater()


def keep(window: QWidget, name: str) -> None:
    if folder := os.environ.get("DAIBAN_PICTURES"):
        window.grab().save(str(Path(folder) / f"past-{name}.png"))
