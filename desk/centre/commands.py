"""`desk centre ...`: make a centre, let desks and clerks in, serve, check."""

from __future__ import annotations

import argparse
import getpass
import logging
import os
import socket
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import platformdirs
import uvicorn

from db.centre import rows
from desk import holidays
from desk.catalogue import load
from desk.centre import authority, courier, figuring, guard, nodes, publishing, seat, telling, upstream
from desk.centre.site import app
from desk.centre_events import NoticePublished
from desk.errors import DeskError
from desk.sync import pace

_log = logging.getLogger("desk.centre")
_FORWARD_EVERY = 15.0  # seconds


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
    join = steps.add_parser("join", help="接到上级中心")
    join.add_argument("address", help="上级中心的地址")
    join.add_argument("code", help="上级给的入网码")
    steps.add_parser("forward", help="把收到的批次和本中心的日志转给上级")
    tls = steps.add_parser("certificate", help="做本中心自己的证书，供 serve 用 https")
    tls.add_argument("host", nargs="+", help="服务器的名字或地址")
    publish = steps.add_parser("publish", help="向各代办点发布事项目录或节假日表")
    publish.add_argument("--catalogue", type=Path, help="事项目录（JSON）")
    publish.add_argument("--holidays", type=Path, help="节假日表（JSON）")
    notice = steps.add_parser("notice", help="向各代办点发通知")
    notice.add_argument("title")
    notice.add_argument("text")
    steps.add_parser("restored", help="数据是从备份恢复的：换新纪元，跳过可能已用的号码")
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
        case "join":
            print(f"已接到上级：{upstream.join(centre, asked.address, asked.code).name}")
        case "forward":
            done = upstream.forward(centre)
            print(f"已转上级：本中心 {done.entries} 条，各代办点 {done.batches} 批；还剩 {done.left} 批。")
        case "certificate":
            authority.make(centre.folder, asked.host, centre.tell())
            print("证书已做好；重新启动 serve 后用 https。")
        case _:
            _more(centre, asked)
    return 0


def _more(centre: seat.Centre, asked: argparse.Namespace) -> None:
    match asked.step:
        case "publish":
            if asked.catalogue:
                count = publishing.catalogue(centre, "", load.load(asked.catalogue.read_bytes()))
                print(f"已发布 {count} 个有变化的事项。")
            if asked.holidays:
                publishing.holidays(centre, "", holidays.load(asked.holidays.read_bytes()))
                print("已发布节假日表。")
        case "notice":
            publishing.notice(centre, "", NoticePublished(asked.title, asked.text, centre.name))
            print("已发布通知。")
        case "restored":
            with centre.database.write() as db:
                epoch = telling.begin_epoch(centre, db, int(rows.value(db, "epoch") or 1) + 1)
            print(f"已进入第 {epoch} 纪元；没用过的入网码已作废，请重发。恢复点以后停用过的终端要重新停用。")
        case "verify":
            for name, count in centre.verify().items():
                print(f"{name}：{count} 条，完整")
        case "rebuild":
            print(f"已重建 {centre.rebuild()} 件")


def _serve(centre: seat.Centre, asked: argparse.Namespace) -> None:
    with socket.create_server((asked.host, asked.port)) as listener:
        certificate = centre.folder / authority.SERVER
        tls = str(certificate) if certificate.is_file() else None
        scheme = "https" if tls else "http"
        print(f"listening {scheme}://{asked.host}:{listener.getsockname()[1]}", flush=True)
        config = uvicorn.Config(app(centre), log_level="warning", access_log=False, timeout_graceful_shutdown=5)
        config.ssl_certfile = tls
        if upstream.upstream(centre) is not None:
            threading.Thread(target=_forwarding, args=[centre], daemon=True).start()
        threading.Thread(target=figuring.run, args=[centre, threading.Event()], daemon=True).start()
        server = uvicorn.Server(config)
        if asked.with_parent:
            threading.Thread(target=_end_with_parent, args=[server], daemon=True).start()
        server.run(sockets=[listener])


def _forwarding(centre: seat.Centre) -> None:
    """Send on what comes, for as long as the service runs; trouble is tried again later, with more patience."""
    trouble = 0
    while True:
        try:
            upstream.forward(centre)
            trouble = 0
        except DeskError as error:
            trouble += 1
            _log.warning("forwarding: %s", error.happened)
        time.sleep(pace.after(trouble) if trouble else _FORWARD_EVERY)


def _end_with_parent(server: uvicorn.Server) -> None:
    """Standard input ends when the program that started us does, however it died."""
    sys.stdin.read()
    server.should_exit = True
