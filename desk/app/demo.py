"""The demonstration: a small office with a local centre of its own, made up and marked as such.

The centre runs as a process of its own, reached over loopback like any centre; its clerk works through its web pages.
"""

from __future__ import annotations

import html
import io
import os
import re
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from types import TracebackType
from urllib.parse import urlencode

import msgspec
import platformdirs

from desk.app import opening
from desk.app.open_desk import Desk
from desk.counter.office import accounts
from desk.errors import CancelledError, SurroundingsError
from desk.log.events import Person
from desk.store.account import Account
from desk.sync.outcome import Cancelled, Report, SyncProgress

CODE, CENTRE_NAME = "152523", "苏尼特左旗政务服务中心（演示）"
POINT, POINT_NAME = "152523202202", "乌日尼勒图嘎查便民代办点"
AGENT, SECOND = Account("suhe", "苏和"), Account("narisu", "娜日苏")
PASSWORD = "caoyuan-2026"  # noqa: S105 - shown on the login page of the demonstration only
CLERK, CLERK_NAME, CLERK_ORG = "wulan", "乌兰", "苏尼特左旗政务服务中心综合窗口"
WATCHER, WATCHER_NAME, WATCHER_ORG = "manduhu", "满都呼", "苏尼特左旗纪委监委派驻组"
PHONE = "0479-0000000"
CENTRE, DESK = "centre", "desk"  # folders of the demonstration
_READY_SECONDS = 120.0  # of an old PC that has much else to do; one that ends is told of at once

# Made-up people; the numbers' check digits are right, so that the real checks run.
PEOPLE = (
    Person("阿拉坦其其格", "111", "152523195603020027", "13900000001", "乌日尼勒图嘎查一组"),
    Person("那顺乌力吉", "111", "152523197108150018", "13900000002", "乌日尼勒图嘎查二组"),
    Person("查干巴拉", "111", "152523198811230030", "", "乌日尼勒图嘎查三组"),
)


class DemoFacts(msgspec.Struct, frozen=True):
    """What the login page of the demonstration shows, and where things lie."""

    folder: Path
    address: str
    account: str
    name: str
    password: str
    clerk: str
    clerk_password: str


def default_folder() -> Path:
    """Where the demonstration lives, apart from any real desk."""
    return Path(platformdirs.user_data_path("daiban-desk", appauthor=False)) / "demonstration"


def _ours(*words: str) -> list[str]:
    """A command of this program, whatever lies in the folder in which it was started."""
    return [sys.executable, "-P", "-m", "desk", *words]


