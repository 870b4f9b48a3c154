"""The contract between desk and centre over HTTP: paths, headers, bodies, problem codes, and the proof of who spoke.

Being connected means that the centre answered with its own key: every answer carries an Ed25519 signature over the
nonce that the asker made up, the path, the status and the body. A captive portal's 200 has none.
"""

from __future__ import annotations

import base64
import binascii
import hashlib

import msgspec

from desk.law.numbers import is_node
from desk.log.keys import NodeKeys, signed_by

ROOT = "/v1"
HELLO = "/v1/hello"
ENROL = "/v1/enrol"
BATCHES = "/v1/batches"
FEED = "/v1/feed"
FILES = "/v1/files"
FILE_STATE = "/v1/files/state"
LETTERS = "/v1/letters"
RELAY = "/v1/relay"  # the sticks of villages, brought by their township
SPEAKS = (1, 1)  # oldest and newest version of the protocol here

NODE_HEADER = "Daiban-Node"  # asker's node name (feed only; a batch names itself inside its seal)
SEEN_HEADER = "Daiban-Seen"  # of a feed request: the last entry of the centre that the asker has, as seq.hash
NONCE_HEADER = "Daiban-Nonce"  # 32 hex characters, new for each request
PROOF_HEADER = "Daiban-Proof"  # base64 signature: the asker's on a feed request, the centre's on every answer

OCTETS = "application/octet-stream"

_ANSWER = b"daiban answer 1\0"
_ASK = b"daiban ask 1\0"


class HelloAnswer(msgspec.Struct, frozen=True):
    """Answer to GET /v1/hello: who this centre is; signed with the key it names."""

    centre_node: str
    centre_name: str
    sign_key: str
    seal_key: str
    time: str
    ca: str = ""  # PEM of its own certificate authority
    address: str = ""  # where it answers; on the card that travels by stick
    speaks: tuple[int, int] = SPEAKS


class EnrolRequest(msgspec.Struct, frozen=True):
    """Body of POST /v1/enrol. `code` is the one-time part of the code; keys are base64 of 32 bytes.

    `node` is the name that a desk gave itself when it began without a centre; "" lets the centre choose. `point` is
    where the desk is: a code for another point is refused and stays unused; "" takes whatever point the code is for.
    """

    code: str
    sign_key: str
    seal_key: str
    machine: str = ""
    node: str = ""
    point: str = ""


class EnrolAnswer(msgspec.Struct, frozen=True):
    """What a desk needs to begin: its node name and who the centre is."""

    node: str
    point_code: str
    desk_no: str
    point_name: str
    centre_node: str
    centre_name: str
    sign_key: str
    seal_key: str
    time: str
    ca: str = ""

    def __post_init__(self) -> None:
        """A name that is none would become paths of ours: ValueError, which a reader tells as unreadable."""
        if not is_node(self.node):
            raise ValueError("not a node's name")


class BatchAnswer(msgspec.Struct, frozen=True):
    """Answer to POST /v1/batches. `have` is how far the centre now holds that node's log; go on from `have` + 1.

    `time` is the centre's clock (ISO 8601), for measuring the desk's.
    """

    node: str
    have: int
    time: str
    epoch: int = 0


class FileStateAnswer(msgspec.Struct, frozen=True):
    """Answer to POST /v1/files/state: for each picture that the centre knows of, how many bytes it has; -1 all."""

    have: dict[str, int]
    time: str
    wanted: tuple[str, ...] = ()  # those of them that somebody waits for
    epoch: int = 1  # as in BatchAnswer


class FileAnswer(msgspec.Struct, frozen=True):
    """Answer to POST /v1/files: how many bytes of this picture the centre has now; -1 all, and their hash fits."""

    sha256: str
    have: int
    time: str


class ProblemAnswer(msgspec.Struct, frozen=True):
    """Body of every 4xx and 5xx answer of the API. `code` is one of PROBLEMS; `have` as in BatchAnswer where known."""

    code: str
    text: str
    have: int = -1
    time: str = ""


