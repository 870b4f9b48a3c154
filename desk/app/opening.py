"""Making a desk by enrolling it at its centre, and opening it with an agent's password."""

from __future__ import annotations

import contextlib
import secrets
from pathlib import Path

import msgspec

from db import backup, opening, swap, vault
from db.errors import DamagedError, WrongPasswordError
from db.files import MET, FolderLock
from desk import clock
from desk.app.open_desk import Desk
from desk.counter.office import backups, standing
from desk.counter.office.accounts import must_be_own
from desk.counter.office.backup_notes import FOLDER, Why
from desk.counter.office.keyring import guesses
from desk.errors import RefusedError, SurroundingsError
from desk.log import point_events
from desk.log.keys import NodeKeys
from desk.release import programs
from desk.store import soundness
from desk.store.account import Account
from desk.store.entries import Fact
from desk.store.identity import Identity
from desk.store.store import Store
from desk.store.troubles import in_words


class Joined(msgspec.Struct, frozen=True):
    """The point's name; `waits`: its past is here once a desk of the point or two people of the centre said yes."""

    point_name: str
    waits: bool = False


def create_desk(
    folder: Path,
    address: str,
    code: str,
    account: Account,
    password: str,
    *,
    point: str = "",
    phone: str = "",
    demonstration: bool = False,
    cost: vault.Cost | None = None,
    tell: clock.Clock = clock.now,
) -> Joined:
    """Enrol at the centre with its one-time `code`, then make the encrypted desk in `folder`.

    `point` is the code of the point where it is, "" for the one that the enrolment code is for. Raises DeskError when
    the centre says no or a desk is already there; nothing is left half made, no folder either.
    """
    import platform

    from desk.sync import enrol  # the network's library: only this once

    _must_be_free(folder)
    keys = NodeKeys.make()
    answer = enrol.enrol(address, code, keys, platform.node(), point=point)
    alone = _alone(answer.point_code, answer.point_name, keys, phone)
    identity = msgspec.structs.replace(
        enrol.joined(alone, answer, address), node=answer.node, demonstration=demonstration
    )
    _make(folder, identity, account, password, cost, tell)
    return Joined(answer.point_name, answer.waits)


def create_alone(
    folder: Path,
    point_code: str,
    point_name: str,
    account: Account,
    password: str,
    *,
    phone: str = "",
    practice: bool = False,
    cost: vault.Cost | None = None,
    tell: clock.Clock = clock.now,
) -> None:
    """Make a desk without a centre: for practice, or to be enrolled later under the number it gives itself (60 to 99).

    Raises RefusedError when a desk is already there.
    """
    _must_be_free(folder)
    identity = msgspec.structs.replace(_alone(point_code, point_name, NodeKeys.make(), phone), practice=practice)
    _make(folder, identity, account, password, cost, tell)


def _alone(point_code: str, point_name: str, keys: NodeKeys, phone: str) -> Identity:
    """Who a desk at this point is before it has a centre."""
    from desk.law import divisions

    by_level = {place.level: place.name for place in divisions.load().path(point_code)}
    banner = by_level.get("banner", "")
    level = (divisions.load().get(point_code) or divisions.Division("", "", "", "")).level
    return Identity(
        node=f"{point_code}-{60 + secrets.randbelow(40)}",
        keys=keys,
        point_code=point_code,
        point_name=point_name,
        township=by_level.get("township", "") if level == "village" else "",  # others have it in their own name
        banner=banner,
        phone=phone,
        centre_node="",
        centre_name=f"{banner}政务服务中心",
        centre_keys=keys.public(),
        address="",
        enrolled=False,
    )


def _must_be_free(folder: Path) -> None:
    """Raises RefusedError where a desk is, or what is left of one: nothing is written over."""
    if any((folder / name).exists() for name in (vault.FILE, vault.COPY, opening.FILE)):
        raise RefusedError("这个文件夹里已经有一个代办台。", "原有数据没有改动。")


def _make(
    folder: Path, identity: Identity, account: Account, password: str, cost: vault.Cost | None, tell: clock.Clock
) -> None:
    """The vault and the encrypted database with its first entry: made beside, then there at once."""
    try:
        with in_words():
            folder.mkdir(parents=True, exist_ok=True)
            lock = FolderLock(folder)
            try:
                _fill(swap.stage(folder), identity, account, password, cost, tell)
                swap.take(folder, "before")
            finally:
                swap.drop(folder)
                lock.release()
    except OSError as error:
        raise SurroundingsError(
            "没有建成：磁盘满了或不能写。", "没有改动。", "请腾出空间，或检查磁盘是否写保护。"
        ) from error


