"""The login page after an update that was left: the reason stands there, before anybody types the password again."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from desk.app.open_desk import Desk
from desk.release import programs
from ui.app import Front
from ui.login import LoginPage

TOLD = "新版本 9.0 没有启动成功，已自动回到 0.1.0。数据没有丢失。请告诉旗中心。"


@pytest.mark.parametrize("told", ["", TOLD])
def test_it_is_said_before_the_password(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: object, told: str
) -> None:
    monkeypatch.setenv("DAIBAN_PROGRAMS", str(tmp_path / "programs"))
    if told:
        programs.keep(programs.State(told=told, left=["9.0"]))
    desk.close()
    page = Front(desk.folder).login
    qtbot.addWidget(page)
    page.show()
    assert isinstance(page, LoginPage)
    assert (TOLD in [one.text() for one in page.findChildren(QLabel) if one.isVisible()]) is bool(told)
