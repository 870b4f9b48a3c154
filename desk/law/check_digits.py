"""Check digits, by python-stdnum. It is loaded when one is first asked for: with it come ssl and pydoc, which no login
page has to wait for."""

from __future__ import annotations


def resident(body: str) -> str:
    """The 18th place of an identity number after its first 17 (ISO 7064 MOD 11-2, GB 11643-1999)."""
    from stdnum.iso7064 import mod_11_2

    return str(mod_11_2.calc_check_digit(body))


def organisation(body: str) -> str:
    """The 18th place of a credit code after its first 17 (GB 32100-2015 annex A)."""
    from stdnum.cn import uscc

    return str(uscc.calc_check_digit(body))


def serial(body: str) -> str:
    """The digit that follows `body` (ISO 7064 MOD 11,10)."""
    from stdnum.iso7064 import mod_11_10

    return str(mod_11_10.calc_check_digit(body))


def serial_sum(body: str) -> int:
    """How far MOD 11,10 has got after `body`, from which its following digits go on."""
    from stdnum.iso7064 import mod_11_10

    return int(mod_11_10.checksum(body))


def serial_holds(number: str) -> bool:
    """Whether the last digit of `number` is the right one by MOD 11,10."""
    from stdnum.iso7064 import mod_11_10

    return bool(mod_11_10.is_valid(number))
