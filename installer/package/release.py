"""The release key, what a bundle says of itself, and update files that are signed with it."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import NamedTuple

import bootstrap

from package.steps import ROOT, BuildError, run, say

_MAKE = (
    "from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey as K;"
    "print(K.generate().private_bytes_raw().hex())"
)
_PUBLIC = (
    "import sys;from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey as K;"
    "key=bytes.fromhex(open(sys.argv[1]).read().strip());"
    "print(K.from_private_bytes(key).public_key().public_bytes_raw().hex())"
)
_PACK = (
    "import datetime,sys;from pathlib import Path;from desk.release import package_file as p;"
    "key=bytes.fromhex(Path(sys.argv[4]).read_text().strip());"
    "p.pack(Path(sys.argv[1]),Path(sys.argv[2]),sys.argv[3],datetime.date.today().isoformat(),key,sys.argv[5],sys.argv[6])"
)


def key_file() -> Path:
    """Where the secret key lies: DAIBAN_RELEASE_KEY, or the user's own settings; never in the checkout."""
    given = os.environ.get("DAIBAN_RELEASE_KEY")
    home = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    return Path(given) if given else home / "daiban-release" / "release.key"


def make_key() -> Path:
    """A new key; one that is there is never written over. Raises BuildError."""
    place = key_file()
    if place.exists():
        raise BuildError(f"已经有发布密钥：{place}。没有改动。")
    place.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        out.write(run([interpreter(), "-c", _MAKE]))
    return place


def interpreter() -> Path:
    """The environment's Python, wherever bootstrap put it."""
    return bootstrap.python(bootstrap.VENV)


def version() -> str:
    """The program's."""
    found = re.search(r'__version__ = "([^"]+)"', (ROOT / "desk" / "__init__.py").read_text("utf-8"))
    if found is None:
        raise BuildError("desk/__init__.py 里没有版本号。")
    return found[1]


def write(place: Path) -> None:
    """Into the bundle: which version it is, and whose updates it takes."""
    home = place / "share" / "daiban"
    home.mkdir(parents=True, exist_ok=True)
    (home / "release.json").write_text(json.dumps({"version": version()}), "utf-8")
    if not key_file().exists():
        say("没有发布密钥（build.py key）：打出的包不收更新文件。")
        return
    (home / "release.pub").write_text(run([interpreter(), "-c", _PUBLIC, key_file()]), "ascii")


class Machine(NamedTuple):
    """What an update is for: as its file is named, and as a desk there names itself (`desk.release.package_file`)."""

    name: str
    platform: str


LINUX, WINDOWS = Machine("amd64", "linux-x86_64"), Machine("win64", "win32-x86_64")


def pack(place: Path, machine: Machine, out: Path, notes: str) -> Path:
    """The bundle as an update file in `out`. Raises BuildError without a key."""
    if not key_file().exists():
        raise BuildError("没有发布密钥。请先运行：build.py key")
    made = out / f"daiban-desk_{version()}_{machine.name}.DBU"
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    run([interpreter(), "-c", _PACK, place, made, version(), key_file(), notes, machine.platform], env=env)
    return made
