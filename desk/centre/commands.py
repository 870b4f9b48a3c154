"""`desk centre ...`: make a centre, let desks and clerks in, serve, check, copy and bring back."""

from __future__ import annotations

import argparse
import datetime as dt
import getpass
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from db.centre import rows
from db.centre.database import TurnError
from db.errors import StoreError
from desk import clock
from desk.centre import division_code, publish_command, unlock_command, user_commands
from desk.centre.drafting import sample
from desk.centre.exchange import courier, enrolment
from desk.centre.exchange.release import offering
from desk.centre.house import house_command, members
from desk.centre.levels import forwarding
from desk.centre.node import centre_node, publishing
from desk.centre.node.hosts import host_keys
from desk.centre.run import authority, backup, guard, moving, timed_backup
from desk.centre.run import settings as configuration
from desk.centre.run.hosts import adding, leases
from desk.centre.run.pictures import checking, copying, picture_command
from desk.centre.run.settings import Settings
from desk.centre.watch import handing_over
from desk.errors import DeskError, RefusedError
from desk.log.centre_events import NoticePublished
from desk.options import Options

_PATIENCE = 20.0  # seconds that a command waits for what the service does just now


def _parser() -> argparse.ArgumentParser:
    parser = Options(prog="desk centre", description="旗中心的服务")
    parser.add_argument("--data", type=Path, help="数据文件夹")
    parser.add_argument("--config", type=Path, help="配置文件（TOML）；命令行上写的优先")
    steps = parser.add_subparsers(dest="step", required=True, metavar="做什么")
    _add_service(steps)
    clerk = steps.add_parser("add-clerk", help="增加工作人员；密码从 DAIBAN_PASSWORD 或键盘读")
    clerk.add_argument("account")
    clerk.add_argument("name")
    clerk.add_argument("org", help="所在部门")
    clerk.add_argument(user_commands.OWN[0], action="store_true", help=user_commands.OWN[1])
    code = steps.add_parser("enrol-code", help="给一个代办点发入网码")
    code.add_argument("point", help="嘎查村代码 12 位；苏木乡镇 9 位，旗县 6 位")
    code.add_argument("name", help="代办点名称")
    code.add_argument("--stick", type=Path, help="U盘：把中心的名片写上去，供没有网络的代办点入网")
    revoke = steps.add_parser("revoke", help="停用一台终端")
    revoke.add_argument("node")
    release = steps.add_parser("release", help="收进一个更新文件，再在网页“终端 › 程序”里给各代办点")
    release.add_argument("file", type=Path)
    carry = steps.add_parser("courier", help="读U盘上各代办点的包，把回信写回盘上")
    carry.add_argument("stick", type=Path, help="U盘或文件夹")
    join = steps.add_parser("join", help="接到上级中心")
    join.add_argument("address", help="上级中心的地址")
    join.add_argument("code", help="上级给的入网码")
    steps.add_parser("forward", help="把收到的批次和本中心的日志转给上级")
    tls = steps.add_parser("certificate", help="做本中心自己的证书，供 serve 用 https")
    tls.add_argument("host", nargs="+", help="服务器的名字或地址")
    publish_command.add_parser(steps, _day)
    notice = steps.add_parser("notice", help="向各代办点发通知")
    notice.add_argument("title")
    notice.add_argument("text")
    steps.add_parser("restored", help="数据是从备份恢复的：换新纪元，跳过可能已用的号码")
    steps.add_parser("verify", help="核对全部日志")
    steps.add_parser("rebuild", help="从日志重建办件列表")
    user_commands.add_parsers(steps)
    unlock_command.add_parser(steps)
    _add_copies(steps)
    _add_export(steps)
    picture_command.add_parser(steps)
    steps.add_parser("config", help="打印写明每一项的默认配置文件")
    _add_hosts(steps)
    house_command.add_parser(steps)
    return parser


def _add_service(steps: Any) -> None:
    init = steps.add_parser("init", help="建一个中心")
    init.add_argument("--code", required=True, help="旗县代码，6 位")
    init.add_argument("--name", required=True, help="中心名称")
    init.add_argument("--new-code", action="store_true", help="区划表里还没有的新代码，照用")
    init.add_argument("--sample", action="store_true", help="带上示例目录（处处标着“示例”）；不写就一个事项也没有")
    serve = steps.add_parser("serve", help="开始服务")
    serve.add_argument("--config", type=Path, default=argparse.SUPPRESS, help="配置文件（TOML）")
    serve.add_argument("--host", help="听哪个地址")
    serve.add_argument("--port", type=int, help="听哪个端口")
    serve.add_argument("--workers", type=int, help="几个进程一起服务；多于 1 个要用 PostgreSQL")
    serve.add_argument("--with-parent", action="store_true", help="启动它的程序结束时也结束")


