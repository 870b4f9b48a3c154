"""The shipped nginx.conf and Caddyfile before a served centre, changed only in names, ports and certificates."""

from __future__ import annotations

import base64
import contextlib
import os
import random
import shutil
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import msgspec
import pytest
from conftest import CHEAP, PASSWORD, POINT, POINT_NAME, SetClock, full_draft, serving, sync

from db.centre import part_rows
from desk.app import opening
from desk.app.open_desk import Desk
from desk.centre import site
from desk.centre.exchange import enrolment
from desk.centre.node import centre_node
from desk.centre.run import authority, guard
from desk.centre.run.settings import Settings
from desk.store.account import Account
from desk.store.entries import Fact
from desk.sync.outcome import Outcome
from desk.sync.protocol import wire
from desk.sync.protocol.batch import MAX_PACKED

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the proxies are run as on a server")
SHIPPED = Path(__file__).parents[4] / "installer" / "centre"
NAME = "centre.example.gov.cn"
ELSEWHERE = {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "http", "Forwarded": "for=203.0.113.9"}
ONCE = ("strict-transport-security", "content-security-policy", "x-frame-options", "x-content-type-options", "date")
HSTS = "strict-transport-security"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def changed(text: str, changes: dict[str, str]) -> str:
    """The shipped file with these pieces of it put right for this machine; each has to be there."""
    for old, new in changes.items():
        assert old in text, old
        text = text.replace(old, new)
    return text


class Proxy:
    """A proxy of ours before `centre`, as its shipped file says. `stop` and `start` again keep the ports."""

    def __init__(self, folder: Path, centre: str, certificate: Path) -> None:
        self.folder, self.plain, self.port = folder, free_port(), free_port()
        self.address = f"https://localhost:{self.port}"
        self.process: subprocess.Popen[bytes] | None = None
        folder.mkdir()
        self.command = self.prepare(centre.removeprefix("http://"), certificate)

    def prepare(self, centre: str, certificate: Path) -> list[str]:
        """Write the file; what starts the program."""
        raise NotImplementedError

    def start(self) -> None:
        """Begin; returns when it answers."""
        env = os.environ | {"HOME": str(self.folder)}
        with (self.folder / "said").open("ab") as said:
            self.process = subprocess.Popen(self.command, stdout=said, stderr=said, env=env)
        until = time.monotonic() + 20
        while True:
            assert self.process.poll() is None, (self.folder / "said").read_text("utf-8")
            assert time.monotonic() < until
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
                return
            time.sleep(0.02)

    def stop(self) -> None:
        """End it."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait(20)
            self.process = None


class Nginx(Proxy):
    """As included by /etc/nginx/nginx.conf."""

    def prepare(self, centre: str, certificate: Path) -> list[str]:
        """In a folder of its own."""
        changes = {
            "127.0.0.1:8420": centre,
            "listen 80;": f"listen 127.0.0.1:{self.plain};",
            "listen 443 ": f"listen 127.0.0.1:{self.port} ",
            "/etc/daiban/tls/fullchain.pem": str(certificate),
            "/etc/daiban/tls/key.pem": str(certificate),
            NAME: "localhost",
        }
        shipped = changed((SHIPPED / "nginx.conf").read_text("utf-8"), changes)
        (self.folder / "daiban.conf").write_text(shipped, "utf-8")
        kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        places = " ".join(f"{kind}_temp_path {self.folder}/{kind};" for kind in kinds)
        user = "user root;" if os.geteuid() == 0 else ""
        around = f"events {{}} http {{ access_log off; {places} include {self.folder}/daiban.conf; }}"
        (self.folder / "nginx.conf").write_text(
            f"daemon off; {user} pid {self.folder}/pid; error_log stderr; {around}", "utf-8"
        )
        return ["nginx", "-e", "stderr", "-p", str(self.folder), "-c", str(self.folder / "nginx.conf")]


class Caddy(Proxy):
    """As /etc/caddy/Caddyfile."""

    def prepare(self, centre: str, certificate: Path) -> list[str]:
        """Without its administration port."""
        changes = {
            "127.0.0.1:8420": centre,
            f"{NAME} {{\n": f"localhost {{\n\tbind 127.0.0.1\n\ttls {certificate} {certificate}\n",
        }
        shipped = changed((SHIPPED / "Caddyfile").read_text("utf-8"), changes)
        ports = f"{{\n\tadmin off\n\tgrace_period 1s\n\thttp_port {self.plain}\n\thttps_port {self.port}\n}}\n"
        (self.folder / "Caddyfile").write_text(ports + shipped, "utf-8")
        return ["caddy", "run", "--adapter", "caddyfile", "--config", str(self.folder / "Caddyfile")]


class Before:
    """A centre and the proxy before it; `away` while nobody serves behind the proxy."""

    def __init__(self, centre: centre_node.Centre, proxy: Proxy, ca: Path, end: Callable[[], None]) -> None:
        self.centre, self.proxy, self.end = centre, proxy, end
        self._trusts = ssl.create_default_context(cafile=str(ca))

    def client(self, address: str = "127.0.0.1") -> httpx.Client:
        """A browser at one of this machine's addresses."""
        transport = httpx.HTTPTransport(verify=self._trusts, local_address=address)
        return httpx.Client(base_url=self.proxy.address, transport=transport, timeout=30)


