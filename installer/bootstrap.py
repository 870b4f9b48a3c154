"""Set the program up on a machine that has only Python 3.11 and its system's package manager, and run or test it.

    python3 installer/bootstrap.py run [--keep DIR]     the demonstration: a window, or a tour where there is no display
    python3 installer/bootstrap.py test [...]           all tests
    python3 installer/bootstrap.py setup                only set up
    python3 installer/bootstrap.py python FILE [...]    FILE, by the environment's Python, wherever that lies

Uses the standard library alone. Nothing is asked; what was done once is not done again.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
ROOM = {False: 900, True: 1900}  # MB that environment, fonts and downloads take on a fresh machine; True: with tests
LOCK = ROOT / "installer" / "lock.txt"
STAMP = "daiban-stamp"
_SILENT: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


def cache() -> Path:
    """The user's own folder for what can be fetched again, as platformdirs names it."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "daiban-desk" / "Cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "daiban-desk"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "daiban-desk"


def place_of_environment(root: Path) -> Path:
    """In the checkout; beside the user's cache where that belongs to somebody else or cannot be written."""
    if os.access(root, os.W_OK):
        return root / ".venv"
    return cache() / f"env-{hashlib.sha256(str(root).encode()).hexdigest()[:12]}"


VENV = place_of_environment(ROOT)
NOT_HAD = cache() / "no-rare-fonts"  # is there once the fonts of rare characters could not be installed
NO_CLUSTER = cache() / "no-cluster-programs"  # likewise of what a trial cluster is made of
PIECES = ROOT / "tests" / "cluster" / "pieces.py"
OLDEST = (3, 11)

# What Qt's wheels need from a Debian system, and what paper and tests use.
SYSTEM = (
    "libegl1", "libgl1", "libfontconfig1", "libdbus-1-3", "libglib2.0-0", "libcups2", "libxkbcommon0",
    "libxkbcommon-x11-0", "libxcb-cursor0", "libxcb-icccm4", "libxcb-image0", "libxcb-keysyms1", "libxcb-randr0",
    "libxcb-render-util0", "libxcb-shape0", "libxcb-xkb1",
)  # fmt: skip
# Rare Han characters; without them the program says which it lacks.
OPTIONAL = ("fonts-hanazono", "fonts-babelstone-han")
FOR_TESTS = (
    "poppler-utils", "qpdf", "default-jdk-headless", "cups-daemon", "cups-client", "postgresql", "pgbouncer",
    "chromium", "nginx", "xvfb", "xdotool", "dbus-daemon", "fcitx5", "fcitx5-rime", "rime-data-luna-pinyin", "iproute2",
)  # fmt: skip
# Says no to every service that a package would start; Debian asks it.
POLICY = Path("/usr/sbin/policy-rc.d")


class SetupError(Exception):
    """Told to a person as it is; exit status 1."""


def say(words: str) -> None:
    """One line of progress."""
    print(words, flush=True)


def run(command: Sequence[str | Path], what: str, todo: str, env: dict[str, str] | None = None) -> None:
    """Run a step quietly; SetupError with the end of its words when it fails."""
    try:
        done = subprocess.run(
            [str(part) for part in command], capture_output=True, text=True, check=False, env=env, errors="replace"
        )
    except OSError as error:
        raise SetupError(f"{what}没有成功：{error.strerror}。{todo}") from error
    if done.returncode:
        tail = (done.stderr.strip() or done.stdout.strip())[-1200:]
        raise SetupError(f"{what}没有成功。{todo}\n{tail}")


# -- the system's packages ---------------------------------------------------------------------------------------


def is_debian() -> bool:
    """Whether apt and dpkg are the package manager here."""
    return sys.platform.startswith("linux") and bool(shutil.which("apt-get") and shutil.which("dpkg-query"))


