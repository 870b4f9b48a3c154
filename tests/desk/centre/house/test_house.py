"""Several centres in one service: each takes its own and nothing of its neighbour's, and none stops another."""

from __future__ import annotations

import contextlib
import json
import logging
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from bench.centre import Node
from conftest import PASSWORD, SetClock, level, serving

from db.centre import rows
from desk.centre import commands
from desk.centre.exchange import enrolment
from desk.centre.house import members, moving_house
from desk.centre.house.front import House
from desk.centre.house.members import Members
from desk.centre.levels import forwarding
from desk.centre.node import centre_node
from desk.centre.node.hosts import secret_words
from desk.centre.node.roles import Role
from desk.centre.run import guard, logging_setup, timed_backup
from desk.centre.run import settings as configuration
from desk.centre.run.settings import Settings
from desk.centre.watch import watching
from desk.errors import RefusedError
from desk.sync.protocol import wire

ZUO, YOU, LOST = "zuo.test", "you.test", "lost.test"
SECRET = "a backup's password"
HOW = 'hosts = ["{host}"]\nrequire_second = false\nlogins_per_minute = {logins}\n'


class Housed:
    """A house that is being served."""

    def __init__(self, folder: Path, house: House, address: str) -> None:
        self.folder, self.house, self.address = folder, house, address

    def asking(self, host: str, came: str = "") -> httpx.Client:
        headers = {"Host": host} | ({"X-Forwarded-For": came} if came else {})
        return httpx.Client(base_url=self.address, headers=headers, trust_env=False, timeout=60)

    def centre(self, name: str) -> centre_node.Centre:
        found = next(one.centre for one in self.house.members.all() if one.name == name)
        assert found is not None
        return found

    def push(self, host: str, body: bytes) -> httpx.Response:
        with self.asking(host) as client:
            return client.post(wire.BATCHES, content=body, headers={wire.NONCE_HEADER: "0" * 32})


def put(house: Path, name: str, code: str, host: str, logins: int = 1000, more: str = "") -> Path:
    """A centre into the house's folder."""
    folder = house / name
    centre_node.create(folder, code, f"{name}的中心")
    (folder / members.FILE).write_text(HOW.format(host=host, logins=logins) + more, "utf-8")
    return folder


@contextlib.contextmanager
def opened(folder: Path, *, has_works: bool = False, **how: object) -> Iterator[Housed]:
    settings = Settings(house=str(folder), **how)  # type: ignore[arg-type]
    found = Members(settings, has_works=has_works)
    found.look()
    house = House(found, settings)
    with serving(house) as address:
        yield Housed(folder, house, address)
    found.close()


@pytest.fixture(scope="module")
def housed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Housed]:
    """Two that work, and one whose database is no database."""
    house = tmp_path_factory.mktemp("house")
    put(house, "zuo", "152523", ZUO)
    put(house, "you", "152524", YOU, logins=3)
    (put(house, "lost", "152525", LOST) / "centre.db").write_bytes(b"no database at all" * 1000)
    with opened(house) as found:
        guard.add_clerk(found.centre("zuo"), "wulan", "乌兰", PASSWORD, "综合窗口", frozenset({Role.ADMIN, Role.CLERK}))
        yield found


def test_each_takes_its_own_and_refuses_its_neighbours(housed: Housed) -> None:
    zuo, you = housed.centre("zuo"), housed.centre("you")
    desk = Node(zuo, "152523202201")
    assert housed.push(ZUO, desk.batch(2)).status_code == 200
    strayed = housed.push(YOU, desk.batch(1))
    assert (strayed.status_code, strayed.json()["code"]) == (400, "broken")
    assert strayed.headers[wire.PROOF_HEADER]
    resealed = Node(you, "152524202201")
    resealed.name, resealed.keys = desk.name, desk.keys  # sealed for the neighbour, of a desk that it does not know
    before = you.verify()
    assert housed.push(YOU, resealed.batch(1)).json()["code"] == "unknown_node"
    assert you.verify() == before
    assert zuo.verify()[desk.name] == 2
    with housed.asking(ZUO) as here, housed.asking(YOU) as there:
        assert (zuo.node in here.get(wire.HELLO).text, zuo.node in there.get(wire.HELLO).text) == (True, False)
        assert "zuo的中心" in here.get("/").text
        assert "zuo的中心" not in there.get("/").text


