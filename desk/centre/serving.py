"""`desk centre serve`: one process, or several on one listening socket, which end with their requests done.

Only the first process forwards to the level above. A process that dies is started again; all end when the first one,
which only watches, does.
"""

from __future__ import annotations

import contextlib
import functools
import gc
import logging
import multiprocessing
import os
import shutil
import signal
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import uvicorn

from desk import heaps
from desk.centre.levels import forwarding
from desk.centre.listener import listening
from desk.centre.node import centre_node, redating
from desk.centre.run import authority, health, logging_setup, timed_backup
from desk.centre.run.hosts import leases
from desk.centre.run.settings import Settings
from desk.centre.watch import figuring, watching
from desk.errors import DeskError, RefusedError
from desk.sync import pace

if TYPE_CHECKING:
    from fastapi import FastAPI

_log = logging.getLogger("desk.centre")
_BACKLOG = 512
_REFUSED_WAIT = 600.0  # seconds until the level above is asked again about a node that it refused
_GARBAGE = 20_000  # new objects after which the youngest are looked through
_SOON = 5.0  # a process that lived less than these seconds is not started again at once
_PATIENCE = 5.0  # seconds that a process has beyond its own limit before it is killed


class _Server(uvicorn.Server):
    """Tells the pages that stay open that the end has come."""

    def __init__(self, config: uvicorn.Config, site: FastAPI) -> None:
        super().__init__(config)
        self._site = site

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """SIGTERM or SIGINT."""
        self._site.state.ending = True
        super().handle_exit(sig, frame)

    def end(self) -> None:
        """As a signal, from another thread."""
        self._site.state.ending = True
        self.should_exit = True


def serve(centre: centre_node.Centre, url: str, settings: Settings, *, with_parent: bool = False) -> None:
    """Serve until a signal comes. Raises RefusedError for several processes on SQLite; OSError for a taken port."""
    if settings.workers > 1 and not centre.database.is_postgres:
        raise RefusedError(
            "SQLite 数据库只能由一个进程服务。", "没有启动。", "请改用 PostgreSQL，或把 workers 设为 1。"
        )
    logging_setup.setup(settings.log_format, settings.log_level)
    with listening(settings.address, settings.port, _BACKLOG) as listener:
        scheme = "https" if _certificate(centre.folder) else "http"
        sys.stdout.write(f"listening {scheme}://{settings.address}:{listener.getsockname()[1]}\n")
        sys.stdout.flush()
        if settings.workers == 1:
            _run(centre, url, settings, listener, number=0, watched=sys.stdin if with_parent else None)
        else:
            Supervisor(centre.folder, url, settings, listener).run(with_parent=with_parent)


def _certificate(folder: Path) -> str | None:
    path = folder / authority.SERVER
    return str(path) if path.is_file() else None


def _run(
    centre: centre_node.Centre,
    url: str,
    settings: Settings,
    listener: socket.socket,
    *,
    number: int,
    watched: object = None,
) -> None:
    """Serve in this process until a signal comes or `watched` ends."""
    from desk.centre.site import app  # two seconds on an old machine: not for who only watches

    site = app(centre, settings)
    config = uvicorn.Config(
        site,
        log_config=None,
        access_log=False,
        proxy_headers=False,  # the door knows whom to believe
        server_header=False,
        timeout_graceful_shutdown=settings.stop_seconds,
        ssl_certfile=_certificate(centre.folder),
    )
    server = _Server(config, site)
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, _nothing)  # uvicorn raises it again when all is done: then it has done its work
    if number == 0 and forwarding.upstream(centre) is not None:
        threading.Thread(target=_forwarding, args=[centre, settings.forward_seconds], daemon=True).start()
    heaps.few()
    gc.freeze()  # the program itself is no garbage; nor is a batch that is being taken in
    gc.set_threshold(_GARBAGE, 20, 50)
    if watched is not None:
        threading.Thread(target=_end_with, args=[server, watched], daemon=True).start()
    with _beside(centre, url, settings) if number == 0 else contextlib.nullcontext():
        server.run(sockets=[listener])


