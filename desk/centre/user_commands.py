"""`desk centre users ...`: the accounts of staff, from the keyboard of the server."""

from __future__ import annotations

import argparse
from typing import Any

from db.centre import people
from desk.centre.node.centre_node import Centre
from desk.centre.node.roles import NAMES, Role, parse
from desk.centre.run import guard, tries
from desk.errors import RefusedError

OWN = ("--own", "密码由本人在这里输入，登录后不用再换；不写，第一次登录必须换成自己的")
CHANGES = {
    "disable": (guard.disable_clerk, "已停用"),
    "enable": (guard.enable_clerk, "已恢复"),
    "reset-second": (guard.end_second, "已取消动态码"),
}
_ROLES = "岗位，逗号分开：" + "、".join(f"{role}（{name}）" for role, name in NAMES.items())


def add_parsers(steps: Any) -> None:
    """The words of this step."""
    users = steps.add_parser("users", help="人员：看、增加、换岗位、停用、恢复、改密码、取消动态码、发登录码")
    moves = users.add_subparsers(dest="move", required=True, metavar="做什么")
    moves.add_parser("list", help="全部人员")
    add = moves.add_parser("add", help="增加；密码从 DAIBAN_PASSWORD 或键盘读")
    add.add_argument("account")
    add.add_argument("name")
    add.add_argument("org", help="所在部门")
    add.add_argument(OWN[0], action="store_true", help=OWN[1])
    add.add_argument("--roles", default=Role.CLERK.value, help=_ROLES)
    change = moves.add_parser("roles", help="换岗位或部门")
    change.add_argument("account")
    change.add_argument("roles", help=_ROLES)
    change.add_argument("--org", help="换到这个部门；不写就不换")
    for parser in (add, change):
        parser.add_argument("--sees", action="append", help="看得到哪个部门的办件，可写几次；* 是全部")
    for move, words in (("password", "改密码"), ("pass", "发登录码"), *_changes()):
        parser = moves.add_parser(move, help=words)
        parser.add_argument("account")
        if move == "password":
            parser.add_argument(OWN[0], action="store_true", help=OWN[1])


def _changes() -> tuple[tuple[str, str], ...]:
    return tuple((move, words) for move, (_, words) in CHANGES.items())


def run(centre: Centre, asked: argparse.Namespace, password: str) -> str:
    """Do one; what to tell. `password` is looked at by add and password. Raises RefusedError."""
    match asked.move:
        case "list":
            return _listed(centre)
        case "add":
            roles, sees = _roles(asked.roles), tuple(asked.sees or ())
            guard.add_clerk(centre, asked.account, asked.name, password, asked.org, roles, sees, first=not asked.own)
            return f"已增加：{asked.name}"
    clerk = _clerk(centre, asked.account)
    match asked.move:
        case "roles":
            sees = tuple(clerk["sees"].splitlines() if asked.sees is None else asked.sees)
            org = clerk["org"] if asked.org is None else asked.org
            guard.change_clerk(centre, asked.account, _roles(asked.roles), org, sees)
            return f"已换岗位：{clerk['name']}"
        case "password":
            guard.set_password(centre, asked.account, password, first=not asked.own)
            return f"已改密码：{clerk['name']}"
        case "pass":
            code = guard.give_pass(centre, asked.account)
            return f"{clerk['name']}的登录码：{code}（{tries.PASS_HOURS} 小时内用一次，登录时连同密码一起填）"
    do, words = CHANGES[asked.move]
    do(centre, asked.account)
    return f"{words}：{clerk['name']}"


def _listed(centre: Centre) -> str:
    with centre.database.read() as db:
        found = people.clerks(db)
    lines = []
    for one in found:
        roles = parse(one["roles"] or Role.CLERK)
        words = "、".join(NAMES[role] for role in Role if role in roles)
        state = "已停用" if one["disabled_at"] else "在用"
        lines.append("\t".join((one["account"], one["name"], one["org"], words, state)))
    return "\n".join(lines) or "还没有人员。"


def _clerk(centre: Centre, account: str) -> Any:
    with centre.database.read() as db:
        found = people.one_clerk(db, account)
    if found is None:
        raise RefusedError(f"没有账号 {account}。", "没有改动。")
    return found


def _roles(text: str) -> frozenset[Role]:
    try:
        roles = parse(text.replace(",", " ").replace("，", " "))
    except ValueError as error:
        raise RefusedError(f"没有“{text}”这种岗位。", "没有改动。", _ROLES + "。") from error
    if not roles:
        raise RefusedError("至少写一个岗位。", "没有改动。")
    return roles