@pytest.mark.parametrize("host", ["nobody.test", "127.0.0.1", "zuo.test.evil.test", "", "zuo.test,you.test"])
def test_a_name_that_is_no_centres_gets_words_and_nothing_else(housed: Housed, host: str) -> None:
    with housed.asking(host) as client:
        for method, path in (("GET", "/"), ("GET", "/v1/hello"), ("POST", "/login"), ("GET", "/open/items.json")):
            told = client.request(method, path)
            assert (told.status_code, "这个网址上没有中心" in told.text) == (421, True)
            assert "的中心</title>" not in told.text
            assert told.headers["x-frame-options"] == "DENY"
        assert client.get("/static/centre.css").status_code == 200


@pytest.mark.parametrize("host", ["ZUO.test", "zuo.test:8420", "zuo.test."])
def test_a_name_is_the_same_however_it_is_written(housed: Housed, host: str) -> None:
    with housed.asking(host) as client:
        assert "zuo的中心" in client.get("/").text


def test_two_names_in_one_question_are_nobodys(housed: Housed) -> None:
    with socket.create_connection(("127.0.0.1", int(housed.address.rpartition(":")[2]))) as line:
        line.sendall(f"GET / HTTP/1.1\r\nHost: {ZUO}\r\nHost: {YOU}\r\nConnection: close\r\n\r\n".encode())
        told = line.makefile("rb").read()
    assert told.split()[1] in (b"400", b"421")
    assert "的中心".encode() not in told


def test_a_session_is_good_at_its_own_centre_alone(housed: Housed) -> None:
    cookie = {"Cookie": f"{guard.COOKIE}={guard.log_in(housed.centre('zuo'), 'wulan', PASSWORD)}"}
    with housed.asking(ZUO) as here, housed.asking(YOU) as there:
        assert here.get("/cases", headers=cookie).status_code == 200
        answer = there.get("/cases", headers=cookie)
        assert (answer.status_code, answer.headers["location"]) == (303, "/login")
        told = there.post("/login", data={"account": "wulan", "password": PASSWORD})
        assert told.status_code == 403  # nobody's account there


def test_who_knocks_too_often_at_one_knocks_freely_at_the_other(housed: Housed) -> None:
    wrong = {"account": "nobody", "password": "x"}
    with housed.asking(YOU, "203.0.113.7") as client:
        assert [client.post("/login", data=wrong).status_code for _ in range(4)] == [403, 403, 403, 429]
    with housed.asking(ZUO, "203.0.113.7") as client:
        assert client.post("/login", data=wrong).status_code == 403


def test_a_broken_database_of_one_stops_no_other(housed: Housed) -> None:
    with housed.asking(LOST) as client:
        told = client.get("/")
        assert (told.status_code, told.headers["retry-after"], "暂时打不开" in told.text) == (503, "5", True)
        assert client.get("/static/centre.css").status_code == 200  # its page looks like the others
    with housed.asking("watch.test") as client:
        told = client.get("/readyz")
        assert (told.status_code, told.json()["centres"]) == (503, {"lost": False, "you": True, "zuo": True})
        assert client.get("/healthz").json() == {"ok": True}
        assert client.get("/readyz", headers={"X-Forwarded-For": "203.0.113.9"}).status_code == 421
    with housed.asking(ZUO) as client:
        assert client.get("/").status_code == 200


def test_a_house_is_as_ready_as_its_centres_say_themselves(tmp_path: Path) -> None:
    put(tmp_path, "zuo", "152523", ZUO, more="disk_free_mb = 1000000000\n")
    with opened(tmp_path) as housed, housed.asking(ZUO) as one, housed.asking("watch.test") as all_:
        assert (one.get("/readyz").json()["disk"], all_.get("/readyz").json()["centres"]) == (False, {"zuo": False})


def test_a_house_that_leaves_says_so_under_every_name_and_serves_on(tmp_path: Path) -> None:
    put(tmp_path, "zuo", "152523", ZUO)
    with opened(tmp_path) as housed, housed.asking(ZUO) as one, housed.asking("watch.test") as anybody:
        assert [each.get("/healthz").status_code for each in (one, anybody)] == [200, 200]
        housed.house.leave()
        assert [each.get("/healthz").status_code for each in (one, anybody)] == [503, 503]
        assert one.get("/").status_code == 200


