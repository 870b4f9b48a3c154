"""Restoring: a copy is made beside, opened, read through, given what the damaged database still has, and only then
swapped in by renames. Whatever fails on the way, everything stays as it was.
"""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path

import msgspec

from db import backup, contents, opening, swap, vault
from db.errors import DamagedError, StoreError, WrongKeyError, WrongPasswordError
from db.files import FolderLock, private_copy, take_place
from db.pages import Pages, rows
from desk import clock
from desk.counter.office.keyring import data_key, guesses
from desk.counter.restoring import sources
from desk.errors import UNREADABLE, DamagedDeskError, RefusedError, SurroundingsError
from desk.law import numbers
from desk.store import soundness
from desk.store.identity import Identity
from desk.store.salvage import Saved, salvage
from desk.store.store import Store
from desk.store.troubles import in_words

_ROOM = 1.2  # times the copy that must be free: tables are worked out again in it
_NAMED = 5  # cases that are named one by one
_KEPT = "原来的文件没有动。"


class Restored(msgspec.Struct, frozen=True):
    """What came of it: where what was there lies now ("" where nothing was), the entries of the copy, what was saved
    of the damaged database and what was not."""

    aside: str
    made_at: str
    entries: int
    saved: Saved

    def words(self) -> str:
        """For a person, sentence by sentence: counted, not comforted."""
        said = [f"已恢复：备份里有 {self.entries} 条记录。" if self.made_at else f"已恢复：共 {self.entries} 条记录。"]
        saved = self.saved
        if self.aside:
            more = f"图片 {saved.pictures} 张、文书 {saved.papers} 份、草稿 {saved.drafts} 份"
            said.append(f"从原来的文件里找回以后的记录 {saved.entries + saved.again} 条，{more}。")
            said.append(self._lost())
            said.append(f"原来的文件另存在 {self.aside}，没有删除。")
        said.append("请马上同步一次：中心有而本机没有的，会取回来。")
        return "\n".join(said)

    def _lost(self) -> str:
        saved = self.saved
        if not saved.lost and not saved.cases:
            return "没有发现找不回的记录。"
        named = "、".join(f"{numbers.grouped(number)} {name}" for number, name in saved.cases[:_NAMED])
        whose = f"，其中办件 {len(saved.cases)} 件：{named}" if saved.cases else ""
        more = " 等" if len(saved.cases) > _NAMED else ""
        return f"有 {len(saved.lost)} 条记录没有找回{whose}{more}。同步后仍没有的，请照回执补登。"


def restore(folder: Path, place: Path, account: str, password: str, tell: clock.Clock = clock.now) -> Restored:
    """Put the copy in `place` in the place of what is in `folder`, which is set aside, never deleted. The desk must be
    closed. Raises RefusedError (a wrong password, a copy that is damaged too), SurroundingsError."""
    kept = sources.vault_of(place)
    if kept is None:
        raise RefusedError("这个文件夹里没有能用的备份。", _KEPT, "请换一份。")
    with _staged(folder, place.stat().st_size if place.is_file() else _size(place)) as coming:
        _copied(place, coming)
        key, chosen = _opened_by(folder, kept, coming, account, password, tell)
        held = _checked(coming / opening.FILE, key)
        saved = _merged(folder, coming, key, tell, owes=len(chosen.slots) < len(kept.slots))
        vault.write(coming, chosen)
        aside = _swap(folder, tell)
    return Restored(aside, backups_time(place), held.entries, saved)


def backups_time(place: Path) -> str:
    """When a copy was made, or its folder where nobody noted it."""
    found = sources.source(place)
    return (found.made_at or place.name) if found else place.name


