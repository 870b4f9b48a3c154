"""A forgotten password: what a desk asks its centre, by telephone or by stick, and what it is told.

A vault holds the database key under a recovery secret of 32 random digits (106 bits); the secret, with the name of the
desk, is sealed to the centre. The centre has no vault, and the secret opens nothing without one. Digits are read aloud
in groups of five, of which the last is a check digit (ISO 7064 MOD 11,10 over the group's place and its four digits):
a digit that was heard wrong, and two groups that changed places, are named before anything is tried.
"""

from __future__ import annotations

import hashlib
import secrets
from typing import Annotated

import msgspec

from desk import doors
from desk.errors import UNREADABLE, RefusedError
from desk.law import check_digits
from desk.law.numbers import is_node
from desk.log.keys import NodeKeys, PublicKeys
from desk.sync.protocol.envelope import BatchError
from desk.sync.protocol.seal import SealError, seal, unseal

FOLDER, ASKED, ANSWERED = "UNLOCK", ".DBQ", ".DBA"  # on a stick, beside UP and DOWN
CODE, SECRET = 12, 32  # digits of a request code and of a secret, without their check digits
MOST = doors.UNLOCK.most  # bytes of a request or of an answer
_GROUP = 4
_SEALED = b"daiban recovery 2\0"
_OLD = b"daiban recovery 1\0"  # then the database key itself
_ANSWER = b"daiban unlock 1\0"
_KEPT = "数据都在，没有改动。"


class Ask(msgspec.Struct, frozen=True):
    """A request by stick: what is sealed to the centre, whom the answer is sealed to, who asks. As the vault's file has
    them; nothing here is proved."""

    sealed: bytes
    reply: Annotated[bytes, msgspec.Meta(min_length=32, max_length=32)]
    account: Annotated[str, msgspec.Meta(max_length=60)]
    name: Annotated[str, msgspec.Meta(max_length=60)]
    time: Annotated[str, msgspec.Meta(max_length=40)]
    v: int = 1


class Opened(msgspec.Struct, frozen=True):
    """What was sealed to the centre: the desk's name and the secret's digits, or of an older vault the key itself."""

    node: str
    secret: str
    key: bytes = b""


# -- digits that are read aloud ----------------------------------------------------------------------------------


def spelt(digits: str) -> str:
    """`digits` in groups of five, each with its check digit."""
    starts = range(0, len(digits), _GROUP)
    return " ".join(_checked(place, digits[at : at + _GROUP]) for place, at in enumerate(starts, 1))


def _checked(place: int, four: str) -> str:
    return four + check_digits.serial(f"{place % 10}{four}")


def read_digits(text: str, length: int, what: str) -> str:
    """The `length` digits that were read aloud as `text`. Raises RefusedError that names the group which is wrong."""
    typed = _typed(text)
    if wrong := wrong_group(text, what):
        raise RefusedError(wrong, _KEPT, "请再核对这一组，组的顺序也不能错。")
    if len(typed) != length // _GROUP * (_GROUP + 1):
        raise RefusedError(f"{what}应有 {length // _GROUP} 组，每组 5 位数字。", _KEPT, "请输完整。")
    return "".join(group[:_GROUP] for group in _groups(typed))


def wrong_group(text: str, what: str) -> str:
    """Which of the groups typed so far is wrong, in words; "" while none is."""
    typed = _typed(text)
    if typed and not (typed.isascii() and typed.isdigit()):
        return f"{what}只有数字。"
    for place, group in enumerate(_groups(typed), 1):
        if len(group) == _GROUP + 1 and group != _checked(place, group[:_GROUP]):
            return f"{what}第 {place} 组“{group}”不对。"
    return ""


def _typed(text: str) -> str:
    return "".join(one for one in text if not one.isspace() and one not in "-－—")


def _groups(typed: str) -> list[str]:
    return [typed[at : at + _GROUP + 1] for at in range(0, len(typed), _GROUP + 1)]


def code_of(sealed: bytes) -> str:
    """The digits of the request code: they name what is sealed, so they change with it."""
    number = int.from_bytes(hashlib.sha256(b"daiban request 1\0" + sealed).digest()[:8])
    return f"{number % 10**CODE:0{CODE}d}"


def new_secret() -> str:
    """Digits from the system's randomness."""
    return f"{secrets.randbelow(10**SECRET):0{SECRET}d}"


# -- what is sealed ----------------------------------------------------------------------------------------------


def sealed_secret(node: str, secret: str, centre: PublicKeys) -> bytes:
    """The secret of the desk `node`, for its centre alone."""
    return seal(_SEALED + f"{node}\n{secret}".encode(), centre.seal)


def opened(sealed: bytes, keys: NodeKeys) -> Opened:
    """What a desk sealed to the centre whose keys these are. Raises SealError for anything else."""
    plain = unseal(sealed, keys)
    if plain.startswith(_OLD) and len(plain) == len(_OLD) + 32:
        return Opened("", "", plain.removeprefix(_OLD))
    node, _, secret = plain.removeprefix(_SEALED).decode("ascii", "replace").partition("\n")
    if not plain.startswith(_SEALED) or not is_node(node) or len(secret) != SECRET or not secret.isdigit():
        raise SealError("这不是终端的找回密钥。")
    return Opened(node, secret)


# -- by stick ----------------------------------------------------------------------------------------------------


def read_ask(data: bytes) -> Ask:
    """A request file. Raises BatchError."""
    try:
        return msgspec.json.decode(data[: MOST + 1], type=Ask)
    except UNREADABLE as error:
        raise BatchError("这不是忘记密码的申请文件，或文件坏了。") from error


def answer(found: Opened, reply: bytes) -> bytes:
    """An answer file that only the desk which asked can open."""
    return seal(_ANSWER + msgspec.json.encode(found), reply)


def read_answer(data: bytes, keys: NodeKeys) -> Opened:
    """What the centre answered. Raises SealError."""
    plain = unseal(data, keys)
    try:
        if plain.startswith(_ANSWER):
            return msgspec.json.decode(plain.removeprefix(_ANSWER), type=Opened)
    except UNREADABLE as error:
        raise SealError("答复文件无法识读。") from error
    raise SealError("这不是忘记密码的答复文件。")
