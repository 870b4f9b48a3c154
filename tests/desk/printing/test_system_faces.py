"""The faces as files: those that a system brings itself, and what of a file stays in memory."""

from __future__ import annotations

import mmap
import shutil
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

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


@pytest.mark.parametrize("name", [fonts.SONG, fonts.MONGOLIAN])
def test_a_face_is_read_off_its_file_and_says_what_stands_there(name: str) -> None:
    face, path = fonts.used(name).face, fonts._path(name)
    assert isinstance(face._ttf_data, mmap.mmap)  # ten megabytes that no process has for itself
    assert path is not None
    with TTFont(path) as tables:
        wide, glyphs = tables["hmtx"].metrics, tables.getGlyphOrder()
        assert [face.hmetrics[at] for at in range(len(glyphs))] == [
            (one, left & 0xFFFF) for one, left in map(wide.get, glyphs)
        ]
        told = {char: wide[glyph][0] * 1000 / face.unitsPerEm for char, glyph in tables.getBestCmap().items()}
    assert {char: face.charWidths.get(char, face.defaultWidth) for char in told} == pytest.approx(told)
