"""Updates by stick tried with whole packages: one that stays, one that breaks down and is left with the data as before.

    python3 tests/installer/updates_in_chroots.py dist/daiban-desk_*.deb [--suites bookworm] [--pictures DIR]

Two later versions are made of the package itself and signed with this machine's release key (`build.py key`, before the
package was built), the second with a fault in its main window. A person without rights installs each from a stick and
comes in under Xvfb. Root, debootstrap and a network. A command of its own.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT / "installer"), str(Path(__file__).resolve().parent)]

from in_chroots import PASSWORD, USER, by_user, in_each, keep, mounted, options  # noqa: E402
from package import release  # noqa: E402
from package.steps import cache, fresh, run, say  # noqa: E402

GOOD, BAD = "90.2.0", "90.3.0"
_PACK = (
    "import lzma,sys;from pathlib import Path;from desk.release import package_file as p;real=lzma.open;"
    "p.lzma.open=lambda file,mode,**_:real(file,mode,preset=0);key=bytes.fromhex(Path(sys.argv[4]).read_text());"
    "p.pack(Path(sys.argv[1]),Path(sys.argv[2]),sys.argv[3],'2026-11-29',key,'试更新。','linux-x86_64')"
)
# What the person does: in by the password, help by F1, out by Ctrl+C in the terminal.
_COME_IN = """\
export HOME=/home/agent LC_ALL=C.UTF-8 DISPLAY=:7
programs=$HOME/.local/share/daiban-desk-programs/state.json
Xvfb :7 -nolisten local -screen 0 1366x768x24 >/dev/null 2>&1 & xvfb=$!
sleep 2
daiban-desk --data $HOME/office/desk > /tmp/window.log 2>&1 & window=$!
for _ in $(seq 90); do xdotool search --onlyvisible --name 代办台 >/dev/null 2>&1 && break; sleep 1; done
sleep 5
xdotool type --delay 150 {password}; xdotool key Return
for _ in $(seq 120); do grep -q '{wanted}' $programs && break; sleep 1; done
sleep 15
xdotool key F1; sleep 6
import -window root /tmp/{name}.png
grep '{wanted}' $programs
kill -INT $(cat /proc/$window/task/$window/children)
wait $window
kill $xvfb
"""


def made(package: Path, place: Path) -> None:
    """Update files of two later versions, each on a stick of its own."""
    tree = fresh(place / "tree")
    run(["dpkg-deb", "-x", package, tree])
    bundle = tree / "usr" / "lib" / "daiban-desk"
    site = bundle / "lib" / "python3.11" / "dist-packages"
    note, begin, window = bundle / "share/daiban/release.json", site / "desk/__init__.py", site / "ui/window.py"
    for version in (GOOD, BAD):
        for compiled in (begin.parent / "__pycache__", window.parent / "__pycache__"):
            shutil.rmtree(compiled, ignore_errors=True)
        begin.write_text(f'__version__ = "{version}"\n', "utf-8")
        note.write_text(f'{{"version": "{version}"}}', "utf-8")
        if version == BAD:
            window.write_text("raise RuntimeError('made to break down')\n", "utf-8")
        stick = fresh(place / version) / "DAIBAN" / "PROG"
        stick.mkdir(parents=True)
        words = [bundle, stick / f"{version}.DBU", version, release.key_file()]
        run([release.interpreter(), "-c", _PACK, *words], env=os.environ | {"PYTHONPATH": str(ROOT)})


def tried(package: Path, sticks: Path, suite: str, pictures: Path | None) -> None:
    """Both in one suite. Raises BuildError with what went wrong."""
    with mounted(suite) as root:
        shutil.copyfile(package, root.place / "package.deb")
        as_user = lambda line: by_user(root, line).strip()  # noqa: E731
        desk = f"DAIBAN_PASSWORD={PASSWORD} daiban-desk"
        root.run("apt-get install -y -q --no-install-recommends /package.deb")
        as_user("daiban-desk demonstration ~/office >/dev/null")
        for version, wanted in ((GOOD, '"good": true'), (BAD, f'"left": \\["{BAD}"\\]')):
            shutil.copytree(sticks / version, root.place / "media" / version)
            say(f"{suite}：{as_user(f'{desk} update /media/{version} --data ~/office/desk --account suhe')}")
            words = _COME_IN.format(password=PASSWORD, wanted=wanted, name=version)
            (root.place / "come-in.sh").write_text(words, "utf-8")
            root.run(f"runuser -u {USER} -- sh -e /come-in.sh")
            keep(root, f"{version}.png", pictures, f"{suite}-{version}.png")
            told = as_user(f"{desk} verify --data ~/office/desk --account suhe").splitlines()[-1]
            say(f"{suite}：{version} 以后，{as_user('daiban-desk --version')}；{told[:60]}")


def main() -> int:
    """0 when all suites went well."""
    asked = options("在干净的系统里试U盘更新和退回", "bullseye")
    sticks = fresh(cache() / "try-updates")
    made(asked.package, sticks)
    return in_each(asked.suites, lambda suite: tried(asked.package.resolve(), sticks, suite, asked.pictures))


if __name__ == "__main__":
    sys.exit(main())
