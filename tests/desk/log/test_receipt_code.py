"""The code on a receipt: genuine, or not."""

from __future__ import annotations

import pytest

from desk.log import receipt_code
from desk.log.keys import NodeKeys

NUMBER = "152523202202012611240012"
KEYS = NodeKeys.make()


def test_genuine() -> None:
    assert receipt_code.genuine(receipt_code.make(KEYS, NUMBER), KEYS.public().sign) == NUMBER


@pytest.mark.parametrize("bad", ["", "x", "DBR1..", f"DBR1.{NUMBER}.AAAA", f"DBR2.{NUMBER}.AAAA", "DBR1.1.2.3"])
def test_not_genuine(bad: str) -> None:
    assert receipt_code.genuine(bad, KEYS.public().sign) == ""


def test_another_number_or_another_desk_is_not_genuine() -> None:
    code = receipt_code.make(KEYS, NUMBER)
    assert receipt_code.genuine(code.replace("261124", "261125"), KEYS.public().sign) == ""
    assert receipt_code.genuine(code, NodeKeys.make().public().sign) == ""


def test_a_scanner_with_capslock_or_a_wide_input_method_reads_the_same_code() -> None:
    code, key = receipt_code.make(KEYS, NUMBER), KEYS.public().sign
    wide = "".join(chr(ord(char) + 0xFEE0) for char in code)
    for typed in (code.swapcase(), wide, f"\ufeff{code}\u200b\n", f"{code[:40]} {code[40:]}"):
        assert receipt_code.genuine(typed, key) == NUMBER
        assert receipt_code.judge(typed, lambda _node: [key]).genuine


@pytest.mark.parametrize("centre", ["https://zwzx.example.cn:8443", "http://10.1.2.3/", ""])
def test_the_address_for_phones_carries_the_same_code(centre: str) -> None:
    code, key = receipt_code.make(KEYS, NUMBER), KEYS.public().sign
    printed = receipt_code.address(centre, code)
    assert printed.endswith(code)
    assert printed.startswith(centre.rstrip("/") + ("/query?number=" if centre else ""))
    for read in (printed, f" {printed} ", printed.swapcase()):
        assert receipt_code.genuine(read, key) == NUMBER
        assert receipt_code.judge(read, lambda _node: [key]).genuine
    assert receipt_code.genuine(printed[:-2], key) == ""