def test_figures_are_each_centres_own_and_the_house_has_all(housed: Housed) -> None:
    with housed.asking(ZUO) as here, housed.asking(YOU) as there, housed.asking("watch.test") as watch:
        for one in (here, there):
            one.get("/query")
        mine, other, every = (one.get("/metrics").text for one in (here, there, watch))
    assert ('centre="152523"' in mine, 'centre="152524"' in mine) == (True, False)
    assert ('centre="152523"' in other, 'centre="152524"' in other) == (False, True)
    assert all(f'daiban_sessions{{centre="{code}"}}' in every for code in ("152523", "152524"))
    assert every.count("# TYPE daiban_requests_total counter") == 1
    with housed.asking("watch.test", "203.0.113.9") as client:
        assert client.get("/metrics").status_code == 421


def test_the_log_says_whose_line_it_is(housed: Housed, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "desk.centre.access")
    lines: list[dict[str, object]] = []
    handler = logging.Handler()
    handler.emit = lambda record: lines.append(json.loads(logging_setup.JsonLines().format(record)))  # type: ignore[method-assign]
    logging.getLogger("desk.centre.access").addHandler(handler)
    try:
        for host in (ZUO, YOU):
            with housed.asking(host) as client:
                client.get("/heads")
        until = time.monotonic() + 10  # a line is written after its answer
        while sum(one["route"] == "/heads" for one in lines) < 2 and time.monotonic() < until:
            time.sleep(0.01)
    finally:
        logging.getLogger("desk.centre.access").removeHandler(handler)
    assert sorted(str(one["node"]) for one in lines if one["route"] == "/heads") == ["you", "zuo"]


# -- who is let in -----------------------------------------------------------------------------------------------


def test_what_would_be_everybodys_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (secret_words.DATABASE, "DAIBAN_CENTRE_SECRET"):
        monkeypatch.setenv(name, "x")
        with pytest.raises(RefusedError, match=f"环境变量 {name} 会是所有中心的"):
            Members(Settings(house=str(tmp_path)))
        monkeypatch.delenv(name)
    folder = put(tmp_path, "zuo", "152523", ZUO, more="port = 1\n")
    with pytest.raises(RefusedError, match="里不能写 port"):
        members.settings_of(folder, Settings())


@pytest.mark.parametrize(
    ("code", "host", "words"), [("152524", ZUO, "已经是 a 的"), ("152523", YOU, "a 也是 152523 的中心")]
)
def test_two_that_would_be_taken_for_one_another_are_not_both_open(
    tmp_path: Path, code: str, host: str, words: str
) -> None:
    put(tmp_path, "a", "152523", ZUO)
    found = Members(Settings(house=str(tmp_path)), has_works=False)
    found.look()
    put(tmp_path, "b", code, host)
    found.look()
    try:
        assert [(one.name, one.site is not None) for one in found.all()] == [("a", True), ("b", False)]
        assert words in found.all()[1].trouble
        assert found.at(ZUO) is found.all()[0]
    finally:
        found.close()


def test_one_that_was_mended_is_served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(members, "_AGAIN", 0.0)
    folder = put(tmp_path, "zuo", "152523", ZUO)
    (folder / "centre.key").rename(tmp_path / "kept")
    (folder / "centre.key").write_text("junk")
    found = Members(Settings(house=str(tmp_path)), has_works=False)
    found.look()
    assert "不能识读" in found.all()[0].trouble
    (tmp_path / "kept").replace(folder / "centre.key")
    found.look()
    assert found.all()[0].site is not None
    found.close()


def test_several_processes_need_postgresql_of_each(tmp_path: Path) -> None:
    put(tmp_path, "zuo", "152523", ZUO)
    found = Members(Settings(house=str(tmp_path), workers=2), has_works=False)
    found.look()
    assert "每个中心都要用 PostgreSQL" in found.all()[0].trouble


# -- what is done beside -----------------------------------------------------------------------------------------


