"""Which passwords of staff are too easy: what many people have, and what is made of the account's own name."""

from __future__ import annotations

import functools
import lzma
import re
import string

import resources
from desk.errors import RefusedError

LEAST = 8  # characters
_LONG = 12  # characters from which digits or another word around a common one make it another password
_DISTINCT = 4  # different characters at least
_PART = 4  # characters of an account from which it may not stand in the password
_RUNS = ("0123456789", "qwertyuiop", "asdfghjkl", "zxcvbnm", string.ascii_lowercase, "1qaz2wsx3edc4rfv5tgb6yhn7ujm")
# What stands in no list of the wide world but would be tried here first.
_LOCAL = frozenset({
    "daiban", "daibantai", "neimenggu", "mengguzu", "zhengwu", "ximeng", "xilinhaote", "huhehaote", "sunite", "gacha",
    "sumu", "caoyuan", "chifeng", "tongliao", "baotou", "eerduosi", "wulanchabu", "bayannaoer", "hulunbeier", "alashan",
    "wuhai", "xinganmeng", "wang", "zhang", "liu", "chen", "yang", "zhao", "huang", "zhou", "xu", "sun", "zhu", "gao",
    "bao", "bai", "admin", "administrator", "root", "test", "user", "guest", "mima", "password", "centre", "center",
    "woaini", "woaizhongguo", "zhongguo", "beijing",
})  # fmt: skip
_TODO = "请换一个只有您自己知道的，比如三四个不相干的词连起来。"


@functools.cache
def _common() -> frozenset[str]:
    data = lzma.decompress(resources.read("passwords/common.txt.xz"))
    return frozenset(data.decode().split())


def good(password: str, account: str, name: str) -> str:
    """The password, as it was typed. Raises RefusedError with the reason where it is too easy for this account."""
    if why := too_easy(password, account, name):
        raise RefusedError(why, "没有改动。", _TODO)
    return password


def too_easy(password: str, account: str, name: str) -> str:
    """Why a password is too easy; "" for one that is not."""
    bare = password.casefold()
    if len(password) < LEAST:
        return f"密码至少 {LEAST} 位。"
    if len(set(bare)) < _DISTINCT:
        return "密码里的字符太少，一猜就中。"
    if bare.isdigit():
        return "密码不能只有数字：日期、电话、证件号码最先被猜。"
    if _is_run(bare):
        return "密码是键盘或字母顺序上连着的，一猜就中。"
    if bare in _common() or (len(bare) < _LONG and _stem(bare) in _common() | _LOCAL):
        return "这是很多人用的密码，最先被猜。"
    own = [one.casefold() for one in (account, name) if len(one) >= _PART or not one.isascii()]
    if any(one and one in bare for one in own) or _stem(bare) == account.casefold():
        return "密码里不能有账号或姓名。"
    return ""


def _stem(bare: str) -> str:
    """A password without the digits and signs around its word: admin of Admin@2026."""
    return re.sub(r"^[\W\d_]+|[\W\d_]+$", "", bare)


def _is_run(bare: str) -> bool:
    doubled = [run * 2 for run in _RUNS]
    return any(bare in run or bare in run[::-1] for run in doubled)
