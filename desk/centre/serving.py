"""The service as a process, or as several that accept on one socket and share one PostgreSQL.

The first process of them does what is done once: sending on to the level above. One that dies is started again; asked
to end, each finishes what it answers.
"""

from __future__ import annotations

import contextlib
import logging
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from types import FrameType

import uvicorn

from desk.centre import authority, figuring, seat, upstream, watching
from desk.centre.site import app, listening
from desk.errors import DeskError, RefusedError
from desk.sync import pace

_log = logging.getLogger("desk.centre")
_FORWARD_EVERY = 15.0  # seconds
_GRACE = 8  # seconds that answers may take when the service ends
_PATIENCE = 1.0  # seconds before a process that died is started again


def serve(centre: seat.Centre, host: str, port: int, *, workers: int, with_parent: bool) -> None:
    """Answer until told to end. Raises RefusedError for several processes on the embedded database."""
    if workers > 1 and not centre.database.is_postgres:
        raise RefusedError("SQLite 只能用一个进程。", "没有启动。", "要用多个进程，请换用 PostgreSQL。")
    with listening(host, port) as listener:
        scheme = "https" if _certificate(centre) else "http"
        print(f"listening {scheme}://{host}:{listener.getsockname()[1]}", flush=True)  # noqa: T201 - who started us reads it
        if workers > 1:
            _several(centre.folder, listener, workers)
        else:
            answer(centre, listener, first=True, with_parent=with_parent)


def answer(centre: seat.Centre, listener: socket.socket, *, first: bool, with_parent: bool = False) -> None:
    """Answer on `listener` in this process."""
    config = uvicorn.Config(app(centre), log_level="warning", access_log=False, timeout_graceful_shutdown=_GRACE)
    config.ssl_certfile = _certificate(centre)
    if first and upstream.upstream(centre) is not None:
        threading.Thread(target=_forwarding, args=[centre], daemon=True).start()
    ending = threading.Event()
    if first:
        threading.Thread(target=figuring.run, args=[centre, ending], daemon=True).start()
    server = uvicorn.Server(config)
    if with_parent:
        threading.Thread(target=_end_with_parent, args=[server], daemon=True).start()
    with watching.beside(centre) if first else contextlib.nullcontext():
        server.run(sockets=[listener])
    ending.set()


def _certificate(centre: seat.Centre) -> str | None:
    path = centre.folder / authority.SERVER
    return str(path) if path.is_file() else None


def _several(folder: Path, listener: socket.socket, workers: int) -> None:
    """Keep `workers` processes on the socket until SIGTERM or SIGINT."""
    ending = threading.Event()

    def end(_signal: int, _frame: FrameType | None) -> None:
        ending.set()

    for one in (signal.SIGTERM, signal.SIGINT):
        signal.signal(one, end)
    running = {number: _started(folder, listener, number) for number in range(workers)}
    while not ending.wait(_PATIENCE):
        for number, process in running.items():
            if process.poll() is not None:
                _log.warning("process %d ended with %s and is started again", number, process.returncode)
                running[number] = _started(folder, listener, number)
    for process in running.values():
        process.send_signal(signal.SIGTERM)
    for process in running.values():
        try:
            process.wait(_GRACE + 5)
        except subprocess.TimeoutExpired:
            process.kill()


def _started(folder: Path, listener: socket.socket, number: int) -> subprocess.Popen[bytes]:
    listener.set_inheritable(True)
    handle = listener.fileno()
    command = [sys.executable, "-m", "desk", "centre", "--data", str(folder), "serve"]
    return subprocess.Popen(  # noqa: S603 - our own program
        [*command, "--socket", str(handle), "--worker", str(number)], pass_fds=[handle], stdin=subprocess.DEVNULL
    )


def inherited(handle: int) -> socket.socket:
    """The socket that the process which started us passed on."""
    return socket.socket(fileno=handle)


def _forwarding(centre: seat.Centre) -> None:
    """Send on what comes, for as long as the service runs; trouble is tried again later, with more patience."""
    trouble = 0
    while True:
        try:
            upstream.forward(centre)
            trouble = 0
        except DeskError as error:
            trouble += 1
            _log.warning("forwarding: %s", error.happened)
        time.sleep(pace.after(trouble) if trouble else _FORWARD_EVERY)


def _end_with_parent(server: uvicorn.Server) -> None:
    """Standard input ends when the program that started us does, however it died."""
    sys.stdin.read()
    server.should_exit = True
