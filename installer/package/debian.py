"""A .deb around a bundle: where things lie, what it asks of the system, menu, icon, manual, file types, service."""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from package import bundle
from package.bundle import Kind
from package.release import version
from package.steps import ROOT, cache, fresh, run, say

_FILES = Path(__file__).parent / "files"
_MAINTAINER = "Daiban Desk <daiban-desk@localhost>"
# On every desktop; libraries named twice were renamed by the change to 64-bit time.
_WINDOW = (
    "libc6 (>= 2.28)", "libstdc++6", "zlib1g", "libbz2-1.0", "liblzma5", "libuuid1", "libexpat1",
    "libegl1",
    "libgl1", "libopengl0", "libfontconfig1", "libfreetype6", "libdbus-1-3", "libglib2.0-0t64 | libglib2.0-0",
    "libcups2t64 | libcups2", "libx11-6", "libx11-xcb1", "libxcb1", "libxcb-render0", "libxcb-shm0", "libxcb-sync1",
    "libxcb-xfixes0",
)  # fmt: skip
_SERVICE = (
    "libc6 (>= 2.28)",
    "libstdc++6",
    "zlib1g",
    "libbz2-1.0",
    "liblzma5",
    "libuuid1",
    "libexpat1",
)

_ELSEWHERE = {"daiban-desk.svg": ROOT / "resources" / "site" / "icon.svg"}
# Where the files for an installation by hand have things, and where the package has them.
_PLACES = {
    ".service": (
        (b"/opt/daiban/bin/desk centre", b"/usr/bin/daiban-centre"),
        (b"/opt/daiban/fonts", b"/usr/lib/daiban-centre/share/daiban/fonts"),
    ),
    ".toml": (  # backups from the first day
        (b'backup_folder = ""', b'backup_folder = "/var/lib/daiban-centre/backups"'),
        (b'backup_password_file = ""', b'backup_password_file = "/etc/daiban/backup.password"'),
    ),
}


class Package(NamedTuple):
    """One package: its bundle, what it asks for, and where our files go (name in `files/` -> place, mode)."""

    name: str
    bundle: Kind
    depends: tuple[str, ...]
    recommends: tuple[str, ...]
    summary: str
    about: str
    files: Mapping[str, tuple[str, int]]
    scripts: tuple[str, ...]
    settings: tuple[str, ...] = ()


COUNTER = Package(
    "daiban-desk", bundle.COUNTER, _WINDOW, ("cups-client", "fonts-hanazono"),
    "代办台：苏木乡镇、嘎查村代办点的柜台",
    "不联网也能登记、打印、计时；有网或有U盘时与旗中心交换。",
    {
        "daiban-desk": ("usr/bin/daiban-desk", 0o755),
        "daiban-desk.desktop": ("usr/share/applications/daiban-desk.desktop", 0o644),
        "daiban-desk.xml": ("usr/share/mime/packages/daiban-desk.xml", 0o644),
        "daiban-desk.metainfo.xml": ("usr/share/metainfo/daiban-desk.metainfo.xml", 0o644),
        "daiban-desk.svg": ("usr/share/icons/hicolor/scalable/apps/daiban-desk.svg", 0o644),
        "daiban-desk.1": ("usr/share/man/man1/daiban-desk.1.gz", 0o644),
    },
    ("postinst", "postrm"),
)  # fmt: skip
CENTRE = Package(
    "daiban-centre", bundle.CENTRE, (*_SERVICE, "adduser"), ("nginx | caddy", "postgresql"),
    "代办台的旗中心：收件、决定、监察、公开",
    "各代办点把办件送到这里；网页供工作人员和群众使用。默认用 SQLite，也可用 PostgreSQL。",
    {
        "daiban-centre": ("usr/bin/daiban-centre", 0o755),
        "daiban-centre.service": ("lib/systemd/system/daiban-centre.service", 0o644),
        "daiban-centre-backup.service": ("lib/systemd/system/daiban-centre-backup.service", 0o644),
        "daiban-centre-backup.timer": ("lib/systemd/system/daiban-centre-backup.timer", 0o644),
        "centre.toml": ("etc/daiban/centre.toml", 0o644),
    },
    ("postinst", "prerm", "postrm"),
    ("/etc/daiban/centre.toml",),
)  # fmt: skip
PACKAGES = {"deb": COUNTER, "centre": CENTRE}


def build(package: Package, made: Path, out: Path) -> Path:
    """The package in `out`, packed with xz. Raises BuildError."""
    say("软件包：正在打包（约一分钟）……")
    tree = fresh(cache() / f"tree-{package.name}")
    home = tree / "usr" / "lib" / package.name
    shutil.copytree(made, home, symlinks=True)
    for name, (place, mode) in package.files.items():
        _put(name, tree / place, mode)
    papers = tree / "usr" / "share" / "doc" / package.name
    papers.mkdir(parents=True)
    notices = (home / "share" / "daiban" / "NOTICES.txt").read_text("utf-8")
    papers.joinpath("copyright").write_text(f"{_own_licence()}\n\n{notices}", "utf-8")
    papers.joinpath("changelog.gz").write_bytes(gzip.compress((ROOT / "CHANGELOG.md").read_bytes(), mtime=0))
    _control(package, tree)
    for one in tree.rglob("*"):
        if one.is_dir():
            one.chmod(0o755)
    out.mkdir(parents=True, exist_ok=True)
    place = out / f"{package.name}_{version()}_amd64.deb"
    run(["dpkg-deb", "--root-owner-group", "-Zxz", "-z9", "--build", tree, place])
    return place


def _put(name: str, place: Path, mode: int) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    source = _FILES / name
    if not source.exists():
        source = _ELSEWHERE.get(name, ROOT / "installer" / "centre" / name)
    data = source.read_bytes()
    for by_hand, packed in _PLACES.get(place.suffix, ()):
        data = data.replace(by_hand, packed)
    place.write_bytes(gzip.compress(data, mtime=0) if place.suffix == ".gz" else data)
    place.chmod(mode)


def _own_licence() -> str:
    return f"代办台 Daiban Desk\n\n{(ROOT / 'LICENSE').read_text('utf-8')}"


def _control(package: Package, tree: Path) -> None:
    size = sum(one.stat().st_size for one in tree.rglob("*") if one.is_file() and not one.is_symlink()) // 1024
    home = tree / "DEBIAN"
    home.mkdir()
    home.joinpath("control").write_text(
        f"Package: {package.name}\nVersion: {version()}\nArchitecture: amd64\nMaintainer: {_MAINTAINER}\n"
        f"Installed-Size: {size}\nSection: misc\nPriority: optional\nDepends: {', '.join(package.depends)}\n"
        f"Recommends: {', '.join(package.recommends)}\nDescription: {package.summary}\n {package.about}\n",
        "utf-8",
    )
    if package.settings:
        home.joinpath("conffiles").write_text("\n".join(package.settings) + "\n", "ascii")
    for name in package.scripts:
        script = home / name
        shutil.copyfile(_FILES / f"{package.name}.{name}", script)
        script.chmod(0o755)