def test_each_is_watched_and_backed_up_and_lets_no_neighbours_backup_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backups, secret = tmp_path / "backups", tmp_path / "secret"
    secret.write_text(SECRET)
    secret.chmod(0o600)
    backups.mkdir()
    for number in range(4):  # of a neighbour
        (backups / f"centre-152525-{number:06}-20260101-030000.dbc").touch()
    more = f'backup_folder = "{backups}"\nbackup_password_file = "{secret}"\nbackup_keep = 2\n'
    for name, code, host in (("zuo", "152523", ZUO), ("you", "152524", YOU)):
        put(tmp_path / "house", name, code, host, more=more)
    monkeypatch.setattr(timed_backup, "_EVERY", 0.05)
    monkeypatch.setattr(watching, "EVERY", 0.05)
    done = {name: threading.Event() for name in ("zuo", "you")}
    kept = timed_backup._keep

    def keep(folder: Path, now: timed_backup.State) -> timed_backup.State:
        if now.tried:
            done[folder.name].set()
        return kept(folder, now)

    monkeypatch.setattr(timed_backup, "_keep", keep)
    with opened(tmp_path / "house", has_works=True) as housed:
        assert all(one.wait(60) for one in done.values())
        for name in ("zuo", "you"):
            with housed.centre(name).database.read() as db:
                assert rows.value(db, "watch.last")
    names = sorted(one.name[:13] for one in backups.iterdir())
    assert names == ["centre-152523", "centre-152524", *["centre-152525"] * 4]


def test_each_sends_on_to_the_level_above_as_soon_as_there_is_one(tmp_path: Path, tell: SetClock) -> None:
    for name, code, host in (("zuo", "152523", ZUO), ("you", "152524", YOU)):
        put(tmp_path / "house", name, code, host, more="forward_seconds = 1\n")
    with (
        level(tmp_path / "league", "152500", "锡林郭勒盟政务服务中心", tell) as league,
        opened(tmp_path / "house", has_works=True) as housed,
    ):
        desks = []
        for name, code, host in (("zuo", "152523", ZUO), ("you", "152524", YOU)):
            centre = housed.centre(name)
            desks.append(Node(centre, f"{code}202201"))
            assert housed.push(host, desks[-1].batch(1)).status_code == 200
            passcode = enrolment.enrol_code(league.centre, f"{code}000000", name)
            forwarding.join(centre, league.address, passcode)
        _until(lambda: all(league.centre.verify().get(one.name) == 1 for one in desks))


# -- in and out --------------------------------------------------------------------------------------------------


@pytest.fixture
def alone(tmp_path: Path) -> tuple[Path, dict[str, int]]:
    """A centre that stands alone, with something in it, and a house beside it."""
    (tmp_path / "house").mkdir()
    folder = tmp_path / "zuo"
    centre_node.create(folder, "152523", "左旗")
    centre = centre_node.Centre(folder)
    Node(centre, "152523202201")
    guard.add_clerk(centre, "wulan", "乌兰", PASSWORD, "综合窗口")
    counts = centre.verify()
    centre.close()
    return folder, counts


