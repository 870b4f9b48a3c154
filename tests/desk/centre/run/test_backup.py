"""The whole centre in one file under a password, and back."""

from __future__ import annotations

import io
import sqlite3
from pathlib import Path

import pytest
from conftest import HERDER, PASSWORD, Served, SetClock, both_databases, full_draft, serving, sync

from desk.app.open_desk import Desk
from desk.centre import commands, site
from desk.centre.node import centre_node
from desk.centre.run import backup
from desk.centre.run.sealed_file import Reader, Writer
from desk.errors import RefusedError
from desk.sync.outcome import Outcome

SECRET = "a backup's password"


def sealed(plain: bytes, password: str = SECRET) -> bytes:
    out = io.BytesIO()
    writer = Writer(out, password)
    for at in range(0, len(plain), 70_000):
        writer.write(plain[at : at + 70_000])
    writer.close()
    return out.getvalue()


@pytest.mark.parametrize("size", [0, 1, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, 3 << 20])
def test_what_goes_in_comes_out(size: int) -> None:
    plain = bytes(range(256)) * (size // 256) + b"z" * (size % 256)
    kept = sealed(plain)
    assert Reader(io.BytesIO(kept), SECRET).read() == plain
    reader, got = Reader(io.BytesIO(kept), SECRET), bytearray()
    while piece := reader.read(10_007):
        got += piece
    assert got == plain


def test_no_piece_can_be_changed_left_out_or_added() -> None:
    kept = sealed(b"a" * (2 << 20) + b"b")
    head = len(kept) - (2 * ((1 << 20) + 20) + 21)
    second = head + (1 << 20) + 20
    swapped = kept[:head] + kept[second : 2 * second - head] + kept[head:second] + kept[2 * second - head :]
    flipped = bytearray(kept)
    flipped[-1] ^= 1
    wrong = [
        kept[:-1],
        kept[:-21],
        kept[:second],
        kept[:head],
        kept + b"x",
        swapped,
        bytes(flipped),
        b"",
        b"DBC1",
        b"x" * 99,
    ]
    for one in wrong:
        with pytest.raises(RefusedError):
            Reader(io.BytesIO(one), SECRET).read()
    with pytest.raises(RefusedError, match="密码"):
        Reader(io.BytesIO(kept), "another password").read()


@both_databases
def test_a_centre_goes_into_a_file_and_comes_back(
    served: Served, desk: Desk, centre_url: str, empty_database: str, tmp_path: Path, tell: SetClock
) -> None:
    number = desk.register(full_draft(desk)).intake_no
    sync(desk)
    target, folder = tmp_path / "centre.dbc", tmp_path / "again"
    manifest = backup.backup(served.centre, centre_url, target, SECRET)
    assert {"centre.key", "centre.box"} < {one.name for one in manifest.members}
    assert HERDER.name.encode() not in target.read_bytes()
    assert sorted(one.name for one in tmp_path.iterdir() if one.name.startswith(".")) == []
    assert [one.name for one in served.centre.folder.iterdir() if one.name.startswith(".copy")] == []

    later = desk.register(full_draft(desk, 2)).intake_no  # what the backup does not have
    sync(desk)

    with pytest.raises(RefusedError, match="密码"):
        backup.restore(folder, empty_database, target, "not the password")
    assert list(folder.iterdir()) == []
    _, epoch = backup.restore(folder, empty_database, target, SECRET)
    assert epoch == 2
    centre = centre_node.Centre(folder, empty_database, tell=tell)
    assert centre.case(number) is not None
    assert centre.case(later) is None
    centre.verify()
    with serving(site.app(centre)) as address:
        desk.set_centre_address(address)
        assert sync(desk).outcome is Outcome.DONE
        assert centre.case(later) is not None
    with pytest.raises(RefusedError, match="不是空的"):
        backup.restore(folder, empty_database, target, SECRET)
    if empty_database:
        with pytest.raises(RefusedError, match="已经有内容"):
            backup.restore(tmp_path / "third", empty_database, target, SECRET)
    centre.close()


def test_a_restore_that_was_cut_off_is_done_again_and_nothing_else_is_written_over(
    served: Served, tmp_path: Path
) -> None:
    """Killed while files were moved in, the keys not yet; its epoch was begun before."""
    backup.backup(served.centre, "", tmp_path / "centre.daiban", SECRET)
    again = tmp_path / "again"
    (again / ".restoring-1").mkdir(parents=True)
    for name in ("centre.db", "centre.db-wal", "centre.box"):
        (again / name).write_bytes(b"left half way")
    (again / "diary.txt").write_text("somebody's")
    with pytest.raises(RefusedError, match="不是空的"):
        backup.restore(again, "", tmp_path / "centre.daiban", SECRET)
    (again / "diary.txt").unlink()
    _, epoch = backup.restore(again, "", tmp_path / "centre.daiban", SECRET)
    assert epoch == 2
    assert not list(again.glob(".restoring-*"))
    with pytest.raises(RefusedError, match="不是空的"):
        backup.restore(again, "", tmp_path / "centre.daiban", SECRET)
    (other := tmp_path / "other").mkdir()
    (other / "centre.db").write_bytes(b"whose?")
    with pytest.raises(RefusedError, match="不是空的"):
        backup.restore(other, "", tmp_path / "centre.daiban", SECRET)
    assert (other / "centre.db").read_bytes() == b"whose?"


def test_a_restore_whose_disk_breaks_leaves_the_place_as_it_was(
    served: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup.backup(served.centre, "", tmp_path / "centre.daiban", SECRET)
    seen: list[str] = []

    def full(self: Path, target: Path) -> Path:
        seen.append(self.name)
        if self.name == centre_node.KEYS_FILE:
            raise OSError(28, "No space left on device")
        return real(self, target)

    real = Path.replace
    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", full)
        with pytest.raises(RefusedError, match="读写没有成功"):
            backup.restore(tmp_path / "again", "", tmp_path / "centre.daiban", SECRET)
    assert seen[-1] == centre_node.KEYS_FILE  # with the last file it is a centre
    assert list((tmp_path / "again").iterdir()) == []
    assert backup.restore(tmp_path / "again", "", tmp_path / "centre.daiban", SECRET)[1] == 2


def test_the_commands_say_what_they_did(
    served: Served, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DAIBAN_PASSWORD", SECRET)
    target = str(tmp_path / "a.dbc")
    here = ["--data", str(served.centre.folder)]
    assert commands.run_centre([*here, "backup", target]) == 0
    assert commands.run_centre([*here, "backup", target]) == 1
    assert "已经有了" in capsys.readouterr().err
    assert commands.run_centre([*here, "restore", target]) == 1
    assert commands.run_centre(["--data", str(tmp_path / "b"), "restore", target]) == 0
    assert "第 2 纪元" in capsys.readouterr().out
    monkeypatch.setenv("DAIBAN_PASSWORD", "short")
    assert commands.run_centre([*here, "backup", str(tmp_path / "c.dbc")]) == 1
    assert not (tmp_path / "c.dbc").exists()


def test_a_damaged_database_makes_no_backup(tmp_path: Path) -> None:
    centre_node.create(tmp_path / "centre", "152523", "中心")
    centre = centre_node.Centre(tmp_path / "centre")
    centre.close()
    path = tmp_path / "centre" / "centre.db"
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
    broken = bytearray(path.read_bytes())
    broken[8192 * 2 : 8192 * 40] = b"\xff" * (8192 * 38)
    path.write_bytes(broken)
    with pytest.raises(RefusedError):
        backup.backup(centre, "", tmp_path / "a.dbc", SECRET)
    assert not (tmp_path / "a.dbc").exists()
    centre.close()


def test_password_of_people_is_not_the_files(served: Served, tmp_path: Path) -> None:
    """The file's header tells the cost and a salt, and nothing else."""
    backup.backup(served.centre, "", tmp_path / "a.dbc", SECRET)
    head = (tmp_path / "a.dbc").read_bytes()[:200]
    assert head[:4] == b"DBC1"
    assert PASSWORD.encode() not in head
