"""A package tried where it has to run: in a clean system of each suite, as a person without rights would use it.

    python3 tests/installer/in_chroots.py dist/daiban-desk_*.deb [--suites bullseye,bookworm,trixie] [--pictures DIR]

Installed over an older one with data in it; the tour with a centre of its own, a case there and back; the window under
Xvfb, a picture of it; removed, with the data kept. Root, debootstrap and a network. A command of its own.
"""

from __future__ import annotations

import argparse
import contextlib
import functools
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "installer"))

from package.root import Root  # noqa: E402
from package.steps import BuildError, cache, fresh, once, run, say  # noqa: E402

USER = "agent"
PASSWORD = "caoyuan-2026"  # of the demonstration
WINDOW = """\
export HOME=/home/agent LC_ALL=C.UTF-8
Xvfb :7 -nolisten local -screen 0 1366x768x24 >/dev/null 2>&1 & xvfb=$!
export DISPLAY=:7
sleep 2
daiban-desk > /tmp/window.log 2>&1 & window=$!
for _ in $(seq 60); do xdotool search --onlyvisible --name 代办台 >/dev/null 2>&1 && break; sleep 1; done
xdotool search --onlyvisible --name 代办台 >/dev/null
sleep 5
kill -0 $window
import -window root /tmp/window.png
test "$(identify -format %k /tmp/window.png)" -gt 20
kill -INT $window
wait $window
kill $xvfb
"""


def system(suite: str) -> Root:
    """A clean system with a user and a screen, kept in the cache; a copy of it, for one try."""
    whole = Root(cache() / f"clean-{suite}")

    def make() -> None:
        say(f"{suite}：正在建干净的系统……")
        shutil.rmtree(whole.place, ignore_errors=True)
        run(["debootstrap", "--variant=minbase", "--include=ca-certificates", suite, whole.place])
        shutil.copyfile("/etc/ssl/certs/ca-certificates.crt", whole.place / "etc/ssl/certs/ca-certificates.crt")
        whole.run("apt-get update -q && apt-get install -y -q --no-install-recommends xvfb xdotool imagemagick")
        whole.run(f"useradd --create-home {USER}")

    once(whole.place, suite, make)
    tried = cache() / f"try-{suite}"
    fresh(tried).rmdir()
    run(["cp", "-a", "--reflink=auto", whole.place, tried])
    return Root(tried)


def older(package: Path, place: Path) -> Path:
    """The same package, of an earlier version."""
    tree = fresh(place / "older")
    run(["dpkg-deb", "-R", package, tree])
    control = tree / "DEBIAN" / "control"
    lines = [
        "Version: 0.0.1" if one.startswith("Version: ") else one for one in control.read_text("utf-8").splitlines()
    ]
    control.write_text("\n".join(lines) + "\n", "utf-8")
    made = place / "older.deb"
    run(["dpkg-deb", "-Zgzip", "-z1", "--build", tree, made])
    return made


@contextlib.contextmanager
def mounted(suite: str) -> Iterator[Root]:
    """Such a copy, with what a running system has."""
    root = system(suite)
    run(["mount", "-t", "proc", "proc", root.place / "proc"])
    run(["mount", "-t", "tmpfs", "tmpfs", root.place / "dev" / "shm"])
    try:
        yield root
    finally:
        for name in ("dev/shm", "proc"):
            subprocess.run(["umount", root.place / name], check=False)


def by_user(root: Root, line: str) -> str:
    """What a line of the shell says, as the user at home. Raises BuildError."""
    return root.run(f"runuser -u {USER} -- sh -ec 'export HOME=/home/{USER}; cd; {line}'")


def keep(root: Root, name: str, pictures: Path | None, to: str) -> None:
    """Keep a picture that was taken there, where that is wanted."""
    if pictures is not None:
        pictures.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(root.place / "tmp" / name, pictures / to)


def options(what: str, suites: str) -> argparse.Namespace:
    """What was asked for: `package`, `suites`, `pictures`."""
    parser = argparse.ArgumentParser(description=what)
    parser.add_argument("package", type=Path)
    parser.add_argument("--suites", default=suites)
    parser.add_argument("--pictures", type=Path)
    return parser.parse_args()


def tried(package: Path, before: Path, suite: str, pictures: Path | None) -> None:
    """All of it in one suite. Raises BuildError with what went wrong."""
    with mounted(suite) as root:
        shutil.copyfile(before, root.place / "older.deb")
        shutil.copyfile(package, root.place / "package.deb")
        as_user = functools.partial(by_user, root)
        root.run("apt-get install -y -q --no-install-recommends /older.deb")
        as_user("daiban-desk demonstration ~/office >/dev/null")
        root.run("apt-get install -y -q --no-install-recommends /package.deb")
        say(f"{suite}：{as_user('daiban-desk --version').strip()}，已从旧版升级")
        told = as_user(f"DAIBAN_PASSWORD={PASSWORD} daiban-desk verify --data ~/office/desk --account suhe")
        say(f"{suite}：升级后的数据：{told.strip().splitlines()[-1][:80]}")
        say(f"{suite}：{as_user('daiban-desk tour --keep ~/tour').strip().splitlines()[-1]}")
        (root.place / "window.sh").write_text(WINDOW, "utf-8")
        root.run(f"runuser -u {USER} -- sh /window.sh")
        keep(root, "window.png", pictures, f"{suite}.png")
        root.run("apt-get remove -y -q daiban-desk")
        as_user("test -e ~/office/desk/desk.db && test -e ~/tour && ! command -v daiban-desk")
        say(f"{suite}：窗口打开、关上；卸载以后数据还在")


def main() -> int:
    """0 when all suites went well."""
    asked = options("在干净的系统里试安装包", "bullseye,bookworm,trixie")
    before = older(asked.package, fresh(cache() / "try"))
    return in_each(asked.suites, lambda suite: tried(asked.package.resolve(), before, suite, asked.pictures))


def in_each(suites: str, work: Callable[[str], None]) -> int:
    """Do it in each of these suites, whatever happens in the others; 0 when all went well."""
    wrong = 0
    for suite in suites.split(","):
        try:
            work(suite)
        except BuildError as error:
            wrong += 1
            sys.stderr.write(f"{suite}：{error}\n")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
