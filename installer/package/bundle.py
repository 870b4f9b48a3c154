"""One folder that runs by itself: a Python, the packages of one lock, the program, its fonts, nothing that none uses.

`bin/python3` finds all the rest beside itself, wherever the folder lies. So the program is the same as from the source:
nothing is frozen, `python3 -m desk` starts its other processes, and a traceback names lines.
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import NamedTuple

from package import elf, notices, release
from package.root import ICU, PYTHON, Root
from package.steps import ROOT, BuildError, cache, fresh, run, say

OURS = ("desk", "ui", "db", "resources")
OLDEST = (2, 28)  # of the GNU C library: UOS 20, Kylin V10
_LIB = "lib/python3.11"
# Modules of PySide6 that the window uses, and plugins of Qt: with the libraries that they ask for they are all of it.
MODULES = ("QtCore", "QtGui", "QtWidgets", "QtPrintSupport", "QtSvg", "QtTest", "QtDBus")
_PLUGINS = (
    "platforms/libqxcb.so", "platforms/libqoffscreen.so", "platforms/libqminimal.so", "xcbglintegrations/*",
    "imageformats/libqjpeg.so", "imageformats/libqgif.so", "imageformats/libqwebp.so", "imageformats/libqsvg.so",
    "imageformats/libqtiff.so", "imageformats/libqico.so", "iconengines/*", "platforminputcontexts/*",
    "printsupport/*", "platformthemes/libqxdgdesktopportal.so", "wayland-*/*", "platforms/libqwayland*.so",
)  # fmt: skip
_SMALL = (
    "libxcb-cursor.so.0", "libxcb-icccm.so.4", "libxcb-image.so.0", "libxcb-keysyms.so.1", "libxcb-render-util.so.0",
    "libxcb-util.so.1", "libxcb-shape.so.0", "libxcb-randr.so.0", "libxcb-xkb.so.1", "libxkbcommon.so.0",
    "libxkbcommon-x11.so.0",
)  # fmt: skip
WORDS = ("qtbase_zh_CN.qm",)
STDLIB_UNUSED = (
    "test", "idlelib", "tkinter", "turtledemo", "turtle.py", "ensurepip", "lib2to3", "pydoc_data", "config-3.11*",
    "distutils", "venv", "__pycache__",
)  # fmt: skip
# Asked for by others' descriptions, imported by nothing that runs.
_UNUSED = (
    "pip",
    "setuptools",
    "_distutils_hack",
    "pkg_resources",
    "distutils-precedence.pth",
    "bin",
    "share",
)
_ONLY_A_CENTRE = ("psycopg", "psycopg_binary", "psycopg_binary.libs")  # the demonstration's centre keeps to SQLite
_NOT_RUN = ("tests", "test", "*.pyi", "include", "*.dist-info/RECORD", "*.a")


class Kind(NamedTuple):
    """What goes into a bundle: `extra` of pyproject.toml, its lock, and which of our folders."""

    name: str
    lock: Path
    folders: tuple[str, ...]
    window: bool


COUNTER = Kind("counter", ROOT / "installer" / "desk" / "lock.txt", OURS, window=True)
CENTRE = Kind("centre", ROOT / "installer" / "centre" / "lock.txt", ("desk", "db", "resources"), window=False)


def made(kind: Kind, root: Root) -> Path:
    """The folder, made anew in the cache. Raises BuildError, also when a file in it wants a newer C library."""
    place = fresh(cache() / f"bundle-{kind.name}")
    say("解释器：正在复制……")
    _interpreter(place, root)
    say("软件包：正在安装（逐个核对校验和）……")
    site = _packages(place, root, kind)
    program(site, kind)
    fonts(place)
    if kind.window:
        _only_what_the_window_uses(site)
        _without_names_of_languages(site, root)
        _libraries_of_the_window(site, root)
    say("瘦身、核对……")
    notices.write(place, site, kind.lock)
    release.write(place)
    thinned(place, site)
    _stripped(place, root)
    _compiled(place)
    _checked(place)
    return place


def _interpreter(place: Path, root: Root) -> None:
    made = root.place / PYTHON.lstrip("/")
    (place / "bin").mkdir()
    shutil.copy2(made / "bin" / "python3.11", place / "bin" / "python3")
    unused = shutil.ignore_patterns(*STDLIB_UNUSED, "site-packages", "dist-packages")
    shutil.copytree(made / "lib" / "python3.11", place / _LIB, ignore=unused)
    openssl = made.parent / "openssl" / "lib"
    ffi = root.place / "usr/lib/x86_64-linux-gnu/libffi.so.7"  # of another number on newer systems
    sqlite = made.parent / "sqlite" / "lib" / "libsqlite3.so.0"
    python = made / "lib" / "libpython3.11.so.1.0"
    for source in (python, openssl / "libssl.so.3", openssl / "libcrypto.so.3", sqlite, ffi):
        shutil.copy2(source, place / "lib" / source.name)


def _packages(place: Path, root: Root, kind: Kind) -> Path:
    """Wheels of the lock, each by its checksum, chosen by the root's Python for the root's C library."""
    inside = fresh(root.place / "build" / "wheels")
    shutil.copyfile(kind.lock, inside / "lock.txt")
    _pip(root)
    root.run(
        f"cd /build/wheels && {PYTHON}/bin/python3.11 /build/pip/pip.whl/pip install -q --disable-pip-version-check"
        " --require-hashes --only-binary :all: --no-compile --target site -r lock.txt",
        "请看网络。",
    )
    site = place / _LIB / "dist-packages"  # as Debian's sources name it
    shutil.move(inside / "site", site)
    without_unused(site, window=kind.window)
    return site


def without_unused(site: Path, *, window: bool) -> None:
    """Remove packages that nothing which runs imports."""
    for name in _UNUSED + (_ONLY_A_CENTRE if window else ()):
        for one in [*site.glob(name), *site.glob(f"{name}-*.dist-info")]:
            shutil.rmtree(one) if one.is_dir() else one.unlink()


def _pip(root: Root) -> None:
    """This machine's pip as a wheel in the root: an interpreter without one can run it from there."""
    place = fresh(root.place / "build" / "pip")
    pin = next(line for line in COUNTER.lock.read_text("utf-8").splitlines() if line.startswith("pip=="))
    run([sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", place, pin.partition(" ")[0]], "请看网络。")
    next(place.glob("pip-*.whl")).rename(place / "pip.whl")


def program(site: Path, kind: Kind) -> None:
    """What git keeps of it, so that nothing that lies about comes along."""
    listed = run(["git", "-C", ROOT, "ls-files", "-z", *kind.folders]).split("\0")
    for name in filter(None, listed):
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, site / name)


def fonts(place: Path) -> None:
    """Into the bundle, as bootstrap made them on this machine."""
    home = place / "share" / "daiban" / "fonts"
    python = release.interpreter()
    run([python, ROOT / "installer" / "fonts.py"])
    told = run([python, "-c", "from desk.words import font_files; print(font_files.folder())"])
    shutil.copytree(told.strip(), home)


def _only_what_the_window_uses(site: Path) -> None:
    """Qt holds far more than a window of widgets: kept are the modules, the plugins and what they load."""
    pyside = site / "PySide6"
    qt = pyside / "Qt"
    modules = [pyside / f"{name}.abi3.so" for name in MODULES]
    plugins = [one for name in _PLUGINS for one in (qt / "plugins").glob(name)]
    words = [qt / "translations" / name for name in WORDS]
    here = [*pyside.glob("*.so*"), *(qt / "lib").glob("*.so*"), *(site / "shiboken6").glob("*.so*")]
    libraries = elf.closure([*modules, *plugins, *pyside.glob("libpyside6*")], {one.name: one for one in here})
    kept = {*modules, *plugins, *words, *libraries, *pyside.glob("libpyside6.abi3*"), *pyside.glob("*.py")}
    for one in sorted(pyside.rglob("*"), reverse=True):
        if one.is_file() and one not in kept and one.suffix != ".py":
            one.unlink()
        elif one.is_dir() and not any(one.iterdir()):
            one.rmdir()
    for name in ("scripts", "support/deprecated.py"):
        shutil.rmtree(pyside / name, ignore_errors=True)


def _without_names_of_languages(site: Path, root: Root) -> None:
    """ICU's data are 30 MB; Qt works without them, in its own tables of letters and of Chinese habits."""
    for one in (site / "PySide6" / "Qt" / "lib").glob("libicudata.so.*"):
        number = one.name.rpartition(".")[2]
        (root.place / "build" / "icu.c").write_text(ICU % number, "ascii")
        root.run(f"cd /build && gcc -shared -fPIC -Wl,-soname,{one.name} icu.c -o {one.name}")
        shutil.copyfile(root.place / "build" / one.name, one)


def _libraries_of_the_window(site: Path, root: Root) -> None:
    """Small libraries of the platform plugin that a PC in a village may lack, without a network to fetch them."""
    system = root.place / "usr/lib/x86_64-linux-gnu"
    for name in _SMALL:
        shutil.copy2((system / name).resolve(), site / "PySide6" / "Qt" / "lib" / name)


def thinned(place: Path, site: Path) -> None:
    """Without tests, stubs and headers of others."""
    for name in _NOT_RUN:
        for one in list(site.rglob(name)):
            if any(part in OURS for part in one.relative_to(site).parts[:1]):
                continue
            shutil.rmtree(one) if one.is_dir() else one.unlink()
    for one in list(place.rglob("__pycache__")):
        shutil.rmtree(one)


def _stripped(place: Path, root: Root) -> None:
    """Without what only a debugger reads, and looking for libraries of their own beside themselves."""
    work = fresh(root.place / "build" / "strip")
    for one in elf.files(place):
        copy = work / "one"
        shutil.copy2(one, copy)
        root.run("strip --strip-unneeded /build/strip/one || true")
        if not elf.is_elf(copy):
            raise BuildError(f"strip 弄坏了 {one}")
        up = _way_to_libraries(one, place)
        if up is not None:
            root.run(f"patchelf --set-rpath '$ORIGIN/{up}' /build/strip/one")
        shutil.copy2(copy, one)


def _way_to_libraries(one: Path, place: Path) -> str | None:
    """Where a file that was not built to be carried about finds its libraries, from where it lies."""
    if one.parent == place / "bin":
        return "../lib"
    if one.parent == place / "lib" or one.name in _SMALL:
        return "."
    return "../.." if "lib-dynload" in one.parts else None


def _compiled(place: Path) -> None:
    """Compiled once for all who start it, since they may not write there; dpkg keeps it whole, no start checks it."""
    run([place / "bin" / "python3", "-I", "-m", "compileall", "-q", "-j", "0", "--invalidation-mode", "unchecked-hash",
         "-s", str(place), "-p", "/", place / _LIB])  # fmt: skip


def _checked(place: Path) -> None:
    """Nothing wants more of the C library than the oldest system has, and all that is imported is there."""
    wrong = elf.too_new(elf.files(place), OLDEST)
    if wrong:
        raise BuildError("这些文件要更新的系统：" + "；".join(f"{path.name} 要 {wants}" for path, wants in wrong))
    told = run(
        [
            place / "bin" / "python3",
            "-I",
            "-c",
            "import json, sys, desk; print(json.dumps([sys.prefix, desk.__file__]))",
        ]
    )
    if not all(str(part).startswith(str(place)) for part in json.loads(told)):
        raise BuildError(f"解释器没有认出自己的文件夹：{told}")
