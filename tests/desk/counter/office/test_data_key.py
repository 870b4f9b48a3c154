"""When somebody leaves, what they kept opens nothing any more; what others kept still does."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from conftest import CHEAP, HERDER, PASSWORD, SetClock, full_draft

from db import slots, swap, vault
from desk.app import forgotten, opening
from desk.app.open_desk import Desk
from desk.counter.office import data_key
from desk.counter.office.accounts import accounts
from desk.counter.office.backup_notes import Why, note_of
from desk.counter.restoring import restore
from desk.errors import DeskError, RefusedError
from desk.store.account import Account

GIVEN, OWN = "a fine password", "a finer password"


@pytest.fixture
def two(desk: Desk, tell: SetClock) -> Desk:
    """A desk with 巴特尔, who has an own password."""
    desk.agents.add("bater", "巴特尔", GIVEN)
    desk.admit("bater", GIVEN, OWN)
    return desk


def test_an_old_vault_readmits_nobody_who_left(two: Desk, tell: SetClock) -> None:
    number = two.register(full_draft(two)).intake_no
    folder, old = two.folder, (two.folder / "vault.json").read_bytes()
    kept = Path(shutil.copytree(two.backups.make().path, folder.parent / "kept by bater"))
    key = two.store.rooms.key
    assert not two.agents.close("bater", "调离")
    assert two.store.rooms.key != key
    with two.store.read() as db:  # the same open desk goes on, for whoever reads and writes
        assert db.conn.execute("SELECT count(*) FROM case_row").fetchone()[0] == 1
    later = two.register(full_draft(two, 2)).intake_no
    two.close()
    assert not (folder / swap.GONE).exists()
    new = (folder / "vault.json").read_bytes()
    for name in ("vault.json", "vault-copy.json"):
        (folder / name).write_bytes(old)
    with pytest.raises(DeskError):
        opening.open_desk(folder, "bater", OWN, tell)
    # An old vault beside the new copy: who stayed is let in by the copy, and the vault is put right.
    (folder / "vault-copy.json").write_bytes(new)
    with pytest.raises(DeskError):
        opening.open_desk(folder, "bater", OWN, tell)
    again = opening.open_desk(folder, "suhe", PASSWORD, tell)
    assert {again.case(one).row.applicant_name for one in (number, later)} == {HERDER.name}
    assert [one.account for one in accounts(folder)] == ["suhe"]
    again.close()
    # What he kept before shows what he could see then, elsewhere; here it brings nobody back.
    with pytest.raises(RefusedError, match="账号或密码不对"):
        restore.restore(folder, kept, "bater", OWN, tell)
    assert restore.restore(folder.parent / "elsewhere", kept, "bater", OWN, tell).entries
    restored = restore.restore(folder, kept, "suhe", PASSWORD, tell)
    assert restored.saved.entries >= 1  # the later case, out of the database under the later key
    desk = opening.open_desk(folder, "suhe", PASSWORD, tell)
    assert desk.case(later).row.applicant_name == HERDER.name
    assert [one.account for one in accounts(folder)] == ["suhe"]
    desk.close()


def test_who_stays_needs_no_new_password_and_the_way_back_is_another(two: Desk, tell: SetClock) -> None:
    code = forgotten.help_for(two.folder).code
    two.agents.add("sara", "萨拉", GIVEN)
    two.agents.close("bater", "调离")
    assert forgotten.help_for(two.folder).code != code
    assert two.admit("sara", GIVEN, "Sara's own one").name == "萨拉"
    assert two.admit("suhe", PASSWORD).name == "苏和"
    assert [note_of(Path(one.path)).why for one in two.backups.listed()] == [Why.KEYS, Why.KEYS]  # before and after
    found = two.agents.found()
    assert (found.altered, found.broken, found.held_up) == ((), False, ())


def test_what_could_not_be_done_at_once_is_done_at_the_next_opening(
    two: Desk, tell: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = two.store.rooms.key

    def full(_path: Path) -> object:
        return shutil._ntuple_diskusage(0, 0, 0)  # type: ignore[attr-defined]

    with monkeypatch.context() as patched:
        patched.setattr(data_key.shutil, "disk_usage", full)
        with pytest.raises(DeskError, match="还没有换成"):
            two.agents.close("bater", "调离")
    assert two.store.rooms.key == key
    old = vault.read(two.folder)
    assert old is not None
    with pytest.raises(RefusedError):  # the log knows that he left, whatever the vault says
        two.admit("bater", OWN)
    two.close()
    again = opening.open_desk(two.folder, "suhe", PASSWORD, tell)
    assert again.store.rooms.key != key
    again.close()


def test_the_log_has_the_last_word_on_who_works_here(two: Desk, tell: SetClock) -> None:
    kept = vault.read(two.folder)
    assert kept is not None
    two.agents.close("bater", "调离")
    slot = next(one for one in kept.slots if one.account == "bater")
    now = vault.read(two.folder)
    assert now is not None
    back = msgspec.structs.replace(now, slots=(*now.slots, slots.sealed_to(slot, two.store.rooms.key)))
    vault.write(two.folder, back)  # by somebody who knows the key
    two.close()
    with pytest.raises(RefusedError, match="已经停用"):
        opening.open_desk(two.folder, "bater", OWN, tell)


def _of_version_one(key: bytes, account: str, name: str, password: str) -> slots.Slot:
    """As the program wrote it before slots had a key pair."""
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    bare = slots.Slot(account, name, b"s" * 16, CHEAP, b"")
    wrapped = ChaCha20Poly1305(slots._wrapping_key(password, bare)).encrypt(b"\0" * 12, key, account.encode())
    return msgspec.structs.replace(bare, wrapped=wrapped)


def test_old_slots_open_and_are_upgraded_and_another_key_waits_for_them(two: Desk, tell: SetClock) -> None:
    key = two.store.rooms.key
    two.agents.add("sara", "萨拉", GIVEN)
    kept = vault.read(two.folder)
    assert kept is not None
    old = (("suhe", "苏和", PASSWORD), ("bater", "巴特尔", OWN), ("sara", "萨拉", GIVEN))
    vault.write(two.folder, msgspec.structs.replace(kept, slots=tuple(_of_version_one(key, *one) for one in old)))
    two.close()
    desk = opening.open_desk(two.folder, "suhe", PASSWORD, tell)
    assert desk.agents.close("bater", "调离") == ("萨拉",)
    assert desk.agents.found().held_up == ("萨拉",)
    assert desk.store.rooms.key == key
    desk.close()
    desk = opening.open_desk(two.folder, "sara", GIVEN, tell)
    assert desk.store.rooms.key != key
    assert desk.agents.found().held_up == ()
    desk.close()
    opening.open_desk(two.folder, "suhe", PASSWORD, tell).close()


def test_a_slot_with_another_name_does_not_open_and_others_see_it(two: Desk, tell: SetClock) -> None:
    kept = vault.read(two.folder)
    assert kept is not None
    renamed = tuple(msgspec.structs.replace(one, name="苏和") if one.account == "bater" else one for one in kept.slots)
    vault.write(two.folder, msgspec.structs.replace(kept, slots=renamed))
    two.close()
    with pytest.raises(RefusedError, match="账号或密码不对"):
        opening.open_desk(two.folder, "bater", OWN, tell)
    desk = opening.open_desk(two.folder, "suhe", PASSWORD, tell)
    assert desk.agents.found().altered == ("苏和",)
    desk.close()


@pytest.mark.parametrize(
    "harm", [lambda back: {"wrapped": bytes(48)}, lambda back: {"sealed": back.sealed[:-1] + b"x"}]
)
def test_garbage_in_the_way_back_is_told_and_made_anew(
    desk: Desk, tell: SetClock, harm: Callable[[vault.Recovery], dict[str, bytes]]
) -> None:
    kept = vault.read(desk.folder)
    assert kept is not None
    assert kept.back is not None
    vault.write(desk.folder, msgspec.structs.replace(kept, back=msgspec.structs.replace(kept.back, **harm(kept.back))))
    desk.close()
    again = opening.open_desk(desk.folder, "suhe", PASSWORD, tell)
    assert again.agents.found().broken
    again.agents.renew_recovery()
    assert not again.agents.found().broken
    again.close()
    renewed = vault.read(desk.folder)
    assert renewed is not None
    assert renewed.back is not None
    assert renewed.back.sealed != kept.back.sealed


def test_an_agent_who_left_and_came_back_is_let_in(two: Desk, tell: SetClock) -> None:
    two.agents.close("bater", "借调")
    two.agents.add("bater", "巴特尔", GIVEN)
    assert two.admit("bater", GIVEN, OWN) == Account("bater", "巴特尔")
