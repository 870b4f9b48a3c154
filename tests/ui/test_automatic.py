"""Syncing by itself never fails in silence: the header and the history show it, what waiting does not mend is said."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Callable, Iterator

import pytest
from conftest import full_draft
from PySide6.QtWidgets import QLabel

from desk.sync.outcome import Outcome
from ui import messages
from ui.window import MainWindow


class Portal(http.server.BaseHTTPRequestHandler):
    """Answers everything with a page to log in, as captive portals do."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.do_GET()

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "5")
        self.end_headers()
        self.wfile.write(b"login")

    def log_message(self, *_words: object) -> None:
        """Nothing."""


@pytest.fixture
def portal() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Portal)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


def said(window: MainWindow) -> str:
    toasts = [one for one in window.findChildren(messages.Toast) if one.isVisible()]
    return "".join(label.text() for one in toasts for label in one.findChildren(QLabel))


def test_one_sentence_for_the_first_of_many_failures(
    window: MainWindow, settle: Callable[[], None], portal: str
) -> None:
    window.desk.register(full_draft(window.desk))
    window.desk.set_centre_address(portal)
    window.automatic.go()
    settle()
    assert "自动同步没有成功" in said(window)
    assert "不是本旗中心" in said(window)
    messages.clear(window)
    for _ in range(2):
        window.automatic.go()
        settle()
    assert said(window) == ""
    window.open("sync")
    settle()
    (line,) = window.desk.sync_status().history
    assert (line.outcome, line.times) == (Outcome.NOT_CENTRE, 3)
    assert any("试了 3 次" in one.text() for one in window.page("sync").findChildren(QLabel))


def test_a_proxy_that_cannot_be_used_is_seen_in_the_history(
    window: MainWindow, settle: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    window.desk.set_centre_address("http://192.0.2.1")
    monkeypatch.setenv("ALL_PROXY", "socks5://127.0.0.1:1")
    window.automatic.go()
    settle()
    window.open("sync")
    settle()
    assert any("ALL_PROXY" in one.text() for one in window.page("sync").findChildren(QLabel))
    assert window.automatic.timer.isActive()
