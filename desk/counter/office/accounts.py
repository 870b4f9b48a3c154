"""Who may open the desk of a folder, and the database's troubles in words. Light: the login page waits for it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import platformdirs

from db import vault
from db.errors import (
    BusyError,
    ClosedError,
    DamagedError,
    FullError,
    NewerSchemaError,
    StoreError,
    WrongKeyError,
    WrongPasswordError,
)
from desk.errors import DamagedDeskError, RefusedError, SurroundingsError
from desk.store.snapshots import Account

PASSWORD_LEAST = 8
_WORDS: dict[type[StoreError], tuple[str, str, str]] = {
    WrongPasswordError: (
        "账号或密码不对。",
        "数据都在，没有改动。",
        "请再输一次；注意大小写。忘了密码请点“忘记密码”。",
    ),
    WrongKeyError: ("数据库打不开：钥匙不对，或文件不是本机的。", "文件没有改动。", "请联系旗中心。"),
    NewerSchemaError: (
        "数据是用更新版本的程序写的，这个版本不能打开。",
        "数据没有改动。",
        "请装上新版本的代办台再打开。",
    ),
    BusyError: ("代办台已经在这台电脑上打开了。", "数据没有改动。", "请切换到已打开的窗口。"),
    ClosedError: ("代办台已经关上。", "已登记的内容都在。", "请重新打开。"),
    FullError: ("磁盘满了或不能写。", "已登记的内容都在。", "请腾出空间，或检查磁盘是否写保护。"),
    DamagedError: ("数据库文件损坏。", "损坏的文件原样保留，没有删除。", "请联系旗中心，用备份恢复。"),
}


class FirstPasswordError(RefusedError):
    """The password is right, but somebody else chose it: nothing opens before its owner has chosen another."""

    def __init__(self) -> None:
        super().__init__("这个密码是别人设的，只能用一次。", "还没有打开。", "请设一个只有您知道的密码。")


def in_words_of(error: StoreError) -> SurroundingsError | RefusedError:
    """The error in words for a person."""
    happened, kept, todo = _WORDS.get(type(error), ("数据库出了问题。", "文件没有删除。", "请联系旗中心。"))
    match error:
        case WrongPasswordError():
            return RefusedError(happened, kept, todo)
        case DamagedError() | WrongKeyError():
            return DamagedDeskError(happened, kept, todo)
    return SurroundingsError(happened, kept, todo)


@contextlib.contextmanager
def in_words() -> Iterator[None]:
    try:
        yield
    except StoreError as error:
        raise in_words_of(error) from error


def default_folder() -> Path:
    """Where this user's desk lives."""
    return Path(platformdirs.user_data_path("daiban-desk", appauthor=False))


def check_password(password: str, again: str) -> str:
    """What is wrong with a new password, "" when nothing is."""
    if len(password) < PASSWORD_LEAST:
        return f"密码至少 {PASSWORD_LEAST} 位，可以用几个字或一句话。"
    if password != again:
        return "两次输入的密码不一样。"
    return ""


def must_be_own(fresh: str, given: str) -> None:
    """Raises FirstPasswordError where none was chosen yet in the place of the one that was `given`, RefusedError where
    it is the same, or too short."""
    if not fresh:
        raise FirstPasswordError
    wrong = "新密码要和别人给的不一样。" if fresh == given else check_password(fresh, fresh)
    if wrong:
        raise RefusedError(wrong, "密码没有改。")


def accounts(folder: Path) -> tuple[Account, ...]:
    """Who may open the desk in `folder`; empty when there is none yet."""
    with in_words():
        found = vault.read(folder)
    return tuple(Account(slot.account, slot.name) for slot in found.slots) if found else ()