@pytest.fixture(params=[Nginx, Caddy], ids=["nginx", "caddy"])
def before(
    request: pytest.FixtureRequest, tmp_path: Path, tell: SetClock, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Before]:
    program = request.param.__name__.lower()
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed")
    centre_node.create(tmp_path / "centre", "152523", "苏尼特左旗政务服务中心")
    centre = centre_node.Centre(tmp_path / "centre", tell=tell)
    guard.add_clerk(centre, "wulan", "乌兰", PASSWORD, "综合窗口")
    (tmp_path / "tls").mkdir()
    authority.make(tmp_path / "tls", ["localhost", "127.0.0.1"], tell())
    ca = tmp_path / "tls" / authority.AUTHORITY
    monkeypatch.setenv("SSL_CERT_FILE", str(ca))  # whom a desk's system trusts
    application = site.app(centre, Settings(logins_per_minute=2))
    application.state.limits.logins.here._tell = lambda: 0.0  # the minute does not pass
    with contextlib.ExitStack() as behind, contextlib.ExitStack() as all_of_it:
        all_of_it.callback(centre.close)
        proxy = request.param(
            tmp_path / program, behind.enter_context(serving(application)), tmp_path / "tls" / authority.SERVER
        )
        all_of_it.callback(proxy.stop)
        proxy.start()
        yield Before(centre, proxy, ca, behind.close)


@pytest.fixture
def desk(tmp_path: Path, before: Before, tell: SetClock) -> Iterator[Desk]:
    """A desk that knows the centre by the proxy's address."""
    code = enrolment.enrol_code(before.centre, POINT, POINT_NAME)
    account = Account("suhe", "苏和")
    opening.create_desk(tmp_path / "desk", before.proxy.address, code, account, PASSWORD, cost=CHEAP, tell=tell)
    opened = opening.open_desk(tmp_path / "desk", "suhe", PASSWORD, tell)
    yield opened
    opened.close()


def log_in(client: httpx.Client) -> httpx.Response:
    return client.post("/login", data={"account": "wulan", "password": PASSWORD})


def test_pages_headers_and_what_is_not_for_outside(before: Before) -> None:
    with before.client() as client:
        entered = log_in(client)
        assert (entered.status_code, entered.headers["location"]) == (303, "/staff")
        assert "Secure" in entered.headers["set-cookie"].split("; ")
        for path, status in (("/cases", 200), ("/", 200), ("/static/centre.css", 200), ("/v1/hello", 200), ("/x", 404)):
            answer = client.get(path)
            assert answer.status_code == status, path
            assert {name: len(answer.headers.get_list(name)) for name in ONCE} == dict.fromkeys(ONCE, 1), path
            assert not any(sign.isdigit() for sign in answer.headers.get("server", ""))
        for path in ("/metrics", "/readyz", "//metrics", "/%6detrics", "/./readyz", "/metrics?x", "/METRICS"):
            request = client.build_request("GET", path)
            request.url = request.url.copy_with(raw_path=path.encode())
            answer = client.send(request, follow_redirects=True)
            assert answer.status_code == 404, path
            assert "daiban_" not in answer.text
        for path in ("/metrics/", "/readyz/"):
            assert client.get(path).status_code == 404, path  # no redirect: it would name whatever host was asked for
        assert client.get("/healthz").json() == {"ok": True}
        sent = httpx.get(f"http://127.0.0.1:{before.proxy.plain}/cases?tab=all", headers={"Host": "localhost"})
        assert sent.status_code in (301, 308)
        assert sent.headers["location"].startswith("https://localhost")
        assert sent.headers["location"].endswith("/cases?tab=all")


