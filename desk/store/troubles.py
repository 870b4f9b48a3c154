"""What the surroundings did to the database, in words for a person: at opening, and while the desk is open."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

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

_Words = dict[type[StoreError], tuple[str, str, str]]

_WORDS: _Words = {
    WrongPasswordError: (
        "账号或密码不对。",
        "数据都在，没有改动。",
        "请再输一次；注意大小写。忘了密码请点“忘记密码”。",
    ),
    WrongKeyError: ("数据库打不开：文件坏了，或不是本机的。", "文件没有改动。", "请点“用备份恢复”。"),
    NewerSchemaError: (
        "数据是用更新版本的程序写的，这个版本不能打开。",
        "数据没有改动。",
        "请装上新版本的代办台再打开。",
    ),
    BusyError: ("代办台已经在这台电脑上打开了。", "数据没有改动。", "请切换到已打开的窗口。"),
    ClosedError: ("代办台已经关上。", "已登记的内容都在。", "请重新打开。"),
    FullError: ("磁盘满了或不能写。", "已登记的内容都在。", "请腾出空间，或检查磁盘是否写保护。"),
    DamagedError: ("数据库文件损坏。", "损坏的文件原样保留，没有删除。", "请点“用备份恢复”。"),
}
_OPEN = _WORDS | {
    BusyError: ("数据库正被别的程序占用，这一步没有做成。", "已登记的内容都在。", "请过一会儿再试。"),
}


def _in_words_of(error: StoreError, known: _Words) -> SurroundingsError | RefusedError:
    """The error in words for a person."""
    happened, kept, todo = known.get(type(error), ("数据库出了问题。", "文件没有删除。", "请联系旗中心。"))
    match error:
        case WrongPasswordError():
            return RefusedError(happened, kept, todo)
        case DamagedError() | WrongKeyError():
            return DamagedDeskError(happened, kept, todo)
    return SurroundingsError(happened, kept, todo)


@contextlib.contextmanager
def in_words() -> Iterator[None]:
    """While a desk is opened: a StoreError becomes a DeskError."""
    try:
        yield
    except StoreError as error:
        raise _in_words_of(error, _WORDS) from error


@contextlib.contextmanager
def in_words_while_open() -> Iterator[None]:
    """As `in_words`, of a desk that is open."""
    try:
        yield
    except StoreError as error:
        raise _in_words_of(error, _OPEN) from error