def rescue(folder: Path, account: str, password: str, tell: clock.Clock = clock.now) -> Restored:
    """Without any backup: a new database of what the damaged one in `folder` still gives. Raises as `restore`."""
    kept = sources.vault_of(folder)
    if kept is None:
        raise RefusedError("账号文件读不出，没有它打不开数据库。", _KEPT, "请找一份备份。")
    with in_words(), guesses.counted(folder, account, tell):
        key = vault.unlock(kept, account, password)
    damaged = folder / opening.FILE
    with _staged(folder, damaged.stat().st_size if damaged.exists() else 0) as coming:
        identity = _identity_in(damaged, key)
        if identity is None:
            raise RefusedError("坏文件里读不出本机是谁，救不出来。", _KEPT, "请找一份备份，或联系旗中心。")
        with in_words():
            rooms = opening.Rooms(coming / opening.FILE, key)
            try:
                store = Store(rooms, tell)
                store.set_identity(identity)
                saved = salvage(store, damaged)
            finally:
                rooms.close()
        held = _checked(coming / opening.FILE, key)
        vault.write(coming, kept)
        aside = _swap(folder, tell)
    return Restored(aside, "", held.entries, saved)


def set_aside(folder: Path, tell: clock.Clock = clock.now) -> Path:
    """Data that nobody can open any more makes room for a new desk: it lies in a folder of its own. Raises
    SurroundingsError."""
    with _locked(folder):
        aside = folder / _aside_name(folder, tell)
        aside.mkdir()
        for name in (opening.FILE, f"{opening.FILE}-wal", f"{opening.FILE}-shm", vault.FILE, vault.COPY):
            if (folder / name).exists():
                take_place(folder / name, aside / name)
    return aside


# -- step by step --------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """The folder for us alone, what was cut off in it finished, and trouble of the disk in words."""
    try:
        with in_words():
            folder.mkdir(parents=True, exist_ok=True)
            swap.settle(folder)
            lock = FolderLock(folder)
            try:
                yield
            finally:
                lock.release()
    except OSError as error:
        raise SurroundingsError("没有恢复成：磁盘满了或不能写。", _KEPT, "请腾出磁盘空间后再试。") from error


@contextlib.contextmanager
def _staged(folder: Path, size: int) -> Iterator[Path]:
    """A folder for what comes; gone again where nothing comes of it."""
    with _locked(folder):
        free = shutil.disk_usage(folder).free
        if free < size * _ROOM:
            lacking = int(size * _ROOM - free) // (1 << 20) + 1
            raise SurroundingsError(f"磁盘空间不够，还差约 {lacking} MB。", _KEPT, "请腾出磁盘空间后再试。")
        coming = swap.stage(folder)
        try:
            yield coming
        except BaseException:
            swap.drop(folder)
            raise


def _size(place: Path) -> int:
    names = (opening.FILE, f"{opening.FILE}-wal")
    return sum((place / name).stat().st_size for name in names if (place / name).exists())


def _copied(place: Path, coming: Path) -> None:
    for name in (opening.FILE, f"{opening.FILE}-wal"):  # of a disk out of another PC: what was not folded in yet
        if (place / name).exists():
            private_copy(place / name, coming / name)


def _opened_by(
    folder: Path, kept: vault.Vault, coming: Path, account: str, password: str, tell: clock.Clock
) -> tuple[bytes, vault.Vault]:
    """The key that opens the copy in `coming`, and the vault that goes with it. Raises RefusedError."""
    try:
        with guesses.counted(folder, account, tell):
            return _key(sources.vault_of(folder), kept, coming / opening.FILE, account, password)
    except WrongPasswordError as error:
        raise RefusedError(
            "账号或密码不对。", _KEPT, "请用现在的密码；这台电脑上没有原来的账号文件时，用做这份备份时的密码。"
        ) from error


