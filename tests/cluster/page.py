"""The page of what happens: who leads, what was acknowledged, what was tried, and buttons to try it. On loopback."""

from __future__ import annotations

import http.server
import json
import secrets
import select
import socket
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cluster import ground
from cluster.hosts import CLERK, PASSWORD, asked
from cluster.nodes import Cluster
from cluster.people import Journal
from cluster.trials import FAULTS, Trial

_KEPT = 200  # lines of what happened
_MOST = 100  # bytes of what a button says
_ROLES = {"leader": "主", "master": "主", "sync_standby": "同步备机", "replica": "备机"}
# In words: what Patroni says of a database, how syncs ended, what a host lacks. Other words stand as they are.
_STATES = {
    "running": "在运行", "streaming": "在跟随", "in archive recovery": "在恢复", "creating replica": "正在重做",
    "starting": "正在启动", "start failed": "启动失败", "stopping": "正在停", "stopped": "已停", "crashed": "已崩溃",
}  # fmt: skip
_ENDS = {
    "done": "完成", "offline": "没有连上", "not_centre": "不是本中心", "mismatch": "对不上", "refused": "中心不收",
    "busy": "中心正忙", "cancelled": "停下", "not_enrolled": "没有入网",
}  # fmt: skip
_LACKS = {"database": "数据库", "schema": "数据库版本", "disk": "磁盘", "writes": "写入", "log": "日志"}


class Board:
    """What the page shows, looked up now and then."""

    def __init__(self, cluster: Cluster, journal: Journal, centre: str) -> None:
        self._cluster, self._journal, self._centre = cluster, journal, centre
        self._told: list[str] = []
        self._busy = threading.Lock()
        self.trial: Trial | None = None
        self.token = secrets.token_hex(16)  # another page in the browser does not know it

    def say(self, words: str) -> None:
        """Something happened."""
        self._told = [words, *self._told][:_KEPT]

    def state(self) -> dict[str, Any]:
        """All of it, now."""
        journal, room = self._journal, self._cluster.ground.can_cut
        outcomes = "、".join(f"{_ENDS.get(name, name)} {count}" for name, count in journal.outcomes.items())
        return {
            "token": self.token,
            "centre": self._centre,
            "account": CLERK,
            "password": PASSWORD,
            "machines": [*self._databases(), *self._hosts()],
            "counts": f"推送 {journal.pushes} 次，记录 {len(journal.acked)} 条，"
            f"终端听到的回传 {len(journal.heard)} 条，受理 {len(journal.accepted)} 件。同步的结果：{outcomes}",
            "faults": [{"name": k, "words": v.words} for k, v in FAULTS.items() if room or not v.needs_room],
            "busy": self._busy.locked() or self.trial is None,
            "told": self._told,
        }

    def _databases(self) -> list[dict[str, Any]]:
        members = self._cluster.members()
        found = []
        for name, one in self._cluster.databases.items():
            told = members.get(name, {})
            state = str(told.get("state", "没有回答"))
            row = {"name": name, "address": one.address, "role": _ROLES.get(str(told.get("role")), "—")}
            found.append({**row, "state": _STATES.get(state, state), "good": state in ("running", "streaming")})
        return found

    def _hosts(self) -> list[dict[str, Any]]:
        found = []
        for name, one in self._cluster.hosts.items():
            status, told = asked(one.readyz, seconds=4)
            lacks = "没有回答"
            if isinstance(told, dict):
                lacks = "、".join(_LACKS.get(key, key) for key, good in told.items() if not good and key != "ok")
            state = "能写" if status == 200 else f"没准备好（{lacks}）"
            found.append({"name": name, "address": one.address, "role": "中心", "state": state, "good": status == 200})
        return found

    def run(self, name: str) -> bool:
        """Begin a fault, one at a time; whether it was begun."""
        if self.trial is None or name not in FAULTS or not self._busy.acquire(blocking=False):
            return False
        threading.Thread(target=self._run, args=[self.trial, name], daemon=True).start()
        return True

    def _run(self, trial: Trial, name: str) -> None:
        try:
            trial.say(f"试：{FAULTS[name].words} …")
            trial.run(name)
        except (ground.CannotError, TimeoutError, AssertionError) as error:
            trial.say(f"{FAULTS[name].words}：{error}")
        finally:
            self._busy.release()


def serve(listener: socket.socket, board: Board) -> None:
    """The page, until the process ends."""
    text = Path(__file__).with_name("page.html").read_bytes()

    class Answers(http.server.BaseHTTPRequestHandler):
        """Three addresses."""

        def do_GET(self) -> None:
            """The page or its figures."""
            if self.path == "/":
                self._answer(200, "text/html; charset=utf-8", text)
            elif self.path == "/state.json":
                self._answer(200, "application/json", json.dumps(board.state()).encode())
            else:
                self._answer(404, "text/plain", b"")

        def do_POST(self) -> None:
            """A button."""
            if self.path != "/try" or not secrets.compare_digest(self.headers.get("X-Token", ""), board.token):
                self._answer(403, "text/plain", b"")
                return
            name = self.rfile.read(min(_MOST, int(self.headers.get("Content-Length", 0)))).decode()
            self._answer(202 if board.run(name) else 409, "text/plain", b"")

        def _answer(self, status: int, kind: str, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Nobody reads it."""

    server = http.server.ThreadingHTTPServer(listener.getsockname(), Answers, bind_and_activate=False)
    server.socket.close()
    server.socket = listener
    threading.Thread(target=server.serve_forever, daemon=True).start()


def lead(listener: socket.socket, to: tuple[str, int]) -> None:
    """Whoever connects to `listener`, which may be of another name space, is connected to `to`."""

    def accept() -> None:
        while True:
            here, _ = listener.accept()
            _aside(lambda here=here: _carry(here, to))

    _aside(accept)


def _carry(here: socket.socket, to: tuple[str, int]) -> None:
    try:
        with here, socket.create_connection(to, 10) as there:
            other = {here: there, there: here}
            while True:
                for one in select.select([here, there], [], [])[0]:
                    data = one.recv(1 << 16)
                    if not data:
                        return
                    other[one].sendall(data)
    except OSError:
        return


def _aside(work: Callable[[], None]) -> None:
    threading.Thread(target=work, daemon=True).start()
