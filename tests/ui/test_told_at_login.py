"""Who comes in is told what was tried at the door, and of a way back that leads nowhere."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest
from conftest import PASSWORD
from PySide6.QtWidgets import QApplication, QLabel

from db import vault
from desk.app import opening
from desk.app.open_desk import Desk
from desk.errors import RefusedError
from ui.messages import Toast
from ui.widgets.ask import Ask
from ui.window import MainWindow

Settle = Callable[[], None]


def _told() -> Ask | None:
    shown = [one for one in QApplication.topLevelWidgets() if isinstance(one, Ask) and one.isVisible()]
    return next((one for one in shown if one.objectName() == "vault-found"), None)


def _words(ask: Ask) -> str:
    return "".join(one.text() for one in ask.findChildren(object) if hasattr(one, "text"))


def test_a_broken_way_back_is_told_and_made_anew_in_the_window(desk: Desk, settle: Settle, qtbot: object) -> None:
    kept = vault.read(desk.folder)
    assert kept is not None
    assert kept.back is not None
    broken = msgspec.structs.replace(kept.back, wrapped=bytes(48))
    vault.write(desk.folder, msgspec.structs.replace(kept, back=broken))
    desk.close()
    again = opening.open_desk(desk.folder, "suhe", PASSWORD)
    window = MainWindow(again)
    qtbot.addWidget(window)
    window.show()
    settle()
    ask = _told()
    assert ask is not None
    assert "中心也打不开" in _words(ask)
    ask.ok.click()
    settle()
    assert not again.agents.found().broken
    window.safe.came_in()
    settle()
    assert _told() is None
    window.close()


def test_wrong_passwords_are_told_at_the_foot_and_in_the_settings(
    window: MainWindow, settle: Settle, qtbot: object
) -> None:
    for times in (1, 4):
        window.run("lock")
        for _ in range(times):
            with pytest.raises(RefusedError):
                window.desk.admit("suhe", "a guess")
        window.desk.admit("suhe", PASSWORD)
        window.lock.open()
        settle()
        assert _told() is None
        assert f"苏和 {times} 次" in window.findChildren(Toast)[-1].accessibleName()
    window.open("settings")
    page = window.page("settings")
    qtbot.waitUntil(lambda: any("苏和 5 次" in one.text() for one in page.findChildren(QLabel)))