class LocalCentre:
    """A centre on loopback, in a process of its own, for as long as the block lasts."""

    def __init__(self, folder: Path, port: int = 0) -> None:
        self.folder, self._port = folder, port
        self._process: subprocess.Popen[str] | None = None
        self._hearing = threading.Lock()
        self.address = ""

    def run(self, *step: str, password: str = "") -> str:
        """Run one step of `desk centre`; what it printed."""
        done = subprocess.run(  # noqa: S603 - our own program
            [*self._command(), *step],
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            env=_environment(password),
        )
        if done.returncode:
            said = done.stderr.strip()[-500:] or done.stdout.strip()[-500:]
            raise SurroundingsError(f"本机的演示中心没有做到 {step[0]}：{said}", "", "请按提示处理后再试。")
        return done.stdout.strip()

    def _command(self) -> list[str]:
        return _ours("centre", "--data", str(self.folder))

    def __enter__(self) -> LocalCentre:
        if not (self.folder / "centre.key").exists():
            self.run("init", "--code", CODE, "--name", CENTRE_NAME, "--sample")
            self.run("add-clerk", "--own", CLERK, CLERK_NAME, CLERK_ORG, password=PASSWORD)
        self.start()
        return self

    def start(self) -> None:
        """Start serving; returns when the centre says that it listens."""
        self.begin()
        self.wait()

    def begin(self) -> None:
        """Start serving, and wait for nothing."""
        self._process = subprocess.Popen(  # noqa: S603 - our own program
            [*self._command(), "serve", "--with-parent", "--port", str(self._port)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
            env=_environment(""),
        )

    def wait(self) -> str:
        """The address, when it listens. Raises SurroundingsError."""
        with self._hearing:
            if self._process is not None and not self.address:
                self.address = _listening(self._process)
                self._port = int(self.address.rpartition(":")[2])
            return self.address

    def stop(self, *, kill: bool = False) -> None:
        """Stop serving, politely or as a power cut does."""
        if self._process is None:
            return
        if kill:
            self._process.kill()
        else:
            self._process.terminate()
        self._process.wait(15)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                pipe.close()
        self._process, self.address = None, ""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def _environment(password: str) -> dict[str, str]:
    extra = {"PYTHONUTF8": "1"} | ({"DAIBAN_PASSWORD": password} if password else {})
    return os.environ | extra


def _listening(process: subprocess.Popen[str]) -> str:
    """The address that the process says it listens at."""
    said: list[str] = []

    def read() -> None:
        if process.stdout:
            said.append(process.stdout.readline())

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    reader.join(_READY_SECONDS)
    words = (said[0] if said else "").split()
    if len(words) != 2 or words[0] != "listening":
        process.kill()
        raise SurroundingsError("本机的演示中心没有启动。", "", "请重新运行；若仍不行，请看端口是否被占用。")
    return words[1]


def prepare(folder: Path, centre: LocalCentre) -> DemoFacts:
    """The demonstration office in `folder`, enrolled at `centre`; made on the first call, found on the next."""
    if not accounts.accounts(folder):
        code = centre.run("enrol-code", POINT, POINT_NAME)
        opening.create_desk(folder, centre.address, code, AGENT, PASSWORD, phone=PHONE, demonstration=True)
    desk = opening.open_desk(folder, AGENT.account, PASSWORD)
    lead_to(desk, centre)
    desk.close()
    return DemoFacts(folder, centre.address, AGENT.account, AGENT.name, PASSWORD, CLERK, PASSWORD)


def lead_to(desk: Desk, centre: LocalCentre) -> Desk:
    """The same desk; from now on it finds the centre where that listens today."""
    if desk.identity.address != centre.wait():
        desk.set_centre_address(centre.wait())
    return desk


def made(place: Path) -> bool:
    """Whether the demonstration stands in `place`: the desk is put there last, when all is done."""
    return (place / DESK).exists()


def make(place: Path, report: Report, cancelled: Cancelled) -> None:
    """Make the demonstration in `place`, in a process of its own that knows both sides; nothing where it stands.

    Raises CancelledError, SurroundingsError: nothing is there then."""
    if made(place):
        return
    place.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile("w+", encoding="utf-8") as said:
        making = subprocess.Popen(  # noqa: S603 - our own program
            _ours("demonstration", str(place)),
            stdout=subprocess.PIPE,
            stderr=said,
            text=True,
            encoding="utf-8",
            env=_environment(""),
        )
        try:
            _follow(making, report, cancelled)
        finally:
            making.kill()  # where it was stopped; else it has ended
            making.wait()
        if making.returncode:
            said.seek(0)
            raise SurroundingsError("演示点没有建成。", "", said.read().strip()[-500:])


def _follow(making: subprocess.Popen[str], report: Report, cancelled: Cancelled) -> None:
    with making.stdout or io.StringIO() as lines:
        for line in lines:
            if cancelled():
                raise CancelledError("演示点没有做完。", "下次打开会重新做。")
            done, total, day = line.split(maxsplit=2)
            report(SyncProgress(day.strip(), int(done), int(total)))
    making.wait()


class Clerk:
    """The centre's clerk at a browser: the same pages, the same forms, over HTTP."""

    def __init__(self, facts: DemoFacts) -> None:
        from urllib import request  # the window needs none of it to begin

        self._address = facts.address
        self._http = request.build_opener(request.ProxyHandler({}), request.HTTPCookieProcessor())
        self._said("/login", account=facts.clerk, password=facts.clerk_password)

    def close(self) -> None:
        """Leave."""
        self._http.close()

    def _said(self, path: str, **typed: str) -> str:
        """What the centre says, where a form was `typed` to that, in the end: redirects lead on. Raises OSError."""
        form = urlencode(typed).encode() if typed else None
        with self._http.open(self._address + path, form, timeout=20) as answer:
            return str(answer.read(), "utf-8")

    def page(self, intake_no: str) -> str:
        """The page of a case."""
        return self._said(f"/cases/{intake_no}")

    def listed(self) -> str:
        """The list of cases."""
        return self._said("/cases")

    def do(self, intake_no: str, act: str, **typed: str) -> str:
        """Fill the form of `act` on the page of a case and send it; the page that comes back."""
        page = self.page(intake_no)
        hidden = {name: _hidden(page, name) for name in ("csrf", "seen")}
        return self._said(f"/cases/{intake_no}/{act}", **hidden, **typed)


def _hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    if found is None:
        raise SurroundingsError("中心的页面上没有要填的表。")
    return html.unescape(found[1])
