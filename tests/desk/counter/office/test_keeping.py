"""Pictures, backups, agents."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from conftest import HERDER, PASSWORD, SetClock, full_draft

from desk.app import opening
from desk.app.open_desk import Desk
from desk.errors import RefusedError, SurroundingsError


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
        from desk.counter.office import backups

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
        aside = backups.restore(folder, Path(made.path), tell())
        assert (aside / "desk.db").read_bytes().startswith(b"broken")
        again = opening.open_desk(folder, "suhe", PASSWORD, tell)
        assert again.case(number).row.applicant_name == HERDER.name
        again.close()
        assert list((tmp_path / "stick").rglob("desk.db"))

    def test_old_backups_make_room(self, desk: Desk, tell: SetClock) -> None:
        for _ in range(24):
            desk.backups.make()
            tell.at += dt.timedelta(days=1)
        assert 7 <= len(desk.backups.listed()) <= 11

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
