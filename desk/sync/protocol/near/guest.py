"""A new PC at a window, while the centre cannot be reached: what it says to a window of its point, and what it is told.

Two codes are read off two screens, and neither is a secret: the start of the fingerprint of either one's keys. Whoever
reads one over a shoulder has gained nothing; nothing is told before a person at the window typed the new PC's code.
"""

from __future__ import annotations

from typing import Annotated

import msgspec

from desk.log.keys import PublicKeys
from desk.sync.protocol import kin, wire
from desk.sync.protocol.envelope import BatchError
from desk.sync.protocol.letters import NewKeys, proved, read

WAITS, YES, TAKEN = "waits", "yes", "taken"
_LENGTH = 12  # characters of a fingerprint: 60 bits, so that no other keys can be made to fit
_NAME = "邻窗给新电脑的答复"


class Ask(msgspec.Struct, frozen=True):
    """A machine of no centre yet, called `node`, whose keys these are, with the proof that it has them."""

    node: Annotated[str, msgspec.Meta(max_length=40)]
    keys: NewKeys


class Told(msgspec.Struct, frozen=True):
    """Whose answer it is, with its keys (base64); `state`: a person is still to say yes, said yes, or the name is
    another desk's. With a yes: who the centre of the point is."""

    node: str
    sign_key: str
    seal_key: str
    state: str
    point_name: str = ""
    centre_node: str = ""
    centre_name: str = ""
    centre_sign: str = ""
    centre_seal: str = ""
    address: str = ""
    ca: str = ""

    def keys(self) -> PublicKeys:
        """Of whoever answers. Raises BatchError."""
        return _keys(self.sign_key, self.seal_key)

    def centre(self) -> PublicKeys:
        """Of the centre. Raises BatchError."""
        return _keys(self.centre_sign, self.centre_seal)


def _keys(sign: str, seal: str) -> PublicKeys:
    try:
        return PublicKeys(wire.from_text(sign), wire.from_text(seal))
    except ValueError as error:
        raise BatchError(f"{_NAME}里的密钥无法识读，不予接收。") from error


def code(keys: PublicKeys) -> str:
    """What is read off a screen: `ABCD-EFGH-IJKL`."""
    whole = keys.fingerprint()[:_LENGTH]
    return "-".join(whole[at : at + 4] for at in range(0, _LENGTH, 4))


def is_code(keys: PublicKeys, typed: str) -> bool:
    """Whether it is the code of these keys that somebody typed, however it was spaced."""
    plain = "".join(one for one in typed.upper() if one.isalnum()).translate(str.maketrans("018", "OIB"))
    return plain == keys.fingerprint()[:_LENGTH]


def read_ask(body: bytes) -> tuple[Ask, PublicKeys]:
    """The question and the keys whose holder asks. Raises BatchError, SealError."""
    asked = read(body, Ask, "新电脑的申请")
    return asked, PublicKeys(*proved(asked.node, asked.keys))


def pack(told: Told, roster: bytes = b"") -> bytes:
    """The body of the answer: u32 length, what is told as JSON, then the roster after its length."""
    return kin.framed([msgspec.json.encode(told), roster])


def unpack(body: bytes) -> tuple[Told, bytes]:
    """What `pack` made. Raises BatchError."""
    found = kin.unframed(body, _NAME)
    if len(found) != 2:
        raise BatchError(f"{_NAME}与件数不符，不予接收。")
    return read(found[0], Told, _NAME), found[1]