def test_an_address_that_a_visitor_writes_is_not_believed(before: Before) -> None:
    with before.client() as client, before.client("127.0.0.2") as other:
        told = []
        for number in range(3):
            forged = ELSEWHERE | {"X-Forwarded-For": f"203.0.113.{number}"}
            told.append(client.post("/login", data={"account": "x", "password": "y"}, headers=forged).status_code)
        assert told == [403, 403, 429]
        entered = other.post("/login", data={"account": "wulan", "password": PASSWORD}, headers=ELSEWHERE)
        assert "Secure" in entered.headers["set-cookie"]  # nor the scheme


def test_the_work_list_hears_at_once_what_a_desk_sends(before: Before, desk: Desk) -> None:
    """A proxy that kept the stream back until a buffer is full would send nothing for longer than the reader waits:
    the centre says a few bytes every few seconds."""
    with before.client() as client:
        log_in(client)
        with client.stream("GET", "/events", timeout=15) as stream:
            lines = stream.iter_lines()
            assert next(lines) == "retry: 5000"
            desk.register(full_draft(desk))
            assert sync(desk).outcome is Outcome.DONE
            assert next(line for line in lines if line.startswith("event")) == "event: changed"


def noise(number: int, size: int) -> dict[str, str]:
    return {"text": base64.b85encode(random.Random(number).randbytes(size * 4 // 5)).decode()}  # noqa: S311 - hard to pack


def test_a_batch_near_the_limit_passes_and_beyond_it_is_told(before: Before, desk: Desk) -> None:
    with desk.store.write() as db:
        facts = [Fact("note.made", f"note-{number}", noise(number, 250_000)) for number in range(60)]
        desk.store.append(db, desk.identity.node, "suhe", facts)
    result = sync(desk)
    assert result.outcome is Outcome.DONE, result
    assert before.centre.verify()[desk.identity.node] == desk.store.verify(desk.identity.node)
    body = random.Random(1).randbytes(MAX_PACKED)  # noqa: S311 - no secret
    with before.client() as client:
        for more, status, code in ((b"", 400, "broken"), (b"x", 413, "too_large")):
            nonce = os.urandom(16).hex()
            answer = client.post(wire.BATCHES, content=body + more, headers={wire.NONCE_HEADER: nonce})
            assert (answer.status_code, answer.json()["code"]) == (status, code)
            key, proof = before.centre.keys.public().sign, answer.headers[wire.PROOF_HEADER]
            assert wire.answer_proved(key, proof, nonce, wire.BATCHES, status, answer.content)
        answer = client.post(wire.BATCHES, content=body + body)
        assert (answer.status_code, "最多 8 MB" in answer.text) == (413, True)
        assert answer.headers.get_list(HSTS) == ["max-age=31536000"]
        answer = client.post(wire.BATCHES, content=iter([body, body]))  # without saying how long
        assert answer.status_code in (413, 503)  # Caddy up to 2.6 hears of it only from the far side


def test_a_picture_goes_on_where_the_proxy_went_away(before: Before, desk: Desk) -> None:
    data = b"\xff\xd8\xff\xe0" + random.Random(7).randbytes(3_000_000)  # noqa: S311 - a picture's noise
    ref = desk.pictures.keep(data, "1.jpg")
    draft = full_draft(desk)
    first, *rest = draft.materials
    draft = msgspec.structs.replace(draft, materials=(msgspec.structs.replace(first, files=(ref,)), *rest))
    desk.register(draft)

    def have() -> int:
        with before.centre.database.read() as db:
            return part_rows.file_state(db, [ref.sha256], desk.identity.node).get(ref.sha256, 0)

    assert desk.sync(lambda _far: None, lambda: have() > 0).outcome is Outcome.CANCELLED
    before.proxy.stop()
    assert 0 < have() < len(data)
    assert sync(desk).outcome is Outcome.OFFLINE
    before.proxy.start()
    assert sync(desk).outcome is Outcome.DONE
    assert have() == -1


def test_a_centre_that_is_away_is_told_by_the_proxy(before: Before, desk: Desk) -> None:
    desk.register(full_draft(desk))
    before.end()
    with before.client() as client:
        answer = client.get("/login")
        assert (answer.status_code, answer.headers["retry-after"], answer.headers.get_list(HSTS)) == (
            503,
            "5",
            ["max-age=31536000"],
        )
        assert "过一会儿再试" in answer.text
    told = sync(desk)
    assert told.outcome is Outcome.OFFLINE
    assert "中心的服务" in told.happened
