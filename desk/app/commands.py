"""`desk enrol`, `desk sync`, `desk rebuild`, `desk verify`: the desk without its window, for helpers and for tests."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from desk.app import opening
from desk.app.open_desk import Desk
from desk.counter import code_check
from desk.counter.office import accounts
from desk.errors import DeskError, RefusedError
from desk.log import receipt_code
from desk.store.account import Account
from desk.sync.outcome import Outcome, SyncProgress


def parser(name: str, about: str) -> argparse.ArgumentParser:
    """What every command on a desk takes: its folder, and who."""
    made = argparse.ArgumentParser(prog=f"desk {name}", description=about)
    made.add_argument("--data", type=Path, default=accounts.default_folder(), help="数据文件夹")
    made.add_argument("--account", default="", help="账号；只有一个时可不写")
    return made


def _asked(name: str, about: str, argv: Sequence[str], *more: tuple[str, str]) -> argparse.Namespace:
    made = parser(name, about)
    for option, words in more:
        made.add_argument(option, required=True, help=words)
    return made.parse_args(argv)


def password() -> str:
    """From DAIBAN_PASSWORD, else from the keyboard; never from the command line, where others can read it."""
    return os.environ.get("DAIBAN_PASSWORD") or getpass.getpass("密码：")


def opened(asked: argparse.Namespace, work: Callable[[Desk], int]) -> int:
    """Open the desk that was asked for, work on it; the exit status, and what went wrong in words."""
    try:
        known = accounts.accounts(asked.data)
        account = asked.account or (known[0].account if len(known) == 1 else "")
        desk = opening.open_desk(asked.data, account, password())
        try:
            return work(desk)
        finally:
            desk.close()
    except DeskError as error:
        print(error.sentences(), file=sys.stderr)
        return 1


def run_enrol(argv: Sequence[str]) -> int:
    """Make this machine a desk."""
    asked = _asked("enrol", "本机入网", argv, ("--address", "中心地址"), ("--code", "入网码"), ("--name", "代办员姓名"))
    try:
        account = Account(asked.account or "agent", asked.name)
        opening.create_desk(asked.data, asked.address, asked.code, account, password())
    except DeskError as error:
        print(error.sentences(), file=sys.stderr)
        return 1
    print("已入网。")
    return 0


def run_sync(argv: Sequence[str]) -> int:
    """Sync once; 0 when the centre answered."""

    def work(desk: Desk) -> int:
        result = desk.sync(_say, lambda: False)
        words = "\n".join(one for one in (result.happened, result.kept, result.todo) if one)
        print(words, file=sys.stdout if result.outcome is Outcome.DONE else sys.stderr)
        return 0 if result.outcome is Outcome.DONE else 1

    return opened(_asked("sync", "与中心同步一次", argv), work)


def _say(progress: SyncProgress) -> None:
    print(f"{progress.step} {progress.done}/{progress.total}" if progress.total else progress.step, flush=True)


def run_rebuild(argv: Sequence[str]) -> int:
    """Make the tables again from the log and compare them with those that were there."""

    def work(desk: Desk) -> int:
        before = desk.store.tables()
        count = desk.store.rebuild()
        same = desk.store.tables() == before
        print(f"从 {count} 条记录重建，" + ("与原来逐字节相同。" if same else "与原来不同，已改用重建的内容。"))
        return 0 if same else 2

    return opened(_asked("rebuild", "从日志重建各表", argv), work)


def run_courier(argv: Sequence[str]) -> int:
    """Exchange with a stick: answers in, what waits out."""

    def work(desk: Desk) -> int:
        carried = desk.courier(asked.stick, _say, lambda: False)
        written = f"写出 {carried.files} 个文件共 {carried.entries} 条，图片 {carried.pictures} 张。"
        print(f"收到 {carried.received} 条，{written}")
        for line in carried.notes:
            print(line)
        for line in carried.refused:
            print(line, file=sys.stderr)
        return 1 if carried.refused else 0

    options = parser("courier", "没有网络时用U盘与中心交换")
    options.add_argument("stick", type=Path, help="U盘或文件夹")
    asked = options.parse_args(argv)
    return opened(asked, work)


def run_check(argv: Sequence[str]) -> int:
    """Is a receipt genuine? The code, or a picture of it; with --key without opening any desk. 0 genuine, 2 not."""
    options = parser("check", "验代办收件回执上的码")
    options.add_argument("code", nargs="?", default="", help="码的内容，或照片的文件名")
    options.add_argument("--key", default="", help="代办点终端的公钥（64 个十六进制数字），给出时不打开本机数据")
    options.add_argument("--print-key", action="store_true", help="打印本机的公钥，供别处验码")
    asked = options.parse_args(argv)
    if asked.print_key:
        return opened(asked, lambda desk: _printed(desk.identity.keys.public().sign.hex()))
    try:
        code = code_check.read_picture(Path(asked.code)) if Path(asked.code).is_file() else asked.code
        if asked.key:
            key = bytes.fromhex(asked.key)
            return _judged(receipt_code.judge(code, lambda _node: (key,)))
    except RefusedError as error:
        print(error.sentences(), file=sys.stderr)
        return 1
    except ValueError:
        print("公钥写得不对，应是 64 个十六进制数字。", file=sys.stderr)
        return 1
    return opened(asked, lambda desk: _judged(desk.codes.judge(code)))


def _printed(words: str) -> int:
    print(words)
    return 0


def _judged(found: receipt_code.Verdict) -> int:
    print(found.words, file=sys.stdout if found.genuine else sys.stderr)
    return 0 if found.genuine else 2


def run_verify(argv: Sequence[str]) -> int:
    """Check this desk's chain."""

    def work(desk: Desk) -> int:
        print(f"日志 {desk.store.verify(desk.identity.node)} 条，前后衔接，完整。")
        return 0

    return opened(_asked("verify", "核对日志", argv), work)
