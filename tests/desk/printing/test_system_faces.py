"""Rare characters in the faces that a system brings itself."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from desk.printing import fonts
from desk.words.font_files import REGULAR_FILE, folder


def test_windows_draws_rare_characters_with_its_own_face(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "Fonts").mkdir()
    shutil.copyfile(folder() / REGULAR_FILE, tmp_path / "Fonts" / "simsunb.ttf")
    monkeypatch.setenv("WINDIR", str(tmp_path))
    assert fonts._path("SimSunB") is None
    monkeypatch.setattr(fonts.sys, "platform", "win32")
    assert fonts._path("SimSunB") == tmp_path / "Fonts" / "simsunb.ttf"
    assert fonts._path("SimSunG") is None
    assert all("SimSunB" in faces for faces in fonts._FALLBACKS.values())
