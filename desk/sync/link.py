"""The link to the centre: one request at a time over HTTP, and the proof that it was the centre that answered.

The HTTP client stays behind this door. A page of a captive portal, a wrong server or a wrong key is `NotCentreError`;
nothing that answers without the centre's proof is believed, whatever its status.
"""

from __future__ import annotations

import os
import secrets
import ssl
from collections.abc import Callable, Sequence
from http import HTTPStatus

import httpcore
import msgspec

from desk import doors
from desk.errors import UNREADABLE, DeskError
from desk.log.keys import NodeKeys, PublicKeys
from desk.store.identity import Identity
from desk.sync.http import address as addresses
from desk.sync.http import proxies
from desk.sync.http.client import TROUBLE, Answer, Client, Patience
from desk.sync.protocol import letters, wire
from desk.sync.protocol.envelope import BatchError

_CONNECT, _PIECE = 8.0, 20.0  # seconds
KEPT = "未送出的内容都在本机，没有丢失。"
UNPINNED = "unpinned"  # before the centre's authority is known: only for asking who answers


class OfflineError(DeskError):
    """Nothing answered."""


class NotCentreError(DeskError):
    """Something answered, and it was not our centre."""


class CentreRefusedError(DeskError):
    """The centre itself said no: `problem` carries its code."""

    def __init__(self, problem: wire.ProblemAnswer) -> None:
        super().__init__(problem.text, KEPT)
        self.problem = problem


_AS_IT_IS = "identity"
_PROOF = wire.PROOF_HEADER.lower()
_PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")
_AWAY = frozenset({502, 503, 504})  # how a proxy says that nobody answers behind it


class Peer(msgspec.Struct, frozen=True):
    """Whom one speaks with: the centre's name, its epoch as the asker knows it, the version that it is known to
    speak."""

    centre: str = ""
    epoch: int = 0
    speaks: int = 1


