"""Where set-up put the fonts: needed by the screen at once, by paper later. Imports nothing heavy."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import platformdirs

REGULAR_FILE = "NotoSansSC-Regular.ttf"
SONG_FILE = "NotoSerifSC-Regular.ttf"
BOLD_FILE = "NotoSansSC-Bold.ttf"
EMOJI_FILE = "NotoEmoji-Regular.ttf"


def folder() -> Path:
    """DAIBAN_FONTS, those that a package brought beside its interpreter, or the user's cache."""
    given = os.environ.get("DAIBAN_FONTS")
    if given:
        return Path(given)
    brought = Path(sys.prefix) / "share" / "daiban" / "fonts"
    return brought if brought.is_dir() else Path(platformdirs.user_cache_path("daiban-desk", appauthor=False)) / "fonts"


def ui_font_files() -> tuple[Path, ...]:
    """Files of the screen's face, regular and bold; those that are there."""
    return tuple(path for path in (folder() / REGULAR_FILE, folder() / BOLD_FILE) if path.is_file())