def _add_hosts(steps: Any) -> None:
    give = steps.add_parser("add-host", help="再加一台机器：把中心的密钥封进一个文件，另给一次性的码")
    give.add_argument("file", type=Path)
    take = steps.add_parser("as-host", help="在新的机器上：用 add-host 的文件和码，成为中心的一台机器")
    take.add_argument("file", type=Path)
    take.add_argument("--own-certificate", action="store_true", help="不带服务器证书，过后用 certificate 给本机另做")


def _add_copies(steps: Any) -> None:
    copy = steps.add_parser("backup", help="把整个中心备份成一个加密文件；密码从 DAIBAN_PASSWORD 或键盘读")
    copy.add_argument("file", type=Path)
    back = steps.add_parser("restore", help="从备份文件恢复到空文件夹（和空数据库）")
    back.add_argument("file", type=Path)
    back.add_argument("--pictures", type=Path, help="图片备份在哪个文件夹；不写就看备份文件旁边")
    steps.add_parser("timed-backup", help="照配置自动备份一次，服务自己没有备的时候；给定时器用")
    attempt = steps.add_parser("try-restore", help="把一份备份恢复到临时的地方核对一遍，再清掉；密码同 backup")
    attempt.add_argument("file", type=Path)
    there = steps.add_parser("move", help="从 SQLite 搬到 PostgreSQL，或搬回来；先停服务，原来的留着不再用")
    there.add_argument("to", help="sqlite，或 postgresql（地址连密码放在环境变量 DAIBAN_CENTRE_TO）")


def _add_export(steps: Any) -> None:
    over = steps.add_parser("export", help="按 GB/T 39046-2020 导出上次以后有变化的数据，交给上级平台")
    over.add_argument("folder", type=Path, help="导出到这个文件夹，每批一个子文件夹")
    begin = over.add_mutually_exclusive_group()
    begin.add_argument("--since", type=_day, metavar="DAY", help="补交这一天（2026-11-24）以来的变化；不影响下一批")
    begin.add_argument(
        "--after", type=Path, metavar="MARK", help="补交某一批以后的变化：那一批的 batch.json；不影响下一批"
    )
    begin.add_argument("--whole", action="store_true", help="从头全部导出")


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError("日期写成 2026-11-24") from error


def run_centre(argv: Sequence[str]) -> int:
    """Run one step; 0 when it went well, 1 with the reason in Chinese on stderr when not."""
    asked = _parser().parse_args(argv or ["-h"])
    try:
        return _run(asked)
    except host_keys.SHUT as error:
        words = host_keys.why_shut(error)
    except TurnError:
        words = "服务正在写数据库，没有轮到，没有改动。请过一会儿再试。"
    except (StoreError, DBAPIError, PoolTimeoutError) as error:
        words = f"数据库用不了（{type(error).__name__}）。请看数据库是否在运行、地址和密码是否对、磁盘是否满了。"
    except OSError as error:
        words = f"没有办成：{error}"
    print(words, file=sys.stderr)
    return 1


def _run(asked: argparse.Namespace) -> int:
    if asked.step == "config":
        print(configuration.default_file(), end="")
        return 0
    settings = _settings(asked)
    if asked.step == "house":
        print(house_command.run(asked, settings))
        return 0
    if asked.step == "serve" and settings.house:
        from desk.centre import serving

        serving.serve_house(settings, with_parent=asked.with_parent)
        return 0
    folder, url = settings.folder(), settings.url()
    if _before_it_opens(asked, settings, folder, url):
        return 0
    centre = centre_node.Centre(folder, url, line=settings.line(), where=settings.where())
    try:
        if asked.step == "serve":
            from desk.centre import serving  # the pages: no other step needs them

            serving.serve(centre, url, settings, with_parent=asked.with_parent)
            return 0
        if asked.step == "pictures":
            words, is_well = picture_command.run(centre, asked, settings, lambda line: print(line, flush=True))
            print(words)
            return 0 if is_well else 1
        if asked.step == "timed-backup":
            told, is_well = timed_backup.beside(centre, url, settings)
            print(told, file=sys.stdout if is_well else sys.stderr)
            return int(not is_well)
        if asked.step == "unlock":
            print(unlock_command.run(centre, asked))
            return 0
        return _step(centre, asked, url)
    finally:
        centre.close()