class Link:
    """The centre at `address`. `sign_key` is the centre's public key, by which it is known.

    Raises OfflineError where the address or the proxy of this machine cannot be used.
    """

    def __init__(
        self,
        address: str,
        sign_key: bytes,
        ca: str = "",
        peer: Peer | None = None,
        seconds: float = doors.ANSWER.seconds,
    ) -> None:
        """`ca`: PEM of the only authority whose certificates count; "" for those that the system trusts. `seconds`: how
        long an answer may take from its first byte waited for to its last, however it drips."""
        self.peer = peer or Peer()
        try:
            at = addresses.parsed(address)
        except ValueError as error:
            raise OfflineError(f"中心地址“{address}”不对。", KEPT, "请在“设置”里改正中心地址。") from error
        try:
            proxy = None if addresses.is_loopback(at.host) else proxies.proxy_for(at)
        except proxies.UnusableError as error:
            raise _bad_proxy() from error
        self._sign_key = sign_key
        self._http = Client(at, Patience(_CONNECT, _PIECE, seconds), _trusted(at.scheme, ca), proxy)

    def close(self) -> None:
        """Hang up."""
        self._http.close()

    def agree(self) -> int:
        """The version to speak: the highest of both, and never less than the centre is known to speak. What it speaks
        it says signed with its own key, so nobody on the way can talk both down. Raises as `post`."""
        if self.peer.speaks < wire.SPEAKS[1]:
            hello = self.hello()
            if hello.sign_key != wire.to_text(self._sign_key):
                raise _not_centre()
            speaks = max(self.peer.speaks, min(wire.SPEAKS[1], hello.speaks[1]))
            self.peer = msgspec.structs.replace(self.peer, speaks=speaks)
        return self.peer.speaks

    def post(self, path: str, body: bytes, media: str, node: str = "") -> bytes:
        """The body of the centre's 200 answer to what `node` asks. Raises OfflineError, NotCentreError,
        CentreRefusedError."""
        asked = self._question("POST", path, node, body)
        return self._ask(asked, body, {"Content-Type": media})

    def asker(self, identity: Identity, openers: Callable[[], Sequence[NodeKeys]]) -> Callable[[str, bytes], bytes]:
        """How `identity` asks by letter: kind and body; the body of the answer. It raises as `post`, and SealError,
        BatchError."""

        def ask(kind: str, body: bytes) -> bytes:
            return self.letter(kind, identity.node, body, identity.keys, identity.centre_keys, openers())

        return ask

    def letter(
        self,
        kind: str,
        node: str,
        body: bytes,
        keys: NodeKeys,
        centre: PublicKeys,
        openers: Sequence[NodeKeys],
    ) -> bytes:
        """The body of the centre's answer to this letter of `node`'s, sealed to one of `openers`. Raises as `post`, and
        SealError, BatchError."""
        to, epoch = self.peer.centre, self.peer.epoch
        re, sealed = letters.sealed(kind, node, body, keys, centre, to, epoch)
        answer = self.post(wire.LETTERS, sealed, wire.OCTETS, node)
        head, said = letters.answered(answer, openers, to, centre, re)
        if head.to != node and (head.to or self.peer.speaks >= wire.BOUND):
            raise BatchError("中心的信不是写给本机的，不予接收。")
        return said

    def get(self, path_and_query: str, node: str, keys: NodeKeys, seen: str = "") -> bytes:
        """As `post`, asked in the name of `node`, which has `seen` this entry of the centre's last."""
        asked = self._question("GET", path_and_query, node, b"")
        bound = self.peer.speaks >= wire.BOUND
        proof = wire.prove_bound_ask(keys, asked) if bound else wire.prove_ask(keys, asked.nonce, path_and_query)
        headers = {wire.NODE_HEADER: node, wire.PROOF_HEADER: proof} | ({wire.SEEN_HEADER: seen} if seen else {})
        return self._ask(asked, None, headers)

    def hello(self) -> wire.HelloAnswer:
        """Who answers here, checked only against the key that it names itself: the caller compares fingerprints. Raises
        OfflineError, NotCentreError, and CentreRefusedError where the centre is known and said no."""
        nonce = secrets.token_hex(16)
        status, proof, answer = self._exchange("GET", wire.HELLO, None, {wire.NONCE_HEADER: nonce})
        if status != HTTPStatus.OK:
            if self._sign_key and wire.answer_proved(self._sign_key, proof, nonce, wire.HELLO, status, answer):
                raise CentreRefusedError(_problem(answer))
            raise _away() if status in _AWAY else _not_centre()
        try:
            hello = msgspec.json.decode(answer, type=wire.HelloAnswer)
            key = wire.from_text(hello.sign_key)
        except (*UNREADABLE, ValueError) as error:
            raise _not_centre() from error
        if not wire.answer_proved(key, proof, nonce, wire.HELLO, status, answer):
            raise _not_centre()
        return hello

    def _question(self, method: str, path: str, node: str, body: bytes) -> wire.Question:
        nonce, epoch = secrets.token_hex(16), str(self.peer.epoch)
        return wire.Question(nonce, method, path, node, self.peer.centre, epoch, wire.digest(body))

    def _ask(self, asked: wire.Question, body: bytes | None, headers: dict[str, str]) -> bytes:
        headers |= {wire.NONCE_HEADER: asked.nonce}
        if self.peer.speaks >= wire.BOUND:
            headers |= {wire.VERSION_HEADER: str(wire.BOUND), wire.NODE_HEADER: asked.node}
            headers |= {wire.EPOCH_HEADER: asked.epoch, wire.DIGEST_HEADER: asked.digest}
        status, proof, answer = self._exchange(asked.method, asked.path, body, headers)
        if not self._proved(asked, proof, status, answer):
            raise _not_centre()
        if status != HTTPStatus.OK:
            raise CentreRefusedError(_problem(answer))
        return answer

    def _proved(self, asked: wire.Question, proof: str, status: int, answer: bytes) -> bool:
        """Whether the centre gave this answer: with version 2, to this question and no other."""
        if self.peer.speaks >= wire.BOUND:
            return wire.bound_answer_proved(self._sign_key, proof, asked, status, answer)
        bare = asked.path.partition("?")[0]
        return wire.answer_proved(self._sign_key, proof, asked.nonce, bare, status, answer)

    def _exchange(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> tuple[int, str, bytes]:
        try:
            with self._http.ask(method, path, body, headers) as answer:
                proof = answer.headers.get(_PROOF, "")
                if not proof and answer.status in _AWAY:
                    raise _away()
                return answer.status, proof, _whole(answer) if proof else b""
        except TROUBLE as error:
            raise OfflineError(
                _why(error), KEPT, "连上网络后再点“立即同步”；不急的话，程序联网后会自己再试。"
            ) from error


def _not_centre() -> NotCentreError:
    return NotCentreError(
        "网络有回应，但不是本旗中心（可能要先在浏览器里登录上网，或中心地址、密钥不对）。",
        KEPT,
        "请检查上网登录和中心地址，再点“立即同步”。",
    )


def _bad_proxy() -> OfflineError:
    """Names the setting and never its value: a password may stand in it."""
    named = [name for key in _PROXIES for name in (key, key.lower()) if os.environ.get(name)]
    return OfflineError(
        f"这台电脑的上网代理设置用不了（{'、'.join(named) or '系统的代理设置'}），没有连接中心。",
        KEPT,
        "请改成 http:// 开头的代理（不支持 SOCKS，密码里的特殊符号要转写），或去掉代理，再点“立即同步”。",
    )


def _away() -> OfflineError:
    return OfflineError(
        "网络通，但中心的服务没有回应（可能正在重启或升级）。", KEPT, "请过一会儿再点“立即同步”；程序也会自己再试。"
    )


def _whole(answer: Answer) -> bytes:
    """The body as it came: a packed one could unfold without end, and was not asked for."""
    if answer.headers.get("content-encoding", _AS_IT_IS).strip().lower() != _AS_IT_IS:
        raise _not_centre()
    got = bytearray()
    for piece in answer.body:
        got += piece
        if len(got) > doors.ANSWER.most:
            raise NotCentreError("对方的回应超过上限，不是本旗中心的回应。", KEPT, "请检查中心地址。")
    return bytes(got)


def _problem(answer: bytes) -> wire.ProblemAnswer:
    try:
        return msgspec.json.decode(answer, type=wire.ProblemAnswer)
    except UNREADABLE:
        return wire.problem("busy")


def _why(error: Exception) -> str:
    if isinstance(error, httpcore.TimeoutException):
        return "网络太慢或中断，等不到中心的回应。"
    if isinstance(error, httpcore.ConnectError):
        if "CERTIFICATE" in str(error).upper():
            return "中心的安全证书核对不过（常因本机时钟不准），没有连接。"
        return "连不上中心：没有网络、地址不对或中心没有开机。"
    return "与中心的连接中途断了。"


def _trusted(scheme: str, ca: str) -> ssl.SSLContext | None:
    """Whose certificates count. With `UNPINNED` any: who answers must prove to be the centre by its own key anyhow."""
    if scheme != "https":
        return None  # nothing to check, and loading the system's roots would take longer than the rest of a sync
    if ca == UNPINNED:
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        return context
    if not ca:
        return ssl.create_default_context()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(cadata=ca)
    return context