def _fill(
    folder: Path, identity: Identity, account: Account, password: str, cost: vault.Cost | None, tell: clock.Clock
) -> None:
    key = vault.create(folder, account.account, account.name, password, cost or vault.Cost())
    rooms = opening.Rooms(folder / opening.FILE, key)
    try:
        store = Store(rooms, tell)
        store.set_identity(identity)
        with store.write() as db:
            added = point_events.AgentAdded(account.account, account.name)
            store.append(db, identity.node, account.account, [Fact("agent.added", account.account, added)])
    finally:
        rooms.close()


def open_desk(
    folder: Path,
    account: str,
    password: str,
    tell: clock.Clock = clock.now,
    cost: vault.Cost | None = None,
    fresh: str = "",
) -> Desk:
    """Open the desk in `folder`; `fresh` is the own password in the place of one that was given.

    Raises RefusedError (wrong password), FirstPasswordError or SurroundingsError, in words.
    """
    if standing.look(folder).state is standing.State.NEW:
        raise RefusedError("这台电脑上还没有代办台。", "", "请重新打开程序，按提示设置。")
    with in_words():
        kept, key = _unlocked(folder, account, password, tell)
    slot = next(slot for slot in kept.slots if slot.account == account)
    if slot.given:
        must_be_own(fresh, password)
    desk = open_with(folder, Account(account, slot.name), key, tell, cost)
    if slot.given:
        desk.agents.take_own(fresh)
    else:
        with contextlib.suppress(SurroundingsError):
            desk.agents.renew_slot(password)
    settle(desk)
    return desk


def _unlocked(folder: Path, account: str, password: str, tell: clock.Clock) -> tuple[vault.Vault, bytes]:
    """The vault and the key that it gives. One that was put back from before the key was changed gives way to the copy
    beside it. Raises the StoreErrors, RefusedError."""
    kept = vault.read(folder) or vault.Vault(())
    with guesses.counted(folder, account, tell):
        key = vault.unlock(kept, account, password)
        if _fits(folder, key):
            return kept, key
        from desk.counter.restoring import sources

        other = sources.vault_of(folder, (vault.COPY,)) or vault.Vault(())
        try:
            newer = vault.unlock(other, account, password)
        except WrongPasswordError:
            return kept, key  # told when it is opened
        if _fits(folder, newer):
            vault.take_copy(folder, folder / vault.COPY)
            return other, newer
    return kept, key


def _fits(folder: Path, key: bytes) -> bool:
    path = folder / opening.FILE
    return not path.exists() or backup.opens(path, key)


def settle(desk: Desk) -> None:
    """What was put off: a full disk keeps nobody out."""
    with contextlib.suppress(SurroundingsError):
        desk.agents.data_key.settle()
    with contextlib.suppress(SurroundingsError):
        desk.agents.keep_recovery()


def open_with(
    folder: Path, account: Account, key: bytes, tell: clock.Clock = clock.now, cost: vault.Cost | None = None
) -> Desk:
    """Open the desk in `folder` with its database's key. Raises SurroundingsError, in words."""
    with in_words():
        lock = FolderLock(folder)
        try:
            desk = Desk(folder, _opened(folder, key, tell), account, lock, cost)
        except BaseException:
            lock.release()
            raise
    if not desk.agents.is_here(account.account):
        desk.close()
        raise RefusedError("这个账号已经停用，不能再打开。", "数据都在，没有改动。", "请由现在的代办员登录。")
    return desk


def _opened(folder: Path, key: bytes, tell: clock.Clock) -> Store:
    """The store, looked at: a file that is gone or empty would else be made anew and called the desk's. Where damage
    was met, all of it is read first. Raises the StoreErrors."""
    path = folder / opening.FILE
    if not path.exists() or not path.stat().st_size:
        raise DamagedError(opening.FILE)
    if path.with_name(MET).exists():
        with backup.opened(path, key) as db:
            soundness.look_through(db)
        path.with_name(MET).unlink(missing_ok=True)
    rooms = opening.Rooms(path, key, lambda old: _before_upgrade(folder, old, tell))
    try:
        store = Store(rooms, tell)
        store.identity()
    except LookupError as error:
        rooms.close()
        raise DamagedError("identity") from error
    except BaseException:
        rooms.close()
        raise
    return store


def _before_upgrade(folder: Path, old: opening.Rooms, tell: clock.Clock) -> None:
    """A new program keeps what the old one wrote before it brings it up. Raises SurroundingsError: without room for it
    nothing is brought up."""
    made = backups.make_of(old, folder, folder / FOLDER, Why.UPGRADE, tell)
    programs.note_backup(folder, Path(made.path))