def installed(names: Sequence[str]) -> set[str]:
    """Those of `names` that dpkg has installed, by their own name or by the one that 64-bit time gave them."""
    asked = [one for name in names for one in (name, f"{name}t64")]
    done = subprocess.run(
        ["dpkg-query", "-W", "-f", "${Package} ${db:Status-Status}\n", *asked],
        capture_output=True,
        text=True,
        check=False,
    )
    return found_in(done.stdout)


def found_in(listing: str) -> set[str]:
    """Package names in what dpkg-query printed, without the t64 ending."""
    lines = (line.split() for line in listing.splitlines())
    return {line[0].removesuffix("t64") for line in lines if len(line) == 2 and line[1] == "installed"}


def missing_packages(wanted: Sequence[str], present: set[str]) -> list[str]:
    """What still has to be installed, in order."""
    return [name for name in wanted if name not in present]


def apt_prefix() -> list[str]:
    """How apt is called: as root, or through sudo where that needs no password."""
    if not hasattr(os, "geteuid") or os.geteuid() == 0:
        return []
    return ["sudo", "-n"]


def lacking(*, for_tests: bool) -> tuple[list[str], list[str]]:
    """Packages of the system that have to be installed, and those that may be; what could not be had once is not asked
    for again."""
    if not is_debian():
        return [], []
    wanted = [*SYSTEM, *(FOR_TESTS if for_tests else ())]
    if sys.version_info and not _has_ensurepip():
        wanted.append(f"python{sys.version_info.major}.{sys.version_info.minor}-venv")
    present = installed([*wanted, *OPTIONAL])
    return missing_packages(wanted, present), [] if NOT_HAD.exists() else missing_packages(OPTIONAL, present)


def system_packages(missing: Sequence[str], extra: Sequence[str], *, for_tests: bool) -> None:
    """Install what is missing through apt; elsewhere that is for the system's owner."""
    if not missing and not extra:
        return
    say(f"系统：正在安装 {' '.join([*missing, *extra])}")
    todo = _by_hand(missing or extra)
    env = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    try:
        run([*apt_prefix(), "apt-get", "update", "-q"], "更新软件目录", todo, env)
        install = [*apt_prefix(), "apt-get", "install", "-y", "-q", "--no-install-recommends"]
        if missing:
            with no_services() if for_tests else contextlib.nullcontext():
                run([*install, *missing], "安装系统软件包", todo, env)
        if extra:
            _optional([*install, *extra], env)
    except SetupError:
        if missing:
            raise
        _not_had()


@contextlib.contextmanager
def no_services() -> Iterator[None]:
    """Let apt install servers and start none of them: the tests run their own. A policy that is there stays."""
    if POLICY.exists():
        yield
        return
    todo = "请看 apt-get 能不能用。"
    with tempfile.TemporaryDirectory() as folder:
        says_no = Path(folder) / "policy"
        says_no.write_text("#!/bin/sh\nexit 101\n", "ascii")
        run([*apt_prefix(), "install", "-m", "0755", says_no, POLICY], "准备安装系统软件包", todo)
    try:
        yield
    finally:
        run([*apt_prefix(), "rm", "-f", POLICY], "收尾", todo)


def _optional(command: list[str], env: dict[str, str]) -> None:
    try:
        run(command, "安装生僻字字体", "", env)
    except SetupError:
        _not_had()


def _not_had() -> None:
    say("系统：生僻字字体没有装上，其余不受影响；打印时会指出缺哪些字。以后想装："
        f"apt-get install {' '.join(OPTIONAL)}")  # fmt: skip
    _remember(NOT_HAD)


def _remember(what: Path) -> None:
    with contextlib.suppress(OSError):
        what.parent.mkdir(parents=True, exist_ok=True)
        what.touch()


def _by_hand(packages: Sequence[str]) -> str:
    return f"请有管理权限的人运行：apt-get install {' '.join(packages)}，再重来。"


def _has_ensurepip() -> bool:
    try:
        import ensurepip  # noqa: F401 - only asked whether it is there
    except ImportError:
        return False
    return True


