"""Pictures, backups, agents."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest
from conftest import HERDER, PASSWORD, SetClock, full_draft

from db.files import MET
from desk.app import opening
from desk.app.open_desk import Desk
from desk.counter.office.backup_notes import Why, note_of
from desk.counter.restoring import restore
from desk.errors import DamagedDeskError, RefusedError, SurroundingsError


class TestFilesBackupsAgents:
    def test_a_picture_is_kept_by_its_hash_and_only_if_it_is_one(self, desk: Desk) -> None:
        data = b"\xff\xd8\xff" + b"x" * 100
        ref = desk.pictures.keep(data, "证.jpg")
        assert desk.pictures.read(ref.sha256) == data
        with pytest.raises(RefusedError, match="不是图片"):
            desk.pictures.keep(b"MZ evil", "x.jpg")
        with pytest.raises(RefusedError):
            desk.pictures.read("0" * 64)

    def test_a_backup_opens_with_the_password_and_takes_the_place_of_a_lost_database(
        self, desk: Desk, tmp_path: Path, tell: SetClock
    ) -> None:
        number = desk.register(full_draft(desk)).intake_no
        for nowhere in ("alt", str(tmp_path / "stick")):
            with pytest.raises(SurroundingsError, match="第二份"):
                desk.backups.make(nowhere)
        assert not list(tmp_path.rglob("daiban-*"))
        (tmp_path / "stick").mkdir()
        made = desk.backups.make(str(tmp_path / "stick"))
        assert not desk.backups.due()
        folder = desk.folder
        desk.close()
        (folder / "desk.db").write_bytes(b"broken" * 1000)
        done = restore.restore(folder, Path(made.path), "suhe", PASSWORD, tell)
        assert (Path(done.aside) / "desk.db").read_bytes().startswith(b"broken")
        again = opening.open_desk(folder, "suhe", PASSWORD, tell)
        assert again.case(number).row.applicant_name == HERDER.name
        again.close()
        assert list((tmp_path / "stick").rglob("desk.db"))

    def test_old_backups_make_room_for_those_that_say_more(self, desk: Desk, tell: SetClock) -> None:
        for at in range(40):
            desk.save_draft(full_draft(desk))
            desk.backups.make()
            tell.at += dt.timedelta(days=1)
            assert desk.backups.listed()[0].number == at + 1
        kept = [one.number for one in desk.backups.listed()]
        assert kept[:7] == list(range(40, 33, -1))
        assert len(kept) <= 11
        assert kept[-1] <= 12  # one from long ago, too

    def test_what_says_the_same_is_kept_once_and_made_once(self, desk: Desk, tell: SetClock) -> None:
        for _ in range(5):
            desk.backups.make()
        assert len(desk.backups.listed()) == 1
        desk.backups.keep("", Why.CLOSING)
        assert [one.number for one in desk.backups.listed()] == [5]
        desk.save_draft(full_draft(desk))
        desk.backups.keep("", Why.CLOSING)
        assert [one.number for one in desk.backups.listed()] == [6, 5]

    def test_no_clock_makes_a_backup_go(self, desk: Desk, tell: SetClock) -> None:
        now = tell.at
        for year in (2026, 2027, 1970, 2038, 2100, 2026):
            tell.at = now.replace(year=year)
            desk.save_draft(full_draft(desk))
            assert desk.backups.due()
            made = desk.backups.make()
            assert Path(made.path).is_dir()
            assert not desk.backups.due()
        assert [one.number for one in desk.backups.listed()] == [6, 5, 4, 3, 2, 1]

    def test_what_only_an_old_backup_has_is_never_removed(self, desk: Desk, make_desk, tell: SetClock) -> None:
        """Also where another one of its time stays: neither its age nor its number says what is in it."""
        other, beside = make_desk("other"), desk.folder / "backups"
        for at in range(3):
            other.register(full_draft(other, at))
            desk.save_draft(full_draft(desk))
            desk.backups.make()
            made = other.backups.make()
        shutil.copytree(made.path, beside / "2020-01-01T0000")
        for _ in range(30):
            desk.save_draft(full_draft(desk))
            desk.backups.make()
        assert (beside / "2020-01-01T0000" / "desk.db").exists()
        assert len(desk.backups.listed()) <= 12

    def test_content_that_is_not_what_was_hashed_makes_no_backup(self, desk: Desk) -> None:
        """As a disk that lost a write gives back the page of before: each page by itself is whole."""
        ref = desk.pictures.keep(b"\xff\xd8\xff" + b"x" * 900, "证.jpg")
        with desk.store.write() as db:
            db.conn.execute("UPDATE file SET bytes = ? WHERE sha256 = ?", (b"\xff\xd8\xff" + b"y" * 900, ref.sha256))
        with pytest.raises(DamagedDeskError):
            desk.backups.make()
        assert not desk.backups.listed()
        assert (desk.folder / MET).exists()

    def test_a_second_place_is_asked_for_after_a_week_without(self, desk: Desk, tmp_path: Path, tell: SetClock) -> None:
        stick = tmp_path / "stick"
        assert not desk.backups.keep("", Why.DAILY)
        tell.at += dt.timedelta(days=6, hours=23)
        assert not desk.backups.keep(str(stick), Why.DAILY)  # not plugged in: no failure
        tell.at += dt.timedelta(hours=2)
        assert desk.backups.keep(str(stick), Why.DAILY)
        stick.mkdir()
        assert not desk.backups.keep(str(stick), Why.DAILY)
        assert list(stick.rglob("vault.json"))

    def test_an_upgrade_and_new_keys_are_preceded_by_a_backup(self, desk: Desk, tell: SetClock) -> None:
        def why() -> list[Why]:
            return [note_of(Path(one.path)).why for one in desk.backups.listed()]

        desk.change_keys()
        assert why() == [Why.KEYS]
        with desk.store.write() as db:  # as the program before its last step wrote it
            db.conn.execute("DROP TABLE sibling_batch")
            db.conn.execute("DELETE FROM _sqlite_migrations WHERE name = 'what_siblings_wrote'")
        folder = desk.folder
        desk.close()
        opening.open_desk(folder, "suhe", PASSWORD, tell).close()
        assert why() == [Why.UPGRADE, Why.KEYS]

    def test_others_write_while_a_backup_is_made(self, desk: Desk) -> None:
        with desk.store.rooms.snapshot() as before:
            desk.register(full_draft(desk))
            assert before.execute("SELECT count(*) FROM entry").fetchone()[0] < desk.store.verify(desk.identity.node)

    def test_a_damaged_database_makes_no_backup_and_says_so(self, desk: Desk, tell: SetClock) -> None:
        desk.papers.receipt(desk.register(full_draft(desk)).intake_no)
        desk.store.rooms.writer_connection().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        path = desk.folder / "desk.db"
        with path.open("r+b") as file:
            file.seek(path.stat().st_size // 4096 // 2 * 4096 + 100)
            file.write(b"dust")
        with pytest.raises(DamagedDeskError):
            desk.backups.make()
        assert not desk.backups.listed()
        desk.close()
        with pytest.raises(DamagedDeskError):
            opening.open_desk(desk.folder, "suhe", PASSWORD, tell)  # found at the next login, too

    def test_a_second_agent_opens_the_same_desk_and_the_last_cannot_be_closed(self, desk: Desk, tell: SetClock) -> None:
        desk.agents.add("bater", "巴特尔", "a fine password")
        with pytest.raises(RefusedError, match="已经有了"):
            desk.agents.add("bater", "巴特尔", "a fine password")
        with pytest.raises(RefusedError, match="正在使用"):
            desk.agents.close("suhe", "调离")
        desk.agents.change_password(PASSWORD, "another one 2026")
        folder = desk.folder
        desk.close()
        other = opening.open_desk(folder, "bater", "a fine password", tell, fresh="a finer password")
        other.agents.close("suhe", "调离，已交接")
        with pytest.raises(RefusedError, match="最后一个"):
            other.agents.close("bater", "走了")
        other.close()
        with pytest.raises(RefusedError):
            opening.open_desk(folder, "suhe", "another one 2026", tell)
