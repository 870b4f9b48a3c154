"""What the two programs write is for nobody else on the machine, whatever the umask."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import CHEAP, PASSWORD, POINT, POINT_NAME, SetClock, full_draft, sync

from desk.app import opening
from desk.app.practice import open_practice
from desk.centre.drafting import site_making
from desk.centre.node import centre_node
from desk.centre.run import authority, backup, limits
from desk.counter.restoring import restore
from desk.errors import RefusedError
from desk.store.account import Account

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps a user's folders to the user")


@pytest.fixture(autouse=True)
def _generous() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


def open_to_others(folder: Path) -> list[str]:
    """Files that somebody else may read or write."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert files
    return [str(path.relative_to(folder)) for path in files if stat.S_IMODE(path.stat().st_mode) & 0o077]


def test_nobody_else_reads_what_a_desk_keeps(tmp_path: Path, tell: SetClock) -> None:
    folder, stick = tmp_path / "desk", tmp_path / "stick"
    stick.mkdir()
    opening.create_alone(folder, POINT, POINT_NAME, Account("suhe", "苏和"), PASSWORD, cost=CHEAP, tell=tell)
    desk = opening.open_desk(folder, "suhe", PASSWORD, tell)
    desk.register(full_draft(desk))
    desk.pictures.keep(b"\xff\xd8\xff" + b"x" * 900, "证.jpg")
    made = desk.backups.make(str(stick))
    practice = open_practice(folder, desk.office, desk.account, tell)
    with pytest.raises(RefusedError):
        desk.admit("suhe", "a guess")
    desk.store.rooms.note_damage()
    assert (folder / "desk.db-wal").exists()
    assert open_to_others(tmp_path) == []
    practice.close()
    desk.close()
    (Path(made.path) / "desk.db").chmod(0o644)  # as an older program left it
    restore.restore(folder, Path(made.path), "suhe", PASSWORD, tell)
    again = opening.open_desk(folder, "suhe", PASSWORD, tell)
    again.backups.make()
    again.close()
    assert open_to_others(tmp_path) == []


def test_nobody_else_reads_what_a_centre_keeps(
    tmp_path: Path, served: object, make_desk: Callable[..., object]
) -> None:
    folder = tmp_path / "centre"
    desk = make_desk()
    desk.register(full_draft(desk))
    sync(desk)
    centre = served.centre
    authority.make(folder, ["127.0.0.1"], centre.tell())
    (target := tmp_path / "copy").mkdir()
    backup.backup(centre, "", target / "centre.daiban", PASSWORD)
    limits._block(folder / "limits")
    (folder / "pages").mkdir()
    (folder / "pages" / "index.html").write_text("x")
    site_making._pack(folder / "pages", folder / "site.zip")
    (folder / "pages" / "index.html").unlink()
    assert (folder / "centre.db-wal").exists()
    assert open_to_others(folder) == open_to_others(target) == []
    (folder / centre_node.KEYS_FILE).chmod(0o644)
    centre_node.Centre(folder).close()
    assert open_to_others(folder) == []
