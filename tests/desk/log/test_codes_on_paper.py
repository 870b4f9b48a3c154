"""The codes on a receipt and on a bundle's list, byte for byte, and what is said of one that was read."""

from __future__ import annotations

import base64

import pytest

from desk.log import receipt_code
from desk.log.keys import NodeKeys, signed_by
from desk.log.receipt_code import Verdict

NUMBER = "152523202202012611240012"
KEYS, OTHER = NodeKeys(b"\1" * 32, b"\2" * 32), NodeKeys(b"\3" * 32, b"\4" * 32)
CODE = receipt_code.make(KEYS, NUMBER)


def known(node: str) -> tuple[bytes, ...]:
    """A node that changed its keys once."""
    return (OTHER.public().sign, KEYS.public().sign) if node == "152523202202-01" else ()


def signature(code: str) -> bytes:
    return base64.urlsafe_b64decode(code.split(".")[2] + "==")


def test_a_receipts_code() -> None:
    head, number, text = CODE.split(".")
    assert (head, number, len(text), len(CODE)) == ("DBR1", NUMBER, 86, 116)
    assert signed_by(KEYS.public().sign, signature(CODE), b"daiban receipt 1\0" + NUMBER.encode())


def test_a_bundles_code_is_no_receipts() -> None:
    made = receipt_code.make_bundle(KEYS, NUMBER)
    head, number, text = made.split(".")
    assert (head, number, len(text)) == ("DBZ1", NUMBER, 86)
    assert signed_by(KEYS.public().sign, signature(made), b"daiban bundle 1\0" + NUMBER.encode())
    assert not receipt_code.judge(made, known).genuine
    assert not receipt_code.judge(made.replace("DBZ1", "DBR1"), known).genuine


def test_every_text_is_url_safe() -> None:
    codes = [receipt_code.make(NodeKeys(bytes([n]) * 32, b"\1" * 32), NUMBER) for n in range(40)]
    codes += [receipt_code.make_bundle(NodeKeys(bytes([n]) * 32, b"\1" * 32), NUMBER) for n in range(40)]
    assert not set("".join(codes)) & set("+/=")


@pytest.mark.parametrize("code", [CODE, f"  {CODE}\n"])
def test_a_genuine_one_is_told_with_its_number_and_day(code: str) -> None:
    words = "是真的。收件号 152523202202 01 261124 001 2，2026-11-24 由本码所写的代办点开出。"
    assert receipt_code.judge(code, known) == Verdict(genuine=True, intake_no=NUMBER, words=words)
    assert receipt_code.genuine(code, KEYS.public().sign) == NUMBER


@pytest.mark.parametrize(
    "code",
    [
        "",
        "x",
        "DBR1",
        f"DBR1.{NUMBER}",
        f"{CODE}.x",
        CODE.replace("DBR1", "DBR2"),
        CODE.replace(NUMBER, NUMBER[:-1] + "3"),
    ],
)
def test_what_is_no_code_of_ours(code: str) -> None:
    found = receipt_code.judge(code, known)
    assert (found.genuine, found.intake_no) == (False, "")
    assert "不是代办收件回执" in found.words
    assert receipt_code.genuine(code, KEYS.public().sign) == ""


@pytest.mark.parametrize(
    "code",
    [
        receipt_code.make(NodeKeys(b"\5" * 32, b"\1" * 32), NUMBER),
        f"DBR1.{NUMBER}.AAAA",
        f"DBR1.{NUMBER}.A",
        f"DBR1.{NUMBER}.阿",
        f"DBR1.{NUMBER}.",
    ],
)
def test_what_looks_like_one_and_is_not_genuine(code: str) -> None:
    found = receipt_code.judge(code, known)
    assert (found.genuine, found.intake_no) == (False, NUMBER)
    assert "不是真的" in found.words
    assert receipt_code.genuine(code, KEYS.public().sign) == ""


def test_a_node_that_is_not_known_here() -> None:
    assert not receipt_code.judge(CODE, lambda _node: ()).genuine
