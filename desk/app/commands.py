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
from desk.law import divisions
from desk.law.bodies import seed
from desk.log import receipt_code
from desk.options import Options
from desk.store.account import Account
from desk.sync.outcome import Outcome, SyncProgress

_PLACES = 10  # that are named where several are meant


def parser(name: str, about: str) -> argparse.ArgumentParser:
    """What every command on a desk takes: its folder, and who."""
    made = Options(prog=f"desk {name}", description=about)
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
    """Make this machine a desk: of a centre by its code, or, where there is no centre yet, of a place alone."""
    made = parser("enrol", "本机入网；还没有中心时只写地方和姓名，先单独用")
    made.add_argument("--address", default="", help="中心地址")
    made.add_argument("--code", default="", help="入网码")
    made.add_argument("--name", required=True, help="代办员姓名")
    made.add_argument(
        "--place", default="", help="嘎查村、苏木乡镇或旗县：名称、拼音、首字母、代码，可以带上级；与入网码核对"
    )
    asked = made.parse_args(argv)
    if bool(asked.address) != bool(asked.code) or not (asked.code or asked.place):
        made.error("要写 --address 和 --code；还没有中心，写 --place")
    try:
        print(_enrolled(asked, Account(asked.account or "agent", asked.name)))
    except DeskError as error:
        print(error.sentences(), file=sys.stderr)
        return 1
    return 0


def _enrolled(asked: argparse.Namespace, account: Account) -> str:
    """What became of it, in words. Raises DeskError."""
    place = _the_place(asked.place) if asked.place else None
    point, name = seed.counter(place) if place else ("", "")
    where = f"{divisions.load().full_name(place.code)}，" if place else ""
    if not asked.code:
        opening.create_alone(asked.data, point, name, account, password())
        return f"{where}{name}：已设置，还没有入网。"
    joined = opening.create_desk(asked.data, asked.address, asked.code, account, password(), point=point)
    return f"{where}{joined.point_name}：已入网。"


def _the_place(text: str) -> divisions.Division:
    """The one place that is meant. Raises RefusedError for none, and for several, which are named with their codes."""
    table = divisions.load()
    found = table.counters(text, _PLACES + 1)
    last = text.split()[-1:]
    meant = [one for one in found if one.code == text.strip()] or [one for one in found if [one.name] == last]
    if len(meant or found) == 1:
        return (meant or found)[0]
    if not found:
        raise RefusedError(f"没有找到“{text}”。", "没有改动。", "请换个写法，加上旗县或苏木乡镇，或用代码。")
    named = "\n".join(f"{one.code}  {table.full_name(one.code)}" for one in found[:_PLACES])
    many = "很多" if len(found) > _PLACES else str(len(found))
    raise RefusedError(f"“{text}”有{many}处：\n{named}", "没有改动。", "请加上旗县或苏木乡镇，或用代码。")


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
