"""`desk centre pictures ...`: where pictures lie, moved, swept, looked through, copied and fetched back."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

from db.centre.pictures.places import DATABASE, PlaceError
from desk.centre.node.centre_node import Centre
from desk.centre.run.pictures import checking, copying, moving, sweeping
from desk.centre.run.settings import Settings
from desk.errors import RefusedError

_PATIENCE = 20.0  # seconds that a command waits for a sweep of the service
_TO = ("database", "folder", "s3")
Tell = Callable[[str], None]


def add_parser(steps: Any) -> None:
    """Its words."""
    parser = steps.add_parser("pictures", help="图片放在哪里：搬、清理、查、备份、取回")
    moves = parser.add_subparsers(dest="move", required=True, metavar="做什么")
    move = moves.add_parser("move", help="把已有的图片搬到另一个地方；服务不用停，断了再运行一次会接着搬")
    move.add_argument("--to", required=True, choices=_TO)
    sweep = moves.add_parser("sweep", help="清掉没有记录提到的，并数记录里有而不在的（服务自己每六小时做一次）")
    sweep.add_argument("--hours", type=int, help="放了几小时以上的才清，至少 1；不写用配置的 picture_sweep_hours")
    moves.add_parser("check", help="逐张打开核对")
    copy = moves.add_parser("backup", help="把图片文件夹里新来的备份到这里（自动备份时自己做）")
    copy.add_argument("folder", type=Path)
    fetch = moves.add_parser("fetch", help="从图片备份取回缺的和坏的")
    fetch.add_argument("folder", type=Path, help="备份文件夹（里面有 pictures-旗县代码）")


def run(centre: Centre, asked: argparse.Namespace, settings: Settings, tell: Tell) -> tuple[str, bool]:
    """Do it; what to say, and whether all is well. Raises RefusedError."""
    try:
        return _run(centre, asked, settings, tell)
    except PlaceError as error:
        raise RefusedError(f"{error.words}。", "记录没有改动。", "请核对配置和存放处。") from error


def _run(centre: Centre, asked: argparse.Namespace, settings: Settings, tell: Tell) -> tuple[str, bool]:
    match asked.move:
        case "move":
            to = DATABASE if asked.to == "database" else asked.to
            done = moving.move(centre, to, tell)
            return moving.told(done, to, centre), not done.stayed
        case "sweep":
            hours = settings.picture_sweep_hours if asked.hours is None else asked.hours
            if hours < 1:
                raise RefusedError("至少 1 小时：刚放下的可能正要记上。", "没有清理。")
            found = sweeping.sweep(centre, dt.timedelta(hours=hours), tell, _PATIENCE)
            return sweeping.told(found), not (found.missing or found.trouble)
        case "check":
            seen = checking.read_through(centre, tell)
            return checking.told(seen), not seen.bad
        case "backup":
            if not asked.folder.is_dir():
                raise RefusedError(f"没有文件夹 {asked.folder}。", "没有备份。")
            copied = copying.copy(centre, asked.folder)
            return copying.told(copied, "备份"), not copied.bad
        case _:
            copied = copying.fetch(centre, asked.folder, tell)
            return copying.told(copied, "取回"), not copied.bad
