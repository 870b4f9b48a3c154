"""What lies in a desk's folder at the start: a desk, nothing yet, or data whose vault is broken or gone.

A broken vault is never written over: it is set aside under another name, and the last good copy takes its place.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

import msgspec

from db import swap, vault
from db.errors import DamagedError
from db.files import DATABASE
from desk.counter.office import backup_notes
from desk.errors import SurroundingsError
from desk.store.account import Account
from desk.store.troubles import in_words

_BROKEN = "vault-damaged"


class State(StrEnum):
    """What there is."""

    DESK = "desk"
    NEW = "new"
    LOCKED = "locked"  # a database, and no vault that would open it


class Standing(msgspec.Struct, frozen=True):
    """The state, who may open the desk, and what was mended, in words ("" where nothing was)."""

    state: State
    accounts: tuple[Account, ...] = ()
    told: str = ""


def look(folder: Path) -> Standing:
    """What is there, once what was cut off is finished and a broken vault replaced. Raises SurroundingsError."""
    try:
        with in_words():
            swap.settle(folder)
            told = _mended(folder)
            found = vault.read(folder) if told is not None else None
    except OSError as error:
        raise SurroundingsError(
            "磁盘满了或不能写。", "数据都在，没有改动。", "请腾出空间，或检查磁盘是否写保护。"
        ) from error
    if found is None:
        there = any((folder / name).exists() for name in (DATABASE, vault.FILE))
        return Standing(State.LOCKED if there else State.NEW)
    return Standing(State.DESK, tuple(Account(one.account, one.name) for one in found.slots), told or "")


def _mended(folder: Path) -> str | None:
    """Take a good copy where the vault is broken or gone: what was done, "" for nothing, None where no copy is good."""
    path = folder / vault.FILE
    try:
        if vault.read_file(path) is not None:
            return ""
        broken = False
    except DamagedError:
        broken = True
    if not broken and not (folder / DATABASE).exists():
        return None
    for source, said in _copies(folder):
        try:
            if vault.read_file(source) is None:
                continue
        except DamagedError:
            continue
        kept = f"，坏的另存为 {_aside(path).name}" if broken else ""
        vault.take_copy(folder, source)
        return f"账号文件{'坏了' if broken else '不见了'}，已改用{said}{kept}。数据没有改动。"
    return None


def _copies(folder: Path) -> list[tuple[Path, str]]:
    """Where a copy may be, the newest first."""
    made = backup_notes.listed(folder / backup_notes.FOLDER)
    found = [(Path(one.path) / vault.FILE, f" {one.made_at.replace('T', ' ')} 的备份里的") for one in made]
    return [(folder / vault.COPY, "旁边的副本"), *found]


def _aside(path: Path) -> Path:
    taken = len(list(path.parent.glob(f"{_BROKEN}*")))
    return path.replace(path.with_name(f"{_BROKEN}-{taken + 1}.json"))
