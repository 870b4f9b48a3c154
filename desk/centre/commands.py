"""`desk centre ...`: make a centre, let desks and clerks in, serve, check."""

from __future__ import annotations

import argparse
import getpass
import os
import socket
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

import platformdirs
import uvicorn

from desk.centre import courier, guard, nodes, seat
from desk.centre.site import app
from desk.errors import DeskError


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="desk centre", description="旗中心的服务")
    parser.add_argument("--data", type=Path, default=platformdirs.user_data_path("daiban-centre", appauthor=False))
    steps = parser.add_subparsers(dest="step", required=True)
    init = steps.add_parser("init", help="建一个中心")
    init.add_argument("--code", required=True, help="旗县代码，6 位")
    init.add_argument("--name", required=True, help="中心名称")
    serve = steps.add_parser("serve", help="开始服务")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=8420)
    serve.add_argument("--with-parent", action="store_true", help="启动它的程序结束时也结束")
    clerk = steps.add_parser("add-clerk", help="增加工作人员；密码从 DAIBAN_PASSWORD 或键盘读")
    clerk.add_argument("account")
    clerk.add_argument("name")
    clerk.add_argument("org", help="所在部门")
    code = steps.add_parser("enrol-code", help="给一个代办点发入网码")
    code.add_argument("point", help="嘎查村代码，12 位")
    code.add_argument("name", help="代办点名称")
    code.add_argument("--stick", type=Path, help="U盘：把中心的名片写上去，供没有网络的代办点入网")
    revoke = steps.add_parser("revoke", help="停用一台终端")
    revoke.add_argument("node")
    carry = steps.add_parser("courier", help="读U盘上各代办点的包，把回信写回盘上")
    carry.add_argument("stick", type=Path, help="U盘或文件夹")
    steps.add_parser("verify", help="核对全部日志")
    steps.add_parser("rebuild", help="从日志重建办件列表")
    return parser


def run_centre(argv: Sequence[str]) -> int:
    """Run one step; 0 when it went well, 1 with the reason in Chinese on stderr when not."""
    asked = _parser().parse_args(argv)
    try:
        if asked.step == "init":
            seat.create(asked.data, asked.code, asked.name, _url())
            print(f"已建好：{asked.name}，数据在 {asked.data}")
            return 0
        centre = seat.Centre(asked.data, _url())
        try:
            return _step(centre, asked)
        finally:
            centre.close()
    except DeskError as error:
        print(error.sentences(), file=sys.stderr)
        return 1


def _url() -> str:
    """The database, when it is not the SQLite file beside the keys. An environment variable: it holds a password."""
    return os.environ.get("DAIBAN_CENTRE_DB", "")


def _step(centre: seat.Centre, asked: argparse.Namespace) -> int:
    match asked.step:
        case "serve":
            _serve(centre, asked)
        case "add-clerk":
            password = os.environ.get("DAIBAN_PASSWORD") or getpass.getpass("密码：")
            guard.add_clerk(centre, asked.account, asked.name, password, asked.org)
            print(f"已增加：{asked.name}")
        case "enrol-code":
            print(nodes.enrol_code(centre, asked.point, asked.name))
            if asked.stick:
                courier.card(centre, asked.stick)
                print("中心的名片已写到盘上，代办点插上这个盘、输入入网码就能入网。")
        case "revoke":
            nodes.revoke(centre, asked.node)
            print(f"已停用：{asked.node}")
        case "courier":
            lines = courier.exchange(centre, asked.stick)
            print("\n".join(line.words for line in lines) or "盘上没有代办点的包。")
            return 0 if all(line.good for line in lines) else 1
        case "verify":
            for name, count in centre.verify().items():
                print(f"{name}：{count} 条，完整")
        case "rebuild":
            print(f"已重建 {centre.rebuild()} 件")
    return 0


def _serve(centre: seat.Centre, asked: argparse.Namespace) -> None:
    with socket.create_server((asked.host, asked.port)) as listener:
        print(f"listening http://{asked.host}:{listener.getsockname()[1]}", flush=True)
        config = uvicorn.Config(app(centre), log_level="warning", access_log=False, timeout_graceful_shutdown=5)
        server = uvicorn.Server(config)
        if asked.with_parent:
            threading.Thread(target=_end_with_parent, args=[server], daemon=True).start()
        server.run(sockets=[listener])


def _end_with_parent(server: uvicorn.Server) -> None:
    """Standard input ends when the program that started us does, however it died."""
    sys.stdin.read()
    server.should_exit = True
