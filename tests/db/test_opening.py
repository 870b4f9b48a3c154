"""The database: encrypted, append-only where it says so, and left alone when it is newer than the program."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as cipher

from db import opening, vault
from db.desk import entry_rows, local_rows
from db.errors import BusyError, DamagedError, NewerSchemaError, WrongKeyError, WrongPasswordError
from db.files import FolderLock, write_whole

KEY = bytes(range(32))
CHEAP = vault.Cost(1, 8 * 1024, 1)
ROW = entry_rows.EntryRow("n", 1, b"h", "k", "s", 1, "t", b"e")


def raw(path: Path) -> cipher.Connection:
    connection = cipher.connect(str(path))
    connection.execute(f"PRAGMA key = \"x'{KEY.hex()}'\"")
    return connection


def test_nothing_readable_lies_on_disk(tmp_path: Path) -> None:
    room = opening.Rooms(tmp_path / "a.db", KEY)
    with room.write() as db:
        local_rows.put_draft(db, {"id": "x", "saved": "t", "body": "阿拉坦其其格".encode()})
    room.close()
    assert "阿拉坦".encode() not in b"".join(one.read_bytes() for one in tmp_path.iterdir())


def test_durability_is_as_promised(tmp_path: Path) -> None:
    room = opening.Rooms(tmp_path / "a.db", KEY)
    with room.write() as db:
        assert db.conn.execute("PRAGMA synchronous").fetchone()[0] == 2
        assert db.conn.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
        assert db.conn.execute("PRAGMA foreign_keys").fetchone()[0] == 1
    room.close()


@pytest.mark.parametrize("statement", ["UPDATE entry SET kind = 'x'", "DELETE FROM entry"])
def test_the_log_only_grows(tmp_path: Path, statement: str) -> None:
    room = opening.Rooms(tmp_path / "a.db", KEY)
    with room.write() as db:
        entry_rows.add_entries(db, [ROW])
    with pytest.raises(cipher.IntegrityError), room.write() as db:
        db.conn.execute(statement)
    with room.read() as db:
        assert entry_rows.has_entry(db, "n", 1)
    room.close()


def test_a_failed_transaction_leaves_nothing(tmp_path: Path) -> None:
    room = opening.Rooms(tmp_path / "a.db", KEY)

    def half_way() -> None:
        with room.write() as db:
            entry_rows.add_entries(db, [ROW])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half_way()
    with room.read() as db:
        assert not entry_rows.has_entry(db, "n", 1)
    room.close()


def test_a_newer_schema_is_left_untouched(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    opening.Rooms(path, KEY).close()
    connection = raw(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(NewerSchemaError):
        opening.Rooms(path, KEY)
    assert path.read_bytes() == before


def test_a_wrong_key_and_a_broken_file_are_told_apart_from_bugs(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    opening.Rooms(path, KEY).close()
    with pytest.raises(WrongKeyError):
        opening.Rooms(path, bytes(32))
    (tmp_path / "b.db").write_bytes(b"not a database at all" * 300)
    with pytest.raises(WrongKeyError):
        opening.Rooms(tmp_path / "b.db", KEY)


def test_the_vault_opens_with_the_right_password_only(tmp_path: Path) -> None:
    key = vault.create(tmp_path, "suhe", "苏和", "right", CHEAP)
    found = vault.read(tmp_path)
    assert found is not None
    assert vault.unlock(found, "suhe", "right") == key
    for account, password in (("suhe", "wrong"), ("other", "right"), ("suhe", "")):
        with pytest.raises(WrongPasswordError):
            vault.unlock(found, account, password)
    assert key not in (tmp_path / vault.FILE).read_bytes()
    (tmp_path / vault.FILE).write_bytes(b"{")
    with pytest.raises(DamagedError):
        vault.read(tmp_path)


def test_one_process_to_a_folder(tmp_path: Path) -> None:
    lock = FolderLock(tmp_path)
    with pytest.raises(BusyError):
        FolderLock(tmp_path)
    lock.release()
    FolderLock(tmp_path).release()


def test_a_file_is_whole_or_as_before(tmp_path: Path) -> None:
    path = tmp_path / "f"
    write_whole(path, b"one")
    write_whole(path, b"two")
    assert path.read_bytes() == b"two"
    assert [one.name for one in tmp_path.iterdir()] == ["f"]
