"""What goes with government information: attached while it is written, kept when the window is closed, handed in."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QPushButton

from ui.dialogs.township.memos import MemoAsk, MemosDialog
from ui.tour import type_text
from ui.window import MainWindow

KEEP = os.environ.get("DAIBAN_PICTURES", "")  # a folder for pictures


def begun(dialog: MemosDialog, settle: Callable[[], None]) -> MemoAsk:
    dialog.compose()
    settle()
    (ask,) = [one for one in dialog.findChildren(MemoAsk) if one.isVisible()]
    return ask


def test_attached_closed_opened_dropped_and_handed_in(
    window: MainWindow, settle: Callable[[], None], tmp_path: Path
) -> None:
    for name, data in (("接羔.jpg", b"\xff\xd8\xffj"), ("统计表.pdf", b"%PDF-1.7"), ("a.exe", b"MZ")):
        (tmp_path / name).write_bytes(data)
    dialog = MemosDialog(window, window.desk)
    dialog.open()
    ask = begun(dialog, settle)
    type_text(ask.editor("title"), "接羔保育顺利")
    ask.attach([tmp_path / one for one in ("接羔.jpg", "统计表.pdf", "a.exe")])
    settle()
    assert [one.partition("　")[0] for one in ask.files.texts()] == ["接羔.jpg", "统计表.pdf"]
    assert "不是图片" in ask._told.text()  # what cannot go along is said, and keeps nothing else back
    if KEEP:
        ask.grab().save(f"{KEEP}/memo-ask.png")
    ask.reject()
    settle()
    again = begun(dialog, settle)
    assert len(again.files.texts()) == 2
    again.files.go(0)
    again.findChild(QPushButton, "memo-ask-drop").click()
    type_text(again.editor("text"), "今春产羔两万只。")
    again.submit()
    settle()
    (line,) = window.desk.memos.all()
    assert [one.name for one in line.memo.files] == ["统计表.pdf"]
    dialog.list.go(0)
    settle()
    assert "统计表.pdf" in dialog.words.text()
    if KEEP:
        dialog.grab().save(f"{KEEP}/memos.png")
    dialog.reject()
