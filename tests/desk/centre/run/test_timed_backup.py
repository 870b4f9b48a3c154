"""Backups by themselves: made, rotated, in a second place, restored to try; and what watches see of it."""

from __future__ import annotations

import datetime as dt
import logging
from pathlib import Path

import httpx
import msgspec
import pytest
import sqlalchemy as sa
from conftest import PASSWORD, TRUSTING, Served, SetClock, both_databases, full_draft, serving, sync
from office import logged_in
from sqlalchemy.exc import OperationalError

from db.centre.line import engine
from desk.app.open_desk import Desk
from desk.centre import commands, site
from desk.centre.node import centre_node
from desk.centre.node.roles import Role
from desk.centre.run import backup, guard, moving, timed_backup
from desk.centre.run.hosts.adding import host_name
from desk.centre.run.settings import Settings
from desk.errors import RefusedError

SECRET = "a backup's password"


@pytest.fixture
def how(tmp_path: Path) -> Settings:
    secret, away = tmp_path / "backup.password", tmp_path / "away"
    secret.write_text(SECRET + "\n")
    secret.chmod(0o600)
    away.mkdir()
    told = {"backup_folder": str(tmp_path / "backups"), "backup_second": str(away), "backup_keep": 3}
    return msgspec.structs.replace(TRUSTING, backup_password_file=str(secret), **told)


def names(folder: str) -> list[str]:
    return sorted(one.name for one in Path(folder).iterdir())


def test_it_is_made_at_its_time_and_restored_to_try(
    served: Served, desk: Desk, how: Settings, tell: SetClock, tmp_path: Path
) -> None:
    number = desk.register(full_draft(desk)).intake_no
    sync(desk)
    centre = served.centre
    timed_backup.look(centre, "", how)
    known = timed_backup.state(centre.folder)
    assert (known.trouble, known.entries > 2, bool(known.second)) == ("", True, True)
    assert names(how.backup_folder) == names(how.backup_second) == [known.file]
    assert [one for one in centre.folder.iterdir() if one.name.startswith(".try")] == []
    timed_backup.look(centre, "", how)  # an hour has not passed
    assert names(how.backup_folder) == [known.file]
    tell.at += dt.timedelta(hours=25)
    timed_backup.look(centre, "", how)
    assert len(names(how.backup_folder)) == 2
    assert timed_backup.state(centre.folder).tried == known.tried  # once a week
    centre_again = centre_node.Centre(_restored(tmp_path, Path(how.backup_second) / known.file), tell=tell)
    assert centre_again.case(number) is not None
    centre_again.close()


def _restored(tmp_path: Path, file: Path) -> Path:
    backup.restore(tmp_path / "again", "", file, SECRET)
    return tmp_path / "again"


def test_old_ones_go_by_their_turn(tmp_path: Path) -> None:
    days = [dt.date(2025, 1, 1) + dt.timedelta(one) for one in range(0, 690, 10)]
    for turn, day in enumerate(days):
        (tmp_path / f"centre-152523-{turn:06}-{day:%Y%m%d}-030000.dbc").touch()
    (tmp_path / "notes.txt").touch()
    timed_backup.rotate(tmp_path, "152523", 14)
    left = names(str(tmp_path))
    assert "notes.txt" in left
    ours = [one[21:29] for one in left if one.startswith("centre-")]
    assert ours[-14:] == [f"{day:%Y%m%d}" for day in days[-14:]]
    firsts = {day.strftime("%Y%m"): f"{day:%Y%m%d}" for day in reversed(days)}
    assert set(sorted(firsts.values())[-11:]) <= set(ours)
    assert len(ours) <= 14 + 12 + 1


def test_those_of_before_there_were_numbers_go_as_well(tmp_path: Path) -> None:
    days = [dt.date(2026, 9, 1) + dt.timedelta(one) for one in range(60)]
    for day in days[:40]:
        (tmp_path / f"centre-152523-{day:%Y%m%d}-030000.dbc").touch()
    for turn, day in enumerate(days[40:], 1):
        (tmp_path / f"centre-152523-{turn:06}-{day:%Y%m%d}-030000.dbc").touch()
    timed_backup.rotate(tmp_path, "152523", 25)
    firsts = [days[0], days[30]]
    assert [one[-19:-11] for one in names(str(tmp_path))] == [
        *(f"{day:%Y%m%d}" for day in days[40:]),
        *(f"{day:%Y%m%d}" for day in [*firsts, *days[35:40]]),
    ]


