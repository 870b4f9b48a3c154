"""Numbers that somebody wrote in Chinese characters: 一百二十, 三千零五, 两万."""

from __future__ import annotations

_SPELLINGS = ("零〇", "一壹", "二贰两", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
_DIGITS = {char: at for at, chars in enumerate(_SPELLINGS) for char in chars}
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}


def number(text: str) -> str:
    """The number that `text` spells in characters, as digits; "" when it spells none."""
    text = text.rstrip("整正")
    if not text or not all(char in _DIGITS or char in _TENS or char == "万" for char in text):
        return ""
    if all(char in _DIGITS for char in text):
        return "".join(str(_DIGITS[char]) for char in text)
    above, _, below = text.rpartition("万")
    if "万" in above:
        return ""
    return str((_below_ten_thousand(above or "一") * 10_000 if "万" in text else 0) + _below_ten_thousand(below))


def _below_ten_thousand(text: str) -> int:
    total, digit = 0, 0
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        else:
            total += (digit or 1) * _TENS[char]
            digit = 0
    return total + digit