def _key(
    today: vault.Vault | None, kept: vault.Vault, copy: Path, account: str, password: str
) -> tuple[bytes, vault.Vault]:
    """By the vault of today where it opens the copy, for passwords were changed and agents left since: a copy from
    before the key was changed gets the key of today. Else by the copy's own, less those who left since. Raises
    WrongPasswordError, RefusedError."""
    fits = False
    try:
        key = vault.unlock(today or kept, account, password)
        fits = True
        for one in (key, *vault.former_keys(today or kept, key)):
            if _opens(copy, one):
                _put_under(copy, one, key)
                return key, today or kept
    except (WrongPasswordError, DamagedError):
        _must_not_have_left(today, kept, account)
    try:
        key = vault.unlock(kept, account, password)
    except WrongPasswordError:
        if not fits:
            raise
    else:
        if _opens(copy, key):
            return key, _less_who_left(today, kept)
    raise RefusedError("这份备份打不开：已经坏了，或是别的电脑的。", _KEPT, "请换一份。")


def _must_not_have_left(today: vault.Vault | None, kept: vault.Vault, account: str) -> None:
    """Raises WrongPasswordError where today's vault has the last word: the key was changed since, or who asks is not
    in it any more."""
    if today is None:
        return
    here = {slot.account for slot in today.slots}
    if len(today.former) > len(kept.former) or account not in here:
        raise WrongPasswordError(account)


def _less_who_left(today: vault.Vault | None, kept: vault.Vault) -> vault.Vault:
    here = {slot.account for slot in (today or kept).slots}
    staying = tuple(slot for slot in kept.slots if slot.account in here)
    return msgspec.structs.replace(kept, slots=staying or kept.slots)


def _opens(copy: Path, key: bytes) -> bool:
    try:
        with backup.opened(copy, key) as db:
            contents.count(db)
    except StoreError:
        return False
    return True


def _put_under(copy: Path, key: bytes, other: bytes) -> None:
    """The copy under another key, in its own place."""
    if key == other:
        return
    aside = copy.with_name(f"{copy.name}.other")
    try:
        with in_words():
            backup.copy_under(copy, key, aside, other)
    except DamagedDeskError as error:
        raise _damaged_too() from error
    for name in (copy.name, f"{copy.name}-wal", f"{copy.name}-shm"):
        copy.with_name(name).unlink(missing_ok=True)
    take_place(aside, copy)


def _checked(copy: Path, key: bytes) -> soundness.Holding:
    try:
        with backup.opened(copy, key) as db:
            return soundness.look_through(db)
    except (DamagedError, WrongKeyError) as error:
        raise _damaged_too() from error


def _damaged_too() -> RefusedError:
    return RefusedError("这份备份也坏了，没有用它。", _KEPT, "请换一份。")


def _merged(folder: Path, coming: Path, key: bytes, tell: clock.Clock, *, owes: bool) -> Saved:
    """Bring the copy up to this program and give it what is in the database that it replaces."""
    there = folder / opening.FILE
    with in_words():
        rooms = opening.Rooms(coming / opening.FILE, key)
        try:
            store = Store(rooms, tell)
            saved = salvage(store, there) if there.exists() else Saved()
            if owes:
                with store.write() as db:
                    data_key.owe_in(db)
        finally:
            rooms.close()
    _checked(coming / opening.FILE, key)
    return saved


def _swap(folder: Path, tell: clock.Clock) -> str:
    there = (folder / opening.FILE).exists() or (folder / vault.FILE).exists()
    aside = swap.take(folder, _aside_name(folder, tell))
    return str(aside) if there else ""


def _aside_name(folder: Path, tell: clock.Clock) -> str:
    name = f"{sources.ASIDE}{tell().astimezone(clock.BEIJING):%Y-%m-%dT%H%M%S}"
    taken = len(list(folder.glob(f"{name}*")))
    return f"{name}-{taken + 1}" if taken else name


def _identity_in(damaged: Path, key: bytes) -> Identity | None:
    """Who the desk is, out of pages that nobody touched: the one with the longest past."""
    found: list[Identity] = []
    pages = Pages(damaged, key)
    try:
        for row in rows(pages):
            match row.values:
                case ("identity", bytes(value)) if row.sound:
                    with contextlib.suppress(*UNREADABLE):
                        found.append(msgspec.json.decode(value, type=Identity))
    finally:
        pages.close()
    return max(found, key=lambda one: (len(one.former), one.enrolled), default=None)