# code -> (HTTP status, what a person reads)
PROBLEMS: dict[str, tuple[int, str]] = {
    "broken": (400, "数据不完整或被改动，中心没有接收任何内容。"),
    "enrol_code": (403, "入网码不对、已用过或已过期，请向中心重新索取。"),
    "enrol_point": (409, "入网码是给另一个代办点的。"),
    "enrol_number": (409, "本机自定的终端编号已有别的终端在用。"),
    "unknown_node": (403, "中心没有登记这台终端，请重新入网。"),
    "revoked": (403, "这台终端已被中心停用，请与中心联系。"),
    "gap": (409, "中间缺少记录，请从中心要求的位置继续发送。"),
    "fork": (409, "这台终端的日志与中心已有的不一致（可能恢复过旧备份）。"),
    "restored": (409, "中心恢复过备份，请把中心丢失的回复交还给它。"),
    "too_old": (426, "本机的程序太旧，中心已经不用这种格式，请升级代办台。"),
    "too_large": (413, "批次太大，请分小批发送。"),
    "too_new": (426, "数据版本比中心新，请等中心升级。"),
    "often": (429, "试得太频繁，请过一分钟再试。"),
    "full": (507, "中心的磁盘满了，没有接收；内容都在本机，请过一会儿再送。"),
    "absent": (404, "中心没有这一项；可能是本机的程序比中心新。"),
    "busy": (503, "中心正忙，请稍后再试。"),
}


def problem(code: str, have: int = -1, time: str = "", text: str = "") -> ProblemAnswer:
    """The body for problem `code`, with its standard sentence unless `text` says more."""
    return ProblemAnswer(code, text or PROBLEMS[code][1], have, time)


def _answer_message(nonce: str, path: str, status: int, body: bytes) -> bytes:
    return _ANSWER + f"{nonce}\n{path}\n{status}\n".encode() + hashlib.sha256(body).digest()


def prove_answer(keys: NodeKeys, nonce: str, path: str, status: int, body: bytes) -> str:
    """The centre's PROOF_HEADER for an answer to the request with `nonce` at `path` (without the query)."""
    return base64.b64encode(keys.signature(_answer_message(nonce, path, status, body))).decode()


def answer_proved(public_sign: bytes, proof: str, nonce: str, path: str, status: int, body: bytes) -> bool:
    """Whether the answer came from the holder of `public_sign`, for this very request."""
    return _checked(public_sign, proof, _answer_message(nonce, path, status, body))


def prove_ask(keys: NodeKeys, nonce: str, path_and_query: str) -> str:
    """A desk's PROOF_HEADER for a GET."""
    return base64.b64encode(keys.signature(_ASK + f"{nonce}\n{path_and_query}".encode())).decode()


def ask_proved(public_sign: bytes, proof: str, nonce: str, path_and_query: str) -> bool:
    """Whether a GET was asked by the holder of `public_sign`."""
    return _checked(public_sign, proof, _ASK + f"{nonce}\n{path_and_query}".encode())


def _checked(public_sign: bytes, proof: str, message: bytes) -> bool:
    try:
        signature = base64.b64decode(proof, validate=True)
    except (binascii.Error, ValueError):
        return False
    return signed_by(public_sign, signature, message)


def signature_text(signature: bytes) -> str:
    """64 bytes as base64."""
    return base64.b64encode(signature).decode()


def signature_bytes(text: str) -> bytes:
    """64 bytes from base64; ValueError when it is anything else."""
    signature = base64.b64decode(text, validate=True)
    if len(signature) != 64:
        raise ValueError("not a signature")
    return signature


def to_text(key: bytes) -> str:
    """32 bytes as base64."""
    return base64.b64encode(key).decode()


def from_text(text: str) -> bytes:
    """32 bytes from base64; ValueError when it is anything else."""
    key = base64.b64decode(text, validate=True)
    if len(key) != 32:
        raise ValueError("not a key")
    return key
