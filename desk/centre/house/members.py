"""The centres of a house: each in a folder of its own below the house's, open as long as it lies there.

A folder is a centre's when `centre.toml` names its hosts. It is looked for each second, so one that is moved in is
served at once, and one whose folder says `closed` is let go. One that cannot be opened stops no other: its hosts are
told so, and it is tried again.
"""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import logging
import os
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO, TYPE_CHECKING

import msgspec
from sqlalchemy.exc import SQLAlchemyError

from db.centre.line import address
from db.errors import StoreError
from db.files import private
from desk.centre.beside import look_for_pictures, works
from desk.centre.node.centre_node import Centre
from desk.centre.node.hosts import host_keys, secret_words
from desk.centre.run import logging_setup
from desk.centre.run import settings as configuration
from desk.centre.run.settings import Settings
from desk.errors import RefusedError

if TYPE_CHECKING:
    from fastapi import FastAPI

FILE = "centre.toml"
CLOSED = "closed"  # lies in a folder that is about to be moved out
LOCK = "serving.lock"  # held by whoever serves the centre in this folder
_AGAIN = 10.0  # seconds after which one that could not be opened is tried again
_MOVED_IN = 2.0  # seconds that whoever moved it in may hold it still
_LOOK = 1.0  # seconds between two looks
_CONNECTIONS = 16  # of one centre to its PostgreSQL: no more work on it at once
_AT_ONCE = 4  # that are opened side by side
# What holds for the whole process, and is said by the house alone.
OF_HOUSE = (
    "address",
    "port",
    "workers",
    "house",
    "data",
    "trusted_proxies",
    "leave_seconds",
    "stop_seconds",
    "log_format",
    "log_level",
)
_log = logging.getLogger("desk.centre")


class Member:
    """A centre of the house. `site` while it is open, else `trouble` in words."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.name = folder, folder.name
        self.hosts: tuple[str, ...] = ()
        self.settings = Settings()
        self.site: FastAPI | None = None
        self.centre: Centre | None = None
        self.trouble = ""
        self.tried = float("-inf")
        self._open = contextlib.ExitStack()

    def prepare(self, house: Settings, others: Iterable[Member]) -> None:
        """Read how it is run and what it is called. Raises RefusedError where it would be taken for another one."""
        self.hosts = ()
        self.settings = settings_of(self.folder, house)
        for other in others:
            must_be_free(self.settings.hosts, other.name, other.hosts, "没有打开。")
        self.hosts = self.settings.hosts
        if house.workers > 1 and not address.is_postgres(self.settings.url()):
            todo = "请改用 PostgreSQL（desk centre move），或把 workers 设为 1。"
            raise RefusedError("几个进程一起服务时，每个中心都要用 PostgreSQL。", "没有打开。", todo)

    def open(self, claim: Callable[[Member, Centre], None], turn: threading.Lock | None) -> None:
        """Open it, and, with `turn`, begin what is done beside. `claim` raises where another one is the same centre.
        Raises what a centre raises that cannot be opened."""
        with contextlib.ExitStack() as opened:
            opened.enter_context(held(self.folder, patience=_MOVED_IN))
            url, line = self.settings.url(), dataclasses.replace(self.settings.line(), connections=_CONNECTIONS)
            centre = Centre(self.folder, url, line=line, where=self.settings.where())
            opened.callback(self._shut, centre)
            claim(self, centre)
            look_for_pictures(centre)
            from desk.centre.site import app  # the pages: who only looks at the house's folders needs none

            site = app(centre, self.settings, self.name)
            if turn is not None:
                opened.enter_context(works(centre, url, self.settings, turn))
            opened.callback(_end, site)
            self.site, self.trouble = site, ""
            self._open = opened.pop_all()

    def _shut(self, centre: Centre) -> None:
        self.centre = None
        centre.close()

    def close(self) -> None:
        """End what is done beside, and close the database."""
        self.site = None
        self._open.close()


def _end(site: FastAPI) -> None:
    site.state.ending = True


def settings_of(folder: Path, house: Settings) -> Settings:
    """How the centre in `folder` is run in this house. Raises RefusedError."""
    said = configuration.read(folder / FILE)
    usual = Settings()
    for name in OF_HOUSE:
        if name != "data" and getattr(said, name) != getattr(usual, name):
            raise RefusedError(f"{folder / FILE} 里不能写 {name}。", "没有打开。", "这一项写在整个服务的配置里。")
    if not said.hosts:
        raise RefusedError(f"{folder / FILE} 里没有写 hosts（本中心的主机名）。", "没有打开。")
    given = {name: getattr(house, name) for name in ("trusted_proxies", "leave_seconds", "stop_seconds")}
    return msgspec.structs.replace(said, data=str(folder), hosts=tuple(map(plain, said.hosts)), **given)


def must_be_free(hosts: Iterable[str], other: str, its: Iterable[str], kept: str) -> None:
    """Raises RefusedError, which says what was `kept`, where one of these names is among the centre `other`'s."""
    if both := set(hosts) & set(its):
        raise RefusedError(f"主机名 {'、'.join(sorted(both))} 已经是 {other} 的。", kept)


def plain(host: str) -> str:
    """A host's name as it is compared: without a port, in small letters."""
    if host.startswith("["):
        return host.partition("]")[0].lower() + "]"
    return host.partition(":")[0].lower().rstrip(".")


