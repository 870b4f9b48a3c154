"""Whose work is in a bundle: third-party notices for people, a bill of materials (CycloneDX 1.6) for machines."""

from __future__ import annotations

import email
import json
import re
from email.message import Message
from pathlib import Path

from package.steps import ROOT

_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def write(place: Path, site: Path, lock: Path) -> None:
    """`share/daiban/NOTICES.txt` with every licence as its package gives it, and `share/daiban/sbom.cdx.json`."""
    home = place / "share" / "daiban"
    home.mkdir(parents=True, exist_ok=True)
    found = sorted(site.glob("*.dist-info"), key=lambda one: one.name.lower())
    told = [(folder, email.message_from_string((folder / "METADATA").read_text("utf-8"))) for folder in found]
    (home / "NOTICES.txt").write_text("\n".join(_notice(folder, about) for folder, about in told) + _ours(), "utf-8")
    bill = _bill([about for _, about in told], _sums(lock))
    (home / "sbom.cdx.json").write_text(json.dumps(bill, ensure_ascii=False, indent=1), "utf-8")


def _licence(about: Message) -> str:
    """What the package says of it: an SPDX expression, a classifier, or its own words, one line."""
    classifiers = [one for one in about.get_all("Classifier", []) if one.startswith("License")]
    words = about["License-Expression"] or (classifiers[-1].rpartition(" :: ")[2] if classifiers else about["License"])
    return " ".join((words or "见下").split())[:100]


def _notice(folder: Path, about: Message) -> str:
    texts = [one for one in sorted(folder.rglob("*")) if one.is_file() and _is_licence(one.name)]
    parts = [f"{'=' * 78}\n{about['Name']} {about['Version']}\n{_licence(about)}\n{about['Home-page'] or ''}".rstrip()]
    parts += [one.read_text("utf-8", "replace").strip() for one in texts]
    return "\n\n".join(parts) + "\n"


def _is_licence(name: str) -> bool:
    return name.upper().startswith(("LICEN", "COPYING", "NOTICE", "AUTHORS")) or name.upper().endswith("LICENSE")


def _ours() -> str:
    """What others made of the program itself: fonts, icons, tables."""
    font = (ROOT / "resources" / "fonts" / "NotoSansMongolian-OFL.txt").read_text("utf-8")
    return f"{'=' * 78}\n{(ROOT / 'resources' / 'LICENCES.md').read_text('utf-8')}\n{font}"


def _sums(lock: Path) -> dict[str, list[str]]:
    """Checksums of each package that the lock allows."""
    sums: dict[str, list[str]] = {}
    for part in re.split(r"\n(?=[a-z0-9])", lock.read_text("utf-8")):
        sums[part.partition("==")[0].partition("[")[0]] = _HASH.findall(part)
    return sums


def _bill(packages: list[Message], sums: dict[str, list[str]]) -> dict[str, object]:
    version = re.search(r'__version__ = "([^"]+)"', (ROOT / "desk" / "__init__.py").read_text("utf-8"))
    listed = []
    for about in packages:
        name = re.sub(r"[-_.]+", "-", about["Name"]).lower()
        listed.append({
            "type": "library", "name": name, "version": about["Version"],
            "purl": f"pkg:pypi/{name}@{about['Version']}", "licenses": [{"license": {"name": _licence(about)}}],
            "hashes": [{"alg": "SHA-256", "content": one} for one in sums.get(name, [])],
        })  # fmt: skip
    program = {"type": "application", "name": "daiban-desk", "version": version[1] if version else ""}
    return {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1, "metadata": {"component": program},
            "components": listed}  # fmt: skip