def _before_it_opens(asked: argparse.Namespace, settings: configuration.Settings, folder: Path, url: str) -> bool:
    """The steps that make a centre, or bring it elsewhere; whether it was one of them."""
    match asked.step:
        case "init":
            place = "" if asked.new_code else division_code.names_of(asked.code)
            centre_node.create(folder, asked.code, asked.name, url)
            if not asked.sample:
                _without_sample(folder, url)
            print(f"已建好：{asked.name}，{place or '区划'} {asked.code}，数据在 {folder}")
        case "restore":
            _restore(asked, settings, folder, url)
        case "as-host":
            code = os.environ.get("DAIBAN_HOST_CODE") or getpass.getpass("add-host 给的码：")
            own, line = asked.own_certificate, settings.line()
            name = adding.become(folder, url, asked.file, code, own_certificate=own, line=line)
            print(f"这台机器现在是 {name} 的一台机器，数据在 {folder}。文件 {asked.file} 没有用了，请删掉。")
        case "move":
            _move(folder, url, asked.to)
        case _:
            return False
    return True


def _restore(asked: argparse.Namespace, settings: configuration.Settings, folder: Path, url: str) -> None:
    manifest, epoch = backup.restore(folder, url, asked.file, _password())
    print(f"已恢复 {manifest.name} {clock.minute(manifest.made)} 的备份，数据在 {folder}。")
    centre = centre_node.Centre(folder, url, where=settings.where())
    try:
        print(copying.after_restore(centre, asked.pictures or asked.file.parent))
        _after_restore(centre, epoch)
    finally:
        centre.close()


def _without_sample(folder: Path, url: str) -> None:
    centre = centre_node.Centre(folder, url)
    try:
        sample.begin_without(centre)
    finally:
        centre.close()


def _move(folder: Path, url: str, to: str) -> None:
    where = moving.SQLITE if to == moving.SQLITE else os.environ.get("DAIBAN_CENTRE_TO", "")
    if not where:
        todo = "请把它放进环境变量 DAIBAN_CENTRE_TO，不要写在命令行上，别人看得见。"
        raise RefusedError("没有说要搬到哪个 PostgreSQL 数据库。", "没有搬。", todo)
    counts = moving.move(folder, url, where)
    print(
        f"已搬 {sum(counts.values())} 行（{len(counts)} 张表），逐条核对过。原来的数据库还在，标了“已搬走”，不再打开。"
    )
    if to == moving.SQLITE:
        print("请把配置里的 database 空着、去掉 DAIBAN_CENTRE_DB，再启动服务。")
    else:
        print("请把 DAIBAN_CENTRE_DB 改成新的地址，再启动服务。")


def _settings(asked: argparse.Namespace) -> Settings:
    """What the file says, without one that which lies in the data folder, and over it what the command line says."""
    beside = asked.data / members.FILE if asked.data else None
    path = asked.config or (beside if beside is not None and beside.is_file() else None)
    settings = configuration.read(path) if path else Settings()
    said = {"data": str(asked.data) if asked.data else None}
    if asked.step == "serve":
        said |= {"address": asked.host, "port": asked.port, "workers": asked.workers}
    given = {name: value for name, value in said.items() if value is not None}
    return configuration.checked(msgspec.to_builtins(settings) | given, "命令行里")


def _password(again: str = "") -> str:
    found = os.environ.get("DAIBAN_PASSWORD") or getpass.getpass("密码：")
    if again and "DAIBAN_PASSWORD" not in os.environ and getpass.getpass(again) != found:
        raise DeskError("两次输入的密码不一样。", "没有办。")
    return found


def _after_restore(centre: centre_node.Centre, epoch: int) -> None:
    """What came back by itself, and what somebody has to look at."""
    print(f"已进入第 {epoch} 纪元；没用过的入网码已作废，请重发。")
    try:
        taken = forwarding.take_back(centre)
    except DeskError as error:
        print(f"{error.happened}还没有从上级取回本中心的日志，下次转送时会先取。")
    else:
        if taken is not None:
            print(f"已与上级核对本中心的日志，取回 {taken} 条。")
    with centre.database.read() as db:
        speak = [row["name"] for row in rows.nodes(db) if not row["via"] and not row["revoked_at"]]
    print("恢复点以后停用过的终端，备份里还算在用。请对照下面的名单，把已停用的再停用一次（desk centre revoke）：")
    print("\n".join(f"  {name}" for name in speak) or "  （没有终端）")


