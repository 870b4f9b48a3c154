"""The program updated by what a stick or the centre brought; `desk update`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from desk import __version__
from desk.app import commands
from desk.app.open_desk import Desk
from desk.counter.office.backup_notes import Why
from desk.errors import DeskError, RefusedError
from desk.folds.records import OfferedRelease
from desk.release import installing
from desk.release.package_file import Release
from desk.sync.outcome import Cancelled, Report
from desk.sync.release import fetching


def install(desk: Desk, path: Path) -> Release:
    """Install the update file at `path` for the next start, with a backup of the open desk before. Raises
    RefusedError, SurroundingsError: nothing changed then."""
    return installing.install(path, lambda: desk.backups.make(why=Why.UPDATE))


def offered(desk: Desk) -> OfferedRelease | None:
    """What the centre offers to this desk; None where nothing newer is, or where this program takes no updates."""
    if not installing.may():
        return None
    with desk.store.read() as db:
        return fetching.offered(db, desk.identity.node)


def fetch(desk: Desk, one: OfferedRelease, report: Report, cancelled: Cancelled) -> Path:
    """The file of what is offered, over the network. Raises DeskErrors; what came until then stays."""
    return fetching.over_network(desk.store, desk.identity, one, report, cancelled)


def found_at(place: Path) -> installing.Found:
    """The update that `place` is or holds: a file, a stick, a folder. Raises RefusedError where none fits."""
    if place.is_file():
        from desk.release import package_file

        return installing.Found(str(place), package_file.read(place, package_file.trusted()))
    found = installing.on_stick(place)
    if found is None:
        raise RefusedError(
            f"这里没有比 {__version__} 新、适合这台电脑的更新文件。", "没有改动。", "更新文件的名字以 .DBU 结尾。"
        )
    return found


def run_update(argv: Sequence[str]) -> int:
    """Install what a file or stick brings; the next start is the new one."""
    options = commands.parser("update", "用更新文件或U盘更新程序；装之前先备份")
    options.add_argument("place", type=Path, help="更新文件（.DBU）、U盘或文件夹")
    options.add_argument("--check", action="store_true", help="只看看是什么，不装")
    asked = options.parse_args(argv)
    try:
        found = found_at(asked.place)
        told = found.release
        print(f"{told.version}（{told.made}），现在是 {__version__}。{told.notes}".rstrip())
        if asked.check:
            return 0
    except DeskError as error:
        print(error.sentences(), file=sys.stderr)
        return 1

    def work(desk: Desk) -> int:
        made = install(desk, Path(found.path))
        print(f"已备份并装好 {made.version}，下次打开就是新版本。")
        return 0

    return commands.opened(asked, work)
