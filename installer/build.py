"""Build a package out of this checkout, by one command.

    python3 installer/build.py deb [--out DIR]       the counter, for Debian, Ubuntu, UOS and Kylin on x64
    python3 installer/build.py centre [--out DIR]    the centre's service
    python3 installer/build.py windows [--python D]  the counter, for Windows 10 and 11; D: a Windows Python 3.11
    python3 installer/build.py wheels                looks whether every wheel for Windows and arm64 is to be had
    python3 installer/build.py key                   a release key, once; packages built afterwards take its updates
    python3 installer/build.py handbook [--out DIR]  both handbooks as PDF, with pictures that a tour takes now
    python3 installer/build.py update [--notes TEXT] the same program as an update file, signed with that key;
                                                     with --python D, or on Windows, for Windows

Needs root, debootstrap and a network; what was made once is kept in the cache. Uses the standard library alone.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import bootstrap
from package import bundle, debian, handbook, release, root, wheels, windows
from package.steps import ROOT, BuildError, cache, say


def main(argv: Sequence[str]) -> int:
    """Build one package; its exit status."""
    parser = argparse.ArgumentParser(description="打安装包", add_help=True)
    parser.add_argument("what", choices=[*sorted(debian.PACKAGES), "windows", "wheels", "key", "update", "handbook"])
    parser.add_argument("--out", type=Path, default=ROOT / "dist", help="放到哪个文件夹（默认 dist）")
    parser.add_argument("--notes", default="", help="更新文件：新在哪里，一两句话")
    parser.add_argument(
        "--python", type=Path, help="windows、update：Windows 的 Python 3.11 的文件夹（在 Windows 上不用写）"
    )
    asked = parser.parse_args(argv)
    try:
        if asked.what != "wheels":
            bootstrap.set_up(for_tests=False)  # of a clean checkout too
        _make(asked)
    except (BuildError, bootstrap.SetupError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _make(asked: argparse.Namespace) -> None:
    match asked.what:
        case "key":
            say(f"发布密钥在 {release.make_key()}，请抄一份离线保管：丢了就再也做不出能装的更新。")
        case "handbook":
            say(handbook.make(asked.out))
        case "wheels":
            _all_wheels()
        case "update":
            _tell(_update(asked))
        case "windows":
            _tell(windows.installer(windows.made(asked.python), asked.out))
        case _:
            package = debian.PACKAGES[asked.what]
            _tell(debian.build(package, bundle.made(package.bundle, root.made()), asked.out))


def _update(asked: argparse.Namespace) -> Path:
    if asked.python or sys.platform == "win32":
        return release.pack(windows.made(asked.python), release.WINDOWS, asked.out, asked.notes)
    return release.pack(bundle.made(bundle.COUNTER, root.made()), release.LINUX, asked.out, asked.notes)


def _tell(made: Path) -> None:
    say(f"已打好：{made}（{made.stat().st_size / 1e6:.1f} MB）")


def _all_wheels() -> None:
    for machine in wheels.MACHINES.values():
        found = wheels.fetched(bundle.COUNTER.lock, machine, cache() / f"wheels-{machine.name}")
        size = sum(one.stat().st_size for one in found) / 1e6
        say(f"{machine.name}：{len(found)} 个软件包，校验和都对，{size:.0f} MB")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
