"""Amounts of money in the capitals that cannot be altered with a stroke 大写: 人民币壹仟贰佰元整.

As bills and receipts are written (支付结算办法, appendix 1): 整 after 元 and 角, none after 分; one 零 for any run of
noughts inside, none at the end.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_TENS = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "万亿")
UNITS = {"元": Decimal(1), "万元": Decimal(10_000)}
_TYPED = re.compile(r"(\d[\d,，]*(?:\.\d+)?)\s*(万元|元)?\Z")
_MOST = Decimal(10) ** 15


def amount(typed: str, unit: str = "") -> Decimal | None:
    """What was typed of a value in `unit` (元, 万元), or with its unit behind it, in 元; None for anything else, and
    for parts of a 分."""
    found = _TYPED.match(typed.strip())
    named = (found[2] or unit) if found else ""
    if not found or named not in UNITS:
        return None
    try:
        value = Decimal(re.sub("[,，]", "", found[1])) * UNITS[named]
    except InvalidOperation:
        return None
    return value if value < _MOST and value == value.quantize(Decimal("0.01")) else None


def in_capitals(value: Decimal) -> str:
    """人民币壹万零贰佰元零伍分: `value` is in 元, not negative, to the 分, under 10^15."""
    cents = int(value * 100)
    whole, tenths, hundredths = cents // 100, cents // 10 % 10, cents % 10
    said = f"{_whole(whole)}元" if whole or not cents else ""
    if not tenths and not hundredths:
        return f"人民币{said}整"
    nought = "零" if whole and (not tenths or whole % 10 == 0) else ""
    said += f"{nought}{_DIGITS[tenths]}角" if tenths else nought
    return f"人民币{said}" + (f"{_DIGITS[hundredths]}分" if hundredths else "整")


def both(value: Decimal) -> str:
    """1,200.50 元（人民币壹仟贰佰元零伍角整）."""
    digits = f"{value:,.2f}".removesuffix(".00")
    return f"{digits} 元（{in_capitals(value)}）"


def _whole(number: int) -> str:
    if not number:
        return "零"
    said, skipped = "", False
    for at in range(len(_GROUPS) - 1, -1, -1):
        part = number // 10_000**at % 10_000
        if part:
            said += ("零" if said and (skipped or part < 1000) else "") + _below_ten_thousand(part)
            said += _GROUPS[at] if at < 3 else "万"  # 万亿 shares its 亿 with the group under it
        if at == 3 and part and not number // 10**8 % 10_000:
            said += "亿"
        skipped = not part or part % 10 == 0
    return said


def _below_ten_thousand(number: int) -> str:
    said, gap = "", False
    for at in range(3, -1, -1):
        digit = number // 10**at % 10
        if digit:
            said += ("零" if gap and said else "") + _DIGITS[digit] + _TENS[at]
        gap = not digit
    return said
