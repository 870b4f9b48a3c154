"""How this user wants the window to look: kept outside the database, since the login page needs it too."""

from __future__ import annotations

from pathlib import Path

import msgspec
import platformdirs

from desk.errors import UNREADABLE


class Look(msgspec.Struct, frozen=True):
    """`size`: standard, large, largest; `mode`: light, dark, system; `language`: zh, en.

    `place`: left, top, width and height of the window when it was last closed, in pixels; `whole` when it filled the
    screen.
    """

    size: str = "standard"
    mode: str = "light"
    language: str = "zh"
    place: tuple[int, int, int, int] | None = None
    whole: bool = False


def _file() -> Path:
    return Path(platformdirs.user_config_path("daiban-desk", appauthor=False)) / "look.json"


def load() -> Look:
    """The look that was chosen, or the usual one."""
    try:
        return msgspec.json.decode(_file().read_bytes(), type=Look)
    except (OSError, *UNREADABLE):
        return Look()


def save(look: Look) -> None:
    """Keep a look."""
    _file().parent.mkdir(parents=True, exist_ok=True)
    _file().write_bytes(msgspec.json.encode(look))
