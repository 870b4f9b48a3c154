"""Two machines, one node: other secrets, a forgotten box, a wrong code are refused, and nothing is written."""

from __future__ import annotations

import contextlib
import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path

import postgres
import pytest
import sqlalchemy as sa
from conftest import Served, SetClock, both_databases, full_draft, move, sync

from db.centre.line.engine import make
from db.centre.schema import META
from desk.app.open_desk import Desk
from desk.centre import commands
from desk.centre.node import centre_node
from desk.centre.run import authority, backup
from desk.centre.run.hosts import adding
from desk.errors import RefusedError


def database_of(centre: centre_node.Centre, url: str) -> str:
    return url or f"sqlite:///{centre.folder / centre_node.DB_FILE}"


def all_rows(url: str) -> dict[str, list[tuple[object, ...]]]:
    """Everything that stands in a database."""
    engine = make(url)
    with engine.connect() as db:
        found = {table.name: sorted(map(tuple, db.execute(sa.select(table))), key=repr) for table in META.sorted_tables}
        found["version"] = list(map(tuple, db.execute(sa.text("SELECT * FROM alembic_version"))))
    engine.dispose()
    return found


def run(folder: Path, *words: str) -> int:
    return commands.run_centre(["--data", str(folder), *words])


@pytest.fixture
def used(served: Served, centre_url: str, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Served:
    """A centre with a case in its database."""
    desk.register(full_draft(desk))
    sync(desk)
    monkeypatch.setenv("DAIBAN_CENTRE_DB", database_of(served.centre, centre_url))
    monkeypatch.setenv("DAIBAN_PASSWORD", "the backup's own word")
    return served


@pytest.fixture
def unchanged(used: Served, centre_url: str) -> Callable[[], None]:
    before = all_rows(database_of(used.centre, centre_url))

    def check() -> None:
        assert all_rows(database_of(used.centre, centre_url)) == before

    return check


@both_databases
@pytest.mark.parametrize("code", ["152523", "152524"])
def test_init_on_a_database_in_use(
    code: str, used: Served, unchanged: Callable[[], None], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path / "second", "init", "--code", code, "--name", "别的") == 1
    assert "已经是另一个中心" in capsys.readouterr().err
    assert not (tmp_path / "second").exists()
    unchanged()
    assert used.centre.verify()[used.centre.node] > 0


@both_databases
def test_init_on_a_database_with_anything_in_it(
    empty_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    url = empty_database or f"sqlite:///{tmp_path / 'other.db'}"
    engine = make(url)
    with engine.begin() as db:
        db.execute(sa.text("CREATE TABLE somebodys (name TEXT)"))
    engine.dispose()
    monkeypatch.setenv("DAIBAN_CENTRE_DB", url)
    assert run(tmp_path / "c", "init", "--code", "152523", "--name", "中心") == 1
    assert "不是空的" in capsys.readouterr().err
    assert not (tmp_path / "c").exists()


@both_databases
@pytest.mark.parametrize("words", [("verify",), ("backup", "FILE"), ("serve", "--port", "0"), ("restored",)])
@pytest.mark.parametrize("wrong", ["key", "box", "lost box"])
def test_other_secrets(
    wrong: str,
    words: tuple[str, ...],
    used: Served,
    unchanged: Callable[[], None],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder, stranger = tmp_path / "second", tmp_path / "stranger"
    centre_node.create(stranger, "152523", "又一个", f"sqlite:///{tmp_path / 'stranger.db'}")
    folder.mkdir()
    for name in (centre_node.KEYS_FILE, centre_node.BOX_FILE):
        shutil.copy(used.centre.folder / name, folder / name)
    if wrong == "lost box":
        (folder / centre_node.BOX_FILE).unlink()
    else:
        name = centre_node.KEYS_FILE if wrong == "key" else centre_node.BOX_FILE
        shutil.copy(stranger / name, folder / name)
    files = sorted(one.name for one in folder.iterdir())
    target = tmp_path / "copy.dbc"
    assert run(folder, *(str(target) if word == "FILE" else word for word in words)) == 1
    said = capsys.readouterr()
    told = {"key": "是另一个中心的", "box": "数据库密钥不对", "lost box": "没有数据库密钥"}[wrong]
    assert told in said.err
    assert "没有写入任何内容" in said.err
    assert (target.exists(), sorted(one.name for one in folder.iterdir())) == (False, files)
    unchanged()


@both_databases
def test_a_box_that_is_lost_while_the_service_runs_makes_no_backup(
    used: Served, centre_url: str, tmp_path: Path
) -> None:
    (used.centre.folder / centre_node.BOX_FILE).unlink()
    (tmp_path / "another").write_text("11" * 32)
    with pytest.raises(RefusedError, match="没有数据库密钥"):
        backup.backup(used.centre, centre_url, tmp_path / "copy.dbc", "long enough")
    shutil.copy(tmp_path / "another", used.centre.folder / centre_node.BOX_FILE)
    with pytest.raises(RefusedError, match="数据库密钥不对"):
        backup.backup(used.centre, centre_url, tmp_path / "copy.dbc", "long enough")
    assert list(tmp_path.glob("*copy.dbc*")) == []


@both_databases
def test_an_empty_database_is_not_taken_for_the_centres(served: Served, empty_database: str, tmp_path: Path) -> None:
    url = empty_database or f"sqlite:///{tmp_path / 'empty.db'}"
    with pytest.raises(RefusedError, match="没有中心"):
        centre_node.Centre(served.centre.folder, url)
    if empty_database:
        engine = make(url)
        assert sa.inspect(engine).get_table_names() == []
        engine.dispose()
    else:
        assert not (tmp_path / "empty.db").exists()


@both_databases
def test_a_database_of_before_gets_its_fingerprints(used: Served, centre_url: str, tmp_path: Path) -> None:
    url = database_of(used.centre, centre_url)
    with used.centre.database.touch() as db:
        db.execute(sa.text("DELETE FROM meta WHERE key LIKE 'print.%'"))
    folder = tmp_path / "stranger"
    centre_node.create(folder, "152523", "又一个", f"sqlite:///{tmp_path / 'stranger.db'}")
    with pytest.raises(RefusedError, match="数据库密钥不对"):
        centre_node.Centre(folder, url)
    centre_node.Centre(used.centre.folder, url).close()
    with pytest.raises(RefusedError, match="另一个中心"):
        centre_node.Centre(folder, url)


def test_sqlite_has_one_host(served: Served, tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="只能由一台机器"):
        adding.add(served.centre, tmp_path / "host")
    assert not (tmp_path / "host").exists()


on_postgres = pytest.mark.parametrize("centre_url", ["postgresql"], indirect=True)


@on_postgres
def test_a_second_host(used: Served, centre_url: str, tmp_path: Path, tell: SetClock, desk: Desk) -> None:
    authority.make(used.centre.folder, ["h1.example", "h2.example"], tell())
    code = adding.add(used.centre, tmp_path / "host")
    carried = (tmp_path / "host").read_bytes()
    for name in (centre_node.KEYS_FILE, centre_node.BOX_FILE, authority.ROOT):
        assert (used.centre.folder / name).read_bytes() not in carried
    assert (
        adding.become(tmp_path / "second", centre_url, tmp_path / "host", code.lower(), tell=tell)
        == "苏尼特左旗政务服务中心"
    )
    for one in used.centre.folder.iterdir():
        if one.name.startswith(("centre.key", "centre.box", "authority", "server")):
            assert (tmp_path / "second" / one.name).read_bytes() == one.read_bytes(), one.name
            assert (tmp_path / "second" / one.name).stat().st_mode & 0o077 == 0
    with contextlib.closing(centre_node.Centre(tmp_path / "second", centre_url, tell)) as second:
        number = desk.register(full_draft(desk, 2)).intake_no
        sync(desk)
        move(Served(second, ""), number, "case.accepted")
        assert second.verify() == used.centre.verify()
        backup.backup(second, centre_url, tmp_path / "copy.dbc", "long enough")


@on_postgres
def test_a_second_host_with_a_certificate_of_its_own(
    used: Served, centre_url: str, tmp_path: Path, tell: SetClock
) -> None:
    authority.make(used.centre.folder, ["h1.example"], tell())
    code = adding.add(used.centre, tmp_path / "host")
    second = tmp_path / "second"
    adding.become(second, centre_url, tmp_path / "host", code, own_certificate=True, tell=tell)
    assert not (second / authority.SERVER).exists()
    authority.make(second, ["h2.example"], tell())
    from cryptography import x509

    mine, theirs = ((one / authority.SERVER).read_bytes() for one in (second, used.centre.folder))
    root = x509.load_pem_x509_certificate((second / centre_node.AUTHORITY).read_bytes())
    certificate = x509.load_pem_x509_certificate(mine)
    certificate.verify_directly_issued_by(root)
    assert "h2.example" in str(certificate.subject)
    assert mine != theirs
    with pytest.raises(RefusedError, match="已经有自己的证书"):
        authority.make(second, ["h2.example"], tell())


@on_postgres
@pytest.mark.parametrize("wrong", ["code", "spent", "late", "database", "file", "folder"])
def test_a_host_that_is_not_let_in(
    wrong: str, used: Served, centre_url: str, tmp_path: Path, tell: SetClock, postgres_cluster: postgres.Cluster
) -> None:
    source, second, url = tmp_path / "host", tmp_path / "second", centre_url
    code = adding.add(used.centre, source)
    told = {
        "code": "码不对", "spent": "已经用过", "late": "过了一天", "database": "没有中心", "file": "被改动过",
        "folder": "不是空的",
    }  # fmt: skip
    match wrong:
        case "code":
            code = code[:-1] + ("2" if code[-1] != "2" else "3")
        case "spent":
            adding.become(tmp_path / "first", centre_url, source, code, tell=tell)
        case "late":
            tell.at += dt.timedelta(hours=25)
        case "database":
            url = postgres_cluster.database()
        case "file":
            held = bytearray(source.read_bytes())
            held[-20] = ord("A") if held[-20] != ord("A") else ord("B")
            source.write_bytes(held)
        case _:
            second.mkdir()
            (second / "notes").write_text("mine")
    before = all_rows(centre_url)
    with pytest.raises(RefusedError, match=told[wrong]) as refused:
        adding.become(second, url, source, code, tell=tell)
    assert "没有写入任何内容" in refused.value.kept
    assert not second.exists() or [one.name for one in second.iterdir()] == ["notes"]
    assert all_rows(centre_url) == before