# -- our own environment -----------------------------------------------------------------------------------------


def python(venv: Path, platform: str = sys.platform) -> Path:
    """The environment's interpreter."""
    return venv / "Scripts" / "python.exe" if platform == "win32" else venv / "bin" / "python"


def fingerprint() -> str:
    """Changes when the dependencies, the project's description or the interpreter do."""
    parts = [LOCK.read_bytes(), (ROOT / "pyproject.toml").read_bytes(), sys.version.encode(), str(ROOT).encode()]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def is_ready(venv: Path, wanted: str) -> bool:
    """Whether the environment was finished for this very description."""
    try:
        return python(venv).exists() and (venv / STAMP).read_text("utf-8") == wanted
    except OSError:
        return False


def is_of(venv: Path, interpreter: str) -> bool:
    """Whether the environment stands and was made by this interpreter: another one would be mixed with it."""
    try:
        told = (venv / "pyvenv.cfg").read_text("utf-8").splitlines()
    except OSError:
        return False
    return python(venv).exists() and f"executable = {os.path.realpath(interpreter)}" in told


def environment() -> None:
    """Make the environment, or mend it; skipped when its stamp fits."""
    wanted = fingerprint()
    if is_ready(VENV, wanted):
        say("环境：已就绪。")
        return
    say("环境：正在安装（首次约需几分钟）……")
    (VENV / STAMP).unlink(missing_ok=True)
    clear = [] if is_of(VENV, sys.executable) else ["--clear"]
    todo = "请检查网络、代理和磁盘空间后重来。"
    run([sys.executable, "-m", "venv", *clear, VENV], "建立运行环境", todo)
    pip = [
        python(VENV),
        "-m",
        "pip",
        "install",
        "-q",
        "--disable-pip-version-check",
        "--retries",
        "5",
        "--timeout",
        "60",
    ]
    run([*pip, "--require-hashes", "-r", LOCK], "安装所需软件包", todo)
    run([*pip, "--no-deps", "--no-build-isolation", "-e", ROOT], "安装本程序", todo)
    (VENV / STAMP).write_text(wanted, "utf-8")
    say("环境：已就绪。")


def fonts() -> None:
    """Fetch the fonts through the environment's own tools."""
    if subprocess.run([str(python(VENV)), str(ROOT / "installer" / "fonts.py")], check=False).returncode:
        raise SetupError("字体没有取到，打印和显示离不开它们。请检查网络后重来。")


def cluster() -> None:
    """Fetch the programs of a trial cluster; nothing of them is installed, so nothing of them starts by itself. Without
    them its tests say why they are skipped, and what could not be had once is not asked for again."""
    asks = [str(python(VENV)), str(PIECES)]
    if not is_debian() or NO_CLUSTER.exists():
        return
    if not subprocess.run([*asks, "--installed"], check=False, **_SILENT).returncode:
        return
    say("试集群的程序：正在取（不装进系统）……")
    subprocess.run([*apt_prefix(), "apt-get", "update", "-q"], check=False, **_SILENT)
    if subprocess.run(asks, check=False).returncode:
        say("试集群的程序没有取到，用到它们的测试会说明并跳过，其余不受影响。以后想取："
            f"{asks[0]} {PIECES.relative_to(ROOT)}")  # fmt: skip
        _remember(NO_CLUSTER)


