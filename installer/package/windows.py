"""The counter for Windows 10 and 11 (x64): one folder, and an installer for one person that needs no rights.

The interpreter is python.org's: on Windows the one that runs this, elsewhere the folder that `--python` names. All the
rest, wheels too, is the same wherever it is put together.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from package import bundle, notices, release, wheels
from package.steps import ROOT, BuildError, cache, fresh, run, say

_FILES = Path(__file__).parent / "files"
_INTERPRETER = ("python.exe", "pythonw.exe", "python3.dll", "python311.dll", "vcruntime140.dll", "vcruntime140_1.dll")
_OPTIONAL = ("vcruntime140_1.dll",)
_UNUSED_DLLS = ("_tkinter.pyd", "_msi.pyd", "tcl86t.dll", "tk86t.dll", "_test*.pyd", "_ctypes_test.pyd")
_PLUGINS = (
    "platforms/qwindows.dll", "platforms/qoffscreen.dll", "platforms/qminimal.dll", "styles/*.dll", "iconengines/*.dll",
    "imageformats/qjpeg.dll", "imageformats/qgif.dll", "imageformats/qwebp.dll", "imageformats/qsvg.dll",
    "imageformats/qtiff.dll", "imageformats/qico.dll", "printsupport/*.dll",
)  # fmt: skip
_LONGEST = 150  # characters of a path in the folder: with where people's programs lie it stays under 260
_ICON = (
    "import sys;from PySide6.QtGui import QGuiApplication,QIcon;from PIL import Image;"
    "app=QGuiApplication(['i','-platform','offscreen']);QIcon(sys.argv[1]).pixmap(256,256).save(sys.argv[2]+'.png');"
    "Image.open(sys.argv[2]+'.png').save(sys.argv[2],sizes=[(n,n) for n in (16,24,32,48,64,128,256)])"
)


def made(python: Path | None) -> Path:
    """The folder, made anew in the cache. Raises BuildError."""
    home = python or Path(sys.base_prefix)
    lacking = [name for name in _INTERPRETER if name not in _OPTIONAL and not (home / name).is_file()]
    if lacking:
        raise BuildError(f"{home} 不是 Windows 的 Python 3.11（没有 {'、'.join(lacking)}）。请用 --python 指出。")
    place = fresh(cache() / "bundle-windows")
    say("解释器：正在复制……")
    _interpreter(place, home)
    say("软件包：正在取、装（逐个核对校验和）……")
    site = _packages(place)
    bundle.program(site, bundle.COUNTER)
    bundle.fonts(place)
    _only_what_the_window_uses(site)
    _icon(place / "daiban.ico")
    shutil.copyfile(_FILES / "daiban-desk.cmd", place / "daiban-desk.cmd")
    say("瘦身、核对……")
    notices.write(place, site, bundle.COUNTER.lock)
    release.write(place)
    bundle.thinned(place, site)
    if sys.version_info[:2] == (3, 11):  # the same bytes whichever system compiles them
        run([sys.executable, "-m", "compileall", "-q", "--invalidation-mode", "unchecked-hash", "-s", place, "-p", "/",
             place / "Lib"])  # fmt: skip
    _checked(place)
    return place


def installer(place: Path, out: Path) -> Path:
    """The installer in `out`, packed with LZMA. Raises BuildError."""
    say("安装程序：正在打包（几分钟）……")
    out.mkdir(parents=True, exist_ok=True)
    made = out / f"daiban-desk_{release.version()}_win64.exe"
    four = ".".join((release.version().split(".") + ["0"] * 4)[:4])
    told = {"BUNDLE": place, "OUT": made, "VERSION": release.version(), "FOUR": four, "SIZE": _kilobytes(place)}
    words = [f"-D{name}={value}" for name, value in told.items()]
    run(["makensis", "-V2", "-INPUTCHARSET", "UTF8", *words, _FILES / "daiban-desk.nsi"], "请先装 NSIS 3。")
    return made


def _kilobytes(place: Path) -> int:
    return sum(one.stat().st_size for one in place.rglob("*") if one.is_file()) // 1024


def _interpreter(place: Path, home: Path) -> None:
    for name in _INTERPRETER:
        if (home / name).is_file():
            shutil.copyfile(home / name, place / name)
    shutil.copytree(home / "DLLs", place / "DLLs", ignore=shutil.ignore_patterns(*_UNUSED_DLLS, "*.ico"))
    unused = shutil.ignore_patterns(*bundle.STDLIB_UNUSED, "site-packages")
    shutil.copytree(home / "Lib", place / "Lib", ignore=unused)


def _packages(place: Path) -> Path:
    site = place / "Lib" / "site-packages"
    found = wheels.fetched(bundle.COUNTER.lock, wheels.WINDOWS, cache() / "wheels-windows")
    run([sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-index", "--no-deps",
         "--no-compile", "--only-binary", ":all:", "--platform", wheels.WINDOWS.tags[0], "--python-version", "3.11",
         "--target", site, *found])  # fmt: skip
    bundle.without_unused(site, window=True)
    return site


def _only_what_the_window_uses(site: Path) -> None:
    """Qt holds far more than a window of widgets: kept are the modules, the plugins and the libraries they name."""
    pyside = site / "PySide6"
    modules = [pyside / f"{name}.pyd" for name in bundle.MODULES if (pyside / f"{name}.pyd").is_file()]
    plugins = [one for name in _PLUGINS for one in (pyside / "plugins").glob(name)]
    known = {one.name.lower(): one for one in pyside.glob("*.dll") if one.name != "opengl32sw.dll"}
    begin = [*modules, *plugins, *pyside.glob("pyside6.abi3.dll"), *(site / "shiboken6").glob("*.pyd")]
    words = [pyside / "translations" / name for name in bundle.WORDS]
    kept = {*begin, *words, *named(begin, known), *pyside.glob("msvcp140*"), *pyside.glob("vcruntime140*")}
    for one in sorted(pyside.rglob("*"), reverse=True):
        if one.is_file() and one not in kept and one.suffix != ".py":
            one.unlink()
        elif one.is_dir() and not any(one.iterdir()):
            one.rmdir()
    shutil.rmtree(pyside / "scripts", ignore_errors=True)


def named(begin: Iterable[Path], known: Mapping[str, Path]) -> set[Path]:
    """Those of `known` (name in small letters -> file) whose names stand in `begin`, or in one that does."""
    found: set[Path] = set()
    rest = list(begin)
    while rest:
        data = rest.pop().read_bytes().lower()
        for name, one in known.items():
            if one not in found and name.encode() in data:
                found.add(one)
                rest.append(one)
    return found


def _icon(place: Path) -> None:
    run([release.interpreter(), "-c", _ICON, ROOT / "resources" / "site" / "icon.svg", place])
    place.with_name(f"{place.name}.png").unlink()


def _checked(place: Path) -> None:
    """No path is too long, and nothing is of another system."""
    names = [one.relative_to(place).as_posix() for one in place.rglob("*")]
    wrong = [name for name in names if len(name) > _LONGEST or name.endswith(".so")]
    if wrong:
        raise BuildError(f"这些文件 Windows 用不了：{'；'.join(wrong[:5])}")