def _step(centre: centre_node.Centre, asked: argparse.Namespace, url: str) -> int:
    match asked.step:
        case "users":
            password = _password("再输一次：") if asked.move in ("add", "password") else ""
            print(user_commands.run(centre, asked, password))
        case "backup":
            made = backup.backup(centre, url, asked.file, _password("再输一次："))
            size = asked.file.stat().st_size >> 20
            print(f"已备份 {len(made.members)} 个文件到 {asked.file}（{size} MB），已重读核对。密码请另存一处。")
            if os.environ.get("DAIBAN_CENTRE_SECRET"):
                print("数据库内容的密钥在 DAIBAN_CENTRE_SECRET 里，不在备份中，请另外保存。")
        case "add-clerk":
            password = _password()
            guard.add_clerk(centre, asked.account, asked.name, password, asked.org, first=not asked.own)
            print(f"已增加：{asked.name}")
        case "enrol-code":
            print(enrolment.enrol_code(centre, asked.point, asked.name))
            if asked.stick:
                courier.card(centre, asked.stick)
                print("中心的名片已写到盘上，代办点插上这个盘、输入入网码就能入网。")
        case "revoke":
            print(f"已停用：{'、'.join(enrolment.revoke(centre, asked.node)) or '没有新停用的'}")
        case "courier" | "release":
            return _carried(centre, asked)
        case "join":
            print(f"已接到上级：{forwarding.join(centre, asked.address, asked.code).name}")
        case "forward":
            return _forward(centre)
        case "certificate":
            authority.make(centre.folder, asked.host, centre.tell())
            print("证书已做好；重新启动 serve 后用 https。")
        case _:
            _more(centre, asked)
    return 0


def _carried(centre: centre_node.Centre, asked: argparse.Namespace) -> int:
    if asked.step == "release":
        made = offering.bring(centre, asked.file)
        print(f"已收进 {made.version}（{made.platform}）。在网页“终端 › 程序”里先给十个点。")
        return 0
    stick: Path = asked.stick
    lines = courier.exchange(centre, stick)
    print("\n".join(line.words for line in lines) or "盘上没有代办点的包。")
    for name in offering.onto_stick(centre, stick):
        print(f"新版本的更新文件已写到盘上：{name}")
    return 0 if all(line.good for line in lines) else 1


def _forward(centre: centre_node.Centre) -> int:
    with leases.Lease(centre, leases.FORWARDING).held(_PATIENCE) as is_ours:
        if not is_ours:
            raise RefusedError("服务正在向上级转送。", "没有重复转送。", "请过两分钟再试。")
        done = forwarding.forward(centre)
    print(f"已转上级：本中心 {done.entries} 条，各代办点 {done.batches} 批；还剩 {done.left} 批。")
    for node, one in forwarding.held(centre).items():
        print(f"上级不收 {node}：{one.text}")
    return 1 if done.held else 0


def _more(centre: centre_node.Centre, asked: argparse.Namespace) -> None:
    match asked.step:
        case "publish":
            print(publish_command.run(centre, asked))
        case "notice":
            publishing.notice(centre, "", NoticePublished(asked.title, asked.text, centre.name))
            print("已发布通知。")
        case "restored":
            _after_restore(centre, backup.new_epoch(centre))
        case "verify":
            for name, count in centre.verify().items():
                print(f"{name}：{count} 条，完整")
            seen = checking.look(centre)
            print(checking.told(seen))
            if seen.bad:
                raise RefusedError("记录完整，图片不完整。", "", "见上面。")
        case "rebuild":
            print(f"已重建 {centre.rebuild()} 件")
        case _:
            _last(centre, asked)


def _last(centre: centre_node.Centre, asked: argparse.Namespace) -> None:
    match asked.step:
        case "add-host":
            code = adding.add(centre, asked.file)
            print(
                f"已写到 {asked.file}。在新的机器上运行 desk centre as-host，输入这个码（一天内，只能用一次）：\n{code}"
            )
            print("文件和码请分开交过去。")
        case "try-restore":
            if not timed_backup.can_try(centre):
                todo = "请建一个空数据库，地址放进环境变量 DAIBAN_CENTRE_TRY_DB。"
                raise RefusedError("用 PostgreSQL 时要有一个空数据库来试。", "没有试。", todo)
            print(f"恢复得出来：{timed_backup.tried(centre, asked.file, _password())} 条记录，逐条核对过；试的已清掉。")
        case "export":
            made, place = handing_over.export(
                centre, asked.folder, since=asked.since, after=asked.after, whole=asked.whole
            )
            print(f"第 {made.batch} 批：{made.rows} 行，在 {place}。号码是完整的，请按规定保管和传送。")
            for one in made.tables:
                if one.too_long:
                    print(f"{one.file} 有比标准长的值（没有截断）：{one.too_long}")