def ahead(missing: Sequence[str], *, for_tests: bool) -> None:
    """Before anything is begun: what it takes, and whether it is there. SetupError where it is not."""
    if missing and apt_prefix() and not _may_install(apt_prefix()):
        raise SetupError(f"缺少系统软件包，而这个账号不能安装。什么都还没有改动。{_by_hand(missing)}")
    if is_ready(VENV, fingerprint()):
        return
    place = next(one for one in (VENV, *VENV.parents) if one.exists())
    free, wanted = shutil.disk_usage(place).free >> 20, ROOM[for_tests]
    if not os.access(place, os.W_OK):
        raise SetupError(f"{place} 不能写，运行环境没有地方放。什么都还没有改动。请换一个账号或文件夹后重来。")
    if free < wanted:
        raise SetupError(f"{place} 所在的磁盘只剩 {free} MB，需要约 {wanted} MB。什么都还没有改动。请腾出地方后重来。")
    system = f"；系统软件包 {len(missing)} 个" if missing else ""
    say(f"首次运行要联网取软件包和字体，占磁盘约 {wanted} MB（放在 {VENV}）{system}。用过一次以后不再联网。")


def _may_install(prefix: Sequence[str]) -> bool:
    try:
        return subprocess.run([*prefix, "true"], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def set_up(*, for_tests: bool) -> None:
    """All that has to be there."""
    if sys.version_info < OLDEST:
        raise SetupError(f"需要 Python {OLDEST[0]}.{OLDEST[1]} 或更新，这里是 {sys.version.split()[0]}。")
    missing, extra = lacking(for_tests=for_tests)
    ahead(missing, for_tests=for_tests)
    system_packages(missing, extra, for_tests=for_tests)
    environment()
    fonts()
    if for_tests:
        cluster()


# -- the commands ------------------------------------------------------------------------------------------------


def has_display() -> bool:
    """Whether a window can be shown."""
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def run_command(rest: Sequence[str], *, display: bool) -> list[str]:
    """What `run` starts: a tour when pictures are to be kept or there is no display, else the window."""
    if display and "--keep" not in rest:
        return [str(python(VENV)), "-m", "desk", "window", "--demo", *rest]
    return [str(python(VENV)), "-m", "desk", "tour", *rest]


def test_command(rest: Sequence[str]) -> list[str]:
    """What `test` starts: pytest in one process more than there are cores, since many tests wait for other programs,
    four at most; whoever is done first takes over from the others."""
    at_once = [f"--numprocesses={min(4, (os.cpu_count() or 1) + 1)}", "--dist=worksteal"]
    return [str(python(VENV)), "-m", "pytest", *at_once, *rest]


def for_programs(env: Mapping[str, str]) -> dict[str, str]:
    """The environment of what is started. Compiled modules are kept, whatever the machine says: a demonstration is four
    processes and the tests start hundreds, and each would compile the whole program anew. They lie in the user's cache
    where the program's own folder cannot be written."""
    kept = {name: value for name, value in env.items() if name != "PYTHONDONTWRITEBYTECODE"} | {"PYTHONUTF8": "1"}
    return kept if os.access(ROOT, os.W_OK) else {"PYTHONPYCACHEPREFIX": str(cache() / "compiled")} | kept


def started(command: Sequence[str], env: dict[str, str], folder: Path | None = None) -> int:
    """Run `command` to its end; its exit status. Ctrl+C reaches it as well, and is waited for."""
    process = subprocess.Popen(command, cwd=folder, env=env)
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            with contextlib.suppress(subprocess.TimeoutExpired, KeyboardInterrupt):
                return process.wait(20)
            process.kill()


def main(argv: Sequence[str]) -> int:
    """Run one command; its exit status."""
    parser = argparse.ArgumentParser(description="安装并运行代办台", add_help=False)
    parser.add_argument("command", choices=("run", "test", "setup", "python"))
    asked, rest = parser.parse_known_args(argv)
    try:
        set_up(for_tests=asked.command == "test")
    except SetupError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("已停止。做完的部分留着，再运行时接着做。", file=sys.stderr)
        return 130
    env = for_programs(os.environ)
    if asked.command == "setup":
        return 0
    if asked.command == "run":
        return started(run_command(rest, display=has_display()), env)
    if asked.command == "python":
        return started([str(python(VENV)), *rest], env)
    env["QT_QPA_PLATFORM"] = "offscreen"
    return started(test_command(rest), env, ROOT)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
