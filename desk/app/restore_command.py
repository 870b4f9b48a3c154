"""`desk backup` and `desk restore`: the way back without a window, for helpers and for machines without a screen."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from desk.app import commands
from desk.app.open_desk import Desk
from desk.counter.office import standing
from desk.counter.restoring import restore, sources
from desk.errors import DeskError, RefusedError
from desk.store.account import Account


def run_backup(argv: Sequence[str]) -> int:
    """Make a backup, and a second one in a folder that is named."""
    options = commands.parser("backup", "备份本机，读一遍核对")
    options.add_argument("--second", type=Path, default=None, help="第二份放在哪个文件夹（U盘、另一块盘）")
    asked = options.parse_args(argv)

    def work(desk: Desk) -> int:
        second = str(asked.second.absolute()) if asked.second else desk.office_book.settings().backup_folder
        made = desk.backups.make(second)
        print(f"已备份并核对：{made.path}，{made.entries} 条记录。")
        return 0

    return commands.opened(asked, work)


def run_restore(argv: Sequence[str]) -> int:
    """Restore the desk from what lies in a folder; without one, from the backups beside it."""
    options = commands.parser("restore", "用备份恢复本机；先关上代办台")
    options.add_argument(
        "place", nargs="?", type=Path, default=None, help="备份、U盘或旧硬盘的文件夹；不写就用本机的备份"
    )
    options.add_argument("--list", action="store_true", help="只列出找到的")
    options.add_argument("--rescue", action="store_true", help="没有备份：只从坏了的文件里救")
    asked = options.parse_args(argv)
    try:
        standing.look(asked.data)  # a swap that was cut off is finished first
        if asked.rescue:
            account = asked.account or _only(standing.look(asked.data).accounts)
            print(restore.rescue(asked.data, account, commands.password()).words())
            return 0
        found = sources.look(asked.place) if asked.place else sources.beside(asked.data)
        if asked.list or not found:
            return _listed(found)
        return _restored(asked, found[0])
    except DeskError as error:
        print(error.sentences(), file=sys.stderr)
        return 1


def _restored(asked: argparse.Namespace, chosen: sources.Source) -> int:
    print(f"用 {_words(chosen)}")
    account = asked.account or _only(chosen.accounts)
    print(restore.restore(asked.data, Path(chosen.path), account, commands.password()).words())
    return 0


def _only(accounts: Sequence[Account]) -> str:
    if len(accounts) != 1:
        names = "、".join(one.account for one in accounts)
        raise RefusedError("请用 --account 写明账号。", "没有改动。", f"有：{names}" if names else "")
    return accounts[0].account


def _listed(found: Sequence[sources.Source]) -> int:
    for one in found:
        print(_words(one))
    if not found:
        print("没有找到备份。", file=sys.stderr)
    return 0 if found else 1


def _words(one: sources.Source) -> str:
    when = one.made_at.replace("T", " ") or "没有注明时间"
    count = f"{one.entries} 条记录" if one.entries >= 0 else "没有注明条数"
    return f"{when}　{count}　{one.path}"
