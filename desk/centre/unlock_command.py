"""`desk centre unlock`: a desk whose agent forgot the password, from the keyboard of the server. Two people, as on the
pages: each types the own password."""

from __future__ import annotations

import argparse
import getpass
import os
from pathlib import Path
from typing import Any

from db.centre import people
from db.files import read_bounded
from desk.centre.exchange import unlocking
from desk.centre.node.centre_node import Centre
from desk.centre.node.roles import CONFIRM, UNLOCK, Role
from desk.centre.run import guard
from desk.errors import RefusedError, SurroundingsError
from desk.sync.courier import put
from desk.sync.protocol import unlock

_PASSWORDS = {"asks": "DAIBAN_PASSWORD", "confirms": "DAIBAN_PASSWORD_CONFIRM"}


def add_parser(steps: Any) -> None:
    """The words of this step."""
    unlock = steps.add_parser(
        "unlock",
        help="代办员忘记密码：给出答复码，或为申请文件写出答复。两个人的密码从键盘读，"
        "或从 DAIBAN_PASSWORD 和 DAIBAN_PASSWORD_CONFIRM 读",
    )
    unlock.add_argument("request", help="电话里念的申请码（加引号或去掉空格），或U盘上的申请文件（.DBQ）")
    unlock.add_argument("--asks", required=True, metavar="ACCOUNT", help="核实并提出的人")
    unlock.add_argument("--confirms", required=True, metavar="ACCOUNT", help="确认的另一个人：窗口首席代表或系统管理员")
    unlock.add_argument("--name", default="", help="忘记密码的代办员姓名（电话申请时要写）")
    unlock.add_argument("--why", required=True, metavar="TEXT", help="怎样核实的（会留痕）")


def run(centre: Centre, asked: argparse.Namespace) -> str:
    """Do it; what to tell. Raises DeskErrors; what was written until then stays in the log."""
    path = Path(asked.request)
    made = unlocking.by_file(centre, _read(path)) if path.is_file() else None
    if made is None:
        made = unlocking.by_code(centre, asked.request, asked.name)
    one, other = person(centre, asked.asks, "asks", UNLOCK), person(centre, asked.confirms, "confirms", CONFIRM)
    if one.account == other.account:
        raise RefusedError("提出的人自己不能确认。", "没有办。", "请另一位有权的同事确认。")
    subject = unlocking.ask(centre, one, made, asked.why)
    unlocking.say(centre, other, "unlock.confirmed", subject, asked.why)
    if made.reply:
        answer = path.with_name(unlocking.file_name(made))
        put(answer, unlocking.answer_file(centre, one, subject))
        return f"答复已写到 {answer}，请把盘送回代办点。"
    return f"{made.point_name}（{made.node}）的答复码，请一组一组地念：\n{unlocking.answer_code(centre, one, subject)}"


def _read(path: Path) -> bytes:
    try:
        return read_bounded(path, unlock.MOST)
    except OSError as error:
        raise SurroundingsError("申请文件读不出来。", "没有办。", "请换一个盘再试。") from error


def person(centre: Centre, account: str, what: str, roles: frozenset[Role]) -> unlocking.By:
    """Who sits at the keyboard: by the own password, and the code where the account has one. Raises RefusedError."""
    password = os.environ.get(_PASSWORDS[what]) or getpass.getpass(f"{account} 的密码：")
    with centre.database.read() as db:
        clerk = people.one_clerk(db, account)
    code = getpass.getpass(f"{account} 的动态码：") if clerk is not None and guard.has_second(clerk) else ""
    token = guard.log_in(centre, account, password, code)
    visitor = guard.visitor(centre, token)
    guard.log_out(centre, token)
    if visitor is None or not visitor.may(roles):
        raise RefusedError(f"{account} 的岗位不能办这一步。", "没有办。")
    return unlocking.By(visitor.account, visitor.name, visitor.org)
