"""The HTTP client: how addresses are read, by which proxy a server is reached, what passes through it and for how
long."""

from __future__ import annotations

import base64
import contextlib
import datetime as dt
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpcore
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from desk.sync.http import address, proxies
from desk.sync.http.client import TROUBLE, Client, Patience

PATIENT = Patience(5.0, 5.0, 20.0)
BODY = b"HTTP/1.1 200 OK\r\nX-One: a\r\nContent-Length: 5\r\nx-one: b\r\n\r\nthere"


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


# -- addresses ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "host", "port", "path", "named"),
    [
        ("http://10.0.0.1", "10.0.0.1", None, "", "10.0.0.1"),
        ("HTTPS://Centre.Example:8443/", "centre.example", 8443, "", "centre.example:8443"),
        ("http://[FD00::1]:80", "fd00::1", 80, "", "[fd00::1]:80"),
        ("http://daiban_1.local./旗/a%20b//", "daiban_1.local.", None, "/%E6%97%97/a%20b", "daiban_1.local."),
        ("http://中心.中国", "xn--fiqq24b.xn--fiqs8s", None, "", "xn--fiqq24b.xn--fiqs8s"),
        (" http://centre/x?y=1#z", "centre", None, "/x", "centre"),
    ],
)
def test_an_address_is_taken_apart(text: str, host: str, port: int | None, path: str, named: str) -> None:
    found = address.parsed(text)
    assert (found.host, found.port, found.path, found.named, found.login) == (host, port, path, named, None)


def test_a_login_in_an_address_is_read() -> None:
    assert address.parsed("http://u%40x:p%23w@there").login == ("u@x", "p#w")
    assert address.parsed("http://u@there").login == ("u", "")


# -- which proxy -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("told", "server", "by"),
    [
        ({}, "http://centre", None),
        ({"HTTP_PROXY": "proxy:3128"}, "http://centre", "proxy:3128"),
        ({"http_proxy": "http://u:p@proxy:3128"}, "http://centre", "proxy:3128"),
        ({"HTTP_PROXY": "http://proxy"}, "https://centre", None),
        ({"HTTPS_PROXY": "https://proxy"}, "https://centre", "proxy"),
        ({"ALL_PROXY": "http://all", "HTTPS_PROXY": "http://one"}, "https://centre", "one"),
        ({"ALL_PROXY": "http://all", "HTTPS_PROXY": "http://one"}, "http://centre", "all"),
        ({"ALL_PROXY": "http://all", "NO_PROXY": "*"}, "http://centre", None),
        ({"ALL_PROXY": "http://all", "NO_PROXY": "other, centre"}, "http://centre:8080", None),
        ({"ALL_PROXY": "http://all", "NO_PROXY": "centre:8080"}, "http://centre:8080", None),
        ({"ALL_PROXY": "http://all", "NO_PROXY": "centre:8080"}, "http://centre:8081", "all"),
        ({"ALL_PROXY": "http://all", "NO_PROXY": ".gov.cn"}, "http://qi.gov.cn", None),
        ({"ALL_PROXY": "http://all", "NO_PROXY": "gov.cn"}, "http://qigov.cn", "all"),
        ({"ALL_PROXY": "http://all", "NO_PROXY": "[::1], ::1"}, "http://10.0.0.1", "all"),
        ({"ALL_PROXY": "http://all", "NO_PROXY": "10.0.0.1"}, "http://10.0.0.1", None),
    ],
)
def test_by_which_proxy(monkeypatch: pytest.MonkeyPatch, told: dict[str, str], server: str, by: str | None) -> None:
    for name, value in told.items():
        monkeypatch.setenv(name, value)
    found = proxies.proxy_for(address.parsed(server))
    assert (found and found.named) == by


@pytest.mark.parametrize(
    "value",
    [
        "socks5://p:1",
        "gopher://p",
        "http://u:p#w@p:1",
        "http://p:99999",
        "http://",
        "http://a b",
        "http://[::1",
        "p:w@x:y",
    ],
)
def test_a_proxy_that_cannot_be_used_is_told_without_its_value(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        with monkeypatch.context() as patch:
            patch.setenv(name, value)
            with pytest.raises(proxies.UnusableError) as caught:
                proxies.proxy_for(address.parsed("http://centre"))
            assert not str(caught.value)
            assert caught.value.__cause__ is None


# -- through proxies ---------------------------------------------------------------------------------------------


def certificate(folder: Path, host: str) -> tuple[Path, ssl.SSLContext]:
    """An authority's certificate in a file, and what a server called `host` shows."""
    key, now = ec.generate_private_key(ec.SECP256R1()), dt.datetime.now(dt.UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path, keys = folder / f"{host}.pem", folder / f"{host}.key"
    path.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    form = serialization.PrivateFormat.PKCS8
    keys.write_bytes(key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption()))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path, keys)
    return path, context


def head(line: socket.socket) -> bytes:
    """All until the empty line, and the body after it, which is short; b"" where nothing comes."""
    got = b""
    while b"\r\n\r\n" not in got:
        piece = line.recv(1)
        if not piece:
            return b""
        got += piece
    return got + (line.recv(2) if got.startswith(b"POST") else b"")


