"""Who may open the desk of a folder, and the database's troubles in words. Light: the login page waits for it."""

from __future__ import annotations

from pathlib import Path

import platformdirs

from desk.counter.office import standing
from desk.errors import DamagedDeskError, RefusedError
from desk.store.account import Account

PASSWORD_LEAST = 8


class FirstPasswordError(RefusedError):
    """The password is right, but somebody else chose it: nothing opens before its owner has chosen another."""

    def __init__(self) -> None:
        super().__init__("这个密码是别人设的，只能用一次。", "还没有打开。", "请设一个只有您知道的密码。")


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
    """Who may open the desk in `folder`; empty when there is none yet. Raises DamagedDeskError where nobody can."""
    found = standing.look(folder)
    if found.state is standing.State.LOCKED:
        raise DamagedDeskError(
            "账号文件坏了或不见了，也没有可用的副本。", "数据库原样保留，没有改动。", "请打开代办台窗口，用备份恢复。"
        )
    return found.accounts
