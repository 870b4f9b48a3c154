"""`desk centre serve`: one process, or several on one listening socket, which end with their requests done.

Only the first process does what is done beside answering. A process that dies is started again; all end when the first
one, which only watches, does.
"""

from __future__ import annotations

import contextlib
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
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from pathlib import Path
from types import FrameType

import uvicorn
from starlette.types import ASGIApp

from desk import heaps
from desk.centre import beside
from desk.centre.house import tls
from desk.centre.house.members import Members, folders, held
from desk.centre.listener import listening
from desk.centre.node import centre_node
from desk.centre.run import authority, health, logging_setup
from desk.centre.run.hosts import patroni
from desk.centre.run.settings import Settings
from desk.errors import RefusedError

_log = logging.getLogger("desk.centre")
_BACKLOG = 512
_GARBAGE = 20_000  # new objects after which the youngest are looked through
_TURNS = 0.0005  # seconds for which a thread keeps Python to itself while another wants it
_SOON = 5.0  # a process that lived less than these seconds is not started again at once
_PATIENCE = 5.0  # seconds that a process has beyond its own limit before it is killed


class _Server(uvicorn.Server):
    """Says that it is leaving, where something before it shares requests out, and takes them until it is no longer sent
    any; then tells the pages that stay open that the end has come."""

    def __init__(
        self, config: uvicorn.Config, leaving: Callable[[], None], ending: Callable[[], None], seconds: int
    ) -> None:
        super().__init__(config)
        self._leaving, self._ending, self._seconds = leaving, ending, seconds

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """SIGTERM, or SIGINT of somebody who does not want to wait."""
        if sig == signal.SIGTERM and self._seconds:
            self._leaving()
            after = threading.Timer(self._seconds, self.end)
            after.daemon, self._seconds = True, 0
            after.start()
            return
        self._ending()
        super().handle_exit(sig, frame)

    def end(self) -> None:
        """As a signal, from another thread."""
        self._ending()
        self.should_exit = True


def serve(centre: centre_node.Centre, url: str, settings: Settings, *, with_parent: bool = False) -> None:
    """Serve until a signal comes. Raises RefusedError for several processes on SQLite and for a Patroni that is
    too old; OSError for a taken port."""
    if settings.workers > 1 and not centre.database.is_postgres:
        raise RefusedError(
            "SQLite 数据库只能由一个进程服务。", "没有启动。", "请改用 PostgreSQL，或把 workers 设为 1。"
        )
    certificate = _certificate(centre.folder)
    with _listening(settings, is_encrypted=bool(certificate)) as listener, held(centre.folder):
        beside.look_for_pictures(centre)
        if settings.workers == 1:
            _one(centre, url, settings, listener, number=0, watched=sys.stdin if with_parent else None)
        else:
            supervisor = Supervisor(work, (centre.folder, url, settings, listener), settings, listener)
            supervisor.run(with_parent=with_parent)


def serve_house(settings: Settings, *, with_parent: bool = False) -> None:
    """Serve all centres of the house that `settings` name until a signal comes. Raises RefusedError, OSError."""
    if not folders(Path(settings.house)):
        todo = "请先用 desk centre house move-in 或 add 让中心进来。"
        raise RefusedError(f"{settings.house} 里还没有中心。", "没有启动。", todo)
    is_encrypted = tls.is_wanted(Path(settings.house))
    with _listening(settings, is_encrypted=is_encrypted) as listener:
        if settings.workers == 1:
            _house(settings, listener, number=0, watched=sys.stdin if with_parent else None)
        else:
            Supervisor(work_in_house, (settings, listener), settings, listener).run(with_parent=with_parent)


@contextlib.contextmanager
def _listening(settings: Settings, *, is_encrypted: bool) -> Iterator[socket.socket]:
    logging_setup.setup(settings.log_format, settings.log_level)
    patroni.must_be_new_enough(settings.patroni)
    with listening(settings.address, settings.port, _BACKLOG) as listener:
        scheme = "https" if is_encrypted else "http"
        sys.stdout.write(f"listening {scheme}://{settings.address}:{listener.getsockname()[1]}\n")
        sys.stdout.flush()
        yield listener


def _certificate(folder: Path) -> str | None:
    path = folder / authority.SERVER
    return str(path) if path.is_file() else None


def _one(
    centre: centre_node.Centre,
    url: str,
    settings: Settings,
    listener: socket.socket,
    *,
    number: int,
    watched: object = None,
) -> None:
    """Serve one centre in this process until a signal comes or `watched` ends."""
    from desk.centre.site import app  # two seconds on an old machine: not for who only watches

    site = app(centre, settings)

    def leave() -> None:
        site.state.leaving = True

    def end() -> None:
        site.state.ending = True

    config = _config(site, settings, ssl_certfile=_certificate(centre.folder))
    server = _Server(config, leave, end, settings.leave_seconds)
    with beside.works(centre, url, settings) if number == 0 else contextlib.nullcontext():
        _run(server, listener, watched)


def _house(settings: Settings, listener: socket.socket, *, number: int, watched: object = None) -> None:
    """Serve all centres of a house in this process."""
    from desk.centre.house.front import House

    members = Members(settings, has_works=number == 0)
    members.look()
    house = House(members, settings)
    config = _config(house, settings)
    config.load()
    config.ssl = tls.context(members)
    with house.looking():
        _run(_Server(config, house.leave, house.end, settings.leave_seconds), listener, watched)


def _config(site: ASGIApp, settings: Settings, ssl_certfile: str | None = None) -> uvicorn.Config:
    return uvicorn.Config(
        site,
        log_config=None,
        access_log=False,
        proxy_headers=False,  # the door knows whom to believe
        server_header=False,
        timeout_graceful_shutdown=settings.stop_seconds,
        ssl_certfile=ssl_certfile,
    )


def _run(server: _Server, listener: socket.socket, watched: object) -> None:
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, _nothing)  # uvicorn raises it again when all is done: then it has done its work
    heaps.few()
    gc.freeze()  # the program itself is no garbage; nor is a batch that is being taken in
    gc.set_threshold(_GARBAGE, 20, 50)
    sys.setswitchinterval(_TURNS)
    if watched is not None:
        threading.Thread(target=_end_with, args=[server, watched], daemon=True).start()
    server.run(sockets=[listener])


def _nothing(_signal: int, _frame: FrameType | None) -> None:
    pass


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
    centre = centre_node.Centre(folder, url, line=settings.line(), where=settings.where())
    try:
        _one(centre, url, settings, listener, number=number, watched=life)
    finally:
        centre.close()


def work_in_house(settings: Settings, listener: socket.socket, number: int, life: Connection) -> None:
    """One of several processes, each with all centres of a house."""
    logging_setup.setup(settings.log_format, settings.log_level)
    _house(settings, listener, number=number, watched=life)


class Supervisor:
    """Watches the processes."""

    def __init__(
        self, work: Callable[..., None], told: tuple[object, ...], settings: Settings, listener: socket.socket
    ) -> None:
        """Each does `work`, told this, its number, and a pipe that ends with us."""
        self._listener = listener
        self._context = multiprocessing.get_context("spawn")
        self._work, self._told = work, told
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
        process = self._context.Process(
            target=self._work, args=(*self._told, number, self._life), name=f"worker-{number}"
        )
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
        self._listener.close()  # while we hold it, who knocks after they closed it is kept waiting instead of sent away
        until = time.monotonic() + self._settings.leave_seconds + self._settings.stop_seconds + _PATIENCE
        for process, _ in self._at.values():
            process.join(max(0.0, until - time.monotonic()))
            if process.is_alive():
                process.kill()
                process.join()