class Server:
    """Says `answer` to each that comes, over TLS with a `context`; a proxy where it is told `to` which port. It drips
    after so many bytes of what it says or hands on, and hangs up after so many `questions`. What it heard."""

    def __init__(
        self,
        context: ssl.SSLContext | None = None,
        to: int = 0,
        answer: bytes = BODY,
        drips_after: int = 1 << 30,
        questions: int = 1 << 30,
    ) -> None:
        self._context, self._to, self._answer, self._quick = context, to, answer, drips_after
        self._questions = questions
        self.heard: list[bytes] = []
        self.hung_up = threading.Event()
        self._ended = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._threads = [threading.Thread(target=self._serve)]
        self._threads[0].start()

    def close(self) -> None:
        self._ended.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for one in self._threads:
            one.join(10)

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                line, _ = self._listener.accept()
                line.settimeout(2)
                self._threads.append(threading.Thread(target=self._hear, args=[line]))
                self._threads[-1].start()

    def _hear(self, line: socket.socket) -> None:
        self._answer_all(line)
        self.hung_up.set()

    def _answer_all(self, line: socket.socket) -> None:
        with contextlib.suppress(OSError), contextlib.ExitStack() as open_lines:
            near = open_lines.enter_context(line)
            if self._context:
                near = open_lines.enter_context(self._context.wrap_socket(line, server_side=True))
            for _ in range(self._questions):
                asked = head(near)
                if self._ended.is_set() or not asked:
                    return
                self.heard.append(asked)
                if asked.startswith(b"CONNECT"):
                    near.sendall(b"HTTP/1.1 200 Connected\r\n\r\n")
                    far = open_lines.enter_context(socket.create_connection(("127.0.0.1", self._to), 5))
                    up = threading.Thread(target=self._hand_on, args=[near, far])
                    up.start()
                    self._hand_on(far, near, self._quick)
                    for one in (near, far):
                        one.shutdown(socket.SHUT_RDWR)
                    up.join()
                    return
                self._say(near, self._answer, self._quick)

    def _hand_on(self, here: socket.socket, there: socket.socket, quick: int = 1 << 30) -> None:
        with contextlib.suppress(OSError):
            while data := here.recv(65536):
                self._say(there, data, quick)
                quick = max(quick - len(data), 0)

    def _say(self, line: socket.socket, data: bytes, quick: int) -> None:
        line.sendall(data[:quick])
        for at in range(quick, len(data)):
            if self._ended.wait(0.02):
                return
            line.sendall(data[at : at + 1])


@pytest.fixture
def servers() -> Iterator[list[Server]]:
    made: list[Server] = []
    yield made
    for one in made:
        one.close()


def ask(
    server: str,
    context: ssl.SSLContext | None = None,
    patience: Patience = PATIENT,
    between: Callable[[], object] = int,
) -> tuple[int, str, bytes]:
    """What the server said to one question, and to the same again over the same line."""
    at = address.parsed(server)
    client = Client(at, patience, context, proxies.proxy_for(at))
    with contextlib.closing(client):
        said = []
        for _ in range(2):
            with client.ask("POST", "/v1/x?a=1", b"hm", {"X-Two": "2"}) as answer:
                said.append((answer.status, answer.headers["x-one"], b"".join(answer.body)))
            between()
    assert said[0] == said[1]
    return said[0]


def test_what_is_asked_without_a_proxy(servers: list[Server]) -> None:
    servers.append(Server())
    assert ask(f"http://u:p%23@127.0.0.1:{servers[0].port}/旗/") == (200, "a, b", b"there")
    first = servers[0].heard[0].decode()
    assert first.startswith("POST /%E6%97%97/v1/x?a=1 HTTP/1.1\r\n")
    for said in (
        f"Host: 127.0.0.1:{servers[0].port}",
        "Accept-Encoding: identity",
        "Content-Length: 2",
        "X-Two: 2",
        "Authorization: Basic " + base64.b64encode(b"u:p#").decode(),
    ):
        assert said in first.split("\r\n")


def test_a_server_with_a_certificate(servers: list[Server], tmp_path: Path) -> None:
    ca, context = certificate(tmp_path, "localhost")
    servers.append(Server(context))
    at = f"https://localhost:{servers[0].port}"
    assert ask(at, ssl.create_default_context(cafile=ca)) == (200, "a, b", b"there")
    with pytest.raises(httpcore.ConnectError, match=r"(?i)certificate"):
        ask(at, ssl.create_default_context())
    with pytest.raises(httpcore.ConnectError, match=r"(?i)certificate"):
        ask(at)


@pytest.mark.parametrize("is_heard", [False, True])
def test_a_line_that_the_server_hung_up_is_opened_again(servers: list[Server], *, is_heard: bool) -> None:
    """Between two questions; where it says so ahead, too."""
    said = BODY.replace(b"X-One", b"Connection: close\r\nX-One") if is_heard else BODY
    servers.append(Server(answer=said, questions=1))
    assert ask(f"http://127.0.0.1:{servers[0].port}", between=servers[0].hung_up.wait) == (200, "a, b", b"there")
    assert len(servers[0].heard) == 2


