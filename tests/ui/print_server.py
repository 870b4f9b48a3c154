"""A print server of our own, for tests that print for real."""

from __future__ import annotations

import getpass
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

CUPSD = shutil.which("cupsd", path="/usr/sbin:/usr/bin")
QUEUE = "daiban"


class Queue:
    """A print server of our own that keeps what was spooled."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.socket = folder / "sock"
        self.environment = os.environ | {"CUPS_SERVER": str(self.socket), "QT_QPA_PLATFORM": "offscreen"}

    def spooled(self) -> list[Path]:
        return sorted((self.folder / "spool").glob("d*"))


@pytest.fixture
def queue(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Queue]:
    if CUPSD is None or not shutil.which("lpadmin"):
        pytest.skip("no CUPS here")
    folder = tmp_path_factory.mktemp("c")
    for name in ("spool", "cache", "state", "log", "ppd", "ssl"):
        (folder / name).mkdir()
        (folder / name).chmod(0o777)
    for above in (folder, *list(folder.parents)[:3]):
        above.chmod(above.stat().st_mode | 0o055)
    root = os.geteuid() == 0
    files = {"ServerRoot": "", "RequestRoot": "spool", "CacheDir": "cache", "StateDir": "state", "TempDir": "spool"}
    lines = [f"{key} {folder / name}" for key, name in files.items()]
    lines += [
        f"ServerKeychain {folder / 'ssl'}",
        "FileDevice Yes",
        "ServerBin /usr/lib/cups",
        "DataDir /usr/share/cups",
    ]
    lines += [f"{kind}Log {folder / 'log' / kind}" for kind in ("Access", "Error", "Page")]
    lines += [f"User {'lp' if root else getpass.getuser()}", "Group lp" if root else ""]
    (folder / "cups-files.conf").write_text("\n".join(lines))
    allow = "Order allow,deny\nAllow all"
    (folder / "cupsd.conf").write_text(
        f"Listen {folder / 'sock'}\nBrowsing Off\nWebInterface No\nDefaultAuthType None\nPreserveJobFiles Yes\n"
        f"<Location />\n{allow}\n</Location>\n<Location /admin>\n{allow}\n</Location>\n"
        f"<Policy default>\n<Limit All>\n{allow}\n</Limit>\n</Policy>\n"
    )
    made = Queue(folder)
    with (folder / "out").open("wb") as out:
        server = subprocess.Popen(
            [CUPSD, "-f", "-c", str(folder / "cupsd.conf"), "-s", str(folder / "cups-files.conf")],
            stdout=out,
            stderr=out,
        )
    try:
        for _ in range(100):
            add = ["lpadmin", "-p", QUEUE, "-E", "-v", "file:///dev/null", "-m", "raw"]
            done = subprocess.run(add, env=made.environment, capture_output=True, check=False)
            if done.returncode == 0:
                break
            time.sleep(0.1)
        else:
            pytest.fail(f"CUPS did not start: {(folder / 'out').read_text()} {done.stderr.decode()}")
        yield made
    finally:
        server.terminate()
        server.wait(10)
