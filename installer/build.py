"""Build a package out of this checkout, by one command.

    python3 installer/build.py deb [--out DIR]       the counter, for Debian, Ubuntu, UOS and Kylin on x64
    python3 installer/build.py centre [--out DIR]    the centre's service
    python3 installer/build.py key                   a release key, once; packages built afterwards take its updates
    python3 installer/build.py handbook [--out DIR]  both handbooks as PDF, with pictures that a tour takes now
    python3 installer/build.py update [--notes TEXT] the same program as an update file, signed with that key

Needs root, debootstrap and a network; what was made once is kept in the cache. Uses the standard library alone.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from package import bundle, debian, handbook, release, root
from package.steps import ROOT, BuildError, say


def main(argv: Sequence[str]) -> int:
    """Build one package; its exit status."""
    parser = argparse.ArgumentParser(description="打安装包", add_help=True)
    parser.add_argument("what", choices=[*sorted(debian.PACKAGES), "key", "update", "handbook"])
    parser.add_argument("--out", type=Path, default=ROOT / "dist", help="放到哪个文件夹（默认 dist）")
    parser.add_argument("--notes", default="", help="更新文件：新在哪里，一两句话")
    asked = parser.parse_args(argv)
    try:
        if asked.what == "key":
            say(f"发布密钥在 {release.make_key()}，请抄一份离线保管：丢了就再也做不出能装的更新。")
            return 0
        if asked.what == "handbook":
            say(handbook.make(asked.out))
            return 0
        if asked.what == "update":
            made = release.pack(bundle.made(bundle.COUNTER, root.made()), asked.out, asked.notes)
            say(f"已做好：{made}（{made.stat().st_size / 1e6:.1f} MB）")
            return 0
        package = debian.PACKAGES[asked.what]
        made = debian.build(package, bundle.made(package.bundle, root.made()), asked.out)
    except BuildError as error:
        print(error, file=sys.stderr)
        return 1
    say(f"已打好：{made}（{made.stat().st_size / 1e6:.1f} MB）")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