@pytest.mark.parametrize("quick", [0, 1, 20, len(BODY) - 1])
def test_after_an_answer_that_broke_off_another_line_is_opened(servers: list[Server], quick: int) -> None:
    servers.append(Server(answer=BODY[:quick], questions=1))
    at = address.parsed(f"http://127.0.0.1:{servers[0].port}")
    with contextlib.closing(Client(at, PATIENT)) as client:
        for _ in range(2):
            with pytest.raises(TROUBLE), client.ask("GET", "/x") as answer:
                list(answer.body)
    assert len(servers[0].heard) == 2


def test_an_answer_that_nobody_read_does_not_stand_in_the_way(servers: list[Server]) -> None:
    servers.append(Server())
    at = address.parsed(f"http://127.0.0.1:{servers[0].port}")
    with contextlib.closing(Client(at, PATIENT)) as client:
        for _ in range(3):
            with client.ask("GET", "/x") as answer:
                assert answer.status == 200


def test_through_a_proxy_that_asks_who_it_is(servers: list[Server], monkeypatch: pytest.MonkeyPatch) -> None:
    servers.append(Server())
    monkeypatch.setenv("HTTP_PROXY", f"http://us%40er:p%23w@127.0.0.1:{servers[0].port}")
    assert ask("http://centre.example/at") == (200, "a, b", b"there")
    lines = servers[0].heard[0].decode().split("\r\n")
    assert lines[0] == "POST http://centre.example/at/v1/x?a=1 HTTP/1.1"
    assert "Host: centre.example" in lines
    assert "Proxy-Authorization: Basic " + base64.b64encode(b"us@er:p#w").decode() in lines


@pytest.mark.parametrize("is_secret", [False, True])
def test_a_server_with_a_certificate_behind_a_proxy(
    servers: list[Server], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, *, is_secret: bool
) -> None:
    """A tunnel, in which the proxy reads nothing; also where the way to the proxy is secret itself."""
    ca, context = certificate(tmp_path, "centre.example")
    proxy_ca, proxy_context = certificate(tmp_path, "localhost")
    monkeypatch.setenv("SSL_CERT_FILE", str(proxy_ca))
    servers.append(Server(context))
    servers.append(Server(proxy_context if is_secret else None, servers[0].port))
    scheme = "https" if is_secret else "http"
    monkeypatch.setenv("HTTPS_PROXY", f"{scheme}://u:p@localhost:{servers[1].port}")
    assert ask("https://centre.example", ssl.create_default_context(cafile=ca)) == (200, "a, b", b"there")
    connect = servers[1].heard[0].decode().split("\r\n")
    assert connect[0] == "CONNECT centre.example:443 HTTP/1.1"
    assert "Proxy-Authorization: Basic " + base64.b64encode(b"u:p").decode() in connect
    assert servers[0].heard[0].startswith(b"POST /v1/x?a=1 HTTP/1.1\r\n")
    with pytest.raises(httpcore.ConnectError, match=r"(?i)certificate"):
        ask("https://another.example", ssl.create_default_context(cafile=ca))


LONG = BODY.replace(b"Content-Length: 5", b"Content-Length: 20005") + bytes(20_000)


@pytest.mark.parametrize("is_secret", [False, True])
@pytest.mark.parametrize("dripping", [0, 1])
def test_an_answer_that_drips_through_a_proxy_is_cut(
    servers: list[Server], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, dripping: int, *, is_secret: bool
) -> None:
    """The server, or the proxy that hands its records on. Each drop alone would come in time, and TLS within TLS waits
    anew for each."""
    ca, context = certificate(tmp_path, "centre.example")
    proxy_ca, proxy_context = certificate(tmp_path, "localhost")
    monkeypatch.setenv("SSL_CERT_FILE", str(proxy_ca))
    quick = [1 << 30, 1 << 30]
    quick[dripping] = 4000  # after all shaking of hands
    servers.append(Server(context, 0, LONG, quick[0]))
    servers.append(Server(proxy_context if is_secret else None, servers[0].port, drips_after=quick[1]))
    scheme = "https" if is_secret else "http"
    monkeypatch.setenv("HTTPS_PROXY", f"{scheme}://localhost:{servers[1].port}")
    begun = time.monotonic()
    with pytest.raises(TROUBLE):
        ask("https://centre.example", ssl.create_default_context(cafile=ca), Patience(30.0, 5.0, 0.5))
    assert time.monotonic() - begun < 10


def test_a_redirect_is_no_way(servers: list[Server]) -> None:
    moved = b"HTTP/1.1 302 Found\r\nX-One: a, b\r\nLocation: /y\r\nContent-Length: 5\r\n\r\nthere"
    servers.append(Server(answer=moved))
    assert ask(f"http://127.0.0.1:{servers[0].port}") == (302, "a, b", b"there")
    assert all(b"/v1/x" in one for one in servers[0].heard)
