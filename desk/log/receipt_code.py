"""The code on a receipt: the intake number (point, day, serial) and the desk's signature over it, in plain ASCII.

Anyone with the desk's public key can tell off line whether a receipt is genuine.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Sequence

import msgspec

from desk.law import numbers
from desk.log.keys import NodeKeys, signed_by
from desk.words import tidying

_MARK = b"daiban receipt 1\0"
_HEAD = "DBR1"
_LOOK_UP = "/query?number="
_BUNDLE_MARK = b"daiban bundle 1\0"
_BUNDLE_HEAD = "DBZ1"


def make(keys: NodeKeys, intake_no: str) -> str:
    """`DBR1.<intake number>.<signature, base64url>`: 116 characters."""
    signature = keys.signature(_MARK + intake_no.encode())
    return f"{_HEAD}.{intake_no}.{base64.urlsafe_b64encode(signature).rstrip(b'=').decode()}"


def make_bundle(keys: NodeKeys, number: str) -> str:
    """The code on a 移交清单: `DBZ1.<bundle number>.<signature>`."""
    signature = keys.signature(_BUNDLE_MARK + number.encode())
    return f"{_BUNDLE_HEAD}.{number}.{base64.urlsafe_b64encode(signature).rstrip(b'=').decode()}"


def address(centre: str, code: str) -> str:
    """What a receipt's QR holds: the look-up page of the centre with the code, for any phone; the code alone where no
    centre is known yet. The code in it is judged off line as ever."""
    return f"{centre.rstrip('/')}{_LOOK_UP}{code}" if centre else code


def as_scanned(code: str) -> str:
    """A code as it was printed, out of the address that carries it: scanners type it with CapsLock on, or into an input
    method that widens what it gets."""
    plain = "".join(tidying.narrow(tidying.visible(code)).split())
    found = plain.lower().rfind(_LOOK_UP)
    plain = plain[found + len(_LOOK_UP) :] if found >= 0 else plain
    return plain.swapcase() if plain.startswith((_HEAD.lower(), _BUNDLE_HEAD.lower())) else plain


class Verdict(msgspec.Struct, frozen=True):
    """What a code is worth. `intake_no` "" when it is no code of ours at all; `known` when the case is kept here."""

    genuine: bool
    intake_no: str = ""
    words: str = ""


def judge(code: str, sign_keys: Callable[[str], Sequence[bytes]]) -> Verdict:
    """Whether the desk that gave the number made `code`, and in words for whoever asks.

    `sign_keys` gives the public keys that a node has signed with, none for one that is not known here.
    """
    code = as_scanned(code)
    parts = code.split(".")
    if len(parts) != 3 or parts[0] != _HEAD or not numbers.is_intake_no(parts[1]):
        return Verdict(genuine=False, words="这不是代办收件回执上的码，或没有扫全。请对准整个码再扫一次。")
    if any(genuine(code, key) for key in sign_keys(numbers.node_of(parts[1]))):
        day = numbers.day_of(parts[1])
        words = f"是真的。收件号 {numbers.grouped(parts[1])}，{day} 由本码所写的代办点开出。"
        return Verdict(genuine=True, intake_no=parts[1], words=words)
    return Verdict(
        genuine=False, intake_no=parts[1], words="不是真的，或不是这里认得的代办点开出的。请与开出回执的代办点核对。"
    )


def node_named(code: str) -> str:
    """The desk whose number stands in a code, genuine or not; "" for what is no code of ours."""
    parts = as_scanned(code).split(".")
    is_code = len(parts) == 3 and parts[0] == _HEAD and numbers.is_intake_no(parts[1])
    return numbers.node_of(parts[1]) if is_code else ""


def genuine(code: str, public_sign: bytes) -> str:
    """The intake number when `code` was made with the key whose public half is `public_sign`; "" otherwise."""
    parts = as_scanned(code).split(".")
    if len(parts) != 3 or parts[0] != _HEAD or not numbers.is_intake_no(parts[1]):
        return ""
    return parts[1] if signed_by(public_sign, _signature(parts[2]), _MARK + parts[1].encode()) else ""


def is_bundle(code: str) -> bool:
    """Whether what was scanned or typed is the code of an envelope, whoever made it, and not its number alone."""
    return as_scanned(code).startswith(f"{_BUNDLE_HEAD}.")


def genuine_bundle(code: str, public_sign: bytes) -> str:
    """As `genuine`, of an envelope's code: the number of the envelope."""
    parts = as_scanned(code).split(".")
    if len(parts) != 3 or parts[0] != _BUNDLE_HEAD or numbers.envelope(parts[1]) != parts[1]:
        return ""
    return parts[1] if signed_by(public_sign, _signature(parts[2]), _BUNDLE_MARK + parts[1].encode()) else ""


def _signature(text: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(text + "==")
    except (binascii.Error, ValueError):
        return b""
