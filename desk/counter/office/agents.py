"""代办员: the accounts of this desk, each with its own way to the database's key."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec

from db import slots, vault
from db.desk import entry_rows
from db.errors import WrongPasswordError
from desk.counter.office.accounts import accounts, check_password
from desk.counter.office.keyring import data_key, guesses, way_back
from desk.counter.office.keyring.way_back import WayBack
from desk.counter.session import Session, required
from desk.errors import RefusedError, SurroundingsError
from desk.log import chain
from desk.log.point_events import AgentAdded, AgentLeft, PasswordSet
from desk.store.account import Account
from desk.store.entries import Fact
from desk.store.troubles import in_words

_ACCOUNT = re.compile(r"[a-z0-9][a-z0-9._-]{1,29}")


def check_account(account: str) -> str:
    """What is wrong with an account name, "" when nothing is."""
    return "" if _ACCOUNT.fullmatch(account) else "账号用 2 到 30 个小写字母或数字，如 suhe。"


def suggested_account(name: str) -> str:
    """The pinyin of a name as far as it will do as an account: 苏和 -> suhe."""
    from desk.words import search_keys

    return "".join(char for char in search_keys.sort_key(name) if char.isascii() and char.isalnum())[:30]


class Found(msgspec.Struct, frozen=True):
    """What somebody who came in has to know: `guessed`, wrong passwords in words and how many; `altered`, names of the
    accounts whose slot is not as this desk wrote it; `broken`, the way back through the centre is not; `held_up`, whose
    login another database key waits for."""

    guessed: str = ""
    count: int = 0
    altered: tuple[str, ...] = ()
    broken: bool = False
    held_up: tuple[str, ...] = ()


class Agents:
    """Who may open this desk."""

    def __init__(self, session: Session, folder: Path, cost: vault.Cost | None = None) -> None:
        self._session, self._folder, self._cost = session, folder, cost or vault.Cost()
        self.data_key = data_key.DataKey(session, folder)

    def listed(self) -> tuple[Account, ...]:
        """All accounts."""
        return accounts(self._folder)

    def add(self, account: str, name: str, password: str) -> None:
        """Another agent; the password is given, so its owner has to choose another at the first login. Raises
        RefusedError."""
        name = required(name, "姓名")
        wrong = check_account(account) or check_password(password, password)
        if wrong:
            raise RefusedError(wrong, "没有增加。")
        kept = self._vault()
        if any(slot.account == account for slot in kept.slots):
            raise RefusedError(f"账号“{account}”已经有了。", "没有增加。", "请换一个账号。")
        slot = slots.make(self._session.store.rooms.key, account, name, password, self._cost, given=True)
        with self._session.store.write() as db:
            self._session.append(db, Fact("agent.added", account, AgentAdded(account, name)))
            self._write(msgspec.structs.replace(kept, slots=(*kept.slots, slot)))

    def close(self, account: str, reasons: str) -> tuple[str, ...]:
        """An agent who left; the last one cannot be closed. Entries keep their name for ever. The database gets another
        key at once; names of those who have to log in before that. Raises RefusedError, SurroundingsError."""
        why = required(reasons, "停用的原因")
        kept = self._vault()
        left = tuple(slot for slot in kept.slots if slot.account != account)
        if not left:
            raise RefusedError("这是最后一个账号，停用后谁也打不开。", "没有停用。", "请先增加接任的代办员。")
        if account == self._session.account.account:
            raise RefusedError("不能停用正在使用的账号。", "没有停用。", "请由接任的代办员登录后停用。")
        gone = next((slot for slot in kept.slots if slot.account == account), None)
        if gone is None:
            raise RefusedError("没有这个账号。", "没有改动。")
        with self._session.store.write() as db:
            self._session.append(db, Fact("agent.left", account, AgentLeft(account, gone.name, why)))
            data_key.owe_in(db)
            self._write(msgspec.structs.replace(kept, slots=left))
        self.data_key.settle()
        return self.data_key.held_up()

    def change_password(self, old: str, new: str) -> None:
        """Another password for whoever is at the desk. Raises RefusedError when the old one is wrong."""
        mine = self._session.account
        kept = self._vault()
        try:
            with in_words(), guesses.counted(self._folder, mine.account, self._session.store.tell):
                key = vault.unlock(kept, mine.account, old)
        except RefusedError as error:
            if not isinstance(error.__cause__, WrongPasswordError):
                raise
            raise RefusedError("原来的密码不对。", "密码没有改。") from error
        wrong = check_password(new, new)
        if wrong:
            raise RefusedError(wrong, "密码没有改。")
        self._write(vault.with_slot(kept, slots.make(key, mine.account, mine.name, new, self._cost)))

    def renew_slot(self, password: str) -> None:
        """A slot of an older version becomes one of today's, by its own password. Raises SurroundingsError."""
        kept, mine = self._vault(), self._session.account
        if any(slot.account == mine.account for slot in vault.staying_behind(kept)):
            key = self._session.store.rooms.key
            self._write(vault.with_slot(kept, slots.make(key, mine.account, mine.name, password, self._cost)))

    def is_here(self, account: str) -> bool:
        """Whether the log says that `account` works here, whatever a vault says: an old one may still know who left."""
        who = self._session.identity
        nodes = {who.node, *(one.node for one in who.former)}
        with self._session.store.read() as db:
            about = [chain.decoded(one) for one in entry_rows.entries_about(db, account)]
        said = [one for one in about if one.node in nodes and one.kind in ("agent.added", "agent.left")]
        last = max(said, key=lambda one: (one.rank, one.seq), default=None)
        return last is None or last.kind == "agent.added"

    def take_own(self, password: str) -> None:
        """An own password in the place of the one that was given. Raises RefusedError."""
        self._set(password, "first", self._vault())

    def recover(self, password: str) -> None:
        """Another password for an agent who came in with the centre's help. The secret that helped has been read aloud,
        so it is worth nothing from now on. Raises RefusedError."""
        renewed = msgspec.structs.replace(self._vault(), recovery=b"", back=self._way_back())
        self._set(password, "recovered", renewed)

    def _set(self, password: str, how: str, after: vault.Vault) -> None:
        wrong = check_password(password, password)
        if wrong:
            raise RefusedError(wrong, "密码没有改。")
        store, mine = self._session.store, self._session.account
        slot = slots.make(store.rooms.key, mine.account, mine.name, password, self._cost)
        with store.write() as db:
            entry = PasswordSet(mine.account, mine.name, how)
            self._session.append(db, Fact("agent.password_set", mine.account, entry))
            self._write(vault.with_slot(after, slot))

    def keep_recovery(self) -> None:
        """Make a way back through the centre that this desk has now; one that it can open stays as it is, and one that
        is not what this desk made, too: that is told, and made anew by `renew_recovery`."""
        if self._look_at_way_back() is WayBack.OWED:
            self.renew_recovery()

    def renew_recovery(self) -> None:
        """Another way back in the place of the one that is there. Raises SurroundingsError."""
        self._write(msgspec.structs.replace(self._vault(), recovery=b"", back=self._way_back()))

    def found(self) -> Found:
        """What whoever came in has to know; wrong passwords count as told by it."""
        kept, key = self._vault(), self._session.store.rooms.key
        guessed = guesses.untold(self._folder)
        return Found(
            guesses.in_words(guessed, self._names()),
            len(guessed),
            tuple(slot.name for slot in kept.slots if not slots.is_genuine(slot, key)),
            self._look_at_way_back() is WayBack.BROKEN,
            self.data_key.held_up(),
        )

    def guessed_lately(self) -> str:
        """Wrong passwords of the last month, in words; "" for none."""
        return guesses.in_words(guesses.lately(self._folder, self._session.store.tell), self._names())

    def _names(self) -> dict[str, str]:
        return {one.account: one.name for one in self._vault().slots}

    def _look_at_way_back(self) -> WayBack:
        return way_back.look(self._vault(), self._session.identity, self._session.store.rooms.key)

    def _way_back(self) -> vault.Recovery | None:
        return way_back.made(self._session.identity, self._session.store.rooms.key)

    def _write(self, kept: vault.Vault) -> None:
        """Within the transaction that says so: what the vault does not take is not said. Raises SurroundingsError."""
        try:
            vault.write(self._folder, kept)
        except OSError as error:
            raise SurroundingsError(
                "账号没有改：磁盘满了或不能写。", "原来的账号和密码都在。", "请腾出空间，或检查磁盘是否写保护。"
            ) from error

    def _vault(self) -> vault.Vault:
        with in_words():
            kept = vault.read(self._folder)
        if kept is None:
            raise RefusedError("本机的账号文件不见了。", "数据库没有改动。", "请用备份恢复 vault.json。")
        return kept
