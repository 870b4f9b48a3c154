"""Pictures of a folder as a centre works with them: shown, moved while somebody reads, backed up apart and brought
back, told of on the page and in the figures."""

from __future__ import annotations

import contextlib
import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import msgspec
import pytest
from conftest import PASSWORD, TRUSTING, Served, SetClock, full_draft, serving, sync

from db.centre.pictures import picture_rows
from db.centre.pictures.places import DATABASE, FOLDER, path_of
from desk.app.open_desk import Desk
from desk.centre import site
from desk.centre.commands import run_centre
from desk.centre.node.centre_node import Centre
from desk.centre.node.pictures.keeping import Pictures, Where
from desk.centre.node.roles import Role
from desk.centre.run import guard, settings, timed_backup
from desk.centre.run.pictures import moving, sweeping
from desk.centre.run.settings import Settings
from desk.errors import RefusedError
from desk.sync.outcome import Outcome


@pytest.fixture
def how(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("DAIBAN_BACKUP_PASSWORD", "a backup password")
    (tmp_path / "second").mkdir()
    return msgspec.structs.replace(
        TRUSTING,
        pictures="folder",
        picture_folder=str(tmp_path / "pictures"),
        backup_folder=str(tmp_path / "backups"),
        backup_second=str(tmp_path / "second"),
    )


@pytest.fixture
def apart(served: Served, how: Settings) -> Served:
    """The centre, with its pictures in a folder."""
    served.centre.pictures = Pictures(served.centre.database, how.where(), served.centre.pictures.owner)
    return served


def with_picture(desk: Desk, seed: int) -> tuple[str, str, bytes]:
    """A case with a picture, at the centre: its number, the picture's name and bytes."""
    data = b"\xff\xd8\xff\xe0" + bytes([seed]) * 5000
    ref = desk.pictures.keep(data, "x.jpg")
    draft = full_draft(desk, seed)
    first, *rest = draft.materials
    number = desk.register(
        msgspec.structs.replace(draft, materials=(msgspec.structs.replace(first, files=(ref,)), *rest))
    ).intake_no
    assert sync(desk).outcome is Outcome.DONE
    return number, ref.sha256, data


@pytest.fixture
def shown(apart: Served, desk: Desk, how: Settings) -> Iterator[tuple[httpx.Client, httpx.Client]]:
    """Pages of a clerk and of the administrator."""
    guard.add_clerk(apart.centre, "boss", "额尔敦", PASSWORD, "办公室", frozenset({Role.ADMIN}))
    with serving(site.app(apart.centre, how)) as address, contextlib.ExitStack() as opened:

        def of(account: str) -> httpx.Client:
            client = opened.enter_context(
                httpx.Client(base_url=address, trust_env=False, follow_redirects=True, timeout=60)
            )
            client.post("/login", data={"account": account, "password": PASSWORD})
            return client

        yield of("wulan"), of("boss")


def test_a_clerk_sees_it_and_is_told_where_it_is_lost(
    apart: Served, desk: Desk, how: Settings, shown: tuple[httpx.Client, httpx.Client]
) -> None:
    clerk, boss = shown
    number, name, data = with_picture(desk, 1)
    where = Path(how.picture_folder) / path_of(name)
    assert where.is_file()
    assert data not in where.read_bytes()  # sealed
    assert (where.stat().st_mode & 0o777, where.parent.stat().st_mode & 0o077) == (0o600, 0)
    assert clerk.get(f"/cases/{number}/files/{name}").content == data
    page = boss.get("/running").text
    assert ("图片文件夹" in page, "1 张，0.0 MB" in page, "文件夹剩余" in page) == (True, True, True)
    where.unlink()
    sweeping.sweep(apart.centre, dt.timedelta(hours=24))
    answer = clerk.get(f"/cases/{number}/files/{name}")
    assert (answer.status_code, "图片文件夹里没有" in answer.text) == (503, True)
    viewer = clerk.get(f"/cases/{number}/view/{name}")
    assert (viewer.status_code, "图片文件夹里没有" in viewer.text, "<img" in viewer.text) == (200, True, False)
    assert "存放处没有或大小不对的 1 张" in boss.get("/running").text
    told = boss.get("/metrics").text
    assert 'daiban_pictures{place="folder"} 1.0' in told
    assert 'daiban_picture_bytes{place="folder"} 5004.0' in told
    assert any(one.startswith("daiban_pictures_missing{") and one.endswith("} 1.0") for one in told.splitlines())
    assert "daiban_picture_free_bytes{" in told


def test_a_place_that_is_away_keeps_the_desks_picture_waiting(apart: Served, desk: Desk, how: Settings) -> None:
    with_picture(desk, 1)
    folder = Path(how.picture_folder)
    aside = folder.rename(folder.with_name("unmounted"))
    with pytest.raises(AssertionError):
        with_picture(desk, 2)
    assert desk.sync_status().pictures == 1
    aside.rename(folder)
    assert sync(desk).outcome is Outcome.DONE
    assert desk.sync_status().pictures == 0


def test_moved_under_a_reader_it_is_read_all_the_same(
    apart: Served, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the row and the bytes it is moved away, and swept where it lay."""
    centre = apart.centre
    _, name, data = with_picture(desk, 1)
    place = centre.pictures.place(FOLDER)
    get = place.get

    def later(asked: str) -> bytes | None:
        monkeypatch.setattr(place, "get", get)
        assert moving.move(centre, DATABASE).count == 1
        assert sweeping.sweep(centre, dt.timedelta(seconds=-60)).gone == 1
        return get(asked)

    monkeypatch.setattr(place, "get", later)
    assert centre.pictures.read(name) == data


def test_backed_up_apart_only_what_is_new_tried_and_brought_back(
    apart: Served, desk: Desk, how: Settings, tell: SetClock, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, one, _ = with_picture(desk, 1)
    known = timed_backup.once(apart.centre, "", how)
    assert (known.trouble, known.pictures, bool(known.tried)) == ("", 1, True)
    kept = {place: tmp_path / place / "pictures-152523" for place in ("backups", "second")}
    before = {place: (folder / path_of(one)).stat() for place, folder in kept.items()}
    _, two, data = with_picture(desk, 2)
    tell.at += dt.timedelta(days=8)
    known = timed_backup.once(apart.centre, "", how)
    assert (known.trouble, known.pictures) == ("", 2)
    for place, folder in kept.items():
        assert (folder / path_of(one)).stat().st_ino == before[place].st_ino  # not written again
        assert (folder / path_of(two)).is_file()
    (tmp_path / "second" / "pictures-152523" / path_of(two)).unlink()
    (tmp_path / "backups" / "pictures-152523" / path_of(one)).write_bytes(b"damaged")
    with pytest.raises(RefusedError, match="2 张缺 1 张"):
        timed_backup.tried(apart.centre, Path(how.backup_folder) / known.file, "a backup password")
    tell.at += dt.timedelta(days=1)
    assert timed_backup.once(apart.centre, "", how).trouble == ""  # what was spoilt is copied again
    conf = tmp_path / "again.toml"
    conf.write_text(f'data = "{tmp_path / "again"}"\npictures = "folder"\npicture_folder = "{tmp_path / "anew"}"\n')
    file = str(Path(how.backup_folder) / timed_backup.state(apart.centre.folder).file)
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("DAIBAN_PASSWORD", "a backup password")
        assert run_centre(["--config", str(conf), "restore", file]) == 0
    assert "图片 2 张都在，新取回 2 张" in capsys.readouterr().out
    centre = Centre(tmp_path / "again", "", where=Where(FOLDER, str(tmp_path / "anew")))
    try:
        assert centre.pictures.read(two) == data
    finally:
        centre.close()


def test_by_command_moved_swept_looked_through_and_fetched(
    apart: Served, desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, name, _ = with_picture(desk, 1)
    conf, backups = tmp_path / "centre.toml", tmp_path / "kept"
    backups.mkdir()
    conf.write_text(f'data = "{apart.centre.folder}"\npicture_folder = "{tmp_path / "pictures"}"\n')

    def asked(*words: str) -> tuple[int, str]:
        status = run_centre(["--config", str(conf), "pictures", *words])
        said = capsys.readouterr()
        return status, said.out + said.err

    assert asked("backup", str(backups)) == (0, "图片 1 张都在，新备份 1 张（0.0 MB）。\n")
    (tmp_path / "pictures" / path_of(name)).unlink()
    assert "图片文件夹里没有" in asked("check")[1]
    assert asked("move", "--to", "database")[0] == 1
    assert run_centre(["--config", str(conf), "verify"]) == 1
    assert f"{name}：图片文件夹里没有" in capsys.readouterr().out
    status, words = asked("fetch", str(backups))
    assert (status, "新取回 1 张" in words) == (0, True)
    status, words = asked("move", "--to", "database")
    assert (status, "已搬到数据库 1 张" in words, "数据库：1 张" in words) == (0, True, True)
    status, words = asked("move", "--to", "folder")
    assert (status, "配置的 pictures 还不是" in words) == (0, True)
    assert asked("sweep", "--hours", "0")[0] == 1
    assert asked("sweep")[0] == 0
    assert asked("check") == (0, "图片：图片文件夹 1 张 0.0 MB，都在。\n")
    status, words = asked("move", "--to", "s3")
    assert (status, words.splitlines()[0]) == (1, "没有搬完：配置里没有S3 存储在哪里。")
    with apart.centre.database.read() as db:
        assert picture_rows.by_place(db) == {FOLDER: (1, 5004)}


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"pictures": "folder"}, "picture_folder"),
        ({"pictures": "s3"}, "picture_bucket"),
        ({"pictures": "tape"}, "应为"),
        ({"picture_bucket": "ftp://h/b"}, "无法识读"),
        ({"picture_bucket": "https://key:secret@h/b"}, "不能写密钥"),
        ({"picture_bucket": "https://h/"}, "没有写桶"),
        ({"picture_sweep_hours": 0}, "不小于|1 到"),
    ],
)
def test_settings_that_cannot_be_are_refused(said: dict[str, object], words: str) -> None:
    with pytest.raises(RefusedError) as refused:
        settings.checked(said, "配置里")

    assert re.search(words, refused.value.sentences())