def test_out_and_in_keeps_everything_while_the_house_goes_on(
    alone: tuple[Path, dict[str, int]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder, counts = alone
    monkeypatch.setattr(members, "_LOOK", 0.02)
    put(tmp_path / "house", "you", "152524", YOU)
    config = tmp_path / "house.toml"
    config.write_text(f'house = "{tmp_path / "house"}"\n')
    do = ["--config", str(config), "house"]
    with opened(tmp_path / "house") as housed, housed.house.looking():
        assert commands.run_centre([*do, "move-in", str(folder), "--host", ZUO]) == 0
        assert f"{len(counts)} 本记录、{sum(counts.values())} 条" in capsys.readouterr().out
        assert not folder.exists()
        _until(lambda: _status(housed, ZUO) == 200)
        assert commands.run_centre([*do, "list"]) == 0
        assert capsys.readouterr().out.splitlines() == ["you\tyou.test\t正在服务", "zuo\tzuo.test\t正在服务"]
        assert commands.run_centre([*do, "move-in", str(tmp_path / "house" / "zuo"), "--host", "other.test"]) == 1
        assert "正由一个服务开着" in capsys.readouterr().err
        assert commands.run_centre([*do, "move-out", "zuo", str(tmp_path / "out")]) == 0
        assert (_status(housed, ZUO), _status(housed, YOU)) == (421, 200)
    centre = centre_node.Centre(tmp_path / "out")
    assert centre.verify() == counts
    centre.close()
    assert sorted(one.name for one in (tmp_path / "house").iterdir()) == ["you"]


def _status(housed: Housed, host: str) -> int:
    with housed.asking(host) as client:
        return client.get("/query").status_code


def _until(works: Callable[[], bool]) -> None:
    deadline = threading.Event()
    for _ in range(400):
        if works():
            return
        deadline.wait(0.05)
    raise AssertionError


def test_what_cannot_be_moved_stays_where_it_was(alone: tuple[Path, dict[str, int]], tmp_path: Path) -> None:
    folder, counts = alone
    house = tmp_path / "house"
    put(house, "you", "152524", YOU)
    for name, host, words in (
        ("zuo", YOU, "已经是 you 的"),
        ("you", ZUO, "已经有了"),
        ("..", ZUO, "做不了文件夹的名字"),
    ):
        with pytest.raises(RefusedError, match=words):
            moving_house.move_in(folder, house, name, [host], Settings(), {})
        assert not (folder / members.FILE).exists()
    with members.held(folder), pytest.raises(RefusedError, match="正由一个服务开着"):
        moving_house.move_in(folder, house, "zuo", [ZUO], Settings(), {})
    with pytest.raises(RefusedError, match="没有 nobody 这个中心"):
        moving_house.move_out(house, "nobody", tmp_path / "out")
    (folder / "centre.box").rename(tmp_path / "box")
    with pytest.raises(RefusedError, match=r"没有 centre\.box"):
        moving_house.move_in(folder, house, "zuo", [ZUO], Settings(), {})
    (tmp_path / "box").rename(folder / "centre.box")
    centre = centre_node.Centre(folder)
    assert centre.verify() == counts
    centre.close()


def test_onto_another_disk_it_is_copied_compared_and_the_former_one_marked(
    alone: tuple[Path, dict[str, int]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, counts = alone
    rename = Path.rename

    def apart(self: Path, target: Path) -> Path:
        if self.parent != Path(target).parent:
            raise OSError(18, "Invalid cross-device link")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", apart)
    said = Settings(session_hours=3, port=9)
    words = {secret_words.BACKUP: "a long one"}
    assert moving_house.move_in(folder, tmp_path / "house", "zuo", [ZUO], said, words) == counts
    there = tmp_path / "house" / "zuo"
    assert secret_words.of(there) == words
    kept = members.settings_of(there, Settings())
    assert (kept.session_hours, kept.port, kept.hosts) == (3, Settings().port, (ZUO,))
    centre = centre_node.Centre(there)
    assert centre.verify() == counts
    centre.close()
    former = next(one for one in tmp_path.iterdir() if one.name.startswith("zuo.moved-"))
    with pytest.raises(RefusedError, match="搬到"):
        centre_node.Centre(former)


def test_a_copy_that_differs_leaves_the_former_one_as_it_was(
    alone: tuple[Path, dict[str, int]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, counts = alone
    monkeypatch.setattr(moving_house, "digest_of", lambda path: str(path).encode())
    with pytest.raises(OSError, match="写下的与原来的不同"):
        moving_house._copied(folder, tmp_path / "copy")
    shutil.rmtree(tmp_path / "copy")
    centre = centre_node.Centre(folder)
    assert centre.verify() == counts
    centre.close()


def test_a_centre_made_in_the_house_is_let_in_by_a_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "house").mkdir()
    config = tmp_path / "house.toml"
    config.write_text(f'house = "{tmp_path / "house"}"\n')
    do = ["--config", str(config), "house"]
    assert commands.run_centre([*do, "add", "zuo", "--host", ZUO]) == 1
    assert "没有中心" in capsys.readouterr().err
    place = tmp_path / "house" / "zuo"
    assert commands.run_centre(["--data", str(place), "init", "--code", "152523", "--name", "左旗"]) == 0
    assert commands.run_centre([*do, "add", "zuo", "--host", f"{ZUO}:443", "--host", "zuo2.test"]) == 0
    assert configuration.read(place / members.FILE).hosts == (ZUO, "zuo2.test")
    assert (place / secret_words.FILE).stat().st_mode & 0o777 == 0o600
    assert commands.run_centre(["house", "list"]) == 1  # which house?
