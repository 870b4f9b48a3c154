"""A room of its own for a cluster: as root, name spaces that vanish with everything in them when the command ends,
however it ends; else this machine's loopback, and what was started is ended one by one.

The command is started twice: outside, by any Python, it finds the programs and opens the page's port; inside it works.
Only the standard library is used here.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path

from cluster import pieces

ROOT = Path(__file__).resolve().parents[2]
ROOM, FOUND, LISTENERS, FOLDER = (
    "DAIBAN_CLUSTER_ROOM", "DAIBAN_CLUSTER_FOUND", "DAIBAN_CLUSTER_LISTENERS", "DAIBAN_CLUSTER_FOLDER",
)  # fmt: skip
NAMESPACES, LOOPBACK = "namespaces", "loopback"
LACKING = 77  # the status where something is not there
_UNSHARE = ["unshare", "--net", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc"]
_PATIENCE = 90  # seconds until everything has ended


def is_inside() -> bool:
    """Whether this is the second start."""
    return ROOM in os.environ


def python() -> str:
    """The Python of the set-up environment. Raises pieces.LackingError."""
    sys.path.insert(0, str(ROOT / "installer"))
    import bootstrap  # of installer/: where the environment lies

    for place in (ROOT / ".venv", bootstrap.place_of_environment(ROOT)):
        if (found := place / "bin" / "python").exists():
            return str(found)
    raise pieces.LackingError("程序自己的环境：先运行 python3 installer/bootstrap.py test --collect-only")


def can_have_namespaces() -> bool:
    """Whether we may make name spaces for networks, mounts and processes."""
    if os.geteuid() != 0:
        return False
    tried = [*_UNSHARE, "sh", "-c", "ip link add tried type bridge"]
    with contextlib.suppress(OSError):
        return subprocess.run(tried, capture_output=True, check=False).returncode == 0
    return False


def run(
    module: str,
    argv: Sequence[str],
    *,
    version: str,
    may_fetch: bool,
    loopback: bool = False,
    ports: Sequence[int] = (),
) -> int:
    """Start `module` inside; its status. `ports`: of loopback, on which it listens; 0 for any free one."""
    try:
        ours = python()
        found = pieces.find(version, may_fetch=may_fetch, by=ours)
    except pieces.LackingError as error:
        print(f"还缺这些，装好再来：\n{error}", file=sys.stderr)
        return LACKING
    room = NAMESPACES if not loopback and can_have_namespaces() else LOOPBACK
    folder = Path(tempfile.mkdtemp(prefix="daiban-cluster-"))
    folder.chmod(0o755)  # PostgreSQL is another user
    env = os.environ | {ROOM: room, FOUND: found.text(), FOLDER: str(folder), "PYTHONUTF8": "1"}
    env["PYTHONPATH"] = os.pathsep.join((str(ROOT), str(ROOT / "tests")))
    with contextlib.ExitStack() as held:
        held.callback(shutil.rmtree, folder, ignore_errors=True)
        try:
            fds = [held.enter_context(socket.create_server(("127.0.0.1", one))).fileno() for one in ports]
        except OSError as error:
            print(
                f"端口 {'、'.join(map(str, ports))} 用不了（{error}）：换一个，--port 0 用随便哪个空着的。",
                file=sys.stderr,
            )
            return 1
        env[LISTENERS] = ",".join(map(str, fds))
        words = [*(_UNSHARE if room == NAMESPACES else []), ours, "-m", module, *argv]
        return _waited(subprocess.Popen(words, stdin=subprocess.PIPE, pass_fds=fds, env=env, start_new_session=True))


def _waited(started: subprocess.Popen[bytes]) -> int:
    """Its status; once we are asked to end, it is, and then killed."""

    def end(_signal: int, _frame: object) -> None:
        raise KeyboardInterrupt

    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, end)
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # as nohup asks for
        signal.signal(signal.SIGHUP, end)
    try:
        return started.wait()
    except KeyboardInterrupt:
        print("\n正在结束 …", file=sys.stderr, flush=True)
        assert started.stdin is not None
        started.stdin.close()
        try:
            started.wait(_PATIENCE)
        except (KeyboardInterrupt, subprocess.TimeoutExpired):
            started.kill()  # in name spaces nothing outlives it
            started.wait()
        return 130


def given() -> tuple[Path, str, pieces.Pieces]:
    """Inside: the folder, which kind of room it is, the programs."""
    return Path(os.environ[FOLDER]), os.environ[ROOM], pieces.Pieces(**json.loads(os.environ[FOUND]))


def enter() -> None:
    """Inside: be the first process of the name space, which buries the others, and go on in a child of it; end when
    who started us does. Call it before there are threads."""
    if os.environ[ROOM] == NAMESPACES:
        child = os.fork()
        if child:
            os.close(0)  # the child's alone
            for name in (signal.SIGTERM, signal.SIGINT):
                signal.signal(name, lambda number, _frame: os.kill(child, number))
            while True:
                with contextlib.suppress(InterruptedError):
                    ended, status = os.wait()
                    if ended == child:
                        os._exit(os.waitstatus_to_exitcode(status) & 0xFF)
    signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored by whom a shell started aside

    def watch() -> None:
        sys.stdin.read()
        os.kill(os.getpid(), signal.SIGINT)

    threading.Thread(target=watch, daemon=True).start()