@contextlib.contextmanager
def _beside(centre: centre_node.Centre, url: str, settings: Settings) -> Iterator[None]:
    """What one process does for all as long as it serves: watch, count figures anew, work days out again, back up."""
    look = functools.partial(watching.run, silent_days=settings.silent_days)
    copy = functools.partial(timed_backup.run, url=url, settings=settings)
    with contextlib.ExitStack() as works:
        for work in (look, figuring.run, redating.run, copy):
            works.enter_context(watching.beside(centre, work))
        yield


def _nothing(_signal: int, _frame: FrameType | None) -> None:
    pass


def _forwarding(centre: centre_node.Centre, every: int) -> None:
    """Send on what comes, for as long as the service runs and no other host does it; trouble is tried again later, with
    more patience."""
    trouble = 0
    lease = leases.Lease(centre, leases.FORWARDING)
    while True:
        try:
            with lease.held() as is_ours:
                if is_ours:
                    forwarding.forward(centre, _REFUSED_WAIT)
            trouble = 0
        except DeskError as error:
            trouble += 1
            _log.warning("forwarding: %s", error.happened)
        except Exception:  # noqa: BLE001 - the database may be away: the service goes on, and so does this
            trouble += 1
            _log.exception("forwarding")
        time.sleep(pace.after(trouble) if trouble else every)


def _end_with(server: _Server, watched: object) -> None:
    """What the program that started us holds ends when it does, however it died."""
    try:
        if isinstance(watched, Connection):
            watched.recv_bytes()
        else:
            sys.stdin.read()
    except (OSError, EOFError):
        pass
    server.end()


def work(folder: Path, url: str, settings: Settings, listener: socket.socket, number: int, life: Connection) -> None:
    """One of several processes."""
    logging_setup.setup(settings.log_format, settings.log_level)
    centre = centre_node.Centre(folder, url, line=settings.line())
    try:
        _run(centre, url, settings, listener, number=number, watched=life)
    finally:
        centre.close()


class Supervisor:
    """Watches the processes."""

    def __init__(self, folder: Path, url: str, settings: Settings, listener: socket.socket) -> None:
        self._context = multiprocessing.get_context("spawn")
        self._told = (folder, url, settings, listener)
        self._settings = settings
        self._life, self._ours = self._context.Pipe(duplex=False)  # `_ours` is never written: it ends with us
        self._at: dict[int, tuple[SpawnProcess, float]] = {}
        self._ending = threading.Event()

    def run(self, *, with_parent: bool) -> None:
        """Until a signal comes; then every process ends with its requests done."""
        figures = tempfile.mkdtemp(prefix="daiban-figures-")
        os.environ[health.SHARED] = figures
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, self._end)
        if with_parent:
            threading.Thread(target=self._end_with_parent, daemon=True).start()
        try:
            for number in range(self._settings.workers):
                self._start(number)
            while not self._ending.is_set():
                wait([process.sentinel for process, _ in self._at.values()], timeout=0.3)
                self._again()
        finally:
            self._stop()
            shutil.rmtree(figures, ignore_errors=True)

    def _end(self, _signal: int, _frame: FrameType | None) -> None:
        self._ending.set()

    def _end_with_parent(self) -> None:
        sys.stdin.read()
        self._ending.set()

    def _start(self, number: int) -> None:
        process = self._context.Process(target=work, args=(*self._told, number, self._life), name=f"worker-{number}")
        process.start()
        self._at[number] = process, time.monotonic()

    def _again(self) -> None:
        for number, (process, since) in list(self._at.items()):
            if process.is_alive() or self._ending.is_set():
                continue
            _log.error("a process died and is started again", extra={"worker": number})
            process.close()
            if time.monotonic() - since < _SOON:
                self._ending.wait(1)
            if not self._ending.is_set():
                self._start(number)
            else:
                del self._at[number]

    def _stop(self) -> None:
        for process, _ in self._at.values():
            process.terminate()
        until = time.monotonic() + self._settings.stop_seconds + _PATIENCE
        for process, _ in self._at.values():
            process.join(max(0.0, until - time.monotonic()))
            if process.is_alive():
                process.kill()
                process.join()
