"""How a centre is run: its file, its door, its figures, its log, several processes and their end."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import postgres
import pyotp
import pytest
from conftest import HERDER, PASSWORD, Served, SetClock, both_databases, full_draft, serving, sync
from office import find, logged_in

from db.centre import rows
from desk.app.open_desk import Desk
from desk.centre import commands, site
from desk.centre.node import centre_node
from desk.centre.node.roles import Role
from desk.centre.run import guard, health, limits, logging_setup, settings
from desk.centre.run.hosts.adding import host_name
from desk.centre.web import work
from desk.errors import RefusedError
from desk.sync.protocol import wire

ROOT = Path(__file__).parents[3]
FORWARDED = {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "https"}


# -- the file ----------------------------------------------------------------------------------------------------


def test_the_printed_file_is_the_default_and_lies_in_the_installer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert commands.run_centre(["config"]) == 0
    said = capsys.readouterr().out
    assert (ROOT / "installer" / "centre" / "centre.toml").read_text("utf-8") == said
    (tmp_path / "centre.toml").write_text(said, "utf-8")
    assert settings.read(tmp_path / "centre.toml") == settings.Settings()
    for name in settings.Settings.__struct_fields__:
        assert f"\n{name} = " in said


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("prt = 1", "不认得 prt"),
        ('port = "8420"', "整数，0 到 65535"),
        ("port = 70000", "整数，0 到 65535"),
        ("require_second = 1", "true 或 false"),
        ('log_format = "xml"', "“json”、“text”"),
        ('trusted_proxies = ["nginx"]', "nginx"),
        ('database = "postgresql://a:secret@h/d"', "DAIBAN_CENTRE_DB"),
        ("port = ", "TOML"),
    ],
)
def test_a_wrong_file_is_told(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "centre.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(RefusedError) as told:
        settings.read(path)
    assert words in told.value.sentences()
    assert "secret" not in told.value.sentences()


def test_the_command_line_wins(tmp_path: Path) -> None:
    path = tmp_path / "centre.toml"
    path.write_text(f'port = 1\nsession_hours = 3\ndata = "{tmp_path.as_posix()}/a"', "utf-8")
    asked = commands._parser().parse_args(
        ["--data", str(tmp_path / "b"), "serve", "--config", str(path), "--port", "2"]
    )
    found = commands._settings(asked)
    assert (found.port, found.session_hours, found.folder()) == (2, 3, tmp_path / "b")


# -- the door ----------------------------------------------------------------------------------------------------


def test_a_bucket_refills_evenly() -> None:
    now = [0.0]
    bucket = limits.Bucket(10, tell=lambda: now[0])
    assert [bucket.wait("a") for _ in range(11)] == [0] * 10 + [6]
    assert bucket.wait("b") == 0
    now[0] = 6.0
    assert (bucket.wait("a"), bucket.wait("a")) == (0, 6)
    assert limits.whose("2001:db8::1") == limits.whose("2001:db8::ffff") != limits.whose("2001:db8:1::1")


def test_processes_count_together(tmp_path: Path) -> None:
    shared = tmp_path / "x.buckets"
    here, there = (limits.Bucket(10, tell=lambda: 5.0, shared=shared) for _ in range(2))
    assert [one.wait("a") for _ in range(5) for one in (here, there)] == [0] * 10
    assert (here.wait("a"), there.wait("a"), there.wait("b")) == (6, 6, 0)


def test_many_addresses_push_nobody_out_who_knocks(tmp_path: Path) -> None:
    now = [0.0]
    bucket = limits.Bucket(3, tell=lambda: now[0])
    for number in range(100_000):
        now[0] += 0.0001
        bucket.wait(f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}")
        if number % 1000 == 0:
            told = bucket.wait("a")
    assert told > 0


@pytest.fixture
def strict(tmp_path: Path, tell: SetClock) -> Iterator[Served]:
    """A centre as it is by default, within one minute."""
    centre_node.create(tmp_path / "centre", "152523", "中心")
    centre = centre_node.Centre(tmp_path / "centre", tell=tell)
    guard.add_clerk(centre, "boss", "额尔敦", PASSWORD, "办公室", frozenset({Role.ADMIN}))
    application = site.app(centre)
    for bucket in vars(application.state.limits).values():
        bucket._tell = lambda: 0.0  # the minute does not pass
    with serving(application) as address:
        yield Served(centre, address)
    centre.close()


def test_the_eleventh_login_in_a_minute_waits_but_not_another_address(strict: Served) -> None:
    with httpx.Client(base_url=strict.address) as client:
        told = [client.post("/login", data={"account": "x", "password": "y"}, headers=FORWARDED) for _ in range(11)]
        assert [one.status_code for one in told] == [403] * 10 + [429]
        assert 1 <= int(told[-1].headers["retry-after"]) <= 60
        assert "频繁" in told[-1].text
        assert told[-1].headers["x-frame-options"] == "DENY"
        other = {"X-Forwarded-For": "203.0.113.10"}
        assert client.post("/login", data={"account": "x", "password": "y"}, headers=other).status_code == 403
        spoofed = {"X-Forwarded-For": "198.51.100.1, 203.0.113.9"}  # what the visitor wrote stands first
        assert client.post("/login", data={}, headers=spoofed).status_code == 429


def test_enrolling_too_often_is_told_with_proof(strict: Served) -> None:
    nonce = "00" * 16
    for _ in range(11):
        answer = httpx.post(strict.address + wire.ENROL, content=b"{}", headers={wire.NONCE_HEADER: nonce})
    assert (answer.status_code, answer.json()["code"]) == (429, "often")
    public = strict.centre.keys.public().sign
    assert wire.answer_proved(public, answer.headers[wire.PROOF_HEADER], nonce, wire.ENROL, 429, answer.content)


def test_an_administrator_sets_the_second_factor_up_first(strict: Served) -> None:
    with httpx.Client(base_url=strict.address) as client:
        entered = client.post("/login", data={"account": "boss", "password": PASSWORD}, headers=FORWARDED)
        cookie = entered.headers["set-cookie"]
        assert {"Secure", "HttpOnly", "SameSite=strict"} <= set(cookie.split("; "))
        session = {"Cookie": cookie.partition(";")[0]}
        for path in ("/users", "/desks", "/staff"):
            sent = client.get(path, headers=session)
            assert (sent.status_code, sent.headers["location"]) == (303, "/account")
        csrf = client.get("/account", headers=session).text.partition('name="csrf" value="')[2].partition('"')[0]
        assert client.post("/users/boss/disable", data={"csrf": csrf}, headers=session).status_code == 303
        client.post("/account/second", data={"csrf": csrf, "password": PASSWORD}, headers=session)
        assert client.get("/users", headers=session).status_code == 303  # begun is not done
        with strict.centre.database.read() as db:
            from db.centre import people

            secret = people.one_clerk(db, "boss")["second_new"].decode().lstrip("?")
        code = pyotp.TOTP(secret).at(strict.centre.tell())
        client.post("/account/second/finish", data={"csrf": csrf, "code": code}, headers=session)
        assert client.get("/users", headers=session).status_code == 200
        assert client.post("/login", data={"account": "boss", "password": PASSWORD}).status_code == 403


# -- health ------------------------------------------------------------------------------------------------------


def test_health_and_figures(served: Served, desk: Desk) -> None:
    desk.register(full_draft(desk))
    sync(desk)
    httpx.post(served.address + wire.BATCHES, content=b"junk")
    assert httpx.get(served.address + "/healthz").json() == {"ok": True}
    assert httpx.get(served.address + "/readyz").json() == {
        "ok": True, "database": True, "schema": True, "disk": True, "writes": True, "log": True,
    }  # fmt: skip
    said = httpx.get(served.address + "/metrics").text
    assert 'daiban_open_cases{state="arrived"} 1.0' in said
    taken = served.centre.verify()[desk.identity.node]
    assert f"daiban_entries_taken_total {taken}.0" in said
    ours = f'centre="{served.centre.code[:6]}"'
    assert f'daiban_refused_total{{{ours},code="broken",host="{host_name()}",route="/v1/batches"}} 1.0' in said
    assert (
        f'daiban_requests_total{{{ours},host="{host_name()}",method="POST",route="/v1/batches",status="200"}}' in said
    )
    assert HERDER.name not in said


def test_a_process_killed_as_it_began_to_count_hides_no_figures(
    served: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "counter_1.db").touch()
    monkeypatch.setenv(health.SHARED, str(tmp_path))
    assert "daiban_" in httpx.get(served.address + "/metrics").text


def test_figures_are_for_this_machine_or_the_token(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    assert httpx.get(served.address + "/metrics", headers=FORWARDED).status_code == 403
    monkeypatch.setenv("DAIBAN_CENTRE_METRICS", "long-token")
    for said, status in (("Bearer long-token", 200), ("Bearer x", 403), ("", 403)):
        answer = httpx.get(served.address + "/metrics", headers=FORWARDED | {"Authorization": said})
        assert answer.status_code == status


def test_not_ready_with_another_schema_and_a_full_disk(served: Served) -> None:
    from db.centre.database import HEAD

    with served.centre.database.touch() as db:
        db.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    answer = httpx.get(served.address + "/readyz")
    assert (answer.status_code, answer.json()["schema"]) == (503, False)
    with served.centre.database.touch() as db:
        db.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{HEAD}'")
    with serving(site.app(served.centre, settings.Settings(disk_free_mb=1 << 40))) as address:
        assert httpx.get(address + "/readyz").json()["disk"] is False


# -- the log -----------------------------------------------------------------------------------------------------


def test_the_log_has_no_personal_data(served: Served, desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "desk")
    number = desk.register(full_draft(desk)).intake_no
    sync(desk)
    with httpx.Client(base_url=served.address) as client:
        client.post("/login", data={"account": "wulan", "password": PASSWORD})
        client.get(f"/cases/{number}")
        client.get(find(client, HERDER.name).headers["location"])
    lines = [json.loads(logging_setup.JsonLines().format(one)) for one in caplog.records]
    case = next(one for one in lines if one.get("route") == "/cases/{intake_no}")
    assert {"time", "level", "event", "route", "status", "ms", "account"} <= set(case)
    text = json.dumps(lines, ensure_ascii=False)
    for secret in (HERDER.name, HERDER.id_number, number, "wulan", "乌兰", PASSWORD, "text="):
        assert secret not in text


def test_what_an_exception_says_is_not_written() -> None:
    def fails() -> None:
        try:
            int(HERDER.name)
        except ValueError as error:
            raise RuntimeError(HERDER.id_number) from error

    try:
        fails()
    except RuntimeError:
        record = logging.LogRecord("desk", logging.ERROR, "", 1, "fault", (), sys.exc_info())
    for form in (logging_setup.JsonLines(), logging_setup.PlainLines()):
        line = form.format(record)
        assert "ValueError" in line
        assert "test_what_an_exception_says" in line
        assert HERDER.id_number not in line
        assert HERDER.name not in line


# -- processes ---------------------------------------------------------------------------------------------------

posix = pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")


@contextlib.contextmanager
def service(folder: Path, url: str, *words: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """`desk centre serve` as a banner runs it; the process and where it answers."""
    command = [sys.executable, "-m", "desk", "centre", "--data", str(folder), "serve", "--port", "0", *words]
    env = os.environ | {"DAIBAN_CENTRE_DB": url}
    with subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True) as process:
        try:
            address = process.stdout.readline().split()[-1]
            up = time.monotonic() + 60
            while time.monotonic() < up:
                with contextlib.suppress(httpx.TransportError):
                    if httpx.get(address + "/readyz", trust_env=False).status_code == 200:
                        break
            yield process, address
        finally:
            process.terminate()
            process.wait(40)


def closed(address: str) -> None:
    """Wait until nobody new is let in."""
    host, _, port = address.partition("//")[2].partition(":")
    until = time.monotonic() + 20
    with contextlib.suppress(OSError):
        while time.monotonic() < until:
            socket.create_connection((host, int(port)), timeout=1).close()


def knock(address: httpx.URL, seconds: float) -> None:
    """For so long. Raises ConnectionRefusedError."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        socket.create_connection((address.host, address.port), timeout=5).close()
        time.sleep(0.2)


