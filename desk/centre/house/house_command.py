"""`desk centre house ...`: the centres of one service: which there are, one more, one in, one out."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import Any

from desk.centre.house import moving_house
from desk.centre.house.members import FILE, folders, held
from desk.centre.node.hosts import secret_words
from desk.centre.run import settings as configuration
from desk.centre.run.settings import Settings
from desk.errors import DeskError, RefusedError


def add_parser(steps: Any) -> None:
    """The words of this step."""
    house = steps.add_parser("house", help="几个中心同在一个服务里：看、加、搬进来、搬出去；文件夹写在配置的 house 里")
    moves = house.add_subparsers(dest="move", required=True, metavar="做什么")
    moves.add_parser("list", help="有哪些中心，各是什么主机名，是否在服务")
    add = moves.add_parser("add", help="把已经建（或恢复）在子文件夹里的中心开出来")
    add.add_argument("name", help="子文件夹的名字")
    come = moves.add_parser("move-in", help="把单独服务的中心搬进来；先停它的服务。里面的记录、密钥、纪元都不变")
    come.add_argument("source", type=Path, help="它的数据文件夹")
    come.add_argument("--name", help="子文件夹的名字；不写就用数据文件夹的名字")
    for parser in (add, come):
        parser.add_argument("--host", action="append", required=True, help="它的主机名，可写几次")
        parser.add_argument("--settings", type=Path, help="它自己的配置文件（TOML）；整个服务的几项不带过来")
    leave = moves.add_parser("move-out", help="把一个中心搬出去，由它自己的服务接着；别的中心照常")
    leave.add_argument("name")
    leave.add_argument("target", type=Path, help="搬到这个文件夹，还没有的")


def run(asked: argparse.Namespace, house: Settings) -> str:
    """Do one; what to tell. Raises RefusedError."""
    if not house.house:
        todo = "请用 --config 指出整个服务的配置文件，里面写着 house。"
        raise RefusedError("没有说各中心放在哪个文件夹。", "没有改动。", todo)
    place = Path(house.house)
    match asked.move:
        case "list":
            return _listed(place)
        case "add":
            said = _said(asked.settings or _there(place / asked.name / FILE))
            moving_house.settle(place, asked.name, asked.host, said, _words(place / asked.name))
            return f"{asked.name} 已加进来：{'、'.join(asked.host)}。服务开着的，一两秒后就在了。"
        case "move-in":
            source: Path = asked.source.resolve()
            said = _said(asked.settings or _there(source / FILE))
            name = asked.name or source.name
            counts = moving_house.move_in(source, place, name, asked.host, said, _words(source))
            return f"已搬进来：{name}，{_counted(counts)}。服务开着的，一两秒后就在了；不用再启动它原来的服务。"
    target: Path = asked.target.resolve()
    counts = moving_house.move_out(place, asked.name, target)
    return f"已搬到 {target}，{_counted(counts)}。用 desk centre --data {target} serve 接着服务。"


def _there(path: Path) -> Path | None:
    return path if path.is_file() else None


def _said(path: Path | None) -> Settings:
    return configuration.read(path) if path else Settings()


def _words(folder: Path) -> dict[str, str]:
    """The centre's own secrets until now: of its folder, else of the environment of whoever moves it."""
    known = secret_words.of(folder) if (folder / secret_words.FILE).is_file() else os.environ
    return {name: known[name] for name in secret_words.NAMES if known.get(name)}


def _counted(counts: dict[str, int]) -> str:
    return f"{len(counts)} 本记录、{sum(counts.values())} 条，逐条核对过"


def _listed(house: Path) -> str:
    return "\n".join(_line(one) for one in folders(house)) or "还没有中心。"


def _line(folder: Path) -> str:
    try:
        hosts = "、".join(configuration.read(folder / FILE).hosts) or "没有写主机名"
    except DeskError as error:
        hosts = error.happened
    try:
        with held(folder, alone=True):
            state = "没有在服务"
    except RefusedError:
        state = "正在服务"
    return f"{folder.name}\t{hosts}\t{state}"
