"""The secrets of one centre that are no keys, and lie in no settings: out of the environment, or, where `centre.env`
lies in the centre's folder, out of that file alone. Several centres in one service have one environment: what stands
there is nobody's then."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from db.files import private
from desk import doors
from desk.errors import RefusedError

FILE = "centre.env"
DATABASE, READ, DIRECT = "DAIBAN_CENTRE_DB", "DAIBAN_CENTRE_READ_DB", "DAIBAN_CENTRE_DIRECT_DB"
METRICS, BACKUP, TRY = "DAIBAN_CENTRE_METRICS", "DAIBAN_BACKUP_PASSWORD", "DAIBAN_CENTRE_TRY_DB"
PICTURE_KEY_ID, PICTURE_SECRET = "DAIBAN_PICTURE_KEY_ID", "DAIBAN_PICTURE_SECRET"
NAMES = (DATABASE, READ, DIRECT, METRICS, BACKUP, TRY, PICTURE_KEY_ID, PICTURE_SECRET)  # that the file may hold


def of(folder: Path) -> Mapping[str, str]:
    """The secrets of the centre in `folder`, by their names. Raises RefusedError for a file that cannot be read."""
    path = folder / FILE
    if not path.is_file():
        return os.environ
    try:
        private(path)
        lines = doors.read_file(path, doors.SETTINGS).decode().splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise RefusedError(f"读不了 {path}。", "", "请核对路径和权限。") from error
    found: dict[str, str] = {}
    for number, line in enumerate(map(str.strip, lines), 1):
        if line and not line.startswith("#"):
            name, _, value = line.partition("=")
            if name.strip() not in NAMES:
                todo = f"一行一个“名字=值”，可用的名字：{'、'.join(NAMES)}。"
                raise RefusedError(f"{path} 第 {number} 行不能识读。", "", todo)
            found[name.strip()] = value.strip().strip("\"'")
    return found


def written(words: Mapping[str, str]) -> bytes:
    """The file that holds these of the secrets that are set."""
    return "".join(f"{name}={words[name]}\n" for name in NAMES if words.get(name)).encode()