def workers(process: subprocess.Popen[str]) -> list[int]:
    """The processes that serve."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text("ascii").split()
    return [int(one) for one in children if b"spawn_main" in Path(f"/proc/{one}/cmdline").read_bytes()]


@posix
def test_sigterm_lets_a_request_end_and_exits_well(tmp_path: Path) -> None:
    centre_node.create(tmp_path / "centre", "152523", "中心")
    with service(tmp_path / "centre", "") as (process, address):

        def body() -> Iterator[bytes]:
            yield b"x" * 10
            assert httpx.get(address + "/healthz", trust_env=False, timeout=20).status_code == 200  # so we are in
            process.send_signal(signal.SIGTERM)
            closed(address)  # the stop has begun while this request is under way
            yield b"x" * 10

        answer = httpx.post(address + wire.BATCHES, content=body(), trust_env=False, timeout=20)
        assert (answer.status_code, answer.json()["code"]) == (400, "broken")
        assert process.wait(20) == 0


@posix
@pytest.mark.parametrize("count", ["1", "2"])
def test_a_host_that_leaves_says_so_first_and_serves_on(
    tmp_path: Path, postgres_cluster: postgres.Cluster, count: str
) -> None:
    url = postgres_cluster.database()
    centre_node.create(tmp_path / "centre", "152523", "中心", url)
    (tmp_path / "toml").write_text("leave_seconds = 3\n", "utf-8")
    how = ("--config", str(tmp_path / "toml"), "--workers", count)
    with service(tmp_path / "centre", url, *how) as (process, address):
        process.send_signal(signal.SIGTERM)
        until = time.monotonic() + 2.5
        said: list[tuple[int, int]] = []
        with httpx.Client(base_url=address, trust_env=False, headers={"connection": "close"}) as anybody:
            while time.monotonic() < until:
                said.append((anybody.get("/healthz").status_code, anybody.get("/query").status_code))
        assert said[-1] == (503, 200)
        assert {query for _, query in said} == {200}
        assert process.wait(20) == 0


@posix
def test_several_processes_that_stop_let_nobody_new_in(tmp_path: Path, postgres_cluster: postgres.Cluster) -> None:
    url = postgres_cluster.database()
    centre_node.create(tmp_path / "centre", "152523", "中心", url)
    with service(tmp_path / "centre", url, "--workers", "2") as (process, address):

        def body() -> Iterator[bytes]:
            yield b"x" * 10
            assert httpx.get(address + "/healthz", trust_env=False, timeout=20).status_code == 200  # so we are in
            process.send_signal(signal.SIGTERM)
            with pytest.raises(ConnectionRefusedError):  # else they would wait for an answer that never comes
                knock(httpx.URL(address), 10)
            yield b"x" * 10

        answer = httpx.post(address + wire.BATCHES, content=body(), trust_env=False, timeout=30)
        assert (answer.status_code, answer.json()["code"]) == (400, "broken")
        assert process.wait(20) == 0


def test_several_processes_on_sqlite_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    centre_node.create(tmp_path / "centre", "152523", "中心")
    assert commands.run_centre(["--data", str(tmp_path / "centre"), "serve", "--workers", "2", "--port", "0"]) == 1
    assert "PostgreSQL" in capsys.readouterr().err


@both_databases
def test_a_database_in_use_is_no_place_for_another_centre(
    tmp_path: Path,
    served: Served,
    centre_url: str,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    other = tmp_path / "other"
    asked = ["--data", str(other), "init", "--code", "152524", "--name", "别的中心"]
    monkeypatch.setenv("DAIBAN_CENTRE_DB", centre_url or f"sqlite:///{served.centre.folder / centre_node.DB_FILE}")
    assert commands.run_centre(asked) == 1
    assert f"已经是另一个中心（{served.centre.name}）的" in capsys.readouterr().err
    assert not other.exists()
    with served.centre.database.read() as db:
        known = rows.value(db, "node"), rows.value(db, "name")
    assert known == (served.centre.node, served.centre.name)
    empty = request.getfixturevalue("postgres_cluster").database() if centre_url else f"sqlite:///{tmp_path / 'new.db'}"
    monkeypatch.setenv("DAIBAN_CENTRE_DB", empty)
    assert commands.run_centre(asked) == 0
    made = centre_node.Centre(other, empty)
    assert (made.node, made.name) == ("152524000000-00", "别的中心")
    made.close()


def test_a_code_that_is_none_makes_no_centre(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for code in ("15252", "15252x", "../../", ""):
        assert commands.run_centre(["--data", str(tmp_path / "c"), "init", "--code", code, "--name", "中心"]) == 1
        assert "6 位数字" in capsys.readouterr().err
    assert not (tmp_path / "c").exists()


@posix
@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="children are read from /proc")
def test_a_process_that_dies_is_started_again(tmp_path: Path, postgres_cluster: postgres.Cluster) -> None:
    url = postgres_cluster.database()
    centre_node.create(tmp_path / "centre", "152523", "中心", url)
    with service(tmp_path / "centre", url, "--workers", "2") as (process, address):
        up = time.monotonic() + 60
        while len(before := workers(process)) < 2 and time.monotonic() < up:
            time.sleep(0.1)
        os.kill(before[0], signal.SIGKILL)
        while (now := workers(process)) == before or len(now) < 2:
            assert time.monotonic() < up
            time.sleep(0.1)
        assert before[1] in now
        said = [httpx.get(address + "/metrics", trust_env=False) for _ in range(6)]
        assert {one.status_code for one in said} == {200}
        assert "daiban_requests_total" in said[-1].text
        process.terminate()
        assert process.wait(40) == 0
        assert not any(Path(f"/proc/{one}").exists() for one in now)


def test_news_of_a_list_end_when_the_database_is_away(
    served: Served, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(work, "_EVERY", 0.05)
    with logged_in(served, "wulan") as client, client.stream("GET", "/events") as stream:
        lines = stream.iter_lines()
        assert next(lines).startswith("retry")
        served.centre.folder.rename(served.centre.folder.with_name("away"))
        served.centre.database.engine.dispose()
        assert not any("changed" in line for line in lines)  # to its end, without an error
    served.centre.folder.with_name("away").rename(served.centre.folder)
    assert {one.levelname for one in caplog.records if one.name in ("desk.centre", "uvicorn.error")} == {"WARNING"}


def test_what_is_nowhere_is_told_on_a_page_of_ours(served: Served) -> None:
    with httpx.Client(base_url=served.address) as client:
        for path in ("/nowhere", "/static/none.css", "/cases/1/2/3/4"):
            answer = client.get(path)
            assert answer.status_code == 404, path
            assert "没有这一页" in answer.text
            assert "回到首页" in answer.text
        answer = client.put("/query")
        assert (answer.status_code, "没有改动" in answer.text) == (405, True)
        assert answer.headers["allow"]
        assert answer.headers["content-security-policy"]


def test_a_head_is_the_page_without_its_body(served: Served) -> None:
    with httpx.Client(base_url=served.address, timeout=5) as client:
        for path in ("/", "/query", "/nowhere", "/cases", "/open/items.csv", "/static/centre.css", "/healthz"):
            asked, bare = client.get(path), client.head(path)
            assert (bare.status_code, bare.content) == (asked.status_code, b""), path
            told = ("content-type", "content-length", "content-security-policy", "location")
            assert [bare.headers.get(one) for one in told] == [asked.headers.get(one) for one in told], path
        client.post("/login", data={"account": "wulan", "password": PASSWORD})
        assert client.head("/events").status_code == 200  # a stream, of which nobody waits for an end
        assert client.head("/v1/anything").status_code == 404
        assert client.get("/v1/anything").json()["code"]
