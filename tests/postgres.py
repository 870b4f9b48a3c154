"""A PostgreSQL of the tests' own: a cluster in a temporary folder on a free port, never the system's."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg


def programs() -> Path | None:
    """The folder of the newest server's programs; None where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"), key=lambda one: int(one.parts[-3]))
    if found:
        return found[-1].parent
    there = shutil.which("pg_ctl")
    return Path(there).resolve().parent if there else None


def own(folder: Path) -> None:
    """Give a folder to the server's user."""
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")


class Cluster:
    """A running server. `stop` kills it as a power cut would; `start` begins it again on the same port."""

    def __init__(self, folder: Path, *initial: str, flushes: bool = True) -> None:
        """`initial`: more words for initdb. Without `flushes` what was written is lost when the machine stops, which
        spares the disk."""
        self.folder, self._flushes = folder, flushes
        self._bin = programs()
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        own(folder)
        words = ("-U", "daiban", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", *initial)
        self._run("initdb", "-D", str(folder / "data"), *words)
        self.start()

    def _run(self, program: str, *words: str) -> None:
        command = [str(self._bin / program), *words]
        if os.geteuid() == 0:  # the server refuses to run as root
            command = ["runuser", "-u", "postgres", "--", *command]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=self.folder)
        assert done.returncode == 0, done.stdout + done.stderr

    def start(self) -> None:
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -k {self.folder} -c max_connections=120"
        if not self._flushes:
            options += " -c fsync=off -c full_page_writes=off"
        self._run(
            "pg_ctl", "-D", str(self.folder / "data"), "-l", str(self.folder / "log"), "-w", "-o", options, "start"
        )

    def stop(self) -> None:
        with contextlib.suppress(AssertionError):
            self._run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "-w", "stop")

    def runs(self) -> bool:
        """Whether the server is there, be it to say that it recovers."""
        try:
            self._run("pg_ctl", "-D", str(self.folder / "data"), "status")
        except AssertionError:
            return False
        return True

    def database(self, place: Path | None = None) -> str:
        """A new empty database, with its tables in the folder `place`; its address."""
        name = f"t{uuid.uuid4().hex[:12]}"
        with psycopg.connect(self._address("postgres"), autocommit=True) as db:
            if place is not None:
                own(place)
                db.execute(f"CREATE TABLESPACE s{name} LOCATION '{place}'")
            db.execute(f'CREATE DATABASE "{name}"' + (f" TABLESPACE s{name}" if place else ""))
        return self._address(name)

    def fill(self, url: str, template: str) -> None:
        """Make the empty database at `url` a copy of the one at `template`, which nobody has open."""
        name, source = (one.rpartition("/")[2] for one in (url, template))
        with psycopg.connect(self._address("postgres"), autocommit=True) as db:
            db.execute(f'DROP DATABASE "{name}"')
            db.execute(f'CREATE DATABASE "{name}" TEMPLATE "{source}"')

    def _address(self, name: str) -> str:
        return f"postgresql://daiban@127.0.0.1:{self.port}/{name}"


@contextlib.contextmanager
def place() -> Iterator[Path]:
    """A folder that the server's user can reach."""
    folder = Path(tempfile.mkdtemp(prefix="daiban-pg-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def cluster(*initial: str, flushes: bool = True) -> Iterator[Cluster]:
    """A server for as long as the block lasts."""
    with place() as folder:
        made = Cluster(folder, *initial, flushes=flushes)
        try:
            yield made
        finally:
            made.stop()


@contextlib.contextmanager
def bouncer(cluster: Cluster, url: str, connections: int) -> Iterator[str]:
    """A pgbouncer in transaction mode before `cluster`, with so many connections to `url`; its address."""
    program = shutil.which("pgbouncer", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    assert program is not None
    name = url.rpartition("/")[2]
    with place() as folder, socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
        free.close()
        own(folder)
        (folder / "users").write_text('"daiban" ""\n')
        (folder / "ini").write_text(
            f"[databases]\n{name} = host=127.0.0.1 port={cluster.port} dbname={name}\n[pgbouncer]\n"
            f"listen_addr = 127.0.0.1\nlisten_port = {port}\nunix_socket_dir =\nauth_type = trust\n"
            f"auth_file = {folder / 'users'}\npool_mode = transaction\ndefault_pool_size = {connections}\n"
            f"logfile = {folder / 'log'}\n"
        )
        command = [program, str(folder / "ini")]
        if os.geteuid() == 0:
            command = ["runuser", "-u", "postgres", "--", *command]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            try:
                made = f"postgresql://daiban@127.0.0.1:{port}/{name}"
                until = time.monotonic() + 20
                while time.monotonic() < until:
                    with contextlib.suppress(psycopg.OperationalError), psycopg.connect(made, prepare_threshold=None):
                        break
                    time.sleep(0.05)
                yield made
            finally:
                process.terminate()
                process.wait(20)


class Standby:
    """A standby of `cluster`, which follows it; `pause` lets it fall behind."""

    def __init__(self, cluster: Cluster, folder: Path) -> None:
        self._cluster, self.folder = cluster, folder
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        own(folder)
        at = ("-h", "127.0.0.1", "-p", str(cluster.port), "-U", "daiban")
        cluster._run("pg_basebackup", "-D", str(folder / "data"), "-R", "-X", "stream", "-c", "fast", *at)
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -k {folder} -c max_connections=120"
        cluster._run("pg_ctl", "-D", str(folder / "data"), "-l", str(folder / "log"), "-w", "-o", options, "start")

    def address(self, url: str) -> str:
        """Where the database at `url` is read here."""
        return f"postgresql://daiban@127.0.0.1:{self.port}/{url.rpartition('/')[2]}"

    def run(self, url: str, words: str) -> object:
        with psycopg.connect(self.address(url), autocommit=True) as db:
            return db.execute(words).fetchone()

    def stop(self) -> None:
        with contextlib.suppress(AssertionError):
            self._cluster._run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "-w", "stop")