def test_a_clock_that_jumped_a_year_and_came_back_costs_no_backup(
    served: Served, how: Settings, tell: SetClock
) -> None:
    here, how = tell.at, msgspec.structs.replace(how, backup_keep=2)
    for days in (0, 1, 365, 366, 2, 3, 4):
        tell.at = here + dt.timedelta(days=days, minutes=days)
        before = timed_backup.state(served.centre.folder).file
        timed_backup.look(served.centre, "", how)
        made = timed_backup.state(served.centre.folder)
        assert made.file != before, f"none was made on day {days}"
        assert not timed_backup.is_late(how, made, tell.at)
        for folder in (how.backup_folder, how.backup_second):
            assert {before, made.file} - {""} <= set(names(folder)), f"day {days}"


def test_what_goes_wrong_is_told_and_tried_again(
    served: Served, how: Settings, tell: SetClock, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    Path(how.backup_second).rmdir()  # not mounted
    timed_backup.look(served.centre, "", how)
    known = timed_backup.state(served.centre.folder)
    assert (bool(known.made), known.second, "第二个地方" in known.trouble) == (True, "", True)
    assert not Path(how.backup_second).exists()
    Path(how.backup_password_file).chmod(0o644)
    tell.at += dt.timedelta(days=3)
    timed_backup.look(served.centre, "", how)
    known = timed_backup.state(served.centre.folder)
    assert "别人也能读" in known.trouble
    assert timed_backup.is_late(how, known, tell.at)
    assert not timed_backup.is_due(how, known, tell.at)  # not each minute
    assert timed_backup.is_due(how, known, tell.at + dt.timedelta(minutes=31))
    assert [one.levelname for one in caplog.records] == ["WARNING", "WARNING"]
    with pytest.raises(RefusedError, match="没有备份的密码"):
        timed_backup.password(Settings())


def test_a_timer_of_the_system_makes_one_where_the_service_is_an_hour_late(
    served: Served, how: Settings, tell: SetClock
) -> None:
    centre = served.centre
    told, is_well = timed_backup.beside(centre, "", how)
    (first,) = names(how.backup_folder)
    assert (is_well, first in told) == (True, True)
    for hours, count in ((24.5, 1), (0.6, 2), (0.1, 2)):
        tell.at += dt.timedelta(hours=hours)
        assert timed_backup.beside(centre, "", how)[1]
        assert len(names(how.backup_folder)) == count
    Path(how.backup_password_file).chmod(0o644)
    tell.at += dt.timedelta(days=3)
    told, is_well = timed_backup.beside(centre, "", how)
    assert (is_well, "别人也能读" in told) == (False, True)
    assert timed_backup.beside(centre, "", Settings()) == ("配置里没有 backup_folder，没有自动备份。", False)


def test_watches_and_the_page_know_its_age(served: Served, desk: Desk, how: Settings, tell: SetClock) -> None:
    desk.register(full_draft(desk))
    sync(desk)
    guard.add_clerk(served.centre, "boss", "额尔敦", PASSWORD, "办公室", frozenset({Role.ADMIN}))
    with serving(site.app(served.centre, how)) as address:
        place = Served(served.centre, address)
        with logged_in(place, "boss") as boss:
            assert "还没有备份过" in boss.get("/running").text
            timed_backup.look(served.centre, "", how)
            tell.at += dt.timedelta(hours=3)
            page = boss.get("/running").text
            assert ("3 小时前" in page, "逐条核对过" in page, "还没有备份过" in page) == (True, True, False)
            told = dict(line.rsplit(" ", 1) for line in httpx.get(address + "/metrics").text.splitlines())
        here = f'host="{host_name()}"'
        assert float(told[f'daiban_backup_age_seconds{{{here},step="made"}}']) == pytest.approx(3 * 3600, abs=60)
        assert {"second", "tried"} <= {one.partition('step="')[2].rstrip('"}') for one in told}
        assert told[f"daiban_backup_on{{{here}}}"] == "1.0"
        assert told['daiban_desks{heard="lately"}'] == "1.0"
        assert float(told[f"daiban_disk_free_bytes{{{here}}}"]) > 0
        assert {"daiban_backlog_entries", "daiban_pictures_waiting", "daiban_overdue_cases"} <= set(told)
    with logged_in(served, "boss") as boss:
        assert "没有设自动备份" in boss.get("/running").text


def test_a_database_that_is_away_is_a_warning_and_keeps_what_was_typed(
    served: Served, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)

    def away(*_: object, **__: object) -> None:
        raise OperationalError("INSERT", {}, Exception("server closed the connection"))

    with logged_in(served, "wulan") as client:
        token = guard.visitor(served.centre, client.cookies[guard.COOKIE]).csrf
        monkeypatch.setattr(served.centre, "case", away)
        sent = {"csrf": token, "reasons": "材料齐全 <好>", "seen": "2"}
        answer = client.post("/cases/152523202202012611240012/accept", data=sent)
    assert answer.status_code == 503
    assert "材料齐全 &lt;好&gt;" in answer.text
    assert "再试一次" in answer.text
    assert {one.levelname for one in caplog.records if one.name.startswith("desk")} == {"WARNING"}


def test_without_its_database_the_door_itself_answers_with_a_page(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whose session it is nobody knows then: what is posted with one, and an address that there is not."""
    with logged_in(served, "wulan") as client:
        monkeypatch.setattr(served.centre.database, "engine", engine.make("sqlite:////nowhere/centre.db"))
        posted = client.post("/cases/152523202202012611240012/accept", data={"csrf": "x", "reasons": "材料齐全"})
        nowhere = client.get("/nowhere")
    assert (posted.status_code, "材料齐全" in posted.text, "再试一次" in posted.text) == (503, True, True)
    assert (nowhere.status_code, "没有这一页" in nowhere.text) == (404, True)


@both_databases
def test_a_backup_is_tried_by_command(
    served: Served,
    centre_url: str,
    empty_database: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DAIBAN_PASSWORD", SECRET)
    monkeypatch.setenv("DAIBAN_CENTRE_DB", centre_url)
    here, target = ["--data", str(served.centre.folder)], str(tmp_path / "a.dbc")
    assert commands.run_centre([*here, "backup", target]) == 0
    if centre_url:
        assert commands.run_centre([*here, "try-restore", target]) == 1
        assert "DAIBAN_CENTRE_TRY_DB" in capsys.readouterr().err
        monkeypatch.setenv("DAIBAN_CENTRE_TRY_DB", empty_database)
    for _ in range(2):  # what was tried is cleared away
        assert commands.run_centre([*here, "try-restore", target]) == 0
    assert "逐条核对过" in capsys.readouterr().out


# -- from SQLite to PostgreSQL and back ----------------------------------------------------------------------------


@pytest.mark.parametrize("centre_url", ["sqlite"], indirect=True)
def test_a_centre_moves_to_postgresql_and_back(
    served: Served, desk: Desk, postgres_cluster: object, tell: SetClock, tmp_path: Path
) -> None:
    number = desk.register(full_draft(desk)).intake_no
    sync(desk)
    centre = served.centre
    url = postgres_cluster.database()
    with pytest.raises(RefusedError, match="同一种"):
        moving.move(centre.folder, "", moving.SQLITE, tell)
    with centre.database.write() as db:
        centre_node.rows.set_value(db, "watch.last", centre.now()[:16])
    with pytest.raises(RefusedError, match="还在运行"):
        moving.move(centre.folder, "", url, tell)
    tell.at += dt.timedelta(minutes=5)
    foreign = postgres_cluster.database()
    engine = sa.create_engine(foreign.replace("postgresql://", "postgresql+psycopg://", 1))
    with engine.begin() as db:
        db.exec_driver_sql("CREATE TABLE session (theirs int)")
    with pytest.raises(RefusedError, match="不是空的"):
        moving.move(centre.folder, "", foreign, tell)
    with engine.begin() as db:
        db.exec_driver_sql("SELECT theirs FROM session")  # what is another program's stays
    engine.dispose()
    before = centre.verify()
    counts = moving.move(centre.folder, "", url, tell)
    assert counts["case_row"] == 1
    with pytest.raises(RefusedError, match="搬到 postgresql"):
        centre_node.Centre(centre.folder, "", tell)
    moved = centre_node.Centre(centre.folder, url, tell)
    assert (moved.verify(), moved.case(number)[0].intake_no) == (before, number)
    with serving(site.app(moved, TRUSTING)) as address:
        desk.set_centre_address(address)
        second = desk.register(full_draft(desk, 2)).intake_no
        sync(desk)
        assert moved.case(second) is not None
        assert guard.log_in(moved, "wulan", PASSWORD)
    moved.close()
    with pytest.raises(RefusedError, match="已经是一个中心"):
        moving.move(_again(centre.folder, tmp_path), "", url, tell)
    moving.move(centre.folder, url, moving.SQLITE, tell)
    back = centre_node.Centre(centre.folder, "", tell)
    assert back.case(second) is not None
    assert back.verify() != before
    assert [one for one in back.folder.iterdir() if ".moved-" in one.name]
    back.close()
    with pytest.raises(RefusedError, match="搬到 SQLite"):
        centre_node.Centre(centre.folder, url, tell)


def _again(folder: Path, tmp_path: Path) -> Path:
    """Another centre, that wants to go into the same database."""
    centre_node.create(tmp_path / "other", "152524", "别的中心")
    return tmp_path / "other"


def test_the_address_to_move_to_stands_on_no_command_line(
    served: Served, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DAIBAN_CENTRE_TO", raising=False)
    assert commands.run_centre(["--data", str(served.centre.folder), "move", "postgresql"]) == 1
    assert "DAIBAN_CENTRE_TO" in capsys.readouterr().err
