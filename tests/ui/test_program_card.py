"""程序 among the settings: a newer version of the centre's, fetched while the window works on."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Served
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from PySide6.QtWidgets import QLabel, QPushButton

from desk.centre.exchange.release import offering
from desk.release import package_file
from desk.sync.outcome import Outcome
from ui import tasks
from ui.widgets.ask import Ask
from ui.window import MainWindow

KEY = Ed25519PrivateKey.generate()


def test_a_version_is_fetched_beside_the_work_and_may_be_stopped(
    window: MainWindow,
    served: Served,
    settle: Callable[[], None],
    qtbot: object,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DAIBAN_PROGRAMS", str(tmp_path / "programs"))
    monkeypatch.setattr(package_file, "trusted", lambda: (KEY.public_key().public_bytes_raw(),))
    (tmp_path / "in" / "bin").mkdir(parents=True)
    (tmp_path / "in" / "bin" / "python3").write_bytes(bytes(1_300_000))
    file = tmp_path / "a.DBU"
    package_file.pack(tmp_path / "in", file, "9.0.0", "2026-12-01", KEY.private_bytes_raw(), "新的。")
    offering.bring(served.centre, file)
    assert window.desk.sync(lambda _far: None, lambda: False).outcome is Outcome.DONE
    offering.offer(served.centre, "guan", "9.0.0", package_file.platform(), to_all=False)
    assert window.desk.sync(lambda _far: None, lambda: False).outcome is Outcome.DONE
    window.open("settings")
    page = window.page("settings")
    qtbot.waitUntil(lambda: page.findChild(QPushButton, "settings-update-fetch") is not None, timeout=5000)
    settle()
    fetch = page.findChild(QPushButton, "settings-update-fetch")
    version = page.findChild(QLabel, "settings-version")
    assert "旗中心提供了 9.0.0" in version.text()

    fetch.click()
    assert fetch.text() == "停下"
    fetch.click()
    settle()
    assert (fetch.text(), fetch.isEnabled()) == ("取来并装上", True)

    busy = threading.Event()
    tasks.run(window, busy.wait)  # somebody's saving takes long
    try:
        fetch.click()
        qtbot.waitUntil(lambda: window.findChild(Ask, "update") is not None, timeout=10_000)
        assert "旗中心提供了 9.0.0" in version.text()
    finally:
        busy.set()
    settle()
    window.findChild(Ask, "update").reject()
