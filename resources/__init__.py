"""Fonts, icons, translations, seed catalogue, divisions: data, and the one door to it."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parent


def path(name: str) -> Path:
    """The file `name` (forward slashes) under resources/; FileNotFoundError when it is not there."""
    found = ROOT / name
    if not found.is_file():
        raise FileNotFoundError(name)
    return found


def read(name: str) -> bytes:
    """The bytes of the file `name` under resources/."""
    return path(name).read_bytes()
