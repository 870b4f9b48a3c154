"""Making a desk by enrolling it at its centre, and opening it with an agent's password."""

from __future__ import annotations

import contextlib
import platform
from collections.abc import Iterator
from pathlib import Path

import msgspec
import platformdirs

from db import opening, vault
from db.errors import (
    BusyError,
    DamagedError,
    FullError,
    NewerSchemaError,
    StoreError,
    WrongKeyError,
    WrongPasswordError,
)
from db.files import FolderLock
from desk import clock, divisions, events
from desk.app import Desk
from desk.errors import RefusedError, SurroundingsError
from desk.store import Fact, Identity, Store
from desk.sync import enrol
from desk.sync.keys import NodeKeys
from desk.views import Account

_WORDS: dict[type[StoreError], tuple[str, str, str]] = {
    WrongPasswordError: (
        "账号或密码不对。",
        "数据都在，没有改动。",
        "请再输一次；注意大小写。忘了密码请联系旗中心恢复。",
    ),
    WrongKeyError: ("数据库打不开：钥匙不对，或文件不是本机的。", "文件没有改动。", "请联系旗中心。"),
    NewerSchemaError: (
        "数据是用更新版本的程序写的，这个版本不能打开。",
        "数据没有改动。",
        "请装上新版本的代办台再打开。",
    ),
    BusyError: ("代办台已经在这台电脑上打开了。", "数据没有改动。", "请切换到已打开的窗口。"),
    FullError: ("磁盘满了或不能写。", "已登记的内容都在。", "请腾出空间，或检查磁盘是否写保护。"),
    DamagedError: ("数据库文件损坏。", "损坏的文件原样保留，没有删除。", "请联系旗中心，用备份恢复。"),
}


def told(error: StoreError) -> SurroundingsError | RefusedError:
    """The error in words for a person."""
    happened, kept, todo = _WORDS.get(type(error), ("数据库出了问题。", "文件没有删除。", "请联系旗中心。"))
    kind = RefusedError if isinstance(error, WrongPasswordError) else SurroundingsError
    return kind(happened, kept, todo)


@contextlib.contextmanager
def _in_words() -> Iterator[None]:
    try:
        yield
    except StoreError as error:
        raise told(error) from error


def default_folder() -> Path:
    """Where this user's desk lives."""
    return Path(platformdirs.user_data_path("daiban-desk", appauthor=False))


def accounts(folder: Path) -> tuple[Account, ...]:
    """Who may open the desk in `folder`; empty when there is none yet."""
    with _in_words():
        found = vault.read(folder)
    return tuple(Account(slot.account, slot.name) for slot in found.slots) if found else ()


def create_desk(
    folder: Path,
    address: str,
    code: str,
    account: Account,
    password: str,
    *,
    phone: str = "",
    demonstration: bool = False,
    cost: vault.Cost | None = None,
    tell: clock.Clock = clock.now,
) -> None:
    """Enrol at the centre with its one-time `code`, then make the encrypted desk in `folder`.

    Raises DeskError when the centre says no or a desk is already there; nothing is left half made.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if vault.read(folder) is not None:
        raise RefusedError("这个文件夹里已经有一个代办台。", "原有数据没有改动。")
    keys = NodeKeys.make()
    answer = enrol.enrol(address, code, keys, platform.node())
    places = divisions.load().path(answer.point_code)
    by_level = {place.level: place.name for place in places}
    identity = Identity(
        node=answer.node,
        keys=keys,
        point_code=answer.point_code,
        point_name=answer.point_name,
        township=by_level.get("township", ""),
        banner=by_level.get("banner", ""),
        phone=phone,
        centre_node=answer.centre_node,
        centre_name=answer.centre_name,
        centre_keys=enrol.centre_keys(answer),
        address=address,
        demonstration=demonstration,
    )
    with _in_words():
        key = vault.create(folder, account.account, account.name, password, cost or vault.Cost())
        _keep_recovery(folder, key, identity)
        rooms = opening.Rooms(folder / opening.FILE, key)
        store = Store(rooms, tell)
        store.set_identity(identity)
        with store.write() as db:
            added = events.AgentAdded(account.account, account.name)
            store.append(db, identity.node, account.account, [Fact("agent.added", account.account, added)])
        rooms.close()


def _keep_recovery(folder: Path, key: bytes, identity: Identity) -> None:
    """A copy of the database key that only the centre can open."""
    found = vault.read(folder)
    if found is not None:
        sealed = enrol.recovery(key, identity.centre_keys)
        vault.write(folder, msgspec.structs.replace(found, recovery=sealed))


def open_desk(folder: Path, account: str, password: str, tell: clock.Clock = clock.now) -> Desk:
    """Open the desk in `folder`. Raises RefusedError (wrong password) or SurroundingsError, in words."""
    with _in_words():
        found = vault.read(folder)
        if found is None:
            raise RefusedError("这台电脑还没有入网。", "", "请先向旗中心要入网码，运行 desk enrol。")
        key = vault.unlock(found, account, password)
        lock = FolderLock(folder)
        try:
            rooms = opening.Rooms(folder / opening.FILE, key)
        except BaseException:
            lock.release()
            raise
    name = next(slot.name for slot in found.slots if slot.account == account)
    return Desk(folder, Store(rooms, tell), Account(account, name), lock)