@contextlib.contextmanager
def held(folder: Path, *, alone: bool = False, patience: float = 0.0) -> Iterator[None]:
    """Serve the centre in `folder` while the block runs, or, `alone`, move it, for which whoever serves it is waited
    for so many seconds. Raises RefusedError while another has it."""
    private(folder / LOCK)
    until = time.monotonic() + patience
    with (folder / LOCK).open("a+b") as file:
        while not _lock(file, alone=alone):
            if time.monotonic() >= until:
                raise RefusedError(f"{folder.name} 正由一个服务开着，或正在搬。", "没有改动。", "请先停下那个服务。")
            time.sleep(0.05)
        if not (alone or os.fstat(file.fileno()).st_size):
            file.write(b"served\n")  # from now on the lock tells whether somebody serves it
            file.flush()
        yield


if sys.platform == "win32":

    def _lock(file: IO[bytes], *, alone: bool) -> bool:  # noqa: ARG001 - a house is served by one process there
        return True
else:
    import fcntl

    def _lock(file: IO[bytes], *, alone: bool) -> bool:
        try:
            fcntl.flock(file.fileno(), (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except OSError:
            return False
        return True


class Members:
    """All centres of the house in `folder`, which is run as `house` says."""

    def __init__(self, house: Settings, *, has_works: bool = True) -> None:
        """Raises RefusedError for no folder, and for secrets in the environment, which would be everybody's."""
        self._house, self._has_works = house, has_works
        self.folder = Path(house.house)
        if not self.folder.is_dir():
            raise RefusedError(f"没有文件夹 {self.folder}。", "没有启动。", "请核对配置里的 house。")
        loose = [name for name in (*secret_words.NAMES, host_keys.BOX_SAID) if os.environ.get(name)]
        if set(loose) - {secret_words.METRICS}:
            todo = f"几个中心同在一个服务里，各自的写在各自文件夹的 {secret_words.FILE} 里。"
            raise RefusedError(f"环境变量 {'、'.join(loose)} 会是所有中心的。", "没有启动。", todo)
        self._members: dict[str, Member] = {}
        self._by_host: dict[str, Member] = {}
        self._turn, self._copying, self._claiming = threading.Lock(), threading.Lock(), threading.Lock()

    def at(self, host: str) -> Member | None:
        """Whose name is asked for; None for nobody's."""
        return self._by_host.get(plain(host))

    def all(self) -> list[Member]:
        """Every one, by name."""
        return [one for _, one in sorted(self._members.items())]

    def look(self) -> None:
        """Open what is there now, let go what is not."""
        with self._turn:
            there = {one.name: one for one in folders(self.folder)}
            for name, member in list(self._members.items()):
                if name not in there:
                    del self._members[name]
                    self._ready()
                    _close(member)
            now = time.monotonic()
            for name, folder in there.items():
                self._members.setdefault(name, Member(folder))
            waiting = [one for one in self.all() if one.site is None and now - one.tried >= _AGAIN]
            good = [one for one in waiting if self._try(self._prepare, one)]
            if good:
                with ThreadPoolExecutor(_AT_ONCE) as pool:
                    list(pool.map(functools.partial(self._try, self._open), good))
            if waiting:
                self._ready()

    def run(self, stop: threading.Event) -> None:
        """Look each second until `stop` is set."""
        while not stop.wait(_LOOK):
            self.look()

    def close(self) -> None:
        """Close all of them."""
        with self._turn, ThreadPoolExecutor(max(1, len(self._members))) as pool:
            list(pool.map(_close, self._members.values()))
            self._members, self._by_host = {}, {}

    def _ready(self) -> None:
        """Who has which name: whoever is open, else whoever would."""
        told = sorted(self.all(), key=lambda one: one.site is not None)
        self._by_host = {host: one for one in told for host in one.hosts}

    def _prepare(self, member: Member) -> None:
        member.tried = time.monotonic()
        member.prepare(self._house, (one for one in self.all() if one is not member))

    def _open(self, member: Member) -> None:
        member.open(self._claim, self._copying if self._has_works else None)

    def _claim(self, member: Member, centre: Centre) -> None:
        with self._claiming:
            for other in self.all():
                if other.centre is not None and other.centre.code[:6] == centre.code[:6]:
                    todo = "同一个旗县的另一个中心请用另外的服务。"
                    raise RefusedError(f"{other.name} 也是 {centre.code[:6]} 的中心。", "没有打开。", todo)
            member.centre = centre

    @staticmethod
    def _try(work: Callable[[Member], None], member: Member) -> bool:
        """Whether it went well; what did not is told to whoever asks for this centre, and stops no other."""
        logging_setup.NODE.set(member.name)
        member.trouble = ""
        try:
            work(member)
        except host_keys.SHUT as error:
            member.trouble = host_keys.why_shut(error)
        except (StoreError, SQLAlchemyError, OSError) as error:
            member.trouble = f"数据库或文件夹打不开（{type(error).__name__}），没有改动。"
        except Exception:  # noqa: BLE001 - the others are opened all the same
            member.trouble = "打不开，是程序的毛病，没有改动。详情在日志里。"
            _log.exception("opening")
        finally:
            logging_setup.NODE.set("")
        if member.trouble:
            _log.error("a centre is not open: %s: %s", member.name, member.trouble)
        return not member.trouble


def _close(member: Member) -> None:
    logging_setup.NODE.set(member.name)
    try:
        member.close()
    except Exception:  # noqa: BLE001 - the others are closed all the same
        _log.exception("closing")


def folders(house: Path) -> list[Path]:
    """The folders of the centres of a house, by name: those with keys and settings that are not about to leave."""
    return sorted(
        one
        for one in house.iterdir()
        if not one.name.startswith(".")
        and (one / host_keys.KEYS_FILE).is_file()
        and (one / FILE).is_file()
        and not (one / CLOSED).exists()
    )
